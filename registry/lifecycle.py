"""What happens to a record beside editing it: restoring an earlier version, as a new change with its reason."""

import json
from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _t

from registry.comparison.records import Difference, differences
from registry.record.versions import freezer, load_referred
from registry.versioning.base import Part, Versioned
from registry.versioning.canonical import canonical
from registry.versioning.change_set import ChangeSet, Channel
from registry.versioning.content import NOT_CONTENT, contents
from registry.versioning.open_set import OpenChangeSet
from registry.versioning.writing import change_set

Content = dict[str, Any]


class CannotRestore(ValueError):
    """A version can't be brought back; the message says why, and what to do about it. Nothing was written."""


@dataclass(frozen=True)
class RestorePlan:
    """What restoring a version would do, and what stands in its way.

    ``differences`` lead from what the record says now (nothing, where ``is_deleted``) to what it would say.
    ``change_set`` is the number that is restored from, ``last_version`` the key of the version that is newest now.
    ``left_out`` are accounts that exist no more, ``obstacles`` the sentences that say why it can't be done.
    """

    pk: Any
    change_set: int
    last_version: int
    is_deleted: bool
    differences: tuple[Difference, ...]
    left_out: tuple[str, ...]
    obstacles: tuple[str, ...]
    content: Content


def plan_restore(model: type[Versioned], version: int, *, keep: Collection[str] = ()) -> RestorePlan:
    """Return what restoring the version with the key ``version`` would do; writes nothing.

    ``keep`` names facts that stay as they are, because the person may not change them. Raises LookupError where there
    is no such version, and CannotRestore for one that records a deletion.
    """
    versions = model.history.model.objects
    found = versions.filter(history_id=version).values_list("id", "change_set_id", "content").first()
    if found is None:
        raise LookupError(f"{model.__name__} has no version with the key {version}.")
    pk, number, text = found
    then: Content | None = json.loads(text)
    if then is None:
        raise CannotRestore(_t("This version records a deletion. Restore the version before it."))
    own = versions.filter(id=pk).order_by("-history_id")
    living: Content | None = next((json.loads(text) for _, _, text in contents(model, [pk])), None)
    latest: Content = living or json.loads(own.exclude(history_type="-").values_list("content", flat=True)[:1].get())
    content = _completed(model, then, latest, keep)
    gone, left_out = _without_the_missing(model, content)
    obstacles = _obstacles(model, content, gone, living)
    head = ChangeSet.objects.order_by("-sequence").values_list("sequence", flat=True)[:1].get()
    before, after = (
        freezer(model, load_referred(model, said, head))(canonical(said)) if said else None
        for said in (living, content)
    )
    last = own.values_list("history_id", flat=True)[:1].get()
    found_differences = differences(before, after)
    return RestorePlan(pk, number, last, living is None, found_differences, left_out, obstacles, content)


def restore(
    model: type[Versioned],
    version: int,
    *,
    by: Any,
    reason: str,
    keep: Collection[str] = (),
    last_seen: int | None = None,
    channel: str = Channel.SCREEN,
) -> OpenChangeSet:
    """Bring an earlier version back, a deleted record included, as one new change set; the history only grows.

    In: the model, the key of the version, who does it and why; ``keep`` as for ``plan_restore``; ``last_seen`` is the
    version that was newest when the person decided. Columns and rows become what they were then, rows and a deleted
    record under their old keys. Out: the change set, which is closed and numbered unless it joined an outer one.
    Raises CannotRestore, and writes nothing, without a reason, where something that the version refers to is gone,
    where somebody has changed the record since ``last_seen``, and where the record says the same already.
    """
    if not reason.strip():
        raise CannotRestore(_t("Say why the version is restored: the reason is kept in the history."))
    with change_set(actor=by, channel=channel, reason=reason.strip()) as opened:
        versions = model.history.model.objects.filter(history_id=version)
        pk = versions.values_list("id", flat=True).first()
        model._base_manager.select_for_update().filter(pk=pk).first()  # nobody else writes meanwhile
        plan = plan_restore(model, version, keep=keep)
        if last_seen is not None and plan.last_version != last_seen:
            raise CannotRestore(_changed_meanwhile(model, plan.last_version))
        if plan.obstacles:
            raise CannotRestore(" ".join(plan.obstacles))
        opened.details["restored_from"] = plan.change_set
        _write(model, plan)
    return opened


def _changed_meanwhile(model: type[Versioned], version: int) -> str:
    newest = model.history.model.objects.select_related("change_set").get(history_id=version).change_set
    who = {"name": newest.actor_name, "number": str(newest)}
    return _t("%(name)s has changed it meanwhile (change set %(number)s). Look at what would change now.") % who


def _columns(model: type[models.Model]) -> "Iterator[models.Field[Any, Any]]":
    """Yield the columns of ``model`` that are content."""
    root: str = getattr(model, "ROOT", "")  # roots have none
    return (column for column in model._meta.concrete_fields if column.name not in {*NOT_CONTENT, root})


def _parts(model: type[Versioned]) -> dict[str, type[models.Model]]:
    """Return the models of the rows by the name of their list."""
    return {name: model._meta.get_field(name).related_model for name in model.PARTS}  # type: ignore[misc]


def _refers(column: "models.Field[Any, Any]") -> type[models.Model] | None:
    """Return the model outside the record that a column points to."""
    target = column.related_model if isinstance(column, models.ForeignKey) else None
    return None if target is None or issubclass(target, Part) else target


def _completed(model: type[Versioned], then: Content, latest: Content, keep: Collection[str]) -> Content:
    """Return the content to bring back: columns younger than the version, and those in ``keep``, as they were last."""
    content = {
        column.name: latest[column.name]
        if column.name in keep
        else then.get(column.name, latest.get(column.name, column.get_default()))
        for column in _columns(model)
    }
    for relation, part in _parts(model).items():
        kept: list[Content] = latest.get(relation, [])
        rows: list[Content] = kept if relation in keep else then.get(relation, kept)
        content[relation] = [
            {column.name: row.get(column.name, column.get_default()) for column in _columns(part)} for row in rows
        ]
    return content


def _references(
    model: type[Versioned], content: Content
) -> "Iterator[tuple[models.Field[Any, Any], type[models.Model], Content]]":
    """Yield (column, model that it points to, the columns or row that hold it) for each reference that isn't empty."""
    holders = [(model, [content]), *((part, content[relation]) for relation, part in _parts(model).items())]
    for holder, rows in holders:
        for column in _columns(holder):
            if (target := _refers(column)) is not None:
                yield from ((column, target, row) for row in rows if row[column.name] is not None)


def _without_the_missing(model: type[Versioned], content: Content) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the names of entries and accounts that ``content`` refers to and that are gone; clears the latter."""
    found = list(_references(model, content))
    wanted: dict[type[models.Model], set[Any]] = defaultdict(set)
    for column, target, row in found:
        wanted[target].add(row[column.name][0])
    there = {
        target: set(target._base_manager.filter(pk__in=pks).values_list("pk", flat=True))
        for target, pks in wanted.items()
    }
    entries, accounts = {}, {}
    for column, target, row in found:
        pk, name = row[column.name]
        if pk in there[target]:
            continue
        if issubclass(target, Versioned):
            entries[target, pk] = f"{target._meta.verbose_name} “{name}”"
        else:
            accounts[pk] = str(name)
            row[column.name] = None
    return tuple(entries.values()), tuple(accounts.values())


def _obstacles(
    model: type[Versioned], content: Content, gone: tuple[str, ...], living: Content | None
) -> tuple[str, ...]:
    if gone:
        said = _t("The version refers to what no longer exists: %(names)s. Restore that first, from its own history.")
        return (said % {"names": ", ".join(gone)},)
    if living is not None and _bare(model, living) == _bare(model, content):
        return (_t("The record says this already: there is nothing to restore."),)
    instance = model(**_values(model, content, content))
    instance._state.adding = living is None
    try:
        instance.validate_constraints()
    except ValidationError:
        said = _t("Another %(kind)s has taken the name or reference “%(label)s” meanwhile. Change that one first.")
        return (said % {"kind": model._meta.verbose_name, "label": content[_unique_name(model, content)]},)
    return ()


def _unique_name(model: type[Versioned], content: Content) -> str:
    return next(key for key in ("reference", "code", model.LABEL) if key in content)


def _bare(model: type[Versioned], content: Content) -> Content:
    """Return the content without the names that its references bore."""
    bare = {**content, **{name: [dict(row) for row in content[name]] for name in model.PARTS}}
    bare.pop("form", None)
    for column, _, row in list(_references(model, bare)):
        row[column.name] = row[column.name][0]
    return bare


def _values(model: type[models.Model], row: Content, content: Content) -> dict[str, Any]:
    """Return the values of a root's or row's columns, by attribute name."""
    values = {}
    for column in _columns(model):
        value = row[column.name]
        if isinstance(column, models.ForeignKey):
            if value is not None and _refers(column) is None:
                value = content[_list_of(column)][value]["id"]
            elif value is not None:
                value = value[0]
            values[column.attname] = value
        else:
            values[column.attname] = column.to_python(value)
    return values


def _list_of(sibling: "models.Field[Any, Any]") -> str:
    """Return the name of the list that a reference to another row of the same record points into."""
    row = sibling.related_model
    return str(row._meta.get_field(row.ROOT).remote_field.related_name)  # type: ignore[union-attr]


def _write(model: type[Versioned], plan: RestorePlan) -> None:
    """Make columns and rows what the plan says: rows that weren't there go, others come back under their old keys."""
    values = _values(model, plan.content, plan.content)
    if plan.is_deleted:
        model.objects.bulk_create([model(**values)])
    else:
        model.objects.filter(pk=plan.pk).update(**values)
    for relation, part in _parts(model).items():
        _write_rows(part, plan, relation)


def _write_rows(part: Any, plan: RestorePlan, relation: str) -> None:
    root = f"{part.ROOT}_id"
    rows = [
        part(**_values(part, row, plan.content), **{root: plan.pk, "position": place})
        for place, row in enumerate(plan.content[relation])
    ]
    kept = part.objects.filter(**{root: plan.pk})
    kept.exclude(pk__in=[row.pk for row in rows]).delete()
    there = set(kept.values_list("pk", flat=True))
    part.objects.bulk_create([row for row in rows if row.pk not in there])
    columns = [column.name for column in part._meta.concrete_fields if not column.primary_key]
    part.objects.bulk_update([row for row in rows if row.pk in there], columns)
