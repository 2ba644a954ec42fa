"""Consent: how it is asked for, proved, withdrawn and renewed (Arts. 4(11) and 7)."""

from datetime import timedelta

from django.utils.translation import gettext_noop as n

from registry.compliance import grounds
from registry.compliance.context import Context
from registry.compliance.gap import NOTHING, Area, Found, Severity, rule
from registry.compliance.laws import Law
from registry.compliance.texts import says
from registry.record.activity import ActivityRecord
from registry.reference.consent import OptInKind

NOTICE = timedelta(days=90)
"""How long beforehand it is told that a consent mechanism is due for renewal."""

_BRAZIL = {Law.BR: "LGPD Art. 8"}


@rule(
    "consent-without-mechanism",
    Area.CONSENT,
    Severity.SERIOUS,
    "GDPR Art. 7(1)",
    at="consents",
    given=("consent", "no consents"),
    also=_BRAZIL,
    what=n("Consent is relied on, and the record doesn't say how it is asked for."),
    asks=n("Show me the words people agreed to, and the proof that they did."),
    why=n("Whoever relies on consent has to be able to show that it was given."),
    remedy=n("Add the consent mechanism: channel, wording, how it is withdrawn, where the evidence is kept."),
)
def consent_without_mechanism(record: ActivityRecord, context: Context) -> Found:
    if record.consents:
        return NOTHING
    return [
        (row, {})
        for row in record.legal_bases
        if row.legal_basis is not None and row.legal_basis.code in grounds.CONSENT and not grounds.provision_of(row)
    ]


@rule(
    "consent-without-evidence",
    Area.CONSENT,
    Severity.SERIOUS,
    "GDPR Art. 7(1)",
    at="consents.evidence",
    given=("consents",),
    also=_BRAZIL,
    what=n("Nothing says where the evidence of the consents given by “%(name)s” is kept."),
    asks=n("Show me that this person consented, when, and to which words."),
    why=n("Whoever relies on consent has to be able to show that it was given."),
    remedy=n("Enter where the log or the signed forms are kept."),
)
def consent_without_evidence(record: ActivityRecord, context: Context) -> Found:
    return [(row, {"name": row}) for row in record.consents if not says(row.evidence)]


@rule(
    "consent-without-withdrawal",
    Area.CONSENT,
    Severity.SERIOUS,
    "GDPR Art. 7(3)",
    at="consents.withdrawal",
    given=("consents",),
    also=_BRAZIL,
    what=n("Nothing says how a consent given by “%(name)s” is withdrawn."),
    asks=n("How does somebody withdraw, and is that as easy as it was to agree?"),
    why=n("Consent that can't be withdrawn as easily as it was given isn't valid."),
    remedy=n("Enter the route of withdrawal, and see that it works."),
)
def consent_without_withdrawal(record: ActivityRecord, context: Context) -> Found:
    return [(row, {"name": row}) for row in record.consents if not says(row.withdrawal)]


@rule(
    "consent-without-wording",
    Area.CONSENT,
    Severity.SERIOUS,
    "GDPR Arts. 4(11), 7(2)",
    at="consents.wording",
    given=("consents",),
    also=_BRAZIL,
    what=n("The words that people agree to by “%(name)s” aren't in the record."),
    asks=n("What exactly did people agree to?"),
    why=n("Consent is given to words: whether it was informed and specific can only be judged by them."),
    remedy=n("Enter the wording; its history is kept."),
)
def consent_without_wording(record: ActivityRecord, context: Context) -> Found:
    return [(row, {"name": row}) for row in record.consents if not row.wording]


@rule(
    "consent-given-unknown-how",
    Area.CONSENT,
    Severity.MINOR,
    "GDPR Art. 4(11)",
    at="consents.opt_in",
    given=("consents",),
    also=_BRAZIL,
    what=n("Nothing says what people do to agree by “%(name)s”."),
    asks=n("Do people tick a box, press a button, sign?"),
    why=n("Consent is an unambiguous act: which one decides on whether there is any."),
    remedy=n("Choose how consent is given."),
)
def consent_given_unknown_how(record: ActivityRecord, context: Context) -> Found:
    return [(row, {"name": row}) for row in record.consents if not row.opt_in]


@rule(
    "consent-without-channel",
    Area.CONSENT,
    Severity.MINOR,
    "GDPR Art. 7(1)-(2)",
    at="consents.channel",
    given=("consents",),
    also=_BRAZIL,
    what=n("Nothing says where people are asked for their consent by “%(name)s”."),
    asks=n("Where do people meet this request: on the website, in the app, on paper?"),
    why=n("How consent is proved and withdrawn depends on the channel in which it is given."),
    remedy=n("Choose the channel."),
)
def consent_without_channel(record: ActivityRecord, context: Context) -> Found:
    return [(row, {"name": row}) for row in record.consents if not row.channel]


@rule(
    "consent-relied-on-by-nothing",
    Area.CONSENT,
    Severity.MINOR,
    "GDPR Arts. 5(1)(a), 6(1)(a)",
    at="consents",
    given=("consents", "legal_bases"),
    also=_BRAZIL,
    what=n("People are asked for consent by “%(name)s”, and neither a legal basis nor a segment rests on it."),
    asks=n("What do people agree to, if the processing rests on something else?"),
    why=n("Whoever asks for consent and would process without it misleads people."),
    remedy=n("Add consent to the legal bases, choose the mechanism in its segment, or stop asking."),
)
def consent_relied_on_by_nothing(record: ActivityRecord, context: Context) -> Found:
    for basis in record.legal_bases:
        conditions = (basis.legal_basis, basis.special_category_condition)
        if basis.legal_basis is None or any(one is not None and one.code in _CONSENTS for one in conditions):
            return NOTHING  # words alone may name it
    used = {segment.consent.pk for segment in record.segments if segment.consent is not None}
    return [(row, {"name": row}) for row in record.consents if row.pk not in used] if record.legal_bases else NOTHING


_CONSENTS = grounds.CONSENT | grounds.EXPLICIT_CONSENT


@rule(
    "consent-by-silence",
    Area.CONSENT,
    Severity.CRITICAL,
    "GDPR Art. 4(11)",
    at="consents.opt_in",
    given=("consents",),
    what=n("By “%(name)s”, consent is taken from a box ticked beforehand, or from silence."),
    asks=n("What does somebody do to agree?"),
    why=n("Silence, pre-ticked boxes and inactivity are no consent (judgment C-673/17)."),
    remedy=n("Have people agree by an act of their own, and stop using the consents gathered so far."),
)
def consent_by_silence(record: ActivityRecord, context: Context) -> Found:
    return [(row, {"name": row}) for row in record.consents if row.opt_in == OptInKind.PRE_TICKED]


@rule(
    "consent-renewal-not-planned",
    Area.CONSENT,
    Severity.MINOR,
    "GDPR Arts. 5(2), 7(1)",
    at="consents.valid_until",
    given=("consents",),
    also=_BRAZIL,
    what=n("No day is set by which “%(name)s” is to be renewed."),
    asks=n("When do you look whether these consents still cover what you do?"),
    why=n("Consent fades, and the law names no term: whoever sets none never looks again."),
    remedy=n("Set the day by which the wording is looked at, or people are asked again."),
)
def consent_renewal_not_planned(record: ActivityRecord, context: Context) -> Found:
    return [(row, {"name": row}) for row in record.consents if row.valid_until is None]


@rule(
    "consent-expired",
    Area.CONSENT,
    Severity.SERIOUS,
    "GDPR Art. 7(1)",
    at="consents.valid_until",
    given=("consents",),
    also=_BRAZIL,
    what=n("“%(name)s” was to be renewed by %(until)s."),
    asks=n("Do these consents still cover what you do?"),
    why=n("Consent fades: what people agreed to years ago may not be what happens today."),
    remedy=n("Renew the wording or ask again, and enter the new day."),
)
def consent_expired(record: ActivityRecord, context: Context) -> Found:
    return [
        (row, {"name": row, "until": row.valid_until})
        for row in record.consents
        if row.valid_until is not None and row.valid_until < context.on
    ]


@rule(
    "consent-expiring",
    Area.CONSENT,
    Severity.MINOR,
    "GDPR Art. 7(1)",
    at="consents.valid_until",
    given=("consents",),
    also=_BRAZIL,
    what=n("“%(name)s” is to be renewed by %(until)s."),
    asks=n("Who renews it, and what happens to those who don't answer?"),
    why=n("From the day after, the consents gathered by it are in doubt."),
    remedy=n("Prepare the renewal."),
)
def consent_expiring(record: ActivityRecord, context: Context) -> Found:
    return [
        (row, {"name": row, "until": row.valid_until})
        for row in record.consents
        if row.valid_until is not None and timedelta(0) <= row.valid_until - context.on <= NOTICE
    ]
