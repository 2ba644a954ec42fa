"""Whoever owns an activity may change it, without the right to change them all."""

from typing import Any

from django.http import HttpRequest

from registry.models import ProcessingActivity
from registry.roles import CHANGE_OWN

NOT_OF_OWNERS = ("organisation", "reference", "status", "owner", "is_public")
"""What an owner only reads: whose record it is, what it is called by, and what privacy officers decide."""


def may_own(request: HttpRequest) -> bool:
    """Say whether the person may change the activities that are hers, if any are."""
    return request.user.has_perm(f"registry.{CHANGE_OWN}")


def owns(request: HttpRequest, activity: Any) -> bool:
    """Say whether the activity, as it is stored, is the person's own, and she may change what is hers."""
    if not isinstance(activity, ProcessingActivity) or activity.pk is None:
        return False
    return activity.owner_id == request.user.pk and may_own(request)


class OwnRows:
    """Mixin for the rows of an activity: its owner may add, change and delete them."""

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Return Django's answer, or whether it is her own activity."""
        return bool(super().has_add_permission(request, obj) or owns(request, obj))  # type: ignore[misc]

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Return the same of changing."""
        return bool(super().has_change_permission(request, obj) or owns(request, obj))  # type: ignore[misc]

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Return the same of deleting."""
        return bool(super().has_delete_permission(request, obj) or owns(request, obj))  # type: ignore[misc]
