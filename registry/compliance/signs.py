"""Signs that a text may hold what a rule looks for, told by its words one by one: most texts hold nothing of the kind.

A register says the same few thousand words over and over. Each is looked at once, and what it may be a part of is
remembered as bits, so that a text is only searched for what its words announce.
"""

import re
from collections.abc import Callable, Iterable
from enum import Enum

from registry.record.remembered import Memo

REMEMBERED = 50_000
"""How many different words are remembered at most."""


def sign(piece: str) -> int:
    """Return the bit that stands for texts which may hold this piece, as a part of words, whatever its case.

    A text without the bit doesn't hold it. Of a piece of several words only the longest is looked for.
    """
    return _bit_of(max(reversed(piece.casefold().split()), key=len), _Where.ANYWHERE)


def sign_at_start(part: str, *, is_whole: bool = False) -> int:
    """Return the bit that stands for texts with a word that begins with this part, or is no more, whatever its case."""
    return _bit_of(part.casefold(), _Where.WHOLE if is_whole else _Where.START)


def sign_of(is_meant: Callable[[str], object]) -> int:
    """Return the bit that stands for texts with a word that is meant."""
    _ASKED.append((is_meant, bit := _next()))
    return bit


def signs_in(text: str) -> tuple[set[str], int]:
    """Return the words of the text that have any sign, few of them, and the bits of all their signs."""
    words = {word for word in text.split() if word not in _SILENT}
    found, silent = 0, []
    for word in words:
        bits = _SIGNS_OF[word]
        found |= bits
        if not bits:
            silent.append(word)
    if silent:
        words.difference_update(silent)
        if len(_SILENT) > REMEMBERED:
            _SILENT.clear()
        _SILENT.update(silent)
    return words, found


def with_signs(words: Iterable[str], signs: int) -> list[str]:
    """Return those words that have any of these signs."""
    return [word for word in words if _SIGNS_OF[word] & signs]


class _Where(Enum):
    """Where in a word a part has to stand."""

    ANYWHERE = "anywhere"
    START = "at its start"
    WHOLE = "from its start to its end"

    __hash__ = object.__hash__  # members are single objects; Enum's own hash calls Python for each look-up


_START = 3
_PARTS: dict[tuple[str, _Where], int] = {}
"""The bits of the parts that are looked for."""
_BEGUN: dict[_Where, dict[str, list[str]]] = {where: {} for where in _Where}
"""The same parts by their first three letters, shorter ones by all that they have."""
_BRIEF: list[str] = []
"""Those shorter ones that may stand anywhere, such as a bracket: they are not among the others."""
_LENGTHS: dict[_Where, set[int]] = {where: set() for where in _Where}
"""How many letters those beginnings have."""
_ASKED: list[tuple[Callable[[str], object], int]] = []
_SILENT: set[str] = set()
"""Words without any sign: nearly all of them, which are passed over at once."""
_BEGINNING = re.compile(r"\b(?=\w)")
"""Where a word begins, also behind a bracket or a hyphen."""


def _bit_of(part: str, where: _Where) -> int:
    if (part, where) not in _PARTS:
        _PARTS[part, where] = _next()
        if where is _Where.ANYWHERE and len(part) < _START:
            _BRIEF.append(part)
            return _PARTS[part, where]
        _BEGUN[where].setdefault(part[:_START], []).append(part)
        _LENGTHS[where].add(len(part[:_START]))
    return _PARTS[part, where]


def _next() -> int:
    _SILENT.clear()
    _SIGNS_OF.clear()
    return 1 << (len(_PARTS) + len(_ASKED))


def _told_by(word: str) -> int:
    found = sum([bit for is_meant, bit in _ASKED if is_meant(word)])
    folded = word.casefold()
    for part in _BRIEF:
        if part in folded:
            found |= _PARTS[part, _Where.ANYWHERE]
    for part, place in _parts_in(folded, range(len(folded) - _START + 1), _Where.ANYWHERE):
        if folded.startswith(part, place):
            found |= _PARTS[part, _Where.ANYWHERE]
    begun = [match.start() for match in _BEGINNING.finditer(folded)]
    for part, place in _parts_in(folded, begun, _Where.START):
        if folded.startswith(part, place):
            found |= _PARTS[part, _Where.START]
    for part, place in _parts_in(folded, begun, _Where.WHOLE):
        if folded[place:] == part:
            found |= _PARTS[part, _Where.WHOLE]
    return found


def _parts_in(word: str, places: Iterable[int], where: _Where) -> list[tuple[str, int]]:
    """Return the parts that may begin at one of these places, by their first letters, and where."""
    begun = _BEGUN[where]
    return [
        (part, place)
        for length in _LENGTHS[where]
        for place in places
        if (start := word[place : place + length]) in begun
        for part in begun[start]
    ]


_SIGNS_OF: Memo[str, int] = Memo(_told_by, REMEMBERED)
