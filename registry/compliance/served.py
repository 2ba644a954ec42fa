"""What a processor's record has to hold (Art. 30(2)): each controller, and what is carried out for it."""

from django.utils.translation import gettext_noop as n

from registry.compliance.context import Context
from registry.compliance.gap import CONTROLLERS, HERE, NOTHING, PROCESSORS, Area, Found, Severity, rule
from registry.compliance.laws import Law
from registry.compliance.organisation import is_unreachable
from registry.record.activity import ActivityRecord

_ALSO = {
    Law.CH: "FADP Art. 12(3)",
    Law.BR: "LGPD Art. 37",
    Law.LAW_ENFORCEMENT: "Directive (EU) 2016/680 Art. 24(2)",
}


@rule(
    "controllers-served-missing",
    Area.CONTENT,
    Severity.SERIOUS,
    "GDPR Art. 30(2)(a)",
    at="controllers",
    given=("no controllers",),
    roles=PROCESSORS,
    also=_ALSO,
    what=n("The record doesn't say for which controllers we process."),
    asks=n("On whose behalf is this carried out?"),
    why=n("A processor's record names each controller with contact details."),
    remedy=n("Enter each controller that we serve here."),
)
def controllers_served_missing(record: ActivityRecord, context: Context) -> Found:
    return NOTHING if record.controllers else HERE


@rule(
    "controller-served-without-contact-details",
    Area.CONTENT,
    Severity.SERIOUS,
    "GDPR Art. 30(2)(a)",
    at="controllers.organisation",
    given=("controllers",),
    roles=PROCESSORS,
    also={Law.CH: "FADP Art. 12(3)"},
    what=n("The controller %(name)s has neither address nor e-mail nor telephone in the register."),
    asks=n("How is this controller reached, for instance when its data are breached?"),
    why=n("A processor's record names each controller with contact details."),
    remedy=n("Enter the address and an e-mail address of this organisation."),
)
def controller_served_without_contact_details(record: ActivityRecord, context: Context) -> Found:
    return [
        (row, {"name": row})
        for row in record.controllers
        if row.organisation is not None and is_unreachable(row.organisation)
    ]


@rule(
    "categories-of-processing-missing",
    Area.CONTENT,
    Severity.SERIOUS,
    "GDPR Art. 30(2)(b)",
    at="controllers.categories_of_processing",
    given=("controllers",),
    roles=PROCESSORS,
    also=_ALSO,
    what=n("Nothing says what is carried out for %(name)s."),
    asks=n("What is done with the data of this controller: hosting, printing, support?"),
    why=n("Categories of processing are to a processor's record what purposes are to a controller's."),
    remedy=n("Enter in a few words what is carried out for this controller."),
)
def categories_of_processing_missing(record: ActivityRecord, context: Context) -> Found:
    return [(row, {"name": row}) for row in record.controllers if not row.categories_of_processing]


@rule(
    "own-organisation-served",
    Area.CONTENT,
    Severity.SERIOUS,
    "GDPR Art. 4(8)",
    at="controllers.organisation",
    given=("controllers",),
    roles=PROCESSORS,
    what=n("The record says that we process on behalf of %(name)s, which is ourselves."),
    asks=n("Is this our own processing, or somebody else's?"),
    why=n("Nobody is one's own processor: what we do for ourselves belongs in a controller's record."),
    remedy=n("Change our role to controller, or name the controller that we serve."),
)
def own_organisation_served(record: ActivityRecord, context: Context) -> Found:
    own = record.organisation.pk
    return [(row, {"name": row}) for row in record.controllers if row.organisation and row.organisation.pk == own]


@rule(
    "controllers-in-a-controllers-record",
    Area.CONTENT,
    Severity.MINOR,
    "GDPR Art. 30(1), (2)",
    at="controllers",
    given=("controllers",),
    roles=CONTROLLERS,
    what=n("This is a controller's record, and it names controllers that we serve: %(names)s."),
    asks=n("Which part is done for ourselves, and which on behalf of others?"),
    why=n("Authorities expect the two to be recorded apart: they have different content."),
    remedy=n("Make a record of its own, in the role of processor, of what is done for others."),
)
def controllers_in_a_controllers_record(record: ActivityRecord, context: Context) -> Found:
    return [(None, {"names": tuple(record.controllers)})] if record.controllers else NOTHING
