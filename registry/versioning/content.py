"""The content of an aggregate: its columns and rows as one JSON value, in a handful of queries for any number."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib.auth import get_user_model
from django.db import models

from registry.versioning.base import Part, Versioned
from registry.versioning.canonical import FORM, converter_for

CHUNK = 1000
"""How many aggregates are read at a time: bounds memory and stays below the databases' limits on parameters."""

NOT_CONTENT = frozenset({"position"})
"""Columns of rows that the order in the list already says."""


@dataclass(frozen=True)
class Column:
    """How a column of a table stands in the content: under which key, and as what."""

    key: str
    attname: str
    convert: Callable[[Any], Any] | None
    refers_to: type[models.Model] | None
    """The model it points to, where its label belongs into the content."""
    sibling: type[models.Model] | None
    """The kind of row of the same aggregate that it points to, given by its place in that list."""


def columns_of(model: type[models.Model]) -> list[Column]:
    """Return the columns of ``model`` that are content, in the order of the table."""
    root_name = getattr(model, "ROOT", "")
    found = []
    for column in model._meta.concrete_fields:
        if column.name in NOT_CONTENT or column.name == root_name:
            continue
        target = column.related_model if isinstance(column, models.ForeignKey) else None
        sibling = target if target is not None and issubclass(target, Part) else None
        convert = None if target else converter_for(column.get_internal_type())
        found.append(Column(column.name, column.attname, convert, None if sibling else target, sibling))
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

    def of(self, model: type[models.Model]) -> dict[Any, str]:
        """Return the names known of one model's entries, by key; it fills as more are learnt."""
        return self._known[model]


_Places = dict[type[models.Model], dict[Any, int]]
"""Model of a row → its key → its place in its list."""

_ROW_KEY = 0
"""Where a row's own key stands among its columns: Django puts it first."""


def _part(model: type[Versioned], relation: str) -> type[models.Model]:
    return model._meta.get_field(relation).related_model  # type: ignore[return-value]


def among(column: str, pks: Sequence[Any]) -> dict[str, Any]:
    """Return the filter for ``column`` being one of the ascending ``pks``: their range where they have no gap, as they
    haven't after an import, since a list of thousands costs more than the query itself."""
    if len(pks) > 1 and isinstance(pks[0], int) and pks[-1] - pks[0] == len(pks) - 1:
        return {f"{column}__gte": pks[0], f"{column}__lte": pks[-1]}
    return {f"{column}__in": pks}


def _rows_of(
    relation: str, model: type[Versioned], pks: Sequence[Any]
) -> tuple[list[Column], dict[Any, list[tuple[Any, ...]]]]:
    part = _part(model, relation)
    columns = columns_of(part)
    root = f"{part.ROOT}_id"  # type: ignore[attr-defined]
    rows = part._base_manager.filter(**among(root, pks)).order_by(root, "position", "pk")
    by_root: dict[Any, list[tuple[Any, ...]]] = defaultdict(list)
    for row in rows.values_list(root, *(column.attname for column in columns)):
        by_root[row[0]].append(row[1:])
    return columns, by_root


def _dict_maker(columns: Sequence[Column], labels: Labels) -> Callable[[Sequence[Any], _Places], dict[str, Any]]:
    """Return a function from a row's values to its content. Most values are content as they are."""
    keys = [column.key for column in columns]
    converted = [(column.key, column.convert) for column in columns if column.convert is not None]
    named = [(column.key, labels.of(column.refers_to)) for column in columns if column.refers_to is not None]
    siblings = [(column.key, column.sibling) for column in columns if column.sibling is not None]

    def make(row: Sequence[Any], places: _Places) -> dict[str, Any]:
        content = dict(zip(keys, row, strict=True))
        for key, convert in converted:
            content[key] = convert(content[key])
        for key, names in named:
            pk = content[key]
            if pk is not None:
                content[key] = [pk, names[pk]]
        for key, sibling in siblings:
            content[key] = places[sibling].get(content[key])
        return content

    return make


def contents(model: type[Versioned], pks: Iterable[Any]) -> Iterator[tuple[Any, dict[str, Any], dict[str, Any]]]:
    """Yield (key, plain columns, content) of each aggregate of ``model`` among ``pks``, as the live tables have it.

    A reference to an entry is ``[key, name]``, one to a row of the same aggregate its place in that list (from 0).
    Needs one query for the roots, one for each kind of row and one for each model referred to, per 1,000 aggregates.
    """
    wanted = sorted(set(pks))
    labels = Labels()
    for start in range(0, len(wanted), CHUNK):
        yield from _chunk(model, wanted[start : start + CHUNK], labels)


def _chunk(
    model: type[Versioned], pks: Sequence[Any], labels: Labels
) -> Iterator[tuple[Any, dict[str, Any], dict[str, Any]]]:
    columns = columns_of(model)
    attnames = [column.attname for column in columns]
    roots = list(model._base_manager.filter(**among("pk", pks)).order_by("pk").values_list(*attnames))
    parts = {relation: _rows_of(relation, model, pks) for relation in model.PARTS}
    everything = [
        (columns, roots),
        *((part, [row for rows in by.values() for row in rows]) for part, by in parts.values()),
    ]
    for some_columns, rows in everything:
        for index, column in enumerate(some_columns):
            if column.refers_to is not None:
                labels.learn(column.refers_to, {row[index] for row in rows})
    key_index = attnames.index(model._meta.pk.attname)
    make_root = _dict_maker(columns, labels)
    makers = {relation: _dict_maker(part_columns, labels) for relation, (part_columns, _) in parts.items()}
    pointed_into = {
        column.sibling for part_columns, _ in parts.values() for column in part_columns if column.sibling is not None
    }
    for root in roots:
        pk = root[key_index]
        places: _Places = {}
        content = {"form": FORM, **make_root(root, places)}
        for relation, (_, by_root) in parts.items():
            rows = by_root.get(pk, [])
            if (part := _part(model, relation)) in pointed_into:
                places[part] = {row[_ROW_KEY]: place for place, row in enumerate(rows)}
        for relation, (_, by_root) in parts.items():
            make_row = makers[relation]
            content[relation] = [make_row(row, places) for row in by_root.get(pk, [])]
        yield pk, dict(zip(attnames, root, strict=True)), content
