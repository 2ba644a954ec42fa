"""How the pages look: measures, colours and text styles, all in points."""

from dataclasses import dataclass

from registry.reports.pdf.typeface import Font

MILLIMETRE = 72 / 25.4
PAGE_WIDTH, PAGE_HEIGHT = 595.28, 841.89
LEFT, RIGHT = 20 * MILLIMETRE, PAGE_WIDTH - 20 * MILLIMETRE
TOP, BOTTOM = PAGE_HEIGHT - 25 * MILLIMETRE, 22 * MILLIMETRE
WIDTH = RIGHT - LEFT
LABEL_WIDTH = 46 * MILLIMETRE
GUTTER = 4 * MILLIMETRE


@dataclass(frozen=True, slots=True)
class Sheet:
    """The measures of a page: its size, the edges of its text, and the baselines of running head and foot."""

    width: float
    height: float
    left: float
    right: float
    top: float
    bottom: float
    head: float
    foot: float

    @property
    def across(self) -> float:
        return self.right - self.left

    @property
    def down(self) -> float:
        return self.top - self.bottom


PORTRAIT = Sheet(PAGE_WIDTH, PAGE_HEIGHT, LEFT, RIGHT, TOP, BOTTOM, PAGE_HEIGHT - 15 * MILLIMETRE, 12 * MILLIMETRE)
LANDSCAPE = Sheet(
    PAGE_HEIGHT,
    PAGE_WIDTH,
    15 * MILLIMETRE,
    PAGE_HEIGHT - 15 * MILLIMETRE,
    PAGE_WIDTH - 22 * MILLIMETRE,
    18 * MILLIMETRE,
    PAGE_WIDTH - 13 * MILLIMETRE,
    10 * MILLIMETRE,
)

TEAL = "0.059 0.388 0.388"
INK = "0.106 0.157 0.169"
GREY = "0.353 0.412 0.431"
BROWN = "0.541 0.278 0.031"
HAIRLINE = "0.820 0.855 0.859"
SILVER = "0.620 0.686 0.694"
TINT = "0.937 0.961 0.961"

NOT_STATED_MARK = "\u25c7 "
BULLET = "\u2013"
NOTHING = "\u2013"
"""In a cell that may be empty, so that nobody takes it for one that was forgotten."""
ELLIPSIS = "\u2026"
SLANT = 0.2

_LEFT_HANGING = " ,;:·–("
"""What no shortened text ends in, before its ellipsis."""

_LINES_KEPT = 5_000
_LONGEST_KEPT = 60


class Style:
    """A font at a size, with leading and colour; breaks text into encoded lines of a given width. `drop` is the way
    from the top of a line to its baseline: the same for all styles of one leading, so that they align."""

    __slots__ = ("_kept", "drop", "font", "leading", "operators", "scale", "size", "slanted")

    def __init__(self, name: str, font: Font, size: float, leading: float, colour: str, *, slanted: bool) -> None:
        self.font = font
        self.size = size
        self.leading = leading
        self.slanted = slanted
        self.drop = round(leading * 0.77, 2)
        self.scale = 1000 / size
        self.operators = f"{colour} rg /{name} {size:g} Tf {leading:g} TL".encode("ascii")
        self._kept: dict[tuple[str, float], list[bytes]] = {}

    def lines(self, text: str, width: float) -> list[bytes]:
        """The text in encoded lines that fit the width. The list is shared: do not change it."""
        if len(text) > _LONGEST_KEPT:
            return self.font.lines(text, int(width * self.scale))
        known = self._kept.get((text, width))
        if known is None:
            if len(self._kept) >= _LINES_KEPT:
                self._kept.clear()
            known = self._kept[text, width] = self.font.lines(text, int(width * self.scale))
        return known

    def width(self, text: str) -> float:
        """The width of the text on one line."""
        return self.font.word(self._flat(text))[0] / self.scale

    def encode(self, text: str) -> bytes:
        """The text on one line, encoded."""
        return self.font.word(self._flat(text))[1]

    def fit(self, text: str, width: float) -> str:
        """The text on one line, shortened with an ellipsis when it is wider than `width`. Only for places that
        repeat what stands in full elsewhere."""
        flat = self._flat(text)
        limit = int(width * self.scale)
        if self.font.word(flat)[0] <= limit:
            return flat
        kept = flat[: self.font.reach(flat, 0, limit - self.font.word(ELLIPSIS)[0])]
        words, _, begun = kept.rpartition(" ")
        parted = flat[len(kept)] != " " and len(begun) < len(words)
        return (words if parted else kept).rstrip(_LEFT_HANGING) + ELLIPSIS

    def _flat(self, text: str) -> str:
        return self.font.clean(text).replace("\n", " ")


class Styles:
    """The text styles of one document."""

    def __init__(self, regular: Font, bold: Font) -> None:
        def make(font: Font, size: float, leading: float, colour: str = INK, *, slanted: bool = False) -> Style:
            return Style("R" if font is regular else "B", font, size, leading, colour, slanted=slanted)

        self.cover_title = make(bold, 26, 33, TEAL)
        self.cover_subtitle = make(regular, 12.5, 18, GREY)
        self.part_title = make(bold, 16, 22, TEAL)
        self.intro = make(regular, 9.5, 14)
        self.note = make(regular, 8, 11.6, GREY)
        self.card_title = make(bold, 12.5, 16.5, TEAL)
        self.card_subtitle = make(regular, 8.5, 12, GREY)
        self.section = make(bold, 9.5, 13, TEAL)
        self.article = make(regular, 7.5, 13, GREY)
        self.label = make(regular, 8.5, 11.6, GREY)
        self.label_article = make(regular, 7, 9.5, GREY)
        self.value = make(regular, 8.8, 11.6)
        self.name = make(bold, 8.8, 11.6)
        self.not_stated = make(regular, 8.8, 11.6, BROWN, slanted=True)
        self.fact_label = make(regular, 7, 9.5, GREY)
        self.fact = make(bold, 8.5, 11.6)
        self.fact_not_stated = make(regular, 8.5, 11.6, BROWN, slanted=True)
        self.column = make(bold, 7.6, 10, TEAL)
        self.cell = make(regular, 8, 10.6)
        self.cell_not_stated = make(regular, 8, 10.6, BROWN, slanted=True)
        self.contents_part = make(bold, 10.5, 15, TEAL)
        self.contents = make(regular, 9, 13.5)
        self.contents_reference = make(regular, 9, 13.5, GREY)
        self.frame = make(regular, 7.2, 9.5, GREY)

    def unstated(self, words: str) -> float:
        """The width in which a table cell says on two lines that nothing is stated."""
        first, *others = words.split()
        return max(map(self.cell.width, (NOT_STATED_MARK + first, *others)))
