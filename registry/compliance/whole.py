"""Puts the rules to a whole register: to its records as they are read, then to the organisations they belong to, and
to the systems that they use or should."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import chain

from registry.compliance.checking import check_record
from registry.compliance.context import Context, context_of
from registry.compliance.gap import OF_ORGANISATION, About, Gap
from registry.compliance.held import InUse, Systems
from registry.compliance.laws import Law
from registry.compliance.rules import ALL_RULES
from registry.record.activity import ActivityRecord
from registry.record.definition import by_name
from registry.record.entries import SystemEntry
from registry.record.loader import Register
from registry.record.organisations import OrganisationRecord
from registry.reference.activity import ActivityStatus

Subject = ActivityRecord | OrganisationRecord | SystemEntry
"""What gaps are found in."""

Checked = tuple[Subject, tuple[Gap, ...]]

_ASKED = tuple([one for one in ALL_RULES if one.about is About.ORGANISATION])
_ASKED_OF_SYSTEMS = tuple([one for one in ALL_RULES if one.about is About.SYSTEM])


def check_whole(register: Register, context: Context | None = None) -> Iterator[Checked]:
    """Yield each record of the register with its gaps, as they are read, then each of their organisations, and then each
    system that says what it holds.

    Three queries, whatever their number. An organisation is asked under the laws of all its records in the register that
    aren't retired, and not at all where it has none; so is a system about the records of each.
    """
    told = context or context_of(register)
    laws: dict[int, set[Law]] = {}
    for record in register.activities():
        yield record, check_record(record, told)
        if record.status != ActivityStatus.RETIRED:
            laws.setdefault(record.organisation.pk, set()).update(told.laws_of(record))
    yield from check_organisations(register.organisations, laws, told)
    if told.systems is not None:
        yield from check_systems(told.systems, register.organisations, laws, told)


def check_organisations(
    organisations: Mapping[int, OrganisationRecord], laws: Mapping[int, Iterable[Law]], context: Context
) -> Iterator[tuple[OrganisationRecord, tuple[Gap, ...]]]:
    """Yield the organisations under these laws, by key, with their gaps, in the order of their names."""
    for organisation in sorted((organisations[pk] for pk in laws), key=by_name):
        yield organisation, check_organisation(organisation, laws[organisation.pk], context)


def check_organisation(organisation: OrganisationRecord, laws: Iterable[Law], context: Context) -> tuple[Gap, ...]:
    """Return the gaps of an organisation as a whole, whose records are under these laws."""
    under = _in_order(laws)
    return tuple(
        [
            Gap(rule, organisation.pk, "", under, "", "", None, said)
            for rule in _ASKED
            if not rule.articles.keys().isdisjoint(under)
            for _row, said in rule.find(organisation, context)
        ]
    )


def check_systems(
    systems: Systems,
    organisations: Mapping[int, OrganisationRecord],
    laws: Mapping[int, Iterable[Law]],
    context: Context,
) -> Iterator[tuple[SystemEntry, tuple[Gap, ...]]]:
    """Yield the systems that say what they hold, with their gaps, in the order of their names; retired ones left out.

    ``laws`` are those of the organisations that are asked, by key.
    """
    for use in systems.in_use(organisations):
        if use.system.retired_on is None or use.system.retired_on > context.on:
            yield use.system, check_system(use, laws, context)


def check_system(use: InUse, laws: Mapping[int, Iterable[Law]], context: Context) -> tuple[Gap, ...]:
    """Return the gaps of a system: each about the records of one of the organisations under these laws, or about all."""
    everywhere = _in_order(chain.from_iterable(laws.values()))
    found = []
    for rule in _ASKED_OF_SYSTEMS:
        for whose, said in rule.find(use, context):
            under = everywhere if whose is None else _in_order(laws.get(whose.pk, ()))
            if not rule.articles.keys().isdisjoint(under):
                row, pk = ("", None) if whose is None else (f"{OF_ORGANISATION}{whose.pk}", whose.pk)
                found.append(Gap(rule, use.system.pk, "", under, row, "", pk, said))
    return tuple(found)


def _in_order(laws: Iterable[Law]) -> tuple[Law, ...]:
    known = set(laws)
    return tuple([law for law in Law if law in known])
