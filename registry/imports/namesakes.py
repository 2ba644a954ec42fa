"""Rows without a reference: which of them is a record that the register has already, by its name and what it says."""

from collections.abc import Mapping
from functools import cached_property

from registry.imports.lineage import made_by_such_a_file
from registry.imports.plan import ADD, MATCH, BlankCell, Decisions, PlannedRow, SameName
from registry.imports.stored import NAMED_BY
from registry.imports.stored_activities import StoredActivities, StoredActivity
from registry.imports.table import Table
from registry.imports.terms import Terms, keep_matches, key_of
from registry.imports.values import Value


class Namesakes:
    """Finds the records that rows without a reference are; no record is found for two rows."""

    def __init__(
        self, table: Table, stored: StoredActivities, terms: Terms, decisions: Decisions, file_name: str
    ) -> None:
        self._table = table
        self._stored = stored
        self._terms = terms
        self._decisions = decisions
        self._file_name = file_name
        self._matched: set[int] = set()
        """The records that rows were found to be."""

    def find(
        self, row: PlannedRow, blanks: set[str], *, made_from: int | None, decided: str | None
    ) -> StoredActivity | None:
        """Return the record that a row without a reference is: one that says just this, or the only one of its name.

        A row that was exported from here and has lost its reference is another record.
        """
        called = self._stored.called(row.organisation, row.name)
        if made_from is not None or not called:
            return None
        some = [
            one
            for one in called
            if one.pk not in self._matched and one.reference not in self._stored.references_in_file
        ]
        alone = some[0] if len(some) == 1 and self._stored.names_in_file[key_of(row.name)] < 2 else None
        row.has_namesake = alone is not None
        how = self._decisions.same_name
        if decided == ADD or (how is SameName.ADD and decided != MATCH):
            return None
        found = next((one for one in some if self._says_just_this(one, row.values, blanks)), None)
        if found is None and alone is not None:
            found = alone if decided == MATCH or how is SameName.MATCH or alone.pk in self._known else None
        if found is not None:
            self._matched.add(found.pk)
        return found

    @cached_property
    def _known(self) -> frozenset[int]:
        """The records that an import of such a file has made."""
        return made_by_such_a_file(self._file_name, self._table)

    def _says_just_this(self, found: StoredActivity, values: Mapping[str, Value], blanks: set[str]) -> bool:
        before = self._stored.content(found)
        said = {
            key: value
            for key, value in values.items()
            if key not in NAMED_BY and not (self._decisions.blank_cell is BlankCell.LEAVE and key in blanks)
        }
        if not self._table.own:
            keep_matches(before, said, self._terms.labels)
        return all(before[key] == value for key, value in said.items())
