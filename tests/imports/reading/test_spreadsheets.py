"""XLSX and ODS cells, formulas, errors, phantom cells and limits, read in the process of the test."""

import io
import json
import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

import pytest

from registry.imports.reading import CellNote, Limits, Sheet, Unreadable, child, isolated
from registry.imports.reading.scan import NOT_STORED, STORED, SheetScan
from registry.imports.reading.scan_xlsx import scan_xlsx
from tests.imports import files


def sheets(data: bytes, kind: str = "xlsx", **limits: int) -> tuple[Sheet, ...]:
    """The sheets, read in this process, with the records passed through JSON as between processes."""
    target = io.BytesIO()
    for record in child.read_spreadsheet(data, kind, Limits(**limits)):
        child.write(target, record)
    records = [json.loads(line) for line in target.getvalue().splitlines()]
    return isolated.sheets_of([*records, {"end": True}], Limits(**limits))


def refusal(data: bytes, kind: str = "xlsx", **limits: int) -> Unreadable:
    with pytest.raises(Unreadable) as caught:
        sheets(data, kind, **limits)
    return caught.value


def table(rows: str) -> str:
    return f'<table:table table:name="Data &amp; more">{rows}</table:table>'


def test_cells_of_every_type_become_text_and_keep_their_place() -> None:
    data = files.xlsx(
        [
            [],
            [None, "Name\r\nx \x01", 75001, 0.5, True, None],
            [None, date(2026, 1, 2), datetime(2026, 1, 2, 3, 4), time(3, 4), timedelta(hours=36), "  "],
            [None, "=1+1"],
            ["", None],
        ]
    )

    assert sheets(data) == (
        Sheet(
            "Data",
            [
                [],
                ["", "Name\nx", "75001", "0.5", "TRUE"],
                ["", "2026-01-02", "2026-01-02T03:04", "03:04", "36:00"],
                ["", "=1+1"],
            ],
        ),
    )


def test_every_sheet_is_read_the_hidden_and_the_empty_too() -> None:
    data = files.xlsx({"A & B": [["x"]], "Lists": [["y"]], "Empty": []}, hidden=["Lists"])

    assert sheets(data) == (Sheet("A & B", [["x"]]), Sheet("Lists", [["y"]], hidden=True), Sheet("Empty", []))


def test_a_merged_cell_stands_in_its_first_cell_only() -> None:
    title = '<row r="1"><c r="A1" t="inlineStr"><is><t>Title</t></is></c><c r="B1"/></row>'
    rows = title + '<row r="2"><c r="C2"><v>1</v></c></row>'
    data = files.xlsx_of_xml(rows, after='<mergeCells count="1"><mergeCell ref="A1:C1"/></mergeCells>')

    assert sheets(data)[0].rows == [["Title"], ["", "", "1"]]


def test_formulas_and_errors_of_an_xlsx_are_noted_with_their_address() -> None:
    data = files.xlsx_of_xml(
        '<row r="2"><c r="B2"><f>1+1</f><v>2</v></c><c r="C2"><f>1+1</f><v/></c>'
        '<c r="D2" t="str"><f>""</f><v></v></c></row>'
        '<row r="3"><c r="B3" t="e"><f>1/0</f><v>#DIV/0!</v></c><c r="C3" t="e"><v>#REF!</v></c><c r="E3"><v>7</v></c>'
        '<c t="e"><v>#N/A</v></c><c><f>1</f><v>1</v></c></row>'
    )

    assert sheets(data) == (
        Sheet(
            "Data",
            [[], ["", "2"], ["", "#DIV/0!", "#REF!", "", "7", "", "1"]],
            (
                CellNote(3, 2, "error", "The cell holds the error #DIV/0!, which is kept as text."),
                CellNote(3, 3, "error", "The cell holds the error #REF!, which is kept as text."),
                CellNote(2, 2, "formula", STORED),
                CellNote(2, 3, "formula-without-result", NOT_STORED),
                CellNote(2, 4, "formula", STORED),
            ),
        ),
    )


def test_an_error_without_a_text_reads_as_not_available() -> None:
    data = files.xlsx_of_xml("<row r='1'><c r='A1' t='e'><v></v></c><c r='B1'><v>1</v></c></row>")

    assert sheets(data)[0].rows == [["#N/A", "1"]]


def test_formulas_and_errors_of_an_ods_are_noted_with_their_address() -> None:
    data = files.ods_of_xml(
        table(
            '<table:table-row table:number-rows-repeated="2"><table:table-cell table:number-columns-repeated="9"/>'
            '</table:table-row><table:table-row><table:table-cell table:number-columns-repeated="2"/>'
            '<table:table-cell table:formula="of:=1>0" office:value-type="boolean" office:boolean-value="true"/>'
            '<table:table-cell table:formula="of:=1+1"/>'
            '<table:table-cell table:formula="of:=1/0" office:value-type="string" office:string-value="">'
            "<text:p>#DIV/0!</text:p></table:table-cell>"
            '<table:table-cell table:formula="of:=&quot;&quot;" office:value-type="string" office:string-value=""/>'
            '<table:table-cell table:formula="of:=A1" office:value-type="string">'
            "<text:p>#REF!</text:p></table:table-cell>"
            '<table:table-cell table:formula="of:=A1" office:value-type="string" office:string-value="">'
            "<text:p>words</text:p></table:table-cell></table:table-row>"
        )
    )

    assert sheets(data, "ods") == (
        Sheet(
            "Data & more",
            [[], [], ["", "", "TRUE", "", "#DIV/0!", "", "#REF!"]],
            (
                CellNote(3, 3, "formula", STORED),
                CellNote(3, 4, "formula-without-result", NOT_STORED),
                CellNote(3, 5, "error", "The cell holds the error #DIV/0!, which is kept as text."),
                CellNote(3, 6, "formula", STORED),
                CellNote(3, 7, "formula", STORED),
                CellNote(3, 8, "formula", STORED),
            ),
        ),
    )


def test_an_ods_keeps_line_breaks_and_tabs_and_may_be_indented() -> None:
    data = files.ods_of_xml(
        table(
            '<table:table-row>\n  <table:table-cell office:value-type="string">\n'
            "   <text:p>a<text:line-break/>b</text:p>\n"
            "   <text:p>c<text:tab/>d <text:span>e</text:span> f</text:p>\n  </table:table-cell>\n</table:table-row>"
        )
    )

    assert sheets(data, "ods")[0].rows == [["a\nb\nc\td e f"]]


def test_an_empty_ods_sheet_has_no_rows() -> None:
    data = files.ods_of_xml(table(files.ods_rows([["x"]])) + '<table:table table:name="Empty"></table:table>')

    assert sheets(data, "ods") == (Sheet("Data & more", [["x"]]), Sheet("Empty", []))


def test_an_ods_comment_is_no_part_of_its_cell() -> None:
    cell = '<table:table-cell office:value-type="string"><office:annotation><text:p>note</text:p></office:annotation>'
    data = files.ods_of_xml(table(f"<table:table-row>{cell}<text:p>x</text:p></table:table-cell></table:table-row>"))

    assert sheets(data, "ods")[0].rows == [["x"]]


def test_a_million_phantom_rows_are_no_rows() -> None:
    styled = "".join(
        f'<row r="{row}"><c r="A{row}" s="1"/><c r="B{row}" s="1"></c></row>' for row in range(2, 100_001, 50)
    )
    far = '<row r="1048576"><c r="XFD1048576" s="1"/></row>'
    in_xlsx = files.xlsx_of_xml(f'<row r="1"><c r="A1"><v>1</v></c></row>{styled}{far}')
    repeated = '<table:table-cell table:style-name="ce1" table:number-columns-repeated="16384"/></table:table-row>'
    in_ods = files.ods_of_xml(
        table(files.ods_rows([["x"]]) + f'<table:table-row table:number-rows-repeated="1047576">{repeated}')
    )

    assert sheets(in_xlsx)[0].rows == [["1"]]
    assert sheets(in_ods, "ods")[0].rows == [["x"]]


@pytest.mark.parametrize("quote", ['"', "'"])
def test_a_value_in_the_last_cell_of_a_sheet_is_refused_with_what_the_sheet_claims(quote: str) -> None:
    data = files.xlsx_of_xml(
        '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'.replace('"', quote), names=["A & B"]
    )

    error = refusal(data)

    assert len(data) < 5_000
    assert str(error) == (
        "Sheet “A & B”, cell XFD1048576: The sheet has values as far as row 1,048,576 and column XFD and so claims "
        "17,179,869,184 cells; at most 100,000 rows, 300 columns and 10,000,000 cells are read. Delete the rows below "
        "your table and the columns to its right, also those that look empty, and save again."
    )


def test_a_sheet_within_the_limits_of_rows_and_columns_may_claim_too_many_cells() -> None:
    data = files.xlsx_of_xml('<row r="40000"><c r="KN40000"><v>1</v></c></row>')

    assert "as far as row 40,000 and column KN and so claims 12,000,000 cells;" in str(refusal(data))


@pytest.mark.parametrize(
    ("row", "column"),
    [("rows-repeated='1048576'", ""), ("", "columns-repeated='16384'"), ("rows-repeated='999999999'", "")],
)
def test_a_repeated_value_counts_as_often_as_it_is_repeated(row: str, column: str) -> None:
    cell = f"<table:table-cell {column and 'table:number-' + column} office:value-type='string'><text:p>x</text:p>"
    opened = f"<table:table-row {row and 'table:number-' + row}>"
    data = files.ods_of_xml(table(f"{opened}{cell}</table:table-cell></table:table-row>"))

    assert refusal(data, "ods").sheet == "Data & more"


def test_cells_without_an_address_are_held_to_the_limits_too() -> None:
    error = refusal(files.xlsx_of_xml("<row>" + "<c><v>1</v></c>" * 7 + "</row>"), max_columns=6)

    assert (error.sheet, error.row, error.column) == ("Data", 1, 7)


def test_the_last_value_is_found_in_a_sheet_of_several_windows(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("registry.imports.reading.scan_xlsx.WINDOW_BYTES", 150)
    cells = "".join(f'<row r="{row}"><c r="C{row}"><v>{row}</v></c></row>' for row in range(1, 60))
    data = files.xlsx_of_xml(cells + f'<row r="60"><c t="inlineStr" r="D60"><is><t>{"x" * 400}</t></is></c></row>')

    error = refusal(data, max_rows=59)

    assert (error.row, error.column) == (60, 4)


def test_a_cell_beyond_the_limit_is_refused_with_its_address() -> None:
    data = files.xlsx_of_xml(f'<row r="3"><c r="B3" t="inlineStr"><is><t>{"x" * 300_000}</t></is></c></row>')

    assert str(refusal(data)).startswith(
        f"Sheet “Data”, cell B3: The cell holds 300,000 characters, beginning “{'x' * 40}…”; at most 100,000 are read."
    )


def test_more_text_or_sheets_than_the_limits_are_refused() -> None:
    data = files.xlsx({"A": [["x" * 60]], "B": [["y" * 60]]})

    assert refusal(data, max_characters=100).message == "The file holds more than 100 characters of text."
    assert refusal(data, max_sheets=1).message == "The file has 2 sheets; at most 1 are read."


def test_long_sheets_arrive_whole() -> None:
    rows = [[f"row {number}"] for number in range(1, 2_502)]

    assert sheets(files.xlsx(rows))[0].rows == rows


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (files.archive({"xl/workbook.xml": "<broken"}), "xlsx"),
        (files.archive({"xl/workbook.xml": "<workbook/>"}), "xlsx"),
        (files.archive({"mimetype": files.ODS_MIMETYPE, "content.xml": "<broken"}), "ods"),
        (files.ole({"Workbook": b"nothing"}), "xls"),
    ],
)
def test_a_spreadsheet_that_does_not_hold_together_is_refused(data: bytes, kind: str) -> None:
    assert refusal(data, kind).message == "The spreadsheet is damaged or incomplete."


def test_a_sheet_that_does_not_hold_together_is_named() -> None:
    data = files.xlsx_of_xml('<row r="1"><c r="A1" t="s"><v>99</v></c></row>')

    assert str(refusal(data)).startswith("Sheet “Data”: It is damaged, or holds something that isn't read.")


def test_a_sheet_whose_part_is_missing_is_left_to_the_reader() -> None:
    relations = '<r><Relationship Id="rId1" Target="worksheets/gone.xml"/></r>'
    listed = '<workbook><sheets><sheet name="A" id="rId1"/><sheet name="B"/></sheets></workbook>'
    data = files.archive({"xl/workbook.xml": listed, "xl/_rels/workbook.xml.rels": relations})

    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert scan_xlsx(archive, Limits()) == {}


def test_a_reader_that_reports_an_error_cell_beyond_its_own_range_still_shows_it() -> None:
    class Grid:
        name, start, end = "Data", (0, 0), (0, 0)

        def iter_rows(self) -> Iterator[list[str]]:
            yield ["x"]

    scan = SheetScan()
    scan.add_error(1, 3, "#REF!")

    assert list(child.text_rows(Grid(), scan, Limits())) == [["x", "", "#REF!"]]  # type: ignore[arg-type]
