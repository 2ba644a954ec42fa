"""Carrying a plan out: all of it in one change set, in bulk, through django-import-export's row machinery."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import repeat
from operator import itemgetter
from typing import Any

import tablib
from django.db import models as db
from django.utils.translation import gettext
from import_export.resources import ModelResource
from import_export.results import RowResult

from registry import models
from registry.imports.collection import collector_paused
from registry.imports.plan import Action, Plan, PlannedRow
from registry.imports.terms import create_entries, spots
from registry.imports.values import Value, blank
from registry.models.references import next_references
from registry.record.activity import ActivityRecord
from registry.record.definition import Fact, Kind, facts
from registry.versioning.bulk import estimate_anew, insert_rows, reserve_keys
from registry.versioning.change_set import Channel, last_number
from registry.versioning.errors import MovedOn
from registry.versioning.open_set import CHANGED, CREATED, OpenChangeSet, note_all
from registry.versioning.writing import change_set

BATCH = 1000
FACTS = facts(ActivityRecord)
LISTS = tuple(fact for fact in FACTS.values() if fact.kind is Kind.ROWS)
_POINTED_INTO = frozenset(
    inner.entry for fact in LISTS if fact.row for inner in facts(fact.row).values() if inner.kind is Kind.SIBLING
)
"""Lists whose rows other lists point to."""

Told = Callable[[int, int], None]
"""Told how much is done, and of how much; what it raises undoes everything."""

_PLANNED = "planned"
"""The one column of the dataset that the row machinery walks over: the place of a row in the plan."""


class StaleOrFaulty(ValueError):
    """A plan that may not be applied: it has errors, or the register has moved on since it was made."""


def apply_plan(
    plan: Plan,
    *,
    actor: Any,
    reason: str,
    details: Mapping[str, Any] | None = None,
    writing: Told | None = None,
    sealing: Told | None = None,
) -> OpenChangeSet:
    """Carry ``plan`` out in one change set and return it (its ``sequence`` is None where nothing changed).

    ``writing`` and ``sealing`` are told how many records are written, and how many versions, of how many. Raises
    StaleOrFaulty, with nothing written, where the plan has errors or the register changed since it was made. Any other
    error undoes everything.
    """
    if not plan.is_applicable:
        raise StaleOrFaulty(gettext("The plan has errors. Nothing was written; correct them and import again."))
    try:
        with (
            collector_paused(),
            change_set(actor=actor, channel=Channel.IMPORT, reason=reason, details=details) as opened,
        ):
            opened.after, opened.progress = plan.change_set, sealing
            if last_number() != plan.change_set:
                raise MovedOn
            written = _write(plan, writing)
    except MovedOn as error:
        raise StaleOrFaulty(
            gettext("The register has changed since this plan was made. Nothing was written; plan it again.")
        ) from error
    if written >= BATCH:
        estimate_anew([models.ProcessingActivity, models.ProcessingActivity.history.model, *map(_part, LISTS)])
    return opened


def _write(plan: Plan, told: Told | None) -> int:
    """Write what is planned; return how many activities that are."""
    _add_units(plan)
    _add_entries(plan)
    _give_references(plan.rows)
    resource = PlannedActivities(plan.rows, told)
    dataset = tablib.Dataset(headers=[_PLANNED])
    for place, row in enumerate(plan.rows):
        if row.action in {Action.CREATE, Action.CHANGE}:
            dataset.append([place])
    resource.total = len(dataset)
    resource.import_data(dataset, raise_errors=True, use_transactions=False)
    return len(dataset)


def _add_units(plan: Plan) -> None:
    """Add the planned units and put their keys where rows refer to them provisionally."""
    keys = {
        provisional: models.OrganisationUnit.objects.create(organisation_id=organisation, name=name).pk
        for provisional, (organisation, name) in plan.new_units.items()
    }
    for row in plan.rows if keys else ():
        row.values.update({"unit": keys[row.values["unit"]]} if row.values.get("unit") in keys else {})


def _add_entries(plan: Plan) -> None:
    """Add the planned catalogue entries and put their keys where rows refer to them provisionally."""
    keys = create_entries(plan.new_entries.items())
    if not keys:
        return
    for row in plan.rows:
        for spot in spots():
            if not spot.list:
                if row.values.get(spot.entry) in keys:
                    row.values[spot.entry] = keys[row.values[spot.entry]]
            elif some := row.values.get(spot.list):
                row.values[spot.list] = [
                    {**one, spot.entry: keys[one[spot.entry]]} if one[spot.entry] in keys else one for one in some
                ]


def _give_references(rows: Sequence[PlannedRow]) -> None:
    missing: dict[int, list[PlannedRow]] = defaultdict(list)
    reserved = {row.reference for row in rows}
    for row in rows:
        if row.action is Action.CREATE and not row.reference and row.organisation is not None:
            missing[row.organisation].append(row)
    for organisation, some in missing.items():
        for row, reference in zip(some, next_references(organisation, len(some), reserved=reserved), strict=True):
            row.reference = row.values["reference"] = reference


class PlannedActivities(ModelResource):
    """The rows of a plan as an import-export resource. Rows come parsed and compared; what is left is to write them."""

    class Meta:
        model = models.ProcessingActivity
        fields = ()
        import_id_fields = ()
        use_bulk = True
        batch_size = BATCH
        skip_diff = True
        skip_html_diff = True

    def __init__(self, rows: Sequence[PlannedRow], told: Told | None = None) -> None:
        super().__init__()
        self._rows = rows
        self._told = told
        self._written = 0
        self.total = 0

    def get_import_fields(self) -> list[Any]:
        """No column is imported field by field: the plan holds the values."""
        return []

    def import_row(self, row: Mapping[str, Any], instance_loader: Any, **kwargs: Any) -> RowResult:
        """Put a planned row among those of the next batch: it was read, compared and checked when it was planned."""
        planned = self._rows[row[_PLANNED]]
        result = RowResult()
        if planned.action is Action.CREATE:
            result.import_type = RowResult.IMPORT_TYPE_NEW
            self.create_instances.append(planned)
        else:
            result.import_type = RowResult.IMPORT_TYPE_UPDATE
            self.update_instances.append(planned)
        return result

    def bulk_create(self, using_transactions: bool, dry_run: bool, raise_errors: bool, **kwargs: Any) -> None:
        """Write a batch of new activities with all their rows."""
        if self.create_instances:
            _insert(self.create_instances)
            self._tell(len(self.create_instances))
            self.create_instances.clear()

    def bulk_update(self, using_transactions: bool, dry_run: bool, raise_errors: bool, **kwargs: Any) -> None:
        """Write a batch of changed activities: their changed columns, and the rows of their changed lists."""
        if self.update_instances:
            _update(self.update_instances)
            self._tell(len(self.update_instances))
            self.update_instances.clear()

    def _tell(self, written: int) -> None:
        self._written += written
        if self._told is not None:
            self._told(self._written, self.total)


def _set_columns(instance: Any, values: Mapping[str, Value]) -> None:
    for key, value in values.items():
        attname = _COLUMNS.get(key)
        if attname is not None:
            setattr(instance, attname, value)


def _attname(fact: Fact) -> str:
    return f"{fact.key}_id" if fact.kind in {Kind.ENTRY, Kind.ACCOUNT, Kind.SIBLING} else fact.key


_COLUMNS = {key: _attname(fact) for key, fact in FACTS.items() if fact.kind is not Kind.ROWS and key != "organisation"}
"""Fact → the activity's column. Dates stay ISO text, which both databases take."""

_KEYS = {attname: key for key, attname in _COLUMNS.items()}


# New activities

_ROOT_COLUMNS = tuple(models.ProcessingActivity._meta.concrete_fields)


def _insert(rows: Sequence[PlannedRow]) -> None:
    keys = reserve_keys(models.ProcessingActivity, len(rows))
    columns = [str(column.column) for column in _ROOT_COLUMNS]
    insert_rows(models.ProcessingActivity, columns, _roots(keys, rows))
    note_all(models.ProcessingActivity, keys, CREATED)
    _insert_lists([(pk, row.values) for pk, row in zip(keys, rows, strict=True)])


def _roots(keys: Sequence[int], rows: Sequence[PlannedRow]) -> Iterator[tuple[Any, ...]]:
    """Return the columns of new activities: what the plan says, and the columns' own defaults for the rest."""
    untouched = models.ProcessingActivity()
    values = [row.values for row in rows]
    columns: list[Iterable[Any]] = []
    for column in _ROOT_COLUMNS:
        default, key = getattr(untouched, column.attname), _KEYS.get(column.attname)
        columns.append(repeat(default) if key is None else [some.get(key, default) for some in values])
    places = {column.attname: place for place, column in enumerate(_ROOT_COLUMNS)}
    columns[places["id"]] = keys
    columns[places["organisation_id"]] = [row.organisation for row in rows]
    return zip(*columns, strict=False)


def _insert_lists(activities: Sequence[tuple[int, Mapping[str, Value]]]) -> None:
    """Insert all rows of the given activities, list by list: later lists may point into earlier ones."""
    sibling_keys: dict[str, dict[tuple[int, int], int]] = {}
    for fact in LISTS:
        held = [(activity, some) for activity, values in activities if (some := values.get(fact.key))]
        if held:
            _insert_list(fact, held, sibling_keys)


def _insert_list(
    fact: Fact,
    held: Sequence[tuple[int, Sequence[Mapping[str, Value]]]],
    sibling_keys: dict[str, dict[tuple[int, int], int]],
) -> None:
    """Insert the rows that activities hold of one list, put together from the table's columns: they are many."""
    part = _part(fact)
    owners = [activity for activity, some in held for _ in some]
    positions = [place for _, some in held for place in range(len(some))]
    rows = [row for _, some in held for row in some]
    keys = reserve_keys(part, len(rows))
    if fact.key in _POINTED_INTO:
        sibling_keys[fact.key] = dict(zip(zip(owners, positions, strict=True), keys, strict=True))
    assert fact.row is not None  # noqa: S101 lists have a row class
    inner = list(facts(fact.row).values())
    columns: list[Iterable[Any]] = list(zip(*map(itemgetter(*(one.key for one in inner)), rows), strict=True))
    for place, one in enumerate(inner):
        if one.kind is Kind.SIBLING:
            by_place = sibling_keys.get(one.entry, {})
            columns[place] = [
                None if value is None else by_place[activity, value]
                for activity, value in zip(owners, columns[place], strict=True)
            ]
    names = ["id", "activity_id", "position", *(_attname(one) for one in inner)]
    insert_rows(part, names, zip(keys, owners, positions, *columns, strict=True))


def _part(fact: Fact) -> type[db.Model]:
    part: type[db.Model] = models.ProcessingActivity._meta.get_field(fact.key).related_model  # type: ignore[assignment]
    return part


# Changed activities


def _update(rows: Sequence[PlannedRow]) -> None:
    by_columns: dict[tuple[str, ...], list[Any]] = defaultdict(list)
    for row in rows:
        columns = tuple(sorted(key for key in row.values if key in _COLUMNS))
        if columns:
            instance = models.ProcessingActivity(pk=row.pk)
            _set_columns(instance, row.values)
            by_columns[columns].append(instance)
    for columns, some in by_columns.items():
        models.ProcessingActivity.objects.bulk_update(some, columns, batch_size=200)
    keys = [row.pk for row in rows if row.pk is not None]
    note_all(models.ProcessingActivity, keys, CHANGED)
    siblings: dict[str, dict[tuple[int, int], int]] = {}
    for fact in LISTS:
        changed = [(row.pk, row.values[fact.key]) for row in rows if row.pk is not None and fact.key in row.values]
        if changed:
            _rewrite_list(fact, changed, siblings, keys)


def _rewrite_list(
    fact: Fact,
    changed: Sequence[tuple[int, list[Mapping[str, Value]]]],
    siblings: dict[str, dict[tuple[int, int], int]],
    all_activities: Sequence[int],
) -> None:
    """Bring a list of several activities to its new rows: a row in the same place keeps its key, so that what points to
    it still does; rows that are too many go, new ones come behind."""
    part = _part(fact)
    assert fact.row is not None  # noqa: S101 lists have a row class
    inner = facts(fact.row)
    existing: dict[int, list[Any]] = defaultdict(list)
    manager = part.objects  # type: ignore[attr-defined]
    for row in manager.filter(activity_id__in=[pk for pk, _ in changed]).order_by("activity_id", "position", "pk"):
        existing[row.activity_id].append(row)
    pointed_into = {one.entry for one in inner.values() if one.kind is Kind.SIBLING}
    for relation in pointed_into:
        siblings[relation] = _keys_by_place(relation, all_activities)
    kept, new, gone = [], [], []
    for activity, rows in changed:
        old = existing[activity]
        for place, row in enumerate(rows):
            if place < len(old):
                _set_row(old[place], row, inner, place, activity, siblings)
                kept.append(old[place])
            else:
                fresh = part(activity_id=activity)
                _set_row(fresh, row, inner, place, activity, siblings)
                new.append(fresh)
        gone += [row.pk for row in old[len(rows) :]]
    if gone:
        manager.filter(pk__in=gone).delete()
    if kept:
        manager.bulk_update(kept, ["position", *inner], batch_size=200)
    if new:
        manager.bulk_create(new, batch_size=200)


def _keys_by_place(relation: str, activities: Sequence[int]) -> dict[tuple[int, int], int]:
    rows = _part(FACTS[relation]).objects.filter(activity_id__in=activities)  # type: ignore[attr-defined]
    found: dict[tuple[int, int], int] = {}
    places: dict[int, int] = defaultdict(int)
    for activity, pk in rows.order_by("activity_id", "position", "pk").values_list("activity_id", "pk"):
        found[activity, places[activity]] = pk
        places[activity] += 1
    return found


def _set_row(
    instance: Any,
    row: Mapping[str, Value],
    inner: Mapping[str, Fact],
    place: int,
    activity: int,
    siblings: Mapping[str, Mapping[tuple[int, int], int]],
) -> None:
    instance.position = place
    for key, fact in inner.items():
        value = row.get(key, blank(fact))
        if fact.kind is Kind.SIBLING and value is not None:
            value = siblings[fact.entry][activity, value]
        setattr(instance, _attname(fact), value)
