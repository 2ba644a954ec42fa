import json
from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from registry import models
from registry.record.activity import ActivityRecord
from registry.record.building import text_builder
from registry.record.definition import Named
from registry.record.loader import load_register, natural, stream_contents
from registry.versioning.writing import change_set
from tests import factories

pytestmark = pytest.mark.django_db


def test_an_empty_register_can_be_loaded():
    register = load_register()

    assert (len(register), register.change_set, register.head, list(register.activities())) == (0, 0, "", [])


def test_a_record_is_loaded_with_everything_resolved():
    organisation = factories.organisation(name="Ours", country="IE")
    with change_set():
        models.Contact.objects.create(organisation=organisation, kind="dpo_external", name="Ada")
        unit = models.OrganisationUnit.objects.create(organisation=organisation, name="Sales")
        provider = models.Recipient.objects.create(name="Host", country="DE")
        system = models.System.objects.create(name="Shop", provider=provider)
        parent = models.DataCategory.objects.create(name="Contact")
        category = models.DataCategory.objects.create(name="E-mail", parent=parent)
        activity = models.ProcessingActivity.objects.create(
            organisation=organisation,
            unit=unit,
            name="Orders",
            began_on=date(2020, 3, 31),
            owner=factories.user(username="ann"),
        )
        subject = models.ActivityDataSubject.objects.create(activity=activity, stated_as="buyers")
        models.ActivityDataCategory.objects.create(activity=activity, category=category, data_subject=subject)
        models.ActivitySystem.objects.create(activity=activity, system=system)

    (record,) = load_register().activities()

    assert (record.label, record.began_on, record.owner.label) == ("PA-0001 Orders", date(2020, 3, 31), "ann")
    assert (record.organisation.contacts[0].name, record.unit.organisation.label, record.unit.label) == (
        "Ada",
        "Ours",
        "Sales",
    )
    assert record.systems[0].system.provider.country == "DE"
    assert record.data_categories[0].category.parent.label == "Contact"
    assert record.data_categories[0].data_subject is record.data_subjects[0]


def test_what_a_record_refers_to_is_resolved_as_it_is_called_now():
    organisation = factories.organisation()
    recipient = factories.make(models.Recipient, name="Old name")
    activity = factories.activity(organisation)
    with change_set():
        models.ActivityRecipient.objects.create(activity=activity, recipient=recipient)
    with change_set():
        recipient.name = "New name"
        recipient.save()

    (record,) = load_register().activities()

    assert record.recipients[0].recipient.name == "New name"


def test_the_register_as_at_a_moment_is_what_it_was_then():
    moments = [datetime(2026, month, 1, tzinfo=UTC) for month in (1, 2, 3, 4)]
    with time_machine.travel(moments[0], tick=False):
        recipient = factories.make(models.Recipient, name="Old name")
        activity = factories.activity(factories.organisation(), name="First name")
        with change_set():
            models.ActivityRecipient.objects.create(activity=activity, recipient=recipient)
    with time_machine.travel(moments[1], tick=False), change_set():
        recipient.name = "New name"
        recipient.save()
    with time_machine.travel(moments[2], tick=False), change_set():
        models.ProcessingActivity.objects.update(name="Second name")
    with time_machine.travel(moments[3], tick=False), change_set():
        activity.delete()

    seen = []
    for moment in moments:
        register = load_register(as_at=moment + timedelta(days=1))
        seen += [(record.name, record.recipients[0].recipient.name) for record in register.activities()]

    assert seen == [("First name", "Old name"), ("First name", "New name"), ("Second name", "New name")]
    assert len(load_register(as_at=moments[0] - timedelta(days=1))) == 0


def test_records_stand_in_the_order_of_organisation_and_reference_as_people_count():
    second, first = factories.organisation(name="Beta"), factories.organisation(name="alpha")
    for owner, reference in ((second, "1"), (first, "PA-10"), (first, "PA-9"), (first, "1.10"), (first, "1.9")):
        factories.activity(owner, reference=reference)

    assert [record.reference for record in load_register().activities()] == ["1.9", "1.10", "PA-9", "PA-10", "1"]
    assert natural("PA-10") > natural("PA-9")


def test_a_register_can_be_limited_to_an_organisation_and_to_some_records():
    one, two = factories.organisation(), factories.organisation()
    mine, other = factories.activity(one), factories.activity(one)
    factories.activity(two)

    register = load_register(organisation=one.pk)

    assert (len(register), register.organisation.name, len(register.organisations)) == (2, one.name, 2)
    assert [record.pk for record in register.only([mine.pk]).activities()] == [mine.pk]
    assert other.pk in dict(register.index)
    with pytest.raises(LookupError, match="no organisation"):
        load_register(organisation=0)


def test_loading_needs_the_same_number_of_queries_for_one_and_for_three_records():
    organisation = factories.organisation()
    counts = []
    for _ in range(3):
        factories.activity(organisation)
        with CaptureQueriesContext(connection) as queries:
            list(load_register().activities())
        counts.append(len(queries))

    assert counts == [counts[0]] * 3


def test_a_version_that_is_gone_is_told_and_not_left_out():
    activity = factories.activity(factories.organisation())
    register = load_register()
    last = register.index[0][1]

    for versions in ([last + 1], [last, last + 1], [last + 1, last]):
        with pytest.raises(LookupError, match=f"Version {last + 1} of processing activity is missing"):
            list(stream_contents(type(activity), versions))


def test_records_are_given_in_any_order_that_is_asked_for():
    organisation = factories.organisation()
    one, _two, three = (factories.activity(organisation) for _ in range(3))

    records = load_register().in_order([three.pk, 0, one.pk])

    assert [record.pk for record in records] == [three.pk, one.pk]


def test_a_register_is_limited_to_an_organisation_that_may_not_have_been_there():
    mine = factories.activity(factories.organisation(name="Mine"))
    register = load_register()
    later = factories.organisation(name="Later")

    assert [record.pk for record in register.of_organisation(mine.organisation_id).activities()] == [mine.pk]
    assert (len(register.of_organisation(later.pk)), register.of_organisation(later.pk).organisation) == (0, None)


def test_activities_are_found_by_the_entries_that_they_and_their_rows_refer_to():
    organisation = factories.organisation()
    recipient, other = (factories.make(models.Recipient, name=name) for name in ("One", "Another"))
    unit = factories.make(models.OrganisationUnit, organisation=organisation, name="Sales")
    sent, sold, talks = (factories.activity(organisation) for _ in range(3))
    with change_set():
        models.ActivityRecipient.objects.create(activity=sent, recipient=recipient)
        sold.unit = unit
        sold.save()
        talks.description = f'"recipient":[{recipient.pk},"One"]'
        talks.save()
    register = load_register()

    assert register.referring([("Recipient", recipient.pk)]) == {sent.pk}
    assert register.referring([("Recipient", other.pk)]) == set()
    assert register.referring([("Recipient", recipient.pk), ("OrganisationUnit", unit.pk)]) == {sent.pk, sold.pk}
    assert register.referring([("Contact", 1)]) == set()


def test_a_content_that_was_written_before_a_fact_existed_leaves_it_blank_and_says_which():
    organisation = factories.organisation()
    old, new = (factories.activity(organisation, name=name, description="x") for name in ("Old", "New"))
    with change_set():
        old.recipients.create(stated_as="someone", what_for="p")
        old.recipients.create(stated_as="somebody else", what_for="q")
    content = old.history.first().content
    without = json.loads(content)
    for key in ("description", "transfers", "owner", "is_public"):
        del without[key]
    del without["recipients"][0]["what_for"]
    register = load_register()
    rewritten = {content: json.dumps(without)}
    build = text_builder(ActivityRecord, register.entries, register.unrecorded)

    records = [build(rewritten.get(one.history.first().content, one.history.first().content)) for one in (old, new)]

    assert [(record.name, record.description, record.transfers) for record in records] == [
        ("Old", "", ()),
        ("New", "x", ()),
    ]
    assert (records[0].owner, records[0].is_public) == (None, False)
    assert [row.what_for for row in records[0].recipients] == ["", "q"]
    assert register.unrecorded == {old.pk: {"description", "transfers", "owner", "is_public"}}


def test_what_is_not_among_the_entries_is_called_by_the_name_that_it_bore():
    recipient, schedule = (
        factories.make(models.Recipient, name="Host"),
        factories.make(models.RetentionSchedule, name="A year", text="A year"),
    )
    activity = factories.activity(factories.organisation(), retention_schedule=schedule)
    with change_set():
        activity.recipients.create(recipient=recipient)
    nothing_known = {name: {} for name in load_register().entries}

    record = text_builder(ActivityRecord, nothing_known)(activity.history.first().content)

    assert (record.retention_schedule, record.recipients[0].recipient) == (
        Named(schedule.pk, "A year"),
        Named(recipient.pk, "Host"),
    )
