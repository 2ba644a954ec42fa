import pytest
from django.utils import translation

from registry.compliance.checking import check_record
from registry.compliance.context import Context
from registry.compliance.periods import refers_elsewhere, says_for_good
from tests.compliance.records import ON, Case, data, record, said_by, schedule, three_tests

SIX = schedule(period=6, unit="year", trigger="End of the year", disposal="erase")


def kept(**values):
    return record(retention_schedule=schedule(**values))


CASES = {
    "time-limit-missing": Case(
        passes=record(data_categories=(data(retention_stated_as="six years"), data("Names"))),
        finds=record(data_categories=(data(),)),
        says=("The record names no time limit for erasure.",),
        not_about=record(role="processor"),
    ),
    "time-limit-of-category-missing": Case(
        passes=record(data_categories=(data(retention_schedule=SIX), data("Names", retention_stated_as="a year"))),
        finds=record(data_categories=(data(retention_schedule=SIX), data("Names"))),
        says=("Some categories of data have a time limit; none is named for Names.",),
        not_about=record(retention_schedule=SIX, data_categories=(data(retention_schedule=SIX), data("Names"))),
    ),
    "time-limit-refers-elsewhere": Case(
        passes=record(retention_stated_as="Six years, see the retention policy"),
        finds=record(
            retention_stated_as="as long as necessary",
            data_categories=(data(retention_stated_as="gemäß Aktenordnung"),),
            retention_schedule=schedule(text="According to the applicable policy"),
        ),
        says=(
            "The time limit names no period and refers elsewhere: “as long as necessary”.",
            "The time limit names no period and refers elsewhere: “gemäß Aktenordnung”.",
            "The time limit names no period and refers elsewhere: “According to the applicable policy”.",
        ),
        not_about=kept(text="see the policy", permanent=True),
    ),
    "time-limit-longer-than-its-source": Case(
        passes=kept(period=6, unit="year", legal_source="Companies Act (6 years)"),
        finds=kept(period=10, unit="year", legal_source="Companies Act (6 years)"),
        says=("Data are kept longer than the legal source of the schedule says: Six years.",),
        not_about=kept(period=10, unit="year", legal_source="Minimum Wage Act (at least 3 years)"),
    ),
    "time-limit-contradicts-its-words": Case(
        passes=kept(name="Payroll, 72 months", period=6, unit="year"),
        finds=kept(name="Payroll, 10 years", period=6, unit="year"),
        says=("Period and words of a retention schedule name different lengths: Payroll, 10 years.",),
        not_about=kept(text="Six years; warnings after 12 months", period=6, unit="year"),
    ),
    "time-limit-without-start": Case(
        passes=record(retention_schedule=SIX),
        finds=kept(period=6, unit="year"),
        says=("A period without the event that starts it: Six years.",),
        not_about=kept(criteria_only=True),
    ),
    "time-limit-without-disposal": Case(
        passes=record(retention_schedule=SIX),
        finds=record(data_categories=(data(retention_schedule=schedule(name="A year")),), retention_schedule=schedule()),
        says=("Nothing says what happens to the data at the end of the period: Six years, A year.",),
        not_about=record(retention_stated_as="six years"),
    ),
    "kept-for-good-without-source": Case(
        passes=kept(permanent=True, legal_source="Archives Act"),
        finds=record(retention_schedule=schedule(name="For good", permanent=True), data_categories=(data(retention_stated_as="Dauerhaft."),)),
        says=(
            "Data are kept for good, and no law is named that asks for it: For good.",
            "Data are kept for good, and no law is named that asks for it: “Dauerhaft.”.",
        ),
        not_about=record(retention_schedule=SIX, retention_stated_as="Dauerhaft nach § 5 ArchG"),
    ),
}  # fmt: skip


@three_tests(CASES)
def test_a_rule_about_retention(rule, record, context, says):
    assert said_by(rule, record, context) == says


@pytest.mark.parametrize(
    "words",
    [
        "per policy", "As long as is necessary for the purpose", "see the retention schedule of the group", "gesetzliche Aufbewahrungsfristen",
        "Wahlunterlagen nach Ablauf der Amtszeit gemäß Nds. AktO", "Solange es für den Zweck erforderlich ist", "selon la politique interne", "durée légale",
        "in accordance with statutory requirements", "nach den geltenden Vorschriften",
    ],
)  # fmt: skip
def test_words_that_only_refer_to_a_rule_are_no_time_limit(words):
    assert refers_elsewhere(words) is True


@pytest.mark.parametrize(
    "words",
    [
        "6 years as required by law", "zehn Jahre gemäß § 147 AO", "Until end of contract", "Bis Vertragsende", "fortlaufend, Löschung bei Abmeldung",
        "Nach erfolgter Gratulation zeitnah zu löschen", "deux ans selon la loi", "When the account is closed",
    ],
)  # fmt: skip
def test_words_that_name_a_period_or_an_event_are_one(words):
    assert refers_elsewhere(words) is False


def test_where_no_category_has_a_time_limit_the_record_is_asked_and_not_each_of_them():
    one = record(data_categories=(data("Names"), data("Telephone numbers")))

    assert said_by("time-limit-of-category-missing", one, Context(ON)) == ()
    assert len(said_by("time-limit-missing", one, Context(ON))) == 1


def test_words_beside_a_schedule_may_refer_elsewhere():
    both = data(retention_schedule=SIX, retention_stated_as="gemäß Aktenordnung")
    one = record(data_categories=(both, data("Names", retention_stated_as="as long as necessary")))

    assert said_by("time-limit-refers-elsewhere", one, Context(ON)) == (
        "The time limit names no period and refers elsewhere: “as long as necessary”.",
    )


def test_only_for_good_alone_gives_no_reason():
    assert [says_for_good(words) for words in ("permanently", "Illimitée", "Dauerhaft, da Register", "")] == [
        True,
        True,
        False,
        False,
    ]


def test_words_may_say_what_happens_at_the_end():
    erased = record(retention_schedule=schedule(text="Gelöscht zehn Jahre nach Abschluss"))

    assert said_by("time-limit-without-disposal", erased, Context(ON)) == ()


@pytest.mark.parametrize(
    "words", ["12 mois, ou suppression immédiate", "24 Monate, danach Loeschung", "A year, then overwritten"]
)
def test_words_of_a_schedule_may_say_what_happens_at_its_end(words):
    one = record(retention_schedule=schedule(text=words))

    assert said_by("time-limit-without-disposal", one, Context(ON)) == ()


@pytest.mark.parametrize(
    ("language", "said"), [("en", "“indefinitely”"), ("de", "„indefinitely“"), ("fr", "«\u202findefinitely\u202f»")]
)
def test_words_are_quoted_as_the_reader_does_it(language, said):
    one = record(retention_stated_as="indefinitely")
    (gap,) = [gap for gap in check_record(one, Context(ON)) if gap.rule.id == "kept-for-good-without-source"]

    with translation.override(language):
        assert said in gap.what
