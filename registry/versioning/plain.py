"""Holding the plain columns of versions, which filters and lists read, against the content that is sealed."""

import json
from collections import defaultdict
from typing import Any

from django.db.models import OuterRef, Subquery

from registry.versioning.change_set import ChangeSet
from registry.versioning.naming import about, say
from registry.versioning.naming import altered_column as say_altered
from registry.versioning.open_set import DELETED
from registry.versioning.stored import FETCH, History, Version
from registry.versioning.verdict import ALTERED, Fault


def altered_column(header: ChangeSet, version: Version) -> Fault | None:
    """Name the first column of a version that does not say what its change set and its content say."""
    if version.made_at != header.made_at:
        return _altered(version, "history_date")
    if version.reason != header.reason:
        return _altered(version, "history_change_reason")
    if version.account != header.actor_id:
        return _altered(version, "history_user")
    if version.kind == DELETED:
        return None
    column = _differing(version)
    return _altered(version, column) if column else None


def _altered(version: Version, column: str) -> Fault:
    what = say(version.history.root, version.pk, version.content)
    return about(ALTERED, say_altered(version.change_set, column, what), version)


def _differing(version: Version) -> str:
    """Return the name of the first plain column that differs from the content, or nothing."""
    if version.history.quotation.is_found(version.content, version.values):
        return ""
    content = json.loads(version.content)
    for column, value in zip(version.history.columns, version.values, strict=True):
        said = content.get(column.key, value)  # an older form lacks what the model learnt later
        if column.refers_to is not None and isinstance(said, list):
            said = said[0]
        if said != (value if column.convert is None else column.convert(value)):
            return column.key
    return ""


class Deletions:
    """Deletions met on the way. They have no content; their columns repeat those of the version before."""

    def __init__(self) -> None:
        self._waiting: dict[int, list[Version]] = defaultdict(list)
        self._histories: dict[int, History] = {}
        self._count = 0

    def add(self, version: Version) -> None:
        """Remember a deletion."""
        self._histories[id(version.history)] = version.history
        self._waiting[id(version.history)].append(version)
        self._count += 1

    def fault_when_many(self) -> Fault | None:
        """Check the deletions remembered so far, once they are enough to be worth a query."""
        return self.fault() if self._count >= FETCH else None

    def fault(self) -> Fault | None:
        """Check the deletions remembered so far, and forget them."""
        waiting, self._waiting, self._count = self._waiting, defaultdict(list), 0
        for key, versions in waiting.items():
            before = _before(self._histories[key], versions)
            for version in versions:
                values = before.get(version.key, version.values)
                for column, one, other in zip(version.history.columns, values, version.values, strict=True):
                    if one != other:
                        return _altered(version, column.key)
        return None


def _before(history: History, versions: list[Version]) -> dict[int, tuple[Any, ...]]:
    """Return the plain columns of the version before each of ``versions``, by the key of the later one."""
    manager = history.model._default_manager
    earlier = manager.filter(id=OuterRef("id"), history_id__lt=OuterRef("history_id")).order_by("-history_id")
    own = manager.filter(history_id__in=[version.key for version in versions]).order_by()
    pairs = dict(own.values_list("history_id", Subquery(earlier.values("history_id")[:1])))
    names = [column.attname for column in history.columns]
    found = {row[0]: row[1:] for row in manager.filter(history_id__in=pairs.values()).values_list("history_id", *names)}
    return {later: found[key] for later, key in pairs.items() if key is not None}
