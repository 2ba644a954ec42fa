"""What is asked of a system, once for all records that use it: whether these say which personal data are in it."""

from django.utils.translation import gettext_noop as n

from registry.compliance.context import Context
from registry.compliance.gap import EVERYBODY, NOTHING, About, Area, Found, Severity, rule
from registry.compliance.held import ASKED, InUse
from registry.compliance.identity import identify
from registry.compliance.laws import Law


@rule(
    "system-holds-data-that-no-record-lists",
    Area.CONTENT,
    Severity.SERIOUS,
    "GDPR Art. 30(1)(c)",
    at="data",
    roles=EVERYBODY,
    about=About.SYSTEM,
    also={
        Law.CH: "FADP Art. 12(2)(c)",
        Law.BR: "LGPD Art. 37",
        Law.CALIFORNIA: "CCPA 1798.110(c)(1)",
        Law.LAW_ENFORCEMENT: "Directive (EU) 2016/680 Art. 24(1)(d)",
    },
    what=n("The system %(system)s holds %(data)s, and no record of %(organisation)s that uses it lists these."),
    asks=n("For which processing are these data in the system?"),
    why=n(
        "Authorities compare the record with what is in the systems; an organisation was fined for data that its record left out."
    ),
    remedy=n("Add the data to the record that uses them, record the processing that is missing, or delete the data."),
)
def data_that_no_record_lists(use: InUse, context: Context) -> Found:
    found = []
    for organisation, told in use.by:
        missing = tuple([row for row in use.system.data if identify(row) not in told])
        if missing and ASKED in told:
            found.append((organisation, {"system": use.system, "data": missing, "organisation": organisation}))
    return found


@rule(
    "system-with-personal-data-that-no-record-uses",
    Area.CONTENT,
    Severity.SERIOUS,
    "GDPR Art. 30(1)",
    at="data",
    roles=EVERYBODY,
    about=About.SYSTEM,
    also={
        Law.CH: "FADP Art. 12(1)",
        Law.BR: "LGPD Art. 37",
        Law.LAW_ENFORCEMENT: "Directive (EU) 2016/680 Art. 24(1)",
    },
    what=n("The system %(system)s holds personal data (%(data)s), and no record uses it."),
    asks=n("Which processing takes place in this system?"),
    why=n("Merely keeping data is processing: in this system one takes place that the register doesn't know."),
    remedy=n("Record the processing, name the system in the record that uses it, or retire the system."),
)
def used_by_no_record(use: InUse, context: Context) -> Found:
    if use.by or not use.is_known_of_all:
        return NOTHING
    return [(None, {"system": use.system, "data": use.system.data})]
