"""Each format's bytes, kept beside the tests: a change of a file that people or programs rely on is seen, and meant.

Renew them after a change that is meant: ``python -m tests.reports.test_golden``.
"""

import io
import os
import zipfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from django.utils import translation

from registry.reports.document import Card, Cover, Document, Grid, Line, Part, Section
from registry.reports.formats import FORMATS
from registry.reports.listing import Listing
from tests.reports.test_as_xlsx import MOMENT, listing

FOLDER = Path(__file__).parent / "golden"


def a_list() -> Listing:
    """A list with every kind of value, with what is blank and what a spreadsheet would run."""
    return listing(
        ("Payroll; wages", ("one", "two\nlines"), 1200, date(2026, 1, 2), MOMENT),
        ("=1+1", (), None, date(1789, 7, 14), None),
        (None, ("Ünïcödé Ελλάδα <b>", "'=x"), -3, None, None),
        intro=("An introduction.",),
    )


def a_document() -> Document:
    """A document with every kind of line."""
    lines = (
        Line("Plain", "one\ntwo"), Line("Several", ("a", "b")), Line("Numbered", ("first", "second"), numbered=True),
        Line("Open", state="not_stated"), Line("None", state="none"), Grid("Table", ("One", "Two"), (("1", ""), ("<", "&"))),
    )  # fmt: skip
    card = Card(
        "1", "Payroll", "", (("Role", "Controller"),), (Section("Purposes", "GDPR Art. 30(1)(b)", lines),), "A-1"
    )
    parts = (Part("Records", "An introduction.", lambda: [card], ""), Part("Others", "", lambda: [], "There is none."))
    cover = Cover("A register", "Fjord Foods AS", (("This document", (("As at", "then"), ("Head", ""))),))
    return Document(
        cover, parts, "A register · Fjord", "as at then", "en", "A register – Fjord", "Ann", "About", "k", MOMENT
    )


FILES = {
    "list.csv": a_list, "list.json": a_list, "list.html": a_list, "list.xlsx": a_list, "document.json": a_document,
    "document.html": a_document,
}  # fmt: skip


def made(name: str) -> str:
    """What the file holds now; of a workbook, what its parts hold, since compressing differs from system to system."""
    out = io.BytesIO()
    with translation.override("en"):
        FORMATS[name.rpartition(".")[2]].write(FILES[name](), out)
    if not name.endswith(".xlsx"):
        return out.getvalue().decode("utf-8")
    with zipfile.ZipFile(out) as book:
        return "\n".join(_parts(book))


def _parts(book: zipfile.ZipFile) -> Iterator[str]:
    for name in sorted(book.namelist()):
        if name.startswith(("xl/worksheets/sheet", "docProps/core")):
            yield f"== {name}"
            yield book.read(name).decode("utf-8").replace("><", ">\n<")


def kept(name: str) -> Path:
    """Where the file is kept."""
    return FOLDER / f"{name}.txt"


@pytest.mark.parametrize("name", FILES)
def test_a_format_gives_the_bytes_that_it_gave(name):
    assert made(name) == kept(name).read_bytes().decode("utf-8")


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ropa.settings")
    import django

    django.setup()
    for each in FILES:
        kept(each).write_bytes(made(each).encode("utf-8"))
