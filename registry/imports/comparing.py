"""Comparing a row with the record that it is: what it would change, and what the register has changed meanwhile."""

from collections.abc import Mapping

from registry.imports.plan import Action, BlankCell, Decisions, Newer, PlannedRow
from registry.imports.remarks import Remarks
from registry.imports.stored import FACTS, IDENTITY, NAMED_BY, TARGETS
from registry.imports.stored_activities import StoredActivities, StoredActivity
from registry.imports.table import Table
from registry.imports.terms import Terms, keep_matches
from registry.imports.values import Value
from registry.record.flat import MADE_FROM
from registry.record.messages import Message


class Comparison:
    """Compares rows with stored records, and notes what a person should know of it."""

    def __init__(
        self, table: Table, stored: StoredActivities, terms: Terms, remarks: Remarks, decisions: Decisions
    ) -> None:
        self._table = table
        self._stored = stored
        self._terms = terms
        self._remarks = remarks
        self._decisions = decisions

    def compare(
        self, row: PlannedRow, found: StoredActivity, blanks: set[str], *, made_from: int | None, replace: bool
    ) -> None:
        """Set what the row would change of the record, and whether it would; ``replace``: its older values too."""
        row.pk = found.pk
        if row.action is Action.REFUSED:
            return
        before = self._stored.content(found)
        values = row.values
        if self._decisions.blank_cell is BlankCell.LEAVE:
            for key in blanks:
                values.pop(key, None)
        if not self._table.own:
            keep_matches(before, values, self._terms.labels)
        self._terms.take(values)
        found_by = NAMED_BY if row.by_name else IDENTITY
        changed = {key: value for key, value in values.items() if before[key] != value and key not in found_by}
        if changed and made_from is not None and found.change_set > made_from:
            self._meet_newer(row, found, made_from, before, changed, replace=replace)
        row.values = changed
        row.before = {key: before[key] for key in changed}
        row.action = Action.CHANGE if changed else Action.UNCHANGED

    def _meet_newer(
        self,
        row: PlannedRow,
        found: StoredActivity,
        made_from: int,
        before: Mapping[str, Value],
        changed: dict[str, Value],
        *,
        replace: bool,
    ) -> None:
        """Note what the register has changed since the file was made; keep it, unless the file's values are wanted."""
        base = self._stored.bases.content(found.pk, made_from)
        newer = {key for key in changed if key not in base or base[key] != before[key]}
        newer |= {key for key in changed if newer.intersection(TARGETS[key])}
        if not newer:
            return
        row.newer = {key: (before[key], changed[key]) for key in changed if key in newer}
        is_kept = self._decisions.newer is Newer.KEEP and not replace
        for key in newer if is_kept else ():
            del changed[key]
        labels = tuple(Message(FACTS[key].label) for key in row.newer)
        edited = any(base.get(key) != value for key, (_, value) in row.newer.items())
        what = (
            Message(
                "The register has changed since the file was made from it, and what it says now is kept: %(fields)s.",
                fields=labels,
            )
            if is_kept
            else Message(
                "The register has changed since the file was made from it, and the file's older values would take its "
                "place: %(fields)s.",
                fields=labels,
            )
        )
        self._remarks.at(
            "warning" if edited or not is_kept else "note",
            what,
            row.number,
            self._table.column_of.get(MADE_FROM),
            str(made_from),
            Message("the row taken as the file has it, if you say so")
            if is_kept
            else Message("a newer export of the register"),
        )

    def say_whose_reference(self, row: PlannedRow, found: StoredActivity) -> None:
        """Say of a file from elsewhere that a reference is one of ours."""
        self._remarks.of_fact(
            "warning",
            Message("The reference exists already, as “%(name)s”: the row would change that record.", name=found.name),
            row.number,
            "reference",
            row.reference,
            Message("another reference, to add a record instead"),
        )

    def say_whose_name(self, row: PlannedRow) -> None:
        """Say which record a row without a reference is."""
        same = row.action is Action.UNCHANGED
        self._remarks.of_fact(
            "note" if same else "warning",
            Message("The row has no reference: it is read as the activity of this name, which says the same already.")
            if same
            else Message("The row has no reference: it is read as the activity of this name, and would change it."),
            row.number,
            "name",
            row.name,
            "" if same else Message("the row added as another activity, if you say so"),
        )
