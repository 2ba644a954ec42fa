"""Where something is used: every activity that depends on it, and by which way. For the day that a processor is
breached, a system is taken down, or an adequacy decision falls."""

from collections.abc import Callable, Iterator
from typing import Any

from django.utils.translation import gettext as _

from registry.record.activity import ActivityRecord
from registry.record.definition import Fact, Kind, facts
from registry.record.loader import Register
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


def where_used_list(register: Register, subject: Subject, provenance: Provenance) -> Listing:
    """Return the activities that refer to the subject, directly or through what they refer to.

    Raises ReportError where the register knows no such thing.
    """
    name, entry = subject.name(register), subject.entry(register)
    matches = _matcher(subject)
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
            where = tuple(dict.fromkeys(mentions(record, matches)))
            if where:
                yield [*([record.organisation.name] if several else []), *_row(record, where)]

    empty = _("No activity names it.")
    table = Table("where-used", _("Activities"), tuple(columns), rows, empty)
    return list_report(
        _("Where “%(name)s” is used") % {"name": name},
        register,
        provenance,
        tables=(table,),
        first=((subject.kind_in_words, name), *_particulars(entry)),
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
        if not fact.main and fact.kind is not Kind.ROWS and not is_blank(fact, value):
            yield fact.title, say(fact, value)


def _matcher(subject: Subject) -> Matches:
    if subject.kind in {COUNTRY, SAFEGUARD}:
        keys = COUNTRY_FACTS if subject.kind == COUNTRY else SAFEGUARD_FACTS
        return lambda fact, value: fact.key in keys and bool(value == subject.key)
    name, pk = ENTRIES[subject.kind].__name__, subject.pk
    return lambda fact, value: fact.kind is Kind.ENTRY and fact.entry == name and value is not None and value.pk == pk


def mentions(record: ActivityRecord, matches: Matches) -> Iterator[str]:
    """Yield each place of a record in which something is named, in words: the list, the row, and the way from there."""
    for fact, value in _values(record):
        if fact.kind is Kind.ROWS:
            for row in value:
                if any(matches(inner, found) for inner, found in _values(row)):
                    yield _place(fact, row)
                else:
                    yield from _through(fact, row, matches)
        elif matches(fact, value):
            yield fact.title


def _through(fact: Fact, row: Any, matches: Matches) -> Iterator[str]:
    """Yield the places in what a row refers to, such as the provider of a system."""
    for inner, entry in _values(row):
        if inner.kind is Kind.ENTRY and entry is not None and hasattr(entry, "_fields"):
            yield from (f"{_place(fact, row)} – {way}" for way in _ways(entry, matches))


def _ways(entry: Any, matches: Matches) -> Iterator[str]:
    if len(entry._fields) == 2:  # only named
        return
    for fact, value in _values(entry):
        if matches(fact, value):
            yield fact.title
        elif fact.kind is Kind.ENTRY and value is not None:
            yield from (f"{fact.title} {value.label} – {way}" for way in _ways(value, matches))


def _place(fact: Fact, row: Any) -> str:
    return labelled(fact.title, name_row(row))


def _values(record: Any) -> Iterator[tuple[Fact, Any]]:
    return ((fact, getattr(record, key)) for key, fact in facts(type(record)).items())
