"""Values of a list in words."""

from datetime import datetime

from django.utils import timezone
from django.utils.formats import date_format

from registry.record.numbers import say_number
from registry.reports.listing import Value


def say_value(value: Value) -> str:
    """Return a value in words, in the language in force."""
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, tuple):
        return "\n".join(value)
    if isinstance(value, int):
        return say_number(value)
    if isinstance(value, datetime):
        return date_format(timezone.localtime(value), "SHORT_MOMENT_FORMAT")
    return date_format(value, "SHORT_DATE_FORMAT")
