"""Undoing an import of catalogue entries: from the page of its change set, as one of activities is from its own."""

import json
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _t
from django.views.decorators.http import require_http_methods

from registry.admin.undoing import decided, in_words, shown
from registry.imports.undo import CannotUndo, undo
from registry.models import ChangeSet, Import
from registry.record.classes import ROOTS
from registry.versioning.change_set import Channel


class UndoChangeSet:
    """Mixin for the admin of change sets: the page that undoes one that imported a file."""

    def get_urls(self) -> list[URLPattern]:
        """Return the addresses, and that of undoing."""
        view = self.admin_site.admin_view(self.undo_view)  # type: ignore[attr-defined]
        return [path("<int:pk>/undo/", view, name="registry_changeset_undo"), *super().get_urls()]  # type: ignore[misc]

    def undoing(self, request: HttpRequest, change_set: ChangeSet | None) -> dict[str, Any]:
        """Return what a change set's page says of undoing it: the address, or the change set that has undone it."""
        if change_set is None or change_set.channel != Channel.IMPORT:
            return {}
        if (undone_by := undone_by_of(change_set)) is not None:
            return {"undone_by": undone_by}
        if not may_undo(request, change_set):
            return {}
        upload = Import.objects.filter(change_set=change_set).values_list("pk", flat=True).first()
        name, pk = ("import", upload) if upload else ("changeset", change_set.pk)
        return {"undo": reverse(f"admin:registry_{name}_undo", args=[pk], current_app=admin.site.name)}

    @method_decorator(require_http_methods(["GET", "HEAD", "POST"]))
    def undo_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show what undoing would do; undo where the person has said why, and lead to the change set that did it."""
        if not self.has_view_permission(request):  # type: ignore[attr-defined]
            raise PermissionDenied
        found = ChangeSet.objects.filter(pk=pk).first()
        if found is None:
            raise Http404(_t("There is no change set #%(number)s.") % {"number": pk})
        if found.channel != Channel.IMPORT or not may_undo(request, found):
            raise PermissionDenied
        upload = Import.objects.filter(change_set=found).values_list("pk", flat=True).first()
        if upload:
            return HttpResponseRedirect(self._address("import", "undo", upload))
        if undone_by_of(found) is not None:
            messages.warning(request, _t("This import was undone already."))
            return HttpResponseRedirect(self._address("changeset", "change", pk))
        refusal = ""
        if request.method == "POST":
            told = json.loads(found.details or "{}")
            kept = {key: told[key] for key in ("file", "sha256") if key in told}
            try:
                opened, plan = undo(pk, actor=request.user, details=kept, **decided(request.POST, pk))
            except CannotUndo as error:
                refusal = str(error)
            else:
                messages.success(request, in_words(plan))
                return HttpResponseRedirect(self._address("changeset", "change", opened.sequence))
        return self._undo_page(request, found, refusal)

    undo_view.opens_own_change_set = True  # type: ignore[attr-defined]  # it refers to what it undoes

    def _undo_page(self, request: HttpRequest, found: ChangeSet, refusal: str) -> HttpResponse:
        request.current_app = self.admin_site.name  # type: ignore[attr-defined]
        name = json.loads(found.details or "{}").get("file", str(found))
        context = {
            **self.admin_site.each_context(request),  # type: ignore[attr-defined]
            **shown(request, found.pk, refusal),
            "title": _t("Undo the import of “%(file)s”") % {"file": name},
            "opts": self.opts,  # type: ignore[attr-defined]
            "leave": self._address("changeset", "change", found.pk),
            "list": (_t("Change sets"), self._address("changeset", "changelist")),
        }
        return TemplateResponse(request, "admin/registry/import/undo.html", context)

    def _address(self, model: str, view: str, *arguments: Any) -> str:
        return reverse(f"admin:registry_{model}_{view}", args=arguments, current_app=self.admin_site.name)  # type: ignore[attr-defined]


def may_undo(request: HttpRequest, change_set: ChangeSet) -> bool:
    """Return whether the person may change, and delete, every kind of object that a change set touched."""
    touched = [model for model in ROOTS if model.history.filter(change_set=change_set).exists()]
    return bool(touched) and all(
        request.user.has_perm(f"registry.{action}_{model._meta.model_name}")
        for model in touched
        for action in ("change", "delete")
    )


def undone_by_of(change_set: ChangeSet) -> ChangeSet | None:
    """Return the change set that has undone another one, or None."""
    later = ChangeSet.objects.filter(sequence__gt=change_set.pk, details__contains=f'"undoes":{change_set.pk}')
    return next((one for one in later.order_by("pk") if json.loads(one.details)["undoes"] == change_set.pk), None)
