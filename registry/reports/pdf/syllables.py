"""Where a long word may be parted, for words that are wider than their column: by pyphen's dictionaries of patterns."""

import re
from functools import cache, lru_cache
from itertools import pairwise

from pyphen import Pyphen

HYPHEN = "\u00ad"
"""Drawn as a hyphen; readers that copy or search the text take it for what it is, no part of the word."""

LEAST = 3
"""How many letters stay together at either end of a word."""

_DICTIONARIES = {"de": "de_DE", "en": "en_GB", "fr": "fr"}
_RUN = re.compile(r"[^\W\d_]{6,}")
_LONGEST_RUN = 80
"""What has more letters on end is no word of any language."""

_NO_WORD = re.compile(r"[\d@\\_=&?]|://|^/|\.\w|:(?!in(?:nen)?\b)\w")
"""An address, a path, a number; but not two words with a stroke between them, nor "Bürger:innen"."""
_VOWEL = re.compile("[aeiouyäöüàâéèêëîïôùûœæ]", re.IGNORECASE)


def breaks(word: str, language: str) -> frozenset[int]:
    """Return the places before which the word may be parted; none in an address, a number or another language."""
    if language not in _DICTIONARIES or _NO_WORD.search(word):
        return frozenset()
    runs = (run for run in _RUN.finditer(word) if run.end() - run.start() <= _LONGEST_RUN)
    return frozenset(run.start() + place for run in runs for place in _within(run[0], language))


@lru_cache(maxsize=5_000)
def _within(run: str, language: str) -> tuple[int, ...]:
    """Return the places in letters without anything between them.

    The German patterns mark the joints of compounds as well as syllables, and now and then part a lone consonant from
    the syllable that it ends: what has no vowel stays with what is before it.
    """
    dictionary = _dictionary(language)
    places = [int(place) for place in dictionary.positions(run)]
    # every word would be kept for as long as the process lives
    dictionary.hd.cache.clear()
    return tuple(place for place, after in pairwise([*places, len(run)]) if _VOWEL.search(run, place, after))


@cache
def _dictionary(language: str) -> Pyphen:
    """Return the patterns of a language, read at the first word that is parted: the German ones take a second."""
    return Pyphen(lang=_DICTIONARIES[language], left=LEAST, right=LEAST)
