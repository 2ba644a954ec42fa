"""Importing a spreadsheet of activities in the admin: upload, preview, apply, result."""

from datetime import datetime
from io import BytesIO
from pathlib import PurePath
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.db.models.fields.json import KT
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.decorators import method_decorator
from django.utils.html import format_html
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django.views.decorators.http import require_GET, require_POST, require_safe

from registry import models
from registry.admin.approved_by_import import approved_unseen
from registry.admin.list_address import AnsweredList
from registry.admin.spreadsheet_import_form import DELIMITERS, ChoicesForm, UploadForm
from registry.admin.spreadsheet_import_mapping import MappingOfImport
from registry.admin.spreadsheet_import_review import rows_shown
from registry.admin.spreadsheet_import_undo import UndoImport
from registry.admin.spreadsheet_import_words import WordsOfImport
from registry.admin.spreadsheet_import_work import WorkOfImport
from registry.admin.words_to_match import WordsToMatch
from registry.imports.apply import StaleOrFaulty
from registry.imports.importing import Preview
from registry.imports.layouts.template import template_csv, template_workbook
from registry.imports.long import ask_to_apply, is_at_work, takes_long_to_apply, takes_long_to_plan
from registry.imports.marked import marked_workbook
from registry.imports.plan import ADD, MATCH, SKIP, TAKE
from registry.imports.reading import ENCODINGS
from registry.imports.review import told_preview
from registry.imports.uploaded import (
    DECIDED,
    carry_out,
    demand_current,
    finish,
    has_plan,
    keep,
    limits,
    obstacle,
    plan_of,
    seen,
)
from registry.models.spreadsheet_import import Import, ImportState
from registry.record.classes import ROOTS
from registry.record.messages import say
from registry.record.numbers import say_number
from registry.versioning.account import name_of
from registry.versioning.change_set import last_number
from registry.versioning.middleware import REASON_FIELD

ROW = "row-"
"""Inputs: what becomes of one row."""
SHAPES = {
    ImportState.PLANNED: "◐",
    ImportState.APPLIED: "●",
    ImportState.UNDONE: "↶",
    ImportState.DISCARDED: "□",
}
TYPES = {"csv": "text/csv; charset=utf-8", "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}
EVIDENCE = (ImportState.APPLIED, ImportState.UNDONE)
"""States of an import that is part of the history: everyone who may look sees it."""
_WHERE = ("sheet", "header_row", "encoding", "delimiter")
"""Choices that make another table of the file: what was decided of its rows and columns doesn't count then."""
_WRITES = ("registry.add_import", "registry.add_processingactivity", "registry.change_processingactivity")


class StateFilter(admin.ChoicesFieldListFilter):
    """The states of an import, under the heading that their column has."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.title = _t("State")


@admin.register(Import)
class ImportAdmin(UndoImport, WordsOfImport, MappingOfImport, WorkOfImport, WordsToMatch, AnsweredList):
    """Imports: those to review belong to whoever uploaded them, applied ones are evidence for everyone who may look."""

    list_display = (
        "shown_file",
        "shown_organisation",
        "state_in_words",
        "shown_person",
        "shown_moment",
        "new",
        "changed",
    )
    list_display_links = ("shown_file",)
    list_filter = (("state", StateFilter),)
    list_select_related = ("organisation", "job")
    list_per_page = 50
    search_fields = ("file_name", "sha256")
    actions = None

    # Who may do what

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Return whether the person may import: that adds and changes activities."""
        return bool(request.user.has_perms(_WRITES))

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Return that nothing about an import is edited by hand."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Return that imports are discarded, not deleted."""
        return False

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        """Return the applied imports and the person's own, without their files; all of them for a superuser."""
        counts = {"new_count": KT("counts__created"), "changed_count": KT("counts__changed")}
        found = super().get_queryset(request).defer("data", "counts").annotate(**counts)
        if request.user.is_superuser:
            return found
        return found.filter(Q(state__in=EVIDENCE) | Q(uploaded_by=request.user.pk))

    # The list

    @admin.display(description=_("File"), ordering="file_name")
    def shown_file(self, upload: Import) -> str:
        """The name of the file."""
        return upload.file_name

    @admin.display(description=_("Organisation"), ordering="organisation__name")
    def shown_organisation(self, upload: Import) -> str:
        """Whose register it belongs to."""
        return upload.organisation.name

    @admin.display(description=_("By"), ordering="uploaded_by_name")
    def shown_person(self, upload: Import) -> str:
        """Who uploaded it, by the name that outlives the account."""
        return upload.uploaded_by_name

    @admin.display(description=_("Uploaded"), ordering="uploaded_at")
    def shown_moment(self, upload: Import) -> datetime:
        """When it was uploaded."""
        return upload.uploaded_at

    @admin.display(description=_("State"), ordering="state")
    def state_in_words(self, upload: Import) -> SafeString:
        """The state, by a shape and a word."""
        state = ImportState(upload.state)
        said = _t("being worked on") if is_at_work(upload) else state.label
        return format_html('<span class="state"><span aria-hidden="true">{}</span> {}</span>', SHAPES[state], said)

    @admin.display(description=pgettext_lazy("rows of a file", "New"))
    def new(self, upload: Any) -> str:
        """How many activities are new."""
        return upload.new_count or "–"

    @admin.display(description=pgettext_lazy("rows of a file", "Changed"))
    def changed(self, upload: Any) -> str:
        """How many activities are changed."""
        return upload.changed_count or "–"

    # Addresses

    def get_urls(self) -> list[URLPattern]:
        """Return our addresses before Django's own."""
        ours = {
            "template/<slug:name>.<slug:ending>": ("template", self.template_view),
            "<int:pk>/apply/": ("apply", self.apply_view),
            "<int:pk>/discard/": ("discard", self.discard_view),
            "<int:pk>/read-differently/": ("choices", self.choices_view),
            "<int:pk>/rows/": ("rows", self.rows_view),
            "<int:pk>/marked.xlsx": ("marked", self.marked_view),
        }
        wrap = self.admin_site.admin_view
        return [
            *(path(route, wrap(view), name=f"registry_import_{name}") for route, (name, view) in ours.items()),
            *super().get_urls(),
        ]

    @method_decorator(require_GET)
    def template_view(self, request: HttpRequest, name: str, ending: str) -> HttpResponse:
        """Return the template for a kind of object, by its model's name, as XLSX or CSV."""
        if not self.has_view_or_change_permission(request):
            raise PermissionDenied
        model = {some._meta.model_name: some for some in ROOTS}.get(name)
        if model is None or ending not in TYPES:
            raise Http404(_t("There is no such template."))
        content = template_csv(model) if ending == "csv" else template_workbook(model)
        disposition = f'attachment; filename="{name}-template.{ending}"'
        return HttpResponse(content, content_type=TYPES[ending], headers={"Content-Disposition": disposition})

    # Upload

    def add_view(self, request: HttpRequest, form_url: str = "", extra_context: Any = None) -> HttpResponse:
        """Take a file, plan its import at once, and go to the preview; a file that can't be used is not kept."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        form = UploadForm(request.POST or None, request.FILES or None)
        context: dict[str, Any] = {"form": form, "limits": _limits_in_words()}
        if request.method == "POST" and form.is_valid():
            file = form.cleaned_data["file"]
            upload = Import(
                organisation=form.cleaned_data["organisation"],
                file_name=file.name,
                data=file.read(),
                choices=form.as_json(),
                uploaded_by=request.user,
                uploaded_by_name=name_of(request.user),
            )
            if takes_long_to_plan(upload):
                self.leave_to_worker(request, upload)
                return HttpResponseRedirect(self._address("change", upload.pk))
            found = plan_of(upload)
            if found.workbook is None:
                context["unreadable"] = found.problems[0]
            elif elsewhere := self._other_import(found):
                context["elsewhere"] = elsewhere
            else:
                keep(upload, found)
                return HttpResponseRedirect(self._address("change", upload.pk))
        return self._page(request, "upload", _t("Import a spreadsheet"), context)

    add_view.opens_own_change_set = True  # type: ignore[attr-defined]  # it writes nothing of the register

    def _other_import(self, found: Preview) -> dict[str, Any] | None:
        """Return where the table belongs, if it holds other things than activities."""
        if found.table is None or found.table.kind == models.ProcessingActivity.__name__:
            return None
        options = getattr(models, found.table.kind)._meta
        address = reverse(f"admin:registry_{options.model_name}_import", current_app=self.admin_site.name)
        return {"names": options.verbose_name_plural, "address": address}

    # Preview

    @method_decorator(require_safe)
    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        """Show the preview of an import to review, or what became of it."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        upload = self._visible(request, object_id)
        if upload.state != ImportState.PLANNED:
            may_undo = self.may_undo(request, upload)
            context = {"upload": upload, "original": upload, "may_undo": may_undo, **approved_unseen(request, upload)}
            return self._page(request, "result", upload.file_name, context)
        if not self.has_add_permission(request):
            raise PermissionDenied
        has_moved = has_plan(upload) and upload.counts["preview"]["change_set"] != last_number()
        if has_moved and not is_at_work(upload):
            self.make_plan_anew(request, upload)
        if is_at_work(upload) or not has_plan(upload):
            return self.work_page(request, upload)
        return self._review_page(request, upload)

    def _review_page(self, request: HttpRequest, upload: Import, form: ChoicesForm | None = None) -> HttpResponse:
        shown = upload.counts["preview"]
        context = {
            "upload": upload,
            "original": upload,
            "review": shown,
            **told_preview(shown),
            "text": _text_in_words(shown["understood"]),
            "form": form or self.choices_form(upload),
            "obstacle": obstacle(upload.counts),
            "seen": seen(upload),
            "failed": self.failed(upload),
            "takes_long": takes_long_to_apply(upload),
            "words": upload.terms.count(),
            "doubles": upload.terms.filter(has_double=True).count(),
            **rows_shown(upload, *(request.GET.get(name, "") for name in ("rows", "page", "q"))),
        }
        return self._page(request, "review", upload.file_name, context)

    # What is done about it

    @method_decorator(require_POST)
    def choices_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Plan the import again, with the sheet, header row and meaning of blanks that the person chooses."""
        upload = self.free(request, pk, planned=False)
        if isinstance(upload, HttpResponse):
            return upload
        form = self.choices_form(upload, request.POST)
        if not form.is_valid():
            return (
                self._review_page(request, upload, form) if has_plan(upload) else self.work_page(request, upload, form)
            )
        chosen = form.as_json()
        moved = any(chosen[key] != upload.choices.get(key, chosen[key]) for key in _WHERE)
        kept = {key: upload.choices[key] for key in ("rows", "terms", "mapping", "use_saved") if key in upload.choices}
        upload.choices = {**({} if moved else kept), **chosen}
        self.make_plan_anew(request, upload, forget=True)
        return HttpResponseRedirect(self._address("change", pk))

    choices_view.opens_own_change_set = True  # type: ignore[attr-defined]  # it writes nothing of the register

    @method_decorator(require_GET)
    def marked_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Return the person's own workbook with the problems marked in its cells."""
        upload = self.free(request, pk)
        if isinstance(upload, HttpResponse):
            return upload
        found = plan_of(upload)
        if found.workbook is None:
            raise Http404(_t("The file can’t be read."))
        content = marked_workbook(found.workbook, bytes(upload.data), found.problems, limits=limits())
        name = f"{PurePath(upload.file_name).stem}-problems.xlsx"
        return FileResponse(BytesIO(content), as_attachment=True, filename=name, content_type=TYPES["xlsx"])

    @method_decorator(require_POST)
    def rows_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Plan the import again with what the person says about single rows; those not named stay as decided."""
        upload = self.free(request, pk)
        if isinstance(upload, HttpResponse):
            return upload
        decided = dict(upload.choices.get("rows", {}))
        known = set(upload.rows.values_list("key", flat=True))
        for name, value in request.POST.items():
            key = name.removeprefix(ROW)
            if not name.startswith(ROW) or key not in known:
                continue
            if value in {SKIP, TAKE, ADD, MATCH}:
                decided[key] = value
            else:
                decided.pop(key, None)
        upload.choices["rows"] = decided
        self.make_plan_anew(request, upload, forget=True)
        back = request.POST.get("back", "")
        query = f"?{back}#rows" if url_has_allowed_host_and_scheme(f"?{back}", None) else "#rows"
        return HttpResponseRedirect(self._address("change", pk) + query)

    rows_view.opens_own_change_set = True  # type: ignore[attr-defined]  # it writes nothing of the register

    @method_decorator(require_POST)
    def discard_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Give the import up: the file goes, its name and hash stay."""
        upload = self.free(request, pk, planned=False, lock=True)
        if isinstance(upload, HttpResponse):
            return upload
        finish(upload, ImportState.DISCARDED)
        messages.success(request, _t("The import of “%(file)s” is discarded. Nothing was written.") % {"file": upload})
        return HttpResponseRedirect(self._address("changelist"))

    @method_decorator(require_POST)
    def apply_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Carry the import out, in one change set or not at all, if it still does what the person was shown.

        One that takes long is left to a worker: the import's page then shows how far it is.
        """
        upload = self.free(request, pk)
        if isinstance(upload, HttpResponse):
            return upload
        address = self._address("change", pk)
        asked = {"mark": request.POST.get("seen", ""), "reason": request.POST.get(REASON_FIELD, "").strip()}
        try:
            demand_current(upload, asked["mark"])
            if takes_long_to_apply(upload):
                ask_to_apply(upload, by=request.user, leads_to=address, **asked)
                return HttpResponseRedirect(address)
            upload = carry_out(upload, actor=request.user, **asked)
        except StaleOrFaulty as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, self._done(upload))
        return HttpResponseRedirect(address)

    apply_view.opens_own_change_set = True  # type: ignore[attr-defined]

    def _done(self, upload: Import) -> SafeString:
        said = _t("Imported: %(created)d new, %(changed)d changed, %(unchanged)d unchanged.") % upload.counts
        activities = reverse("admin:registry_processingactivity_changelist", current_app=self.admin_site.name)
        return format_html('{} <a href="{}">{}</a>', said, activities, _t("Go to the activities"))

    # Shared

    def _visible(self, request: HttpRequest, object_id: str | int) -> Import:
        upload = self.get_object(request, str(object_id))
        if upload is None:
            raise Http404(_t("There is no such import, or it isn’t yours."))
        return upload  # type: ignore[no-any-return]

    def _own(self, request: HttpRequest, pk: int, *, lock: bool = False, light: bool = False) -> Import:
        """Return an import that is this person's to decide on, perhaps locked until the end of the transaction.

        ``light`` asks for it without what was found in its file.
        """
        if not self.has_add_permission(request):
            raise PermissionDenied
        own = Import.objects.defer("data")  # it may be large, and is loaded where it is read
        own = own.defer("data", "counts", "choices") if light else own
        own = own.select_for_update() if lock else own.select_related("organisation", "job")
        if not request.user.is_superuser:
            own = own.filter(uploaded_by=request.user.pk)
        upload = own.filter(pk=pk).first()
        if upload is None:
            raise Http404(_t("There is no such import, or it isn’t yours."))
        return upload

    def _decided(self, request: HttpRequest, pk: int) -> HttpResponse:
        messages.warning(request, DECIDED)
        return HttpResponseRedirect(self._address("change", pk))

    def _page(self, request: HttpRequest, name: str, title: str, context: dict[str, Any]) -> HttpResponse:
        request.current_app = self.admin_site.name  # type: ignore[attr-defined]
        shared = {**self.admin_site.each_context(request), "title": title, "opts": self.opts, **context}
        return TemplateResponse(request, f"admin/registry/import/{name}.html", shared)

    def _address(self, view: str, *arguments: Any) -> str:
        return reverse(f"admin:registry_import_{view}", args=arguments, current_app=self.admin_site.name)


def _text_in_words(understood: dict[str, Any]) -> dict[str, Any]:
    """Return how a text file was read, in words."""
    return {
        "encoding": say(ENCODINGS.get(understood["encoding"], "")),
        "delimiter": DELIMITERS.get(understood["delimiter"], ""),
    }


def _limits_in_words() -> dict[str, Any]:
    at_most = limits()
    return {
        "bytes": at_most.max_bytes,
        "rows": say_number(at_most.max_rows),
        "columns": say_number(at_most.max_columns),
        "characters": say_number(at_most.max_cell_characters),
    }
