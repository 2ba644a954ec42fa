"""Two people at one record: whoever saves second is told what the first one did, loses nothing, and can merge."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from django.contrib.admin.utils import unquote
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, QueryDict
from django.template.response import TemplateResponse
from django.urls import reverse

from registry.admin.conflict_panel import Conflict, Item, Made, Outcome
from registry.admin.merging import MINE, THEIRS, Merge, decide
from registry.admin.typed import FormShape, Row, Typed, shape_of, stored, stored_first, typed, write
from registry.admin.typed_words import Words
from registry.record.numbers import read_key
from registry.versioning.middleware import REASON_FIELD, SAFE_METHODS
from registry.versioning.open_set import DELETED

LOADED = "loaded_version"
"""The input that says which version a form shows: the version's key, or 0 where the person saw nobody knows what."""

SEEN_FIRST = "conflict_from"
UNDECIDED = "conflict_open"
CHOICE = "conflict-"
"""Inputs of a form in which something has to be decided: the version that it showed at first, what, and how."""

SHOWN_CHANGES = 10


class ConflictAware:
    """Mixin for model admins of versioned records: a form is saved only over the version that it shows."""

    deleted_meanwhile_template = "admin/registry/deleted_meanwhile.html"

    def changeform_view(
        self, request: HttpRequest, object_id: str | None = None, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        """Return the form; where it is sent and somebody else was first, the form again, merged."""
        key = None if object_id is None else self._stored_key(object_id)
        context = dict(extra_context or {})
        if key is None or not self.may_change(request, key):
            return super().changeform_view(request, object_id, form_url, context)
        if request.method not in SAFE_METHODS:
            is_there = self._lock(key)
            newest = self._newest(key)
            if not is_there and newest:
                return self._show_deleted(request, key, context)
            if is_there and (conflict := self._meet(request, key, newest)) is not None:
                request.conflict = context["conflict"] = conflict
            context[LOADED] = str(newest)
        else:
            context[LOADED] = str(self._newest(key))
        return super().changeform_view(request, object_id, form_url, context)

    def may_change(self, request: HttpRequest, key: Any) -> bool:
        """Return whether the person may change the object with this key, which may be gone."""
        return bool(self.has_change_permission(request))

    def delete_view(self, request: HttpRequest, object_id: str, extra_context: Any = None) -> HttpResponse:
        """Return the question whether to delete; it is asked again where the record has changed since it was asked."""
        key = self._stored_key(object_id)
        context = dict(extra_context or {})
        if key is not None and self.has_delete_permission(request):
            changing = request.method not in SAFE_METHODS
            is_there = changing and self._lock(key)
            newest = self._newest(key)
            context[LOADED] = str(newest)
            loaded = _number(request.POST.get(LOADED))
            if is_there and loaded != newest:
                before, now = self._content(key, loaded), self._content(key, newest)
                states = [None if content is None else stored(self.model, content) for content in (before, now)]
                words = Words(self.model, [one for one in (before, now) if one], [one for one in states if one])
                items = Merge(self.model, states[0] or states[1], states[1], Typed(), words).items
                first = loaded if before else None
                context["conflict"] = self._conflict(request, key, first, newest, items)
                context["typed_reason"] = request.POST.get(REASON_FIELD, "")
                request.POST = QueryDict()
        return super().delete_view(request, object_id, context)

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        """Return the form, which knows whether somebody else was first."""
        form = super().get_form(request, obj, change=change, **kwargs)
        form.conflict = getattr(request, "conflict", None)
        return form

    def get_formsets_with_inlines(self, request: HttpRequest, obj: Any = None) -> Iterator[Any]:
        """Yield the forms of the rows, which know it, too."""
        for formset, inline in super().get_formsets_with_inlines(request, obj):
            formset.form.conflict = getattr(request, "conflict", None)
            yield formset, inline

    def _stored_key(self, object_id: str) -> int | None:
        return read_key(unquote(object_id))

    def _versions(self, key: Any) -> QuerySet:
        return self.model.history.model.objects.filter(id=key).order_by("-history_id")

    def _lock(self, key: Any) -> bool:
        """Keep others from writing the record until the request ends; returns whether there is one."""
        return bool(self.model._base_manager.select_for_update().filter(pk=key).order_by().values_list("pk")[:1])

    def _newest(self, key: Any) -> int:
        return self._versions(key).values_list("history_id", flat=True).first() or 0

    def _content(self, key: Any, version: int | None) -> dict[str, Any] | None:
        """Return what a version of this record holds; None where there is no such version, or it holds nothing."""
        found = self._versions(key).filter(history_id=version or 0).values_list("content", flat=True).first()
        return None if found is None else json.loads(found)

    def _conflict(
        self, request: HttpRequest, key: Any, first: int | None, newest: int, items: Sequence[Item]
    ) -> Conflict:
        versions = self._versions(key).filter(history_id__gt=newest if first is None else first)
        made = tuple(
            Made(version.change_set, version.change_set.actor_id == request.user.pk)
            for version in versions.select_related("change_set")[:SHOWN_CHANGES]
        )
        number = len(made) if len(made) < SHOWN_CHANGES else versions.count()
        return Conflict(made, tuple(items), first, number=number)

    def _meet(self, request: HttpRequest, key: Any, newest: int) -> Conflict | None:
        """Return what stands between the form and its saving, with the merged values in ``request.POST``; or None."""
        post = request.POST
        loaded = _number(post.get(LOADED))
        undecided = post.getlist(UNDECIDED)
        if loaded == newest and not undecided:
            return None
        seen, now = self._content(key, loaded), self._content(key, newest)
        shape = shape_of(self, request, self.model._base_manager.get(pk=key))
        mine, theirs = typed(shape, post), stored(self.model, now or {})
        before = None if seen is None else stored(self.model, seen)
        choices = {one: post.get(CHOICE + one, "") for one in undecided}
        if before is not None and all(choice in {MINE, THEIRS} for choice in choices.values()):
            decide(mine, before, choices)
            undecided = []
        first = _number(post.get(SEEN_FIRST)) if undecided else loaded
        opened = self._content(key, first)
        origin = None if opened is None else stored(self.model, opened)
        words = Words(
            self.model,
            [content for content in (opened, seen, now) if content],
            [state for state in (mine, origin, before, theirs) if state],
        )
        merge = Merge(self.model, before, theirs, mine, words, origin=origin, undecided=undecided)
        request.POST = write(shape, merge.result, post)
        if before is not None and not _needs_her(merge.outcomes):
            return None
        items = [
            replace(item, choice=choices.get(item.key, ""), anchor=_anchor(item.place, merge.result))
            for item in merge.items
        ]
        return self._conflict(request, key, first if opened else loaded if seen else None, newest, items)

    def _show_deleted(self, request: HttpRequest, key: Any, context: dict[str, Any]) -> HttpResponse:
        """Return what is typed into the form of a deleted record: as a form for a new one, where the person may add."""
        may_add = self.has_add_permission(request)
        shape = shape_of(self, request, None if may_add else self.model(pk=key))
        mine = typed(shape, request.POST)
        seen = self._content(key, _number(request.POST.get(LOADED)))
        before = stored(self.model, seen) if seen and may_add else _nothing(shape)
        shown = mine if seen and may_add else _as_new(mine)
        words = Words(self.model, [seen] if seen else [], [shown, before])
        items = Merge(self.model, before, before, shown, words).items
        versions = self._versions(key).filter(history_type=DELETED).select_related("change_set")[:1]
        made = tuple(Made(one.change_set, one.change_set.actor_id == request.user.pk) for one in versions)
        history = reverse(self._name("history"), args=[key], current_app=self.admin_site.name)
        conflict = Conflict(made, tuple(items), None, True, history, len(made))
        context["conflict"] = conflict
        if not may_add:
            shared = self.admin_site.each_context(request)
            page = {**shared, "title": conflict.message, "opts": self.opts, "media": self.media, **context}
            return TemplateResponse(request, self.deleted_meanwhile_template, page)
        request.POST = write(shape, _as_new(mine), request.POST)
        request.conflict = conflict
        address = reverse(self._name("add"), current_app=self.admin_site.name)
        return super().changeform_view(request, None, address, context)

    def _name(self, view: str) -> str:
        return f"admin:{self.opts.app_label}_{self.opts.model_name}_{view}"


def _needs_her(outcomes: set[Outcome]) -> bool:
    """Return whether the person has to see it: not where nothing was changed meanwhile, or just what she typed."""
    return not (outcomes <= {Outcome.MINE} or outcomes <= {Outcome.ALIKE})


def _anchor(place: tuple[str, ...], shown: Typed) -> str:
    """Return the id of the element that stands at ``place``: a fact, or a list with perhaps a row and its fact."""
    name, *rest = place
    if name in shown.values:
        return f"id_{name}"
    rows = [row.key for row in stored_first(shown.lists[name].values())]
    if not rest or rest[0] not in rows:
        return f"{name}-group"
    row = f"{name}-{rows.index(rest[0])}"
    return f"id_{row}-{rest[1]}" if len(rest) > 1 else row


def _nothing(shape: FormShape) -> Typed:
    """Return what the form of a record without any content would send."""
    blank = stored(shape.model, {"id": 0})
    return replace(blank, lists={name: {} for name in blank.lists})


def _as_new(mine: Typed) -> Typed:
    """Return what is typed with all rows as new ones."""
    rows = {
        name: {f"new-{key}": Row(f"new-{key}", row.values, row.deleted) for key, row in some.items()}
        for name, some in mine.lists.items()
    }
    return Typed(mine.values, rows)


def _number(text: str | None) -> int | None:
    return read_key((text or "").strip())
