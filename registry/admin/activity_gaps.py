"""The gaps of one activity beside its form: each in the section of its fact, with the way to the field."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from registry.compliance.gap import Area, Gap, Severity
from registry.record.acceptance import AcceptanceRecord
from registry.record.definition import Kind
from registry.standing.reading import gaps_of
from registry.standing.refresh import refresh

SHAPES = {Severity.CRITICAL: "▲", Severity.SERIOUS: "◆", Severity.MINOR: "◇"}
"""Severities have a shape and a word beside their colour."""


@dataclass(frozen=True)
class ShownGap:
    """A gap as the screens show it; ``accepted`` is the decision to live with it, if there is one."""

    gap: Gap
    accepted: AcceptanceRecord | None

    @property
    def shape(self) -> str:
        """The severity as a shape."""
        return SHAPES[self.gap.severity]

    @property
    def word(self) -> Any:
        """The severity as a word."""
        return self.gap.severity.label

    @property
    def anchor(self) -> str:
        """The id of the field, or of the list of rows, that it is about."""
        fact = self.gap.fact
        return f"{fact.key}-group" if fact.kind is Kind.ROWS else f"id_{fact.key}"

    @property
    def page(self) -> str:
        """The address at which it is told in full, and can be accepted."""
        return reverse("admin:gap", args=[self.gap.id])

    @property
    def screening(self) -> str:
        """The address of the screening, for a gap that it answers; empty for others."""
        if self.gap.rule.area != Area.ASSESSMENT:
            return ""
        return reverse("admin:screening", args=[self.gap.record_pk])

    @property
    def form(self) -> str:
        """The address of the field in the form of its activity."""
        return reverse("admin:registry_processingactivity_change", args=[self.gap.record_pk]) + f"#{self.anchor}"


def shown_gaps(activity: int) -> list[ShownGap]:
    """Return the gaps of the saved activity, open ones first and the gravest first among them."""
    refresh()
    shown = [ShownGap(gap, found.accepted.get(gap.id)) for found in gaps_of([activity]) for gap in found.gaps]
    return sorted(shown, key=lambda one: (one.accepted is not None, one.gap.severity.rank))
