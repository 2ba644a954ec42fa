"""Import and export of entries in the admin: import-export's screens with its open doors closed."""

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.admin.views.main import ERROR_FLAG
from django.contrib.auth import get_permission_codename
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from import_export.admin import ImportExportMixin
from import_export.forms import SelectableFieldsExportForm

from registry.admin.declared import declared
from registry.admin.list_address import understood
from registry.admin.required import tell_what_was_required
from registry.admin.uploads import UploadGone, UserBoundStorage
from registry.imports.entries import EntryImportResult, import_entries, resource_for
from registry.imports.entry_table import identity_of
from registry.imports.foreign_entries import entries_sheet
from registry.imports.formats import FORMATS
from registry.imports.problems import Problem, grouped
from registry.imports.reading import Unreadable, read_file
from registry.imports.uploaded import limits
from registry.reports.taking import log
from registry.versioning.change_set import changes
from registry.versioning.export_log import Door, ExportFacts

SHOWN_ROWS = 200
"""How many rows a preview shows; the counts are of all of them."""

SHOWN_PROBLEMS = 200


class UploadForm(forms.Form):
    """The file to import; what kind it is shows in its bytes."""

    import_file = forms.FileField(
        label=_("File"),
        help_text=_(
            "CSV, XLSX, XLS or ODS, with one entry a row. Nothing is written before you have seen what would change."
        ),
        widget=forms.FileInput(attrs={"accept": ".csv,.txt,.xlsx,.xls,.ods"}),
    )

    def clean_import_file(self) -> Any:
        """Refuse a file that is too large before it is read into memory."""
        upload = self.cleaned_data["import_file"]
        most = limits().max_bytes
        if upload.size > most:
            said = _t("The file has %(size)s bytes; at most %(limit)s are read. Split it into several files.")
            raise forms.ValidationError(said % {"size": upload.size, "limit": most})
        return upload


class ExportForm(SelectableFieldsExportForm):
    """Format and columns; the columns bear the labels of their facts."""

    def _get_field_label(self, resource: Any, field_name: str) -> str:
        return resource.fields[field_name].column_name


class EntryImportExport(ImportExportMixin):
    """Mixin for the admins of catalogues, organisations and units.

    Exporting needs the permission to view; importing those to add, to change and to import. A file is previewed first,
    kept for its uploader alone, and written in one change set or not at all.
    """

    export_form_class = ExportForm
    tmp_storage_class = UserBoundStorage
    formats = FORMATS

    def get_resource_classes(self, request: HttpRequest) -> list[type[Any]]:
        """Return the resource made of the declared facts."""
        return [resource_for(self.model)]

    def has_export_permission(self, request: HttpRequest) -> bool:
        """Return whether the person may see what would be exported."""
        return bool(self.has_view_permission(request))

    def has_import_permission(self, request: HttpRequest) -> bool:
        """Return whether the person may add and change entries, and import them."""
        code = get_permission_codename("import", self.opts)
        may_import = request.user.has_perm(f"{self.opts.app_label}.{code}")
        return bool(may_import and self.has_add_permission(request) and self.has_change_permission(request))

    def get_valid_export_item_pks(self, request: HttpRequest) -> Sequence[Any]:
        """Return nothing: rows are chosen by the list's filters, never by keys in the form."""
        return ()

    def import_action(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Take a file and show what importing it would do; writes nothing."""
        if not self.has_import_permission(request):
            raise PermissionDenied
        form = UploadForm(request.POST or None, request.FILES or None)
        context: dict[str, Any] = {"form": form}
        if request.method == "POST" and form.is_valid():
            upload = form.cleaned_data["import_file"]
            context |= self._preview(request, form, upload.name, upload.read())
        return self._import_page(request, context)

    import_action.opens_own_change_set = True  # type: ignore[attr-defined]

    def process_import(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Carry out what was previewed, in one change set; refuses another account's upload."""
        if not self.has_import_permission(request):
            raise PermissionDenied
        if request.method != "POST":
            return HttpResponseRedirect(self._address("import"))
        storage = self._storage(request, name=request.POST.get("upload", ""))
        try:
            data = storage.read()
            storage.remove()
        except UploadGone:
            said = _t(
                "This upload can't be confirmed: it was used already, is older than an hour, or isn't yours. "
                "Upload the file again."
            )
            messages.error(request, said)
            return HttpResponseRedirect(self._address("import"))
        result = self._import(request, storage.file_name, data, apply=True)
        if result.has_errors:
            context = {"form": UploadForm(), **self._told(result, storage.file_name)}
            return self._import_page(request, context)
        counts = {"new": result.created, "changed": result.changed, "same": result.unchanged}
        said = _t("Imported: %(new)d new, %(changed)d changed, %(same)d unchanged.") % counts
        if result.sequence is not None:
            address = reverse("admin:registry_changeset_change", args=[result.sequence])
            said = format_html('{} <a href="{}">{}</a>', said, address, _t("See what it changed, or undo it"))
        messages.success(request, said)
        if result.sequence is not None:
            tell_what_was_required(request, result.sequence)
        return HttpResponseRedirect(self._address("changelist"))

    process_import.opens_own_change_set = True  # type: ignore[attr-defined]

    def export_action(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Return the export page or the file; leads back to the list where the address limits it in no known way."""
        try:
            response: HttpResponse = super().export_action(request, *args, **kwargs)
        except IncorrectLookupParameters:
            return HttpResponseRedirect(f"{self._address('changelist')}?{ERROR_FLAG}=1")
        return response

    def get_export_queryset(self, request: HttpRequest) -> QuerySet:
        """Return what the list shows, once the database has said that it can look for what the address asks."""
        with understood(request):
            found: QuerySet = super().get_export_queryset(request)
            if request.GET:
                found.exists()
        return found

    def init_request_context_data(self, request: HttpRequest, form: forms.Form) -> dict[str, Any]:
        """Return the context of the export page."""
        context: dict[str, Any] = super().init_request_context_data(request, form)
        columns = [field for field in form.visible_fields() if getattr(field.field, "is_selectable_field", False)]
        subtitle = str(self.opts.verbose_name_plural)
        return {**context, "columns": columns, "subtitle": subtitle[:1].upper() + subtitle[1:]}

    def _do_file_export(self, file_format: Any, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Return the file, logged in the change set of the request."""
        response: HttpResponse = super()._do_file_export(file_format, request, *args, **kwargs)
        number, head = changes().values_list("sequence", "digest").first() or (0, "")
        filters = [f"{name}: {', '.join(values)}" for name, values in request.GET.lists() if any(values)]
        facts = ExportFacts(
            report=str(self.opts.model_name),
            format=file_format.get_extension(),
            door=Door.LIST,
            file_name=self.get_export_filename(request, None, file_format),
            size=len(response.content),
            sha256=hashlib.sha256(response.content).hexdigest(),
            as_at=datetime.now(UTC).isoformat(),
            change_set=number,
            head=head,
            parameters={"filters": filters},
        )
        log(facts, by=request.user, door=Door.LIST)
        return response

    def _preview(self, request: HttpRequest, form: UploadForm, file_name: str, data: bytes) -> dict[str, Any]:
        result = self._import(request, file_name, data, apply=False)
        told = self._told(result, file_name)
        if not result.has_errors and (result.created or result.changed):
            storage = self._storage(request)
            storage.save(data, file_name)
            told["upload"] = storage.name
        return told

    def _import(self, request: HttpRequest, file_name: str, data: bytes, *, apply: bool) -> EntryImportResult:
        try:
            workbook = read_file(file_name, data, limits=limits())
        except Unreadable as error:
            problem = Problem(
                "error", error.message, error.sheet, error.row, error.column, accepted=error.remedy.bare()
            )
            return EntryImportResult(0, 0, 0, (problem,))
        sheet, remarks = entries_sheet(workbook, self.model)
        if isinstance(sheet, Problem):
            return EntryImportResult(0, 0, 0, (sheet,))
        digest = hashlib.sha256(data).hexdigest()
        result = import_entries(
            self.model, sheet.rows, file_name=file_name, sha256=digest, actor=request.user, apply=apply
        )
        return replace(result, problems=(*result.problems, *remarks))

    def _told(self, result: EntryImportResult, file_name: str) -> dict[str, Any]:
        groups = grouped(result.problems)
        return {
            "result": result,
            "file_name": file_name,
            "problems": groups[:SHOWN_PROBLEMS],
            "further_problems": max(0, len(groups) - SHOWN_PROBLEMS),
            "outcomes": result.outcomes[:SHOWN_ROWS],
            "further_outcomes": max(0, len(result.outcomes) - SHOWN_ROWS),
        }

    def _import_page(self, request: HttpRequest, context: dict[str, Any]) -> HttpResponse:
        request.current_app = self.admin_site.name
        plural = str(self.opts.verbose_name_plural)
        columns = [
            (fact, fact.required or fact.key in identity_of(self.model)) for fact in declared(self.model).values()
        ]
        shared = {
            **self.admin_site.each_context(request),
            "title": _t("Import %(entries)s") % {"entries": plural},
            "opts": self.opts,
            "columns": columns,
            **context,
        }
        return TemplateResponse(request, self.import_template_name, shared)

    def _storage(self, request: HttpRequest, name: str | None = None) -> UserBoundStorage:
        return UserBoundStorage(user_pk=request.user.pk, model_name=self.opts.model_name, name=name)

    def _address(self, view: str) -> str:
        return reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_{view}", current_app=self.admin_site.name)
