"""Writes records in the flat form: from frozen records, or straight from their contents as these are stored.

Writers are written out as Python for each class and compiled, as NamedTuple does it with its own methods: one that goes
through the declarations for each value takes three times as long, and a register has millions of values. In the source,
a value bears the key of its fact, and every other name begins with an underscore, as no key does.
"""

from collections.abc import Callable, Mapping
from operator import itemgetter
from typing import Any

from django.utils import translation
from orjson import loads

from registry.record.building import Entries, completer
from registry.record.cells import checked_key, format_main, in_cell
from registry.record.definition import Fact, Kind, facts, main_fact, words_fact
from registry.record.flat import LANGUAGE, called, row_key
from registry.record.remembered import Memo, remembered
from registry.reference.answers import Answer

REMEMBERED = 10_000
"""How many names, codes or days a writer remembers at most."""

NOT_ASSESSED = str(Answer.NOT_ASSESSED)

Writer = Callable[[Any, Any], str]
"""From a fact's value, and the record that it belongs to, to the text that stands for it."""

Written = tuple[str, str, Any]
"""Two Python expressions: whether a value says anything, and which text stands for it. Then what the second one calls
``_of_`` and the key."""

Fitted = Callable[[str], str]
"""From what a fact says to how it stands there: behind its key in a row, or in a cell of its own."""


class _Frozen:
    """How the values of frozen records are taken and read."""

    def take(self, record: type[Any]) -> tuple[str, Callable[[Any], Any] | None]:
        """Return the names of what is taken out of a record or row, and what takes it; None: it is a tuple already."""
        return ", ".join(record._fields), None

    def entry(self, fact: Fact, name: str, fitted: Fitted) -> Written:
        """Return how a reference to an entry or an account is written."""
        return f"{name} is not None", f"_of_{name}[_called({name})]", Memo(fitted, REMEMBERED)

    def date(self, name: str, fitted: Fitted) -> Written:
        """Return how a day is written."""
        return f"{name} is not None", f"_of_{name}[{name}]", Memo(lambda day: fitted(day.isoformat()), REMEMBERED)

    def place(self, fact: Fact, name: str) -> str:
        """Return the expression for the place of another row, from 0."""
        return f"_record.{fact.entry}.index({name})"

    def named(self, fact: Fact, name: str) -> tuple[str, Any]:
        """Return the expression for what a row of this entry without words is called, and ``_names``."""
        return f"_names[_called({name})]", Memo(lambda said: format_main(said, ""), REMEMBERED)

    def called(self, fact: Fact) -> Callable[[Any], str]:
        """Return a function from a reference to the name that it is called by."""
        return called


class _Names(Memo[int, str]):
    """How entries are written, by their keys; empty for one that this register doesn't have."""

    def __init__(self, entries: Mapping[int, Any], fitted: Fitted) -> None:
        super().__init__(lambda pk: fitted(called(entries[pk])) if pk in entries else "", REMEMBERED)
        self.other = fitted


class _Stored:
    """The same for contents as they are stored: an entry is its key and its name then, a day is text."""

    def __init__(self, entries: Entries) -> None:
        self.entries = entries

    def take(self, record: type[Any]) -> tuple[str, Callable[[Any], Any] | None]:
        """Return the names of the facts, and what takes them out of a content or a row of it."""
        declared = facts(record)
        return ", ".join(declared), itemgetter(*declared)

    def entry(self, fact: Fact, name: str, fitted: Fitted) -> Written:
        """Return how a reference is written: by the name of the entry in this register, or else by its name then."""
        if fact.kind is Kind.ACCOUNT:
            return f"{name} is not None", f"_of_{name}[{name}[1]]", Memo(fitted, REMEMBERED)
        known = _Names(self.entries[fact.entry], fitted)
        return f"{name} is not None", f"(_of_{name}[{name}[0]] or _of_{name}.other({name}[1]))", known

    def date(self, name: str, fitted: Fitted) -> Written:
        """Return how a day is written: it stands there as text."""
        return f"{name} is not None", f"_of_{name}[{name}]", Memo(fitted, REMEMBERED)

    def place(self, fact: Fact, name: str) -> str:
        """Return the expression for the place of another row, from 0: that is what is stored."""
        return name

    def named(self, fact: Fact, name: str) -> tuple[str, Any]:
        """Return the expression for what a row of this entry without words is called, and ``_names``."""
        known = _Names(self.entries[fact.entry], lambda said: format_main(said, ""))
        return f"(_names[{name}[0]] or _names.other({name}[1]))", known

    def called(self, fact: Fact) -> Callable[[Any], str]:
        """Return a function from a reference to the name that it is called by."""
        known = self.entries[fact.entry]

        def name_of(pair: Any) -> str:
            entry = known.get(pair[0])
            return str(pair[1]) if entry is None else called(entry)

        return name_of


Form = _Frozen | _Stored
_FROZEN = _Frozen()


def to_cell(fact: Fact, value: Any, record: Any = None) -> str:
    """Return the text that stands for ``value`` in a spreadsheet cell; ``record`` is whose fact it is (for rows)."""
    return _writer(fact)(value, record)


@remembered
def _writer(fact: Fact) -> Writer:
    stated, said, helper = _written(_FROZEN, fact, "value")
    return _compiled(f'_write = lambda value, _record: {said} if {stated} else ""', {"_of_value": helper})  # type: ignore[no-any-return]


@remembered
def row_writer(record: type[Any]) -> Callable[[Any], list[str]]:
    """Return a function from a record of this class to all of its cells, in the order of ``headings``."""
    return _cells_writer(_FROZEN, record)


def content_writer(record: type[Any], entries: Entries) -> Callable[[str], list[str]]:
    """Return a function from a content as it is stored to the same cells: no record is made on the way.

    What a content lacks, since it was written before the fact was declared, is blank. Raises ValueError for a text that
    is no content.
    """
    write, complete = _cells_writer(_Stored(entries), record), completer(record)

    def cells(text: str) -> list[str]:
        content = loads(text)
        try:
            return write(content)
        except KeyError:
            return write(complete(content))

    return cells


def _cells_writer(form: Form, record: type[Any]) -> Callable[[Any], list[str]]:
    cells, helpers = [], {}
    for fact in facts(record).values():
        stated, said, helpers[f"_of_{fact.key}"] = _written(form, fact, fact.key)
        cells.append(f'{said} if {stated} else ""')
    names, helpers["_take"] = form.take(record)
    source = f"""
def _write(_record):
    {names} = {_taken(helpers["_take"], "_record")}
    return [{", ".join(cells)}]
"""
    return _compiled(source, helpers)  # type: ignore[no-any-return]


def _taken(take: Any, name: str) -> str:
    return name if take is None else f"_take({name})"


def _rows_writer(form: Form, row: type[Any]) -> Writer:
    """Return what writes a list, a row a line: what the row is called, its own words, then whatever else it says."""
    main, words = main_fact(row), words_fact(row)
    names, take = form.take(row)
    helpers: dict[str, Any] = {"_take": take, "_in_cell": in_cell}
    if main.kind is not Kind.ENTRY:
        # a text that isn't an entry's name may just as well stand in quotes
        name = f"_in_cell({main.key}) if {main.key} else ''"
    else:
        short, helpers["_names"] = form.named(main, main.key)
        helpers["_whole"] = _whole(form.called(main))
        if words is None:
            name = f"{short} if {main.key} else ''"
        else:
            name = f"{short} if {main.key} and not {words.key} else _whole({main.key}, {words.key})"
    particulars = []
    for fact in facts(row).values():
        if not fact.main and not fact.words:
            before = f" | {checked_key(row_key(fact))}: "
            stated, said, helpers[f"_of_{fact.key}"] = _written(form, fact, fact.key, before)
            particulars.append(f"        if {stated}: _said += {said}\n")
    source = f"""
def _write(_rows, _record):
    _lines = []
    for {names} in {"_rows" if take is None else "map(_take, _rows)"}:
        _name = {name}
        _said = ""
{"".join(particulars)}
        if _name or _said:
            _lines.append((_name or {format_main("", "")!r}) + _said)
    return chr(10).join(_lines)
"""
    return _compiled(source, helpers)  # type: ignore[no-any-return]


def _written(form: Form, fact: Fact, name: str, before: str = "") -> Written:
    """Return how a value called ``name`` is written; ``before`` is its key inside a row, empty for a cell of its own.

    What closed lists, catalogues and the calendar say is written once, and remembered.
    """
    kind, in_row = fact.kind, bool(before)

    def fitted(text: str) -> str:
        return before + in_cell(text) if in_row else text

    if kind is Kind.ROWS:
        assert fact.row is not None  # noqa: S101 every list has a class of rows
        return name, f"_of_{name}({name}, _record)", _rows_writer(form, fact.row)
    if kind in {Kind.CHOICE, Kind.ANSWER}:
        with translation.override(LANGUAGE):
            labels = dict(fact.choice_pairs())
        codes: Memo[str, str] = Memo(lambda code: fitted(labels.get(code, str(code))), REMEMBERED)
        return f"{name} and {name} != {NOT_ASSESSED!r}" if in_row else name, f"_of_{name}[{name}]", codes
    if kind is Kind.FLAG:
        said = {True: f"{before}yes", False: f"{before}no"}
        return name if in_row else f"{name} is not None", f"_of_{name}[{name}]", said
    if kind is Kind.DATE:
        return form.date(name, fitted)
    if kind in {Kind.ENTRY, Kind.ACCOUNT}:
        return form.entry(fact, name, fitted)
    if kind is Kind.SIBLING:
        return f"{name} is not None", f"f'{before}#{{{form.place(fact, name)} + 1}}'", None
    if kind is Kind.NUMBER:
        return f"{name} is not None", f"f'{before}{{{name}}}'", None
    return name, f"{before!r} + _of_{name}({name})" if in_row else name, in_cell


def _compiled(source: str, helpers: dict[str, Any]) -> Any:
    names = {"_called": called, **helpers}
    exec(source, names)  # noqa: S102 our own words, made of nothing but declarations
    return names["_write"]


def _whole(name_of: Callable[[Any], str]) -> Callable[[Any, str], str]:
    """Return what tells what a row with words, or without an entry, is called; empty for a row that has neither."""
    return lambda entry, words: format_main(name_of(entry) if entry else "", words) if entry or words else ""
