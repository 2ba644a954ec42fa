"""Reads yes, no and not assessed in eleven languages, and the signs that spreadsheets use for them."""

import re

from registry.imports.parsing.blank_words import Blank, classify
from registry.imports.parsing.brackets import balanced
from registry.imports.parsing.folding import fold
from registry.imports.parsing.refusal import CannotRead
from registry.record.messages import Message
from registry.reference.answers import Answer

ACCEPTED = Message("yes, no or not assessed (also ja/nein, oui/non, sí/no, sì/no, sim/não, ja/nee, true/false, x, 1/0)")

_YES = frozenset(
    "yes y ja j oui si sim true wahr vrai verdadero verdadeiro vero waar sant sandt prawda tak x 1".split()
)
_YES_WORDS = frozenset("yes ja oui si sim tak true vrai wahr".split())
_LONGEST_YES = 8
_NO = frozenset(
    "no n nein non nee neen nao false falsch faux falso onwaar nej nei nie falskt usant falsk falsz 0".split()
)
_NOT_ASSESSED = frozenset(
    word.strip()
    for word in """
    not assessed; not yet assessed; unanswered; not answered; nicht beurteilt; nicht bewertet; nicht geprueft;
    noch nicht geprueft; noch nicht beurteilt; unbeantwortet; non evalue; pas encore evalue; no evaluado;
    non valutato; nao avaliado; niet beoordeeld; ej bedoemt; inte bedoemt; ikke vurdert; ikke vurderet;
    nie oceniono; nie oceniane
    """.split(";")
)
_TICKS = {
    "✓": Answer.YES, "✔": Answer.YES, "☑": Answer.YES, "☒": Answer.YES, "✅": Answer.YES, "☐": Answer.NO,
    "✗": Answer.NO, "✘": Answer.NO, "❌": Answer.NO, "✖": Answer.NO,
}  # fmt: skip
_GOES_ON = re.compile(r"\s*(?:[,;:(\[–—.!]|[-/]\s|\s-)\s*")


def after_yes(text: str) -> str | None:
    """Return what a text says behind a yes, as in "Yes (USA)"; None where no yes begins it, or one stands alone."""
    found = _GOES_ON.search(text)
    if found is None or found.start() > _LONGEST_YES or fold(text[: found.start()]) not in _YES_WORDS:
        return None
    rest = text[found.end() :].strip()
    if found[0].strip() in ("(", "[") and rest.endswith((")", "]")) and not balanced(rest):
        rest = rest[:-1]
    return after_yes(rest) or rest.strip() or None


def parse_answer(text: str) -> Answer:
    """Return the answer that the text gives; empty text and "not known yet" are NOT_ASSESSED.

    Raises ValueError, naming what is accepted, for anything else, also for an answer with words around it.
    """
    stripped = text.strip()
    if (sign := stripped.rstrip("\ufe0f\ufe0e")) in _TICKS:
        return _TICKS[sign]
    folded = fold(stripped)
    said = {fold(part) for part in stripped.split("/")} if "/" in stripped else {folded}
    if said <= _YES:
        return Answer.YES
    if said <= _NO:
        return Answer.NO
    if not stripped or folded in _NOT_ASSESSED or classify(stripped) is Blank.UNKNOWN:
        return Answer.NOT_ASSESSED
    raise CannotRead(Message("“%(text)s” is not an answer.", text=stripped), ACCEPTED)
