"""Boxes to be ticked within a cell."""

import pytest

from registry.imports.parsing.boxes import ticked


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("☒ Beschäftigte\n☐ Interessenten\n☑ Kunden", "Beschäftigte\nKunden"),
        ("☒ Ja ☐ Nein", "Ja"),
        ("☐ Ja ☒ Nein", "Nein"),
        ("[x] staff, [ ] customers", "staff"),
        ("□ Consent ■ Contract", "Contract"),
        ("Which? ☒ staff", "Which?\nstaff"),
        ("☐ staff\n☐ customers", ""),
        ("☐ staff\nand others", "and others"),
    ],
)
def test_what_is_ticked_is_said(text: str, said: str) -> None:
    assert ticked(text) == said


@pytest.mark.parametrize(
    "text", ["", "Staff", "☒", "☐", "x", "■ Staff\n■ Customers", "□ Staff", "see [x]", "f(x) of a", "[1] Staff"]
)
def test_a_text_without_boxes_is_left_alone(text: str) -> None:
    assert ticked(text) is None
