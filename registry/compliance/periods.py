"""Periods in words: which lengths of time a text names, and whether it names any rule at all or only refers to one."""

import re
from functools import lru_cache

from registry.reference.retention import PeriodUnit

_UNITS = {
    "day": r"days?|tage?n?|jours?|días?|giorni",
    "week": r"weeks?|wochen?|semaines?|semanas?|settimane",
    "month": r"months?|monate?n?|mois|meses|mes|mesi",
    "year": r"years?|jahre?n?|ans?|années?|años?|anni",
}
_PERIOD = re.compile(
    r"(?P<least>(?:at least|no less than|minimum|mindestens|minimal|au moins|au minimum|al menos|almeno)\s+(?:\w+\s+){0,2})?"
    r"(?<![\w.,§/-])(?P<number>\d{1,3})[\s\-\u00a0]*(?:"
    + "|".join(f"(?P<{unit}>{words})" for unit, words in _UNITS.items())
    + r")\b",
    re.IGNORECASE,
)
_MONTHS = {
    str(PeriodUnit.YEAR): 12.0,
    str(PeriodUnit.MONTH): 1.0,
    str(PeriodUnit.WEEK): 7 / 30,
    str(PeriodUnit.DAY): 1 / 30,
}

_NUMBER_WORDS = re.compile(
    r"\b(?:one|two|three|four|five|six|seven|eight|nine|ten|twelve|thirty|ninety|half a year|quarter"
    r"|ein(?:e[mnrs]?)?|zwei|drei|vier|fünf|sechs|sieben|acht|neun|zehn|zwölf|dreißig|halbes jahr"
    r"|une?|deux|trois|quatre|cinq|sept|huit|neuf|dix|douze|trente)\s+(?:\w+\s+)?(?:year|month|week|day|jahr|monat|woche|tag|an|année|mois|semaine|jour)",
    re.IGNORECASE,
)
_DIGIT = re.compile(r"\d")
_REFERENCE = re.compile(
    r"as long as (?:is |it is |they are )?(?:necessary|required|needed)|(?:where|when) no longer (?:necessary|required|needed)"
    r"|(?:per|see|according to|in accordance with|following|under|pursuant to)\s+(?:\w+\W+){0,4}?(?:polic|schedule|plan\b|concept|guideline|law|regulation|provision|requirement|statut|legal)"
    r"|(?:statutory|legal|applicable) (?:retention |limitation )?(?:period|requirement|limit|obligation)"
    r"|(?:gemäß|gem\.|nach|laut|lt\.|siehe|s\.|entsprechend|im rahmen)\s+(?:\w+\W+){0,4}?\w*(?:aktenordnung|akto\b|aktenplan|löschkonzept|löschfrist|löschplan|löschregel|aufbewahrungs|archivgesetz|archivordnung|gesetz|\w*verordnung|\w*vorschrift|\w*richtlinie|\w*konzept|\w*anweisung|satzung)"
    r"|gesetzliche[nr]? (?:\w+\s)?(?:frist|aufbewahr|vorgabe|bestimmung|regelung)|aufbewahrungsfrist(?:en)?\b"
    r"|solange? (?:\w+\s+){0,6}?(?:erforderlich|notwendig|benötigt)|soweit (?:erforderlich|notwendig)"
    r"|(?:conformément|selon|voir|suivant|cf\.?)\s+(?:\w+\W+){0,4}?(?:politique|référentiel|loi|réglement|textes|code|tableau)"
    r"|durée (?:légale|nécessaire|réglementaire)|aussi longtemps que",
    re.IGNORECASE,
)


def months_of(number: float | None, unit: str) -> float | None:
    """Return a period in months, days and weeks as parts of one of thirty days; None where it isn't a whole one."""
    return None if number is None or unit not in _MONTHS else round(number * _MONTHS[unit], 2)


def periods_in(text: str) -> frozenset[float]:
    """Return the lengths that the text names in figures, in months; none where it names others in words."""
    return frozenset() if _NUMBER_WORDS.search(text) else frozenset(_lengths(text, with_least=True))


def longest_allowed(legal_source: str) -> float | None:
    """Return the longest period that a legal source names, in months; None where it names none, or a least one."""
    found = _lengths(legal_source, with_least=False)
    return max(found) if found and len(found) == len(_lengths(legal_source, with_least=True)) else None


def _lengths(text: str, *, with_least: bool) -> list[float]:
    found = []
    for match in _PERIOD.finditer(text):
        if with_least or not match["least"]:
            unit = next(unit for unit in _UNITS if match[unit])
            found.append(round(int(match["number"]) * _MONTHS[unit], 2))
    return found


@lru_cache(maxsize=10_000)
def refers_elsewhere(text: str) -> bool:
    """Say whether words name no period and only refer to a policy, to statutory periods or to what is necessary."""
    return bool(_REFERENCE.search(text)) and not (_DIGIT.search(text) or _NUMBER_WORDS.search(text))


_FOR_GOOD = re.compile(
    r"(?:dauerhafte?(?: aufbewahrung| archivierung)?|unbefristet|unbegrenzt|permanent(?:ly)?|indefinite(?:ly)?|for good|for ever|forever"
    r"|kept permanently|no time limit|illimitée?|définitive|conservation (?:illimitée|définitive)|indefinido|permanente)\W*",
    re.IGNORECASE,
)


def says_for_good(text: str) -> bool:
    """Say whether words name no end and no reason for that, such as “permanently” alone."""
    return bool(_FOR_GOOD.fullmatch(text.strip()))
