"""Small documents for the tests of the PDF writer, and ways to read back what was written."""

import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from pypdf import PdfReader

from registry.reports.document import Card, Cover, Document, Line, Part, Section, SummaryRow, SummaryTable
from registry.reports.pdf import PdfResult, write_pdf

PRODUCED_AT = datetime(2026, 3, 1, 9, 12, 5, tzinfo=UTC)


def make_card(key: str = "a", **fields: Any) -> Card:
    defaults = {
        "key": key,
        "title": f"Activity {key}",
        "subtitle": "Human resources",
        "facts": (("Status", "active"),),
        "sections": (Section("Purposes", "Art. 30(1)(b)", (Line("Purpose", "Payroll"),)),),
        "reference": f"REF-{key}",
    }
    return Card(**(defaults | fields))


def make_part(records: Iterable[Card] = (), *, summary: bool = True, **fields: Any) -> Part:
    kept = tuple(records)
    table = SummaryTable(
        "List of activities",
        ("Reference", "Name"),
        (1, 3),
        lambda: (SummaryRow(card.key, (card.reference, card.title)) for card in kept),
    )
    defaults = {
        "title": "Controller",
        "intro": "The activities of the controller.",
        "cards": lambda: kept,
        "empty": "No activity is recorded.",
        "summary": table if summary else None,
    }
    return Part(**(defaults | fields))


def make_document(*parts: Part, **fields: Any) -> Document:
    defaults = {
        "cover": Cover("Record", "Article 30", (("Controller", (("Name", "Example SE"), ("Address", ""))),)),
        "parts": parts,
        "running_head": "Record of Example SE",
        "foot": "As at 1 March 2026",
        "language": "en",
        "title": "Record of processing",
        "author": "Example SE",
        "subject": "Art. 30 GDPR",
        "keywords": "register, GDPR",
        "produced_at": PRODUCED_AT,
    }
    return Document(**(defaults | fields))


@dataclass
class Run:
    """A run of text on a page (numbered from 1) at its place in points."""

    page: int
    x: float
    y: float
    text: str


class Written:
    """A document after writing, read back with pypdf."""

    def __init__(self, document: Document) -> None:
        out = io.BytesIO()
        self.result: PdfResult = write_pdf(document, out)
        self.data = out.getvalue()
        self.reader = PdfReader(io.BytesIO(self.data), strict=True)
        self.pages = [page.extract_text() for page in self.reader.pages]
        self.text = "\n".join(self.pages)

    def page_of(self, text: str, *, after: int = 0) -> int:
        """The number of the first page after page `after` that holds the text."""
        return next(number for number, page in enumerate(self.pages, start=1) if number > after and text in page)

    def runs(self) -> list[Run]:
        """Every run of text with its place."""
        found: list[Run] = []
        for number, page in enumerate(self.reader.pages, start=1):

            def visit(text: str, _cm: Any, tm: list[float], _font: Any, _size: Any, number: int = number) -> None:
                if text.strip():
                    found.append(Run(number, tm[4], tm[5], text))

            page.extract_text(visitor_text=visit)
        return found


def write(*parts: Part, **fields: Any) -> Written:
    return Written(make_document(*parts, **fields))


def lines_card(key: str, *lines: Any, **fields: Any) -> Card:
    return make_card(key, sections=(Section("Section", "Art. 30", lines),), **fields)


@dataclass
class Tagged:
    """An element of a tagged document: its kind, and its kids: elements, and stretches of pages as
    (page, number of the stretch), both numbered as in the file."""

    kind: str
    kids: list["Tagged | tuple[int, int]"]
    entries: Any
    number: int

    def outline(self) -> Any:
        """The kinds of the element and of those in it."""
        inner = [kid.outline() for kid in self.kids if isinstance(kid, Tagged)]
        return (self.kind, inner) if inner else self.kind

    def every(self, kind: str = "") -> Iterator["Tagged"]:
        """The element and all within it, or those of a kind."""
        if kind in ("", self.kind):
            yield self
        for kid in self.kids:
            if isinstance(kid, Tagged):
                yield from kid.every(kind)


def read_structure(written: Written) -> Tagged:
    """The tree of a document; fails where an element doesn't name its parent."""
    root = written.reader.trailer["/Root"]["/StructTreeRoot"]
    return _read(root["/K"], root.indirect_reference.idnum)


def _read(entries: Any, parent: int) -> Tagged:
    number = entries.indirect_reference.idnum
    assert entries.raw_get("/P").idnum == parent
    found = Tagged(entries["/S"].removeprefix("/"), [], entries, number)
    kids = entries["/K"]
    for kid in kids if isinstance(kids, list) else [kids]:
        kid = kid.get_object()
        if isinstance(kid, int):
            found.kids.append((entries.raw_get("/Pg").idnum, int(kid)))
        elif kid.get("/Type") == "/MCR":
            found.kids.append((kid.raw_get("/Pg").idnum, int(kid["/MCID"])))
        elif kid.get("/Type") != "/OBJR":
            found.kids.append(_read(kid, number))
    return found
