"""All rules, in the order in which they are put and printed: importing this module is what fills the list."""

from registry.compliance import (
    abroad,
    assessment,
    california,
    consent,
    content,
    lawfulness,
    notice,
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
from registry.compliance.gap import RULES, Rule
from registry.compliance.laws import Law
from registry.compliance.traits import bits_of
from registry.record.activity import ActivityRecord

AREAS = (
    content, served, lawfulness, transfers, abroad, recipients, retention, security, assessment, reviews, quality,
    profiling, segments, consent, notice, california,
)  # fmt: skip

ALL_RULES: tuple[Rule, ...] = tuple(RULES.values())


_TRAITS = {one.id: bits_of(one.given) for one in ALL_RULES}


def rules_for(record: ActivityRecord, context: Context) -> tuple[tuple[Rule, ...], tuple[Law, ...]]:
    """Return the rules that are put to the record, for its role, the laws it is under and its traits, and these laws."""
    laws, traits = context.laws_of(record), context.traits_of(record)
    key = ("rules", record.role, laws, traits)
    asked = context.known.get(key)
    if asked is None:
        asked = context.known[key] = tuple([one for one in rules_under(record.role, laws) if _is_given(one, traits)])
    return asked, laws


def rules_under(role: str, laws: tuple[Law, ...]) -> list[Rule]:
    """Return the rules for records in this role and under these laws, whatever their traits."""
    return [one for one in ALL_RULES if role in one.roles and not one.articles.keys().isdisjoint(laws)]


def _is_given(one: Rule, traits: int) -> bool:
    has, lacks = _TRAITS[one.id]
    return traits & has == has and not traits & lacks
