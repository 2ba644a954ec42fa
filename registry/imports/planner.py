"""Making a plan: each row of a table is read, checked, and compared with the record that it may change."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TypeVar

from registry import models
from registry.imports import foreign
from registry.imports.collection import collector_paused
from registry.imports.comments import KEPT, beside_row, with_comments
from registry.imports.comparing import Comparison
from registry.imports.hidden import Hidden
from registry.imports.lookups import Lookups
from registry.imports.mapping import Layout
from registry.imports.namesakes import Namesakes
from registry.imports.own_rows import OwnRows, leave_unsaid
from registry.imports.plan import SKIP, TAKE, Action, Decisions, Existing, Plan, PlannedRow
from registry.imports.reading import CellComment
from registry.imports.remarks import Remarks
from registry.imports.row_checks import Checks
from registry.imports.serial_days import day_zero
from registry.imports.source import SourceRecord
from registry.imports.stored import FACTS, maximum_lengths
from registry.imports.stored_activities import StoredActivities, StoredActivity
from registry.imports.table import Table
from registry.imports.terms import Terms
from registry.imports.values import scalar_reader
from registry.record.definition import Kind, facts
from registry.record.messages import Message
from registry.versioning.change_set import last_number

TOLD_EVERY = 100
_T = TypeVar("_T")


def make_plan(
    table: Table,
    *,
    organisation: models.Organisation | None,
    decisions: Decisions | None = None,
    file_name: str = "",
    told: Callable[[int, int], None] | None = None,
) -> Plan:
    """Return what importing ``table`` (of activities) would do. ``told`` hears how many rows are planned, of how many.

    ``organisation`` is whose register it belongs to; None where every row names its own. Reads the catalogues and the
    records that the file may change; writes nothing.
    """
    with collector_paused():
        return _Planner(table, organisation, decisions or Decisions(), file_name).plan(told)


def _counted(some: Iterable[_T], total: int, told: Callable[[int, int], None] | None) -> Iterator[_T]:
    """Yield them all, telling now and then how many there were."""
    for done, one in enumerate(some):
        if told is not None and done % TOLD_EVERY == 0:
            told(min(done, total), total)
        yield one


class _Planner:
    def __init__(
        self, table: Table, organisation: models.Organisation | None, decisions: Decisions, file_name: str
    ) -> None:
        self.table = table
        self.decisions = decisions
        self.change_set = last_number()
        self.terms = Terms(decisions.terms)
        self.lookups = Lookups(learn_units=decisions.create_units)
        self.scalars = {
            key: scalar_reader(fact, self.lookups) for key, fact in FACTS.items() if fact.kind is not Kind.ROWS
        }
        self.inner = {
            key: {
                inner.key: scalar_reader(inner, self.lookups)
                for inner in facts(fact.row).values()
                if inner.kind is not Kind.SIBLING
            }
            for key, fact in FACTS.items()
            if fact.row is not None and not table.own
        }
        self.maximum = maximum_lengths()
        self.remarks = Remarks(table)
        self.stored = StoredActivities(table, organisation, self.change_set)
        self.checks = Checks(table, self.stored, self.remarks, self.maximum)
        self.namesakes = Namesakes(table, self.stored, self.terms, decisions, file_name)
        self.comparison = Comparison(table, self.stored, self.terms, self.remarks, decisions)
        mains = [one for one in table.mapping.sheets if not one.part] if table.mapping else []
        self._parted_by_sheets = len(mains) > 1 and all(one.layout is Layout.TABLE for one in mains)
        self.hidden = Hidden(table, self.decisions.hidden_rows)
        self.own_rows = OwnRows(
            table,
            organisation,
            lookups=self.lookups,
            scalars=self.scalars,
            stored=self.stored,
            remarks=self.remarks,
            checks=self.checks,
            blank_cell=decisions.blank_cell,
            change_set=self.change_set,
        )

    def plan(self, told: Callable[[int, int], None] | None) -> Plan:
        if self.table.own:
            total = len(self.table.sheet.rows)
            rows = [self._own_row(number, cells) for number, cells in _counted(self.table.data_rows(), total, told)]
        else:
            self.remarks.extend(self.table.assembly.problems if self.table.assembly else ())
            total = len(self.table.assembly.drafts) if self.table.assembly else 0
            rows = [self._foreign_row(record) for record in _counted(self.table.records(), total, told)]
        if not rows:
            message = Message("The table holds headings and no rows.")
            self.remarks.at(
                "error",
                message,
                self.table.header_row or None,
                None,
                accepted=Message("a row for each processing activity"),
            )
        return Plan(rows, self.remarks.problems, self.change_set, self.lookups.new_units, self.terms.new, self.terms)

    def _own_row(self, number: int, cells: list[str]) -> PlannedRow:
        said_before = self.remarks.count
        read = self.own_rows.read(number, cells)
        row = PlannedRow(number, Action.CREATE, read.organisation, "", "", read.values)
        comments = self._comments(number)
        hidden = self.hidden.of_row(self.table.sheet.name, number)
        self._decide(row, read.blanks, read.made_from, said_before, comments=comments, hidden=(hidden, bool(hidden)))
        return row

    def _comments(self, number: int) -> list[tuple[CellComment, str]]:
        """Return the comments on a row of our own layout, each with its heading, and note that they are kept."""
        mapping = self.table.mapping
        comments = list(beside_row(mapping.main, self.table.sheet, number)) if mapping else []
        for comment, _ in comments:
            self.remarks.at("note", KEPT, number, comment.column, comment.text)
        return comments

    def _foreign_row(self, record: SourceRecord) -> PlannedRow:
        said_before = self.remarks.count
        hidden, is_whole = self.hidden.of_record(record)
        if hidden and self.hidden.are_left_out and not is_whole:
            record = self.hidden.in_sight(record)
            self.remarks.extend(self.hidden.told_left_out(hidden, is_whole=False))
            hidden = []
        self.remarks.about(record, {})
        organisation = self.own_rows.organisation_of(record.number, {})
        mapping = self.table.mapping
        assert mapping is not None  # noqa: S101 only our own layout comes without
        own = next((one for one in mapping.sheets if record.sheet in one.names), mapping.main)
        named_by = mapping.named_by if not own.places("name") else ""
        sources = foreign.Sources(
            self.lookups, self.scalars, organisation, self.maximum, self.inner, day_zero(self.table.sheet)
        )
        reading = foreign.read_record(
            record, sources, named_by=named_by, role=own.role, by_sheet=self._parted_by_sheets
        )
        self.remarks.about(record, reading.cells)
        for cell, severity, message, accepted in reading.remarks:
            self.remarks.of_cell(cell, severity, message, accepted)
        values = reading.values
        blanks = foreign.blanks_of(self.table, reading)
        leave_unsaid(values)
        if "controllers" in self.table.keys and not self.table.keys & {"purposes", "data_subjects"}:
            values.setdefault("role", "processor")
        for key, value in values.items():
            if key in FACTS:
                self.checks.lengths(record.number, FACTS[key], value, None)
        row = PlannedRow(record.number, Action.CREATE, organisation, "", "", values, sheet=record.sheet)
        self._decide(row, blanks, None, said_before, hidden=(hidden, is_whole))
        self.remarks.about(None, {})
        return row

    def _decide(
        self,
        row: PlannedRow,
        blanks: set[str],
        made_from: int | None,
        said_before: int,
        *,
        hidden: tuple[list[tuple[str, int]], bool],
        comments: Sequence[tuple[CellComment, str]] = (),
    ) -> None:
        """Find out what becomes of a row: which record it is, whether anything is wrong with it, what it changes.

        ``hidden`` are the rows of the file that are hidden, and whether the record has no others; ``comments`` are
        added to its words.
        """
        row.reference, row.name = row.values.get("reference", ""), row.values.get("name", "")
        decided = self.decisions.rows.get(row.key) if self.decisions.rows else None
        named = row.reference
        found = self.stored.find(row.organisation, named) if named else None
        if not named and row.name and row.organisation is not None:
            found = self.namesakes.find(row, blanks, made_from=made_from, decided=decided)
        if found is not None and not named:
            row.by_name, row.reference = True, found.reference
        places, is_whole = hidden
        if places and is_whole and self.hidden.are_left_out and decided not in {TAKE, SKIP}:
            self.remarks.forget(said_before)
            self.remarks.extend(self.hidden.told_left_out(places, is_whole=True))
            row.action, row.pk = Action.SKIPPED, found.pk if found else None
            return
        self.remarks.extend(self.hidden.told(places))
        if decided == SKIP or (found and self.decisions.existing is Existing.SKIP and decided != TAKE):
            self.remarks.forget(said_before)
            row.action, row.pk = Action.SKIPPED, found.pk if found else None
            return
        if comments:
            self._add_comments(row, comments, found, blanks)
        self.checks.identity(row.number, row.organisation, named, row.name, found)
        self.checks.answers(row.number, row.values)
        if self.remarks.has_error(said_before):
            row.action = Action.REFUSED
        if found is not None:
            self.comparison.compare(row, found, blanks, made_from=made_from, replace=decided == TAKE)
            if row.by_name:
                if row.action is not Action.REFUSED:
                    self.comparison.say_whose_name(row)
            elif not self.table.own and row.action is not Action.UNCHANGED:
                self.comparison.say_whose_reference(row, found)
        elif row.action is not Action.REFUSED:
            self.terms.take(row.values)

    def _add_comments(
        self,
        row: PlannedRow,
        comments: Sequence[tuple[CellComment, str]],
        found: StoredActivity | None,
        blanks: set[str],
    ) -> None:
        """Put the comments of a row of our own layout below the words that the file, or else the register, has."""
        said = row.values.get("unplaced", "") if "unplaced" not in blanks else ""
        before = said or (str(self.stored.content(found)["unplaced"]) if found is not None else "")
        words = with_comments(before, comments)
        if words != before:
            row.values["unplaced"] = words
            blanks.discard("unplaced")
