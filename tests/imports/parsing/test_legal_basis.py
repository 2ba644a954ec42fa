"""Legal bases in the spellings of seven languages: what becomes a code, and what stays as words."""

import re
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.imports.parsing.legal_basis import LegalBases, recognise_legal_bases
from registry.reference.lawful_basis import BY_CODE

SAMPLE = Path(__file__).parents[4] / "shared" / "samples" / "koos" / "vvt-musterstadt-213.xlsx"

CITATIONS = [
    ("Art. 6 Abs. 1 lit. b) und c) DSGVO", "b c"),
    ("Art. 6 Abs. 1 lit. c) und lit. e) DS-GVO", "c e"),
    ("Art. 6 Abs. 1 S. 1 lit. f", "f"),
    ("Art. 6 Abs. 1 UAbs. 1 Buchst. c DSGVO", "c"),
    ("Art. 6 Abs. 1 Nr. e)", "e"),
    ("Art. 6 Abs. 1 lit. c, e", "c e"),
    ("Art.6 Abs.1 lit.b DSGVO", "b"),
    ("Art. 6 Abs. 1b DSGVO", "b"),
    ("Art. 6 I 1 lit. b DSGVO", "b"),
    ("Art. 6 (1) (f)", "f"),
    ("6(1)(f)", "f"),
    ("(6(1)(f))", "f"),
    ("Articles 6(1)(b) and (f)", "b f"),
    ("Article 6(1)(b) GDPR", "b"),
    ("Article 6(1)(b) of the GDPR; Article 6(1)(c) of the GDPR", "b c"),
    ("Regulation (EU) 2016/679, Article 6(1)(e)", "e"),
    ("(f) legitimate interest", "f"),
    ("f) berechtigtes Interesse", "f"),
    ("art. 6.1.e ou 6.1.f", "e f"),
    ("Art. 6.1.b RGPD", "b"),
    ("article 6, paragraphe 1, point b) du RGPD", "b"),
    ("article 6-1-b du RGPD", "b"),
    ("artículo 6.1.c) RGPD", "c"),
    ("art. 6.1 letra e) del RGPD", "e"),
    ("art. 6, par. 1, lett. b) e c) del GDPR", "b c"),
    ("articolo 6, paragrafo 1, lettera c), GDPR", "c"),
    ("artigo 6.º, n.º 1, alínea b) do RGPD", "b"),
    ("artikel 6 lid 1 sub b AVG", "b"),
    ("artikel 6, eerste lid, aanhef en onder e, AVG", "e"),
    ("Art. 6 (1) a, b, f DSGVO", "a b f"),
    ("Art. 6 Abs. 1 lit. a bis c", "a b c"),
    ("Art. 6 Abs. 1 lit. a–c DSGVO", "a b c"),
    ("Obligation légale / Intérêt légitime", "c f"),
    ("Public interest/legal obligation/contract", "e c b"),
    ("Einwilligung\nVertragserfüllung", "a b"),
    ("Rechtsgrundlage: Art. 6 Abs. 1 lit. c DSGVO", "c"),
    ("Legal basis: consent", "a"),
    ("Art. 6 Abs. 1 lit. f (berechtigtes Interesse)", "f"),
    ("Einwilligung (Art. 6 Abs. 1 lit. a), Vertrag (Art. 6 Abs. 1 lit. b)", "a b"),
    ("Consent (Art. 6(1)(a) GDPR)", "a"),
    ("Art. 6 Abs. 1 lit. f, lit. f DSGVO", "f"),
]


@pytest.mark.parametrize(("text", "letters"), CITATIONS)
def test_a_cell_that_only_cites_leaves_no_words(text: str, letters: str) -> None:
    assert recognise_legal_bases(text) == LegalBases(tuple(f"A6-1-{letter}" for letter in letters.split()), "")


@pytest.mark.parametrize(
    ("text", "codes", "remainder"),
    [
        ("Art. 6 Abs. 1 lit. b DSGVO i. V. m. § 26 BDSG", "A6-1-b", "§ 26 BDSG"),
        ("Art. 9 Abs. 2 lit. h i.V.m. § 22 BDSG", "A9-2-h", "§ 22 BDSG"),
        ("§ 26 BDSG, Art. 6 Abs. 1 lit. b DSGVO", "A6-1-b", "§ 26 BDSG"),
        ("Art. 6 Abs. 1 lit. e) DSGVO, § 3 LDSG; Art. 88 DSGVO", "A6-1-e", "§ 3 LDSG; Art. 88 DSGVO"),
        ("Art. 6 Abs. 1 lit. e) DSGVO\n§ 3 LDSG\n\nSatzung", "A6-1-e", "§ 3 LDSG\nSatzung"),
        ("§ 3 LDSG; Art. 6(1)(e)\nSatzung", "A6-1-e", "§ 3 LDSG\nSatzung"),
        ("Art. 6 Abs. 1 lit. a — UNWIRKSAM; Sanierung", "A6-1-a", "— UNWIRKSAM; Sanierung"),
        ("Art. 9(2)(h) and Art. 6(1)(c), HGB", "A9-2-h A6-1-c", "HGB"),
        ("Performance of the employment contract (Art. 6(1)(b))", "A6-1-b", "Performance of the employment contract"),
        ("Art. 6(1)(c) GDPR / Companies Act", "A6-1-c", "Companies Act"),
        ("Consent / the usual custom", "A6-1-a", "the usual custom"),
    ],
)
def test_citations_at_the_edge_are_cut_off_and_the_rest_stays(text: str, codes: str, remainder: str) -> None:
    found = recognise_legal_bases(text)

    assert (found.codes, found.remainder) == (tuple(codes.split()), remainder)


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("ergänzend Einwilligung nach Art. 6 Abs. 1 lit. a) DSGVO für Fotos", "A6-1-a"),
        ("Einwilligung nach Art. 6 Abs. 1 lit. a DSGVO", "A6-1-a"),
        ("We rely on Art. 6(1)(f) for this.", "A6-1-f"),
        ("au titre de l'article 6.1.e du RGPD", "A6-1-e"),
        ("Art. 6 Abs. 1 lit. f (IT-Sicherheit)", "A6-1-f"),
        ("Art. 6 Abs. 1 lit. c DSGVO, Abs. 3", "A6-1-c"),
        ("Art. 6 Abs. 1 lit. b DSGVO, soweit ein Vertrag besteht", "A6-1-b"),
        ("Art. 6(1)(a) and Art. 6(1)(f) — DISPUTED", "A6-1-a A6-1-f"),
        (
            "Art. 6 Abs. 1 lit. b) DSGVO (Vertrag mit Gästen), lit. c) und lit. e) DSGVO (Aufsicht), § 3 LDSG",
            "A6-1-b A6-1-c A6-1-e",
        ),
        ("Art. 6 Abs. 1 lit. b) DSGVO bei Angestellten, lit. c) DSGVO bei Beamten", "A6-1-b A6-1-c"),
        ("Art. 6 Abs. 1 lit. b DSGVO für Gäste, § 3 LDSG lit. c", "A6-1-b"),
        ("Art. 6(1)(a) consent and more of it", "A6-1-a"),
        ("Absprache (Art. 6 Abs. 1 lit. b", "A6-1-b"),
        ("Art. 6 Abs. 1 lit. b, f bei Gästen", "A6-1-b A6-1-f"),
    ],
)
def test_a_sentence_around_a_citation_stays_whole(text: str, codes: str) -> None:
    found = recognise_legal_bases(text)

    assert (found.codes, found.remainder) == (tuple(codes.split()), text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Artículo 6.1",
        "Art. 6 DSGVO",
        "Art. 6 Abs. 4 lit. a DSGVO",
        "Art. 6 a contract",
        "Art. 88 DSGVO, § 26 BDSG",
        "Art. 10 GG",
        "Art. 6 Abs. 1 lit. a BayDSG",
        "Article 6(1)(a) of Directive 2002/58/EC",
        "Art. 60 lit. b",
        "see section 6.1.a of the manual",
        "16.1.b",
        "because there is a contract, and consent",
        "Vertrag/vertragsähnliche Anfrage",
        "Art. 7, XI",
        "Art. 7, V DSGVO",
        "(g) whatever",
    ],
)
def test_what_cites_no_basis_is_kept_as_it_is(text: str) -> None:
    assert recognise_legal_bases(text) == LegalBases((), text)


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("Article 6(1)(f) UK GDPR", "UK-A6-1-f"),
        ("UK GDPR: Article 6(1)(b); Article 9(2)(h)", "UK-A6-1-b UK-A9-2-h"),
        ("6(1)(ea)", "UK-A6-1-ea"),
        ("Art. 7, V", "BR-A7-V"),
        ("Art. 7º, incisos II e IX, da LGPD", "BR-A7-II BR-A7-IX"),
        ("art. 11, II, a, LGPD", "BR-A11-II-a"),
        ("Art. 10 DSGVO", "A10"),
        ("Art. 6 Abs. 1 lit. b und f, Art. 9 Abs. 2 lit. b)/g) DSGVO", "A6-1-b A6-1-f A9-2-b A9-2-g"),
    ],
)
def test_the_law_that_is_named_decides_the_regime(text: str, codes: str) -> None:
    assert recognise_legal_bases(text) == LegalBases(tuple(codes.split()), "")


def test_unnamed_law_beside_two_named_ones_is_read_as_eu_law_with_a_note() -> None:
    found = recognise_legal_bases("Art. 6(1)(f) UK GDPR; Art. 6(1)(b) EU GDPR; Art. 6(1)(c)")

    assert found == LegalBases(
        ("UK-A6-1-f", "A6-1-b", "A6-1-c"),
        "",
        ("The text cites the UK GDPR and another law; citations that name none were read as EU law.",),
    )


def test_names_follow_the_uk_gdpr_where_the_text_names_it() -> None:
    assert recognise_legal_bases("Legitimate interests; UK GDPR Art. 6(1)(c); (a) consent").codes == (
        "UK-A6-1-f",
        "UK-A6-1-c",
        "UK-A6-1-a",
    )


@pytest.mark.parametrize(
    ("text", "codes", "notes"),
    [
        ("Art. 6 Abs. 1 lit. a - c", ("A6-1-a",), ("“Art. 6 Abs. 1 lit. a - c” may be a range; it was not expanded.",)),
        ("(f) consent", (), ("“(f) consent”: the letter and the name are of different bases; kept as words.",)),
        (
            "nicht Art. 6 Abs. 1 lit. f DSGVO",
            (),
            ("“Art. 6 Abs. 1 lit. f DSGVO” follows a “not” or “without”; kept as words.",),
        ),
        (
            "ohne Einwilligung nach Art. 6 Abs. 1 lit. a",
            (),
            ("“Art. 6 Abs. 1 lit. a” follows a “not” or “without”; kept as words.",),
        ),
        (
            "Art. 11, II, LGPD",
            (),
            ("“Art. 11, II, LGPD” cites a basis that the register does not know (BR-A11-II); kept as words.",),
        ),
    ],
)
def test_doubtful_citations_stay_as_words_with_a_note(
    text: str, codes: tuple[str, ...], notes: tuple[str, ...]
) -> None:
    assert recognise_legal_bases(text) == LegalBases(codes, text, notes)


def test_a_letter_without_its_paragraph_is_read_and_noted() -> None:
    assert recognise_legal_bases("Art. 6 lit. f DSGVO") == LegalBases(
        ("A6-1-f",), "", ("“Art. 6” names no paragraph; read as paragraph 1.",)
    )


def test_a_text_with_a_null_character_keeps_all_its_words() -> None:
    assert recognise_legal_bases("Art. 6(1)(b)\x00") == LegalBases(("A6-1-b",), "Art. 6(1)(b)\x00")


@given(
    st.lists(
        st.sampled_from(
            [
                *(text for text, _ in CITATIONS),
                "§ 26 BDSG",
                "(",
                ")",
                ", ",
                "; ",
                "\n",
                " nach ",
                "lit. e)",
                "Art. ",
                "6",
                "UK GDPR",
                " / ",
            ]
        )
    )
)
def test_any_text_gives_known_codes_and_a_remainder_made_of_its_words(pieces: list[str]) -> None:
    text = " ".join(pieces)

    found = recognise_legal_bases(text)

    assert set(found.codes) <= set(BY_CODE)
    words = re.findall(r"\w+", text)
    assert [word for word in re.findall(r"\w+", found.remainder) if word not in words] == []


@given(
    st.sampled_from(["§ 26 BDSG", "Satzung der Gemeinde", "Companies Act 2006, s. 386"]),
    st.sampled_from([text for text, _ in CITATIONS]),
)
def test_a_part_without_citation_survives_beside_one_with(words: str, citation: str) -> None:
    found = recognise_legal_bases(f"{words}\n{citation}")

    assert found.remainder == words


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("Art. 6 Abs. 1 lit. b) DSGVO (" * 3000 + "x " * 50_000, ("A6-1-b",)),
        ("x" + " " * 200_000 + "x", ()),
        ("Art. 6(1)(b), " * 10_000 + "and more", ("A6-1-b",)),
        ("a / " * 50_000, ()),
        ("(" * 200_000, ()),
    ],
)
def test_a_very_long_cell_is_read_in_a_few_seconds(text: str, codes: tuple[str, ...]) -> None:
    begun = time.process_time()

    found = recognise_legal_bases(text)

    assert found.codes == codes
    assert time.process_time() - begun < 10


@pytest.mark.samples
@pytest.mark.skipif(not SAMPLE.exists(), reason="the real register files (../shared/samples) are not here")
def test_every_letter_that_a_real_register_cites_is_recognised() -> None:
    """Counts another way: brackets removed, cut at each provision, single letters behind lit. and connectors."""
    from python_calamine import CalamineWorkbook

    rows = CalamineWorkbook.from_path(SAMPLE).get_sheet_by_index(0).to_python()[4:]
    cells = [str(row[5]) for row in rows]
    several = 0
    for cell in cells:
        flat = re.sub(r"\b([a-z])\)", r"\1", cell)
        while (inner := re.sub(r"\([^()]*\)", "", flat)) != flat:
            flat = inner
        expected: set[str] = set()
        for piece in re.split(r"(?=Art\.)|(?=§)|;", flat):
            if match := re.match(r"Art\. ([69]) Abs\. ([12]) (.*)", piece, re.DOTALL):
                expected |= {
                    f"A{match[1]}-{match[2]}-{letter}"
                    for letter in re.findall(r"(?:lit\. |, |und |/)([a-j])\b", match[3])
                }
            elif piece.strip() == "Einwilligung":
                expected.add("A6-1-a")
            elif piece.startswith("Art. 10 DSGVO"):
                expected.add("A10")

        found = recognise_legal_bases(cell)

        assert set(found.codes) == expected, cell
        several += len({code for code in expected if code.startswith("A6")}) > 1
    assert len(cells) == 213
    assert several / len(cells) >= 0.56


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("Artikel 6.1 c och artikel 9.2 b i dataskyddsförordningen", "A6-1-c A9-2-b"),
        ("Artikel 6, stk. 1, litra c, jf. artikel 9, stk. 2, litra b", "A6-1-c A9-2-b"),
        ("Databeskyttelsesforordningens art. 6, stk. 1, litra b og c", "A6-1-b A6-1-c"),
        ("Artikkel 6 nr. 1 bokstav c og artikkel 9 nr. 2 bokstav b", "A6-1-c A9-2-b"),
        ("art. 6 ust. 1 lit. b i c RODO", "A6-1-b A6-1-c"),
        ("art. 6 ust. 1 lit. c oraz art. 9 ust. 2 lit. b RODO", "A6-1-c A9-2-b"),
        ("artikel 6.1 b (avtal)", "A6-1-b"),
        ("Zgoda (art. 6 ust. 1 lit. a RODO)", "A6-1-a"),
        ("Rättslig förpliktelse", "A6-1-c"),
        ("Opfyldelse af en kontrakt", "A6-1-b"),
        ("Berettiget interesse", "A6-1-f"),
        ("Prawnie uzasadniony interes administratora", "A6-1-f"),
        ("Uitoefening van openbaar gezag", "A6-1-e"),
    ],
)
def test_bases_are_read_in_the_languages_of_the_north_and_of_poland(text: str, codes: str) -> None:
    assert recognise_legal_bases(text) == LegalBases(tuple(codes.split()), "")


@pytest.mark.parametrize("text", ["Samtycke (återkallat)", "Zgoda (cofnięta)", "Samtykke – ikke innhentet"])
def test_a_basis_that_was_taken_back_stays_words_in_these_languages_too(text: str) -> None:
    assert recognise_legal_bases(text).codes == ()
