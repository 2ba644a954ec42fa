"""What the dimensions that activities are counted by are called, and their keys, in the words of the screens."""

from collections.abc import Collection, Mapping
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from registry.compliance.gap import Severity
from registry.models import DataSubjectCategory, LegalBasis, OrganisationUnit
from registry.reference import countries, safeguards
from registry.reference.citations import cite
from registry.reference.roles import RecipientRole
from registry.standing.counting import ARROW, NONE, WORDS

TITLES: Mapping[str, str | Promise] = {
    "living": _("In use"),
    "basis": _("Legal basis"),
    "country": _("Transfer to"),
    "safeguard": _("Safeguard of a transfer"),
    "severity": _("Gaps"),
    "rule": _("Rule"),
    "subject": _("Data subjects"),
    "recipients": _("Recipients"),
    "seat": _("Country of a recipient"),
    "flow-in": _("Data subjects and unit"),
    "flow-out": _("Unit and recipients"),
    "flow-on": _("Recipients and their country"),
}
"""The dimensions by which the list of activities can be filtered, in the order in which a filter in use is named."""

ENDS: Mapping[str, tuple[str, str]] = {
    "flow-in": ("subject", "unit"),
    "flow-out": ("unit", "recipients"),
    "flow-on": ("recipients", "seat"),
}
"""The dimensions of the two ends of a part of the flow."""

_CLOSED: Mapping[str, Mapping[str, Any]] = {
    "living": {"all": _("not retired")},
    "country": dict(countries.CHOICES),
    "seat": dict(countries.CHOICES),
    "safeguard": {NONE: _("No safeguard stated"), **dict(safeguards.CHOICES)},
    "severity": {**dict(Severity.choices), "accepted": _("accepted"), "none": _("none that is open")},
    "recipients": {NONE: _("Role not stated"), **dict(RecipientRole.choices)},
}
_OPEN: Mapping[str, Mapping[str, Any]] = {
    "basis": {NONE: _("No legal basis"), WORDS: _("In words only")},
    "subject": {WORDS: _("In words only")},
    "unit": {NONE: _("No unit")},
}
_ENTRIES: Mapping[str, Any] = {"basis": LegalBasis, "subject": DataSubjectCategory, "unit": OrganisationUnit}

LONGEST_KEY = 19
"""How many digits are too many for the key of an entry, in both databases."""


def short_citation(basis: Any) -> str:
    """Return how a legal basis is cited where there is little room: ``Art. 6(1)(b)``; its title without a citation."""
    return cite(str(basis.citation.removeprefix("GDPR "))) or str(basis.title)


def names_of(wanted: Mapping[str, Collection[str]]) -> dict[tuple[str, str], str]:
    """Return what the keys of each dimension are called, by (dimension, key); one query for each kind of entry."""
    asked: dict[str, set[str]] = {}
    for dimension, keys in wanted.items():
        for key in keys:
            ends = zip(ENDS[dimension], key.split(ARROW), strict=False) if dimension in ENDS else ((dimension, key),)
            for end, part in ends:
                asked.setdefault(end, set()).add(part)
    found = {(end, key): name for end, keys in asked.items() for key, name in _names(end, keys).items()}
    for dimension, ends in ENDS.items():
        for key in wanted.get(dimension, ()):
            parts = zip(ends, key.split(ARROW), strict=False)
            found[dimension, key] = f" {ARROW} ".join(found[part] for part in parts)
    return found


def _names(dimension: str, keys: Collection[str]) -> dict[str, str]:
    closed = _OPEN.get(dimension) or _CLOSED.get(dimension, {})
    names = {key: str(closed[key]) for key in keys if key in closed}
    missing = [key for key in keys if key not in closed]
    if dimension in _ENTRIES and missing:
        keys_of_entries = [key for key in missing if key.isdecimal() and len(key) < LONGEST_KEY]
        entries = _ENTRIES[dimension].objects.filter(pk__in=keys_of_entries)
        names |= {str(entry.pk): entry_name(entry) for entry in entries}
    if dimension == "rule":
        names |= {key: key.replace("-", " ") for key in missing}
    return {key: names.get(key) or _t("unknown (%(key)s)") % {"key": key} for key in keys}


def entry_name(entry: Any) -> str:
    """Return what an entry is called; a legal basis with its citation behind it, in the language in force.

    Pictures on a telephone show the first letters of a name: all of Art. 6 would begin alike.
    """
    if not isinstance(entry, LegalBasis):
        return str(entry.name)
    cited = cite(entry.citation.removeprefix("GDPR "))
    title = _t(entry.title) if entry.statutory else entry.title
    return f"{title} ({cited})" if cited else title
