"""Knows which positions of a text lie inside brackets or double quotes, where nothing may be split."""

import re
from bisect import bisect
from functools import lru_cache
from types import MappingProxyType

_CLOSING = {"(": ")", "[": "]", "{": "}"}
_QUOTES = {'"': '"', "“": "”", "„": "“”"}
_ENUMERATOR = re.compile(r"(?<![\w(\[{])(?:ea|[a-z])\Z", re.IGNORECASE)


@lru_cache(maxsize=16)
def bracket_pairs(text: str) -> MappingProxyType[int, int]:
    """Return the position of each closing bracket with the position of the bracket that it closes.

    The bracket of an enumeration, as in "a) and b)", closes something only if nothing else closes what is open.
    """
    strong: list[int] = []
    weak: list[int] = []
    for position, sign in enumerate(text):
        if sign in _CLOSING.values():
            listed = sign == ")" and _ENUMERATOR.search(text[max(0, position - 3) : position])
            (weak if listed else strong).append(position)
    pairs: dict[int, int] = {}
    unclosed = _match(text, strong, pairs)
    for index, start in enumerate(unclosed):
        limit = unclosed[index + 1] if index + 1 < len(unclosed) else len(text)
        place = bisect(weak, start)
        if text[start] == "(" and place < len(weak) and weak[place] < limit:
            pairs[weak[place]] = start
    return MappingProxyType(pairs)


def _match(text: str, closings: list[int], pairs: dict[int, int]) -> list[int]:
    """Pair brackets by nesting, write the pairs down, and return the opening ones that remain."""
    opened: list[int] = []
    unclosed: list[int] = []
    waiting = dict.fromkeys(_CLOSING.values(), 0)
    closing = set(closings)
    for position, sign in enumerate(text):
        if sign in _CLOSING:
            opened.append(position)
            waiting[_CLOSING[sign]] += 1
        elif position in closing and waiting[sign]:
            while (expected := _CLOSING[text[opened[-1]]]) != sign:
                waiting[expected] -= 1
                unclosed.append(opened.pop())
            waiting[sign] -= 1
            pairs[position] = opened.pop()
    return sorted(unclosed + opened)


def depths(text: str, *, quotes: bool = False) -> list[int]:
    """Return for every position how many brackets (and, if asked, double quotes) are open there.

    The brackets themselves count as inside. A bracket or quote that is never closed, and a closing one that was never
    opened, count as ordinary characters, so that one slip of a typist does not hide the rest of the text.
    """
    quoted = _quoted(text) if quotes else []
    outside, position = "", 0
    for start, end in quoted:
        outside += text[position:start] + "\x00" * (end + 1 - start)
        position = end + 1
    outside += text[position:]
    steps = [0] * (len(text) + 1)
    for start, end in [*quoted, *((start, end) for end, start in bracket_pairs(outside).items())]:
        steps[start] += 1
        steps[end + 1] -= 1
    level = 0
    result: list[int] = []
    for step in steps[:-1]:
        level += step
        result.append(level)
    return result


def balanced(text: str) -> bool:
    """Say whether every bracket in the text has its partner; the brackets of an enumeration, "a)", need none."""
    pairs = bracket_pairs(text)
    partners = set(pairs) | set(pairs.values())
    for position, sign in enumerate(text):
        if position in partners or (sign not in _CLOSING and sign not in _CLOSING.values()):
            continue
        if sign != ")" or not _ENUMERATOR.search(text[max(0, position - 3) : position]):
            return False
    return True


def split_outside(text: str, separators: str, *, quotes: bool = False) -> list[tuple[str, str]]:
    """Split at single characters that stand outside brackets; return pairs of a part and the separator after it.

    The last pair's separator is "". The parts and separators, joined again, are exactly the text.
    """
    level = depths(text, quotes=quotes)
    parts: list[tuple[str, str]] = []
    start = 0
    for position, sign in enumerate(text):
        if sign in separators and not level[position]:
            parts.append((text[start:position], sign))
            start = position + 1
    parts.append((text[start:], ""))
    return parts


def _quoted(text: str) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    position = 0
    while position < len(text):
        sign = text[position]
        if sign in _QUOTES and not (position and text[position - 1].isalnum()):
            ends = [end for closing in _QUOTES[sign] if (end := text.find(closing, position + 1)) >= 0]
            if ends:
                found.append((position, min(ends)))
                position = min(ends)
        position += 1
    return found
