"""What the values of a column say about it, where its heading doesn't: letters of Art. 6, ticks, dates, countries."""

import re
from collections.abc import Callable, Collection, Sequence
from itertools import pairwise

from registry.imports.parsing.answers import parse_answer
from registry.imports.parsing.blank_words import classify
from registry.imports.parsing.citations import find_citations
from registry.imports.parsing.countries import find_countries
from registry.imports.parsing.folding import fold
from registry.reference.answers import Answer

LOOKED_AT = 60
"""How many cells of a column are looked at."""
_MOST = 0.6
_CODE = re.compile(r"(?:[A-Za-z]{1,10}[\s._/-]?)?\d[\d._/-]*", re.ASCII)
_UNIT = re.compile(
    r"(?:days?|weeks?|months?|years?|tage?n?|wochen?|monate?n?|jahre?n?|jours?|semaines?|mois|ans?|annees?|giorni|mesi|anni|dias?|semanas?|mes(?:es)?|anos?|dagen|weken|maanden|jaar|jaren)"
)


_PLACES = frozenset(
    fold(word)
    for word in """hosting hosted host location locations stored storage server servers headquarters office site sites
    Standort Standorte Speicherort Serverstandort Sitz Hosting gehostet hébergement hébergé localisation siège stockage
    ubicación alojamiento sede ubicazione hospedagem localização armazenamento locatie vestiging opslag""".split()
)
"""Words of headings over the places of systems and companies: nothing says that data goes there from elsewhere."""


def is_of_ticks(texts: Sequence[str]) -> bool:
    """Return whether a column holds yes and no, or marks and blanks, and nothing else; an empty one doesn't."""
    filled = [text for text in texts if text]
    return bool(filled) and all(_is_tick(text) for text in filled[:LOOKED_AT])


def _is_tick(text: str) -> bool:
    try:
        return parse_answer(text) is not Answer.NOT_ASSESSED
    except ValueError:
        return False


def looks_like_codes(texts: Sequence[str]) -> bool:
    """Return whether nearly all texts of a column are numbers or short codes, such as a name never is."""
    filled = [text for text in texts if text]
    return len(filled) > 1 and all(_CODE.fullmatch(text) for text in filled)


def by_values(texts: Sequence[str], taken: Collection[str | None], heading: str = "") -> str | None:
    """Return what a column with a heading that nobody knows must be by its values, or None.

    Only what can't be anything else: cells that cite Art. 6 are legal bases, cells that are all countries outside a
    table of addresses are where data goes, unless the heading says that it is where something stands. ``taken`` are
    facts that another column holds already.
    """
    filled = [text for text in texts if text and classify(text) is None][:LOOKED_AT]
    if len(filled) < 2:
        return None
    if "legal_bases" not in taken and _share(filled, _cites) >= _MOST:
        return "legal_bases"
    placed = not _PLACES.isdisjoint(fold(heading).split())
    free = "transfers" not in taken and "transfers.country" not in taken and not placed
    if free and _share(filled, _is_countries) == 1.0:
        return "transfers.country"
    if "retention" not in taken and _share(filled, _is_period) >= _MOST:
        return "retention"
    return None


def _share(texts: Sequence[str], test: Callable[[str], bool]) -> float:
    return sum(test(text) for text in texts) / len(texts)


def _cites(text: str) -> bool:
    return any(code.startswith(("A6", "A9", "BR")) for found in find_citations(text[:2000]) for code in found.codes)


def _is_countries(text: str) -> bool:
    found = find_countries(text[:500])
    return bool(found.countries) and not found.words


def _is_period(text: str) -> bool:
    words = fold(text[:200]).split()
    return any(word.isdecimal() and _UNIT.fullmatch(following) for word, following in pairwise(words))
