"""A version's sealed content in words: what it says, and what changed since the version before it."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import models

from registry.admin.declared import declared
from registry.record.definition import Fact, Kind, facts, main_fact, words_fact
from registry.record.words import is_blank, say


@dataclass(frozen=True)
class Line:
    """One fact of a version: its label, its value in words, or its rows, each in words."""

    label: str
    article: str
    text: str
    rows: tuple[str, ...] = ()


@dataclass(frozen=True)
class Change:
    """One fact that differs between two versions; ``old`` is empty for what was added, ``new`` for what was removed."""

    label: str
    old: str
    new: str


def load(content: str) -> dict[str, Any] | None:
    """Return a version's content; None for the version that records a deletion."""
    loaded: dict[str, Any] | None = json.loads(content)
    return loaded


def read(model: type[models.Model], content: dict[str, Any]) -> list[Line]:
    """Return every fact of ``model`` as ``content`` has it, with the names that its entries bore at that time."""
    lines = []
    for fact in declared(model).values():
        value = content.get(fact.key)
        if fact.kind is Kind.ROWS:
            lines.append(Line(fact.title, fact.article, "", tuple(_row(fact, row, content) for row in value or ())))
        else:
            lines.append(Line(fact.title, fact.article, _words(fact, value, content)))
    return lines


def compare(model: type[models.Model], old: dict[str, Any] | None, new: dict[str, Any] | None) -> list[Change]:
    """Return what differs, fact by fact in the order of declaration; nothing where a version records a deletion."""
    if old is None or new is None:
        return []
    changes: list[Change] = []
    for fact in declared(model).values():
        if fact.kind is Kind.ROWS:
            changes += _row_changes(fact, old, new)
        else:
            before, after = (_words(fact, content.get(fact.key), content) for content in (old, new))
            if before != after:
                changes.append(Change(fact.title, before, after))
    return changes


def _row_changes(fact: Fact, old: dict[str, Any], new: dict[str, Any]) -> Iterator[Change]:
    before = {row["id"]: _row(fact, row, old) for row in old.get(fact.key) or ()}
    after = {row["id"]: _row(fact, row, new) for row in new.get(fact.key) or ()}
    for key in dict.fromkeys([*before, *after]):
        if before.get(key) != after.get(key):
            yield Change(fact.title, before.get(key, ""), after.get(key, ""))


def _row(fact: Fact, row: dict[str, Any], content: dict[str, Any]) -> str:
    assert fact.row is not None  # noqa: S101 only called for lists
    particulars = [
        f"{inner.title}: {_words(inner, row.get(inner.key), content)}"
        for inner in facts(fact.row).values()
        if not inner.main and not inner.words and not is_blank(inner, row.get(inner.key))
    ]
    return " · ".join([_row_name(fact.row, row, content), *particulars])


def _row_name(record: type[Any], row: dict[str, Any], content: dict[str, Any]) -> str:
    main, words = main_fact(record), words_fact(record)
    said = _words(main, row.get(main.key), content)
    stated = row.get(words.key, "") if words else ""
    return f"{said} ({stated})" if said and stated else said or stated


def _words(fact: Fact, value: Any, content: dict[str, Any]) -> str:
    if value is None:
        return ""
    if fact.kind in {Kind.ENTRY, Kind.ACCOUNT}:
        return str(value[1])
    if fact.kind is Kind.DATE:
        return say(fact, date.fromisoformat(value))
    if fact.kind is Kind.SIBLING:
        return _sibling(fact, value, content)
    return say(fact, value)


def _sibling(fact: Fact, place: int, content: dict[str, Any]) -> str:
    row = content[fact.entry][place]
    named = (key for key in ("category", "text") if key in row)
    value = next((row[key] for key in named if row[key]), None)
    name = value[1] if isinstance(value, list) else value
    return str(name or row.get("stated_as") or f"#{place + 1}")
