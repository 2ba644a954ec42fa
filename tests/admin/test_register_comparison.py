from datetime import timedelta
from urllib.parse import quote

import pytest
from django.contrib.auth.models import Permission
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from registry import models
from registry.versioning.change_set import Channel
from registry.versioning.writing import change_set
from tests import factories
from tests.admin import screens

pytestmark = pytest.mark.django_db

PAGE = reverse("admin:register_comparison")


def download(extension):
    return reverse("admin:register_comparison_download", args=[extension])


@pytest.fixture
def auditor():
    return screens.client_of(screens.auditor())


@pytest.fixture
def organisation():
    return factories.organisation(name="Fjord Foods AS")


def rename(activity, name, **options):
    with change_set(**options) as opened:
        activity.name = name
        activity.save()
    return opened.sequence


def told(page):
    return [(entry.word, entry.change.reference, entry.change.name) for entry in page.context["entries"]]


def test_the_page_first_asks_for_two_moments(auditor):
    page = auditor.get(PAGE, {"organisation": ""})

    assert page.status_code == 200
    assert "new" not in page.context
    assert "errorlist" not in page.content.decode()


def test_each_usual_period_is_a_comparison_up_to_now(auditor, organisation):
    factories.activity(organisation, name="Payroll")

    for _words, address in auditor.get(PAGE).context["usual"]:
        page = auditor.get(f"{PAGE}{address}")
        assert page.status_code == 200
        assert [name for _word, _reference, name in told(page)] == ["Payroll"]
        assert page.context["until_iso"] == ""


def test_what_changed_is_counted_and_told_with_its_author(auditor, organisation):
    payroll, gone = (factories.activity(organisation, name=name) for name in ("Payroll", "Gone"))
    since = timezone.now()
    number = rename(
        payroll, "Wages", actor=factories.user(username="ane"), channel=Channel.SCREEN, reason="O'Brien’s <wish>"
    )
    with change_set():
        gone.delete()
    factories.activity(organisation, name="Brand new")

    page = auditor.get(PAGE, {"since": since.isoformat()})

    assert page.context["counts"] == [("Added", 1), ("Changed", 1), ("Retired", 0), ("Removed", 1)]
    assert told(page) == [
        ("Changed", "PA-0001", "Wages"),
        ("Added", "PA-0003", "Brand new"),
        ("Removed", "PA-0002", "Gone"),
    ]
    text = page.content.decode()
    assert "<del>Payroll</del>" in text
    assert "by ane, door: screen. Reason: O&#x27;Brien’s &lt;wish&gt;" in text
    links = [
        reverse("admin:registry_changeset_change", args=[number]),
        reverse("admin:registry_processingactivity_history", args=[payroll.pk]),
        f"{reverse('admin:as_at_activity', args=[payroll.pk])}?as_at={quote(page.context['since_iso'], safe='')}",
        reverse("admin:as_at_activity", args=[payroll.pk]),
    ]
    assert [link for link in links if f'href="{link}"' not in text] == []
    assert [auditor.get(link.replace("&amp;", "&")).status_code for link in links] == [200] * 4


def test_changes_of_what_an_activity_refers_to_are_marked_as_such(auditor, organisation):
    recipient = factories.make(models.Recipient, name="Host")
    activity = factories.activity(organisation)
    with change_set():
        activity.recipients.create(recipient=recipient)
    since = timezone.now()
    rename(recipient, "Other host")

    page = auditor.get(PAGE, {"since": since.isoformat()})

    assert "In what it refers to: Recipient Other host" in page.content.decode()
    (entry,) = page.context["entries"]
    assert (entry.shown, [one.pk for one in entry.sets]) == ([], [models.ChangeSet.objects.first().pk])


def test_what_changed_in_an_organisation_is_told_once_and_counts_no_activity_as_in_the_report(auditor, organisation):
    for name in ("Payroll", "Newsletter"):
        factories.activity(organisation, name=name)
    since = timezone.now()
    with change_set(actor=factories.user(username="ane"), reason="moved"):
        organisation.phone = "2"
        organisation.save()

    page = auditor.get(PAGE, {"since": since.isoformat()})

    assert page.context["counts"] == [("Added", 0), ("Changed", 0), ("Retired", 0), ("Removed", 0)]
    assert [(one.entry.name, one.number) for one in page.context["organisations"]] == [("Fjord Foods AS", 2)]
    text = page.content.decode()
    assert "Nothing differs" not in text
    assert "by ane, door: " in text
    assert text.count("<ins>2</ins>") == 1


def test_nothing_between_two_moments(auditor, organisation):
    now = timezone.now().isoformat()

    page = auditor.get(PAGE, {"since": now, "until": now})

    assert "Nothing differs between these two moments." in page.content.decode()


def test_one_organisation_alone_may_be_compared_even_with_when_it_was_not_there(auditor, organisation):
    since = timezone.now()
    other = factories.organisation(name="Other")
    for owner, name in ((other, "Theirs"), (organisation, "Ours")):
        factories.activity(owner, name=name)

    page = auditor.get(PAGE, {"since": since.isoformat(), "organisation": other.pk})

    assert told(page) == [("Added", "PA-0001", "Theirs")]
    assert f"organisation={other.pk}" in page.context["kept"]


@pytest.mark.parametrize(
    ("asked", "field", "said"),
    [
        ({"since": "2030-01-01"}, "since", "“2030-01-01” lies in the future. Choose a moment that has passed."),
        (
            {"since": "2026-02-01", "until": "2026-01-01"},
            "until",
            "The later moment lies before the earlier one. Exchange them.",
        ),
        (
            {"since": "2020-01-01", "until": "2020-02-01"},
            "organisation",
            "It was not in the register yet. Choose a later moment.",
        ),
    ],
)
def test_what_cannot_be_compared_is_said_at_the_field(auditor, organisation, asked, field, said):
    for address in (PAGE, download("csv")):
        page = auditor.get(address, {**asked, "organisation": organisation.pk})

        assert page.status_code == 400
        assert page.context["form"].errors == {field: [said]}


def test_many_changes_are_paged(auditor, organisation, monkeypatch):
    monkeypatch.setattr("registry.admin.register_comparison.PER_PAGE", 1)
    since = timezone.now() - timedelta(days=1)
    for _ in range(2):
        factories.activity(organisation)

    page = auditor.get(PAGE, {"since": since.isoformat(), "p": 2})

    assert told(page) == [("Added", "PA-0002", models.ProcessingActivity.objects.latest("pk").name)]
    assert f'href="?{page.context["kept"].replace("&", "&amp;")}&amp;p=1"' in page.content.decode()


@pytest.mark.parametrize(("extension", "start"), [("pdf", b"%PDF-"), ("csv", b"\xef\xbb\xbfWhat,")])
def test_the_changes_are_downloaded(auditor, organisation, extension, start):
    factories.activity(organisation)
    asked = {"since": "2020-01-01", "organisation": organisation.pk}

    response = auditor.get(download(extension), asked)

    today = timezone.localdate().isoformat()
    assert response["Content-Disposition"] == f'attachment; filename="changes-fjord-foods-as-{today}.{extension}"'
    assert b"".join(response.streaming_content).startswith(start)
    assert auditor.get(download("docx"), asked).status_code == 404


def test_change_sets_are_linked_for_those_who_may_open_them(organisation):
    factories.activity(organisation)
    user = factories.user()
    user.user_permissions.add(Permission.objects.get(codename="view_processingactivity"))

    page = screens.client_of(user).get(PAGE, {"since": "2020-01-01"})

    number = models.ChangeSet.objects.first().pk
    assert reverse("admin:registry_changeset_change", args=[number]) not in page.content.decode()
    assert f"#{number}" in page.content.decode()


def test_whoever_may_not_see_activities_compares_nothing():
    nobody = screens.client_of(factories.user())

    assert {nobody.get(address).status_code for address in (PAGE, download("pdf"))} == {403}


def test_the_pages_only_answer_to_reading(auditor):
    assert {auditor.post(address).status_code for address in (PAGE, download("pdf"))} == {405}


@pytest.mark.parametrize("address", [PAGE, download("csv")])
def test_the_number_of_queries_does_not_grow_with_the_changes(auditor, organisation, address):
    recipient = factories.make(models.Recipient, name="Host")
    activities = [factories.activity(organisation) for _ in range(3)]
    with change_set():
        for activity in activities:
            activity.recipients.create(recipient=recipient)
    since = timezone.now()
    rename(recipient, "Other host")

    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            response = auditor.get(address, {"since": since.isoformat()})
            b"".join(response.streaming_content if response.streaming else [])
        return len(captured)

    rename(activities[0], "First")
    queries()  # what is read once and remembered
    with_one = queries()
    for activity in activities[1:]:
        rename(activity, "Too")

    assert queries() == with_one


def test_one_activity_is_counted_in_the_singular_where_the_language_has_one(auditor, organisation):
    since = timezone.now()
    factories.activity(organisation)

    page = auditor.get(PAGE, {"since": since.isoformat()}, headers={"accept-language": "fr"})

    assert ("Ajoutée", 1) in page.context["counts"]
    assert ("Supprimées", 0) in page.context["counts"]
