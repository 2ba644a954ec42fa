"""What a report looks like before it has a format: cover, parts, cards, sections, lines and grids. Report definitions
build these; writers (PDF and others) draw them; neither knows the other."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from django.utils.translation import gettext_lazy as _

State = Literal["stated", "not_stated", "none"]

NOT_STATED = _("not stated")
NONE = _("none")


@dataclass(frozen=True, slots=True)
class Line:
    """A label and its value. `value` is text (line breaks are kept) or a tuple of entries, drawn one below the other.

    `state` says whether there is a value, nobody stated one, or the answer was "none". A stated line whose value is
    empty is shown as not stated. For the other two states a writer puts its own words, unless `value` has better ones.
    `numbered` numbers the entries of a tuple, so that other lines can refer to them; `named` says that the first line
    of an entry is its name, and that particulars follow.
    """

    label: str
    value: str | tuple[str, ...] = ""
    state: State = "stated"
    article: str = ""
    numbered: bool = False
    named: bool = False


@dataclass(frozen=True, slots=True)
class Grid:
    """A compact table inside a card. An empty cell is shown as not stated. Without rows, `state` says which of
    "not stated" and "none" holds. `widths` are relative; without them a writer chooses by content."""

    label: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    widths: tuple[float, ...] = ()
    state: State = "stated"


@dataclass(frozen=True, slots=True)
class Section:
    """Lines and grids that belong under one heading, with the article that asks for them."""

    title: str
    article: str
    lines: tuple[Line | Grid, ...]


@dataclass(frozen=True, slots=True)
class Card:
    """One record. `key` is unique within its part; `facts` are a few short head facts (label, value)."""

    key: str
    title: str
    subtitle: str = ""
    facts: tuple[tuple[str, str], ...] = ()
    sections: tuple[Section, ...] = ()
    reference: str = ""


@dataclass(frozen=True, slots=True)
class SummaryRow:
    """One line of a part's list; `key` names the card it leads to."""

    key: str
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SummaryTable:
    """A part's list of its cards. `rows` can be called again and gives the rows anew; `widths` are relative.
    Writers add the page number themselves where their format has pages. An empty cell is shown as not stated."""

    title: str
    columns: tuple[str, ...]
    widths: tuple[float, ...]
    rows: Callable[[], Iterable[SummaryRow]]


@dataclass(frozen=True, slots=True)
class Bar:
    """One thing that is counted. A `muted` one says what is missing or answered with none, and recedes."""

    label: str
    count: int
    muted: bool = False


@dataclass(frozen=True, slots=True)
class Chart:
    """How many of `whole` each bar counts; they may count one thing twice, which `note` says. `label` heads the bars'
    labels, `counted` their numbers. A format that can't draw has the table of them."""

    title: str
    note: str
    label: str
    counted: str
    bars: tuple[Bar, ...]
    whole: int


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the document. `cards` can be called again and gives the cards anew, one at a time, so that a writer
    never holds them all; `empty` is the sentence printed when there is none. `charts` stand before the list, under a
    heading of the writer's."""

    title: str
    intro: str
    cards: Callable[[], Iterable[Card]]
    empty: str
    summary: SummaryTable | None = None
    charts: tuple[Chart, ...] = ()


@dataclass(frozen=True, slots=True)
class Cover:
    """The first page: titles, then blocks of (heading, ((label, value), …)). An empty value is shown as not stated."""

    title: str
    subtitle: str
    blocks: tuple[tuple[str, tuple[tuple[str, str], ...]], ...]


@dataclass(frozen=True, slots=True)
class Document:
    """A whole report. `running_head` stands at the top of every page, `foot` (as-at moment, chain head) at the bottom;
    `produced_at` carries its time zone. A document of one card may do without cover (None) and contents (False)."""

    cover: Cover | None
    parts: tuple[Part, ...]
    running_head: str
    foot: str
    language: str
    title: str
    author: str
    subject: str
    keywords: str
    produced_at: datetime
    contents: bool = True


class DocumentError(ValueError):
    """A document contradicts itself, for example a list that leads to a card that is not there."""
