from tests.compliance.records import Case, data, frozen, measure, record, rows, said_by, three_tests

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
            "The measures are only referred to: “Siehe Sicherheitskonzept”.",
            "The measures are only referred to: “see annex 2.”.",
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
