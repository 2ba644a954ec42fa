"""Bringing records back to what an earlier content says: columns and rows, under the keys that they had then."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

from django.db import models

from registry.versioning.base import Part, Versioned
from registry.versioning.content import NOT_CONTENT
from registry.versioning.open_set import CHANGED, note_all

Content = dict[str, Any]
BATCH = 200
"""How many rows a statement changes at a time."""


def stored_columns(model: type[models.Model]) -> "Iterator[models.Field[Any, Any]]":
    """Yield the columns of ``model`` that are content."""
    root: str = getattr(model, "ROOT", "")  # roots have none
    return (column for column in model._meta.concrete_fields if column.name not in {*NOT_CONTENT, root})


def parts_of(model: type[Versioned]) -> dict[str, Any]:
    """Return the models of the rows by the name of their list."""
    return {name: model._meta.get_field(name).related_model for name in model.PARTS}


def completed(model: type[Versioned], then: Content, latest: Content, keep: Collection[str] = ()) -> Content:
    """Return the content to bring back: columns younger than the version, and those in ``keep``, as they were last."""
    content = {
        column.name: latest[column.name]
        if column.name in keep
        else then.get(column.name, latest.get(column.name, column.get_default()))
        for column in stored_columns(model)
    }
    for relation, part in parts_of(model).items():
        kept: list[Content] = latest.get(relation, [])
        rows: list[Content] = kept if relation in keep else then.get(relation, kept)
        content[relation] = [
            {column.name: row.get(column.name, column.get_default()) for column in stored_columns(part)} for row in rows
        ]
    return content


def references(
    model: type[Versioned], content: Content
) -> "Iterator[tuple[models.Field[Any, Any], type[models.Model], Content]]":
    """Yield (column, model that it points to, the columns or row that hold it) for each reference that isn't empty."""
    holders = [(model, [content]), *((part, content[relation]) for relation, part in parts_of(model).items())]
    for holder, rows in holders:
        for column in stored_columns(holder):
            if (target := _refers(column)) is not None:
                yield from ((column, target, row) for row in rows if row[column.name] is not None)


def missing(
    model: type[Versioned], contents: Mapping[Any, Content]
) -> tuple[dict[Any, tuple[str, ...]], tuple[str, ...]]:
    """Return what contents (by key of their record) refer to and what is gone: entries by key, and accounts' names.

    References to accounts that are gone are emptied in the contents. One query for each model referred to.
    """
    found = [(pk, *one) for pk, content in contents.items() for one in references(model, content)]
    wanted: dict[type[models.Model], set[Any]] = defaultdict(set)
    for _, column, target, row in found:
        wanted[target].add(row[column.name][0])
    there = {
        target: set(target._base_manager.filter(pk__in=pks).values_list("pk", flat=True))
        for target, pks in wanted.items()
    }
    entries: dict[Any, dict[Any, str]] = defaultdict(dict)
    accounts = {}
    for pk, column, target, row in found:
        key, name = row[column.name]
        if key in there[target]:
            continue
        if issubclass(target, Versioned):
            entries[pk][target, key] = f"{target._meta.verbose_name} “{name}”"
        else:
            accounts[key] = str(name)
            row[column.name] = None
    return {pk: tuple(names.values()) for pk, names in entries.items()}, tuple(accounts.values())


def bare(model: type[Versioned], content: Content) -> Content:
    """Return the content without the names that its references bore."""
    plain = {**content, **{name: [dict(row) for row in content[name]] for name in model.PARTS}}
    plain.pop("form", None)
    for column, _, row in list(references(model, plain)):
        row[column.name] = row[column.name][0]
    return plain


def values(model: type[models.Model], row: Content, content: Content) -> dict[str, Any]:
    """Return the values of a root's or row's columns, by attribute name."""
    found = {}
    for column in stored_columns(model):
        value = row[column.name]
        if isinstance(column, models.ForeignKey):
            if value is not None and _refers(column) is None:
                value = content[_list_of(column)][value]["id"]
            elif value is not None:
                value = value[0]
            found[column.attname] = value
        else:
            found[column.attname] = column.to_python(value)
    return found


def write_back(model: Any, contents: Mapping[Any, Content], now: Mapping[Any, Content]) -> None:
    """Make the records with these keys what ``contents`` say; those that ``now`` lacks are gone, and come back.

    In: complete contents (see ``completed``) that refer to nothing that is missing, and what the records hold now.
    Rows that weren't there go, others come back under their old keys. Demands an open change set.
    """
    plain = {
        pk: (bare(model, content), bare(model, now[pk]) if pk in now else None) for pk, content in contents.items()
    }
    _write_roots(model, contents, plain)
    rewritten: dict[Any, set[Any]] = {}
    for relation, part in parts_of(model).items():
        keys = {pk for pk, (then, held) in plain.items() if held is None or then[relation] != held.get(relation)}
        for column in part._meta.concrete_fields:
            keys |= rewritten.get(column.related_model, set())
        if keys:
            rewritten[part] = keys
            _write_rows(part, relation, sorted(keys), contents)
    note_all(model, contents, CHANGED)


def _write_roots(
    model: Any, contents: Mapping[Any, Content], plain: Mapping[Any, tuple[Content, Content | None]]
) -> None:
    gone = [pk for pk, (_, held) in plain.items() if held is None]
    if gone:
        model.objects.bulk_create([model(**values(model, contents[pk], contents[pk])) for pk in gone])
    by_columns: dict[tuple[str, ...], list[Any]] = defaultdict(list)
    for pk, (then, held) in plain.items():
        names = [column.name for column in stored_columns(model)] if held is not None else []
        differing = tuple(name for name in names if then[name] != (held or {}).get(name, then))
        if differing:
            by_columns[differing].append(model(**values(model, contents[pk], contents[pk])))
    for differing, instances in by_columns.items():
        model.objects.bulk_update(instances, differing, batch_size=BATCH)


def _write_rows(part: Any, relation: str, keys: Sequence[Any], contents: Mapping[Any, Content]) -> None:
    """Put the rows of a list back: all of them anew, under their old keys, since other rows point to those."""
    root = f"{part.ROOT}_id"
    kept = part.objects.filter(**{f"{root}__in": keys})
    kept._raw_delete(kept.db)  # what points to them is written back as well, and a key that comes back is the same key
    part.objects.bulk_create(
        [
            part(**values(part, row, contents[pk]), **{root: pk, "position": place})
            for pk in keys
            for place, row in enumerate(contents[pk][relation])
        ],
        batch_size=BATCH * 5,
    )


def _refers(column: "models.Field[Any, Any]") -> type[models.Model] | None:
    """Return the model outside the record that a column points to."""
    target = column.related_model if isinstance(column, models.ForeignKey) else None
    return None if target is None or issubclass(target, Part) else target


def _list_of(sibling: "models.Field[Any, Any]") -> str:
    """Return the name of the list that a reference to another row of the same record points into."""
    row = sibling.related_model
    return str(row._meta.get_field(row.ROOT).remote_field.related_name)  # type: ignore[union-attr]
