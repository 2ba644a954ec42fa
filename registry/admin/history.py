"""The history of one object: its timeline and its versions, read from their sealed content, never written."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.contrib.admin.utils import unquote
from django.contrib.admin.views.main import PAGE_VAR
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.db import models
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _t
from django.views.decorators.http import require_safe
from simple_history.admin import SimpleHistoryAdmin

from registry.admin import versions
from registry.admin.approving import approved_with
from registry.admin.compare_versions import CompareVersions, chooser
from registry.admin.required import entry_of, shown_all
from registry.admin.restore import RestoreVersion
from registry.admin.timeline import Moment, Stored, Timeline
from registry.comparison.records import differences
from registry.models import ChangeSet
from registry.record.classes import ROOTS
from registry.record.numbers import read_key
from registry.record.versions import freezer, load_version
from registry.standing.consequences import raised_by


class HistoryAdmin(RestoreVersion, CompareVersions, SimpleHistoryAdmin):
    """The timeline instead of simple-history's screens: whoever may see an object may read its history, no more.

    simple-history's own version view saves what a person with the view permission posts to it. Ours answer to GET and
    HEAD alone and build no form; what brings a version back is ``RestoreVersion``.
    """

    history_list_per_page = 20
    object_history_template = "admin/timeline.html"
    object_history_form_template = "admin/timeline_version.html"

    @method_decorator(require_safe)
    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Return the object's timeline: a page of change sets, the newest first."""
        self._check_may_read(request)
        key = self._key(object_id)
        timeline = Timeline(self.model, key, may_see=lambda model: self._may_see(request, model))
        if timeline.last is None:
            raise Http404(_t("Nothing is recorded about an object “%(key)s”.") % {"key": object_id})
        page = Paginator(timeline.numbers, self.history_list_per_page).get_page(request.GET.get(PAGE_VAR))
        required = self._required(key, page.object_list)
        context = {
            **self._history_context(request, key, timeline.last.label, not timeline.last.is_deletion),
            "title": _t("History"),
            "page_obj": page,
            "page_range": page.paginator.get_elided_page_range(page.number),
            "page_var": PAGE_VAR,
            "moments": [self._shown(request, moment, required) for moment in timeline.moments(page.object_list)],
            **chooser(
                (version.version, version.change_set, version.made_at)
                for version in reversed(timeline.versions)
                if not version.is_deletion
            ),
            "restorable": self._restorable(request, timeline),
            **(extra_context or {}),
        }
        return TemplateResponse(request, self.object_history_template, context)

    @method_decorator(require_safe)
    def history_form_view(
        self, request: HttpRequest, object_id: str, version_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Return one version as a page that only reads: the record as it was, with what it referred to as it was."""
        self._check_may_read(request)
        key = self._key(object_id)
        version = self._version(key, version_id)
        said = self._said(key, up_to=version.pk)
        before = self._said(key, up_to=version.pk - 1)
        record = load_version(self.model, said.pk)
        freeze = freezer(self.model)
        is_deletion = said.pk != version.pk
        changes = () if is_deletion or before is None else differences(freeze(before.content), freeze(said.content))
        exists = self.model._base_manager.filter(pk=key).exists()
        newest = self.model.history.model.objects.filter(id=key).order_by("-history_id").values_list("pk", flat=True)
        context = {
            **self._history_context(request, key, self._label(version), exists),
            "title": _t("Version of change set %(number)s") % {"number": version.change_set},
            "version": version,
            "number": version.change_set,
            "change_set_url": self._change_set_url(request, version.change_set),
            "deleted": is_deletion,
            "is_newest": newest[0] == version.pk,
            "said": said,
            "before": before,
            "blocks": versions.sections(record),
            "referred": self._referred(request, record),
            "changes": versions.show(changes),
            "may_restore": (not exists or newest[0] != version.pk) and self.may_restore(request, key),
            **(extra_context or {}),
        }
        return TemplateResponse(request, self.object_history_form_template, context)

    def _required(self, key: Any, numbers: Sequence[int]) -> dict[int, list[dict[str, Any]]]:
        """Return by change set what it required of this record or entry; other objects' changes require nothing."""
        entry = entry_of(self.model)
        if entry is None:
            return {}
        return {
            number: shown_all(one for one in found if (one.entry, one.record_key) == (entry, key))
            for number, found in raised_by(numbers).items()
        }

    def _shown(
        self, request: HttpRequest, moment: Moment, required: Mapping[int, list[dict[str, Any]]]
    ) -> dict[str, Any]:
        return {
            "required": required.get(moment.change_set.pk, []),
            "moment": moment,
            "approved_with": approved_with(moment.change_set.details) if moment.version else None,
            "change_set_url": self._change_set_url(request, moment.change_set),
            "changes": versions.show(moment.differences, brief=True),
            "referred": [
                {
                    "kind": versions.kind(_MODELS[change.entry.model]),
                    "name": change.entry.label,
                    "url": self._version_url(change.entry),
                    "deleted": change.entry.is_deletion,
                    "changes": versions.show(change.differences, brief=True),
                }
                for change in moment.referred
            ],
        }

    def _restorable(self, request: HttpRequest, timeline: Timeline) -> Stored | None:
        """Return the version that a deleted object would come back as, if this person may bring it back."""
        if timeline.last is None or not timeline.last.is_deletion or not self.has_add_permission(request):
            return None
        return timeline.restorable()

    def _referred(self, request: HttpRequest, record: Any) -> list[versions.Block]:
        return versions.referred_blocks(record, may_see=lambda model: self._may_see(request, model))

    def _history_context(self, request: HttpRequest, key: Any, label: str, exists: bool) -> dict[str, Any]:
        """Return what every page about an object's history needs."""
        request.current_app = self.admin_site.name  # type: ignore[attr-defined]
        return {
            **self.admin_site.each_context(request),
            "subtitle": label,
            "opts": self.model._meta,
            "object_id": key,
            "exists": exists,
        }

    def _check_may_read(self, request: HttpRequest) -> None:
        if not self.has_view_permission(request):
            raise PermissionDenied

    def _may_see(self, request: HttpRequest, model: type[models.Model]) -> bool:
        site = self.admin_site
        return bool(site.is_registered(model) and site.get_model_admin(model).has_view_permission(request))

    def _key(self, object_id: str) -> Any:
        try:
            return self.model._meta.pk.to_python(unquote(object_id))
        except ValidationError as error:
            raise Http404(_t("There is no object “%(key)s”.") % {"key": object_id}) from error

    def _version(self, key: Any, version_id: str) -> Any:
        """Return a version of the object; raises Http404 where it has none with this key."""
        found = None
        if read_key(version_id) is not None:
            stored = self.model.history.model.objects.select_related("change_set")
            found = stored.filter(id=key, history_id=version_id).first()
        if found is None:
            raise Http404(_t("There is no version “%(version)s”.") % {"version": version_id})
        return found

    def _said(self, key: Any, *, up_to: int) -> Any:
        """Return the newest version that isn't a deletion, among those up to a key."""
        stored = self.model.history.model.objects.select_related("change_set")
        return stored.filter(id=key, history_id__lte=up_to).exclude(history_type="-").order_by("-history_id").first()

    def _label(self, version: Any) -> str:
        return str(getattr(version, self.model.LABEL))

    def _version_url(self, version: Stored) -> str:
        name = f"{self.admin_site.name}:registry_{version.model.lower()}_simple_history"
        return reverse(name, args=(version.pk, version.version))

    def _change_set_url(self, request: HttpRequest, change_set: ChangeSet) -> str:
        """Return the address of a change set's page; empty where the person may not see it."""
        if not self._may_see(request, ChangeSet):
            return ""
        return reverse(f"{self.admin_site.name}:registry_changeset_change", args=(change_set.pk,))


_MODELS = {model.__name__: model for model in ROOTS}
