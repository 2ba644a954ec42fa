"""Whether somebody answers for the record and looks at it again: Arts. 5(2) and 24(1)."""

from datetime import date

from django.utils.translation import gettext_noop as n

from registry.compliance.context import Context
from registry.compliance.gap import EVERYBODY, HERE, NOTHING, Area, Found, Severity, rule
from registry.compliance.laws import Law
from registry.compliance.traits import LONGEST_WITHOUT_REVIEW
from registry.record.activity import ActivityRecord
from registry.reference.activity import ActivityStatus

_LAWS = tuple(Law)


def due_on(record: ActivityRecord) -> date | None:
    """Return the day on which the record is due for review: the one that is planned, or else by its interval."""
    if record.next_review_on is not None:
        return record.next_review_on
    if record.review_interval and record.last_reviewed_on is not None:
        return months_later(record.last_reviewed_on, record.review_interval)
    return None


def months_later(day: date, months: int) -> date:
    """Return the day so many months later; at the end of a month the 28th at the latest."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, 28))


@rule(
    "review-overdue",
    Area.REVIEWS,
    Severity.SERIOUS,
    "GDPR Arts. 5(2), 24(1)",
    at="next_review_on",
    given=("a review that may be due",),
    roles=EVERYBODY,
    laws=_LAWS,
    what=n("The review was due on %(due)s."),
    asks=n("Does the record still describe what is done?"),
    why=n("Measures are reviewed and updated where necessary, and a record that nobody looks at goes stale."),
    remedy=n("Review the record, enter the day, and set the next one."),
)
def review_overdue(record: ActivityRecord, context: Context) -> Found:
    due = due_on(record)
    return [(None, {"due": due})] if due is not None and due < context.on else NOTHING


@rule(
    "review-not-planned",
    Area.REVIEWS,
    Severity.MINOR,
    "GDPR Arts. 5(2), 24(1)",
    at="next_review_on",
    given=("status: approved", "no next_review_on"),
    roles=EVERYBODY,
    laws=_LAWS,
    what=n("The record is approved, and no day is set on which it is looked at again."),
    asks=n("How do you notice when the processing has changed?"),
    why=n("Authorities expect records to be kept up to date, and ask how."),
    remedy=n("Set the next review, or an interval in months."),
)
def review_not_planned(record: ActivityRecord, context: Context) -> Found:
    if record.status != ActivityStatus.APPROVED or due_on(record) is not None:
        return NOTHING
    return HERE


@rule(
    "last-review-long-ago",
    Area.REVIEWS,
    Severity.MINOR,
    "GDPR Arts. 5(2), 24(1)",
    at="last_reviewed_on",
    given=("status: approved", "a review long ago"),
    roles=EVERYBODY,
    laws=_LAWS,
    what=n("The record was last reviewed on %(last)s, and is not due for review yet."),
    asks=n("What has changed since then?"),
    why=n("Authorities expect regular reviews; after two years a record seldom describes what is done."),
    remedy=n("Review the record now, and shorten the interval."),
)
def last_review_long_ago(record: ActivityRecord, context: Context) -> Found:
    last = record.last_reviewed_on
    if record.status != ActivityStatus.APPROVED or last is None:
        return NOTHING
    if months_later(last, LONGEST_WITHOUT_REVIEW) >= context.on:
        return NOTHING
    due = due_on(record)
    return [(None, {"last": last})] if due is not None and due >= context.on else NOTHING


@rule(
    "owner-missing",
    Area.REVIEWS,
    Severity.MINOR,
    "GDPR Arts. 5(2), 24(1)",
    at="contact",
    given=("no owner", "no contact"),
    roles=EVERYBODY,
    laws=_LAWS,
    what=n("Nobody is named who answers for this record: no owner, no contact, no head of its unit."),
    asks=n("Whom do I ask about this activity?"),
    why=n("Without somebody who answers for it, a record isn't kept up to date."),
    remedy=n("Choose an owner, or enter a contact."),
)
def owner_missing(record: ActivityRecord, context: Context) -> Found:
    if record.owner is not None or record.contact or (record.unit is not None and record.unit.head):
        return NOTHING
    return HERE


@rule(
    "ended-and-not-retired",
    Area.REVIEWS,
    Severity.MINOR,
    "GDPR Arts. 5(1)(e), 17",
    at="status",
    given=("ends_on",),
    roles=EVERYBODY,
    laws=_LAWS,
    what=n("The processing ended on %(ended)s, and the record isn't retired."),
    asks=n("What has become of the data?"),
    why=n("Data of a processing that has ended are erased once nothing asks for keeping them."),
    remedy=n("See to the erasure and retire the record, or correct the day."),
)
def ended_and_not_retired(record: ActivityRecord, context: Context) -> Found:
    ended = record.ends_on
    return [(None, {"ended": ended})] if ended is not None and ended < context.on else NOTHING


@rule(
    "begun-before-approval",
    Area.REVIEWS,
    Severity.MINOR,
    "GDPR Arts. 24(1), 25(1)",
    at="status",
    given=("status: draft", "began_on"),
    roles=EVERYBODY,
    laws=_LAWS,
    what=n("The processing began on %(began)s, and the record is still a draft."),
    asks=n("Who has decided that the processing may begin, and on what grounds?"),
    why=n("Data protection is built in before the processing begins, and the record shows that it was."),
    remedy=n("Complete the record and submit it for approval."),
)
def begun_before_approval(record: ActivityRecord, context: Context) -> Found:
    if record.status != ActivityStatus.DRAFT or record.began_on is None or record.began_on > context.on:
        return NOTHING
    return [(None, {"began": record.began_on})]
