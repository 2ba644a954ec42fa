"""The gaps of a few records, read from their frozen content: their sentences, and which of them are accepted."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain

from django.db.models import Max
from django.utils import timezone

from registry import models
from registry.compliance.checking import check_record
from registry.compliance.gap import Gap
from registry.compliance.section_state import SectionState, section_states
from registry.record.acceptance import AcceptanceRecord
from registry.record.activity import ActivityRecord
from registry.record.loader import Register, load_entries
from registry.standing.acceptances import in_force
from registry.standing.meetings import context_for, pairs_of
from registry.versioning.change_set import last_number


@dataclass(frozen=True)
class RecordGaps:
    """What was found in a record. ``accepted`` holds the acceptances in force by the id of their gap."""

    record: ActivityRecord
    gaps: tuple[Gap, ...]
    accepted: Mapping[str, AcceptanceRecord]

    @property
    def open_gaps(self) -> tuple[Gap, ...]:
        """The gaps that nobody has accepted, the gravest first."""
        found = [gap for gap in self.gaps if gap.id not in self.accepted]
        return tuple(sorted(found, key=lambda gap: gap.severity.rank))

    @property
    def states(self) -> Mapping[str, SectionState]:
        """The state of each section of the form; an accepted gap is still one."""
        return section_states(self.record, self.gaps)


def register_of(activities: Collection[int]) -> Register:
    """Return the register as it is now, limited to these activities, without looking at the others."""
    number = last_number()
    versions = models.ProcessingActivity.history.model.objects.filter(id__in=activities, change_set_id__lte=number)
    newest = versions.order_by().values("id").annotate(last=Max("history_id")).values("last")
    living = versions.filter(history_id__in=newest).exclude(history_type="-").order_by("id")
    index = tuple(living.values_list("id", "history_id"))
    return Register(timezone.now(), number, "", None, load_entries(number), index)


def gaps_of(activities: Collection[int]) -> Iterator[RecordGaps]:
    """Yield what is found in these activities now, by key. The derived rows have to be fresh: see ``refresh``."""
    register = register_of(activities)
    pairs = list(pairs_of(register))
    context = context_for(register, pairs)
    accepted = in_force(register.change_set, timezone.localdate())
    for record, _ in pairs:
        gaps = check_record(record, context)
        ids = {gap.id for gap in gaps}
        yield RecordGaps(record, gaps, {gap: one for gap, one in accepted.items() if gap in ids})


def find_gap(identifier: str) -> tuple[RecordGaps, Gap] | None:
    """Return the gap with this id and all that was found in its record; None where it isn't there (any more)."""
    key = identifier.split(":")[1] if identifier.count(":") else ""
    if not key.isdigit():
        return None
    for found in gaps_of([int(key)]):
        for gap in found.gaps:
            if gap.id == identifier:
                return found, gap
    return None


def sentences(rows: Iterable[models.FoundGap]) -> dict[str, Gap]:
    """Return by id the gaps that these rows stand for."""
    activities = {row.activity_id for row in rows}
    return {gap.id: gap for gap in chain.from_iterable(found.gaps for found in gaps_of(activities))}
