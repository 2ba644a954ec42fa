"""A card as rows: its head, its facts, and its sections of lines and grids."""

from collections.abc import Sequence

from registry.reports.document import Card, DocumentError, Grid, Line, Section, State
from registry.reports.pdf.flow import TALLEST_REPEATED
from registry.reports.pdf.page import Target
from registry.reports.pdf.rows import Cell, Row
from registry.reports.pdf.style import (
    BULLET,
    GUTTER,
    HAIRLINE,
    LABEL_WIDTH,
    LEFT,
    NOT_STATED_MARK,
    RIGHT,
    TEAL,
    TINT,
    WIDTH,
    Style,
    Styles,
)
from registry.reports.pdf.tags import CAPTION, COLUMN_HEAD, DATA, H2, H3, ROW_HEAD, TABLE_ROW, Block, Tag
from registry.reports.pdf.words import Words

_INSET = 8
_FACTS_ACROSS = 4
_VALUE_X = LEFT + LABEL_WIDTH
_VALUE_WIDTH = RIGHT - _VALUE_X
_ENTRY_INDENT = 9
_NUMBER_INDENT = 17
_CELL_INSET, _GUTTER = 4, 3
CELL_PADDING = _CELL_INSET + _GUTTER + 0.5
_LIGHTEST, _HEAVIEST = 8, 40
_NAME_LINES = 2
"""What takes more lines is no name."""

_LONG_WORD = 96
"""A word up to this width is not broken in a table."""

_KEPT_TOGETHER = 132
"""A section or a table that is no higher stands on one page."""

_SHORT_ROW = 34
"""A first row that is no higher doesn't stand alone below its heading."""

HAIR = (HAIRLINE, 0.4)

Places = Sequence[tuple[float, float]]


class CardLayout:
    """Turns cards into rows, in the styles and words of one document."""

    def __init__(self, styles: Styles, words: Words) -> None:
        self._styles = styles
        self._words = words

    def rows(self, card: Card, mark: Target) -> list[Row]:
        """The rows of a card; `mark` is told where the card begins."""
        rows = self._head(card, mark)
        for section in card.sections:
            rows += self._section(section)
        return rows

    def continuation(self, card: Card) -> Row:
        """The row that stands above a card's rows on its following pages."""
        style = self._styles.frame
        longest = style.fit(_name(card), WIDTH * 0.8)
        line = style.encode(self._words.continued.format(title=longest))
        return Row([Cell(LEFT, style, [line])], above=0, below=4, rule=HAIR, tag=None)

    def _head(self, card: Card, mark: Target) -> list[Row]:
        styles = self._styles
        inner = WIDTH - 2 * _INSET
        title = Cell(LEFT + _INSET, styles.card_title, styles.card_title.lines(_name(card), inner))
        rows = [Row([title], above=7, below=1, keep=True, fill=TINT, over=(TEAL, 1.4), mark=mark, tag=H2)]
        if card.subtitle:
            subtitle = Cell(LEFT + _INSET, styles.card_subtitle, styles.card_subtitle.lines(card.subtitle, inner))
            rows.append(Row([subtitle], above=0, below=3, keep=True, fill=TINT))
        across = min(len(card.facts), _FACTS_ACROSS)
        for start in range(0, len(card.facts), _FACTS_ACROSS):
            column = inner / across
            block = Block()
            labels: list[Cell] = []
            values: list[Cell] = []
            for index, (label, value) in enumerate(card.facts[start : start + _FACTS_ACROSS]):
                x = LEFT + _INSET + index * column
                lines = styles.fact_label.lines(label, column - _INSET)
                labels.append(Cell(x, styles.fact_label, lines, tag=COLUMN_HEAD))
                values.append(self._text(x, column - _INSET, value, styles.fact, styles.fact_not_stated))
            rows.append(Row(labels, above=3, below=0, keep=True, fill=TINT, tag=TABLE_ROW, block=block))
            rows.append(Row(values, above=0, below=3, keep=True, fill=TINT, tag=TABLE_ROW, block=block))
        rows.append(Row([], above=2, below=2, keep=bool(card.sections), fill=TINT, rule=HAIR))
        return rows

    def _text(self, x: float, width: float, text: str, style: Style, unstated: Style, tag: Tag = DATA) -> Cell:
        """A table cell of text; an empty one says "not stated"."""
        if text.strip():
            return Cell(x, style, style.lines(text, width), tag=tag)
        return Cell(x, unstated, unstated.lines(NOT_STATED_MARK + self._words.not_stated, width), tag=tag)

    def _section(self, section: Section) -> list[Row]:
        """The rows of a section: a low one stays whole, of others the first and last lines don't stand alone."""
        rows = [self.section_head(section.title, section.article, H3)]
        block = Block()
        for line in section.lines:
            if isinstance(line, Grid) and line.rows:
                rows += self._grid(line)
                block = Block()
            elif isinstance(line, Grid):
                state: State = "none" if line.state == "none" else "not_stated"
                rows.append(self._line(Line(line.label, state=state), block))
            else:
                rows.append(self._line(line, block))
        keep_together(rows)
        return rows

    def section_head(self, title: str, article: str, tag: Tag) -> Row:
        """A heading with its article at the right edge."""
        styles = self._styles
        room = min(styles.article.width(article) + 0.1, WIDTH * 0.4)
        lines = styles.section.lines(title, WIDTH - room - GUTTER)
        cells = [Cell(LEFT, styles.section, lines)]
        if article:
            cells[0].lines = [*lines[:-1], lines[-1] + styles.section.font.space]
            cells.append(Cell(RIGHT - room, styles.article, styles.article.lines(article, room)))
        return Row(cells, above=8, below=2, keep=True, rule=(TEAL, 0.6), tag=tag)

    def labelled(self, label: str, value: str, block: Block) -> Row:
        """A label and its value in the table `block`, as on the cover."""
        return self._line(Line(label, value), block)

    def _line(self, line: Line, block: Block) -> Row:
        styles = self._styles
        room = LABEL_WIDTH - GUTTER
        label = Cell(LEFT, styles.label, styles.label.lines(line.label, room), repeated=True, tag=ROW_HEAD)
        cells = [label]
        if line.article:
            cited = styles.label_article.lines(line.article, room)
            cells.append(Cell(LEFT, styles.label_article, cited, top=label.height(), repeated=True))
        if cells[-1].height() > TALLEST_REPEATED:
            text = f"{line.label}\n{line.article}"
            cells = [Cell(LEFT, styles.label, styles.label.lines(text, room), tag=ROW_HEAD)]
        return Row([*cells, self._value(line)], above=2.6, below=2.4, rule=HAIR, tag=TABLE_ROW, block=block)

    def _value(self, line: Line) -> Cell:
        styles, words = self._styles, self._words
        if isinstance(line.value, str):
            entries: tuple[str, ...] = (line.value,) if line.value.strip() else ()
        else:
            entries = line.value
        if line.state == "none":
            text = "\n".join(entries) or words.none
            return Cell(_VALUE_X, styles.value, styles.value.lines(text, _VALUE_WIDTH), tag=DATA)
        if line.state == "not_stated" or not entries:
            text = NOT_STATED_MARK + ("\n".join(entries) or words.not_stated)
            return Cell(_VALUE_X, styles.not_stated, styles.not_stated.lines(text, _VALUE_WIDTH), tag=DATA)
        if isinstance(line.value, str):
            return Cell(_VALUE_X, styles.value, styles.value.lines(line.value, _VALUE_WIDTH), tag=DATA)
        return self._entries(entries, numbered=line.numbered, named=line.named)

    def _entries(self, entries: tuple[str, ...], *, numbered: bool, named: bool) -> Cell:
        """Entries one below the other, with a hanging dash or number where there are several or they bear numbers.
        Names that are no sentences stand out, where particulars follow any of them."""
        styles = self._styles
        style = styles.value
        indent = _NUMBER_INDENT if numbered else _ENTRY_INDENT if len(entries) > 1 else 0
        room = _VALUE_WIDTH - indent
        marks: list[bytes] = []
        texts: list[bytes] = []
        names: list[bool] = []
        named = named and any("\n" in entry for entry in entries)
        for number, entry in enumerate(entries, start=1):
            name, _, particulars = entry.partition("\n")
            head = styles.name.lines(name, room) if named and name.strip() else []
            if len(head) > _NAME_LINES:
                head = []
            if head:
                more = style.lines(particulars, room) if particulars else []
                lines = [*head[:-1], head[-1] + styles.name.font.space, *more]
            else:
                text = entry if entry.strip() else NOT_STATED_MARK + self._words.not_stated
                lines = style.lines(text, room)
            texts += lines
            marks.append(style.encode(f"{number}." if numbered else BULLET))
            marks += [b""] * (len(lines) - 1)
            names += [place < len(head) for place in range(len(lines))]
        cell = Cell(_VALUE_X + indent, style, texts, marks=marks if indent else (), indent=indent, tag=DATA)
        if any(names):
            cell.names, cell.strong = names, styles.name
        return cell

    def _grid(self, grid: Grid) -> list[Row]:
        block = Block()
        rows: list[Row] = []
        if grid.label:
            style = self._styles.label
            label = Cell(LEFT, style, style.lines(grid.label, WIDTH))
            rows.append(Row([label], above=5, below=2, keep=True, tag=CAPTION, block=block))
        places = self._grid_places(grid)
        head = self.table_head(places, grid.columns, block)
        rows.append(head)
        for texts in grid.rows:
            cells = self.table_cells(places, texts)
            rows.append(Row(cells, above=2.5, below=2.5, rule=HAIR, heads=(head,), tag=TABLE_ROW, block=block))
        keep_together(rows)
        return rows

    def _grid_places(self, grid: Grid) -> Places:
        """The columns of a table: by their widths, and each wide enough for its longest word if that isn't too long."""
        styles, unstated = self._styles, NOT_STATED_MARK + self._words.not_stated
        least: list[float] = []
        for place, title in enumerate(grid.columns):
            texts = [row[place] for row in grid.rows if len(row) > place]
            longest = max((word for text in texts for word in text.split()), key=len, default="")
            words = max((styles.column.width(word) for word in title.split()), default=0.0)
            blank = styles.cell.width(unstated) if not all(text.strip() for text in texts) else 0.0
            least.append(min(max(styles.cell.width(longest), words, blank), _LONG_WORD) + CELL_PADDING)
        return column_places(widened(grid.widths or _weights(grid), least, WIDTH), WIDTH)

    def table_cells(self, places: Places, texts: Sequence[str]) -> list[Cell]:
        """The cells of one table row."""
        if len(texts) != len(places):
            raise DocumentError(f"A table of {len(places)} columns has a row of {len(texts)} cells: {texts!r}")
        styles = self._styles
        cells = [
            self._text(x, room, text, styles.cell, styles.cell_not_stated)
            for (x, room), text in zip(places, texts, strict=True)
        ]
        cells[0].tag = ROW_HEAD
        return cells

    def table_head(self, places: Places, columns: Sequence[str], block: Block) -> Row:
        """The head row of the table `block`."""
        style = self._styles.column
        if len(columns) != len(places):
            raise DocumentError(f"A table of {len(places)} widths has {len(columns)} column headings: {columns!r}")
        cells = [
            Cell(x, style, style.lines(text, room), tag=COLUMN_HEAD)
            for (x, room), text in zip(places, columns, strict=True)
        ]
        return Row(cells, above=3, below=3, keep=True, fill=TINT, rule=(TEAL, 0.4), tag=TABLE_ROW, block=block)


def _name(card: Card) -> str:
    return " · ".join(text for text in (card.reference, card.title) if text.strip())


def column_places(widths: Sequence[float], width: float) -> Places:
    """The left edge and the text's width of each column, for relative widths over `width`."""
    unit = width / sum(widths)
    places: list[tuple[float, float]] = []
    x = LEFT
    for relative in widths:
        column = relative * unit
        places.append((x + _CELL_INSET, max(column - _CELL_INSET - _GUTTER, 1)))
        x += column
    return places


def widened(widths: Sequence[float], least: Sequence[float], width: float) -> Sequence[float]:
    """The relative widths as shares of `width`, each at least as wide as `least` says: the wider ones make room."""
    if len(widths) != len(least):
        raise DocumentError(f"A table of {len(widths)} widths has {len(least)} column headings.")
    if sum(least) >= width:
        return least
    unit = width / sum(widths)
    shares = [relative * unit for relative in widths]
    lacking = sum(max(low - share, 0) for share, low in zip(shares, least, strict=True))
    spare = sum(max(share - low, 0) for share, low in zip(shares, least, strict=True))
    given = lacking / spare if spare else 0.0
    return [low if share <= low else share - (share - low) * given for share, low in zip(shares, least, strict=True)]


def keep_together(rows: Sequence[Row]) -> None:
    """Keep low rows on one page, and of high ones the first two that are no heads, and the last two."""
    low = sum(row.height for row in rows) <= _KEPT_TOGETHER
    for row in rows[:-1] if low else rows[-2:-1]:
        row.keep = True
    first = next((row for row in rows[:-1] if not row.keep), None)
    if first is not None and first.height <= _SHORT_ROW:
        first.keep = True


def _weights(grid: Grid) -> list[float]:
    """Relative widths by content: the longest cell counts, within bounds."""
    columns = zip(grid.columns, *grid.rows, strict=False)
    return [min(max(_LIGHTEST, *map(len, texts)), _HEAVIEST) for texts in columns]
