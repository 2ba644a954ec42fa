"""Data that leave the European Economic Area: Arts. 44 to 49, judged by what was law on the day."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from django.utils.translation import gettext_noop as n

from registry.compliance.context import Context
from registry.compliance.gap import EVERYBODY, NOTHING, Area, Found, Severity, rule
from registry.compliance.laws import Law
from registry.record.activity import ActivityRecord
from registry.reference import countries, safeguards
from registry.reference.adequacy import AdequacyDecision, in_force_for, in_force_for_organisation
from registry.reference.answers import Answer
from registry.reference.countries import Country
from registry.reference.dpia_criteria import AssessmentStatus
from registry.reference.lawful_basis import Regime
from registry.reference.safeguards import COMMISSION_DECISION, Safeguard, SafeguardKind
from registry.reference.source import in_force

NOTICE = timedelta(days=180)
"""How long beforehand the end of an adequacy decision is told: finding another safeguard takes months."""

_COMPELLING_INTERESTS = "A49-2"


def place_of(row: Any) -> Country | str:
    """Return a transfer\'s destination: a country, the name of an organisation, or an empty text where the row names none."""
    return countries.by_code(row.country) if row.country else str(row.international_organisation)


def is_third_country(code: str, context: Context) -> bool:
    """Say whether a country lay outside the EEA on the day; False for none."""
    known = context.known
    key = ("third", code)
    if key not in known:
        known[key] = bool(code) and not countries.is_eea(code, context.on)
    return bool(known[key])


def decisions_for(row: Any, context: Context) -> tuple[AdequacyDecision, ...]:
    """Return the Union's adequacy decisions that held for a transfer's destination on the day."""
    key = ("adequacy", row.country, row.international_organisation)
    if key not in context.known:
        context.known[key] = (
            in_force_for(row.country, context.on)
            if row.country
            else in_force_for_organisation(row.international_organisation, context.on)
        )
    found: tuple[AdequacyDecision, ...] = context.known[key]
    return found


def _leaving(record: ActivityRecord, context: Context) -> Iterator[Any]:
    """Yield the transfers that are ones: to a third country or an international organisation, or to nobody knows where."""
    for row in record.transfers:
        if not row.country or is_third_country(row.country, context):
            yield row


def _under(record: ActivityRecord, context: Context, *kinds: SafeguardKind) -> Iterator[tuple[Any, Safeguard]]:
    for row in record.transfers:
        if row.safeguard and (mechanism := safeguards.BY_CODE.get(row.safeguard)) and mechanism.kind in kinds:
            yield row, mechanism


@rule(
    "transfer-without-safeguard",
    Area.TRANSFERS,
    Severity.CRITICAL,
    "GDPR Arts. 44, 46",
    at="transfers.safeguard",
    given=("a transfer without safeguard",),
    roles=EVERYBODY,
    laws=(Law.EU,),
    what=n(
        "The transfer to %(name)s in %(place)s rests on nothing: no safeguard is named, and no adequacy decision covered the whole of %(place)s on %(on)s."
    ),
    asks=n("What protects the data once they have left the European Economic Area?"),
    why=n("Without an adequacy decision, an appropriate safeguard or a derogation the transfer is unlawful."),
    remedy=n("Choose the safeguard that has been agreed, or stop the transfer until there is one."),
)
def transfer_without_safeguard(record: ActivityRecord, context: Context) -> Found:
    return [
        (row, {"name": row, "place": place_of(row), "on": context.on})
        for row in record.transfers
        if not row.safeguard and needs_safeguard(row, context)
    ]


def needs_safeguard(row: Any, context: Context) -> bool:
    """Say whether a transfer leaves for a place that is known, and that no decision covers as a whole."""
    key = ("needs safeguard", row.country, row.international_organisation)
    found = context.known.get(key)
    if found is None:
        leaves = is_third_country(row.country, context) if row.country else bool(row.international_organisation)
        decisions = decisions_for(row, context) if leaves else ()
        found = context.known[key] = leaves and all(decision.limited for decision in decisions)
    return bool(found)


@rule(
    "adequacy-decision-not-named",
    Area.TRANSFERS,
    Severity.MINOR,
    "GDPR Arts. 13(1)(f), 45(3)",
    at="transfers.safeguard",
    given=("a transfer without safeguard", "an adequate destination"),
    roles=EVERYBODY,
    laws=(Law.EU,),
    what=n(
        "The transfer to %(name)s in %(place)s names no safeguard. The adequacy decision %(decision)s would cover it."
    ),
    asks=n("Is the transfer based on the adequacy decision?"),
    why=n("Notices have to say whether there is an adequacy decision, and the record should say that it is relied on."),
    remedy=n("Choose the adequacy decision as the safeguard."),
)
def adequacy_decision_not_named(record: ActivityRecord, context: Context) -> Found:
    found = []
    for row in _leaving(record, context):
        if not row.safeguard:
            whole = [one for one in decisions_for(row, context) if not one.limited]
            if whole:
                said = {"name": row, "place": place_of(row), "decision": whole[0].number or whole[0].place}
                found.append((row, said))
    return found


@rule(
    "foreign-safeguard-missing",
    Area.TRANSFERS,
    Severity.CRITICAL,
    "UK GDPR Arts. 44A, 46",
    at="transfers.safeguard",
    given=("a transfer without safeguard",),
    roles=EVERYBODY,
    laws=(Law.UK,),
    also={Law.CH: "FADP Arts. 12(2)(g), 16"},
    what=n("The disclosure to %(name)s in %(place)s names no guarantee."),
    asks=n("What protects the data there: a decision of the competent authority, clauses, or an exception?"),
    why=n("Data may only be sent abroad where protection is recognised or guaranteed, and the record has to say how."),
    remedy=n("Choose the safeguard of this law."),
)
def foreign_safeguard_missing(record: ActivityRecord, context: Context) -> Found:
    if Law.EU in context.laws_of(record):
        return NOTHING
    return [
        (row, {"name": row, "place": place_of(row)})
        for row in record.transfers
        if not row.safeguard and (row.country or row.international_organisation)
    ]


@rule(
    "safeguard-not-in-force",
    Area.TRANSFERS,
    Severity.CRITICAL,
    "GDPR Arts. 44, 46",
    at="transfers.safeguard",
    given=("a safeguard out of force",),
    roles=EVERYBODY,
    also={Law.CH: "FADP Art. 16", Law.BR: "LGPD Art. 33"},
    what=n("The transfer to %(name)s rests on “%(safeguard)s”, which held until %(until)s."),
    asks=n("What has protected the data since then?"),
    why=n(
        "A mechanism that was declared invalid or replaced protects nothing, and the transfer is unlawful without another."
    ),
    remedy=n("Agree on a safeguard that is in force, and choose it; or stop the transfer."),
)
def safeguard_not_in_force(record: ActivityRecord, context: Context) -> Found:
    found = []
    for row, mechanism in _under(record, context, *SafeguardKind):
        if mechanism.valid_until is not None and not in_force(mechanism, context.on):
            said = {"name": row, "safeguard": mechanism, "until": mechanism.valid_until}
            found.append((row, said))
    return found


@rule(
    "safeguard-not-yet-in-force",
    Area.TRANSFERS,
    Severity.CRITICAL,
    "GDPR Arts. 44, 46",
    at="transfers.safeguard",
    given=("a safeguard out of force",),
    roles=EVERYBODY,
    also={Law.CH: "FADP Art. 16", Law.BR: "LGPD Art. 33"},
    what=n("The transfer to %(name)s rests on “%(safeguard)s”, which holds only from %(since)s."),
    asks=n("What protected the data before that day?"),
    why=n("A mechanism protects nothing before it is law."),
    remedy=n("Choose the safeguard that held on that day."),
)
def safeguard_not_yet_in_force(record: ActivityRecord, context: Context) -> Found:
    return [
        (row, {"name": row, "safeguard": mechanism, "since": mechanism.valid_from})
        for row, mechanism in _under(record, context, *SafeguardKind)
        if mechanism.valid_from is not None and mechanism.valid_from > context.on
    ]


@rule(
    "adequacy-without-decision",
    Area.TRANSFERS,
    Severity.CRITICAL,
    "GDPR Art. 45",
    at="transfers.safeguard",
    given=("an adequacy decision that isn't there",),
    roles=EVERYBODY,
    laws=(Law.EU,),
    what=n("The transfer to %(name)s rests on an adequacy decision, and none was in force for %(place)s on %(on)s."),
    asks=n("Which decision is meant?"),
    why=n("A decision that isn't there, or has run out, protects nothing: the transfer needs another safeguard."),
    remedy=n("Agree on an appropriate safeguard of Art. 46, and choose it; or stop the transfer."),
)
def adequacy_without_decision(record: ActivityRecord, context: Context) -> Found:
    return [
        (row, {"name": row, "place": place_of(row), "on": context.on})
        for row in _leaving(record, context)
        if row.safeguard == COMMISSION_DECISION
        and (row.country or row.international_organisation)
        and not decisions_for(row, context)
    ]


@rule(
    "adequacy-scope-not-shown",
    Area.TRANSFERS,
    Severity.SERIOUS,
    "GDPR Art. 45",
    at="transfers.document",
    given=("an adequacy decision that is limited",),
    roles=EVERYBODY,
    laws=(Law.EU,),
    what=n(
        "The transfer to %(name)s rests on the adequacy decision for %(place)s, which is limited: %(scope)s Nothing shows that the recipient is covered."
    ),
    asks=n("How do you know that the recipient falls within the decision?"),
    why=n("Outside its scope the decision protects nothing."),
    remedy=n(
        "Check the recipient, for instance in the public list of certified organisations, and enter where that is documented."
    ),
)
def adequacy_scope_not_shown(record: ActivityRecord, context: Context) -> Found:
    found = []
    for row in _leaving(record, context):
        if row.safeguard == COMMISSION_DECISION and not (row.document or row.assessment_outcome or row.stated_as):
            decisions = decisions_for(row, context)
            if decisions and all(decision.limited for decision in decisions):
                found.append((row, {"name": row, "place": place_of(row), "scope": decisions[0].limits}))
    return found


@rule(
    "adequacy-ending",
    Area.TRANSFERS,
    Severity.MINOR,
    "GDPR Art. 45",
    at="transfers.safeguard",
    given=("an adequacy decision that ends",),
    roles=EVERYBODY,
    laws=(Law.EU,),
    what=n("The adequacy decision for %(place)s, on which the transfer to %(name)s rests, ends on %(until)s."),
    asks=n("What will protect the data afterwards?"),
    why=n("Unless it is renewed, the transfer needs another safeguard on the day after."),
    remedy=n("Follow the renewal, and have standard contractual clauses ready."),
)
def adequacy_ending(record: ActivityRecord, context: Context) -> Found:
    found = []
    for row in _leaving(record, context):
        if row.safeguard == COMMISSION_DECISION and (decisions := decisions_for(row, context)):
            ends = [decision.valid_until for decision in decisions]
            last = None if None in ends else max(one for one in ends if one)
            if last is not None and last - context.on <= NOTICE:
                found.append((row, {"name": row, "place": place_of(row), "until": last}))
    return found


@rule(
    "safeguard-without-document",
    Area.TRANSFERS,
    Severity.SERIOUS,
    "GDPR Arts. 13(1)(f), 46",
    at="transfers.document",
    given=("an appropriate safeguard",),
    roles=EVERYBODY,
    also={Law.CH: "FADP Arts. 12(2)(g), 16(2)", Law.BR: "LGPD Art. 33, II"},
    what=n("The transfer to %(name)s rests on “%(safeguard)s”, and the record doesn't say where that is documented."),
    asks=n("Can I see the signed safeguard?"),
    why=n("People may ask for a copy, and an authority will."),
    remedy=n("Enter where the document is kept."),
)
def safeguard_without_document(record: ActivityRecord, context: Context) -> Found:
    return [
        (row, {"name": row, "safeguard": mechanism})
        for row, mechanism in _under(record, context, SafeguardKind.SAFEGUARD)
        if not row.document
    ]


@rule(
    "transfer-impact-assessment-missing",
    Area.TRANSFERS,
    Severity.SERIOUS,
    "GDPR Art. 46(1)",
    at="transfers.assessment_status",
    given=("an appropriate safeguard",),
    roles=EVERYBODY,
    what=n(
        "The transfer to %(name)s in %(place)s rests on “%(safeguard)s”, and the law and practice there haven't been assessed."
    ),
    asks=n("Have you examined whether the law of that country lets the recipient keep its promises?"),
    why=n("Since judgment C-311/18 a contractual safeguard only holds where the law of the country doesn't undo it."),
    remedy=n("Carry out the transfer impact assessment, and enter status, date and outcome."),
)
def transfer_impact_assessment_missing(record: ActivityRecord, context: Context) -> Found:
    settled = (AssessmentStatus.COMPLETED, AssessmentStatus.NOT_REQUIRED)
    return [
        (row, {"name": row, "place": place_of(row), "safeguard": mechanism})
        for row, mechanism in _under(record, context, SafeguardKind.SAFEGUARD)
        if mechanism.regime != Regime.BR
        and row.assessment_status not in settled
        and not row.assessment_outcome
        and (not row.country or is_third_country(row.country, context))
    ]


@rule(
    "compelling-interests-not-documented",
    Area.TRANSFERS,
    Severity.CRITICAL,
    "GDPR Art. 49(1), (6)",
    at="transfers.article_49_assessment",
    given=("a derogation",),
    roles=EVERYBODY,
    what=n(
        "The transfer to %(name)s rests on compelling legitimate interests, and its assessment isn't in the record."
    ),
    asks=n("Where are the assessment and the suitable safeguards, and when were the authority and the people told?"),
    why=n("The law demands that they are documented in this very record."),
    remedy=n("Enter assessment and safeguards in the field “Article 49 assessment”."),
)
def compelling_interests_not_documented(record: ActivityRecord, context: Context) -> Found:
    return [
        (row, {"name": row})
        for row in record.transfers
        if row.safeguard == _COMPELLING_INTERESTS and not row.article_49_assessment
    ]


@rule(
    "derogation-without-reason",
    Area.TRANSFERS,
    Severity.SERIOUS,
    "GDPR Art. 49(1)",
    at="transfers.article_49_assessment",
    given=("a derogation",),
    roles=EVERYBODY,
    also={Law.CH: "FADP Art. 17", Law.BR: "LGPD Art. 33, III-IX"},
    what=n("The transfer to %(name)s rests on the derogation “%(safeguard)s”, and nothing says why it applies."),
    asks=n("Why does this exception apply, and how often is it used?"),
    why=n("Derogations are for particular cases and are read narrowly; regular transfers need a safeguard."),
    remedy=n("Enter why the derogation applies, or where that is documented."),
)
def derogation_without_reason(record: ActivityRecord, context: Context) -> Found:
    return [
        (row, {"name": row, "safeguard": mechanism})
        for row, mechanism in _under(record, context, SafeguardKind.DEROGATION)
        if row.safeguard != _COMPELLING_INTERESTS
        and not (row.article_49_assessment or row.document or row.assessment_outcome)
    ]


@rule(
    "safeguard-of-another-law",
    Area.TRANSFERS,
    Severity.SERIOUS,
    "GDPR Art. 46",
    at="transfers.safeguard",
    given=("a safeguard of another law",),
    roles=EVERYBODY,
    laws=(Law.EU,),
    what=n(
        "The transfer to %(name)s names “%(safeguard)s”, which is a mechanism of another law: it means nothing under the GDPR."
    ),
    asks=n("Which safeguard of the GDPR protects the data?"),
    why=n("The clauses of the United Kingdom and Switzerland don't stand in for those of the Commission."),
    remedy=n("Choose the safeguard of the GDPR that has been agreed beside it."),
)
def safeguard_of_another_law(record: ActivityRecord, context: Context) -> Found:
    if context.laws_of(record) != (Law.EU,):
        return NOTHING
    return [
        (row, {"name": row, "safeguard": mechanism})
        for row, mechanism in _under(record, context, *SafeguardKind)
        if mechanism.regime != Regime.EU and (not row.country or is_third_country(row.country, context))
    ]


@rule(
    "derogation-barred-to-public-authority",
    Area.TRANSFERS,
    Severity.CRITICAL,
    "GDPR Art. 49(3)",
    at="transfers.safeguard",
    given=("a derogation", "public authority"),
    roles=EVERYBODY,
    what=n(
        "%(organisation)s is a public authority, and the transfer to %(name)s rests on the derogation “%(safeguard)s”."
    ),
    asks=n("Is this transfer part of the exercise of public powers?"),
    why=n("Public authorities can't rely on this derogation in the exercise of their public powers."),
    remedy=n("Choose another mechanism; where no public powers are exercised, say so in the Article 49 assessment."),
)
def derogation_barred_to_public_authority(record: ActivityRecord, context: Context) -> Found:
    if record.organisation.public_authority != Answer.YES:
        return NOTHING
    return [
        (row, {"organisation": record.organisation, "name": row, "safeguard": mechanism})
        for row, mechanism in _under(record, context, SafeguardKind.DEROGATION)
        if not mechanism.for_public_powers and not row.article_49_assessment
    ]
