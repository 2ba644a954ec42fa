"""What a record has to hold (Art. 30(1) and (2) and their likes): every statement made, and none that contradicts another."""

from django.utils.translation import gettext_noop as n

from registry.compliance.context import Context
from registry.compliance.gap import EVERYBODY, HERE, NOTHING, Area, Found, Severity, rule
from registry.compliance.laws import Law
from registry.record.activity import ActivityRecord
from registry.reference.answers import Answer
from registry.reference.roles import ActivityRole

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
    why=n("Who is concerned decides on rights, risks and the care that is due; leaving it out has been fined."),
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
    why=n("Recipients, time limits and measures refer to categories of data; leaving them out has been fined."),
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
    given=("no recipients", "no recipients_answer: yes", "no recipients_answer: no"),
    also=_RECIPIENTS,
    what=n("The record says neither who receives the data nor that nobody does."),
    asks=n("To whom are the data disclosed?"),
    why=n("Past and future recipients belong in the record; a blank can mean anything."),
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
    given=("no recipients", "recipients_answer: yes"),
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
    given=("no transfers", "no transfers_answer: yes", "no transfers_answer: no"),
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
    given=("no transfers", "transfers_answer: yes"),
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
