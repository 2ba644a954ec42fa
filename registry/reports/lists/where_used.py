"""Where something is used: every activity that depends on it, and by which way. For the day that a processor is
breached, a system is taken down, or an adequacy decision falls."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from django.utils.translation import gettext as _

from registry.compliance.context import sub_processors
from registry.record.activity import ActivityRecord
from registry.record.definition import Fact, Kind, facts, main_fact
from registry.record.entries import RecipientEntry, SystemDataRow
from registry.record.loader import Register
from registry.record.organisations import UnitRecord
from registry.record.words import is_blank, labelled, name_row, say
from registry.reports.listing import Column, Holds, Listing, Row, Table
from registry.reports.lists.naming import FACTS, names, several_organisations
from registry.reports.provenance import Provenance, list_report
from registry.reports.subjects import COUNTRY, ENTRIES, SAFEGUARD, Subject
from registry.reports.summary import special_data

Matches = Callable[[Fact, Any], bool]
"""Whether the value of a fact is the thing that is looked for."""

COUNTRY_FACTS = frozenset({"country", "hosting_country"})
SAFEGUARD_FACTS = frozenset({"safeguard"})
RECIPIENT = "Recipient"
Key = tuple[str, int]
"""Of an entry: the name of its model, and its key there."""
_ENGAGED_BY, _PART_OF = facts(RecipientEntry)["sub_processor_of"], facts(UnitRecord)["parent"]
_CATEGORY = facts(SystemDataRow)["category"]


def where_used_list(register: Register, subject: Subject, provenance: Provenance) -> Listing:
    """Return the activities that refer to the subject, directly or through what they refer to.

    Raises ReportError where the register knows no such thing.
    """
    name, entry = subject.name(register), subject.entry(register)
    matches = _matcher(subject)
    mentions = Mentions(register, matches)
    several = several_organisations(register)
    columns = [
        Column("reference", FACTS["reference"].title, 10),
        Column("name", FACTS["name"].title, 28),
        Column("where", _("Where it is named"), 38, Holds.TEXTS),
        Column("status", FACTS["status"].title, 11),
        Column("unit", FACTS["unit"].title, 16),
        Column("contact", FACTS["contact"].title, 20),
        Column("data_subjects", FACTS["data_subjects"].title, 22, Holds.TEXTS),
        Column("people", _("People, roughly"), 10, Holds.NUMBER),
        Column("data_categories", FACTS["data_categories"].title, 26, Holds.TEXTS),
        Column("special", _("Special data"), 12),
    ]
    if several:
        columns.insert(0, Column("organisation", FACTS["organisation"].title, 20))

    def rows() -> Iterator[Row]:
        for record in register.activities():
            where = tuple(dict.fromkeys(mentions.of(record)))
            if where:
                yield [*([record.organisation.name] if several else []), *_row(record, where)]

    empty = _("No activity names it.")
    table = Table("where-used", _("Activities"), tuple(columns), rows, empty)
    return list_report(
        _("Where “%(name)s” is used") % {"name": name},
        register,
        provenance,
        tables=(table,),
        first=((subject.kind_in_words, name), *_particulars(entry), *_holding(register, matches)),
    )


def _row(record: ActivityRecord, where: tuple[str, ...]) -> Row:
    numbers = [row.approximate_number for row in record.data_subjects if row.approximate_number is not None]
    return [
        record.reference,
        record.name,
        where,
        say(FACTS["status"], record.status),
        say(FACTS["unit"], record.unit),
        record.contact or (record.owner.name if record.owner else ""),
        names(record.data_subjects),
        sum(numbers) if numbers else None,
        names(record.data_categories),
        special_data(record),
    ]


def _particulars(entry: Any) -> Iterator[tuple[str, str]]:
    """What is known of an entry itself, as (label, words)."""
    if entry is None:
        return
    for key, fact in facts(type(entry)).items():
        value = getattr(entry, key)
        if fact.main or is_blank(fact, value):
            continue
        if fact.kind is not Kind.ROWS:
            yield fact.title, say(fact, value)
        elif _refers(fact):
            yield fact.title, "; ".join(map(name_row, value))


def _holding(register: Register, matches: Matches) -> Iterator[tuple[str, str]]:
    """The systems that hold the thing themselves, whatever the records say, as (label, names)."""
    systems = register.entries["System"].values()
    found = [one.label for one in systems if any(matches(_CATEGORY, row.category) for row in one.data)]
    if found:
        yield _("Held in these systems"), "; ".join(sorted(found, key=str.casefold))


def _refers(fact: Fact) -> bool:
    """Return whether the rows of a list refer to entries."""
    assert fact.row is not None  # noqa: S101 only called for lists
    return main_fact(fact.row).kind is Kind.ENTRY


def _matcher(subject: Subject) -> Matches:
    if subject.kind in {COUNTRY, SAFEGUARD}:
        keys = COUNTRY_FACTS if subject.kind == COUNTRY else SAFEGUARD_FACTS
        return lambda fact, value: fact.key in keys and bool(value == subject.key)
    name, pk = ENTRIES[subject.kind].__name__, subject.pk
    return lambda fact, value: fact.kind is Kind.ENTRY and fact.entry == name and value is not None and value.pk == pk


class Mentions:
    """Where records name something: themselves, or by way of what they refer to, whatever the number of steps.

    A processor leads on to those that it engages (GDPR Art. 28(4)), a unit and a category to what they are part of, a
    system to its provider and the data that it holds.
    """

    def __init__(self, register: Register, matches: Matches) -> None:
        self._matches = matches
        self._entries = register.entries
        self._engaged = sub_processors(register)
        self._found: dict[Key, tuple[str, ...]] = {}

    def of(self, record: ActivityRecord) -> Iterator[str]:
        """Yield each place of a record, in words: the list, the row, and the way from there."""
        for fact, value in _values(record):
            if fact.kind is Kind.ROWS:
                for row in value:
                    if any(self._matches(inner, found) for inner, found in _values(row)):
                        yield _place(fact, row)
                    else:
                        yield from self._through(fact, row)
            elif self._matches(fact, value):
                yield fact.title
            elif fact.key == "unit" and value is not None:
                yield from (f"{labelled(fact.title, value.label)} – {way}" for way in self._above(value))

    def _through(self, fact: Fact, row: Any) -> Iterator[str]:
        """Yield the places in what a row refers to; the ways from an entry are worked out once."""
        for inner, entry in _values(row):
            if inner.kind is Kind.ENTRY and entry is not None and entry.pk in self._entries[inner.entry]:
                key = (inner.entry, entry.pk)
                if key not in self._found:
                    self._found[key] = tuple(self._ways(key, frozenset({key})))
                yield from (f"{_place(fact, row)} – {way}" for way in self._found[key])

    def _ways(self, key: Key, seen: frozenset[Key], *, down: bool = True) -> Iterator[str]:
        """Yield the ways from an entry, of which those in ``seen`` have been on the way to it; ``down`` to processors
        that it engages."""
        model, pk = key
        for fact, value in _values(self._entries[model][pk]):
            if self._matches(fact, value):
                yield fact.title
            elif fact.kind is Kind.ENTRY and value is not None:
                said = f"{fact.title} {value.label}"  # a processor's own processor engages others for other work too
                yield from self._on(said, (fact.entry, value.pk), seen, down=model != RECIPIENT)
            elif fact.kind is Kind.ROWS and _refers(fact):
                yield from self._in_rows(fact, value, seen)
        for engaged in self._engaged.get(pk, ()) if model == RECIPIENT and down else ():
            said = _("Sub-processor %(name)s") % {"name": engaged.label}
            if self._matches(_ENGAGED_BY, engaged):
                yield said
            else:
                yield from self._on(said, (RECIPIENT, engaged.pk), seen)

    def _in_rows(self, fact: Fact, rows: Iterable[Any], seen: frozenset[Key]) -> Iterator[str]:
        """Yield the ways through the rows of an entry."""
        for row in rows:
            for inner, value in _values(row):
                if self._matches(inner, value):
                    yield fact.title
                elif inner.kind is Kind.ENTRY and value is not None:
                    yield from self._on(labelled(fact.title, value.label), (inner.entry, value.pk), seen)

    def _on(self, said: str, key: Key, seen: frozenset[Key], *, down: bool = True) -> Iterator[str]:
        if key not in seen and key[1] in self._entries[key[0]]:
            yield from (f"{said} – {way}" for way in self._ways(key, seen | {key}, down=down))

    def _above(self, unit: Any) -> Iterator[str]:
        """Yield the ways through the units that a unit is part of."""
        seen = {unit.pk}
        while (entry := self._entries["OrganisationUnit"].get(unit.pk)) and (unit := entry.parent):
            if unit.pk in seen:
                return
            seen.add(unit.pk)
            if self._matches(_PART_OF, unit):
                yield _PART_OF.title


def _place(fact: Fact, row: Any) -> str:
    return labelled(fact.title, name_row(row))


def _values(record: Any) -> Iterator[tuple[Fact, Any]]:
    return ((fact, getattr(record, key)) for key, fact in facts(type(record)).items())
