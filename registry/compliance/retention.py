"""How long data are kept, from when, by which law, and what happens then: Arts. 5(1)(e) and 30(1)(f)."""

from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext_noop as n

from registry.compliance.context import Context
from registry.compliance.gap import HERE, NOTHING, Area, Found, Quoted, Severity, rule
from registry.compliance.laws import Law
from registry.compliance.periods import refers_elsewhere, says_for_good
from registry.compliance.schedules import (
    contradicts_itself,
    ends_in_nothing,
    has_no_start,
    is_empty_reference,
    is_kept_for_good,
    is_longer,
)
from registry.record.activity import ActivityRecord
from registry.record.definition import taker
from registry.record.entries import RetentionScheduleEntry

_ALSO = {
    Law.CH: "FADP Art. 12(2)(e)",
    Law.BR: "LGPD Arts. 15, 37",
    Law.CALIFORNIA: "CCPA 1798.100(a)(3)",
    Law.LAW_ENFORCEMENT: "Directive (EU) 2016/680 Arts. 5, 24(1)(h)",
}


def schedules_of(record: ActivityRecord) -> list[RetentionScheduleEntry]:
    """Return the retention schedules that the record uses, each once, in order."""
    used = [record.retention_schedule, *map(_take_schedule, record.data_categories)]
    return list({one.pk: one for one in used if one is not None}.values())


_take_schedule = taker(ActivityRecord, "data_categories", "retention_schedule")


def has_own_limit(row: Any) -> bool:
    """Say whether a data category has a time limit of its own."""
    return row.retention_schedule is not None or bool(row.retention_stated_as)


def has_general_limit(record: ActivityRecord) -> bool:
    """Say whether the record has a time limit for all data that have none of their own."""
    return record.retention_schedule is not None or bool(record.retention_stated_as)


def _of_schedules(
    record: ActivityRecord, context: Context, is_meant: Callable[[RetentionScheduleEntry], bool]
) -> Found:
    """Return one gap that names the record's schedules of which ``is_meant`` holds; each is asked once a register."""
    meant = context.known.get(is_meant)
    if meant is None:
        meant = context.known[is_meant] = {}
    named = []
    for schedule in schedules_of(record):
        pk = schedule.pk
        if pk not in meant:
            meant[pk] = is_meant(schedule)
        if meant[pk]:
            named.append(schedule)
    return [(None, {"names": tuple(named)})] if named else NOTHING


@rule(
    "time-limit-missing",
    Area.RETENTION,
    Severity.SERIOUS,
    "GDPR Art. 30(1)(f)",
    at="retention_schedule",
    given=("no a time limit",),
    also=_ALSO,
    what=n("The record names no time limit for erasure."),
    asks=n("When are these data erased?"),
    why=n("Data may be kept no longer than needed, and the record states the time limits wherever possible."),
    remedy=n("Choose a retention schedule for the whole activity, or one for each category of data."),
)
def time_limit_missing(record: ActivityRecord, context: Context) -> Found:
    if has_general_limit(record) or any(has_own_limit(row) for row in record.data_categories):
        return NOTHING
    return HERE


@rule(
    "time-limit-of-category-missing",
    Area.RETENTION,
    Severity.SERIOUS,
    "GDPR Art. 30(1)(f)",
    at="data_categories.retention_schedule",
    given=("data_categories", "no a general time limit"),
    also=_ALSO,
    what=n("Some categories of data have a time limit; none is named for %(names)s."),
    asks=n("When are these categories of data erased?"),
    why=n("Time limits are stated for the different categories of data."),
    remedy=n("Choose a retention schedule for them, or one for the whole activity."),
)
def time_limit_of_category_missing(record: ActivityRecord, context: Context) -> Found:
    if has_general_limit(record):
        return NOTHING
    without = tuple(row for row in record.data_categories if not has_own_limit(row))
    if not without or len(without) == len(record.data_categories):
        return NOTHING
    return [(None, {"names": without})]


@rule(
    "time-limit-refers-elsewhere",
    Area.RETENTION,
    Severity.SERIOUS,
    "GDPR Art. 30(1)(f)",
    at="retention_schedule",
    given=("an empty reference",),
    also=_ALSO,
    what=n("The time limit names no period and refers elsewhere: “%(words)s”."),
    asks=n("How long is that, and from when?"),
    why=n(
        "A mere reference to a policy or to statutory periods is no time limit: nobody can tell from it when to erase."
    ),
    remedy=n("Enter the period, what it runs from, and the law behind it."),
)
def time_limit_refers_elsewhere(record: ActivityRecord, context: Context) -> Found:
    said = []
    if record.retention_stated_as and refers_elsewhere(record.retention_stated_as):
        said.append(record.retention_stated_as)
    for row in record.data_categories:
        if row.retention_stated_as and row.retention_schedule is None and refers_elsewhere(row.retention_stated_as):
            said.append(row.retention_stated_as)
    found = [schedule.text for schedule in schedules_of(record) if is_empty_reference(schedule)]
    return [(None, {"words": words}) for words in dict.fromkeys(said + found)]


@rule(
    "time-limit-longer-than-its-source",
    Area.RETENTION,
    Severity.SERIOUS,
    "GDPR Art. 5(1)(e)",
    at="retention_schedule",
    given=("a period longer than its source",),
    also=_ALSO,
    what=n("Data are kept longer than the legal source of the schedule says: %(names)s."),
    asks=n("Why are the data kept longer than the law that you name asks for?"),
    why=n("A legal duty to keep data justifies no day more than it asks for."),
    remedy=n("Shorten the period, or name what justifies the longer one."),
)
def time_limit_longer_than_its_source(record: ActivityRecord, context: Context) -> Found:
    return _of_schedules(record, context, is_longer)


@rule(
    "time-limit-contradicts-its-words",
    Area.RETENTION,
    Severity.SERIOUS,
    "GDPR Art. 30(1)(f)",
    at="retention_schedule",
    given=("a period against its words",),
    also=_ALSO,
    what=n("Period and words of a retention schedule name different lengths: %(names)s."),
    asks=n("Which of the two holds?"),
    why=n("Whoever erases data by one of them breaks the other."),
    remedy=n("Make the period and the words of the schedule say the same."),
)
def time_limit_contradicts_its_words(record: ActivityRecord, context: Context) -> Found:
    return _of_schedules(record, context, contradicts_itself)


@rule(
    "time-limit-without-start",
    Area.RETENTION,
    Severity.MINOR,
    "GDPR Art. 5(1)(e)",
    at="retention_schedule",
    given=("a period without start",),
    also=_ALSO,
    what=n("A period without the event that starts it: %(names)s."),
    asks=n("From when does the period run?"),
    why=n("A period without a beginning never ends."),
    remedy=n("Enter in the schedule what the period runs from."),
)
def time_limit_without_start(record: ActivityRecord, context: Context) -> Found:
    return _of_schedules(record, context, has_no_start)


@rule(
    "time-limit-without-disposal",
    Area.RETENTION,
    Severity.MINOR,
    "GDPR Art. 5(1)(e)",
    at="retention_schedule",
    given=("a schedule without disposal",),
    also=_ALSO,
    what=n("Nothing says what happens to the data at the end of the period: %(names)s."),
    asks=n("Are the data erased, anonymised or archived, and by whom?"),
    why=n("Data that nobody disposes of are kept for good."),
    remedy=n("Choose the disposal in the schedule."),
)
def time_limit_without_disposal(record: ActivityRecord, context: Context) -> Found:
    return _of_schedules(record, context, ends_in_nothing)


@rule(
    "kept-for-good-without-source",
    Area.RETENTION,
    Severity.SERIOUS,
    "GDPR Arts. 5(1)(e), 89(1)",
    at="retention_schedule",
    given=("kept for good",),
    also=_ALSO,
    what=n("Data are kept for good, and no law is named that asks for it: %(names)s."),
    asks=n("Which archive, research or statistical purpose justifies that?"),
    why=n(
        "Data that identify people may only be kept for good for archiving in the public interest, research or statistics."
    ),
    remedy=n("Name the law in the schedule's legal source, or set a period."),
)
def kept_for_good_without_source(record: ActivityRecord, context: Context) -> Found:
    said = [record.retention_stated_as, *[row.retention_stated_as for row in record.data_categories]]
    in_words = [(None, {"names": Quoted(words)}) for words in dict.fromkeys(said) if says_for_good(words)]
    return [*_of_schedules(record, context, is_kept_for_good), *in_words]
