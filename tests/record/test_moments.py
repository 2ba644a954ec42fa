from datetime import UTC, datetime, timedelta, timezone

import pytest
import time_machine

from registry.record.moments import MomentError, read_moment

NOW = datetime(2026, 4, 1, 9, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _now():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2026-03-31T12:00", datetime(2026, 3, 31, 10, 0, tzinfo=UTC)),
        (" 2026-01-31T12:00:05 ", datetime(2026, 1, 31, 11, 0, 5, tzinfo=UTC)),
        ("2026-03-31T12:00Z", datetime(2026, 3, 31, 12, 0, tzinfo=UTC)),
        ("2026-03-31T12:00+05:30", datetime(2026, 3, 31, 6, 30, tzinfo=UTC)),
        ("2026-03-31T12:00 05:30", datetime(2026, 3, 31, 6, 30, tzinfo=UTC)),
        ("2026-03-31", datetime(2026, 3, 31, 21, 59, 59, 999999, tzinfo=UTC)),
        ("2026-04-01", NOW),
        ("1900-01-01T12:00Z", datetime(1900, 1, 1, 12, 0, tzinfo=UTC)),
    ],
)
def test_moments_are_read_in_the_zone_that_they_name_or_that_of_the_site(settings, text, moment):
    settings.TIME_ZONE = "Europe/Brussels"

    assert read_moment(text) == moment


@pytest.mark.parametrize(
    "text", ["", "soon", "2026-02-30", "2026-02-30T12:00", "12:00", "0001-01-01T00:00+10:00", "1899-12-31"]
)
def test_what_is_no_moment_is_refused_with_what_would_be_one(text):
    with pytest.raises(MomentError, match=r"is no moment\. Write a date such as 2026-03-31"):
        read_moment(text)


def test_moments_to_come_are_refused():
    later = (NOW + timedelta(minutes=1)).astimezone(timezone(timedelta(hours=-8))).isoformat()

    with pytest.raises(MomentError, match="lies in the future"):
        read_moment(later)
