"""Words matched against closed lists."""

import pytest

from registry.imports.parsing.choices import STATUS_SYNONYMS, match_choice
from registry.reference.activity import ActivityStatus


@pytest.mark.parametrize("text", ["in_review", "In review", "IN REVIEW", "in Prüfung", "in pruefung"])
def test_value_label_and_synonym_match_without_case_and_accents(text: str) -> None:
    assert match_choice(text, ActivityStatus.choices, STATUS_SYNONYMS) == "in_review"


@pytest.mark.parametrize("text", ["aktiv", "active", "live", "in Betrieb", "InProduction", "geplant", "", "—"])
def test_words_about_the_processing_are_no_status_of_the_record(text: str) -> None:
    assert match_choice(text, ActivityStatus.choices, STATUS_SYNONYMS) is None


@pytest.mark.parametrize(
    ("text", "status"), [("Entwurf", "draft"), ("freigegeben", "approved"), ("stillgelegt", "retired")]
)
def test_plain_words_for_a_status_are_known(text: str, status: str) -> None:
    assert match_choice(text, ActivityStatus.choices, STATUS_SYNONYMS) == status


def test_a_word_for_two_choices_matches_neither() -> None:
    assert match_choice("both", [("a", "A"), ("b", "B")], {"a": ("both",), "b": ("Both",)}) is None


def test_synonyms_of_values_that_are_no_choice_are_left_out() -> None:
    assert match_choice("gone", [("a", "A")], {"b": ("gone",)}) is None
