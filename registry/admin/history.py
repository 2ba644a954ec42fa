"""The history of one object: its versions as a list and one by one, read from their sealed content, never written."""

from collections.abc import Sequence
from typing import Any

from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _t
from django.views.decorators.http import require_safe
from simple_history.admin import SimpleHistoryAdmin

from registry.admin import versions


class HistoryAdmin(SimpleHistoryAdmin):
    """simple-history's screens without its way of writing: whoever may see an object may read its history, no more.

    Its own version view saves what a person with the view permission posts to it. Ours answers to GET and HEAD alone
    and builds no form; nothing is ever reverted by it.
    """

    history_list_per_page = 20

    @method_decorator(require_safe)
    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Return the list of an object's versions, newest first."""
        self._check_may_read(request)
        self._key(object_id)
        response: HttpResponse = super().history_view(request, object_id, extra_context)
        return response

    @method_decorator(require_safe)
    def history_form_view(
        self, request: HttpRequest, object_id: str, version_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Return one version as a page that only reads."""
        self._check_may_read(request)
        history = self.model.history.model
        key = self._key(object_id)
        if not version_id.isdecimal():
            raise Http404(_t("There is no version “%(version)s”.") % {"version": version_id})
        version = get_object_or_404(history.objects.select_related("change_set"), id=key, history_id=version_id)
        before = history.objects.filter(id=key, history_id__lt=version.history_id).order_by("-history_id").first()
        content = versions.load(version.content)
        last = before if content is None else None
        shown = versions.load(last.content) if last else content
        request.current_app = self.admin_site.name
        context = {
            **self.admin_site.each_context(request),
            "title": _t("Version of change set %(number)s") % {"number": version.change_set},
            "subtitle": self._label(version),
            "opts": self.model._meta,
            "object_id": object_id,
            "exists": self.model._default_manager.filter(pk=key).exists(),
            "version": version,
            "deleted": content is None,
            "lines": versions.read(self.model, shown) if shown else [],
            "changes": versions.compare(self.model, versions.load(before.content) if before else None, content),
            **(extra_context or {}),
        }
        return TemplateResponse(request, self.object_history_form_template, context)

    def get_history_queryset(
        self, request: HttpRequest, history_manager: Any, pk_name: str, object_id: Any
    ) -> models.QuerySet:
        """Return the versions in the order in which they were written; their moments alone may be equal."""
        return history_manager.filter(**{pk_name: object_id}).select_related("change_set").order_by("-history_id")

    def set_history_delta_changes(
        self, request: HttpRequest, historical_records: Any, foreign_keys_are_objs: bool = True
    ) -> None:
        """Note on each version what changed since the one before it, from the sealed contents: at most one query."""
        shown = list(historical_records)
        contents = [versions.load(version.content) for version in shown]
        contents.append(self._content_before(shown[-1]) if shown else None)
        for version, new, old in zip(shown, contents, contents[1:], strict=False):
            version.history_delta_changes = versions.compare(self.model, old, new)
            version.label = self._label(version)

    def revert_disabled(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        """Return that nothing can be reverted from the history."""
        return True

    def _check_may_read(self, request: HttpRequest) -> None:
        if not self.has_view_permission(request):
            raise PermissionDenied

    def _key(self, object_id: str) -> Any:
        try:
            return self.model._meta.pk.to_python(unquote(object_id))
        except ValidationError as error:
            raise Http404(_t("There is no object “%(key)s”.") % {"key": object_id}) from error

    def _label(self, version: Any) -> str:
        return str(getattr(version, getattr(self.model, "LABEL", "pk"), version.pk))

    def _content_before(self, version: Any) -> dict[str, Any] | None:
        earlier = type(version).objects.filter(id=version.id, history_id__lt=version.history_id)
        content: Sequence[str] = earlier.order_by("-history_id").values_list("content", flat=True)[:1]
        return versions.load(content[0]) if content else None
