"""How wide the columns of a list are: as its first rows need it."""

from collections.abc import Sequence
from datetime import date
from functools import cached_property
from math import ceil, sqrt

from django.utils.formats import date_format

from registry.reports.listing import Column, Holds
from registry.reports.listing import Row as Values
from registry.reports.pdf.style import LANDSCAPE, NOT_STATED_MARK, Style, Styles
from registry.reports.pdf.syllables import breaks
from registry.reports.values import say_value

INSET = 3
INDENT = 7
Places = Sequence[tuple[float, float]]

_CHARACTER, _NARROW, _FEW = 4.2, 2.8, 13
_SAMPLE, _LITTLE, _MUCH = 40, 0.6, 1.8
"""How many rows tell how much is said in each column, and how far that changes its width."""

_LONG_WORDS = (66, 60, 54, 48, 42)
"""A word up to the first of these widths is not broken (most are shorter), a narrower one where columns are many."""

_FOR_WORDS = 0.92
"""The share of the width that unbroken words may take before there are many."""

_HEAD_LINES = 4
"""Into about so many lines the head of a column that says something is to fit."""

_RAGGED = 8
"""What a line loses at its end to the word that doesn't fit any more: it tells in narrow columns."""

_STEP, _STEPS = 6.0, 60
"""Width that is moved from one column to another at a time, and how often at most."""


class Columns:
    """The columns of one table, with its first rows, in the styles of one document."""

    def __init__(
        self, columns: Sequence[Column], sample: Sequence[Values], styles: Styles, language: str, unstated: str
    ) -> None:
        """``unstated`` is what stands in a cell that says nothing although it is asked to."""
        marked = NOT_STATED_MARK + unstated
        self._columns = columns
        self._texts = [
            [say_value(row[place]) or marked * column.asked for row in sample] for place, column in enumerate(columns)
        ]
        self._blank = [column.asked and marked in texts for column, texts in zip(columns, self._texts, strict=True)]
        self._unstated = unstated
        self._styles = styles
        self._language = language

    def places(self) -> Places:
        """The left edge and the text's width of each column: wide enough for the words of its head, and for the rest
        by its width, more where the first rows say much there and nothing where they say nothing."""
        longest = [self._longest(*one) for one in zip(self._texts, self._blank, strict=True)]
        for most in _LONG_WORDS:
            least = [self._least(*one, most) for one in zip(self._columns, longest, strict=True)]
            if sum(least) <= LANDSCAPE.across * _FOR_WORDS:
                break
        widths = self._lowest(self._wished(least), least)
        places: list[tuple[float, float]] = []
        x = LANDSCAPE.left
        for width in widths:
            places.append((x + INSET, max(width - 2 * INSET, 1)))
            x += width
        return places

    def _wished(self, least: Sequence[float]) -> list[float]:
        """The least widths, and what is left by what columns are declared to need and what is said in them."""
        room = max(LANDSCAPE.across - sum(least), 0)
        wishes = [
            max(column.width * _CHARACTER * said - width, 0)
            for column, width, said in zip(self._columns, least, self._said_in(), strict=True)
        ]
        if not sum(wishes):
            wishes = [column.width for column in self._columns]
        share = room / sum(wishes)
        shrink = min(LANDSCAPE.across / sum(least), 1)
        return [width * shrink + wish * share for width, wish in zip(least, wishes, strict=True)]

    def _lowest(self, widths: list[float], least: Sequence[float]) -> list[float]:
        """The widths after moving some from where it is not needed to the columns that make the first rows high."""
        texts = [[_sizes(text) for text in some[:_SAMPLE]] for some in self._texts]
        heights = [_heights(*one) for one in zip(texts, widths, strict=True)]
        for _ in range(_STEPS):
            tallest = [max(range(len(widths)), key=lambda place: row[place]) for row in zip(*heights, strict=True)]
            excess = [0.0] * len(widths)
            for row, place in enumerate(tallest):
                excess[place] += heights[place][row]
            gains = max(range(len(widths)), key=excess.__getitem__, default=0)
            better = self._moved(gains, widths, least, texts, heights)
            if better is None:
                break
            loses, wider, narrower = better
            widths[gains] += _STEP
            widths[loses] -= _STEP
            heights[gains], heights[loses] = wider, narrower
        return widths

    @staticmethod
    def _moved(
        gains: int,
        widths: Sequence[float],
        least: Sequence[float],
        texts: Sequence[Sequence[Sequence[int]]],
        heights: Sequence[Sequence[int]],
    ) -> tuple[int, list[int], list[int]] | None:
        """The column that best gives a step of its width to `gains`, with the heights of both afterwards; None where
        that makes the rows no lower."""
        total = sum(map(max, zip(*heights, strict=True)))
        wider = _heights(texts[gains], widths[gains] + _STEP)
        best: tuple[int, list[int], list[int]] | None = None
        for loses, width in enumerate(widths):
            if loses == gains or width - _STEP < least[loses]:
                continue
            narrower = _heights(texts[loses], width - _STEP)
            others = [one for place, one in enumerate(heights) if place not in {gains, loses}]
            sum_of = sum(map(max, zip(wider, narrower, *others, strict=True)))
            if sum_of < total:
                total, best = sum_of, (loses, wider, narrower)
        return best

    def _longest(self, texts: Sequence[str], blank: bool) -> float:
        """The width of the longest word of a column, or of what stands where nothing is said."""
        cell = self._styles.cell
        word = max((word for text in texts for word in text.split()), key=len, default="")
        return max(cell.width(word), self._styles.unstated(self._unstated) if blank else 0)

    def _least(self, column: Column, longest: float, most: float) -> float:
        """The width in which the words of the head fit, and the longest of the values if it isn't wider than `most`.
        Where nothing is said, the head may be parted and high."""
        head, cell = self._styles.column, self._styles.cell
        most = most if longest else _LONG_WORDS[-1]
        words = max(self._parted(head, word, most) for word in column.title.split() or [""])
        if not longest:
            return words + 2 * INSET + 0.5
        words = max(words, min(head.width(column.title) / _HEAD_LINES, most))
        words = max(words, min(longest, most) + (INDENT if column.holds is Holds.TEXTS else 0))
        value = max(cell.width(text) for text in self._days[column.holds]) if column.holds in self._days else 0
        return max(words, value, min(column.width, _FEW) * _NARROW) + 2 * INSET + 0.5

    def _parted(self, style: Style, word: str, most: float) -> float:
        """The width of a word, or what is left of it on one line where it may be parted."""
        width = style.width(word)
        return min(width, most) if width > most and breaks(word, self._language) else width

    @cached_property
    def _days(self) -> dict[Holds, list[str]]:
        """Days as wide as they get."""
        days = [date_format(date(2000, month, 30), "SHORT_DATE_FORMAT") for month in range(3, 13)]
        return {Holds.DATE: days, Holds.MOMENT: [f"{day}," for day in days]}

    def _said_in(self) -> list[float]:
        """By column, how much the sample says there for its width, 1 being what it does on the whole; 0 for nothing."""
        lengths = [sum(map(len, texts)) for texts in self._texts]
        if not any(lengths):
            return [1.0] * len(lengths)
        dense = [length / column.width for length, column in zip(lengths, self._columns, strict=True)]
        usual = sum(dense) / sum(1 for one in dense if one)
        return [min(max(sqrt(one / usual), _LITTLE), _MUCH) if one else 0.0 for one in dense]


def _sizes(text: str) -> list[int]:
    """How many characters each paragraph of a text has."""
    return [len(line) for line in text.split("\n")]


def _heights(texts: Sequence[Sequence[int]], width: float) -> list[int]:
    """About how many lines each text takes in a column."""
    across = max((width - 2 * INSET - _RAGGED) / _CHARACTER, 1)
    return [sum(max(ceil(size / across), 1) for size in sizes) for sizes in texts]
