import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from registry import models
from registry.compliance.checking import check_register
from registry.compliance.gap import LISTED
from registry.record.loader import load_register
from registry.standing.meetings import meetings_of
from registry.standing.reading import gaps_of, register_of
from registry.standing.refresh import catch_up
from registry.versioning.writing import change_set
from tests import factories
from tests.standing.keeping import checked, derived, made_anew

PURPOSE = "Keeping the accounts of the group"
RULES = {"same-purpose-as-another-record", "safeguard-differs-elsewhere", "transfer-stated-elsewhere"}


def meet(number):
    """Records that share a purpose and a recipient: the last of them lists no transfer to it, the others by turns on one
    safeguard or another."""
    organisation = factories.organisation(country="IE")
    activities = [factories.activity(organisation, reference=f"PA-{place}") for place in range(1, number + 1)]
    with change_set():
        recipient = models.Recipient.objects.create(name="Cloudy")
        for place, activity in enumerate(activities):
            models.Purpose.objects.create(activity=activity, text=PURPOSE)
            models.ActivityRecipient.objects.create(activity=activity, recipient=recipient)
            if place < number - 1:
                safeguard = ("A46-2-c", "A45-3")[place % 2]
                models.Transfer.objects.create(
                    activity=activity, recipient=recipient, country="US", safeguard=safeguard
                )
    return activities


def sentences(found):
    return {
        (subject.reference, gap.rule.id): gap.what for subject, gaps in found for gap in gaps if gap.rule.id in RULES
    }


@pytest.mark.django_db
@pytest.mark.parametrize("number", [3, 2 * LISTED + 4])
def test_a_few_records_are_told_of_others_what_a_check_of_all_tells(number):
    activities = meet(number)
    catch_up()

    of_all = sentences(check_register(load_register()))
    of_few = sentences((one.subject, one.gaps) for pk in activities for one in gaps_of([pk.pk]))

    assert of_few == of_all
    assert {rule for _, rule in of_all} == RULES
    assert len(of_all) == 2 * number


@pytest.mark.django_db
def test_of_many_that_meet_the_first_are_named():
    activities = meet(2 * LISTED + 4)
    catch_up()

    said = sentences((one.subject, one.gaps) for one in gaps_of([activities[0].pk, activities[-1].pk]))

    names = {pk.reference: f"{pk.reference} {pk.name}" for pk in activities}
    first = ", ".join(names[f"PA-{place}"] for place in range(2, 2 + LISTED))
    assert said["PA-1", "same-purpose-as-another-record"].endswith(f"{first}, … ({len(activities) - 1}).")
    assert (
        ", …: there, data that Cloudy receives go to the United States." in said["PA-14", "transfer-stated-elsewhere"]
    )


@pytest.mark.django_db
def test_where_records_meet_is_read_by_two_queries_which_read_few_names():
    activities = meet(2 * LISTED + 4)
    catch_up()
    pairs = list(register_of([activities[0].pk]).pairs())

    with CaptureQueriesContext(connection) as captured:
        meetings, told = meetings_of(pairs)

    assert len(captured) == 2
    (met,) = meetings.values()
    assert (met.number, len(met.names)) == (len(activities), LISTED + 1)
    ((_, by_said),) = told.items()
    assert {said: some.number for said, some in by_said.items()} == {"US A46-2-c": 7, "US A45-3": 6}


@pytest.mark.django_db
def test_a_record_deleted_since_is_not_named():
    first, second, third = meet(3)
    catch_up()
    pairs = list(register_of([first.pk]).pairs())
    with change_set():
        second.delete()

    meetings, _told = meetings_of(pairs)

    (met,) = meetings.values()
    assert set(met.names) == {first.pk, third.pk}


@pytest.mark.django_db
@pytest.mark.parametrize(("number", "news_to"), [(2, 1), (3, 0), (4, 0)])
def test_one_more_that_says_what_many_say_is_no_news_to_them(monkeypatch, number, news_to):
    organisation = factories.organisation()
    *others, last = [factories.activity(organisation, name=f"No. {one}") for one in range(number)]
    for one in others:
        _say(one)
    catch_up()
    names = checked(monkeypatch)

    _say(last)
    catch_up()

    assert len(names) == 1 + news_to
    assert derived() == made_anew()


def _say(activity):
    with change_set():
        models.Purpose.objects.create(activity=activity, text=PURPOSE)


@pytest.mark.django_db
def test_another_safeguard_of_a_recipient_is_news_until_two_others_tell_it(monkeypatch):
    activities = meet(6)
    organisation = activities[0].organisation
    catch_up()
    names = checked(monkeypatch)

    _tell(factories.activity(organisation, name="Told by many"), "A45-3")
    catch_up()
    assert names == ["Told by many"]

    names.clear()
    _tell(factories.activity(organisation, name="Told by nobody"), "A46-2-b")
    catch_up()
    assert set(names) == {"Told by nobody", "Told by many", *(one.name for one in activities[:5])}
    assert derived() == made_anew()


def _tell(activity, safeguard):
    with change_set():
        recipient = models.Recipient.objects.get()
        models.Transfer.objects.create(activity=activity, recipient=recipient, country="US", safeguard=safeguard)
