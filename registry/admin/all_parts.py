"""The page of all that a picture draws the largest of: every name with its number and its list."""

from collections.abc import Callable
from typing import Any

from django.contrib import admin
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import path
from django.utils.translation import gettext as _t
from django.views.decorators.http import require_safe

from registry.admin.counted_names import names_of
from registry.admin.list_links import counted_url
from registry.admin.pictures import BARS, LEGS
from registry.admin.reports import viewed_activities
from registry.models import Tally
from registry.standing.refresh import refresh

PER_PAGE = 100
TITLES = {**{dimension: title for dimension, (title, _empty) in BARS.items() if dimension != "status"}, **LEGS}


@require_safe
def all_parts(request: HttpRequest, dimension: str) -> HttpResponse:
    """Return the table of everything in a dimension, the largest first; not found for one that isn't drawn."""
    viewed_activities(request)
    if dimension not in TITLES:
        raise Http404(_t("There is no picture called “%(name)s”.") % {"name": dimension})
    unchecked = refresh()
    rows = Tally.objects.filter(dimension=dimension).order_by("-number", "key").values_list("key", "number")
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    found = list(page.object_list)
    names = names_of({dimension: [key for key, _number in found]})
    context = {
        **admin.site.each_context(request),
        "title": TITLES[dimension],
        "unchecked": unchecked,
        "page": page,
        "rows": [(names[dimension, key], number, counted_url(dimension, key)) for key, number in found],
    }
    return TemplateResponse(request, "admin/all_parts.html", context)


def urls(wrap: Callable[..., Any]) -> list[Any]:
    """Return the address of the page; ``wrap`` is the site's own guard of its views."""
    return [path("pictures/<str:dimension>/", wrap(all_parts), name="all_parts")]


admin.site.extra_urls.append(urls)  # type: ignore[attr-defined]  # our own site, see ropa.admin
