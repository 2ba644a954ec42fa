"""Patterns that are looked for in the words of a record, only where one of their beginnings stands."""

import re
from collections.abc import Iterator
from functools import reduce
from operator import or_

from registry.compliance.context import Reading
from registry.compliance.signs import sign, sign_at_start
from registry.record.remembered import Memo


class Sought:
    """A pattern, and the plain letters that it may begin with: where none of these is, nothing is."""

    def __init__(self, pattern: re.Pattern[str]) -> None:
        self.pattern = pattern
        anchored = pattern.pattern.startswith(r"\b")
        self.beginnings = {one: _signs_of(one, anchored) for one in beginnings_of(pattern.pattern)}
        self.signs = reduce(or_, self.beginnings.values())
        self._announced: Memo[int, tuple[str, ...]] = Memo(
            lambda signs: tuple(one for one, bits in self.beginnings.items() if bits & signs == bits)
        )

    def announced_by(self, signs: int) -> tuple[str, ...]:
        """Return the beginnings that a text with these signs may hold: those of which every word is announced."""
        return self._announced[signs & self.signs]

    def found_in(self, reading: Reading) -> Iterator[re.Match[str]]:
        """Yield where the record says any of these, from the first on; only places where one may begin are looked at."""
        announced = self.announced_by(reading.signs)
        if not announced:
            return
        words, folded = reading.words, reading.folded
        if not words.isascii() and (len(folded) != len(words) or any(letter in words for letter in _SAME)):
            yield from self.pattern.finditer(words)  # places don't agree, or other letters count as the same
            return
        places: list[int] = []
        for beginning in announced:
            place = folded.find(beginning)
            while place >= 0:
                places.append(place)
                place = folded.find(beginning, place + 1)
        end = 0
        for place in sorted(places):
            if place >= end and (match := self.pattern.match(words, place)):
                yield match
                end = match.end()


_SAME = "\u017f\u212a"
"""A long s and the sign for kelvin: a pattern takes them for s and k, their small letters are none of these."""


def sought(*alternatives: str) -> Sought:
    """Return what looks for words, each from its beginning on, whatever their case."""
    return Sought(re.compile(rf"\b(?:{'|'.join(alternatives)})", re.IGNORECASE))


def is_denied(words: str, place: int) -> bool:
    """Say whether what stands at this place is denied by the words before it: “uses no fingerprints”."""
    return bool(_DENIED.search(words, max(0, place - _NEAR), place))


_NEAR = 25
"""How many letters before a place may deny what stands there."""

_DENIED = re.compile(
    r"\b(?:no|not|never|without|keine?|nicht|ohne|sans|pas d[e'’]|aucune?)\s+(?:\w+\s+){0,2}$", re.IGNORECASE
)

_BRIEF = 3
_COMMON = frozenset({"data", "customer", "address", "record", "from", "with", "measures", "other", "than"})
"""Words that stand in many records: they announce nothing beside others, no more than those of three letters do."""


def _signs_of(beginning: str, anchored: bool) -> int:
    """Return the bits of the words of a beginning; the first may stand inside a longer one where nothing anchors it."""
    words = beginning.split()
    telling = [place for place, word in enumerate(words) if len(word) > _BRIEF and word not in _COMMON] or [0]
    last = len(words) - (not beginning.endswith(" "))
    signs = [
        sign(words[place]) if place == 0 and not anchored else sign_at_start(words[place], is_whole=place < last)
        for place in telling
    ]
    return reduce(or_, signs)


def beginnings_of(pattern: str) -> tuple[str, ...]:
    """Return the plain small letters that the alternatives of a pattern begin with.

    What may be missing is told with and without it, and a group by each of its alternatives. Raises ValueError for a
    pattern that may begin with anything else: where it may be found couldn't be told.
    """
    found: list[str] = []
    for alternative in _alternatives(pattern.removeprefix(r"\b")):
        begun = [text.lower() for text, _ in _begun(alternative)]
        if "" in begun:
            raise ValueError(f"{alternative!r} has to begin with letters.")
        found += begun
    return tuple(dict.fromkeys(found))


_MOST = 8
"""So many beginnings one alternative has at most, unless its first group has more: what follows them isn't told."""


def _begun(pattern: str) -> list[tuple[str, bool]]:
    """Return the plain letters that an alternative may begin with, and whether these are all that it says."""
    begun, place = [""], 0
    ended: list[str] = []
    while place < len(pattern):
        if pattern.startswith(r"\b", place):
            place += 2
            continue
        piece, place = _piece(pattern, place)
        quantifier = pattern[place : place + 1]
        if not piece or quantifier in ("*", "{") or len(begun) * len(piece) + len(ended) > max(_MOST, len(piece)):
            return [(text, False) for text in (*ended, *begun)]
        if quantifier == "?":
            piece.append(("", True))
        place += quantifier in ("?", "+")
        ended += [text + said for text in begun for said, is_whole in piece if not is_whole]
        begun = [text + said for text in begun for said, is_whole in piece if is_whole]
        if quantifier == "+":
            return [(text, False) for text in (*ended, *begun)]
    return [*((text, False) for text in ended), *((text, True) for text in begun)]


def _piece(pattern: str, place: int) -> tuple[list[tuple[str, bool]], int]:
    """Return what the next letter or group of a pattern says, nothing where that isn't plain, and the place behind it."""
    if pattern.startswith("(?:", place):
        end = place + _closing(pattern[place:])
        return [one for some in _alternatives(pattern[place + 3 : end]) for one in _begun(some)], end + 1
    letter = pattern[place]
    return ([(letter, True)] if _PLAIN.match(letter) else []), place + 1


_PLAIN = re.compile(r"[\w -]")


def _alternatives(pattern: str) -> Iterator[str]:
    depth = start = 0
    for place, letter in enumerate(pattern):
        depth += (letter == "(") - (letter == ")")
        if letter == "|" and not depth:
            yield pattern[start:place]
            start = place + 1
    yield pattern[start:]


def _closing(pattern: str) -> int:
    depth = 0
    for place, letter in enumerate(pattern):
        depth += (letter == "(") - (letter == ")")
        if not depth:
            return place
    raise ValueError(f"{pattern!r} has a group that is never closed.")
