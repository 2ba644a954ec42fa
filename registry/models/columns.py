"""Columns that several models share."""

from typing import Any

from django.db import models

from registry.reference import countries
from registry.reference.answers import Answer


def country_choices() -> list[tuple[str, Any]]:
    """Return the closed list of countries as (ISO 3166-1 alpha-2 code, name)."""
    return list(countries.CHOICES)


def country_column() -> models.CharField:
    """A country by its ISO 3166-1 alpha-2 code; the names live in the reference data."""
    return models.CharField(max_length=2, blank=True, choices=country_choices)


def answer_column() -> models.CharField:
    """A question that may be unanswered: yes, no, or not assessed, never a Boolean."""
    return models.CharField(max_length=20, choices=Answer, default=Answer.NOT_ASSESSED)


def words_column() -> models.TextField:
    """The words of the source, beside or instead of a catalogue entry. Either half of such a row may be empty."""
    return models.TextField(blank=True)
