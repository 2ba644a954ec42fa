"""The register as CSV in the flat layout: every fact of every record, in a form that is imported again unchanged."""

import csv
import io
from collections.abc import Iterator
from typing import BinaryIO

from registry.record.activity import ActivityRecord
from registry.record.flat import headings, row_writer
from registry.record.formulas import escape_formula
from registry.record.loader import Register

CHUNK = 200
"""How many records are written at a time."""

INCOMPLETE = "# incomplete"


def csv_chunks(register: Register) -> Iterator[bytes]:
    """Yield the register as UTF-8 with a byte-order mark (so that Excel keeps its accents), commas and CRLF.

    Headings and closed lists are English whatever the language in force, since the import has to know them. Text that
    a spreadsheet program would run as a formula is escaped. Where an error breaks the export off, the last line says
    so, and the error passes on: a file that ends with that line is no register.
    """
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    cells = row_writer(ActivityRecord)
    text.write("\ufeff")
    writer.writerow(headings(ActivityRecord).values())
    written = 0
    try:
        for record in register.activities():
            writer.writerow(map(escape_formula, cells(record)))
            written += 1
            if written % CHUNK == 0:
                yield _taken(text)
    except Exception as error:
        writer.writerow([f"{INCOMPLETE}: {written} of {len(register)} records were written, then: {error!r}"])
        yield _taken(text)
        raise
    yield _taken(text)


def write_csv(register: Register, out: BinaryIO) -> int:
    """Write the register to ``out`` as ``csv_chunks`` gives it; return the number of records."""
    for chunk in csv_chunks(register):
        out.write(chunk)
    return len(register)


def _taken(text: io.StringIO) -> bytes:
    written = text.getvalue()
    text.seek(0)
    text.truncate()
    return written.encode("utf-8")
