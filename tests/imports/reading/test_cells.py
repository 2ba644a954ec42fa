"""Cells as text."""

from datetime import date, datetime, time, timedelta

import pytest

from registry.imports.reading.cells import CellValue, as_text
from registry.imports.reading.workbook import Unreadable, cell_name, column_number


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, ""),
        ("", ""),
        ("Löhne  \t\n", "Löhne"),
        ("  indented", "  indented"),
        ("one\r\ntwo\rthree\nfour", "one\ntwo\nthree\nfour"),
        ("a\x00b\x07c\td\x85e\x7f", "abc\tde"),
        ("e\u0301 \u00a0x", "e\u0301 \u00a0x"),
        (True, "TRUE"),
        (False, "FALSE"),
        (7, "7"),
        (75001.0, "75001"),
        (-0.0, "0"),
        (1.5, "1.5"),
        (0.1 + 0.2, "0.3"),
        (1e-7, "0.0000001"),
        (1e20, "100000000000000000000"),
        (1e300, "1e+300"),
        (datetime(2026, 1, 2), "2026-01-02"),
        (datetime(2026, 1, 2, 3, 4), "2026-01-02T03:04"),
        (datetime(2026, 1, 2, 3, 4, 5), "2026-01-02T03:04:05"),
        (datetime(2026, 1, 1, 23, 59, 59, 999_999), "2026-01-02"),
        (datetime.max, "9999-12-31T23:59:59"),
        (date(2026, 1, 2), "2026-01-02"),
        (time(3, 4), "03:04"),
        (time(3, 4, 5), "03:04:05"),
        (timedelta(hours=36, minutes=5), "36:05"),
        (timedelta(seconds=61), "0:01:01"),
        (-timedelta(minutes=90), "-1:30"),
    ],
)
def test_a_value_becomes_the_text_a_person_would_have_typed(value: CellValue, text: str) -> None:
    assert as_text(value) == text


def test_a_value_of_another_type_is_an_error_that_names_it() -> None:
    with pytest.raises(TypeError, match="A cell holds a bytes"):
        as_text(b"x")  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("row", "column", "name"),
    [(5, 2, "B5"), (1, 26, "Z1"), (1, 27, "AA1"), (9, 702, "ZZ9"), (1_048_576, 16_384, "XFD1048576")],
)
def test_a_cell_has_the_address_that_spreadsheets_show(row: int, column: int, name: str) -> None:
    assert cell_name(row, column) == name
    assert column_number(name.rstrip("0123456789")) == column


@pytest.mark.parametrize(
    ("place", "text"),
    [
        ({}, "Wrong. Right it."),
        ({"sheet": "Data"}, "Sheet “Data”: Wrong. Right it."),
        ({"sheet": "Data", "row": 5, "column": 2}, "Sheet “Data”, cell B5: Wrong. Right it."),
        ({"row": 1200}, "Row 1200: Wrong. Right it."),
        ({"column": 28}, "Column AB: Wrong. Right it."),
    ],
)
def test_a_refusal_says_where_what_and_what_to_do(place: dict[str, object], text: str) -> None:
    assert str(Unreadable("Wrong.", "Right it.", **place)) == text  # type: ignore[arg-type]
