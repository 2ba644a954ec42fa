"""The questions that an officer puts to the register: true of a record on a day, or not. Lists and overview share them.

The answers are kept with what each activity counts towards (dimension ``question``), so that no page asks them anew.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from registry.compliance.recipients import is_engaged, unbound_processors
from registry.record.activity import ActivityRecord
from registry.record.definition import Kind, facts, words_fact
from registry.record.sections import CONTROLLER, PROCESSOR, Section
from registry.reference import countries
from registry.reference.activity import ActivityStatus
from registry.reference.answers import Answer
from registry.reference.roles import ActivityRole
from registry.reference.special_category import DataSensitivity


@dataclass(frozen=True)
class Question:
    """A question: its key in addresses, its words, and of which records it is true. ``part_of`` names a wider one."""

    key: str
    label: str | Promise
    holds: Callable[[ActivityRecord, date], bool]
    part_of: str = ""


def _is_controller(record: ActivityRecord) -> bool:
    return record.role != ActivityRole.PROCESSOR


def _no_purpose(record: ActivityRecord, on: date) -> bool:
    return _is_controller(record) and not record.purposes


def _no_legal_basis(record: ActivityRecord, on: date) -> bool:
    return _is_controller(record) and not record.legal_bases


def _no_retention(record: ActivityRecord, on: date) -> bool:
    """No time limit of its own, and data (or no data at all) without one in their rows (GDPR Art. 30(1)(f))."""
    if not _is_controller(record) or record.retention_schedule is not None or record.retention_stated_as:
        return False
    rows = record.data_categories
    return not rows or any(row.retention_schedule is None and not row.retention_stated_as for row in rows)


def _outside_eea(record: ActivityRecord, on: date) -> bool:
    return any(not countries.is_eea(row.country, on) for row in record.transfers)


def _no_safeguard(record: ActivityRecord, on: date) -> bool:
    return any(not row.safeguard and not countries.is_eea(row.country, on) for row in record.transfers)


def _answers(sections: tuple[Section, ...]) -> tuple[str, ...]:
    declared = facts(ActivityRecord)
    return tuple(key for section in sections for key in section.keys if declared[key].kind is Kind.ANSWER)


_OF_CONTROLLERS, _OF_PROCESSORS = _answers(CONTROLLER), _answers(PROCESSOR)


def _unanswered(record: ActivityRecord, on: date) -> bool:
    keys = _OF_CONTROLLERS if _is_controller(record) else _OF_PROCESSORS
    return any(getattr(record, key) == Answer.NOT_ASSESSED for key in keys)


def _review_due(record: ActivityRecord, on: date) -> bool:
    due = record.next_review_on is not None and record.next_review_on <= on
    return due and record.status != ActivityStatus.RETIRED


def _special(record: ActivityRecord, on: date) -> bool:
    return record.special_categories == Answer.YES or any(
        row.category is not None and row.category.sensitivity == DataSensitivity.SPECIAL_CATEGORY
        for row in record.data_categories
    )


def _no_contract(record: ActivityRecord, on: date) -> bool:
    """A processor that we engage has no contract in force, or is known by words alone, and so can have none here."""
    if any(unbound_processors(record, on)):
        return True
    return any(row.recipient is None and is_engaged(record, row) for row in record.recipients)


def _lists_with_words() -> Iterator[tuple[str, str]]:
    for key, fact in facts(ActivityRecord).items():
        if fact.row is not None and words_fact(fact.row) is not None:
            yield key, next(inner.key for inner in facts(fact.row).values() if inner.main)


_WORDS = tuple(_lists_with_words())


def _not_matched(record: ActivityRecord, on: date) -> bool:
    if record.retention_schedule is None and record.retention_stated_as:
        return True
    return any(row.stated_as and getattr(row, entry) is None for key, entry in _WORDS for row in getattr(record, key))


def _needs_attention(record: ActivityRecord, on: date) -> bool:
    return any(question.holds(record, on) for question in QUESTIONS if question.part_of == "attention")


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


def asked(record: ActivityRecord, on: date) -> list[str]:
    """Return the keys of the questions that are true of the record on that day."""
    return [question.key for question in QUESTIONS if question.holds(record, on)]
