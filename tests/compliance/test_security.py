import pytest

from registry.compliance.context import Context
from tests.compliance.records import ON, Case, data, frozen, measure, record, rows, said_by, three_tests

HEALTH = data("Sick notes", "special_category")


def in_words(*texts):
    return record(measures=tuple(frozen(rows.MeasureRow, stated_as=text) for text in texts))


CASES = {
    "measures-missing": Case(
        passes=in_words("Locked cabinet"),
        finds=record(role="processor"),
        says=("The record describes no technical or organisational measure.",),
        not_about=record(status="retired"),
    ),
    "measures-refer-elsewhere": Case(
        passes=in_words("See the security concept", "encryption of all disks"),
        finds=in_words("Siehe Sicherheitskonzept", "see annex 2."),
        says=(
            "The measures are only referred to, or named in general: “Siehe Sicherheitskonzept”.",
            "The measures are only referred to, or named in general: “see annex 2.”.",
        ),
        not_about=record(measures=(measure(),)),
    ),
    "sensitive-data-without-protection": Case(
        passes=record(data_categories=(HEALTH,), measures=(measure("testing"), measure("pseudonymisation_encryption"))),
        finds=record(special_categories="yes", measures=(measure("testing"), measure("organisation"))),
        says=(
            "Sensitive data are processed, and no measure that is named keeps them confidential: no encryption, no pseudonymisation, no control of access.",
        ),
        not_about=record(data_categories=(data(),), measures=(measure("testing"),)),
    ),
}


@three_tests(CASES)
def test_a_rule_about_security(rule, record, context, says):
    assert said_by(rule, record, context) == says


GENERAL = (
    "Appropriate technical and organisational measures",
    "Angemessene technische und organisatorische Maßnahmen nach Art. 32 DSGVO",
    "Technisch-organisatorische Maßnahmen",
    "Mesures techniques et organisationnelles appropriées",
    "Mesures de sécurité",
    "Sicherheitsmaßnahmen",
    "siehe Website",
)


@pytest.mark.parametrize("text", GENERAL)
def test_measures_that_could_stand_in_any_record_describe_nothing(text):
    assert said_by("measures-refer-elsewhere", in_words(text), Context(ON)) != ()


@pytest.mark.parametrize(
    "text", ["Locked measures cabinet", "Technical measures: encryption", "Zutrittskontrolle", "Mesures de chiffrement"]
)
def test_measures_with_a_name_of_their_own_are_described(text):
    assert said_by("measures-refer-elsewhere", in_words(text), Context(ON)) == ()
