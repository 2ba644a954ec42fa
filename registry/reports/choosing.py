"""Which records of a frozen register a report is limited to, by what a command may name: status, role, unit, a tag,
a reference, words."""

from collections.abc import Callable, Iterable, Mapping
from typing import NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import override

from registry.record.activity import ActivityRecord
from registry.record.definition import Kind, facts
from registry.record.loader import Register
from registry.record.searching import search
from registry.record.words import say
from registry.reports.errors import ReportError

SEARCH = "search"
MOST_NAMED = 30
"""How many values a message names that would have been understood."""
_FACTS = facts(ActivityRecord)


class Filter(NamedTuple):
    """What records can be told apart by: the fact, the values that a record has of it, and what may be written for
    which value in a register, in lower case. Whatever else is written is a slip."""

    fact: str
    values: Callable[[ActivityRecord], Iterable[str]]
    known: Callable[[Register], Mapping[str, str]]


def _of_list(key: str) -> Filter:
    """A fact of a closed list: by its code, or by what it is called in the language in force or in English."""

    def known(register: Register) -> dict[str, str]:
        with override("en"):
            english = _FACTS[key].choice_pairs()
        pairs = [*_FACTS[key].choice_pairs(), *english]
        return {said.casefold(): code for code, label in pairs for said in (label, code) if said}

    return Filter(key, lambda record: [str(getattr(record, key))], known)


def _tags(record: ActivityRecord) -> list[str]:
    return [tag.strip() for tag in record.tags.split(",") if tag.strip()]


def _named(values: Iterable[str]) -> dict[str, str]:
    return {value.casefold(): value for value in values}


FILTERS: Mapping[str, Filter] = {
    "status": _of_list("status"),
    "role": _of_list("role"),
    "unit": Filter(
        "unit",
        lambda record: [record.unit.name] if record.unit else [],
        lambda register: _named(unit.name for unit in register.entries["OrganisationUnit"].values()),
    ),
    "tag": Filter("tags", _tags, lambda register: _named(tag for one in register.activities() for tag in _tags(one))),
    "reference": Filter(
        "reference",
        lambda record: [record.reference],
        lambda register: _named(record.reference for record in register.activities()),
    ),
}
"""Filters by their names."""


def choose(register: Register, conditions: Iterable[str]) -> tuple[tuple[int, ...], tuple[str, ...]]:
    """Return the keys of the records that meet all conditions, each ``name=value``, and the conditions in words.

    Reads the records once, and once more for each search, tag and reference. Raises ReportError for a condition of
    another form or name, and for a value that means nothing in the register: it would leave nothing, unnoticed.
    """
    words: list[str] = []
    wanted: list[tuple[Filter, str]] = []
    left = register
    for condition in conditions:
        name, sign, value = (part.strip() for part in condition.partition("="))
        if not sign or not value or name not in {*FILTERS, SEARCH}:
            known = ", ".join(f"{one}=…" for one in (*FILTERS, SEARCH))
            said = _("“%(condition)s” is no filter. Write one of: %(known)s.")
            raise ReportError("filter", said % {"condition": condition, "known": known})
        if name == SEARCH:
            left = search(left, value)
            words.append(_("search “%(words)s”") % {"words": value})
            continue
        meant = _meant(name, value, register)
        fact = _FACTS[FILTERS[name].fact]
        wanted.append((FILTERS[name], meant.casefold()))
        words.append(f"{fact.title} {say(fact, meant) if fact.kind is Kind.CHOICE else meant}")
    found = (record.pk for record in left.activities() if all(_has(record, *one) for one in wanted))
    return tuple(found), tuple(words)


def _has(record: ActivityRecord, one: Filter, wanted: str) -> bool:
    return wanted in map(str.casefold, one.values(record))


def _meant(name: str, value: str, register: Register) -> str:
    """Return the value that is meant by what was written. Raises ReportError where that is none, and names some."""
    known = FILTERS[name].known(register)
    if value.casefold() in known:
        return known[value.casefold()]
    near = [said for said in known if value.casefold() in said] or list(known)
    there = [*near[:MOST_NAMED], *["…"][: len(near) > MOST_NAMED]]
    said = _("%(name)s=%(value)s fits nothing in the register at this moment. Known: %(known)s.")
    raise ReportError("filter", said % {"name": name, "value": value, "known": ", ".join(there) or "–"})
