"""When something else may be found in a record though nothing is written: the days on which its dates and law turn.

A day too many costs a check; a day too few would leave a gap unseen. A test puts all rules to records before and after
each of these days, and demands that nothing changes in between.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from registry.compliance import california, consent, contracts, reviews, transfers
from registry.compliance.traits import LONGEST_WITHOUT_REVIEW
from registry.record.activity import ActivityRecord
from registry.record.definition import Kind, Named, facts
from registry.record.remembered import Memo, remembered
from registry.reference.adequacy import DECISIONS
from registry.reference.countries import COUNTRIES
from registry.reference.dpia_lists import LISTED
from registry.reference.lawful_basis import LEGAL_BASES
from registry.reference.safeguards import SAFEGUARDS

_DAY = timedelta(days=1)

_SPANS = (
    -contracts.NOTICE,
    -consent.NOTICE,
    0 * _DAY,
    _DAY,
    california.YEAR + _DAY,
    california.THREE_YEARS + _DAY,
)
LEADS = tuple(sorted({span.days for span in _SPANS}))
"""So many days from a date in a record something may turn: at its notice, on it, after it, or when it is old."""

NEVER = date.max.toordinal() + 1


def law_turns(since: date, until: date) -> bool:
    """Say whether any law or decision begins, ends or comes near its end after ``since`` and up to ``until``."""
    return any(since < day <= until for day in _DAYS_OF_LAW)


def _days_of_law() -> frozenset[date]:
    found = {california.ASSESSED_SINCE}
    for row in (*DECISIONS, *LISTED, *LEGAL_BASES, *SAFEGUARDS):
        found |= set(_turns(row.valid_from, row.valid_until))
    for country in COUNTRIES:
        found |= set(_turns(country.eu_from, country.eu_until)) | set(_turns(country.eea_from, country.eea_until))
    return frozenset(found)


def _turns(first: date | None, last: date | None) -> Iterator[date]:
    """Yield the days on which something that holds from ``first`` until ``last`` begins, nears its end and is over."""
    if first is not None:
        yield first
    if last is not None:
        yield from (last + _DAY, last - transfers.NOTICE)


_DAYS_OF_LAW = _days_of_law()


class TurningDays:
    """The next day after ``on``, for one record after another; what catalogue entries hold is asked once for each."""

    def __init__(self, on: date) -> None:
        today = on.toordinal()
        self.after: Memo[date, int] = Memo(lambda day: min(_later(day, today), default=NEVER))
        self.entries: dict[tuple[type[Any], int], int] = {}
        self.today = today

    def next(self, record: ActivityRecord) -> date | None:
        """Return the next day on which something else may be found in the record; None where nothing in it turns."""
        found = self._of(record)
        for due in _reviews(record):
            found = min(found, self.after[due])
        return date.fromordinal(found) if found < NEVER else None

    def _of(self, one: Any) -> int:
        dates, entries, lists = _places(type(one))
        found = NEVER
        for place in dates:
            if (day := one[place]) is not None and self.after[day] < found:
                found = self.after[day]
        for place in entries:
            entry = one[place]
            if entry is not None and type(entry) is not Named:
                found = min(found, self._of_entry(entry))
        for place in lists:
            for row in one[place]:
                found = min(found, self._of(row))
        return found

    def _of_entry(self, entry: Any) -> int:
        key = (type(entry), entry.pk)
        found = self.entries.get(key)
        if found is None:
            found = self.entries[key] = self._of(entry)
        return found


def _later(day: date, today: int) -> Iterator[int]:
    return (turn for lead in LEADS if today < (turn := day.toordinal() + lead) < NEVER)


def _reviews(record: ActivityRecord) -> Iterator[date]:
    """Yield the days that follow from the last review: when the next one is due, and when the last is too old."""
    if record.last_reviewed_on is not None:
        yield reviews.months_later(record.last_reviewed_on, LONGEST_WITHOUT_REVIEW)
        if due := reviews.due_on(record):
            yield due


@remembered
def _places(kind: type[Any]) -> tuple[tuple[int, ...], tuple[int, ...], tuple[int, ...]]:
    """Return the places of the dates of a record, entry or row, of its entries, and of its lists that hold either."""

    def of(*kinds: Kind) -> tuple[int, ...]:
        return tuple(kind._fields.index(fact.key) for fact in facts(kind).values() if fact.kind in kinds)

    lists = tuple(
        kind._fields.index(fact.key) for fact in facts(kind).values() if fact.row is not None and any(_places(fact.row))
    )
    return of(Kind.DATE), of(Kind.ENTRY), lists
