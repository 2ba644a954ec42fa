"""What was asked for: which report, in which form, of which state of the register. All that a report depends on."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from datetime import UTC, datetime
from typing import Any, Self

from django.utils import timezone

from registry import models

_MOMENTS = ("as_at", "since", "produced_at")
_LISTS = ("activities", "filters")


@dataclass(frozen=True, kw_only=True)
class Parameters:
    """A request for a report. The same parameters give the same bytes, today and in a year.

    ``report`` and ``format`` are names of the catalogue. ``as_at`` is None for the register at the moment of
    production. ``since`` is the earlier moment of what changed. ``organisation`` is a key, None for all.
    ``activities`` are the keys of those that it is limited to, None for all, and ``filters`` say in words why
    those; with ``arranged`` they come in the order of these keys, without it in that of the register. ``subject`` names
    what the report is about, as ``subjects`` writes it. ``language`` is a code such as "en".
    ``produced_at`` is an aware moment and ``produced_by`` a name, as the report prints them, and ``key`` the
    fingerprint of the key of this register.
    """

    report: str
    format: str
    produced_at: datetime
    produced_by: str
    as_at: datetime | None = None
    since: datetime | None = None
    organisation: int | None = None
    activities: tuple[int, ...] | None = None
    arranged: bool = False
    filters: tuple[str, ...] = ()
    subject: str = ""
    language: str = "en"
    key: str = ""

    @property
    def moment(self) -> datetime:
        """The moment as at which the register is read."""
        return self.as_at or self.produced_at

    def as_json(self) -> dict[str, Any]:
        """Return the same as plain values that JSON can hold, moments in UTC; ``from_json`` reads them."""
        values = asdict(self)
        for key in _MOMENTS:
            values[key] = _write(values[key])
        for key in _LISTS:
            values[key] = None if values[key] is None else list(values[key])
        return values

    @classmethod
    def from_json(cls, values: Mapping[str, Any]) -> Self:
        """Return the parameters that ``as_json`` wrote. Raises TypeError for any other."""
        read = dict(values)
        unknown = read.keys() - {field.name for field in fields(cls)}
        if unknown:
            raise TypeError(f"Unknown parameters of a report: {', '.join(sorted(unknown))}.")
        for key in _MOMENTS:
            read[key] = datetime.fromisoformat(read[key]) if read[key] else None
        for key in _LISTS:
            read[key] = None if read[key] is None else tuple(read[key])
        return cls(**read)


def moment_of_production() -> datetime:
    """Return the present moment, never one before the newest change set: that one is part of the register now.

    Clocks are set back at times; the moments of change sets never are. One query.
    """
    last = models.ChangeSet.objects.order_by("-sequence").values_list("made_at", flat=True).first()
    now = timezone.now()
    return max(now, last) if last else now


def _write(moment: datetime | None) -> str | None:
    return moment.astimezone(UTC).isoformat() if moment else None
