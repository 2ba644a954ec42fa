from datetime import date

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from registry import models
from registry.record.loader import load_register
from registry.standing import refresh as refreshing
from registry.standing.acceptances import accept
from registry.standing.refresh import refresh
from registry.versioning.writing import change_set
from tests import factories

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_today")]


@pytest.fixture
def _today():
    with time_machine.travel("2026-11-01 12:00 +0000", tick=False):
        yield


@pytest.fixture
def organisation():
    return factories.organisation(name="Fjord Foods AS", country="NO", email="privacy@fjord.example")


def derived():
    """Everything that is worked out, in an order of its own."""
    return {
        model.__name__: sorted(map(str, model.objects.values_list(*columns)))
        for model, columns in {
            models.Standing: ("activity", "critical", "serious", "minor", "accepted"),
            models.FoundGap: ("activity", "gap", "rule", "area", "rank", "is_accepted"),
            models.MeetingPoint: ("activity", "organisation", "kind", "key", "label", "said"),
            models.Counted: ("activity", "dimension", "key"),
            models.Tally: ("dimension", "key", "number"),
            models.GapCount: ("day", "records", "critical", "serious", "minor", "accepted"),
        }.items()
    }


def made_anew():
    """The same, made anew from nothing."""
    models.StandingMark.objects.all().delete()
    refresh()
    return derived()


def tally(dimension):
    return dict(models.Tally.objects.filter(dimension=dimension).values_list("key", "number"))


def test_what_is_kept_up_by_changes_is_what_would_be_made_anew(organisation):
    recipient = factories.make(models.Recipient, name="Host", kind="processor", country="US")
    system = factories.make(models.System, name="Shop", provider=recipient)
    first = factories.activity(organisation, name="Payroll", status="approved")
    second = factories.activity(organisation, name="Newsletter", status="approved")
    steps = [
        lambda: factories.make(models.Purpose, activity=first, text="Writing to all of our customers"),
        lambda: factories.make(models.Purpose, activity=second, text="writing to all of our customers."),
        lambda: factories.make(models.ActivityRecipient, activity=first, recipient=recipient),
        lambda: factories.make(models.ActivitySystem, activity=second, system=system),
        lambda: _save(recipient, country="NO", contract_kind="processing_contract"),
        lambda: factories.make(models.Transfer, activity=first, recipient=recipient, country="US"),
        lambda: factories.make(models.ActivityRecipient, activity=second, recipient=recipient),
        lambda: _save(organisation, country="GB"),
        lambda: factories.activity(organisation, name="Payroll"),
        lambda: _save(second, status="retired"),
        lambda: _delete(first),
    ]
    refresh()

    for number, step in enumerate(steps):
        step()
        refresh()
        assert (number, derived()) == (number, made_anew())


def _save(thing, **values):
    with change_set(reason="for a test"):
        for key, value in values.items():
            setattr(thing, key, value)
        thing.save()


def _delete(thing):
    with change_set(reason="for a test"):
        thing.delete()


def test_two_records_that_say_the_same_are_told_of_each_other(organisation):
    first, second = (factories.activity(organisation, name=name, status="approved") for name in ("Payroll", "Wages"))
    factories.make(models.Purpose, activity=first, text="Paying what people have earned")
    refresh()
    assert "same-purpose-as-another-record" not in _rules(first)

    factories.make(models.Purpose, activity=second, text="paying what people have earned.")
    refresh()

    assert derived() == made_anew()
    assert "same-purpose-as-another-record" in _rules(first) & _rules(second)
    assert models.MeetingPoint.objects.filter(kind="purpose").count() == 2


def test_a_record_hears_of_the_transfer_that_another_one_alone_lists(organisation):
    recipient = factories.make(models.Recipient, name="Cloudy Ltd")
    first, second, third = (factories.activity(organisation, name=name) for name in ("Payroll", "Letters", "Parcels"))
    for activity in (first, second):
        factories.make(models.ActivityRecipient, activity=activity, recipient=recipient)
    refresh()
    assert "transfer-stated-elsewhere" not in _rules(first)

    transfer = factories.make(models.Transfer, activity=second, recipient=recipient, country="US")
    refresh()
    assert ("transfer-stated-elsewhere" in _rules(first), derived()) == (True, made_anew())

    other = factories.make(models.Transfer, activity=third, recipient=recipient, country="US")
    refresh()
    _delete(transfer)
    refresh()
    assert "transfer-stated-elsewhere" in _rules(first) & _rules(second)
    assert derived() == made_anew()

    _delete(other)
    refresh()
    assert "transfer-stated-elsewhere" not in _rules(first) | _rules(second)
    assert derived() == made_anew()


def _rules(activity):
    return set(models.FoundGap.objects.filter(activity=activity).values_list("rule", flat=True))


def test_where_nothing_moved_two_queries_tell_so(organisation, django_assert_num_queries):
    factories.activity(organisation)
    refresh()

    with django_assert_num_queries(2):
        refresh()


def test_a_save_is_checked_by_as_many_queries_whatever_the_number_of_records(organisation):
    activity = factories.activity(organisation)
    needed = []
    for others in (1, 3):
        for _ in range(others):
            factories.activity(organisation)
        refresh()
        _save(activity, description=f"Said beside {others}")
        needed.append(len(_queries(refresh)))

    assert needed[0] == needed[1]


def _queries(call):
    with CaptureQueriesContext(connection) as caught:
        call()
    return caught.captured_queries


def test_many_changes_are_checked_in_one_pass_as_few_are_one_by_one(organisation, monkeypatch):
    factories.activity(organisation, name="First")
    refresh()
    monkeypatch.setattr(refreshing, "FEW", 2)
    for number in range(4):
        factories.activity(organisation, name=f"Activity {number}")

    refresh()

    assert models.Standing.objects.count() == 5
    assert derived() == made_anew()


def test_a_new_day_is_judged_anew(organisation):
    recipient = factories.make(models.Recipient, name="Host", kind="processor", country="NO")
    _save(recipient, contract_kind="processing_contract", contract_ends_on=date(2026, 11, 1))
    activity = factories.activity(organisation, status="approved")
    factories.make(models.ActivityRecipient, activity=activity, recipient=recipient)
    refresh()
    before = _rules(activity)
    with time_machine.travel("2026-11-03 12:00 +0000", tick=False):
        refresh()
        after = _rules(activity)

    assert before != after
    assert list(models.GapCount.objects.values_list("day", flat=True)) == [date(2026, 11, 1), date(2026, 11, 3)]


def test_an_accepted_gap_is_counted_apart_until_its_last_day(organisation):
    activity = factories.activity(organisation, status="approved")
    refresh()
    gap = models.FoundGap.objects.filter(activity=activity).order_by("rank").first()
    before = models.Standing.objects.get(activity=activity)
    found = next(one for one in _gaps(activity) if one.id == gap.gap)
    with change_set(reason="for a test"):
        accept(found, record="A", by=factories.user(), reason="Is being mended", until=date(2026, 11, 2))

    refresh()

    after = models.Standing.objects.get(activity=activity)
    assert (after.open_gaps, after.accepted) == (before.open_gaps - 1, 1)
    assert tally("severity")["accepted"] == 1
    with time_machine.travel("2026-11-03 12:00 +0000", tick=False):
        refresh()
        assert models.Standing.objects.get(activity=activity).accepted == 0


def _gaps(activity):
    from registry.compliance.checking import check_record
    from registry.compliance.context import context_of

    register = load_register().only([activity.pk])
    return check_record(next(register.activities()), context_of(register))


def test_other_rules_ask_anew(organisation, monkeypatch):
    factories.activity(organisation)
    refresh()
    models.FoundGap.objects.all().delete()
    refresh()
    assert models.FoundGap.objects.count() == 0

    monkeypatch.setattr(refreshing, "RULES", "others")
    refresh()

    assert models.FoundGap.objects.count() > 0


def checked(monkeypatch):
    """The names of the records that are checked from now on."""
    names = []
    check = refreshing.check_record

    def note(record, context):
        names.append(record.name)
        return check(record, context)

    monkeypatch.setattr(refreshing, "check_record", note)
    return names


def test_a_record_that_meets_others_is_checked_alone_unless_it_says_something_else_there(organisation, monkeypatch):
    first, second = (factories.activity(organisation, name=name, status="approved") for name in ("Payroll", "Bonus"))
    purpose = factories.make(models.Purpose, activity=first, text="Paying the people who work for us")
    factories.make(models.Purpose, activity=second, text="Paying the people who work for us")
    refresh()
    names = checked(monkeypatch)

    factories.make(models.ActivityDataSubject, activity=first, stated_as="whoever works here")
    refresh()
    alone = sorted(names)
    names.clear()
    with change_set():
        purpose.text = "Something else altogether"
        purpose.save()
    refresh()

    assert (alone, sorted(names)) == (["Payroll"], ["Bonus", "Payroll"])
    assert derived() == made_anew()
