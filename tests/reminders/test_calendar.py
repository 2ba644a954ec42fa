from datetime import UTC, date, datetime

from icalendar import Calendar

from registry.reminders.calendar import as_calendar, identity
from registry.reminders.deadlines import Deadline

SITE = "https://register.example"
NOW = datetime(2026, 11, 1, 12, tzinfo=UTC)
REVIEW = Deadline(
    date(2026, 12, 1), "review", "A-1 Umsätze; Boni, „Ärger“\nund mehr", "processingactivity", 7, "review"
)
DECISION = Deadline(date(2031, 12, 27), "adequacy", "United Kingdom", "processingactivity", None, narrowed="GB")


def events(found):
    return Calendar.from_ical(as_calendar(found, produced_at=NOW, site=SITE)).walk("VEVENT")


def test_each_deadline_is_a_whole_day_that_comes_back_as_it_was_written():
    event, other = events([REVIEW, DECISION])

    assert (event["dtstart"].dt, event["dtend"].dt) == (date(2026, 12, 1), date(2026, 12, 2))
    assert event["summary"] == f"Review of a processing activity: {REVIEW.name}"
    assert event["url"] == "https://register.example/registry/processingactivity/7/change/#section-review"
    assert other["uid"] == "adequacy-processingactivity-GB@register.example"


def test_a_calendar_moves_an_event_whose_day_has_moved():
    later = Deadline(date(2027, 3, 1), "review", "A-1 renamed", "processingactivity", 7, "review")

    assert identity(REVIEW, SITE) == identity(later, SITE) == "review-processingactivity-7@register.example"


def test_the_same_deadlines_give_the_same_calendar():
    assert as_calendar([REVIEW], produced_at=NOW, site=SITE) == as_calendar([REVIEW], produced_at=NOW, site=SITE)


def test_without_deadlines_there_is_still_a_calendar():
    assert events([]) == []
