"""Writes a document as PDF. Cards are laid out and drawn once, in order; what is only known at the end (page numbers,
their total, links) is small and drawn last, in a second content stream of each page."""

from dataclasses import dataclass
from typing import BinaryIO

from django.utils import translation

from registry.reports.document import Card, Document, DocumentError, Part
from registry.reports.pdf.card import CardLayout
from registry.reports.pdf.closing import (
    Group,
    bookmark,
    destination,
    write_information,
    write_metadata,
    write_outline,
)
from registry.reports.pdf.container import PdfFile, array, dictionary, reference, text_string
from registry.reports.pdf.flow import FULL_HEIGHT, Flow
from registry.reports.pdf.front import COVER_TOP, FrontLayout
from registry.reports.pdf.page import Page, PageRecord, Target
from registry.reports.pdf.structure import Structure
from registry.reports.pdf.style import GUTTER, HAIRLINE, PORTRAIT, Styles
from registry.reports.pdf.tags import LINK, PART, SECTION, Tag
from registry.reports.pdf.typeface import Coverage, Font, face
from registry.reports.pdf.words import words

REGULAR, BOLD = "DejaVuSansCondensed.ttf", "DejaVuSansCondensed-Bold.ttf"
CONTENTS_AT_MOST = 400
_LEAST_ROOM = FULL_HEIGHT * 0.4


@dataclass(frozen=True, slots=True)
class PdfResult:
    """Number of pages, and the characters for which the embedded fonts have no glyph (printed as code points)."""

    pages: int
    missing_glyphs: tuple[str, ...]


def write_pdf(document: Document, out: BinaryIO) -> PdfResult:
    """Write the document to `out`, which needs only `write` and stays open. The same document gives the same bytes.

    Memory holds one card and, for each record, only its title and page. Raises DocumentError when the document
    contradicts itself (a repeated key, a list row without a card, a row with too few cells, no time zone).
    """
    if document.produced_at.tzinfo is None:
        raise DocumentError("produced_at has no time zone: give an aware datetime, such as django.utils.timezone.now()")
    with translation.override(document.language):
        return Writer(document, out).write()


class Writer:
    """The state of one run: the file, the fonts, and the pages of the group that is being drawn."""

    _sheet = PORTRAIT

    def __init__(self, document: Document, out: BinaryIO) -> None:
        self._document = document
        self._file = PdfFile(out)
        self._structure = Structure(self._file)
        self._coverage = Coverage()
        faces = (("R", REGULAR), ("B", BOLD))
        self._fonts = {name: Font(face(file), self._coverage, document.language) for name, file in faces}
        self._styles = Styles(self._fonts["R"], self._fonts["B"])
        self._words = words()
        self._layout = CardLayout(self._styles, self._words)
        self._front = FrontLayout(self._styles, self._words, self._layout)
        self._pages: list[PageRecord] = []
        self._frame = 0

    def open_page(self) -> Page:
        """A new page in the group of pages that is being drawn."""
        owners = self._file.reserve()
        record = PageRecord(self._file.reserve(), self._frame, owners, self._structure.key(owners))
        self._pages.append(record)
        return Page(record)

    def close_page(self, page: Page) -> None:
        """Write the page's content, and which elements it belongs to, and forget it."""
        page.record.content = self._file.add_stream(page.content())
        self._file.write(page.record.owners, array([reference(number) for number in page.owners]))

    def write(self) -> PdfResult:
        """Draw everything and close the file."""
        parts = self._parts()
        cover = self._cover()
        contents = self._contents(parts)
        groups = [*contents, *parts, *self._notes()]
        pages = [page for group in (*cover, *groups) for page in group.pages]
        for number, record in enumerate(pages, start=1):
            record.number = number
        root = self._structure.finish([group.element for group in (*cover, *groups)])
        self._finish(pages, groups, root)
        return PdfResult(len(pages), tuple(sorted(self._coverage.missing)))

    def _begin(self, target: Target, tag: Tag = SECTION, *, head: bool = True) -> Group:
        """Start a group of pages, whose running head names it; pages drawn from now on belong to it."""
        self._frame = self._draw_frame(target.title, head=head)
        self._pages = []
        return Group(target, self._pages, self._structure.begin(tag))

    def _end(self, flow: Flow) -> None:
        """End a group of pages."""
        flow.finish()
        self._structure.end()

    def _cover(self) -> list[Group]:
        cover = self._document.cover
        if cover is None:
            return []
        group = self._begin(Target(cover.title), head=False)
        flow = Flow(self, self._structure, sheet=self._sheet, top=COVER_TOP)
        self._front.cover(flow, cover, self._coverage)
        self._end(flow)
        return [group]

    def _contents(self, parts: list[Group]) -> list[Group]:
        """The contents. A part with very many cards is named there without them: its own list has their pages."""
        if not self._document.contents:
            return []
        group = self._begin(Target(self._words.contents))
        flow = Flow(self, self._structure, sheet=self._sheet)
        listed = [
            (drawn.target, drawn.cards if len(drawn.cards) <= CONTENTS_AT_MOST or part.summary is None else [])
            for drawn, part in zip(parts, self._document.parts, strict=True)
        ]
        self._front.contents(flow, group.target, listed)
        self._end(flow)
        return [group]

    def _parts(self) -> list[Group]:
        """Each part on pages of its own; but parts that hold nothing, one after the other, share a page."""
        drawn: list[Group] = []
        shared: Flow | None = None
        for part in self._document.parts:
            if shared is not None and not _holds_nothing(part):
                shared.finish()
                shared = None
            group, shared = self._part(part, shared)
            drawn.append(group)
        if shared is not None:
            shared.finish()
        return drawn

    def _part(self, part: Part, shared: Flow | None) -> tuple[Group, Flow | None]:
        """Draw a part, on the ``shared`` page if there is one; with it comes the page of one that holds nothing."""
        if shared is None:
            group = self._begin(Target(part.title), PART)
            flow = Flow(self, self._structure, sheet=self._sheet)
        else:
            group = Group(Target(part.title), [], self._structure.begin(PART))
            flow = shared
            flow.space(24)
        self._front.part(flow, part, group.target)
        listed: dict[str, Target] = {}
        if part.summary is not None:
            self._front.summary(flow, part.summary, listed)
        if listed:
            flow.break_page()
        self._draw_cards(flow, part, listed, group.cards)
        if not group.cards and not listed:
            self._front.empty(flow, part.empty)
            self._structure.end()
            return group, flow
        self._end(flow)
        for key, target in listed.items():
            if target.page is None:
                raise DocumentError(f"The list of part {part.title!r} leads to {key!r}, which is not among its cards.")
        return group, None

    def _draw_cards(self, flow: Flow, part: Part, listed: dict[str, Target], drawn: list[Target]) -> None:
        for card in part.cards():
            target = listed.setdefault(card.key, Target(""))
            if target.page is not None:
                raise DocumentError(f"Part {part.title!r} has two cards with the key {card.key!r}.")
            target.title, target.reference = card.title, card.reference
            flow.space(24)
            self._structure.begin(SECTION)
            self._draw_card(flow, card, target)
            self._structure.end()
            drawn.append(target)

    def _draw_card(self, flow: Flow, card: Card, target: Target) -> None:
        """A card that fits on a page is not broken; a longer one begins where a good part of the page is free."""
        rows = self._layout.rows(card, target)
        height = sum([row.height for row in rows])
        if height > flow.room() and (height <= FULL_HEIGHT or flow.room() < _LEAST_ROOM):
            flow.break_page()
        if height > flow.room():
            flow.continued = self._layout.continuation(card)
        flow.place(rows)
        flow.continued = None

    def _notes(self) -> list[Group]:
        if not self._coverage.lacks_something():
            return []
        group = self._begin(Target(self._words.notes))
        flow = Flow(self, self._structure, sheet=self._sheet)
        self._front.notes(flow, self._coverage, group.target)
        self._end(flow)
        return [group]

    def _draw_frame(self, aside: str, *, head: bool) -> int:
        """Write the running head and foot, a content stream that pages share. Long texts are shortened: they stand in
        full elsewhere."""
        style, sheet = self._styles.frame, self._sheet
        page = Page(PageRecord(0, 0, 0, 0))
        page.begin_furniture()
        if head:
            page.rule(sheet.left, sheet.right, sheet.head - 5, HAIRLINE, 0.5)
            right = style.fit(aside, sheet.across * 0.45)
            width = style.width(right)
            left = style.fit(self._document.running_head, sheet.across - width - GUTTER)
            page.text(sheet.left, sheet.head, style, [style.encode(left)])
            page.text(sheet.right - width, sheet.head, style, [style.encode(right)])
        page.rule(sheet.left, sheet.right, sheet.foot + 10, HAIRLINE, 0.5)
        foot = style.fit(self._document.foot, sheet.across * 0.78)
        page.text(sheet.left, sheet.foot, style, [style.encode(foot)])
        page.end()
        return self._file.add_stream(page.content())

    def _finish(self, pages: list[PageRecord], groups: list[Group], root: int) -> None:
        """Write what needed the page numbers, then everything that holds the file together."""
        file = self._file
        parents = file.parents(len(pages))
        for record, parent in zip(pages, parents, strict=True):
            self._finish_page(record, parent, len(pages))
        outline = write_outline(file, groups)
        fonts = {name: reference(font.embed(file)) for name, font in self._fonts.items()}
        inherited = {
            "MediaBox": b"[0 0 %.2f %.2f]" % (self._sheet.width, self._sheet.height),
            "Resources": dictionary({"Font": dictionary(fonts)}),
        }
        catalog = {
            "Type": b"/Catalog",
            "Pages": reference(file.add_page_tree([record.reserved for record in pages], parents, inherited)),
            "StructTreeRoot": reference(root),
            "MarkInfo": b"<</Marked true>>",
            "Lang": text_string(self._document.language),
            "ViewerPreferences": b"<</DisplayDocTitle true>>",
            "PageMode": b"/UseOutlines",
            "Outlines": reference(outline),
            "Metadata": reference(write_metadata(file, self._document)),
        }
        file.close(
            catalog=file.write_alone(file.reserve(), dictionary(catalog)), info=write_information(file, self._document)
        )

    def _finish_page(self, record: PageRecord, parent: int, total: int) -> None:
        """Write the page number, the numbers of the pages that this page's lists lead to, the links, and the page."""
        page = Page(record)
        style, sheet = self._styles.frame, self._sheet
        label = self._words.page_of.format(page=record.number, pages=total)
        page.begin_furniture()
        page.text(sheet.right - style.width(label), sheet.foot, style, [style.encode(label)])
        page.end()
        annotations: list[bytes] = []
        for link in record.links:
            numbers = link.numbers
            if numbers is not None and link.target.page is not None:
                number = str(link.target.page.number)
                page.resume(LINK, link.stretch)
                page.text(sheet.right - 4 - numbers.width(number), link.baseline, numbers, [numbers.encode(number)])
                page.end()
            annotation = {
                "Type": b"/Annot",
                "Subtype": b"/Link",
                "Rect": b"[%.2f %.2f %.2f %.2f]" % (sheet.left, link.bottom, sheet.right, link.top),
                "Border": b"[0 0 0]",
                "F": b"4",
                "Dest": destination(link.target),
                "Contents": text_string(bookmark(link.target)),
                "StructParent": b"%d" % link.key,
            }
            annotations.append(reference(self._file.write(link.annotation, dictionary(annotation))))
        late = self._file.add_stream(page.content(), compress=bool(annotations))
        entries = {
            "Type": b"/Page",
            "Parent": reference(parent),
            "Contents": array([reference(stream) for stream in (record.frame, record.content, late)]),
            "StructParents": b"%d" % record.key,
            "Tabs": b"/S",
        }
        if annotations:
            entries["Annots"] = array(annotations)
        self._file.write(record.reserved, dictionary(entries))


def _holds_nothing(part: Part) -> bool:
    return not part.charts and next(iter(part.cards()), None) is None
