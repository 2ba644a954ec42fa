import csv
import io
from datetime import UTC, datetime, timedelta
from urllib.parse import quote

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from registry import models
from registry.versioning.writing import change_set
from tests import factories
from tests.admin import screens

pytestmark = pytest.mark.django_db

PAGE = reverse("admin:as_at")
THEN, LATER, NOW = (datetime(2026, 3, day, 12, 0, tzinfo=UTC) for day in (1, 10, 31))


def one(activity):
    return reverse("admin:as_at_activity", args=[activity.pk])


@pytest.fixture
def auditor():
    return screens.client_of(screens.auditor())


@pytest.fixture
def payroll():
    """An activity of 1 March with a recipient; both are called otherwise since 10 March. It is 31 March."""
    with time_machine.travel(THEN, tick=False), change_set():
        organisation = models.Organisation.objects.create(name="Fjord Foods AS")
        schedule = models.RetentionSchedule.objects.create(name="Wages", text="Ten years")
        recipient = models.Recipient.objects.create(name="O'Brien’s payroll")
        activity = models.ProcessingActivity.objects.create(
            organisation=organisation, name="Payroll", reference="HR-1", retention_schedule=schedule
        )
        activity.recipients.create(recipient=recipient)
    with time_machine.travel(LATER, tick=False), change_set():
        activity.name = "Wages and salaries"
        activity.save()
        recipient.name = "Paymaster plc"
        recipient.save()
        schedule.text = "Six years"
        schedule.save()
    with time_machine.travel(NOW, tick=False):
        yield activity


def names(page):
    return [row.record.name for row in page.context["rows"]]


def test_the_register_is_listed_as_it_was_then_and_as_it_is_now(auditor, payroll):
    then = auditor.get(PAGE, {"as_at": "2026-03-05T00:00"})
    now = auditor.get(PAGE)

    assert (names(then), names(now)) == (["Payroll"], ["Wages and salaries"])
    number = models.ChangeSet.objects.first().pk
    assert (then.context["number"], now.context["number"]) == (number - 1, number)
    text = then.content.decode()
    assert "As at 5 March 2026, 00:00:00 UTC" in text
    assert f"head {then.context['head'][:16]}…" in text
    assert f'<a href="{reverse("admin:registry_processingactivity_changelist")}">now</a>' in text
    assert f'href="{one(payroll)}?as_at=2026-03-05T00%3A00%3A00Z"' in text
    assert f'href="{reverse("admin:reports_register")}?as_at=2026-03-05T00%3A00%3A00%2B00%3A00' not in text
    assert "As it is now" in now.content.decode()


def test_the_field_shows_the_moment_in_the_zone_of_the_site(auditor, payroll, settings):
    settings.TIME_ZONE = "Europe/Brussels"

    page = auditor.get(PAGE, {"as_at": "2026-03-05T00:00:07Z"})
    naive = auditor.get(PAGE, {"as_at": "2026-03-05T01:00"})

    assert 'value="2026-03-05T01:00:07"' in page.content.decode()
    assert "As at 5 March 2026, 01:00:07 CET" in page.content.decode()
    assert naive.context["as_at"] == "2026-03-05T00:00:00Z"


def test_before_the_first_change_set_the_register_was_empty_and_says_so(auditor, payroll):
    page = auditor.get(PAGE, {"as_at": "2025-12-31"})

    assert (page.status_code, names(page)) == (200, [])
    assert "The register was empty at that moment: its first change was made on" in page.content.decode()


@pytest.mark.parametrize("text", ["2026-04-01T00:00", "soon"])
def test_moments_that_have_not_passed_are_refused_in_words(auditor, payroll, text):
    for address in (PAGE, one(payroll)):
        page = auditor.get(address, {"as_at": text})

        assert page.status_code == 400
        (said,) = page.context["form"].errors["as_at"]
        assert said.startswith(f"“{text}” ")


def test_an_empty_history_has_an_empty_register(auditor):
    page = auditor.get(PAGE)

    assert "There was no activity at that moment." in page.content.decode()


@pytest.mark.parametrize(("words", "found"), [("o'brien", ["Payroll"]), ("paymaster", []), ("HR-1 pay", ["Payroll"])])
def test_the_search_is_over_the_frozen_records(auditor, payroll, words, found):
    page = auditor.get(PAGE, {"as_at": "2026-03-05", "q": words})

    assert names(page) == found
    assert ("No activity held these words" in page.content.decode()) == (not found)


def test_long_lists_are_paged_and_the_pages_keep_moment_and_words(auditor, payroll, monkeypatch):
    monkeypatch.setattr("registry.admin.as_at.PER_PAGE", 1)
    factories.activity(payroll.organisation, name="Zebra", reference="HR-2", description="wages")

    page = auditor.get(PAGE, {"q": "wages", "p": "2"})

    assert names(page) == ["Zebra"]
    assert 'href="?as_at=&amp;q=wages&amp;p=1"' in page.content.decode()


def test_several_organisations_are_told_apart(auditor, payroll):
    assert '<th scope="col">Organisation</th>' not in auditor.get(PAGE).content.decode()

    factories.organisation(name="Other")

    assert '<th scope="col">Organisation</th>' in auditor.get(PAGE).content.decode()


def test_an_activity_is_shown_with_all_that_it_referred_to_as_it_was(auditor, payroll):
    then = auditor.get(one(payroll), {"as_at": "2026-03-05T00:00"})
    now = auditor.get(one(payroll))

    words = ("O&#x27;Brien’s payroll", "Ten years", "HR-1 Payroll", "Fjord Foods AS")
    assert [word for word in words if word not in then.content.decode()] == []
    assert [word for word in words if word in now.content.decode()] == ["Fjord Foods AS"]
    moment = quote("2026-03-05T00:00:00Z", safe="")
    for extension in ("pdf", "csv"):
        address = reverse(f"admin:registry_processingactivity_{extension}", args=[payroll.pk])
        assert f'href="{address}?as_at={moment}"' in then.content.decode()
        assert f'href="{address}"' in now.content.decode()


def test_the_sections_stand_in_the_order_of_the_law(auditor, payroll):
    page = auditor.get(one(payroll), {"as_at": "2026-03-05T00:00"})

    letters = [section["article"] for section in page.context["sections"] if "30(1)" in section["article"]]
    assert letters == [f"GDPR Art. 30(1)({letter})" for letter in "abccdefg"]


def test_lists_with_particulars_are_tables_and_purposes_are_numbered(auditor, payroll):
    with change_set():
        system = models.System.objects.create(name="Till", hosting_country="NO")
        payroll.systems.create(system=system)
        for text in ("Paying", "Proving"):
            payroll.purposes.create(text=text)

    text = auditor.get(one(payroll)).content.decode()

    assert "<td>Till</td><td>Norway</td>" in text
    assert "<ol><li>Paying</li><li>Proving</li></ol>" in text


def test_what_nobody_was_asked_for_at_that_time_is_said_to_be_so(auditor, payroll, monkeypatch):
    from registry.record import loader

    stream = loader.stream_contents
    monkeypatch.setattr(
        loader,
        "stream_contents",
        lambda *given: ((pk, text.replace('"profiling":', '"former":')) for pk, text in stream(*given)),
    )

    page = auditor.get(one(payroll), {"as_at": "2026-03-05T00:00"})

    automated = next(section for section in page.context["sections"] if "22" in section["article"])
    assert [line["texts"] for line in automated["lines"]] == [("not recorded at that time",), ()]
    assert "<em>not recorded at that time</em>" in page.content.decode()


def test_a_deleted_activity_is_shown_as_it_was_and_said_to_be_gone_now(auditor, payroll):
    pk = payroll.pk
    with change_set():
        payroll.delete()
    address = reverse("admin:as_at_activity", args=[pk])

    then, now = auditor.get(address, {"as_at": "2026-03-05"}), auditor.get(address)

    assert (then.status_code, now.status_code) == (200, 404)
    assert "This activity was not in the register at that moment" in now.content.decode()
    assert "– <a href" not in then.content.decode()


def test_what_never_was_is_not_found(auditor):
    assert auditor.get(reverse("admin:as_at_activity", args=[77777])).status_code == 404


def test_one_record_is_downloaded_as_it_was(auditor, payroll):
    address = reverse("admin:registry_processingactivity_csv", args=[payroll.pk])

    then, now = (
        b"".join(auditor.get(address, asked).streaming_content).decode("utf-8-sig")
        for asked in ({"as_at": "2026-03-05T00:00:00Z"}, {})
    )

    assert [row["Name"] for text in (then, now) for row in csv.DictReader(io.StringIO(text, newline=""))] == [
        "Payroll",
        "Wages and salaries",
    ]
    pdf = auditor.get(
        reverse("admin:registry_processingactivity_pdf", args=[payroll.pk]), {"as_at": "2026-03-05T00:00:00Z"}
    )
    assert 'filename="record-fjord-foods-as-hr-1-2026-03-05.pdf"' in pdf["Content-Disposition"]
    assert b"".join(pdf.streaming_content).startswith(b"%PDF-")
    assert auditor.get(address, {"as_at": "2026-04-01"}).status_code == 404


def test_the_form_and_the_list_of_activities_lead_here(auditor, payroll):
    change = reverse("admin:registry_processingactivity_change", args=[payroll.pk])
    listed = reverse("admin:registry_processingactivity_changelist")

    assert f'href="{one(payroll)}"' in auditor.get(change).content.decode()
    assert f'href="{PAGE}"' in auditor.get(listed).content.decode()


def test_whoever_may_not_see_activities_sees_none_of_the_past(payroll):
    nobody = screens.client_of(factories.user())

    assert {nobody.get(address).status_code for address in (PAGE, one(payroll))} == {403}
    assert PAGE not in nobody.get(reverse("admin:index")).content.decode()


def test_the_pages_only_answer_to_reading(auditor, payroll):
    assert {auditor.post(address).status_code for address in (PAGE, one(payroll))} == {405}


@pytest.mark.parametrize("asked", [{}, {"as_at": (NOW - timedelta(seconds=1)).isoformat()}, {"q": "a"}])
def test_the_number_of_queries_does_not_grow_with_the_list(auditor, payroll, asked):
    def queries(number: int) -> int:
        with time_machine.travel(NOW - timedelta(hours=1), tick=True):
            for _ in range(number):
                activity = factories.activity(payroll.organisation)
                with change_set():
                    activity.legal_bases.create(stated_as="law")
        with CaptureQueriesContext(connection) as captured:
            auditor.get(PAGE, asked)
        return len(captured)

    queries(0)

    assert queries(1) == queries(2)
