"""The pages around the cards: cover, contents, the opening of each part with its list, and the notes at the end."""

import unicodedata
from collections.abc import Iterator, Sequence

from registry.reports.document import Cover, DocumentError, Part, SummaryTable
from registry.reports.pdf.card import CELL_PADDING, HAIR, CardLayout, column_places, widened
from registry.reports.pdf.charts import ChartLayout
from registry.reports.pdf.flow import Flow
from registry.reports.pdf.page import Target
from registry.reports.pdf.rows import Cell, Row
from registry.reports.pdf.style import (
    GUTTER,
    LEFT,
    PAGE_HEIGHT,
    PORTRAIT,
    RIGHT,
    TEAL,
    TINT,
    WIDTH,
    Styles,
)
from registry.reports.pdf.tags import COLUMN_HEAD, CONTENTS, ENTRY, H1, H2, TABLE_ROW, Block
from registry.reports.pdf.typeface import Coverage
from registry.reports.pdf.words import Words

COVER_TOP = PAGE_HEIGHT * 0.84
_NUMBER_WIDTH = 30
_REFERENCES_AT_MOST = WIDTH * 0.25
_LINES_AT_MOST = 2
_NOTES_AT_MOST = 300
_WHOLE = PORTRAIT.down / 3
"""A row of a list that is no higher stands on one page."""


class FrontLayout:
    """Draws these pages in the styles and words of one document."""

    def __init__(self, styles: Styles, words: Words, cards: CardLayout) -> None:
        self._styles = styles
        self._words = words
        self._cards = cards
        self._charts = ChartLayout(styles, words)

    def cover(self, flow: Flow, cover: Cover, coverage: Coverage) -> None:
        """Title, subtitle and blocks, and a warning where some text could not be printed."""
        styles = self._styles
        title = Cell(LEFT, styles.cover_title, styles.cover_title.lines(cover.title, WIDTH))
        rows = [Row([title], above=14, below=4, keep=True, over=(TEAL, 2.4), tag=H1)]
        if cover.subtitle:
            subtitle = Cell(LEFT, styles.cover_subtitle, styles.cover_subtitle.lines(cover.subtitle, WIDTH))
            rows.append(Row([subtitle], above=0, below=0))
        rows.append(Row([], above=14, below=0))
        if coverage.lacks_something():
            style = styles.value
            warning = Cell(LEFT + 10, style, style.lines(self._words.lacking, WIDTH - 20))
            rows += [Row([warning], above=7, below=7, fill=TINT), Row([], above=4, below=0)]
        for heading, facts in cover.blocks:
            block = Block()
            rows.append(self._cards.section_head(heading, "", H2))
            rows += [self._cards.labelled(label, value, block) for label, value in facts]
            rows.append(Row([], above=6, below=0))
        flow.place(rows)

    def contents(self, flow: Flow, mark: Target, parts: Sequence[tuple[Target, Sequence[Target]]]) -> None:
        """One line for each part and, below it, for each of the given cards, with dotted leaders."""
        styles = self._styles
        flow.place([self._heading(mark)])
        block = Block(CONTENTS)
        for part, cards in parts:
            rows = [self._entry(part, block, Cell(LEFT, styles.contents_part, []), keep=bool(cards), above=8)]
            style = styles.contents_reference
            widest = max((style.width(card.reference) for card in cards), default=0.0)
            column = min(widest + GUTTER, _REFERENCES_AT_MOST) if widest else 0.0
            for card in cards:
                cells = [Cell(LEFT + column, styles.contents, [])]
                if card.reference:
                    reference = style.encode(style.fit(card.reference, column - 4)) + style.font.space
                    cells.insert(0, Cell(LEFT, style, [reference]))
                rows.append(self._entry(card, block, *cells, above=0))
            flow.place(rows)

    def _entry(self, target: Target, block: Block, *cells: Cell, above: float, keep: bool = False) -> Row:
        """A line that leads to `target`: its title fills the last of the cells, shortened after two lines."""
        title = cells[-1]
        style = title.style
        room = RIGHT - _NUMBER_WIDTH - title.x
        text = style.fit(target.title, room * _LINES_AT_MOST * 0.95)
        title.lines = style.lines(text, room)
        last = title.lines[-1]
        leader = title.x + style.font.measure(last) / style.scale + 4
        row = Row(cells, above=above, below=1.5, keep=keep, target=target, leader=leader, numbers=style)
        row.tag, row.block = ENTRY, block
        return row

    def _heading(self, mark: Target) -> Row:
        style = self._styles.part_title
        cells = [Cell(LEFT, style, style.lines(mark.title, WIDTH))]
        return Row(cells, above=0, below=6, keep=True, rule=(TEAL, 1.4), mark=mark, tag=H1)

    def part(self, flow: Flow, part: Part, mark: Target) -> None:
        """The part's title and introduction."""
        rows = [self._heading(mark), *self._paragraph(part.intro)]
        rows[-1].keep = False
        flow.place(rows)
        if part.charts:
            opening = [self._cards.section_head(self._words.overview, "", H2)]
            for chart in part.charts:
                flow.place([*opening, *self._charts.rows(chart)])
                opening = []
            flow.space(8)

    def _paragraph(self, text: str) -> Iterator[Row]:
        style = self._styles.intro
        if text.strip():
            yield Row([Cell(LEFT, style, style.lines(text, WIDTH))], above=8, below=4)

    def empty(self, flow: Flow, sentence: str) -> None:
        """Say that a part holds nothing."""
        style = self._styles.intro
        cell = Cell(LEFT + 10, style, style.lines(sentence, WIDTH - 20))
        flow.space(10)
        flow.place([Row([cell], above=9, below=9, fill=TINT)])

    def summary(self, flow: Flow, table: SummaryTable, listed: dict[str, Target]) -> None:
        """The list of a part's cards; each row leads to its card and names its page. `listed` is told the keys.
        Without rows nothing is drawn."""
        style = self._styles.column
        unstated = self._styles.unstated(self._words.not_stated)
        least = [max(unstated, *map(style.width, title.split())) + CELL_PADDING for title in table.columns]
        places = column_places(widened(table.widths, least, WIDTH - _NUMBER_WIDTH), WIDTH - _NUMBER_WIDTH)
        block = Block()
        head = self._cards.table_head(places, table.columns, block)
        page = self._words.page
        head.cells = [*head.cells, Cell(RIGHT - 4 - style.width(page), style, [style.encode(page)], tag=COLUMN_HEAD)]
        opening = [self._cards.section_head(table.title, "", H2), head] if table.title else [head]
        numbers = self._styles.cell
        for row in table.rows():
            if row.key in listed:
                raise DocumentError(f"The list {table.title!r} names the key {row.key!r} twice.")
            target = listed[row.key] = Target("")
            cells = self._cards.table_cells(places, row.cells)
            line = Row(cells, rule=HAIR, heads=(head,), target=target, numbers=numbers, tag=TABLE_ROW, block=block)
            line.whole = _WHOLE
            flow.place([*opening, line])
            opening = []

    def notes(self, flow: Flow, coverage: Coverage, mark: Target) -> None:
        """What the fonts could not do, and with which characters."""
        words = self._words
        flow.place([self._heading(mark)])
        if coverage.right_to_left:
            flow.place(list(self._paragraph(words.right_to_left)))
        if coverage.missing:
            flow.place(list(self._paragraph(words.missing)))
            block = Block()
            characters = sorted(coverage.missing)
            for character in characters[:_NOTES_AT_MOST]:
                name = unicodedata.name(character, "")
                name = name or unicodedata.category(character)
                flow.place([self._cards.labelled(f"[U+{ord(character):04X}]", name, block)])
            more = len(characters) - _NOTES_AT_MOST
            if more > 0:
                flow.place(list(self._paragraph(words.more.format(count=more))))
