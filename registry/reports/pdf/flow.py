"""How rows fill pages: what fits, what is split, what stays together, what is repeated after a page break."""

from collections.abc import Sequence
from typing import Protocol

from registry.reports.pdf.page import Link, Page, Target
from registry.reports.pdf.rows import TOLERANCE, Begun, Row
from registry.reports.pdf.structure import Structure
from registry.reports.pdf.style import GREY, PORTRAIT, Sheet

FULL_HEIGHT = PORTRAIT.down
TALLEST_REPEATED = FULL_HEIGHT / 4


class PageSource(Protocol):
    """Gives new pages and takes the finished ones."""

    def open_page(self) -> Page: ...

    def close_page(self, page: Page) -> None: ...


class Flow:
    """Places rows from the top of a page to its bottom, and on to the next."""

    def __init__(
        self, source: PageSource, structure: Structure, *, sheet: Sheet = PORTRAIT, top: float | None = None
    ) -> None:
        self._sheet = sheet
        self._source = source
        self._structure = structure
        self.page = source.open_page()
        self.y = sheet.top if top is None else top
        self._fresh = True
        self.continued: Row | None = None

    def room(self) -> float:
        return self.y - self._sheet.bottom

    def space(self, height: float) -> None:
        """Leave some space, unless at the top of a page."""
        if not self._fresh:
            self.y -= height

    def finish(self) -> None:
        self._source.close_page(self.page)

    def break_page(self) -> None:
        """Go on at the top of a new page, unless this one is still empty."""
        if self._fresh:
            return
        self._source.close_page(self.page)
        self.page = self._source.open_page()
        self.y = self._sheet.top
        self._fresh = True

    def _next_page(self, heads: Sequence[Row]) -> None:
        self.break_page()
        repeated = [row for row in (self.continued, *heads) if row is not None]
        if sum(row.height for row in repeated) <= self._sheet.down / 2:
            for row in repeated:
                self._draw_again(row)
        self._fresh = True

    def place(self, rows: Sequence[Row]) -> None:
        """Place the rows in order, breaking pages where needed."""
        kept = 0
        for index, row in enumerate(rows):
            if row.keep and index >= kept:
                height, kept = _kept_together(rows, index, self._sheet.down)
                if height > self.room() + TOLERANCE and not self._fresh:
                    self._next_page(row.heads)
            self._place(row)

    def _place(self, row: Row) -> None:
        if row.height > self.room() + TOLERANCE and row.is_space:
            return  # it would begin a page that perhaps nothing else comes to
        while row.height > self.room() + TOLERANCE:
            parts = row.split(self.room(), force=self._fresh)
            if parts is None:
                self._next_page(row.heads)
                continue
            self._draw(parts[0])
            row = parts[1]
            self._next_page(row.heads)
        self._draw(row)

    def _draw(self, row: Row) -> None:
        page, y = self.page, self.y
        self._decorate(row)
        start, bottom = y - row.above, y - row.height
        if row.cells:
            begun = row.draw(page, start, self._structure)
            if row.target is not None:
                self._link(row, row.target, begun, start, bottom)
            if not row.unfinished:
                for element in begun.open:
                    self._structure.close(element)
        if row.mark is not None:
            row.mark.page, row.mark.y = page.record, y
        self.y = bottom
        self._fresh = False

    def _draw_again(self, row: Row) -> None:
        self._decorate(row)
        row.draw_again(self.page, self.y - row.above)
        self.y -= row.height
        self._fresh = False

    def _decorate(self, row: Row) -> None:
        """Draw what lies below the text of a row."""
        page, sheet, bottom = self.page, self._sheet, self.y - row.height
        if row.fill:
            page.fill(sheet.left, bottom, sheet.across, row.height, row.fill)
        if row.over:
            page.rule(sheet.left, sheet.right, self.y, *row.over)
        if row.rule:
            page.rule(sheet.left, sheet.right, bottom, *row.rule)
        for stroke in row.strokes:
            middle = self.y - row.above - row.cells[0].style.leading / 2
            page.fill(stroke.x, middle - stroke.thickness / 2, stroke.width, stroke.thickness, stroke.colour)

    def _link(self, row: Row, target: Target, begun: Begun, start: float, bottom: float) -> None:
        if begun.link is None:
            raise ValueError(f"A row that leads to {target.title!r} was begun without a link.")
        page = self.page
        baseline = start
        stretch = 0
        if row.numbers is not None:
            lines = len(row.cells[-1].lines) if row.leader is not None else 1
            baseline -= row.numbers.drop + (lines - 1) * row.numbers.leading
            stretch = page.promise(begun.link)
        if row.leader is not None:
            page.dots(row.leader, self._sheet.right - 26, baseline, GREY)
        annotation, key = self._structure.annotate(begun.link, page.record.reserved)
        page.record.links.append(Link(target, self.y, bottom, baseline, row.numbers, stretch, annotation, key))


def _kept_together(rows: Sequence[Row], index: int, most: float) -> tuple[float, int]:
    """The height of the kept rows from `index` on, with the beginning of the row that they are kept with, and the index
    of that row; the height is 0, and the row the next one, when that is more than a page."""
    height = 0.0
    last = index
    for last in range(index, len(rows)):
        row = rows[last]
        if not row.keep:
            height += row.least()
            break
        height += row.height
    return (height, last) if height <= most * 0.8 else (0.0, index + 1)
