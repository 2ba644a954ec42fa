"""Whole numbers with the separators of several countries."""

import pytest

from registry.imports.parsing.numbers import ACCEPTED, parse_number


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("0", 0),
        (" 500 ", 500),
        ("12400", 12400),
        ("12,400", 12400),
        ("12.400", 12400),
        ("12 400", 12400),
        ("12\u202f400", 12400),
        ("1’000’000", 1000000),
        ("75001.0", 75001),
    ],
)
def test_whole_numbers_are_read(text: str, expected: int) -> None:
    assert parse_number(text) == expected


@pytest.mark.parametrize(
    "text", ["", "-5", "12.5", "1,2", "1.000,00", "12,400.000", "about 500", "5 years", "1e3", "٣"]
)
def test_anything_else_is_refused_with_what_is_accepted(text: str) -> None:
    with pytest.raises(ValueError, match="is not a whole number") as caught:
        parse_number(text)

    assert str(caught.value) == f"“{text}” is not a whole number; accepted: {ACCEPTED}."
