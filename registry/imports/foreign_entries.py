"""Catalogues that others keep, translated into our own flat layout: the same rows, with the headings that we know."""

from collections.abc import Iterator, Sequence
from typing import Any

from registry import models
from registry.imports.comments import beside_row, headed
from registry.imports.entry_table import choose_sheet
from registry.imports.foreign_words import bare_answer
from registry.imports.lookups import Lookups
from registry.imports.mapping import IGNORE, Column, SheetMapping
from registry.imports.out_of_sight import out_of_sight, out_of_sight_of_entries
from registry.imports.parsing.answers import after_yes, parse_answer
from registry.imports.parsing.blank_words import Blank, classify
from registry.imports.parsing.lists import split_list
from registry.imports.parsing.recipient_roles import parse_recipient_role
from registry.imports.parsing.retention import suggest_periods
from registry.imports.problems import BadValue, Problem, Severity
from registry.imports.reading import Sheet, Workbook
from registry.imports.serial_days import ANOTHER_FORMAT, day_zero, read_serial
from registry.imports.table import Table
from registry.imports.understanding import understand
from registry.imports.values import Scalar, scalar_reader
from registry.record.cells import CellRow, format_rows
from registry.record.classes import record_class
from registry.record.definition import Fact, Kind, facts, main_fact
from registry.record.formulas import unescape_formula
from registry.record.messages import Message, sentences
from registry.reference.answers import Answer

_NOTES = {
    "LegalBasis": "notes",
    "DataCategory": "examples",
    "RetentionSchedule": "text",
}
"""Where an entry keeps the words that no other field holds; the description, for all others."""
_COMMENT = Message("The comment is kept in the entry's words.")
_STAGES = (("period", "unit"), ("archive_period", "archive_unit"))


def entries_sheet(workbook: Workbook, model: type[Any]) -> tuple[Sheet | Problem, tuple[Problem, ...]]:
    """Return the sheet with entries of ``model`` in our own layout, translated if it isn't, and remarks on its cells.

    A problem stands in its place where no sheet can be told to hold them; the own layout's reader says what is wrong
    with a sheet that is in neither.
    """
    found = understand(workbook).table
    if found is not None and not found.own and found.kind == model.__name__:
        sheet, remarks = translated(found)
        return sheet, (*remarks, *out_of_sight(workbook, found))
    chosen = choose_sheet(workbook, model)
    return chosen, () if isinstance(chosen, Problem) else tuple(out_of_sight_of_entries(workbook, chosen))


def translated(table: Table) -> tuple[Sheet, tuple[Problem, ...]]:
    """Return a foreign table of entries in our own layout, each row where it stood, and remarks on its cells."""
    return _Translator(table).sheet()


class _Translator:
    def __init__(self, table: Table) -> None:
        self.table = table
        self.model = getattr(models, table.kind)
        self.declared = facts(record_class(self.model))
        self.lookups = lookups = Lookups()
        self.readers: dict[str, Scalar] = {
            key: scalar_reader(fact, lookups) for key, fact in self.declared.items() if fact.kind is not Kind.ROWS
        }
        self.longest = {
            column.name: column.max_length
            for column in self.model._meta.concrete_fields
            if column.max_length and not column.choices
        }
        self.notes = _NOTES.get(table.kind, "description")
        self.problems: list[Problem] = []

    def sheet(self) -> tuple[Sheet, tuple[Problem, ...]]:
        mapping = self.table.mapping
        assert mapping is not None  # noqa: S101 only our own layout comes without
        main = mapping.main
        translated = {number: self._row(main, number, texts) for number, texts in _rows(main, self.table.sheet)}
        used = {key for texts in translated.values() for key in texts}
        places = _places(main, [key for key in self.declared if key in used])
        width = max(places.values(), default=1)
        rows = [[""] * width for _ in self.table.sheet.rows]
        for key, place in places.items():
            rows[self.table.header_row - 1][place - 1] = self.declared[key].label
            for number, texts in translated.items():
                rows[number - 1][place - 1] = texts.get(key, "")
        return Sheet(self.table.sheet.name, rows), tuple(self.problems)

    def _row(self, main: SheetMapping, number: int, texts: Sequence[str]) -> dict[str, str]:
        said: dict[str, list[tuple[Column, str]]] = {}
        for column in main.columns:
            text = unescape_formula(texts[column.place - 1]).strip() if column.place <= len(texts) else ""
            if not text or text in {"''", '""'} or column.read_as == IGNORE:
                continue
            if classify(text) in {Blank.TEMPLATE, Blank.UNKNOWN}:
                self._remark(number, column, text, Message("This isn't an answer; it is left out."))
                continue
            said.setdefault(column.read_as, []).append((column, text))
        values: dict[str, str] = {}
        notes: list[str] = []
        if self.table.kind == "RetentionSchedule":
            notes += _period(said, values)
        if "is_processor" in said:
            column, text = said.pop("is_processor")[0]
            notes += self._processor(column, text, said)
        for key, fact in self.declared.items():
            for column, text in said.pop(key, []):
                notes += self._say(key, fact, column, text, number, values)
        notes += [f"{column.heading}: {text}" for cells in said.values() for column, text in cells]
        for comment, heading in beside_row(main, self.table.sheet, number):
            notes.append(f"{headed(comment, heading)}: {comment.text}")
            self._remark(number, Column(comment.column, heading), comment.text, _COMMENT, severity="note")
        if notes:
            values[self.notes] = "\n".join(filter(None, [values.get(self.notes, ""), *notes]))
        for fact in self.declared.values():
            if (
                fact.required
                and not fact.main
                and values.get("name")
                and not values.get(fact.key)
                and self.notes == fact.key
            ):
                values[fact.key] = values["name"]
        return values

    def _say(self, key: str, fact: Fact, column: Column, text: str, number: int, values: dict[str, str]) -> list[str]:
        """Set a fact, or return what couldn't be set as a note."""
        before = values.get(key)
        if fact.kind is Kind.ROWS:
            return self._list(key, column, text, values)
        if fact.kind is Kind.PROSE:
            values[key] = text if not before else f"{before}\n{text}"
            return []
        if fact.kind is Kind.TEXT:
            longest = self.longest.get(key)
            joined = text if not before or before == text else f"{before}; {text}"
            if longest and len(joined) > longest and key != "name":
                return [f"{column.heading}: {text}"]
            values[key] = " ".join(joined.split()) if key == "name" else joined
            return []
        if classify(text) is Blank.NONE_STATED and fact.kind is not Kind.ANSWER:
            return []
        text = parse_recipient_role(text) or text if key == "kind" and self.table.kind == "Recipient" else text
        try:
            self.readers[key](text, None)
        except BadValue as error:
            if not before and (counted := read_serial(fact, text, day_zero(self.table.sheet))):
                values[key] = counted[0]
                self._remark(number, column, text, counted[1], ANOTHER_FORMAT)
                return []
            self._remark(
                number,
                column,
                text,
                sentences(error.message, Message("The text is kept in the entry's words.")),
                error.accepted,
            )
            return [f"{column.heading}: {text}"]
        if before and before != text:
            return [f"{column.heading}: {text}"]
        values[key] = text
        return []

    def _list(self, key: str, column: Column, text: str, values: dict[str, str]) -> list[str]:
        """Add a row for each part of a cell, the entry of that name or the words; a bare yes or no names none."""
        if bare_answer(text) is not None or classify(text) is Blank.NONE_STATED:
            return [f"{column.heading}: {text}"]
        fact = self.declared[key].row
        main = main_fact(fact).entry if fact is not None else ""
        parts = split_list(after_yes(text) or text)
        rows = [CellRow(part) if self.lookups.entry(main, part) else CellRow(words=part) for part in parts]
        values[key] = "\n".join(filter(None, [values.get(key, ""), format_rows(rows)]))
        return []

    def _processor(self, column: Column, text: str, said: dict[str, list[tuple[Column, str]]]) -> list[str]:
        try:
            answer = parse_answer(text)
        except ValueError:
            return [f"{column.heading}: {text}"]
        if answer is Answer.YES and "kind" not in said:
            said["kind"] = [(column, "processor")]
            return []
        return [f"{column.heading}: {text}"] if answer is not Answer.YES else []

    def _remark(
        self,
        number: int,
        column: Column,
        text: str,
        message: Message,
        accepted: str = "",
        severity: Severity = "warning",
    ) -> None:
        self.problems.append(
            Problem(severity, message, self.table.sheet.name, number, column.place, column.heading, text, accepted)
        )


def _rows(main: SheetMapping, sheet: Sheet) -> Iterator[tuple[int, list[str]]]:
    for number, texts in enumerate(sheet.rows, 1):
        if number >= (main.first_data_row or 2) and number not in main.skipped and any(texts):
            yield number, texts


def _places(main: SheetMapping, keys: Sequence[str]) -> dict[str, int]:
    """Return in which column each fact stands: where it stood, or behind the last one."""
    places: dict[str, int] = {}
    last = max((column.place for column in main.columns), default=0)
    for key in keys:
        own = main.places(key)
        if not own:
            last += 1
        places[key] = own[0] if own else last
    return places


def _period(said: dict[str, list[tuple[Column, str]]], values: dict[str, str]) -> list[str]:
    """One period in figures is the schedule's; several are told in its words, each with its heading."""
    stages = []
    for number, unit in _STAGES:
        numbers, units = said.pop(number, []), said.pop(unit, [])
        if numbers:
            stages.append((numbers[0][0].heading, " ".join([numbers[0][1], *(text for _, text in units[:1])])))
    if len(stages) == 1 and (found := suggest_periods(stages[0][1])):
        values["period"], values["unit"] = str(found[0].number), found[0].unit
    return [f"{heading}: {text}" for heading, text in stages]
