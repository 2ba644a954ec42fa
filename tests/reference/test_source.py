"""Tests for the fields and dates that every row of reference data shares."""

from datetime import date

import pytest

from registry.reference.source import SourcedRow, in_force

FIRST, LAST = date(2020, 1, 1), date(2020, 12, 31)


@pytest.mark.parametrize(
    ("on", "expected"),
    [
        (date(2019, 12, 31), False),
        (FIRST, True),
        (LAST, True),
        (date(2021, 1, 1), False),
    ],
)
def test_a_row_holds_from_its_first_to_its_last_day(on: date, expected: bool) -> None:
    row = SourcedRow(source="a law", valid_from=FIRST, valid_until=LAST)

    assert in_force(row, on) is expected


@pytest.mark.parametrize("on", [date.min, date.max])
def test_a_row_without_dates_always_holds(on: date) -> None:
    assert in_force(SourcedRow(source="a law"), on) is True
