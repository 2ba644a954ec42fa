"""The records that an import may change, as they are: found by reference or name, their contents read when needed."""

import json
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from registry import models
from registry.imports.bases import Bases, number_of
from registry.imports.stored import comparable
from registry.imports.table import Table
from registry.imports.terms import key_of
from registry.imports.values import Value
from registry.record.activity import ActivityRecord
from registry.record.building import completed
from registry.record.flat import MADE_FROM
from registry.record.formulas import unescape_formula
from registry.record.loader import newest

READ_AHEAD = 500
"""How many stored records are in memory at a time."""


@dataclass(frozen=True)
class StoredActivity:
    """A record as it is before the import."""

    reference: str
    pk: int
    name: str
    version: int
    """The key of its newest version, whose content is read when a row needs it."""
    change_set: int


class StoredActivities:
    """The records of one organisation, or of all, as at ``change_set``, beside the table that may change them."""

    def __init__(self, table: Table, organisation: models.Organisation | None, change_set: int) -> None:
        self._table = table
        versions = newest(models.ProcessingActivity, change_set)
        if organisation is not None:
            versions = versions.filter(organisation_id=organisation.pk)
        rows = versions.values_list("organisation_id", "reference", "id", "name", "history_id", "change_set_id")
        self._by_reference = {
            (owner, reference): StoredActivity(reference, *found) for owner, reference, *found in rows
        }
        self._by_name: dict[tuple[int, str], list[StoredActivity]] = defaultdict(list)
        for (owner, _), found in self._by_reference.items():
            self._by_name[owner, key_of(found.name)].append(found)
        self.references_in_file: set[str] = set()
        self.names_in_file: Counter[str] = Counter()
        """How many rows without a reference are called so, as far as it can be seen before they are read."""
        self._in_file_order = self._versions_in_file_order()
        self._place_in_file = {version: place for place, version in enumerate(self._in_file_order)}
        self._contents: dict[int, str] = {}

    def find(self, organisation: int | None, reference: str) -> StoredActivity | None:
        """Return the record of that reference."""
        return self._by_reference.get((organisation or 0, reference))

    def called(self, organisation: int | None, name: str) -> Sequence[StoredActivity]:
        """Return the records of that name."""
        return self._by_name.get((organisation or 0, key_of(name)), ())

    def content(self, found: StoredActivity) -> dict[str, Value]:
        """Return the stored values of an activity, read some hundred at a time in the order of the file."""
        if found.version not in self._contents:
            place = self._place_in_file.get(found.version, 0)
            wanted = {found.version, *self._in_file_order[place : place + READ_AHEAD]}
            versions = models.ProcessingActivity.history.filter(history_id__in=wanted)
            self._contents = dict(versions.values_list("history_id", "content"))
        content = json.loads(self._contents[found.version])
        try:
            return comparable(content)
        except KeyError:  # it was written before some fact was declared
            return comparable(completed(ActivityRecord, content))

    @cached_property
    def bases(self) -> Bases:
        """What the records said when the rows that the register has outrun were made from them."""
        return Bases(self._outrun())

    def _versions_in_file_order(self) -> list[int]:
        """Return the versions of the records that the rows may be, as far as it can be seen before they are read."""
        if not self._by_reference:
            return []
        by_reference: dict[str, list[int]] = defaultdict(list)
        by_name: dict[str, list[int]] = defaultdict(list)
        for (_, reference), found in self._by_reference.items():
            by_reference[reference].append(found.version)
            by_name[key_of(found.name)].append(found.version)
        mapping, before = self._table.mapping, ""
        continues = mapping is not None and bool(mapping.main.grouped_by)
        in_order: list[int] = []
        for _, cells in self._table.data_rows():
            reference, name = self._identity_in(cells)
            if reference:
                self.references_in_file.add(reference)
                in_order += by_reference.get(reference, ())
            elif name and not (continues and name == before):
                self.names_in_file[name] += 1
                in_order += by_name.get(name, ())
            before = name
        return in_order

    def _identity_in(self, cells: list[str]) -> tuple[str, str]:
        """Return the reference and the name that stand in a row of the main sheet."""
        return self._text("reference", cells).strip(), key_of(self._text("name", cells))

    def _text(self, key: str, cells: list[str]) -> str:
        column = self._table.column_of.get(key, 0)
        return unescape_formula(cells[column - 1]) if 0 < column <= len(cells) else ""

    def _outrun(self) -> Iterator[tuple[int, int]]:
        """Yield (key of the record, change set as at which its row was made) of each row that the register outran."""
        by_reference: dict[str, list[StoredActivity]] = defaultdict(list)
        for (_, reference), found in self._by_reference.items():
            by_reference[reference].append(found)
        numbers = self._table.column_of[MADE_FROM]
        for _, cells in self._table.data_rows():
            made_from = number_of(cells[numbers - 1].strip()) if numbers <= len(cells) else None
            for found in by_reference.get(self._text("reference", cells).strip(), ()):
                if made_from is not None and found.change_set > made_from:
                    yield found.pk, made_from
