"""The gaps of one activity, of its organisation, or of a system, beside the form: each with the way to the field."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from registry.compliance.gap import About, Area, Gap, Severity
from registry.compliance.section_state import SectionState, section_states
from registry.models import GapAcceptance, ProcessingActivity
from registry.record.acceptance import AcceptanceRecord
from registry.record.definition import Kind
from registry.standing.reading import Gaps, gaps_of, gaps_of_organisations, gaps_of_systems
from registry.standing.refresh import refresh

SHAPES = {Severity.CRITICAL: "▲", Severity.SERIOUS: "◆", Severity.MINOR: "◇"}
"""Severities have a shape and a word beside their colour."""


_FORMS = {About.RECORD: "processingactivity", About.ORGANISATION: "organisation", About.SYSTEM: "system"}
"""Whose form a gap leads to."""


@dataclass(frozen=True)
class ShownGap:
    """A gap as the screens show it; ``accepted`` is the decision to live with it, if there is one."""

    gap: Gap
    accepted: AcceptanceRecord | GapAcceptance | None

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
        """The address of the field in the form of its activity, of its organisation, or of the system."""
        form = _FORMS[self.gap.rule.about]
        return reverse(f"admin:registry_{form}_change", args=[self.gap.record_pk]) + f"#{self.anchor}"


@dataclass(frozen=True)
class FoundIn:
    """What was found in an activity: open gaps first, and the gravest first among them; the state of each section.

    Those of its organisation as a whole, and of the systems that it uses, are none of its own.
    """

    gaps: list[ShownGap]
    of_organisation: list[ShownGap]
    of_systems: list[ShownGap]
    states: Mapping[str, SectionState]


NOTHING_FOUND = FoundIn([], [], [], {})


def shown_gaps(activity: ProcessingActivity) -> FoundIn:
    """Return what was found in the saved activity, in its organisation, and in its systems about this organisation."""
    refresh()
    found = list(gaps_of([activity.pk]))
    states = {key: state for one in found for key, state in section_states(one.subject, one.gaps).items()}
    owner = activity.organisation_id
    systems = {row.system.pk for one in found for row in one.subject.systems if row.system is not None}
    of_systems = [one for one in _shown(gaps_of_systems(systems)) if _is_about(one.gap, owner)]
    return FoundIn(_shown(found), _shown(gaps_of_organisations([owner])), of_systems, states)


def _is_about(gap: Gap, organisation: int) -> bool:
    """Say whether a gap of a system is about what this organisation's records say."""
    return gap.row_pk in (None, organisation)


def shown_gaps_of_organisation(organisation: int) -> list[ShownGap]:
    """Return the gaps of the organisation as a whole, in the same order."""
    refresh()
    return _shown(gaps_of_organisations([organisation]))


def shown_gaps_of_system(system: int) -> list[ShownGap]:
    """Return the gaps of the system, in the same order."""
    refresh()
    return _shown(gaps_of_systems([system]))


def _shown(found: Iterable[Gaps[Any]]) -> list[ShownGap]:
    shown = [ShownGap(gap, one.accepted.get(gap.id)) for one in found for gap in one.gaps]
    return sorted(shown, key=lambda one: (one.accepted is not None, one.gap.severity.rank))
