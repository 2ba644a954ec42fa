"""The pictures of the first page, as the tables that they are drawn from. All numbers count activities."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from registry.admin.counted_names import ENDS, names_of
from registry.admin.list_links import counted_url
from registry.reference.activity import ActivityStatus
from registry.standing.counting import ARROW
from registry.standing.tallies import Tallies

SHOWN = 8
"""How many bars a picture has; the others are in the table of all."""

STATIONS = 7
"""How many names the flow has at each of its four stations."""


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
    """The flow between two stations; ``more`` is how many bands of it aren't drawn."""

    dimension: str
    title: str | Promise
    bands: tuple[Band, ...]
    more: int


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
    """All pictures of the first page."""

    bars: tuple[Bars, ...]
    flow: tuple[Leg, ...]

    @property
    def has_flow(self) -> bool:
        """Whether anything flows."""
        return any(leg.bands for leg in self.flow)


def pictures(found: Tallies) -> Pictures:
    """Return the pictures made from these tallies; three queries for names, whatever there is."""
    drawn = {dimension: list(found.get(dimension, {}))[:SHOWN] for dimension in BARS if dimension != "status"}
    stations = {
        end: list(found.get(end, {}))[:STATIONS] for end in dict.fromkeys(end for ends in ENDS.values() for end in ends)
    }
    wanted = {key: {*drawn.get(key, ()), *stations.get(key, ())} for key in drawn.keys() | stations.keys()}
    names = names_of(wanted)
    names |= {("status", status.value): str(status.label) for status in ActivityStatus}
    drawn["status"] = [status.value for status in ActivityStatus if status.value in found.get("status", {})]
    bars = tuple(_bars(dimension, drawn[dimension], found, names) for dimension in BARS)
    return Pictures(bars, tuple(_leg(leg, stations, found, names) for leg in LEGS))


def _part(dimension: str, key: str, found: Tallies, names: Mapping[tuple[str, str], str]) -> Part:
    number = found.get(dimension, {}).get(key, 0)
    return Part(f"{dimension}:{key}", names[dimension, key], number, counted_url(dimension, key))


def _bars(dimension: str, keys: list[str], found: Tallies, names: Mapping[tuple[str, str], str]) -> Bars:
    title, empty = BARS[dimension]
    numbers = list(found.get(dimension, {}).values())
    others = numbers[len(keys) :] if dimension != "status" else []
    parts = tuple(_part(dimension, key, found, names) for key in keys)
    return Bars(dimension, title, empty, parts, len(others), max(others, default=0))


def _leg(leg: str, stations: Mapping[str, list[str]], found: Tallies, names: Mapping[tuple[str, str], str]) -> Leg:
    here, there = ENDS[leg]
    sources = {key: _part(here, key, found, names) for key in stations[here]}
    targets = {key: _part(there, key, found, names) for key in stations[there]}
    bands = []
    for key, number in found.get(leg, {}).items():
        source, _arrow, target = key.partition(ARROW)
        if source in sources and target in targets:
            bands.append(Band(sources[source], targets[target], number, counted_url(leg, key)))
    return Leg(leg, LEGS[leg], tuple(bands), len(found.get(leg, {})) - len(bands))
