"""The gaps of a few records, read from their frozen content: their sentences, and which of them are accepted."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain
from typing import Any, Generic, TypeVar

from django.db.models import Max
from django.utils import timezone

from registry import models
from registry.compliance.checking import check_record
from registry.compliance.context import Context
from registry.compliance.gap import OF_ORGANISATION, Gap
from registry.compliance.whole import check_organisations
from registry.record.acceptance import AcceptanceRecord
from registry.record.activity import ActivityRecord
from registry.record.loader import Register, load_entries
from registry.record.organisations import OrganisationRecord
from registry.standing.acceptances import in_force
from registry.standing.meetings import context_for, pairs_of
from registry.standing.organisations import laws_of_organisations, load_organisations
from registry.versioning.change_set import last_number

S = TypeVar("S", ActivityRecord, OrganisationRecord)


@dataclass(frozen=True)
class Gaps(Generic[S]):
    """What was found in a record, or in an organisation as a whole. ``accepted`` holds the acceptances in force by the
    id of their gap."""

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
    pairs = list(pairs_of(register))
    context = context_for(register, pairs)
    accepted = in_force(register.change_set, timezone.localdate())
    for record, _ in pairs:
        yield _found(record, check_record(record, context), accepted)


def gaps_of_organisations(organisations: Collection[int]) -> Iterator[Gaps[OrganisationRecord]]:
    """Yield those of these organisations in which as a whole something is found now, with that; one query where there
    are none. The derived rows have to be fresh."""
    if not organisations:
        return
    found = models.FoundGap.objects.filter(organisation__in=organisations).values_list("organisation", flat=True)
    if not (lacking := set(found)):
        return
    number, today = last_number(), timezone.localdate()
    laws, known = laws_of_organisations(), load_organisations(number)
    accepted = in_force(number, today)
    asked = {pk: laws[pk] for pk in lacking if pk in laws and pk in known}
    for organisation, gaps in check_organisations(known, asked, Context(today)):
        yield _found(organisation, gaps, accepted)


def _found(subject: S, gaps: tuple[Gap, ...], accepted: Mapping[str, AcceptanceRecord]) -> Gaps[S]:
    return Gaps(subject, gaps, {gap.id: accepted[gap.id] for gap in gaps if gap.id in accepted})


def find_gap(identifier: str) -> tuple[Gaps[Any], Gap] | None:
    """Return the gap with this id and all that was found beside it; None where it isn't there (any more)."""
    key = identifier.split(":")[1] if identifier.count(":") else ""
    of_organisation = key.startswith(OF_ORGANISATION)
    number = key.removeprefix(OF_ORGANISATION)
    if not number.isdecimal():
        return None
    asked: Iterable[Gaps[Any]] = (gaps_of_organisations if of_organisation else gaps_of)([int(number)])
    for found in asked:
        for gap in found.gaps:
            if gap.id == identifier:
                return found, gap
    return None


def sentences(rows: Iterable[models.FoundGap]) -> dict[str, Gap]:
    """Return by id the gaps that these rows stand for."""
    activities = {row.activity_id for row in rows if row.activity_id is not None}
    organisations = {row.organisation_id for row in rows if row.organisation_id is not None}
    found: Iterable[Gaps[Any]] = chain(gaps_of(activities), gaps_of_organisations(organisations))
    return {gap.id: gap for gap in chain.from_iterable(one.gaps for one in found)}
