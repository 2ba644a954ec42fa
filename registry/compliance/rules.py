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
    served,
    transfers,
)
from registry.compliance.context import Context
from registry.compliance.gap import RULES, Rule
from registry.compliance.laws import Law
from registry.record.activity import ActivityRecord

AREAS = (
    content, served, lawfulness, transfers, abroad, recipients, retention, security, assessment, reviews, quality,
    profiling, consent, notice, california,
)  # fmt: skip

ALL_RULES: tuple[Rule, ...] = tuple(RULES.values())


def rules_for(record: ActivityRecord, context: Context) -> tuple[tuple[Rule, ...], tuple[Law, ...]]:
    """Return the rules that are put to the record, for its role and the laws it is under, and these laws."""
    laws = context.laws_of(record)
    key = ("rules", record.role, laws)
    if key not in context.known:
        asked = [one for one in ALL_RULES if record.role in one.roles]
        context.known[key] = tuple([one for one in asked if not one.articles.keys().isdisjoint(laws)])
    return context.known[key], laws
