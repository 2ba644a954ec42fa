"""All rules, in the order in which they are put and printed: importing this module is what fills the list."""

from functools import reduce
from operator import or_

from registry.compliance import (
    abroad,
    assessment,
    california,
    consent,
    content,
    destinations,
    lawfulness,
    notice,
    organisation,
    profiling,
    quality,
    recipients,
    retention,
    reviews,
    security,
    segments,
    served,
    transfers,
)
from registry.compliance.context import Context
from registry.compliance.gap import RULES, About, Rule
from registry.compliance.laws import Law
from registry.compliance.traits import bits_of
from registry.record.activity import ActivityRecord

AREAS = (
    organisation, content, served, lawfulness, destinations, transfers, abroad, recipients, retention, security, assessment,
    reviews, quality, profiling, segments, consent, notice, california,
)  # fmt: skip

ALL_RULES: tuple[Rule, ...] = tuple(RULES.values())


_TRAITS = {one.id: bits_of(one.given) for one in ALL_RULES}
_SIGNS = reduce(or_, [one.signs for one in ALL_RULES])


def rules_for(record: ActivityRecord, context: Context) -> tuple[tuple[Rule, ...], tuple[Law, ...]]:
    """Return the rules that are put to the record, and the laws it is under.

    They are those for its role and its laws that its traits and the signs in its words allow to find anything.
    """
    laws, reading = context.laws_of(record), context.reading(record)
    traits, signs = reading.traits | context.meetings_of(record), reading.signs & _SIGNS
    key = ("rules", record.role, laws, traits, signs)
    asked = context.known.get(key)
    if asked is None:
        under = rules_under(record.role, laws)
        asked = context.known[key] = tuple([one for one in under if _is_given(one, traits, signs)])
    return asked, laws


def rules_under(role: str, laws: tuple[Law, ...]) -> list[Rule]:
    """Return the rules for records in this role and under these laws, whatever their traits."""
    return [one for one in _OF_RECORDS if role in one.roles and not one.articles.keys().isdisjoint(laws)]


_OF_RECORDS = tuple([one for one in ALL_RULES if one.about is About.RECORD])


def _is_given(one: Rule, traits: int, signs: int) -> bool:
    has, lacks = _TRAITS[one.id]
    return traits & has == has and not traits & lacks and (not one.signs or bool(one.signs & signs))
