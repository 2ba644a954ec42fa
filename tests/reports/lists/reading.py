"""Ways to read a list without a format."""

from typing import Any

from registry.reports.listing import Listing


def rows(found: Listing) -> list[dict[str, Any]]:
    """The rows of the first table by the keys of their columns, without what is empty."""
    (table, *_others) = found.tables
    keys = [column.key for column in table.columns]
    return [
        {key: value for key, value in zip(keys, row, strict=True) if value not in (None, "", ())}
        for row in table.rows()
    ]


def column(found: Listing, key: str) -> list[Any]:
    """What stands in one column, row by row."""
    return [row.get(key) for row in rows(found)]
