"""Ways to look into a workbook as it was written."""

import io
from functools import lru_cache
from typing import Any

import openpyxl


def opened(data: bytes) -> Any:
    """The workbook in bytes."""
    return openpyxl.load_workbook(io.BytesIO(data))


def cells(data: bytes, sheet: str) -> list[list[Any]]:
    """The values of a sheet, row by row, empty ones as None."""
    return [list(row) for row in _read(data)[sheet].iter_rows(values_only=True)]


@lru_cache(maxsize=2)
def _read(data: bytes) -> Any:
    """The workbook, parsed once for all of its sheets; nobody is given it who could change it."""
    return opened(data)


def named(data: bytes, sheet: str) -> list[dict[str, Any]]:
    """The rows of a sheet as heading → value, without what is empty."""
    head, *rows = cells(data, sheet)
    return [{key: value for key, value in zip(head, row, strict=True) if value is not None} for row in rows]
