"""No page breaks the content security policy, and no script of a page fails: every page, in a real browser."""

import pytest
from django.contrib import admin

from registry import models
from registry.admin.across import Across
from registry.jobs.workplace import Workplace
from tests.admin import screens
from tests.browser import import_pages, pages

pytestmark = pytest.mark.browser

REGISTERED = sorted(admin.site._registry, key=lambda model: model._meta.label)

NO_PAGE = {
    "process_import", "apply", "discard", "choices", "pick", "rows", "marked", "progress", "stop", "here",
}  # fmt: skip
"""Addresses of a model that take a POST and lead on, or answer with JSON."""

REFUSED = {
    ("ChangeSet", "add"): 403,
    ("ChangeSet", "delete"): 403,
    ("ChangeSet", "undo"): 403,  # that of one that imported nothing: a test of its own
    ("Import", "delete"): 403,
    ("Import", "undo"): 404,  # that of one that was never applied: a test of its own
    ("SavedMapping", "add"): 403,
    ("Export", "add"): 403,
    ("Export", "delete"): 403,
    ("LegalBasis", "delete"): 403,  # that of a statute
}
"""What nobody may do; the page that says so is a page too."""

ON_THE_SITE = {
    "index": "/",
    "login": "/login/",
    "password_change": "/password_change/",
    "password_change_done": "/password_change/done/",
    "reports": "/reports/",
    "jobs": "/jobs/",
    "verify_file": "/verify-file/",
    "audit_sample": "/registry/audit/1/sample/",
    "audit_pack": "/audit-pack/",
    "audit_pack_download": None,
    "job": None,  # of a person: a test of its own
    "job_status": None,  # JSON
    "job_cancel": None,  # leads on
    "job_file": None,
    "verification": "/verification/",
    "deadlines": "/deadlines/",
    "gaps": "/gaps/",
    "trend": "/trend/",
    "all_parts": "/pictures/flow-in/",
    "gap": None,  # depends on a record: see the test of accessibility
    "consequences": "/consequences/?state=all",
    "consequences_print": "/consequences/print/?state=all",
    "consequence": None,  # depends on a change: see the test of accessibility
    "screening": "/screening/1/",
    "screening_print": "/screening/1/print/",
    "segment_review": "/segment-review/?show=all",
    "consent_mechanism": "/consent-mechanisms/1/",
    "calendar_address": None,  # leads on
    "calendar": None,  # a calendar for other programs
    "as_at": "/as-at/?as_at=2026-01-01",
    "as_at_activity": "/as-at/1/",
    "register_comparison": "/comparison/?since=2026-01-01",
    "app_list": "/registry/",
    "logout": None,  # its page follows a click: a test of its own
    "autocomplete": None,  # JSON
    "jsi18n": None,  # a script
    "reports_register": "/reports/register/",
    "report": "/reports/where-used/",
    "reports_activities": None,
    "registry_processingactivity_pdf": None,
    "registry_processingactivity_csv": None,
    "registry_processingactivity_html": None,
    "registry_processingactivity_print": "/registry/processingactivity/1/print/",
    "registry_processingactivity_xlsx": None,
    "registry_processingactivity_json": None,
    "registry_processingactivity_jsonld": None,
    "register_comparison_download": None,
}
"""Every address that is no model's: where its page is, or that it has none."""


@pytest.fixture(scope="module")
def watched(site):
    """A page in which the administrator is logged in: nobody sees more."""
    return site.window("admin")


def test_a_violation_is_noticed(watched):
    watched.visit("/")

    watched.page.evaluate("document.body.append(Object.assign(document.createElement('style'), {textContent: 'a {}'}))")

    assert [said for said in watched.complaints() if said.startswith("style-src-elem: inline")]


def test_every_address_of_the_site_is_known_to_these_tests():
    assert pages.names_of_the_site() == set(ON_THE_SITE)


@pytest.mark.parametrize("model", REGISTERED, ids=lambda model: model.__name__)
def test_no_page_about_a_model_breaks_the_policy(watched, model):
    complaints = {}
    model_admin = admin.site.get_model_admin(model)
    for name, address in screens.addresses(model_admin, pages.subject(model)):
        if name not in NO_PAGE:
            complaints[name] = watched.visit(address, status=REFUSED.get((model.__name__, name), 200))

    assert {name: said for name, said in complaints.items() if said} == {}
    further = set() if isinstance(model_admin, Across) else {"add", "change", "delete", "history"}
    assert {"changelist", *further} <= set(complaints)


@pytest.mark.parametrize("address", sorted(address for address in ON_THE_SITE.values() if address))
def test_no_page_of_the_site_breaks_the_policy(watched, address):
    assert watched.visit(address) == []


@pytest.mark.parametrize(
    "address",
    [
        pages.LIST + "?q=customer’s+order&status=approved",
        pages.LIST + "?q=nothing+is+called+this",
        "/registry/recipient/add/?_popup=1&_to_field=id",
        "/registry/changeset/?channel__exact=import",
    ],
)
def test_no_variant_of_a_page_breaks_the_policy(watched, address):
    assert watched.visit(address) == []


def test_the_page_of_a_job_keeps_to_the_policy_and_follows_it_to_its_end(watched):
    job = pages.running_job()
    assert watched.visit(f"/jobs/{job.pk}/") == []

    Workplace(job.pk).tell(3, 4)
    watched.page.locator("progress[value='75']").wait_for()
    models.Job.objects.filter(pk=job.pk).update(state="failed", error="No organisation.")
    watched.page.get_by_text("It failed. No organisation.").wait_for()

    assert watched.complaints() == []
    assert watched.page.locator("progress").count() == 0


def test_correcting_how_a_file_is_read_shows_its_effect_within_the_policy(site):
    found = pages.planned_import(pages.FOREIGN)
    officer = site.window("officer")
    assert officer.visit(f"/registry/import/{found.pk}/mapping/") == []

    officer.page.select_option("select[name='s0-c4']", "tags")
    officer.page.locator("#effect dt", has_text="Tags").wait_for()

    assert officer.complaints() == []


def test_a_page_that_is_not_there_keeps_to_the_policy(watched):
    assert watched.visit("/registry/nowhere/", status=404) == []


def test_a_mistake_of_the_server_keeps_to_the_policy(watched, monkeypatch):
    monkeypatch.setattr("registry.admin.reports.REPORTS", None)

    complaints = watched.visit("/reports/", status=500)

    assert complaints == []
    assert watched.page.locator("h1").inner_text() == "The server made a mistake"


def test_pages_for_those_who_are_not_logged_in_keep_to_the_policy(site):
    stranger = site.window()

    complaints = [stranger.visit(address) for address in ("/login/", "/?next=/reports/")]
    stranger.page.fill("#id_username", "officer")
    stranger.page.fill("#id_password", "a guess")
    stranger.page.click("#login-form [type=submit]")

    assert (complaints, stranger.complaints()) == ([[], []], [])


def test_a_form_that_has_expired_keeps_to_the_policy(site):
    stranger = site.window()
    stranger.visit("/login/")
    stranger.page.context.clear_cookies()

    stranger.page.fill("#id_username", "officer")
    stranger.page.fill("#id_password", "a guess")
    stranger.page.click("#login-form [type=submit]")

    assert stranger.complaints(status=403) == []
    assert stranger.page.locator("h1").inner_text() == "This page has expired"


def test_logging_out_keeps_to_the_policy(site):
    leaving = site.window("auditor")
    leaving.visit("/")

    leaving.page.click("#logout-form button")

    assert leaving.complaints() == []
    assert leaving.page.url == site.at("/logout/")


@pytest.mark.parametrize("content", [pages.PLANNED, pages.FAULTY], ids=["planned", "with errors"])
def test_previews_of_an_import_keep_to_the_policy(watched, content):
    upload = pages.planned_import(content)

    assert watched.visit(f"/registry/import/{upload.pk}/change/") == []


def test_an_import_that_is_decided_keeps_to_the_policy(watched):
    upload = pages.planned_import()
    watched.visit(f"/registry/import/{upload.pk}/change/")

    watched.page.click("input[value=Apply]")

    assert watched.complaints() == []
    assert models.Import.objects.get(pk=upload.pk).state == "applied"


@pytest.mark.parametrize("name", import_pages.IMPORT_PAGES)
def test_every_page_of_an_import_keeps_to_the_policy(watched, name):
    assert watched.visit(import_pages.IMPORT_PAGES[name]()) == []


def test_an_import_at_work_is_followed_to_its_result_within_the_policy(watched):
    upload = import_pages.at_work()
    assert watched.visit(f"/registry/import/{upload.pk}/change/") == []

    Workplace(upload.job_id).tell(75, 100, "Writing the history: record 9 of 12")
    watched.page.locator("progress[value='75']").wait_for()
    watched.page.get_by_text("Writing the history: record 9 of 12").wait_for()
    done = import_pages.applied("Keys cut")
    state = {"state": "applied", "change_set": done.change_set_id}
    models.Import.objects.filter(pk=upload.pk).update(**state)
    models.Job.objects.filter(pk=upload.job_id).update(state="done")
    watched.page.get_by_text("Undo this import").wait_for()

    assert watched.complaints() == []


def test_an_import_at_work_is_followed_without_scripts(site):
    window = site.window("admin", java_script_enabled=False)
    upload = import_pages.at_work()
    window.page.goto(f"/registry/import/{upload.pk}/change/")
    assert window.page.get_by_text("Writing: record 1,000 of 2,500").is_visible()

    models.Job.objects.filter(pk=upload.job_id).update(state="cancelled")
    window.page.get_by_text("It was cancelled. Nothing was written.").wait_for()


def test_an_encoding_shows_its_effect_at_once_within_the_policy(site):
    data = "Nr.;Bezeichnung;Zweck;Empfänger\n1;Zażółć;Abrechnung;Łódź\n".encode("cp1250", "replace")
    found = pages.planned_import(data)
    officer = site.window("officer")
    assert officer.visit(f"/registry/import/{found.pk}/mapping/") == []

    officer.page.select_option("#id_encoding", "cp1250")
    officer.page.locator("#effect h3", has_text="Zażółć").wait_for()

    assert officer.complaints() == []


@pytest.mark.parametrize("content", [pages.RECIPIENTS, pages.FAULTY_RECIPIENTS], ids=["planned", "with errors"])
def test_previews_of_entries_keep_to_the_policy(watched, content):
    watched.visit(pages.RECIPIENT_IMPORT)
    watched.page.set_input_files(
        "#id_import_file", {"name": "recipients.csv", "mimeType": "text/csv", "buffer": content}
    )

    watched.page.click(".submit-row [type=submit]")

    assert watched.complaints() == []
    assert watched.page.locator(".results").first.is_visible()


def test_pickers_new_rows_and_the_theme_keep_to_the_policy(watched):
    watched.visit(f"{pages.LIST}{pages.full_activity().pk}/change/")

    watched.page.click(".theme-toggle")
    watched.page.click("#recipients-group .add-row a")
    watched.page.locator("#recipients-group .row:not(.empty-form) [role=combobox]").last.click()
    watched.page.locator(".select2-results__option").first.wait_for()

    assert watched.complaints() == []
