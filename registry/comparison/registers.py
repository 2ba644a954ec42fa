"""What differs between two frozen registers: activities added, changed, retired, removed, and how they differ."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import Enum

from registry import models
from registry.comparison.records import Difference, EntryChange, differences, entry_change, referred_differences
from registry.record.activity import ActivityRecord
from registry.record.loader import Register
from registry.reference.activity import ActivityStatus

ORGANISATION = models.Organisation.__name__
"""What nearly all activities refer to: what changed in it is told once, and not with each of them."""


class ActivityKind(Enum):
    """What became of an activity."""

    ADDED = "added"
    CHANGED = "changed"
    RETIRED = "retired"
    REMOVED = "removed"


@dataclass(frozen=True)
class ActivityChange:
    """What became of one activity: its key, its names (the new ones where it is still there), and how it differs.

    ``old_version`` and ``new_version`` are the keys of its versions, None where it wasn't there; they are equal where
    only what it refers to has changed. Who made the changes is in the change sets between the two registers.
    """

    kind: ActivityKind
    pk: int
    organisation: str
    reference: str
    name: str
    old_version: int | None
    new_version: int | None
    differences: tuple[Difference, ...]
    referred: tuple[EntryChange, ...]


@dataclass(frozen=True)
class RegisterDifference:
    """What differs between two registers, each list in the order of the register."""

    added: tuple[ActivityChange, ...]
    changed: tuple[ActivityChange, ...]
    retired: tuple[ActivityChange, ...]
    removed: tuple[ActivityChange, ...]

    def __len__(self) -> int:
        return len(self.added) + len(self.changed) + len(self.retired) + len(self.removed)


def registers(old: Register, new: Register) -> RegisterDifference:
    """Return what became of every activity between two registers; ``activity_changes`` streams the same."""
    by_kind: dict[ActivityKind, list[ActivityChange]] = {kind: [] for kind in ActivityKind}
    for change in activity_changes(old, new):
        by_kind[change.kind].append(change)
    return RegisterDifference(
        tuple(by_kind[ActivityKind.ADDED]),
        tuple(by_kind[ActivityKind.CHANGED]),
        tuple(by_kind[ActivityKind.RETIRED]),
        tuple(by_kind[ActivityKind.REMOVED]),
    )


def activity_changes(old: Register, new: Register) -> Iterator[ActivityChange]:
    """Yield what became of each activity that differs: first those of ``new`` in its order, then those that are gone.

    Needs at most four queries. An activity is read only where its versions differ, or where it refers to an entry that
    does; memory holds one pair at a time.
    """
    before, after = dict(old.index), dict(new.index)
    moved = new.referring(_changed_entries(old, new))
    both = [pk for pk, version in new.index if pk in before and (before[pk] != version or pk in moved)]
    formerly = old.in_order(both)
    for now in new.in_order(pk for pk, version in new.index if before.get(pk) != version or pk in moved):
        if now.pk not in before:
            yield _change(ActivityKind.ADDED, now, None, after[now.pk], (), ())
            continue
        then = next(formerly)
        own, entries = differences(then, now), referred_differences(then, now)
        if own or entries:
            was_retired = then.status != ActivityStatus.RETIRED and now.status == ActivityStatus.RETIRED
            kind = ActivityKind.RETIRED if was_retired else ActivityKind.CHANGED
            yield _change(kind, now, before[now.pk], after[now.pk], own, entries)
    for gone in old.in_order(pk for pk, _ in old.index if pk not in after):
        yield _change(ActivityKind.REMOVED, gone, before[gone.pk], None, (), ())


def organisation_changes(
    old: Register, new: Register, changes: Iterable[ActivityChange]
) -> list[tuple[EntryChange, int]]:
    """Return the organisations that both registers know and that differ, each with how many of ``changes`` name it.

    They are those that activities name in both registers, and those whose register it is, named or not.
    """
    found: dict[int, EntryChange] = {}
    number: Counter[int] = Counter()
    for change in changes:
        for entry in change.referred:
            if entry.model == ORGANISATION:
                found[entry.pk] = entry
                number[entry.pk] += 1
    for pk, organisation in new.organisations.items():
        is_meant = new.organisation.pk == pk if new.organisation else organisation.is_own
        former = old.organisations.get(pk)
        if is_meant and former is not None and pk not in found:
            own = entry_change((ORGANISATION, pk), former, organisation)
            found |= {} if own is None else {pk: own}
    return [(entry, number[pk]) for pk, entry in found.items()]


def _changed_entries(old: Register, new: Register) -> set[tuple[str, int]]:
    """Return model name and key of every entry that both registers know and that differs."""
    return {
        (model, pk)
        for model, entries in new.entries.items()
        for pk, entry in entries.items()
        if (former := old.entries.get(model, {}).get(pk)) is not None and former != entry
    }


def _change(
    kind: ActivityKind,
    record: ActivityRecord,
    old_version: int | None,
    new_version: int | None,
    own: tuple[Difference, ...],
    entries: tuple[EntryChange, ...],
) -> ActivityChange:
    names = (record.organisation.label, record.reference, record.name)
    return ActivityChange(kind, record.pk, *names, old_version, new_version, own, entries)
