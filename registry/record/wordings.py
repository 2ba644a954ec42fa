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
    for text, header in _said(mechanism):
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
    """Yield the words after each change of the record, with when, in which change set, by whom and why."""
    versions = ProcessingActivity.history.model.objects.filter(id=mechanism.activity_id).order_by("history_id")
    columns = ("change_set__made_at", "change_set_id", "change_set__actor_name", "change_set__reason")
    for content, *header in versions.values_list("content", *columns).iterator():
        rows = (json.loads(content) or {}).get("consents", ())
        yield next((row["wording"] for row in rows if row["id"] == mechanism.pk), ""), tuple(header)
