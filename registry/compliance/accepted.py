"""Which gaps are accepted on a day: those that somebody decided to live with, as far as the decision covers them."""

from collections.abc import Iterable
from datetime import date

from registry.compliance.gap import Gap
from registry.record.acceptance import AcceptanceRecord


class Accepted:
    """The acceptances that hold on a day. A gap is in it where it names nothing but what it was accepted for."""

    def __init__(self, acceptances: Iterable[AcceptanceRecord], on: date) -> None:
        self._held = {one.gap: one for one in acceptances if one.holds(on)}

    def __contains__(self, gap: Gap) -> bool:
        return self.of(gap) is not None

    def of(self, gap: Gap) -> AcceptanceRecord | None:
        """Return the acceptance of this gap, None where it is open."""
        one = self._held.get(gap.id) if self._held else None
        return one if one is not None and one.is_for(gap.named) else None
