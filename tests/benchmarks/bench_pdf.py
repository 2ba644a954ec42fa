"""How fast the PDF writer is and how much memory it takes, beside tables of reportlab paragraphs (the naive way) and
bare strings on reportlab's canvas without any layout (the floor). Ours is tagged, with embedded fonts, cover, contents,
page numbers, links and bookmarks; the others have none of it but the fonts. Run with -m, and sizes if you like."""

import atexit
import io
import json
import random
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any, BinaryIO
from xml.sax.saxutils import escape

from registry.reports.document import Card, Cover, Document, Line, Part, Section, SummaryRow, SummaryTable

ROOT = Path(__file__).resolve().parents[2]
NAIVE_AT_MOST = 1_000
_PROSE = (
    "personal data collected from applicants and employees for the purpose of contract administration payroll "
    "benefits access control monitoring marketing analytics support quality assurance legal claims retention deletion"
)
_VOCABULARY = _PROSE.split()
_SHORT = ("Status", "Role", "Organisation", "Unit", "Owner", "Start", "Last review", "Next review", "System", "Source")
_SECTIONS = ("Contacts", "Purposes", "Data", "Recipients", "Transfers", "Retention", "Measures")

Rows = list[tuple[str, str]]


def records(count: int) -> Iterator[Rows]:
    """Records of 32 labels and values, about a page each; the same ones at every call. They were made up before the
    clock ran, and are read from a file so that they take no memory."""
    with _stored(count).open(encoding="utf-8") as lines:
        for line in lines:
            cells = line.rstrip("\n").split("\t")
            yield list(zip(cells[::2], cells[1::2], strict=True))


@cache
def _stored(count: int) -> Path:
    path = Path(tempfile.mkdtemp(prefix="bench_pdf_")) / "records.txt"
    atexit.register(shutil.rmtree, path.parent)
    with path.open("w", encoding="utf-8") as out:
        for rows in _made_up(count):
            out.write("\t".join(cell for row in rows for cell in row) + "\n")
    return path


def _made_up(count: int) -> Iterator[Rows]:
    chance = random.Random(1)

    def text(words: int) -> str:
        return " ".join(chance.choice(_VOCABULARY) for _ in range(words))

    for number in range(count):
        rows = [("Reference", f"PA-{number:06d}"), ("Name", text(5)), ("Purpose", text(30)), ("Description", text(40))]
        rows += [(label, f"{text(2)} {chance.randrange(1000)}") for label in _SHORT]
        rows += [(f"Categories {place}", ", ".join(text(2) for _ in range(4))) for place in range(1, 7)]
        rows += [(f"Answer {place}", chance.choice(("Yes", "No", "not assessed"))) for place in range(1, 7)]
        rows += [(f"Note {place}", text(12)) for place in range(1, 7)]
        yield rows


def synthetic_document(count: int) -> Document:
    """The same records as a document with cover, contents, list and cards in seven sections."""

    def cards() -> Iterator[Card]:
        for rows in records(count):
            lines = [Line(label, value) for label, value in rows[2:]]
            sections = tuple(
                Section(title, f"Art. 30(1)({letter})", tuple(lines[place::7]))
                for place, (letter, title) in enumerate(zip("abcdefg", _SECTIONS, strict=True))
            )
            yield Card(rows[0][1], rows[1][1], "Organisation", (rows[0], rows[4]), sections, reference=rows[0][1])

    def summary() -> Iterator[SummaryRow]:
        for rows in records(count):
            yield SummaryRow(rows[0][1], (rows[0][1], rows[1][1], rows[6][1], "none"))

    table = SummaryTable("List", ("Reference", "Name", "Unit", "Transfers"), (1, 3, 2, 1), summary)
    return Document(
        cover=Cover("Record of processing activities", "Benchmark", (("This document", (("Records", str(count)),)),)),
        parts=(Part("Record of the controller", "Synthetic records.", cards, "No record.", table),),
        running_head="Record of processing activities",
        foot="As at 1 January 2026",
        language="en",
        title="Record of processing activities",
        author="Benchmark",
        subject="Speed",
        keywords="",
        produced_at=datetime(2026, 1, 1, tzinfo=UTC),
    )


def _ours(count: int, out: BinaryIO) -> None:
    from django.conf import settings

    if not settings.configured:
        settings.configure(USE_I18N=False)
    from registry.reports.pdf import write_pdf

    write_pdf(synthetic_document(count), out)


def _register_fonts() -> tuple[str, str]:
    from reportlab.pdfbase.pdfmetrics import registerFont
    from reportlab.pdfbase.ttfonts import TTFont

    folder = ROOT / "registry" / "reports" / "fonts"
    registerFont(TTFont("Regular", str(folder / "DejaVuSansCondensed.ttf"), shapable=False))
    registerFont(TTFont("Bold", str(folder / "DejaVuSansCondensed-Bold.ttf"), shapable=False))
    return "Regular", "Bold"


def _naive(count: int, out: BinaryIO) -> None:
    from reportlab.lib import colors
    from reportlab.lib.pagesizes import A4
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.lib.units import mm
    from reportlab.platypus import PageBreak, Paragraph, SimpleDocTemplate, Spacer, Table, TableStyle

    regular, bold = _register_fonts()
    heading = ParagraphStyle("heading", fontName=bold, fontSize=12, leading=15)
    label_style = ParagraphStyle("label", fontName=bold, fontSize=8, leading=10)
    value_style = ParagraphStyle("value", fontName=regular, fontSize=8, leading=10)
    grid = TableStyle([("GRID", (0, 0), (-1, -1), 0.3, colors.grey), ("VALIGN", (0, 0), (-1, -1), "TOP")])
    story: list[Any] = []
    for rows in records(count):
        cells = [
            [Paragraph(escape(label), label_style), Paragraph(escape(value), value_style)] for label, value in rows
        ]
        table = Table(cells, colWidths=[45 * mm, 125 * mm], splitInRow=1)
        table.setStyle(grid)
        story += [Paragraph(escape(f"{rows[0][1]} {rows[1][1]}"), heading), Spacer(1, 4), table, PageBreak()]
    SimpleDocTemplate(out, pagesize=A4).build(story)


def _floor(count: int, out: BinaryIO) -> None:
    from reportlab.lib.pagesizes import A4
    from reportlab.pdfgen.canvas import Canvas

    regular, bold = _register_fonts()
    canvas = Canvas(out, pagesize=A4, pageCompression=1)
    for rows in records(count):
        for font, x, column in ((bold, 57, 0), (regular, 185, 1)):
            text = canvas.beginText(x, 785)
            text.setFont(font, 8, 10)
            for row in rows:
                for start in range(0, len(row[1]), 85):
                    text.textLine(row[1][start : start + 85] if column else row[0] * (start == 0))
            canvas.drawText(text)
        canvas.showPage()
    canvas.save()


_WAYS: dict[str, Callable[[int, BinaryIO], None]] = {"naive": _naive, "ours": _ours, "floor": _floor}


def measure(way: str, count: int) -> dict[str, float]:
    """Run one way in this process, after one record to load code and fonts: seconds of the processor (none of the ways
    waits for anything, and other work on the machine doesn't count), records a second, peak memory in MB, and KB of PDF
    per record."""
    _WAYS[way](1, io.BytesIO())
    _stored(count)
    with tempfile.TemporaryFile() as out:
        start = time.process_time()
        _WAYS[way](count, out)
        seconds = time.process_time() - start
        size = out.tell()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {"seconds": seconds, "rate": count / seconds, "peak": peak, "size": size / 1024 / count}


def run(sizes: tuple[int, ...] = (100, 1_000, 10_000)) -> list[tuple[str, int, dict[str, float]]]:
    """Measure every way at every size, each in a fresh process; print a table and give the figures back."""
    found: list[tuple[str, int, dict[str, float]]] = []
    print(f"{'PDF':<8}{'records':>9}{'seconds':>10}{'records/s':>11}{'peak MB':>9}{'KB/record':>11}{'× naive':>9}")
    naive = 0.0
    for size in sizes:
        for way in _WAYS:
            if way == "naive" and size > NAIVE_AT_MOST:
                print(f"{way:<8}{size:>9}   not run above {NAIVE_AT_MOST} records")
                continue
            command = [sys.executable, "-m", "tests.benchmarks.bench_pdf", "--one", way, str(size)]
            answer = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True)
            figures: dict[str, float] = json.loads(answer.stdout)
            naive = figures["rate"] if way == "naive" else naive
            times = f"{figures['rate'] / naive:>9.1f}" if naive else f"{'–':>9}"
            print(
                f"{way:<8}{size:>9}{figures['seconds']:>10.2f}{figures['rate']:>11.0f}{figures['peak']:>9.0f}"
                f"{figures['size']:>11.1f}{times}"
            )
            found.append((way, size, figures))
    return found


if __name__ == "__main__":
    if sys.argv[1:2] == ["--one"]:
        print(json.dumps(measure(sys.argv[2], int(sys.argv[3]))))
    else:
        run(tuple(int(size) for size in sys.argv[1:]) or (100, 1_000, 10_000))
