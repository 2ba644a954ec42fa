"""What an import would do: row by row, field by field, before anything is written."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum

from registry.imports.problems import Problem
from registry.imports.terms import TermDecisions, Terms
from registry.imports.values import Value
from registry.reference.activity import ActivityStatus


class BlankCell(Enum):
    """What an empty cell of an existing record means."""

    LEAVE = "leave"
    CLEAR = "clear"


class Existing(Enum):
    """What a row does whose record exists already."""

    UPDATE = "update"
    SKIP = "skip"


class SameName(Enum):
    """What a row without a reference is, where exactly one record is called like it.

    KNOWN: that record, where an import of such a file has made it; otherwise another one. A row that says just what a
    record of its name says is that record, unless ADD is chosen.
    """

    KNOWN = "known"
    MATCH = "match"
    ADD = "add"


class Newer(Enum):
    """What becomes of changes that the register has seen since the file was made from it."""

    KEEP = "keep"
    REPLACE = "replace"


class HiddenRows(Enum):
    """What becomes of rows that the file's program doesn't show, by hand or by a filter."""

    READ = "read"
    LEAVE_OUT = "skip"


SKIP, TAKE, ADD, MATCH = "skip", "take", "add", "match"
"""What may be decided of a single row, whatever holds for all: it is left out, or taken as the file has it; where a
record is called like it, it is added all the same, or is that record."""


@dataclass(frozen=True)
class Decisions:
    """What the person has decided about an import. ``rows`` is about single ones, by ``PlannedRow.key``."""

    blank_cell: BlankCell = BlankCell.LEAVE
    create_units: bool = False
    existing: Existing = Existing.UPDATE
    same_name: SameName = SameName.KNOWN
    newer: Newer = Newer.KEEP
    rows: Mapping[str, str] = field(default_factory=dict)
    terms: TermDecisions = field(default_factory=TermDecisions)
    hidden_rows: HiddenRows = HiddenRows.READ


class Action(Enum):
    """What would become of a row."""

    CREATE = "created"
    CHANGE = "changed"
    UNCHANGED = "unchanged"
    SKIPPED = "skipped"
    REFUSED = "refused"


@dataclass(slots=True)
class PlannedRow:
    """One row of the file: the record it becomes or changes, with its content values, old and new."""

    number: int
    action: Action
    organisation: int | None
    reference: str
    name: str
    values: dict[str, Value]
    """Content values by fact: all that the row speaks about; for a change, all that would differ."""
    before: dict[str, Value] = field(default_factory=dict)
    pk: int | None = None
    """The key of the activity that would change."""
    sheet: str = ""
    """The sheet in which it stands, where the file has several."""

    by_name: bool = False
    """Whether it is read as the record that is called like it, since it has no reference."""
    has_namesake: bool = False
    """Whether it could be read so."""

    newer: dict[str, tuple[Value, Value]] = field(default_factory=dict)
    """Facts that the register has changed since the file was made from it: what it says now, and what the file says."""

    @property
    def key(self) -> str:
        """By what a decision names the row."""
        return f"{self.sheet}#{self.number}"

    @property
    def approves(self) -> bool:
        """Whether it would approve a record that isn't approved yet."""
        is_written = self.action in {Action.CREATE, Action.CHANGE}
        return is_written and self.values.get("status") == str(ActivityStatus.APPROVED)

    def __str__(self) -> str:
        return f"{self.reference} {self.name}".strip()


@dataclass
class Plan:
    """What an import would do to the register as at ``change_set``. Applied only where nothing in it is an error."""

    rows: list[PlannedRow]
    problems: list[Problem]
    change_set: int
    new_units: dict[int, tuple[int, str]] = field(default_factory=dict)
    """Units to add first, by the provisional key under which rows refer to them: (organisation, name)."""
    new_entries: dict[int, tuple[str, str]] = field(default_factory=dict)
    """Catalogue entries to add first, likewise: (model, name)."""
    terms: Terms = field(default_factory=lambda: Terms(TermDecisions()))
    """The words that no entry stands behind."""

    @property
    def is_applicable(self) -> bool:
        """Whether nothing keeps it from being applied."""
        return not any(problem.severity == "error" for problem in self.problems)

    @property
    def counts(self) -> dict[str, int]:
        """How many rows would be created, changed, left unchanged or left out, and how many are refused."""
        counted = Counter(row.action for row in self.rows)
        return {action.value: counted[action] for action in Action}
