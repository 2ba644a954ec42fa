"""The register for programs: every fact of every record as plain values, with all that it refers to inside it."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from django.utils import translation

from registry.record.activity import ActivityRecord
from registry.record.definition import Fact, Kind, facts
from registry.record.flat import LANGUAGE
from registry.record.loader import Register
from registry.record.organisations import OrganisationRecord
from registry.record.remembered import remembered
from registry.record.words import is_blank
from registry.reports.data import Data
from registry.reports.provenance import Provenance

SCHEMA = "register.schema.json"
FORM = 1
"""The form of the file, raised whenever a program that reads it would have to change."""

Convert = Callable[[Any, Any, "Known"], Any]
"""From a fact's value, and the record it belongs to, to what JSON can hold."""


def register_data(register: Register, provenance: Provenance) -> Data:
    """Return the register as data, by the keys of the data dictionary. Codes stand beside what they mean.

    Whatever a record refers to stands inside it, so that no part has to be looked up elsewhere; of such entries, facts
    that nobody stated are left out, and the organisation that they belong to is only named. Of the record itself and
    of its rows each fact has its key, and is null, an empty text or list where it isn't stated. The words are English
    whatever the language in force.
    """
    known = Known()
    own = [one for one in register.organisations.values() if one.is_own]
    head = {
        "schema": SCHEMA,
        "form": FORM,
        "title": "Record of processing activities",
        "law": "Regulation (EU) 2016/679, Art. 30",
        "as_at": register.as_at.isoformat(),
        "change_set": register.change_set,
        "chain_head": register.head or None,
        "signing_key": provenance.key or None,
        "filters": list(provenance.filters),
        "produced_at": provenance.produced_at.isoformat(),
        "produced_by": provenance.produced_by,
        "organisations": [
            known.entry(one) for one in ([register.organisation] if register.organisation is not None else own)
        ],
        "records": len(register),
    }
    return Data(head, "activities", lambda: _activities(register))


def _activities(register: Register) -> Iterator[dict[str, Any]]:
    known = Known()
    with_all = _converter(ActivityRecord)
    for record in register.activities():
        item = with_all(record, record, known)
        unrecorded = register.unrecorded.get(record.pk)
        yield item | {"not_recorded_at_that_time": sorted(unrecorded)} if unrecorded else item


class Known:
    """Entries that were converted already: thousands of records refer to the same few hundred."""

    def __init__(self) -> None:
        self._entries: dict[int, tuple[Any, dict[str, Any]]] = {}

    def entry(self, entry: Any) -> dict[str, Any]:
        """Return an entry as data, without facts that nobody stated."""
        found = self._entries.get(id(entry))
        if found is None or found[0] is not entry:
            found = self._entries[id(entry)] = (entry, _entry(entry, self))
        return found[1]


def _entry(entry: Any, known: Known) -> dict[str, Any]:
    record = type(entry)
    if record._fields == ("pk", "name"):
        return {"id": entry.pk, "name": entry.name}
    said: dict[str, Any] = {"id": entry.pk, "label": entry.label}
    for key, fact in facts(record).items():
        value = getattr(entry, key)
        if isinstance(value, OrganisationRecord):
            said[key] = {"id": value.pk, "name": value.name}
        elif not is_blank(fact, value) or fact.kind is Kind.ANSWER:
            said[key] = _convert(fact)(value, entry, known)
    return said


def _converter(record: type[Any]) -> Convert:
    """Return what converts a record of this class with every one of its facts."""
    places = [(key, record._fields.index(key), _convert(fact)) for key, fact in facts(record).items()]

    def convert(one: Any, whole: Any, known: Known) -> dict[str, Any]:
        said = {"id": one[0]}
        for key, place, inner in places:
            said[key] = inner(one[place], whole, known)
        return said

    return convert


@remembered
def _convert(fact: Fact) -> Convert:
    kind = fact.kind
    if kind is Kind.ROWS:
        assert fact.row is not None  # noqa: S101 only lists are of this kind
        row = _converter(fact.row)
        return lambda value, whole, known: [row(one, whole, known) for one in value]
    if kind is Kind.ENTRY:
        return lambda value, _whole, known: None if value is None else known.entry(value)
    if kind is Kind.ACCOUNT:
        return lambda value, _whole, _known: None if value is None else value.name
    if kind is Kind.SIBLING:
        return lambda value, whole, _known: (
            None if value is None else {"row": getattr(whole, fact.entry).index(value) + 1, "list": fact.entry}
        )
    if kind is Kind.DATE:
        return lambda value, _whole, _known: None if value is None else value.isoformat()
    if kind is Kind.CHOICE:
        labels = _labels(fact)
        return lambda value, _whole, _known: {"code": value, "label": labels.get(value, value)} if value else None
    if kind is Kind.ANSWER:
        return lambda value, _whole, _known: str(value or "not_assessed")
    return lambda value, _whole, _known: value


def _labels(fact: Fact) -> Mapping[str, str]:
    with translation.override(LANGUAGE):
        return dict(fact.choice_pairs())
