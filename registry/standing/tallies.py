"""The tallies of the register as they stand: what numbers and pictures are made from."""

from collections.abc import Mapping

from registry import models

Tallies = Mapping[str, Mapping[str, int]]
"""How many activities count towards each key, by dimension."""


def tallies() -> dict[str, dict[str, int]]:
    """Return all tallies, in each dimension the largest first: one query. The derived rows must be fresh."""
    found: dict[str, dict[str, int]] = {}
    rows = models.Tally.objects.order_by("-number", "key").values_list("dimension", "key", "number")
    for dimension, key, number in rows:
        found.setdefault(dimension, {})[key] = number
    return found
