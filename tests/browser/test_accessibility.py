"""Nothing serious stands in the way of people who see, hear or move differently: axe-core on the pages that matter.

What axe-core can judge is about half of WCAG 2.2 A and AA; the rest is for people to try.
"""

import pytest
from axe_playwright_python.base import AXE_FILE_PATH
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group

from registry import models
from tests.browser import pages
from tests.browser.chromium import NARROW
from tests.browser.import_pages import IMPORT_PAGES

pytestmark = pytest.mark.browser

RULES = {
    "light": {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"], "resultTypes": ["violations"]},
    "dark": {"runOnly": ["color-contrast", "link-in-text-block"], "resultTypes": ["violations"]},
}
"""By colour scheme: in the dark, colours alone are different."""

AXE = """async (options) => (await axe.run(document, options)).violations
    .filter((found) => ["serious", "critical"].includes(found.impact))
    .flatMap((found) => found.nodes.map((node) => `${found.id}: ${node.target.join(" ")}`))"""


def the_import(content):
    return f"/registry/import/{pages.planned_import(content).pk}/change/"


def version_of(thing):
    return f"/registry/{thing._meta.model_name}/{thing.pk}/history/{thing.history.first().pk}/"


def page_of(thing, view="change/"):
    return f"/registry/{thing._meta.model_name}/{thing.pk}/{view}"


def recipient():
    return pages.subject(models.Recipient)


def an_audit():
    return models.Audit.objects.earliest("pk")


def own_organisation():
    return models.Contact.objects.earliest("pk").organisation


def the_trend():
    """The trend with a line to draw: of two days."""
    models.GapCount.objects.get_or_create(
        day="2026-01-31",
        defaults={"change_set": 1, "records": 1, "critical": 1, "serious": 2, "minor": 3, "accepted": 4},
    )
    return "/trend/"


MAIN = {
    "overview": lambda: "/",
    "list": lambda: pages.LIST,
    "record": lambda: page_of(pages.full_activity()),
    "import with errors": lambda: the_import(pages.FAULTY),
}
FURTHER = {
    "new record": lambda: pages.ADD,
    "history of a record": lambda: page_of(pages.full_activity(), "history/"),
    "version of a record": lambda: version_of(pages.full_activity()),
    "deleting a record": lambda: page_of(pages.full_activity(), "delete/"),
    "recipients": lambda: "/registry/recipient/",
    "recipient": lambda: page_of(recipient()),
    "history of a recipient": lambda: page_of(recipient(), "history/"),
    "version of a recipient": lambda: version_of(recipient()),
    "organisation": lambda: page_of(own_organisation()),
    "unit": lambda: "/registry/organisationunit/add/",
    "upload": lambda: "/registry/import/add/",
    "import": lambda: the_import(pages.PLANNED),
    "imports": lambda: "/registry/import/",
    "import of entries": lambda: pages.RECIPIENT_IMPORT,
    "export of entries": lambda: "/registry/recipient/export/",
    "audits": lambda: "/registry/audit/",
    "audit": lambda: page_of(an_audit()),
    "new audit": lambda: "/registry/audit/add/",
    "sample of an audit": lambda: page_of(an_audit(), "sample/"),
    "findings": lambda: "/registry/finding/",
    "finding": lambda: page_of(an_audit().findings.earliest("pk")),
    "report of an audit": lambda: f"/reports/audit/?subject=audit:{an_audit().pk}",
    "reviews of recipients": lambda: "/registry/recipientreview/",
    "trainings": lambda: "/registry/training/",
    "reports": lambda: "/reports/",
    "report": lambda: "/reports/where-used/",
    "print view of a record": lambda: page_of(pages.full_activity(), "print/"),
    "taken reports": lambda: f"/registry/export/?q={pages.subject(models.Export).sha256}",
    "taken report": lambda: page_of(pages.subject(models.Export)),
    "audit pack": lambda: "/audit-pack/",
    "verify a file": lambda: "/verify-file/",
    "jobs": lambda: f"/jobs/?{pages.running_job().pk}",
    "job": lambda: f"/jobs/{pages.running_job().pk}/",
    "deadlines": lambda: "/deadlines/",
    "gaps": lambda: "/gaps/",
    "consequences": lambda: f"/consequences/?record={pages.consequence().record_key}",
    "consequence": lambda: f"/consequences/{pages.consequence().pk}/",
    "screening": lambda: f"/screening/{pages.full_activity().pk}/",
    "screening in print": lambda: f"/screening/{pages.full_activity().pk}/print/",
    "trend": lambda: the_trend(),
    "all legal bases": lambda: "/pictures/basis/",
    "all of a flow": lambda: "/pictures/flow-in/",
    "list behind a part of the flow": lambda: pages.LIST + "?country=US&recipients=processor",
    "transfers": lambda: "/registry/transfer/",
    "segments": lambda: "/registry/segment/",
    "segment review": lambda: "/segment-review/?show=all",
    "consent mechanism": lambda: f"/consent-mechanisms/{models.ConsentMechanism.objects.earliest('pk').pk}/",
    "register as at": lambda: "/as-at/?q=a",
    "record as at": lambda: f"/as-at/{pages.full_activity().pk}/",
    "comparison": lambda: "/comparison/?since=2026-01-01",
    "verification": lambda: "/verification/",
    "change sets": lambda: "/registry/changeset/",
    "change set": lambda: page_of(models.ChangeSet.objects.latest("pk")),
    "users": lambda: "/auth/user/",
    "account": lambda: page_of(get_user_model().objects.get(username="owner")),
    "role": lambda: page_of(Group.objects.earliest("pk")),
    "deleting a role": lambda: page_of(Group.objects.earliest("pk"), "delete/"),
    "entry of the law": lambda: page_of(models.LegalBasis.objects.earliest("pk")),
    "new system": lambda: "/registry/system/add/",
    "deleting an entry in use": lambda: page_of(
        models.DataCategory.objects.filter(parent=None).earliest("pk"), "delete/"
    ),
    "restoring a version": lambda: version_of(pages.full_activity()) + "restore/",
    "comparison of versions": lambda: page_of(pages.full_activity(), "history/compare/"),
    "nothing found": lambda: pages.LIST + "?q=nothing+is+called+this",
    "report of changes": lambda: "/reports/changes/",
    "what is required, in print": lambda: f"/consequences/print/?record={pages.consequence().record_key}",
    "password": lambda: "/password_change/",
    "no such page": lambda: "/nowhere/at/all/",
}


def judged(watched, scheme="light"):
    """What axe-core finds serious or critical on the page; the window must be one that bypasses the policy."""
    watched.page.add_script_tag(path=AXE_FILE_PATH)
    return watched.page.evaluate(AXE, RULES[scheme])


@pytest.fixture(scope="module")
def window(site):
    """Windows by account, colour scheme and size; each is opened once."""
    opened = {}

    def find(username, scheme="light", viewport=None):
        wanted = (username, scheme, viewport is not None)
        if wanted not in opened:
            options = {"viewport": viewport} if viewport else {}
            opened[wanted] = site.window(username, color_scheme=scheme, bypass_csp=True, **options)
        return opened[wanted]

    return find


@pytest.mark.parametrize(
    ("scheme", "barrier", "rule"),
    [
        ("light", "<textarea></textarea>", "label"),
        ("dark", "<p class='help'><span id='faint'>too faint</span></p>", "color-contrast"),
    ],
)
def test_a_barrier_is_noticed(window, scheme, barrier, rule):
    watched = window("admin", scheme)
    watched.page.goto("/reports/")

    watched.page.evaluate("(html) => document.querySelector('#content').insertAdjacentHTML('beforeend', html)", barrier)
    watched.page.add_style_tag(content="#faint { color: #333; background: #222 }")

    assert [found.partition(":")[0] for found in judged(watched, scheme)] == [rule]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", [*MAIN, *FURTHER])
def test_a_page_has_no_serious_barrier(window, name, scheme):
    watched = window("admin", scheme)
    watched.page.goto({**MAIN, **FURTHER}[name]())

    assert judged(watched, scheme) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", IMPORT_PAGES)
def test_a_page_of_an_import_has_no_serious_barrier_and_fits_a_small_screen(window, name, scheme):
    watched = window("admin", scheme)
    watched.page.goto(IMPORT_PAGES[name]())
    address = watched.page.url
    narrow = window("admin", scheme, viewport=NARROW)
    narrow.page.goto(address)

    assert (judged(watched, scheme), judged(narrow, scheme)) == ([], [])
    assert narrow.page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


@pytest.mark.parametrize("name", MAIN)
def test_a_main_page_has_no_serious_barrier_on_a_small_screen(window, name):
    watched = window("admin", viewport=NARROW)
    watched.page.goto(MAIN[name]())

    assert judged(watched) == []


@pytest.mark.parametrize("name", [name for name in MAIN if name != "import with errors"])
def test_a_main_page_has_no_serious_barrier_for_who_only_reads(window, name):
    watched = window("auditor")
    watched.page.goto(MAIN[name]())

    assert judged(watched) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_logging_in_has_no_serious_barrier(window, scheme):
    watched = window("", scheme)
    watched.page.goto("/login/")
    first = judged(watched, scheme)
    watched.page.fill("#id_username", "officer")
    watched.page.fill("#id_password", "a guess")
    watched.page.click("#login-form [type=submit]")

    assert (first, judged(watched, scheme)) == ([], [])


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_form_with_errors_and_new_rows_has_no_serious_barrier(window, scheme):
    watched = window("admin", scheme)
    watched.page.goto(pages.ADD)
    for group in ("purposes", "legal_bases", "recipients", "transfers"):
        watched.page.click(f"#{group}-group .add-row a")
    watched.page.click("input[name=_save]")
    watched.page.locator(".error-summary").wait_for()

    assert judged(watched, scheme) == []


@pytest.mark.parametrize("content", [pages.RECIPIENTS, pages.FAULTY_RECIPIENTS], ids=["planned", "with errors"])
def test_a_preview_of_entries_has_no_serious_barrier(window, content):
    watched = window("admin")
    watched.page.goto(pages.RECIPIENT_IMPORT)
    upload = {"name": "recipients.csv", "mimeType": "text/csv", "buffer": content}
    watched.page.set_input_files("#id_import_file", upload)
    watched.page.click(".submit-row [type=submit]")
    watched.page.locator(".results").first.wait_for()

    assert judged(watched) == []
