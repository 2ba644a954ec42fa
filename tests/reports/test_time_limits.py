import pytest
from django.utils.translation import gettext, override

from registry import models
from registry.versioning.writing import change_set
from tests import factories
from tests.reports.texts import card_of, section

pytestmark = pytest.mark.django_db

TEN_YEARS = "Tax, 10 years\nTen years from the end of the year.\nPeriod: 10 years · Runs from: end of the year · Disposal: Erase"


def limits(categories=(), **values):
    """The section on time limits of a record with these data categories: (words, schedule, time limit in words)."""
    activity = factories.activity(factories.organisation(), **values)
    with change_set():
        for place, (words, schedule, stated) in enumerate(categories):
            activity.data_categories.create(
                stated_as=words, retention_schedule=schedule, retention_stated_as=stated, position=place
            )
    return section(card_of(activity), gettext("Time limits for erasure"))


@pytest.fixture
def tax():
    return factories.make(
        models.RetentionSchedule, name="Tax, 10 years", text="Ten years from the end of the year.", period=10, unit="year",
        trigger="end of the year", disposal="erase",
    )  # fmt: skip


def test_nothing_stated_is_said():
    assert limits() == {"Kept for": "<not_stated>"}


def test_words_stand_as_they_are():
    assert limits(retention_stated_as="as long as needed") == {"Kept for": "as long as needed"}


def test_a_schedule_is_printed_in_full_and_not_by_name(tax):
    assert limits(retention_schedule=tax) == {"Kept for": TEN_YEARS}


def test_a_schedule_with_words_has_both(tax):
    assert limits(retention_schedule=tax, retention_stated_as="s. 147") == {"Kept for": f"{TEN_YEARS}\n“s. 147”"}


def test_a_name_that_is_the_whole_rule_is_not_said_twice():
    schedule = factories.make(
        models.RetentionSchedule, name="For good", text="For good", permanent=True, criteria_only=True
    )

    assert limits(retention_schedule=schedule) == {"Kept for": "For good\nCriteria only · Permanent"}


def test_each_category_with_a_limit_of_its_own_is_told_and_the_others_together(tax):
    found = limits(
        [("ledgers", tax, ""), ("names", None, ""), ("calls", None, "a day"), ("bills", tax, "")],
        retention_stated_as="a year",
    )

    assert found == {"ledgers; bills": TEN_YEARS, "calls": "a day", "All other categories": "a year"}


def test_categories_without_any_limit_are_said_to_have_none_stated(tax):
    assert limits([("ledgers", tax, ""), ("names", None, "")]) == {
        "ledgers": TEN_YEARS,
        "All other categories": "<not_stated>",
    }


def test_where_every_category_has_its_own_there_are_no_others(tax):
    assert limits([("ledgers", tax, ""), ("calls", None, "a day")]) == {"ledgers": TEN_YEARS, "calls": "a day"}


def test_the_same_limit_for_everything_is_told_once(tax):
    assert limits([("ledgers", tax, ""), ("bills", tax, "")], retention_schedule=tax) == {
        "All categories of data": TEN_YEARS
    }


def test_the_general_limit_joins_the_categories_that_state_the_same(tax):
    found = limits([("ledgers", tax, ""), ("calls", None, "a day")], retention_schedule=tax)

    assert found == {"ledgers; all other categories": TEN_YEARS, "calls": "a day"}


@pytest.mark.parametrize(
    ("number", "unit", "language", "said"),
    [
        (1, "year", "en", "Period: 1 year"),
        (2, "week", "en", "Period: 2 weeks"),
        (1, "day", "de", "Frist: 1 Tag"),
        (1, "month", "de", "Frist: 1 Monat"),
        (3, "year", "fr", "Durée\u202f: 3 ans"),
        (7, "", "en", "Period: 7"),
    ],
)
def test_a_period_is_said_in_the_number_that_it_has(number, unit, language, said):
    schedule = factories.make(models.RetentionSchedule, name="Rule", period=number, unit=unit)
    with override(language):
        (found,) = limits(retention_schedule=schedule).values()

    assert found.splitlines()[1] == said
