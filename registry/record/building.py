"""From an aggregate's content to its frozen record: the hot path of every report, so it calls little Python a value.

A content comes fresh from its JSON and belongs to nobody else: values are replaced inside it before all are taken out.
"""

import json
from collections.abc import Callable, Mapping
from datetime import date
from functools import partial
from operator import itemgetter
from typing import Any

from registry.record.definition import Fact, Kind, Named, facts
from registry.record.remembered import remembered

Entries = Mapping[str, Mapping[int, Any]]
"""Model name → key → frozen entry."""

Content = dict[str, Any]

_decode = json.JSONDecoder().scan_once  # type: ignore[attr-defined]  # loads() calls it, after looking for blanks


def text_builder(
    record: type[Any], entries: Entries, unrecorded: dict[int, frozenset[str]] | None = None
) -> Callable[[str], Any]:
    """Return a function from an aggregate's content as it is stored to its frozen record.

    What a content doesn't hold, since it was written before the fact was declared, is blank in the record; the keys of
    such facts are noted in ``unrecorded``, by the record's key. Nothing is checked for that until a content turns up
    that lacks something: as a rule, none does.
    """
    build, complete = builder(record, entries), completer(record)
    declared = facts(record).keys()
    some_are_old = False

    def from_text(text: str) -> Any:
        nonlocal some_are_old
        if some_are_old:
            content = _decode(text, 0)[0]
            if unrecorded is not None and not declared <= content.keys():
                unrecorded[content["id"]] = frozenset(declared - content.keys())
            return build(complete(content))
        try:
            return build(_decode(text, 0)[0])
        except KeyError:
            some_are_old = True
            return from_text(text)

    return from_text


def completed(record: type[Any], content: Content) -> Content:
    """Return a copy of the content, and of its rows, with a blank for every declared fact that it lacks."""
    return completer(record)(content)


@remembered
def completer(record: type[Any]) -> Callable[[Content], Content]:
    """Return a function that completes contents of this class, as ``completed`` does.

    After a release with new facts all older contents lack some, so this is nearly as hot a path as the other one.
    """
    declared = facts(record)
    blanks = {key: _blank(fact) for key, fact in declared.items()}
    lists = [
        (key, facts(fact.row).keys(), completer(fact.row)) for key, fact in declared.items() if fact.row is not None
    ]

    def complete(content: Content) -> Content:
        whole = blanks | content
        for key, keys, complete_row in lists:
            rows = whole[key]
            if rows and not all(map(keys.__le__, map(dict.keys, rows))):
                whole[key] = list(map(complete_row, rows))
        return whole

    return complete


def _blank(fact: Fact) -> Any:
    if fact.kind is Kind.ROWS:
        return ()
    if fact.kind is Kind.FLAG:
        return False
    return "" if fact.kind in {Kind.TEXT, Kind.PROSE, Kind.CHOICE, Kind.ANSWER} else None


def builder(record: type[Any], entries: Entries) -> Callable[[Content], Any]:
    """Return a function from an aggregate's content, which it uses up, to its frozen record.

    Lists are built in the order of declaration: one that others point into comes before those. Raises KeyError for a
    content that lacks a fact (see ``completed``). What is to be replaced is listed beforehand, and a list without rows
    is passed over at once, as most are.
    """
    declared = facts(record)
    take = itemgetter("id", *declared)
    converted, referring = _converted(record), _referring(record, entries)
    lists = [
        (
            key,
            _referring(fact.row, entries),
            _converted(fact.row),
            _pointing(fact.row),
            itemgetter("id", *facts(fact.row)),
            partial(tuple.__new__, fact.row),
        )
        for key, fact in declared.items()
        if fact.row is not None
    ]

    def build(content: Content) -> Any:
        for key, known in referring:
            pair = content[key]
            if pair is not None:
                found = known.get(pair[0])
                content[key] = Named(*pair) if found is None else found
        for key, convert in converted:
            if content[key] is not None:
                content[key] = convert(content[key])
        for relation, row_referring, row_converted, pointing, take_row, new in lists:
            rows = content[relation]
            if not rows:
                content[relation] = ()
                continue
            for key, known in row_referring:
                for row in rows:
                    pair = row[key]
                    if pair is not None:
                        try:
                            row[key] = known[pair[0]]
                        except KeyError:
                            row[key] = Named(*pair)
            for key, convert in row_converted:
                for row in rows:
                    if row[key] is not None:
                        row[key] = convert(row[key])
            for key, siblings in pointing:
                for row in rows:
                    if row[key] is not None:
                        row[key] = content[siblings][row[key]]
            content[relation] = tuple(map(new, map(take_row, rows)))
        return tuple.__new__(record, take(content))

    return build


def _converted(record: type[Any]) -> list[tuple[str, Callable[[Any], Any]]]:
    """Return (key, function) of what is no JSON value in a record of this class."""
    return [(key, _CONVERT[fact.kind]) for key, fact in facts(record).items() if fact.kind in _CONVERT]


def _referring(record: type[Any], entries: Entries) -> list[tuple[str, Mapping[int, Any]]]:
    """Return (key, entries by their key) of what refers to an entry in a record of this class."""
    return [(key, entries[fact.entry]) for key, fact in facts(record).items() if fact.kind is Kind.ENTRY]


def _pointing(row: type[Any]) -> list[tuple[str, str]]:
    """Return (key, list) of what points from a row of this class to a row of another list."""
    return [(fact.key, fact.entry) for fact in facts(row).values() if fact.kind is Kind.SIBLING]


_CONVERT: Mapping[Kind, Callable[[Any], Any]] = {Kind.DATE: date.fromisoformat, Kind.ACCOUNT: Named._make}
"""How a JSON value of these kinds becomes a frozen one."""
