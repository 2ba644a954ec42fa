"""Making a plan: each row of a table is read, checked, and compared with the record that it may change."""

import json
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from registry import models
from registry.imports import foreign
from registry.imports.bases import Bases, number_of
from registry.imports.collection import collector_paused
from registry.imports.lineage import made_by_such_a_file
from registry.imports.lookups import Lookups
from registry.imports.parsing.blank_words import Blank, classify
from registry.imports.plan import (
    ADD,
    MATCH,
    SKIP,
    TAKE,
    Action,
    BlankCell,
    Decisions,
    Existing,
    Newer,
    Plan,
    PlannedRow,
    SameName,
)
from registry.imports.problems import BadValue, Problem
from registry.imports.source import SourceCell, SourceRecord
from registry.imports.stored import FACTS, comparable, maximum_lengths, row_lengths, targets
from registry.imports.table import Table
from registry.imports.terms import Terms, keep_matches, key_of
from registry.imports.values import Value, blank, rows_reader, scalar_reader
from registry.record.activity import ActivityRecord
from registry.record.building import completed
from registry.record.definition import Fact, Kind, facts, main_fact
from registry.record.flat import MADE_FROM, is_cut
from registry.record.formulas import unescape_formula
from registry.record.loader import newest
from registry.reference.answers import Answer
from registry.versioning.change_set import last_number

IDENTITY = ("organisation", "reference")
TOLD_EVERY = 100
_T = TypeVar("_T")
READ_AHEAD = 500
"""How many stored records are in memory at a time."""

QUOTES = ('"', "“", "„", "”")


_ANSWER_OF = {"recipients": "recipients_answer", "transfers": "transfers_answer"}


@dataclass(frozen=True)
class _Existing:
    reference: str
    pk: int
    name: str
    version: int
    """The key of its newest version, whose content is read when a row needs it."""
    change_set: int


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
        self.organisation = organisation
        self.decisions = decisions
        self.blank_cell = decisions.blank_cell
        self.terms = Terms(decisions.terms)
        self.lookups = Lookups(learn_units=decisions.create_units)
        self.problems: list[Problem] = []
        self.column_of = {key: column for column, key in sorted(table.columns.items(), reverse=True)}
        self.own_columns = [  # in order of declaration: lists come before the lists that point into them
            (key, fact, self.column_of[key])
            for key, fact in FACTS.items()
            if key in self.column_of and key != "organisation"
        ]
        self.readers = {key: rows_reader(fact, self.lookups) for key, fact in FACTS.items() if fact.kind is Kind.ROWS}
        self.scalars = {
            key: scalar_reader(fact, self.lookups) for key, fact in FACTS.items() if fact.kind is not Kind.ROWS
        }
        self.targets = {key: targets(fact) for key, fact in FACTS.items()}
        self.record: SourceRecord | None = None
        """The record of a foreign table that is being read, and the cells from which its values came."""
        self.read_from: dict[str, SourceCell] = {}
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
        self.row_maximum = {
            key: row_lengths(fact.row.__name__, self.maximum) for key, fact in FACTS.items() if fact.row is not None
        }
        self.change_set = last_number()
        self.existing = self._existing()
        self.made_from: int | None = None
        """The change set as at which the row at hand was exported, where it says so."""
        self.bases: Bases | None = None
        self.contents: dict[int, str] = {}
        self.by_name: dict[tuple[int, str], list[_Existing]] = defaultdict(list)
        for (owner, _), found in self.existing.items():
            self.by_name[owner, key_of(found.name)].append(found)
        self.references_in_file: set[str] = set()
        self.names_in_file: Counter[str] = Counter()
        """How many rows without a reference are called so, as far as it can be seen before they are read."""
        self.file_name = file_name
        self.known: frozenset[int] | None = None
        """The records that an import of such a file has made; looked up when a row needs it."""
        self.matched: set[int] = set()
        """The records that rows without a reference are read as."""
        self.in_file_order = self._versions_in_file_order()
        self.place_in_file = {version: place for place, version in enumerate(self.in_file_order)}
        self.seen: dict[tuple[int, str], int] = {}

    def plan(self, told: Callable[[int, int], None] | None) -> Plan:
        if self.table.own:
            total = len(self.table.sheet.rows)
            rows = [self._row(number, cells) for number, cells in _counted(self._data_rows(), total, told)]
        else:
            self.problems += self.table.assembly.problems if self.table.assembly else ()
            total = len(self.table.assembly.drafts) if self.table.assembly else 0
            rows = [self._foreign_row(record) for record in _counted(self.table.records(), total, told)]
        if not rows:
            message = "The table holds headings and no rows."
            self._problem(
                "error", message, self.table.header_row or None, None, accepted="a row for each processing activity"
            )
        return Plan(
            rows,
            self.problems,
            self.change_set,
            self.lookups.new_units,
            self.terms.new,
            self.terms,
        )

    # Reading rows

    def _data_rows(self) -> Iterator[tuple[int, list[str]]]:
        for number, cells in enumerate(self.table.sheet.rows, start=1):
            if number >= self.table.first_data_row and number not in self.table.skipped and any(cells):
                yield number, cells

    def _row(self, number: int, cells: list[str]) -> PlannedRow:
        errors_before = len(self.problems)
        texts = {column: cells[column - 1] if column <= len(cells) else "" for column in self.table.headings}
        organisation = self._organisation_of(number, texts)
        self.made_from = self._made_from(number, texts)
        values, blanks = self._own_values(number, texts, organisation)
        return self._planned(number, organisation, values, blanks, errors_before)

    def _planned(
        self, number: int, organisation: int | None, values: dict[str, Value], blanks: set[str], errors_before: int
    ) -> PlannedRow:
        reference, name = values.get("reference", ""), values.get("name", "")
        row = PlannedRow(number, Action.CREATE, organisation, reference, name, values)
        if self.record is not None:
            row.sheet = self.record.sheet
        decided = self.decisions.rows.get(row.key) if self.decisions.rows else None
        found = self.existing.get((organisation or 0, reference)) if reference else None
        if not reference and name and organisation is not None:
            found = self._of_same_name(row, blanks, decided)
        if found is not None and not reference:
            row.by_name, row.reference = True, found.reference
            self.matched.add(found.pk)
        if decided == SKIP or (found and self.decisions.existing is Existing.SKIP and decided != TAKE):
            del self.problems[errors_before:]
            row.action, row.pk = Action.SKIPPED, found.pk if found else None
            return row
        self._check_identity(number, organisation, reference, name, found)
        self._check_answers(number, values)
        if any(problem.severity == "error" for problem in self.problems[errors_before:]):
            row.action = Action.REFUSED
        if found is not None:
            self._compare(row, found, blanks, replace=decided == TAKE)
            if row.by_name and row.action is not Action.REFUSED:
                self._say_whose_name(row)
            elif not self.table.own and row.action is not Action.UNCHANGED:
                self._say_whose_reference(row, found)
        elif row.action is not Action.REFUSED:
            self.terms.take(values)
        return row

    def _made_from(self, number: int, texts: Mapping[int, str]) -> int | None:
        column = self.column_of.get(MADE_FROM)
        text = unescape_formula(texts[column]).strip() if column else ""
        if not text:
            return None
        made_from = number_of(text)
        if made_from is None or made_from > self.change_set:
            accepted = f"a number up to {self.change_set}, or nothing for a row that wasn't exported"
            self._problem("error", "The register has no such change set.", number, column, text, accepted)
            return None
        return made_from

    def _organisation_of(self, number: int, texts: Mapping[int, str]) -> int | None:
        column = self.column_of.get("organisation")
        named = unescape_formula(texts[column]).strip() if column and self.table.own else ""
        if not named:
            if self.organisation is None:
                self._problem(
                    "error",
                    "No organisation is named.",
                    number,
                    column,
                    accepted="the organisation whose register this is",
                )
                return None
            return self.organisation.pk
        pk = self.lookups.entry("Organisation", named)
        if pk is None:
            near = ", ".join(self.lookups.near("Organisation", named))
            self._problem(
                "error",
                "There is no such organisation.",
                number,
                column,
                named,
                f"one of: {near}" if near else "an organisation of this register",
            )
        elif self.organisation is not None and pk != self.organisation.pk:
            self._problem(
                "error",
                "The row belongs to another organisation than the import.",
                number,
                column,
                named,
                self.organisation.name,
            )
        return pk

    def _own_values(
        self, number: int, texts: Mapping[int, str], organisation: int | None
    ) -> tuple[dict[str, Value], set[str]]:
        values: dict[str, Value] = {}
        blanks: set[str] = set()
        for key, fact, column in self.own_columns:
            text = unescape_formula(texts[column])
            if not text.strip():
                blanks.add(key)
                values[key] = blank(fact)
                continue
            if is_cut(text):
                self._leave_cut(number, column, text, (organisation or 0, values.get("reference", "")))
                continue
            try:
                values[key] = self._own_value(fact, text, values, organisation, blanks)
            except BadValue as error:
                self._problem("error", error.message, number, column, text, error.accepted)
                values[key] = blank(fact)
            else:
                self._check_length(number, fact, values[key], len(text))
        if values.get("role") == "":
            values.pop("role")
        if values.get("status") == "":
            values.pop("status")
        return values, blanks

    def _leave_cut(self, number: int, column: int, text: str, identity: tuple[int, str]) -> None:
        """Say of a text that an export had to cut that a record keeps it whole; a new one would get but a part."""
        if identity in self.existing:
            message = "The cell holds the beginning of a text that is too long for it; what the register says is kept."
            self._problem("warning", message, number, column, text, "the whole text in a CSV file, to change it")
        else:
            message = "The cell holds no more than the beginning of a text: it was cut when the workbook was made."
            self._problem("error", message, number, column, text, "the whole text, which the export as CSV holds")

    def _own_value(
        self, fact: Fact, text: str, values: dict[str, Value], organisation: int | None, blanks: set[str]
    ) -> Value:
        if fact.kind is not Kind.ROWS:
            return self.scalars[fact.key](text, organisation)
        answer = _ANSWER_OF.get(fact.key)
        if answer and self._says_none(fact, text):
            values[answer] = str(Answer.NO)
            return []
        return self.readers[fact.key](text, self._pointed_into(fact, values, organisation, blanks))

    def _pointed_into(
        self, fact: Fact, values: dict[str, Value], organisation: int | None, blanks: set[str]
    ) -> Mapping[str, Value]:
        """Return the lists that ``fact``'s rows may point into: the file's, or else the record's own."""
        if not (pointed_into := self.targets[fact.key]):
            return values
        left_alone = blanks if self.blank_cell is BlankCell.LEAVE else set()
        missing = {target for target in pointed_into if target not in values or target in left_alone}
        found = self.existing.get((organisation or 0, values.get("reference", ""))) if missing else None
        if found is None:
            return values
        before = self._content(found)
        return {**values, **{target: before[target] for target in missing}}

    def _says_none(self, fact: Fact, text: str) -> bool:
        """Whether a list's cell says that there is none. Words in quotes and an entry's name say that there is one."""
        if "\n" in text or text.lstrip().startswith(QUOTES) or classify(text) is not Blank.NONE_STATED:
            return False
        assert fact.row is not None  # noqa: S101 only lists have answers
        return self.lookups.entry(main_fact(fact.row).entry, text) is None

    def _foreign_row(self, record: SourceRecord) -> PlannedRow:
        errors_before = len(self.problems)
        self.record = record
        organisation = self._organisation_of(record.number, {})
        mapping = self.table.mapping
        assert mapping is not None  # noqa: S101 only our own layout comes without
        role = next((one.role for one in mapping.sheets if record.sheet in one.names), "")
        sources = foreign.Sources(self.lookups, self.scalars, organisation, self.maximum, self.inner)
        reading = foreign.read_record(record, sources, named_by=mapping.named_by, role=role)
        self.read_from = reading.cells
        for cell, severity, message, accepted in reading.remarks:
            self.problems.append(
                Problem(severity, message, cell.sheet, cell.row, cell.column, cell.heading, cell.text, accepted)
            )
        values = reading.values
        blanks = foreign.blanks_of(self.table, reading)
        for key in ("role", "status"):
            if values.get(key) == "":
                values.pop(key)
        if "controllers" in self.table.keys and not self.table.keys & {"purposes", "data_subjects"}:
            values.setdefault("role", "processor")
        for key, value in values.items():
            if key in FACTS:
                self._check_length(record.number, FACTS[key], value, None)
        row = self._planned(record.number, organisation, values, blanks, errors_before)
        self.record = None
        return row

    # Checks

    def _check_length(self, number: int, fact: Fact, value: Value, size: int | None) -> None:
        """Report texts that their columns can't hold. No text in a cell is longer than the cell: its ``size``."""
        limit = self.maximum.get(fact.key)
        if limit and isinstance(value, str) and len(value) > limit:
            self._say(
                "error",
                f"The text is too long: {len(value):,} characters.",
                number,
                fact.key,
                value,
                f"up to {limit} characters",
            )
        if fact.row is not None and isinstance(value, list):
            for inner, most in self.row_maximum[fact.key].items():
                if size is not None and size <= most:
                    continue
                for row in value:
                    if isinstance(row[inner], str) and len(row[inner]) > most:
                        self._say(
                            "error",
                            f"{facts(fact.row)[inner].label}: the text is too long.",
                            number,
                            fact.key,
                            row[inner],
                            f"up to {most} characters",
                        )

    def _check_identity(
        self, number: int, organisation: int | None, reference: str, name: str, found: _Existing | None
    ) -> None:
        if not name and (found is None or not self.table.own or "name" in self.column_of):
            self._say("error", "The activity has no name.", number, "name", accepted="a name in every row")
        if organisation is None:
            return
        if reference:
            first = self.seen.setdefault((organisation, reference), number)
            if first != number:
                self._say(
                    "error",
                    f"The reference stands in row {first} already.",
                    number,
                    "reference",
                    reference,
                    "each reference once in a file",
                )
        elif name and found is None and (organisation, key_of(name)) in self.by_name:
            self._say(
                "warning",
                "An activity of this name exists already; without its reference this row adds another one.",
                number,
                "name",
                name,
                "the reference of the existing activity, to change that one; or the choice that the row is that one",
            )

    def _of_same_name(self, row: PlannedRow, blanks: set[str], decided: str | None) -> _Existing | None:
        """Return the record that a row without a reference is: one that says just this, or the only one of its name.

        A row that was exported from here and has lost its reference is another record.
        """
        key = (row.organisation or 0, key_of(row.name))
        if self.made_from is not None or key not in self.by_name:
            return None
        some = [
            one
            for one in self.by_name[key]
            if one.pk not in self.matched and one.reference not in self.references_in_file
        ]
        alone = some[0] if len(some) == 1 and self.names_in_file[key[1]] < 2 else None
        row.has_namesake = alone is not None
        how = self.decisions.same_name
        if decided == ADD or (how is SameName.ADD and decided != MATCH):
            return None
        same = next((one for one in some if self._says_just_this(one, row.values, blanks)), None)
        if same is not None or alone is None:
            return same
        return alone if decided == MATCH or how is SameName.MATCH or self._is_known(alone) else None

    def _is_known(self, found: _Existing) -> bool:
        if self.known is None:
            self.known = made_by_such_a_file(self.file_name, self.table)
        return found.pk in self.known

    def _says_just_this(self, found: _Existing, values: Mapping[str, Value], blanks: set[str]) -> bool:
        before = self._content(found)
        said = {
            key: value
            for key, value in values.items()
            if key not in {*IDENTITY, "name"} and not (self.blank_cell is BlankCell.LEAVE and key in blanks)
        }
        if not self.table.own:
            keep_matches(before, said, self.terms.labels)
        return all(before[key] == value for key, value in said.items())

    def _say_whose_reference(self, row: PlannedRow, found: _Existing) -> None:
        self._say(
            "warning",
            f"The reference exists already, as “{found.name}”: the row would change that record.",
            row.number,
            "reference",
            row.reference,
            "another reference, to add a record instead",
        )

    def _say_whose_name(self, row: PlannedRow) -> None:
        same = row.action is Action.UNCHANGED
        self._say(
            "note" if same else "warning",
            "The row has no reference: it is read as the activity of this name, which says the same already."
            if same
            else "The row has no reference: it is read as the activity of this name, and would change it.",
            row.number,
            "name",
            row.name,
            "" if same else "the row added as another activity, if you say so",
        )

    def _check_answers(self, number: int, values: dict[str, Value]) -> None:
        """An answer of none beside a list that isn't empty is a contradiction, not a choice for the importer."""
        for rows, answer in _ANSWER_OF.items():
            if not values.get(rows):
                continue
            if values.get(answer) == Answer.NO:
                self._say(
                    "error",
                    f"“{FACTS[answer].label}” says no, and {FACTS[rows].label.lower()} are listed.",
                    number,
                    answer if answer in self.column_of else rows,
                    accepted="yes, or no rows",
                )

    def _problem(
        self, severity: Any, message: str, row: int | None, column: int | None, value: str = "", accepted: str = ""
    ) -> None:
        heading = self.table.headings.get(column, "") if column else ""
        sheet = self.table.sheet.name
        self.problems.append(Problem(severity, message, sheet, row, column, heading, value, accepted))

    def _say(self, severity: Any, message: str, row: int, key: str, value: str = "", accepted: str = "") -> None:
        """Report something about the cell that was read as ``key``, in the record at hand."""
        if self.record is None:
            self._problem(severity, message, row, self.column_of.get(key), value, accepted)
            return
        cell = self.read_from.get(key) or self.record.cell(key)
        sheet, row = (cell.sheet, cell.row) if cell else (self.record.sheet, row)
        column, heading = (cell.column, cell.heading) if cell else (None, "")
        self.problems.append(Problem(severity, message, sheet, row, column, heading, value, accepted))

    # Comparing

    def _existing(self) -> dict[tuple[int, str], _Existing]:
        versions = newest(models.ProcessingActivity, self.change_set)
        if self.organisation is not None:
            versions = versions.filter(organisation_id=self.organisation.pk)
        rows = versions.values_list("organisation_id", "reference", "id", "name", "history_id", "change_set_id")
        return {(owner, reference): _Existing(reference, *found) for owner, reference, *found in rows}

    def _content(self, found: _Existing) -> dict[str, Value]:
        """Return the stored values of an activity, read some hundred at a time in the order of the file."""
        if found.version not in self.contents:
            place = self.place_in_file.get(found.version, 0)
            wanted = {found.version, *self.in_file_order[place : place + READ_AHEAD]}
            versions = models.ProcessingActivity.history.filter(history_id__in=wanted)
            self.contents = dict(versions.values_list("history_id", "content"))
        content = json.loads(self.contents[found.version])
        try:
            return comparable(content)
        except KeyError:  # it was written before some fact was declared
            return comparable(completed(ActivityRecord, content))

    def _versions_in_file_order(self) -> list[int]:
        """Return the versions of the records that the rows may be, as far as it can be seen before they are read."""
        if not self.existing:
            return []
        by_reference: dict[str, list[int]] = defaultdict(list)
        by_name: dict[str, list[int]] = defaultdict(list)
        for (_, reference), found in self.existing.items():
            by_reference[reference].append(found.version)
            by_name[key_of(found.name)].append(found.version)
        mapping, before = self.table.mapping, ""
        continues = mapping is not None and bool(mapping.main.grouped_by)
        in_order: list[int] = []
        for _, cells in self._data_rows():
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
        reference, name = (self.column_of.get(key, 0) for key in ("reference", "name"))
        return (
            unescape_formula(cells[reference - 1]).strip() if 0 < reference <= len(cells) else "",
            key_of(unescape_formula(cells[name - 1])) if 0 < name <= len(cells) else "",
        )

    def _compare(self, row: PlannedRow, found: _Existing, blanks: set[str], *, replace: bool) -> None:
        row.pk = found.pk
        if row.action is Action.REFUSED:
            return
        before = self._content(found)
        values = row.values
        if self.blank_cell is BlankCell.LEAVE:
            for key in blanks:
                values.pop(key, None)
        if not self.table.own:
            keep_matches(before, values, self.terms.labels)
        self.terms.take(values)
        found_by = {*IDENTITY, "name"} if row.by_name else IDENTITY
        changed = {key: value for key, value in values.items() if before[key] != value and key not in found_by}
        if changed and self.made_from is not None and found.change_set > self.made_from:
            self._meet_newer(row, found, before, changed, replace=replace)
        row.values = changed
        row.before = {key: before[key] for key in changed}
        row.action = Action.CHANGE if changed else Action.UNCHANGED

    def _meet_newer(
        self,
        row: PlannedRow,
        found: _Existing,
        before: Mapping[str, Value],
        changed: dict[str, Value],
        *,
        replace: bool,
    ) -> None:
        """Note what the register has changed since the file was made; keep it, unless the file's values are wanted."""
        assert self.made_from is not None  # noqa: S101 the caller has checked
        if self.bases is None:
            self.bases = Bases(self._older_rows())
        base = self.bases.content(found.pk, self.made_from)
        newer = {key for key in changed if key not in base or base[key] != before[key]}
        newer |= {key for key in changed if newer.intersection(targets(FACTS[key]))}
        if not newer:
            return
        row.newer = {key: (before[key], changed[key]) for key in changed if key in newer}
        is_kept = self.decisions.newer is Newer.KEEP and not replace
        for key in newer if is_kept else ():
            del changed[key]
        labels = ", ".join(FACTS[key].label for key in row.newer)
        edited = any(base.get(key) != value for key, (_, value) in row.newer.items())
        what = "what it says now is kept" if is_kept else "the file's older values would take its place"
        self._problem(
            "warning" if edited or not is_kept else "note",
            f"The register has changed since the file was made from it, and {what}: {labels}.",
            row.number,
            self.column_of.get(MADE_FROM),
            str(self.made_from),
            "the row taken as the file has it, if you say so" if is_kept else "a newer export of the register",
        )

    def _older_rows(self) -> Iterator[tuple[int, int]]:
        """Yield (key of the record, change set as at which its row was made) of each row that the register outran."""
        numbers, references = self.column_of[MADE_FROM], self.column_of.get("reference", 0)
        by_reference: dict[str, list[_Existing]] = defaultdict(list)
        for (_, reference), found in self.existing.items():
            by_reference[reference].append(found)
        for _, cells in self._data_rows():
            made_from = number_of(cells[numbers - 1].strip()) if numbers <= len(cells) else None
            text = unescape_formula(cells[references - 1]).strip() if 0 < references <= len(cells) else ""
            for found in by_reference.get(text, ()):
                if made_from is not None and found.change_set > made_from:
                    yield found.pk, made_from
