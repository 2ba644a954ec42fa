"""The flat form of a record: one text a column, that people can edit and the import reads back without a difference."""

from collections.abc import Callable, Mapping
from typing import Any

from django.utils import translation

from registry.record.cells import checked_key, format_main, in_cell, is_plain
from registry.record.definition import Fact, Kind, facts, main_fact, words_fact
from registry.record.entries import LegalBasisEntry
from registry.record.remembered import remembered
from registry.reference.answers import Answer

LANGUAGE = "en"
"""The language of headings and closed lists in the flat form, whatever the reader's own is: it has to parse back."""

MADE_FROM, MADE_FROM_HEADING = "change_set", "Change set"
"""The last column of an export: the change set as at which the row was written. An import sees by it what is older."""

ROW_HEADINGS = ("Register of", "Activity", "Activity name", "Row")
"""How a sheet begins that shows one kind of row for reading: whose row it is. None of these is a heading of the sheet of
activities, which holds all of them, and is the one that is imported."""

REMEMBERED = 10_000
"""How many names of entries a writer remembers at most."""

NOT_ASSESSED = str(Answer.NOT_ASSESSED)


@remembered
def headings(record: type[Any]) -> Mapping[str, str]:
    """Return key → heading of each column of the flat form, in order."""
    return {key: fact.label for key, fact in facts(record).items()}


def row_key(fact: Fact) -> str:
    """Return the key by which a row's fact is written inside a cell."""
    return fact.label.lower()


def called(entry: Any) -> str:
    """Return the name by which the flat form refers to an entry: a legal basis by its code, others by their name."""
    return str(entry.code if isinstance(entry, LegalBasisEntry) else entry.name)


Writer = Callable[[Any, Any], str]
"""From a fact's value, and the record that it belongs to, to the text that stands for it."""


def to_cell(fact: Fact, value: Any, record: Any = None) -> str:
    """Return the text that stands for ``value`` in a spreadsheet cell; ``record`` is whose fact it is (for rows)."""
    return _writer(fact)(value, record)


def row_writer(record: type[Any]) -> Callable[[Any], list[str]]:
    """Return a function from a record of this class to all of its cells, in the order of ``headings``."""
    places = record._fields
    writers = [(places.index(key), _writer(fact)) for key, fact in facts(record).items()]
    return lambda one: [write(one[place], one) for place, write in writers]


@remembered
def _writer(fact: Fact) -> Writer:
    kind = fact.kind
    if kind is Kind.ROWS:
        return _rows_writer(fact)
    if kind in {Kind.CHOICE, Kind.ANSWER}:
        with translation.override(LANGUAGE):
            labels = dict(fact.choice_pairs())
        return lambda value, _: labels.get(value, str(value)) if value else ""
    if kind is Kind.FLAG:
        return lambda value, _: "" if value is None else "yes" if value else "no"
    if kind is Kind.DATE:
        return lambda value, _: value.isoformat() if value else ""
    if kind in {Kind.ENTRY, Kind.ACCOUNT}:
        return lambda value, _: called(value) if value else ""
    if kind is Kind.SIBLING:
        return lambda value, record: f"#{getattr(record, fact.entry).index(value) + 1}"
    return lambda value, _: "" if value is None else str(value)


def _rows_writer(fact: Fact) -> Writer:
    assert fact.row is not None  # noqa: S101 only called for lists
    places = fact.row._fields
    declared = facts(fact.row)
    entry, words = main_fact(fact.row), words_fact(fact.row)
    at_entry, at_words = places.index(entry.key), places.index(words.key) if words else -1
    others = [inner for inner in declared.values() if not inner.main and not inner.words]
    pairs = [(places.index(inner.key), f" | {checked_key(row_key(inner))}: ", _writer(inner)) for inner in others]
    is_entry = entry.kind is Kind.ENTRY
    mains: dict[str, str] = {}

    def main_part(row: Any) -> str:
        value = row[at_entry]
        stated = row[at_words] if words else ""
        if not is_entry:
            # a text that isn't an entry's name may just as well stand in quotes
            return format_main(value, "") if is_plain(value) else format_main("", value)
        if value is None:
            return format_main("", stated)
        name = called(value)
        if stated:
            return format_main(name, stated)
        known = mains.get(name)
        if known is None:
            known = format_main(name, "")
            if len(mains) < REMEMBERED:
                mains[name] = known
        return known

    def write(value: Any, record: Any) -> str:
        lines = []
        for row in value:
            said = [
                key + in_cell(inner(row[place], record))
                for place, key, inner in pairs
                if (one := row[place]) is not None and one is not False and one != "" and one != NOT_ASSESSED
            ]
            if said or row[at_entry] or (words and row[at_words]):
                lines.append(main_part(row) + "".join(said))
        return "\n".join(lines)

    return write
