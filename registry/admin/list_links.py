"""Addresses of the list of activities with filters on: where numbers and parts of pictures lead to."""

from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from registry.admin.activity_filters import NOWHERE


def list_url(**chosen: Any) -> str:
    """Return the address of the list of activities with these filters on."""
    return Links()(**chosen)


def counted_url(dimension: str, key: str) -> str:
    """Return the address of the list of exactly the activities that count towards the key of a dimension."""
    return Links().counted(dimension, key)


class Links:
    """The same for a page with many of them: where the list is, is looked up once."""

    def __init__(self) -> None:
        self._address = reverse("admin:registry_processingactivity_changelist")

    def __call__(self, **chosen: Any) -> str:
        """Return what ``list_url`` does."""
        return f"{self._address}?{urlencode(chosen)}" if chosen else self._address

    def counted(self, dimension: str, key: str) -> str:
        """Return what ``counted_url`` does."""
        if dimension == "status":
            return self(status=key)
        if dimension in {"unit", "role"}:  # columns of retired activities too, which these dimensions don't count
            return self(**{dimension: key or NOWHERE, "living": "all"})
        return self(**{dimension: key})
