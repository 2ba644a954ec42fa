"""The flat form of a record: one text a column, that people can edit and the import reads back without a difference."""

from collections.abc import Callable, Mapping
from typing import Any

from django.utils import translation

from registry.record.cells import checked_key, format_main, in_cell
from registry.record.definition import Fact, Kind, facts, main_fact, words_fact
from registry.record.entries import LegalBasisEntry
from registry.record.remembered import Memo, remembered
from registry.reference.answers import Answer

LANGUAGE = "en"
"""The language of headings and closed lists in the flat form, whatever the reader's own is: it has to parse back."""

MADE_FROM, MADE_FROM_HEADING = "change_set", "Change set"
"""The last column of an export: the change set as at which the row was written. An import sees by it what is older."""

CUT, LONGEST_CELL = "… [cut]", 32_767
"""How a text ends that a cell of a workbook can't hold, and how much it can: an import leaves what such a cell says."""

ROW_HEADINGS = ("Register of", "Activity", "Activity name", "Row")
"""How a sheet begins that shows one kind of row for reading: whose row it is. None of these is a heading of the sheet
of activities, which holds all of them, and is the one that is imported."""

REMEMBERED = 10_000
"""How many names, codes or days a writer remembers at most."""

NOT_ASSESSED = str(Answer.NOT_ASSESSED)


@remembered
def headings(record: type[Any]) -> Mapping[str, str]:
    """Return key → heading of each column of the flat form, in order."""
    return {key: fact.label for key, fact in facts(record).items()}


def row_key(fact: Fact) -> str:
    """Return the key by which a row's fact is written inside a cell."""
    return fact.label.lower()


def called(entry: Any) -> str:
    """Return the name by which the flat form refers to an entry: a legal basis by its code, others by their name."""
    return entry.code if type(entry) is LegalBasisEntry else entry.name


def is_cut(text: str) -> bool:
    """Return whether a cell holds no more than the beginning of what the record says."""
    return len(text) > LONGEST_CELL // 2 and text.endswith(CUT)


Writer = Callable[[Any, Any], str]
"""From a fact's value, and the record that it belongs to, to the text that stands for it."""


def to_cell(fact: Fact, value: Any, record: Any = None) -> str:
    """Return the text that stands for ``value`` in a spreadsheet cell; ``record`` is whose fact it is (for rows)."""
    return _writer(fact)(value, record)


# Writers are written out as Python for each class and compiled, as NamedTuple does it with its own methods: one that
# goes through the declarations for each value takes three times as long, and a register has millions of values.
# In the source, a value bears the key of its fact, and every other name begins with an underscore, as no key does.


def row_writer(record: type[Any]) -> Callable[[Any], list[str]]:
    """Return a function from a record of this class to all of its cells, in the order of ``headings``."""
    cells, helpers = [], {}
    for fact in facts(record).values():
        stated, said, helpers[f"_of_{fact.key}"] = _written(fact, fact.key)
        cells.append(f'{said} if {stated} else ""')
    source = f"""
def _write(_record):
    {", ".join(record._fields)} = _record
    return [{", ".join(cells)}]
"""
    return _compiled(source, helpers)  # type: ignore[no-any-return]


@remembered
def _writer(fact: Fact) -> Writer:
    stated, said, helper = _written(fact, "value")
    return _compiled(f'_write = lambda value, _record: {said} if {stated} else ""', {"_of_value": helper})  # type: ignore[no-any-return]


@remembered
def _rows_writer(row: type[Any]) -> Writer:
    """Return what writes a list, a row a line: what the row is called, its own words, then whatever else it says."""
    main, words = main_fact(row), words_fact(row)
    helpers = {"_whole": _whole, "_names": Memo(lambda name: format_main(name, ""), REMEMBERED), "_in_cell": in_cell}
    if main.kind is not Kind.ENTRY:
        # a text that isn't an entry's name may just as well stand in quotes
        name = f"_in_cell({main.key}) if {main.key} else ''"
    elif words is None:
        name = f"_whole({main.key}, '')"
    else:
        name = f"_names[_called({main.key})] if {main.key} and not {words.key} else _whole({main.key}, {words.key})"
    particulars = []
    for fact in facts(row).values():
        if not fact.main and not fact.words:
            stated, said, helpers[f"_of_{fact.key}"] = _written(fact, fact.key, f" | {checked_key(row_key(fact))}: ")
            particulars.append(f"        if {stated}: _said += {said}\n")
    source = f"""
def _write(_rows, _record):
    _lines = []
    for {", ".join(row._fields)} in _rows:
        _name = {name}
        _said = ""
{"".join(particulars)}
        if _name or _said:
            _lines.append((_name or {format_main("", "")!r}) + _said)
    return chr(10).join(_lines)
"""
    return _compiled(source, helpers)  # type: ignore[no-any-return]


def _written(fact: Fact, name: str, before: str = "") -> tuple[str, str, Any]:
    """Return two Python expressions for a value called ``name``, and what the second one calls ``_of_{name}``.

    They say whether it says anything, and which text stands for it. ``before`` is its key inside a row, empty for a
    cell of its own.

    What closed lists, catalogues and the calendar say is written once, and remembered.
    """
    kind, in_row = fact.kind, bool(before)
    fitted: Callable[[str], str] = in_cell if in_row else str
    if kind is Kind.ROWS:
        assert fact.row is not None  # noqa: S101 every list has a class of rows
        return name, f"_of_{name}({name}, _record)", _rows_writer(fact.row)
    if kind in {Kind.CHOICE, Kind.ANSWER}:
        with translation.override(LANGUAGE):
            labels = dict(fact.choice_pairs())
        codes: Memo[str, str] = Memo(lambda code: before + fitted(labels.get(code, str(code))), REMEMBERED)
        return f"{name} and {name} != {NOT_ASSESSED!r}" if in_row else name, f"_of_{name}[{name}]", codes
    if kind is Kind.FLAG:
        said = {True: f"{before}yes", False: f"{before}no"}
        return name if in_row else f"{name} is not None", f"_of_{name}[{name}]", said
    if kind is Kind.DATE:
        return f"{name} is not None", f"_of_{name}[{name}]", Memo(lambda day: before + day.isoformat(), REMEMBERED)
    if kind in {Kind.ENTRY, Kind.ACCOUNT}:
        return (
            f"{name} is not None",
            f"_of_{name}[_called({name})]",
            Memo(lambda called: before + fitted(called), REMEMBERED),
        )
    if kind is Kind.SIBLING:
        return f"{name} is not None", f"f'{before}#{{_record.{fact.entry}.index({name}) + 1}}'", None
    if kind is Kind.NUMBER:
        return f"{name} is not None", f"f'{before}{{{name}}}'", None
    return name, f"{before!r} + _of_{name}({name})" if in_row else name, in_cell


def _compiled(source: str, helpers: dict[str, Any]) -> Any:
    names = {"_called": called, **helpers}
    exec(source, names)  # noqa: S102 our own words, made of nothing but declarations
    return names["_write"]


def _whole(entry: Any, words: str) -> str:
    """Return what a row with words, or without an entry, is called; empty for a row that has neither."""
    return format_main(called(entry) if entry else "", words) if entry or words else ""
