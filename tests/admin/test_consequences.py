from datetime import timedelta

import pytest
from django.contrib.auth.models import Permission
from django.contrib.messages import get_messages
from django.urls import reverse
from django.utils import timezone

from registry import models
from registry.admin import consequences
from registry.versioning.writing import change_set
from tests import factories
from tests.admin import activity_forms as forms
from tests.admin.screens import auditor, client_of, marketing, officer

pytestmark = pytest.mark.django_db

PAGE = "/consequences/"


@pytest.fixture
def activity():
    return factories.activity(factories.organisation(), reference="A-1", name="O’Neil’s payroll", status="approved")


@pytest.fixture
def client():
    return client_of(officer(first_name="Ane", last_name="Dahl"))


def changed(client, activity, text="Planning of staff"):
    return forms.save(client, activity, change_reason="asked by the board", **forms.new_row("purposes", 0, text=text))


def raised():
    return list(models.ChangeConsequence.objects.order_by("pk"))


def told(response):
    return [str(message) for message in get_messages(response.wsgi_request)]


def test_saving_an_approved_record_says_what_the_change_requires_and_leads_there(client, activity):
    response = changed(client, activity)

    assert len(raised()) == 2
    checklist = f"/consequences/?record={activity.pk}"
    said = [message for message in told(response) if "requires" in message]
    assert said == [f'This change requires 2 things. <a href="{checklist}">See the checklist</a>']
    assert [row["one"] for row in client.get(checklist).context["rows"]] == raised()


def test_the_form_shows_beside_the_record_what_is_open(client, activity):
    assert (
        "Changes of this record require" not in client.get(reverse(forms.CHANGE, args=[activity.pk])).content.decode()
    )
    changed(client, activity)

    page = client.get(reverse(forms.CHANGE, args=[activity.pk])).content.decode()

    assert "Changes of this record require 2 things" in page
    for one in raised():
        assert f'<a href="/consequences/{one.pk}/">' in page


def test_the_change_set_and_the_timeline_show_what_the_change_required(client, activity):
    changed(client, activity)
    number = activity.history.first().change_set_id

    change = client.get(reverse("admin:registry_changeset_change", args=[number])).content.decode()
    timeline = client.get(reverse("admin:registry_processingactivity_history", args=[activity.pk])).content.decode()

    for one in raised():
        assert f'<a href="/consequences/{one.pk}/">' in change
        assert f'<a href="/consequences/{one.pk}/">' in timeline
    assert [row["one"] for row in client.get(f"{PAGE}?change={number}").context["rows"]] == raised()


def test_several_are_settled_at_once_as_one_change_with_the_note_as_its_reason(client, activity):
    changed(client, activity)
    first, second = raised()

    response = client.post(
        PAGE, {"one": [first.pk, second.pk], "settlement": "not_needed", "note": "It was there before"}
    )

    assert response.status_code == 302
    assert {(one.settlement, one.note, one.settled_by) for one in raised()} == {
        ("not_needed", "It was there before", "Ane Dahl")
    }
    numbers = {one.history.first().change_set_id for one in raised()}
    assert models.ChangeSet.objects.get(pk=numbers.pop()).reason == "It was there before"
    assert numbers == set()
    assert client.get(PAGE).context["rows"] == []


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"settlement": "done", "note": "Told"}, "Nothing was settled: tick what you have seen to"),
        ({"one": "1", "settlement": "done", "note": " "}, "Say what was done, or why it isn&#x27;t needed."),
        ({"one": "1", "note": "Told"}, "Choose whether it is done or not needed."),
        ({"one": "1", "settlement": "open", "note": "Told"}, "Nothing was settled."),
    ],
)
def test_what_lacks_something_settles_nothing_and_keeps_what_was_typed(client, activity, sent, said):
    changed(client, activity)
    if "one" in sent:
        sent = {**sent, "one": raised()[0].pk}

    response = client.post(PAGE, sent)

    assert response.status_code == 400
    assert said in response.content.decode()
    assert {one.settlement for one in raised()} == {"open"}
    if "one" in sent:
        assert f'id="one-{sent["one"]}" checked' in response.content.decode()


def test_what_somebody_else_has_settled_meanwhile_is_left_as_it_is(client, activity):
    changed(client, activity)
    first, second = raised()
    client.post(PAGE, {"one": first.pk, "settlement": "done", "note": "Told"})

    response = client.post(PAGE, {"one": [first.pk, second.pk], "settlement": "not_needed", "note": "No"})

    assert [one.settlement for one in raised()] == ["done", "not_needed"]
    assert told(response)[-2:] == ["One is settled.", "One had been settled by somebody else."]


def test_one_is_settled_and_opened_again_on_its_own_page_and_its_history_tells(client, activity):
    changed(client, activity)
    one = raised()[0]
    address = reverse("admin:consequence", args=[one.pk])
    later = timezone.localdate() + timedelta(days=90)

    client.post(address, {"settlement": "done", "note": "Notice of May", "due_on": one.due_on.isoformat()})
    client.post(address, {"settlement": "open", "note": "Not on the website yet", "due_on": later.isoformat()})

    one.refresh_from_db()
    assert (one.settlement, one.due_on, one.settled_by) == ("open", later, "")
    shown = client.get(address)
    assert [version.settlement for version in shown.context["versions"]] == ["open", "done", "open"]
    assert "Notice of May" in shown.content.decode()


def test_done_without_a_note_is_refused_at_the_field(client, activity):
    changed(client, activity)
    one = raised()[0]

    response = client.post(
        reverse("admin:consequence", args=[one.pk]),
        {"settlement": "done", "note": "", "due_on": one.due_on.isoformat()},
    )

    assert response.status_code == 400
    assert response.context["form"].errors["note"] == [
        "Say what was done, or why it isn't needed: that is kept in the history."
    ]


def test_an_auditor_reads_and_settles_nothing(client, activity):
    changed(client, activity)
    one = raised()[0]
    reading = client_of(auditor())

    assert "Settle what is ticked" not in reading.get(PAGE).content.decode()
    assert [row["one"] for row in reading.get(PAGE).context["rows"]] == raised()
    assert reading.get(reverse("admin:consequence", args=[one.pk])).context["form"] is None
    assert reading.post(PAGE, {"one": one.pk, "settlement": "done", "note": "x"}).status_code == 403
    settled = {"settlement": "done", "note": "x", "due_on": "2030-01-01"}
    assert reading.post(reverse("admin:consequence", args=[one.pk]), settled).status_code == 403
    assert {each.settlement for each in raised()} == {"open"}


def test_the_list_is_narrowed_by_what_is_chosen(client, activity):
    changed(client, activity)
    user = officer()
    with change_set():
        other = factories.activity(activity.organisation, reference="B-1", name="Shop", status="approved", owner=user)
    changed(client, other, "Selling more")

    def keys(query, who=client):
        return {row["one"].record_key for row in who.get(PAGE + query).context["rows"]}

    assert keys("") == {activity.pk, other.pk}
    assert keys("?q=o%E2%80%99neil") == {activity.pk}
    assert keys("?mine=on", client_of(user)) == {other.pk}
    assert {row["one"].requirement for row in client.get(f"{PAGE}?requirement=notice").context["rows"]} == {"notice"}
    assert keys("?state=done") == set()
    assert len(client.get(f"{PAGE}?state=all").context["rows"]) == 4
    assert client.get(f"{PAGE}?state=nonsense").status_code == 400


def test_an_empty_list_says_what_will_stand_there(client, activity):
    assert "Nothing is open." in client.get(PAGE).content.decode()
    assert client.get("/consequences/4711/").status_code == 404


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_takes_the_same_queries_whatever_its_length(client, activity, number, django_assert_num_queries):
    for place in range(number):
        changed(client, factories.activity(activity.organisation, status="approved"), f"Purpose {place}")
    client.get(PAGE)

    with django_assert_num_queries(6):
        client.get(PAGE)


def test_the_checklist_of_a_change_is_printed_with_its_change_and_its_notes(client, activity):
    changed(client, activity)
    number = activity.history.first().change_set_id
    first, second = raised()
    client.post(PAGE, {"one": [first.pk], "settlement": "done", "note": "Notice <2> is out"})
    factories.make(models.Purpose, activity=activity, text="Something later", position=5)

    page = client.get(f"{PAGE}print/?change={number}&state=all")

    assert {row["one"] for row in page.context["rows"]} == {first, second}
    content = page.content.decode()
    assert f"#{number}" in content
    assert "asked by the board" in content
    assert "Note: Notice &lt;2&gt; is out" in content
    assert f'href="/consequences/?change={number}&amp;state=all"' in content
    listed = client.get(f"{PAGE}?change={number}&state=all").content.decode()
    assert f'href="/consequences/print/?change={number}&amp;state=all"' in listed


def test_a_long_checklist_says_what_is_not_printed(client, activity, monkeypatch):
    monkeypatch.setattr(consequences, "PRINTED", 1)
    changed(client, activity)

    assert "1 further line isn’t printed: narrow the list." in client.get(f"{PAGE}print/").content.decode()


def test_the_printed_checklist_is_for_who_sees_the_records(activity, client):
    changed(client, activity)

    assert len(client_of(auditor()).get(f"{PAGE}print/").context["rows"]) == 2
    assert client_of(marketing()).get(f"{PAGE}print/").status_code == 403
    assert client.get(f"{PAGE}print/?state=lost").status_code == 404


def test_who_may_change_records_without_being_an_officer_settles_nothing(client, activity):
    changed(client, activity)
    one, person = raised()[0], factories.user()
    person.user_permissions.set(Permission.objects.filter(codename__endswith="_processingactivity"))
    other, sent = client_of(person), {"settlement": "done", "note": "Done", "one": [raised()[0].pk]}

    shown = other.get(PAGE).content.decode()
    answers = [other.post(address, sent).status_code for address in (PAGE, f"{PAGE}{one.pk}/")]

    assert "Settle what is ticked" not in shown
    assert (answers, {line.settlement for line in raised()}) == ([403, 403], {"open"})
