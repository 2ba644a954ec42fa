"""What a segment is made from, beside what the activity says about its own data. Works on records and on rows alike."""

from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple


class DataUsed(NamedTuple):
    """One kind of data that a segment uses. ``beyond`` says that it is none of the activity's own data."""

    row: Any
    beyond: bool


def data_used(segment: Any, segment_data: Iterable[Any], data_categories: Iterable[Any]) -> Iterator[DataUsed]:
    """Yield the data that ``segment`` is made from: its own rows, and those that are meant for all segments.

    ``segment_data`` and ``data_categories`` are those lists of the same activity. An entry is among the activity's own
    data if the activity names it, or a wider category that it is part of; words are if the activity has the same words,
    or an entry of that name.
    """
    entries, words = listed((row.category, row.stated_as) for row in data_categories)
    for row in segment_data:
        if row.segment is not None and row.segment.pk != segment.pk:
            continue
        if row.category is not None:
            wider = row.category.parent.pk if row.category.parent is not None else None
            beyond = not {row.category.pk, wider} & entries and folded(row.category.name) not in words
        else:
            beyond = folded(row.stated_as) not in words
        yield DataUsed(row, beyond)


def listed(rows: Iterable[tuple[Any, str]]) -> tuple[set[int], set[str]]:
    """Return the keys of the entries that rows name, and all that they say in words or by an entry's name, folded.

    Each row is given as its entry, or None, and its words.
    """
    entries: set[int] = set()
    words: set[str] = set()
    for entry, stated_as in rows:
        if stated_as:
            words.add(folded(stated_as))
        if entry is not None:
            entries.add(entry.pk)
            words.add(folded(entry.name))
    return entries, words


def folded(words: str) -> str:
    """Return words as they are compared: without case and doubled blanks."""
    return " ".join(words.split()).casefold()
