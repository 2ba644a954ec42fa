"""The tallies of the register as they stand: what numbers and pictures are made from."""

from collections.abc import Iterable, Mapping

from django.db.models import Count

from registry import models
from registry.standing.counting import FLOW, HELD

Tallies = Mapping[str, Mapping[str, int]]
"""How many activities count towards each key, by dimension."""


def tallies() -> dict[str, dict[str, int]]:
    """Return all tallies but those of the flow and of systems, in each dimension the largest first: one query.

    The derived rows must be fresh.
    """
    rows = models.Tally.objects.exclude(dimension__in=(*FLOW, HELD)).order_by("-number", "key")
    return _by_dimension(rows.values_list("dimension", "key", "number"))


def flow_tallies(keys: Iterable[str]) -> dict[str, dict[str, int]]:
    """Return the tallies of these parts of the flow, as ``tallies`` does: one query."""
    rows = models.Tally.objects.filter(dimension__in=FLOW, key__in=list(keys)).order_by("-number", "key")
    return _by_dimension(rows.values_list("dimension", "key", "number"))


def flow_sizes() -> dict[str, int]:
    """Return by dimension of the flow how many parts it has: one query."""
    rows = models.Tally.objects.filter(dimension__in=FLOW).order_by().values_list("dimension")
    return dict(rows.annotate(number=Count("pk")))


def _by_dimension(rows: Iterable[tuple[str, str, int]]) -> dict[str, dict[str, int]]:
    found: dict[str, dict[str, int]] = {}
    for dimension, key, number in rows:
        found.setdefault(dimension, {})[key] = number
    return found
