"""Rows of text cells and how they fill pages: what fits, what is split line by line, what stays together, what is
repeated after a page break."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Protocol

from registry.reports.pdf.page import Link, Page, Target
from registry.reports.pdf.style import BOTTOM, GREY, LEFT, RIGHT, TOP, WIDTH, Style

FULL_HEIGHT = TOP - BOTTOM
TALLEST_REPEATED = FULL_HEIGHT / 4
_TOLERANCE = 0.01


@dataclass(slots=True)
class Cell:
    """Encoded lines at `x`, starting `top` below the row's padding. A `repeated` cell (a label) is drawn again when
    the rest of its row moves to the next page. `marks` (dashes, numbers) stand `indent` to the left of the lines
    where they are not empty, one for each line."""

    x: float
    style: Style
    lines: Sequence[bytes]
    top: float = 0
    repeated: bool = False
    marks: Sequence[bytes] = ()
    indent: float = 0

    def height(self) -> float:
        return self.top + len(self.lines) * self.style.leading

    def draw(self, page: Page, y: float) -> None:
        """Draw the cell into a row whose padding ends at `y`."""
        if not self.lines:
            return
        baseline = y - self.top - self.style.drop
        if not self.marks:
            page.text(self.x, baseline, self.style, self.lines)
            return
        starts = [0, *(place for place, mark in enumerate(self.marks) if mark and place), len(self.lines)]
        for start, end in pairwise(starts):
            height = baseline - start * self.style.leading
            if self.marks[start]:
                page.text(self.x - self.indent, height, self.style, [self.marks[start]])
            page.text(self.x, height, self.style, self.lines[start:end])


@dataclass(slots=True)
class Row:
    """Cells side by side. `keep` holds the row together with the next one; `heads` are drawn again above it after a
    page break; `rule` is (colour, weight) of the line below, `over` of the line above. `mark` is told where the row is
    drawn; `target` is where a click on it leads, and `numbers` the style in which the target's page number is printed
    at the right edge: beside the first line, or, with a dotted `leader` that starts there, beside the last."""

    cells: Sequence[Cell]
    above: float = 3
    below: float = 3
    keep: bool = False
    fill: str = ""
    rule: tuple[str, float] | None = None
    over: tuple[str, float] | None = None
    heads: Sequence["Row"] = ()
    target: Target | None = None
    mark: Target | None = None
    leader: float | None = None
    numbers: Style | None = None
    height: float = 0

    def __post_init__(self) -> None:
        tallest = 0.0
        for cell in self.cells:
            cell_height = cell.top + len(cell.lines) * cell.style.leading
            tallest = max(tallest, cell_height)
        self.height = self.above + tallest + self.below

    def least(self) -> float:
        """The height that must be free for the row to begin: all of it, or its first two lines and its labels."""
        fixed = max((cell.height() for cell in self.cells if cell.repeated), default=0.0)
        first = max((cell.top + 2 * cell.style.leading for cell in self.cells), default=0.0)
        return min(self.height, self.above + max(fixed, first) + self.below)

    def split(self, room: float, *, force: bool) -> "tuple[Row, Row] | None":
        """The row in two, the first no higher than `room`; None when that would leave fewer than two lines on either
        side. With `force` a single line will do."""
        usable = room - self.above - self.below + _TOLERANCE
        fewest = 1 if force else 2
        first: list[Cell] = []
        rest: list[Cell] = []
        for cell in self.cells:
            if cell.repeated and cell.height() > usable:
                return None
            fitting = max(0, int((usable - cell.top) / cell.style.leading))
            if cell.repeated or fitting >= len(cell.lines):
                first.append(cell)
                rest.append(cell if cell.repeated else replace(cell, lines=(), marks=()))
                continue
            if not force and len(cell.lines) - fitting < 2:
                fitting -= 1
            if fitting < fewest:
                return None
            first.append(replace(cell, lines=cell.lines[:fitting], marks=cell.marks[:fitting]))
            rest.append(replace(cell, lines=cell.lines[fitting:], marks=cell.marks[fitting:], top=0))
        return (
            replace(self, cells=first, rule=None),
            replace(self, cells=rest, over=None, mark=None, leader=None, numbers=None),
        )


class PageSource(Protocol):
    """Gives new pages and takes the finished ones."""

    def open_page(self) -> Page: ...

    def close_page(self, page: Page) -> None: ...


class Flow:
    """Places rows from the top of a page to its bottom, and on to the next."""

    def __init__(self, source: PageSource, top: float = TOP) -> None:
        self._source = source
        self.page = source.open_page()
        self.y = top
        self._fresh = True
        self.continued: Row | None = None

    def room(self) -> float:
        return self.y - BOTTOM

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
        self.y = TOP
        self._fresh = True

    def _next_page(self, heads: Sequence[Row]) -> None:
        self.break_page()
        repeated = [row for row in (self.continued, *heads) if row is not None]
        if sum(row.height for row in repeated) <= 2 * TALLEST_REPEATED:
            for row in repeated:
                self._draw(row)
        self._fresh = True

    def place(self, rows: Sequence[Row]) -> None:
        """Place the rows in order, breaking pages where needed."""
        for index, row in enumerate(rows):
            if row.keep and _kept_height(rows, index) > self.room() + _TOLERANCE and not self._fresh:
                self._next_page(row.heads)
            self._place(row)

    def _place(self, row: Row) -> None:
        while row.height > self.room() + _TOLERANCE:
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
        bottom = y - row.height
        if row.fill:
            page.fill(LEFT, bottom, WIDTH, row.height, row.fill)
        if row.over:
            page.rule(LEFT, RIGHT, y, *row.over)
        start = y - row.above
        for cell in row.cells:
            cell.draw(page, start)
        if row.rule:
            page.rule(LEFT, RIGHT, bottom, *row.rule)
        if row.mark is not None:
            row.mark.page, row.mark.y = page.record, y
        if row.target is not None:
            self._link(row, row.target, start, bottom)
        self.y = bottom
        self._fresh = False

    def _link(self, row: Row, target: Target, start: float, bottom: float) -> None:
        baseline = start
        if row.numbers is not None:
            lines = len(row.cells[-1].lines) if row.leader is not None else 1
            baseline -= row.numbers.drop + (lines - 1) * row.numbers.leading
        if row.leader is not None:
            self.page.dots(row.leader, RIGHT - 26, baseline, GREY)
        self.page.record.links.append(Link(target, self.y, bottom, baseline, row.numbers))


def _kept_height(rows: Sequence[Row], index: int) -> float:
    """The height of the kept rows from `index` on, with the beginning of the row that they are kept with; 0 when that
    is more than a page."""
    height = 0.0
    for row in rows[index:]:
        if not row.keep:
            height += row.least()
            break
        height += row.height
    return height if height <= FULL_HEIGHT * 0.8 else 0.0
