"""Cells of a table that isn't ours that hold a list, or a tick for one of its values."""

import re
from functools import lru_cache

from registry.imports.foreign_grounds import read_legal_bases
from registry.imports.foreign_words import (
    bare_answer,
    denies,
    note_answered,
    read_none,
    row_named,
    says_none,
    starts_negative,
)
from registry.imports.fragments import ANSWER_OF, FACTS, Fragment, Reading, Sources
from registry.imports.layouts.ticks import SPECIAL
from registry.imports.parsing.answers import after_yes, parse_answer
from registry.imports.parsing.blank_words import Blank
from registry.imports.parsing.folding import fold
from registry.imports.parsing.lists import split_list
from registry.imports.parsing.recipient_roles import role_in_words
from registry.imports.problems import BadValue
from registry.imports.source import SourceCell
from registry.record.definition import main_fact, words_fact
from registry.record.messages import Message
from registry.reference.answers import Answer
from registry.reference.roles import RecipientRole

_ASKED = frozenset({*ANSWER_OF, "joint_controllers"})
"""Lists of which registers ask first whether there are any: "Yes: the tax office"."""
_NAMED_BY_WHO = frozenset({"recipients", "joint_controllers", "controllers", "data_subjects", "data_categories"})
"""Lists of which a part that says no names nothing; a measure or a purpose may be that something isn't done."""
_ROLES_IN_HEADINGS = frozenset(
    map(str, (RecipientRole.PROCESSOR, RecipientRole.SUB_PROCESSOR, RecipientRole.INTERNAL_UNIT))
)
_RECIPIENT_WORDS = frozenset(
    "recipient recipients empfaenger empfaengerinnen und destinataires destinatari destinatarios ontvangers".split()
)
_BRACKET = re.compile(r"\s*[(\[][^()\[\]]*[)\]]")
_NUMBERS = re.compile(r"\A[\d.]+\s")
NAMED_FREELY = frozenset({"consents", "segments", "impact_assessments"})
"""Lists whose rows people name as they like: what is known about one alone makes a row called by its heading."""


def read_list(cell: SourceCell, kind: Blank | None, fragment: Fragment, reading: Reading, sources: Sources) -> None:
    """A list in prose: each part that is called exactly like an entry becomes that entry, all others stay words."""
    if kind is Blank.NONE_STATED:
        read_none(cell, fragment, reading, whole=not (cell.key == "recipients" and _role_of(cell.heading)))
        return
    fact = FACTS[cell.key]
    answer, more = bare_answer(cell.text), after_yes(cell.text)
    if answer is not None or (more and cell.key in NAMED_FREELY):
        if cell.key in ANSWER_OF and answer is not None:
            fragment.say(ANSWER_OF[cell.key], str(answer), cell)
            fragment.lists.setdefault(cell.key, [])
        reading.keep(cell, Message("This says no more than yes or no."))
        return
    if cell.key == "impact_assessments" and _state_of_assessment(cell, fragment, sources):
        return
    if more and cell.key in _ASKED:
        cell = cell._replace(text=more)
    parts = split_list(cell.text)
    named = cell.key in _NAMED_BY_WHO
    if against := [part for part in parts if says_none(part) or (named and denies(part))]:
        _keep_denials(cell, against, reading, alone=len(against) == len(parts))
        parts = [part for part in parts if part not in against]
        if not parts:
            return
    rows = [row_named(fact, part, sources) for part in parts]
    if cell.key == "recipients" and (role := _role_of(cell.heading)):
        for row in rows:
            row["role"] = role
    fragment.add(cell.key, rows, cell)
    note_answered(cell, fragment)


def _keep_denials(cell: SourceCell, against: list[str], reading: Reading, *, alone: bool) -> None:
    """Keep the parts of a list that say who or what is not in it: as rows they would say the opposite."""
    message = (
        Message("This begins with a no and goes on: whether there are any is left unanswered.")
        if alone and cell.key in ANSWER_OF
        else Message("This begins with a no and goes on: it is no row of the list.")
    )
    reading.keep(cell._replace(text="; ".join(against)), message)


@lru_cache(maxsize=1000)
def _role_of(heading: str) -> str:
    """Return what recipients are under a heading that says it: "Processors (Art. 28)", "Interne Empfänger"."""
    for words in (heading, _NUMBERS.sub("", _BRACKET.sub("", heading))):
        folded = " ".join(word for word in fold(words).split() if word not in _RECIPIENT_WORDS)
        role = role_in_words(folded) or role_in_words(folded.removesuffix("s"))
        if role in _ROLES_IN_HEADINGS:
            return role
    return ""


def _state_of_assessment(cell: SourceCell, fragment: Fragment, sources: Sources) -> bool:
    """Read a state or conclusion ("In progress", "Not required") as such: no assessment is called so."""
    for inner in ("status", "conclusion"):
        try:
            value = sources.inner["impact_assessments"][inner](cell.text, sources.organisation)
        except BadValue:
            continue
        fragment.tell("impact_assessments", inner, value, cell)
        return True
    return False


def read_tick(cell: SourceCell, kind: Blank | None, fragment: Fragment, reading: Reading, sources: Sources) -> None:
    """A cell under a value that a form lists: ticked, not ticked, or with words about it."""
    if kind is not None:
        return
    try:
        answer = parse_answer(cell.text)
    except ValueError:
        answer = None
    if answer in {Answer.NO, Answer.NOT_ASSESSED}:
        return
    if cell.key == "role" and answer is Answer.YES and fragment.values.get("role", cell.value) == cell.value:
        fragment.say("role", cell.value, cell)
        return
    fact = FACTS.get(cell.key)
    if fact is None or fact.row is None:
        reading.keep(cell, Message("Only a list has values that can be ticked."))
        return
    if answer is None and starts_negative(cell.text):
        reading.keep(cell, Message("This begins with a no and goes on."))
        return
    if cell.key == "legal_bases":
        said = cell.value if answer else f"{cell.value}: {cell.text}"
        read_legal_bases(cell._replace(text=said), None, fragment, reading, sources)
        return
    row = row_named(fact, cell.value, sources)
    if answer is None:
        items = "items" if "items" in row else (words_fact(fact.row) or main_fact(fact.row)).key
        row[items] = cell.text if items == "items" or not row[items] else f"{row[items]}: {cell.text}"
    fragment.add(cell.key, [row], cell)
    if cell.key == "data_categories" and cell.value in SPECIAL:
        fragment.say("special_categories", str(Answer.YES), cell)
    note_answered(cell, fragment)
