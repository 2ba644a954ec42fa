"""Reads yes, no and not assessed in seven languages, and the signs that spreadsheets use for them."""

from registry.imports.parsing.blank_words import Blank, classify
from registry.imports.parsing.folding import fold
from registry.imports.parsing.refusal import CannotRead
from registry.record.messages import Message
from registry.reference.answers import Answer

ACCEPTED = Message("yes, no or not assessed (also ja/nein, oui/non, sí/no, sì/no, sim/não, ja/nee, true/false, x, 1/0)")

_YES = frozenset("yes y ja j oui si sim true wahr vrai verdadero verdadeiro vero waar x 1".split())
_NO = frozenset("no n nein non nee nao false falsch faux falso onwaar 0".split())
_NOT_ASSESSED = frozenset(
    word.strip()
    for word in """
    not assessed; not yet assessed; unanswered; not answered; nicht beurteilt; nicht bewertet; nicht geprueft;
    noch nicht geprueft; noch nicht beurteilt; unbeantwortet; non evalue; pas encore evalue; no evaluado;
    non valutato; nao avaliado; niet beoordeeld
    """.split(";")
)
_TICKS = {"✓": Answer.YES, "✔": Answer.YES, "☑": Answer.YES, "☒": Answer.YES, "☐": Answer.NO}


def parse_answer(text: str) -> Answer:
    """Return the answer that the text gives; empty text and "not known yet" are NOT_ASSESSED.

    Raises ValueError, naming what is accepted, for anything else, also for an answer with words around it.
    """
    stripped = text.strip()
    if stripped in _TICKS:
        return _TICKS[stripped]
    folded = fold(stripped)
    if folded in _YES:
        return Answer.YES
    if folded in _NO:
        return Answer.NO
    if not stripped or folded in _NOT_ASSESSED or classify(stripped) is Blank.UNKNOWN:
        return Answer.NOT_ASSESSED
    raise CannotRead(Message("“%(text)s” is not an answer.", text=stripped), ACCEPTED)
