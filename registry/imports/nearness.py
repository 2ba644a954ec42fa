"""Which entries are called almost like some words: quick for thousands of words, and never taken for an answer."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from typing import NamedTuple

from registry.imports.parsing.folding import fold

SAME = 0.7
"""From this likeness on, words that are no entry look like another spelling of one."""
LIKE = 0.4
"""From this likeness on, an entry is worth suggesting."""
_INSIDE = 0.55
"""How like words are to an entry whose name stands among them."""
_LONGEST = 300
"""How many characters of some words are compared."""


class Near(NamedTuple):
    """An entry that is called almost like some words, and how much alike they are, from 0 to 1."""

    pk: int
    name: str
    likeness: float

    @property
    def is_double(self) -> bool:
        """Return whether the words look like another spelling of the name."""
        return self.likeness >= SAME


class Names:
    """The names of a list's entries, cut into groups of three letters: what shares most of them is most alike."""

    def __init__(self, entries: Iterable[tuple[int, str]]) -> None:
        self._names: dict[int, str] = {}
        self._folded: dict[int, str] = {}
        self._sizes: dict[int, int] = {}
        self._holding: dict[str, list[int]] = defaultdict(list)
        for pk, name in entries:
            folded = fold(name)
            self._names[pk], self._folded[pk] = name, folded
            pieces = _pieces(folded)
            self._sizes[pk] = len(pieces)
            for piece in pieces:
                self._holding[piece].append(pk)

    def near(self, words: str, *, most: int = 3) -> list[Near]:
        """Return up to ``most`` entries that are called almost like ``words``, the most alike first."""
        folded = fold(words[:_LONGEST])
        pieces = _pieces(folded)
        if not pieces:
            return []
        shared = Counter(pk for piece in pieces for pk in self._holding.get(piece, ()))
        found = []
        for pk, count in shared.items():
            likeness = 2 * count / (len(pieces) + self._sizes[pk])
            if likeness < _INSIDE and len(self._folded[pk]) > 3 and f" {self._folded[pk]} " in f" {folded} ":
                likeness = _INSIDE
            if likeness >= LIKE:
                found.append(Near(pk, self._names[pk], likeness))
        return sorted(found, key=lambda one: (-one.likeness, one.name))[:most]


def _pieces(folded: str) -> frozenset[str]:
    padded = f"  {folded} " if folded else ""
    return frozenset(padded[place : place + 3] for place in range(len(padded) - 2))
