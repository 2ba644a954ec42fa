"""The content of an aggregate: its columns and rows as one JSON text, in a handful of queries for any number."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from json.encoder import encode_basestring
from typing import Any

from django.contrib.auth import get_user_model
from django.db import models

from registry.versioning.base import Part, Versioned
from registry.versioning.canonical import FORM, canonical, converter_for

CHUNK = 1000
"""How many aggregates are read at a time: bounds memory and stays below the databases' limits on parameters."""

NOT_CONTENT = frozenset({"position"})
"""Columns of rows that the order in the list already says."""

NOTHING = "null"
"""What stands in the content for no value."""


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
    write: Callable[[Any], str] | None = None
    """How its values become JSON where that is so simple that none need be remembered."""


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
        found.append(
            Column(column.name, column.attname, convert, None if sibling else target, sibling, _simply(column))
        )
    return found


def _simply(column: "models.Field[Any, Any]") -> Callable[[Any], str] | None:
    if isinstance(column, models.CharField | models.TextField) and not column.null:
        return encode_basestring
    return str if isinstance(column, models.AutoField) else None


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


class _Written(dict[Any, str]):
    """Values and how they are written, each worked out once: most columns hold the same few again and again."""

    def __init__(self, write: Callable[[Any], str]) -> None:
        super().__init__()
        self._write = write

    def __missing__(self, value: Any) -> str:
        self[value] = written = self._write(value)
        return written


_Places = dict[type[models.Model], _Written]
"""Kind of row → key of the aggregate and of a row → that row's place in its list, written out."""

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


@dataclass(frozen=True)
class _Rows:
    """Rows of one table by column: the keys of their aggregates, and the values of each column of the content."""

    columns: Sequence[Column]
    roots: Sequence[Any]
    values: Sequence[Sequence[Any]]

    def written(self, labels: Labels, places: _Places) -> list[Sequence[str]]:
        """Return the values of each column as canonical JSON."""
        return [
            self._column(column, values, labels, places)
            for column, values in zip(self.columns, self.values, strict=True)
        ]

    def _column(self, column: Column, values: Sequence[Any], labels: Labels, places: _Places) -> Sequence[str]:
        if column.sibling is not None:
            return [*map(places[column.sibling].__getitem__, zip(self.roots, values, strict=True))]
        return [*map(column.write or _Written(_writer(column, labels)).__getitem__, values)]


def _writer(column: Column, labels: Labels) -> Callable[[Any], str]:
    if column.refers_to is not None:
        names = labels.of(column.refers_to)
        return lambda pk: NOTHING if pk is None else canonical([pk, names[pk]])
    convert = column.convert
    return canonical if convert is None else lambda value: canonical(convert(value))


def _rows_of(part: type[models.Model], pks: Sequence[Any]) -> _Rows:
    columns = columns_of(part)
    root = f"{part.ROOT}_id"  # type: ignore[attr-defined]
    rows = part._base_manager.filter(**among(root, pks)).order_by(root, "position", "pk")
    found = list(rows.values_list(root, *(column.attname for column in columns)))
    roots, *values = zip(*found, strict=True) if found else [()] * (len(columns) + 1)
    return _Rows(columns, roots, values)


def _places(rows: _Rows) -> _Written:
    found = _Written(lambda _: NOTHING)
    last, place = None, 0
    for root, key in zip(rows.roots, rows.values[_ROW_KEY], strict=True):
        last, place = root, place + 1 if root == last else 0
        found[root, key] = str(place)
    return found


def _template(keys: Sequence[str]) -> tuple[str, list[int]]:
    """Return the JSON object of these keys with a place for each value, and the order in which values go there."""
    order = sorted(range(len(keys)), key=keys.__getitem__)
    return "{" + ",".join(f"{canonical(keys[place])}:%s" for place in order) + "}", order


def _lists(rows: _Rows, labels: Labels, places: _Places) -> dict[Any, str]:
    """Return the list of rows of each aggregate that has any, written out."""
    template, order = _template([column.key for column in rows.columns])
    written = rows.written(labels, places)
    by_root: dict[Any, list[str]] = defaultdict(list)
    objects = map(template.__mod__, zip(*(written[place] for place in order), strict=True))
    for root, text in zip(rows.roots, objects, strict=True):
        by_root[root].append(text)
    return {root: f"[{','.join(texts)}]" for root, texts in by_root.items()}


def contents(model: type[Versioned], pks: Iterable[Any]) -> Iterator[tuple[Any, dict[str, Any], str]]:
    """Yield (key, plain columns, content) of each aggregate of ``model`` among ``pks``, as the live tables have it.

    The content is canonical JSON, written out column by column: very much faster than to build it and write it then.
    A reference to an entry is ``[key, name]``, one to a row of the same aggregate its place in that list (from 0).
    Needs one query for the roots, one for each kind of row and one for each model referred to, per 1,000 aggregates.
    Raises KeyError, TypeError or ValueError for a live value that is none of its kind or refers to what isn't there.
    """
    wanted = sorted(set(pks))
    labels = Labels()
    for start in range(0, len(wanted), CHUNK):
        yield from _chunk(model, wanted[start : start + CHUNK], labels)


def _chunk(model: type[Versioned], pks: Sequence[Any], labels: Labels) -> Iterator[tuple[Any, dict[str, Any], str]]:
    columns = columns_of(model)
    attnames = [column.attname for column in columns]
    found = list(model._base_manager.filter(**among("pk", pks)).order_by("pk").values_list(*attnames))
    if not found:
        return
    roots = _Rows(columns, (), [*zip(*found, strict=True)])
    parts = {relation: _rows_of(_part(model, relation), pks) for relation in model.PARTS}
    for rows in (roots, *parts.values()):
        for column, values in zip(rows.columns, rows.values, strict=True):
            if column.refers_to is not None:
                labels.learn(column.refers_to, set(values))
    pointed_into = {column.sibling for rows in parts.values() for column in rows.columns}
    places = {
        part: _places(rows) for relation, rows in parts.items() if (part := _part(model, relation)) in pointed_into
    }
    lists = [_lists(rows, labels, places) for rows in parts.values()]
    template, order = _template(["form", *(column.key for column in columns), *parts])
    keys = roots.values[attnames.index(model._meta.pk.attname)]
    form = [str(FORM)] * len(found)
    written = [form, *roots.written(labels, {}), *([some.get(key, "[]") for key in keys] for some in lists)]
    texts = map(template.__mod__, zip(*(written[place] for place in order), strict=True))
    for key, root, text in zip(keys, found, texts, strict=True):
        yield key, dict(zip(attnames, root, strict=True)), text
