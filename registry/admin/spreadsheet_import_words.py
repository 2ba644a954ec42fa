"""The words of an import that no catalogue entry stands behind: for each, whether it is one, becomes one, or stays."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import URLPattern, path, reverse
from django.utils.decorators import method_decorator
from django.utils.http import urlencode
from django.utils.translation import gettext as _t
from django.views.decorators.http import require_http_methods

from registry.admin.term_choices import Catalogues, catalogue_name
from registry.imports.long import is_at_work
from registry.imports.terms import key_of
from registry.models.spreadsheet_import import Import

PER_PAGE = 50


class WordsOfImport:
    """Mixin for the imports' admin: the page on which words are matched before an import is applied."""

    def get_urls(self) -> list[URLPattern]:
        """Return the addresses, and that of the words."""
        view = self.admin_site.admin_view(self.words_view)  # type: ignore[attr-defined]
        return [path("<int:pk>/words/", view, name="registry_import_words"), *super().get_urls()]  # type: ignore[misc]

    @method_decorator(require_http_methods(["GET", "HEAD", "POST"]))
    def words_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show a page of words; keep what the person decides about them, and plan the import again."""
        upload = self.free(request, pk)  # type: ignore[attr-defined]
        if isinstance(upload, HttpResponse):
            return upload
        catalogues = Catalogues()
        refusals: list[str] = []
        if request.method == "POST":
            refusals = self._decide(request, upload, catalogues)
            if not refusals:
                messages.success(request, _t("Decided. The plan is made anew with it."))
                if is_at_work(upload):
                    return HttpResponseRedirect(self._page_of(pk))  # type: ignore[attr-defined]
                return HttpResponseRedirect(f"{request.path}?{request.GET.urlencode()}")
        return self._words_page(request, upload, catalogues, refusals)

    words_view.opens_own_change_set = True  # type: ignore[attr-defined]  # it writes nothing of the register

    def _decide(self, request: HttpRequest, upload: Import, catalogues: Catalogues) -> list[str]:
        decided, refusals = catalogues.decisions(request.POST)
        terms = {model: dict(some) for model, some in upload.choices.get("terms", {}).items()}
        for (model, words), decision in decided.items():
            if decision is None:
                terms.get(model, {}).pop(words, None)
            else:
                terms.setdefault(model, {})[words] = decision
        if not refusals:
            upload.choices["terms"] = terms
            self.make_plan_anew(request, upload, forget=True)  # type: ignore[attr-defined]
        return refusals

    def _words_page(
        self, request: HttpRequest, upload: Import, catalogues: Catalogues, refusals: list[str]
    ) -> HttpResponse:
        asked = {name: request.GET.get(name, "").strip() for name in ("list", "q", "alike")}
        terms = upload.terms.order_by("place")
        lists = sorted(set(upload.terms.order_by().values_list("model", flat=True).distinct()))
        if asked["list"] in lists:
            terms = terms.filter(model=asked["list"])
        if asked["q"]:
            terms = terms.filter(words__icontains=asked["q"])
        if asked["alike"]:
            terms = terms.filter(has_double=True)
        page = Paginator(terms, PER_PAGE).get_page(request.GET.get("page"))
        decided: dict[str, Any] = upload.choices.get("terms", {})
        lines = [
            {
                **catalogues.line(number, term.model, term.words, decided.get(term.model, {}).get(key_of(term.words))),
                "count": term.count,
            }
            for number, term in enumerate(page.object_list)
        ]
        context = {
            "upload": upload,
            "original": upload,
            "lines": lines,
            "offered": catalogues.offered(line["model"] for line in lines),
            "lists": [(model, catalogue_name(model)) for model in lists],
            "asked": asked,
            "query": urlencode({name: value for name, value in asked.items() if value}),
            "page_obj": page,
            "refusals": refusals,
            "others_become_entries": upload.choices.get("new_terms") == "create",
            "back": reverse("admin:registry_import_change", args=[upload.pk], current_app=self.admin_site.name),  # type: ignore[attr-defined]
        }
        title = _t("Words that are no entry of a catalogue")
        return self._page(request, "words", title, context)  # type: ignore[attr-defined,no-any-return]
