"""Whatever leaves through the browser is in the export log, with the SHA-256 of what was sent."""

import hashlib

import pytest
from django.urls import reverse
from pypdf import PdfReader

from registry import models
from registry.reports.signing import fingerprint
from registry.versioning.change_set import Channel
from registry.versioning.verifying import verify
from tests import factories
from tests.admin import screens

pytestmark = pytest.mark.django_db
LIST = "admin:registry_processingactivity_changelist"


@pytest.fixture
def auditor():
    return screens.client_of(screens.auditor(first_name="Ann", last_name="Auditor"))


@pytest.fixture
def activity():
    return factories.activity(factories.organisation(name="Fjord Foods AS"), name="Payroll", reference="A-1")


def sent(response):
    return b"".join(response.streaming_content) if response.streaming else response.content


def logged():
    return [
        (one.report, one.format, one.door, one.file_name, one.sha256, one.size) for one in models.Export.objects.all()
    ]


def named(response):
    return response["Content-Disposition"].split('"')[1]


@pytest.mark.parametrize("extension", ["pdf", "csv"])
@pytest.mark.parametrize(
    ("report", "door", "address"),
    [
        ("register", "reports", lambda pk: f"{reverse('admin:reports_register')}?format=" + "{}"),
        ("register", "list", lambda pk: reverse("admin:reports_activities", args=["{}"]).replace("%7B%7D", "{}")),
        ("record", "record", lambda pk: f"/registry/processingactivity/{pk}/" + "{}/"),
        ("changes", "comparison", lambda pk: "/comparison/{}/?since=2026-01-01&until="),
    ],
    ids=["register", "list", "record", "comparison"],
)
def test_a_download_is_logged_with_what_was_sent(report, door, address, extension, auditor, activity):
    response = auditor.get(address(activity.pk).format(extension))

    data = sent(response)
    assert logged() == [(report, extension, door, named(response), hashlib.sha256(data).hexdigest(), len(data))]
    assert verify().fault is None


def test_chosen_records_are_logged_with_their_keys(auditor, activity):
    other = factories.activity(activity.organisation, name="Other")
    posted = {"action": "download_selected_as_csv", "_selected_action": [activity.pk, other.pk]}

    response = auditor.post(reverse(LIST), posted)

    data = sent(response)
    line = models.Export.objects.get()
    assert (line.sha256, line.door) == (hashlib.sha256(data).hexdigest(), "list")
    assert sorted(line.facts.parameters["activities"]) == [activity.pk, other.pk]
    assert line.facts.parameters["filters"] == ["records selected by hand"]
    assert (line.change_set.channel, line.change_set.actor_name) == (Channel.EXPORT, "Ann Auditor")


def test_a_list_with_filters_is_logged_with_them_in_words(auditor, activity):
    sent(auditor.get(reverse("admin:reports_activities", args=["csv"]), {"q": "Payroll"}))

    assert models.Export.objects.get().facts.parameters["filters"] == ["search “Payroll”"]


def test_the_organisation_is_logged_by_its_name(auditor, activity):
    asked = {"format": "csv", "organisation": activity.organisation.pk}

    sent(auditor.get(reverse("admin:reports_register"), asked))

    assert models.Export.objects.get().facts.whose == "Fjord Foods AS"


@pytest.mark.parametrize(("kind", "format"), [("0", "csv"), ("1", "xlsx")])
def test_a_table_of_a_catalogue_is_logged(kind, format, auditor):
    factories.make(models.System, name="Till")
    columns = {"systemresource_name": "on"}

    response = auditor.post(
        reverse("admin:registry_system_export") + "?q=Till", {"format": kind, "resource": "0", **columns}
    )

    data = sent(response)
    assert logged() == [("system", format, "list", named(response), hashlib.sha256(data).hexdigest(), len(data))]
    line = models.Export.objects.get()
    assert (line.register_number, line.facts.parameters) == (1, {"filters": ["q: Till"]})
    assert verify().fault is None


def test_an_answer_without_a_body_takes_nothing_out(auditor, activity):
    response = auditor.head(reverse("admin:reports_register"), {"format": "csv"})

    assert (response.status_code, logged()) == (200, [])


def test_what_can_not_be_made_is_not_logged(auditor, activity):
    response = auditor.get(
        reverse("admin:reports_register"),
        {"format": "csv", "as_at": "2001-01-01", "organisation": activity.organisation.pk},
    )

    assert (response.status_code, logged()) == (400, [])


def test_what_can_not_be_logged_is_not_sent(auditor, activity, monkeypatch):
    def refuse(*args, **values):
        raise RuntimeError("the log is full")

    monkeypatch.setattr("registry.versioning.sealing.log_line", refuse)

    with pytest.raises(RuntimeError, match="the log is full"):
        auditor.get(reverse("admin:reports_register"), {"format": "csv"})
    assert (logged(), models.ChangeSet.objects.filter(channel=Channel.EXPORT).count()) == ([], 0)


def test_a_report_bears_the_fingerprint_of_the_signing_key(auditor, activity, tmp_path):
    (tmp_path / "register.pdf").write_bytes(sent(auditor.get(reverse("admin:reports_register"), {"format": "pdf"})))

    said = "".join(page.extract_text() for page in PdfReader(tmp_path / "register.pdf").pages)
    assert "Signing key" in said
    assert fingerprint() in "".join(said.split())
