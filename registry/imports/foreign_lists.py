"""Cells of a table that isn't ours that hold a list, or a tick for one of its values."""

from registry.imports.foreign_words import bare_answer, note_answered, read_none, row_named, starts_negative
from registry.imports.fragments import FACTS, Fragment, Reading, Sources
from registry.imports.layouts.ticks import SPECIAL
from registry.imports.parsing.answers import parse_answer
from registry.imports.parsing.blank_words import Blank
from registry.imports.parsing.lists import split_list
from registry.imports.source import SourceCell
from registry.record.definition import main_fact, words_fact
from registry.record.messages import Message
from registry.reference.answers import Answer

NAMED_FREELY = frozenset({"consents", "segments", "impact_assessments"})
"""Lists whose rows people name as they like: what is known about one alone makes a row called by its heading."""


def read_list(cell: SourceCell, kind: Blank | None, fragment: Fragment, reading: Reading, sources: Sources) -> None:
    """A list in prose: each part that is called exactly like an entry becomes that entry, all others stay words."""
    if kind is Blank.NONE_STATED:
        read_none(cell, fragment, reading)
        return
    fact = FACTS[cell.key]
    if cell.key in NAMED_FREELY and bare_answer(cell.text) is not None:
        reading.keep(cell, Message("This says no more than yes or no."))
        return
    fragment.add(cell.key, [row_named(fact, part, sources) for part in split_list(cell.text)], cell)
    note_answered(cell, fragment)


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
    fact = FACTS.get(cell.key)
    if fact is None or fact.row is None:
        reading.keep(cell, Message("Only a list has values that can be ticked."))
        return
    if answer is None and starts_negative(cell.text):
        reading.keep(cell, Message("This begins with a no and goes on."))
        return
    row = row_named(fact, cell.value, sources)
    if answer is None:
        items = "items" if "items" in row else (words_fact(fact.row) or main_fact(fact.row)).key
        row[items] = cell.text if items == "items" or not row[items] else f"{row[items]}: {cell.text}"
    fragment.add(cell.key, [row], cell)
    if cell.key == "data_categories" and cell.value in SPECIAL:
        fragment.say("special_categories", str(Answer.YES), cell)
    note_answered(cell, fragment)
