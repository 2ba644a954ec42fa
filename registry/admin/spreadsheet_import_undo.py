"""Undoing an import in the admin: what would happen, what was touched later and is to decide, and doing it."""

from collections import Counter
from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import URLPattern, path, reverse
from django.utils.decorators import method_decorator
from django.utils.text import capfirst
from django.utils.translation import gettext as _t
from django.views.decorators.http import require_http_methods

from registry.imports.undo import CannotUndo, Fate, Undone, UndoPlan, plan_undo, undo
from registry.models.spreadsheet_import import Import, ImportState
from registry.versioning.middleware import REASON_FIELD

MOST = 200
"""How many objects of a kind are named one by one."""
FATE, OTHERS, SEEN = "fate-", "others", "seen"
"""Inputs: what becomes of one object, what of those that aren't named, and the last change set when it was shown."""
UNDO = "undo"


class UndoImport:
    """Mixin for the imports' admin: the page that undoes one of them."""

    def get_urls(self) -> list[URLPattern]:
        """Return the addresses, and that of undoing an import."""
        view = self.admin_site.admin_view(self.undo_view)  # type: ignore[attr-defined]
        return [path("<int:pk>/undo/", view, name="registry_import_undo"), *super().get_urls()]  # type: ignore[misc]

    def may_undo(self, request: HttpRequest, upload: Import) -> bool:
        """Return whether the person may undo this import: it was applied, and she may delete what it created."""
        may_delete = request.user.has_perm("registry.delete_processingactivity")
        return bool(upload.state == ImportState.APPLIED and upload.change_set_id and may_delete) and bool(
            self.has_add_permission(request)  # type: ignore[attr-defined]
        )

    @method_decorator(require_http_methods(["GET", "HEAD", "POST"]))
    def undo_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show what undoing the import would do; undo it where the person has said why, and lead to its page."""
        if not self.has_add_permission(request) or not request.user.has_perm("registry.delete_processingactivity"):  # type: ignore[attr-defined]
            raise PermissionDenied
        upload = Import.objects.select_related("organisation").filter(pk=pk, change_set__isnull=False).first()
        if upload is None:
            raise Http404(_t("There is no such import, or it was never applied."))
        address = reverse("admin:registry_import_change", args=[pk], current_app=self.admin_site.name)  # type: ignore[attr-defined]
        if not self.may_undo(request, upload):
            messages.warning(request, _t("This import was undone already."))
            return HttpResponseRedirect(address)
        refusal = ""
        if request.method == "POST":
            try:
                messages.success(request, self._undo(request, upload))
            except CannotUndo as error:
                refusal = str(error)
            else:
                return HttpResponseRedirect(address)
        return self._undo_page(request, upload, refusal)

    undo_view.opens_own_change_set = True  # type: ignore[attr-defined]  # it refers to what it undoes

    def _undo(self, request: HttpRequest, upload: Import) -> str:
        said = request.POST
        also = [name.removeprefix(FATE) for name in said if name.startswith(FATE) and said[name] == UNDO]
        also += _unnamed(plan_undo(upload.change_set_id)) if said.get(OTHERS) == UNDO else []
        seen = said.get(SEEN, "")
        with transaction.atomic():
            locked = Import.objects.select_for_update().get(pk=upload.pk)
            if locked.state != ImportState.APPLIED:
                raise CannotUndo(_t("This import was undone already."))
            opened, plan = undo(
                upload.change_set_id,
                actor=request.user,
                reason=said.get(REASON_FIELD, ""),
                also=also,
                seen=int(seen) if seen.isdecimal() else None,
                details={"file": upload.file_name, "sha256": upload.sha256},
            )
            left = len(plan.by_fate.get(Fate.LEAVE, ()))
            locked.state, locked.undone_by_id = ImportState.UNDONE, opened.sequence
            locked.counts = {**locked.counts, "left": left}
            locked.save()
        done = {
            "removed": len(plan.by_fate.get(Fate.REMOVE, ())),
            "back": len(plan.by_fate.get(Fate.PUT_BACK, ())),
            "left": left,
        }
        return _t("Undone: %(removed)d removed, %(back)d put back, %(left)d left as they are.") % done

    def _undo_page(self, request: HttpRequest, upload: Import, refusal: str) -> HttpResponse:
        plan = plan_undo(upload.change_set_id)
        touched = plan.touched
        context = {
            "upload": upload,
            "original": upload,
            "plan": plan,
            "removed": _by_kind(plan.by_fate.get(Fate.REMOVE, ())),
            "back": _by_kind(plan.by_fate.get(Fate.PUT_BACK, ())),
            "gone": _by_kind(plan.by_fate.get(Fate.GONE, ())),
            "touched": [self._told(request, one) for one in touched[:MOST]],
            "more_touched": max(0, len(touched) - MOST),
            "others": request.POST.get(OTHERS, ""),
            "kept": [self._told(request, one) for one in plan.kept[:MOST]],
            "more_kept": max(0, len(plan.kept) - MOST),
            "refusal": refusal,
            "reason": request.POST.get(REASON_FIELD, ""),
        }
        title = _t("Undo the import of “%(file)s”") % {"file": upload.file_name}
        return self._page(request, "undo", title, context)  # type: ignore[attr-defined,no-any-return]

    def _told(self, request: HttpRequest, one: Undone) -> dict[str, Any]:
        name = f"admin:registry_{one.model._meta.model_name}_history"
        return {
            "key": one.key,
            "kind": capfirst(str(one.model._meta.verbose_name)),
            "name": one.name,
            "created": one.created,
            "later": one.later,
            "why": one.why,
            "undo": request.POST.get(FATE + one.key) == UNDO,
            "history": reverse(name, args=[one.pk], current_app=self.admin_site.name),  # type: ignore[attr-defined]
        }


def _unnamed(plan: UndoPlan) -> list[str]:
    return [one.key for one in plan.touched[MOST:]]


def _by_kind(some: Iterable[Undone]) -> list[tuple[str, int]]:
    """Return (what they are called, how many) of each kind of object."""
    counted = Counter(one.model for one in some)
    return [
        (str(model._meta.verbose_name if count == 1 else model._meta.verbose_name_plural), count)
        for model, count in counted.items()
    ]
