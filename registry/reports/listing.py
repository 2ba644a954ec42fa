"""The shape of a report that is a list: tables of typed values. Definitions build it; writers write it; neither knows
the other."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import Enum

from django.utils.translation import gettext as _

from registry.reports.document import Chart

Value = str | int | date | datetime | tuple[str, ...] | None
"""A text, a whole number, a day, a moment with its zone, texts that stand below each other, or nothing stated."""

Row = Sequence[Value]


class Holds(Enum):
    """What the values of a column are."""

    TEXT = "text"
    TEXTS = "texts, one below the other"
    NUMBER = "a whole number"
    DATE = "a day"
    MOMENT = "a moment"


@dataclass(frozen=True, slots=True)
class Column:
    """A column: a key for machines, the heading, what its values are, and its width in characters.

    ``article`` says where the law asks for it. ``asked`` says that an empty cell is no mere absence: nobody has stated
    yet what the law or the form wants to know, and a writer for people says so.
    """

    key: str
    title: str
    width: float = 20
    holds: Holds = Holds.TEXT
    article: str = ""
    asked: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under columns. ``rows`` can be called again and gives the rows anew, one at a time, each as long as
    ``columns``; ``empty`` is the sentence printed when there is none. ``called`` are the keys of the columns that say
    what a row is about, the first column where none are named. ``plain`` says that all values are texts;
    ``expected`` how many rows there will be, where that is known beforehand."""

    key: str
    title: str
    columns: tuple[Column, ...]
    rows: Callable[[], Iterable[Row]]
    empty: str = ""
    intro: str = ""
    called: tuple[str, ...] = ()
    plain: bool = False
    expected: int | None = None


@dataclass(frozen=True, slots=True)
class Listing:
    """A whole report. Formats that hold one table take the first one, which is the report; others go into detail.

    ``about`` says where it comes from, as (label, value). ``foot`` (as-at moment, chain head) stands at the bottom of
    pages, ``running_head`` at their top. ``layout`` says that the first table is in a layout that the import reads:
    nothing may be added to it. ``mixed`` gives the rows of all tables as (number of the table, row): that takes one
    reading of the register, where each table by itself takes another. ``charts`` stand before the tables in formats
    for reading; they count what the tables say.
    """

    title: str
    subtitle: str
    tables: tuple[Table, ...]
    about: tuple[tuple[str, str], ...]
    running_head: str
    foot: str
    language: str
    author: str
    subject: str
    keywords: str
    produced_at: datetime
    intro: tuple[str, ...] = ()
    footnotes: tuple[str, ...] = ()
    charts: tuple[Chart, ...] = ()
    layout: bool = False
    mixed: Callable[[], Iterable[tuple[int, Row]]] | None = None


def in_one_table(listing: Listing) -> Listing:
    """Return the list with its tables as one, for formats that hold no more and reports that are all of their tables.

    The first column says which list a row belongs to. One without rows is there too, with the sentence that says so.
    """
    columns = {column.key: column for table in listing.tables for column in table.columns}

    def rows() -> Iterator[Row]:
        for table in listing.tables:
            is_empty = True
            for row in table.rows():
                is_empty = False
                values = dict(zip((column.key for column in table.columns), row, strict=True))
                yield [table.title, *(values.get(key) for key in columns)]
            if is_empty and table.empty:
                yield [table.title, table.empty, *[None] * (len(columns) - 1)]

    whole = Table("lists", listing.title, (Column("list", _("List"), 28), *columns.values()), rows)
    return replace(listing, tables=(whole,), mixed=None)
