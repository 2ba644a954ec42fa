"""Profiling, automated decisions and customer segments: Arts. 4(4), 21 and 22, and what data a segment may be made from."""

from django.utils.translation import gettext_noop as n

from registry.compliance import grounds
from registry.compliance.context import Context
from registry.compliance.gap import HERE, NOTHING, Area, Found, Severity, rule
from registry.compliance.laws import Law
from registry.record.activity import ActivityRecord
from registry.record.definition import facts
from registry.record.segments import data_used
from registry.reference.answers import Answer
from registry.reference.lawful_basis import BasisKind
from registry.reference.segmentation import ContactBasis, Identifiability
from registry.reference.special_category import DataSensitivity

_SENSITIVE = frozenset({str(DataSensitivity.SPECIAL_CATEGORY), str(DataSensitivity.CRIMINAL_OFFENCE)})
_PERSONAL = frozenset({str(Identifiability.IDENTIFIABLE), str(Identifiability.PSEUDONYMISED)})
_CONTACTED = frozenset(
    {str(ContactBasis.CONSENT), str(ContactBasis.SOFT_OPT_IN), str(ContactBasis.LEGITIMATE_INTEREST)}
)
_DECISION_GROUNDS = (
    grounds.CONSENT | grounds.LEGAL_OBLIGATION | grounds.PUBLIC_TASK | frozenset({"A6-1-b", "UK-A6-1-b", "BR-A7-V"})
)


@rule(
    "automated-decision-without-explanation",
    Area.PROFILING,
    Severity.SERIOUS,
    "GDPR Arts. 13(2)(f), 14(2)(g)",
    at="profiling_logic",
    given=("automated decisions",),
    what=n("Decisions are taken by a machine alone, and the record doesn't say: %(names)s."),
    asks=n("By which logic is it decided, and what does that mean for the person?"),
    why=n("People have to be told about the logic involved and the consequences for them."),
    remedy=n("Describe the logic, and its significance and consequences."),
)
def automated_decision_without_explanation(record: ActivityRecord, context: Context) -> Found:
    if record.automated_decisions != Answer.YES:
        return NOTHING
    declared = facts(ActivityRecord)
    silent = tuple(
        declared[key].title for key in ("profiling_logic", "profiling_consequences") if not getattr(record, key)
    )
    return [(None, {"names": silent})] if silent else NOTHING


@rule(
    "automated-decision-without-human",
    Area.PROFILING,
    Severity.SERIOUS,
    "GDPR Art. 22(3)",
    at="human_intervention",
    given=("automated decisions",),
    what=n(
        "Decisions are taken by a machine alone, and nothing says how a person gets somebody to look at them again."
    ),
    asks=n("Who looks at a decision again when the person contests it?"),
    why=n("People have a right to human intervention, to state their view and to contest the decision."),
    remedy=n("Enter who intervenes, and how a person asks for it."),
)
def automated_decision_without_human(record: ActivityRecord, context: Context) -> Found:
    return HERE if record.automated_decisions == Answer.YES and not record.human_intervention else NOTHING


@rule(
    "automated-decision-without-ground",
    Area.PROFILING,
    Severity.CRITICAL,
    "GDPR Art. 22(2)",
    at="automated_decisions",
    given=("automated decisions",),
    what=n(
        "Decisions are taken by a machine alone, on the basis of %(names)s: none of the three exceptions allows that."
    ),
    asks=n("Is the decision needed for a contract, allowed by law, or based on explicit consent?"),
    why=n("Such decisions are prohibited unless one of these three holds."),
    remedy=n("Add the ground that allows it, or have a person decide."),
)
def automated_decision_without_ground(record: ActivityRecord, context: Context) -> Found:
    if record.automated_decisions != Answer.YES or not record.legal_bases:
        return NOTHING
    for row in record.legal_bases:
        basis = row.legal_basis
        if basis is None or basis.code in _DECISION_GROUNDS or basis.kind == BasisKind.NATIONAL_LAW:
            return NOTHING  # words alone may name it
    return [(None, {"names": tuple(row.legal_basis for row in record.legal_bases)})]


@rule(
    "automated-decision-on-special-data",
    Area.PROFILING,
    Severity.CRITICAL,
    "GDPR Art. 22(4)",
    at="automated_decisions",
    given=("automated decisions",),
    what=n(
        "Decisions are taken by a machine alone, on special categories of data, with neither explicit consent nor a substantial public interest."
    ),
    asks=n("On which of the two are these decisions based?"),
    why=n("Special categories may enter such decisions only under Art. 9(2)(a) or (g), with safeguards."),
    remedy=n("Leave these data out of the decision, or name the condition that allows it."),
)
def automated_decision_on_special_data(record: ActivityRecord, context: Context) -> Found:
    if record.automated_decisions != Answer.YES or not grounds.has_special_data(record):
        return NOTHING
    allowed = grounds.EXPLICIT_CONSENT | {"A9-2-g", "UK-A9-2-g"}
    return NOTHING if grounds.conditions_of(record) & allowed else HERE


@rule(
    "profiling-not-answered",
    Area.PROFILING,
    Severity.SERIOUS,
    "Directive (EU) 2016/680 Art. 24(1)(e)",
    at="profiling",
    laws=(Law.LAW_ENFORCEMENT,),
    what=n("The record doesn't say whether profiling is used."),
    asks=n("Are people evaluated automatically, for instance to find suspects?"),
    why=n("A record of law enforcement states the use of profiling, where there is any."),
    remedy=n("Answer the question on profiling."),
)
def profiling_not_answered(record: ActivityRecord, context: Context) -> Found:
    return NOTHING if record.profiling in (Answer.YES, Answer.NO) else HERE


@rule(
    "segments-without-profiling",
    Area.PROFILING,
    Severity.MINOR,
    "GDPR Art. 4(4)",
    at="profiling",
    given=("segments",),
    what=n("People are put into segments (%(names)s), and the record doesn't say that they are profiled."),
    asks=n("Are personal aspects evaluated to form these segments?"),
    why=n("Forming segments from personal data is profiling, which people have to be told about and may object to."),
    remedy=n("Answer the question on profiling."),
)
def segments_without_profiling(record: ActivityRecord, context: Context) -> Found:
    if record.profiling == Answer.YES:
        return NOTHING
    named = tuple(row for row in record.segments if row.identifiability in _PERSONAL)
    return [(None, {"names": named})] if named else NOTHING


@rule(
    "segment-with-special-data",
    Area.PROFILING,
    Severity.CRITICAL,
    "GDPR Arts. 9(2)(a), 10",
    at="segment_data",
    given=("segment_data", "segments"),
    what=n("The segment “%(segment)s” is made from %(names)s, without explicit consent."),
    asks=n("Have the people agreed explicitly that you sort them by such data?"),
    why=n("Sorting people by data of these kinds for marketing is prohibited without their explicit consent."),
    remedy=n("Take these data out of the segment, or record the explicit consent as a condition."),
)
def segment_with_special_data(record: ActivityRecord, context: Context) -> Found:
    if not record.segment_data or grounds.conditions_of(record) & grounds.EXPLICIT_CONSENT:
        return NOTHING
    found = []
    for segment in record.segments:
        used = data_used(segment, record.segment_data, ())
        named = tuple(
            one.row for one in used if one.row.category is not None and one.row.category.sensitivity in _SENSITIVE
        )
        if named:
            found.append((segment, {"segment": segment, "names": named}))
    return found


@rule(
    "segment-data-beyond-activity",
    Area.PROFILING,
    Severity.SERIOUS,
    "GDPR Art. 5(1)(b), (c)",
    at="segment_data",
    given=("segment_data", "segments"),
    what=n("The segment “%(segment)s” uses data that the activity itself doesn't list: %(names)s."),
    asks=n("Where do these data come from, and for what were they collected?"),
    why=n(
        "Data taken from elsewhere need a compatible purpose and a basis of their own, and a notice that names them."
    ),
    remedy=n("Add the data to the activity with their source and basis, or leave them out of the segment."),
)
def segment_data_beyond_activity(record: ActivityRecord, context: Context) -> Found:
    if not record.segment_data:
        return NOTHING
    found = []
    for segment in record.segments:
        used = data_used(segment, record.segment_data, record.data_categories)
        beyond = tuple(one.row for one in used if one.beyond)
        if beyond:
            found.append((segment, {"segment": segment, "names": beyond}))
    return found


@rule(
    "segment-without-criteria",
    Area.PROFILING,
    Severity.MINOR,
    "GDPR Arts. 5(1)(a), 5(2)",
    at="segments.criteria",
    given=("segments",),
    what=n("Nothing says by which criteria people fall into the segment “%(segment)s”."),
    asks=n("Why is this person in this segment, and that one not?"),
    why=n("People may ask why they are addressed, and the answer has to be ready."),
    remedy=n("Enter the rules or the model that decide."),
)
def segment_without_criteria(record: ActivityRecord, context: Context) -> Found:
    return [(row, {"segment": row}) for row in record.segments if not row.criteria]


@rule(
    "segment-without-data",
    Area.PROFILING,
    Severity.MINOR,
    "GDPR Art. 5(1)(c)",
    at="segment_data",
    given=("segments",),
    what=n("Nothing says from which data the segment “%(segment)s” is made."),
    asks=n("Which data decide whether somebody falls into this segment?"),
    why=n("Whether less would do can only be judged once the data are named."),
    remedy=n("List the data used in the segment."),
)
def segment_without_data(record: ActivityRecord, context: Context) -> Found:
    return [
        (row, {"segment": row})
        for row in record.segments
        if row.identifiability != Identifiability.ANONYMOUS and not any(data_used(row, record.segment_data, ()))
    ]


@rule(
    "segment-without-contact-basis",
    Area.PROFILING,
    Severity.SERIOUS,
    "GDPR Art. 6(1)",
    at="segments.contact_basis",
    given=("segments",),
    what=n("Nothing says on what basis the people in the segment “%(segment)s” are contacted."),
    asks=n("Have they consented, are they your customers, or do you rely on an interest of yours?"),
    why=n(
        "Contact for marketing needs consent or one of its narrow exceptions; it has to be known before the first message."
    ),
    remedy=n("Choose the basis for contact; choose “nobody is contacted” where that is so."),
)
def segment_without_contact_basis(record: ActivityRecord, context: Context) -> Found:
    return [(row, {"segment": row}) for row in record.segments if not row.contact_basis]


@rule(
    "segment-without-opt-out",
    Area.PROFILING,
    Severity.SERIOUS,
    "GDPR Arts. 7(3), 21(2)-(3)",
    at="segments.opt_out",
    given=("segments",),
    what=n("People in the segment “%(segment)s” are contacted, and nothing says how they can stop it."),
    asks=n("How does somebody leave this segment?"),
    why=n(
        "Anybody may object to direct marketing and to the profiling behind it at any time, and consent can be withdrawn."
    ),
    remedy=n("Enter the route by which people opt out, and see that it works."),
)
def segment_without_opt_out(record: ActivityRecord, context: Context) -> Found:
    return [(row, {"segment": row}) for row in record.segments if row.contact_basis in _CONTACTED and not row.opt_out]


@rule(
    "segment-consent-without-mechanism",
    Area.PROFILING,
    Severity.SERIOUS,
    "GDPR Art. 7(1)",
    at="segments.consent",
    given=("segments",),
    what=n("The segment “%(segment)s” is contacted by consent, and no consent mechanism is named."),
    asks=n("Where did these people consent, and to which words?"),
    why=n("Whoever relies on consent has to be able to show it."),
    remedy=n("Add the consent mechanism, and choose it in the segment."),
)
def segment_consent_without_mechanism(record: ActivityRecord, context: Context) -> Found:
    return [
        (row, {"segment": row})
        for row in record.segments
        if row.contact_basis == ContactBasis.CONSENT and row.consent is None
    ]


@rule(
    "segment-without-minimisation",
    Area.PROFILING,
    Severity.MINOR,
    "GDPR Art. 5(1)(c)",
    at="segments.minimisation",
    given=("segments",),
    what=n("People in the segment “%(segment)s” can be told apart, and nothing says why no less data would do."),
    asks=n("Could the same be reached with fewer data, or with aggregated ones?"),
    why=n("Only data that the purpose needs may be used; each further one is a further risk."),
    remedy=n("Say why the data are needed, or pseudonymise or aggregate them."),
)
def segment_without_minimisation(record: ActivityRecord, context: Context) -> Found:
    return [
        (row, {"segment": row}) for row in record.segments if row.identifiability in _PERSONAL and not row.minimisation
    ]


@rule(
    "segment-identifiability-unknown",
    Area.PROFILING,
    Severity.MINOR,
    "GDPR Art. 4(1), (5)",
    at="segments.identifiability",
    given=("segments",),
    what=n("Nothing says how far the people in the segment “%(segment)s” can be told apart."),
    asks=n("Are these names, pseudonyms, or only totals?"),
    why=n("It decides whether the segment holds personal data at all, and what its loss would mean."),
    remedy=n("Choose identifiable, pseudonymised, aggregated or anonymous."),
)
def segment_identifiability_unknown(record: ActivityRecord, context: Context) -> Found:
    return [(row, {"segment": row}) for row in record.segments if not row.identifiability]


@rule(
    "segment-review-overdue",
    Area.PROFILING,
    Severity.MINOR,
    "GDPR Arts. 5(1)(d), 5(2)",
    at="segments.next_review_on",
    given=("segments",),
    what=n("The review of the segment “%(segment)s” was due on %(due)s."),
    asks=n("Are its rules still right, and do the people in it still belong there?"),
    why=n("Segments go stale: people are addressed by what was true once."),
    remedy=n("Review the segment and set the next day."),
)
def segment_review_overdue(record: ActivityRecord, context: Context) -> Found:
    return [
        (row, {"segment": row, "due": row.next_review_on})
        for row in record.segments
        if row.next_review_on is not None and row.next_review_on < context.on
    ]


@rule(
    "segment-review-not-planned",
    Area.PROFILING,
    Severity.MINOR,
    "GDPR Arts. 5(1)(d), 5(2)",
    at="segments.next_review_on",
    given=("segments",),
    what=n("No day is set on which the segment “%(segment)s” is looked at again."),
    asks=n("When do you check its rules and who is in it?"),
    why=n("Segments go stale: people are addressed by what was true once."),
    remedy=n("Set the day of the next review."),
)
def segment_review_not_planned(record: ActivityRecord, context: Context) -> Found:
    return [(row, {"segment": row}) for row in record.segments if row.next_review_on is None]
