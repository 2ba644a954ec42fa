"""Undoing an import in the admin: what would happen, what was touched later and is to decide, and doing it."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import URLPattern, path, reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _t
from django.views.decorators.http import require_http_methods

from registry.admin.undoing import decided, in_words, shown
from registry.imports.undo import CannotUndo, Fate, undo
from registry.models.spreadsheet_import import Import, ImportState


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
        number: int = upload.change_set_id
        wanted = decided(request.POST, number)
        with transaction.atomic():
            locked = Import.objects.select_for_update().get(pk=upload.pk)
            if locked.state != ImportState.APPLIED:
                raise CannotUndo(_t("This import was undone already."))
            details = {"file": upload.file_name, "sha256": upload.sha256}
            opened, plan = undo(number, actor=request.user, details=details, **wanted)
            locked.state, locked.undone_by_id = ImportState.UNDONE, opened.sequence
            locked.counts = {**locked.counts, "left": len(plan.by_fate.get(Fate.LEAVE, ()))}
            locked.save()
        return in_words(plan)

    def _undo_page(self, request: HttpRequest, upload: Import, refusal: str) -> HttpResponse:
        leave = reverse("admin:registry_import_change", args=[upload.pk], current_app=self.admin_site.name)  # type: ignore[attr-defined]
        context = {
            **shown(request, upload.change_set_id, refusal),
            "upload": upload,
            "original": upload,
            "leave": leave,
        }
        title = _t("Undo the import of “%(file)s”") % {"file": upload.file_name}
        return self._page(request, "undo", title, context)  # type: ignore[attr-defined,no-any-return]
