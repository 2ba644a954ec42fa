"""Planned values in words: what a person reads before deciding, with the names of entries instead of their keys."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.apps import apps
from django.contrib.auth import get_user_model
from django.db.models import Model
from django.utils.translation import gettext, ngettext

from registry.imports.plan import Action, PlannedRow
from registry.imports.stored import FACTS
from registry.imports.values import Value
from registry.models import LegalBasis
from registry.record.definition import Fact, Kind, facts, main_fact, words_fact
from registry.record.words import is_blank, say
from registry.versioning.content import label_column

LONGEST = 140
"""How many characters of a text are shown."""
MOST_LINES = 8
"""How many rows of a list are shown."""
_HEADING = frozenset({"reference", "name"})
"""What a new record is headed by anyway."""


@dataclass(frozen=True)
class FieldInWords:
    """A field that a row would fill or change: its label, what it held and what it would hold, a line a row of a list.

    ``same`` is how many rows of a list stay as they are.
    """

    label: str
    old: tuple[str, ...]
    new: tuple[str, ...]
    same: int = 0


class Wording:
    """Says planned rows in words. The names of all entries they refer to are read at once, one query a catalogue."""

    def __init__(
        self,
        rows: Sequence[PlannedRow],
        new_units: Mapping[int, tuple[int, str]],
        new_entries: Mapping[int, tuple[str, str]] | None = None,
    ) -> None:
        self._new_units = new_units
        self._new_entries = new_entries or {}
        wanted: dict[type[Model], set[int]] = defaultdict(set)
        for row in rows:
            for values in (row.values, row.before):
                for fact, key in _references(values):
                    wanted[_model(fact)].add(key)
        self._names = {model: _names(model, keys) for model, keys in wanted.items()}

    def fields(self, row: PlannedRow) -> list[FieldInWords]:
        """Return what the row fills (a new record: all that isn't blank) or changes, in the order of declaration."""
        if row.action is Action.CHANGE:
            return [self._changed(FACTS[key], row) for key in FACTS if key in row.values]
        return [
            FieldInWords(FACTS[key].title, (), _first_lines(self._lines(FACTS[key], row.values[key], row.values)))
            for key in FACTS
            if key in row.values and key not in _HEADING and not _is_blank(FACTS[key], row.values[key])
        ]

    def outrun(self, row: PlannedRow) -> list[FieldInWords]:
        """Return what the register has changed since the file was made: what it says now, and what the file says."""
        now, file = ({key: pair[place] for key, pair in row.newer.items()} for place in (0, 1))
        return [self._differing(FACTS[key], now, file) for key in FACTS if key in row.newer]

    def _changed(self, fact: Fact, row: PlannedRow) -> FieldInWords:
        return self._differing(fact, row.before, row.values)

    def _differing(self, fact: Fact, before: Mapping[str, Value], after: Mapping[str, Value]) -> FieldInWords:
        old = self._lines(fact, before[fact.key], before)
        new = self._lines(fact, after[fact.key], after)
        gone, added = list((Counter(old) - Counter(new)).elements()), list((Counter(new) - Counter(old)).elements())
        if fact.kind is not Kind.ROWS or not (gone or added):  # rows in another order are all worth seeing
            return FieldInWords(fact.title, _first_lines(old), _first_lines(new))
        return FieldInWords(fact.title, _first_lines(gone), _first_lines(added), len(old) - len(gone))

    def _lines(self, fact: Fact, value: Value, record: Mapping[str, Value]) -> list[str]:
        if fact.kind is Kind.ROWS:
            return [self._row(fact, one, record) for one in value]
        words = self._words(fact, value, record)
        return [words] if words else []

    def _row(self, fact: Fact, row: Mapping[str, Value], record: Mapping[str, Value]) -> str:
        assert fact.row is not None  # noqa: S101 only called for lists
        particulars = [
            f"{inner.title}: {self._words(inner, row[key], record)}"
            for key, inner in facts(fact.row).items()
            if not inner.main and not inner.words and not is_blank(inner, row[key])
        ]
        return " · ".join([self._name(fact, row, record), *particulars])

    def _name(self, fact: Fact, row: Mapping[str, Value], record: Mapping[str, Value]) -> str:
        assert fact.row is not None  # noqa: S101 only called for lists
        main, words = main_fact(fact.row), words_fact(fact.row)
        said = self._words(main, row[main.key], record)
        stated = f"“{row[words.key]}”" if words and row[words.key] else ""
        return f"{said} ({stated})" if said and stated else said or stated

    def _words(self, fact: Fact, value: Value, record: Mapping[str, Value]) -> str:
        if value is None or value == "":
            return ""
        if fact.kind in {Kind.ENTRY, Kind.ACCOUNT}:
            return self._entry(fact, value)
        if fact.kind is Kind.SIBLING:
            rows = record.get(fact.entry) or ()
            return self._name(FACTS[fact.entry], rows[value], record) if value < len(rows) else f"#{value + 1}"
        return say(fact, date.fromisoformat(value) if fact.kind is Kind.DATE else value)

    def _entry(self, fact: Fact, key: int) -> str:
        if key in self._new_units:
            return gettext("%(name)s (a new unit)") % {"name": self._new_units[key][1]}
        if key in self._new_entries:
            return gettext("%(name)s (a new entry)") % {"name": self._new_entries[key][1]}
        return self._names[_model(fact)].get(key) or gettext("(deleted since)")


def _is_blank(fact: Fact, value: Value) -> bool:
    return value == [] or is_blank(fact, value)


def _references(values: Mapping[str, Value]) -> Iterator[tuple[Fact, int]]:
    for key, value in values.items():
        fact = FACTS[key]
        if fact.row is not None:
            for row in value:
                for name, inner in facts(fact.row).items():
                    if inner.kind in {Kind.ENTRY, Kind.ACCOUNT} and row[name] is not None:
                        yield inner, row[name]
        elif fact.kind in {Kind.ENTRY, Kind.ACCOUNT} and value is not None:
            yield fact, value


def _names(model: type[Model], keys: set[int]) -> dict[int, str]:
    """Return what entries are called; a legal basis by its citation and title, as in reports."""
    rows = model._base_manager.filter(pk__in=sorted(key for key in keys if key > 0))
    if model is LegalBasis:
        named = rows.values_list("pk", "citation", "title")
        return {pk: f"{citation} – {title}" if citation else title for pk, citation, title in named}
    return dict(rows.values_list("pk", label_column(model)))


def _model(fact: Fact) -> type[Model]:
    model: type[Any] = get_user_model() if fact.kind is Kind.ACCOUNT else apps.get_model("registry", fact.entry)
    return model


def _first_lines(lines: Iterable[str]) -> tuple[str, ...]:
    every = list(lines)
    shown = [shortened(line) for line in every[:MOST_LINES]]
    if more := len(every) - len(shown):
        shown.append(ngettext("and %(count)d more", "and %(count)d more", more) % {"count": more})
    return tuple(shown)


def shortened(text: str) -> str:
    """Return a text on one line, cut with … where it is long."""
    line = " ".join(text.split())
    return line if len(line) <= LONGEST else f"{line[:LONGEST]}… ({len(text):,})"
