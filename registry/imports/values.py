"""From the text of a cell to the value that a version's content holds, fact by fact, for our own flat layout.

A content value is plain JSON: references are keys of entries, rows are dicts of all their facts, a reference to another
row of the same record is that row's place, from 0.
"""

from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

from django.conf import settings
from django.utils import translation

from registry.imports.lookups import Lookups
from registry.imports.parsing.answers import parse_answer
from registry.imports.parsing.choices import ASSESSMENT_SYNONYMS, ROLE_SYNONYMS, STATUS_SYNONYMS, match_choice
from registry.imports.parsing.dates import NoSuchDate, parse_date
from registry.imports.parsing.numbers import parse_number
from registry.imports.parsing.refusal import CannotRead
from registry.imports.problems import BadValue, ImpossibleDate, one_of
from registry.record.activity import ActivityRecord
from registry.record.cells import CellRow, CellSyntaxError, parse_rows
from registry.record.definition import Fact, Kind, facts, main_fact, words_fact
from registry.record.flat import LANGUAGE, row_key
from registry.record.messages import Message
from registry.reference.activity import ActivityStatus
from registry.reference.answers import Answer
from registry.reference.countries import find_country
from registry.reference.dpia_criteria import AssessmentConclusion, AssessmentStatus, ResidualRisk
from registry.reference.roles import ActivityRole

Value = Any
"""A JSON value: text, number, bool, None, or a list of rows."""


def blank(fact: Fact) -> Value:
    """Return the content value of a fact about which nothing is said."""
    if fact.kind is Kind.ANSWER:
        return str(Answer.NOT_ASSESSED)
    if fact.kind is Kind.FLAG:
        return False
    if fact.kind is Kind.ROWS:
        return []
    if fact.kind in {Kind.TEXT, Kind.PROSE, Kind.CHOICE}:
        return ""
    return None


Scalar = Callable[[str, int | None], Value]
"""From a cell's text and the key of its row's organisation to a content value."""


def scalar_reader(fact: Fact, lookups: Lookups) -> Scalar:
    """Return the reader of a fact that isn't a list. It raises BadValue naming what would be accepted.

    What was read once is remembered: the same few texts fill most columns.
    """
    read = _reader_of(fact, lookups)
    empty = blank(fact)
    remembered: dict[tuple[str, int | None], Value] = {}

    def reader(text: str, organisation: int | None) -> Value:
        text = text.strip()
        if not text:
            return empty
        known = remembered.get((text, organisation), remembered)
        if known is not remembered:
            return known
        try:
            value = read(text, organisation)
        except CannotRead as error:
            refusal = ImpossibleDate if isinstance(error, NoSuchDate) else BadValue
            raise refusal(error.message, fact.accepted) from error
        if len(remembered) < REMEMBERED:
            remembered[text, organisation] = value
        return value

    if fact.kind in {Kind.TEXT, Kind.PROSE}:
        return lambda text, organisation: text.strip()
    return reader


REMEMBERED = 10_000
"""How many texts a reader remembers at most."""


def _reader_of(fact: Fact, lookups: Lookups) -> Scalar:
    kind = fact.kind
    if kind is Kind.DATE:
        return lambda text, _: parse_date(text).isoformat()
    if kind is Kind.NUMBER:
        return lambda text, _: parse_number(text)
    if kind is Kind.ANSWER:
        return lambda text, _: str(parse_answer(text))
    if kind is Kind.FLAG:
        return lambda text, _: _flag(text, fact)
    if kind is Kind.CHOICE:
        return lambda text, _: _choice(fact, text)
    if kind is Kind.ACCOUNT:
        return lambda text, _: _known(lookups.account(text), fact, Message("No user has this name."), [])
    if fact.entry == "OrganisationUnit":
        return lambda text, organisation: _unit(fact, text, lookups, organisation)
    return lambda text, _: _entry(fact, text, lookups)


def _unit(fact: Fact, text: str, lookups: Lookups, organisation: int | None) -> int | None:
    if organisation is None:
        return None  # the row's organisation is the trouble, and has been reported
    found = lookups.unit(organisation, text)
    near = [] if found else lookups.near_units(organisation, text)
    return _known(found, fact, Message("The organisation has no unit of this name."), near)


def _entry(fact: Fact, text: str, lookups: Lookups) -> int:
    found = lookups.entry(fact.entry, text)
    near = [] if found else lookups.near(fact.entry, text)
    return _known(found, fact, Message("The catalogue has no entry of this name."), near)


def _known(found: int | None, fact: Fact, message: Message, near: list[str]) -> int:
    if found is None:
        raise BadValue(message, one_of(near) if near else fact.accepted)
    return found


def _flag(text: str, fact: Fact) -> bool:
    answer = parse_answer(text)
    if answer is Answer.NOT_ASSESSED:
        raise BadValue(Message("This must be yes or no."), fact.accepted)
    return answer is Answer.YES


_SYNONYMS: Mapping[Any, Mapping[str, tuple[str, ...]]] = {
    ActivityRole: ROLE_SYNONYMS,
    ActivityStatus: STATUS_SYNONYMS,
    AssessmentStatus: ASSESSMENT_SYNONYMS,
    AssessmentConclusion: ASSESSMENT_SYNONYMS,
    ResidualRisk: ASSESSMENT_SYNONYMS,
}


def _choice(fact: Fact, text: str) -> str:
    spelt = _spellings(fact).get(text.casefold())
    if spelt is not None:
        return spelt
    synonyms = _SYNONYMS.get(fact.choices)
    found = match_choice(text, fact.choice_pairs(), synonyms)
    if found is None and _is_country(fact):
        country = find_country(text)
        found = country.code if country else None
    if found is None:
        if _is_country(fact):
            raise BadValue(Message("Unknown country."), Message("the name of a country, or its code of two letters"))
        raise BadValue(Message("This is none of the accepted values."), fact.accepted)
    return str(found)


def _is_country(fact: Fact) -> bool:
    return fact.key in {"country", "hosting_country"}


@cache
def _spellings(fact: Fact) -> Mapping[str, str]:
    """Return how each choice may be written: as the export does, by its code, or by its label in any language of ours.

    Whoever plans an import may read another language than whoever filled in the file.
    """
    found: dict[str, str] = {}
    for language in dict.fromkeys([LANGUAGE, *(code for code, _ in settings.LANGUAGES)]):
        with translation.override(language):
            pairs = fact.choice_pairs()
        for code, label in pairs:
            found.setdefault(label.casefold(), code)
            found.setdefault(code.casefold(), code)
    return found


Reader = Callable[[str, Mapping[str, Value]], list[dict[str, Value]]]
"""From a cell's text, and the lists of the same record read before it, to rows."""


def rows_reader(fact: Fact, lookups: Lookups) -> Reader:
    """Return the reader of a list's cells. It raises BadValue, and keeps names without an entry as words."""
    row = fact.row
    assert row is not None  # noqa: S101 only called for lists
    main, words = main_fact(row), words_fact(row)
    by_key = {row_key(inner): inner for inner in facts(row).values() if not inner.main and not inner.words}
    empty = {key: blank(inner) for key, inner in facts(row).items()}
    scalars = {key: scalar_reader(inner, lookups) for key, inner in by_key.items()}
    keys = tuple(by_key)
    is_entry = main.kind is Kind.ENTRY
    siblings = frozenset(key for key, inner in by_key.items() if inner.kind is Kind.SIBLING)
    names = {key: inner.key for key, inner in by_key.items()}
    known: dict[str, int | None] = {}

    def entry(name: str) -> int | None:
        found = known.get(name, 0)
        if found == 0:
            found = known[name] = lookups.entry(main.entry, name)
        return found

    plain: dict[tuple[str, str], dict[str, Value]] = {}

    def read(text: str, record: Mapping[str, Value]) -> list[dict[str, Value]]:
        try:
            parsed = parse_rows(text, keys=keys)
        except CellSyntaxError as error:
            message = Message("%(what)s (at character %(position)s).", what=error.message, position=error.position)
            raise BadValue(message, error.accepted) from error
        return [one(cell_row, record) if cell_row.facts else shared(cell_row) for cell_row in parsed]

    def shared(cell_row: CellRow) -> dict[str, Value]:
        """The same few rows stand in most records: one dict serves them all. Nobody changes rows once they are read."""
        key = (cell_row.entry, cell_row.words)
        row = plain.get(key)
        if row is None:
            row = one(cell_row, {})
            if len(plain) < REMEMBERED:
                plain[key] = row
        return row

    def one(cell_row: CellRow, record: Mapping[str, Value]) -> dict[str, Value]:
        values = empty.copy()
        if is_entry:
            found = entry(cell_row.entry) if cell_row.entry else None
            values[main.key] = found
            if words is not None:
                stated = cell_row.words if found is not None or not cell_row.entry else _joined(cell_row)
                values[words.key] = stated.strip()
        else:
            values[main.key] = (cell_row.entry or cell_row.words).strip()
        for key, text in cell_row.facts:
            if key in siblings:
                values[names[key]] = _sibling(by_key[key], text, record, lookups)
            else:
                try:
                    values[names[key]] = scalars[key](text, None)
                except BadValue as error:
                    message = Message("%(key)s: %(what)s", key=key, what=error.message)
                    raise BadValue(message, error.accepted) from error
        return values

    return read


def _joined(cell_row: CellRow) -> str:
    return f"{cell_row.entry} ({cell_row.words})" if cell_row.words else cell_row.entry


def _sibling(fact: Fact, text: str, record: Mapping[str, Value], lookups: Lookups) -> int:
    """Return the place of the row that ``text`` points to: ``#2``, or the name of an entry that stands there once."""
    rows: list[dict[str, Value]] = record.get(fact.entry) or []
    if text.startswith("#") and text[1:].isdecimal() and len(text) < 9 and 1 <= int(text[1:]) <= len(rows):
        return int(text[1:]) - 1
    target = main_fact(_row_class(fact))
    wanted = lookups.entry(target.entry, text) if target.kind is Kind.ENTRY else text.strip()
    words = words_fact(_row_class(fact))
    places = [
        place
        for place, row in enumerate(rows)
        if (wanted is not None and row[target.key] == wanted)
        or (words is not None and row[words.key].casefold() == text.strip().casefold())
    ]
    if len(places) != 1:
        raise BadValue(
            Message("“%(text)s” doesn't point to one row of the column it refers to.", text=text),
            Message("the number of a row, #1 to #%(last)s", last=str(len(rows)))
            if rows
            else Message("a row that exists in the same record"),
        )
    return places[0]


@cache
def _row_class(fact: Fact) -> type[Any]:
    row = facts(ActivityRecord)[fact.entry].row
    assert row is not None  # noqa: S101 siblings are lists
    return row
