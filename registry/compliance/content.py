"""What a record has to hold (Art. 30(1) and (2) and their likes): names, contact details, and every statement made."""

from django.utils.translation import gettext_noop as n

from registry.compliance.context import Context
from registry.compliance.gap import EVERYBODY, HERE, NOTHING, Area, Found, Severity, rule
from registry.compliance.laws import Law
from registry.record.activity import ActivityRecord
from registry.record.organisations import OrganisationRecord
from registry.reference import countries
from registry.reference.answers import Answer
from registry.reference.roles import OFFICERS, ActivityRole, ContactKind

_RECIPIENTS = {
    Law.CH: "FADP Art. 12(2)(d)",
    Law.BR: "LGPD Art. 37",
    Law.CALIFORNIA: "CCPA 1798.110(c)(4)",
    Law.LAW_ENFORCEMENT: "Directive (EU) 2016/680 Art. 24(1)(c)",
}
_TRANSFERS = {
    Law.CH: "FADP Art. 12(2)(g)",
    Law.BR: "LGPD Art. 37",
    Law.LAW_ENFORCEMENT: "Directive (EU) 2016/680 Art. 24(1)(f)",
}


def is_unreachable(organisation: OrganisationRecord) -> bool:
    """Say whether neither address nor e-mail nor telephone is known."""
    return not (organisation.address or organisation.email or organisation.phone)


@rule(
    "organisation-without-contact-details",
    Area.CONTENT,
    Severity.SERIOUS,
    "GDPR Art. 30(1)(a)",
    at="organisation",
    given=("unreachable",),
    roles=EVERYBODY,
    also={
        Law.CH: "FADP Art. 12(2)(a)",
        Law.BR: "LGPD Art. 37",
        Law.CALIFORNIA: "CCPA Regs. § 7011(e)",
        Law.LAW_ENFORCEMENT: "Directive (EU) 2016/680 Art. 24(1)(a)",
    },
    what=n("%(organisation)s has neither address nor e-mail nor telephone in the register."),
    asks=n("How can the organisation that answers for this processing be reached?"),
    why=n("Each record names its controller or processor with contact details; a joint register was fined for this."),
    remedy=n("Enter the address and an e-mail address of the organisation."),
)
def organisation_without_contact_details(record: ActivityRecord, context: Context) -> Found:
    return [(None, {"organisation": record.organisation})] if is_unreachable(record.organisation) else NOTHING


@rule(
    "data-protection-officer-without-contact-details",
    Area.CONTENT,
    Severity.SERIOUS,
    "GDPR Art. 30(1)(a)",
    at="organisation",
    given=("an unreachable officer",),
    roles=EVERYBODY,
    what=n("The data protection officer %(names)s can't be reached: no e-mail, telephone or address is entered."),
    asks=n("How do people and the authority reach the data protection officer?"),
    why=n("The record and every notice name the officer with contact details."),
    remedy=n("Add an e-mail address or telephone number to the contact in the organisation."),
)
def officer_without_contact_details(record: ActivityRecord, context: Context) -> Found:
    silent = tuple(
        contact.name
        for contact in record.organisation.contacts
        if contact.kind in OFFICERS and not (contact.email or contact.phone or contact.address)
    )
    return [(None, {"names": silent})] if silent else NOTHING


@rule(
    "data-protection-officer-missing",
    Area.CONTENT,
    Severity.SERIOUS,
    "GDPR Art. 37(1)(a)",
    at="organisation",
    given=("public authority",),
    roles=EVERYBODY,
    also={Law.LAW_ENFORCEMENT: "Directive (EU) 2016/680 Arts. 24(1)(a), 32"},
    what=n("%(organisation)s is a public authority, and no data protection officer is named."),
    asks=n("Who is your data protection officer?"),
    why=n("Public authorities have to designate one, and the record names the officer with contact details."),
    remedy=n("Add the officer as a contact of the organisation."),
)
def officer_missing(record: ActivityRecord, context: Context) -> Found:
    organisation = record.organisation
    if organisation.public_authority != Answer.YES or any(one.kind in OFFICERS for one in organisation.contacts):
        return NOTHING
    return [(None, {"organisation": organisation})]


@rule(
    "representative-missing",
    Area.CONTENT,
    Severity.SERIOUS,
    "GDPR Art. 27",
    at="organisation",
    given=("a country outside the EEA", "no public authority"),
    roles=EVERYBODY,
    laws=(Law.EU,),
    what=n("%(organisation)s is established in %(country)s and names no representative in the Union."),
    asks=n("Who represents the organisation in the Union, and has it been given that task in writing?"),
    why=n(
        "Without an establishment in the Union, authorities and people have nobody to turn to; the record names the representative."
    ),
    remedy=n("Add the representative as a contact of the organisation, or record an establishment in the Union."),
)
def representative_missing(record: ActivityRecord, context: Context) -> Found:
    organisation = record.organisation
    if not organisation.country or organisation.public_authority == Answer.YES:
        return NOTHING
    if countries.is_eea(organisation.country, context.on):
        return NOTHING
    for contact in organisation.contacts:
        if contact.kind == ContactKind.REPRESENTATIVE and (
            not contact.country or countries.is_eea(contact.country, context.on)
        ):
            return NOTHING
    return [(None, {"organisation": organisation, "country": countries.by_code(organisation.country)})]


@rule(
    "representative-in-the-united-kingdom-missing",
    Area.CONTENT,
    Severity.SERIOUS,
    "GDPR Art. 27",
    at="organisation",
    given=("country",),
    roles=EVERYBODY,
    laws=(Law.UK,),
    what=n("%(organisation)s is established in %(country)s and names no representative in the United Kingdom."),
    asks=n("Who represents the organisation in the United Kingdom, and has it been given that task in writing?"),
    why=n(
        "Without an establishment there, the Commissioner and people have nobody to turn to; the record names the representative."
    ),
    remedy=n("Add the representative, with the country, as a contact of the organisation."),
)
def representative_in_the_united_kingdom_missing(record: ActivityRecord, context: Context) -> Found:
    organisation = record.organisation
    if organisation.country in ("", "GB") or organisation.public_authority == Answer.YES:
        return NOTHING
    for contact in organisation.contacts:
        if contact.kind == ContactKind.REPRESENTATIVE and contact.country in ("", "GB"):
            return NOTHING
    return [(None, {"organisation": organisation, "country": countries.by_code(organisation.country)})]


@rule(
    "purposes-missing",
    Area.CONTENT,
    Severity.SERIOUS,
    "GDPR Art. 30(1)(b)",
    at="purposes",
    given=("no purposes",),
    also={
        Law.CH: "FADP Art. 12(2)(b)",
        Law.BR: "LGPD Art. 37",
        Law.CALIFORNIA: "CCPA 1798.110(c)(3)",
        Law.LAW_ENFORCEMENT: "Directive (EU) 2016/680 Art. 24(1)(b)",
    },
    what=n("The record names no purpose."),
    asks=n("What are these data processed for?"),
    why=n("Everything else is measured by the purpose: which data are needed, how long, and on which legal basis."),
    remedy=n("Enter each purpose on a line of its own, specific enough to tell it from others."),
)
def purposes_missing(record: ActivityRecord, context: Context) -> Found:
    return NOTHING if record.purposes else HERE


@rule(
    "data-subjects-missing",
    Area.CONTENT,
    Severity.SERIOUS,
    "GDPR Art. 30(1)(c)",
    at="data_subjects",
    given=("no data_subjects",),
    also={
        Law.CH: "FADP Art. 12(2)(c)",
        Law.BR: "LGPD Art. 37",
        Law.LAW_ENFORCEMENT: "Directive (EU) 2016/680 Art. 24(1)(d)",
    },
    what=n("The record doesn't say whose data are processed."),
    asks=n("Whose data are these?"),
    why=n("Who is concerned decides on rights, risks and the care that is due; leaving it out was fined."),
    remedy=n("Choose the categories of data subjects, or enter them in words."),
)
def data_subjects_missing(record: ActivityRecord, context: Context) -> Found:
    return NOTHING if record.data_subjects else HERE


@rule(
    "data-categories-missing",
    Area.CONTENT,
    Severity.SERIOUS,
    "GDPR Art. 30(1)(c)",
    at="data_categories",
    given=("no data_categories",),
    also={
        Law.CH: "FADP Art. 12(2)(c)",
        Law.BR: "LGPD Art. 37",
        Law.CALIFORNIA: "CCPA 1798.110(c)(1)",
        Law.LAW_ENFORCEMENT: "Directive (EU) 2016/680 Art. 24(1)(d)",
    },
    what=n("The record doesn't say which data are processed."),
    asks=n("Which data are processed?"),
    why=n("Recipients, time limits and measures refer to categories of data; leaving them out was fined."),
    remedy=n("Choose the categories of data, or enter them in words."),
)
def data_categories_missing(record: ActivityRecord, context: Context) -> Found:
    return NOTHING if record.data_categories else HERE


@rule(
    "recipients-not-stated",
    Area.CONTENT,
    Severity.SERIOUS,
    "GDPR Art. 30(1)(d)",
    at="recipients",
    given=("no recipients",),
    also=_RECIPIENTS,
    what=n("The record says neither who receives the data nor that nobody does."),
    asks=n("To whom are the data disclosed?"),
    why=n("Past and future recipients belong into the record; a blank can mean anything."),
    remedy=n("List the recipients, internal units included, or answer that there are none."),
)
def recipients_not_stated(record: ActivityRecord, context: Context) -> Found:
    silent = not record.recipients and record.recipients_answer not in (Answer.NO, Answer.YES)
    return HERE if silent else NOTHING


@rule(
    "recipients-announced-not-listed",
    Area.CONTENT,
    Severity.SERIOUS,
    "GDPR Art. 30(1)(d)",
    at="recipients",
    given=("no recipients",),
    also=_RECIPIENTS,
    what=n("The record says that there are recipients and lists none."),
    asks=n("Which recipients are meant?"),
    why=n("The record has to name at least their categories."),
    remedy=n("List the recipients, or answer that there are none."),
)
def recipients_announced_not_listed(record: ActivityRecord, context: Context) -> Found:
    return HERE if record.recipients_answer == Answer.YES and not record.recipients else NOTHING


@rule(
    "recipients-denied-but-listed",
    Area.CONTENT,
    Severity.SERIOUS,
    "GDPR Art. 30(1)(d)",
    at="recipients_answer",
    given=("recipients", "recipients_answer: no"),
    also=_RECIPIENTS,
    what=n("The record says that there are no recipients, and lists %(names)s."),
    asks=n("Are the data disclosed to them or not?"),
    why=n("The record contradicts itself, so neither statement can be relied on."),
    remedy=n("Answer yes, or remove the recipients that get no data."),
)
def recipients_denied_but_listed(record: ActivityRecord, context: Context) -> Found:
    if record.recipients and record.recipients_answer == Answer.NO:
        return [(None, {"names": tuple(record.recipients)})]
    return NOTHING


@rule(
    "transfers-not-stated",
    Area.CONTENT,
    Severity.SERIOUS,
    "GDPR Art. 30(1)(e), (2)(c)",
    at="transfers",
    given=("no transfers",),
    roles=EVERYBODY,
    also=_TRANSFERS,
    what=n("The record says neither that data go to third countries nor that they don't."),
    asks=n("Do data leave the European Economic Area, also by remote access?"),
    why=n("Authorities expect the statement in either case: a blank is no answer."),
    remedy=n("List the transfers, or answer that there are none."),
)
def transfers_not_stated(record: ActivityRecord, context: Context) -> Found:
    silent = not record.transfers and record.transfers_answer not in (Answer.NO, Answer.YES)
    return HERE if silent else NOTHING


@rule(
    "transfers-announced-not-listed",
    Area.CONTENT,
    Severity.SERIOUS,
    "GDPR Art. 30(1)(e), (2)(c)",
    at="transfers",
    given=("no transfers",),
    roles=EVERYBODY,
    also=_TRANSFERS,
    what=n("The record says that data go to third countries and doesn't say which."),
    asks=n("To which countries or international organisations do the data go?"),
    why=n("The record has to identify the country; without it no safeguard can be judged."),
    remedy=n("List each transfer with its recipient, country and safeguard, or answer that there are none."),
)
def transfers_announced_not_listed(record: ActivityRecord, context: Context) -> Found:
    return HERE if record.transfers_answer == Answer.YES and not record.transfers else NOTHING


@rule(
    "transfers-denied-but-listed",
    Area.CONTENT,
    Severity.SERIOUS,
    "GDPR Art. 30(1)(e), (2)(c)",
    at="transfers_answer",
    given=("transfers", "transfers_answer: no"),
    roles=EVERYBODY,
    also=_TRANSFERS,
    what=n("The record says that there are no transfers, and lists %(names)s."),
    asks=n("Do data go there or not?"),
    why=n("The record contradicts itself, so neither statement can be relied on."),
    remedy=n("Answer yes, or remove the transfers that don't take place."),
)
def transfers_denied_but_listed(record: ActivityRecord, context: Context) -> Found:
    if record.transfers and record.transfers_answer == Answer.NO:
        return [(None, {"names": tuple(record.transfers)})]
    return NOTHING


@rule(
    "joint-controllers-not-named",
    Area.CONTENT,
    Severity.SERIOUS,
    "GDPR Art. 30(1)(a)",
    at="joint_controllers",
    given=("role: joint_controller", "no joint_controllers"),
    also={Law.LAW_ENFORCEMENT: "Directive (EU) 2016/680 Arts. 21, 24(1)(a)"},
    what=n("We are a joint controller here, and nobody is named with whom."),
    asks=n("With whom are purposes and means decided?"),
    why=n("The record names the joint controller, so that people know against whom they have rights."),
    remedy=n("Enter the joint controllers, or change our role."),
)
def joint_controllers_not_named(record: ActivityRecord, context: Context) -> Found:
    alone = record.role == ActivityRole.JOINT_CONTROLLER and not record.joint_controllers
    return HERE if alone else NOTHING


@rule(
    "joint-controllers-of-a-sole-controller",
    Area.CONTENT,
    Severity.SERIOUS,
    "GDPR Art. 26(1)",
    at="role",
    given=("joint_controllers",),
    roles=EVERYBODY,
    what=n("Joint controllers are named (%(names)s), and our role isn't that of a joint controller."),
    asks=n("Are purposes and means decided together or not?"),
    why=n("The role decides on liability and on the arrangement that is needed."),
    remedy=n("Change our role to joint controller, or move these parties to the recipients."),
)
def joint_controllers_of_a_sole_controller(record: ActivityRecord, context: Context) -> Found:
    if record.joint_controllers and record.role != ActivityRole.JOINT_CONTROLLER:
        return [(None, {"names": tuple(record.joint_controllers)})]
    return NOTHING


@rule(
    "joint-controller-without-arrangement",
    Area.CONTENT,
    Severity.SERIOUS,
    "GDPR Art. 26(1)",
    at="joint_controllers.arrangement",
    given=("joint_controllers",),
    what=n("No arrangement with the joint controller %(name)s is referred to."),
    asks=n("Where is it laid down who does what, above all for the rights of the people concerned?"),
    why=n("Joint controllers need an arrangement, whose essence is made available to the people concerned."),
    remedy=n("Enter where the arrangement is kept, or conclude one."),
)
def joint_controller_without_arrangement(record: ActivityRecord, context: Context) -> Found:
    return [(row, {"name": row}) for row in record.joint_controllers if not row.arrangement]
