"""The pictures of the first page, as the tables that they are drawn from. All numbers count activities."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from registry.admin.counted_names import ENDS, names_of
from registry.admin.list_links import Links
from registry.models import Counted
from registry.record.activity import label_of
from registry.reference.activity import ActivityStatus
from registry.standing.counting import ARROW
from registry.standing.tallies import Tallies, flow_sizes, flow_tallies

SHOWN = 8
"""How many bars a picture has; the others are in the table of all."""

STATIONS = 7
"""How many names the flow has at each of its four stations."""

FEW = 7
"""Up to so many activities the flow leads through them; where there are more, their units stand for them."""


@dataclass(frozen=True)
class Part:
    """A part of a picture: its name, how many activities it stands for, and the list of them."""

    key: str
    name: str
    number: int
    url: str


@dataclass(frozen=True)
class Bars:
    """A picture of bars, the longest first. ``more`` is how many others there are, none with more than ``at_most``."""

    dimension: str
    title: str | Promise
    empty: str | Promise
    parts: tuple[Part, ...]
    more: int
    at_most: int


@dataclass(frozen=True)
class Band:
    """A part of the flow from one station to the next."""

    source: Part
    target: Part
    number: int
    url: str


@dataclass(frozen=True)
class Leg:
    """The flow between two stations; ``more`` is how many bands of it aren't drawn, ``url`` where all of them are."""

    dimension: str
    title: str | Promise
    bands: tuple[Band, ...]
    more: int
    url: str


BARS: Mapping[str, tuple[str | Promise, str | Promise]] = {
    "status": (_("By status"), ""),
    "unit": (_("By unit"), _("No record that is in use.")),
    "basis": (_("By legal basis"), _("No record that is in use.")),
    "country": (_("Transfers by country"), _("No transfer to a third country is recorded.")),
    "safeguard": (_("Transfers by safeguard"), _("No transfer to a third country is recorded.")),
}
"""The pictures of bars, each with its title and with what is said where there is nothing to draw."""

LEGS: Mapping[str, str | Promise] = {
    "flow-in": _("Data subjects to units"),
    "flow-out": _("Units to recipients"),
    "flow-on": _("Recipients to countries"),
}


@dataclass(frozen=True)
class Pictures:
    """All pictures of the first page; ``of_few`` tells that the flow names each activity."""

    bars: tuple[Bars, ...]
    flow: tuple[Leg, ...]
    of_few: bool

    @property
    def has_flow(self) -> bool:
        """Whether anything flows."""
        return any(leg.bands for leg in self.flow)


def pictures(found: Tallies) -> Pictures:
    """Return the pictures made from these tallies; two queries for the flow and three for names, whatever there is."""
    drawn = {dimension: list(found.get(dimension, {}))[:SHOWN] for dimension in BARS if dimension != "status"}
    stations = {
        end: list(found.get(end, {}))[:STATIONS] for end in dict.fromkeys(end for ends in ENDS.values() for end in ends)
    }
    names = names_of({key: {*drawn.get(key, ()), *stations.get(key, ())} for key in drawn.keys() | stations.keys()})
    names |= {("status", status.value): str(status.label) for status in ActivityStatus}
    drawn["status"] = [status.value for status in ActivityStatus if status.value in found.get("status", {})]
    links = Links()
    parts = {
        (dimension, key): Part(f"{dimension}:{key}", names[dimension, key], number, links.counted(dimension, key))
        for dimension, keys in [*drawn.items(), *stations.items()]
        for key in keys
        if (number := found[dimension][key])
    }
    bars = tuple(
        _bars(dimension, [parts[dimension, key] for key in drawn[dimension]], found.get(dimension, {}))
        for dimension in BARS
    )
    of_few = found.get("living", {}).get("all", 0) <= FEW
    legs = legs_of_few(parts, links) if of_few else _legs(stations, parts, links)
    return Pictures(bars, tuple(legs), of_few)


def _bars(dimension: str, parts: Sequence[Part], numbers: Mapping[str, int]) -> Bars:
    title, empty = BARS[dimension]
    others = sorted(numbers.values(), reverse=True)[len(parts) :]
    if dimension != "status":  # statuses follow each other as records do
        parts = sorted(parts, key=lambda part: (-part.number, part.name.casefold()))
    return Bars(dimension, title, empty, tuple(parts), len(others), max(others, default=0))


def _legs(stations: Mapping[str, Sequence[str]], parts: Mapping[tuple[str, str], Part], links: Links) -> Iterator[Leg]:
    """Yield the flow between these stations, leg by leg."""
    possible = {
        leg: {f"{here}{ARROW}{there}": (here, there) for here in stations[start] for there in stations[end]}
        for leg, (start, end) in ENDS.items()
    }
    numbers, sizes = flow_tallies(key for keys in possible.values() for key in keys), flow_sizes()
    for leg, (start, end) in ENDS.items():
        bands = tuple(
            Band(parts[start, here], parts[end, there], number, links.counted(leg, key))
            for key, number in numbers.get(leg, {}).items()
            if key in possible[leg]
            for here, there in [possible[leg][key]]
        )
        yield Leg(leg, LEGS[leg], bands, sizes.get(leg, 0) - len(bands), reverse("admin:all_parts", args=[leg]))


LEGS_OF_FEW: Mapping[str, str | Promise] = {
    "subject": _("Data subjects to activities"),
    "recipients": _("Activities to recipients"),
    "flow-on": LEGS["flow-on"],
}


def legs_of_few(parts: Mapping[tuple[str, str], Part], links: Links) -> Iterator[Leg]:
    """Yield the flow through the activities themselves, leg by leg, for a register of few: one query."""
    rows = Counted.objects.filter(dimension__in=LEGS_OF_FEW).order_by("activity__reference", "activity", "key")
    bands: dict[str, list[Band]] = {dimension: [] for dimension in LEGS_OF_FEW}
    numbers = Counter[str]()
    left_out = Counter[str]()
    for dimension, key, pk, reference, name in rows.values_list(
        "dimension", "key", "activity", "activity__reference", "activity__name"
    ):
        if dimension == "flow-on":
            numbers[key] += 1
        elif (end := parts.get((dimension, key))) is None:
            left_out[dimension] += 1
        else:
            address = reverse("admin:registry_processingactivity_change", args=[pk])
            activity = Part(f"activity:{pk}", label_of(reference, name), 1, address)
            ends = (end, activity) if dimension == "subject" else (activity, end)
            bands[dimension].append(Band(*ends, 1, address))
    for key, number in numbers.most_common():
        here, there = (parts.get(end) for end in zip(ENDS["flow-on"], key.split(ARROW), strict=True))
        if here is not None and there is not None:
            bands["flow-on"].append(Band(here, there, number, links.counted("flow-on", key)))
        else:
            left_out["flow-on"] += 1
    for dimension, title in LEGS_OF_FEW.items():
        every = reverse("admin:all_parts", args=[dimension]) if dimension in LEGS else links()
        yield Leg(dimension, title, tuple(bands[dimension]), left_out[dimension], every)
