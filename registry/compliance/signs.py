"""Signs that a text may hold what a rule looks for, told by its words one by one: most texts hold nothing of the kind.

A register says the same few thousand words over and over. Each is looked at once, and what it may be a part of is
remembered as a bit, so that a text is only searched for what one of its words announces.
"""

from collections.abc import Callable
from functools import lru_cache

REMEMBERED = 50_000
"""How many different words are remembered at most."""


def sign(piece: str) -> int:
    """Return the bit that `signs_in` sets for a text that may hold this piece, as a part of words, whatever its case.

    A text without the bit doesn't hold it. Of a piece of several words only the longest is looked for.
    """
    part = max(reversed(piece.casefold().split()), key=len)
    if part not in _SIGNS:
        _SIGNS[part] = _next()
        _STARTS.setdefault(part[:_START], []).append(part)
    return _SIGNS[part]


def sign_of(is_meant: Callable[[str], object]) -> int:
    """Return the bit that `signs_in` sets for a text with a word that is meant."""
    _ASKED.append((is_meant, bit := _next()))
    return bit


def signs_in(text: str) -> int:
    """Return the bits of all signs in the text."""
    found = 0
    for word in set(text.split()) - _SILENT:
        bits = _of_word(word)
        found |= bits
        if not bits:
            _SILENT.add(word)
    if len(_SILENT) > REMEMBERED:
        _SILENT.clear()
    return found


_START = 3
_SIGNS: dict[str, int] = {}
_STARTS: dict[str, list[str]] = {}
"""The parts of words that are looked for, by the letters that they begin with."""
_ASKED: list[tuple[Callable[[str], object], int]] = []
_SILENT: set[str] = set()
"""Words without any sign: nearly all of them, which are passed over at once."""


def _next() -> int:
    _SILENT.clear()
    _of_word.cache_clear()
    return 1 << (len(_SIGNS) + len(_ASKED))


@lru_cache(maxsize=REMEMBERED)
def _of_word(word: str) -> int:
    found = sum(bit for is_meant, bit in _ASKED if is_meant(word))
    folded = word.casefold()
    starts = {folded[place : place + length] for place in range(len(folded)) for length in range(1, _START + 1)}
    for start in starts & _STARTS.keys():
        for part in _STARTS[start]:
            if part in folded:
                found |= _SIGNS[part]
    return found
