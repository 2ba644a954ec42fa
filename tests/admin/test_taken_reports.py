from datetime import UTC, datetime

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from registry import models
from registry.versioning.export_log import note_export
from registry.versioning.writing import change_set
from tests import factories
from tests.admin import screens

pytestmark = pytest.mark.django_db
LIST = reverse("admin:registry_export_changelist")


def take(actor=None, **facts):
    with change_set(actor=actor):
        note_export(factories.export_facts(**facts))
    return models.Export.objects.first()


def page_of(export):
    return screens.client_of(screens.auditor()).get(reverse("admin:registry_export_change", args=[export.pk]))


def cells(page):
    return [
        [str(cell) for cell in (row.change_set.actor_name, row.file_name)] for row in page.context["cl"].result_list
    ]


def test_the_list_says_who_took_what_when_and_limited_to_what():
    ann = factories.user(first_name="Ann", last_name="Auditor")
    with time_machine.travel(datetime(2026, 11, 22, 12, 30, tzinfo=UTC), tick=False):
        take(ann, whose="O'Brien & Sons", parameters={"filters": ["role controller"], "activities": [4, 8]})

    page = screens.client_of(screens.auditor()).get(LIST)

    said = page.content.decode()
    wanted = [
        "22 November 2026, 12:30",
        "Ann Auditor",
        "register-2026-11-22.pdf",
        "Register, PDF",
        "O&#x27;Brien &amp; Sons; 2 records; role controller",
        "change set #1",
        "1.2 KB",
        "reports page",
    ]
    assert [text for text in wanted if text in said.replace("\xa0", " ")] == wanted


def test_it_is_found_by_its_digest_by_person_and_by_what_it_was_limited_to():
    take(factories.user(username="ane"), file_name="a.pdf", sha256="1a" * 32)
    take(factories.user(username="bob"), file_name="b.pdf", parameters={"filters": ["tag payroll"]})
    client = screens.client_of(screens.auditor())

    found = {words: cells(client.get(LIST, {"q": words})) for words in ("1a" * 32, "bob", "payroll", "nothing")}

    assert found == {
        "1a" * 32: [["ane", "a.pdf"]],
        "bob": [["bob", "b.pdf"]],
        "payroll": [["bob", "b.pdf"]],
        "nothing": [],
    }


def test_the_list_filters_by_report_format_door_and_person():
    take(factories.user(username="ane"), file_name="a.pdf")
    take(factories.user(username="bob"), file_name="b.csv", format="csv", report="changes", door="comparison")
    client = screens.client_of(screens.auditor())

    for asked in (
        {"report": "changes"},
        {"format": "csv"},
        {"door__exact": "comparison"},
        {"change_set__actor_name": "bob"},
    ):
        assert cells(client.get(LIST, asked)) == [["bob", "b.csv"]], asked


def test_the_filters_name_reports_by_their_titles_in_the_order_of_these():
    take(report="where-used", format="csv")
    take(report="register", format="xlsx")
    take(report="pack", format="zip")
    client = screens.client_of(screens.auditor())

    page = client.get(LIST)

    shown = {one.title: list(one.choices(page.context["cl"])) for one in page.context["cl"].filter_specs}
    assert [choice["display"] for choice in shown["report"]] == [
        "All", "Audit pack", "Register", "Where something is used",
    ]  # fmt: skip
    assert [choice["display"] for choice in shown["format"]] == ["All", "CSV", "XLSX", "ZIP"]
    chosen = client.get(LIST + shown["report"][2]["query_string"])
    assert [one.report for one in chosen.context["cl"].result_list] == ["register"]


def test_an_export_says_all_that_is_sealed_of_it():
    export = take(
        files={"register.pdf": "1b" * 32},
        key="2c" * 32,
        records=3,
        parameters={"since": "2026-01-01T00:00:00+00:00", "language": "en"},
    )

    said = page_of(export).content.decode()

    wanted = [
        "ab" * 32,
        "register.pdf <code>" + "1b" * 32,
        "2c" * 32,
        "cd" * 32,
        "changes: since 1 January 2026, 00:00:00 UTC",
        "language: en",
        "22 November 2026, 12:00:00 UTC",
        f'<a href="/registry/changeset/{export.pk}/change/">#{export.pk}</a>',
    ]
    assert [text for text in wanted if text in said] == wanted


def test_one_of_the_whole_register_says_so():
    said = page_of(take(head="")).content.decode()

    assert [text for text in ("the whole register", "not signed") if text in said] == [
        "the whole register",
        "not signed",
    ]


def test_an_empty_list_says_what_belongs_there():
    page = screens.client_of(screens.auditor()).get(LIST)

    assert "Every file that is taken out of the register appears here" in page.content.decode()


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_needs_the_same_queries_whatever_its_length(number):
    for _ in range(number):
        take(factories.user())
    client = screens.client_of(screens.auditor())
    client.get(LIST)

    with CaptureQueriesContext(connection) as queries:
        client.get(LIST)

    assert len(queries) == 11


def test_whoever_may_not_see_it_is_refused():
    client = screens.client_of(factories.user())

    assert client.get(LIST).status_code == 403


def test_the_last_is_the_first_of_the_list():
    take(file_name="a.pdf")
    take(file_name="b.pdf")

    assert [name for _, name in cells(screens.client_of(screens.auditor()).get(LIST))] == ["b.pdf", "a.pdf"]


@pytest.mark.parametrize(
    ("report", "title"),
    [
        ("changes", "What changed, PDF"),
        ("pack", "Audit pack, PDF"),
        ("history", "History, PDF"),
        ("recipient", "Recipients, PDF"),
        ("forgotten", "forgotten, PDF"),
    ],
)
def test_each_kind_of_report_is_called_by_its_name(report, title):
    assert title in page_of(take(report=report)).content.decode()


def test_the_change_set_of_an_export_names_the_file_and_leads_to_its_page():
    export = take()
    client = screens.client_of(screens.auditor())

    for address in (
        reverse("admin:registry_changeset_changelist"),
        reverse("admin:registry_changeset_change", args=[export.pk]),
    ):
        said = client.get(address).content.decode()
        wanted = (
            f'<a href="/registry/export/{export.pk}/change/">register-2026-11-22.pdf</a>, SHA-256 abababababababab…'
        )
        assert wanted in said


def test_what_a_report_is_about_is_named_also_where_it_was_deleted():
    activity = factories.activity(factories.organisation(), reference="A-1", name="Payroll")
    gone = factories.make(models.Recipient, name="Parcel service")
    for subject in (f"activity:{activity.pk}", f"recipient:{gone.pk}", "country:US", "system:99"):
        take(factories.user(), parameters={"subject": subject})
    with change_set():
        gone.delete()

    client = screens.client_of(screens.auditor())
    said = client.get(LIST).content.decode()
    pages = [page_of(export).content.decode() for export in models.Export.objects.all()]

    for name in ("A-1 Payroll", "Parcel service", "United States", "system:99"):
        assert name in said
        assert any(name in page for page in pages)
    assert f"activity:{activity.pk}" not in said


def test_the_queries_of_the_list_do_not_depend_on_how_many_things_its_reports_are_about():
    organisation = factories.organisation()
    client = screens.client_of(screens.auditor())
    asked = []
    for _time in range(3):
        activity = factories.activity(organisation)
        take(factories.user(), parameters={"subject": f"activity:{activity.pk}"})
        with CaptureQueriesContext(connection) as queries:
            client.get(LIST)
        asked.append(len(queries))

    assert asked[1] == asked[2]
