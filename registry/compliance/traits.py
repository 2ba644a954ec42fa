"""Traits of a record that decide which rules can find anything in it: told once, instead of by every rule again.

A rule that names traits in ``given`` is only put to records that have all of them, or lack those behind "no". A trait
may be told of a record in which the rule then finds nothing; it is never missing from one in which it would.
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import date, timedelta
from functools import partial, reduce
from itertools import compress
from operator import itemgetter, or_
from typing import Any

from registry.compliance.entry_traits import (
    of_basis,
    of_data,
    of_destination,
    of_limit_in_words,
    of_notice,
    of_organisation,
    of_recipient,
    of_schedule,
    of_subject,
    of_system,
)
from registry.compliance.texts import folded, says
from registry.record.activity import ActivityRecord
from registry.record.definition import facts, taker
from registry.record.remembered import Memo
from registry.reference.answers import Answer
from registry.reference.roles import RecipientRole

LISTS = tuple(key for key, fact in facts(ActivityRecord).items() if fact.row is not None)
_STATED = (
    *LISTS, "owner", "contact", "began_on", "ends_on", "next_review_on", "last_reviewed_on",
    "privacy_notice", "privacy_notice_on", "unplaced",
)  # fmt: skip
"""Facts each of which is a trait: that the record states it, or has rows in that list."""

_CHOSEN = (
    "status", "role", "special_categories", "recipients_answer", "transfers_answer", "profiling", "automated_decisions",
)  # fmt: skip
"""Facts from closed lists of which each choice is a trait, such as "status: approved"."""

LONGEST_WITHOUT_REVIEW = 24
"""After so many months without a review a record is stale, however far ahead the next one is planned."""

TRAITS = (
    *_STATED,
    *(f"{key}: {code}" for key in _CHOSEN for code, _label in facts(ActivityRecord)[key].choice_pairs()),
    "a meeting by name", "a meeting by purpose",  # told by what other records say
    "public authority",
    "a legal obligation", "a public task", "legitimate interests", "consent", "a lawful basis", "a condition",
    "a basis out of force", "a legal basis for all purposes",
    "special data", "offence data", "sensitive data", "a national identifier", "personal data",
    "processors", "categories of processors", "sub-processors", "joint recipients", "recipients abroad",
    "a processor without contract", "an ended contract", "a contract that ends soon", "a contract without date", "a contract of a later day",
    "a contract that lacks points", "a contract that nobody has checked", "a contract silent on sub-processors",
    "a contract against sub-processors",
    "systems abroad",
    "a safeguard", "an adequacy decision that isn't there", "an adequacy decision that is limited",
    "an adequacy decision that ends", "an appropriate safeguard", "a derogation",
    "a safeguard out of force", "a safeguard of another law", "a transfer without safeguard", "a transfer to nowhere", "a transfer within the EEA", "an adequate destination",
    "a time limit", "a general time limit", "an empty reference", "kept for good", "a schedule without disposal",
    "a period longer than its source", "a period against its words", "a period without start",
    "vulnerable people", "numbers of people", "measures in words", "a review long ago", "a review that may be due",
    "begun after the notice", "a notice of a later day", "an unsaid change",
    "a notice out of force", "a notice with a date", "a notice with its wording", "a notice silent on complaints",
    "a notice silent on withdrawal", "a notice silent on interests", "a notice silent on the officer",
    "an interest not stated", "an interest not assessed", "sub-processors of processors abroad",
)  # fmt: skip
_BIT = {name: 1 << place for place, name in enumerate(TRAITS)}


def bits_of(given: Iterable[str]) -> tuple[int, int]:
    """Return the bits of the traits that a record must have, and of those that it must lack ("no …").

    Raises KeyError for a trait that is not one.
    """
    has = lacks = 0
    for name in given:
        if name.startswith("no "):
            lacks |= _BIT[name.removeprefix("no ")]
        else:
            has |= _BIT[name]
    return has, lacks


def has_trait(traits: int, name: str) -> bool:
    """Say whether the trait of this name is among the traits."""
    return bool(traits & _BIT[name])


def traits_finder(
    on: date, notices: Mapping[str, Any], sub_processors: Mapping[int, tuple[Any, ...]]
) -> Callable[[ActivityRecord], int]:
    """Return a function from a record to the bits of its traits on that day; what entries say is asked once for each.

    ``notices`` are those of the catalogue by what records call them, ``sub_processors`` whom each recipient engages.
    """
    organisations, bases = _told(of_organisation), _told(partial(of_basis, on=on))
    categories, subjects, schedules = map(_told, (of_data, of_subject, of_schedule))
    long_ago = on - timedelta(days=28 * LONGEST_WITHOUT_REVIEW)
    recipients: Memo[tuple[str, str], Callable[[Any], int]] = Memo(
        lambda said: _told(partial(of_recipient, *said, on, sub_processors))
    )
    of_notices: Memo[str, int] = Memo(lambda said: _bits(of_notice(notices.get(folded(said)), on)))
    systems: Memo[str, Callable[[Any], int]] = Memo(lambda home: _told(partial(of_system, home, on)))
    destinations: Memo[tuple[str, str, str], int] = Memo(lambda place: _bits(of_destination(*place, on)))

    def of(record: ActivityRecord) -> int:
        found = organisations(record.organisation) | _OF_CHOICES[_take_chosen(record)]
        found |= sum(compress(_STATED_BITS, _take_stated(record)))
        for basis, condition, purpose, interest, document, outcome in map(_take_basis, record.legal_bases):
            found |= _WORDS_ALONE if basis is None else bases(basis)
            if condition is not None:
                found |= _CONDITION
            if purpose is None:
                found |= _FOR_ALL_PURPOSES
            if not interest:
                found |= _INTEREST_NOT_STATED
            if not (says(document) or says(outcome)):
                found |= _INTEREST_NOT_ASSESSED
        for subject in record.data_subjects:
            if subject.category is not None:
                found |= subjects(subject.category)
            if subject.stated_as:
                found |= _PEOPLE_IN_WORDS
            if subject.approximate_number:
                found |= _NUMBERS
        for data in record.data_categories:
            if data.category is not None:
                found |= categories(data.category)
            if data.retention_schedule is not None:
                found |= schedules(data.retention_schedule)
            if data.retention_stated_as:
                found |= _OF_LIMIT[data.retention_stated_as]
        home = record.organisation.country
        for recipient, role in map(_take_recipient, record.recipients):
            if recipient is not None:
                found |= recipients[role, home](recipient)
            elif role == _JOINT_CONTROLLER:
                found |= _JOINT_RECIPIENTS
        for place in map(_take_place, record.transfers):
            found |= destinations[place]
        for system in record.systems:
            if system.system is not None:
                found |= systems[home](system.system)
        if record.retention_schedule is not None:
            found |= schedules(record.retention_schedule) | _GENERAL_LIMIT
        if record.retention_stated_as:
            found |= _OF_LIMIT[record.retention_stated_as] | _GENERAL_LIMIT
        if record.measures and record.measures[0].measure is None:
            found |= _MEASURES_IN_WORDS
        if record.last_reviewed_on is not None and record.last_reviewed_on <= long_ago:
            found |= _REVIEWED_LONG_AGO
        if record.privacy_notice:
            found |= of_notices[record.privacy_notice]
        if record.next_review_on is None or record.next_review_on < on:
            found |= _REVIEW_MAY_BE_DUE
        dated = record.privacy_notice_on
        if dated is not None:
            if dated > on:
                found |= _NOTICE_OF_A_LATER_DAY
            if record.began_on is not None and record.began_on > dated:
                found |= _BEGUN_AFTER_NOTICE
        return found

    return of


def _told(tell: Callable[[Any], Iterable[str]]) -> Callable[[Any], int]:
    """Return a function from an entry to the bits of the traits that it contributes; each entry is asked once."""
    known: dict[int, int] = {}

    def told(entry: Any) -> int:
        bits = known.get(entry.pk)
        if bits is None:
            bits = known[entry.pk] = _bits(tell(entry))
        return bits

    return told


def _bits(names: Iterable[str]) -> int:
    return sum(_BIT[name] for name in set(names))


_WORDS_ALONE = _bits(["a lawful basis"])
"""Words without an entry may name any basis."""
_CONDITION = _bits(["a condition"])
_PEOPLE_IN_WORDS = _bits(["vulnerable people"])
_OF_LIMIT: Memo[str, int] = Memo(lambda words: _bits(of_limit_in_words(words)))
_FOR_ALL_PURPOSES = _bits(["a legal basis for all purposes"])
_MEASURES_IN_WORDS = _bits(["measures in words"])
"""Where the first of them isn't from the catalogue: they may all be words."""
_REVIEWED_LONG_AGO = _bits(["a review long ago"])
_GENERAL_LIMIT = _bits(["a general time limit"])
_JOINT_RECIPIENTS = _bits(["joint recipients"])
_YES = str(Answer.YES)
_JOINT_CONTROLLER = str(RecipientRole.JOINT_CONTROLLER)
_NUMBERS = _bits(["numbers of people"])


def _of_choice(key: str, code: str) -> int:
    found = _BIT.get(f"{key}: {code}", 0)
    return found | _SPECIAL if (key, code) == ("special_categories", _YES) else found


_SPECIAL = _bits(["special data", "sensitive data"])
_take_chosen = itemgetter(*map(ActivityRecord._fields.index, _CHOSEN))
_OF_CHOICES: Memo[tuple[str, ...], int] = Memo(lambda codes: reduce(or_, map(_of_choice, _CHOSEN, codes)))
_take_stated = itemgetter(*map(ActivityRecord._fields.index, _STATED))
_STATED_BITS = tuple([_BIT[key] for key in _STATED])
_REVIEW_MAY_BE_DUE = _bits(["a review that may be due"])
_NOTICE_OF_A_LATER_DAY = _bits(["a notice of a later day"])
_BEGUN_AFTER_NOTICE = _bits(["begun after the notice"])
_INTEREST_NOT_STATED = _bits(["an interest not stated"])
_INTEREST_NOT_ASSESSED = _bits(["an interest not assessed"])
_OF_A_BASIS = (
    "legal_basis", "special_category_condition", "purpose", "interest", "assessment_document", "assessment_outcome",
)  # fmt: skip
_take_basis = taker(ActivityRecord, "legal_bases", *_OF_A_BASIS)
_take_recipient = taker(ActivityRecord, "recipients", "recipient", "role")
_take_place = taker(ActivityRecord, "transfers", "country", "international_organisation", "safeguard")
