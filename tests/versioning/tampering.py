"""A history with every kind of object in it, hands that tamper with it past its guards, and what an auditor's script says."""

import importlib.util
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType
from typing import Any

from django.db import connection

from registry import models
from registry.versioning import guards
from registry.versioning.history_file import SCRIPT, lines
from registry.versioning.writing import change_set

MARK = "Quince"
"""Stands in the name of every object."""


class _Undo(Exception):
    """Rolls back what the tampering did."""


@contextmanager
def tampering() -> Iterator[None]:
    """Lift the guards, and undo at the end whatever was done, broken references included."""
    try:
        with guards.lifted(connection):
            yield
            raise _Undo
    except _Undo:
        pass


def remove(number: int) -> None:
    """Take a change set away with its versions and its manifest, as if it had never been."""
    for history in guards.histories():
        history.objects.filter(change_set_id=number).delete()
    models.ManifestPage.objects.filter(change_set_id=number).delete()
    take(number)


def take(number: int) -> None:
    """Take the row of a change set away, whatever refers to it."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM registry_changeset WHERE sequence = %s", [number])


def of_each(name: str) -> dict[type[Any], Any]:
    """One object of every versioned model, with rows of every kind, in the open change set."""
    organisation = models.Organisation.objects.create(name=f"{name} organisation")
    models.Contact.objects.create(organisation=organisation, kind="dpo_internal", name=f"{name} officer")
    recipient = models.Recipient.objects.create(name=f"{name} recipient")
    basis = models.LegalBasis.objects.create(
        code=f"X-{name[-1]}", title=f"{name} basis", regime="eu", kind="lawful_basis"
    )
    subject = models.DataSubjectCategory.objects.create(name=f"{name} subjects")
    data = models.DataCategory.objects.create(name=f"{name} data")
    schedule = models.RetentionSchedule.objects.create(name=f"{name} schedule", text="A year")
    measure = models.SecurityMeasure.objects.create(name=f"{name} measure")
    system = models.System.objects.create(name=f"{name} system", provider=recipient)
    models.SystemData.objects.create(system=system, stated_as="voices")
    activity = models.ProcessingActivity.objects.create(
        organisation=organisation, name=f"{name} activity", retention_schedule=schedule, began_on="2020-02-29"
    )
    purpose = models.Purpose.objects.create(activity=activity, text=f"{name} purpose")
    models.ActivityLegalBasis.objects.create(activity=activity, legal_basis=basis, purpose=purpose)
    row = models.ActivityDataSubject.objects.create(activity=activity, category=subject)
    models.ActivityDataCategory.objects.create(activity=activity, category=data, data_subject=row)
    models.ActivityRecipient.objects.create(activity=activity, recipient=recipient)
    models.Transfer.objects.create(activity=activity, recipient=recipient, country="JP")
    models.ActivitySystem.objects.create(activity=activity, system=system)
    models.ActivityMeasure.objects.create(activity=activity, measure=measure)
    models.ActivityJointController.objects.create(activity=activity, stated_as="another")
    models.ActivityController.objects.create(activity=activity, stated_as="a client")
    consent = models.ConsentMechanism.objects.create(activity=activity, name=f"{name} form")
    segment = models.Segment.objects.create(activity=activity, name=f"{name} segment", consent=consent)
    models.SegmentData.objects.create(activity=activity, category=data, segment=segment)
    models.ImpactAssessment.objects.create(activity=activity, title=f"{name} assessment")
    audit = models.Audit.objects.create(name=f"{name} audit", organisation=organisation, planned_on="2026-09-01")
    models.AuditedActivity.objects.create(audit=audit, activity=activity, is_sampled=True)
    models.AuditedRecipient.objects.create(audit=audit, recipient=recipient)
    models.AuditedSystem.objects.create(audit=audit, system=system)
    finding = models.Finding.objects.create(name=f"{name} finding", audit=audit, weight="major", activity=activity)
    models.CorrectiveAction.objects.create(finding=finding, what="Mend it")
    return {
        models.Organisation: organisation,
        models.OrganisationUnit: models.OrganisationUnit.objects.create(organisation=organisation, name=f"{name} unit"),
        models.Recipient: recipient,
        models.LegalBasis: basis,
        models.DataSubjectCategory: subject,
        models.DataCategory: data,
        models.RetentionSchedule: schedule,
        models.SecurityMeasure: measure,
        models.System: system,
        models.Document: models.Document.objects.create(name=f"{name} document"),
        models.ProcessingActivity: activity,
        models.RecipientReview: models.RecipientReview.objects.create(
            name=f"{name} review", recipient=recipient, reviewed_on="2026-03-31"
        ),
        models.Training: models.Training.objects.create(name=f"{name} training", held_on="2026-03-31"),
        models.Audit: audit,
        models.Finding: finding,
        models.ChangeConsequence: models.ChangeConsequence.objects.create(
            record_key=activity.pk,
            record=f"{name} activity",
            key="new-purpose-notice",
            requirement="notice",
            article="GDPR Art. 13(3)",
            names=f"{name} purpose",
            sentence="Tell people about the new purpose.",
            raised_on="2026-01-01",
            due_on="2026-02-01",
        ),
        models.GapAcceptance: models.GapAcceptance.objects.create(
            gap=f"{name} gap",
            record=f"{name} activity",
            sentence="Nobody has said it.",
            reason="is being mended",
            accepted_by="Ane Dahl",
            accepted_on="2026-01-01",
            valid_until="2026-02-01",
        ),
    }


_BEFORE_OTHERS = (
    models.Finding,
    models.Audit,
    models.RecipientReview,
    models.ProcessingActivity,
    models.OrganisationUnit,
    models.System,
)
"""What refers to others goes before them."""


def a_history(actor: Any = None) -> dict[type[Any], tuple[Any, Any]]:
    """Five change sets: two objects of each kind are created (#1), renamed twice (#2, #3); a third of each kind (#4) is
    removed again (#5). Returns the two by model."""
    with change_set(actor=actor, reason="the first of each"):
        first, second = of_each(f"{MARK} A"), of_each(f"{MARK} B")
    for number in (2, 3):
        with change_set(actor=actor, reason=f"renamed, {number}"):
            for thing in (*first.values(), *second.values()):
                setattr(thing, thing.LABEL, f"{getattr(thing, thing.LABEL)} {number}")
                thing.save()
    with change_set(actor=actor, reason="a third"):
        third = of_each("Z")
    with change_set(actor=actor, reason="and gone again"):
        for model in _BEFORE_OTHERS:
            third[model].delete()
        for model, thing in third.items():
            if model not in _BEFORE_OTHERS:
                thing.delete()
    return {model: (first[model], second[model]) for model in first}


def script() -> ModuleType:
    """The auditor's script as a module."""
    spec = importlib.util.spec_from_file_location("verify_history_alone", SCRIPT)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def what_the_script_says(folder: Path, expect: str = "") -> str:
    """Export the history as it is now, check the file with the script; return the fault in its words, or nothing."""
    file = folder / "history.jsonl"
    file.write_text("".join(lines()), encoding="utf-8", newline="\n")
    alone = script()
    try:
        alone.check(str(file), expect)
    except alone.DoesNotHold as fault:
        return str(fault)
    return ""
