"""How lists name records and what they say in several of them: once each, in the order in which it was met."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from registry.record.activity import ActivityRecord
from registry.record.definition import facts
from registry.record.loader import Register
from registry.record.words import name_row, say

FACTS = facts(ActivityRecord)


def once(texts: Iterable[str]) -> tuple[str, ...]:
    """Return the texts without those that are empty or were there before."""
    return tuple(dict.fromkeys(filter(None, texts)))


def names(rows: Iterable[Any]) -> tuple[str, ...]:
    """Return what the rows of a list are called, each once."""
    return once(map(name_row, rows))


def activity_name(record: ActivityRecord, *, with_organisation: bool) -> str:
    """Return an activity as one text, with its organisation where lists are about several."""
    return f"{record.organisation.name}: {record.label}" if with_organisation else record.label


def several_organisations(register: Register) -> bool:
    """Return whether a list of this register has to say whose activity each is."""
    return register.organisation is None and sum(one.is_own for one in register.organisations.values()) > 1


def said(record: type[Any], key: str, value: Any) -> str:
    """Return the value of a declared fact in words."""
    return say(facts(record)[key], value)


def title(record: type[Any], key: str) -> str:
    """Return the heading of a declared fact."""
    return facts(record)[key].title


@dataclass
class Use:
    """One thing that records refer to, an entry or mere words, and what they say of it."""

    entry: Any
    words: str
    activities: dict[str, None] = field(default_factory=dict)
    particulars: dict[str, None] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """The entry's name, else the words."""
        return str(self.entry.label) if self.entry is not None else self.words

    def note(self, activity: str, *particulars: str) -> None:
        """Note that an activity uses it, and what is said of it there."""
        self.activities[activity] = None
        self.particulars.update(dict.fromkeys(filter(None, particulars)))


class Uses:
    """Everything of a kind that records refer to. Words without an entry stand for themselves, whatever their case."""

    def __init__(self) -> None:
        self._found: dict[object, Use] = {}

    def of(self, entry: Any, words: str) -> Use | None:
        """Return what is known so far of an entry, or of words where there is none; None where there is neither."""
        words = " ".join(words.split())
        if entry is None and not words:
            return None
        key = entry.pk if entry is not None else words.casefold()
        if key not in self._found:
            self._found[key] = Use(entry, words)
        return self._found[key]

    def in_order(self) -> list[Use]:
        """Return everything by name, entries before words."""
        return sorted(self._found.values(), key=lambda use: (use.entry is None, use.name.casefold()))
