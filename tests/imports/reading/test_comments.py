"""Comments beside cells and what is hidden in a workbook: read from XLSX and ODS, within limits."""

import io
import zipfile

import pytest
import xlsxwriter

from registry.imports.reading import CellComment, Limits, Unreadable, read_file
from registry.imports.reading.comments_xlsx import comments_of, persons
from registry.imports.reading.marks import AUTHOR, BEFORE_MARK
from tests.imports import files

MICROSOFT = "http://schemas.microsoft.com/office/2017/10/relationships"
THREADED = 'xmlns="http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments"'


def workbook(write) -> bytes:
    target = io.BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True}) as book:
        sheet = book.add_worksheet("Data")
        for row in range(4):
            sheet.write_row(row, 0, [f"{letter}{row + 1}" for letter in "ABCD"])
        write(sheet)
    return target.getvalue()


def with_members(data: bytes, **members: str) -> bytes:
    """The archive with further members, or other ones in place of its own."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        held = {name: archive.read(name) for name in archive.namelist()}
    return files.archive({**held, **members})


def the_sheet(data: bytes, name: str = "a.xlsx", **limits: int):
    return read_file(name, data, limits=Limits(**limits)).sheets[0]


def relationships(*targets: tuple[str, str]) -> str:
    listed = "".join(
        f'<Relationship Id="x{number}" Type="{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(targets)
    )
    return f'<Relationships xmlns="{files.PACKAGE}/relationships">{listed}</Relationships>'


def threaded(notes: str, threads: str) -> bytes:
    """A workbook whose sheet has notes and threads, as newer programs write them together."""
    plain = files.xlsx_of_xml('<row r="1"><c r="A1"><v>1</v></c></row>')
    with zipfile.ZipFile(io.BytesIO(plain)) as archive:
        related = archive.read("xl/_rels/workbook.xml.rels").decode()
    person = f'<Relationship Id="p" Type="{MICROSOFT}/person" Target="persons/person.xml"/>'
    return with_members(
        plain,
        **{
            "xl/_rels/workbook.xml.rels": related.replace("</Relationships>", f"{person}</Relationships>"),
            "xl/persons/person.xml": f'<personList {THREADED}><person displayName="Ane Dahl" id="{{P}}"/></personList>',
            "xl/worksheets/_rels/sheet1.xml.rels": relationships(
                (f"{files.RELATIONS}/comments", "../comments1.xml"),
                (f"{MICROSOFT}/threadedComment", "/xl/threadedComments/threadedComment1.xml"),
            ),
            "xl/comments1.xml": f'<comments xmlns="{files.MAIN}">{notes}</comments>',
            "xl/threadedComments/threadedComment1.xml": f"<ThreadedComments {THREADED}>{threads}</ThreadedComments>",
        },
    )


def test_notes_of_an_xlsx_are_read_with_their_place_and_author() -> None:
    def write(sheet):
        sheet.write_comment("B2", "Bo Lund:\nAsk IT\nagain", {"author": "Bo Lund"})
        sheet.write_comment("C9", "below the table", {"author": ""})
        sheet.write_comment("A1", "  ", {"author": "Bo Lund"})

    assert the_sheet(workbook(write)).comments == (
        CellComment(2, 2, "Ask IT\nagain", "Bo Lund"),
        CellComment(9, 3, "below the table"),
    )


def test_threads_are_read_comment_by_comment_and_not_again_from_their_copy() -> None:
    copy = "[Threaded comment]\n\nYour version of Excel can't show it; see the help.\n\nComment:\n    Still so?"
    notes = (
        "<authors><author>tc={1}</author><author>Bo</author></authors><commentList>"
        f'<comment ref="A1" authorId="0"><text><t>{copy}</t></text></comment>'
        f'<comment ref="B1" authorId="0"><text><r><t>{copy}</t></r></text></comment>'
        '<comment ref="C1" authorId="1"><text><r><t>plain </t></r><r><rPr><b/></rPr><t>words</t></r>'
        '<rPh sb="0" eb="1"><t>said</t></rPh></text></comment>'
        '<comment ref="nowhere" authorId="7"><text><t>lost</t></text></comment></commentList>'
    )
    threads = (
        '<threadedComment ref="A1" personId="{P}" id="{1}"><text>Still so?</text></threadedComment>'
        '<threadedComment ref="A1" personId="{Q}" id="{2}" parentId="{1}"><text>Yes.</text></threadedComment>'
    )

    assert the_sheet(threaded(notes, threads)).comments == (
        CellComment(1, 1, "Still so?", "Ane Dahl"),
        CellComment(1, 1, "Yes."),
        CellComment(1, 2, "Comment:\n    Still so?"),
        CellComment(1, 3, "plain words", "Bo"),
    )


def test_what_the_import_has_written_itself_is_no_comment() -> None:
    def write(sheet):
        sheet.write_comment("A1", "Error: no date", {"author": AUTHOR})
        sheet.write_comment("B1", f"Ask IT{BEFORE_MARK}Error: no date", {"author": "Bo"})

    assert the_sheet(workbook(write)).comments == (CellComment(1, 2, "Ask IT", "Bo"),)


def test_hidden_rows_and_columns_of_an_xlsx_are_named_as_far_as_the_table_reaches() -> None:
    def write(sheet):
        for row in (1, 3, 50):
            sheet.set_row(row, None, None, {"hidden": True})
        sheet.set_column(1, 2, None, None, {"hidden": True})
        sheet.set_column(3, 90, 5)
        sheet.set_column(20, 90, None, None, {"hidden": True})

    found = the_sheet(workbook(write))

    assert (found.hidden_rows, found.hidden_columns) == (frozenset({2, 4}), frozenset({2, 3}))


def test_a_hidden_row_without_a_number_counts_from_the_one_before() -> None:
    rows = "<row><c><v>1</v></c></row><row hidden='true'><c r='A2'><v>2</v></c></row>"

    assert the_sheet(files.xlsx_of_xml(rows)).hidden_rows == frozenset({2})


def test_comments_and_hidden_rows_of_an_ods_are_read() -> None:
    note = (
        "<office:annotation office:display='false' xmlns:dc='dc'><dc:creator>Ane &amp; Bo</dc:creator>"
        "<dc:date>2026-01-01T00:00:00</dc:date><text:p>first<text:s/>line</text:p><text:p/>"
        "<text:p>second <text:span>line</text:span></text:p></office:annotation>"
    )
    text = "<text:p>x</text:p></table:table-cell>"
    data = files.ods_of_xml(
        '<table:table table:name="Data"><table:table-column/>'
        '<table:table-column table:number-columns-repeated="2" table:visibility="collapse"/>'
        f'<table:table-row><table:table-cell office:value-type="string">{text}'
        '<table:table-cell table:number-columns-repeated="2"/>'
        f'<table:table-cell office:value-type="string">{note}{text}</table:table-row>'
        '<table:table-row table:visibility="filter" table:number-rows-repeated="2">'
        f'<table:table-cell office:value-type="string">{text}</table:table-row>'
        '<table:table-row table:visibility="collapse" table:number-rows-repeated="90000"/></table:table>'
    )

    found = the_sheet(data, "a.ods")

    assert found.rows == [["x", "", "", "x"], ["x"], ["x"]]
    assert found.comments == (CellComment(1, 4, "first line\nsecond line", "Ane & Bo"),)
    assert (found.hidden_rows, found.hidden_columns) == (frozenset({2, 3}), frozenset({2, 3}))


@pytest.mark.parametrize(
    ("limits", "said"),
    [
        ({"max_comments": 1}, "Sheet “Data”: The sheet has more than 1 comments."),
        ({"max_cell_characters": 8}, "Sheet “Data”, cell B2: The comment has 9 characters; at most 8 are read."),
        ({"max_characters": 40}, "The file holds more than 40 characters of text."),
    ],
)
def test_comments_beyond_a_limit_are_refused(limits, said) -> None:
    def write(sheet):
        sheet.write_comment("B2", "too much!")
        sheet.write_comment("B3", "and more")

    with pytest.raises(Unreadable) as refused:
        the_sheet(workbook(write), **limits)

    assert str(refused.value).startswith(said)


@pytest.mark.parametrize("part", ["<comments><commentList>", '<!DOCTYPE x [<!ENTITY e "e">]><comments>&e;</comments>'])
def test_a_part_of_comments_that_is_broken_or_dangerous_is_refused(part) -> None:
    data = with_members(workbook(lambda sheet: sheet.write_comment("A1", "x")), **{"xl/comments1.xml": part})

    with pytest.raises(Unreadable, match=r"The spreadsheet is damaged or incomplete\."):
        the_sheet(data)


def test_a_large_part_of_comments_is_read_one_by_one() -> None:
    listed = "".join(f'<comment ref="A{row}" authorId="0"><text><t>x</t></text></comment>' for row in range(1, 5001))
    data = threaded(f"<authors><author>Bo</author></authors><commentList>{listed}</commentList>", "")

    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        found = comments_of(archive, "xl/worksheets/sheet1.xml", persons(archive))
        assert (next(found), sum(1 for _ in found)) == (CellComment(1, 1, "x", "Bo"), 4999)
