"""import-export's formats over our own readers and writers: CSV, XLSX, XLS and ODS in, CSV and XLSX out."""

import csv
from collections.abc import Iterable
from io import BytesIO, StringIO
from typing import Any, ClassVar

import xlsxwriter
from django.utils.translation import gettext as _
from import_export.formats.base_formats import Format
from tablib import Dataset

from registry.imports.reading import read_file
from registry.imports.reading.cells import CONTROL_CHARACTERS, unify_line_ends
from registry.record.formulas import escape_formula, unescape_formula
from registry.record.numbers import say_number

CELL_CHARACTERS = 32_767
"""How many characters a cell of an XLSX file holds; a spreadsheet program would cut the rest off."""

_WIDTH = 24
_SHOWN = 100
"""How many characters of what stands first in a row say which entry it is about."""
_CSV_TYPE = "text/csv; charset=utf-8"
_XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class EntryFormat(Format):
    """A format whose files our own reader reads, within its limits; the stock readers are never used."""

    KIND: ClassVar[str] = ""
    CONTENT_TYPE: ClassVar[str] = "application/octet-stream"

    def __init__(self, encoding: str | None = None) -> None:
        self.encoding = encoding

    def get_title(self) -> str:
        """Return what the format is called in a list of choices."""
        return self.KIND.upper()

    def get_extension(self) -> str:
        """Return the end of the file's name."""
        return self.KIND

    def get_content_type(self) -> str:
        """Return the type under which a browser receives the file."""
        return self.CONTENT_TYPE

    def can_import(self) -> bool:
        """Return that files of this format can be read."""
        return True

    def create_dataset(self, in_stream: bytes) -> Dataset:
        """Return the first sheet with rows; raises Unreadable, with a remedy, for a file that can't be read."""
        workbook = read_file(f"upload.{self.KIND}", in_stream)
        rows = next(sheet.rows for sheet in workbook.sheets if sheet.rows)
        width = max(map(len, rows))
        header, *body = [[unescape_formula(cell) for cell in [*row, *[""] * (width - len(row))]] for row in rows]
        return Dataset(*body, headers=header)


class CSV(EntryFormat):
    """Comma-separated text: read in any usual encoding and with any usual delimiter, written for Excel."""

    KIND = "csv"
    CONTENT_TYPE = _CSV_TYPE

    def can_export(self) -> bool:
        """Return that files of this format can be written."""
        return True

    def export_data(self, dataset: Dataset, **kwargs: Any) -> bytes:
        """Return the file in UTF-8 with its mark, so that Excel keeps accents, and without formulas."""
        text = StringIO()
        writer = csv.writer(text)
        writer.writerow(dataset.headers)
        writer.writerows([escape_formula(cell) for cell in row] for row in _plain(dataset))
        return text.getvalue().encode("utf-8-sig")


class XLSX(EntryFormat):
    """A workbook in which every cell is text."""

    KIND = "xlsx"
    CONTENT_TYPE = _XLSX_TYPE

    def can_export(self) -> bool:
        """Return that files of this format can be written."""
        return True

    def export_data(self, dataset: Dataset, **kwargs: Any) -> bytes:
        """Return the file; raises ValueError, naming entry, column and remedy, for a text longer than a cell holds."""
        stream = BytesIO()
        options = {
            "in_memory": True,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
        }
        with xlsxwriter.Workbook(stream, options) as workbook:
            sheet = workbook.add_worksheet()
            sheet.freeze_panes(1, 1)
            sheet.set_column(0, len(dataset.headers) - 1, _WIDTH)
            for column, heading in enumerate(dataset.headers):
                sheet.write_string(0, column, heading, workbook.add_format({"bold": True}))
            for number, row in enumerate(_plain(dataset), start=1):
                for column, cell in enumerate(row):
                    if len(cell) > CELL_CHARACTERS:
                        raise ValueError(_too_long(row[0][:_SHOWN], dataset.headers[column], len(cell)))
                    sheet.write_string(number, column, _protected(cell))
        return stream.getvalue()


class XLS(EntryFormat):
    """Excel's format until 2003."""

    KIND = "xls"


class ODS(EntryFormat):
    """The OpenDocument spreadsheet."""

    KIND = "ods"


FORMATS = (CSV, XLSX, XLS, ODS)
"""Every format, those that can be written first."""


def _too_long(entry: str, column: str, length: int) -> str:
    """Return what is too long for a cell, and what to do: nothing is cut off, since it may be imported again."""
    said = _(
        "“%(column)s” of “%(entry)s” holds %(length)s characters; a cell of an XLSX file holds %(most)s. "
        "Untick the column “%(column)s”, or export as CSV instead."
    )
    return said % {
        "column": column,
        "entry": entry,
        "length": say_number(length),
        "most": say_number(CELL_CHARACTERS),
    }


def _plain(dataset: Dataset) -> Iterable[list[str]]:
    for row in dataset:
        yield [CONTROL_CHARACTERS.sub("", unify_line_ends(str(cell))) for cell in row]


def _protected(text: str) -> str:
    """Return the text of a cell so that taking an apostrophe off on reading gives exactly this text."""
    return escape_formula(text) if text.startswith("'") else text
