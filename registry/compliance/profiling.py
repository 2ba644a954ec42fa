"""Profiling and automated decisions: Arts. 4(4), 21 and 22."""

from django.utils.translation import gettext_noop as n

from registry.compliance import grounds
from registry.compliance.context import Context
from registry.compliance.gap import HERE, NOTHING, Area, Found, Severity, rule
from registry.compliance.laws import Law
from registry.compliance.texts import says
from registry.record.activity import ActivityRecord
from registry.record.definition import facts
from registry.reference.answers import Answer
from registry.reference.lawful_basis import BasisKind

_DECISION_GROUNDS = (
    grounds.CONSENT | grounds.LEGAL_OBLIGATION | grounds.PUBLIC_TASK | frozenset({"A6-1-b", "UK-A6-1-b", "BR-A7-V"})
)


@rule(
    "automated-decision-without-explanation",
    Area.PROFILING,
    Severity.SERIOUS,
    "GDPR Arts. 13(2)(f), 14(2)(g)",
    at="profiling_logic",
    given=("automated_decisions: yes",),
    what=n("Decisions are taken by a machine alone, and the record doesn't say: %(names)s."),
    asks=n("By which logic is it decided, and what does that mean for the person?"),
    why=n("People have to be told about the logic involved and the consequences for them."),
    remedy=n("Describe the logic, and its significance and consequences."),
)
def automated_decision_without_explanation(record: ActivityRecord, context: Context) -> Found:
    if record.automated_decisions != Answer.YES:
        return NOTHING
    declared = facts(ActivityRecord)
    silent = tuple(declared[key] for key in ("profiling_logic", "profiling_consequences") if not getattr(record, key))
    return [(None, {"names": silent})] if silent else NOTHING


@rule(
    "automated-decision-without-human",
    Area.PROFILING,
    Severity.SERIOUS,
    "GDPR Art. 22(3)",
    at="human_intervention",
    given=("automated_decisions: yes",),
    what=n(
        "Decisions are taken by a machine alone, and nothing says how a person gets somebody to look at them again."
    ),
    asks=n("Who looks at a decision again when the person contests it?"),
    why=n("People have a right to human intervention, to state their view and to contest the decision."),
    remedy=n("Enter who intervenes, and how a person asks for it."),
)
def automated_decision_without_human(record: ActivityRecord, context: Context) -> Found:
    return HERE if record.automated_decisions == Answer.YES and not says(record.human_intervention) else NOTHING


@rule(
    "automated-decision-without-ground",
    Area.PROFILING,
    Severity.CRITICAL,
    "GDPR Art. 22(2)",
    at="automated_decisions",
    given=("automated_decisions: yes",),
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
    given=("automated_decisions: yes",),
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
