"""Puts the rules to a whole register: to its records as they are read, and then to the organisations they belong to."""

from collections.abc import Iterable, Iterator, Mapping

from registry.compliance.checking import check_record
from registry.compliance.context import Context, context_of
from registry.compliance.gap import About, Gap
from registry.compliance.laws import Law
from registry.compliance.rules import ALL_RULES
from registry.record.activity import ActivityRecord
from registry.record.loader import Register
from registry.record.organisations import OrganisationRecord
from registry.reference.activity import ActivityStatus

Subject = ActivityRecord | OrganisationRecord
"""What gaps are found in."""

Checked = tuple[Subject, tuple[Gap, ...]]

_ASKED = tuple([one for one in ALL_RULES if one.about is About.ORGANISATION])


def check_whole(register: Register, context: Context | None = None) -> Iterator[Checked]:
    """Yield each record of the register with its gaps, as they are read, and then each of their organisations.

    Three queries, whatever their number. An organisation is asked under the laws of all its records in the register that
    aren't retired, and not at all where it has none.
    """
    told = context or context_of(register)
    laws: dict[int, set[Law]] = {}
    for record in register.activities():
        yield record, check_record(record, told)
        if record.status != ActivityStatus.RETIRED:
            laws.setdefault(record.organisation.pk, set()).update(told.laws_of(record))
    yield from check_organisations(register.organisations, laws, told)


def check_organisations(
    organisations: Mapping[int, OrganisationRecord], laws: Mapping[int, Iterable[Law]], context: Context
) -> Iterator[tuple[OrganisationRecord, tuple[Gap, ...]]]:
    """Yield the organisations under these laws, by key, with their gaps, in the order of their names."""
    for organisation in sorted((organisations[pk] for pk in laws), key=lambda one: (one.name.casefold(), one.pk)):
        yield organisation, check_organisation(organisation, laws[organisation.pk], context)


def check_organisation(organisation: OrganisationRecord, laws: Iterable[Law], context: Context) -> tuple[Gap, ...]:
    """Return the gaps of an organisation as a whole, whose records are under these laws."""
    under = tuple([law for law in Law if law in set(laws)])
    return tuple(
        [
            Gap(rule, organisation.pk, "", under, "", "", None, said)
            for rule in _ASKED
            if not rule.articles.keys().isdisjoint(under)
            for _row, said in rule.find(organisation, context)
        ]
    )
