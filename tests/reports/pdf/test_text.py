"""Nothing that was said gets lost: long texts, unbroken words, every European script, characters without a glyph."""

import random
from dataclasses import replace

import pytest

from registry.reports.document import Card, Cover, Grid, Line, Section, SummaryRow, SummaryTable
from registry.reports.pdf.container import text_string
from registry.reports.pdf.style import BOTTOM, LEFT, PORTRAIT, RIGHT, TOP, Style
from registry.reports.pdf.typeface import Coverage, Font, face
from tests.reports.pdf.synthetic import lines_card, make_card, make_part, write

REGULAR = "DejaVuSansCondensed.ttf"

SENTENCES = {
    "Polish": "Zażółć gęślą jaźń",
    "Czech": "Příliš žluťoučký kůň",
    "Greek": "Επεξεργασία δεδομένων",
    "Bulgarian": "Обработване на лични данни",
    "Ukrainian": "Обробка персональних даних ґ їжак",
    "Georgian": "პერსონალური მონაცემების დამუშავება",
    "Armenian": "Անձնական տվյալների մշակում",
    "Maltese": "Ipproċessar ħġiġ",
    "Turkish": "İşlenmesi ıİğĞ",
    "Romanian": "Înregistrarea șțăâ",
    "German": "Straße ẞ „Zitat“ §",
    "Icelandic": "Þjóðskrá ðæö",
}


@pytest.fixture
def font() -> Font:
    return Font(face(REGULAR), Coverage())


def squeezed(text: str) -> str:
    return "".join(text.split())


@pytest.mark.parametrize("sentence", SENTENCES.values(), ids=SENTENCES.keys())
def test_european_scripts_are_drawn_and_can_be_copied(sentence):
    written = write(make_part([lines_card("a", Line("Sentence", sentence), title=sentence)], summary=False))

    assert written.result.missing_glyphs == ()
    assert written.text.count(sentence) == 3


def test_characters_without_a_glyph_are_printed_as_code_points_and_reported():
    written = write(make_part([lines_card("a", Line("Name", "公司 Ltd 公"))], summary=False))

    assert written.result.missing_glyphs == ("公", "司")
    assert "[U+516C][U+53F8] Ltd [U+516C]" in written.text
    assert "Notes on this document" in written.pages[-1]
    assert "CJK UNIFIED IDEOGRAPH-53F8" in written.pages[-1]
    assert written.reader.outline[-1].title == "Notes on this document"


def test_control_characters_and_lone_surrogates_are_reported_and_not_dropped():
    written = write(
        make_part([lines_card("a", Line("Name", "bell\x07 half\ud800"))], summary=False), title="\ud800\x07"
    )

    assert written.result.missing_glyphs == ("\x07", "\ud800")
    assert "bell[U+0007] half[U+D800]" in written.text


def test_very_many_missing_characters_are_counted_and_the_first_ones_named():
    ideographs = "".join(chr(0x4E00 + offset) for offset in range(310))

    written = write(make_part([lines_card("a", Line("Name", ideographs))], summary=False))

    assert len(written.result.missing_glyphs) == 310
    assert "and 10 more" in written.pages[-1]


def test_right_to_left_text_is_noted():
    written = write(make_part([lines_card("a", Line("Name", "שלום"))], summary=False))

    assert written.result.missing_glyphs == ()
    assert "runs from right to left" in written.pages[-1]


@pytest.mark.parametrize("name", ["公司", "שלום"])
def test_the_cover_warns_of_text_that_could_not_be_printed(name):
    written = write(make_part([lines_card("a", Line("Name", name))], summary=False))

    assert "Some text could not be printed as it was entered" in written.pages[0]
    assert "could not be printed" not in write(make_part([make_card()])).pages[0]


def test_no_notes_when_there_is_nothing_to_note():
    assert "Notes on this document" not in write(make_part([make_card()])).text


def test_line_breaks_are_kept_and_invisible_marks_leave_no_trace(font):
    lines = font.lines("one\r\ntwo\u2028three\x0bfour\n\nsi\u00adx\tse\u200bven \ufeff", 100_000)

    expected = ["one", "two", "three", "four", "", "six    seven"]
    assert [squeezed(decoded(font, line)) for line in lines] == [squeezed(line) for line in expected]


def test_decomposed_letters_are_composed(font):
    assert font.clean("Cafe\u0301") == "Café"


def decoded(font: Font, line: bytes) -> str:
    names = {known: character for character, known in font._ids.items()}
    return "".join(names[line[place : place + 2]] for place in range(0, len(line), 2))


def test_lines_fit_and_lose_nothing_whatever_the_text(font):
    chance = random.Random(7)
    alphabet = "abcdefghijklmnopqrstuvwxyz/-_.,&WMil()\\ \n" + "äßøŁжΩ公"
    for _ in range(400):
        text = "".join(chance.choice(alphabet) for _ in range(chance.randrange(1, 600)))
        limit = chance.randrange(1_100, 20_000)

        lines = font.lines(text, limit)

        assert max(font.measure(line.removesuffix(font.space)) for line in lines) <= limit
        assert squeezed("".join(decoded(font, line) for line in lines)) == squeezed(font.clean(text))


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("Role: processor · Established in: Ireland", "processor ·"),
        ("GDPR Art. 6(1)(f) – Legitimate interests", "6(1)(f) –"),
        ("Confidentiality, GDPR Art. 32(1)(b)", "Art. 32(1)(b)"),
        ("nach Art. 6 Abs. 1 lit. f DSGVO", "lit. f"),
        ("selon l’art. 46, par. 2", "par. 2"),
        ("Social Welfare Act 2005 s. 262", "s. 262"),
        ("Contract signed on: 18 May 2018", "18 May"),
        ("Vertrag unterzeichnet am 18. Mai 2018", "18. Mai"),
    ],
)
def test_what_belongs_together_stands_on_one_line(font, text, kept):
    for limit in range(font.word(kept)[0], font.word(text)[0], 50):
        lines = [decoded(font, line) for line in font.lines(text, limit)]

        assert any(kept in line for line in lines), (limit, lines)
        assert [line for line in lines if line.startswith(("·", "–"))] == []
        assert "".join(lines) == text


def test_what_belongs_together_is_parted_between_words_where_it_does_not_fit(font):
    limit = font.word("processor")[0]

    assert [decoded(font, line).strip() for line in font.lines("processor · x", limit)] == ["processor", "· x"]


def test_a_shortened_text_ends_after_a_word(font):
    style = Style("R", font, 8, 10, "0 0 0", slanted=False)
    text = "Mossgrove Homewares, a branch that is said to send on its own account"

    assert style.fit(text, style.width("Mossgrove Homewares, a branch th…")) == "Mossgrove Homewares, a branch…"
    assert style.fit(text, style.width("Mossgrove Homewares, a…")) == "Mossgrove Homewares, a…"
    assert style.fit("M" * 50, style.width("MMMM…") + 0.2) == "MMMM…"


def test_a_limit_narrower_than_a_letter_still_moves_on(font):
    assert [decoded(font, line) for line in font.lines("WWW", 1)] == ["W", "W", "W"]


def test_long_words_break_after_punctuation_where_that_is_near(font):
    assert font.pieces("https://example.org/abcdef", 10_000)[0] == "https://example.org/"
    assert "".join(font.pieces("x" * 100, 5_000)) == "x" * 100


def test_widths_are_the_same_after_the_word_cache_was_emptied(font, monkeypatch):
    before = font.lines("some words and more words", 6_000)
    monkeypatch.setattr("registry.reports.pdf.typeface._WORDS_KEPT", 1)

    assert font.lines("some words and more words", 6_000) == before


def test_encoded_text_never_needs_escaping(font):
    for code in range(0x20, 0x800):
        font.word(font.clean(chr(code)).replace("\n", ""))

    assert set(b"".join(font._ids.values())).isdisjoint(b"()\\\r")
    assert len(set(font._ids.values())) == len(font._ids)


def test_text_strings_are_literal_for_plain_ascii_only():
    assert text_string("Record 1") == b"(Record 1)"
    assert text_string("(1)") == b"<FEFF002800310029>"
    assert text_string("Ł") == b"<FEFF0141>"


def words(prefix: str, count: int) -> str:
    return " ".join(f"{prefix}{number}" for number in range(count))


def monster(size: int) -> Card:
    """A card with a long text in every place that takes one."""
    lines = (
        Line(words("la", size), words("va", size), article=words("ar", size)),
        Line("Entries", (words("ea", size), "", words("eb", size)), numbered=True),
        Line("Stated by nobody", words("ns", size), state="not_stated"),
        Line("None", words("no", size), state="none"),
        Grid(words("gl", size), (words("ga", size), "B"), ((words("ca", size), "x"), ("y", words("cb", size)))),
    )
    sections = (Section(words("se", size), words("sa", size), lines), Section("Last", "", (Line("End", "end"),)))
    return Card("m", words("ti", size), words("su", size), ((words("fa", size), words("fv", size)),), sections, "R-1")


@pytest.mark.parametrize("size", [120, 2_500])
def test_long_texts_flow_over_pages_without_loss_and_within_the_margins(size):
    rows = (SummaryRow("m", (words("sm", size), words("sn", size))),)
    summary = SummaryTable(words("st", size), (words("sc", 150), words("sd", 20)), (1, 2), lambda: rows)
    part = make_part([monster(size)], title=words("pt", size), intro=words("pi", size))
    fact = (words("cl", size), words("cv", size))
    cover = Cover(words("co", size), words("cs", size), ((words("ch", size), (fact,)),))

    written = write(replace(part, summary=summary), cover=cover)

    prefixes = "la va ar ea eb ns no gl ga ca cb se sa ti su fa fv pt pi co cs ch cl cv st sm sn".split()
    assert {f"{prefix}{number}" for prefix in prefixes for number in range(size)} - set(written.text.split()) == set()
    frame = {round(PORTRAIT.head), round(PORTRAIT.foot)}
    body = [run for run in written.runs() if round(run.y) not in frame]
    assert [run for run in body if not (LEFT - 1 < run.x < RIGHT and BOTTOM < run.y < TOP)] == []
