"""Writes a list as PDF: landscape pages of table rows under heads that repeat, after what it is and whence it comes."""

from collections.abc import Iterator, Sequence
from itertools import chain, islice
from typing import BinaryIO, cast

from django.utils import translation

from registry.reports.document import Document, DocumentError
from registry.reports.listing import Column, Listing, Table, Value
from registry.reports.listing import Row as Values
from registry.reports.pdf.card import HAIR
from registry.reports.pdf.charts import ChartLayout
from registry.reports.pdf.closing import Group
from registry.reports.pdf.columns import INDENT, Columns, Places
from registry.reports.pdf.flow import Flow
from registry.reports.pdf.page import Target
from registry.reports.pdf.rows import Cell, Row
from registry.reports.pdf.style import (
    BULLET,
    GUTTER,
    LANDSCAPE,
    MILLIMETRE,
    NOT_STATED_MARK,
    NOTHING,
    TEAL,
    TINT,
    Style,
)
from registry.reports.pdf.tags import COLUMN_HEAD, DATA, H1, H2, PART, ROW_HEAD, TABLE_ROW, Block
from registry.reports.pdf.writer import PdfResult, Writer
from registry.reports.values import say_value

_LEFT, _ACROSS = LANDSCAPE.left, LANDSCAPE.across
_LABEL = 46 * MILLIMETRE
_SAMPLE = 100
"""How many rows tell how wide the columns are to be."""

_WHOLE = LANDSCAPE.down * 0.4
"""A row that is no higher stands on one page."""

_TALLEST_REPEATED = LANDSCAPE.down / 5
"""What names a row is said again overleaf, if it is no higher."""

_BEGINS = LANDSCAPE.down / 5
"""A row that is parted begins only where so much is free."""


def write_listing(listing: Listing, out: BinaryIO) -> PdfResult:
    """Write the list to `out`, which needs only `write` and stays open. The same list gives the same bytes.

    Memory holds a hundred rows, which tell how wide the columns are to be, and what each row is called. Raises
    DocumentError for a row that is not as long as the heads, and for a moment of production without a time zone.
    """
    if listing.produced_at.tzinfo is None:
        raise DocumentError("produced_at has no time zone: give an aware datetime, such as django.utils.timezone.now()")
    with translation.override(listing.language):
        return _ListingWriter(listing, out).write()


class _ListingWriter(Writer):
    """The state of one run."""

    _sheet = LANDSCAPE

    def __init__(self, listing: Listing, out: BinaryIO) -> None:
        # both shapes say in the same words what a file says about itself
        super().__init__(cast("Document", listing), out)
        self._listing = listing

    def write(self) -> PdfResult:
        """Draw everything and close the file."""
        first, *others = self._listing.tables
        groups = [self._table(first, opening=True), *(self._table(table) for table in others), *self._notes()]
        pages = [page for group in groups for page in group.pages]
        for number, record in enumerate(pages, start=1):
            record.number = number
        root = self._structure.finish([group.element for group in groups])
        self._finish(pages, groups, root)
        return PdfResult(len(pages), tuple(sorted(self._coverage.missing)))

    def _table(self, table: Table, *, opening: bool = False) -> Group:
        title = self._listing.title if opening else table.title
        group = self._begin(Target(title), PART)
        flow = Flow(self, self._structure, sheet=self._sheet)
        flow.place(list(self._opening(title, group.target, table, whole=opening)))
        if opening and self._listing.charts:
            self._charts(flow)
        rows = iter(table.rows())
        sample = [self._whole(table, row) for row in islice(rows, _SAMPLE)]
        unstated = self._words.not_stated
        places = Columns(table.columns, sample, self._styles, self._listing.language, unstated).places()
        head = self._head(places, table.columns)
        waiting: list[Row] = [head]
        names = _names(table)
        for values in chain(sample, (self._whole(table, row) for row in rows)):
            cells = [self._cell(*one) for one in zip(places, table.columns, values, strict=True)]
            cells[0].tag = ROW_HEAD
            for place in names:
                cells[place].repeated = not cells[place].marks and cells[place].height() <= _TALLEST_REPEATED
            row = Row(
                cells,
                above=2.5,
                below=2.5,
                rule=HAIR,
                heads=(head,),
                tag=TABLE_ROW,
                block=head.block,
                whole=_WHOLE,
                begins=_BEGINS,
            )
            name = " ".join(" ".join(say_value(values[place]) for place in names).split())
            if name and (not group.cards or group.cards[-1].title != name):
                row.mark = Target(name)
                group.cards.append(row.mark)
            flow.place([*waiting, row])
            waiting = []
        if waiting:
            style = self._styles.intro
            cell = Cell(_LEFT + 8, style, style.lines(table.empty, _ACROSS - 16))
            flow.place([Row([cell], above=9, below=9, fill=TINT)])
        if opening:
            flow.space(6)
            flow.place([self._paragraph(text) for text in self._listing.footnotes])
        self._end(flow)
        return group

    def _charts(self, flow: Flow) -> None:
        layout = ChartLayout(self._styles, self._words, self._sheet)
        heading = Cell(_LEFT, self._styles.section, self._styles.section.lines(self._words.overview, _ACROSS))
        opening = [Row([heading], above=8, below=0, keep=True, tag=H2)]
        for chart in self._listing.charts:
            flow.place([*opening, *layout.rows(chart)])
            opening = []
        flow.space(14)

    def _whole(self, table: Table, row: Values) -> Values:
        if len(row) != len(table.columns):
            raise DocumentError(f"A row of {table.title!r} has {len(row)} cells: {row!r}")
        return row

    def _opening(self, title: str, mark: Target, table: Table, *, whole: bool) -> Iterator[Row]:
        """The title, and on the first page what the list is and where it comes from."""
        styles, listing = self._styles, self._listing
        cell = Cell(_LEFT, styles.part_title, styles.part_title.lines(title, _ACROSS))
        yield Row([cell], above=0, below=6, keep=True, rule=(TEAL, 1.4), mark=mark, tag=H1)
        if whole:
            subtitle = Cell(_LEFT, styles.cover_subtitle, styles.cover_subtitle.lines(listing.subtitle, _ACROSS))
            yield Row([subtitle], above=4, below=4, keep=True)
            block = Block()
            for number, (label, value) in enumerate(listing.about):
                name = Cell(_LEFT, styles.label, styles.label.lines(label, _LABEL - GUTTER), tag=ROW_HEAD)
                said = self._said(_LEFT + _LABEL, _ACROSS - _LABEL, value, styles.value, styles.not_stated)
                yield Row([name, said], above=1.5, below=1.5, keep=not number, tag=TABLE_ROW, block=block)
            yield from map(self._paragraph, listing.intro)
        if table.intro:
            yield self._paragraph(table.intro)
        yield Row([], above=5, below=0, keep=True)

    def _paragraph(self, text: str) -> Row:
        style = self._styles.intro
        return Row([Cell(_LEFT, style, style.lines(text, _ACROSS))], above=6, below=2)

    def _head(self, places: Places, columns: Sequence[Column]) -> Row:
        style = self._styles.column
        cells = [
            Cell(x, style, style.lines(column.title, room), tag=COLUMN_HEAD)
            for (x, room), column in zip(places, columns, strict=True)
        ]
        return Row(cells, above=3, below=3, keep=True, fill=TINT, rule=(TEAL, 0.4), tag=TABLE_ROW, block=Block())

    def _cell(self, place: tuple[float, float], column: Column, value: Value) -> Cell:
        x, room = place
        if isinstance(value, tuple) and len(value) > 1:
            return self._entries(x, room, value)
        text = say_value(value)
        if not text.strip() and not column.asked:
            return Cell(x, self._styles.cell, self._styles.cell.lines(NOTHING, room), tag=DATA)
        return self._said(x, room, text, self._styles.cell, self._styles.cell_not_stated)

    def _entries(self, x: float, room: float, entries: Sequence[str]) -> Cell:
        """Entries one below the other with a hanging dash."""
        style = self._styles.cell
        texts: list[bytes] = []
        marks: list[bytes] = []
        for entry in entries:
            lines = style.lines(entry, room - INDENT)
            texts += lines
            marks += [style.encode(BULLET), *[b""] * (len(lines) - 1)]
        return Cell(x + INDENT, style, texts, marks=marks, indent=INDENT, tag=DATA)

    def _said(self, x: float, room: float, text: str, style: Style, unstated: Style) -> Cell:
        if text.strip():
            return Cell(x, style, style.lines(text, room), tag=DATA)
        return Cell(x, unstated, unstated.lines(NOT_STATED_MARK + self._words.not_stated, room), tag=DATA)

    def _draw_frame(self, aside: str, *, head: bool) -> int:
        """The running head names the list already: a table beside it is named only where it isn't the list itself."""
        return super()._draw_frame("" if aside == self._listing.title else aside, head=head)


def _names(table: Table) -> list[int]:
    """The places of the columns that say what a row is about."""
    keys = [column.key for column in table.columns]
    return [keys.index(key) for key in table.called] or [0]
