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
    own = list(data_categories)
    entries = {row.category.pk for row in own if row.category is not None}
    words = {folded(row.stated_as) for row in own if row.stated_as}
    words |= {folded(row.category.name) for row in own if row.category is not None}
    for row in segment_data:
        if row.segment is not None and row.segment.pk != segment.pk:
            continue
        if row.category is not None:
            wider = row.category.parent.pk if row.category.parent is not None else None
            beyond = not {row.category.pk, wider} & entries and folded(row.category.name) not in words
        else:
            beyond = folded(row.stated_as) not in words
        yield DataUsed(row, beyond)


def folded(words: str) -> str:
    """Return words as they are compared: without case and doubled blanks."""
    return " ".join(words.split()).casefold()
