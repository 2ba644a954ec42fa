"""The timeline: one entry for each change set, in words, with the changes of what the record refers to."""

import pytest
from django.contrib.auth.models import Permission
from django.urls import reverse

from registry import lifecycle, models
from registry.admin.timeline import Timeline
from registry.versioning.writing import change_set
from tests import factories
from tests.admin import screens

pytestmark = pytest.mark.django_db


def timeline(activity):
    return Timeline(type(activity), activity.pk, may_see=lambda model: True)


def told(activity):
    """What each moment says: (number, what, own facts that differ, (name of entry, facts of it that differ) …)."""
    found = timeline(activity)
    return [
        (
            moment.change_set.pk,
            moment.what,
            [change.fact.key for change in moment.differences],
            [(change.entry.label, [one.fact.key for one in change.differences]) for change in moment.referred],
        )
        for moment in found.moments(found.numbers)
    ]


def with_recipient():
    """An activity with one recipient, and the number of the change set in which it was created."""
    recipient = factories.make(models.Recipient, name="Parcel service")
    organisation = factories.organisation(name="Fjord Foods AS")
    with change_set() as opened:
        activity = models.ProcessingActivity.objects.create(organisation=organisation, name="Orders")
        row = models.ActivityRecipient.objects.create(activity=activity, recipient=recipient)
    return activity, recipient, row, opened.sequence


def changed(thing, **values):
    with change_set(reason="for a test") as opened:
        for key, value in values.items():
            setattr(thing, key, value)
        thing.save()
    return opened.sequence


def page(client, activity, **query):
    return client.get(reverse("admin:registry_processingactivity_history", args=[activity.pk]), query)


def test_one_save_with_all_its_rows_is_one_moment():
    activity, _, row, first = with_recipient()
    with change_set() as opened:
        activity.name = "Web orders"
        activity.save()
        row.what_for = "Delivering"
        row.save()
        for place in range(3):
            models.Purpose.objects.create(activity=activity, text=f"Purpose {place}", position=place)

    assert told(activity) == [
        (opened.sequence, "changed", ["name", "purposes", "purposes", "purposes", "recipients"], []),
        (first, "created", ["organisation", "reference", "name", "role", "status", "recipients"], []),
    ]


def test_changes_of_what_it_refers_to_appear_while_it_refers_to_them():
    activity, recipient, row, _first = with_recipient()
    renamed = changed(recipient, name="Parcel and letter service", country="NO")
    moved = changed(activity.organisation, address="Bergen")
    with change_set() as opened:
        row.delete()
    changed(recipient, name="Letter service")

    assert told(activity)[:-1] == [
        (opened.sequence, "changed", ["recipients"], []),
        (moved, "", [], [("Fjord Foods AS", ["address"])]),
        (renamed, "", [], [("Parcel and letter service", ["name", "country"])]),
    ]


def test_a_change_from_before_it_was_referred_to_does_not_appear():
    recipient = factories.make(models.Recipient, name="Parcel service")
    changed(recipient, name="Parcel and letter service")
    activity = factories.activity(factories.organisation())
    with change_set() as opened:
        recipient.country = "SE"
        recipient.save()
        models.ActivityRecipient.objects.create(activity=activity, recipient=recipient)

    assert told(activity)[0] == (opened.sequence, "changed", ["recipients"], [])
    assert len(told(activity)) == 2


def test_its_own_change_and_that_of_an_entry_in_one_change_set_are_one_moment():
    activity, recipient, _, _ = with_recipient()
    with change_set() as opened:
        activity.contact = "Head of sales"
        activity.save()
        recipient.phone = ""
        recipient.description = "Delivers"
        recipient.save()

    assert told(activity)[0] == (opened.sequence, "changed", ["contact"], [("Parcel service", ["description"])])


def test_what_an_entry_refers_to_belongs_to_it():
    recipient = factories.make(models.Recipient, name="Hosting firm")
    system = factories.make(models.System, name="Web shop", provider=recipient)
    activity = factories.activity(factories.organisation())
    with change_set():
        models.ActivitySystem.objects.create(activity=activity, system=system)
    moved = changed(recipient, country="US")

    assert told(activity)[0] == (moved, "", [], [("Hosting firm", ["country"])])


def test_a_change_that_says_nothing_of_an_entry_does_not_appear():
    wider = factories.make(models.DataCategory, name="Contact")
    category = factories.make(models.DataCategory, name="Telephone", parent=wider)
    activity = factories.activity(factories.organisation())
    with change_set() as opened:
        models.ActivityDataCategory.objects.create(activity=activity, category=category)
    changed(wider, name="Contact details")
    changed(category, seed_key="contact.telephone")

    assert next(number for number, *_ in told(activity)) == opened.sequence


def test_a_deleted_activity_refers_to_nothing_until_it_is_restored():
    activity, recipient, _, first = with_recipient()
    pk = activity.pk
    with change_set() as deleted:
        activity.delete()
    changed(recipient, country="NO")
    version = models.ProcessingActivity.history.filter(id=pk, history_type="+").get()
    restored = lifecycle.restore(models.ProcessingActivity, version.pk, by=None, reason="by mistake")
    moved = changed(recipient, country="SE")
    activity.pk = pk

    assert told(activity) == [
        (moved, "", [], [("Parcel service", ["country"])]),
        (restored.sequence, "restored", [], []),
        (deleted.sequence, "deleted", [], []),
        (first, "created", ["organisation", "reference", "name", "role", "status", "recipients"], []),
    ]
    assert timeline(activity).moments([restored.sequence])[0].restored_from == first


def test_the_timeline_of_an_entry_is_about_the_entry_alone():
    recipient = factories.make(models.Recipient, name="Hosting firm")
    system = factories.make(models.System, name="Web shop", provider=recipient)
    changed(recipient, country="US")
    last = changed(system, owner="Head of sales")

    assert [(number, what, own) for number, what, own, _ in told(system)] == [
        (last, "changed", ["owner"]),
        (last - 2, "created", ["name", "provider"]),
    ]


def test_entries_that_a_person_may_not_see_stay_out():
    activity, recipient, _, first = with_recipient()
    changed(recipient, name="Letter service")
    user = factories.user()
    user.user_permissions.add(Permission.objects.get(codename="view_processingactivity"))

    answer = page(screens.client_of(user), activity)

    assert [moment["moment"].change_set.pk for moment in answer.context["moments"]] == [first]


def test_the_page_says_who_when_through_which_door_why_and_what():
    activity, _recipient, row, _ = with_recipient()
    officer = screens.officer(first_name="Ane", last_name="Dahl")
    with change_set(actor=officer, channel="screen", reason="The yearly <review>"):
        activity.name = "Web orders"
        activity.description = (
            "What is needed for the delivery is kept until the warranty has ended, and is then erased."
        )
        activity.save()
        row.delete()
    with change_set(actor=officer, channel="command"):
        activity.description = activity.description.replace("erased", "archived")
        activity.save()

    answer = page(screens.client_of(officer), activity)

    text = " ".join(answer.content.decode().split())
    for said in (
        "by <b>Ane Dahl</b>, door: command",
        "by <b>Ane Dahl</b>, door: screen",
        "The yearly &lt;review&gt;",
        '<span class="fact">Name</span>: <del>Orders</del> <span class="arrow" aria-hidden="true">→</span> <ins>Web orders</ins>',
        '<span class="sign" aria-hidden="true">−</span> <span class="word">removed</span> <del>Parcel service</del>',
        "has ended, and is then<del> erased</del><ins> archived</ins>.</span>",
    ):
        assert said in text
    assert reverse("admin:registry_changeset_change", args=[models.ChangeSet.objects.first().pk]) in text


def test_twenty_moments_stand_on_a_page():
    activity = factories.activity(factories.organisation())
    for number in range(24):
        changed(activity, contact=f"Contact {number}")
    client = screens.client_of(screens.auditor())

    first, second = (page(client, activity), page(client, activity, p=2))

    assert [len(answer.context["moments"]) for answer in (first, second)] == [20, 5]
    assert second.context["moments"][-1]["moment"].what == "created"
    assert len(first.context["comparable"]) == 25


def test_the_form_of_an_activity_leads_to_its_timeline():
    activity = factories.activity(factories.organisation())

    answer = screens.client_of(screens.officer()).get(
        reverse("admin:registry_processingactivity_change", args=[activity.pk])
    )

    assert f"/registry/processingactivity/{activity.pk}/history/" in answer.content.decode()


def grown(versions, rows):
    """An activity with so many rows of every kind and so many versions, changes of its entries among them."""
    organisation = factories.organisation()
    with change_set():
        unit = models.OrganisationUnit.objects.create(organisation=organisation, name="Marketing")
        recipient = models.Recipient.objects.create(name="Parcel service")
        system = models.System.objects.create(name="Web shop", provider=models.Recipient.objects.create(name="Host"))
        schedule = models.RetentionSchedule.objects.create(name="A year of keeping", text="A year")
        subjects = models.DataSubjectCategory.objects.create(name="Guests of the house")
        category = models.DataCategory.objects.create(name="Telephone numbers")
        measure = models.SecurityMeasure.objects.create(name="Locks and keys")
        basis = models.LegalBasis.objects.create(code="T-1", title="Test ground", regime="eu", kind="lawful_basis")
        activity = models.ProcessingActivity.objects.create(
            organisation=organisation, unit=unit, retention_schedule=schedule, name="Orders"
        )
        for place in range(rows):
            values = {"activity": activity, "position": place}
            models.Purpose.objects.create(text=f"Purpose {place}", **values)
            models.ActivityLegalBasis.objects.create(legal_basis=basis, **values)
            models.ActivityDataSubject.objects.create(category=subjects, **values)
            models.ActivityDataCategory.objects.create(category=category, **values)
            models.ActivityRecipient.objects.create(recipient=recipient, **values)
            models.ActivitySystem.objects.create(system=system, **values)
            models.ActivityMeasure.objects.create(measure=measure, **values)
    for number in range(1, versions):
        with change_set():
            activity.contact = f"Contact {number}"
            activity.save()
            if number % 2:
                schedule.text = f"{number} years"
                schedule.save()
    return activity


@pytest.mark.parametrize(("versions", "rows"), [(3, 1), (60, 1), (3, 12)])
def test_a_timeline_takes_under_ten_queries_whatever_its_length(versions, rows, django_assert_max_num_queries):
    activity = grown(versions, rows)
    client = screens.client_of(screens.auditor())
    page(client, activity)

    with django_assert_max_num_queries(9) as counted:
        answer = page(client, activity)

    assert len(counted) == TIMELINE_QUERIES
    assert answer.context["page_obj"].paginator.count == versions


TIMELINE_QUERIES = 9
"""Session, account, its two kinds of permissions; the activity's versions, what it refers to, what that refers to; the
change sets on the page, and what they required."""


def test_the_timeline_of_an_entry_takes_one_query_for_what_its_changes_required(django_assert_num_queries):
    recipient = factories.make(models.Recipient, name="Parcel service")
    for number in range(25):
        changed(recipient, name=f"Name {number}")
    client = screens.client_of(screens.auditor())
    address = reverse("admin:registry_recipient_history", args=[recipient.pk])
    client.get(address)

    with django_assert_num_queries(7):
        client.get(address)


def test_long_kept_text_is_left_out_of_the_page():
    sentence = "Everything that is needed for the delivery of what was ordered is kept for a while. "
    activity = factories.activity(factories.organisation(), description=sentence * 5 + "Erased." + sentence * 5)
    changed(activity, description=sentence * 5 + "Archived." + sentence * 5)

    answer = page(screens.client_of(screens.auditor()), activity)

    (shown,) = answer.context["moments"][0]["changes"]
    assert [(token.mark.value, token.text) for token in shown.field.words] == [
        ("kept", " … for the delivery of what was ordered is kept for a while."),
        ("removed", " Erased"),
        ("added", " Archived"),
        ("kept", ".Everything that is needed for the delivery of what was … "),
    ]


def test_short_kept_text_stays_whole():
    kept = "It is kept for as long as the warranty of the thing that was ordered lasts and then it is"
    activity = factories.activity(factories.organisation(), description=f"{kept} erased soon, {kept} gone")
    changed(activity, description=f"{kept} archived soon, {kept} kept")

    answer = page(screens.client_of(screens.auditor()), activity)

    (shown,) = answer.context["moments"][0]["changes"]
    assert shown.field.words[3].text == f" soon, {kept}"


def test_a_row_that_moved_is_told_with_its_places():
    activity = factories.activity(factories.organisation())
    with change_set():
        rows = [
            models.Purpose.objects.create(activity=activity, text=f"Purpose {place}", position=place)
            for place in range(3)
        ]
    changed(rows[0], position=7)

    answer = page(screens.client_of(screens.auditor()), activity)

    ((row,),) = [change.rows for change in answer.context["moments"][0]["changes"]]
    assert (row.sign, str(row.word), row.note, row.name) == ("↕", "moved", "from place 1 to 3", "Purpose 0")
