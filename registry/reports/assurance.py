"""What reports about audits, findings, reviews and trainings share: which there are, and what state they are in."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from registry import models
from registry.record.assurance import (
    AuditRecord,
    CorrectiveActionRow,
    FindingRecord,
    RecipientReviewRecord,
    TrainingRecord,
)
from registry.record.assured import (
    ActivityName,
    load_activity_names,
    load_audits,
    load_findings,
    load_recipient_reviews,
    load_trainings,
)
from registry.record.definition import Named, facts
from registry.record.loader import Register
from registry.record.words import labelled
from registry.reference.assurance import ActionState, FindingWeight
from registry.reports.listing import Listing, Table
from registry.reports.lists.naming import several_organisations
from registry.reports.provenance import Provenance, keywords, list_report

_GRAVE = [str(weight) for weight in FindingWeight]


@dataclass(frozen=True)
class Assurance:
    """What was known at the moment of a register of its being looked after.

    Where the register is limited to an organisation, so is this. Audits and trainings without one count for all;
    a finding in an activity counts for the organisation of that activity.
    """

    register: Register

    @cached_property
    def audits(self) -> tuple[AuditRecord, ...]:
        """The audits, the first planned first."""
        return tuple(filter(self._counts, load_audits(self.register.change_set, self.register.entries)))

    @cached_property
    def findings(self) -> Mapping[int, tuple[FindingRecord, ...]]:
        """By the key of each audit what it found, the gravest first."""
        found: dict[int, list[FindingRecord]] = {audit.pk: [] for audit in self.audits}
        for finding in self._findings:
            if finding.audit is not None and finding.audit.pk in found and self._is_ours(finding.activity):
                found[finding.audit.pk].append(finding)
        return {pk: tuple(sorted(some, key=gravest_first)) for pk, some in found.items()}

    @cached_property
    def trainings(self) -> tuple[TrainingRecord, ...]:
        """The trainings, the first held first and planned ones last."""
        return tuple(filter(self._counts, load_trainings(self.register.change_set, self.register.entries)))

    @cached_property
    def reviews(self) -> tuple[RecipientReviewRecord, ...]:
        """The reviews of all recipients, the first first."""
        return load_recipient_reviews(self.register.change_set, self.register.entries)

    @property
    def today(self) -> date:
        """The day of the register's moment, where this system is at home."""
        return timezone.localdate(self.register.as_at)

    def activity_name(self, activity: Named) -> str:
        """Return what an activity was called at the moment, with its organisation where there are several."""
        known = self._activities.get(activity.pk)
        if known is None:
            return activity.name
        owner = self.register.organisations.get(known.organisation)
        return f"{owner.name}: {known.label}" if owner is not None and self._several else known.label

    def where(self, finding: FindingRecord) -> tuple[str, ...]:
        """Return what a finding is about: activity, recipient and system, each with what it is."""
        declared = facts(FindingRecord)
        activity = self.activity_name(finding.activity) if finding.activity is not None else ""
        named = {"activity": activity, "recipient": _name(finding.recipient), "system": _name(finding.system)}
        return tuple(labelled(declared[key].title, name) for key, name in named.items() if name)

    def action_state(self, action: CorrectiveActionRow | None) -> str:
        """Return how far a corrective action is; None stands for a finding for which none was decided."""
        return str(action_state([] if action is None else [action], self.today).label)

    def _counts(self, one: AuditRecord | TrainingRecord) -> bool:
        limit = self.register.organisation
        return limit is None or one.organisation is None or one.organisation.pk == limit.pk

    def _is_ours(self, activity: Named | None) -> bool:
        limit = self.register.organisation
        if limit is None or activity is None or activity.pk not in self._activities:
            return True
        return self._activities[activity.pk].organisation == limit.pk

    @cached_property
    def _findings(self) -> tuple[FindingRecord, ...]:
        return load_findings(self.register.change_set, self.register.entries)

    @cached_property
    def _activities(self) -> Mapping[int, ActivityName]:
        named = [row.activity for audit in self.audits for row in audit.activities]
        named += [finding.activity for finding in self._findings]
        return load_activity_names(self.register.change_set, [one.pk for one in named if one is not None])

    @cached_property
    def _several(self) -> bool:
        return several_organisations(self.register)


def all_or(organisation: Any) -> str:
    """Return whose an audit or a training is: without an organisation it is about all."""
    return str(organisation.name) if organisation is not None else _("all organisations")


def training_state(training: TrainingRecord, others: Iterable[TrainingRecord], on: date) -> str:
    """Return in a word how a training stands on a day; it is due again until one on its topic was held after it."""
    if training.next_on is not None and training.next_on < on and not any(_follows(one, training) for one in others):
        return _("overdue")
    if training.held_on is None or training.held_on > on:
        return pgettext("a training", "planned")
    return pgettext("a training", "held")


def stage(audit: AuditRecord | models.Audit) -> str:
    """Return in words how far an audit has come."""
    if audit.completed_on is not None:
        return pgettext("an audit", "Completed")
    return pgettext("an audit", "Under way") if audit.started_on is not None else pgettext("an audit", "Planned")


def assurance_list(
    title: str,
    register: Register,
    provenance: Provenance,
    *,
    table: Table,
    first: Sequence[tuple[str, str]],
    article: str,
    **details: Any,
) -> Listing:
    """Return a list that is about what ``first`` counts, and not about records of activities."""
    whole = list_report(title, register, provenance, tables=(table,), **details)
    chosen = ((_("Filters"), "; ".join(provenance.filters)),) if provenance.filters else ()
    about = (*first, *chosen, *provenance.of_record(register))
    return replace(whole, about=about, keywords=keywords(register, article))


def action_state(actions: Iterable[CorrectiveActionRow | models.CorrectiveAction], on: date) -> ActionState:
    """Return how far the corrective actions of a finding are on a day: the most pressing of their states."""
    states = [_state(action, on) for action in actions]
    return min(states, key=list(ActionState).index, default=ActionState.NONE)


def _state(action: CorrectiveActionRow | models.CorrectiveAction, on: date) -> ActionState:
    if action.done_on is None:
        return ActionState.OVERDUE if action.due_on is not None and action.due_on < on else ActionState.TO_BE_DONE
    return ActionState.TO_BE_VERIFIED if action.verified_on is None else ActionState.VERIFIED


def gravest_first(finding: FindingRecord | models.Finding) -> tuple[int, int]:
    """Return what findings are sorted by: their weight, then the order in which they were written down."""
    known = finding.weight in _GRAVE
    return _GRAVE.index(finding.weight) if known else len(_GRAVE), finding.pk


def _follows(later: TrainingRecord, training: TrainingRecord) -> bool:
    if later.pk == training.pk or later.held_on is None or later.name.casefold() != training.name.casefold():
        return False
    return later.pk > training.pk if training.held_on is None else later.held_on > training.held_on


def _name(entry: Any) -> str:
    return str(entry.label) if entry is not None else ""
