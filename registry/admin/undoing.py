"""What the pages that undo an import have in common: what would happen, and what the person decides about it."""

from collections import Counter
from collections.abc import Iterable
from typing import Any

from django.contrib import admin
from django.http import HttpRequest, QueryDict
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _t

from registry.imports.undo import Fate, Undone, UndoPlan, changed_since, plan_undo
from registry.record.numbers import read_key
from registry.versioning.middleware import REASON_FIELD

MOST = 200
"""How many objects of a kind are named one by one."""
FATE, OTHERS, SEEN = "fate-", "others", "seen"
"""Inputs: what becomes of one object, what of those that aren't named, and the last change set when it was shown."""
UNDO = "undo"


def decided(said: QueryDict, number: int) -> dict[str, Any]:
    """Return what a form says of undoing the change set ``number``, as ``imports.undo.undo`` takes it."""
    also = [name.removeprefix(FATE) for name in said if name.startswith(FATE) and said[name] == UNDO]
    also += [one.key for one in plan_undo(number).touched[MOST:]] if said.get(OTHERS) == UNDO else []
    return {
        "reason": said.get(REASON_FIELD, ""),
        "also": also,
        "seen": read_key(said.get(SEEN, "")),
    }


def shown(request: HttpRequest, number: int, refusal: str) -> dict[str, Any]:
    """Return what the page of undoing the change set ``number`` shows."""
    plan = plan_undo(number)
    touched = plan.touched
    changed = changed_since(touched[:MOST])
    return {
        "plan": plan,
        "removed": by_kind(plan.by_fate.get(Fate.REMOVE, ())),
        "back": by_kind(plan.by_fate.get(Fate.PUT_BACK, ())),
        "gone": by_kind(plan.by_fate.get(Fate.GONE, ())),
        "touched": [{**_told(request, one), "changed": changed[one.key]} for one in touched[:MOST]],
        "more_touched": max(0, len(touched) - MOST),
        "others": request.POST.get(OTHERS, ""),
        "kept": [_told(request, one) for one in plan.kept[:MOST]],
        "more_kept": max(0, len(plan.kept) - MOST),
        "refusal": refusal,
        "reason": request.POST.get(REASON_FIELD, ""),
    }


def in_words(plan: UndoPlan) -> str:
    """Return what was done, in a sentence."""
    done = {
        "removed": len(plan.by_fate.get(Fate.REMOVE, ())),
        "back": len(plan.by_fate.get(Fate.PUT_BACK, ())),
        "left": len(plan.by_fate.get(Fate.LEAVE, ())),
    }
    return _t("Undone: %(removed)d removed, %(back)d put back, %(left)d left as they are.") % done


def by_kind(some: Iterable[Undone]) -> list[tuple[str, int]]:
    """Return (what they are called, how many) of each kind of object."""
    counted = Counter(one.model for one in some)
    return [
        (str(model._meta.verbose_name if count == 1 else model._meta.verbose_name_plural), count)
        for model, count in counted.items()
    ]


def _told(request: HttpRequest, one: Undone) -> dict[str, Any]:
    name = f"admin:registry_{one.model._meta.model_name}_history"
    return {
        "key": one.key,
        "kind": capfirst(str(one.model._meta.verbose_name)),
        "name": one.name,
        "created": one.created,
        "later": one.later,
        "why": one.why,
        "undo": request.POST.get(FATE + one.key) == UNDO,
        "history": reverse(name, args=[one.pk], current_app=admin.site.name),
    }
