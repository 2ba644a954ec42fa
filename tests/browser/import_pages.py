"""Every page of an import in every state, for the tests that look at them in a browser."""

from collections.abc import Callable
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from registry import models
from registry.imports.uploaded import seen
from registry.jobs.workplace import Workplace
from registry.versioning.change_set import last_number
from registry.versioning.writing import change_set
from tests.browser import pages
from tests.imports.tables import as_csv

WORDS = as_csv(
    ["Nr.", "Bezeichnung", "Zweck", "Betroffene", "Empfänger", "Farbe"],
    ["1", "Kundenkarte", "Kunden binden", "Customer; Leser", "The card’s printer", "rot"],
)
SHEETS_LOST = as_csv(["Seen in March"], ["by us"])


def _address(upload: models.Import, view: str = "change") -> str:
    return reverse(f"admin:registry_import_{view}", args=[upload.pk])


def _with_job(state: str, *, kind: str = "apply-import", error: str = "") -> models.Import:
    upload = pages.planned_import()
    job = models.Job.objects.create(
        kind=kind, title="Importing", asked_by=upload.uploaded_by, asked_by_name="Olga", state=state, error=error
    )
    Workplace(job.pk).prepare()
    models.Import.objects.filter(pk=upload.pk).update(job=job)
    upload.refresh_from_db()
    return upload


def at_work() -> models.Import:
    """An import that a worker applies, some rows done."""
    upload = _with_job("running")
    Workplace(upload.job_id).show_life()
    Workplace(upload.job_id).tell(40, 100, "Writing: record 1,000 of 2,500")
    return upload


def unread() -> models.Import:
    """An import whose file a worker could not read."""
    upload = _with_job("failed", kind="plan-import", error="Line 2 of the file holds the byte 0x81.")
    models.Import.objects.filter(pk=upload.pk).update(counts={})
    return upload


def in_conflict() -> models.Import:
    """An edited export of a record that has been changed since."""
    activity = pages.full_activity()
    number = last_number()
    with change_set(reason="A correction"):
        activity.description = f"{activity.description} Corrected."
        activity.save()
    columns = ["Reference", "Name", "Description", "Change set"]
    return pages.planned_import(as_csv(columns, [activity.reference, activity.name, "Edited", str(number)]))


def applied(name: str = "Valet parking") -> models.Import:
    """An import that was applied."""
    name = f"{name} {last_number()}"
    upload = pages.planned_import(as_csv(["Name", "Our role"], [name, "Controller"], [f"{name}, two", "Controller"]))
    pages.officer().post(_address(upload, "apply"), {"seen": seen(upload)})
    upload.refresh_from_db()
    assert upload.state == "applied"
    return upload


def touched() -> models.Import:
    """An import that was applied, and whose record somebody has changed since."""
    upload = applied("Shoe repairs")
    with change_set(reason="A correction"):
        activity = models.ProcessingActivity.objects.filter(name__startswith="Shoe repairs").latest("pk")
        activity.description = "Corrected."
        activity.save()
    return upload


def undone() -> models.Import:
    """An import that was undone."""
    upload = applied("Gift wrapping")
    pages.officer().post(_address(upload, "undo"), {"seen": last_number(), "change_reason": "The wrong file"})
    upload.refresh_from_db()
    assert upload.state == "undone"
    return upload


def entries() -> models.ChangeSet:
    """The change set of an import of recipients."""
    client: Any = pages.officer()
    file = SimpleUploadedFile("recipients.csv", as_csv(["Name", "Country"], [f"Carrier {last_number()}", "Norway"]))
    token = client.post(pages.RECIPIENT_IMPORT, {"import_file": file}).context["upload"]
    client.post("/registry/recipient/process_import/", {"upload": token})
    return models.ChangeSet.objects.filter(channel="import").latest("pk")


IMPORT_PAGES: dict[str, Callable[[], str]] = {
    "mapping": lambda: _address(pages.planned_import(pages.FOREIGN), "mapping"),
    "plan with conflicts": lambda: _address(in_conflict()) + "?rows=outrun",
    "without a table": lambda: _address(pages.planned_import(SHEETS_LOST)),
    "words": lambda: _address(pages.planned_import(WORDS), "words"),
    "at work": lambda: _address(at_work()),
    "no worker": lambda: _address(_with_job("waiting")),
    "a dead worker": lambda: _address(_with_job("running")),
    "not read": lambda: _address(unread()),
    "not applied": lambda: _address(_with_job("failed", error="The register has changed.")),
    "result": lambda: _address(applied()),
    "undoing": lambda: _address(touched(), "undo"),
    "undone": lambda: _address(undone()),
    "words to match": lambda: reverse("admin:registry_import_match"),
    "saved mappings": lambda: reverse("admin:registry_savedmapping_changelist"),
    "import of entries": lambda: reverse("admin:registry_changeset_change", args=[entries().pk]),
    "undoing an import of entries": lambda: reverse("admin:registry_changeset_undo", args=[entries().pk]),
}
"""By name: what makes the page, and returns its address."""
