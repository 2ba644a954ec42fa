"""A table that was understood: how it is read, and its records one by one, each cell with its place in the file."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from registry.imports.mapping import IGNORE, KEEP
from registry.imports.mapping import Mapping as FileMapping
from registry.imports.reading import Sheet
from registry.imports.source import Assembly, SourceRecord


@dataclass(frozen=True)
class Table:
    """A table that was understood.

    ``kind`` is the name of the model whose rows it holds; ``own`` says whether it is in our own layout. Rows and
    columns count from 1; ``header_row`` is 0 for cards, which have none. ``columns`` maps a column of the main sheet to
    what it is read as, ``unknown`` one whose text is only kept to its heading. ``assembly`` says which rows are one
    record; a table in our own layout has none, since each of its rows is one.
    """

    sheet: Sheet
    kind: str
    own: bool
    header_row: int
    first_data_row: int
    columns: Mapping[int, str]
    headings: Mapping[int, str]
    unknown: Mapping[int, str] = field(default_factory=dict)
    skipped: Mapping[int, str] = field(default_factory=dict)
    mapping: FileMapping | None = None
    assembly: Assembly | None = None

    def records(self) -> Iterator[SourceRecord]:
        """Return the records of a table that isn't in our own layout, in the order of the file."""
        return self.assembly.records() if self.assembly else iter(())

    def data_rows(self) -> Iterator[tuple[int, list[str]]]:
        """Return the rows of the main sheet that hold anything, below its headings, each with its number."""
        for number, cells in enumerate(self.sheet.rows, start=1):
            if number >= self.first_data_row and number not in self.skipped and any(cells):
                yield number, cells

    @cached_property
    def column_of(self) -> Mapping[str, int]:
        """The first column of the main sheet that is read as a key."""
        return {key: column for column, key in sorted(self.columns.items(), reverse=True)}

    @property
    def keys(self) -> frozenset[str]:
        """Everything that anything in the file is read as."""
        sheets = self.mapping.sheets if self.mapping else ()
        read = {column.read_as for sheet in sheets for column in sheet.columns}
        return frozenset(read - {KEEP, IGNORE})
