"""Words on records become entries by one decision for all that say the same."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from registry import models
from registry.imports.matching import SUGGESTED, match, suggested_period, unmatched
from registry.imports.terms import CREATE, WORDS
from registry.record.loader import load_register
from registry.versioning.verifying import verify
from registry.versioning.writing import change_set
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def organisation():
    return factories.organisation(name="Ours")


def record(organisation, reference, *subjects, **values):
    with change_set(reason="for a test"):
        activity = models.ProcessingActivity.objects.create(
            organisation=organisation, name=reference, reference=reference, **values
        )
        for place, words in enumerate(subjects):
            activity.data_subjects.create(stated_as=words, position=place)
    return activity


def told(**limits):
    return [(one.model, one.words, one.count) for one in unmatched(**limits)]


def test_words_are_found_over_all_lists_most_frequent_first_whatever_their_case(organisation):
    other = factories.organisation(name="Theirs")
    record(organisation, "A", "Guests", "Staff", retention_stated_as="ten years")
    activity = record(other, "B", "guests ", "Children")
    with change_set(reason="for a test"):
        activity.data_categories.create(stated_as="Names", retention_stated_as="Ten years")
        activity.recipients.create(stated_as="Bank")
        activity.transfers.create(stated_as="bank")

    assert told() == [
        ("Recipient", "Bank", 2),
        ("DataSubjectCategory", "Guests", 2),
        ("RetentionSchedule", "Ten years", 2),
        ("DataSubjectCategory", "Children", 1),
        ("DataCategory", "Names", 1),
        ("DataSubjectCategory", "Staff", 1),
    ]
    assert told(model="DataSubjectCategory", organisation=other.pk, search="CHILD") == [
        ("DataSubjectCategory", "Children", 1)
    ]


def test_one_decision_serves_every_record_in_one_change_set(organisation):
    entry = factories.make(models.DataSubjectCategory, name="Visitors")
    record(organisation, "A", "Guests", "Staff")
    record(organisation, "B", "GUESTS", "guests")
    record(organisation, "C", "Others")

    opened, changed = match(
        {("DataSubjectCategory", "guests"): entry.pk, ("DataSubjectCategory", "staff"): CREATE},
        actor=factories.user(username="ane"),
        reason="",
    )

    assert changed == 4
    header = models.ChangeSet.objects.get(pk=opened.sequence)
    assert (header.reason.casefold(), header.actor_name) == ("“guests” → visitors; “staff” → staff", "ane")
    assert [
        [(row.category and row.category.name, row.stated_as) for row in one.data_subjects]
        for one in load_register().activities()
    ] == [[("Visitors", "Guests"), ("Staff", "")], [("Visitors", "GUESTS"), ("Visitors", "guests")], [(None, "Others")]]
    touched = models.ProcessingActivity.history.filter(change_set_id=opened.sequence)
    assert sorted(touched.values_list("reference", flat=True)) == ["A", "B"]
    assert verify().fault is None


def test_what_is_limited_to_an_organisation_leaves_the_others_alone(organisation):
    other = factories.organisation(name="Theirs")
    record(organisation, "A", "Guests")
    record(other, "B", "Guests")

    match({("DataSubjectCategory", "guests"): CREATE}, actor=None, reason="Ours", organisation=organisation.pk)

    assert told() == [("DataSubjectCategory", "Guests", 1)]
    assert models.ChangeSet.objects.first().reason == "Ours"


def test_what_is_left_as_words_is_not_asked_about_again_and_can_be_matched_later(organisation):
    record(organisation, "A", "Guests")
    pair = ("DataSubjectCategory", "guests")

    opened, changed = match({pair: WORDS}, actor=factories.user(), reason="")

    assert (opened.sequence, changed, told(), told(settled=True)) == (
        None,
        0,
        [],
        [("DataSubjectCategory", "Guests", 1)],
    )
    match({pair: CREATE}, actor=None, reason="")
    assert (told(settled=True), models.SettledWords.objects.count()) == ([], 0)


def test_words_that_nobody_says_any_more_change_nothing(organisation):
    opened, changed = match({("DataSubjectCategory", "guests"): CREATE}, actor=None, reason="")

    assert (opened.sequence, changed, models.DataSubjectCategory.objects.count()) == (None, 0, 0)


def test_a_time_limit_becomes_an_entry_with_the_period_that_its_words_suggest_where_she_accepts_it(organisation):
    record(organisation, "A", retention_stated_as="10 years after the last order")
    record(organisation, "B", retention_stated_as="until the end, or 3 years and 5 years")

    match(
        {
            ("RetentionSchedule", "10 years after the last order"): SUGGESTED,
            ("RetentionSchedule", "until the end, or 3 years and 5 years"): CREATE,
        },
        actor=None,
        reason="",
    )

    assert list(models.RetentionSchedule.objects.values_list("name", "text", "period", "unit", "trigger")) == [
        ("10 years after the last order", "10 years after the last order", 10, "year", "last order"),
        ("until the end, or 3 years and 5 years", "until the end, or 3 years and 5 years", None, "", ""),
    ]
    first, second = load_register().activities()
    assert (first.retention_schedule.period, first.retention_stated_as) == (10, "")
    assert second.retention_schedule.period is None


def test_what_suggests_no_period_or_several_suggests_nothing():
    assert suggested_period("RetentionSchedule", "unbefristet") == {"permanent": True}
    assert suggested_period("RetentionSchedule", "until the end of the contract") is None
    assert suggested_period("RetentionSchedule", "3 years; 5 years") is None
    assert suggested_period("Recipient", "3 years") is None


def test_matching_takes_as_many_queries_for_three_records_as_for_one(organisation):
    numbers = {}
    for count in (1, 3):
        entry = factories.make(models.DataSubjectCategory, name=f"Visitors {count}")
        for place in range(count):
            record(organisation, f"{count}-{place}", f"Guests {count}", f"Others {place}")
        with CaptureQueriesContext(connection) as captured:
            unmatched()
            match({("DataSubjectCategory", f"guests {count}"): entry.pk}, actor=None, reason="")
        numbers[count] = len(captured)

    assert numbers[1] == numbers[3]


def test_words_in_which_a_system_says_what_it_holds_are_matched_with_those_of_records(organisation):
    system = factories.make(models.System, name="Shop")
    row = factories.make(models.SystemData, system=system, stated_as="voices")
    activity = record(organisation, "A")
    with change_set(reason="for a test"):
        activity.data_categories.create(stated_as="Voices")
    assert told() == [("DataCategory", "Voices", 2)]
    assert told(organisation=organisation.pk) == [("DataCategory", "Voices", 1)]

    opened, changed = match({("DataCategory", "voices"): CREATE}, actor=factories.user(), reason="")

    row.refresh_from_db()
    assert (changed, row.category.name, row.stated_as) == (2, "Voices", "")
    assert system.history.latest("history_id").change_set_id == opened.sequence
    assert verify().fault is None
