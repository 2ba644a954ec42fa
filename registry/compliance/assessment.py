"""Whether the impact assessment that the record asks for has been decided on, made and followed: Arts. 35 and 36."""

from typing import Any

from django.utils.translation import gettext_noop as n

from registry.compliance.context import Context
from registry.compliance.gap import NOTHING, Area, Found, Severity, rule
from registry.compliance.screening import Screening, answers_no, asks_for_nothing, screen
from registry.record.activity import ActivityRecord
from registry.reference.activity import ActivityStatus
from registry.reference.answers import Answer
from registry.reference.dpia_criteria import AssessmentConclusion, AssessmentStatus, ResidualRisk
from registry.reference.roles import OFFICERS


@rule(
    "impact-assessment-undecided",
    Area.ASSESSMENT,
    Severity.SERIOUS,
    "GDPR Art. 35(1), (3), (4)",
    at="impact_assessments",
    what=n("Nobody has decided whether an impact assessment is needed, though much suggests it: %(reasons)s."),
    asks=n("Have you assessed the risks of this processing before it began, or decided that you needn't?"),
    why=n(
        "Two of the nine criteria, one of the three cases of the law, or a type on the authority's list ask for a decision, with its reason."
    ),
    remedy=n("Add an impact assessment: check the answers, and enter the conclusion with its reason."),
)
def impact_assessment_undecided(record: ActivityRecord, context: Context) -> Found:
    last = record.impact_assessments[-1] if record.impact_assessments else None
    if last is not None and (
        last.conclusion or last.status in (AssessmentStatus.COMPLETED, AssessmentStatus.IN_PROGRESS)
    ):
        return NOTHING
    if last is None and asks_for_nothing(record, context):
        return NOTHING
    screening = screen(record, context)
    if not screening.asks_for_decision:
        return NOTHING
    return [(None, {"reasons": _reasons(screening)})]


def _reasons(screening: Screening) -> tuple[Any, ...]:
    """Return the criteria and cases that are met, and the types of the country's list that the record belongs to."""
    return (*(one.criterion for one in screening.met), *(one.type for one in screening.listed))


@rule(
    "impact-assessment-not-made",
    Area.ASSESSMENT,
    Severity.CRITICAL,
    "GDPR Art. 35(1)",
    at="impact_assessments.status",
    given=("impact_assessments",),
    what=n("The impact assessment “%(name)s” is required and not completed, and the processing has begun."),
    asks=n("Why was the processing begun before its risks were assessed?"),
    why=n("The assessment is made before the processing, so that its measures can be built in."),
    remedy=n("Complete the assessment, or suspend the processing until it is."),
)
def impact_assessment_not_made(record: ActivityRecord, context: Context) -> Found:
    last = record.impact_assessments[-1] if record.impact_assessments else None
    if last is None or last.conclusion != AssessmentConclusion.REQUIRED or last.status == AssessmentStatus.COMPLETED:
        return NOTHING
    begun = record.began_on <= context.on if record.began_on else record.status == ActivityStatus.APPROVED
    return [(last, {"name": last})] if begun else NOTHING


@rule(
    "impact-assessment-declined-without-reason",
    Area.ASSESSMENT,
    Severity.SERIOUS,
    "GDPR Arts. 5(2), 35(1)",
    at="impact_assessments.conclusion_reason",
    given=("impact_assessments",),
    what=n(
        "It was decided that no impact assessment is needed, without a reason, though much suggests it: %(reasons)s."
    ),
    asks=n("Why is none needed?"),
    why=n("Who departs from the criteria has to justify it and to document that."),
    remedy=n("Enter the reason for the conclusion, or make the assessment."),
)
def impact_assessment_declined_without_reason(record: ActivityRecord, context: Context) -> Found:
    last = record.impact_assessments[-1] if record.impact_assessments else None
    if last is None or last.conclusion != AssessmentConclusion.NOT_REQUIRED or last.conclusion_reason:
        return NOTHING
    screening = screen(record, context)
    if not screening.asks_for_decision:
        return NOTHING
    return [(last, {"reasons": _reasons(screening)})]


@rule(
    "screening-overridden-without-reason",
    Area.ASSESSMENT,
    Severity.MINOR,
    "GDPR Arts. 5(2), 35(1)",
    at="impact_assessments",
    given=("impact_assessments",),
    what=n("The impact assessment answers no where the record suggests yes, without saying why: %(names)s."),
    asks=n("Which of the two is right?"),
    why=n("An answer that the record itself contradicts convinces nobody."),
    remedy=n("Open the screening and give a reason for each of these answers, or correct the answer or the record."),
)
def screening_overridden_without_reason(record: ActivityRecord, context: Context) -> Found:
    last = record.impact_assessments[-1] if record.impact_assessments else None
    if last is None or last.deviation or not answers_no(last):
        return NOTHING
    screening = screen(record, context)
    named = tuple(
        one.criterion
        for one in (*screening.criteria, *screening.cases)
        if one.is_overridden and not getattr(last, one.reason_fact.key)
    )
    return [(last, {"names": named})] if named else NOTHING


@rule(
    "impact-assessment-without-advice",
    Area.ASSESSMENT,
    Severity.MINOR,
    "GDPR Art. 35(2)",
    at="impact_assessments.dpo_advice",
    given=("impact_assessments",),
    what=n("The impact assessment “%(name)s” is completed without the advice of the data protection officer."),
    asks=n("What did your data protection officer say?"),
    why=n("The controller seeks the officer's advice where there is one."),
    remedy=n("Ask the officer, and enter the advice."),
)
def impact_assessment_without_advice(record: ActivityRecord, context: Context) -> Found:
    if not any(one.kind in OFFICERS for one in record.organisation.contacts):
        return NOTHING
    return [
        (row, {"name": row})
        for row in record.impact_assessments[-1:]
        if row.status == AssessmentStatus.COMPLETED and not row.dpo_advice
    ]


@rule(
    "high-risk-without-consultation",
    Area.ASSESSMENT,
    Severity.CRITICAL,
    "GDPR Art. 36(1)",
    at="impact_assessments.prior_consultation",
    given=("impact_assessments",),
    what=n("The impact assessment “%(name)s” leaves a high risk, and the authority hasn't been consulted."),
    asks=n("Why wasn't the authority consulted before the processing?"),
    why=n("Where a high risk is left in spite of the measures, the authority is consulted before the processing."),
    remedy=n("Consult the authority, or take measures that lower the risk."),
)
def high_risk_without_consultation(record: ActivityRecord, context: Context) -> Found:
    return [
        (row, {"name": row})
        for row in record.impact_assessments[-1:]
        if row.residual_risk == ResidualRisk.HIGH and row.prior_consultation != Answer.YES
    ]
