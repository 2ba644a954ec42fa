"""Data that leave Brazil: what a transfer can rest on under LGPD Arts. 33 to 36, beside the safeguards of other laws."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext_noop as n

from registry.compliance.context import Context
from registry.compliance.gap import EVERYBODY, NOTHING, Area, Found, Severity, rule
from registry.compliance.laws import Law
from registry.compliance.transfers import needs_safeguard, place_of
from registry.record.activity import ActivityRecord
from registry.reference import adequacy, countries, safeguards
from registry.reference.adequacy import AdequacyDecision
from registry.reference.lawful_basis import Regime
from registry.reference.safeguards import Safeguard

_BRAZIL = "BR"
_RECOGNISED_PLACE = "BR-A33-I"


def _leaving(record: ActivityRecord) -> Iterator[Any]:
    """Yield the transfers to a place that is known, outside Brazil and outside the organisation's own country."""
    home = (_BRAZIL, record.organisation.country)
    for row in record.transfers:
        if row.country not in home if row.country else row.international_organisation:
            yield row


def _recognised(row: Any, context: Context) -> tuple[AdequacyDecision, ...]:
    """Return the resolutions by which the ANPD recognised the place, as far as they are known here."""
    key = ("recognised in Brazil", row.country, row.international_organisation)
    if key not in context.known:
        state = countries.state_of(row.country)
        context.known[key] = adequacy.in_force_for(state.code, context.on, Regime.BR) if state else ()
    found: tuple[AdequacyDecision, ...] = context.known[key]
    return found


def _mechanism(row: Any) -> Safeguard | None:
    return safeguards.BY_CODE.get(row.safeguard)


def rests_on(record: ActivityRecord, row: Any, regime: Regime) -> bool:
    """Say whether this transfer, or another one of the record to the same place and recipient, names a safeguard of a law."""
    recipient = row.recipient.pk if row.recipient is not None else row.stated_as
    for other in record.transfers:
        mechanism = _mechanism(other)
        if mechanism is None or mechanism.regime != regime:
            continue
        same = other.recipient.pk if other.recipient is not None else other.stated_as
        if same == recipient and (other.country, other.international_organisation) == (
            row.country,
            row.international_organisation,
        ):
            return True
    return False


@rule(
    "lgpd-safeguard-missing",
    Area.TRANSFERS,
    Severity.CRITICAL,
    "LGPD Arts. 33, 37",
    at="transfers.safeguard",
    given=("a transfer without safeguard",),
    roles=EVERYBODY,
    laws=(Law.BR,),
    what=n("The transfer to %(name)s in %(place)s names nothing of Art. 33 of the LGPD that allows it."),
    asks=n("What allows the transfer: clauses, global corporate rules, a recognition by the ANPD, or an exception?"),
    why=n("An international transfer is only permitted in the cases that the law of Brazil lists."),
    remedy=n("Choose the safeguard of the LGPD that has been agreed, or stop the transfer until there is one."),
)
def lgpd_safeguard_missing(record: ActivityRecord, context: Context) -> Found:
    return [
        (row, {"name": row, "place": place_of(row)})
        for row in _leaving(record)
        if not row.safeguard and not _recognised(row, context) and not rests_on(record, row, Regime.BR)
    ]


@rule(
    "lgpd-recognition-not-named",
    Area.TRANSFERS,
    Severity.MINOR,
    "LGPD Art. 33, I",
    at="transfers.safeguard",
    given=("a transfer without safeguard",),
    roles=EVERYBODY,
    laws=(Law.BR,),
    what=n("The transfer to %(name)s in %(place)s names no safeguard. The recognition by %(decision)s would cover it."),
    asks=n("Is the transfer based on this recognition by the ANPD?"),
    why=n("The record should say what the transfer relies on."),
    remedy=n("Choose the recognition by the ANPD as the safeguard."),
)
def lgpd_recognition_not_named(record: ActivityRecord, context: Context) -> Found:
    return [
        (row, {"name": row, "place": place_of(row), "decision": decisions[0].number})
        for row in _leaving(record)
        if not row.safeguard and not rests_on(record, row, Regime.BR) and (decisions := _recognised(row, context))
    ]


@rule(
    "lgpd-safeguard-of-another-law",
    Area.TRANSFERS,
    Severity.SERIOUS,
    "LGPD Art. 33",
    at="transfers.safeguard",
    given=("a safeguard",),
    roles=EVERYBODY,
    laws=(Law.BR,),
    what=n(
        "The transfer to %(name)s names “%(safeguard)s”, which is a mechanism of another law: it means nothing under the LGPD."
    ),
    asks=n("Which safeguard of the LGPD protects the data?"),
    why=n("Clauses and rules of other laws don't stand in for those that the ANPD has issued or approved."),
    remedy=n("Choose the safeguard of the LGPD; where another law asks for its own, list the transfer with each."),
)
def lgpd_safeguard_of_another_law(record: ActivityRecord, context: Context) -> Found:
    return [
        (row, {"name": row, "safeguard": mechanism})
        for row in _leaving(record)
        if (mechanism := _mechanism(row)) is not None
        and mechanism.regime != Regime.BR
        and not _recognised(row, context)
        and not rests_on(record, row, Regime.BR)
    ]


@rule(
    "lgpd-safeguard-alone-under-the-gdpr",
    Area.TRANSFERS,
    Severity.SERIOUS,
    "GDPR Art. 46",
    at="transfers.safeguard",
    given=("a safeguard",),
    roles=EVERYBODY,
    laws=(Law.BR,),
    what=n(
        "The transfer to %(name)s names “%(safeguard)s”, which is a mechanism of another law: it means nothing under the GDPR."
    ),
    asks=n("Which safeguard of the GDPR protects the data?"),
    why=n("The record is under the GDPR too, and the mechanisms of Brazil don't stand in for those of the Union."),
    remedy=n("Choose the safeguard of the GDPR; where the LGPD asks for its own, list the transfer with each."),
)
def lgpd_safeguard_alone_under_the_gdpr(record: ActivityRecord, context: Context) -> Found:
    if Law.EU not in context.laws_of(record):
        return NOTHING
    return [
        (row, {"name": row, "safeguard": mechanism})
        for row in record.transfers
        if (mechanism := _mechanism(row)) is not None
        and mechanism.regime == Regime.BR
        and needs_safeguard(row, context)
        and not rests_on(record, row, Regime.EU)
    ]


@rule(
    "lgpd-recognition-unknown",
    Area.TRANSFERS,
    Severity.SERIOUS,
    "LGPD Art. 33, I",
    at="transfers.document",
    given=("a safeguard",),
    roles=EVERYBODY,
    laws=(Law.BR,),
    what=n(
        "The transfer to %(name)s rests on a recognition by the ANPD, and none of %(place)s was known here on %(on)s."
    ),
    asks=n("By which resolution did the ANPD recognise this place?"),
    why=n("A recognition that isn't there protects nothing: the transfer needs another safeguard."),
    remedy=n("Enter the resolution as the document, or choose the safeguard that has been agreed."),
)
def lgpd_recognition_unknown(record: ActivityRecord, context: Context) -> Found:
    return [
        (row, {"name": row, "place": place_of(row), "on": context.on})
        for row in _leaving(record)
        if row.safeguard == _RECOGNISED_PLACE and not row.document and not _recognised(row, context)
    ]
