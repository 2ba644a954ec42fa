"""Proposes how a workbook is read: which sheets hold what, where their tables start and what their columns are."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from registry import models
from registry.imports.layouts.cards import find_card, same_cards
from registry.imports.layouts.catalogue_table import find_catalogue
from registry.imports.layouts.grouping import grouped
from registry.imports.layouts.groups_of_ticks import groups_of_ticks
from registry.imports.layouts.headings import activity_index
from registry.imports.layouts.own import own_table
from registry.imports.layouts.parts import find_part, part_named
from registry.imports.layouts.sheets import example_sheet, is_list_of_choices, role_named
from registry.imports.layouts.table import HeaderFinding, find_header
from registry.imports.layouts.ticks import tick
from registry.imports.layouts.values import by_values, is_of_ticks, looks_like_codes
from registry.imports.mapping import KEEP, PARENT, SHEET, Column, Layout, Mapping, SheetMapping
from registry.imports.parsing.folding import fold
from registry.imports.problems import Problem, one_of
from registry.imports.reading import Sheet, Workbook
from registry.imports.register_sheets import NAMING, Found, is_no_register, registers, without_lists
from registry.imports.source import assemble
from registry.record.activity import ActivityRecord
from registry.record.definition import facts
from registry.record.flat import ROW_HEADINGS
from registry.record.messages import Message, listed

ACTIVITY = models.ProcessingActivity.__name__
EXPLANATIONS = "Explanations"
"""The sheet of our template that explains its columns; it is never read."""
MANY = frozenset(
    (
        "purposes", "legal_bases", "data_subjects", "data_categories", "recipients", "measures", "systems", "contact",
        "description", "transfers.country", "transfers.safeguard", "joint_controllers", "controllers",
    )
)  # fmt: skip
"""What several columns of a table may hold together."""
_SURE = 0.92
_UNIT_OR_ACTIVITY = frozenset({"verksamhet", "verksamheter"})
"""Headings over units in one register, and over the activities themselves in another."""
_COMMON = frozenset(
    (KEEP, "name", "description", "reference", "external_reference", "status", "contact", "owner", "unit")
)
"""What tables of catalogues have as well."""
_OTHER = Message("it doesn't look like a register of processing activities")
HIDDEN = Message("it is hidden")
HIDDEN_REGISTER = Message("it is hidden, though it looks like a register: show it in the file to have it read")
_LISTS = Message("it lists values to choose from, or explains")
KEPT = frozenset({"created_on", "last_changed_on"})
"""What headings are known to say that no field holds."""


@dataclass(frozen=True)
class Proposal:
    """A mapping, or None and the problems that say why there is none."""

    mapping: Mapping | None
    problems: tuple[Problem, ...] = ()


def propose(workbook: Workbook, *, sheet: str = "", header_row: int | None = None) -> Proposal:
    """Propose how a workbook is read. ``sheet`` and ``header_row`` are believed."""
    worth = [some for some in workbook.sheets if some.rows and some.name != EXPLANATIONS]
    chosen = [some for some in workbook.sheets if some.name == sheet] if sheet else worth
    if not chosen:
        names = [f"“{some.name}”" for some in workbook.sheets]
        message = (
            Message("There is no sheet “%(sheet)s” in the file.", sheet=sheet)
            if sheet
            else Message("The file holds no rows.")
        )
        return Proposal(None, (Problem("error", message, accepted=one_of(names) if sheet else Message("a table")),))
    alone = len(chosen) == 1
    own = [found for some in chosen if header_row in {None, 1} and (found := own_table(some, alone=alone))]
    if len(own) > 1:
        return Proposal(None, (_choose_a_sheet([mapping.name for _, mapping in own]),))
    if own:
        kind, mapping = own[0]
        return Proposal(Mapping(kind, (mapping,), _others(worth, mapping.names) | _of_rows(worth, mapping)))
    return _foreign(workbook, worth, chosen, header_row)


def _others(sheets: Sequence[Sheet], read: Sequence[str]) -> dict[str, str]:
    return {sheet.name: "" for sheet in sheets if sheet.name not in read}


def _of_rows(sheets: Sequence[Sheet], own: SheetMapping) -> dict[str, str]:
    """Return the sheets of our own workbook that show the rows of its activities, each with why it isn't read."""
    why = Message("it shows rows of the sheet “%(sheet)s” for reading; what is changed there counts", sheet=own.name)
    return {sheet.name: why for sheet in sheets if tuple(sheet.rows[0][: len(ROW_HEADINGS)]) == ROW_HEADINGS}


def _choose_a_sheet(names: Sequence[str]) -> Problem:
    return Problem(
        "error",
        Message("Several sheets hold a table."),
        accepted=Message("name one of them: %(names)s", names=listed(f"“{name}”" for name in names)),
    )


def _foreign(workbook: Workbook, worth: Sequence[Sheet], chosen: Sequence[Sheet], header_row: int | None) -> Proposal:
    unread = {some.name: why for some in chosen if len(chosen) > 1 and (why := _why_unread(some))}
    candidates = [some for some in chosen if some.name not in unread] or list(chosen)
    named_parts = {some.name: part for some in candidates if (part := part_named(some.name))}
    found = [_find(some, header_row) for some in candidates]
    mains = [one for one in found if one.mapping and one.sheet.name not in named_parts]
    mains = mains or [one for one in found if one.mapping]
    tables = without_lists(mains)
    mains = registers(tables)
    others_beside = {one.sheet.name: _OTHER for one in tables if one not in mains}
    parts_beside = bool(named_parts and mains) and len(candidates) > 1
    unsure = len(mains) > 1 or parts_beside or any(one.ambiguous for one in found)
    sheets = [one.sheet for one in mains] or candidates
    catalogue = None if unsure else find_catalogue(workbook.name, sheets, header_row)
    if catalogue and (
        not mains or catalogue.score > _certainty(mains[0].mapping) or is_no_register(catalogue, mains[0])
    ):
        return Proposal(
            Mapping(catalogue.kind, (catalogue.mapping,), unread | _others(worth, catalogue.mapping.names)),
            _duplicates(catalogue.sheet, catalogue.finding),
        )
    if not mains:
        return Proposal(None, tuple(problem for one in found for problem in one.problems))
    lists = [one for one in mains if one.mapping and one.mapping.layout is Layout.TABLE]
    if _say_the_same(lists):
        return Proposal(None, (_choose_a_sheet([one.sheet.name for one in lists]),))
    mappings = [*(one.mapping for one in lists if one.mapping), *same_cards([one.mapping for one in mains])]
    mappings += _parts(workbook, candidates, named_parts, mappings)
    read = [name for mapping in mappings for name in mapping.names]
    left = {one.sheet.name for one in found if one.mapping} - {one.sheet.name for one in mains} - named_parts.keys()
    lists_of_choices = {some.name: _LISTS for some in worth if is_list_of_choices(some) or some.name in left}
    others = _others(worth, read) | {name: why for name, why in lists_of_choices.items() if name not in read}
    others |= others_beside
    unread |= {name: why for name, why in others.items() if name not in unread}
    problems = tuple(problem for one in mains for problem in one.problems)
    return Proposal(_whole(workbook, mappings, unread), problems)


def _certainty(mapping: SheetMapping | None) -> int:
    """How many columns of a table of activities say what only activities have."""
    return sum(column.read_as not in _COMMON for column in mapping.columns) if mapping else 0


def _say_the_same(lists: Sequence[Found]) -> bool:
    """Return whether several tables hold the same records, as an old and a new state of a register do.

    Tables that have nothing in common, or no names, are parts of one register.
    """
    known: set[str] = set()
    for one in lists:
        assert one.mapping is not None  # noqa: S101 only tables are asked
        places = one.mapping.places("reference") or one.mapping.places("name")
        first = one.mapping.first_data_row or 1
        here = {
            fold(row[place - 1])
            for number, row in enumerate(one.sheet.rows, 1)
            for place in places
            if number >= first and number not in one.mapping.skipped and place <= len(row) and row[place - 1].strip()
        }
        if known & here:
            return True
        known |= here
    return False


def _parts(
    workbook: Workbook, candidates: Sequence[Sheet], named: dict[str, str], mains: Sequence[SheetMapping]
) -> list[SheetMapping]:
    """Return the sheets of parts: those that say to which record a row belongs, and all where there is one record."""
    read = {name for main in mains for name in main.names}
    left = [some for some in candidates if some.name in named and some.name not in read]
    if not left:
        return []
    several = len(assemble(workbook, Mapping(ACTIVITY, tuple(mains))).drafts) != 1
    found = [mapping for some in left if (mapping := find_part(some, named[some.name]))]
    return [mapping for mapping in found if not several or mapping.places(PARENT)]


def _why_unread(sheet: Sheet) -> str:
    if sheet.hidden:
        return HIDDEN_REGISTER if _looks_like_register(sheet) else HIDDEN
    if example_sheet(sheet):
        return Message("it is an example")
    return ""


def _looks_like_register(sheet: Sheet) -> bool:
    found = _find(sheet, None)
    return found.mapping is not None and _certainty(found.mapping) > 1 and not is_list_of_choices(sheet)


def _whole(workbook: Workbook, sheets: Sequence[SheetMapping], unread: dict[str, str]) -> Mapping:
    keys = {column.read_as for sheet in sheets for column in sheet.columns}
    cards = all(sheet.layout is Layout.CARD for sheet in sheets if not sheet.part)
    otherwise = SHEET if cards and sheets[0].name else next((key for key in NAMING if key in keys), "")
    nameless = [sheet for sheet in sheets if not sheet.part and not sheet.places("name")]
    if "name" not in keys:
        named_by = otherwise
    elif nameless and all(sheet.layout is Layout.CARD for sheet in nameless):
        named_by = SHEET
    else:
        keys_there = {column.read_as for sheet in nameless for column in sheet.columns}
        named_by = next((key for key in NAMING if key in keys_there), "")
    role = role_named(workbook.name) if "role" not in keys else ""
    return Mapping(
        ACTIVITY,
        tuple(replace(sheet, role=role_named(sheet.name) or role) if "role" not in keys else sheet for sheet in sheets),
        unread,
        named_by,
    )


def _find(sheet: Sheet, header_row: int | None) -> Found:
    if header_row is not None and not 1 <= header_row <= len(sheet.rows):
        message = Message("The sheet has no row %(row)s.", row=str(header_row))
        problem = Problem(
            "error", message, sheet.name, accepted=Message("a row from 1 to %(last)s", last=str(len(sheet.rows)))
        )
        return Found(sheet, None, (problem,))
    finding = find_header(sheet.rows, activity_index(), header_row=header_row)
    if header_row is None and (card := find_card(sheet.rows, activity_index(), sheet.name)):
        labels = {column.read_as for column in card.columns if column.read_as != KEEP and not column.block}
        if len(labels) > sum(guess.key is not None for guess in finding.columns):
            return Found(sheet, replace(card, columns=tuple(map(_held, card.columns))))
    if finding.header_row is None:
        return Found(sheet, None, (_no_header(sheet, finding),), finding.ambiguous)
    return Found(sheet, _table(sheet, finding), _duplicates(sheet, finding))


def _table(sheet: Sheet, finding: HeaderFinding) -> SheetMapping:
    first = finding.first_data_row or (finding.header_row or 0) + 1
    body = [row for number, row in enumerate(sheet.rows, 1) if number >= first and number not in finding.skipped]
    taken = {guess.key for guess in finding.columns if guess.key}
    texts = {
        guess.column: [row[guess.column - 1].strip() for row in body if guess.column <= len(row)]
        for guess in finding.columns
    }
    ticked = groups_of_ticks(sheet.rows, finding, texts, activity_index())
    columns = [
        Column(guess.column, guess.heading, *ticked[guess.column])
        if guess.column in ticked
        else _column(guess.column, guess.heading, guess.key, texts[guess.column], taken)
        for guess in finding.columns
    ]
    if not any(column.read_as == "name" for column in columns):
        columns = [_named_by_unit(column, texts[column.place]) for column in columns]
    mapping = SheetMapping(
        names=(sheet.name,),
        layout=Layout.TABLE,
        header_row=finding.header_row,
        upper_row=finding.parent_row,
        first_data_row=first,
        columns=tuple(columns),
        skipped={row: str(why) for row, why in finding.skipped.items()},
    )
    return grouped(mapping, sheet.rows)


def _named_by_unit(column: Column, texts: Sequence[str]) -> Column:
    """Return a column of what may be a unit or an activity as the names, where no other has them and no two agree."""
    filled = [fold(text) for text in texts if text]
    is_name = column.read_as == "unit" and fold(column.heading) in _UNIT_OR_ACTIVITY
    return replace(column, read_as="name") if is_name and len(set(filled)) == len(filled) > 1 else column


def _column(place: int, heading: str, key: str | None, texts: Sequence[str], taken: set[str]) -> Column:
    if is_of_ticks(texts) and (found := tick(heading)):
        return Column(place, heading, *found)
    if key == "name" and "purposes" in taken and looks_like_codes(texts):
        return Column(place, heading, "reference" if "reference" not in taken else "external_reference")
    if key == "retention" and "retention_unit" in taken and all(text.isdecimal() for text in texts if text):
        return Column(place, heading, "retention_number")
    if key is None:
        match = activity_index().match(heading)
        further = match.key if match.key in MANY and match.score >= _SURE else None
        key = further or by_values(texts, taken, heading)
    return Column(place, heading, KEEP if key is None or key in KEPT else key)


def _held(column: Column) -> Column:
    return replace(column, read_as=KEEP) if column.read_as in KEPT else column


def _duplicates(sheet: Sheet, finding: HeaderFinding) -> tuple[Problem, ...]:
    return tuple(
        Problem(
            "warning",
            Message("Two columns are headed “%(heading)s”. Look at what each of them is read as.", heading=heading),
            sheet.name,
            finding.header_row,
            places[1],
            heading,
        )
        for heading, places in finding.duplicates
    )


def _no_header(sheet: Sheet, finding: HeaderFinding) -> Problem:
    if finding.ambiguous:
        return Problem(
            "error",
            Message("Rows %(rows)s could each be the header of the table.", rows=tuple(map(str, finding.candidates))),
            sheet.name,
            finding.candidates[0],
            accepted=Message("the number of the header row, given by you"),
        )
    labels = ", ".join(fact.label for fact in list(facts(ActivityRecord).values())[:8])
    return Problem(
        "error",
        Message("No row looks like the header of a table of processing activities."),
        sheet.name,
        accepted=Message(
            "a row of headings such as %(headings)s (the template has them all), or the number of the row that "
            "holds the headings, given by you",
            headings=labels,
        ),
    )
