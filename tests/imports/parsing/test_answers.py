"""Yes, no and not assessed."""

import pytest

from registry.imports.parsing.answers import ACCEPTED, after_yes, parse_answer
from registry.reference.answers import Answer


@pytest.mark.parametrize(
    "text", ["yes", "Ja", "OUI", "sí", "sì", "sim", "ja.", "true", "TRUE", "x", "X", "1", " wahr ", "✓", "☒"]
)
def test_yes_in_any_language(text: str) -> None:
    assert parse_answer(text) is Answer.YES


@pytest.mark.parametrize("text", ["no", "Nein", "non", "não", "nee", "false", "0", "☐"])
def test_no_in_any_language(text: str) -> None:
    assert parse_answer(text) is Answer.NO


@pytest.mark.parametrize(
    "text", ["", " ", "not assessed", "not_assessed", "noch nicht geprüft", "?", "TBD", "unbekannt"]
)
def test_blank_and_unknown_are_not_assessed(text: str) -> None:
    assert parse_answer(text) is Answer.NOT_ASSESSED


@pytest.mark.parametrize("text", ["maybe", "yes, partly", "2", "N/A"])
def test_anything_else_is_refused_with_what_is_accepted(text: str) -> None:
    with pytest.raises(ValueError, match="is not an answer") as caught:
        parse_answer(text)

    assert str(caught.value) == f"“{text}” is not an answer; accepted: {ACCEPTED}."


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("Yes (USA)", "USA"),
        ("Ja, Gesundheit", "Gesundheit"),
        ("Oui – États-Unis (CCT)", "États-Unis (CCT)"),
        ("Ja / Oui: Maroc", "Maroc"),
        ("Yes", None),
        ("Yesterday (USA)", None),
        ("No (USA)", None),
    ],
)
def test_what_stands_behind_a_yes(text: str, rest: str | None) -> None:
    assert after_yes(text) == rest


@pytest.mark.parametrize(("text", "answer"), [("✗", Answer.NO), ("❌", Answer.NO), ("✔️", Answer.YES), ("Neen / Non", Answer.NO), ("ja/oui", Answer.YES)])  # fmt: skip
def test_signs_and_answers_in_two_languages(text: str, answer: Answer) -> None:
    assert parse_answer(text) is answer
