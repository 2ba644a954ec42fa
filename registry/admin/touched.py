"""All that one change set touched, a page at a time: each version beside the one before it, in three queries."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.contrib import admin
from django.core.paginator import Paginator
from django.db.models import OuterRef, QuerySet, Subquery, Value
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from registry.admin import versions
from registry.comparison.records import differences
from registry.models import ChangeConsequence, GapAcceptance, ProcessingActivity
from registry.record.classes import ROOTS
from registry.record.versions import freezer

PER_PAGE = 50
_DECISIONS = (GapAcceptance, ChangeConsequence)
KINDS = (*(model for model in reversed(ROOTS) if model not in _DECISIONS), *_DECISIONS)
"""Activities first, then what they refer to, then what was decided about them."""

_WORDS = {"+": _("created"), "~": _("changed"), "-": _("deleted"), "back": _("restored")}
_DELETED, _NOTHING = "-", "null"


@dataclass(frozen=True)
class TouchedObject:
    """An object that the change set touched: what it is, what happened to it, and what differs from before."""

    kind: str
    name: str
    what: str
    word: Any
    url: str
    changes: list[versions.Shown]


class Touched:
    """The versions of a change set: activities first, then entries by kind, each in the order of writing."""

    def __init__(self, sequence: int, page: str | None, may_see: Callable[[type[Any]], bool]) -> None:
        """Read which versions there are: one query."""
        queries = [
            _versions(model)
            .filter(change_set_id=sequence)
            .order_by()
            .annotate(place=Value(place))
            .values_list("place", "history_id")
            for place, model in enumerate(KINDS)
        ]
        self.page = Paginator(sorted(_union(queries)), PER_PAGE).get_page(page)
        self._may_see = may_see

    def counts(self) -> list[tuple[str, int]]:
        """Return (what they are called, how many) of each kind of object."""
        number = Counter(place for place, _version in self.page.paginator.object_list)
        return [(str(capfirst(KINDS[place]._meta.verbose_name_plural)), number[place]) for place in sorted(number)]

    def objects(self) -> list[TouchedObject]:
        """Return the objects of the page, each compared with its version before: one query.

        Where the person may not see objects of a kind, only their names are told.
        """
        wanted: dict[int, list[int]] = defaultdict(list)
        for place, version in self.page.object_list:
            wanted[place].append(version)
        found = sorted(_union([_with_predecessor(place, some) for place, some in sorted(wanted.items())]))
        freezers = {place: freezer(KINDS[place]) for place in wanted}
        return [self._object(freezers[row[0]], *row) for row in found]

    def _object(
        self,
        freeze: Callable[[str], Any],
        place: int,
        version: int,
        pk: Any,
        kind: str,
        name: str,
        content: str,
        before: str | None,
    ) -> TouchedObject:
        model = KINDS[place]
        what = "back" if before == _NOTHING and kind != _DELETED else kind
        visible = self._may_see(ProcessingActivity if model in _DECISIONS else model)
        changes: list[versions.Shown] = []
        if visible and kind != _DELETED:
            old = None if before is None or before == _NOTHING else freeze(before)
            changes = versions.show(differences(old, freeze(content)), brief=True)
        url = ""
        if visible and model is ChangeConsequence:
            url = reverse("admin:consequence", args=[pk])
        elif visible and model is GapAcceptance:
            name = freeze(before if kind == _DELETED and before else content).label  # its key tells people nothing
        elif visible:
            address = f"{admin.site.name}:{model._meta.app_label}_{model._meta.model_name}_simple_history"
            url = reverse(address, args=(pk, version))
        return TouchedObject(versions.kind(model), name, what, _WORDS[what], url, changes)


def _versions(model: type[Any]) -> "QuerySet[Any]":
    """Return the versions that are told of; what a change required is told of by itself, as soon as it is there."""
    if model is ChangeConsequence:
        return model.history.exclude(history_type="+")  # type: ignore[no-any-return]
    return model.history.all()  # type: ignore[no-any-return]


def _with_predecessor(place: int, keys: list[int]) -> "QuerySet[Any]":
    model = KINDS[place]
    earlier = model.history.filter(id=OuterRef("id"), history_id__lt=OuterRef("history_id")).order_by("-history_id")
    return (  # type: ignore[no-any-return]
        model.history.filter(history_id__in=keys)
        .order_by()
        .annotate(place=Value(place), before=Subquery(earlier.values("content")[:1]))
        .values_list("place", "history_id", "id", "history_type", model.LABEL, "content", "before")
    )


def _union(queries: "list[QuerySet[Any]]") -> Iterator[tuple[Any, ...]]:
    if not queries:
        return iter(())
    first, *others = queries
    return iter(first.union(*others, all=True) if others else first)
