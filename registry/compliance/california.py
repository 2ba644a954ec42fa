"""What the disclosures of the CCPA need: Cal. Civ. Code 1798.100, .110, .115, .120, .130 and .140."""

import re
from datetime import date, timedelta
from typing import Any

from django.utils.translation import gettext_noop as n

from registry.compliance.context import Context
from registry.compliance.gap import HERE, NOTHING, Area, Found, Severity, rule
from registry.compliance.laws import Law
from registry.record.activity import ActivityRecord
from registry.record.definition import facts
from registry.reference.activity import ActivityStatus
from registry.reference.answers import Answer
from registry.reference.ccpa import CcpaCategory
from registry.reference.contracts import ContractKind
from registry.reference.dpia_criteria import AssessmentConclusion, AssessmentStatus
from registry.reference.roles import CcpaRole, RecipientRole

_LAWS = (Law.CALIFORNIA,)
_OPEN = (Answer.NOT_ASSESSED, "")
_ON_OUR_BEHALF = frozenset({str(CcpaRole.SERVICE_PROVIDER), str(CcpaRole.CONTRACTOR)})
_OPT_OUT = frozenset({"US-CA-120-A", "US-CA-120-C"})
_OPT_IN = "US-CA-120-C"
YEAR = timedelta(days=366)
"""The disclosures are brought up to date at least once every twelve months, whichever year has a leap day."""
THREE_YEARS = timedelta(days=3 * 365 + 1)
ASSESSED_SINCE = date(2026, 1, 1)
"""From this day the regulations ask for risk assessments."""
_MINORS = re.compile(r"\b(?:child(?:ren)?|minors?|teen(?:ager)?s?|pupils?|under (?:13|16|18))\b", re.IGNORECASE)
_NO_DISCLOSURE = frozenset({str(RecipientRole.INTERNAL_UNIT), str(RecipientRole.DATA_SUBJECT)})


def outside(record: ActivityRecord) -> list[Any]:
    """Return the recipients that are somebody else: internal units and the people themselves are none."""
    return [
        row
        for row in record.recipients
        if (row.role or (row.recipient.kind if row.recipient is not None else "")) not in _NO_DISCLOSURE
    ]


def is_sensitive(row: Any) -> bool:
    """Say whether a category of data is sensitive personal information (1798.140(ae))."""
    entry = row.category
    return entry is not None and (
        entry.ccpa_sensitive == Answer.YES
        or entry.ccpa_category == CcpaCategory.SENSITIVE
        or bool(entry.ccpa_sensitive_term)
    )


def is_sold_or_shared(row: Any) -> bool:
    """Say whether data are sold to the recipient or shared with it for cross-context behavioural advertising."""
    return bool(row.sold == Answer.YES or row.shared == Answer.YES)


@rule(
    "statutory-category-missing",
    Area.CALIFORNIA,
    Severity.SERIOUS,
    "CCPA 1798.130(c), 1798.140(v)(1)",
    at="data_categories.category",
    laws=_LAWS,
    what=n("The disclosure lists can't place: %(names)s."),
    asks=n("Under which of the statute's categories do these data fall?"),
    why=n("Disclosures have to use the statute's own terms, and what is in none of its categories is in no list."),
    remedy=n("Choose the CCPA category in the catalogue's entry; match words to an entry first."),
)
def statutory_category_missing(record: ActivityRecord, context: Context) -> Found:
    named = tuple(row for row in record.data_categories if row.category is None or not row.category.ccpa_category)
    return [(None, {"names": named})] if named else NOTHING


@rule(
    "sources-missing",
    Area.CALIFORNIA,
    Severity.SERIOUS,
    "CCPA 1798.110(c)(2)",
    at="data_categories.source",
    laws=_LAWS,
    what=n("The record doesn't say where these data come from: %(names)s."),
    asks=n("From which sources do you collect them?"),
    why=n("The privacy policy has to list the categories of sources."),
    remedy=n("Enter the source of each category of data."),
)
def sources_missing(record: ActivityRecord, context: Context) -> Found:
    named = tuple(row for row in record.data_categories if not row.source)
    return [(None, {"names": named})] if named else NOTHING


@rule(
    "sale-not-answered",
    Area.CALIFORNIA,
    Severity.SERIOUS,
    "CCPA 1798.100(a)(1), 1798.115(c)",
    at="recipients.sold",
    laws=_LAWS,
    what=n("Nobody has said whether data are sold to or shared with %(name)s."),
    asks=n("Do you get anything of value for these data, or does it use them for advertising elsewhere?"),
    why=n(
        "What is sold or shared and what is disclosed for a business purpose are two separate lists, and the notice at collection says it too."
    ),
    remedy=n("Answer both questions for this recipient."),
)
def sale_not_answered(record: ActivityRecord, context: Context) -> Found:
    return [
        (row, {"name": row})
        for row in outside(record)
        if not is_sold_or_shared(row) and (row.sold in _OPEN or row.shared in _OPEN)
    ]


@rule(
    "californian-role-missing",
    Area.CALIFORNIA,
    Severity.MINOR,
    "CCPA 1798.140(j), (ag), (ai)",
    at="recipients.ccpa_role",
    laws=_LAWS,
    what=n("Nothing says whether %(name)s is a service provider, a contractor or a third party."),
    asks=n("What may it do with the data under your agreement?"),
    why=n("The three have different agreements and appear in different disclosures."),
    remedy=n("Choose its CCPA role."),
)
def californian_role_missing(record: ActivityRecord, context: Context) -> Found:
    return [(row, {"name": row}) for row in outside(record) if not row.ccpa_role]


@rule(
    "sold-to-service-provider",
    Area.CALIFORNIA,
    Severity.CRITICAL,
    "CCPA 1798.140(ag), (j)",
    at="recipients.ccpa_role",
    laws=_LAWS,
    what=n("Data are sold to or shared with %(name)s, which is recorded as a service provider or contractor."),
    asks=n("Does it use the data for itself or only for you?"),
    why=n("Somebody to whom data are sold is a third party: the right to opt out applies."),
    remedy=n("Correct its CCPA role, or the answers."),
)
def sold_to_service_provider(record: ActivityRecord, context: Context) -> Found:
    return [
        (row, {"name": row}) for row in record.recipients if is_sold_or_shared(row) and row.ccpa_role in _ON_OUR_BEHALF
    ]


@rule(
    "californian-agreement-missing",
    Area.CALIFORNIA,
    Severity.SERIOUS,
    "CCPA 1798.100(d)",
    at="recipients.recipient",
    laws=_LAWS,
    what=n("No agreement with %(name)s is recorded."),
    asks=n("Which agreement limits what it may do with the data?"),
    why=n(
        "Service providers, contractors and third parties to whom data are sold or shared need an agreement with the statute's points."
    ),
    remedy=n("Enter the contract in the recipient's entry, or conclude one."),
)
def californian_agreement_missing(record: ActivityRecord, context: Context) -> Found:
    return [
        (row, {"name": row.recipient})
        for row in record.recipients
        if row.recipient is not None
        and (row.ccpa_role in _ON_OUR_BEHALF or is_sold_or_shared(row))
        and row.recipient.contract_kind in ("", ContractKind.NONE_NEEDED)
    ]


@rule(
    "sale-without-opt-out",
    Area.CALIFORNIA,
    Severity.CRITICAL,
    "CCPA 1798.120(a), (c), 1798.135",
    at="legal_bases",
    laws=_LAWS,
    what=n(
        "Data are sold to or shared with %(names)s, and the record names neither the right to opt out nor an opt-in."
    ),
    asks=n("Where is your link “Do Not Sell or Share My Personal Information”?"),
    why=n(
        "Consumers may direct a business at any time not to sell or share; for those under sixteen it needs an opt-in."
    ),
    remedy=n(
        "Add the legal basis “Sale or sharing with the right to opt out”, and say as its provision how it is offered."
    ),
)
def sale_without_opt_out(record: ActivityRecord, context: Context) -> Found:
    sold = tuple(row for row in record.recipients if is_sold_or_shared(row))
    if not sold or any(row.legal_basis is not None and row.legal_basis.code in _OPT_OUT for row in record.legal_bases):
        return NOTHING
    return [(None, {"names": sold})]


@rule(
    "business-purpose-missing",
    Area.CALIFORNIA,
    Severity.MINOR,
    "CCPA 1798.140(e)",
    at="purposes.ccpa_business_purpose",
    laws=_LAWS,
    what=n(
        "Data are disclosed to service providers or contractors, and none of the purposes is one of the statute's business purposes."
    ),
    asks=n("For which business purpose are the data disclosed?"),
    why=n("Disclosures for a business purpose are a list of their own, in the statute's terms."),
    remedy=n("Choose the CCPA business purpose beside the purpose."),
)
def business_purpose_missing(record: ActivityRecord, context: Context) -> Found:
    if not any(row.ccpa_role in _ON_OUR_BEHALF for row in record.recipients):
        return NOTHING
    return NOTHING if any(row.ccpa_business_purpose for row in record.purposes) else HERE


@rule(
    "sensitive-information-not-answered",
    Area.CALIFORNIA,
    Severity.MINOR,
    "CCPA 1798.100(a)(2), 1798.140(ae)",
    at="data_categories.category",
    laws=_LAWS,
    what=n("Nobody has said whether these are sensitive personal information: %(names)s."),
    asks=n("Are these data sensitive in the sense of the statute?"),
    why=n("The notice at collection names sensitive information apart, and consumers may limit its use."),
    remedy=n("Answer the question in the catalogue's entry."),
)
def sensitive_information_not_answered(record: ActivityRecord, context: Context) -> Found:
    named = tuple(
        row
        for row in record.data_categories
        if row.category is not None and row.category.ccpa_sensitive in _OPEN and not row.category.ccpa_sensitive_term
    )
    return [(None, {"names": named})] if named else NOTHING


@rule(
    "sensitive-term-missing",
    Area.CALIFORNIA,
    Severity.MINOR,
    "CCPA 1798.130(c), 1798.140(ae)",
    at="data_categories.category",
    laws=_LAWS,
    given=("data_categories",),
    what=n("Which of the statute's kinds of sensitive personal information these are isn't said: %(names)s."),
    asks=n("Under which of the statute's terms do you disclose them?"),
    why=n("Disclosures name sensitive information by the specific terms of the statute."),
    remedy=n("Choose the kind in the catalogue's entry."),
)
def sensitive_term_missing(record: ActivityRecord, context: Context) -> Found:
    named = tuple(
        row
        for row in record.data_categories
        if row.category is not None and is_sensitive(row) and not row.category.ccpa_sensitive_term
    )
    return [(None, {"names": named})] if named else NOTHING


@rule(
    "notice-at-collection-missing",
    Area.CALIFORNIA,
    Severity.SERIOUS,
    "CCPA 1798.100(a), (b)",
    at="privacy_notice",
    laws=_LAWS,
    what=n("The record is approved, and nothing says where consumers are told about the collection."),
    asks=n("What do consumers read before you collect these data?"),
    why=n(
        "At or before collection consumers are told which categories are collected and what for, whether they are sold or shared, and how long they are kept."
    ),
    remedy=n("Write the notice from the report “Notice at collection (California)”, and enter where it stands."),
)
def notice_at_collection_missing(record: ActivityRecord, context: Context) -> Found:
    return HERE if record.status == ActivityStatus.APPROVED and not record.privacy_notice else NOTHING


@rule(
    "disclosures-older-than-a-year",
    Area.CALIFORNIA,
    Severity.SERIOUS,
    "CCPA 1798.130(a)(5)",
    at="privacy_notice_on",
    laws=_LAWS,
    what=n("The wording of “%(name)s” is of %(dated)s, more than twelve months old."),
    asks=n("When did you last bring the disclosures in your privacy policy up to date?"),
    why=n("The lists in the privacy policy are brought up to date at least once every twelve months."),
    remedy=n("Compare the policy with the disclosure lists, bring it up to date, and enter its new date."),
)
def disclosures_older_than_a_year(record: ActivityRecord, context: Context) -> Found:
    dated = record.privacy_notice_on
    if not record.privacy_notice or dated is None or context.on - dated <= YEAR:
        return NOTHING
    return [(None, {"name": record.privacy_notice, "dated": dated})]


@rule(
    "consumer-rights-missing",
    Area.CALIFORNIA,
    Severity.MINOR,
    "CCPA 1798.130(a)(1), (5)(A)",
    at="rights",
    laws=_LAWS,
    what=n("The record is approved, and doesn't say which rights consumers have and how they ask."),
    asks=n("How does a consumer ask to know, to delete, to correct, to opt out?"),
    why=n(
        "The privacy policy describes the rights and two or more ways of asking; where data are sensitive, the right to limit their use too (1798.121)."
    ),
    remedy=n("Enter the rights with two ways of asking, such as a toll-free number and a form on the website."),
)
def consumer_rights_missing(record: ActivityRecord, context: Context) -> Found:
    return HERE if record.status == ActivityStatus.APPROVED and not record.rights else NOTHING


@rule(
    "minors-sold-without-opt-in",
    Area.CALIFORNIA,
    Severity.CRITICAL,
    "CCPA 1798.120(c), (d)",
    at="legal_bases",
    laws=_LAWS,
    what=n("Data of %(people)s are sold to or shared with %(names)s, and the record names no opt-in."),
    asks=n("Who has agreed that data of consumers under sixteen are sold?"),
    why=n(
        "Data of consumers under sixteen are sold or shared only after they, or for those under thirteen a parent, have opted in."
    ),
    remedy=n(
        "Add the legal basis “Sale or sharing of minors' data after opt-in” and say how it is obtained, or stop selling and sharing."
    ),
)
def minors_sold_without_opt_in(record: ActivityRecord, context: Context) -> Found:
    sold = tuple(row for row in record.recipients if is_sold_or_shared(row))
    minors = tuple(row for row in record.data_subjects if _is_minor(row)) if sold else ()
    opted_in = (row.legal_basis is not None and row.legal_basis.code == _OPT_IN for row in record.legal_bases)
    if not minors or any(opted_in):
        return NOTHING
    return [(None, {"people": minors, "names": sold})]


def _is_minor(row: Any) -> bool:
    entry = row.category
    if entry is not None and entry.dpv_term == "dpv:Child":
        return True
    return bool(_MINORS.search(f"{entry.name if entry is not None else ''} {row.stated_as}"))


@rule(
    "californian-risk-assessment-missing",
    Area.CALIFORNIA,
    Severity.MINOR,
    "CCPA Regs. §§ 7150, 7155",
    at="impact_assessments",
    laws=_LAWS,
    what=n("Nothing says that the risks of this processing have been assessed: %(reasons)s."),
    asks=n("Where is your risk assessment of this processing?"),
    why=n(
        "Since 2026 selling, sharing, using sensitive personal information, significant decisions by a machine, and profiling at work or in education need a risk assessment before they begin; for what had begun by then it is due by the end of 2027."
    ),
    remedy=n("Add an impact assessment with its conclusion, and review it every three years."),
)
def californian_risk_assessment_missing(record: ActivityRecord, context: Context) -> Found:
    if context.on < ASSESSED_SINCE or any(map(_is_assessed, record.impact_assessments)):
        return NOTHING
    reasons = _risks(record)
    return [(None, {"reasons": reasons})] if reasons else NOTHING


@rule(
    "californian-risk-assessment-outdated",
    Area.CALIFORNIA,
    Severity.MINOR,
    "CCPA Regs. § 7155(a)",
    at="impact_assessments.completed_on",
    laws=_LAWS,
    given=("impact_assessments",),
    what=n("The risks of this processing were last assessed on %(day)s, more than three years ago."),
    asks=n("What has changed since, and does the assessment still hold?"),
    why=n("A risk assessment is reviewed at least every three years, and within 45 days of a material change."),
    remedy=n("Review the assessment, and enter the day on which that was completed."),
)
def californian_risk_assessment_outdated(record: ActivityRecord, context: Context) -> Found:
    made = {row.completed_on: row for row in record.impact_assessments if row.completed_on is not None}
    if context.on < ASSESSED_SINCE or not made or not _risks(record):
        return NOTHING
    last = max(made)
    return [(made[last], {"day": last})] if context.on - last > THREE_YEARS else NOTHING


def _risks(record: ActivityRecord) -> tuple[Any, ...]:
    """Return what asks for a risk assessment: sale and sharing, sensitive data, decisions, observation at work."""
    sold = (row for row in record.recipients if is_sold_or_shared(row))
    sensitive = (row for row in record.data_categories if is_sensitive(row))
    told = facts(ActivityRecord)
    decided = (told["automated_decisions"],) if record.automated_decisions == Answer.YES else ()
    observed = record.profiling == Answer.YES and any(
        row.category is not None and row.category.dpv_term in _AT_WORK_OR_SCHOOL for row in record.data_subjects
    )
    return (*sold, *sensitive, *decided, *((told["profiling"],) if observed else ()))


_AT_WORK_OR_SCHOOL = frozenset({"dpv:Employee", "dpv:JobApplicant", "dpv:Student"})
"""Profiling asks for a risk assessment where it is of people at work, in education, or applying for either."""


def _is_assessed(row: Any) -> bool:
    decided = row.conclusion == AssessmentConclusion.NOT_REQUIRED and row.conclusion_reason
    return bool(row.status == AssessmentStatus.COMPLETED or decided)
