"""Versions and differences in the shape in which the pages of the history show them."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.db import models
from django.utils.text import Truncator, capfirst
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from registry.comparison.records import Difference, FieldChange, RowChange, RowKind, referred
from registry.comparison.text import Mark, Token
from registry.record.activity import ActivityRecord
from registry.record.classes import ROOTS
from registry.record.definition import Fact, Kind, facts
from registry.record.sections import FORM
from registry.record.words import is_blank, say, say_row

BRIEF, CONTEXT = 300, 60
"""Where pages are brief: how many characters of a value, and of kept text beside a change, they show."""

ROW_WORDS = {
    RowKind.ADDED: ("+", _("added")),
    RowKind.REMOVED: ("−", _("removed")),
    RowKind.CHANGED: ("~", _("changed")),
    RowKind.MOVED: ("↕", _("moved")),
}
"""What became of a row → its sign and its word."""


@dataclass(frozen=True)
class ShownField:
    """A fact that differs: both values, or the stretches of a text of which some came or went."""

    label: str
    old: str
    new: str
    words: tuple[Token, ...]


@dataclass(frozen=True)
class ShownRow:
    """A row that differs."""

    kind: str
    sign: str
    word: Any
    name: str
    note: str
    fields: tuple[ShownField, ...]


@dataclass(frozen=True)
class Shown:
    """What differs in one fact: its values, or some of its rows."""

    label: str
    article: str
    field: ShownField | None
    rows: tuple[ShownRow, ...]


@dataclass(frozen=True)
class Line:
    """One fact of a version: its label, its value in words, or its rows, each in words."""

    label: str
    article: str
    text: str
    rows: tuple[str, ...] = ()


@dataclass(frozen=True)
class Block:
    """Lines below a heading: a section of a record, or an entry that it refers to."""

    title: str
    article: str
    lines: tuple[Line, ...]


def show(found: Iterable[Difference], *, brief: bool = False) -> list[Shown]:
    """Return differences fact by fact, the rows of a list together; ``brief`` leaves out most of long texts."""
    shorten = _brief if brief else _whole
    shown = []
    for fact, some in groupby(found, key=lambda change: change.fact):
        changes = list(some)
        fields = [_field(change, shorten) for change in changes if isinstance(change, FieldChange)]
        rows = tuple(_row(change, shorten) for change in changes if isinstance(change, RowChange))
        shown.append(Shown(fact.title, fact.cited, fields[0] if fields else None, rows))
    return shown


def sections(record: Any) -> list[Block]:
    """Return every fact of a record: of an activity by the sections of Art. 30, of anything else in one block."""
    known = facts(type(record))
    if isinstance(record, ActivityRecord):
        return [
            Block(section.title, section.cited, tuple(line(known[key], record) for key in section.keys))
            for section in FORM
        ]
    return [Block("", "", tuple(line(fact, record) for fact in known.values()))]


def referred_blocks(record: Any, *, may_see: Callable[[type[Any]], bool]) -> list[Block]:
    """Return what a record refers to with all that it says, by kind and name; of the models that one may see."""
    by_name = {model.__name__: model for model in ROOTS}
    entries = ((by_name[name], entry) for (name, _pk), entry in referred(record).items())
    found = [(kind(model), entry) for model, entry in entries if may_see(model)]
    blocks = []
    for what, entry in sorted(found, key=lambda pair: (pair[0], pair[1].label, pair[1].pk)):
        stated = (fact for fact in facts(type(entry)).values() if not is_blank(fact, getattr(entry, fact.key)))
        blocks.append(Block(entry.label, what, tuple(line(fact, entry) for fact in stated)))
    return blocks


def line(fact: Fact, record: Any) -> Line:
    """Return what a record says of one fact."""
    value = getattr(record, fact.key)
    if fact.kind is Kind.ROWS:
        return Line(fact.title, fact.cited, "", tuple(say_row(row) for row in value))
    return Line(fact.title, fact.cited, say(fact, value))


def kind(model: type[models.Model]) -> str:
    """Return what an object of ``model`` is called."""
    return str(capfirst(model._meta.verbose_name))


Shorten = Callable[["FieldChange"], tuple[str, str, tuple[Token, ...]]]


def _whole(change: FieldChange) -> tuple[str, str, tuple[Token, ...]]:
    return change.old, change.new, change.words


def _brief(change: FieldChange) -> tuple[str, str, tuple[Token, ...]]:
    old, new = (Truncator(text).chars(BRIEF) for text in (change.old, change.new))
    return old, new, tuple(_brief_tokens(change.words))


def _brief_tokens(tokens: Sequence[Token]) -> Iterator[Token]:
    """Yield the tokens; of kept text only what stands beside a change."""
    for place, token in enumerate(tokens):
        before, after = (CONTEXT if place else 0), (CONTEXT if place < len(tokens) - 1 else 0)
        if token.mark is Mark.KEPT and len(token.text) > before + after + 20:
            start = token.text[:before].rpartition(" ")[0] if before else ""
            end = token.text[len(token.text) - after :].partition(" ")[2] if after else ""
            yield Token(Mark.KEPT, f"{start} … {end}")
        elif token.mark is not Mark.KEPT:
            yield Token(token.mark, str(Truncator(token.text).chars(BRIEF)))
        else:
            yield token


def _field(change: FieldChange, shorten: Shorten) -> ShownField:
    return ShownField(change.fact.title, *shorten(change))


def _row(change: RowChange, shorten: Shorten) -> ShownRow:
    sign, word = ROW_WORDS[change.kind]
    note = ""
    if change.moved:
        note = _t("from place %(old)d to %(new)d") % {"old": change.old_place, "new": change.new_place}
    fields = tuple(_field(field, shorten) for field in change.fields)
    return ShownRow(change.kind.value, sign, word, change.name, note, fields)
