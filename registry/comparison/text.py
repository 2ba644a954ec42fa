"""Two texts compared word by word."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import Enum
from itertools import groupby
from operator import itemgetter

MOST_PAIRS = 400_000
"""Above so many pairs of words the texts are compared by sentences, and above so many pairs of those not at all: what
was there is then removed and what is there added. The time that a hostile text takes stays bounded."""

_WORDS = re.compile(r"\s*\w+|\s*[^\w\s]|\s+")
_SENTENCES = re.compile(r"[^.!?\n]*[.!?\n]+\s*|[^.!?\n]+")


class Mark(Enum):
    """What became of a stretch of text."""

    KEPT = "kept"
    REMOVED = "removed"
    ADDED = "added"


@dataclass(frozen=True)
class Token:
    """A stretch of text and what became of it. The kept and removed ones make up the old text, the others the new."""

    mark: Mark
    text: str


def compare_words(old: str, new: str) -> tuple[Token, ...]:
    """Return the stretches in which ``old`` became ``new``: neighbours differ in their mark, and none is empty."""
    marked = _marked(_WORDS.findall(old), _WORDS.findall(new), by_words=True)
    runs = ((mark, "".join(text for _, text in run)) for mark, run in groupby(marked, key=itemgetter(0)))
    edits = _without_chance_hits(runs)
    return tuple(Token(mark, text) for edit in edits for mark, text in zip(Mark, edit, strict=True) if text)


def _without_chance_hits(runs: Iterable[tuple[Mark, str]]) -> list[list[str]]:
    """Return the runs as edits: the text kept before it, what is removed, what is added.

    Kept text that is shorter than what changed on either side of it is a chance hit, such as a lone “the” between two
    sentences that have nothing in common: it becomes part of the change, which reads better.
    """
    edits = [["", "", ""]]
    for mark, text in runs:
        if mark is Mark.KEPT:
            edits.append([text, "", ""])
        else:
            edits[-1][2 if mark is Mark.ADDED else 1] += text
    kept: list[list[str]] = []
    for edit in edits:
        while kept and len(edit[0]) <= min(_size(kept[-1]), _size(edit)):
            before = kept.pop()
            edit = [before[0], before[1] + edit[0] + edit[1], before[2] + edit[0] + edit[2]]
        kept.append(edit)
    return kept


def _size(edit: Sequence[str]) -> int:
    return max(len(edit[1]), len(edit[2]))


def _marked(old: Sequence[str], new: Sequence[str], *, by_words: bool) -> Iterator[tuple[Mark, str]]:
    before = _common_start(old, new)
    after = _common_start(old[before:][::-1], new[before:][::-1])
    removed, added = old[before : len(old) - after], new[before : len(new) - after]
    yield from ((Mark.KEPT, text) for text in old[:before])
    if len(removed) * len(added) <= MOST_PAIRS:
        yield from _matched(removed, added)
    elif by_words:
        parts = [_SENTENCES.findall("".join(side)) for side in (removed, added)]
        yield from _marked(*parts, by_words=False)
    else:
        yield from ((Mark.REMOVED, text) for text in removed)
        yield from ((Mark.ADDED, text) for text in added)
    yield from ((Mark.KEPT, text) for text in old[len(old) - after :])


def _matched(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[Mark, str]]:
    for operation, start, end, new_start, new_end in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if operation == "equal":
            yield from ((Mark.KEPT, text) for text in old[start:end])
        else:
            yield from ((Mark.REMOVED, text) for text in old[start:end])
            yield from ((Mark.ADDED, text) for text in new[new_start:new_end])


def _common_start(old: Sequence[str], new: Sequence[str]) -> int:
    return next((place for place, (a, b) in enumerate(zip(old, new, strict=False)) if a != b), min(len(old), len(new)))
