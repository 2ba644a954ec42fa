"""Tests for the reader of data files: a damaged file is named with its line, never read in part."""

from datetime import date
from pathlib import Path

import pytest

from registry.reference.table import Cells, ReferenceDataError, optional_date, provenance, read_table, yes_or_no


def _flag(cells: Cells) -> bool:
    return yes_or_no(cells["flag"])


def _file(folder: Path, text: str) -> Path:
    path = folder / "terms.csv"
    path.write_text(text, encoding="utf-8")
    return path


def test_every_line_becomes_a_row_in_its_order(tmp_path: Path) -> None:
    path = _file(tmp_path, "code,flag\nä,yes\nb,no\n")

    assert read_table(path, lambda cells: (cells["code"], _flag(cells))) == (("ä", True), ("b", False))


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            "code,flag\na\n",
            "terms.csv, line 2: the number of cells differs from the heading's; quote cells with commas.",
        ),
        (
            "code,flag\na,no,c\n",
            "terms.csv, line 2: the number of cells differs from the heading's; quote cells with commas.",
        ),
        ("code\na\n", "terms.csv, line 2: the column 'flag' is missing; add it to the heading."),
        ("code,flag\na,no\nb,ja\n", "terms.csv, line 3: 'ja' is neither yes nor no; write one of them."),
    ],
)
def test_a_damaged_file_is_refused_with_its_line(tmp_path: Path, text: str, message: str) -> None:
    path = _file(tmp_path, text)

    with pytest.raises(ReferenceDataError) as refused:
        read_table(path, _flag)

    assert str(refused.value) == message


def test_an_impossible_date_is_refused_with_its_line(tmp_path: Path) -> None:
    path = _file(tmp_path, "on\n2026-02-31\n")

    with pytest.raises(ReferenceDataError, match=r"^terms\.csv, line 2: "):
        read_table(path, lambda cells: optional_date(cells["on"]))


def test_provenance_reads_empty_dates_as_open_ends() -> None:
    cells = {"source": "a law", "source_url": "", "valid_from": "2026-02-05", "valid_until": "", "verify": "the day"}

    assert provenance(cells) == {
        "source": "a law",
        "source_url": "",
        "valid_from": date(2026, 2, 5),
        "valid_until": None,
        "verify": "the day",
    }
