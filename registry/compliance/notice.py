"""What people are told: Arts. 12 to 14."""

import re

from django.utils.translation import gettext_noop as n

from registry.compliance.context import Context
from registry.compliance.gap import HERE, NOTHING, Area, Found, Severity, rule
from registry.record.activity import ActivityRecord
from registry.reference.activity import ActivityStatus


@rule(
    "privacy-notice-missing",
    Area.NOTICE,
    Severity.MINOR,
    "GDPR Arts. 13, 14",
    at="privacy_notice",
    given=("status: approved", "no privacy_notice"),
    what=n("The record is approved, and nothing says where people read about this processing."),
    asks=n("Where are the people concerned told about this?"),
    why=n("People have to be informed when data are collected, at the latest within a month."),
    remedy=n(
        "Enter the notice: a link or its title, and the date of its present wording. Where nobody has to be told, name the exception under the limits on rights, such as Art. 14(5)(c)."
    ),
)
def privacy_notice_missing(record: ActivityRecord, context: Context) -> Found:
    if record.status != ActivityStatus.APPROVED or record.privacy_notice or _EXEMPTED.search(record.rights_limits):
        return NOTHING
    return HERE


@rule(
    "privacy-notice-undated",
    Area.NOTICE,
    Severity.MINOR,
    "GDPR Arts. 5(2), 13, 14",
    at="privacy_notice_on",
    given=("privacy_notice", "no privacy_notice_on"),
    what=n("The privacy notice “%(name)s” is named without the date of its present wording."),
    asks=n("Does the notice say what the record says today?"),
    why=n("Without its date nobody can tell whether the notice has been overtaken by the record."),
    remedy=n("Enter the date of the present wording."),
)
def privacy_notice_undated(record: ActivityRecord, context: Context) -> Found:
    if not record.privacy_notice or record.privacy_notice_on is not None:
        return NOTHING
    return [(None, {"name": record.privacy_notice})]


@rule(
    "privacy-notice-older-than-processing",
    Area.NOTICE,
    Severity.SERIOUS,
    "GDPR Arts. 13, 14",
    at="privacy_notice_on",
    given=("privacy_notice_on", "began_on"),
    what=n("The processing began on %(began)s; the privacy notice has the wording of %(dated)s."),
    asks=n("How can the notice describe something that hadn't begun?"),
    why=n("People have to be told about the processing as it is."),
    remedy=n("Read the notice against the record, amend it, and enter its new date."),
)
def privacy_notice_older_than_processing(record: ActivityRecord, context: Context) -> Found:
    began, dated = record.began_on, record.privacy_notice_on
    if began is None or dated is None or dated >= began or (began - dated).days <= _IN_ADVANCE:
        return NOTHING
    return [(None, {"began": began, "dated": dated})]


_EXEMPTED = re.compile(r"\b(?:13\s*\(4\)|13 Abs\.? 4|14\s*\(5\)|14 Abs\.? 5|23\s*\(1\)|23 Abs\.? 1)", re.IGNORECASE)
"""Where people needn't be told: they know already, the law lays it down, or it restricts the right."""

_IN_ADVANCE = 183
"""A notice may well be written some months before the processing begins."""
