"""From a workbook to a table: a mapping is proposed, or the given one believed, and checked for what it can't be."""

from dataclasses import dataclass

from registry import models
from registry.imports import read_as
from registry.imports.layouts.table import Skipped
from registry.imports.mapping import IGNORE, KEEP, PARENT, SHEET, Layout, Mapping, SheetMapping
from registry.imports.problems import Problem, one_of
from registry.imports.proposing import HIDDEN_REGISTER, propose
from registry.imports.reading import Sheet, Workbook
from registry.imports.source import assemble
from registry.imports.table import Table
from registry.record.classes import IMPORTED, ROOTS
from registry.record.definition import facts
from registry.record.flat import MADE_FROM
from registry.record.messages import Message
from registry.reference.roles import ActivityRole


@dataclass(frozen=True)
class Understanding:
    """What was made of a workbook: a table and how it is read, or None and the problems that say why."""

    table: Table | None
    problems: tuple[Problem, ...]

    @property
    def mapping(self) -> Mapping | None:
        """How the file is read."""
        return self.table.mapping if self.table else None


def understand(
    workbook: Workbook, *, mapping: Mapping | None = None, sheet: str = "", header_row: int | None = None
) -> Understanding:
    """Find the records of a workbook. A ``mapping`` is believed; ``sheet`` and ``header_row`` steer the proposal.

    Never raises for what a workbook or a mapping may hold: what doesn't fit is among the problems.
    """
    if mapping is not None:
        return _believed(workbook, mapping, ())
    proposal = propose(workbook, sheet=sheet, header_row=header_row)
    if proposal.mapping is None:
        return Understanding(None, proposal.problems)
    return _believed(workbook, proposal.mapping, proposal.problems)


def _believed(workbook: Workbook, mapping: Mapping, problems: tuple[Problem, ...]) -> Understanding:
    wrong = _misfits(workbook, mapping)
    if wrong:
        return Understanding(None, (*problems, *wrong))
    main = mapping.main
    sheet = next(sheet for sheet in workbook.sheets if sheet.name == main.name)
    assembly = None if mapping.own or mapping.kind != read_as.ACTIVITY else assemble(workbook, mapping)
    table = Table(
        sheet=sheet,
        kind=mapping.kind,
        own=mapping.own,
        header_row=main.header_row or 0,
        first_data_row=main.first_data_row or (main.header_row or 0) + 1,
        columns=_read(main),
        headings={column.place: column.heading for column in main.columns if column.place and not column.block},
        unknown={
            column.place: column.heading
            for column in main.columns
            if column.place and column.read_as == KEEP and not column.block
        },
        skipped=main.skipped,
        mapping=mapping,
        assembly=assembly,
    )
    checked = _checked(table, mapping, workbook)
    return Understanding(table, (*problems, *checked))


def _read(sheet: SheetMapping) -> dict[int, str]:
    return {
        column.place: column.read_as
        for column in sheet.columns
        if column.place and column.read_as not in {KEEP, IGNORE, PARENT} and not column.block
    }


def _misfits(workbook: Workbook, mapping: Mapping) -> list[Problem]:
    """Return what keeps a mapping from being used on this workbook at all."""
    kinds = {model.__name__ for model in IMPORTED}
    if mapping.kind not in kinds:
        return [
            Problem(
                "error",
                Message("“%(kind)s” is nothing that can be imported.", kind=mapping.kind),
                accepted=", ".join(sorted(kinds)),
            )
        ]
    found: list[Problem] = []
    sheets = {sheet.name: sheet for sheet in workbook.sheets}
    names = [f"“{name}”" for name in sheets]
    allowed = read_as.keys(mapping.kind)
    if mapping.own:
        allowed |= facts(ROOTS[getattr(models, mapping.kind)]).keys() | {MADE_FROM}
    if mapping.named_by not in {"", SHEET, *allowed}:
        found.append(
            Problem(
                "error",
                Message("Nothing is called “%(name)s”.", name=mapping.named_by),
                accepted=Message("a field of the record"),
            )
        )
    for one in mapping.sheets:
        found += _unknown(one, allowed)
        for name in one.names:
            if name not in sheets:
                found.append(
                    Problem(
                        "error",
                        Message("There is no sheet “%(sheet)s” in the file.", sheet=name),
                        accepted=one_of(names),
                    )
                )
            else:
                found += _rows_beyond(one, sheets[name])
        found += [
            Problem(
                "error",
                Message("Nothing can be read as “%(name)s”.", name=column.read_as),
                one.name,
                one.header_row,
                column.place or None,
                column.heading,
                accepted=Message("one of the choices that are offered"),
            )
            for column in one.columns
            if column.read_as not in allowed
        ]
    return found


def _unknown(one: SheetMapping, allowed: frozenset[str] | set[str]) -> list[Problem]:
    """Return what a sheet's mapping says that nothing stands for."""
    lists = {choice.key for choice in read_as.choices() if choice.is_list}
    wrong = [
        (one.part, {"", *lists}, Message("a list of the record")),
        (one.role, {"", *ActivityRole.values}, ", ".join(ActivityRole.values)),
        (one.sections, {KEEP, IGNORE, *allowed}, Message("one of the choices that are offered")),
    ]
    return [
        Problem("error", Message("Nothing is called “%(name)s”.", name=value), one.name, accepted=accepted)
        for value, known, accepted in wrong
        if value not in known
    ]


def _rows_beyond(one: SheetMapping, sheet: Sheet) -> list[Problem]:
    if one.layout is Layout.CARD or (one.header_row is not None and one.header_row <= len(sheet.rows)):
        return []
    message = (
        Message("The sheet has no row %(row)s.", row=str(one.header_row))
        if one.header_row
        else Message("It isn't said where the headings are.")
    )
    return [
        Problem("error", message, sheet.name, accepted=Message("a row from 1 to %(last)s", last=str(len(sheet.rows))))
    ]


def _checked(table: Table, mapping: Mapping, workbook: Workbook) -> list[Problem]:
    problems = _twice(table) + _without_name(table, mapping)
    if table.own and table.unknown:
        accepted = ", ".join(fact.label for fact in facts(ROOTS[getattr(models, table.kind)]).values())
        problems += [
            Problem(
                "error",
                Message("Unknown column."),
                table.sheet.name,
                table.header_row,
                column,
                heading,
                heading,
                accepted,
            )
            for column, heading in table.unknown.items()
        ]
    elif not table.own:
        for one in mapping.sheets:
            problems += _kept(one, table.kind)
    problems += [
        Problem("warning" if why == HIDDEN_REGISTER else "note", _unread(name, why), name)
        for name, why in mapping.unread.items()
    ]
    for one in mapping.sheets:
        problems += _left_out(one, workbook)
    return problems


def _unread(name: str, why: str) -> Message:
    if not why:
        return Message("The sheet “%(sheet)s” isn't read.", sheet=name)
    return Message(
        "The sheet “%(sheet)s” isn't read: %(why)s.", sheet=name, why=why if isinstance(why, Message) else Message(why)
    )


def _twice(table: Table) -> list[Problem]:
    """In our own layout, and for what can only be said once, two columns of one fact are a contradiction."""
    problems: list[Problem] = []
    seen: dict[str, int] = {}
    for column, key in sorted(table.columns.items()):
        if key in seen and (table.own or key in {"reference", "name"}):
            problems.append(
                Problem(
                    "error",
                    Message(
                        "This column and column “%(other)s” are both read as the same fact.",
                        other=table.headings[seen[key]],
                    ),
                    table.sheet.name,
                    table.header_row,
                    column,
                    table.headings[column],
                    accepted=Message("each fact once"),
                )
            )
        seen.setdefault(key, column)
    return problems


def _without_name(table: Table, mapping: Mapping) -> list[Problem]:
    if mapping.named_by or table.kind != read_as.ACTIVITY or "name" in table.keys:
        return []
    return [
        Problem(
            "error",
            Message("No column holds the names of the activities."),
            table.sheet.name,
            table.header_row or None,
            accepted=Message("a column headed Name, or one of which you say that it holds them"),
        )
    ]


def _kept(one: SheetMapping, kind: str) -> list[Problem]:
    message = (
        Message("No field holds this column. Its texts are kept with each record, under “Other words of the source”.")
        if kind == read_as.ACTIVITY
        else Message("No field holds this column. Its texts are kept with the words of each entry.")
    )
    return [
        Problem("warning", message, one.name, one.header_row, column.place, column.heading)
        for column in one.columns
        if column.read_as == KEEP and column.place and not column.block
    ]


def _left_out(one: SheetMapping, workbook: Workbook) -> list[Problem]:
    return [_of_skipped(one.name, row, why) for row, why in one.skipped.items() if why != Skipped.EMPTY]


def _of_skipped(sheet: str, row: int, why: str) -> Problem:
    if why == Skipped.OTHER_TABLE:
        message = Message("The row is of another table of the sheet, and isn't read.")
        return Problem("warning", message, sheet, row, accepted=Message("a sheet of its own for each table"))
    reason = why if isinstance(why, Message) else Message(why)
    return Problem("note", Message("Row %(row)s is left out: %(why)s.", row=str(row), why=reason), sheet, row)
