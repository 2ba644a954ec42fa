"""The declared facts of an activity's consent mechanisms, segments and impact assessments, as frozen records."""

from datetime import date
from typing import Annotated as A
from typing import NamedTuple

from django.utils.translation import gettext_noop as n

from registry.record.activity_rows import Words
from registry.record.definition import Fact, Kind
from registry.record.entries import DataCategoryEntry
from registry.reference.answers import Answer
from registry.reference.consent import ConsentChannel, OptInKind
from registry.reference.dpia_criteria import AssessmentConclusion, AssessmentStatus, ResidualRisk
from registry.reference.segmentation import ContactBasis, Identifiability

Text = Kind.TEXT


class ConsentMechanismRow(NamedTuple):
    """A way of asking for consent."""

    pk: int
    name: A[
        str,
        Fact(
            n("Consent mechanism"),
            Text,
            n("What people know it by, such as the sign-up form of the newsletter."),
            "GDPR Art. 7",
            main=True,
            required=True,
        ),
    ]
    channel: A[str, Fact(n("Channel"), Kind.CHOICE, n("Where consent is asked for."), choices=ConsentChannel)]
    wording: A[
        str,
        Fact(n("Wording"), Kind.PROSE, n("The very words people consent to; their history is kept."), "GDPR Art. 7(2)"),
    ]
    opt_in: A[str, Fact(n("How consent is given"), Kind.CHOICE, "", "GDPR Art. 4(11)", choices=OptInKind)]
    withdrawal: A[str, Fact(n("How it is withdrawn"), Kind.PROSE, n("As easily as it is given."), "GDPR Art. 7(3)")]
    evidence: A[
        str, Fact(n("Where the evidence is kept"), Text, n("The log or archive that proves it."), "GDPR Art. 7(1)")
    ]
    valid_from: A[date | None, Fact(n("Used from"), Kind.DATE)]
    valid_until: A[
        date | None, Fact(n("To be renewed by"), Kind.DATE, n("When wording or consents are due for renewal."))
    ]


class SegmentRow(NamedTuple):
    """A customer segment."""

    pk: int
    name: A[
        str,
        Fact(n("Segment"), Text, n("What the marketing team calls it."), "GDPR Art. 4(4)", main=True, required=True),
    ]
    criteria: A[str, Fact(n("Criteria"), Kind.PROSE, n("Who falls into it, by which rules or model."))]
    contact_basis: A[
        str,
        Fact(
            n("Contacted on the basis of"),
            Kind.CHOICE,
            n("What allows contact with these people."),
            "GDPR Art. 6(1)",
            choices=ContactBasis,
        ),
    ]
    consent: A[
        ConsentMechanismRow | None,
        Fact(
            n("By consent mechanism"), Kind.SIBLING, n("Where the consent comes from."), "GDPR Art. 7", entry="consents"
        ),
    ]
    opt_out: A[
        str, Fact(n("Opt-out"), Kind.PROSE, n("How people leave the segment or stop the contact."), "GDPR Art. 21(2)")
    ]
    preference_channel: A[str, Fact(n("Preferences and feedback"), Text, n("Where people say what they prefer."))]
    identifiability: A[
        str,
        Fact(
            n("Identifiability"),
            Kind.CHOICE,
            n("How far the people in it can be told apart."),
            "GDPR Art. 4(1), (5)",
            choices=Identifiability,
        ),
    ]
    minimisation: A[
        str,
        Fact(n("Why no less data would do"), Kind.PROSE, n("For each kind of data, if need be."), "GDPR Art. 5(1)(c)"),
    ]
    audience_size: A[int | None, Fact(n("People in it"), Kind.NUMBER, n("Roughly."))]
    last_reviewed_on: A[date | None, Fact(n("Segment reviewed on"), Kind.DATE)]
    next_review_on: A[date | None, Fact(n("Next review of the segment"), Kind.DATE)]


class SegmentDataRow(NamedTuple):
    """A category of data that a segment is made from."""

    pk: int
    category: A[
        DataCategoryEntry | None,
        Fact(
            n("Data used"),
            Kind.ENTRY,
            n("It should be among the data categories of the activity itself."),
            "GDPR Art. 5(1)(b)-(c)",
            entry="DataCategory",
            main=True,
        ),
    ]
    stated_as: Words
    segment: A[
        SegmentRow | None,
        Fact(n("In segment"), Kind.SIBLING, n("Empty means all segments of the activity."), entry="segments"),
    ]
    what_for: A[str, Fact(n("What it is needed for"), Kind.PROSE, n("Why the segment can't do without."))]


def _answer(label: str, article: str, help_text: str = "") -> Fact:
    return Fact(label, Kind.ANSWER, help_text, article, choices=Answer)


def _reason(label: str) -> Fact:
    return Fact(label, Kind.PROSE, n("Why the answer is right, above all where the record suggests another one."))


class ImpactAssessmentRow(NamedTuple):
    """An impact assessment, or the decision that none is needed."""

    pk: int
    title: A[
        str,
        Fact(
            n("Impact assessment"),
            Text,
            n("What it is called; also where it was decided that none is needed."),
            "GDPR Art. 35",
            main=True,
            required=True,
        ),
    ]
    evaluation: A[str, _answer(n("Evaluation or scoring"), "WP248 criterion 1")]
    automated_decision: A[str, _answer(n("Automated decision with significant effect"), "WP248 criterion 2")]
    systematic_monitoring: A[str, _answer(n("Systematic monitoring"), "WP248 criterion 3")]
    sensitive_data: A[str, _answer(n("Sensitive or highly personal data"), "WP248 criterion 4")]
    large_scale: A[str, _answer(n("Large scale"), "WP248 criterion 5")]
    matching: A[str, _answer(n("Matching or combining of datasets"), "WP248 criterion 6")]
    vulnerable_subjects: A[str, _answer(n("Vulnerable data subjects"), "WP248 criterion 7")]
    new_technology: A[str, _answer(n("Innovative use or new technology"), "WP248 criterion 8")]
    hinders_rights: A[str, _answer(n("Keeps people from a right or a service"), "WP248 criterion 9")]
    case_evaluation: A[str, _answer(n("Systematic evaluation with significant effect"), "GDPR Art. 35(3)(a)")]
    case_special_data: A[str, _answer(n("Special or criminal-offence data on a large scale"), "GDPR Art. 35(3)(b)")]
    case_public_monitoring: A[str, _answer(n("Public areas monitored on a large scale"), "GDPR Art. 35(3)(c)")]
    evaluation_reason: A[str, _reason(n("Reason on evaluation or scoring"))]
    automated_decision_reason: A[str, _reason(n("Reason on automated decision"))]
    systematic_monitoring_reason: A[str, _reason(n("Reason on systematic monitoring"))]
    sensitive_data_reason: A[str, _reason(n("Reason on sensitive data"))]
    large_scale_reason: A[str, _reason(n("Reason on large scale"))]
    matching_reason: A[str, _reason(n("Reason on matching or combining"))]
    vulnerable_subjects_reason: A[str, _reason(n("Reason on vulnerable data subjects"))]
    new_technology_reason: A[str, _reason(n("Reason on new technology"))]
    hinders_rights_reason: A[str, _reason(n("Reason on keeping people from a right"))]
    case_evaluation_reason: A[str, _reason(n("Reason on systematic evaluation"))]
    case_special_data_reason: A[str, _reason(n("Reason on special data on a large scale"))]
    case_public_monitoring_reason: A[str, _reason(n("Reason on public areas monitored"))]
    deviation: A[
        str,
        Fact(
            n("Why answers differ from what the record suggests"),
            Kind.PROSE,
            n("For several answers at once; the reason on a single one stands beside it."),
        ),
    ]
    suggested: A[
        str,
        Fact(
            n("What the record suggested"),
            Kind.PROSE,
            n("On the day of the screening: which criteria seemed to be met, and what in the record said so."),
            "GDPR Art. 35(1)",
        ),
    ]
    screened_on: A[date | None, Fact(n("Screened on"), Kind.DATE, n("The day on which the answers were given."))]
    national_list: A[
        str,
        Fact(
            n("On a national list"), Text, n("Which authority's list names it, and under what."), "GDPR Art. 35(4)-(5)"
        ),
    ]
    conclusion: A[
        str, Fact(n("Conclusion"), Kind.CHOICE, n("Is one needed?"), "GDPR Art. 35(1)", choices=AssessmentConclusion)
    ]
    conclusion_reason: A[str, Fact(n("Reason for the conclusion"), Kind.PROSE, "", "GDPR Art. 35(1)")]
    status: A[str, Fact(n("State of the assessment"), Kind.CHOICE, choices=AssessmentStatus)]
    completed_on: A[date | None, Fact(n("Completed on"), Kind.DATE)]
    residual_risk: A[
        str,
        Fact(
            n("Residual risk"),
            Kind.CHOICE,
            n("What is left once the measures are taken."),
            "GDPR Art. 36(1)",
            choices=ResidualRisk,
        ),
    ]
    dpo_advice: A[str, Fact(n("Advice of the data protection officer"), Kind.PROSE, "", "GDPR Art. 35(2)")]
    prior_consultation: A[str, _answer(n("Authority consulted beforehand"), "GDPR Art. 36")]
    consulted_on: A[date | None, Fact(n("Consulted on"), Kind.DATE)]
    document: A[str, Fact(n("Report of the assessment"), Text, n("Where it is kept."), "GDPR Art. 35(7)")]
