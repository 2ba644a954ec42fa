"""Customer segments: what they are made from, on what contact rests, and how people get out (Arts. 5, 6, 9 and 21)."""

import re
from typing import Any

from django.utils.translation import gettext_noop as n

from registry.compliance import grounds
from registry.compliance.context import Context
from registry.compliance.gap import NOTHING, Area, Found, Severity, rule
from registry.compliance.texts import says
from registry.record.activity import ActivityRecord
from registry.record.segments import data_used
from registry.reference.answers import Answer
from registry.reference.segmentation import ContactBasis, Identifiability

_PERSONAL = frozenset({str(Identifiability.IDENTIFIABLE), str(Identifiability.PSEUDONYMISED)})
_CONTACTED = frozenset(
    {str(ContactBasis.CONSENT), str(ContactBasis.SOFT_OPT_IN), str(ContactBasis.LEGITIMATE_INTEREST)}
)
_GROUNDS_OF_CONTACT = {
    str(ContactBasis.CONSENT): grounds.CONSENT,
    str(ContactBasis.LEGITIMATE_INTEREST): grounds.LEGITIMATE_INTEREST,
}
"""Bases of contact that are legal bases, too. Soft opt-in is an exception of another directive."""


@rule(
    "segments-without-profiling",
    Area.PROFILING,
    Severity.MINOR,
    "GDPR Art. 4(4)",
    at="profiling",
    given=("segments",),
    what=n("People are put into segments (%(names)s), and the record doesn't say that they are profiled."),
    asks=n("Are personal aspects evaluated to form these segments?"),
    why=n("Forming segments from personal data is profiling, which people have to be told about and may object to."),
    remedy=n("Answer the question on profiling."),
)
def segments_without_profiling(record: ActivityRecord, context: Context) -> Found:
    if record.profiling == Answer.YES:
        return NOTHING
    named = tuple(row for row in record.segments if row.identifiability in _PERSONAL)
    return [(None, {"names": named})] if named else NOTHING


@rule(
    "segment-with-special-data",
    Area.PROFILING,
    Severity.CRITICAL,
    "GDPR Arts. 9(2)(a), 10",
    at="segment_data",
    given=("segment_data", "segments"),
    what=n("The segment “%(segment)s” is made from %(names)s, without explicit consent."),
    asks=n("Have the people agreed explicitly that you sort them by such data?"),
    why=n("Sorting people by data of these kinds for marketing is prohibited without their explicit consent."),
    remedy=n("Take these data out of the segment, or record the explicit consent as a condition."),
)
def segment_with_special_data(record: ActivityRecord, context: Context) -> Found:
    if not record.segment_data or grounds.conditions_of(record) & grounds.EXPLICIT_CONSENT:
        return NOTHING
    found = []
    for segment in record.segments:
        used = data_used(segment, record.segment_data, ())
        named = tuple(
            one.row
            for one in used
            if one.row.category is not None and one.row.category.sensitivity in grounds.SENSITIVE
        )
        if named:
            found.append((segment, {"segment": segment, "names": named}))
    return found


@rule(
    "segment-data-beyond-activity",
    Area.PROFILING,
    Severity.SERIOUS,
    "GDPR Art. 5(1)(b), (c)",
    at="segment_data",
    given=("segment_data", "segments"),
    what=n("The segment “%(segment)s” uses data that the activity itself doesn't list: %(names)s."),
    asks=n("Where do these data come from, and for what were they collected?"),
    why=n(
        "Data taken from elsewhere need a compatible purpose and a basis of their own, and a notice that names them."
    ),
    remedy=n("Add the data to the activity with their source and basis, or leave them out of the segment."),
)
def segment_data_beyond_activity(record: ActivityRecord, context: Context) -> Found:
    if not record.segment_data:
        return NOTHING
    found = []
    for segment in record.segments:
        used = data_used(segment, record.segment_data, record.data_categories)
        beyond = tuple(one.row for one in used if one.beyond)
        if beyond:
            found.append((segment, {"segment": segment, "names": beyond}))
    return found


@rule(
    "segment-without-criteria",
    Area.PROFILING,
    Severity.MINOR,
    "GDPR Arts. 5(1)(a), 5(2)",
    at="segments.criteria",
    given=("segments",),
    what=n("Nothing says by which criteria people fall into the segment “%(segment)s”."),
    asks=n("Why is this person in this segment, and that one not?"),
    why=n("People may ask why they are addressed, and the answer has to be ready."),
    remedy=n("Enter the rules or the model that decide."),
)
def segment_without_criteria(record: ActivityRecord, context: Context) -> Found:
    return [(row, {"segment": row}) for row in record.segments if not row.criteria]


@rule(
    "segment-without-data",
    Area.PROFILING,
    Severity.MINOR,
    "GDPR Art. 5(1)(c)",
    at="segment_data",
    given=("segments",),
    what=n("Nothing says from which data the segment “%(segment)s” is made."),
    asks=n("Which data decide whether somebody falls into this segment?"),
    why=n("Whether less would do can only be judged once the data are named."),
    remedy=n("List the data used in the segment."),
)
def segment_without_data(record: ActivityRecord, context: Context) -> Found:
    return [
        (row, {"segment": row})
        for row in record.segments
        if row.identifiability != Identifiability.ANONYMOUS and not any(data_used(row, record.segment_data, ()))
    ]


@rule(
    "segment-without-contact-basis",
    Area.PROFILING,
    Severity.SERIOUS,
    "GDPR Art. 6(1)",
    at="segments.contact_basis",
    given=("segments",),
    what=n("Nothing says on what basis the people in the segment “%(segment)s” are contacted."),
    asks=n("Have they consented, are they your customers, or do you rely on an interest of yours?"),
    why=n(
        "Contact for marketing needs consent or one of its narrow exceptions; it has to be known before the first message."
    ),
    remedy=n("Choose the basis for contact; choose “nobody is contacted” where that is so."),
)
def segment_without_contact_basis(record: ActivityRecord, context: Context) -> Found:
    return [(row, {"segment": row}) for row in record.segments if not row.contact_basis]


@rule(
    "segment-contact-basis-not-of-record",
    Area.PROFILING,
    Severity.SERIOUS,
    "GDPR Arts. 5(1)(a), 6(1)",
    at="segments.contact_basis",
    given=("segments", "legal_bases"),
    what=n(
        "The segment “%(segment)s” is contacted on the basis of “%(basis)s”, which isn't among the record's legal bases."
    ),
    asks=n("Which of the two do you tell people: the basis of the segment, or that of the record?"),
    why=n("People are told one legal basis for a purpose; a segment that rests on another is in no notice."),
    remedy=n("Add the legal basis to the record, or correct that of the segment."),
)
def segment_contact_basis_not_of_record(record: ActivityRecord, context: Context) -> Found:
    named = [row.legal_basis for row in record.legal_bases]
    if not named or None in named:
        return NOTHING  # words alone may name it
    codes = {entry.code for entry in named if entry is not None}
    return [
        (row, {"segment": row, "basis": ContactBasis(row.contact_basis).label})
        for row in record.segments
        if row.contact_basis in _GROUNDS_OF_CONTACT and not codes & _GROUNDS_OF_CONTACT[row.contact_basis]
    ]


@rule(
    "soft-opt-in-without-customers",
    Area.PROFILING,
    Severity.SERIOUS,
    "Directive 2002/58/EC Art. 13(2)",
    at="segments.contact_basis",
    given=("segments", "data_subjects"),
    what=n("The segment “%(segment)s” is contacted by soft opt-in, and the record names no customers: %(people)s."),
    asks=n("Did these people buy from you, and give you their address when they did?"),
    why=n(
        "Without consent, electronic mail may advertise only to one's own customers, for similar products, with a way out in each message."
    ),
    remedy=n("Name the customers among the data subjects, or contact these people by consent."),
)
def soft_opt_in_without_customers(record: ActivityRecord, context: Context) -> Found:
    if not record.data_subjects or any(map(_may_be_customers, record.data_subjects)):
        return NOTHING
    return [
        (row, {"segment": row, "people": record.data_subjects})
        for row in record.segments
        if row.contact_basis == ContactBasis.SOFT_OPT_IN
    ]


def _may_be_customers(row: Any) -> bool:
    entry = row.category
    if entry is not None and entry.dpv_term in _CUSTOMERS:
        return True
    return bool(_CUSTOMERS_IN_WORDS.search(f"{entry.name if entry is not None else ''} {row.stated_as}"))


_CUSTOMERS = frozenset({"dpv:Customer", "dpv:Consumer", "dpv:Client", "dpv:Subscriber", "dpv:Member"})
_CUSTOMERS_IN_WORDS = re.compile(
    r"custom|consum|client|klient|kund|klant|buyer|shopper|purchas|guest|member|subscri|abonn|mitglied|membre|gäst|gast|"
    r"acheteur|käufer|koper|besteller|compra|acquirent|suscript|utente|user",
    re.IGNORECASE,
)
"""Of the languages that files are read in; in doubt people are taken for customers."""


@rule(
    "segment-without-opt-out",
    Area.PROFILING,
    Severity.SERIOUS,
    "GDPR Arts. 7(3), 21(2)-(3)",
    at="segments.opt_out",
    given=("segments",),
    what=n("People in the segment “%(segment)s” are contacted, and nothing says how they can stop it."),
    asks=n("How does somebody leave this segment?"),
    why=n(
        "Anybody may object to direct marketing and to the profiling behind it at any time, and consent can be withdrawn."
    ),
    remedy=n("Enter the route by which people opt out, and see that it works."),
)
def segment_without_opt_out(record: ActivityRecord, context: Context) -> Found:
    return [
        (row, {"segment": row}) for row in record.segments if row.contact_basis in _CONTACTED and not says(row.opt_out)
    ]


@rule(
    "segment-anonymous-but-contacted",
    Area.PROFILING,
    Severity.SERIOUS,
    "GDPR Arts. 4(1), 5(2)",
    at="segments.identifiability",
    given=("segments",),
    what=n("The segment “%(segment)s” is called anonymous, and the people in it are contacted: %(basis)s."),
    asks=n("How do you reach people whom nobody can tell apart?"),
    why=n("Whoever can be written to can be told apart: the data are personal, with all that follows from it."),
    remedy=n("Choose identifiable or pseudonymised; where nobody is contacted, choose that as the basis for contact."),
)
def segment_anonymous_but_contacted(record: ActivityRecord, context: Context) -> Found:
    return [
        (row, {"segment": row, "basis": ContactBasis(row.contact_basis).label})
        for row in record.segments
        if row.identifiability == Identifiability.ANONYMOUS and row.contact_basis in _CONTACTED
    ]


@rule(
    "segment-consent-without-mechanism",
    Area.PROFILING,
    Severity.SERIOUS,
    "GDPR Art. 7(1)",
    at="segments.consent",
    given=("segments",),
    what=n("The segment “%(segment)s” is contacted by consent, and no consent mechanism is named."),
    asks=n("Where did these people consent, and to which words?"),
    why=n("Whoever relies on consent has to be able to show it."),
    remedy=n("Add the consent mechanism, and choose it in the segment."),
)
def segment_consent_without_mechanism(record: ActivityRecord, context: Context) -> Found:
    return [
        (row, {"segment": row})
        for row in record.segments
        if row.contact_basis == ContactBasis.CONSENT and row.consent is None
    ]


@rule(
    "segment-without-minimisation",
    Area.PROFILING,
    Severity.MINOR,
    "GDPR Art. 5(1)(c)",
    at="segments.minimisation",
    given=("segments",),
    what=n("People in the segment “%(segment)s” can be told apart, and nothing says why no less data would do."),
    asks=n("Could the same be reached with fewer data, or with aggregated ones?"),
    why=n("Only data that the purpose needs may be used; each further one is a further risk."),
    remedy=n("Say why the data are needed, or pseudonymise or aggregate them."),
)
def segment_without_minimisation(record: ActivityRecord, context: Context) -> Found:
    return [
        (row, {"segment": row}) for row in record.segments if row.identifiability in _PERSONAL and not row.minimisation
    ]


@rule(
    "segment-without-audience",
    Area.PROFILING,
    Severity.MINOR,
    "GDPR Arts. 5(1)(c), 35(1)",
    at="segments.audience_size",
    given=("segments",),
    what=n("Nothing says roughly how many people are in the segment “%(segment)s”."),
    asks=n("How many people does this concern?"),
    why=n("Whether data are processed on a large scale, and what their loss would mean, depends on the number."),
    remedy=n("Enter the rough number of people."),
)
def segment_without_audience(record: ActivityRecord, context: Context) -> Found:
    return [
        (row, {"segment": row})
        for row in record.segments
        if row.identifiability in _PERSONAL and row.audience_size is None
    ]


@rule(
    "segment-identifiability-unknown",
    Area.PROFILING,
    Severity.MINOR,
    "GDPR Art. 4(1), (5)",
    at="segments.identifiability",
    given=("segments",),
    what=n("Nothing says how far the people in the segment “%(segment)s” can be told apart."),
    asks=n("Are these names, pseudonyms, or only totals?"),
    why=n("It decides whether the segment holds personal data at all, and what its loss would mean."),
    remedy=n("Choose identifiable, pseudonymised, aggregated or anonymous."),
)
def segment_identifiability_unknown(record: ActivityRecord, context: Context) -> Found:
    return [(row, {"segment": row}) for row in record.segments if not row.identifiability]


@rule(
    "segment-review-overdue",
    Area.PROFILING,
    Severity.MINOR,
    "GDPR Arts. 5(1)(d), 5(2)",
    at="segments.next_review_on",
    given=("segments",),
    what=n("The review of the segment “%(segment)s” was due on %(due)s."),
    asks=n("Are its rules still right, and do the people in it still belong there?"),
    why=n("Segments go stale: people are addressed by what was true once."),
    remedy=n("Review the segment and set the next day."),
)
def segment_review_overdue(record: ActivityRecord, context: Context) -> Found:
    return [
        (row, {"segment": row, "due": row.next_review_on})
        for row in record.segments
        if row.next_review_on is not None and row.next_review_on < context.on
    ]


@rule(
    "segment-review-not-planned",
    Area.PROFILING,
    Severity.MINOR,
    "GDPR Arts. 5(1)(d), 5(2)",
    at="segments.next_review_on",
    given=("segments",),
    what=n("No day is set on which the segment “%(segment)s” is looked at again."),
    asks=n("When do you check its rules and who is in it?"),
    why=n("Segments go stale: people are addressed by what was true once."),
    remedy=n("Set the day of the next review."),
)
def segment_review_not_planned(record: ActivityRecord, context: Context) -> Found:
    return [(row, {"segment": row}) for row in record.segments if row.next_review_on is None]
