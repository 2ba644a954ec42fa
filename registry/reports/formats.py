"""The formats of reports: what each is called, what a server says of it, and the writer that writes the shapes."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, BinaryIO

from registry.reports.as_csv import write_csv
from registry.reports.as_html import write_html
from registry.reports.as_json import write_json
from registry.reports.as_xlsx import write_xlsx
from registry.reports.listing import Listing
from registry.reports.pdf import write_listing, write_pdf


@dataclass(frozen=True)
class Written:
    """What a writer tells of what it wrote: the pages of a PDF, and the characters for which no font has a glyph."""

    pages: int = 0
    missing_glyphs: tuple[str, ...] = ()


@dataclass(frozen=True)
class Format:
    """A format: its name, which is the ending of its files, its title, its media type, and its writer.

    A writer knows the shapes that reports have, and neither a report nor a field of a record. It needs nothing of the
    file but ``write``.
    """

    name: str
    title: str
    content_type: str
    write: Callable[[Any, BinaryIO], Written]


def _csv(content: Any, out: BinaryIO) -> Written:
    write_csv(content, out)
    return Written()


def _json(content: Any, out: BinaryIO) -> Written:
    write_json(content, out)
    return Written()


def _xlsx(content: Any, out: BinaryIO) -> Written:
    write_xlsx(content, out)
    return Written()


def _html(content: Any, out: BinaryIO) -> Written:
    write_html(content, out)
    return Written()


def _pdf(content: Any, out: BinaryIO) -> Written:
    result = write_listing(content, out) if isinstance(content, Listing) else write_pdf(content, out)
    return Written(result.pages, result.missing_glyphs)


PAGED = frozenset({"pdf", "html"})
"""Formats for reading, in which a report that is a document is one; in the others it is data."""

FORMATS: Mapping[str, Format] = {
    one.name: one
    for one in (
        Format("pdf", "PDF", "application/pdf", _pdf),
        Format("html", "HTML", "text/html; charset=utf-8", _html),
        Format("csv", "CSV", "text/csv; charset=utf-8", _csv),
        Format("xlsx", "XLSX", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", _xlsx),
        Format("json", "JSON", "application/json", _json),
        Format("jsonld", "JSON-LD", "application/ld+json", _json),
    )
}
