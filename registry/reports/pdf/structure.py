"""What makes a document a tagged one: the tree that says what is a heading, a table, a list or a link, and in which
order it is read. An element is written out as soon as it is complete, so that memory holds those that are open."""

from array import array as numbers
from collections.abc import Sequence

from registry.reports.pdf.container import PdfFile, array, dictionary, reference
from registry.reports.pdf.page import Page
from registry.reports.pdf.tags import DOCUMENT, Block, Element, Tag

_PER_NODE = 500


class Structure:
    """The tree of one document, while it grows."""

    def __init__(self, file: PdfFile) -> None:
        self._file = file
        self._root = file.reserve()
        self._document = Element(DOCUMENT, file.reserve(), self._root)
        self._open: list[Element] = []
        self._block: Block | None = None
        self._owners = numbers("L")

    def begin(self, tag: Tag) -> Element:
        """Open an element within the one that is open, or at the top, where its place is only known at the end."""
        if self._open:
            self.enter(None)
            element = self.child(tag, self._open[-1])
        else:
            element = Element(tag, self._file.reserve(), self._document.number)
        self._open.append(element)
        return element

    def end(self) -> None:
        """Close the element that was opened last."""
        self.enter(None)
        self.close(self._open.pop())

    def enter(self, block: Block | None) -> Element:
        """The element that a row of `block` belongs to, opened if it isn't yet; other blocks end here."""
        if block is not self._block:
            if self._block is not None:
                self.close(self._open.pop())
            if block is not None:
                self._open.append(self.child(block.tag, self._open[-1]))
            self._block = block
        return self._open[-1]

    def child(self, tag: Tag, parent: Element) -> Element:
        """A new element, the last one of its parent."""
        element = Element(tag, self._file.reserve(), parent.number)
        parent.kids.append(b"%d 0 R" % element.number)
        return element

    def begin_leaf(self, tag: Tag, parent: Element, page: Page) -> None:
        """Write an element whose whole content is what the page draws from now on to its `end`."""
        number = self._file.reserve()
        parent.kids.append(b"%d 0 R" % number)
        stretch = page.mark(tag, number)
        body = b"<</S/%b/P %d 0 R/Pg %d 0 R/K %d%b>>"
        self._file.write(number, body % (tag.kind, parent.number, page.record.reserved, stretch, tag.attributes))

    def close(self, element: Element) -> None:
        """Write an element to which nothing will be added."""
        kids = element.kids
        page = b"/Pg %d 0 R" % element.page if element.page else b""
        content = kids[0] if len(kids) == 1 else b"[%b]" % b" ".join(kids)
        tag = element.tag
        body = b"<</S/%b/P %d 0 R%b/K %b%b>>" % (tag.kind, element.parent, page, content, tag.attributes)
        self._file.write(element.number, body)

    def key(self, owner: int) -> int:
        """The key under which a page or an annotation finds the object `owner`: its elements, or its element."""
        self._owners.append(owner)
        return len(self._owners) - 1

    def annotate(self, link: Element, page: int) -> tuple[int, int]:
        """Let a link hold an annotation of the page; gives the annotation's number and its key."""
        annotation = self._file.reserve()
        link.hold_annotation(page, annotation)
        return annotation, self.key(link.number)

    def finish(self, order: Sequence[Element]) -> int:
        """Write what is left, the top elements in their order of reading. Gives the root's number."""
        self._document.kids = [reference(element.number) for element in order]
        self.close(self._document)
        entries = {
            "Type": b"/StructTreeRoot",
            "K": reference(self._document.number),
            "ParentTree": reference(self._write_owners()),
            "ParentTreeNextKey": b"%d" % len(self._owners),
        }
        return self._file.write(self._root, dictionary(entries))

    def _write_owners(self) -> int:
        nodes: list[bytes] = []
        for start in range(0, len(self._owners), _PER_NODE):
            part = self._owners[start : start + _PER_NODE]
            found = b" ".join([b"%d %d 0 R" % pair for pair in enumerate(part, start)])
            node = b"<</Limits[%d %d]/Nums[%b]>>" % (start, start + len(part) - 1, found)
            nodes.append(reference(self._file.add(node)))
        return self._file.add(dictionary({"Kids": array(nodes)}))
