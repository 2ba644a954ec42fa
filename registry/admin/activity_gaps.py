"""The gaps of one activity, or of its organisation, beside the form: each with the way to the field."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from registry.compliance.gap import Area, Gap, Severity
from registry.models import ProcessingActivity
from registry.record.acceptance import AcceptanceRecord
from registry.record.definition import Kind
from registry.standing.reading import Gaps, gaps_of, gaps_of_organisations
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
        """The address of the field in the form of its activity, or of its organisation."""
        form = "organisation" if self.gap.is_of_organisation else "processingactivity"
        return reverse(f"admin:registry_{form}_change", args=[self.gap.record_pk]) + f"#{self.anchor}"


def shown_gaps(activity: ProcessingActivity) -> tuple[list[ShownGap], list[ShownGap]]:
    """Return the gaps of the saved activity, and those of its organisation as a whole, which are none of its own.

    Open ones come first, and the gravest first among them.
    """
    refresh()
    return _shown(gaps_of([activity.pk])), _shown(gaps_of_organisations([activity.organisation_id]))


def shown_gaps_of_organisation(organisation: int) -> list[ShownGap]:
    """Return the gaps of the organisation as a whole, in the same order."""
    refresh()
    return _shown(gaps_of_organisations([organisation]))


def _shown(found: Iterable[Gaps]) -> list[ShownGap]:
    shown = [ShownGap(gap, one.accepted.get(gap.id)) for one in found for gap in one.gaps]
    return sorted(shown, key=lambda one: (one.accepted is not None, one.gap.severity.rank))
