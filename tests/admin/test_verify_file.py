import hashlib

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from registry import models
from registry.versioning.history_file import SCRIPT
from tests import factories
from tests.admin import screens
from tests.versioning.tampering import tampering

pytestmark = pytest.mark.django_db
PAGE = reverse("admin:verify_file")


@pytest.fixture
def auditor():
    return screens.client_of(screens.auditor(first_name="Ann", last_name="Auditor"))


@pytest.fixture
def report(auditor):
    factories.activity(factories.organisation(name="Fjord Foods AS"), name="O'Brien's payroll")
    return b"".join(auditor.get(reverse("admin:reports_register"), {"format": "json"}).streaming_content)


def given(client, content, name="report.json", **headers):
    return client.post(PAGE, {"file": SimpleUploadedFile(name, content)}, **headers)


def said(page):
    return " ".join(page.content.decode().split())


def test_a_report_of_this_register_is_told_with_who_took_it_and_when(auditor, report):
    page = given(auditor, report)

    line = models.Export.objects.get()
    wanted = [
        "This register produced this file",
        f'<a href="/registry/export/{line.pk}/change/">{line.file_name}</a>',
        "Ann Auditor",
        "after change set #2",
        "change set #3",
        hashlib.sha256(report).hexdigest(),
    ]
    assert [text for text in wanted if text not in said(page)] == []
    assert (page.status_code, models.ChangeSet.objects.count()) == (200, 3)


def test_an_altered_report_is_told_with_the_change_set_that_it_names(auditor, report):
    name = models.Export.objects.get().file_name
    page = given(auditor, report.replace(b"payroll", b"payrolL"), name)

    wanted = ["was never produced here as it is", "It names change set #2 of this register", "Files of this name"]
    assert [text for text in wanted if text not in said(page)] == []


def test_a_file_from_elsewhere_is_told(auditor, report):
    assert "This register does not know this file" in said(given(auditor, b"x", "<b>.txt"))


def test_a_file_out_of_a_pack_is_told_with_the_pack(auditor, report):
    pack = given(auditor, b"".join(auditor.get(reverse("admin:audit_pack_download")).streaming_content), "pack.zip")
    part = given(auditor, SCRIPT.read_bytes())

    assert "This register produced this file" in said(pack)
    assert "is part of an audit pack" in said(part)
    assert "› verify.py" in said(part)


def test_an_altered_history_is_told_with_what_does_not_hold(auditor, report):
    assert "The line that ends the file is missing" in said(
        given(auditor, b'{"history":"x","form":1}\n', "history.jsonl")
    )


def test_an_entry_that_can_not_be_relied_on_leads_to_the_verification(auditor, report):
    with tampering():
        models.Export.objects.update(file_name="other.json")
        page = given(auditor, report)

    assert ("was altered: its file was" in said(page), 'href="/verification/"' in said(page)) == (True, True)


def test_nothing_and_too_much_is_refused_with_the_remedy(auditor, settings):
    settings.VERIFY_MAX_BYTES = 10

    answers = [given(auditor, b""), given(auditor, b"x" * 11), auditor.post(PAGE)]

    assert [page.status_code for page in answers] == [400, 400, 400]
    assert ["The file is empty" in said(answers[0]), "Use the command verify_file" in said(answers[1])] == [True, True]


def test_the_page_says_what_it_is_for_and_shows_the_key(auditor):
    assert "Is this file ours, and as it was?" in said(auditor.get(PAGE))


def test_whoever_may_not_see_the_log_is_refused(report):
    client = screens.client_of(factories.user())

    assert [client.get(PAGE).status_code, given(client, report).status_code] == [403, 403]
