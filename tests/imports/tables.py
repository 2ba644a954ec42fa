"""Files for tests of the importer: a table of rows as the bytes of a CSV."""

import csv
import io
from collections.abc import Iterable, Sequence


def as_csv(*rows: Sequence[str]) -> bytes:
    """The rows as a CSV file in UTF-8."""
    out = io.StringIO(newline="")
    csv.writer(out).writerows(rows)
    return out.getvalue().encode()


def texts(problems: Iterable) -> list[tuple[str, str]]:
    """Severity and place of problems, for comparison."""
    return [(problem.severity, problem.place) for problem in problems]
