"""Values as words: how a fact is said to a reader, in the language in force."""

from collections.abc import Iterator
from datetime import date
from enum import Enum
from functools import lru_cache
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import get_language, gettext, ngettext, pgettext

from registry.record.definition import Fact, Kind, facts, main_fact, words_fact
from registry.record.entries import LegalBasisEntry
from registry.record.numbers import say_number
from registry.record.sections import Section
from registry.reference.answers import Answer
from registry.reference.citations import cite


class State(Enum):
    """Whether a block is stated, was answered with none, or isn't stated: three different things."""

    STATED = "stated"
    NONE = "none"
    NOT_STATED = "not_stated"


@lru_cache(maxsize=512)
def _choice_labels(fact: Fact, language: str | None) -> dict[str, str]:
    return dict(fact.choice_pairs())


def say(fact: Fact, value: Any) -> str:
    """Return one value in words, an empty text for nothing. Codes that the law no longer knows are shown as such."""
    if value is None or value == "":
        return ""
    if fact.kind in {Kind.CHOICE, Kind.ANSWER}:
        return _choice_labels(fact, get_language()).get(value, str(value))
    if fact.kind is Kind.FLAG:
        return gettext("Yes") if value else gettext("No")
    if isinstance(value, date):
        return date_format(value, "DATE_FORMAT")
    if fact.kind is Kind.KEYS:
        number = len(value.split("\n"))
        said = ngettext("one thing, as it was named then", "%(number)s things, as they were named then", number)
        return said % {"number": say_number(number)}
    if fact.kind is Kind.NUMBER and isinstance(value, int):
        return say_number(value)
    if fact.kind is Kind.SIBLING:
        return name_row(value)
    if fact.kind in {Kind.ENTRY, Kind.ACCOUNT}:
        return say_entry(value)
    return str(value)


def say_entry(entry: Any) -> str:
    """Return how an entry is called: as it was entered; what the law itself lays down, in the language in force."""
    if isinstance(entry, LegalBasisEntry) and entry.statutory:
        return " – ".join(filter(None, (cite(entry.citation), gettext(entry.title))))
    return str(entry.label)


def name_row(row: Any) -> str:
    """Return what a row is called: its entry's name, and its words where there are any."""
    main = main_fact(type(row))
    words = words_fact(type(row))
    said = say(main, getattr(row, main.key))
    stated = getattr(row, words.key) if words else ""
    if said and stated:
        return f"{said} ({stated})"
    return said or str(stated)


def labelled(label: str, text: object) -> str:
    """Return a label and what it says on one line, with the colon that the language in force wants."""
    return gettext("%(label)s: %(text)s") % {"label": label, "text": text}


def quoted(words: str) -> str:
    """Return words as a quotation, in the marks of the language in force."""
    return gettext("“%(words)s”") % {"words": words}


def within(label: str) -> str:
    """Return a label as it stands within a sentence: with a small letter, but for German, which keeps the capital."""
    return label if (get_language() or "").startswith("de") else label[:1].lower() + label[1:]


def is_blank(fact: Fact, value: Any) -> bool:
    """Return whether a value says nothing: an unanswered question, an unticked flag, an empty text or list."""
    if fact.kind is Kind.ANSWER:
        return bool(value in {"", Answer.NOT_ASSESSED})
    return value is None or value == "" or value is False or value == ()


def row_particulars(row: Any) -> Iterator[tuple[Fact, str]]:
    """Yield (fact, words) for what a row says beside its name."""
    for fact in facts(type(row)).values():
        value = getattr(row, fact.key)
        if not fact.main and not fact.words and not is_blank(fact, value):
            yield fact, say(fact, value)


def say_row(row: Any) -> str:
    """Return a whole row in one sentence: its name, then each particular with its label."""
    particulars = "; ".join(labelled(fact.title, words) for fact, words in row_particulars(row))
    name = name_row(row)
    return f"{name} – {particulars}" if name and particulars else name or particulars


def state_of_block(section: Section, record: Any) -> State:
    """Return the state of a block that may not exist at all: listed, answered with none, or not stated."""
    if getattr(record, section.rows):
        return State.STATED
    return State.NONE if getattr(record, section.answer) == Answer.NO else State.NOT_STATED


def not_stated() -> str:
    """Return the words for what nobody has said yet."""
    return pgettext("nobody has said yet", "not stated")


def none_stated() -> str:
    """Return the words for an answered question whose answer is that there is none."""
    return pgettext("answered: there is none", "none")
