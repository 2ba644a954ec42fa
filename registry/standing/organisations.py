"""What is asked once for many records: organisations as a whole, and systems that say what they hold. As they are now,
with the laws that the records are under, and what these tell of the systems."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import CharField, Value

from registry import models
from registry.compliance.held import Systems
from registry.compliance.laws import Law
from registry.record.entries import SystemEntry
from registry.record.loader import newest
from registry.record.organisations import OrganisationRecord
from registry.record.versions import freezer
from registry.standing.counting import ARROW, HELD, LAW


@dataclass(frozen=True)
class Tallied:
    """What activities count towards: laws by organisation, and what is told of systems by system and organisation."""

    laws: Mapping[int, set[Law]]
    told: Mapping[tuple[int, int], frozenset[str]]


@dataclass(frozen=True)
class Asked:
    """The organisations, and the systems that say what they hold, by key."""

    organisations: Mapping[int, OrganisationRecord]
    systems: Mapping[int, SystemEntry]

    def in_use(self, tallied: Tallied) -> Systems:
        """Return the systems with what is told of them."""
        return Systems(self.systems, tallied.told)

    def laws(self, tallied: Tallied) -> dict[int, set[Law]]:
        """Return the laws that the records of each organisation are under; none has any where it isn't known."""
        return {pk: some for pk, some in tallied.laws.items() if pk in self.organisations}


def load_tallied() -> Tallied:
    """Return what is tallied of laws and systems: one query. The derived rows have to be fresh."""
    laws: dict[int, set[Law]] = {}
    told: dict[tuple[int, int], set[str]] = {}
    rows = models.Tally.objects.filter(dimension__in=(LAW, HELD)).values_list("dimension", "key")
    for dimension, key in rows:
        first, second, *said = key.split(ARROW)
        if dimension == LAW:
            laws.setdefault(int(first), set()).add(Law[second])
        else:
            told.setdefault((int(first), int(second)), set()).update(said)
    return Tallied(laws, {place: frozenset(said) for place, said in told.items()})


def load_asked(change_set: int) -> Asked:
    """Return the organisations and the systems that say what they hold, as at a change set: one query.

    One more for the names of categories where there is such a system.
    """
    whole = newest(models.Organisation, change_set).annotate(kind=Value("organisation", CharField()))
    holding = newest(models.System, change_set).filter(content__contains='"data":[{')
    holding = holding.annotate(kind=Value("system", CharField()))
    rows, others = (some.order_by().values_list("kind", "id", "content") for some in (whole, holding))
    texts: dict[str, dict[int, str]] = {"organisation": {}, "system": {}}
    for of, pk, content in rows.union(others, all=True):
        texts[of][pk] = content
    freeze = freezer(models.Organisation)
    organisations = {pk: freeze(content) for pk, content in texts["organisation"].items()}
    return Asked(organisations, _systems(texts["system"], change_set) if texts["system"] else {})


def _systems(texts: Mapping[int, str], change_set: int) -> dict[int, SystemEntry]:
    freeze_category = freezer(models.DataCategory)
    versions = newest(models.DataCategory, change_set).values_list("id", "content")
    categories = {pk: freeze_category(content) for pk, content in versions}
    freeze = freezer(models.System, {models.DataCategory.__name__: categories})
    return {pk: freeze(content) for pk, content in texts.items()}
