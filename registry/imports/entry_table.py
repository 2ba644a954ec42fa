"""The table of an entry import: which column holds which fact, which rows hold anything, and what is wrong with it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any

from tablib import Dataset

from registry.imports.problems import Problem
from registry.imports.reading import Sheet, Workbook
from registry.record.classes import record_class
from registry.record.definition import Fact, facts
from registry.record.formulas import unescape_formula
from registry.record.messages import Message, plural_message

EXPLANATIONS = "Explanations"
"""The name of the sheet that explains a template's columns; it is never read as data."""

IDENTITY: Mapping[str, tuple[str, ...]] = {"LegalBasis": ("code",), "OrganisationUnit": ("organisation", "name")}
"""Model name → the facts that tell one entry from another; the name alone for every other model."""


def identity_of(model: type[Any]) -> tuple[str, ...]:
    """Return the keys of the facts by which a row finds the entry that it is about."""
    return IDENTITY.get(model.__name__, ("name",))


@dataclass(frozen=True)
class EntryTable:
    """A table ready to import, or the problems that keep it from being one.

    ``columns`` maps the file's column (from 1) to a fact's key; ``rows`` holds the file's row number (from 1) and the
    texts by key of each row that has any.
    """

    model: type[Any]
    columns: Mapping[int, str]
    rows: tuple[tuple[int, Mapping[str, str]], ...]
    problems: tuple[Problem, ...] = ()

    def dataset(self) -> Dataset:
        """Return the rows as tablib's data set, headed by the facts' labels."""
        declared = facts(record_class(self.model))
        keys = list(self.columns.values())
        return Dataset(
            *([texts[key] for key in keys] for _, texts in self.rows), headers=[declared[key].label for key in keys]
        )

    def column_of(self, key: str) -> int | None:
        """Return the file's column (from 1) of a fact, or None where the file hasn't got it."""
        return next((column for column, held in self.columns.items() if held == key), None)


def choose_sheet(workbook: Workbook, model: type[Any]) -> Sheet | Problem:
    """Return the sheet with the entries: the only one with rows, or the only one with the names in a column."""
    filled = [sheet for sheet in workbook.sheets if any(sheet.rows) and sheet.name != EXPLANATIONS]
    if len(filled) == 1:
        return filled[0]
    fitting = [sheet for sheet in filled if not _missing(model, _header(sheet.rows)[1])]
    if len(fitting) == 1:
        return fitting[0]
    names = tuple(f"“{sheet.name}”" for sheet in filled)
    if not filled:
        return Problem(
            "error", Message("The file has no sheet with rows."), accepted=Message("a table with a row of headings")
        )
    return Problem(
        "error",
        Message("It isn't clear which sheet to read: %(names)s.", names=names),
        accepted=Message("a file with one sheet, or one that fits"),
    )


def read_table(model: type[Any], rows: Sequence[Sequence[str]]) -> EntryTable:
    """Return the table of entries of ``model`` in ``rows``, where ``rows[0]`` is the file's row 1."""
    number, header = _header(rows)
    if not header:
        return EntryTable(model, {}, (), (Problem("error", Message("The sheet is empty."), accepted=_accepted(model)),))
    columns, problems = _columns(model, number, header)
    if missing := _missing(model, header):
        labels = tuple(f"“{facts(record_class(model))[key].label}”" for key in missing)
        problems.append(
            Problem(
                "error",
                plural_message(
                    "The column %(headings)s is missing.",
                    "The columns %(headings)s are missing.",
                    len(missing),
                    headings=labels,
                ),
                row=number,
                accepted=_accepted(model),
            )
        )
    body = list(_body(rows, number, columns, problems))
    if not body and not problems:
        problems.append(
            Problem(
                "error",
                Message("There are no rows below the headings."),
                row=number,
                accepted=Message("one entry a row"),
            )
        )
    return EntryTable(model, columns, tuple(body), tuple(problems))


def _header(rows: Sequence[Sequence[str]]) -> tuple[int, list[str]]:
    for number, row in enumerate(rows, start=1):
        if any(cell.strip() for cell in row):
            return number, [cell.strip() for cell in row]
    return 1, []


def _known(model: type[Any]) -> dict[str, str]:
    return {
        spelling.casefold(): key for key, fact in facts(record_class(model)).items() for spelling in (key, fact.label)
    }


def _accepted(model: type[Any]) -> str:
    return ", ".join(fact.label for fact in facts(record_class(model)).values())


def _missing(model: type[Any], header: Sequence[str]) -> list[str]:
    known = _known(model)
    present = {known.get(heading.casefold()) for heading in header}
    return [key for key in identity_of(model) if key not in present]


def _columns(model: type[Any], number: int, header: Sequence[str]) -> tuple[dict[int, str], list[Problem]]:
    known = _known(model)
    columns: dict[int, str] = {}
    problems: list[Problem] = []
    for column, heading in enumerate(header, start=1):
        if not heading:
            continue
        key = known.get(heading.casefold())
        if key is None:
            near = get_close_matches(heading.casefold(), [fact.label.casefold() for fact in _facts(model)], n=1)
            accepted = (
                Message("“%(near)s”, or one of: %(all)s", near=_label(model, near[0]), all=_accepted(model))
                if near
                else _accepted(model)
            )
            problems.append(
                Problem("error", Message("Unknown column."), "", number, column, heading, heading, accepted)
            )
        elif key in columns.values():
            first = next(place for place, held in columns.items() if held == key)
            message = Message(
                "Column %(one)s and column %(other)s hold the same fact.", one=str(column), other=str(first)
            )
            problems.append(
                Problem("error", message, "", number, column, heading, heading, Message("each column once"))
            )
        else:
            columns[column] = key
    return columns, problems


def _facts(model: type[Any]) -> Sequence[Fact]:
    return list(facts(record_class(model)).values())


def _label(model: type[Any], folded: str) -> str:
    return next(fact.label for fact in _facts(model) if fact.label.casefold() == folded)


def _body(
    rows: Sequence[Sequence[str]], header_row: int, columns: Mapping[int, str], problems: list[Problem]
) -> Iterator[tuple[int, Mapping[str, str]]]:
    headed = {column for column, cell in enumerate(rows[header_row - 1], start=1) if cell.strip()}
    for number, row in enumerate(rows[header_row:], start=header_row + 1):
        for column, cell in enumerate(row, start=1):
            if cell.strip() and column not in headed:
                message = Message("This cell stands in a column without a heading.")
                problems.append(
                    Problem("error", message, "", number, column, "", cell, Message("cells below a heading only"))
                )
        texts = {
            key: unescape_formula(row[column - 1]).strip() if column <= len(row) else ""
            for column, key in columns.items()
        }
        if any(texts.values()):
            yield number, texts
