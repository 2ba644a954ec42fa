"""The words that people agreed to by a consent mechanism, one after the other, as the sealed versions hold them."""

import json
from collections.abc import Iterator
from datetime import datetime
from typing import NamedTuple

from registry.models import ConsentMechanism, ProcessingActivity


class Wording(NamedTuple):
    """What people were asked to agree to from one change of the record to another.

    ``until`` is None for the wording in use. ``change_set`` is the number of the change that brought it, ``by`` who
    made that change and ``reason`` why.
    """

    text: str
    since: datetime
    until: datetime | None
    change_set: int
    by: str
    reason: str


def wordings(mechanism: ConsentMechanism) -> tuple[Wording, ...]:
    """Return the wordings of a mechanism that the history of its record holds, the first one first: one query.

    While the mechanism was out of the record, or had no words, there is none.
    """
    found: list[Wording] = []
    for text, header in reversed(list(_said(mechanism))):
        last = found[-1] if found and found[-1].until is None else None
        if last is not None and text == last.text:
            continue
        moment, number, by, reason = header
        if last is not None:
            found[-1] = last._replace(until=moment)
        if text:
            found.append(Wording(text, moment, None, number, by, reason))
    return tuple(found)


def _said(mechanism: ConsentMechanism) -> Iterator[tuple[str, tuple[datetime, int, str, str]]]:
    """Yield the words after each change of the record, the last first, with when, in which change set, by whom and why.

    A mechanism is followed backwards by its name, and by its key where it was renamed: an import gives the keys of a
    list to its rows by their places, so that a key alone may have been another mechanism's.
    """
    versions = ProcessingActivity.history.model.objects.filter(id=mechanism.activity_id).order_by("-history_id")
    columns = ("change_set__made_at", "change_set_id", "change_set__actor_name", "change_set__reason")
    known, later = (mechanism.pk, _folded(mechanism.name)), frozenset[str]()
    for content, *header in versions.values_list("content", *columns).iterator():
        rows = {_folded(row["name"]): row for row in (json.loads(content) or {}).get("consents", ())}
        renamed = (row for name, row in rows.items() if row["id"] == known[0] and name not in later)
        row = rows.get(known[1]) or next(renamed, None)
        if row is not None:
            known = row["id"], _folded(row["name"])
        later = frozenset(rows)
        yield row["wording"] if row is not None else "", tuple(header)


def _folded(name: str) -> str:
    return " ".join(name.casefold().split())
