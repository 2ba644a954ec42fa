"""Patterns that are looked for in the words of a record, only where one of their beginnings stands."""

import re
from collections.abc import Iterator
from functools import reduce
from operator import or_

from registry.compliance.context import Reading
from registry.compliance.signs import sign


class Sought:
    """A pattern, and the plain letters that it may begin with: where none of these is, nothing is."""

    def __init__(self, pattern: re.Pattern[str]) -> None:
        self.pattern = pattern
        self.beginnings = {beginning: sign(beginning) for beginning in beginnings_of(pattern.pattern)}
        self.signs = reduce(or_, self.beginnings.values())

    def found_in(self, reading: Reading) -> Iterator[re.Match[str]]:
        """Yield where the record says any of these, from the first on; only places where one may begin are looked at."""
        signs = reading.signs & self.signs
        if not signs:
            return
        words, folded = reading.words, reading.folded
        beginnings = [beginning for beginning, bit in self.beginnings.items() if bit & signs and beginning in folded]
        if len(folded) != len(words):  # a letter such as ß is two without case: places don't agree
            yield from self.pattern.finditer(words) if beginnings else ()
            return
        end = 0
        for place in sorted({place for beginning in beginnings for place in _places(beginning, folded)}):
            if place >= end and (match := self.pattern.match(words, place)):
                yield match
                end = match.end()


def sought(*alternatives: str) -> Sought:
    """Return what looks for words, each from its beginning on, whatever their case."""
    return Sought(re.compile(rf"\b(?:{'|'.join(alternatives)})", re.IGNORECASE))


def beginnings_of(pattern: str) -> tuple[str, ...]:
    """Return the plain letters, without case, that the alternatives of a pattern begin with.

    Each may begin with a group of further alternatives. Raises ValueError for one that begins with anything else: where
    it may be found couldn't be told.
    """
    found: list[str] = []
    for alternative in _alternatives(pattern.removeprefix(r"\b")):
        if alternative.startswith("(?:"):
            end = _closing(alternative)
            if alternative[end + 1 : end + 2] in ("?", "*", "{"):
                raise ValueError(f"{alternative!r} has to begin with letters: its first group may be missing.")
            found += beginnings_of(alternative[3:end])
            continue
        plain = re.match(r"[\w -]+(?![?*{])", alternative)
        if plain is None:
            raise ValueError(f"{alternative!r} has to begin with letters.")
        found.append(plain[0].casefold())
    return tuple(dict.fromkeys(found))


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


def _places(beginning: str, text: str) -> Iterator[int]:
    place = text.find(beginning)
    while place >= 0:
        yield place
        place = text.find(beginning, place + 1)
