"""The gaps of a few records, read from their frozen content: their sentences, and which of them are accepted."""

import json
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain
from typing import Any, Generic, TypeVar

from django.db.models import Max
from django.utils import timezone

from registry import models
from registry.compliance.accepted import Accepted
from registry.compliance.checking import check_record
from registry.compliance.context import Context
from registry.compliance.gap import OF_ORGANISATION, OF_SYSTEM, Gap
from registry.compliance.whole import check_organisations, check_systems
from registry.record.acceptance import AcceptanceRecord
from registry.record.activity import ActivityRecord
from registry.record.entries import SystemEntry
from registry.record.loader import Register, load_entries
from registry.record.organisations import OrganisationRecord
from registry.record.versions import freezer, load_living
from registry.standing.acceptances import in_force
from registry.standing.meetings import context_for
from registry.standing.organisations import load_asked, load_tallied
from registry.versioning.change_set import last_number
from registry.versioning.content import contents

S = TypeVar("S", ActivityRecord, OrganisationRecord, SystemEntry)


@dataclass(frozen=True)
class Gaps(Generic[S]):
    """What was found in a record, in an organisation as a whole, or in a system. ``accepted`` holds the acceptances in
    force by the id of their gap."""

    subject: S
    gaps: tuple[Gap, ...]
    accepted: Mapping[str, AcceptanceRecord]

    @property
    def open_gaps(self) -> tuple[Gap, ...]:
        """The gaps that nobody has accepted, the gravest first."""
        found = [gap for gap in self.gaps if gap.id not in self.accepted]
        return tuple(sorted(found, key=lambda gap: gap.severity.rank))


def register_of(activities: Collection[int]) -> Register:
    """Return the register as it is now, limited to these activities, without looking at the others."""
    number = last_number()
    versions = models.ProcessingActivity.history.model.objects.filter(id__in=activities, change_set_id__lte=number)
    newest = versions.order_by().values("id").annotate(last=Max("history_id")).values("last")
    living = versions.filter(history_id__in=newest).exclude(history_type="-").order_by("id")
    index = tuple(living.values_list("id", "history_id"))
    return Register(timezone.now(), number, "", None, load_entries(number), index)


def gaps_of(activities: Collection[int]) -> Iterator[Gaps[ActivityRecord]]:
    """Yield what is found in these activities now, by key. The derived rows have to be fresh: see ``refresh``."""
    register = register_of(activities)
    pairs = list(register.pairs())
    context = context_for(register, pairs)
    accepted = in_force(register.change_set, timezone.localdate())
    for record, _ in pairs:
        yield _found(record, check_record(record, context), accepted)


def gaps_as_written(activity: int) -> Gaps[ActivityRecord]:
    """Return what would be found in an activity as the open change set leaves it, before that is sealed."""
    text = next(text for _, _, text in contents(models.ProcessingActivity, [activity]))
    living = load_living(models.ProcessingActivity, [json.loads(text)])
    record = freezer(models.ProcessingActivity, living)(text)
    register = register_of([activity])
    context = context_for(register, [(record, text)])
    return _found(record, check_record(record, context), in_force(register.change_set, timezone.localdate()))


def gaps_of_organisations(organisations: Collection[int]) -> Iterator[Gaps[OrganisationRecord]]:
    """Yield those of these organisations in which as a whole something is found now, with that; one query where there
    are none. The derived rows have to be fresh."""
    if not organisations:
        return
    rows = models.FoundGap.objects.filter(organisation__in=organisations, system__isnull=True)
    if not (lacking := set(rows.values_list("organisation", flat=True))):
        return
    number, today = last_number(), timezone.localdate()
    tallied, asked = load_tallied(), load_asked(number)
    accepted = in_force(number, today)
    laws = {pk: some for pk, some in asked.laws(tallied).items() if pk in lacking}
    for organisation, gaps in check_organisations(asked.organisations, laws, Context(today)):
        yield _found(organisation, gaps, accepted)


def gaps_of_systems(systems: Collection[int]) -> Iterator[Gaps[SystemEntry]]:
    """Yield those of these systems in which something is found now, with that; one query where there are none. The
    derived rows have to be fresh."""
    if not systems:
        return
    rows = models.FoundGap.objects.filter(system__in=systems)
    if not (lacking := set(rows.values_list("system", flat=True))):
        return
    number, today = last_number(), timezone.localdate()
    tallied, asked = load_tallied(), load_asked(number)
    accepted = in_force(number, today)
    for system, gaps in check_systems(asked.in_use(tallied), asked.organisations, asked.laws(tallied), Context(today)):
        if system.pk in lacking:
            yield _found(system, gaps, accepted)


def _found(subject: S, gaps: tuple[Gap, ...], accepted: Accepted) -> Gaps[S]:
    return Gaps(subject, gaps, {gap.id: one for gap in gaps if (one := accepted.of(gap)) is not None})


_OF: Mapping[str, Callable[[Collection[int]], Iterable[Gaps[Any]]]] = {
    OF_ORGANISATION: gaps_of_organisations,
    OF_SYSTEM: gaps_of_systems,
    "": gaps_of,
}
"""Where to look for a gap, by what stands before the key in its id."""


def find_gap(identifier: str) -> tuple[Gaps[Any], Gap] | None:
    """Return the gap with this id and all that was found beside it; None where it isn't there (any more)."""
    key = identifier.split(":")[1] if identifier.count(":") else ""
    kind = next((kind for kind in _OF if key.startswith(kind)), "")
    number = key.removeprefix(kind)
    if not number.isdecimal():
        return None
    for found in _OF[kind]([int(number)]):
        for gap in found.gaps:
            if gap.id == identifier:
                return found, gap
    return None


def sentences(rows: Iterable[models.FoundGap]) -> dict[str, Gap]:
    """Return by id the gaps that these rows stand for."""
    activities = {row.activity_id for row in rows if row.activity_id is not None}
    systems = {row.system_id for row in rows if row.system_id is not None}
    organisations = {row.organisation_id for row in rows if row.organisation_id is not None and row.system_id is None}
    found: Iterable[Gaps[Any]] = chain(
        gaps_of(activities), gaps_of_organisations(organisations), gaps_of_systems(systems)
    )
    return {gap.id: gap for gap in chain.from_iterable(one.gaps for one in found)}
