"""The shape of a report that programs read: plain values, as far as lists streamed one item at a time."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Data:
    """A head of plain values (texts, numbers, booleans, None, lists and mappings), and one list of items behind it.

    ``key`` is the name of the list; ``items`` can be called again and gives the items anew, one at a time, so that a
    writer never holds them all. ``schema`` names what describes the whole.
    """

    head: Mapping[str, Any]
    key: str
    items: Callable[[], Iterable[Any]]
