"""What the words of a cell that isn't ours say by themselves: a bare yes or no, a program's code, a name."""

import re
from functools import lru_cache

from registry.imports.fragments import ANSWER_OF, Fragment, Reading, Sources, row_of
from registry.imports.parsing.answers import parse_answer
from registry.imports.parsing.blank_words import Blank, classify
from registry.imports.parsing.folding import fold
from registry.imports.source import SourceCell
from registry.imports.values import Value
from registry.record.definition import Fact, Kind, main_fact, words_fact
from registry.record.messages import Message
from registry.reference.answers import Answer

REMEMBERED = 10_000
"""How many texts are remembered with what they say: the same few fill most columns."""
BARE_NONE = 20
"""A none-word longer than this carries a reason that is worth keeping."""

DENIALS = frozenset(
    """no not none nobody never nicht kein keine keinen keiner keinerlei niemand aucun aucune pas jamais nessun nessuna
    nessuno ningún ningun ninguna ninguno nadie nenhum nenhuma ninguém não geen niet niemand ingen inga inget inte ej
    ikke nie brak żaden żadne żadnych""".split()
)
"""Words that begin a denial and hardly ever a name."""
FOLDED_DENIALS = frozenset(map(fold, DENIALS))
_LONGEST_DENIAL = 6
_SHORT = 4
_NO_DENIAL = frozenset({"of", "for"})
"""Words behind which a number is meant ("No of children"), or a kind of body ("not for profit")."""

_CODE = re.compile(r"[a-z0-9]+(?:_[a-z0-9]+)+")
_FAMILY = frozenset({"privacy", "gdpr"})


@lru_cache(maxsize=REMEMBERED)
def bare_answer(text: str) -> Answer | None:
    """Return the yes or no that a text says and nothing else, or None."""
    try:
        answer = parse_answer(text)
    except ValueError:
        return None
    return answer if answer in {Answer.YES, Answer.NO} else None


def is_bare_yes(text: str) -> bool:
    """Return whether a text says yes and nothing else."""
    return bare_answer(text) is Answer.YES


def starts_negative(text: str) -> bool:
    """Return whether the first word of a text says no."""
    first = text.split()[0].strip(".,;:–—-()").casefold()
    return classify(first) is Blank.NONE_STATED


def denies(text: str) -> bool:
    """Return whether a text goes on behind a no, as "no one outside the team"; "No. of children" doesn't."""
    words = text.split()
    first = words[0].rstrip(",:").casefold()
    return first in DENIALS and len(words) > 1 and words[1].casefold() not in _NO_DENIAL


@lru_cache(maxsize=REMEMBERED)
def says_none(text: str) -> bool:
    """Return whether a text says that there is none, and nothing else."""
    return classify(text) is Blank.NONE_STATED


def denies_heading(text: str, heading: str) -> bool:
    """Return whether a text is no more than a no to its heading, in the words of that: "kein Profiling"."""
    if not denies(text):
        return False
    said = fold(text).split()
    asked = {stem(word) for word in fold(heading).split()}
    others = [word for word in said if word not in FOLDED_DENIALS]
    return 0 < len(others) < len(said) <= _LONGEST_DENIAL and all(stem(word) in asked for word in others)


def stem(word: str) -> str:
    """Return a folded word without an ending in which it may differ from the same word in a heading."""
    return word if len(word) <= _SHORT else word.rstrip("nse")


def spelt(text: str) -> str:
    """Return a program's code, such as privacy_contract, in words; any other text as it stands."""
    if not _CODE.fullmatch(text):
        return text
    first, *others = text.split("_")
    return " ".join(others if first in _FAMILY else [first, *others])


def row_named(fact: Fact, text: str, sources: Sources) -> dict[str, Value]:
    """Return a row of a list that is called ``text``: the entry of that name, or the words."""
    assert fact.row is not None  # noqa: S101 only called for lists
    main, words = main_fact(fact.row), words_fact(fact.row)
    if main.kind is not Kind.ENTRY:
        return (
            row_of(fact, **{main.key: text})
            if main.kind is not Kind.CHOICE or words is None
            else row_of(fact, **{words.key: text})
        )
    found = sources.lookups.entry(main.entry, text)
    if found is not None or words is None:
        return row_of(fact, **{main.key: found})
    return row_of(fact, **{words.key: text})


def read_none(cell: SourceCell, fragment: Fragment, reading: Reading, *, whole: bool = True) -> None:
    """Read an explicit none of a list: the answer no, where it has a question, and no rows.

    Where the column isn't of the ``whole`` list, as one of processors, its none leaves the question open.
    """
    answer = ANSWER_OF.get(cell.key) if whole else None
    if answer:
        fragment.say(answer, str(Answer.NO), cell)
    else:
        reading.remark(cell, "note", Message("This says that there is none; the list is left empty."))
    fragment.add(cell.key, [], cell)
    if len(cell.text) > BARE_NONE:
        reading.keep(cell, Message("It says why there is none."), severity="note")


def note_answered(cell: SourceCell, fragment: Fragment) -> None:
    """Answer the question of a list with yes, since it has rows."""
    answer = ANSWER_OF.get(cell.key.partition(".")[0])
    if answer:
        fragment.say(answer, str(Answer.YES), cell)
