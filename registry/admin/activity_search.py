"""The search over activities: every word must be found, in the record itself or in its rows, which it never joins."""

import json

from django.db import connection
from django.db.models import Model, Q, QuerySet
from django.db.models.expressions import RawSQL
from django.utils.text import smart_split, unescape_string_literal

from registry.models import (
    ActivityDataSubject,
    ActivityRecipient,
    DataSubjectCategory,
    ProcessingActivity,
    Purpose,
    Recipient,
)

OWN_COLUMNS = ("reference", "external_reference", "name")


def search(queryset: QuerySet, text: str) -> QuerySet:
    """Return the activities of ``queryset`` in which every word of ``text`` occurs; "quoted words" stand together.

    Looks into references, name, purposes, data subjects and recipients, by entry and in words. One pass over each of
    those tables for each word: joining them instead multiplies their rows with each other.
    """
    terms = _terms(text)
    if not terms:
        return queryset
    condition = Q()
    for term in terms:
        condition &= _anywhere(term)
    found = ProcessingActivity.objects.filter(condition).order_by().values_list("pk", flat=True)
    return queryset.filter(pk__in=_keys(list(found)))


def _keys(found: list[int]) -> RawSQL:
    """Return the hits as one parameter of a query, so that counts and pages need not search again, however many."""
    if connection.vendor == "postgresql":
        return RawSQL("SELECT unnest(%s::bigint[])", [found])
    return RawSQL("SELECT value FROM json_each(%s)", [json.dumps(found)])


def _terms(text: str) -> list[str]:
    terms = []
    for bit in smart_split(text):
        quoted = len(bit) > 1 and bit[0] in "\"'" and bit[0] == bit[-1]
        terms.append(unescape_string_literal(bit) if quoted else bit)
    return [term for term in terms if term]


def _anywhere(term: str) -> Q:
    condition = Q()
    for column in OWN_COLUMNS:
        condition |= _contains(column, term)
    condition |= _in_rows(Purpose, _contains("text", term))
    condition |= _in_rows(ActivityRecipient, _contains("stated_as", term) | _entry("recipient", Recipient, term))
    condition |= _in_rows(
        ActivityDataSubject, _contains("stated_as", term) | _entry("category", DataSubjectCategory, term)
    )
    return condition


def _in_rows(model: type[Model], condition: Q) -> Q:
    return Q(pk__in=model._base_manager.filter(condition).values("activity"))


def _entry(column: str, model: type[Model], term: str) -> Q:
    return Q(**{f"{column}__in": model._base_manager.filter(_contains("name", term)).values("pk")})


def _contains(column: str, term: str) -> Q:
    """Contained whatever its case. SQLite knows case for ASCII alone: there the usual spellings are asked for too."""
    spellings = {term}
    if connection.vendor == "sqlite" and not term.isascii():
        spellings |= {term.lower(), term.upper(), term.capitalize()}
    condition = Q()
    for spelling in sorted(spellings):
        condition |= Q(**{f"{column}__icontains": spelling})
    return condition
