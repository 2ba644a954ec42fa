"""All rules, in the order in which they are put and printed: importing this module is what fills the list."""

from collections.abc import Iterable, Iterator
from functools import partial, reduce
from operator import or_

from registry.compliance import (
    abroad,
    assessment,
    brazilian_grounds,
    brazilian_transfers,
    california,
    consent,
    content,
    destinations,
    lawfulness,
    lawfulness_special,
    notice,
    notice_wording,
    organisation,
    profiling,
    quality,
    recipients,
    retention,
    reviews,
    security,
    segments,
    sensitive_words,
    served,
    systems,
    transfers,
)
from registry.compliance.context import Context
from registry.compliance.gap import RULES, About, Check, Rule
from registry.compliance.laws import Law
from registry.compliance.traits import bits_of
from registry.record.activity import ActivityRecord
from registry.record.remembered import Memo

AREAS = (
    organisation, content, served, systems, lawfulness, lawfulness_special, sensitive_words, brazilian_grounds, destinations, transfers, brazilian_transfers, abroad, recipients, retention, security, assessment,
    reviews, quality, profiling, segments, consent, notice, notice_wording, california,
)  # fmt: skip

ALL_RULES: tuple[Rule, ...] = tuple(RULES.values())


_GIVEN = [bits_of(one.given) for one in ALL_RULES]
_SIGNS = reduce(or_, [one.signs for one in ALL_RULES])
_GROUP = 12
"""How many traits are looked up together: few enough for most records of a register to share what they say of them."""

Put = tuple[Rule, Check]
"""A rule, and its function beside it."""


def rules_for(record: ActivityRecord, context: Context) -> tuple[tuple[Put, ...], tuple[Law, ...]]:
    """Return the rules that are put to the record, and the laws it is under.

    They are those for its role and its laws that its traits and the signs in its words allow to find anything.
    """
    laws, reading = context.laws_of(record), context.reading(record)
    traits = reading.traits | context.meetings_of(record)
    left = _ASKED_UNDER[record.role, laws] & _ANNOUNCED[reading.signs & _SIGNS]
    for group, allowed in _ALLOWED:
        left &= allowed[traits & group]
    return _PUT[left], laws


def rules_under(role: str, laws: tuple[Law, ...]) -> list[Rule]:
    """Return the rules for records in this role and under these laws, whatever their traits."""
    return [one for one in _OF_RECORDS if role in one.roles and not one.articles.keys().isdisjoint(laws)]


_OF_RECORDS = tuple([one for one in ALL_RULES if one.about is About.RECORD])


def _places(are_meant: Iterable[object]) -> int:
    """Return rules as the bits of their places among all."""
    return sum([1 << place for place, is_meant in enumerate(are_meant) if is_meant])


def _allowed(group: int, traits: int) -> int:
    """Return the rules that these traits allow, as far as they are asked about the traits of a group."""
    return _places(not has & group & ~traits and not lacks & group & traits for has, lacks in _GIVEN)


def _groups() -> Iterator[int]:
    used = reduce(or_, [has | lacks for has, lacks in _GIVEN])
    bits = [1 << place for place in range(used.bit_length()) if used >> place & 1]
    for start in range(0, len(bits), _GROUP):
        yield sum(bits[start : start + _GROUP])


_ASKED_UNDER: Memo[tuple[str, tuple[Law, ...]], int] = Memo(
    lambda said: _places(one in rules_under(*said) for one in ALL_RULES)
)
_ANNOUNCED: Memo[int, int] = Memo(lambda signs: _places(not one.signs or one.signs & signs for one in ALL_RULES))
_ALLOWED: list[tuple[int, Memo[int, int]]] = [(group, Memo(partial(_allowed, group))) for group in _groups()]
_PUT: Memo[int, tuple[Put, ...]] = Memo(
    lambda left: tuple([(one, one.find) for place, one in enumerate(ALL_RULES) if left >> place & 1])
)
