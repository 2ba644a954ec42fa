"""What leaves the country without being listed as a transfer, and transfers that other records tell otherwise."""

from django.utils.translation import gettext_noop as n

from registry.compliance.context import Context
from registry.compliance.gap import CONTROLLERS, EVERYBODY, NOTHING, Area, Found, Severity, rule
from registry.compliance.laws import Law
from registry.compliance.meetings import together
from registry.compliance.recipients import processors, role_of
from registry.compliance.signs import sign_of
from registry.compliance.transfers import is_third_country
from registry.record.activity import ActivityRecord
from registry.reference import countries, safeguards
from registry.reference.answers import Answer
from registry.reference.lawful_basis import Regime
from registry.reference.roles import RecipientRole

_HOME = {Law.UK: "GB", Law.CH: "CH", Law.BR: "BR"}
_LAWS = (Law.EU, Law.UK)
_ALSO = {Law.CH: "FADP Arts. 12(2)(g), 16", Law.BR: "LGPD Arts. 33, 37"}


def is_abroad(code: str, record: ActivityRecord, context: Context) -> bool:
    """Say whether data that go to this country leave the territory of the record's law; False for no country."""
    if not code or code == record.organisation.country:
        return False
    laws = context.laws_of(record)
    if Law.EU in laws:
        from_brazil = Law.BR in laws and record.organisation.country == _HOME[Law.BR]
        return from_brazil or is_third_country(code, context)
    return any(law in _HOME and code != _HOME[law] for law in laws)


def _is_listed(record: ActivityRecord, code: str, pk: int | None = None) -> bool:
    """Say whether a transfer to this country or recipient is listed; one of words alone may be it."""
    for row in record.transfers:
        if row.country == code or (row.recipient is not None and row.recipient.pk == pk):
            return True
        if row.recipient is None and not row.country:
            return True
    return False


@rule(
    "recipient-abroad-without-transfer",
    Area.TRANSFERS,
    Severity.SERIOUS,
    "GDPR Arts. 30(1)(e), (2)(c), 44",
    at="transfers",
    given=("recipients abroad",),
    roles=EVERYBODY,
    laws=_LAWS,
    also=_ALSO,
    what=n("%(name)s in %(place)s receives data, and no transfer to it is listed."),
    asks=n("Do the data reach that country, also by remote access?"),
    why=n("A disclosure to somebody in a third country is a transfer, and needs a safeguard."),
    remedy=n("List the transfer with its safeguard, or correct the country in the recipient's entry."),
)
def recipient_abroad_without_transfer(record: ActivityRecord, context: Context) -> Found:
    found = []
    for row in record.recipients:
        entry = row.recipient
        if entry is None or not entry.country or not is_abroad(entry.country, record, context):
            continue
        if role_of(row) != RecipientRole.DATA_SUBJECT and not _is_listed(record, entry.country, entry.pk):
            found.append((row, {"name": entry, "place": countries.by_code(entry.country)}))
    return found


_NAMING_COUNTRIES = sign_of(countries.may_begin_a_name)


@rule(
    "recipient-in-words-abroad-without-transfer",
    Area.TRANSFERS,
    Severity.MINOR,
    "GDPR Arts. 30(1)(e), (2)(c), 44",
    at="transfers",
    given=("recipients", "no transfers_answer: not_assessed"),
    signs=_NAMING_COUNTRIES,
    roles=EVERYBODY,
    laws=_LAWS,
    also=_ALSO,
    what=n("The recipient %(name)s names a country (%(place)s), and no transfer there is listed."),
    asks=n("Do the data reach that country, also by remote access?"),
    why=n("A disclosure to somebody in a third country is a transfer, and needs a safeguard."),
    remedy=n("List the transfer with its safeguard, or say in other words who receives the data."),
)
def recipient_in_words_abroad(record: ActivityRecord, context: Context) -> Found:
    if record.transfers_answer == Answer.NOT_ASSESSED:
        return NOTHING
    found = []
    for row in record.recipients:
        if row.recipient is None and role_of(row) != RecipientRole.DATA_SUBJECT:
            for place in countries.named_in(row.stated_as):
                if is_abroad(place.code, record, context) and not _is_listed(record, place.code):
                    found.append((row, {"name": row, "place": place}))
                    break
    return found


@rule(
    "system-abroad-without-transfer",
    Area.TRANSFERS,
    Severity.SERIOUS,
    "GDPR Arts. 30(1)(e), (2)(c), 44",
    at="transfers",
    given=("systems abroad",),
    roles=EVERYBODY,
    laws=_LAWS,
    also=_ALSO,
    what=n("The system %(name)s is hosted in %(place)s, and no transfer there is listed."),
    asks=n("Who runs the system there, and what protects the data?"),
    why=n("Hosting in a third country is a transfer, and needs a safeguard."),
    remedy=n("List the transfer to whoever runs the system, or correct its hosting country."),
)
def system_abroad_without_transfer(record: ActivityRecord, context: Context) -> Found:
    found = []
    for row in record.systems:
        entry = row.system
        if entry is None or not entry.hosting_country or not is_abroad(entry.hosting_country, record, context):
            continue
        provider = entry.provider.pk if entry.provider is not None else None
        if not _is_listed(record, entry.hosting_country, provider):
            found.append((row, {"name": entry, "place": countries.by_code(entry.hosting_country)}))
    return found


@rule(
    "sub-processor-abroad-without-transfer",
    Area.TRANSFERS,
    Severity.MINOR,
    "GDPR Arts. 28(4), 44",
    at="transfers",
    given=("sub-processors of processors abroad",),
    roles=EVERYBODY,
    laws=_LAWS,
    also=_ALSO,
    what=n("The processor %(name)s engages %(subs)s abroad, and no transfer there is listed."),
    asks=n("Do data of this activity reach the sub-processor?"),
    why=n("Data that a processor passes on to a third country are transferred on your behalf."),
    remedy=n("List the transfer, or enter in the record why this activity's data don't get there."),
)
def sub_processor_abroad_without_transfer(record: ActivityRecord, context: Context) -> Found:
    if not context.sub_processors:
        return NOTHING
    found = []
    for row in processors(record):
        subs = tuple(
            entry
            for entry in context.sub_processors.get(row.recipient.pk, ())
            if is_abroad(entry.country, record, context) and not _is_listed(record, entry.country, entry.pk)
        )
        if subs:
            found.append((row, {"name": row.recipient, "subs": subs}))
    return found


@rule(
    "transfer-to-nobody-among-recipients",
    Area.TRANSFERS,
    Severity.MINOR,
    "GDPR Art. 30(1)(d)",
    at="recipients",
    given=("transfers", "recipients"),
    roles=CONTROLLERS,
    what=n("Data are transferred to %(name)s, which isn't among the recipients."),
    asks=n("Does it receive data or not?"),
    why=n("Recipients in third countries are recipients too, and the record names them with the others."),
    remedy=n("Add it to the recipients."),
)
def transfer_to_nobody_among_recipients(record: ActivityRecord, context: Context) -> Found:
    if not record.transfers or not record.recipients:
        return NOTHING
    known = {row.recipient.pk for row in record.recipients if row.recipient is not None}
    return [
        (row, {"name": row.recipient})
        for row in record.transfers
        if row.recipient is not None
        and (row.country or row.international_organisation)  # without either the row itself is in question
        and row.recipient.pk not in known
        and (row.recipient.sub_processor_of is None or row.recipient.sub_processor_of.pk not in known)
    ]


@rule(
    "transfer-stated-elsewhere",
    Area.TRANSFERS,
    Severity.MINOR,
    "GDPR Arts. 30(1)(e), (2)(c)",
    at="transfers",
    given=("recipients", "no transfers"),
    roles=EVERYBODY,
    laws=_LAWS,
    also=_ALSO,
    what=n(
        "%(others)s: there, data that %(name)s receives go to %(places)s. This record has the same recipient and lists no transfer."
    ),
    asks=n("Why do the data stay at home here?"),
    why=n("Records that tell the same recipient differently make each other doubtful."),
    remedy=n("List the transfer here too, or enter in the record why this activity's data don't get there."),
)
def transfer_stated_elsewhere(record: ActivityRecord, context: Context) -> Found:
    if record.transfers:
        return NOTHING
    found = []
    for row in record.recipients:
        entry = row.recipient
        if entry is None or is_abroad(entry.country, record, context):
            continue
        told = context.told_elsewhere(entry.pk, record)
        abroad = [(country, others) for country, _safeguard, others in told if is_abroad(country, record, context)]
        if abroad:
            places = tuple(dict.fromkeys(countries.by_code(country) for country, _ in abroad))
            said = {"name": entry, "places": places, "others": together([others for _, others in abroad])}
            found.append((row, said))
    return found


def _are_of_one_law(other: str, safeguard: str) -> bool:
    """Say whether two safeguards are told for the same law; those of Brazil stand beside others without contradiction."""
    if other not in safeguards.BY_CODE:
        return False
    return (safeguards.BY_CODE[other].regime == Regime.BR) == (safeguards.BY_CODE[safeguard].regime == Regime.BR)


@rule(
    "safeguard-differs-elsewhere",
    Area.TRANSFERS,
    Severity.MINOR,
    "GDPR Arts. 44, 46",
    at="transfers.safeguard",
    given=("a safeguard",),
    roles=EVERYBODY,
    also=_ALSO,
    what=n(
        "The transfer to %(name)s in %(place)s rests on “%(safeguard)s” here, and on “%(other)s” elsewhere: %(others)s."
    ),
    asks=n("Which of them has been agreed with this recipient?"),
    why=n("One of the records is wrong, or says too little about what the safeguard covers."),
    remedy=n("Correct the safeguard, or say in both records which service it is for."),
)
def safeguard_differs_elsewhere(record: ActivityRecord, context: Context) -> Found:
    found = []
    for row in record.transfers:
        if row.recipient is None or not row.country or row.safeguard not in safeguards.BY_CODE:
            continue
        for country, other, others in context.told_elsewhere(row.recipient.pk, record):
            if country == row.country and other != row.safeguard and _are_of_one_law(other, row.safeguard):
                said = {"name": row.recipient, "place": countries.by_code(country)}
                titles = {
                    "safeguard": safeguards.BY_CODE[row.safeguard],
                    "other": safeguards.BY_CODE[other],
                    "others": others,
                }
                found.append((row, said | titles))
                break
    return found
