"""The declared facts of audits, findings, reviews of recipients and trainings, as frozen records."""

from datetime import date
from typing import Annotated as A
from typing import NamedTuple

from django.utils.translation import gettext_noop as n

from registry.record.definition import Fact, Kind, Named
from registry.record.entries import DocumentEntry, RecipientEntry, SystemEntry
from registry.record.organisations import OrganisationRecord
from registry.reference.assurance import AuditKind, DiligenceKind, DiligenceOutcome, FindingWeight, SampleAmong

Text = Kind.TEXT

Words = A[str, Fact(n("Words"), Kind.PROSE, n("What else is looked at, or what of it."), words=True)]
Activity = A[
    Named | None,
    Fact(n("Processing activity"), Kind.ENTRY, n("The record that it is about."), entry="ProcessingActivity"),
]
Recipient = A[
    RecipientEntry | None,
    Fact(n("Recipient"), Kind.ENTRY, n("The recipient that it is about."), entry="Recipient"),
]
System = A[SystemEntry | None, Fact(n("System"), Kind.ENTRY, n("The system that it is about."), entry="System")]


class AuditedActivityRow(NamedTuple):
    """An activity that an audit looks at."""

    pk: int
    activity: A[
        Named | None,
        Fact(
            n("Processing activity"), Kind.ENTRY, n("Whose record is looked at."), entry="ProcessingActivity", main=True
        ),
    ]
    stated_as: Words
    is_sampled: A[bool, Fact(n("Drawn by the sample"), Kind.FLAG, n("Whether chance chose it, not a person."))]


class AuditedRecipientRow(NamedTuple):
    """A recipient that an audit looks at."""

    pk: int
    recipient: A[
        RecipientEntry | None,
        Fact(n("Recipient"), Kind.ENTRY, n("Who is looked at."), entry="Recipient", main=True),
    ]
    stated_as: Words


class AuditedSystemRow(NamedTuple):
    """A system, site or procedure that an audit looks at."""

    pk: int
    system: A[SystemEntry | None, Fact(n("System"), Kind.ENTRY, n("What is looked at."), entry="System", main=True)]
    stated_as: Words


class AuditRecord(NamedTuple):
    """An audit, from its plan to its conclusion."""

    pk: int
    name: A[
        str,
        Fact(n("Name"), Text, n("Such as Yearly audit 2026 or Visit to the payroll bureau."), main=True, required=True),
    ]
    kind: A[str, Fact(n("Kind"), Kind.CHOICE, n("Who audits whom."), "GDPR Art. 39(1)(b)", choices=AuditKind)]
    organisation: A[
        OrganisationRecord | None,
        Fact(n("Organisation"), Kind.ENTRY, n("Whose processing is audited; empty for all."), entry="Organisation"),
    ]
    framework: A[
        str, Fact(n("Framework"), Text, n("Against what is audited, such as GDPR, ISO/IEC 27701 or a policy."))
    ]
    auditor: A[str, Fact(n("Auditor"), Text, n("The person, firm or authority that audits."))]
    planned_on: A[date | None, Fact(n("Planned for"), Kind.DATE, n("You are reminded until it has begun."))]
    started_on: A[date | None, Fact(n("Begun on"), Kind.DATE)]
    completed_on: A[date | None, Fact(n("Ended on"), Kind.DATE)]
    as_at_change_set: A[
        int | None,
        Fact(
            n("Register as at change set"),
            Kind.NUMBER,
            n("The state of the register that is audited. Drawing a sample fills it in."),
        ),
    ]
    sample_seed: A[
        str,
        Fact(n("Seed of the sample"), Text, n("The text by which anybody can draw the same sample again.")),
    ]
    sample_among: A[
        str,
        Fact(n("Sample drawn among"), Kind.CHOICE, n("Out of which activities it was drawn."), choices=SampleAmong),
    ]
    sample_of: A[int | None, Fact(n("Activities to draw from"), Kind.NUMBER, n("So many could have been drawn."))]
    activities: A[
        tuple[AuditedActivityRow, ...],
        Fact(n("Activities in scope"), Kind.ROWS, n("The processing activities whose records are looked at.")),
    ]
    recipients: A[
        tuple[AuditedRecipientRow, ...],
        Fact(n("Recipients in scope"), Kind.ROWS, n("The processors and others that are looked at.")),
    ]
    systems: A[
        tuple[AuditedSystemRow, ...],
        Fact(n("Systems in scope"), Kind.ROWS, n("The systems, sites and procedures that are looked at.")),
    ]
    conclusion: A[str, Fact(n("Conclusion"), Kind.PROSE, n("What the auditor concludes, in the auditor's words."))]
    report: A[
        DocumentEntry | None,
        Fact(n("Audit report"), Kind.ENTRY, n("The report as a document of the catalogue."), entry="Document"),
    ]

    @property
    def label(self) -> str:
        """Its name."""
        return self.name


class CorrectiveActionRow(NamedTuple):
    """What is done about a finding."""

    pk: int
    what: A[str, Fact(n("Corrective action"), Kind.PROSE, n("What is to be done."), main=True, required=True)]
    responsible: A[str, Fact(n("Who does it"), Text)]
    due_on: A[date | None, Fact(n("Due on"), Kind.DATE, n("You are reminded until it is done."))]
    done_on: A[date | None, Fact(n("Done on"), Kind.DATE)]
    verified_by: A[str, Fact(n("Verified by"), Text, n("Who has seen that it is done and works: not who did it."))]
    verified_on: A[date | None, Fact(n("Verified on"), Kind.DATE)]


class FindingRecord(NamedTuple):
    """What an auditor found."""

    pk: int
    audit: A[Named | None, Fact(n("Audit"), Kind.ENTRY, entry="Audit", required=True)]
    name: A[str, Fact(n("Finding"), Text, n("In a few words."), main=True, required=True)]
    weight: A[str, Fact(n("Weight"), Kind.CHOICE, n("How grave it is."), choices=FindingWeight)]
    criterion: A[
        str,
        Fact(n("Criterion"), Text, n("What is not met, such as GDPR Art. 28(3)(h) or a point of the policy.")),
    ]
    statement: A[str, Fact(n("Statement"), Kind.PROSE, n("What was found, as the auditor states it."))]
    evidence: A[str, Fact(n("Evidence"), Kind.PROSE, n("What shows it: interviews, samples, records seen."))]
    document: A[
        DocumentEntry | None, Fact(n("Document"), Kind.ENTRY, n("Evidence kept as a document."), entry="Document")
    ]
    activity: Activity
    recipient: Recipient
    system: System
    actions: A[
        tuple[CorrectiveActionRow, ...],
        Fact(n("Corrective actions"), Kind.ROWS, n("What is done about it, by whom and until when.")),
    ]

    @property
    def label(self) -> str:
        """Its name."""
        return self.name


class RecipientReviewRecord(NamedTuple):
    """One look at the guarantees of a recipient."""

    pk: int
    recipient: A[
        RecipientEntry | None,
        Fact(n("Recipient"), Kind.ENTRY, n("Whose guarantees were examined."), entry="Recipient", required=True),
    ]
    name: A[
        str,
        Fact(
            n("What was examined"),
            Text,
            n("Such as ISO/IEC 27001 certificate or Security questionnaire."),
            "GDPR Art. 28(1)",
            main=True,
            required=True,
        ),
    ]
    kind: A[str, Fact(n("Kind of review"), Kind.CHOICE, choices=DiligenceKind)]
    reviewed_on: A[date | None, Fact(n("Reviewed on"), Kind.DATE, required=True)]
    outcome: A[str, Fact(n("Outcome"), Kind.CHOICE, n("What came of it."), "GDPR Art. 28(1)", choices=DiligenceOutcome)]
    notes: A[str, Fact(n("Notes"), Kind.PROSE, n("What was seen, and under which conditions it is enough."))]
    document: A[
        DocumentEntry | None, Fact(n("Document"), Kind.ENTRY, n("What was examined or written."), entry="Document")
    ]
    next_review_on: A[date | None, Fact(n("Next review on"), Kind.DATE, n("You are reminded before that day."))]

    @property
    def label(self) -> str:
        """Recipient and what was examined."""
        return f"{self.recipient.name}: {self.name}" if self.recipient is not None else self.name


class TrainingRecord(NamedTuple):
    """A training of those who process personal data."""

    pk: int
    name: A[
        str,
        Fact(
            n("Topic"),
            Text,
            n("Such as Data protection for new staff."),
            "GDPR Art. 39(1)(b)",
            main=True,
            required=True,
        ),
    ]
    organisation: A[
        OrganisationRecord | None,
        Fact(n("Organisation"), Kind.ENTRY, n("Whose staff is trained; empty for all."), entry="Organisation"),
    ]
    audience: A[str, Fact(n("Audience"), Kind.PROSE, n("Who is to take part, such as all of customer service."))]
    held_on: A[date | None, Fact(n("Held on"), Kind.DATE, n("Empty as long as it is planned."))]
    held_by: A[str, Fact(n("Held by"), Text, n("Who taught it, or the course that was taken."))]
    participants: A[int | None, Fact(n("Participants"), Kind.NUMBER, n("How many took part."))]
    document: A[
        DocumentEntry | None,
        Fact(n("Document"), Kind.ENTRY, n("The slides, or the list of those who took part."), entry="Document"),
    ]
    notes: A[str, Fact(n("Notes"), Kind.PROSE)]
    next_on: A[date | None, Fact(n("Next on"), Kind.DATE, n("You are reminded before that day."))]

    @property
    def label(self) -> str:
        """Its topic."""
        return self.name
