"""What a column of a file may be read as: the choices that a person is offered, each with its label and group."""

from collections.abc import Iterator
from typing import NamedTuple

from django.utils.translation import gettext
from django.utils.translation import gettext_noop as n

from registry import models
from registry.imports.mapping import IGNORE, KEEP, PARENT
from registry.record.activity import ActivityRecord
from registry.record.classes import ROOTS
from registry.record.definition import Fact, Kind, facts, main_fact
from registry.record.sections import FORM

ACTIVITY = models.ProcessingActivity.__name__
FACTS = facts(ActivityRecord)

_RETENTION = (
    ("retention", n("Time limit: a schedule of the catalogue, or words")),
    ("retention_number", n("Time limit: number")),
    ("retention_unit", n("Time limit: unit")),
    ("retention_start", n("Time limit: runs from")),
)
_BEYOND = {
    "purposes": (("purposes_and_bases", n("Purposes, with the legal bases that they cite")),),
    "retention": _RETENTION,
    "data": (("data_categories.retention", n("Data categories: time limit of this row's data")),),
    "transfers": (("transfers.recipient", n("Transfers: recipient")),),
}
"""What a column may be read as that isn't a fact itself, by the section in which it is offered."""
_BEYOND_ENTRIES = {
    "Recipient": (("is_processor", n("Is a processor (yes or no)")),),
    "RetentionSchedule": (("archive_period", n("Period in the archive")), ("archive_unit", n("Unit in the archive"))),
}
"""The same for catalogues, by model."""
_HIDDEN = frozenset({"organisation", "unplaced", "retention_schedule", "retention_stated_as"})
_HIDDEN_IN_ROWS = frozenset({"data_categories.retention_schedule", "data_categories.retention_stated_as"})
_HANDLING = n("Without a field")


class ReadAs(NamedTuple):
    """One choice: its key, its label and its group's label, in the language in force.

    ``is_list`` says whether a column of ticks can stand for a row of it.
    """

    key: str
    label: str
    group: str
    is_list: bool = False


def choices(kind: str = ACTIVITY) -> list[ReadAs]:
    """Return what a column of a file of ``kind`` (the name of a model) may be read as, in the order of the form."""
    handling = [
        ReadAs(KEEP, gettext("Keep as words of the source"), gettext(_HANDLING)),
        ReadAs(IGNORE, gettext("Leave out"), gettext(_HANDLING)),
    ]
    if kind != ACTIVITY:
        declared = facts(ROOTS[getattr(models, kind)])
        name = str(getattr(models, kind)._meta.verbose_name)
        further = [ReadAs(key, gettext(label), name) for key, label in _BEYOND_ENTRIES.get(kind, ())]
        return [ReadAs(fact.key, fact.title, name) for fact in declared.values()] + further + handling
    parent = ReadAs(PARENT, gettext("Record that the row belongs to"), gettext(_HANDLING))
    return [*_of_activities(), parent, *handling]


def keys(kind: str = ACTIVITY) -> frozenset[str]:
    """Return the keys of the choices."""
    return frozenset(choice.key for choice in choices(kind))


def _of_activities() -> Iterator[ReadAs]:
    for section in FORM:
        for key, label in _BEYOND.get(section.key, ()):
            yield ReadAs(key, gettext(label), section.title)
        for key in section.keys:
            if key in _HIDDEN:
                continue
            fact = FACTS[key]
            yield ReadAs(key, fact.title, section.title, fact.kind is Kind.ROWS)
            for inner in inner_facts(fact):
                yield ReadAs(f"{key}.{inner.key}", f"{fact.title}: {inner.title}", section.title)


def inner_facts(fact: Fact) -> list[Fact]:
    """Return the facts of a list's rows that a column of their own may hold."""
    if fact.row is None:
        return []
    main = main_fact(fact.row)
    return [
        inner
        for inner in facts(fact.row).values()
        if inner.key != main.key and inner.kind is not Kind.SIBLING and f"{fact.key}.{inner.key}" not in _HIDDEN_IN_ROWS
    ]


def fact_of(key: str) -> Fact | None:
    """Return the fact into which a column read as ``key`` goes: the list, for a fact of its rows; None where none."""
    if key.startswith("retention"):
        return FACTS["retention_schedule"]
    return FACTS.get(key.partition(".")[0])


def label_of(key: str, kind: str = ACTIVITY) -> str:
    """Return what a choice is called, or "" for a key that is none."""
    return next((choice.label for choice in choices(kind) if choice.key == key), "")
