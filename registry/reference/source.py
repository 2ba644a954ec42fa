"""Where a row of reference data comes from and when it holds: the fields that every such row shares."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, kw_only=True)
class SourcedRow:
    """A row of reference data with its citation, its dates and what remains to be checked.

    `valid_from` is the first and `valid_until` the last day on which the row holds; None leaves that end open.
    `verify` is empty where the fact was read in the primary text, and otherwise says what to check and where.
    """

    source: str
    source_url: str = ""
    valid_from: date | None = None
    valid_until: date | None = None
    verify: str = ""


def in_force(row: SourcedRow, on: date) -> bool:
    """Say whether the row holds on that day; both of its dates are counted in."""
    begun = row.valid_from is None or row.valid_from <= on
    ended = row.valid_until is not None and row.valid_until < on
    return begun and not ended
