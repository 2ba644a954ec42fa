"""Who receives data on which terms: processors and their contracts (Art. 28), joint controllers (Art. 26)."""

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

from django.utils.translation import gettext_noop as n

from registry.compliance.context import Context
from registry.compliance.contracts import (
    ends_soon,
    has_contract,
    has_ended,
    lacking_points,
    says_contract,
    unchecked_points,
)
from registry.compliance.gap import EVERYBODY, NOTHING, Area, Found, Severity, rule
from registry.compliance.laws import Law
from registry.record.activity import ActivityRecord
from registry.record.definition import Fact, facts
from registry.record.entries import RecipientEntry
from registry.reference.contracts import ContractKind, SubProcessorAuthorisation
from registry.reference.roles import ActivityRole, RecipientNature, RecipientRole

_PROCESSORS = frozenset({str(RecipientRole.PROCESSOR), str(RecipientRole.SUB_PROCESSOR)})
_ENGAGED: dict[bool, frozenset[str]] = {False: frozenset({str(RecipientRole.PROCESSOR)}), True: _PROCESSORS}
"""Whom we engage ourselves. A controller's processors engage its sub-processors; a processor engages its own."""


def role_of(row: Any) -> str:
    """Return the recipient's role here, or else its usual one; empty where neither is known."""
    return str(row.role or (row.recipient.kind if row.recipient is not None else ""))


def is_engaged(record: ActivityRecord, row: Any) -> bool:
    """Say whether the recipient is a processor that we engage ourselves."""
    return role_of(row) in _ENGAGED[record.role == ActivityRole.PROCESSOR]


def processors(record: ActivityRecord) -> Iterator[Any]:
    """Yield the recipients that we engage as processors ourselves, and that the catalogue knows by name."""
    for row in record.recipients:
        entry = row.recipient
        if entry is not None and entry.nature != RecipientNature.CATEGORY and is_engaged(record, row):
            yield row


def unbound_processors(record: ActivityRecord, on: date) -> Iterator[Any]:
    """Yield those processors that no contract binds on that day."""
    for row in processors(record):
        if not has_contract(row.recipient) or has_ended(row.recipient, on):
            yield row


def bound_processors(record: ActivityRecord) -> Iterator[Any]:
    """Yield those processors for which a contract is recorded, whether or not it has ended."""
    return (row for row in processors(record) if has_contract(row.recipient))


@rule(
    "processor-without-contract",
    Area.RECIPIENTS,
    Severity.CRITICAL,
    "GDPR Art. 28(3)",
    at="recipients.recipient",
    given=("a processor without contract",),
    roles=EVERYBODY,
    also={Law.CH: "FADP Art. 9", Law.BR: "LGPD Art. 39"},
    what=n("%(name)s processes data on our behalf, and no contract is recorded that binds it."),
    asks=n("Can I see the contract with this processor?"),
    why=n("A processor may only be used under a contract or another binding act with the content of Art. 28(3)."),
    remedy=n("Enter the contract in the recipient's entry: kind, date of signature, where it is kept."),
)
def processor_without_contract(record: ActivityRecord, context: Context) -> Found:
    return [(row, {"name": row.recipient}) for row in _without_contract(record) if not says_contract(_words_of(row))]


@rule(
    "contract-only-in-words",
    Area.RECIPIENTS,
    Severity.SERIOUS,
    "GDPR Art. 28(3), (9)",
    at="recipients.recipient",
    given=("a processor without contract",),
    roles=EVERYBODY,
    also={Law.CH: "FADP Art. 9", Law.BR: "LGPD Art. 39"},
    what=n(
        "That a contract binds the processor %(name)s is only said in words: neither its kind nor its date is recorded."
    ),
    asks=n("Can I see the contract with this processor?"),
    why=n(
        "A contract that is only mentioned proves nothing: nobody is reminded of its end, nobody checks what it settles."
    ),
    remedy=n("Enter the contract in the recipient's entry: kind, date of signature, where it is kept."),
)
def contract_only_in_words(record: ActivityRecord, context: Context) -> Found:
    return [(row, {"name": row.recipient}) for row in _without_contract(record) if says_contract(_words_of(row))]


def _without_contract(record: ActivityRecord) -> Iterator[Any]:
    return (row for row in processors(record) if not has_contract(row.recipient))


def _words_of(row: Any) -> str:
    return f"{row.recipient.name} {row.stated_as} {row.what_for}"


@rule(
    "processor-not-named",
    Area.RECIPIENTS,
    Severity.MINOR,
    "GDPR Art. 28(3)",
    at="recipients.recipient",
    given=("categories of processors",),
    roles=EVERYBODY,
    what=n(
        "“%(name)s” are processors as a category: which companies they are, and whether each has a contract, can't be seen."
    ),
    asks=n("Which companies are these?"),
    why=n("Each processor needs its own contract, and a list of categories can't show that it has one."),
    remedy=n("Add the processors by name to the recipients."),
)
def processor_not_named(record: ActivityRecord, context: Context) -> Found:
    return [
        (row, {"name": row.recipient})
        for row in record.recipients
        if row.recipient is not None
        and row.recipient.nature == RecipientNature.CATEGORY
        and (row.role or row.recipient.kind) in _PROCESSORS
        and not row.stated_as
    ]


@rule(
    "contract-expired",
    Area.RECIPIENTS,
    Severity.CRITICAL,
    "GDPR Art. 28(3)",
    at="recipients.recipient",
    given=("an ended contract",),
    roles=EVERYBODY,
    also={Law.CH: "FADP Art. 9", Law.BR: "LGPD Art. 39"},
    what=n("The contract with the processor %(name)s ended on %(ended)s."),
    asks=n("What has bound this processor since then?"),
    why=n("Without a contract in force it may not process data on our behalf."),
    remedy=n("Renew the contract and enter its new end, or end the processing."),
)
def contract_expired(record: ActivityRecord, context: Context) -> Found:
    return [
        (row, {"name": row.recipient, "ended": row.recipient.contract_ends_on})
        for row in bound_processors(record)
        if has_ended(row.recipient, context.on)
    ]


@rule(
    "contract-ending",
    Area.RECIPIENTS,
    Severity.MINOR,
    "GDPR Art. 28(3)",
    at="recipients.recipient",
    given=("a contract that ends soon",),
    roles=EVERYBODY,
    what=n("The contract with the processor %(name)s ends on %(ends)s."),
    asks=n("Will it be renewed, and what happens to the data if not?"),
    why=n("From the day after, the processor may not process the data any more."),
    remedy=n("Renew the contract in time, or prepare the return or erasure of the data."),
)
def contract_ending(record: ActivityRecord, context: Context) -> Found:
    return [
        (row, {"name": row.recipient, "ends": row.recipient.contract_ends_on})
        for row in bound_processors(record)
        if ends_soon(row.recipient, context.on)
    ]


@rule(
    "contract-without-date",
    Area.RECIPIENTS,
    Severity.SERIOUS,
    "GDPR Art. 28(3), (9)",
    at="recipients.recipient",
    given=("a contract without date",),
    roles=EVERYBODY,
    what=n("A contract with the processor %(name)s is recorded, without the day on which it was signed."),
    asks=n("When was the contract signed?"),
    why=n("The contract has to be in writing; one without a date proves nothing for any given day."),
    remedy=n("Enter the date of signature, and where the contract is kept."),
)
def contract_without_date(record: ActivityRecord, context: Context) -> Found:
    return [
        (row, {"name": row.recipient}) for row in bound_processors(record) if row.recipient.contract_signed_on is None
    ]


@rule(
    "contract-signed-later",
    Area.RECIPIENTS,
    Severity.CRITICAL,
    "GDPR Art. 28(3)",
    at="recipients.recipient",
    given=("a contract of a later day",),
    roles=EVERYBODY,
    what=n("The contract with the processor %(name)s is dated %(signed)s, after %(on)s."),
    asks=n("What bound this processor before that day?"),
    why=n("Processing before the contract is signed isn't covered by it."),
    remedy=n("Correct the date, or enter what bound the processor until then."),
)
def contract_signed_later(record: ActivityRecord, context: Context) -> Found:
    return [
        (row, {"name": row.recipient, "signed": row.recipient.contract_signed_on, "on": context.on})
        for row in bound_processors(record)
        if row.recipient.contract_signed_on is not None and row.recipient.contract_signed_on > context.on
    ]


@rule(
    "contract-lacks-points",
    Area.RECIPIENTS,
    Severity.SERIOUS,
    "GDPR Art. 28(3)(a)-(h)",
    at="recipients.recipient",
    given=("a contract that lacks points",),
    roles=EVERYBODY,
    what=n("The contract with the processor %(name)s doesn't settle: %(points)s."),
    asks=n("Why is this not in the contract?"),
    why=n("The law lists eight points that every contract with a processor has to settle."),
    remedy=n("Have the contract completed, and correct the answers in the recipient's entry."),
)
def contract_lacks_points(record: ActivityRecord, context: Context) -> Found:
    return _points(record, context, lacking_points)


@rule(
    "contract-points-not-checked",
    Area.RECIPIENTS,
    Severity.MINOR,
    "GDPR Art. 28(3)(a)-(h)",
    at="recipients.recipient",
    given=("a contract that nobody has checked",),
    roles=EVERYBODY,
    what=n("Nobody has checked whether the contract with the processor %(name)s settles: %(points)s."),
    asks=n("Has the contract been compared with the list of Art. 28(3)?"),
    why=n("The law lists eight points that every contract with a processor has to settle."),
    remedy=n("Read the contract against the eight points, and answer them in the recipient's entry."),
)
def contract_points_not_checked(record: ActivityRecord, context: Context) -> Found:
    return _points(record, context, unchecked_points)


def _points(record: ActivityRecord, context: Context, wanted: Callable[[RecipientEntry], tuple[str, ...]]) -> Found:
    return [
        (row, {"name": row.recipient, "points": points})
        for row in bound_processors(record)
        if (points := _points_of(row.recipient, context, wanted))
    ]


def _points_of(
    entry: RecipientEntry, context: Context, wanted: Callable[[RecipientEntry], tuple[str, ...]]
) -> tuple[Fact, ...]:
    """Return the facts of the points that are wanted of a contract, worked out once for all records that name it."""
    key = (wanted, entry.pk)
    if key not in context.known:
        declared = facts(RecipientEntry)
        context.known[key] = tuple([declared[point] for point in wanted(entry)])
    found: tuple[Fact, ...] = context.known[key]
    return found


@rule(
    "sub-processor-authorisation-unknown",
    Area.RECIPIENTS,
    Severity.MINOR,
    "GDPR Art. 28(2)",
    at="recipients.recipient",
    given=("a contract silent on sub-processors",),
    roles=EVERYBODY,
    what=n("Nothing says whether %(name)s may engage sub-processors."),
    asks=n("Which sub-processors does it use, and have you authorised them?"),
    why=n("A processor may not engage another one without prior authorisation, specific or general."),
    remedy=n("Enter the authorisation of sub-processors in the recipient's entry, and the sub-processors with it."),
)
def sub_processor_authorisation_unknown(record: ActivityRecord, context: Context) -> Found:
    return [
        (row, {"name": row.recipient})
        for row in bound_processors(record)
        if not row.recipient.sub_processor_authorisation
    ]


@rule(
    "sub-processor-not-authorised",
    Area.RECIPIENTS,
    Severity.SERIOUS,
    "GDPR Art. 28(2), (4)",
    at="recipients.recipient",
    given=("a contract against sub-processors",),
    roles=EVERYBODY,
    what=n("%(name)s may engage no sub-processors, and the catalogue names %(subs)s as such."),
    asks=n("On what authorisation does the processor pass the data on?"),
    why=n("A processor may not engage another one without prior authorisation."),
    remedy=n("Authorise them and correct the entry, or have the processor end the arrangement."),
)
def sub_processor_not_authorised(record: ActivityRecord, context: Context) -> Found:
    return [
        (row, {"name": row.recipient, "subs": context.sub_processors[row.recipient.pk]})
        for row in bound_processors(record)
        if row.recipient.sub_processor_authorisation == SubProcessorAuthorisation.NONE
        and row.recipient.pk in context.sub_processors
    ]


@rule(
    "sub-processor-of-nobody",
    Area.RECIPIENTS,
    Severity.MINOR,
    "GDPR Art. 28(2), (4)",
    at="recipients.recipient",
    given=("sub-processors",),
    what=n("%(name)s is a sub-processor here, and nothing says whose."),
    asks=n("Which of your processors engages it, and have you authorised that?"),
    why=n("A processor may not engage another one without prior authorisation, and answers for it."),
    remedy=n("Choose the processor that engages it in the recipient's entry, or correct its role here."),
)
def sub_processor_of_nobody(record: ActivityRecord, context: Context) -> Found:
    return [
        (row, {"name": row})
        for row in record.recipients
        if role_of(row) == RecipientRole.SUB_PROCESSOR
        and row.recipient is not None
        and row.recipient.sub_processor_of is None
    ]


@rule(
    "joint-controller-among-recipients",
    Area.RECIPIENTS,
    Severity.SERIOUS,
    "GDPR Art. 26(1)",
    at="recipients.recipient",
    given=("joint recipients",),
    what=n("%(name)s receives data as a joint controller, and the record names no joint controllers or arrangement."),
    asks=n("Where is it laid down who does what?"),
    why=n("Joint controllers need an arrangement, and the record names them."),
    remedy=n("Change our role to joint controller and name it there, or correct its role here."),
)
def joint_controller_among_recipients(record: ActivityRecord, context: Context) -> Found:
    if record.joint_controllers:
        return NOTHING
    return [
        (row, {"name": row})
        for row in record.recipients
        if role_of(row) == RecipientRole.JOINT_CONTROLLER
        and (row.recipient is None or row.recipient.contract_kind != ContractKind.JOINT_CONTROLLER_ARRANGEMENT)
    ]
