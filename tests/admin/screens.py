"""What the tests of screens share: people in their roles, and one object of every kind that the site shows."""

from collections.abc import Iterator
from typing import Any

from django.contrib import admin
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import URLPattern, reverse

from registry import models
from registry.versioning.export_log import note_export
from registry.versioning.writing import change_set
from tests import factories


def client_of(user: Any) -> Client:
    """A browser in which ``user`` is logged in."""
    client = Client()
    client.force_login(user)
    return client


def marketing(**values: Any) -> Any:
    """Somebody of the marketing team."""
    return _in_group("Marketing team", **values)


def officer(**values: Any) -> Any:
    """A privacy officer."""
    return _in_group("Privacy officer", **values)


def auditor(**values: Any) -> Any:
    """An auditor."""
    return _in_group("Auditor", **values)


def owner(**values: Any) -> Any:
    """An owner of activities."""
    return _in_group("Activity owner", **values)


def _in_group(name: str, **values: Any) -> Any:
    user = factories.user(**values)
    user.groups.add(Group.objects.get(name=name))
    return user


def one_of_each() -> dict[type[Any], Any]:
    """One object of every model that the site shows, by model."""
    with change_set(reason="for a test"):
        organisation = models.Organisation.objects.create(name="Fjord Foods AS", country="NO")
        models.Contact.objects.create(organisation=organisation, kind="dpo_internal", name="Ane Dahl")
        unit = models.OrganisationUnit.objects.create(organisation=organisation, name="Marketing")
        recipient = models.Recipient.objects.create(name="Postal service for a test")
        found = {
            models.Organisation: organisation,
            models.OrganisationUnit: unit,
            models.Recipient: recipient,
            models.LegalBasis: models.LegalBasis.objects.create(
                code="X-1", title="A test", regime="eu", kind="lawful_basis"
            ),
            models.DataSubjectCategory: models.DataSubjectCategory.objects.create(name="Testers"),
            models.DataCategory: models.DataCategory.objects.create(name="Test data"),
            models.RetentionSchedule: models.RetentionSchedule.objects.create(name="A test", text="A year"),
            models.SecurityMeasure: models.SecurityMeasure.objects.create(name="Test locks"),
            models.Document: models.Document.objects.create(name="Test contract"),
            models.System: models.System.objects.create(name="Test system", provider=recipient),
            models.ProcessingActivity: models.ProcessingActivity.objects.create(
                organisation=organisation, name="A test"
            ),
        }
        found[models.Transfer] = models.Transfer.objects.create(
            activity=found[models.ProcessingActivity], recipient=recipient, country="US"
        )
        of = {"activity": found[models.ProcessingActivity]}
        found[models.ConsentMechanism] = models.ConsentMechanism.objects.create(name="Test form", **of)
        found[models.Segment] = models.Segment.objects.create(name="Test segment", **of)
        found[models.Audit] = models.Audit.objects.create(name="Test audit", organisation=organisation)
        found[models.Finding] = models.Finding.objects.create(name="Test finding", audit=found[models.Audit])
        found[models.CorrectiveAction] = models.CorrectiveAction.objects.create(
            finding=found[models.Finding], what="Test action"
        )
        found[models.RecipientReview] = models.RecipientReview.objects.create(
            name="Test review", recipient=recipient, reviewed_on="2026-03-31"
        )
        found[models.Training] = models.Training.objects.create(name="Test training")
        found[models.ImpactAssessment] = models.ImpactAssessment.objects.create(title="Test assessment", **of)
    last = models.ChangeSet.objects.first()
    found[models.ChangeSet] = last
    found[models.Import] = models.Import.objects.create(
        organisation=organisation, file_name="activities.csv", sha256="0" * 64, state="applied", change_set=last
    )
    found[models.SavedMapping] = models.SavedMapping.objects.create(
        name="A test", fingerprint="0" * 64, mapping={}, saved_by_name="Ane"
    )
    with change_set():
        note_export(factories.export_facts(change_set=last.pk))
    found[models.Export] = models.Export.objects.get()
    return found


def addresses(model_admin: admin.ModelAdmin, subject: Any) -> Iterator[tuple[str, str]]:
    """Yield (name of the view, address) of every page of ``model_admin``, about ``subject``. Templates are for all."""
    opts = model_admin.opts
    for pattern in model_admin.get_urls():
        assert isinstance(pattern, URLPattern)
        if not pattern.name or pattern.name == "registry_import_template":
            continue
        name = pattern.name.removeprefix(f"{opts.app_label}_{opts.model_name}_")
        arguments = _arguments(pattern, subject)
        yield name, reverse(f"admin:{pattern.name}", args=arguments)


def _arguments(pattern: URLPattern, subject: Any) -> list[Any]:
    wanted = pattern.pattern.regex.groups
    version = [subject.history.first().pk] if wanted > 1 else []
    return [subject.pk, *version][:wanted]
