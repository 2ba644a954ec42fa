from datetime import date, timedelta

import pytest
import time_machine
from django.contrib.auth.models import Group, Permission
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from registry import models
from registry.admin import deadlines
from tests import factories
from tests.admin.screens import auditor, client_of, marketing, officer

pytestmark = pytest.mark.django_db

PAGE = "/deadlines/"


@pytest.fixture
def due():
    """A review that is overdue and a contract that ends in two months."""
    today = timezone.localdate()
    activity = factories.activity(
        factories.organisation(), reference="A-1", name="O’Neil & Co", next_review_on=today - timedelta(days=1)
    )
    factories.make(models.Recipient, name="Printer", contract_ends_on=today + timedelta(days=59))
    return activity


def names(client, query=""):
    return [one["name"] for one in client.get(PAGE + query).context["page"]]


def address_of(client):
    client.post(reverse("admin:calendar_address"), {"do": "make"})
    return client.get(PAGE).context["new_address"]


def test_the_page_names_what_is_overdue_and_due_with_its_remedy(due):
    content = client_of(officer()).get(PAGE).content.decode()

    assert f'<a href="/registry/processingactivity/{due.pk}/change/#section-review">A-1 O’Neil &amp; Co</a>' in content
    assert "▲ overdue" in content
    assert "Renew the contract or end the disclosure" in content


def test_the_page_is_limited_by_period_kind_and_owner(due):
    client = client_of(officer())

    assert names(client) == ["A-1 O’Neil & Co", "Printer"]
    assert names(client, "?days=0") == ["A-1 O’Neil & Co"]
    assert names(client, "?days=30") == ["A-1 O’Neil & Co"]
    assert names(client, "?kind=contract") == ["Printer"]
    assert names(client, "?mine=on") == []


def test_what_cannot_be_chosen_is_said_and_the_usual_shown(due):
    answer = client_of(officer()).get(PAGE + "?days=soon")

    assert answer.status_code == 400
    assert "This can’t be chosen." in answer.content.decode()
    assert [one["name"] for one in answer.context["page"]] == ["A-1 O’Neil & Co", "Printer"]


def test_a_long_list_has_pages_that_keep_the_choice(due, monkeypatch):
    monkeypatch.setattr(deadlines, "PER_PAGE", 1)
    client = client_of(officer())

    first = client.get(PAGE + "?days=90&page=1").content.decode()

    assert 'href="?days=90&amp;page=2"' in first
    assert names(client, "?days=90&page=2") == ["Printer"]


def test_nothing_due_is_said():
    assert "Nothing falls due in this period." in client_of(auditor()).get(PAGE).content.decode()


def test_somebody_without_a_role_sees_no_deadlines():
    client = client_of(factories.user())

    answers = [client.get(PAGE), client.post(reverse("admin:calendar_address"), {"do": "make"})]
    assert [answer.status_code for answer in answers] == [403, 403]
    assert models.CalendarAddress.objects.count() == 0


def test_the_calendar_is_read_without_logging_in(due):
    address = address_of(client_of(officer()))

    answer = Client().get(address)

    assert (answer.status_code, answer["Content-Type"]) == (200, "text/calendar; charset=utf-8")
    assert "A-1 O’Neil & Co" in answer.content.decode().replace("\r\n ", "")
    assert answer["Cache-Control"].startswith("max-age=0, no-cache, no-store")


def test_an_address_is_shown_once_and_not_kept():
    client = client_of(officer())
    address = address_of(client)

    assert client.get(PAGE).context["new_address"] == ""
    assert models.CalendarAddress.objects.get().digest not in address


def test_a_new_address_ends_the_one_before_and_ending_it_ends_both(due):
    client = client_of(officer())
    first, second = address_of(client), address_of(client)
    anybody = Client()

    assert [anybody.get(one).status_code for one in (first, second)] == [404, 200]
    client.post(reverse("admin:calendar_address"), {"do": "end"})
    assert anybody.get(second).status_code == 404
    client.post(reverse("admin:calendar_address"), {"do": "end"})
    assert "There was no address." in client.get(PAGE).content.decode()


@pytest.mark.parametrize("change", ["role", "is_active", "is_staff"])
def test_the_calendar_ends_with_the_right_to_see_the_register(due, change):
    person = officer()
    address = address_of(client_of(person))
    if change == "role":
        person.groups.clear()
    else:
        setattr(person, change, False)
        person.save()

    assert Client().get(address).status_code == 404


def test_it_is_noted_when_the_calendar_was_asked_for(due):
    client = client_of(officer())
    with time_machine.travel("2026-11-01 12:00 +0000", tick=False) as clock:
        address = address_of(client)
        for minutes in (0, 59):
            clock.shift(timedelta(minutes=minutes))
            Client().get(address)
        assert models.CalendarAddress.objects.get().last_used_at.minute == 0
        clock.shift(timedelta(minutes=2))
        Client().get(address)
        assert (models.CalendarAddress.objects.get().last_used_at.date(), timezone.now().hour) == (
            date(2026, 11, 1),
            13,
        )
        assert models.CalendarAddress.objects.get().last_used_at == timezone.now()


def test_making_an_address_is_no_change_of_the_register():
    client = client_of(auditor())
    before = models.ChangeSet.objects.count()

    assert address_of(client)
    assert models.ChangeSet.objects.count() == before


@pytest.fixture
def due_for_marketing(due):
    """Beside the others a segment to review, and a consent mechanism to renew."""
    day = timezone.localdate() + timedelta(days=9)
    factories.make(models.Segment, activity=due, name="Regulars", next_review_on=day)
    factories.make(models.ConsentMechanism, activity=due, name="Sign-up form", valid_until=day)
    return due


def test_the_marketing_team_sees_the_deadlines_of_segments_and_consents_alone(due_for_marketing):
    client = client_of(marketing())

    content = client.get(PAGE).content.decode()

    assert names(client) == ["A-1 Sign-up form", "A-1 Regulars"]
    assert names(client, "?kind=contract") == names(client)
    assert names(client, "?mine=on") == names(client)
    assert [label for label, _number, _url in client.get(PAGE).context["tally"]] == [
        "Review of a customer segment",
        "Renewal of a consent mechanism",
    ]
    assert [word for word in ("Printer", "contract ends", "Only what I own") if word in content] == []


def test_every_link_of_its_deadlines_opens_for_the_marketing_team(due_for_marketing):
    client = client_of(marketing())

    links = [part.partition('"')[0] for part in client.get(PAGE).content.decode().split('href="')[1:]]

    pages = {link for link in links if link.startswith("/") and not link.startswith(("/static/", "/logout/"))}
    assert {page: client.get(page).status_code for page in pages} == dict.fromkeys(pages, 200)
    assert {"/segment-review/", PAGE} <= {page.partition("?")[0] for page in pages}


def test_the_segment_page_leads_to_its_deadlines(due_for_marketing):
    content = client_of(marketing()).get("/segment-review/").content.decode()

    assert '<a href="/deadlines/?kind=segment" class="button">Deadlines and calendar</a>' in content


def test_the_marketing_teams_calendar_holds_what_it_may_see(due_for_marketing):
    person = marketing()
    address = address_of(client_of(person))

    content = Client().get(address).content.decode().replace("\r\n ", "")
    person.groups.clear()

    assert content.count("BEGIN:VEVENT") == 2
    assert "Printer" not in content
    assert Client().get(address).status_code == 404


def test_a_calendar_narrows_with_the_role_of_its_person(due_for_marketing):
    person = officer()
    address = address_of(client_of(person))
    before = Client().get(address).content.count(b"BEGIN:VEVENT")
    person.groups.set([Group.objects.get(name="Marketing team")])

    assert (before, Client().get(address).content.count(b"BEGIN:VEVENT")) == (4, 2)


def test_whoever_sees_consents_alone_sees_their_deadlines_alone(due_for_marketing):
    person = factories.user()
    person.user_permissions.add(Permission.objects.get(codename="view_consentmechanism"))

    assert names(client_of(person)) == ["A-1 Sign-up form"]


@pytest.mark.parametrize("page", ["/gaps/", "/consequences/", "/trend/", "/reports/", "/as-at/", "/comparison/"])
def test_all_else_stays_closed_to_the_marketing_team(due_for_marketing, page):
    assert client_of(marketing()).get(page).status_code == 403


@pytest.mark.parametrize(
    ("code", "said"), [("de", "Überprüfung einer Verarbeitungstätigkeit"), ("en", "Review of a processing activity")]
)
def test_the_calendar_speaks_the_language_in_which_its_address_was_made(due, code, said):
    client = client_of(officer())
    client.post(reverse("admin:calendar_address"), {"do": "make"})
    address = client.get(PAGE, headers={"accept-language": code}).context["new_address"]

    content = Client().get(address, headers={"accept-language": "fr"}).content.decode().replace("\r\n ", "")

    assert f"SUMMARY:{said}: A-1 O’Neil & Co" in content


def test_a_calendar_without_a_language_that_is_offered_is_read_all_the_same(due):
    address = address_of(client_of(officer())).partition("?")[0]

    assert Client().get(f"{address}?language=xx").status_code == 200
