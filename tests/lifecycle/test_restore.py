"""Restoring: a version comes back whole, as a new change, or not at all."""

import json
from datetime import date

import pytest

from registry import lifecycle, models
from registry.versioning import restoring
from registry.versioning.open_set import current
from registry.versioning.writing import change_set
from tests import factories

pytestmark = pytest.mark.django_db


def full_activity():
    """An activity with awkward rows: references between them, words without entries, and texts of every script."""
    organisation = factories.organisation(name="Fjord Foods AS")
    owner = factories.user(username="ane")
    with change_set(reason="the beginning"):
        unit = models.OrganisationUnit.objects.create(organisation=organisation, name="Marketing")
        schedule = models.RetentionSchedule.objects.create(name="A year", text="One year after the last order")
        recipient = models.Recipient.objects.create(name="Parcel service", country="NO")
        activity = models.ProcessingActivity.objects.create(
            organisation=organisation,
            unit=unit,
            name="Orders “über” 注文",
            description='Line one\nline two; with: colons, "quotes" and a | bar',
            owner=owner,
            began_on=date(2019, 5, 25),
            review_interval=12,
            is_public=True,
            recipients_answer="yes",
            retention_schedule=schedule,
            dpo_remark="Checked",
            unplaced="Nobody knows where this belongs",
        )
        purposes = [
            models.Purpose.objects.create(activity=activity, text=text, position=place)
            for place, text in enumerate(["Delivering", "Billing", "Billing"])
        ]
        basis = models.LegalBasis.objects.create(code="T-1", title="Test ground", regime="eu", kind="lawful_basis")
        models.ActivityLegalBasis.objects.create(activity=activity, legal_basis=basis, purpose=purposes[2])
        models.ActivityLegalBasis.objects.create(
            activity=activity,
            stated_as="Their own words",
            purpose=purposes[0],
            assessed_on=date(2024, 2, 29),
            position=1,
        )
        guests = models.ActivityDataSubject.objects.create(
            activity=activity, stated_as="Guests", approximate_number=10**12
        )
        models.ActivityDataSubject.objects.create(activity=activity, position=1)
        models.ActivityDataCategory.objects.create(
            activity=activity, stated_as="Addresses", data_subject=guests, retention_schedule=schedule, obligatory="no"
        )
        models.ActivityRecipient.objects.create(activity=activity, recipient=recipient, sold="no")
        models.Transfer.objects.create(activity=activity, recipient=recipient, country="US", safeguard="")
        models.ActivitySystem.objects.create(activity=activity, stated_as="A filing cabinet")
        models.ActivityController.objects.create(activity=activity, organisation=organisation)
    return activity


def content(version):
    return json.loads(version.content)


def versions(activity_pk):
    return list(models.ProcessingActivity.history.filter(id=activity_pk).order_by("history_id"))


def turned_inside_out(activity):
    """Change, move, remove and add rows, so that hardly anything is as it was."""
    with change_set(reason="all different"):
        activity.name, activity.owner, activity.began_on, activity.is_public = "Changed", None, None, False
        activity.save()
        activity.purposes.order_by("pk").last().delete()
        activity.purposes.filter(text="Delivering").update(position=9, text="Delivering quickly")
        activity.data_subjects.all().delete()
        activity.recipients.all().delete()
        activity.systems.update(stated_as="The cloud")
        models.ActivityMeasure.objects.create(activity=activity, stated_as="Locks")


def restored(version, **values):
    return lifecycle.restore(
        models.ProcessingActivity, version.pk, **{"by": None, "reason": "changed by mistake", **values}
    )


def test_a_restored_record_says_exactly_what_it_said_and_keeps_its_rows_keys():
    activity = full_activity()
    turned_inside_out(activity)
    first, changed = versions(activity.pk)

    restored(first)

    assert [version.content for version in versions(activity.pk)] == [first.content, changed.content, first.content]


def test_restoring_is_a_new_change_set_with_its_author_reason_and_origin():
    activity = full_activity()
    turned_inside_out(activity)
    first, changed = versions(activity.pk)
    officer = factories.user(first_name="Ane", last_name="Dahl")

    opened = restored(first, by=officer, reason=" by mistake ")

    last = models.ChangeSet.objects.get(sequence=changed.change_set_id + 1)
    assert opened.sequence == last.sequence == models.ChangeSet.objects.count()
    assert (last.actor_name, last.channel, last.reason) == ("Ane Dahl", "screen", "by mistake")
    assert json.loads(last.details) == {"restored_from": first.change_set_id}


def test_a_deleted_activity_comes_back_with_all_its_rows_under_its_reference_and_key():
    activity = full_activity()
    pk, reference = activity.pk, activity.reference
    with change_set(reason="no longer done"):
        activity.delete()
    first, deleted = versions(pk)

    restored(first)

    back = models.ProcessingActivity.objects.get(pk=pk)
    assert (back.reference, back.purposes.count()) == (reference, 3)
    assert [(version.history_type, version.content) for version in versions(pk)] == [
        ("+", first.content),
        ("-", deleted.content),
        ("+", first.content),
    ]


def test_a_restored_record_can_be_restored_back_again():
    activity = full_activity()
    turned_inside_out(activity)
    first, changed = versions(activity.pk)

    restored(first)
    restored(changed)

    assert versions(activity.pk)[-1].content == changed.content


def test_entries_renamed_since_keep_their_new_names():
    activity = full_activity()
    turned_inside_out(activity)
    first = versions(activity.pk)[0]
    recipient = models.Recipient.objects.get(name="Parcel service")
    with change_set():
        recipient.name = "Parcel and letter service"
        recipient.save()

    restored(first)

    expected = content(first)
    expected["recipients"][0]["recipient"][1] = expected["transfers"][0]["recipient"][1] = "Parcel and letter service"
    assert content(versions(activity.pk)[-1]) == expected


def test_what_it_referred_to_and_is_gone_is_named_and_nothing_is_written():
    activity = full_activity()
    pk = activity.pk
    with change_set():
        activity.delete()
    with change_set():
        models.Recipient.objects.filter(name="Parcel service").delete()
        models.RetentionSchedule.objects.filter(name="A year").delete()
    before = models.ChangeSet.objects.count()

    with pytest.raises(lifecycle.CannotRestore) as refused:
        restored(versions(pk)[0])

    assert str(refused.value) == (
        "The version refers to what no longer exists: retention schedule “A year”, recipient “Parcel service”. "
        "Restore that first, from its own history."
    )
    assert (models.ChangeSet.objects.count(), models.ProcessingActivity.objects.count()) == (before, 0)
    assert current() is None


def test_a_deleted_entry_and_then_the_record_that_refers_to_it_come_back():
    activity = full_activity()
    pk = activity.pk
    recipient = models.Recipient.objects.get(name="Parcel service")
    with change_set():
        activity.delete()
    with change_set():
        recipient.delete()
    first = versions(pk)[0]

    lifecycle.restore(
        models.Recipient,
        models.Recipient.history.filter(name="Parcel service").last().pk,
        by=None,
        reason="still needed",
    )
    restored(first)

    assert versions(pk)[-1].content == first.content


def test_an_account_that_was_removed_is_left_out_and_told():
    activity = full_activity()
    turned_inside_out(activity)
    first = versions(activity.pk)[0]
    with change_set():
        activity.__class__.owner.field.related_model.objects.get(username="ane").delete()

    plan = lifecycle.plan_restore(models.ProcessingActivity, first.pk)
    restored(first)

    assert (plan.left_out, plan.obstacles) == (("ane",), ())
    assert content(versions(activity.pk)[-1]) == {**content(first), "owner": None}


@pytest.mark.parametrize("reason", ["", "  \n"])
def test_restoring_wants_a_reason(reason):
    activity = full_activity()
    turned_inside_out(activity)
    before = models.ChangeSet.objects.count()

    with pytest.raises(lifecycle.CannotRestore, match="Say why"):
        restored(versions(activity.pk)[0], reason=reason)

    assert models.ChangeSet.objects.count() == before


def test_a_version_that_records_a_deletion_and_one_that_is_not_there_cannot_be_restored():
    activity = full_activity()
    pk = activity.pk
    with change_set():
        activity.delete()

    with pytest.raises(lifecycle.CannotRestore, match="the version before it"):
        restored(versions(pk)[-1])
    with pytest.raises(LookupError, match="no version with the key 0"):
        lifecycle.restore(models.ProcessingActivity, 0, by=None, reason="for a test")


def test_the_newest_version_has_nothing_to_restore():
    activity = full_activity()

    with pytest.raises(lifecycle.CannotRestore, match="nothing to restore"):
        restored(versions(activity.pk)[0])


def test_who_decided_on_an_older_state_is_told_who_changed_it_meanwhile():
    activity = full_activity()
    turned_inside_out(activity)
    first, seen = versions(activity.pk)
    with change_set(actor=factories.user(first_name="Bo", last_name="Lund")):
        models.ProcessingActivity.objects.filter(pk=activity.pk).update(name="Changed again")

    with pytest.raises(lifecycle.CannotRestore, match="Bo Lund has changed it meanwhile"):
        restored(first, last_seen=seen.pk)

    assert models.ProcessingActivity.objects.get(pk=activity.pk).name == "Changed again"
    restored(first, last_seen=versions(activity.pk)[-1].pk)
    assert versions(activity.pk)[-1].content == first.content


def test_a_name_taken_meanwhile_is_told_and_nothing_is_written():
    recipient = factories.make(models.Recipient, name="Parcel service")
    with change_set():
        recipient.delete()
    factories.make(models.Recipient, name="PARCEL SERVICE")
    first = models.Recipient.history.filter(name="Parcel service").last()

    with pytest.raises(
        lifecycle.CannotRestore, match="Another recipient has taken the name or reference “Parcel service”"
    ):
        lifecycle.restore(models.Recipient, first.pk, by=None, reason="for a test")

    assert models.Recipient.objects.filter(name__iexact="parcel service").count() == 1


def test_facts_that_a_person_may_not_change_stay_as_they_are():
    activity = full_activity()
    with change_set():
        activity.dpo_remark, activity.name = "Checked again", "Changed"
        activity.save()
    first = versions(activity.pk)[0]

    restored(first, keep=["dpo_remark"])

    assert content(versions(activity.pk)[-1]) == {**content(first), "dpo_remark": "Checked again"}


def test_columns_and_lists_younger_than_the_version_stay_as_they_are():
    activity = full_activity()
    turned_inside_out(activity)
    first, changed = versions(activity.pk)
    older = {key: value for key, value in content(first).items() if key not in {"tags", "measures"}}
    for row in older["purposes"]:
        del row["term"]
    completed = restoring.completed(models.ProcessingActivity, older, content(changed), ())

    assert completed["measures"] == content(changed)["measures"]
    assert (completed["tags"], [row["term"] for row in completed["purposes"]]) == ("", ["", "", ""])


def test_the_plan_tells_what_would_change_and_writes_nothing():
    activity = full_activity()
    turned_inside_out(activity)
    before = models.ChangeSet.objects.count()

    plan = lifecycle.plan_restore(models.ProcessingActivity, versions(activity.pk)[0].pk)

    told = {change.fact.key for change in plan.differences}
    assert {"name", "owner", "began_on", "is_public", "purposes", "data_subjects", "measures", "systems"} <= told
    assert (plan.is_deleted, plan.obstacles, models.ChangeSet.objects.count()) == (False, (), before)


def test_an_organisation_comes_back_with_its_contacts():
    organisation = factories.organisation(name="Fjord Foods AS")
    with change_set():
        models.Contact.objects.create(organisation=organisation, kind="dpo_internal", name="Ane Dahl")
    pk, second = organisation.pk, organisation.history.first()
    with change_set():
        organisation.delete()

    lifecycle.restore(models.Organisation, second.pk, by=None, reason="still ours")

    assert models.Organisation.history.filter(id=pk).first().content == second.content


def test_inside_an_outer_change_set_restoring_joins_it():
    activity = full_activity()
    turned_inside_out(activity)
    first = versions(activity.pk)[0]

    with change_set(reason="a larger change") as outer:
        assert restored(first) is outer

    last = models.ChangeSet.objects.latest("sequence")
    assert (last.reason, json.loads(last.details)) == ("a larger change", {"restored_from": first.change_set_id})


def test_a_system_gets_back_the_data_that_it_held():
    category = factories.make(models.DataCategory, name="Health data")
    system = factories.make(models.System, name="Shop")
    first = factories.make(models.SystemData, system=system, category=category)
    factories.make(models.SystemData, system=system, stated_as="Voices", position=1)
    version = system.history.latest("history_id")
    with change_set(reason="emptied"):
        system.data.all().delete()
    assert json.loads(system.history.latest("history_id").content)["data"] == []

    plan = lifecycle.plan_restore(models.System, version.pk)
    lifecycle.restore(models.System, version.pk, by=factories.user(), reason="by mistake")

    assert [(change.fact.key, change.kind.value, change.name) for change in plan.differences] == [
        ("data", "added", "Health data"),
        ("data", "added", "Voices"),
    ]
    assert system.data.values_list("pk", "category", "stated_as").first() == (first.pk, category.pk, "")
    assert json.loads(system.history.latest("history_id").content)["data"] == json.loads(version.content)["data"]


def test_a_system_of_before_says_nothing_of_data_and_keeps_what_it_holds_now():
    system = factories.make(models.System, name="Shop")
    version = system.history.latest("history_id")
    content = json.loads(version.content)
    del content["data"]

    assert restoring.completed(models.System, content, {**content, "data": [{"id": 1, "category": None}]})["data"] == [
        {"id": 1, "category": None, "stated_as": ""}
    ]
