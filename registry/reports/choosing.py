"""Which records of a frozen register a report is limited to, by what a command may name: status, role, unit, a tag,
a reference, words."""

from collections.abc import Callable, Iterable, Mapping

from django.utils.translation import gettext as _

from registry.record.activity import ActivityRecord
from registry.record.definition import facts
from registry.record.loader import Register
from registry.record.searching import search
from registry.record.words import say
from registry.reports.errors import ReportError

SEARCH = "search"
_FACTS = facts(ActivityRecord)


def _choice(key: str) -> Callable[[ActivityRecord, str], bool]:
    """Matches a code or what it is called, whatever its case."""

    def matches(record: ActivityRecord, wanted: str) -> bool:
        value = getattr(record, key)
        return wanted in {str(value).casefold(), say(_FACTS[key], value).casefold()}

    return matches


def _has_tag(record: ActivityRecord, wanted: str) -> bool:
    return wanted in {tag.strip().casefold() for tag in record.tags.split(",")}


FILTERS: Mapping[str, tuple[str, Callable[[ActivityRecord, str], bool]]] = {
    "status": ("status", _choice("status")),
    "role": ("role", _choice("role")),
    "unit": ("unit", lambda record, wanted: record.unit is not None and record.unit.name.casefold() == wanted),
    "tag": ("tags", _has_tag),
    "reference": ("reference", lambda record, wanted: record.reference.casefold() == wanted),
}
"""Name of a filter → the fact that it is about, and whether a record has a value of it (in lower case)."""


def choose(register: Register, conditions: Iterable[str]) -> tuple[tuple[int, ...], tuple[str, ...]]:
    """Return the keys of the records that meet all conditions, each ``name=value``, and the conditions in words.

    Reads the records once, and once more for a search. Raises ReportError for a condition of another form or name.
    """
    words: list[str] = []
    tests: list[tuple[Callable[[ActivityRecord, str], bool], str]] = []
    for condition in conditions:
        name, sign, value = condition.partition("=")
        value = value.strip()
        if not sign or not value or name not in {*FILTERS, SEARCH}:
            known = ", ".join(f"{one}=…" for one in (*FILTERS, SEARCH))
            said = _("“%(condition)s” is no filter. Write one of: %(known)s.")
            raise ReportError("filter", said % {"condition": condition, "known": known})
        if name == SEARCH:
            register = search(register, value)
            words.append(_("search “%(words)s”") % {"words": value})
            continue
        key, matches = FILTERS[name]
        tests.append((matches, value.casefold()))
        words.append(f"{_FACTS[key].title} {value}")
    found = (record for record in register.activities() if all(matches(record, value) for matches, value in tests))
    return tuple(record.pk for record in found), tuple(words)
