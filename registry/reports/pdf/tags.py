"""The kinds of elements that a tagged document consists of, and an element while it is open."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Tag:
    """The kind of an element, and what else stands in it."""

    kind: bytes
    attributes: bytes = b""


DOCUMENT, PART, SECTION = Tag(b"Document"), Tag(b"Part"), Tag(b"Sect")
H1, H2, H3, PARAGRAPH = Tag(b"H1"), Tag(b"H2"), Tag(b"H3"), Tag(b"P")
TABLE, CAPTION, TABLE_ROW, DATA = Tag(b"Table"), Tag(b"Caption"), Tag(b"TR"), Tag(b"TD")
ROW_HEAD = Tag(b"TH", b"/A<</O/Table/Scope/Row>>")
COLUMN_HEAD = Tag(b"TH", b"/A<</O/Table/Scope/Column>>")
LIST, ITEM, LABEL, BODY = Tag(b"L"), Tag(b"LI"), Tag(b"Lbl"), Tag(b"LBody")
CONTENTS, ENTRY, REFERENCE, LINK = Tag(b"TOC"), Tag(b"TOCI"), Tag(b"Reference"), Tag(b"Link")


class Element:
    """An element of the tree. Its kids are elements, stretches of pages and annotations, as PDF has them; `page` is
    the number of the page that its first stretch stands on."""

    __slots__ = ("kids", "number", "page", "parent", "tag")

    def __init__(self, tag: Tag, number: int, parent: int) -> None:
        self.tag = tag
        self.number = number
        self.parent = parent
        self.page = 0
        self.kids: list[bytes] = []

    def hold(self, page: int, stretch: int) -> None:
        """Add the stretch of a page that is marked with the number `stretch`."""
        if not self.page:
            self.page = page
        if page == self.page:
            self.kids.append(b"%d" % stretch)
        else:
            self.kids.append(b"<</Type/MCR/Pg %d 0 R/MCID %d>>" % (page, stretch))

    def hold_annotation(self, page: int, annotation: int) -> None:
        self.kids.append(b"<</Type/OBJR/Pg %d 0 R/Obj %d 0 R>>" % (page, annotation))


class Block:
    """Rows with the same block stand in one table or one list of contents."""

    __slots__ = ("tag",)

    def __init__(self, tag: Tag = TABLE) -> None:
        self.tag = tag
