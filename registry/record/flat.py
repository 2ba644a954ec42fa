"""The flat form of a record: one text a column, that people can edit and the import reads back without a difference."""

from collections.abc import Mapping
from typing import Any

from registry.record.definition import Fact, facts
from registry.record.entries import LegalBasisEntry
from registry.record.remembered import remembered

LANGUAGE = "en"
"""The language of headings and closed lists in the flat form, whatever the reader's own is: it has to parse back."""

MADE_FROM, MADE_FROM_HEADING = "change_set", "Change set"
"""The last column of an export: the change set as at which the row was written. An import sees by it what is older."""

CUT, LONGEST_CELL = "… [cut]", 32_767
"""How a text ends that a cell of a workbook can't hold, and how much it can: an import leaves what such a cell says."""

ROW_HEADINGS = ("Register of", "Activity", "Activity name", "Row")
"""How a sheet begins that shows one kind of row for reading: whose row it is. None of these is a heading of the sheet
of activities, which holds all of them, and is the one that is imported."""


@remembered
def headings(record: type[Any]) -> Mapping[str, str]:
    """Return key → heading of each column of the flat form, in order."""
    return {key: fact.label for key, fact in facts(record).items()}


def row_key(fact: Fact) -> str:
    """Return the key by which a row's fact is written inside a cell."""
    return fact.label.lower()


def called(entry: Any) -> str:
    """Return the name by which the flat form refers to an entry: a legal basis by its code, others by their name."""
    return entry.code if type(entry) is LegalBasisEntry else entry.name


def is_cut(text: str) -> bool:
    """Return whether a cell holds no more than the beginning of what the record says."""
    return len(text) > LONGEST_CELL // 2 and text.endswith(CUT)
