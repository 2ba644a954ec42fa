"""Dates as people write them."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.imports.parsing.dates import ACCEPTED, FROM_1904, month_first, parse_date, serial_day


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026-02-20", date(2026, 2, 20)),
        ("2018-05-26 00:00:00", date(2018, 5, 26)),
        ("2018-05-26T12:30:00.5Z", date(2018, 5, 26)),
        ("2018/05/26", date(2018, 5, 26)),
        ("26/05/2018", date(2018, 5, 26)),
        ("26.05.2018", date(2018, 5, 26)),
        ("26. 5. 2018", date(2018, 5, 26)),
        ("26.5.18", date(2018, 5, 26)),
        ("26-05-2018 10:00", date(2018, 5, 26)),
        ("03/04/2026", date(2026, 4, 3)),
        ("20. Februar 2026", date(2026, 2, 20)),
        ("Stand: 20. Februar 2026", date(2026, 2, 20)),
        ("1. März 2026", date(2026, 3, 1)),
        ("20 février 2026", date(2026, 2, 20)),
        ("1er août 2026", date(2026, 8, 1)),
        ("20 de febrero de 2026", date(2026, 2, 20)),
        ("20 febbraio 2026", date(2026, 2, 20)),
        ("20 fevereiro 2026", date(2026, 2, 20)),
        ("20 maart 2026", date(2026, 3, 20)),
        ("20 Feb. 2026", date(2026, 2, 20)),
        ("February 20th, 2026", date(2026, 2, 20)),
        (" Mar 1 2026 ", date(2026, 3, 1)),
    ],
)
def test_usual_spellings_are_read(text: str, expected: date) -> None:
    assert parse_date(text) == expected


def test_month_first_is_an_option() -> None:
    assert parse_date("03/04/2026", day_first=False) == date(2026, 3, 4)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("31.02.2026", "2026-02 has no day 31"),
        ("31 February 2026", "2026-02 has no day 31"),
        ("2021-31-31", "there is no month 31"),
        ("05/26/2018", "there is no month 26"),
        ("0000-01-01", "there is no year 0"),
    ],
)
def test_dates_that_do_not_exist_are_refused_with_the_reason(text: str, why: str) -> None:
    with pytest.raises(ValueError, match="does not exist") as caught:
        parse_date(text)

    assert str(caught.value) == f"“{text}” does not exist: {why}; accepted: {ACCEPTED}."


@pytest.mark.parametrize(
    "text", ["", "43245", "43245.0", "2026", "20 Foo 2026", "Foo 20, 2026", "next year", "26.05/2018", "Q1 2026"]
)
def test_what_is_no_date_is_refused_with_what_is_accepted(text: str) -> None:
    with pytest.raises(ValueError, match="is not a date") as caught:
        parse_date(text)

    assert str(caught.value) == f"“{text}” is not a date; accepted: {ACCEPTED}."


@given(st.dates(min_value=date(1000, 1, 1)))
def test_what_an_export_writes_is_read_back(day: date) -> None:
    assert parse_date(day.isoformat()) == day


@pytest.mark.parametrize(
    ("texts", "evidence"),
    [
        (["03/04/2026", "03/14/2026", "5/31/26"], "03/14/2026"),
        (["03/14/2026", "2026-02-28", "", "soon"], "03/14/2026"),
        (["03/13/2026"], "03/13/2026"),
        (["03/04/2026"], ""),
        (["03/14/2026", "13/03/2026"], ""),
        (["03/14/2026", "14/03/2026"], ""),
        (["03.14.2026"], ""),
        ([], ""),
    ],
)
def test_a_column_is_month_first_where_one_date_shows_it_and_none_the_contrary(texts: list[str], evidence: str) -> None:
    assert month_first(texts) == evidence


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1er janvier 2026", date(2026, 1, 1)),
        ("lundi 5 janvier 2026", date(2026, 1, 5)),
        ("01. Jan. 2026", date(2026, 1, 1)),
        ("Montag, 5. Januar 2026", date(2026, 1, 5)),
        ("5. Mär. 2026", date(2026, 3, 5)),
        ("3 mei 2026", date(2026, 5, 3)),
        ("di 3 februari 2026", date(2026, 2, 3)),
        ("den 3 maj 2026", date(2026, 5, 3)),
        ("5 augusti 2026", date(2026, 8, 5)),
        ("d. 3. marts 2026", date(2026, 3, 3)),
        ("1. desember 2026", date(2026, 12, 1)),
        ("1 stycznia 2026 r.", date(2026, 1, 1)),
        ("12 października 2026", date(2026, 10, 12)),
        ("sobota, 3 maja 2026", date(2026, 5, 3)),
        ("1.º de enero de 2026", date(2026, 1, 1)),
        ("segunda-feira, 5 de janeiro de 2026", date(2026, 1, 5)),
        ("1º maggio 2026", date(2026, 5, 1)),
        ("5-Jan-26", date(2026, 1, 5)),
        ("5 January 2026, 10:30", date(2026, 1, 5)),
    ],
)
def test_dates_in_words_are_read_in_the_languages_of_registers(text: str, expected: date) -> None:
    assert parse_date(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("45292", date(2024, 1, 1)),
        (" 45292.75 ", date(2024, 1, 1)),
        ("45292,5", date(2024, 1, 1)),
        ("2026", None),
        ("20260101", None),
        ("12345", None),
        ("99999", None),
        ("45 292", None),
        ("-45292", None),
        ("45292 days", None),
    ],
)
def test_a_number_is_a_day_only_where_it_is_one_of_our_times(text: str, expected: date | None) -> None:
    assert serial_day(text) == expected


def test_old_programs_count_days_from_1904() -> None:
    assert serial_day("43830", FROM_1904) == date(2024, 1, 1)
