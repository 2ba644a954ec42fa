"""The state of each section of a record: complete, with gaps, not answered, or not asked for."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from registry.compliance.gap import Gap
from registry.record.activity import ActivityRecord
from registry.record.definition import facts
from registry.record.sections import FORM, Section, sections_for
from registry.record.words import State, is_blank, state_of_block

_FACTS = facts(ActivityRecord)


class SectionState(TextChoices):
    """What can be said of a section. ``NOT_ASKED`` is empty, and nothing asks for it in this record."""

    COMPLETE = "complete", _("Complete")
    GAP = "gap", _("Gap")
    NOT_ANSWERED = "not_answered", _("Not answered")
    NOT_ASKED = "not_asked", _("Not asked for")


def section_states(record: ActivityRecord, gaps: Iterable[Gap]) -> Mapping[str, SectionState]:
    """Return the state of every section of the form by its key; ``gaps`` are those of this record.

    A section without any statement is not answered, even where a gap says so: nobody has begun it. One that the law
    doesn't ask of a record in this role, or that only some records need, is not asked for while it is empty.
    """
    about = {gap.rule.fact for gap in gaps}
    asked = {section.key for section in sections_for(record.role)} - _OPTIONAL
    return {section.key: _state(section, record, about, section.key in asked) for section in FORM}


_OPTIONAL = frozenset({"joint-controllers", "consents", "segments", "assessment", "notice", "review"})
"""Sections that only some records need: what is missing in them where it is needed is a gap."""


def _state(section: Section, record: ActivityRecord, about: set[str], is_asked: bool) -> SectionState:
    has_gap = not about.isdisjoint(section.keys)
    if _is_silent(section, record):
        if is_asked:
            return SectionState.NOT_ANSWERED
        return SectionState.GAP if has_gap else SectionState.NOT_ASKED
    return SectionState.GAP if has_gap else SectionState.COMPLETE


def _is_silent(section: Section, record: Any) -> bool:
    if section.answer:
        silent = state_of_block(section, record) is State.NOT_STATED
        return silent and is_blank(_FACTS[section.answer], getattr(record, section.answer))
    return all(is_blank(_FACTS[key], getattr(record, key)) for key in section.keys)
