"""What records said when a file was made from them: beside it one sees what the file would undo."""

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping

from django.db.models import Max

from registry import models
from registry.imports.stored import comparable
from registry.imports.values import Value

CHUNK = 500
"""How many contents are in memory at a time."""


def number_of(text: str) -> int | None:
    """Return the change set that a cell names (``12``, ``#12``, ``12.0``), or None where it names none."""
    digits = text.strip().removeprefix("#").removesuffix(".0")
    return int(digits) if digits.isdecimal() and len(digits) < 19 else None


class Bases:
    """The contents of records as at the change sets from which their rows were made."""

    def __init__(self, rows: Iterable[tuple[int, int]]) -> None:
        """Take (key of a record, change set) pairs in the order of the file: one query for each change set."""
        wanted: dict[int, list[int]] = defaultdict(list)
        for pk, number in rows:
            wanted[number].append(pk)
        self._versions: dict[tuple[int, int], int] = {}
        for number, pks in wanted.items():
            history = models.ProcessingActivity.history.model.objects.filter(change_set_id__lte=number)
            for start in range(0, len(pks), CHUNK):
                found = history.filter(id__in=pks[start : start + CHUNK]).order_by().values_list("id")
                self._versions |= {(pk, number): last for pk, last in found.annotate(last=Max("history_id"))}
        self._order = list(self._versions.values())
        self._places = {version: place for place, version in enumerate(self._order)}
        self._contents: dict[int, str] = {}

    def content(self, pk: int, number: int) -> Mapping[str, Value]:
        """Return what a record said as at a change set; nothing where it didn't exist, or did not yet."""
        version = self._versions.get((pk, number))
        if version is None:
            return {}
        if version not in self._contents:
            place = self._places[version]
            found = models.ProcessingActivity.history.filter(history_id__in=self._order[place : place + CHUNK])
            self._contents = dict(found.values_list("history_id", "content"))
        content = json.loads(self._contents[version])
        return comparable(content) if content else {}
