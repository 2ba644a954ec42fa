"""Charts: a table of labels and numbers with a bar in each row. The numbers say everything, the bars are decoration."""

from collections.abc import Iterator

from registry.record.numbers import say_number
from registry.reports.document import Bar, Chart
from registry.reports.pdf.rows import Cell, Row, Stroke
from registry.reports.pdf.style import GUTTER, HAIRLINE, MILLIMETRE, PORTRAIT, SILVER, TEAL, TINT, Sheet, Styles
from registry.reports.pdf.tags import COLUMN_HEAD, DATA, H3, ROW_HEAD, TABLE_ROW, Block, Tag
from registry.reports.pdf.words import Words

_LABEL = 66 * MILLIMETRE
_NUMBER = 17 * MILLIMETRE
_THICK = 7.5


class ChartLayout:
    """Turns charts into rows, in the styles and words of one document and to the measures of its pages."""

    def __init__(self, styles: Styles, words: Words, sheet: Sheet = PORTRAIT) -> None:
        self._styles = styles
        self._words = words
        self._sheet = sheet
        self._bar_left = sheet.left + _LABEL + GUTTER
        self._bar_width = sheet.right - 2 * _NUMBER - self._bar_left - 4

    def rows(self, chart: Chart) -> Iterator[Row]:
        """The title, the note, and a row for each bar, all of which stay together."""
        styles, block = self._styles, Block()
        title = Cell(self._sheet.left, styles.section, styles.section.lines(chart.title, self._sheet.across))
        yield Row([title], above=10, below=0, keep=True, tag=H3)
        if chart.note:
            yield Row(
                [Cell(self._sheet.left, styles.note, styles.note.lines(chart.note, self._sheet.across))],
                above=0,
                below=2,
                keep=True,
            )
        heads = (chart.label, chart.counted, self._words.share)
        cells = [Cell(self._sheet.left, styles.column, styles.column.lines(heads[0], _LABEL), tag=COLUMN_HEAD)]
        cells += [self._number(place, text, COLUMN_HEAD) for place, text in enumerate(heads[1:], start=1)]
        yield Row(cells, above=2, below=2, keep=True, rule=(TEAL, 0.6), tag=TABLE_ROW, block=block)
        for bar in chart.bars:
            yield self._bar(bar, chart.whole, block, last=bar is chart.bars[-1])

    def _bar(self, bar: Bar, whole: int, block: Block, *, last: bool) -> Row:
        style = self._styles.cell
        share = bar.count / whole if whole else 0
        rounded = round(100 * share)
        percent = self._words.percent.format(number="<1" if bar.count and not rounded else rounded)
        label = Cell(self._sheet.left, style, style.lines(bar.label, _LABEL), tag=ROW_HEAD)
        cells = [label, self._number(1, say_number(bar.count), DATA), self._number(2, percent, DATA)]
        track = Stroke(self._bar_left, self._bar_width, _THICK, TINT)
        length = Stroke(
            self._bar_left, max(self._bar_width * min(share, 1), 0.8), _THICK, SILVER if bar.muted else TEAL
        )
        row = Row(cells, above=2.2, below=2.2, keep=not last, rule=(HAIRLINE, 0.4), tag=TABLE_ROW, block=block)
        row.strokes = (track, length)
        return row

    def _number(self, place: int, text: str, tag: Tag) -> Cell:
        """A number at the right edge of its column: the last one or that before it."""
        style = self._styles.column if tag is COLUMN_HEAD else self._styles.cell
        x = self._sheet.right - (2 - place) * _NUMBER - style.width(text)
        return Cell(x, style, [style.encode(text)], tag=tag)
