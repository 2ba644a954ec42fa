"""Audits for the tests of reports: with scope, a sample, findings of every weight and actions in every state."""

from datetime import date
from typing import Any

from registry import models
from registry.lifecycle import draw_sample
from registry.versioning.writing import change_set
from tests import factories

LONG_AGO, LATER = date(2020, 5, 6), date(2090, 5, 6)


def visit(activity: models.ProcessingActivity, **values: Any) -> models.Audit:
    """An audit of an activity's organisation, with all that can belong to one; and a training and a review beside."""
    host = factories.make(models.Recipient, name="Payroll bureau", kind="processor")
    desk = factories.make(models.System, name="Personnel files")
    evidence = factories.make(models.Document, name="Minutes of the visit")
    given = {
        "name": "Yearly audit", "organisation": activity.organisation, "framework": "GDPR", "auditor": "Ann Auditor",
        "planned_on": LONG_AGO, "started_on": LONG_AGO, "conclusion": "Not all is well.", "report": evidence,
    }  # fmt: skip
    with change_set(reason="for a test"):
        audit = models.Audit.objects.create(**{**given, **values})
        audit.activities.create(stated_as="What the branch does")
        audit.recipients.create(recipient=host)
        audit.systems.create(system=desk)
    with change_set(reason="for a test"):
        draw_sample(audit, size=1, seed="seed", among="in_use")
    with change_set(reason="for a test"):
        seen = finding(audit, "Remark", weight="observation", activity=activity)
        seen.actions.create(what="Think of it", responsible="Ann", due_on=LATER)
        grave = finding(audit, "No contract", weight="major", criterion="GDPR Art. 28(3)", statement="There is none.",
                        evidence="Seen on site.", document=evidence, recipient=host, system=desk)  # fmt: skip
        grave.actions.create(what="Write one", responsible="Bea", due_on=LONG_AGO)
        grave.actions.create(what="Sign it", done_on=LONG_AGO, position=1)
        grave.actions.create(what="Stop sending", done_on=LONG_AGO, verified_on=LATER, verified_by="Cy", position=2)
        finding(audit, "Late", weight="minor")
        models.Training.objects.create(name="First steps", held_on=LONG_AGO, next_on=LONG_AGO, document=evidence)
        models.Training.objects.create(name="Next steps", organisation=activity.organisation)
        models.RecipientReview.objects.create(
            recipient=host, name="Certificate", kind="evidence", reviewed_on=LONG_AGO, outcome="sufficient"
        )
    return audit


def finding(audit: models.Audit, name: str, **values: Any) -> models.Finding:
    """A finding of an audit."""
    return models.Finding.objects.create(audit=audit, name=name, **values)
