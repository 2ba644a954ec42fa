"""Words on records that no catalogue entry stands behind: where they stand, what is decided of them, and doing it."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any, NamedTuple

from django.apps import apps

from registry.imports.nearness import Names, Near
from registry.imports.values import Value
from registry.record.activity import ActivityRecord
from registry.record.definition import Fact, Kind, facts, main_fact, words_fact
from registry.versioning.content import label_column

WORDS, CREATE = "words", "create"
"""What may be decided of some words beside the key of an entry: they stay words, or become an entry of their own."""

CREATABLE = ("DataSubjectCategory", "DataCategory", "RetentionSchedule", "Recipient", "SecurityMeasure", "System")
"""Catalogues in which an entry needs no more than a name: a legal basis needs a citation as well."""
LONGEST_NAME = 120
"""Longer words, and those with a line break, are prose: no entry is made of them unless somebody says so."""


class Spot(NamedTuple):
    """Where words may stand instead of an entry: in a list's rows, or (with ``list`` empty) on the record itself."""

    list: str
    entry: str
    words: str
    model: str
    label: str


@cache
def spots() -> tuple[Spot, ...]:
    """Return every place of a record where words may stand instead of an entry, in the order of declaration."""
    return (*spots_of_rows(ActivityRecord), _retention("", facts(ActivityRecord)))


def spots_of_rows(record: type[Any]) -> tuple[Spot, ...]:
    """Return the places in the lists of records of this class, in the order of declaration."""
    found = []
    for fact in facts(record).values():
        if fact.row is None:
            continue
        inner, main, words = facts(fact.row), main_fact(fact.row), words_fact(fact.row)
        if main.kind is Kind.ENTRY and words is not None:
            found.append(Spot(fact.key, main.key, words.key, main.entry, str(fact.label)))
        if _RETENTION.keys() <= inner.keys():
            found.append(_retention(fact.key, inner))
    return tuple(found)


_RETENTION = {"retention_schedule": "", "retention_stated_as": ""}


def _retention(where: str, declared: Mapping[str, Fact]) -> Spot:
    entry = declared["retention_schedule"]
    return Spot(where, "retention_schedule", "retention_stated_as", entry.entry, str(entry.label))


def key_of(words: str) -> str:
    """Return what tells some words from others: their case and blanks don't."""
    return " ".join(words.split()).casefold()


def is_name(words: str) -> bool:
    """Return whether words are short enough to be the name of an entry."""
    return len(words) <= LONGEST_NAME and "\n" not in words.strip()


@dataclass
class Term:
    """Some words that no entry stands behind: how often they stand there, and which entries are called alike."""

    model: str
    words: str
    count: int = 0
    near: tuple[Near, ...] = ()

    @property
    def has_double(self) -> bool:
        """Return whether an entry is called so much alike that it may well be the same."""
        return any(one.is_double for one in self.near)


Decision = str | int
"""WORDS, CREATE, or the key of the entry that is meant."""


@dataclass(frozen=True)
class TermDecisions:
    """What the person says about words: for single ones by model and key, and for all others."""

    single: Mapping[str, Mapping[str, Decision]] = field(default_factory=dict)
    others: str = WORDS


class Terms:
    """Collects the words of planned records, and puts entries in their place where that was decided.

    ``new`` holds the entries to be created by the provisional key, below zero, under which records refer to them.
    """

    FIRST = -1_000_000
    """The first provisional key; those of units lie above it."""

    def __init__(self, decisions: TermDecisions) -> None:
        self.decisions = decisions
        self.found: dict[tuple[str, str], Term] = {}
        self.new: dict[int, tuple[str, str]] = {}
        self._made: dict[tuple[str, str], int] = {}
        self._names: dict[str, Names] = {}
        self._labels: dict[str, dict[int, str]] = {}
        self._is_passive = not decisions.single and decisions.others == WORDS

    def take(self, values: dict[str, Value]) -> None:
        """Count the words in a record's values, and put the entries that were decided in their place."""
        for spot in spots():
            if not spot.list:
                words = values.get(spot.words)
                if words and values.get(spot.entry) is None:
                    entry = self._entry(spot, words)
                    if entry is not None:
                        values[spot.entry], values[spot.words] = entry, self._kept(spot, words, entry)
                continue
            rows = values.get(spot.list)
            if rows:
                values[spot.list] = self._rows(spot, rows)

    def _rows(self, spot: Spot, rows: list[dict[str, Value]]) -> list[dict[str, Value]]:
        changed = rows
        for place, row in enumerate(rows):
            words = row[spot.words]
            if not words or row[spot.entry] is not None:
                continue
            entry = self._entry(spot, words)
            if entry is not None:
                if changed is rows:
                    changed = rows.copy()
                changed[place] = {**row, spot.entry: entry, spot.words: self._kept(spot, words, entry)}
        return changed

    def _entry(self, spot: Spot, words: str) -> int | None:
        key = key_of(words)
        term = self.found.get((spot.model, key))
        if term is None:
            term = self.found[spot.model, key] = Term(spot.model, words)
        term.count += 1
        if self._is_passive:
            return None
        decision = self.decisions.single.get(spot.model, {}).get(key)
        if isinstance(decision, int):
            return decision if decision in self.labels(spot.model) else None
        if decision == CREATE or (decision is None and self.decisions.others == CREATE and self._is_new(term)):
            return self._create(spot.model, key, term)
        return None

    def _is_new(self, term: Term) -> bool:
        """Return whether an entry is made of words about which nothing was said: not of prose, not of a near-double."""
        if term.model not in CREATABLE or not is_name(term.words):
            return False
        if not term.near:
            term.near = tuple(self.near(term.model, term.words))
        return not term.has_double

    def _create(self, model: str, key: str, term: Term) -> int | None:
        if model not in CREATABLE:
            return None
        made = self._made.get((model, key))
        if made is None:
            made = self._made[model, key] = self.FIRST - len(self.new)
            self.new[made] = (model, " ".join(term.words.split()))
        return made

    def _kept(self, spot: Spot, words: str, entry: int) -> str:
        """Return the words that stay beside an entry: none where it is called just like them."""
        name = self.new[entry][1] if entry in self.new else self.labels(spot.model)[entry]
        return "" if key_of(name) == key_of(words) else words

    def labels(self, model: str) -> dict[int, str]:
        """Return the names of a model's entries by key: one query."""
        if model not in self._labels:
            self._labels[model] = labels_of(model)
        return self._labels[model]

    def near(self, model: str, words: str, *, most: int = 3) -> list[Near]:
        """Return the entries that are called almost like ``words``."""
        if model not in self._names:
            self._names[model] = Names(self.labels(model).items())
        return self._names[model].near(words, most=most)

    def told(self) -> list[Term]:
        """Return all words that were met, most frequent first, each with the entries that are called alike."""
        for term in self.found.values():
            term.near = term.near or tuple(self.near(term.model, term.words))
        return sorted(self.found.values(), key=lambda term: (-term.count, term.words.casefold()))


def keep_matches(
    before: Mapping[str, Value], values: dict[str, Value], labels: Callable[[str], Mapping[int, str]]
) -> None:
    """Put the entries into a record's values that stand on the stored record beside the very same words, or are called
    like them; ``labels`` gives the names of a catalogue's entries.

    Whoever has matched words to an entry, or made them one, need not do so again because a file is imported twice.
    """
    for spot in spots():
        rows = values.get(spot.list) if spot.list else [values]
        stored = before.get(spot.list) or () if spot.list else [before]
        if not rows or not any(row.get(spot.words) and row.get(spot.entry) is None for row in rows):
            continue
        known = _known(spot, stored, labels)
        if not known:
            continue
        kept = [_matched(row, spot, known) for row in rows]
        if spot.list:
            values[spot.list] = kept
        else:
            values.update({key: kept[0][key] for key in (spot.entry, spot.words)})


def _known(
    spot: Spot, stored: Iterable[Mapping[str, Value]], labels: Callable[[str], Mapping[int, str]]
) -> dict[str, tuple[int, str]]:
    """Return what words stand for on a stored record: the entry, and the words that stay beside it."""
    known: dict[str, tuple[int, str]] = {}
    for row in stored:
        entry, words = row.get(spot.entry), row.get(spot.words) or ""
        if entry is not None:
            known[key_of(words or labels(spot.model).get(entry, ""))] = (entry, words)
    known.pop("", None)
    return known


def _matched(row: dict[str, Value], spot: Spot, known: Mapping[str, tuple[int, str]]) -> dict[str, Value]:
    found = known.get(key_of(row.get(spot.words) or "")) if row.get(spot.entry) is None else None
    return row if found is None else {**row, spot.entry: found[0], spot.words: found[1]}


def model_of(name: str) -> Any:
    """Return the model of a name that ``spots`` gives."""
    return apps.get_model("registry", name)


def labels_of(name: str) -> dict[int, str]:
    """Return the names of a catalogue's entries by key, retired ones left out: one query."""
    model = model_of(name)
    rows = model._base_manager.order_by("pk")
    if any(column.name == "retired_on" for column in model._meta.concrete_fields):
        rows = rows.filter(retired_on__isnull=True)
    return dict(rows.values_list("pk", label_column(model)))


def create_entries(wanted: Iterable[tuple[int, tuple[str, str]]]) -> dict[int, int]:
    """Add entries that need no more than a name: provisional key → key. Demands an open change set."""
    keys = {}
    for provisional, (name, label) in wanted:
        model = model_of(name)
        longest = model._meta.get_field("name").max_length
        text = {"text": label} if name == "RetentionSchedule" else {}
        keys[provisional] = model.objects.create(name=label[:longest], **text).pk
    return keys
