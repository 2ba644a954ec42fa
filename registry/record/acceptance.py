"""The declared facts of an accepted gap, as a frozen record."""

from collections.abc import Set
from datetime import date
from typing import Annotated as A
from typing import NamedTuple

from django.utils.translation import gettext_noop as n

from registry.record.definition import Fact, Kind


class AcceptanceRecord(NamedTuple):
    """A decision to live with a gap for a while."""

    pk: int
    gap: A[str, Fact(n("Gap"), Kind.TEXT, n("Its permanent identifier."), main=True, required=True)]
    record: A[str, Fact(n("Record"), Kind.TEXT, n("The record as it was called then."), required=True)]
    sentence: A[str, Fact(n("What is wrong"), Kind.PROSE, n("The gap in the words of that day."), required=True)]
    reason: A[
        str,
        Fact(
            n("Reason for accepting it"),
            Kind.PROSE,
            n("Why it can be lived with until then, and what is done meanwhile."),
            required=True,
        ),
    ]
    accepted_by: A[str, Fact(n("Accepted by"), Kind.TEXT, required=True)]
    accepted_on: A[date, Fact(n("Accepted on"), Kind.DATE, required=True)]
    valid_until: A[date, Fact(n("Accepted until"), Kind.DATE, n("On the day after it is open again."), required=True)]
    covers: A[
        str, Fact(n("Covers"), Kind.KEYS, n("What the gap named when it was accepted, by permanent identifiers."))
    ]

    @property
    def label(self) -> str:
        """Record and sentence."""
        return f"{self.record}: {self.sentence}"

    def holds(self, on: date) -> bool:
        """Return whether the gap is accepted on that day."""
        return self.accepted_on <= on <= self.valid_until

    def is_for(self, named: Set[str]) -> bool:
        """Return whether the gap was accepted with all that it names now, by what that is known by."""
        return not self.covers or named <= set(self.covers.split("\n"))
