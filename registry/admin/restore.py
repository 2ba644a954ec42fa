"""Bringing a version back: first what would change, then a reason, then one new change set."""

from collections.abc import Collection
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _t
from django.views.decorators.http import require_http_methods

from registry import lifecycle
from registry.admin import versions
from registry.admin.approving import NotSeen, WhatIsOpen
from registry.admin.required import tell_what_follows
from registry.record.numbers import read_key
from registry.versioning.change_set import Channel
from registry.versioning.middleware import REASON_FIELD
from registry.versioning.open_set import OpenChangeSet
from registry.versioning.writing import change_set

LAST_SEEN = "last_seen"
"""The name under which the page sends the version that was newest when it was shown."""


class RestoreVersion:
    """Mixin for the history of an object: the page that restores one of its versions."""

    def get_urls(self) -> list[Any]:
        """Return the addresses, and that of restoring a version."""
        name = f"{self.model._meta.app_label}_{self.model._meta.model_name}_restore"
        view = self.admin_site.admin_view(self.restore_view)
        return [path("<path:object_id>/history/<str:version_id>/restore/", view, name=name), *super().get_urls()]

    def may_restore(self, request: HttpRequest, key: Any) -> bool:
        """Return whether the person may bring an earlier state back: one adds what was deleted."""
        living = self.model._base_manager.filter(pk=key).first()
        if living is None:
            return bool(self.has_add_permission(request))
        return bool(self.has_change_permission(request, living))

    def kept_when_restoring(self, request: HttpRequest, key: Any) -> Collection[str]:
        """Return the facts that stay as they are: those that this person, or nobody for this object, may change."""
        living = self.model._base_manager.filter(pk=key).first()
        return set(self.get_readonly_fields(request, living)) - set(self.readonly_fields)

    def look_at_restored(self, request: HttpRequest, before: Any, restored: Any) -> None:
        """Look at what has just been brought back, before its change is sealed; nothing to see, unless overridden.

        ``before`` is what was there, None where it had been deleted. NotSeen undoes the restoring.
        """

    @method_decorator(require_http_methods(["GET", "HEAD", "POST"]))
    def restore_view(self, request: HttpRequest, object_id: str, version_id: str) -> HttpResponse:
        """Show what restoring would change; restore where the person has said why, and lead to the object."""
        key = self._key(object_id)
        if not self.has_view_permission(request) or not self.may_restore(request, key):
            raise PermissionDenied
        version = self._version(key, version_id)
        keep = self.kept_when_restoring(request, key)
        if request.method == "POST":
            try:
                number = self._restore(request, key, version, keep).sequence
            except lifecycle.CannotRestore as error:
                return self._restore_page(request, key, version, keep, refusal=str(error))
            except NotSeen as stopped:
                return self._restore_page(request, key, version, keep, what_is_open=stopped.what)
            return self._restored(request, key, version, number)
        return self._restore_page(request, key, version, keep)

    restore_view.opens_own_change_set = True  # type: ignore[attr-defined]  # it says where the state comes from

    def _restore(self, request: HttpRequest, key: Any, version: Any, keep: Collection[str]) -> OpenChangeSet:
        reason = request.POST.get(REASON_FIELD, "").strip()
        with change_set(actor=request.user, channel=Channel.SCREEN, reason=reason) as opened:
            before = self.model._base_manager.select_for_update().filter(pk=key).first()
            last_seen = read_key(request.POST.get(LAST_SEEN, ""))
            lifecycle.restore(self.model, version.pk, by=request.user, reason=reason, keep=keep, last_seen=last_seen)
            self.look_at_restored(request, before, self.model._base_manager.get(pk=key))
            tell_what_follows(request)
        return opened

    def _restore_page(
        self,
        request: HttpRequest,
        key: Any,
        version: Any,
        keep: Collection[str],
        *,
        refusal: str = "",
        what_is_open: WhatIsOpen | None = None,
    ) -> HttpResponse:
        try:
            plan = lifecycle.plan_restore(self.model, version.pk, keep=keep)
        except lifecycle.CannotRestore as error:
            raise Http404(str(error)) from error
        context = {
            **self._history_context(request, key, self._label(version), not plan.is_deleted),
            "title": _t("Restore the version of change set %(number)s") % {"number": version.change_set},
            "version": version,
            "plan": plan,
            "changes": versions.show(plan.differences),
            "refusal": refusal,
            "what_is_open": what_is_open,
            "reason": request.POST.get(REASON_FIELD, ""),
        }
        return TemplateResponse(request, "admin/timeline_restore.html", context)

    def _restored(self, request: HttpRequest, key: Any, version: Any, number: int | None) -> HttpResponse:
        said = _t("The state of change set %(old)s is restored, by change set #%(new)s.")
        self.message_user(request, said % {"old": version.change_set, "new": number}, messages.SUCCESS)
        name = f"{self.admin_site.name}:{self.model._meta.app_label}_{self.model._meta.model_name}_change"
        return HttpResponseRedirect(reverse(name, args=(key,)))
