"""Where a deadline is dealt with: the page of the object that it is about."""

from urllib.parse import urlencode

from django.conf import settings
from django.urls import reverse

from registry.reminders.deadlines import Deadline

_OWN_PAGES = {"changeconsequence": "admin:consequence"}
"""Objects that have a page of their own instead of a form."""


def page_of(deadline: Deadline) -> str:
    """Return the path of the page at which to act; a part of an activity's form is named as its anchor."""
    if deadline.pk is None:
        page = reverse(f"admin:registry_{deadline.model}_changelist")
        return f"{page}?{urlencode({'country': deadline.narrowed})}" if deadline.narrowed else page
    if deadline.kind == "segment":  # with "consent": pages for those, too, who don't see the records
        return f"{reverse('admin:segment_review')}?{urlencode({'segment': deadline.row})}"
    if deadline.kind == "consent":
        return reverse("admin:consent_mechanism", args=[deadline.row])
    if deadline.model in _OWN_PAGES:
        return reverse(_OWN_PAGES[deadline.model], args=[deadline.pk])
    page = reverse(f"admin:registry_{deadline.model}_change", args=[deadline.pk])
    return f"{page}#section-{deadline.section}" if deadline.section else page


def absolute(path: str, *, site: str = "") -> str:
    """Return the whole address of a path; ``site`` (scheme and host), or SITE_URL, goes before it where known."""
    return f"{(site or settings.SITE_URL).rstrip('/')}{path}"
