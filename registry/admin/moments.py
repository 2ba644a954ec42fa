"""A form field for a past moment: chosen on screen in the zone of the site, or given in an address with its own."""

from datetime import datetime
from typing import Any

from django import forms
from django.utils import timezone

from registry.record.moments import MomentError, read_moment


class MomentField(forms.CharField):
    """Takes what ``read_moment`` reads, and shows it as the browser's own field for a day and a time wants it."""

    widget = forms.DateTimeInput(attrs={"type": "datetime-local", "step": "1"})

    def to_python(self, value: Any) -> datetime | None:  # type: ignore[override]
        """Return the moment, None for an empty field."""
        text = super().to_python(value)
        if not text:
            return None
        try:
            return read_moment(text)
        except MomentError as error:
            raise forms.ValidationError(str(error)) from error

    def prepare_value(self, value: Any) -> str:
        """Return what the field shows: a moment in the time zone of the site, and what can't be read as it is."""
        if isinstance(value, str):
            try:
                value = read_moment(value)
            except MomentError:
                return value
        return timezone.localtime(value).strftime("%Y-%m-%dT%H:%M:%S").removesuffix(":00") if value else ""
