"""From a record of a table that isn't ours to content values: prose stays as words, and nothing is guessed or lost."""

import re
from collections.abc import Mapping, Sequence

from registry.imports.foreign_cells import read_cell
from registry.imports.foreign_lists import NAMED_FREELY
from registry.imports.fragments import ANSWER_OF, Fragment, Reading, Sources, is_text, row_of
from registry.imports.mapping import KEEP, SHEET
from registry.imports.merging import merge
from registry.imports.parsing.blank_words import Blank, classify
from registry.imports.parsing.lists import split_list
from registry.imports.problems import BadValue
from registry.imports.source import SourceCell, SourceRecord, SourceRow
from registry.imports.table import Table
from registry.imports.values import Value, blank
from registry.record.activity import ActivityRecord
from registry.record.definition import Fact, facts, main_fact
from registry.record.messages import Message
from registry.reference.answers import Answer
from registry.reference.roles import ActivityRole

__all__ = ["Reading", "Sources", "read_record", "spoken_facts"]

FACTS = facts(ActivityRecord)
LONGEST_NAME = 300
"""How many characters of a text can name a record."""


SHEET_HEADING = "Sheet"
_UNNAMED_SHEET = re.compile(
    r"(?:sheet|tabelle|tabellenblatt|feuil(?:le)?|foglio|hoja|planilha|folha|blad|data)?\s?\d*", re.IGNORECASE
)
"""What programs call a sheet that nobody has named."""

_OPEN = str(Answer.NOT_ASSESSED)


def read_record(
    record: SourceRecord, sources: Sources, *, named_by: str = "", role: str = "", by_sheet: bool = False
) -> Reading:
    """Return what the rows of a file say of one record. Never raises for what a cell may hold.

    ``by_sheet`` says that the sheets of the file part its records, as a sheet for each department does.
    """
    reading = Reading()
    rows = record.rows if _is_processors(record, sources, role) else map(_without_clients, record.rows)
    fragments = [_fragment(row, reading, sources) for row in rows]
    merge(fragments, reading)
    schedule = sources.lookups.entry("RetentionSchedule", reading.values.get("retention_stated_as", ""))
    if schedule is not None:
        reading.values |= {"retention_schedule": schedule, "retention_stated_as": ""}
    if named_by and not reading.values.get("name"):
        reading.values["name"] = _name(record, named_by)
    if role and not reading.values.get("role"):
        reading.values["role"] = role
    if by_sheet and record.cell("unit") is None and not _UNNAMED_SHEET.fullmatch(record.sheet):
        _place_by_sheet(record, reading, sources)
    _shorten(reading, sources)
    reading.values["unplaced"] = "\n".join(f"{heading}: {text}" for heading, text in dict.fromkeys(reading.kept))
    return reading


def _place_by_sheet(record: SourceRecord, reading: Reading, sources: Sources) -> None:
    """Read the name of a sheet as the unit of its records, if the organisation has one of that name, else keep it."""
    unit = sources.lookups.unit(sources.organisation, record.sheet) if sources.organisation is not None else None
    if unit is None:
        reading.kept.append((SHEET_HEADING, record.sheet))
    else:
        reading.values["unit"] = unit


def _is_processors(record: SourceRecord, sources: Sources, role: str) -> bool:
    """Return whether a record is, or may be, of processing for others: one with purposes and data subjects isn't."""
    said = record.cell("role")
    if said is not None:
        try:
            return bool(sources.scalars["role"](said.text, sources.organisation) == str(ActivityRole.PROCESSOR))
        except BadValue:
            return True
    return role == str(ActivityRole.PROCESSOR) or not (record.cell("purposes") and record.cell("data_subjects"))


def _without_clients(row: SourceRow) -> SourceRow:
    """Return a row of a controller's own record with what is said of controllers as words: there it is of itself."""
    cells = [cell._replace(key=KEEP) if cell.key.partition(".")[0] == "controllers" else cell for cell in row.cells]
    return row._replace(cells=tuple(cells))


def _fragment(row: SourceRow, reading: Reading, sources: Sources) -> Fragment:
    fragment = Fragment(row)
    for cell in row.cells:
        read_cell(cell, fragment, reading, sources)
    _apply(fragment, reading)
    return fragment


def _apply(fragment: Fragment, reading: Reading) -> None:
    """Write what a row says about its list's rows into them; where it has none, the facts are a row of their own."""
    for key, said in fragment.about.items():
        fact = FACTS[key]
        rows = fragment.lists.setdefault(key, [])
        if not rows:
            if key in NAMED_FREELY:
                fragment.lists[key] = rows = [_named_by_heading(fact, said)]
            elif fragment.values.get(ANSWER_OF.get(key, "")) == str(Answer.NO) or not _stands_alone(said):
                for _, _, cell in said:
                    if classify(cell.text) is not Blank.NONE_STATED:
                        reading.keep(cell, Message("No row of the list stands beside it."), severity="note")
                fragment.lists.pop(key)
                continue
            else:
                rows.append(row_of(fact))
        for inner, value, cell in said:
            for row in rows:
                if inner == "stated_as" and row[inner] and row[inner] != value:
                    row[inner] = f"{row[inner]}: {value}"
                elif isinstance(value, str) and isinstance(row[inner], str) and row[inner] not in {"", _OPEN, value}:
                    if is_text(key, inner):
                        row[inner] = f"{row[inner]}; {value}"
                    else:
                        reading.keep(cell, Message("Another cell says this as well."), severity="note")
                        break
                else:
                    row[inner] = value
        answer = ANSWER_OF.get(key)
        if answer and rows:
            fragment.values.setdefault(answer, str(Answer.YES))


def _named_by_heading(fact: Fact, said: Sequence[tuple[str, Value, SourceCell]]) -> dict[str, Value]:
    assert fact.row is not None  # noqa: S101 only called for lists
    return row_of(fact, **{main_fact(fact.row).key: said[0][2].heading.replace("_", " ")})


def _stands_alone(said: Sequence[tuple[str, Value, SourceCell]]) -> bool:
    """Whether what is known of a row makes a row: a transfer has a country or words, other rows have words."""
    inner = {name for name, _, _ in said}
    return bool(inner & {"stated_as", "country", "safeguard", "international_organisation", "categories_of_processing"})


def _name(record: SourceRecord, named_by: str) -> str:
    cell = record.cell(named_by)
    text = record.sheet if named_by == SHEET else _first_of(cell.text) if cell else ""
    return text if len(text) <= LONGEST_NAME else f"{text[: LONGEST_NAME - 1].rsplit(' ', 1)[0]}…"


def _first_of(text: str) -> str:
    return " ".join(next(iter(split_list(text)), "").split())


def _shorten(reading: Reading, sources: Sources) -> None:
    """Keep as words what is longer than its field; a name is cut, and kept whole as well."""
    for key, longest in sources.longest.items():
        value = reading.values.get(key)
        if not isinstance(value, str) or len(value) <= longest or key == "reference":
            continue
        cell = reading.cells.get(key)
        heading = cell.heading if cell else FACTS[key].label
        reading.kept.append((heading, value))
        if cell:
            reading.remark(
                cell,
                "warning",
                Message("The text has %(count)s characters; the field holds %(most)s.", count=len(value), most=longest),
                KEPT,
            )
        reading.values[key] = f"{value[: longest - 1].rsplit(' ', 1)[0]}…" if key == "name" else ""


KEPT = Message("a shorter text; this one is kept whole under “Other words of the source”")


def spoken_facts(table: Table) -> frozenset[str]:
    """Return the facts that a table speaks about: only these are compared with the register."""
    spoken = {"unplaced"}
    mapping: Mapping[str, tuple[str, ...]] = {
        "purposes_and_bases": ("purposes", "legal_bases"),
        "retention": ("retention_schedule", "retention_stated_as"),
        "retention_number": ("retention_schedule", "retention_stated_as"),
    }
    for key in table.keys:
        root = key.partition(".")[0]
        spoken |= set(mapping.get(root, (root,)) if root not in FACTS else (root,))
        if root in ANSWER_OF:
            spoken.add(ANSWER_OF[root])
    return frozenset(spoken & FACTS.keys())


def blanks_of(table: Table, reading: Reading) -> set[str]:
    """Fill in the facts of which the record says nothing although the table speaks about them, and return them."""
    missing = set(spoken_facts(table) - reading.values.keys())
    for key in missing:
        reading.values[key] = blank(FACTS[key])
    return missing
