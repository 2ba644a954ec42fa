import io
import zipfile
from datetime import UTC, datetime

import pytest
from django.contrib.auth.models import Permission
from django.urls import reverse

from registry import models
from registry.models.job import Job
from registry.reports.signing import fingerprint
from registry.versioning.export_log import note_export
from registry.versioning.writing import change_set
from tests import factories
from tests.admin import screens
from tests.jobs.work import run

pytestmark = pytest.mark.django_db
PAGE = reverse("admin:audit_pack")
DOWNLOAD = reverse("admin:audit_pack_download")


@pytest.fixture(autouse=True)
def _folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    settings.SIGNING_KEY_FILE = tmp_path / "key.pem"


@pytest.fixture
def auditor():
    return screens.client_of(screens.auditor(first_name="Ann", last_name="Auditor"))


@pytest.fixture
def organisation():
    made = factories.organisation(name="Fjord Foods AS")
    factories.activity(made, name="Payroll")
    return made


def packed(response):
    return zipfile.ZipFile(io.BytesIO(b"".join(response.streaming_content)))


def test_the_page_proposes_a_year_and_shows_the_fingerprint(auditor, organisation):
    page = auditor.get(PAGE)

    said = page.content.decode()
    assert fingerprint() in said
    assert (datetime.now(UTC) - page.context["form"].initial["since"]).days == 365


def test_an_auditor_takes_a_pack(auditor, organisation):
    asked = {"organisation": organisation.pk, "since": "2026-01-01T00:00", "as_at": ""}

    response = auditor.get(DOWNLOAD, asked)

    assert response["Content-Disposition"].startswith('attachment; filename="audit-pack-fjord-foods-as-')
    with packed(response) as pack:
        assert {"changes.pdf", "history.jsonl", "verify.py"} <= set(pack.namelist())
    line = models.Export.objects.get()
    assert (line.report, line.door, line.facts.whose) == ("pack", "reports", "Fjord Foods AS")
    assert line.change_set.actor_name == "Ann Auditor"


def test_a_large_one_is_left_to_a_worker(auditor, organisation, settings):
    settings.LONG_REPORT_SECONDS = 0

    response = auditor.get(DOWNLOAD, {"since": "2026-01-01T00:00"})

    job = Job.objects.get()
    title = "Audit pack · since 1 January 2026, 00:00:00 UTC"
    assert (response["Location"], job.title) == (reverse("admin:job", args=[job.pk]), title)
    assert run(job).state == "done"
    with packed(auditor.get(reverse("admin:job_file", args=[job.pk]))) as pack:
        assert "manifest.sig" in pack.namelist()


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"since": "yesterday"}, "is no moment"),
        ({"as_at": "2001-01-01", "organisation": "own"}, "not in the register yet"),
        ({"as_at": "2026-01-01", "since": "2026-02-01"}, "has to lie before"),
    ],
)
def test_what_can_not_be_packed_says_why(asked, said, auditor, organisation):
    asked = {name: organisation.pk if value == "own" else value for name, value in asked.items()}

    page = auditor.get(DOWNLOAD, asked)

    assert (page.status_code, said in page.content.decode(), models.Export.objects.count()) == (400, True, 0)


def test_without_a_key_the_page_says_so_and_no_pack_is_made(auditor, organisation, settings, tmp_path):
    settings.SIGNING_KEY_FILE = tmp_path / "absent" / "key.pem"

    page = auditor.get(PAGE)
    refused = auditor.get(DOWNLOAD)

    assert "set SIGNING_KEY_FILE to a place where it may" in page.content.decode()
    assert (refused.status_code, "set SIGNING_KEY_FILE" in refused.content.decode()) == (400, True)


def test_a_key_that_others_can_read_is_warned_of(auditor, settings):
    fingerprint()
    settings.SIGNING_KEY_FILE.chmod(0o644)

    assert "set its mode to 0600" in auditor.get(PAGE).content.decode()


def test_another_key_than_that_of_the_last_pack_is_warned_of(auditor):
    def warned():
        return "The last pack was signed with another key" in auditor.get(PAGE).content.decode()

    with change_set():
        note_export(factories.export_facts(report="pack", key=fingerprint()))
    assert not warned()
    with change_set():
        note_export(factories.export_facts(report="pack", key="ab" * 32))
    assert warned()


@pytest.mark.parametrize("seen", [(), ("view_processingactivity",), ("view_changeset",)])
def test_whoever_may_not_see_both_activities_and_history_is_refused(seen):
    person = factories.user()
    person.user_permissions.set(Permission.objects.filter(codename__in=seen))
    client = screens.client_of(person)

    assert [client.get(address).status_code for address in (PAGE, DOWNLOAD)] == [403, 403]
    if seen == ("view_processingactivity",):
        assert PAGE not in client.get(reverse("admin:reports")).content.decode()
