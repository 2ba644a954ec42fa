"""The declared facts of a processing activity, as a frozen record: the single definition that everything reads."""

from datetime import date
from typing import Annotated as A
from typing import NamedTuple

from django.utils.translation import gettext_noop as n

from registry.record.activity_rows import (
    ControllerRow,
    DataCategoryRow,
    DataSubjectRow,
    JointControllerRow,
    LegalBasisRow,
    MeasureRow,
    PurposeRow,
    RecipientRow,
    SystemRow,
    TransferRow,
)
from registry.record.assessment_rows import ConsentMechanismRow, ImpactAssessmentRow, SegmentDataRow, SegmentRow
from registry.record.definition import Fact, Kind, Named
from registry.record.entries import RetentionScheduleEntry
from registry.record.organisations import OrganisationRecord, UnitRecord
from registry.reference.activity import ActivityStatus
from registry.reference.answers import Answer
from registry.reference.roles import ActivityRole

Text, Rows = Kind.TEXT, Kind.ROWS


def label_of(reference: str, name: str) -> str:
    """Return what an activity is called: its reference, if it has one, and its name."""
    return f"{reference} {name}".strip()


class ActivityRecord(NamedTuple):
    """One record of processing activities, with everything that it refers to resolved inside it."""

    pk: int
    organisation: A[
        OrganisationRecord,
        Fact(
            n("Organisation"),
            Kind.ENTRY,
            n("Whose register this record belongs to."),
            "GDPR Art. 30(1)(a)",
            entry="Organisation",
            required=True,
        ),
    ]
    unit: A[
        UnitRecord | None,
        Fact(
            n("Unit"),
            Kind.ENTRY,
            n("The department that carries it out."),
            entry="OrganisationUnit",
            term="dpv:hasOrganisationalUnit",
        ),
    ]
    reference: A[
        str,
        Fact(
            n("Reference"),
            Text,
            n("Unique within the organisation; leave empty to be given the next one."),
            term="dpv:hasIdentifier",
        ),
    ]
    external_reference: A[str, Fact(n("External reference"), Text, n("Its number elsewhere, such as a file number."))]
    name: A[
        str,
        Fact(
            n("Name"),
            Text,
            n("Named from its purpose, not from the software."),
            main=True,
            required=True,
            term="dpv:hasName",
        ),
    ]
    description: A[str, Fact(n("Description"), Kind.PROSE, n("What happens, in a few sentences."))]
    role: A[
        str,
        Fact(
            n("Our role"),
            Kind.CHOICE,
            n("Controller, joint controller, or processor on behalf of others."),
            "GDPR Arts. 4, 26, 28",
            choices=ActivityRole,
            required=True,
        ),
    ]
    status: A[
        str,
        Fact(
            n("Status"),
            Kind.CHOICE,
            n("A record is a draft until it is approved."),
            choices=ActivityStatus,
            required=True,
            term="dpv:hasActivityStatus",
        ),
    ]
    owner: A[Named | None, Fact(n("Owner"), Kind.ACCOUNT, n("The user who answers for the record."))]
    contact: A[str, Fact(n("Contact"), Text, n("Whom to ask about the activity, by role or name."))]
    began_on: A[date | None, Fact(n("Began on"), Kind.DATE, n("When the processing was introduced."))]
    ends_on: A[date | None, Fact(n("Ends on"), Kind.DATE, n("When the processing ended or will end."))]
    review_interval: A[
        int | None, Fact(n("Review every (months)"), Kind.NUMBER, n("How often the record is looked at again."))
    ]
    last_reviewed_on: A[date | None, Fact(n("Last reviewed on"), Kind.DATE)]
    next_review_on: A[date | None, Fact(n("Next review on"), Kind.DATE)]
    tags: A[str, Fact(n("Tags"), Text, n("Words to find it by, separated by commas."))]
    is_public: A[bool, Fact(n("May be published"), Kind.FLAG, n("Whether the record may appear in a public register."))]

    purposes: A[
        tuple[PurposeRow, ...],
        Fact(n("Purposes"), Rows, n("Each purpose that is its own is best its own record."), "GDPR Art. 30(1)(b)"),
    ]
    legal_bases: A[
        tuple[LegalBasisRow, ...],
        Fact(n("Legal bases"), Rows, n("For each purpose, or for the whole activity."), "GDPR Arts. 6, 9, 10"),
    ]
    data_subjects: A[
        tuple[DataSubjectRow, ...], Fact(n("Data subjects"), Rows, n("Whose data are processed."), "GDPR Art. 30(1)(c)")
    ]
    special_categories: A[
        str,
        Fact(
            n("Special categories of data"),
            Kind.ANSWER,
            n("Whether data under Art. 9 are processed."),
            "GDPR Art. 9(1)",
            choices=Answer,
        ),
    ]
    data_categories: A[
        tuple[DataCategoryRow, ...],
        Fact(n("Data categories"), Rows, n("Which data, whose, kept how long, from where."), "GDPR Art. 30(1)(c)"),
    ]
    recipients_answer: A[
        str,
        Fact(
            n("Are there recipients?"),
            Kind.ANSWER,
            n("Say no where there are none: a blank is no answer."),
            "GDPR Art. 30(1)(d)",
            choices=Answer,
        ),
    ]
    recipients: A[
        tuple[RecipientRow, ...],
        Fact(n("Recipients"), Rows, n("Past and future, internal units included."), "GDPR Art. 30(1)(d)"),
    ]
    transfers_answer: A[
        str,
        Fact(
            n("Are there transfers to third countries?"),
            Kind.ANSWER,
            n("Say no where there are none: a blank is no answer."),
            "GDPR Art. 30(1)(e)",
            choices=Answer,
        ),
    ]
    transfers: A[
        tuple[TransferRow, ...],
        Fact(
            n("Transfers"),
            Rows,
            n("To countries outside the EEA and international organisations."),
            "GDPR Art. 30(1)(e)",
        ),
    ]
    retention_schedule: A[
        RetentionScheduleEntry | None,
        Fact(
            n("Kept for"),
            Kind.ENTRY,
            n("For all data whose own row says nothing else."),
            "GDPR Art. 30(1)(f)",
            entry="RetentionSchedule",
        ),
    ]
    retention_stated_as: A[
        str,
        Fact(
            n("Time limit in words"), Kind.PROSE, n("The time limit in the words of the source."), "GDPR Art. 30(1)(f)"
        ),
    ]
    measures: A[
        tuple[MeasureRow, ...],
        Fact(
            n("Security measures"),
            Rows,
            n("A general description, precise enough to mean something."),
            "GDPR Art. 30(1)(g)",
        ),
    ]
    systems: A[tuple[SystemRow, ...], Fact(n("Systems"), Rows, n("Where the data are processed."))]
    joint_controllers: A[
        tuple[JointControllerRow, ...],
        Fact(
            n("Joint controllers"), Rows, n("Where purposes and means are decided together."), "GDPR Arts. 26, 30(1)(a)"
        ),
    ]
    controllers: A[
        tuple[ControllerRow, ...],
        Fact(
            n("Controllers served"),
            Rows,
            n("For a processor's record: on whose behalf, and what is carried out."),
            "GDPR Art. 30(2)(a)-(b)",
        ),
    ]
    profiling: A[
        str,
        Fact(
            n("Profiling"),
            Kind.ANSWER,
            n("Automated evaluation of personal aspects."),
            "GDPR Art. 4(4)",
            choices=Answer,
        ),
    ]
    automated_decisions: A[
        str,
        Fact(
            n("Automated decisions"),
            Kind.ANSWER,
            n("Solely automated, with legal or similarly significant effects."),
            "GDPR Art. 22",
            choices=Answer,
        ),
    ]
    profiling_logic: A[
        str,
        Fact(
            n("Logic involved"),
            Kind.PROSE,
            n("What goes in, what comes out, by which rules or model."),
            "GDPR Art. 13(2)(f)",
        ),
    ]
    profiling_consequences: A[
        str,
        Fact(
            n("Significance and consequences"),
            Kind.PROSE,
            n("What it means for the person."),
            "GDPR Art. 13(2)(f)",
        ),
    ]
    human_intervention: A[
        str,
        Fact(
            n("Human intervention"),
            Kind.PROSE,
            n("Who looks at a case again, and how a person asks for it."),
            "GDPR Art. 22(3)",
        ),
    ]
    consents: A[
        tuple[ConsentMechanismRow, ...],
        Fact(n("Consent mechanisms"), Rows, n("How consent is asked for, proved and withdrawn.")),
    ]
    segments: A[
        tuple[SegmentRow, ...],
        Fact(n("Customer segments"), Rows, n("The groups into which people are put, and what for.")),
    ]
    segment_data: A[
        tuple[SegmentDataRow, ...],
        Fact(n("Data used in segments"), Rows, n("Which of the activity's data each segment is made from.")),
    ]
    impact_assessments: A[
        tuple[ImpactAssessmentRow, ...],
        Fact(n("Impact assessments"), Rows, n("Whether one is needed, and what came of it. The last one counts.")),
    ]
    privacy_notice: A[
        str,
        Fact(
            n("Privacy notice"), Text, n("Where data subjects read about it: a link or a title."), "GDPR Arts. 13, 14"
        ),
    ]
    privacy_notice_on: A[date | None, Fact(n("Notice dated"), Kind.DATE, n("The day of its present wording."))]
    rights: A[
        str,
        Fact(
            n("Rights available"),
            Kind.PROSE,
            n("Which rights people have here, and where they ask."),
            "GDPR Arts. 15-22",
        ),
    ]
    rights_limits: A[
        str,
        Fact(n("Limits on rights"), Kind.PROSE, n("Which rights don't apply, and why."), "GDPR Arts. 17(3), 20, 23"),
    ]
    dpo_remark: A[
        str, Fact(n("Remark of the data protection officer"), Kind.PROSE, n("Only a privacy officer writes here."))
    ]
    unplaced: A[
        str, Fact(n("Other words of the source"), Kind.PROSE, n("What an import found and no field could hold."))
    ]

    @property
    def label(self) -> str:
        """Reference and name."""
        return label_of(self.reference, self.name)
