"""Where the pages are: objects of the demo register to show, files to import, and the addresses of the site itself."""

from typing import Any

from django.contrib import admin
from django.contrib.auth import get_user_model
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import URLPattern, reverse

from registry import models
from registry.jobs.workplace import Workplace
from registry.versioning.writing import change_set
from tests.admin.screens import client_of
from tests.imports.tables import as_csv

LIST = "/registry/processingactivity/"
ADD = "/registry/processingactivity/add/"
RECIPIENT_IMPORT = "/registry/recipient/import/"

PLANNED = as_csv(
    ["Reference", "Name", "Our role", "Purposes", "Recipients"],
    ["SHOP-1", "Loyalty card", "Controller", "Running the loyalty card", '"The card’s printer"'],
    ["SHOP-2", "Parking at the shop", "Controller", "Letting customers park", ""],
)
FAULTY = as_csv(
    ["Reference", "Name", "Our role", "Began on"],
    ["SHOP-1", "Loyalty card", "Controller", "2026-02-31"],
    ["SHOP-2", "", "Conductor", ""],
)
FOREIGN = as_csv(
    ["Nr.", "Bezeichnung", "Zweck", "Betroffene", "Farbe"],
    ["1", "Kundenkarte", "Kunden binden", "Kunden", "rot"],
)
RECIPIENTS = as_csv(["Name", "Country"], ["Parcel carrier of the north", "Norway"])
FAULTY_RECIPIENTS = as_csv(["Name", "Country"], ["Parcel carrier of the north", "Atlantis"])


def officer() -> Client:
    """A client in which the demo's privacy officer is logged in."""
    return client_of(get_user_model().objects.get(username="officer"))


def full_activity() -> models.ProcessingActivity:
    """The demo's record with the most rows: approved, with transfers, and with special categories of data."""
    return max(
        models.ProcessingActivity.objects.filter(status="approved", transfers__isnull=False).distinct(),
        key=lambda activity: (activity.recipients.count() + activity.data_categories.count(), activity.pk),
    )


def subject(model: type[Any]) -> Any:
    """An object of the demo register to show a model's pages with."""
    if model is models.ProcessingActivity:
        return full_activity()
    if model is models.Recipient:
        return models.ActivityRecipient.objects.exclude(recipient=None).earliest("pk").recipient
    if model is models.Import:
        return planned_import()
    if model is models.Export:
        return taken_report()
    if model is models.SavedMapping:
        saved = {"fingerprint": "0" * 64, "mapping": {}, "saved_by_name": "Olga Officer"}
        return models.SavedMapping.objects.get_or_create(name="From the town hall", defaults=saved)[0]
    return model._default_manager.order_by("pk").first()


def taken_report() -> models.Export:
    """A report that the officer has taken."""
    answer = officer().get(reverse("admin:reports_activities", args=["csv"]), {"q": "customer"})
    assert b"".join(answer.streaming_content)  # type: ignore[attr-defined]
    return models.Export.objects.latest("pk")


def consequence() -> models.ChangeConsequence:
    """What a change of an approved record of the demo requires; the change is made where there is none yet."""
    found = models.ChangeConsequence.objects.first()
    if found is None:
        activity = models.ProcessingActivity.objects.filter(status="approved", role="controller").earliest("pk")
        with change_set(reason="for a test"):
            models.Purpose.objects.create(activity=activity, text="Planning of staff")
        found = models.ChangeConsequence.objects.earliest("pk")
    return found


def running_job() -> models.Job:
    """A job of the administrator that a worker is at, two thirds done."""
    admin_user = get_user_model().objects.get(username="admin")
    job = models.Job.objects.create(
        kind="report", title="Register, PDF", asked_by=admin_user, asked_by_name="Ada Admin", state="running"
    )
    Workplace(job.pk).prepare()
    Workplace(job.pk).show_life()
    Workplace(job.pk).tell(80, 120)
    return job


def planned_import(content: bytes = PLANNED, **choices: Any) -> models.Import:
    """An import that the officer has uploaded, and now has before her."""
    organisation = models.Organisation.objects.get(is_own=True, name__startswith="Quillbrook & Wren Retail")
    sent = {"file": SimpleUploadedFile("activities.csv", content), "organisation": organisation.pk, **choices}
    answer = officer().post(reverse("admin:registry_import_add"), {"blank_cell": "leave", **sent})
    assert answer.status_code == 302, answer.context["form"].errors
    return models.Import.objects.latest("pk")


def names_of_the_site() -> set[str]:
    """The names of all addresses that belong to no model's admin."""
    return {
        str(pattern.name)
        for pattern in admin.site.get_urls()
        if isinstance(pattern, URLPattern) and pattern.name is not None
    }
