"""Reads the data files of this package: CSV in UTF-8, one term a line, strict about columns and cells."""

import csv
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import TypeAlias, TypedDict, TypeVar

DATA_FOLDER = Path(__file__).parent / "data"

Cells: TypeAlias = Mapping[str, str]
Row = TypeVar("Row")


class ReferenceDataError(ValueError):
    """A data file that ships with the register is damaged; the message names file, line and remedy."""


class Provenance(TypedDict):
    """The cells that `SourcedRow` asks for, read as values."""

    source: str
    source_url: str
    valid_from: date | None
    valid_until: date | None
    verify: str


def read_table(path: Path, make: Callable[[Cells], Row]) -> tuple[Row, ...]:
    """Read one CSV file with a heading line and return what `make` builds of each line.

    Raises ReferenceDataError, naming file and line, for a wrong number of cells and for what `make` refuses.
    """
    rows: list[Row] = []
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file, strict=True)
        for cells in reader:
            where = f"{path.name}, line {reader.line_num}"
            if None in cells or None in cells.values():
                raise ReferenceDataError(
                    f"{where}: the number of cells differs from the heading's; quote cells with commas."
                )
            try:
                rows.append(make(cells))
            except KeyError as error:
                raise ReferenceDataError(f"{where}: the column {error} is missing; add it to the heading.") from error
            except ValueError as error:
                raise ReferenceDataError(f"{where}: {error}") from error
    return tuple(rows)


def provenance(cells: Cells) -> Provenance:
    """Return the source, dates and verify note of one line."""
    return Provenance(
        source=cells["source"],
        source_url=cells["source_url"],
        valid_from=optional_date(cells["valid_from"]),
        valid_until=optional_date(cells["valid_until"]),
        verify=cells["verify"],
    )


def optional_date(cell: str) -> date | None:
    """Return the date written as YYYY-MM-DD, or None for an empty cell."""
    return date.fromisoformat(cell) if cell else None


def yes_or_no(cell: str) -> bool:
    """Return whether the cell says "yes"; anything but "yes" and "no" is an error."""
    if cell not in ("yes", "no"):
        raise ValueError(f"{cell!r} is neither yes nor no; write one of them.")
    return cell == "yes"
