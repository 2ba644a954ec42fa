"""How a file is read, as a person sees and corrects it: which sheets, where each table starts, what its columns are.

A mapping is plain data and says all that was decided, so that it can be shown, changed, stored, and believed when it
comes back. Rows and columns count from 1.
"""

from collections.abc import Iterable
from collections.abc import Mapping as ReadOnly
from dataclasses import asdict, dataclass, field, replace
from enum import StrEnum
from typing import Any

from registry.record.messages import Message, keep, message_from

FORM = 1
"""The form of ``as_json``, raised whenever older ones need to be lifted."""

KEEP = "keep"
"""Read as words of the source: the text is kept with the record, under its heading."""
IGNORE = "ignore"
"""Not read at all."""
PARENT = "parent"
"""What a column of a sheet of parts is read as that says whose part its rows are."""
SHEET = "sheet"
"""What names a record that is called like its sheet."""


class Layout(StrEnum):
    """How a sheet is laid out."""

    OWN = "own"
    """Our own flat layout: headings in the first row, one record a row."""
    TABLE = "table"
    """Any other table: a header row somewhere, one record in a row or in several."""
    CARD = "card"
    """One record a sheet: labels, and beside each what it says."""


class BadMapping(ValueError):
    """Something that claims to be a mapping and isn't one; the text says what is wrong with it."""


@dataclass(frozen=True)
class Column:
    """A column of a table, or a label of a card, and what it is read as.

    ``place`` is the column's number; 0 for a label of a card, which is found by its words. ``read_as`` is a key of
    ``read_as.choices`` or KEEP or IGNORE; ``value`` is what a column of ticks stands for; ``block`` is the heading of
    the part of a card in which the label stands.
    """

    place: int
    heading: str
    read_as: str = KEEP
    value: str = ""
    block: str = ""


@dataclass(frozen=True)
class SheetMapping:
    """How a sheet, or several cards of one form, are read.

    ``part`` names the list of the record to which the rows belong ("" for the record itself). ``skipped`` are rows that
    are no records, with the reason. Rows that say the same in the columns ``grouped_by`` are one record, and where
    ``continues`` is set, so are rows that leave all of those columns empty below one that fills them. ``sections`` is
    what the text of a section row is read as for the records below it.
    """

    names: tuple[str, ...]
    layout: Layout
    part: str = ""
    header_row: int | None = None
    upper_row: int | None = None
    first_data_row: int | None = None
    columns: tuple[Column, ...] = ()
    skipped: ReadOnly[int, str] = field(default_factory=dict)
    grouped_by: tuple[int, ...] = ()
    continues: bool = False
    sections: str = KEEP
    role: str = ""
    label_column: int | None = None
    value_columns: tuple[int, ...] = ()

    @property
    def name(self) -> str:
        """The sheet's name, or that of the first card."""
        return self.names[0]

    def places(self, read_as: str) -> tuple[int, ...]:
        """Return the columns that are read as ``read_as``."""
        return tuple(column.place for column in self.columns if column.read_as == read_as)


@dataclass(frozen=True)
class Mapping:
    """How a whole file is read.

    ``kind`` is the name of the model whose records it holds. ``unread`` are the sheets that hold none, with the reason.
    ``named_by`` is what names a record where no column does.
    """

    kind: str
    sheets: tuple[SheetMapping, ...]
    unread: ReadOnly[str, str] = field(default_factory=dict)
    named_by: str = ""

    @property
    def own(self) -> bool:
        """Whether the file is in our own layout."""
        return any(sheet.layout is Layout.OWN for sheet in self.sheets)

    @property
    def main(self) -> SheetMapping:
        """The sheet with the records themselves."""
        return next((sheet for sheet in self.sheets if not sheet.part), self.sheets[0])

    def with_read_as(self, sheet: str, column: Column, read_as: str, value: str = "") -> "Mapping":
        """Return the mapping in which a column of a sheet is read as something else."""
        changed = replace(column, read_as=read_as, value=value)
        return self._with_sheet(
            sheet,
            lambda one: replace(one, columns=tuple(changed if other == column else other for other in one.columns)),
        )

    def with_skipped(self, sheet: str, rows: Iterable[int], reason: str) -> "Mapping":
        """Return the mapping in which rows of a sheet are left out; without a reason, that in which they are read."""
        chosen = frozenset(rows)

        def change(one: SheetMapping) -> SheetMapping:
            others = {row: why for row, why in one.skipped.items() if row not in chosen}
            return replace(one, skipped=others | (dict.fromkeys(sorted(chosen), reason) if reason else {}))

        return self._with_sheet(sheet, change)

    def _with_sheet(self, name: str, change: Any) -> "Mapping":
        return replace(self, sheets=tuple(change(one) if name in one.names else one for one in self.sheets))

    def as_json(self) -> dict[str, Any]:
        """Return the mapping as plain JSON values; ``from_json`` gives exactly this mapping again."""
        return {
            "form": FORM,
            "kind": self.kind,
            "named_by": self.named_by,
            "unread": {name: keep(why) for name, why in self.unread.items()},
            "sheets": [_sheet_as_json(sheet) for sheet in self.sheets],
        }

    @classmethod
    def from_json(cls, value: Any) -> "Mapping":
        """Return the mapping that JSON values describe. Raises BadMapping, saying why, for any others."""
        given = _object(value, "the mapping")
        if given.get("form") != FORM:
            raise BadMapping(f"This mapping is of form {given.get('form')!r}; form {FORM} is read.")
        sheets = tuple(_sheet_from_json(sheet) for sheet in _list(given.get("sheets"), "its sheets"))
        if not sheets:
            raise BadMapping("A mapping names at least one sheet.")
        return cls(
            kind=_text(given.get("kind"), "its kind"),
            sheets=sheets,
            unread={name: _reason(why) for name, why in _object(given.get("unread", {}), "unread").items()},
            named_by=_text(given.get("named_by", ""), "named_by"),
        )


def _sheet_as_json(sheet: SheetMapping) -> dict[str, Any]:
    return {
        **asdict(sheet),
        "names": list(sheet.names),
        "layout": str(sheet.layout),
        "columns": [asdict(column) for column in sheet.columns],
        "skipped": {str(row): str(why) for row, why in sheet.skipped.items()},
        "grouped_by": list(sheet.grouped_by),
        "value_columns": list(sheet.value_columns),
    }


def _sheet_from_json(value: Any) -> SheetMapping:
    given = _object(value, "a sheet")
    try:
        layout = Layout(_text(given.get("layout"), "the layout"))
    except ValueError as error:
        raise BadMapping(f"“{given.get('layout')}” is no layout.") from error
    names = tuple(_text(name, "the name of a sheet") for name in _list(given.get("names"), "the names of a sheet"))
    if not names:
        raise BadMapping("A sheet of a mapping has no name.")
    skipped = _object(given.get("skipped", {}), "the rows left out")
    return SheetMapping(
        names=names,
        layout=layout,
        part=_text(given.get("part", ""), "the part of a sheet"),
        header_row=_row(given.get("header_row")),
        upper_row=_row(given.get("upper_row")),
        first_data_row=_row(given.get("first_data_row")),
        columns=tuple(_column(column) for column in _list(given.get("columns", []), "the columns")),
        skipped={_number_of(row): _text(why, "a reason") for row, why in skipped.items()},
        grouped_by=tuple(_number(place) for place in _list(given.get("grouped_by", []), "grouped_by")),
        continues=given.get("continues") is True,
        sections=_text(given.get("sections", KEEP), "sections"),
        role=_text(given.get("role", ""), "the role"),
        label_column=_row(given.get("label_column")),
        value_columns=tuple(_number(place) for place in _list(given.get("value_columns", []), "value_columns")),
    )


def _column(value: Any) -> Column:
    given = _object(value, "a column")
    return Column(
        place=_number(given.get("place"), least=0),
        heading=_text(given.get("heading"), "a heading"),
        read_as=_text(given.get("read_as", KEEP), "what a column is read as"),
        value=_text(given.get("value", ""), "the value of a column"),
        block=_text(given.get("block", ""), "the block of a label"),
    )


def _object(value: Any, what: str) -> dict[str, Any]:
    if not isinstance(value, dict) or not all(isinstance(key, str) for key in value):
        raise BadMapping(f"{what} must be an object.")
    return value


def _list(value: Any, what: str) -> list[Any]:
    if not isinstance(value, list):
        raise BadMapping(f"{what} must be a list.")
    return value


def _reason(kept: Any) -> str:
    """Return why a sheet isn't read, as a message; nothing where no reason is known."""
    if isinstance(kept, dict) and isinstance(kept.get("id"), str):
        return message_from(kept)
    return Message(text) if (text := _text(kept, "a reason")) else ""


def _text(value: Any, what: str) -> str:
    if not isinstance(value, str):
        raise BadMapping(f"{what} must be text.")
    return value


def _number(value: Any, least: int = 1) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or value < least:
        raise BadMapping(f"{value!r} is no row or column.")
    return value


def _number_of(text: str) -> int:
    return _number(int(text) if text.isdecimal() else text)


def _row(value: Any) -> int | None:
    return None if value is None else _number(value)
