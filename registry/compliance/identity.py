"""What a row is known by while others change places, are added or removed: what it refers to, or its words."""

import hashlib
from collections.abc import Callable
from typing import Any

from registry.record.definition import Fact, Kind, facts, main_fact, words_fact
from registry.record.remembered import remembered
from registry.reference.source import SourcedRow


def known_by(named: Any) -> str:
    """Return what something that a gap names is known by, in whatever language it is called; empty where nothing tells."""
    if isinstance(named, str):
        return _digest(named)
    if isinstance(named, Fact):
        return named.key
    if isinstance(named, SourcedRow):
        return str(getattr(named, "code", ""))
    return str(named.pk) if hasattr(named, "label") else identify(named)


_PLACE = "country"
"""The fact that tells two transfers to the same recipient apart."""


def identify(row: Any) -> str:
    """Return what the row is known by: the key of its entry or a digest of its words, and the rows it points to.

    The row's own key would not do: an import gives the keys of a list to its rows by their places.
    """
    return _identifier(type(row))(row)


@remembered
def _identifier(row: type[Any]) -> Callable[[Any], str]:
    main, words = main_fact(row), words_fact(row)
    is_entry = main.kind is Kind.ENTRY
    at_main = row._fields.index(main.key)
    pointing = [row._fields.index(fact.key) for fact in facts(row).values() if fact.kind is Kind.SIBLING]
    at_place = row._fields.index(_PLACE) if _PLACE in facts(row) else None

    def of(one: Any) -> str:
        value = one[at_main]
        if is_entry and value is not None:
            said = str(value.pk)
        else:
            said = _digest(getattr(one, words.key) if is_entry and words else str(value))
        if at_place is not None and one[at_place]:
            said = f"{said}.{one[at_place]}"
        for place in pointing:
            if one[place] is not None:
                said = f"{said}.{identify(one[place])}"
        return said

    return of


def _digest(text: str) -> str:
    """Eight digits tell the rows of one list apart, whatever their case and blanks."""
    return hashlib.sha256(" ".join(text.casefold().split()).encode()).hexdigest()[:8]
