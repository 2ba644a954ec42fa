"""Cells that hold several values."""

import pytest

from registry.imports.parsing.brackets import balanced, depths, split_outside
from registry.imports.parsing.lists import split_list


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("", []),
        ("one", ["one"]),
        ("a; b ;c;", ["a", "b", "c"]),
        ("a\nb\r\nc\rd", ["a", "b", "c", "d"]),
        ("a<br>b<BR/>c", ["a", "b", "c"]),
        ("- a\n- b-c", ["a", "b-c"]),
        ("• a • b", ["a", "b"]),
        ("•a\n• b", ["a", "b"]),
        ("1. a\n2. b", ["a", "b"]),
        ("1) a; 2) b", ["a", "b"]),
        ("2. Mahnung", ["2. Mahnung"]),
        ("1. BImSchV; 9. BImSchV", ["1. BImSchV", "9. BImSchV"]),
        ("name, first name, age", ["name, first name, age"]),
        ("contact (mail; phone), bank; tax (a; (b; c))", ["contact (mail; phone), bank", "tax (a; (b; c))"]),
        ('he said "a; b"; c', ['he said "a; b"', "c"]),
        ("„a; b“; “c; d”", ["„a; b“", "“c; d”"]),
        ("open (a; b", ["open (a", "b"]),
        ('3" pipe; 4" pipe', ['3" pipe', '4" pipe']),
        ('an "open quote; b', ['an "open quote', "b"]),
        ("smile :) ; b", ["smile :)", "b"]),
        ("(a; b]; c)", ["(a; b]; c)"]),
        ("(see lit. a; b); c", ["(see lit. a; b)", "c"]),
        (" - ", ["-"]),
        ("(quotes '\"(\"' ; inside)", ["(quotes '\"(\"' ; inside)"]),
    ],
)
def test_values_are_separated_as_people_write_them(text: str, values: list[str]) -> None:
    assert split_list(text) == values


def test_parts_and_separators_are_the_text() -> None:
    text = "a (b; c); d\n;e"

    assert split_outside(text, ";\n") == [("a (b; c)", ";"), (" d", "\n"), ("", ";"), ("e", "")]


def test_brackets_of_an_enumeration_close_only_what_nothing_else_closes() -> None:
    assert depths("(x a) b) and c) word)") == [1] * 21
    assert depths("(x a) b) y") == [1, 1, 1, 1, 1, 0, 0, 0, 0, 0]


@pytest.mark.parametrize(
    ("text", "expected"),
    [("(a) [b]", True), ("a) and b)", True), ("(Art a)", True), ("(a", False), ("word)", False), ("(]", False)],
)
def test_balance_counts_partners(text: str, expected: bool) -> None:
    assert balanced(text) is expected


def test_crossed_brackets_are_paired_from_the_outside() -> None:
    assert depths("([x)]") == [1, 1, 1, 1, 0]
