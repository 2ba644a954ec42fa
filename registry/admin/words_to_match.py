"""Words to match: what stands on records without an entry behind it, decided once for all that say the same."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import URLPattern, path
from django.utils.decorators import method_decorator
from django.utils.http import urlencode
from django.utils.translation import gettext as _t
from django.views.decorators.http import require_http_methods

from registry.admin.term_choices import Catalogues, catalogue_name
from registry.imports.matching import match, unmatched
from registry.imports.terms import spots
from registry.models import Organisation
from registry.record.numbers import read_key
from registry.versioning.middleware import REASON_FIELD

PER_PAGE = 50
_CHANGE = "registry.change_processingactivity"


class WordsToMatch:
    """Mixin for the imports' admin: the page on which words become entries, or stay words, over all records."""

    def get_urls(self) -> list[URLPattern]:
        """Return the addresses, and that of the words to match."""
        view = self.admin_site.admin_view(self.match_view)  # type: ignore[attr-defined]
        return [path("words-to-match/", view, name="registry_import_match"), *super().get_urls()]  # type: ignore[misc]

    @method_decorator(require_http_methods(["GET", "HEAD", "POST"]))
    def match_view(self, request: HttpRequest) -> HttpResponse:
        """Show the words, most frequent first; carry out what the person decides about those of a page."""
        if not request.user.has_perm("registry.view_processingactivity"):
            raise PermissionDenied
        asked = {name: request.GET.get(name, "").strip() for name in ("list", "organisation", "q", "settled")}
        owner = read_key(asked["organisation"])
        catalogues, refusals = Catalogues(), []
        if request.method == "POST":
            if not request.user.has_perm(_CHANGE):
                raise PermissionDenied
            refusals = self._match(request, catalogues, owner)
            if not refusals:
                return HttpResponseRedirect(f"{request.path}?{request.GET.urlencode()}")
        return self._match_page(request, catalogues, asked, owner, refusals)

    match_view.opens_own_change_set = True  # type: ignore[attr-defined]  # its reason is what was decided

    def _match(self, request: HttpRequest, catalogues: Catalogues, owner: int | None) -> list[str]:
        decided, refusals = catalogues.decisions(request.POST)
        decisions = {key: decision for key, decision in decided.items() if decision is not None}
        if refusals:
            return refusals
        reason = request.POST.get(REASON_FIELD, "")
        opened, changed = match(decisions, actor=request.user, reason=reason, organisation=owner)
        if opened.sequence:
            done = _t("Matched in %(count)d places, by change set #%(number)d.")
            messages.success(request, done % {"count": changed, "number": opened.sequence})
        elif decisions:
            messages.success(request, _t("Decided: they stay words, and are not asked about again."))
        else:
            messages.info(request, _t("Nothing was decided."))
        return []

    def _match_page(
        self,
        request: HttpRequest,
        catalogues: Catalogues,
        asked: dict[str, str],
        owner: int | None,
        refusals: list[str],
    ) -> HttpResponse:
        model = asked["list"] if asked["list"] in {spot.model for spot in spots()} else ""
        found = unmatched(model=model, organisation=owner, search=asked["q"], settled=bool(asked["settled"]))
        page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
        lines = [
            {**catalogues.line(number, one.model, one.words, None), "count": one.count}
            for number, one in enumerate(page.object_list)
        ]
        context: dict[str, Any] = {
            "lines": lines,
            "offered": catalogues.offered(line["model"] for line in lines),
            "lists": [(name, catalogue_name(name)) for name in dict.fromkeys(spot.model for spot in spots())],
            "organisations": Organisation.objects.filter(is_own=True).order_by("name").values_list("pk", "name"),
            "owner": owner,
            "asked": asked,
            "query": urlencode({name: value for name, value in asked.items() if value}),
            "page_obj": page,
            "refusals": refusals,
            "reason": request.POST.get(REASON_FIELD, ""),
            "may_match": request.user.has_perm(_CHANGE),
            "with_periods": True,
        }
        return self._page(request, "match", _t("Words to match"), context)  # type: ignore[attr-defined,no-any-return]
