import pytest

from registry.compliance.context import Context
from tests.compliance.records import ON, Case, basis, data, frozen, record, rows, said_by, three_tests

NO = {"special_categories": "no"}


def in_words(*texts):
    return tuple(frozen(rows.DataCategoryRow, stated_as=text) for text in texts)


CASES = {
    "special-category-denied-but-worded": Case(
        passes=record(**NO, data_categories=in_words("Names", "Days of absence, no diagnoses")),
        finds=record(
            **NO, data_categories=(*in_words("Sick notes, diagnoses"), data("Files", items="Religious beliefs"))
        ),
        says=(
            "The record says that no special categories are processed, and the words of its data name some: "
            "Sick notes, diagnoses, Religious beliefs.",
        ),
        not_about=record(special_categories="yes", data_categories=in_words("Sick notes")),
    ),
}


@three_tests(CASES)
def test_a_rule_about_words(rule, record, context, says):
    assert said_by(rule, record, context) == says


@pytest.mark.parametrize(
    "text",
    [
        "Fingerprints of staff",
        "Gesundheitsdaten",
        "Konfession für die Kirchensteuer",
        "Krankmeldungen",
        "Données de santé des élèves",
        "Appartenance syndicale",
    ],
)
def test_special_data_are_told_in_three_languages(text):
    one = record(**NO, data_categories=in_words(text))

    assert len(said_by("special-category-denied-but-worded", one, Context(ON))) == 1


@pytest.mark.parametrize(
    "text",
    ["Biometrisches Lichtbild", "Keine Gesundheitsdaten", "Krankenkasse", "Sans données de santé", "Health and safety"],
)
def test_what_only_sounds_like_it_is_none(text):
    one = record(**NO, data_categories=in_words(text))

    assert said_by("special-category-denied-but-worded", one, Context(ON)) == ()


def test_what_the_catalogue_calls_sensitive_is_asked_for_by_another_rule():
    one = record(
        **NO, data_categories=(data("Files", "special_category", items="Diagnoses"),), legal_bases=(basis("A6-1-b"),)
    )

    assert said_by("special-category-denied-but-worded", one, Context(ON)) == ()
    assert len(said_by("special-category-denied-but-listed", one, Context(ON))) == 1
