"""The records of a file as it stands: which rows of which sheets are one record, and each cell with its place."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from registry.imports.comments import beside_card, beside_row, headed
from registry.imports.layouts.cards import CardRow, cards_of
from registry.imports.layouts.table import Skipped
from registry.imports.mapping import IGNORE, KEEP, PARENT, Layout, Mapping, SheetMapping
from registry.imports.merged_cells import spread
from registry.imports.parsing.blank_words import classify
from registry.imports.parsing.dates import month_first, open_order, parse_date
from registry.imports.parsing.folding import fold
from registry.imports.problems import Problem
from registry.imports.reading import CellComment, Sheet, Workbook
from registry.record.activity import ActivityRecord
from registry.record.definition import Kind, facts
from registry.record.formulas import unescape_formula
from registry.record.messages import Message

COMMENT = "comment"
"""What a cell is read as that is no cell of the table, but what somebody has written beside one."""
SECTION_HEADING = "Section"
_SUBSTANCE = frozenset({"purposes", "purposes_and_bases", "description", "legal_bases"})
"""Without a name, and without any of these, a card is a form that nobody has filled in."""


def _date_keys() -> Iterator[str]:
    for key, fact in facts(ActivityRecord).items():
        if fact.kind is Kind.DATE:
            yield key
        for inner in facts(fact.row).values() if fact.row is not None else ():
            if inner.kind is Kind.DATE:
                yield f"{key}.{inner.key}"


DATE_KEYS = frozenset(_date_keys())
"""What a column is read as that holds dates."""


class SourceCell(NamedTuple):
    """A cell that says something: where it stands, under which heading, what it is read as, and its text."""

    sheet: str
    row: int
    column: int
    heading: str
    key: str
    text: str
    value: str = ""


class SourceRow(NamedTuple):
    """A row of a record; ``part`` is the list that it belongs to, "" for the record itself."""

    sheet: str
    number: int
    part: str
    cells: tuple[SourceCell, ...]


class SourceRecord(NamedTuple):
    """All rows of a file that speak of one record, in order."""

    rows: tuple[SourceRow, ...]

    @property
    def sheet(self) -> str:
        """The sheet of its first row."""
        return self.rows[0].sheet

    @property
    def number(self) -> int:
        """Its first row."""
        return self.rows[0].number

    def cell(self, key: str) -> SourceCell | None:
        """Return its first cell that is read as ``key``."""
        return next((cell for row in self.rows for cell in row.cells if cell.key == key), None)


@dataclass(slots=True)
class Draft:
    """Where a record stands: pairs of a sheet (its place among ``Assembly.sheets``) and a row; cards count from -1."""

    places: list[tuple[int, int]] = field(default_factory=list)


@dataclass(frozen=True)
class Assembly:
    """The records of a file by where they stand, and what is wrong with how they hang together."""

    sheets: tuple[tuple[SheetMapping, Sheet], ...]
    drafts: tuple[Draft, ...]
    sections: dict[tuple[int, int], int]
    """For a row below a section row: that row."""
    problems: tuple[Problem, ...]
    month_first: frozenset[tuple[int, int]] = frozenset()
    """The columns, by sheet and number, whose dates are written month/day/year."""

    def records(self) -> Iterator[SourceRecord]:
        """Return the records one by one, in the order of the file."""
        columns = [_columns(mapping) for mapping, _ in self.sheets]
        cards = {place: cards_of(sheet.rows, mapping) for place, (mapping, sheet) in self._cards()}
        for draft in self.drafts:
            rows: list[SourceRow] = []
            for place, number in draft.places:
                mapping, sheet = self.sheets[place]
                if number < 0:
                    rows += card_source(mapping, sheet, cards[place], -1 - number)
                    continue
                section = self.sections.get((place, number), 0)
                row = table_row(mapping, sheet, number, columns[place], section)
                rows.append(self._dated(place, row) if self.month_first else row)
            yield SourceRecord(tuple(rows))

    def _dated(self, place: int, row: SourceRow) -> SourceRow:
        """Return the row with its American dates as all others are written; what is no date stays as it stands."""
        cells = [
            cell._replace(text=_day_first(cell.text)) if (place, cell.column) in self.month_first else cell
            for cell in row.cells
        ]
        return row._replace(cells=tuple(cells))

    def _cards(self) -> Iterator[tuple[int, tuple[SheetMapping, Sheet]]]:
        for place, (mapping, sheet) in enumerate(self.sheets):
            if mapping.layout is Layout.CARD:
                yield place, (mapping, sheet)


def _columns(mapping: SheetMapping) -> list[tuple[int, str, str, str]]:
    return [
        (column.place, column.heading, column.read_as, column.value)
        for column in mapping.columns
        if column.place and column.read_as not in {IGNORE, PARENT}
    ]


def table_row(
    mapping: SheetMapping, sheet: Sheet, number: int, columns: Sequence[tuple[int, str, str, str]], section: int = 0
) -> SourceRow:
    """Return a row of a table with its cells that hold anything."""
    texts = sheet.rows[number - 1]
    filled = len(texts)
    cells = [
        SourceCell(sheet.name, number, place, heading, key, unescape_formula(texts[place - 1]), value)
        for place, heading, key, value in columns
        if place <= filled and texts[place - 1]
    ]
    if section and mapping.sections != IGNORE:
        column, text = next((at, cell) for at, cell in enumerate(sheet.rows[section - 1], 1) if cell.strip())
        if not any(cell.key == mapping.sections != KEEP for cell in cells):
            cells.append(SourceCell(sheet.name, section, column, SECTION_HEADING, mapping.sections, text.strip()))
    cells += _comments(sheet, beside_row(mapping, sheet, number))
    return SourceRow(sheet.name, number, mapping.part, tuple(cells))


def card_source(mapping: SheetMapping, sheet: Sheet, cards: Sequence[Sequence[CardRow]], index: int) -> list[SourceRow]:
    """Return the rows of a card: what its labels say together, with its comments, then each line of its blocks."""
    rows = [
        SourceRow(sheet.name, row.number, row.part, tuple(SourceCell(sheet.name, *cell) for cell in row.cells))
        for row in cards[index]
    ]
    if sheet.comments:
        cells = {(cell.row, cell.column): cell.heading for row in rows for cell in row.cells}
        comments = _comments(sheet, beside_card(mapping, sheet, cells, is_only=len(cards) == 1))
        rows[0] = rows[0]._replace(cells=(*rows[0].cells, *comments))
    return rows


def _comments(sheet: Sheet, found: Iterable[tuple[CellComment, str]]) -> list[SourceCell]:
    return [
        SourceCell(sheet.name, comment.row, comment.column, headed(comment, heading), COMMENT, comment.text, heading)
        for comment, heading in found
    ]


def assemble(workbook: Workbook, mapping: Mapping) -> Assembly:
    """Find out which rows of a file are one record. Never raises for what a mapping or a file may hold."""
    return _Assembler(workbook, mapping).assembly()


class _Assembler:
    def __init__(self, workbook: Workbook, mapping: Mapping) -> None:
        by_name = {sheet.name: sheet for sheet in workbook.sheets}
        self.problems: list[Problem] = []
        self.sheets = tuple(
            (sheet, self._spread(sheet, by_name[name]))
            for sheet in mapping.sheets
            for name in sheet.names
            if name in by_name
        )
        self.drafts: list[Draft] = []
        self.references: dict[str, Draft] = {}
        self.names: dict[str, Draft | None] = {}
        self.sections: dict[tuple[int, int], int] = {}

    def _spread(self, mapping: SheetMapping, sheet: Sheet) -> Sheet:
        sheet, problems = spread(mapping, sheet)
        self.problems += problems
        return sheet

    def assembly(self) -> Assembly:
        for place, (mapping, sheet) in enumerate(self.sheets):
            if mapping.part:
                continue
            if mapping.layout is Layout.CARD:
                self._card(place, mapping, sheet)
            else:
                self._table(place, mapping, sheet)
        for place, (mapping, sheet) in enumerate(self.sheets):
            if mapping.part:
                self._parts(place, mapping, sheet)
        american = frozenset(self._month_first())
        return Assembly(self.sheets, tuple(self.drafts), self.sections, tuple(self.problems), american)

    def _month_first(self) -> Iterator[tuple[int, int]]:
        """Yield the columns whose dates are month/day/year, by their own or by those of another in the sheet."""
        for place, (mapping, sheet) in enumerate(self.sheets):
            dated = [column for column in mapping.columns if column.read_as in DATE_KEYS]
            rows = list(self._data_rows(place, mapping, sheet)) if dated and mapping.layout is Layout.TABLE else []
            texts = {column: {number: _text(row, column.place) for number, row in rows} for column in dated}
            shown = {column: evidence for column in dated if (evidence := month_first(texts[column].values()))}
            for column in dated:
                like = next(iter(shown), None)
                if evidence := shown.get(column, ""):
                    message = Message("The column's dates are read as month/day/year: otherwise this is none.")
                elif like is not None and (evidence := open_order(texts[column].values())):
                    message = Message(
                        "The column's dates are read as month/day/year, as those of “%(column)s” are.",
                        column=like.heading,
                    )
                else:
                    continue
                number = next(number for number, text in texts[column].items() if text == evidence)
                self.problems.append(
                    Problem("warning", message, sheet.name, number, column.place, column.heading, evidence)
                )
                yield place, column.place

    # Records

    def _table(self, place: int, mapping: SheetMapping, sheet: Sheet) -> None:
        known_before = dict(self.references), dict(self.names)
        groups: dict[tuple[str, ...], Draft] = {}
        current: Draft | None = None
        references, names = mapping.places("reference"), mapping.places("name")
        for number, texts in self._data_rows(place, mapping, sheet):
            key = tuple(_text(texts, column) for column in mapping.grouped_by)
            draft = None
            if any(key):
                draft = groups.get(key)
            elif key and mapping.continues and current is not None:
                draft = current
            if draft is None:
                reference, name = _first(texts, references), _first(texts, names)
                draft = self._joined(reference, name, *known_before) or self._new(reference, name)
                if any(key):
                    groups[key] = draft
            draft.places.append((place, number))
            current = draft

    def _data_rows(self, place: int, mapping: SheetMapping, sheet: Sheet) -> Iterator[tuple[int, list[str]]]:
        first = mapping.first_data_row or (mapping.header_row or 0) + 1
        section = 0
        for number, texts in enumerate(sheet.rows, 1):
            if not any(texts):
                continue
            if why := mapping.skipped.get(number):
                section = number if why == Skipped.SECTION else section
                continue
            if number < first:
                continue
            if section:
                self.sections[place, number] = section
            yield number, texts

    def _card(self, place: int, mapping: SheetMapping, sheet: Sheet) -> None:
        for index, rows in enumerate(cards_of(sheet.rows, mapping), 1):
            cells = [cell for row in rows for cell in row.cells if classify(cell.text) is None]
            reference = next((cell.text.strip() for cell in cells if cell.key == "reference"), "")
            name = next((cell.text.strip() for cell in cells if cell.key == "name"), "")
            if not name and not any(cell.key in _SUBSTANCE for cell in cells):
                message = Message("The card has no name and no purpose, and is left out.")
                self.problems.append(Problem("note", message, sheet.name))
                continue
            draft = self._joined(reference, name, self.references, self.names) or self._listed(name)
            draft = draft or self._new(reference, name)
            draft.places.append((place, -index))

    def _new(self, reference: str, name: str) -> Draft:
        draft = Draft()
        self.drafts.append(draft)
        if reference:
            self.references.setdefault(fold(reference), draft)
        if name:
            self.names[fold(name)] = None if fold(name) in self.names else draft
        return draft

    def _joined(
        self, reference: str, name: str, references: dict[str, Draft], names: dict[str, Draft | None]
    ) -> Draft | None:
        """Return the record of another sheet that is called so: by its reference, or by its name where it has none."""
        if reference:
            return references.get(fold(reference))
        return names.get(fold(name)) if name else None

    def _listed(self, name: str) -> Draft | None:
        """Return the record of that name in a table, whatever its number there, if no card was put to it yet."""
        draft = self.names.get(fold(name)) if name else None
        return draft if draft is not None and all(number > 0 for _, number in draft.places) else None

    # Parts

    def _parts(self, place: int, mapping: SheetMapping, sheet: Sheet) -> None:
        parents = mapping.places(PARENT)
        said: set[str] = set()
        for number, texts in self._data_rows(place, mapping, sheet):
            parent = _first(texts, parents)
            found = self._parent(parent, several=bool(parents))
            if found is not None:
                found.places.append((place, number))
                continue
            if (parent or sheet.name) in said:
                continue
            said.add(parent or sheet.name)
            column = parents[0] if parents else None
            message = (
                Message("No record has this name.")
                if parent
                else Message("It isn't said to which record this row belongs.")
            )
            self.problems.append(
                Problem(
                    "error",
                    message,
                    sheet.name,
                    number,
                    column,
                    "",
                    parent,
                    Message("the reference or name of a record"),
                )
            )

    def _parent(self, parent: str, *, several: bool) -> Draft | None:
        if parent:
            return self.references.get(fold(parent)) or self.names.get(fold(parent))
        return self.drafts[0] if not several and len(self.drafts) == 1 else None


def _text(texts: Sequence[str], column: int) -> str:
    return texts[column - 1].strip() if column <= len(texts) else ""


def _first(texts: Sequence[str], columns: Sequence[int]) -> str:
    return next((text for column in columns if (text := _text(texts, column))), "")


def _day_first(text: str) -> str:
    try:
        return parse_date(text, day_first=False).isoformat()
    except ValueError:
        return text
