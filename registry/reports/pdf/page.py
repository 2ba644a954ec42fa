"""One page while it is drawn. All text goes through `Page.text` and all marks through `Page.fill`, `rule` and `dots`.
Text is drawn between `begin`, which says what it belongs to, and `end`; marks are decoration and say nothing."""

from collections.abc import Sequence
from dataclasses import dataclass

from registry.reports.pdf.style import SLANT, Style
from registry.reports.pdf.tags import Element, Tag


@dataclass(slots=True)
class Target:
    """A place that lists and bookmarks lead to; its page is known once it is drawn."""

    title: str
    reference: str = ""
    page: "PageRecord | None" = None
    y: float = 0


@dataclass(frozen=True, slots=True)
class Link:
    """A stretch of a page, across its width, that leads to a target. The target's page number is printed at the right
    edge on `baseline` in the style `numbers`, as the stretch `stretch`, or not here at all when that is None.
    `annotation` is the number of the object that makes the link, `key` finds its element."""

    target: Target
    top: float
    bottom: float
    baseline: float
    numbers: Style | None
    stretch: int
    annotation: int
    key: int


class PageRecord:
    """What is kept of a page after its content was written: too little to matter. `owners` is the number of the object
    that names the elements which its content belongs to, and `key` finds it."""

    __slots__ = ("content", "frame", "key", "links", "number", "owners", "reserved")

    def __init__(self, reserved: int, frame: int, owners: int, key: int) -> None:
        self.reserved = reserved
        self.frame = frame
        self.owners = owners
        self.key = key
        self.content = 0
        self.number = 0
        self.links: list[Link] = []


class Page:
    """Collects the drawing operators of one page."""

    __slots__ = ("_marks", "_style", "_text", "owners", "record")

    def __init__(self, record: PageRecord) -> None:
        self.record = record
        self.owners: list[int] = []
        self._marks: list[bytes] = []
        self._text: list[bytes] = []
        self._style: Style | None = None

    def begin(self, owner: Element) -> None:
        """What is drawn now belongs to `owner`."""
        owner.hold(self.record.reserved, self.mark(owner.tag, owner.number))

    def mark(self, tag: Tag, number: int) -> int:
        """What is drawn now belongs to the element of that number; gives the number of the stretch."""
        stretch = len(self.owners)
        self.owners.append(number)
        self._text.append(b"/%b<</MCID %d>>BDC" % (tag.kind, stretch))
        return stretch

    def promise(self, owner: Element) -> int:
        """The number of a stretch of `owner` that is drawn later, in another content stream of the page."""
        stretch = len(self.owners)
        self.owners.append(owner.number)
        owner.hold(self.record.reserved, stretch)
        return stretch

    def resume(self, tag: Tag, stretch: int) -> None:
        """What is drawn now is the promised stretch of an element with that tag."""
        self._text.append(b"/%b<</MCID %d>>BDC" % (tag.kind, stretch))

    def begin_furniture(self) -> None:
        """What is drawn now is repeated from page to page and not read aloud."""
        self._text.append(b"/Artifact<</Type/Pagination>>BDC")

    def end(self) -> None:
        """What was begun ends here."""
        self._text.append(b"EMC")

    def text(self, x: float, baseline: float, style: Style, lines: Sequence[bytes]) -> None:
        """Draw encoded lines (at least one) below each other; the first one's baseline starts at (x, baseline)."""
        if style is not self._style:
            self._text.append(style.operators)
            self._style = style
        if style.slanted:
            for line in lines:
                self._text.append(b"1 0 %.2f 1 %.2f %.2f Tm(%b)Tj" % (SLANT, x, baseline, line))
                baseline -= style.leading
        else:
            self._text.append(b"1 0 0 1 %.2f %.2f Tm(%b)Tj" % (x, baseline, lines[0]))
            if len(lines) > 1:
                self._text.append(b"(%b)'" % b")'(".join(lines[1:]))

    def fill(self, x: float, y: float, width: float, height: float, colour: str) -> None:
        """Fill a rectangle whose lower left corner is (x, y)."""
        self._marks.append(b"%b rg %.2f %.2f %.2f %.2f re f" % (colour.encode("ascii"), x, y, width, height))

    def rule(self, start: float, end: float, y: float, colour: str, weight: float) -> None:
        """Draw a horizontal line."""
        stroke = b"%b RG %.2f w %.2f %.2f m %.2f %.2f l S"
        self._marks.append(stroke % (colour.encode("ascii"), weight, start, y, end, y))

    def dots(self, start: float, end: float, y: float, colour: str) -> None:
        """Draw a dotted leader; dots of different lines stand below each other."""
        step = 4
        first = (int(start / step) + 1) * step
        if first < end:
            stroke = b"q 1 J 0.7 w [0 %d] 0 d %b RG %.2f %.2f m %.2f %.2f l S Q"
            self._marks.append(stroke % (step, colour.encode("ascii"), first, y, end, y))

    def content(self) -> bytes:
        """The page's content stream: marks below, text above."""
        marks = [b"/Artifact<</Type/Layout>>BDC", *self._marks, b"EMC"] if self._marks else []
        return b"\n".join([*marks, b"BT", *self._text, b"ET"])
