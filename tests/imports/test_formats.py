import csv
import io
import re

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tablib import Dataset

from registry.imports.formats import CSV, FORMATS, XLSX
from registry.imports.reading import Unreadable

TEXTS = [
    "Łódź",
    "=1+1",
    "'=1",
    "''-x",
    "'plain",
    "+1",
    "-1",
    "@x",
    "0012",
    "1e5",
    "https://example.org",
    "a\nb",
    '"q"; |',
    "TRUE",
]


def dataset(*rows):
    return Dataset(*rows, headers=["Name", "Text"])


def test_csv_is_written_for_excel_with_no_cell_that_it_would_calculate():
    data = CSV().export_data(dataset(["é", "=1+1"], ["a\r\nb", "@x"]))

    assert data.startswith(b"\xef\xbb\xbf")
    assert list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""))) == [
        ["Name", "Text"],
        ["é", "'=1+1"],
        ["a\nb", "'@x"],
    ]


@pytest.mark.parametrize("written", [CSV, XLSX])
def test_every_text_comes_back_exactly(written):
    sent = [[f"row {number}", text] for number, text in enumerate(TEXTS)]

    back = written().create_dataset(written().export_data(dataset(*sent)))

    assert (back.headers, [list(row) for row in back]) == (["Name", "Text"], sent)


@given(text=st.text(st.characters(exclude_categories=("Cc", "Cs", "Cn", "Co", "Zl", "Zp"))).map(str.strip).filter(bool))
def test_any_text_of_letters_and_signs_comes_back_from_csv(text):
    back = CSV().create_dataset(CSV().export_data(dataset(["a row", text])))

    assert [list(row) for row in back] == [["a row", text]]


def test_a_text_that_no_xlsx_cell_holds_is_refused_with_a_remedy():
    said = (
        "“Text” of “a” holds 32,768 characters; a cell of an XLSX file holds 32,767. "
        "Untick the column “Text”, or export as CSV instead."
    )
    with pytest.raises(ValueError, match=re.escape(said)):
        XLSX().export_data(dataset(["a", "x" * 32_768]))


def test_numbers_and_addresses_stay_text_in_xlsx():
    book = openpyxl.load_workbook(
        io.BytesIO(XLSX().export_data(dataset(["0012", "=1+1"], ["1e5", "https://example.org"])))
    )

    cells = [[cell.value for cell in row] for row in book.active.iter_rows(min_row=2)]
    kinds = {cell.data_type for row in book.active.iter_rows() for cell in row}
    assert cells == [["0012", "=1+1"], ["1e5", "https://example.org"]]
    assert kinds == {"s"}
    assert [cell.hyperlink for row in book.active.iter_rows() for cell in row if cell.hyperlink] == []


def test_short_rows_are_filled_up():
    assert [list(row) for row in CSV().create_dataset(b"Name,Text\na\nb,c\n")] == [["a", ""], ["b", "c"]]


@pytest.mark.parametrize("kind", FORMATS)
def test_a_file_that_is_none_is_refused_by_every_format(kind):
    with pytest.raises(Unreadable):
        kind().create_dataset(b"PK\x03\x04 no archive")


def test_what_is_offered_for_reading_and_for_writing():
    formats = [kind(encoding="utf-8") for kind in FORMATS]

    offered = [(kind.get_title(), kind.get_extension(), kind.can_import(), kind.can_export()) for kind in formats]
    assert offered == [
        ("CSV", "csv", True, True),
        ("XLSX", "xlsx", True, True),
        ("XLS", "xls", True, False),
        ("ODS", "ods", True, False),
    ]
    assert CSV().get_content_type() == "text/csv; charset=utf-8"
