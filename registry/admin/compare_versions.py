"""Any two versions of one object side by side: the older left, the newer right, what is the same only on demand."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import path
from django.utils.decorators import method_decorator
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _t
from django.views.decorators.http import require_safe

from registry.admin import versions
from registry.comparison.records import Difference, FieldChange, RowChange, RowKind, differences, referred_differences
from registry.comparison.text import Mark, Token
from registry.record.classes import ROOTS
from registry.record.definition import Fact, Kind, facts
from registry.record.versions import load_version
from registry.record.words import say_row

_MODELS = {model.__name__: model for model in ROOTS}


@dataclass(frozen=True)
class Cell:
    """What one side says: lines, each in stretches of text that are kept, removed or added."""

    lines: tuple[tuple[Token, ...], ...]


@dataclass(frozen=True)
class SideBySide:
    """One fact, or one row of a list, on both sides. ``word`` says what became of it; empty where nothing did."""

    label: str
    article: str
    word: Any
    old: Cell
    new: Cell

    @property
    def cells(self) -> tuple[Cell, Cell]:
        """Both sides, the older first."""
        return self.old, self.new


class CompareVersions:
    """Mixin for the history of an object: the page that compares two of its versions."""

    def get_urls(self) -> list[Any]:
        """Return the addresses, and that of the comparison."""
        name = f"{self.model._meta.app_label}_{self.model._meta.model_name}_compare"
        view = self.admin_site.admin_view(self.compare_view)
        return [path("<path:object_id>/history/compare/", view, name=name), *super().get_urls()]

    @method_decorator(require_safe)
    def compare_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Return both versions that ``old`` and ``new`` name, by default the newest and the one before it."""
        self._check_may_read(request)
        key = self._key(object_id)
        stored = self.model.history.model.objects.filter(id=key).exclude(history_type="-")
        comparable = list(stored.defer("content").order_by("-history_id"))
        if not comparable:
            raise Http404(_t("Nothing is recorded about an object “%(key)s”.") % {"key": object_id})
        chosen = [_chosen(comparable, request.GET.get(name), place) for name, place in (("old", 1), ("new", 0))]
        old, new = sorted(chosen, key=lambda version: version.pk)
        before, after = load_version(self.model, old.pk), load_version(self.model, new.pk)
        found = differences(before, after)
        whole = request.GET.get("all") == "1"
        exists = self.model._base_manager.filter(pk=key).exists()
        context = {
            **self._history_context(request, key, self._label(comparable[0]), exists),
            "title": _t("Compare versions"),
            **chooser(((one.pk, one.change_set_id, one.history_date) for one in comparable), old.pk, new.pk),
            "old_name": _name(old.change_set_id, old.history_date),
            "new_name": _name(new.change_set_id, new.history_date),
            "whole": whole,
            "rows": list(_side_by_side(before, after, found, whole=whole)),
            "is_same": old.pk == new.pk,
            "referred": [
                {
                    "kind": versions.kind(_MODELS[change.model]),
                    "name": change.name,
                    "rows": list(_only_differences(change.differences)),
                }
                for change in referred_differences(before, after)
                if self._may_see(request, _MODELS[change.model])
            ],
        }
        return TemplateResponse(request, "admin/timeline_compare.html", context)


def chooser(
    found: Iterable[tuple[int, int, datetime]], old: int | None = None, new: int | None = None
) -> dict[str, Any]:
    """Return what the form for choosing two versions needs: (key, change set, moment) of each, the newest first."""
    choices = [{"key": key, "name": _name(number, made_at)} for key, number, made_at in found]
    newest = [choice["key"] for choice in choices[:2]]
    return {
        "comparable": choices,
        "old_key": old or (newest[-1] if newest else None),
        "new_key": new or (newest[0] if newest else None),
    }


def _name(number: int, made_at: datetime) -> str:
    return f"#{number}, {date_format(localtime(made_at), 'DATETIME_FORMAT')}"


def _chosen(comparable: Sequence[Any], wanted: str | None, default: int) -> Any:
    if not wanted:
        return comparable[min(default, len(comparable) - 1)]
    found = next((version for version in comparable if str(version.pk) == wanted), None)
    if found is None:
        raise Http404(_t("There is no version “%(version)s”.") % {"version": wanted})
    return found


def _side_by_side(old: Any, new: Any, found: Sequence[Difference], *, whole: bool) -> Iterator[SideBySide]:
    if not whole:
        yield from _only_differences(found)
        return
    changed = {change.fact.key for change in found}
    for fact in facts(type(new)).values():
        if fact.key in changed:
            yield from _only_differences([change for change in found if change.fact.key == fact.key])
        if fact.kind is Kind.ROWS:
            yield from _unchanged_rows(fact, old, new, found)
        elif fact.key not in changed:
            sides = (_cell([versions.line(fact, record).text]) for record in (old, new))
            yield SideBySide(fact.title, fact.cited, "", *sides)


def _unchanged_rows(fact: Fact, old: Any, new: Any, found: Sequence[Difference]) -> Iterator[SideBySide]:
    names = [change for change in found if isinstance(change, RowChange) and change.fact.key == fact.key]
    touched = {change.new_place for change in names}
    before = {row.pk: row for row in getattr(old, fact.key)}
    rows = [row for place, row in enumerate(getattr(new, fact.key), start=1) if place not in touched]
    if rows or not names:
        sides = (_cell([say_row(row) for row in side]) for side in ([before[row.pk] for row in rows], rows))
        yield SideBySide(fact.title, fact.cited, "", *sides)


def _only_differences(found: Sequence[Difference]) -> Iterator[SideBySide]:
    for change in found:
        if isinstance(change, FieldChange):
            sides = (Cell((_side(change, mark),)) for mark in (Mark.REMOVED, Mark.ADDED))
            yield SideBySide(change.fact.title, change.fact.cited, _t("changed"), *sides)
        else:
            word = versions.ROW_WORDS[change.kind][1]
            sides = (_row_cell(change, mark) for mark in (Mark.REMOVED, Mark.ADDED))
            yield SideBySide(change.fact.title, change.fact.cited, word, *sides)


def _row_cell(change: RowChange, mark: Mark) -> Cell:
    """Return what one side says of a row: its name, its place if it moved, and the particulars that differ."""
    place = change.old_place if mark is Mark.REMOVED else change.new_place
    if not place:
        return Cell(())
    name_mark = mark if change.kind in {RowKind.ADDED, RowKind.REMOVED} else Mark.KEPT
    name = change.old_name if mark is Mark.REMOVED else change.name
    if change.moved:
        name = _t("%(place)d. %(name)s") % {"place": place, "name": name}
    lines = [(Token(name_mark, name),)]
    for field in change.fields:
        said = _side(field, mark)
        if said:
            lines.append((Token(Mark.KEPT, f"{field.fact.title}: "), *said))
    return Cell(tuple(lines))


def _side(change: FieldChange, mark: Mark) -> tuple[Token, ...]:
    """Return the stretches of one side: what was kept, and what was removed (left) or added (right)."""
    if change.words:
        return tuple(token for token in change.words if token.mark in {Mark.KEPT, mark})
    text = change.old if mark is Mark.REMOVED else change.new
    return (Token(mark, text),) if text else ()


def _cell(lines: Sequence[str]) -> Cell:
    return Cell(tuple((Token(Mark.KEPT, text),) for text in lines if text))
