from datetime import date

import pytest
import time_machine

from registry import models
from registry.jobs.kinds import Cancelled
from registry.record.moments import MomentError
from registry.standing import trend
from registry.standing.acceptances import accept
from registry.standing.reading import gaps_of
from registry.standing.refresh import RULES, refresh
from registry.standing.trend import ask_for_days, count_day, count_days, first_day, missing_days
from registry.versioning.writing import change_set
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def register():
    """A register with one record in August, and a second in September that is retired in October."""
    with time_machine.travel("2026-08-10 12:00 +0000"):
        organisation = factories.organisation(name="Fjord Foods AS")
        factories.activity(organisation, name="Payroll", status="approved")
    with time_machine.travel("2026-09-10 12:00 +0000"):
        second = factories.activity(organisation, name="Newsletter", status="approved")
    with time_machine.travel("2026-10-10 12:00 +0000"), change_set():
        second.status = "retired"
        second.save()
    with time_machine.travel("2026-11-20 12:00 +0000", tick=False):
        yield organisation


def number_of(point):
    return point.critical + point.serious + point.minor


def test_a_day_is_counted_by_checking_the_register_of_that_day(register):
    august, september, october = (count_day(date(2026, month, day)) for month, day in ((8, 31), (9, 30), (10, 31)))

    assert [point.records for point in (august, september, october)] == [1, 2, 2]
    assert number_of(august) > 0
    assert number_of(september) == 2 * number_of(august) - 1  # that of the organisation is told once
    assert number_of(october) == number_of(august)
    assert [point.rules for point in (august, september, october)] == [RULES] * 3
    assert august.change_set < september.change_set < october.change_set


def test_today_counted_so_is_what_is_kept_up(register):
    refresh()
    kept = models.GapCount.objects.values().get(day=date(2026, 11, 20))

    count_day(date(2026, 11, 20))

    assert models.GapCount.objects.values().get(day=date(2026, 11, 20)) == kept


def test_what_was_accepted_on_a_day_is_counted_apart_as_long_as_it_was(register):
    with time_machine.travel("2026-10-12 12:00 +0000", tick=False):
        refresh()
        (found,) = gaps_of([models.ProcessingActivity.objects.get(name="Payroll").pk])
        with change_set():
            accept(found.gaps[0], record="Payroll", by=factories.user(), reason="Known.", until=date(2026, 10, 20))

    points = [count_day(day) for day in (date(2026, 10, 11), date(2026, 10, 20), date(2026, 10, 21))]

    assert [point.accepted for point in points] == [0, 1, 0]


def test_a_day_before_the_register_has_no_records(register):
    point = count_day(date(2026, 8, 1))

    assert (point.records, number_of(point), point.accepted) == (0, 0, 0)


def test_a_day_that_has_not_come_is_refused(register):
    with pytest.raises(MomentError, match="lies in the future"):
        count_day(date(2026, 12, 1))


def test_the_ends_of_months_that_are_missing_reach_back_to_the_beginning(register):
    count_day(date(2026, 9, 30))
    models.GapCount.objects.create(
        day=date(2026, 8, 31), change_set=1, rules="other", records=1, critical=1, serious=1, minor=1, accepted=0
    )

    assert first_day() == date(2026, 8, 10)
    assert missing_days(date(2026, 11, 20), first_day()) == [date(2026, 8, 31), date(2026, 10, 31)]


def test_nothing_is_missing_before_anything_was_written():
    assert (first_day(), missing_days(date(2026, 11, 20), None)) == (None, [])


def test_a_trend_reaches_back_so_many_months():
    assert len(missing_days(date(2026, 11, 20), date(2020, 1, 1))) == trend.MONTHS


def test_a_worker_counts_day_by_day_and_tells_how_far_it_is(register):
    job = ask_for_days([date(2026, 8, 31), date(2026, 9, 30)], by=factories.user())
    told = []

    count_days(job, lambda done, total, said="": told.append((done, total)))

    assert list(models.GapCount.objects.values_list("day", flat=True)) == [date(2026, 8, 31), date(2026, 9, 30)]
    assert told == sorted(told)
    assert {total for _done, total in told} == {2 * trend.FINE}
    assert told[-1][0] < 2 * trend.FINE


def test_what_was_counted_stays_when_the_work_is_cancelled(register):
    job = ask_for_days([date(2026, 8, 31), date(2026, 9, 30)], by=factories.user())

    def stop(done, total, said=""):
        if done > trend.FINE:
            raise Cancelled

    with pytest.raises(Cancelled):
        count_days(job, stop)

    assert list(models.GapCount.objects.values_list("day", flat=True)) == [date(2026, 8, 31)]


def test_the_same_days_asked_for_twice_are_one_job(register):
    person = factories.user()

    first, again = (ask_for_days([date(2026, 8, 31)], by=person) for _ in range(2))

    assert first == again
    assert ask_for_days([date(2026, 9, 30)], by=person) != first


def test_a_day_needs_as_many_queries_for_three_records_as_for_one(register, django_assert_num_queries):
    count_day(date(2026, 11, 20))
    needed = 20

    for _again in range(2):
        with django_assert_num_queries(needed):
            count_day(date(2026, 11, 20))
        for number in range(3):
            factories.activity(register, name=f"Further {number}")
