import itertools
import random
from datetime import date, timedelta

import pytest

from registry.compliance.checking import check_record
from registry.compliance.context import Context
from registry.compliance.turning import TurningDays, law_turns
from registry.compliance.whole import check_organisation
from registry.standing.questions import asked
from tests.compliance.records import ON, assessment, bound, consent, recipient, record, segment
from tests.compliance.test_traits import EXAMPLES, mixed

FIRST, LAST = date(2015, 1, 1), date(2033, 1, 1)
DAY = timedelta(days=1)


def found(one, on):
    """Everything that is found in the record and its organisation on that day, and which questions are true of it."""
    context = Context(on)
    gaps = check_record(one, context)
    of_organisation = check_organisation(one.organisation, context.laws_of(one), context)
    return {*asked(one, on), *(gap.id for gap in (*gaps, *of_organisation))}


def turns(one):
    """The days on which something else may be found, as they are told one after the other."""
    day = FIRST
    while (following := TurningDays(day).next(one)) is not None and following < LAST:
        yield (day := following)


LAW = [day for place in range((LAST - FIRST).days) if law_turns((day := FIRST + place * DAY) - DAY, day)]


def changes_unannounced(one):
    """The times between two turning days within which something else is found."""
    days = sorted({FIRST, *turns(one), *LAW, LAST})
    times = [(first, following - DAY) for first, following in itertools.pairwise(days)]
    return [(first, last) for first, last in times if first < last and found(one, first) != found(one, last)]


@pytest.mark.parametrize("part", range(8))
def test_nothing_changes_but_on_a_day_that_is_told(part):
    dated = [one for one in EXAMPLES[part::8] if any(True for _ in turns(one))]

    assert dated
    assert [(one.pk, times) for one in dated if (times := changes_unannounced(one))] == []


@pytest.mark.parametrize("seed", range(3))
def test_nothing_changes_in_mixed_records_but_on_a_day_that_is_told(seed):
    chance = random.Random(seed)

    assert [times for _ in range(15) if (times := changes_unannounced(mixed(chance)))] == []


def test_a_record_without_dates_never_turns():
    assert TurningDays(ON).next(record()) is None


def test_dates_of_rows_and_of_entries_count():
    for one, expected in (
        (record(recipients=(recipient(bound(contract_ends_on=date(2026, 12, 1))),)), date(2026, 9, 2)),
        (record(consents=(consent(valid_until=date(2026, 12, 1)),)), date(2026, 9, 2)),
        (record(segments=(segment(next_review_on=date(2026, 7, 1)),)), date(2026, 7, 1)),
        (record(impact_assessments=(assessment(completed_on=date(2026, 5, 31)),)), date(2027, 6, 2)),
        (record(last_reviewed_on=date(2024, 7, 1), review_interval=6), date(2026, 7, 1)),
        (record(next_review_on=date(9999, 12, 31)), date(9999, 10, 2)),
    ):
        assert TurningDays(ON).next(one) == expected


def test_law_turns_on_the_days_on_which_it_begins_ends_or_nears_its_end():
    assert law_turns(date(2025, 12, 31), date(2026, 1, 1))
    assert not law_turns(date(2026, 1, 1), date(2026, 1, 1))
