"""Undoing a whole import: what it created goes, what it changed comes back, what was touched later is the person's to
decide."""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum
from typing import Any

from django.db.models import Max, OuterRef, ProtectedError, Subquery
from django.utils.translation import gettext as _t

from registry.imports.collection import collector_paused
from registry.record.classes import ROOTS, record_class
from registry.record.definition import facts
from registry.versioning.base import Kept
from registry.versioning.change_set import ChangeSet, Channel, last_number
from registry.versioning.content import contents
from registry.versioning.errors import MovedOn
from registry.versioning.open_set import CREATED, DELETED, OpenChangeSet
from registry.versioning.restoring import Content, completed, missing, parts_of, write_back
from registry.versioning.writing import change_set

CHUNK = 500
"""How many objects are in memory at a time."""


class CannotUndo(ValueError):
    """An import can't be undone; the message says why, and what to do about it. Nothing was written."""


class Fate(Enum):
    """What becomes of an object when its import is undone."""

    REMOVE = "remove"
    PUT_BACK = "put back"
    LEAVE = "leave"
    GONE = "gone"
    """Somebody has deleted what the import created: there is nothing left to do."""


@dataclass(frozen=True)
class Later:
    """A change set that touched an object after the import."""

    number: int
    who: str


@dataclass
class Undone:
    """An object of the import: what it is called now, what would become of it, and why where it stays."""

    model: Any
    pk: int
    name: str
    created: bool
    version: int
    """The key of the version that the import wrote."""
    fate: Fate
    later: tuple[Later, ...] = ()
    why: str = ""
    """Why it stays, where that isn't the person's choice."""

    @property
    def key(self) -> str:
        """Return by what a form names it."""
        return f"{self.model._meta.model_name}-{self.pk}"


@dataclass(frozen=True)
class UndoPlan:
    """What undoing an import would do to the register as at ``head``."""

    number: int
    head: int
    objects: tuple[Undone, ...]
    by_fate: Mapping[Fate, tuple[Undone, ...]] = field(default_factory=dict)

    @property
    def touched(self) -> tuple[Undone, ...]:
        """Return the objects that something touched later: those to decide on."""
        return tuple(one for one in self.objects if one.later and one.fate is not Fate.GONE)

    @property
    def kept(self) -> tuple[Undone, ...]:
        """Return the objects that stay whatever the person says."""
        return tuple(one for one in self.objects if one.why)

    @property
    def does_anything(self) -> bool:
        """Return whether anything would be removed or put back."""
        return bool(self.by_fate.get(Fate.REMOVE) or self.by_fate.get(Fate.PUT_BACK))


def plan_undo(number: int, *, also: Iterable[str] = (), also_all: bool = False) -> UndoPlan:
    """Return what undoing the change set ``number`` would do; writes nothing.

    What something touched later is left as it is, unless its ``key`` is in ``also`` or ``also_all`` is true: then the
    later changes are lost with it. An entry or unit that something still uses is left as well.
    """
    chosen = set(also)
    found = [one for model in reversed(ROOTS) for one in _objects(model, number)]
    for one in found:
        if one.later and one.fate is not Fate.GONE and not also_all and one.key not in chosen:
            one.fate = Fate.LEAVE
    _leave_what_refers_to_the_missing(found)
    _leave_what_is_used(found)
    by_fate: dict[Fate, list[Undone]] = defaultdict(list)
    for one in found:
        by_fate[one.fate].append(one)
    return UndoPlan(number, last_number(), tuple(found), {fate: tuple(some) for fate, some in by_fate.items()})


def changed_since(some: Iterable[Undone]) -> dict[str, list[str]]:
    """Return the labels of what each object says otherwise now than the import left it, by its ``key``.

    Two queries for each kind of object, and one for each kind of its rows.
    """
    by_model: dict[Any, list[Undone]] = defaultdict(list)
    for one in some:
        by_model[one.model].append(one)
    found: dict[str, list[str]] = {}
    for model, ours in by_model.items():
        declared = facts(record_class(model))
        then = dict(
            model.history.model.objects.filter(history_id__in=[one.version for one in ours]).values_list(
                "id", "content"
            )
        )
        now = {pk: text for pk, _, text in contents(model, [one.pk for one in ours])}
        for one in ours:
            was, is_now = json.loads(then[one.pk]), json.loads(now.get(one.pk, "{}"))
            found[one.key] = [
                fact.label for key, fact in declared.items() if was.get(key) != is_now.get(key) and one.pk in now
            ]
    return found


def undo(
    number: int,
    *,
    actor: Any,
    reason: str,
    also: Iterable[str] = (),
    also_all: bool = False,
    seen: int | None = None,
    details: Mapping[str, Any] | None = None,
) -> tuple[OpenChangeSet, UndoPlan]:
    """Undo the import of the change set ``number`` as one ordinary change set, whose details refer to it.

    ``also`` and ``also_all`` are as for ``plan_undo``; ``seen`` is the register's last change set when the person
    decided. Out: the change set, closed and numbered, and what was done. Raises CannotUndo, with nothing written,
    without a reason, where the register has moved on since ``seen``, where nothing is left to undo, and where
    something that refers to a created object forbids its removal.
    """
    if not reason.strip():
        raise CannotUndo(_t("Say why the import is undone: the reason is kept in the history."))
    told = {"undoes": number, **(details or {})}
    try:
        with (
            collector_paused(),
            change_set(actor=actor, channel=Channel.SCREEN, reason=reason.strip(), details=told) as opened,
        ):
            opened.after = last_number()
            if seen is not None and opened.after != seen:
                raise MovedOn
            plan = plan_undo(number, also=also, also_all=also_all)
            if not plan.does_anything:
                raise CannotUndo(_t("Nothing is left to undo."))
            for model in reversed(ROOTS):  # what refers to others goes first
                _put_back(model, [one for one in plan.by_fate.get(Fate.PUT_BACK, ()) if one.model is model])
                _remove(model, [one.pk for one in plan.by_fate.get(Fate.REMOVE, ()) if one.model is model])
    except MovedOn as error:
        raise CannotUndo(
            _t("The register has changed since you looked. Nothing was undone; look at what would happen now.")
        ) from error
    return opened, plan


# What there is to undo


def _objects(model: Any, number: int) -> Iterator[Undone]:
    history = model.history.model.objects
    ours = history.filter(change_set_id=number).order_by("history_id")
    label = history.filter(id=OuterRef("id"), history_id__gte=OuterRef("history_id")).exclude(history_type=DELETED)
    rows = ours.annotate(newest=Subquery(label.order_by("-history_id").values(model.LABEL)[:1])).values_list(
        "id", "history_id", "history_type", "newest", model.LABEL
    )
    found = list(rows)
    if not found:
        return
    later: dict[Any, list[tuple[int, str]]] = defaultdict(list)
    after = history.filter(change_set_id__gt=number, id__in=ours.order_by().values("id")).order_by("history_id")
    for pk, change, kind in after.values_list("id", "change_set_id", "history_type"):
        later[pk].append((change, kind))
    who = dict(
        ChangeSet.objects.filter(sequence__in={change for some in later.values() for change, _ in some}).values_list(
            "sequence", "actor_name"
        )
    )
    for pk, version, kind, newest, label_then in found:
        created = kind == CREATED
        touched = tuple(Later(change, who[change]) for change, _ in later[pk])
        is_gone = bool(later[pk]) and later[pk][-1][1] == DELETED
        fate = Fate.GONE if created and is_gone else Fate.REMOVE if created else Fate.PUT_BACK
        if kind == DELETED:
            continue  # an import deletes nothing
        yield Undone(model, pk, newest or label_then, created, version, fate, touched)


def _before(model: Any, some: Sequence[Undone]) -> dict[Any, Content]:
    """Return what the objects said before the import."""
    history = model.history.model.objects
    earlier: dict[Any, int] = {}
    for pk, last in (
        history.filter(change_set_id__lt=_number_of(model, some), id__in=[one.pk for one in some])
        .order_by()
        .values_list("id")
        .annotate(last=Max("history_id"))
    ):
        earlier[pk] = last
    texts = dict(history.filter(history_id__in=list(earlier.values())).values_list("id", "content"))
    return {pk: json.loads(text) for pk, text in texts.items()}


def _number_of(model: Any, some: Sequence[Undone]) -> int:
    numbers = model.history.model.objects.filter(history_id=some[0].version).values_list("change_set_id", flat=True)
    return int(numbers.get())


def _chunks(objects: Sequence[Any]) -> Iterator[Sequence[Any]]:
    for start in range(0, len(objects), CHUNK):
        yield objects[start : start + CHUNK]


# What has to stay


def _leave_what_refers_to_the_missing(found: Sequence[Undone]) -> None:
    for model in ROOTS:
        back = [one for one in found if one.model is model and one.fate is Fate.PUT_BACK]
        for some in _chunks(back):
            before = _before(model, some)
            gone, _ = missing(model, {pk: completed(model, said, said) for pk, said in before.items()})
            for one in some:
                if one.pk in gone:
                    one.fate = Fate.LEAVE
                    one.why = _t(
                        "Before the import it referred to what no longer exists: %(names)s. Restore that first."
                    ) % {"names": ", ".join(gone[one.pk])}


def _leave_what_is_used(found: Sequence[Undone]) -> None:
    """Leave created objects that something refers to which stays as it is; repeat, since those left refer to others."""
    undone = {(one.model, one.pk): one for one in found if one.fate in {Fate.REMOVE, Fate.PUT_BACK}}
    left = True
    while left:
        left = False
        for model in reversed(ROOTS):
            going = [one for one in undone.values() if one.model is model and one.fate is Fate.REMOVE]
            for some in _chunks(going):
                for pk, user in _users(model, some, undone).items():
                    one = undone.pop((model, pk))
                    one.fate, one.why = Fate.LEAVE, _t("Still used by %(user)s.") % {"user": user}
                    left = True


def _users(model: Any, some: Sequence[Undone], undone: Mapping[tuple[Any, int], Undone]) -> dict[int, str]:
    """Return by whom objects are used that wouldn't be undone as well: key of the object → one of them, in words."""
    pks = [one.pk for one in some]
    found: dict[int, str] = {}
    own = set(parts_of(model).values())
    relations = [one for one in model._meta.get_fields(include_hidden=True) if one.one_to_many and one.auto_created]
    for relation in relations:
        user = relation.related_model
        if user in own or not issubclass(user, Kept):
            continue
        root = user.root_model()
        column = f"{user.ROOT}_id" if user.ROOT else "pk"
        rows = user._base_manager.filter(**{f"{relation.field.name}__in": pks}).order_by(relation.field.attname, column)
        for pk, root_pk in rows.values_list(relation.field.attname, column).distinct():
            if (root, root_pk) not in undone and pk not in found:
                name = root._base_manager.filter(pk=root_pk).values_list(root.LABEL, flat=True).first()
                found[pk] = f"{root._meta.verbose_name} “{name}”"
    return found


# Doing it


def _put_back(model: Any, back: Sequence[Undone]) -> None:
    for some in _chunks(back):
        pks = sorted(one.pk for one in some)
        list(model._base_manager.select_for_update().filter(pk__in=pks).order_by("pk").values_list("pk"))
        before = _before(model, some)
        now = {pk: json.loads(text) for pk, _, text in contents(model, pks)}
        whole = {pk: completed(model, said, now.get(pk, said)) for pk, said in before.items()}
        missing(model, whole)  # empties references to accounts that are gone
        write_back(model, whole, now)


def _remove(model: Any, pks: Sequence[int]) -> None:
    for some in _chunks(sorted(pks)):
        for part in parts_of(model).values():
            rows = part.objects.filter(**{f"{part.ROOT}_id__in": some})
            rows._raw_delete(rows.db)  # noted by the deletion of the record itself, a few lines below
        try:
            model.objects.filter(pk__in=some).delete()
        except ProtectedError as error:
            user: Any = next(iter(error.protected_objects))
            said = _t("Nothing was undone: %(kind)s “%(user)s” still refers to something that the import created.")
            raise CannotUndo(said % {"kind": user._meta.verbose_name, "user": user}) from error
