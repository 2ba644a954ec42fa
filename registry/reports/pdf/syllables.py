"""Where a long word of German or French may be parted, for words that are wider than their column.

The rule is that of the primers: a syllable takes the last consonant, or what is spoken as one, before its vowel.
"""

import re
from itertools import pairwise

HYPHEN = "\u00ad"
"""Drawn as a hyphen; readers that copy or search the text take it for what it is, no part of the word."""

LEAST = 3
"""How many letters stay together at either end of a word."""

_VOWELS = "aeiouyäöüàâéèêëîïôùûœæ"
_SPOKEN_AS_ONE = {
    "de": "schl schm schn schr schw sch str ch ck ph th qu pfl pfr bl br dr fl fr gl gr kl kr pl pr tr".split(),
    "fr": "ch ph th qu gu gn bl br cl cr dr fl fr gl gr pl pr tr vr".split(),
}
_UNITS = {
    language: re.compile("|".join([*units, f"[{_VOWELS}]+", r"\w"]), re.IGNORECASE)
    for language, units in _SPOKEN_AS_ONE.items()
}
_PREFIX = re.compile(
    r"(?:^|(?<=s))(?:(?:un|vor|be)?ver(?=arb|ant|ein|öff|äu|ord)|(?:unter|über|daten)(?=[aeioü]))", re.IGNORECASE
)
"""German beginnings that end in a consonant, which stays with them."""

_RUN = re.compile(r"[^\W\d_]{6,}")
_NO_WORD = re.compile(r"[\d/@\\_=&?]|[.:]\w")


def breaks(word: str, language: str) -> frozenset[int]:
    """Return the places before which the word may be parted; none in an address, a number or another language."""
    units = _UNITS.get(language)
    if units is None or _NO_WORD.search(word):
        return frozenset()
    found: set[int] = set()
    for run in _RUN.finditer(word):
        first, last = run.start() + LEAST, run.end() - LEAST
        prefix = {joint.end() for joint in _PREFIX.finditer(word, run.start(), run.end())}
        parts = list(units.finditer(word, run.start(), run.end()))
        spoken = next((part.start() for part in parts if _is_vowel(part)), run.end())
        onsets = {one.start() for one, after in pairwise(parts) if not _is_vowel(one) and _is_vowel(after)}
        onsets = {place for place in onsets if place > spoken and place + 1 not in prefix}
        found |= {place for place in onsets | prefix if first <= place <= last}
    return frozenset(found)


def _is_vowel(unit: re.Match[str]) -> bool:
    return unit[0][0].casefold() in _VOWELS
