"""Ways to look into a workbook as it was written."""

import io
from typing import Any

import openpyxl


def opened(data: bytes) -> Any:
    """The workbook in bytes."""
    return openpyxl.load_workbook(io.BytesIO(data))


def cells(data: bytes, sheet: str) -> list[list[Any]]:
    """The values of a sheet, row by row, empty ones as None."""
    return [list(row) for row in opened(data)[sheet].iter_rows(values_only=True)]


def named(data: bytes, sheet: str) -> list[dict[str, Any]]:
    """The rows of a sheet as heading → value, without what is empty."""
    head, *rows = cells(data, sheet)
    return [{key: value for key, value in zip(head, row, strict=True) if value is not None} for row in rows]
