"""Rows of text cells: how high they are, where they may be split, and how they are drawn and tagged."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from registry.reports.pdf.page import Page, Target
from registry.reports.pdf.structure import Structure
from registry.reports.pdf.style import Style
from registry.reports.pdf.tags import (
    BODY,
    DATA,
    ITEM,
    LABEL,
    LINK,
    LIST,
    PARAGRAPH,
    REFERENCE,
    TABLE_ROW,
    Block,
    Element,
    Tag,
)

TOLERANCE = 0.01
_KEPT_WHOLE = 64
_FEWEST = 2
_ENTRY_BEGINS = 4
"""So many lines of a first entry stand together, or all of it."""

_SPARED = 8
"""So many lines may stay empty at the foot of a page for an entry to begin overleaf instead."""


@dataclass(slots=True)
class Cell:
    """Encoded lines at `x`, starting `top` below the row's padding. A `repeated` cell (a label) is drawn again when
    the rest of its row moves to the next page. `marks` (dashes, numbers) stand `indent` to the left of the lines
    where they are not empty, one for each line: the lines are entries of a list then. A cell of a table row has a
    `tag` of its own, or belongs to the cell before it. `names` says of each line whether it is drawn in the style
    `strong`, as an entry's name is, which begins it."""

    x: float
    style: Style
    lines: Sequence[bytes]
    top: float = 0
    repeated: bool = False
    marks: Sequence[bytes] = ()
    indent: float = 0
    tag: Tag | None = None
    names: Sequence[bool] = ()
    strong: Style | None = None

    def height(self) -> float:
        return self.top + len(self.lines) * self.style.leading

    def least(self) -> float:
        """The height of the fewest lines that may stand alone: two, where two more can follow."""
        lines = len(self.lines)
        needed = self._fewest()
        return self.top + (needed if lines >= needed + _FEWEST else lines) * self.style.leading

    def _fewest(self) -> int:
        """How many lines may stand alone at the foot of a page: two, or the beginning of an entry with its name."""
        if not self.marks:
            return _FEWEST
        first = next((place for place, mark in enumerate(self.marks) if mark and place), len(self.lines))
        return max(_FEWEST, min(first, _ENTRY_BEGINS))

    def parted(self, fitting: int) -> int:
        """The number of lines, no more than `fitting`, after which the cell is best parted: where an entry ends, if
        that is near, and never between a name and what is said of it."""
        if self.marks:
            nearest = range(fitting, max(fitting - _SPARED, _FEWEST) - 1, -1)
            fitting = next((place for place in nearest if self.marks[place]), fitting)
        while self.names and fitting and self.names[fitting - 1] and not (self.marks and self.marks[fitting]):
            fitting -= 1
        return fitting

    def text(self, page: Page, y: float, start: int = 0, end: int | None = None) -> None:
        """Draw lines of the cell into a row whose padding ends at `y`."""
        baseline = y - self.top - self.style.drop - start * self.style.leading
        if self.strong is not None and self.names[start]:
            rest = next((place for place in range(start, len(self.lines)) if not self.names[place]), len(self.lines))
            rest = rest if end is None else min(rest, end)
            page.text(self.x, baseline, self.strong, self.lines[start:rest])
            baseline -= (rest - start) * self.style.leading
            start = rest
        if lines := self.lines[start:end]:
            page.text(self.x, baseline, self.style, lines)


@dataclass(frozen=True, slots=True)
class Stroke:
    """A horizontal stroke from `x`, in the middle of a row's first line."""

    x: float
    width: float
    thickness: float
    colour: str


@dataclass(slots=True)
class Begun:
    """The elements of a row whose drawing has begun: those still open, that of each cell, that of its link, and those
    of the list in it. The parts of a split row share them."""

    open: list[Element] = field(default_factory=list)
    cells: list[Element] = field(default_factory=list)
    link: Element | None = None
    entries: Element | None = None
    entry: Element | None = None

    def child(self, structure: Structure, tag: Tag, parent: Element) -> Element:
        element = structure.child(tag, parent)
        self.open.append(element)
        return element


@dataclass(slots=True)
class Row:
    """Cells side by side. `keep` holds the row together with the next one; `heads` are drawn again above it after a
    page break; `rule` is (colour, weight) of the line below, `over` of the line above. `mark` is told where the row is
    drawn; `target` is where a click on it leads, and `numbers` the style in which the target's page number is printed
    at the right edge: beside the first line, or, with a dotted `leader` that starts there, beside the last.

    A row no higher than `whole` is not split, and no other where less than `begins` is free. `tag` says what the row
    is, None that it is furniture; `block` which
    table it belongs to. An `unfinished` row is the part of one that goes on overleaf.
    """

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
    tag: Tag | None = PARAGRAPH
    block: Block | None = None
    strokes: Sequence[Stroke] = ()
    whole: float = _KEPT_WHOLE
    begins: float = 0
    height: float = 0
    begun: Begun | None = None
    unfinished: bool = False

    def __post_init__(self) -> None:
        tallest = 0.0
        for cell in self.cells:
            cell_height = cell.top + len(cell.lines) * cell.style.leading
            tallest = max(tallest, cell_height)
        self.height = self.above + tallest + self.below

    @property
    def is_space(self) -> bool:
        """Whether nothing of the row is to be seen."""
        return not (self.cells or self.fill or self.rule or self.over or self.strokes or self.mark)

    def least(self) -> float:
        """The height that must be free for the row to begin: all of it, or its first lines and its labels."""
        if self.height <= self.whole:
            return self.height
        fixed = max((cell.height() for cell in self.cells if cell.repeated), default=0.0)
        first = max((cell.least() for cell in self.cells), default=0.0)
        return min(self.height, self.above + max(fixed, first) + self.below)

    def split(self, room: float, *, force: bool) -> "tuple[Row, Row] | None":
        """The row in two, the first no higher than `room`; None when that would leave fewer than two lines on either
        side, or when the row is short. With `force` a single line will do."""
        if not force and (self.height <= self.whole or room < self.begins):
            return None
        usable = room - self.above - self.below + TOLERANCE
        fewest = 1 if force else _FEWEST
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
            if not force and len(cell.lines) - fitting < _FEWEST:
                fitting -= 1
            fitting = (cell.parted(fitting) or fitting) if force else cell.parted(fitting)
            if fitting < fewest:
                return None
            before, after = slice(None, fitting), slice(fitting, None)
            first.append(replace(cell, lines=cell.lines[before], marks=cell.marks[before], names=cell.names[before]))
            kept = replace(cell, lines=cell.lines[after], marks=cell.marks[after], names=cell.names[after], top=0)
            rest.append(kept)
        begun = self.begun or Begun()
        return (
            replace(self, cells=first, rule=None, begun=begun, unfinished=True),
            replace(self, cells=rest, begins=0, over=None, mark=None, leader=None, numbers=None, begun=begun),
        )

    def draw(self, page: Page, y: float, structure: Structure) -> Begun:
        """Draw the cells, tagged, into a row whose padding ends at `y`. What was drawn before is furniture now."""
        if self.begun is None and not self.unfinished and self.tag is TABLE_ROW and all(one.tag for one in self.cells):
            return self._draw_whole(page, y, structure)
        begun = self.begun
        again = begun is not None and bool(begun.open)
        if begun is None or not again:
            begun = self._begin(begun or Begun(), structure)
        if self.tag is not TABLE_ROW:
            self._draw_together(page, y, begun.cells[0])
            return begun
        for cell, element in zip(self.cells, begun.cells, strict=True):
            if again and cell.repeated:
                page.begin_furniture()
                cell.text(page, y)
                page.end()
            elif cell.marks:
                _draw_entries(cell, page, y, begun, element, structure, whole=False)
            elif cell.lines:
                page.begin(element)
                cell.text(page, y)
                page.end()
        return begun

    def _draw_whole(self, page: Page, y: float, structure: Structure) -> Begun:
        """Draw a row of a table that stands on one page, as nearly all do: each of its cells is written at once."""
        begun = Begun()
        row = begun.child(structure, TABLE_ROW, structure.enter(self.block))
        for cell in self.cells:
            if cell.marks:
                owner = begun.child(structure, cell.tag or DATA, row)
                _draw_entries(cell, page, y, begun, owner, structure, whole=True)
            elif not cell.lines:
                begun.child(structure, cell.tag or DATA, row)
            else:
                structure.begin_leaf(cell.tag or DATA, row, page)
                cell.text(page, y)
                page.end()
        if self.target is not None:
            begun.link = begun.child(structure, LINK, begun.child(structure, DATA, row))
        return begun

    def _draw_together(self, page: Page, y: float, owner: Element) -> None:
        """Draw the cells as one stretch of text."""
        page.begin(owner)
        for cell in self.cells:
            if cell.lines:
                cell.text(page, y)
        page.end()

    def draw_again(self, page: Page, y: float) -> None:
        """Draw the cells as furniture."""
        page.begin_furniture()
        for cell in self.cells:
            if cell.lines:
                cell.text(page, y)
        page.end()

    def _begin(self, begun: Begun, structure: Structure) -> Begun:
        container = structure.enter(self.block)
        element = begun.child(structure, self.tag or PARAGRAPH, container)
        if self.tag is TABLE_ROW:
            for cell in self.cells:
                begun.cells.append(begun.child(structure, cell.tag, element) if cell.tag else begun.cells[-1])
            if self.target is not None:
                begun.link = begun.child(structure, LINK, begun.child(structure, DATA, element))
            return begun
        if self.target is not None:
            element = begun.link = begun.child(structure, LINK, begun.child(structure, REFERENCE, element))
        begun.cells.append(element)
        return begun


def _draw_entries(
    cell: Cell, page: Page, y: float, begun: Begun, owner: Element, structure: Structure, *, whole: bool
) -> None:
    """Draw the cell's lines as entries of a list, each written at once if the `whole` row stands on this page. Lines
    before the first mark go on with the entry begun overleaf."""
    starts = [0, *(place for place, mark in enumerate(cell.marks) if mark and place), len(cell.lines)]
    if begun.entries is None:
        begun.entries = begun.child(structure, LIST, owner)
    for start, end in pairwise(starts):
        if cell.marks[start] or begun.entry is None:
            item = begun.child(structure, ITEM, begun.entries)
            structure.begin_leaf(LABEL, item, page)
            height = y - cell.top - cell.style.drop - start * cell.style.leading
            page.text(cell.x - cell.indent, height, cell.style, [cell.marks[start]])
            page.end()
            if whole:
                structure.begin_leaf(BODY, item, page)
                cell.text(page, y, start, end)
                page.end()
                continue
            begun.entry = begun.child(structure, BODY, item)
        page.begin(begun.entry)
        cell.text(page, y, start, end)
        page.end()
