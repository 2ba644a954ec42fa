"""The one way by which a report is made, whoever asks for it: a request in the browser, a command, a job."""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import count
from typing import Any, BinaryIO, cast

from django.utils import translation
from django.utils.translation import gettext as _

from registry.reports.catalogue import REPORTS, Report
from registry.reports.document import Card, Document, Part
from registry.reports.errors import ReportError
from registry.reports.file_names import file_name
from registry.reports.formats import FORMATS, PAGED, Written
from registry.reports.parameters import Parameters
from registry.reports.source import Progress, Source, load_source

__all__ = ["Parameters", "Produced", "Progress", "ReportError", "produce"]


@dataclass(frozen=True)
class Produced:
    """What was written: how its file is called and served, what it is about, and its fingerprint.

    ``as_at``, ``change_set`` and ``head`` say which state of the register it shows, and ``whose`` of which organisation
    (empty for all). ``pages`` and ``missing_glyphs``
    (characters that no font of ours has) are those of a PDF.
    """

    file_name: str
    content_type: str
    records: int
    as_at: datetime
    change_set: int
    head: str
    size: int
    sha256: str
    whose: str = ""
    pages: int = 0
    missing_glyphs: tuple[str, ...] = ()


def produce(parameters: Parameters, out: BinaryIO, progress: Progress | None = None) -> Produced:
    """Write the report that the parameters ask for to ``out``, which needs only ``write`` and stays open.

    The same parameters give the same bytes. ``progress`` is called as (records done, records in all), often enough to
    show a bar; whatever it raises ends the production, and passes on. Raises ReportError for what can't be produced,
    before anything is written.
    """
    with translation.override(parameters.language):
        report = _asked(parameters)
        tells_itself = progress is not None and not (report.is_document and parameters.format in PAGED)
        source = load_source(parameters, progress if tells_itself else None)
        content = report.builds[parameters.format](source)
        if progress is not None and isinstance(content, Document):
            content = _watched(content, progress, report.counted(source))
        target = _Counted(out)
        written = FORMATS[parameters.format].write(content, cast("BinaryIO", target))
        return _produced(parameters, report, source, target, written)


def _asked(parameters: Parameters) -> Report:
    report = REPORTS.get(parameters.report)
    if report is None:
        known = ", ".join(REPORTS)
        raise ReportError(
            "report",
            _("There is no report “%(report)s”. There are: %(known)s.") % {"report": parameters.report, "known": known},
        )
    if parameters.format not in report.builds:
        known = ", ".join(report.formats)
        raise ReportError(
            "format",
            _("This report can't be had as “%(format)s”. Choose one of: %(known)s.")
            % {"format": parameters.format, "known": known},
        )
    for name in sorted(report.needs):
        if not getattr(parameters, name):
            raise ReportError(name, _("This report needs it: fill it in."))
    return report


def _produced(parameters: Parameters, report: Report, source: Source, target: "_Counted", written: Written) -> Produced:
    register = source.register
    kind = "activities" if report.name == "register" and parameters.filters else report.name
    return Produced(
        file_name=file_name(kind, report.whose(source), register.as_at, parameters.format),
        content_type=FORMATS[parameters.format].content_type,
        records=report.counted(source),
        as_at=register.as_at,
        change_set=register.change_set,
        head=register.head,
        size=target.size,
        sha256=target.digest.hexdigest(),
        whose=register.organisation.name if register.organisation else "",
        pages=written.pages,
        missing_glyphs=written.missing_glyphs,
    )


def _watched(document: Document, progress: Progress, total: int) -> Document:
    """Return the document with cards that tell how many of them were drawn."""
    drawn = count(1)
    progress(0, total)

    def told(cards: Iterable[Card]) -> Iterator[Card]:
        for card in cards:
            yield card
            progress(min(next(drawn), total), total)

    def part(one: Part) -> Part:
        return replace(one, cards=lambda: told(one.cards()))

    return replace(document, parts=tuple(map(part, document.parts)))


class _Counted:
    """A file that knows how many bytes went through it, and their SHA-256."""

    def __init__(self, out: Any) -> None:
        self._out = out
        self.size = 0
        self.digest = hashlib.sha256()

    def write(self, data: bytes) -> int:
        """Write the bytes, and count them."""
        self.size += len(data)
        self.digest.update(data)
        return int(self._out.write(data))
