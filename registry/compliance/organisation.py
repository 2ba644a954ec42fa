"""What is asked of an organisation as a whole, once for all of its records: contact details, officer, representative."""

from collections.abc import Callable

from django.utils.translation import gettext_noop as n

from registry.compliance.context import Context
from registry.compliance.gap import EVERYBODY, NOTHING, About, Area, Found, Severity, rule
from registry.compliance.laws import Law
from registry.record.organisations import OrganisationRecord
from registry.reference import countries
from registry.reference.answers import Answer
from registry.reference.roles import OFFICERS, ContactKind


def is_unreachable(organisation: OrganisationRecord) -> bool:
    """Say whether neither address nor e-mail nor telephone is known."""
    return not (organisation.address or organisation.email or organisation.phone)


@rule(
    "organisation-without-contact-details",
    Area.CONTENT,
    Severity.SERIOUS,
    "GDPR Art. 30(1)(a)",
    at="email",
    roles=EVERYBODY,
    about=About.ORGANISATION,
    also={
        Law.CH: "FADP Art. 12(2)(a)",
        Law.BR: "LGPD Art. 37",
        Law.CALIFORNIA: "CCPA Regs. § 7011(e)",
        Law.LAW_ENFORCEMENT: "Directive (EU) 2016/680 Art. 24(1)(a)",
    },
    what=n("%(organisation)s has neither address nor e-mail nor telephone in the register."),
    asks=n("How can the organisation that answers for this processing be reached?"),
    why=n(
        "Each record names its controller or processor with contact details; a joint register without them has been fined."
    ),
    remedy=n("Enter the address and an e-mail address of the organisation."),
)
def organisation_without_contact_details(organisation: OrganisationRecord, context: Context) -> Found:
    return [(None, {"organisation": organisation})] if is_unreachable(organisation) else NOTHING


@rule(
    "data-protection-officer-without-contact-details",
    Area.CONTENT,
    Severity.SERIOUS,
    "GDPR Art. 30(1)(a)",
    at="contacts",
    roles=EVERYBODY,
    about=About.ORGANISATION,
    also={
        Law.BR: "LGPD Art. 41",
        Law.LAW_ENFORCEMENT: "Directive (EU) 2016/680 Art. 24(1)(a)",
    },
    what=n("The data protection officer %(names)s can't be reached: no e-mail, telephone or address is entered."),
    asks=n("How do people and the authority reach the data protection officer?"),
    why=n("The record and every notice name the officer with contact details."),
    remedy=n("Add an e-mail address or telephone number to the contact in the organisation."),
)
def officer_without_contact_details(organisation: OrganisationRecord, context: Context) -> Found:
    silent = tuple(
        contact.name
        for contact in organisation.contacts
        if contact.kind in OFFICERS and not (contact.email or contact.phone or contact.address)
    )
    return [(None, {"names": silent})] if silent else NOTHING


@rule(
    "data-protection-officer-missing",
    Area.CONTENT,
    Severity.SERIOUS,
    "GDPR Art. 37(1)(a)",
    at="contacts",
    roles=EVERYBODY,
    about=About.ORGANISATION,
    also={Law.LAW_ENFORCEMENT: "Directive (EU) 2016/680 Arts. 24(1)(a), 32"},
    what=n("%(organisation)s is a public authority, and no data protection officer is named."),
    asks=n("Who is your data protection officer?"),
    why=n("Public authorities have to designate one, and the record names the officer with contact details."),
    remedy=n("Add the officer as a contact of the organisation."),
)
def officer_missing(organisation: OrganisationRecord, context: Context) -> Found:
    if organisation.public_authority != Answer.YES or any(one.kind in OFFICERS for one in organisation.contacts):
        return NOTHING
    return [(None, {"organisation": organisation})]


@rule(
    "lgpd-person-in-charge-not-named",
    Area.CONTENT,
    Severity.MINOR,
    "LGPD Art. 41",
    at="contacts",
    roles=EVERYBODY,
    about=About.ORGANISATION,
    laws=(Law.BR,),
    what=n("%(organisation)s names neither the person in charge of data protection (encarregado) nor another contact."),
    asks=n(
        "Who is the person in charge (encarregado), or by which channel are you reached if you need none as a small-scale agent or a processor?"
    ),
    why=n(
        "Controllers designate and publish one. Small-scale agents may do without (Resolução CD/ANPD 2/2022 Art. 11) but offer a channel; for processors it is voluntary (Resolução CD/ANPD 18/2024)."
    ),
    remedy=n(
        "Add the person in charge as data protection officer among the contacts; where none is needed, add the channel as another contact."
    ),
)
def person_in_charge_not_named(organisation: OrganisationRecord, context: Context) -> Found:
    answering = (*OFFICERS, ContactKind.CONTROLLER_CONTACT, ContactKind.OTHER)
    named = any(contact.kind in answering for contact in organisation.contacts)
    return NOTHING if named else [(None, {"organisation": organisation})]


@rule(
    "representative-missing",
    Area.CONTENT,
    Severity.SERIOUS,
    "GDPR Art. 27",
    at="contacts",
    roles=EVERYBODY,
    about=About.ORGANISATION,
    laws=(Law.EU,),
    what=n("%(organisation)s is established in %(country)s and names no representative in the Union."),
    asks=n("Who represents the organisation in the Union, and has it been given that task in writing?"),
    why=n(
        "Without an establishment in the Union, authorities and people have nobody to turn to; the record names the representative."
    ),
    remedy=n("Add the representative as a contact of the organisation, or record an establishment in the Union."),
)
def representative_missing(organisation: OrganisationRecord, context: Context) -> Found:
    return _without_representative(organisation, lambda country: countries.is_eea(country, context.on))


@rule(
    "representative-in-the-united-kingdom-missing",
    Area.CONTENT,
    Severity.SERIOUS,
    "GDPR Art. 27",
    at="contacts",
    roles=EVERYBODY,
    about=About.ORGANISATION,
    laws=(Law.UK,),
    what=n("%(organisation)s is established in %(country)s and names no representative in the United Kingdom."),
    asks=n("Who represents the organisation in the United Kingdom, and has it been given that task in writing?"),
    why=n(
        "Without an establishment there, the Commissioner and people have nobody to turn to; the record names the representative."
    ),
    remedy=n("Add the representative, with the country, as a contact of the organisation."),
)
def representative_in_the_united_kingdom_missing(organisation: OrganisationRecord, context: Context) -> Found:
    return _without_representative(organisation, lambda country: country == "GB")


def _without_representative(organisation: OrganisationRecord, is_there: Callable[[str], bool]) -> Found:
    """Find an organisation that is established elsewhere and names nobody there; one without a country may be there."""
    country = organisation.country
    if not country or is_there(country) or organisation.public_authority == Answer.YES:
        return NOTHING
    for contact in organisation.contacts:
        if contact.kind == ContactKind.REPRESENTATIVE and (not contact.country or is_there(contact.country)):
            return NOTHING
    return [(None, {"organisation": organisation, "country": countries.by_code(country)})]
