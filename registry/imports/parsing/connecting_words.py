"""Words that tie a citation into its sentence: where one would be left dangling, nothing may be cut off."""

import re


def _any_of(words: str) -> str:
    return "(?:" + "|".join(words.split()) + ")"


_STARTS = _any_of(
    """soweit sofern falls wenn weil da bei für fuer nach gemäß gemaess gem zur zum zu auf aus im in mit durch aufgrund
    auch sowie insb insbesondere wobei welche[rsn]? der die das des dem den
    abs absatz satz s uabs lit buchst nr alt hs ff f para paragraph point letter lid onder lett letra al[ií]nea [a-j]
    where when if because as since which that who insofar to for under of on by with only the
    par pour lorsque lorsqu si car dans en au aux selon sur qui dont que per se quando secondo ai nel cui
    para cuando según conforme ao voor wanneer indien op volgens met"""
)
_ENDS = _any_of(
    r"""nach gemäß gemaess gem zufolge laut aus auf im in von vom zu zum zur bei mit für fuer ergänzend ergaenzend
    zusätzlich zusaetzlich ggf bzw sowie insbesondere insb aufgrund durch i\.?\s?s\.?\s?d sinne des der die das dem den
    ist sind under by per of to with on at from see is are the and or articles? also additionally
    titre selon sur par de du la le les l d au aux en à vu ai sensi dell ex con según conforme a al del el os as o do
    da nos termos van volgens krachtens zie und oder et ou e y"""
)
_NEGATIONS = _any_of(
    r"nicht kein\w* ohne statt anstatt anstelle not no without instead rather pas sans non senza sin sem não niet geen"
    " zonder"
)
_BEHIND_NEGATION = _any_of(
    """auf nach gemäß gemaess gem durch die der das den einer? based on under by the a of than relying pursuant to
    sur selon la le les de du basato su según conforme op het in grond van einwilligung vertrag berechtigtes interesse
    consent contract consentement contrat consenso toestemming"""
)

SPEAKS_AGAINST = re.compile(
    r"(?<![^\W_])(?:nicht|nie|kein\w*|ohne|entfällt|un(?:wirksam|gültig)|widerrufen|not|no|never|none|without|in?valid|withdrawn|expired|refused|rejected"
    r"|pas|aucune?|sans|non|caduque?|retirée?|invalide|senza|nessun\w*|revocat\w+|sin|ningun\w*|revocad\w+|sem|não|nenhum\w*|revogad\w+|niet|geen|zonder|ingetrokken|inte|ej|inga|inget|ingen|utan|återkallat|ikke|uten|uden|trukket|tilbagekaldt|nej|nei|bez|brak|cofnięta|wycofana)(?![^\W_])|\?",
    re.IGNORECASE,
)
"""Words beside the name of a basis that may say that it is none."""

DANGLING_START = re.compile(rf"{_STARTS}(?![^\W_])", re.IGNORECASE)
DANGLING_END = re.compile(rf"(?<![^\W_]){_ENDS}[.:']?\s*\Z", re.IGNORECASE)
NEGATED = re.compile(rf"(?<![^\W_]){_NEGATIONS}(?:\s+{_BEHIND_NEGATION}\.?){{0,5}}\s*\(?\Z", re.IGNORECASE)
"""A "not" or "without" at the end, followed at most by prepositions, articles and the name of a basis."""
