import pytest
from django.contrib.auth.models import Permission
from django.contrib.messages import get_messages
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from registry import models
from registry.versioning.writing import change_set
from tests import factories
from tests.admin.screens import client_of, officer

pytestmark = pytest.mark.django_db

PAGE = "/consequences/"


@pytest.fixture
def activity():
    return factories.activity(factories.organisation(country="IE"), reference="A-1", name="Payroll", status="draft")


@pytest.fixture
def wages(activity):
    """A system that an approved record uses."""
    entry = factories.make(models.System, name="Wages & more", hosting_country="IE")
    factories.make(models.ActivitySystem, activity=activity, system=entry)
    with change_set(reason="for a test"):
        activity.status = "approved"
        activity.save()
    return entry


@pytest.fixture
def client():
    return client_of(officer())


def save(client, entry, **values):
    model = type(entry)
    stored = {one.name: one.value_from_object(entry) for one in model._meta.concrete_fields if one.editable}
    stated = {name: "" if value is None else value for name, value in stored.items()}
    rows = {"data-TOTAL_FORMS": "0", "data-INITIAL_FORMS": "0"}
    seen = {"loaded_version": entry.history.latest("history_id").pk, "change_reason": "for a test", **rows}
    address = reverse(f"admin:registry_{model._meta.model_name}_change", args=[entry.pk])
    return client.post(address, {**stated, **seen, **values})


def told(response):
    return [str(message) for message in get_messages(response.wsgi_request) if "requires" in str(message)]


def raised():
    return list(models.ChangeConsequence.objects.order_by("pk"))


def test_saving_an_entry_says_what_that_requires_of_how_many_records_and_leads_there(client, wages):
    response = save(client, wages, hosting_country="US")

    checklist = f"/consequences/?record={wages.pk}&amp;entry=system"
    assert told(response) == [
        f'This change requires 2 things. It concerns one approved record. <a href="{checklist}">See the checklist</a>'
    ]
    shown = client.get(checklist.replace("&amp;", "&"))
    assert [row["one"] for row in shown.context["rows"]] == raised()
    content = shown.content.decode()
    assert f'<a href="/registry/system/{wages.pk}/change/">Wages &amp; more</a>' in content
    assert f'<a href="/reports/where-used/?subject=system%3A{wages.pk}">It concerns 1 approved record</a>' in content
    assert client.get(f"/reports/where-used/?subject=system:{wages.pk}").status_code == 200


def test_saving_what_requires_nothing_says_nothing(client, wages):
    assert told(save(client, wages, hosting_country="DE", description="Moved within the EEA")) == []
    assert raised() == []


def test_the_line_has_its_page_with_the_records_that_used_the_entry(client, wages):
    save(client, wages, hosting_country="US")
    one = raised()[0]

    content = client.get(reverse("admin:consequence", args=[one.pk])).content.decode()

    assert "<li>A-1 Payroll</li>" in content
    assert "Where it is used now" in content
    assert "Go to the entry" in content
    answer = client.post(
        reverse("admin:consequence", args=[one.pk]),
        {"settlement": "done", "note": "Clauses signed", "due_on": one.due_on.isoformat()},
    )
    one.refresh_from_db()
    assert (answer.status_code, one.settlement) == (302, "done")


def test_the_change_set_and_the_history_of_the_entry_show_it_and_those_of_the_record_do_not(client, activity, wages):
    save(client, wages, hosting_country="US")
    line = f'<a href="/consequences/{raised()[0].pk}/">'

    change = reverse("admin:registry_changeset_change", args=[wages.history.first().change_set_id])
    entry = reverse("admin:registry_system_history", args=[wages.pk])
    record = reverse("admin:registry_processingactivity_history", args=[activity.pk])
    form = reverse("admin:registry_processingactivity_change", args=[activity.pk])

    found = [line in client.get(page).content.decode() for page in (change, entry, record, form)]
    assert found == [True, True, False, False]


def test_a_record_with_the_key_of_the_entry_is_told_apart_from_it(client, activity, wages):
    with change_set(reason="for a test"):
        models.Purpose.objects.create(activity=activity, text="Planning of staff")
    of_record = [one for one in raised() if not one.entry]
    save(client, wages, hosting_country="US")

    shown = client.get(f"{PAGE}?record={activity.pk}").context["rows"]

    assert [row["one"] for row in shown] == of_record
    assert [row["one"] for row in client.get(f"{PAGE}?mine=on").context["rows"]] == []
    assert len(client.get(PAGE).context["rows"]) == len(of_record) + 2


def test_the_checklist_in_print_names_the_records(client, wages):
    save(client, wages, hosting_country="US")

    content = client.get(f"{PAGE}print/").content.decode()

    assert "It concerns 1 approved record: A-1 Payroll" in content


def test_a_notice_that_is_retired_by_the_button_of_its_form_says_what_that_requires(client):
    notice = factories.make(models.Document, name="Notice for staff", kind="privacy_notice")
    factories.activity(
        factories.organisation(), reference="A-2", name="Payroll", status="approved", privacy_notice="Notice for staff"
    )

    response = save(client, notice, _retire="1")

    assert [one.key for one in raised()] == ["entry-notice-ends"]
    assert len(told(response)) == 1
    assert "It concerns 1 approved record" in client.get(PAGE).content.decode()


def test_an_import_of_entries_says_how_much_it_requires(client, wages):
    file = SimpleUploadedFile("systems.csv", b"Name,Hosted in\nWages & more,United States\n")
    preview = client.post("/registry/system/import/", {"import_file": file})
    assert raised() == []

    answer = client.post("/registry/system/process_import/", {"upload": preview.context["upload"]})

    number = wages.history.first().change_set_id
    assert told(answer) == [
        f'This change requires 2 things. <a href="/consequences/?change={number}">See the checklist</a>'
    ]
    assert [row["one"] for row in client.get(f"{PAGE}?change={number}").context["rows"]] == raised()


def test_who_may_not_see_the_records_is_told_and_led_nowhere(wages):
    person = factories.user()
    person.user_permissions.set(Permission.objects.filter(codename__in=("view_system", "change_system")))

    assert told(save(client_of(person), wages, hosting_country="US")) == [
        "This change requires 2 things. It concerns one approved record."
    ]


def retire(client, model, *entries):
    address = reverse(f"admin:registry_{model._meta.model_name}_changelist")
    return client.post(address, {"action": "retire", "_selected_action": [one.pk for one in entries]})


def test_retiring_entries_in_bulk_says_what_that_requires(client):
    one, other, unused = (
        factories.make(models.Document, name=name, kind="privacy_notice") for name in ("Notice", "Leaflet", "Draft")
    )
    for notice in (one, other):
        factories.activity(factories.organisation(), name="Payroll", status="approved", privacy_notice=notice.name)

    several, single = retire(client, models.Document, one, unused), retire(client, models.Document, other)

    checklist = f"/consequences/?record={one.pk}&amp;entry=document"
    assert told(several) == [
        f'This change requires one thing. It concerns one approved record. <a href="{checklist}">See the checklist</a>'
    ]
    assert len(told(single)) == len(told(several)) + 1


def test_retiring_several_entries_that_records_use_leads_to_the_whole_checklist(client):
    notices = [factories.make(models.Document, name=name, kind="privacy_notice") for name in ("Notice", "Leaflet")]
    for notice in notices:
        factories.activity(factories.organisation(), name="Payroll", status="approved", privacy_notice=notice.name)

    answer = retire(client, models.Document, *notices)

    assert told(answer) == ['This change requires 2 things. <a href="/consequences/">See the checklist</a>']


def test_a_second_change_of_an_entry_tells_of_what_is_still_open(client, wages):
    save(client, wages, hosting_country="US")
    wages.refresh_from_db()

    answer = save(client, wages, hosting_country="IN")

    assert len(raised()) == 2
    assert [said.split(" <")[0] for said in told(answer)] == [
        "This change requires 2 things. It concerns one approved record."
    ] * 2
