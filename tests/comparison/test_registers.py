import pytest

from registry import models
from registry.comparison.registers import ActivityKind, activity_changes, registers
from registry.record.loader import load_register
from registry.versioning.writing import change_set
from tests import factories

pytestmark = pytest.mark.django_db


def told(changes):
    return [(change.kind.value, change.reference, change.name) for change in changes]


@pytest.fixture
def organisation():
    return factories.organisation(name="Fjord Foods AS")


def test_registers_of_the_same_moment_do_not_differ(organisation):
    factories.activity(organisation)

    found = registers(load_register(), load_register())

    assert (len(found), list(found.added)) == (0, [])


def test_activities_are_added_changed_retired_and_removed(organisation):
    _kept, changed, retired, removed = (
        factories.activity(organisation, name=name) for name in ("Kept", "Changed", "Retired", "Removed")
    )
    old = load_register()
    with change_set():
        changed.name = "Changed for good"
        changed.save()
    with change_set():
        retired.status = "retired"
        retired.save()
    with change_set():
        removed.delete()
    factories.activity(organisation, name="Added")

    found = registers(old, load_register())

    assert told(found.added) == [("added", "PA-0005", "Added")]
    assert told(found.changed) == [("changed", "PA-0002", "Changed for good")]
    assert told(found.retired) == [("retired", "PA-0003", "Retired")]
    assert told(found.removed) == [("removed", "PA-0004", "Removed")]
    assert len(found) == 4
    assert [change.organisation for change in found.changed] == ["Fjord Foods AS"]
    assert [(one.fact.key, one.old, one.new) for one in found.changed[0].differences] == [
        ("name", "Changed", "Changed for good")
    ]
    versions = [
        (change.old_version is None, change.new_version is None)
        for change in (*found.added, *found.changed, *found.removed)
    ]
    assert versions == [(True, False), (False, False), (False, True)]


def test_changes_of_what_activities_refer_to_count_for_those_that_refer_to_it(organisation):
    recipient = factories.make(models.Recipient, name="Parcel service")
    with change_set():
        sends = models.ProcessingActivity.objects.create(organisation=organisation, name="Sends parcels")
        models.ActivityRecipient.objects.create(activity=sends, recipient=recipient)
        models.ProcessingActivity.objects.create(organisation=organisation, name="Sends nothing")
    old = load_register()
    with change_set():
        recipient.country = "SE"
        recipient.save()

    (change,) = activity_changes(old, load_register())

    assert (change.kind, change.name, change.differences) == (ActivityKind.CHANGED, "Sends parcels", ())
    assert change.old_version == change.new_version
    assert [(entry.model, entry.name) for entry in change.referred] == [("Recipient", "Parcel service")]


def test_an_activity_that_came_back_to_what_it_was_does_not_differ(organisation):
    activity = factories.activity(organisation, name="Orders")
    old = load_register()
    for name in ("Other", "Orders"):
        with change_set():
            activity.name = name
            activity.save()

    assert list(activity_changes(old, load_register())) == []


@pytest.mark.parametrize("count", [1, 3])
def test_the_number_of_queries_does_not_grow_with_the_activities(organisation, count, django_assert_num_queries):
    activities = [factories.activity(organisation) for _ in range(count)]
    old = load_register()
    with change_set():
        for activity in activities:
            activity.contact = "Head of sales"
            activity.save()
    new = load_register()

    with django_assert_num_queries(2):
        found = list(activity_changes(old, new))

    assert len(found) == count


def test_changes_stand_in_the_order_of_the_register(organisation):
    old = load_register()
    for number in (10, 9, 1):
        factories.activity(organisation, reference=f"PA-{number}")
    new = load_register()

    assert [change.reference for change in activity_changes(old, new)] == ["PA-1", "PA-9", "PA-10"]
    assert [change.reference for change in activity_changes(new, old)] == ["PA-1", "PA-9", "PA-10"]


def test_what_an_entry_refers_to_counts_as_well(organisation):
    provider = factories.make(models.Recipient, name="Hosting firm")
    system = factories.make(models.System, name="Web shop", provider=provider)
    activity = factories.activity(organisation)
    with change_set():
        models.ActivitySystem.objects.create(activity=activity, system=system)
    old = load_register()
    with change_set():
        provider.country = "US"
        provider.save()

    (change,) = activity_changes(old, load_register())

    assert [(entry.model, entry.name) for entry in change.referred] == [("Recipient", "Hosting firm")]


def test_what_a_system_holds_counts_for_the_activities_that_use_it(organisation):
    system = factories.make(models.System, name="Web shop")
    factories.make(models.ActivitySystem, activity=factories.activity(organisation), system=system)
    old = load_register()
    factories.make(models.SystemData, system=system, stated_as="Voices")

    (change,) = activity_changes(old, load_register())

    (entry,) = change.referred
    assert (entry.model, entry.name) == ("System", "Web shop")
    assert [(one.fact.key, one.kind.value, one.name) for one in entry.differences] == [("data", "added", "Voices")]
