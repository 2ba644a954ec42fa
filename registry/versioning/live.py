"""Holding the live rows against the newest version of each aggregate: what was changed behind the history's back."""

import json
from collections.abc import Generator, Iterator
from contextlib import closing
from typing import Any

from django.apps import apps
from django.db.models import Max
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from registry.reference.answers import Answer
from registry.versioning.base import Versioned
from registry.versioning.content import columns_of, contents
from registry.versioning.naming import say
from registry.versioning.open_set import DELETED
from registry.versioning.verdict import LIVE, Fault

CHUNK = 200
"""How many aggregates are compared at a time."""

_Pair = tuple[Any, int | None, bool]
"""Key of an aggregate, key of its newest version or None, whether it has a live row."""


def first_fault() -> Fault | None:
    """Return the first aggregate whose live rows are not what its newest version says, in words; None where all are.

    Names of accounts and entries inside the content may have changed since: only their keys are compared. Aggregates
    with few kinds of rows come first, since others refer to them.
    """
    models = sorted(
        (model for model in apps.get_models() if issubclass(model, Versioned)), key=lambda one: one.__name__
    )
    for compare in (_rootless, _differing):  # what refers to a row that is gone can't be read: first, none must be gone
        for model in models:
            with closing(_pairs(model)) as pairs:
                fault = next(filter(None, (compare(model, chunk) for chunk in _chunks(pairs))), None)
            if fault:
                return fault
    return None


def _pairs(model: type[Versioned]) -> Generator[_Pair, None, None]:
    """Yield every aggregate that has a live row or a version, by key."""
    living = iter(model._base_manager.order_by("pk").values_list("pk", flat=True).iterator(chunk_size=CHUNK))
    versions = model.history.model._default_manager.order_by("id").values_list("id").annotate(newest=Max("history_id"))
    told = iter(versions.iterator(chunk_size=CHUNK))
    alive, newest = next(living, None), next(told, None)
    while alive is not None or newest is not None:
        if newest is None or (alive is not None and alive < newest[0]):
            yield alive, None, True
            alive = next(living, None)
        elif alive is None or newest[0] < alive:
            yield newest[0], newest[1], False
            newest = next(told, None)
        else:
            yield alive, newest[1], True
            alive, newest = next(living, None), next(told, None)


def _chunks(pairs: Iterator[_Pair]) -> Iterator[list[_Pair]]:
    chunk: list[_Pair] = []
    for pair in pairs:
        chunk.append(pair)
        if len(chunk) == CHUNK:
            yield chunk
            chunk = []
    if chunk:
        yield chunk


def _rootless(model: type[Versioned], chunk: list[_Pair]) -> Fault | None:
    """Return the first aggregate that is there and should not be, or the other way round."""
    keys = [key for _pk, key, _alive in chunk if key is not None]
    versions = model.history.model._default_manager.filter(history_id__in=keys)
    newest = {row[0]: row[1:] for row in versions.values_list("id", "history_type", "change_set_id")}
    for pk, _key, alive in chunk:
        kind, number = newest.get(pk, ("", None))
        if not kind:
            return _fault(model, pk, _("%(what)s exists without any version: it was added behind the history's back."))
        if alive and kind == DELETED:
            return _fault(model, pk, _("%(what)s exists, though change set #%(number)s deleted it."), number)
        if not alive and kind != DELETED:
            return _fault(model, pk, _("%(what)s is gone, though no change set deleted it."), number)
    return None


def _differing(model: type[Versioned], chunk: list[_Pair]) -> Fault | None:
    """Return the first aggregate whose live rows are not as its newest version has them."""
    keys = [key for _pk, key, alive in chunk if alive]
    versions = model.history.model._default_manager.filter(history_id__in=keys)
    newest = {row[0]: row[1:] for row in versions.values_list("id", "content", "change_set_id")}
    for pk, live in _live(model, [pk for pk, _key, alive in chunk if alive]):
        content, number = newest[pk]
        if live is None:
            said = _(
                "%(what)s has live rows that can't be read: a value is none of its kind, or refers to what does not "
                "exist."
            )
            return _fault(model, pk, said, number, content)
        if live != content and (differences := _differences(model, json.loads(content), json.loads(live))):
            said = _("%(what)s has live rows that differ from its last version (change set #%(number)s): %(columns)s.")
            return _fault(model, pk, said, number, content, columns=", ".join(differences))
    return None


def _live(model: type[Versioned], pks: list[Any]) -> Iterator[tuple[Any, str | None]]:
    """Yield the content of each aggregate as its live rows have it, None where those can't be read."""
    try:
        found = [(pk, content) for pk, _mark, content in contents(model, pks)]
    except (KeyError, TypeError, ValueError):
        found = []
    if not found and len(pks) == 1:
        yield pks[0], None
    elif not found:
        for pk in pks:
            yield from _live(model, [pk])
    yield from found


def _differences(model: type[Versioned], told: dict[str, Any], live: dict[str, Any]) -> list[str]:
    """Return the keys under which both differ, names aside.

    What a version says nothing of, because the model learnt it later, is blank in its live row; of a version in an
    older form, only what it has can be compared.
    """
    same_form = told.get("form") == live["form"]
    rows = {relation: model._meta.get_field(relation).related_model for relation in model.PARTS}
    plain = (told.keys() | live.keys() if same_form else told.keys()) - rows.keys() - {"form"}
    differing = [key for key in sorted(plain) if _is_other(told, live, key)]
    for relation, part in rows.items():
        if relation not in told and not same_form:
            continue
        one, other = told.get(relation) or [], live.get(relation) or []
        keys = [column.key for column in columns_of(part)]  # type: ignore[arg-type]
        if len(one) != len(other) or any(
            _is_other(before, now, key)
            for before, now in zip(one, other, strict=True)
            for key in keys
            if same_form or key in before
        ):
            differing.append(relation)
    return differing


_BLANK = frozenset({None, "", False, Answer.NOT_ASSESSED.value})
"""What a column holds that nobody has filled in."""


def _is_other(told: dict[str, Any], live: dict[str, Any], key: str) -> bool:
    """Return whether the live value is another than the version's, or than a blank where the version lacks it."""
    now = _bare(live.get(key))
    return now not in _BLANK if key not in told else _bare(told[key]) != now


def _bare(value: Any) -> Any:
    """Return a reference without the name that it bore; anything else as it is."""
    return value[0] if isinstance(value, list) else value


def _fault(
    model: type[Versioned], pk: Any, said: str, number: int | None = None, content: str = "", columns: str = ""
) -> Fault:
    named = {"what": say(model, pk, content), "number": number, "columns": columns}
    return Fault(LIVE, capfirst(said % named), number, str(model._meta.model_name), pk)
