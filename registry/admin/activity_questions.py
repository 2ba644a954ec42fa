"""The questions that an officer puts to the register, each a condition on activities; lists and overview share them."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.db.models import BooleanField, Count, Exists, ExpressionWrapper, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from registry.models import ProcessingActivity
from registry.record.activity import ActivityRecord
from registry.record.definition import Kind, facts, words_fact
from registry.record.sections import CONTROLLER, PROCESSOR, Section
from registry.reference import countries
from registry.reference.activity import ActivityStatus
from registry.reference.answers import Answer
from registry.reference.contracts import ContractKind
from registry.reference.roles import ActivityRole, RecipientRole
from registry.reference.special_category import DataSensitivity

PROCESSING_CONTRACTS = (
    ContractKind.PROCESSING_CONTRACT,
    ContractKind.STANDARD_CLAUSES,
    ContractKind.OTHER_LEGAL_ACT,
)
"""What GDPR Art. 28(3) accepts between a controller and its processor."""

_PROCESSORS = (RecipientRole.PROCESSOR, RecipientRole.SUB_PROCESSOR)


@dataclass(frozen=True)
class Question:
    """A question: its key in addresses, its words, and the activities it is true of. ``part_of`` names a wider one."""

    key: str
    label: str | Promise
    condition: Callable[[], Q]
    part_of: str = ""


def any_row(relation: str, *conditions: Q) -> Q:
    """Return the condition that an activity has a row in ``relation`` for which ``conditions`` hold.

    Rows with a condition are few: they are collected once. Any row at all is quickest found for each activity.
    """
    model = ProcessingActivity._meta.get_field(relation).related_model
    if conditions:
        return Q(pk__in=model._base_manager.filter(*conditions).values("activity"))
    return Q(Exists(model._base_manager.filter(activity=OuterRef("pk"))))


def eea_codes(on: date) -> list[str]:
    """Return the codes of the countries to which a transfer is none to a third country on that day (GDPR Art. 44)."""
    return [country.code for country in countries.COUNTRIES if countries.is_eea(country.code, on)]


def _controllers() -> Q:
    return ~Q(role=ActivityRole.PROCESSOR)


def _no_purpose() -> Q:
    return _controllers() & ~any_row("purposes")


def _no_legal_basis() -> Q:
    return _controllers() & ~any_row("legal_bases")


def _no_retention() -> Q:
    """No time limit of its own, and data (or no data at all) without one in their rows (GDPR Art. 30(1)(f))."""
    silent = Q(retention_schedule=None, retention_stated_as="")
    return _controllers() & silent & (any_row("data_categories", silent) | ~any_row("data_categories"))


def _outside_eea() -> Q:
    return any_row("transfers", _third_country())


def _third_country() -> Q:
    return ~Q(country__in=eea_codes(timezone.localdate()))


def _no_safeguard() -> Q:
    return any_row("transfers", _third_country(), Q(safeguard=""))


def _open_answers(sections: tuple[Section, ...]) -> Q:
    declared = facts(ActivityRecord)
    open_answer = Q(pk__in=[])
    for key in (key for section in sections for key in section.keys if declared[key].kind is Kind.ANSWER):
        open_answer |= Q(**{key: Answer.NOT_ASSESSED})
    return open_answer


def _unanswered() -> Q:
    as_processor = Q(role=ActivityRole.PROCESSOR) & _open_answers(PROCESSOR)
    return as_processor | (_controllers() & _open_answers(CONTROLLER))


def _needs_attention() -> Q:
    gaps = Q(pk__in=[])
    for question in QUESTIONS:
        if question.part_of == "attention":
            gaps |= question.condition()
    return gaps


def _review_due() -> Q:
    return Q(next_review_on__lte=timezone.localdate()) & ~Q(status=ActivityStatus.RETIRED)


def _special() -> Q:
    row = any_row("data_categories", Q(category__sensitivity=DataSensitivity.SPECIAL_CATEGORY))
    return Q(special_categories=Answer.YES) | row


def _no_contract() -> Q:
    role = Q(role__in=_PROCESSORS) | Q(role="", recipient__kind__in=_PROCESSORS)
    without = ~Q(recipient__contract_kind__in=PROCESSING_CONTRACTS)
    ended = Q(recipient__contract_ends_on__lt=timezone.localdate())
    return any_row("recipients", role, Q(recipient=None) | without | ended)


def _not_matched() -> Q:
    unmatched = Q(retention_schedule=None) & ~Q(retention_stated_as="")
    for key, fact in facts(ActivityRecord).items():
        if fact.row is not None and words_fact(fact.row) is not None:
            entry = next(inner.key for inner in facts(fact.row).values() if inner.main)
            unmatched |= any_row(key, Q(**{entry: None}), ~Q(stated_as=""))
    return unmatched


QUESTIONS = (
    Question("attention", _("Needs attention"), _needs_attention),
    Question("no-purpose", _("No purpose"), _no_purpose, part_of="attention"),
    Question("no-legal-basis", _("No legal basis"), _no_legal_basis, part_of="attention"),
    Question("no-retention", _("No retention"), _no_retention, part_of="attention"),
    Question("no-safeguard", _("Transfer without safeguard"), _no_safeguard, part_of="attention"),
    Question("unanswered", _("Unanswered questions"), _unanswered, part_of="attention"),
    Question("review-due", _("Review due"), _review_due),
    Question("outside-eea", _("Transfers outside the EEA"), _outside_eea),
    Question("special", _("Special category data"), _special),
    Question("no-contract", _("Processor without contract"), _no_contract),
    Question("not-matched", _("Words not matched"), _not_matched),
)
"""In the order in which they are asked."""


def count_questions(activities: QuerySet) -> dict[str, int]:
    """Return by key of how many of ``activities`` each question is true, in one query.

    Every condition is looked at once for each activity; the wider question follows from its parts.
    """
    narrow = [question for question in QUESTIONS if question.key not in _WIDER]
    flags = {f"q{place}": _flag(question.condition()) for place, question in enumerate(narrow)}
    combinations = activities.order_by().annotate(**flags).values_list(*flags).annotate(number=Count("pk"))
    counts = dict.fromkeys((question.key for question in QUESTIONS), 0)
    for *answers, number in combinations:
        true = [question for question, answer in zip(narrow, answers, strict=True) if answer]
        for key in {question.key for question in true} | {question.part_of for question in true if question.part_of}:
            counts[key] += number
    return counts


def _flag(condition: Q) -> ExpressionWrapper:
    return ExpressionWrapper(condition, output_field=BooleanField())


_WIDER = {question.part_of for question in QUESTIONS}
