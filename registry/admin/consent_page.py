"""The page of one consent mechanism: how it asks, what rests on it, and every wording that people have agreed to."""

from collections.abc import Callable, Iterator
from itertools import pairwise
from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext as _t
from django.views.decorators.http import require_safe

from registry.admin.across import place_of
from registry.admin.counted_names import entry_name
from registry.comparison.text import compare_words
from registry.compliance import grounds
from registry.compliance.consent import NOTICE
from registry.models import ConsentMechanism
from registry.record.wordings import Wording, wordings

RECORDS = "registry.view_processingactivity"


@require_safe
def consent_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Return the page; for those who may see consent mechanisms by themselves, or as part of the records."""
    if not (request.user.has_perm("registry.view_consentmechanism") or request.user.has_perm(RECORDS)):
        raise PermissionDenied
    mechanism = ConsentMechanism.objects.select_related("activity", "activity__unit").filter(pk=pk).first()
    if mechanism is None:
        raise Http404(_t("There is no such consent mechanism. The history of its record may still tell of it."))
    activity = mechanism.activity
    context = {
        **admin.site.each_context(request),
        "title": mechanism.name,
        "mechanism": mechanism,
        "activity": activity,
        "may_open": request.user.has_perm(RECORDS),
        "address": place_of("consents", activity.pk),
        "renewal": _renewal(mechanism),
        "bases": list(dict.fromkeys(_bases(activity))),
        "segments": list(mechanism.segments.order_by("position", "pk")),
        "wordings": list(_shown(wordings(mechanism)))[::-1],
    }
    return TemplateResponse(request, "admin/consent_page.html", context)


def _bases(activity: Any) -> Iterator[tuple[str, str]]:
    """Yield each legal basis of the activity that is consent, and the purpose that it supports."""
    for row in activity.legal_bases.select_related("legal_basis", "purpose"):
        if row.legal_basis is not None and row.legal_basis.code in grounds.CONSENT | grounds.EXPLICIT_CONSENT:
            yield entry_name(row.legal_basis), str(row.purpose or "")


def _renewal(mechanism: ConsentMechanism) -> str:
    """Return ``overdue`` or ``soon`` where the renewal has to be thought of; nothing otherwise."""
    if mechanism.valid_until is None:
        return ""
    left = mechanism.valid_until - timezone.localdate()
    return "overdue" if left.days < 0 else "soon" if left <= NOTICE else ""


def _shown(found: tuple[Wording, ...]) -> Iterator[dict[str, Any]]:
    """Yield each wording with its number, and with what came and went since the one before."""
    before = [None, *found]
    for number, (old, new) in enumerate(pairwise(before), start=1):
        assert new is not None  # noqa: S101 only the first one before is none
        yield {"number": number, "wording": new, "words": compare_words(old.text, new.text) if old else ()}


def urls(wrap: Callable[..., Any]) -> list[Any]:
    """Return the address of the page; ``wrap`` is the site's own guard of its views."""
    return [path("consent-mechanisms/<int:pk>/", wrap(consent_page), name="consent_mechanism")]


admin.site.extra_urls.append(urls)  # type: ignore[attr-defined]  # our own site, see ropa.admin
