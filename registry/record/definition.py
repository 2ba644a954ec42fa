"""What a declared fact is. Every screen, report, import and check of a field reads its declaration, nothing else."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from enum import Enum
from functools import lru_cache
from operator import itemgetter
from types import MappingProxyType
from typing import Annotated, Any, NamedTuple, get_args, get_origin, get_type_hints

from django.utils.translation import get_language, gettext, override

from registry.record.messages import Message, listed, say
from registry.record.remembered import remembered
from registry.reference.citations import cite


class Kind(Enum):
    """How a fact's value is stored, read and shown."""

    TEXT = "one line of text"
    PROSE = "text of any length"
    KEYS = "permanent identifiers, one a line"
    NUMBER = "a whole number"
    DATE = "a date"
    FLAG = "yes or no"
    ANSWER = "yes, no or not assessed"
    CHOICE = "one of a closed list"
    ENTRY = "an entry of a catalogue"
    ACCOUNT = "a user of this system"
    SIBLING = "another row of the same record"
    ROWS = "a list of rows"


@lru_cache(maxsize=4096)
def _translated(text: str, language: str | None) -> str:
    """Translate once: reports say the same few labels for every record."""
    return gettext(text)


@dataclass(frozen=True)
class Fact:
    """One declared piece of a record.

    ``label`` and ``help`` are English and marked for translation; ``article`` is where the law asks for it; ``entry``
    names the model that an ENTRY refers to; ``choices`` gives (code, label) pairs of a CHOICE or ANSWER; ``main`` marks
    the fact by which a row is called, ``words`` the one that holds the words of the source; ``term`` is its property in
    the Data Privacy Vocabulary. ``key`` is the attribute's and the column's name, and is filled in by ``facts``.
    """

    label: str
    kind: Kind
    help: str = ""
    article: str = ""
    entry: str = ""
    choices: Any = None
    main: bool = False
    words: bool = False
    required: bool = False
    term: str = ""
    key: str = ""
    row: type[Any] | None = field(default=None, compare=False)

    @property
    def title(self) -> str:
        """The label in the language in force."""
        return _translated(self.label, get_language())

    @property
    def guidance(self) -> str:
        """The help text in the language in force."""
        return gettext(self.help) if self.help else ""

    @property
    def cited(self) -> str:
        """The article as the language in force cites it."""
        return cite(self.article)

    def choice_pairs(self) -> list[tuple[str, str]]:
        """Return the accepted (code, label) pairs of a CHOICE or ANSWER; an empty list for other kinds."""
        if self.choices is None:
            return []
        pairs = (
            self.choices() if callable(self.choices) and not hasattr(self.choices, "choices") else self.choices.choices
        )
        return [(str(code), str(label)) for code, label in pairs]

    @property
    def accepted(self) -> Message:
        """What a spreadsheet cell for this fact may hold."""
        if self.kind in {Kind.CHOICE, Kind.ANSWER}:
            return _labels(self)
        return {
            Kind.DATE: Message("a date: 2026-03-31 or 31/03/2026"),
            Kind.NUMBER: Message("a whole number"),
            Kind.FLAG: Message("yes or no"),
            Kind.ENTRY: Message("the name of an entry of the catalogue"),
            Kind.ACCOUNT: Message("a user name of this system"),
            Kind.ROWS: Message("one row a line, or separated by ;"),
        }.get(self.kind, Message("text"))

    @property
    def accepts(self) -> str:
        """The same in words, in the language in force."""
        return say(self.accepted)


@lru_cache(maxsize=256)
def _labels(fact: Fact) -> Message:
    with override("en"):  # the labels as they are marked for translation
        pairs = fact.choice_pairs()
    shown = [Message(label) for _, label in pairs[:_MOST_LABELS]]
    return listed(shown, f", … ({len(pairs)})" if len(pairs) > _MOST_LABELS else "")


_MOST_LABELS = 12
"""How many choices of a closed list are named."""


@remembered
def facts(record: type[Any]) -> Mapping[str, Fact]:
    """Return the declared facts of a record class by key, in order of declaration.

    Raises TypeError for an attribute that is neither declared (``Annotated[…, Fact(…)]``) nor a bare identity (``pk``).
    """
    found: dict[str, Fact] = {}
    for key, hint in get_type_hints(record, include_extras=True).items():
        if key == "pk":
            continue
        declared = next((extra for extra in getattr(hint, "__metadata__", ()) if isinstance(extra, Fact)), None)
        if declared is None:
            raise TypeError(f"{record.__name__}.{key} isn't declared: annotate it with a Fact.")
        found[key] = replace(declared, key=key, row=_row_class(hint) if declared.kind is Kind.ROWS else None)
    return MappingProxyType(found)


def _row_class(hint: Any) -> type[Any]:
    inner = get_args(hint)[0] if get_origin(hint) is Annotated else hint
    return get_args(inner)[0]  # type: ignore[no-any-return]


def main_fact(row: type[Any]) -> Fact:
    """Return the fact by which a row is called; raises StopIteration for a class that declares none."""
    return next(fact for fact in facts(row).values() if fact.main)


def words_fact(row: type[Any]) -> Fact | None:
    """Return the fact that holds the words of the source, or None for rows without."""
    return next((fact for fact in facts(row).values() if fact.words), None)


def taker(record: type[Any], relation: str, *keys: str) -> Callable[[Any], Any]:
    """Return what takes facts out of a row of a list by their places: one alone, or several as a tuple."""
    row = facts(record)[relation].row
    return itemgetter(*[row._fields.index(key) for key in keys])  # type: ignore[union-attr]  # a list has a row class


def walk(record: type[Any]) -> Iterator[tuple[type[Any], Fact]]:
    """Yield (class, fact) for every fact of ``record`` and of its rows, depth first."""
    for fact in facts(record).values():
        yield record, fact
        if fact.row is not None:
            yield from walk(fact.row)


def by_name(one: Any) -> tuple[str, int]:
    """Return what entries and organisations are sorted by: the name, whatever its case, and the key of equal ones."""
    return one.name.casefold(), one.pk


class Named(NamedTuple):
    """An entry or account that is only called by its name here."""

    pk: int
    name: str

    @property
    def label(self) -> str:
        """Its name."""
        return self.name
