"""Past moments as people write them: in an address, in a form, on the command line."""

import re
from datetime import datetime, time

from django.utils import timezone
from django.utils.dateparse import parse_date, parse_datetime
from django.utils.translation import gettext as _

_LOST_PLUS = re.compile(r"(T.*) (\d\d:?\d\d)$")
"""A zone whose plus sign an address has turned into a blank."""

FIRST_YEAR = 1900
"""Earlier moments are slips of the pen, and the first of them can't be told in other time zones."""


class MomentError(ValueError):
    """A text names no moment, or none that has passed; says what would be accepted."""


def read_moment(text: str) -> datetime:
    """Return the moment that a text in ISO 8601 names, with its zone; one without a zone is in that of the site.

    A date alone is the end of that day, and today the present moment. Raises MomentError for what can't be read, and
    for a moment in the future, of which nothing can be known yet.
    """
    text = _LOST_PLUS.sub(r"\1+\2", text.strip())
    now = timezone.now()
    try:
        day = parse_date(text)
        if day is not None and day == timezone.localdate(now):
            return now
        found = datetime.combine(day, time.max) if day else parse_datetime(text)
        moment = found if found is None or timezone.is_aware(found) else timezone.make_aware(found)
    except ValueError:
        moment = None
    if moment is None or moment.year < FIRST_YEAR:
        raise MomentError(
            _("“%(text)s” is no moment. Write a date such as 2026-03-31, or a moment such as 2026-03-31T12:00.")
            % {"text": text}
        )
    if moment > now:
        raise MomentError(_("“%(text)s” lies in the future. Choose a moment that has passed.") % {"text": text})
    return moment
