import io
from dataclasses import replace
from datetime import UTC, date, datetime

import pdfua
import pytest
from pypdf import PdfReader

from registry.reports.document import Bar, Chart, DocumentError
from registry.reports.listing import Column, Holds, Table
from registry.reports.pdf import write_listing
from registry.reports.pdf.columns import Columns
from registry.reports.pdf.style import LANDSCAPE, Styles
from registry.reports.pdf.typeface import Coverage, Font, face
from registry.reports.values import say_value
from tests.reports.test_as_xlsx import COLUMNS, MOMENT, listing


def written(found) -> bytes:
    out = io.BytesIO()
    write_listing(found, out)
    return out.getvalue()


def pages(found) -> list[str]:
    return [" ".join(page.extract_text().split()) for page in PdfReader(io.BytesIO(written(found))).pages]


def full(text="one", texts=("a", "b")):
    return (text, texts, 1200, date(2026, 9, 2), MOMENT)


def test_a_list_begins_with_what_it_is_and_whence_it_comes():
    (page,) = pages(listing(full(), running_head="A list · Fjord", foot="As at then"))

    for words in (
        "A list · Fjord", "A list Fjord Foods AS", "As at then", "Head ◇ not stated", "Text Texts Number Day Moment",
        "one – a – b 1,200 2 Sep 2026 22 Nov 2026, 09:30:00", "A note.", "Page 1 of 1",
    ):  # fmt: skip
        assert words in page


def test_pages_lie_across():
    page = PdfReader(io.BytesIO(written(listing(full())))).pages[0]

    assert page.mediabox.width > page.mediabox.height


def test_heads_are_repeated_and_every_page_is_numbered():
    found = pages(listing(*(full(f"row {number}") for number in range(200))))

    assert len(found) > 3
    assert [page.count("Text Texts Number Day Moment") for page in found] == [1] * len(found)
    assert [f"Page {number} of {len(found)}" in page for number, page in enumerate(found, start=1)] == [True] * len(
        found
    )
    assert [f"row {number} " in " ".join(found) for number in range(200)] == [True] * 200


def test_a_cell_of_many_pages_goes_on_overleaf_and_loses_nothing():
    text = " ".join(f"word{number}" for number in range(3000))

    found = " ".join(pages(listing(full(text))))

    assert [number for number in range(3000) if f"word{number}" not in found.split()] == []


def test_what_is_not_stated_says_so_only_where_it_is_asked_for():
    (page,) = pages(listing((None, (), None, None, None)))

    assert page.count("not stated") == 2  # the head of the chain, and the first column


def test_a_table_without_rows_says_so():
    assert "There is no thing." in pages(listing())[0]


def test_further_tables_have_pages_and_bookmarks_of_their_own():
    tables = tuple(
        Table(key, f"Table {key}", COLUMNS[:1], lambda: [("x",)], intro=f"Intro {key}") for key in ("one", "two")
    )
    data = written(listing(tables=tables))

    reader = PdfReader(io.BytesIO(data))
    assert [item.title for item in reader.outline if not isinstance(item, list)] == ["A list", "Table two"]
    assert "Table two Intro two" in " ".join(reader.pages[1].extract_text().split())


def test_rows_have_bookmarks_by_what_they_are_called_once_where_several_are_called_the_same():
    called = [("one", ("a",)), ("one", ("b",)), (None, ("c",)), ("two\nlines", ("d",))]
    table = Table("rows", "Rows", COLUMNS[:2], lambda: called * 30)
    reader = PdfReader(io.BytesIO(written(listing(tables=(table,)))))

    title, kids = reader.outline
    assert title.title == "A list"
    assert [kid.title for kid in kids] == ["one", "two lines"] * 30
    pages_of = [reader.get_destination_page_number(kid) for kid in kids]
    assert (pages_of[0], pages_of[-1] > 2, pages_of) == (0, True, sorted(pages_of))


def test_a_row_is_called_by_the_columns_that_the_list_names():
    table = Table("rows", "Rows", COLUMNS[:2], lambda: [("A-1", ("Payroll",))], called=("text", "texts"))

    _title, kids = PdfReader(io.BytesIO(written(listing(tables=(table,))))).outline

    assert [kid.title for kid in kids] == ["A-1 Payroll"]


def test_a_row_that_fits_on_a_page_is_not_split():
    rows = [(f"begin{number} " + "words " * 100 + f"end{number}", "b") for number in range(20)]
    columns = (Column("text", "Text", 60), Column("other", "Other", 60))
    table = Table("rows", "Rows", columns, lambda: rows)

    found = pages(listing(tables=(table,)))

    assert [sum(f"begin{n} " in page and f"end{n} " in f"{page} " for page in found) for n in range(20)] == [1] * 20


def test_a_row_that_goes_on_overleaf_says_again_what_it_is_about():
    columns = (Column("ref", "Ref", 10), Column("text", "Text", 60))
    table = Table("rows", "Rows", columns, lambda: [("A-17", "words " * 4000)], called=("ref",))

    found = pages(listing(tables=(table,)))

    assert len(found) > 2
    assert [page.count("A-17") for page in found] == [1] * len(found)


def test_a_row_that_is_parted_begins_where_there_is_room_for_more_than_its_first_lines():
    for count in range(6, 30):
        filling = ("F", "\n".join("x" * count))
        table = Table("rows", "Rows", COLUMNS[:1] * 2, lambda filling=filling: [filling, ("A-17", "words " * 4000)])

        found = pages(listing(tables=(table,), about=()))

        begins = next(page for page in found if "A-17" in page)
        assert begins.count("words") > 200, count


def test_what_a_long_list_is_about_fills_the_first_page():
    about = tuple((f"Label {number}", "value") for number in range(40))

    found = pages(listing(full(), about=about))

    assert "Label 15 value" in found[0]
    assert "Label 39 value" in found[1]


def places_of(columns, rows, language="en"):
    fonts = (Font(face(f"DejaVuSansCondensed{weight}.ttf"), Coverage(), language) for weight in ("", "-Bold"))
    styles = Styles(*fonts)
    return Columns(columns, rows, styles, language, "not stated").places(), styles


def test_a_long_head_gets_room():
    head = "Names of third countries or international organisations that personal data are transferred to"
    columns = (Column("a", head, 8), Column("b", "B", 60))

    places, styles = places_of(columns, [("x", "word " * 60)])

    assert len(styles.column.lines(head, places[0][1])) <= 7


def test_columns_share_the_width_so_that_rows_are_low():
    columns = (Column("a", "A", 30), Column("b", "B", 30), Column("c", "C", 30))
    rows = [("one " * 60, "a few words here", "a few more of them")] * 20

    places, styles = places_of(columns, rows)

    lines = [
        max(len(styles.cell.lines(text, room)) for text, (_, room) in zip(row, places, strict=True)) for row in rows
    ]
    even = len(styles.cell.lines(rows[0][0], LANDSCAPE.across / 3))
    assert max(lines) <= even / 1.5
    assert all(len(styles.cell.lines(text, room)) <= 3 for text, (_, room) in zip(rows[0][1:], places[1:], strict=True))
    assert abs(places[-1][0] + places[-1][1] - LANDSCAPE.right) < 4


def test_that_nothing_is_stated_stands_on_two_lines():
    columns = (Column("a", "A", 6, asked=True), *(Column(f"c{place}", "C", 40) for place in range(8)))

    places, styles = places_of(columns, [(None, *["many words " * 9] * 8)] * 3)

    assert len(styles.cell.lines("◇ not stated", places[0][1])) == 2


def test_an_empty_column_takes_what_its_head_needs_parted():
    columns = (Column("a", "Unterauftragsverarbeiter", 30, Holds.DATE, asked=False), Column("b", "Name", 30))

    (first, _), _ = places_of(columns, [(None, "words " * 40)] * 3, "de")

    assert first[1] < 45


def test_columns_that_say_nothing_leave_their_room_to_those_that_say_much():
    columns = (Column("a", "A", 20), Column("b", "B", 20), Column("c", "C", 20))
    words = "word " * 60

    few = pages(listing(tables=(Table("t", "T", columns, lambda: [(words, "", "x")] * 60),)))
    even = pages(listing(tables=(Table("t", "T", columns, lambda: [(words, words, words)] * 60),)))

    assert len(few) * 1.5 < len(even)


def test_a_word_of_the_usual_length_is_not_broken():
    columns = tuple(Column(f"c{number}", "H", 10) for number in range(8))
    row = ("administration",) + ("many words " * 20,) * 7
    (page, *_others) = pages(listing(tables=(Table("t", "T", columns, lambda: [row] * 3),)))

    assert page.count("administration") == 3


def test_charts_stand_before_the_table_as_tables_of_their_numbers_under_headings_in_their_order(tmp_path):
    chart = Chart("By country", "Of all.", "Country", "Records", (Bar("Japan", 3), Bar("none", 1, muted=True)), 4)
    data = written(listing(full(), charts=(chart,)))
    reader = PdfReader(io.BytesIO(data))

    text = " ".join(reader.pages[0].extract_text().split())
    assert "At a glance By country Of all. Country Records Share Japan 3 75% none 1 25%" in text
    assert text.index("Japan 3") < text.index("Text Texts Number")
    path = tmp_path / "list.pdf"
    path.write_bytes(data)
    assert [finding.rule_id for finding in pdfua.validate(str(path)).findings] == ["UA-28-004"]  # no claim is made


def test_it_is_a_tagged_document_with_language_and_title():
    reader = PdfReader(io.BytesIO(written(listing(full()))))

    root = reader.trailer["/Root"]
    assert (root["/Lang"], root["/MarkInfo"]["/Marked"], reader.metadata.title) == ("en", True, "A list")
    kinds = set()

    def walk(element):
        if "/S" in element:
            kinds.add(element["/S"])
        kids = element.get("/K", [])
        for kid in kids if isinstance(kids, list) else [kids]:
            found = kid.get_object()
            if hasattr(found, "get") and "/S" in found:
                walk(found)

    walk(root["/StructTreeRoot"])
    walk(root["/StructTreeRoot"]["/K"].get_object())
    assert {"/Document", "/Part", "/H1", "/Table", "/TR", "/TH", "/TD", "/L", "/LI"} <= kinds


def test_many_columns_leave_room_for_the_words_of_their_heads():
    columns = tuple(Column(f"c{n}", "Authorisation", 10) for n in range(12))
    table = Table("wide", "Wide", columns, lambda: [("x",) * 12])

    (page,) = pages(listing(tables=(table,)))

    assert page.count("Authorisation") == 12


def test_characters_without_a_glyph_are_noted():
    assert "[U+4E2D]" in pages(listing(full("\u4e2d")))[-1]


def test_the_same_list_gives_the_same_bytes():
    found = listing(full())

    assert written(found) == written(found)


def test_a_row_of_another_length_and_a_moment_without_zone_are_refused():
    with pytest.raises(DocumentError, match="A row of 'Things' has 1 cells"):
        written(listing(("one",)))
    with pytest.raises(DocumentError, match="produced_at has no time zone"):
        written(replace(listing(), produced_at=datetime(2026, 1, 1)))


def test_values_are_said_in_words():
    said = [
        say_value(value) for value in (None, "x", ("a", "b"), 1200, date(2026, 1, 2), datetime(2026, 1, 2, tzinfo=UTC))
    ]

    assert said == ["", "x", "a\nb", "1,200", "2 Jan 2026", "2 Jan 2026, 00:00:00"]
    assert Holds.DATE in {column.holds for column in COLUMNS}


def test_whatever_is_drawn_stands_on_the_page_the_notes_included():
    for page in PdfReader(io.BytesIO(written(listing(*[full("公司 one")] * 60)))).pages:
        places: list[tuple[float, float]] = []

        def visit(text, _cm, tm, _font, _size, places=places):
            if text.strip():
                places.append((tm[4], tm[5]))

        text = page.extract_text(visitor_text=visit)
        assert places
        assert text
        inside = [0 < x < page.mediabox.width and 0 < y < page.mediabox.height for x, y in places]
        assert inside == [True] * len(places)


def test_a_list_is_tagged_and_the_checker_finds_nothing_but_that_no_conformance_is_claimed(tmp_path):
    path = tmp_path / "list.pdf"
    path.write_bytes(written(listing(*[full("公司 one")] * 60)))

    report = pdfua.validate(str(path))

    assert [finding.rule_id for finding in report.findings] == ["UA-28-004"]
    assert report.skipped == ()


def test_a_long_word_of_a_head_that_may_be_parted_leaves_room_for_what_the_columns_say():
    column = Column("engages", "Unterauftragsverarbeiter")
    several = tuple(Column(f"more{place}", "Datenschutzbeauftragter") for place in range(9))
    said = Column("said", "Angabe", 60)
    table = Table("things", "Things", (column, *several, said), lambda: (("", *[""] * 9, "many words " * 20),))

    rooms = []
    for language in ("de", "nn"):
        places, _ = places_of(table.columns, list(table.rows()), language)
        rooms.append(places[-1][1])

    assert rooms[0] > 1.2 * rooms[1]
