"""What an entry that a record refers to tells about the record: traits, as ``registry.compliance.traits`` says."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from registry.compliance.contracts import ends_soon, has_contract, has_ended, lacking_points, unchecked_points
from registry.compliance.grounds import (
    CONDITION_IN_LAW,
    CONSENT,
    LEGAL_OBLIGATION,
    LEGITIMATE_INTEREST,
    PUBLIC_TASK,
)
from registry.compliance.notice_text import ended_on, text_of
from registry.compliance.notice_words import COMPLAINT, INTERESTS, OFFICER, WITHDRAWAL
from registry.compliance.periods import refers_elsewhere, says_for_good
from registry.compliance.schedules import (
    contradicts_itself,
    ends_in_nothing,
    has_no_start,
    is_empty_reference,
    is_kept_for_good,
    is_longer,
)
from registry.reference import countries, safeguards
from registry.reference.adequacy import in_force_for, in_force_for_organisation
from registry.reference.answers import Answer
from registry.reference.ccpa import CcpaCategory
from registry.reference.contracts import SubProcessorAuthorisation
from registry.reference.lawful_basis import BY_CODE, BasisKind, Regime
from registry.reference.roles import RecipientNature, RecipientRole
from registry.reference.safeguards import COMMISSION_DECISION, SafeguardKind
from registry.reference.source import in_force
from registry.reference.special_category import DataSensitivity


def of_organisation(entry: Any) -> Iterator[str]:
    """Yield the traits that its organisation gives a record."""
    if entry.public_authority == Answer.YES:
        yield "public authority"


_OF_CODES = {
    "a legal obligation": LEGAL_OBLIGATION,
    "a public task": PUBLIC_TASK,
    "legitimate interests": LEGITIMATE_INTEREST,
    "consent": CONSENT,
    "a condition": CONDITION_IN_LAW,
}


def of_basis(entry: Any, on: date) -> Iterator[str]:
    """Yield the traits that a legal basis gives a record."""
    yield from (name for name, codes in _OF_CODES.items() if entry.code in codes)
    if entry.kind in (BasisKind.LAWFUL_BASIS, BasisKind.NATIONAL_LAW):
        yield "a lawful basis"
    term = BY_CODE.get(entry.code)
    ended = entry.retired_on is not None and entry.retired_on <= on
    if ended or (term is not None and not in_force(term, on)):
        yield "a basis out of force"


def of_data(entry: Any) -> Iterator[str]:
    """Yield the traits that a category of data gives a record."""
    yield from {
        str(DataSensitivity.SPECIAL_CATEGORY): ("special data", "sensitive data"),
        str(DataSensitivity.CRIMINAL_OFFENCE): ("offence data", "sensitive data"),
        str(DataSensitivity.NATIONAL_IDENTIFIER): ("a national identifier",),
    }.get(entry.sensitivity, ())
    if entry.ccpa_category in (CcpaCategory.INFERENCES, CcpaCategory.GEOLOCATION):
        yield "personal data"


def of_subject(entry: Any) -> Iterator[str]:
    """Yield the traits that a category of people gives a record."""
    if entry.vulnerable == Answer.YES:
        yield "vulnerable people"


def _is_abroad(country: str, home: str, on: date) -> bool:
    """Say whether data that go there from the organisation's country may leave the territory of any law."""
    within = countries.is_eea(country, on) and countries.is_eea(home, on)
    return bool(country) and country != home and not within


def of_recipient(
    role: str, home: str, on: date, sub_processors: Mapping[int, tuple[Any, ...]], entry: Any
) -> Iterator[str]:
    """Yield the traits that a recipient in this role, or else in its usual one, gives a record of that country."""
    role = role or entry.kind
    if _is_abroad(entry.country, home, on):
        yield "recipients abroad"
    if role == RecipientRole.JOINT_CONTROLLER:
        yield "joint recipients"
    if role == RecipientRole.SUB_PROCESSOR:
        yield "sub-processors"
    if role in (RecipientRole.PROCESSOR, RecipientRole.SUB_PROCESSOR):
        if entry.nature == RecipientNature.CATEGORY:
            yield "categories of processors"
            return
        yield "processors"
        if any(_is_abroad(one.country, home, on) for one in sub_processors.get(entry.pk, ())):
            yield "sub-processors of processors abroad"
        yield from _of_contract(entry, on) if has_contract(entry) else ("a processor without contract",)


def _of_contract(entry: Any, on: date) -> Iterator[str]:
    if has_ended(entry, on):
        yield "an ended contract"
    if ends_soon(entry, on):
        yield "a contract that ends soon"
    if entry.contract_signed_on is None:
        yield "a contract without date"
    elif entry.contract_signed_on > on:
        yield "a contract of a later day"
    if lacking_points(entry):
        yield "a contract that lacks points"
    if unchecked_points(entry):
        yield "a contract that nobody has checked"
    if not entry.sub_processor_authorisation:
        yield "a contract silent on sub-processors"
    if entry.sub_processor_authorisation == SubProcessorAuthorisation.NONE:
        yield "a contract against sub-processors"


_OF_KIND = {SafeguardKind.SAFEGUARD: ("an appropriate safeguard",), SafeguardKind.DEROGATION: ("a derogation",)}


def of_destination(country: str, organisation: str, safeguard: str, on: date) -> Iterator[str]:
    """Yield the traits that a transfer to this place, on this safeguard, gives a record."""
    yield "a safeguard" if safeguard else "a transfer without safeguard"
    if safeguard in safeguards.BY_CODE:
        mechanism = safeguards.BY_CODE[safeguard]
        yield from _OF_KIND.get(mechanism.kind, ())
        if not in_force(mechanism, on):
            yield "a safeguard out of force"
        if mechanism.regime != Regime.EU:
            yield "a safeguard of another law"
    if not country and not organisation:
        yield "a transfer to nowhere"
    if country and countries.is_eea(country, on):
        yield "a transfer within the EEA"
    decisions = in_force_for(country, on) if country else in_force_for_organisation(organisation, on)
    if any(not decision.limited for decision in decisions):
        yield "an adequate destination"
    if safeguard == COMMISSION_DECISION:
        if not decisions:
            yield "an adequacy decision that isn't there"
        elif all(decision.limited for decision in decisions):
            yield "an adequacy decision that is limited"
        if all(decision.valid_until for decision in decisions):
            yield "an adequacy decision that ends"


def of_notice(notice: Any, on: date) -> Iterator[str]:
    """Yield the traits that its notice gives a record; none where the catalogue of documents doesn't have it."""
    if notice is None:
        return
    if notice.valid_from is not None:
        yield "a notice with a date"
    if ended_on(notice, on):
        yield "a notice out of force"
    elif notice.wording and text_of(notice.wording).language:
        yield "a notice with its wording"
        says = text_of(notice.wording).says
        yield from (f"a notice silent on {what}" for what, pattern in _SAID_IN_ALL.items() if not says[pattern])


_SAID_IN_ALL = {"complaints": COMPLAINT, "withdrawal": WITHDRAWAL, "interests": INTERESTS, "the officer": OFFICER}


def of_system(home: str, on: date, entry: Any) -> Iterator[str]:
    """Yield the traits that a system gives a record of that country."""
    if _is_abroad(entry.hosting_country, home, on):
        yield "systems abroad"


def of_limit_in_words(words: str) -> Iterator[str]:
    """Yield the traits that a time limit in words alone gives a record."""
    yield "a time limit"
    if refers_elsewhere(words):
        yield "an empty reference"
    if says_for_good(words):
        yield "kept for good"


def of_schedule(entry: Any) -> Iterator[str]:
    """Yield the traits that a retention schedule gives a record."""
    yield "a time limit"
    yield from (name for name, is_told in _OF_SCHEDULE.items() if is_told(entry))


_OF_SCHEDULE = {
    "an empty reference": is_empty_reference,
    "kept for good": is_kept_for_good,
    "a period longer than its source": is_longer,
    "a period against its words": contradicts_itself,
    "a period without start": has_no_start,
    "a schedule without disposal": ends_in_nothing,
}
