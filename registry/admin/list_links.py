"""Addresses of the list of activities with filters on: where numbers and parts of pictures lead to."""

from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from registry.admin.activity_filters import NOWHERE


def list_url(**chosen: Any) -> str:
    """Return the address of the list of activities with these filters on."""
    address = reverse("admin:registry_processingactivity_changelist")
    return f"{address}?{urlencode(chosen)}" if chosen else address


def counted_url(dimension: str, key: str) -> str:
    """Return the address of the list of exactly the activities that count towards the key of a dimension."""
    if dimension == "status":
        return list_url(status=key)
    if dimension in {"unit", "role"}:  # columns of retired activities too, which these dimensions don't count
        return list_url(**{dimension: key or NOWHERE, "living": "all"})
    return list_url(**{dimension: key})
