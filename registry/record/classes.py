"""Which frozen record stands for which model."""

from typing import Any

from registry import models
from registry.record import activity_rows as rows
from registry.record import assessment_rows, assurance, entries
from registry.record.acceptance import AcceptanceRecord
from registry.record.activity import ActivityRecord
from registry.record.consequence import ConsequenceRecord
from registry.record.organisations import ContactRow, OrganisationRecord, UnitRecord

ROOTS: dict[type[Any], type[Any]] = {
    models.LegalBasis: entries.LegalBasisEntry,
    models.DataSubjectCategory: entries.DataSubjectCategoryEntry,
    models.DataCategory: entries.DataCategoryEntry,
    models.RetentionSchedule: entries.RetentionScheduleEntry,
    models.Recipient: entries.RecipientEntry,
    models.SecurityMeasure: entries.SecurityMeasureEntry,
    models.System: entries.SystemEntry,
    models.Document: entries.DocumentEntry,
    models.Organisation: OrganisationRecord,
    models.OrganisationUnit: UnitRecord,
    models.ProcessingActivity: ActivityRecord,
    models.RecipientReview: assurance.RecipientReviewRecord,
    models.Training: assurance.TrainingRecord,
    models.Audit: assurance.AuditRecord,
    models.Finding: assurance.FindingRecord,
    models.GapAcceptance: AcceptanceRecord,
    models.ChangeConsequence: ConsequenceRecord,
}
"""Roots of aggregates, each after those that it refers to."""

PARTS: dict[type[Any], type[Any]] = {
    models.Contact: ContactRow,
    models.SystemData: entries.SystemDataRow,
    models.Purpose: rows.PurposeRow,
    models.ActivityLegalBasis: rows.LegalBasisRow,
    models.ActivityDataSubject: rows.DataSubjectRow,
    models.ActivityDataCategory: rows.DataCategoryRow,
    models.ActivityRecipient: rows.RecipientRow,
    models.Transfer: rows.TransferRow,
    models.ActivitySystem: rows.SystemRow,
    models.ActivityMeasure: rows.MeasureRow,
    models.ActivityJointController: rows.JointControllerRow,
    models.ActivityController: rows.ControllerRow,
    models.ConsentMechanism: assessment_rows.ConsentMechanismRow,
    models.Segment: assessment_rows.SegmentRow,
    models.SegmentData: assessment_rows.SegmentDataRow,
    models.ImpactAssessment: assessment_rows.ImpactAssessmentRow,
    models.AuditedActivity: assurance.AuditedActivityRow,
    models.AuditedRecipient: assurance.AuditedRecipientRow,
    models.AuditedSystem: assurance.AuditedSystemRow,
    models.CorrectiveAction: assurance.CorrectiveActionRow,
}
"""Rows of aggregates."""

CATALOGUES: tuple[type[Any], ...] = (
    models.LegalBasis,
    models.DataSubjectCategory,
    models.DataCategory,
    models.RetentionSchedule,
    models.Recipient,
    models.SecurityMeasure,
    models.System,
    models.Document,
)
"""The shared lists."""

ASSURANCE: tuple[type[Any], ...] = (models.RecipientReview, models.Training, models.Audit, models.Finding)
"""What is kept about the register's being looked after. No record refers to it."""

IMPORTED: tuple[type[Any], ...] = tuple(model for model in ROOTS if model not in ASSURANCE)
"""What a spreadsheet may hold."""

MERELY_NAMED = frozenset({models.ProcessingActivity.__name__, models.Audit.__name__})
"""Models that what refers to them only calls by name: nothing of what they say is taken along."""


def record_class(model: type[Any]) -> type[Any]:
    """Return the frozen record that stands for ``model``; raises KeyError for a model without one."""
    return ROOTS[model] if model in ROOTS else PARTS[model]
