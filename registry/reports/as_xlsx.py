"""A list as a workbook: a sheet for each table with typed cells, and a first one that says what it is and whence."""

import re
import shutil
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any, BinaryIO

import xlsxwriter
from django.utils import timezone
from django.utils.formats import get_format
from django.utils.translation import gettext as _

from registry.record.flat import CUT, LONGEST_CELL
from registry.record.formulas import escape_formula, is_formula
from registry.record.numbers import say_number
from registry.record.words import not_stated
from registry.reference.citations import cite
from registry.reports.listing import Listing, Row, Table, Value

LONGEST_TEXT = LONGEST_CELL
MOST_ROWS = 1_048_576
"""How many characters a cell, and how many rows a sheet of a workbook can hold."""

NARROWEST, WIDEST = 8, 80
A4 = 9
FIRST_YEAR = 1900
"""Earlier days are texts: the calendar of spreadsheet programs doesn't have them."""

NO_CHARACTERS = re.compile("[\ufffe\uffff]")
"""Code points that are no characters in XML: in a cell they would be read as the text that stands for them."""

_NAME_LENGTH = 31
_NOT_IN_NAMES = re.compile(r"[\[\]:*?/\\]")


class TooManyRows(ValueError):
    """A table has more rows than a sheet can hold."""


def write_xlsx(listing: Listing, out: BinaryIO) -> None:
    """Write the tables to ``out`` as sheets, and what they are to a first sheet. The same list gives the same bytes.

    Rows are written as they come, so memory holds one. Headings stay in sight, and can be filtered by. Texts are never
    formulas, also when someone edits them. What is longer than a cell can hold is cut, and the first sheet says where.
    Raises TooManyRows where a sheet can't hold a table.
    """
    with tempfile.TemporaryDirectory(prefix="workbook-") as folder, tempfile.TemporaryFile(dir=folder) as whole:
        book = xlsxwriter.Workbook(whole, {"constant_memory": True, "tmpdir": folder})
        book.set_properties(
            {
                "title": listing.title,
                "subject": listing.subject,
                "author": listing.author,
                "keywords": listing.keywords,
                "created": listing.produced_at.astimezone(UTC).replace(tzinfo=None),
            }
        )
        try:
            _Book(book, listing).write()
        except BaseException:
            for sheet in book.worksheets():
                sheet.row_data_fh.close()  # the library closes its own files of rows only when it has put them together
            book.fileclosed = True
            raise
        book.close()
        whole.seek(0)
        shutil.copyfileobj(whole, out)


class _Book:
    """One workbook while it is written: its cell formats, and which texts had to be cut."""

    def __init__(self, book: Any, listing: Listing) -> None:
        self.book = book
        self.listing = listing
        self.cut: list[str] = []
        top = {"valign": "top", "text_wrap": True}
        head = {**top, "bold": True, "bottom": 1, "border_color": "#0F6363"}
        self.text = book.add_format(top)
        self.quoted = book.add_format({**top, "quote_prefix": True})
        self.number = book.add_format({"valign": "top", "num_format": "#,##0"})
        self.date = book.add_format({"valign": "top", "num_format": get_format("CELL_DATE_FORMAT")})
        self.moment = book.add_format({"valign": "top", "num_format": get_format("CELL_MOMENT_FORMAT")})
        self.missing = book.add_format({**top, "italic": True, "font_color": "#8A4708"})
        self.asked = book.add_format({**head, "bg_color": "#DCEFE3"})
        self.heading = book.add_format({**head, "bg_color": "#EFF5F5"})
        self.title = book.add_format({"bold": True, "font_size": 16, "font_color": "#0F6363"})
        self.label = book.add_format({**top, "bold": True})

    def write(self) -> None:
        """Write the sheets; the first one is filled last, when it is known what was cut."""
        about = self.book.add_worksheet(_name(_("Read me"), set()))
        names = {about.get_name().casefold()}
        sheets = []
        for table in self.listing.tables:
            name = _name(table.title, names)
            names.add(name.casefold())
            sheets.append(_Sheet(self, self.book.add_worksheet(name), table))
        sheets[0].sheet.activate()
        for place, row in self._rows():
            sheets[place].add(row)
        for sheet in sheets:
            sheet.close()
        self._about(about)

    def _rows(self) -> Iterator[tuple[int, Row]]:
        if self.listing.mixed is not None:
            yield from self.listing.mixed()
            return
        for place, table in enumerate(self.listing.tables):
            for row in table.rows():
                yield place, row

    def _about(self, sheet: Any) -> None:
        """Fill the first sheet: what this is, where it comes from, and what each column holds."""
        sheet.set_column(0, 0, 34)
        sheet.set_column(1, 3, 40)
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        for number, (cells, style) in enumerate(self._lines()):
            for place, cell in enumerate(cells):
                everywhere = place == 0 or style is self.heading
                sheet.write_string(number, place, cell[:LONGEST_TEXT], style if everywhere else self.text)

    def _lines(self) -> Iterator[tuple[tuple[str, ...], Any]]:
        listing = self.listing
        yield (listing.title,), self.title
        yield (listing.subtitle,), self.label
        yield (), self.text
        for label, value in listing.about:
            yield (label, value or not_stated()), self.label
        for text in (*listing.intro, *listing.footnotes):
            yield (), self.text
            yield (_("Note"), text), self.label
        if self.cut:
            yield (), self.text
            said = _("Cut, since a cell holds no more than %(most)s characters; the other formats have the whole text:")
            yield (said % {"most": say_number(LONGEST_TEXT)},), self.label
            for place in self.cut:
                yield (place,), self.text
        yield (), self.text
        yield (_("Sheet"), _("Column"), _("Law"), _("Whether it is asked for")), self.heading
        for table in listing.tables:
            for column in table.columns:
                asked = _("asked for") if column.asked else _("optional")
                yield (table.title, column.title, cite(column.article), asked), self.text


class _Sheet:
    """A sheet while its rows are written."""

    def __init__(self, book: _Book, sheet: Any, table: Table) -> None:
        self._book = book
        self.sheet = sheet
        self.table = table
        self._number = 0
        for place, column in enumerate(table.columns):
            sheet.set_column(place, place, min(max(column.width, NARROWEST), WIDEST))
            sheet.write_string(0, place, column.title, book.asked if column.asked else book.heading)
        sheet.freeze_panes(1, 0)
        sheet.repeat_rows(0)
        sheet.set_landscape()
        sheet.set_paper(A4)
        sheet.fit_to_pages(1, 0)

    def add(self, row: Row) -> None:
        """Write the next row."""
        self._number += 1
        if self._number >= MOST_ROWS:
            raise TooManyRows(
                f"“{self.table.title}” has more than {MOST_ROWS - 1:,} rows, which is all that a sheet can hold. "
                "Take it in another format, or limit it to some activities."
            )
        for place, value in enumerate(row):
            self._cell(place, value)

    def close(self) -> None:
        """Let the rows be filtered by; say so where there is none."""
        table = self.table
        if not self._number and table.empty and not self._book.listing.layout:
            self.sheet.write_string(1, 0, table.empty, self._book.missing)
        self.sheet.autofilter(0, 0, self._number, len(table.columns) - 1)

    def _cell(self, place: int, value: Value) -> None:
        sheet, book, row = self.sheet, self._book, self._number
        if value is None or value == "" or value == ():
            if self.table.columns[place].asked and not book.listing.layout:
                sheet.write_string(row, place, not_stated(), book.missing)
        elif isinstance(value, str):
            self._text(place, value)
        elif isinstance(value, tuple):
            self._text(place, "\n".join(value))
        elif isinstance(value, datetime):
            sheet.write_datetime(row, place, timezone.localtime(value).replace(tzinfo=None), book.moment)
        elif isinstance(value, int):
            sheet.write_number(row, place, value, book.number)
        elif value.year >= FIRST_YEAR:
            sheet.write_datetime(row, place, value, book.date)
        else:
            sheet.write_string(row, place, value.isoformat(), book.text)

    def _text(self, place: int, text: str) -> None:
        text = NO_CHARACTERS.sub("", text)
        formula = is_formula(text)
        if formula and self._book.listing.layout:
            text = escape_formula(text)
        if len(text) > LONGEST_TEXT:
            self._book.cut.append(f"{self.sheet.get_name()} {self._number + 1}: {self.table.columns[place].title}")
            text = text[: LONGEST_TEXT - len(CUT)] + CUT
        self.sheet.write_string(self._number, place, text, self._book.quoted if formula else self._book.text)


def _name(title: str, taken: set[str]) -> str:
    """Return the title as the name of a sheet, which none of ``taken`` has: where it is too long, its first words."""
    words = " ".join(_NOT_IN_NAMES.sub(" ", title).split()).strip("' ")
    name = _shortened(words, _NAME_LENGTH) or "-"
    number = 1
    plain = _shortened(words, _NAME_LENGTH - 4)
    while name.casefold() in taken:
        number += 1
        name = f"{plain} {number}"
    return name


def _shortened(words: str, length: int) -> str:
    if len(words) <= length:
        return words
    whole, blank, _begun = words[: length + 1].rpartition(" ")
    return (whole if blank else words[:length]).strip("' ")
