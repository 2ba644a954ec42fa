"""The content of an aggregate: all its columns and rows as one JSON value, read in a handful of queries for any number."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib.auth import get_user_model
from django.db import models

from registry.versioning.base import Part, Versioned
from registry.versioning.canonical import FORM, converter_for

CHUNK = 2000
"""How many aggregates are read at a time: bounds memory and stays below the databases' limits on parameters."""

NOT_CONTENT = frozenset({"position"})
"""Columns of rows that the order in the list already says."""


@dataclass(frozen=True)
class _Column:
    key: str
    attname: str
    convert: Callable[[Any], Any] | None
    refers_to: type[models.Model] | None
    """The model it points to, where its label belongs into the content."""
    sibling: type[models.Model] | None
    """The kind of row of the same aggregate that it points to, given by its place in that list."""


def _columns(model: type[models.Model]) -> list[_Column]:
    root_name = getattr(model, "ROOT", "")
    found = []
    for column in model._meta.concrete_fields:
        if column.name in NOT_CONTENT or column.name == root_name:
            continue
        target = column.related_model if isinstance(column, models.ForeignKey) else None
        sibling = target if target is not None and issubclass(target, Part) else None
        convert = None if target else converter_for(column.get_internal_type())
        found.append(_Column(column.name, column.attname, convert, None if sibling else target, sibling))
    return found


def label_column(model: type[models.Model]) -> str:
    """Return the name of the column that names an entry of ``model``."""
    if issubclass(model, Versioned):
        return model.LABEL
    if issubclass(model, get_user_model()):
        return model.USERNAME_FIELD
    raise TypeError(f"{model.__name__} has no label: give it LABEL.")


class Labels:
    """Names of entries by model and key, each read once and in bulk."""

    def __init__(self) -> None:
        self._known: dict[type[models.Model], dict[Any, str]] = defaultdict(dict)

    def learn(self, model: type[models.Model], pks: Iterable[Any]) -> None:
        """Read the names of those of ``pks`` that aren't known yet."""
        known = self._known[model]
        missing = sorted({pk for pk in pks if pk is not None and pk not in known})
        for start in range(0, len(missing), CHUNK):
            rows = model._base_manager.filter(pk__in=missing[start : start + CHUNK])
            known.update(rows.values_list("pk", label_column(model)))

    def pair(self, model: type[models.Model], pk: Any) -> list[Any] | None:
        """Return ``[key, name]`` of an entry, or None for no entry."""
        return None if pk is None else [pk, self._known[model][pk]]


_ROW_KEY = 0
"""Where a row's own key stands among its columns: Django puts it first."""


def _part(model: type[Versioned], relation: str) -> type[models.Model]:
    return model._meta.get_field(relation).related_model  # type: ignore[return-value]


def _rows_of(
    relation: str, model: type[Versioned], pks: Sequence[Any]
) -> tuple[list[_Column], dict[Any, list[tuple[Any, ...]]]]:
    part = _part(model, relation)
    columns = _columns(part)
    root = f"{part.ROOT}_id"  # type: ignore[attr-defined]
    rows = part._base_manager.filter(**{f"{root}__in": pks}).order_by(root, "position", "pk")
    by_root: dict[Any, list[tuple[Any, ...]]] = defaultdict(list)
    for row in rows.values_list(root, *(column.attname for column in columns)):
        by_root[row[0]].append(row[1:])
    return columns, by_root


def _as_dict(
    columns: list[_Column], row: Sequence[Any], labels: Labels, places: dict[type[models.Model], dict[Any, int]]
) -> dict[str, Any]:
    content: dict[str, Any] = {}
    for column, value in zip(columns, row, strict=True):
        if column.refers_to is not None:
            content[column.key] = labels.pair(column.refers_to, value)
        elif column.sibling is not None:
            content[column.key] = places[column.sibling].get(value)
        else:
            content[column.key] = column.convert(value) if column.convert else value
    return content


def contents(model: type[Versioned], pks: Iterable[Any]) -> Iterator[tuple[Any, dict[str, Any], dict[str, Any]]]:
    """Yield (key, plain columns, content) of each aggregate of ``model`` among ``pks``, as the live tables have it.

    A reference to an entry is ``[key, name]``, one to a row of the same aggregate its place in that list (from 0).
    Needs one query for the roots, one for each kind of row and one for each model referred to, per 2,000 aggregates.
    """
    wanted = sorted(set(pks))
    labels = Labels()
    for start in range(0, len(wanted), CHUNK):
        yield from _chunk(model, wanted[start : start + CHUNK], labels)


def _chunk(
    model: type[Versioned], pks: Sequence[Any], labels: Labels
) -> Iterator[tuple[Any, dict[str, Any], dict[str, Any]]]:
    columns = _columns(model)
    attnames = [column.attname for column in columns]
    roots = list(model._base_manager.filter(pk__in=pks).order_by("pk").values_list(*attnames))
    parts = {relation: _rows_of(relation, model, pks) for relation in model.PARTS}
    everything = [(columns, roots), *((part, [row for rows in by.values() for row in rows]) for part, by in parts.values())]
    for some_columns, rows in everything:
        for index, column in enumerate(some_columns):
            if column.refers_to is not None:
                labels.learn(column.refers_to, (row[index] for row in rows))
    key_index = attnames.index(model._meta.pk.attname)
    for root in roots:
        pk = root[key_index]
        content = {"form": FORM, **_as_dict(columns, root, labels, {})}
        places = {
            _part(model, relation): {row[_ROW_KEY]: place for place, row in enumerate(by_root.get(pk, ()))}
            for relation, (_, by_root) in parts.items()
        }
        for relation, (part_columns, by_root) in parts.items():
            content[relation] = [_as_dict(part_columns, row, labels, places) for row in by_root.get(pk, ())]
        yield pk, dict(zip(attnames, root, strict=True)), content
