"""What is stored, one concept a file; re-exported here by name."""

from registry.models.activity_rows import (
    ActivityController,
    ActivityDataCategory,
    ActivityDataSubject,
    ActivityJointController,
    ActivityLegalBasis,
    ActivityMeasure,
    ActivityRecipient,
    ActivitySystem,
    Purpose,
)
from registry.models.audit import Audit, AuditedActivity, AuditedRecipient, AuditedSystem
from registry.models.change_consequence import ChangeConsequence
from registry.models.consent_mechanism import ConsentMechanism
from registry.models.data_category import DataCategory
from registry.models.data_subject import DataSubjectCategory
from registry.models.document import Document
from registry.models.finding import CorrectiveAction, Finding
from registry.models.gap_acceptance import GapAcceptance
from registry.models.impact_assessment import ImpactAssessment
from registry.models.job import Job, JobState
from registry.models.legal_basis import LegalBasis
from registry.models.organisation import Contact, Organisation, OrganisationUnit, ReferenceCounter
from registry.models.processing_activity import ProcessingActivity
from registry.models.recipient import Recipient
from registry.models.recipient_review import RecipientReview
from registry.models.reminder import CalendarAddress, ReminderSent
from registry.models.retention_schedule import RetentionSchedule
from registry.models.saved_mapping import SavedMapping
from registry.models.security_measure import SecurityMeasure
from registry.models.segment import Segment, SegmentData
from registry.models.settled_words import SettledWords
from registry.models.spreadsheet_import import Import, ImportRow, ImportState, ImportTerm
from registry.models.standing import (
    Counted,
    FoundGap,
    GapCount,
    MeetingPoint,
    StaleStanding,
    Standing,
    StandingMark,
    Tally,
)
from registry.models.system import System, SystemData
from registry.models.training import Training
from registry.models.transfer import Transfer
from registry.versioning.change_set import ChangeSet, Channel
from registry.versioning.export_log import Export
from registry.versioning.manifest import ManifestPage

__all__ = [
    "ActivityController",
    "ActivityDataCategory",
    "ActivityDataSubject",
    "ActivityJointController",
    "ActivityLegalBasis",
    "ActivityMeasure",
    "ActivityRecipient",
    "ActivitySystem",
    "Audit",
    "AuditedActivity",
    "AuditedRecipient",
    "AuditedSystem",
    "CalendarAddress",
    "ChangeConsequence",
    "ChangeSet",
    "Channel",
    "ConsentMechanism",
    "Contact",
    "CorrectiveAction",
    "Counted",
    "DataCategory",
    "DataSubjectCategory",
    "Document",
    "Export",
    "Finding",
    "FoundGap",
    "GapAcceptance",
    "GapCount",
    "ImpactAssessment",
    "Import",
    "ImportRow",
    "ImportState",
    "ImportTerm",
    "Job",
    "JobState",
    "LegalBasis",
    "ManifestPage",
    "MeetingPoint",
    "Organisation",
    "OrganisationUnit",
    "ProcessingActivity",
    "Purpose",
    "Recipient",
    "RecipientReview",
    "ReferenceCounter",
    "ReminderSent",
    "RetentionSchedule",
    "SavedMapping",
    "SecurityMeasure",
    "Segment",
    "SegmentData",
    "SettledWords",
    "StaleStanding",
    "Standing",
    "StandingMark",
    "System",
    "SystemData",
    "Tally",
    "Training",
    "Transfer",
]
