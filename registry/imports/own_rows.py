"""Reading the rows of a table in our own layout: whose register each belongs to, and what its cells say."""

from collections.abc import Mapping
from dataclasses import dataclass

from registry import models
from registry.imports.bases import number_of
from registry.imports.lookups import Lookups
from registry.imports.parsing.blank_words import Blank, classify
from registry.imports.plan import BlankCell
from registry.imports.problems import BadValue, one_of
from registry.imports.remarks import Remarks
from registry.imports.row_checks import ANSWER_OF, Checks
from registry.imports.serial_days import ANOTHER_FORMAT, day_zero, read_serial
from registry.imports.stored import FACTS, TARGETS
from registry.imports.stored_activities import StoredActivities
from registry.imports.table import Table
from registry.imports.values import Scalar, Value, blank, rows_reader
from registry.record.definition import Fact, Kind, main_fact
from registry.record.flat import MADE_FROM, is_cut
from registry.record.formulas import unescape_formula
from registry.record.messages import Message
from registry.reference.answers import Answer

QUOTES = ('"', "“", "„", "”")


def leave_unsaid(values: dict[str, Value]) -> None:
    """Take out a role and a status that the row leaves open: no record is without them, and a new one has its own."""
    for key in ("role", "status"):
        if values.get(key) == "":
            values.pop(key)


@dataclass(frozen=True, slots=True)
class OwnRow:
    """What a row says: the organisation, the change set as at which it was exported, its values, its empty cells."""

    organisation: int | None
    made_from: int | None
    values: dict[str, Value]
    blanks: set[str]


class OwnRows:
    """Reads the rows of a table in our own layout, and notes what can't be read."""

    def __init__(
        self,
        table: Table,
        organisation: models.Organisation | None,
        *,
        lookups: Lookups,
        scalars: Mapping[str, Scalar],
        stored: StoredActivities,
        remarks: Remarks,
        checks: Checks,
        blank_cell: BlankCell,
        change_set: int,
    ) -> None:
        self._table = table
        self._organisation = organisation
        self._lookups = lookups
        self._scalars = scalars
        self._stored = stored
        self._remarks = remarks
        self._checks = checks
        self._blank_cell = blank_cell
        self._change_set = change_set
        self._day_zero = day_zero(table.sheet)
        self._readers = {key: rows_reader(fact, lookups) for key, fact in FACTS.items() if fact.kind is Kind.ROWS}
        self._columns = [  # in order of declaration: lists come before the lists that point into them
            (key, fact, table.column_of[key])
            for key, fact in FACTS.items()
            if key in table.column_of and key != "organisation"
        ]

    def read(self, number: int, cells: list[str]) -> OwnRow:
        """Read the row of that number."""
        texts = {column: cells[column - 1] if column <= len(cells) else "" for column in self._table.headings}
        organisation = self.organisation_of(number, texts)
        made_from = self._made_from(number, texts)
        return OwnRow(organisation, made_from, *self._values(number, texts, organisation))

    def organisation_of(self, number: int, texts: Mapping[int, str]) -> int | None:
        """Return whose register a row belongs to: whom it names, or else whose the import is."""
        column = self._table.column_of.get("organisation")
        named = unescape_formula(texts[column]).strip() if column and self._table.own else ""
        if not named:
            if self._organisation is None:
                self._remarks.at(
                    "error",
                    Message("No organisation is named."),
                    number,
                    column,
                    accepted=Message("the organisation whose register this is"),
                )
                return None
            return self._organisation.pk
        pk = self._lookups.entry("Organisation", named)
        if pk is None:
            near = self._lookups.near("Organisation", named)
            self._remarks.at(
                "error",
                Message("There is no such organisation."),
                number,
                column,
                named,
                one_of(near) if near else Message("an organisation of this register"),
            )
        elif self._organisation is not None and pk != self._organisation.pk:
            self._remarks.at(
                "error",
                Message("The row belongs to another organisation than the import."),
                number,
                column,
                named,
                self._organisation.name,
            )
        return pk

    def _made_from(self, number: int, texts: Mapping[int, str]) -> int | None:
        column = self._table.column_of.get(MADE_FROM)
        text = unescape_formula(texts[column]).strip() if column else ""
        if not text:
            return None
        made_from = number_of(text)
        if made_from is None or made_from > self._change_set:
            accepted = Message(
                "a number up to %(last)s, or nothing for a row that wasn't exported", last=str(self._change_set)
            )
            self._remarks.at("error", Message("The register has no such change set."), number, column, text, accepted)
            return None
        return made_from

    def _values(
        self, number: int, texts: Mapping[int, str], organisation: int | None
    ) -> tuple[dict[str, Value], set[str]]:
        values: dict[str, Value] = {}
        blanks: set[str] = set()
        for key, fact, column in self._columns:
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
                if counted := read_serial(fact, text, self._day_zero):
                    values[key] = counted[0]
                    self._remarks.at("warning", counted[1], number, column, text, ANOTHER_FORMAT)
                    continue
                self._remarks.at("error", error.message, number, column, text, error.accepted)
                values[key] = blank(fact)
            else:
                self._checks.lengths(number, fact, values[key], len(text))
        leave_unsaid(values)
        return values, blanks

    def _leave_cut(self, number: int, column: int, text: str, identity: tuple[int, str]) -> None:
        """Say of a text that an export had to cut that a record keeps it whole; a new one would get but a part."""
        if self._stored.find(*identity) is not None:
            message = Message(
                "The cell holds the beginning of a text that is too long for it; what the register says is kept."
            )
            self._remarks.at(
                "warning", message, number, column, text, Message("the whole text in a CSV file, to change it")
            )
        else:
            message = Message(
                "The cell holds no more than the beginning of a text: it was cut when the workbook was made."
            )
            self._remarks.at(
                "error", message, number, column, text, Message("the whole text, which the export as CSV holds")
            )

    def _own_value(
        self, fact: Fact, text: str, values: dict[str, Value], organisation: int | None, blanks: set[str]
    ) -> Value:
        if fact.kind is not Kind.ROWS:
            return self._scalars[fact.key](text, organisation)
        answer = ANSWER_OF.get(fact.key)
        if answer and self._says_none(fact, text):
            values[answer] = str(Answer.NO)
            return []
        return self._readers[fact.key](text, self._pointed_into(fact, values, organisation, blanks))

    def _pointed_into(
        self, fact: Fact, values: dict[str, Value], organisation: int | None, blanks: set[str]
    ) -> Mapping[str, Value]:
        """Return the lists that ``fact``'s rows may point into: the file's, or else the record's own."""
        if not (pointed_into := TARGETS[fact.key]):
            return values
        left_alone = blanks if self._blank_cell is BlankCell.LEAVE else set()
        missing = {target for target in pointed_into if target not in values or target in left_alone}
        found = self._stored.find(organisation, values.get("reference", "")) if missing else None
        if found is None:
            return values
        before = self._stored.content(found)
        return {**values, **{target: before[target] for target in missing}}

    def _says_none(self, fact: Fact, text: str) -> bool:
        """Whether a list's cell says that there is none. Words in quotes and an entry's name say that there is one."""
        if "\n" in text or text.lstrip().startswith(QUOTES) or classify(text) is not Blank.NONE_STATED:
            return False
        assert fact.row is not None  # noqa: S101 only lists have answers
        return self._lookups.entry(main_fact(fact.row).entry, text) is None
