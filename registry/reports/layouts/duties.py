"""What of a record stands in the columns about its other duties: rights, consent, the notice, the impact assessment."""

from django.utils.translation import gettext as _

from registry.record.activity import ActivityRecord
from registry.record.assessment_rows import ImpactAssessmentRow
from registry.record.words import labelled
from registry.reference.dpia_criteria import AssessmentConclusion
from registry.reports.layouts.saying import answer, day
from registry.reports.listing import Value
from registry.reports.lists.naming import FACTS, once, said


def rights(record: ActivityRecord) -> Value:
    """Return which rights people have here, and which of them don't apply for which reason."""
    limits = labelled(FACTS["rights_limits"].title, record.rights_limits) if record.rights_limits else ""
    return once([record.rights, limits])


def consent_records(record: ActivityRecord) -> Value:
    """Return where the evidence of each way of asking for consent is kept; else what the way is called."""
    return once(f"{row.name}: {row.evidence}" if row.evidence else row.name for row in record.consents)


def assessment_required(record: ActivityRecord) -> Value:
    """Return whether an impact assessment is needed, with the reason, where that has been decided."""
    last = latest(record)
    if last is None or not last.conclusion:
        return ()
    needed = _("Yes") if last.conclusion == AssessmentConclusion.REQUIRED else _("No")
    return once([f"{needed}: {last.conclusion_reason}" if last.conclusion_reason else needed])


def assessment_progress(record: ActivityRecord) -> Value:
    """Return how far the impact assessment has come, and since when it is completed."""
    last = latest(record)
    if last is None:
        return ()
    return once([", ".join(once([said(ImpactAssessmentRow, "status", last.status), day(last.completed_on)]))])


def assessment_document(record: ActivityRecord) -> Value:
    """Return where the report of the impact assessment is kept."""
    last = latest(record)
    return () if last is None else once([last.document])


def latest(record: ActivityRecord) -> ImpactAssessmentRow | None:
    """Return the impact assessment that counts: the last one."""
    return record.impact_assessments[-1] if record.impact_assessments else None


def policy_documents(record: ActivityRecord) -> Value:
    """Return the appropriate policy documents (DPA 2018 Sch. 1 para. 39)."""
    return once(row.policy_document for row in record.legal_bases)


def policy_followed(record: ActivityRecord) -> Value:
    """Return whether data are kept and erased as these say, where that is answered (DPA 2018 Sch. 1 para. 41(c))."""
    return once(answer(row.policy_followed) for row in record.legal_bases)


def policy_deviations(record: ActivityRecord) -> Value:
    """Return why they aren't."""
    return once(row.policy_deviation for row in record.legal_bases)
