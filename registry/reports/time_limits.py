"""Time limits for erasure in full: a schedule's rule as it is, never a mere reference to it."""

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from registry.record.activity import ActivityRecord
from registry.record.definition import facts
from registry.record.entries import RetentionScheduleEntry
from registry.record.words import labelled, quoted, say
from registry.reference.retention import PeriodUnit
from registry.reports.document import Line
from registry.reports.rows import name_of

_SCHEDULE = facts(RetentionScheduleEntry)
_ACTIVITY = facts(ActivityRecord)


def time_limit(schedule: RetentionScheduleEntry | None, words: str) -> str:
    """Return a time limit with everything that is known of it; empty where neither schedule nor words are given."""
    if schedule is None:
        return words
    lines = [schedule.name]
    if schedule.text and schedule.text != schedule.name:
        lines.append(schedule.text)
    if particulars := " · ".join(_particulars(schedule)):
        lines.append(particulars)
    if words:
        lines.append(quoted(words))
    return "\n".join(lines)


def lines(record: ActivityRecord) -> Iterator[Line]:
    """Yield the lines of a record's time limits, one for each limit with the categories of data that it is for.

    What is stated for the whole record is for all categories without a time limit of their own (Art. 30(1)(f)). Where
    every category has one, there are no others to state one for.
    """
    general = time_limit(record.retention_schedule, record.retention_stated_as)
    own: dict[str, list[str]] = {}
    for row in record.data_categories:
        if limit := time_limit(row.retention_schedule, row.retention_stated_as):
            own.setdefault(limit, []).append(name_of(row, " – "))
    if not own:
        yield Line(_ACTIVITY["retention_schedule"].title, general, "stated" if general else "not_stated")
        return
    if set(own) == {general}:
        yield Line(_("All categories of data"), general)
        return
    for limit, names in own.items():
        others = [_("all other categories")] if limit == general else []
        yield Line("; ".join([*names, *others]), limit)
    without = len(record.data_categories) - sum(map(len, own.values()))
    if general not in own and (general or without):
        yield Line(_("All other categories"), general, "stated" if general else "not_stated")


def _particulars(schedule: RetentionScheduleEntry) -> Iterator[str]:
    if schedule.period is not None:
        yield labelled(_SCHEDULE["period"].title, _span(schedule.period, schedule.unit))
    for key in ("trigger", "legal_source", "disposal"):
        if said := say(_SCHEDULE[key], getattr(schedule, key)):
            yield labelled(_SCHEDULE[key].title, said)
    for key in ("criteria_only", "permanent"):
        if getattr(schedule, key):
            yield _SCHEDULE[key].title


def _span(number: int, unit: str) -> str:
    """Return a period in words; the number alone where nobody has said of what."""
    match unit:
        case PeriodUnit.DAY:
            words = ngettext("%(number)d day", "%(number)d days", number)
        case PeriodUnit.WEEK:
            words = ngettext("%(number)d week", "%(number)d weeks", number)
        case PeriodUnit.MONTH:
            words = ngettext("%(number)d month", "%(number)d months", number)
        case PeriodUnit.YEAR:
            words = ngettext("%(number)d year", "%(number)d years", number)
        case _other:
            words = "%(number)d"
    return words % {"number": number}
