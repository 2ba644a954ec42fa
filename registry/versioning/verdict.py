"""What a verification finds: all good, or the first thing that does not hold, named."""

from dataclasses import asdict, dataclass
from typing import Any

ALTERED, MISSING, ADDED, REORDERED, GONE, LIVE = "altered", "missing", "added", "reordered", "gone", "live"
"""The kinds of faults. ``gone``: a head that was seen before; ``live``: live rows that differ from their history."""


@dataclass(frozen=True)
class Fault:
    """The first thing that does not hold: of which kind, in words, in which change set, about which object."""

    kind: str
    message: str
    change_set: int | None = None
    model: str = ""
    object: int | None = None


@dataclass(frozen=True)
class Verdict:
    """How far the history was walked, and the fault where there is one.

    ``head`` is the seal of the last change set that was reached, empty for an empty history.
    """

    change_sets: int
    versions: int
    head: str
    fault: Fault | None = None

    @property
    def holds(self) -> bool:
        """Whether the history is whole."""
        return self.fault is None

    def as_json(self) -> dict[str, Any]:
        """Return the verdict for machines."""
        return {"holds": self.holds, **asdict(self)}
