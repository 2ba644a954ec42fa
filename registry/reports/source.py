"""What a report is made from: the frozen register that was asked for, and what the report will say of its origin."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, fields, replace
from functools import cached_property
from typing import TypeVar

from django.utils.translation import gettext as _

from registry.comparison.authors import authors, authors_of
from registry.comparison.registers import ORGANISATION, activity_changes
from registry.record.activity import ActivityRecord
from registry.record.assurance import AuditRecord
from registry.record.loader import Register, load_register
from registry.reference.roles import ActivityRole
from registry.reports.assurance import Assurance
from registry.reports.changes import Changes
from registry.reports.errors import ReportError
from registry.reports.parameters import Parameters
from registry.reports.provenance import Provenance
from registry.reports.subjects import ACTIVITY, AUDIT, Subject

Read = TypeVar("Read")

EVERY = 50
"""After how many records it is told how far the reading has come."""

Progress = Callable[[int, int], None]
"""Told how much is done, and of how much. What it raises ends the production."""


@dataclass(frozen=True)
class Source:
    """A frozen register, limited to what was asked for, and the parameters of the report about it."""

    parameters: Parameters
    register: Register
    provenance: Provenance
    whole: Register
    """The register at that moment that the other one is a part of, where it is limited to some activities."""

    @cached_property
    def subject(self) -> Subject:
        """What the report is about. Raises ReportError where nothing is named, or nothing that can be."""
        return Subject.read(self.parameters.subject)

    @cached_property
    def record(self) -> ActivityRecord:
        """The record that the report is about. Raises ReportError where the register has none of that key."""
        pks = [self.subject.pk] if self.subject.kind == ACTIVITY else []
        found = next(self.register.only(pks).activities(), None)
        if found is None:
            said = _("That activity is not in the register at this moment. Choose another one, or another moment.")
            raise ReportError("subject", said)
        return found

    @cached_property
    def assurance(self) -> Assurance:
        """The audits, findings, reviews and trainings that were known at the moment."""
        return Assurance(self.register)

    @cached_property
    def audit(self) -> AuditRecord:
        """The audit that the report is about. Raises ReportError where there was none of that key at the moment."""
        pk = self.subject.pk if self.subject.kind == AUDIT else 0
        found = next((audit for audit in self.assurance.audits if audit.pk == pk), None)
        if found is None:
            said = _("That audit is not in the register at this moment. Choose another one, or another moment.")
            raise ReportError("subject", said)
        return found

    @property
    def is_limited(self) -> bool:
        """Whether the register is a part: of one organisation, or of some activities."""
        return self.register.organisation is not None or len(self.register) != len(self.whole)

    @cached_property
    def as_controller(self) -> Register:
        """The register limited to the records of a controller, joint ones included."""
        return self._in_roles({ActivityRole.CONTROLLER, ActivityRole.JOINT_CONTROLLER})

    @cached_property
    def as_processor(self) -> Register:
        """The register limited to the records of a processor."""
        return self._in_roles({ActivityRole.PROCESSOR})

    def _in_roles(self, roles: set[ActivityRole]) -> Register:
        found = (record.pk for record in self.register.activities() if record.role in roles)
        return self.register.only(found)

    @property
    def one(self) -> Register:
        """The register limited to that record."""
        return self.register.only([self.record.pk])

    @cached_property
    def changes(self) -> Changes:
        """What differs since the earlier moment. An organisation that wasn't there then had no records."""
        since = self.parameters.since
        if since is None or since > self.register.as_at:
            raise ReportError("since", _("The earlier moment has to lie before the later one. Exchange them."))
        old = load_register(as_at=since)
        if self.register.organisation is not None:
            old = old.of_organisation(self.register.organisation.pk)
        if self.parameters.activities is not None:
            old = old.only(self.parameters.activities)
        found = list(activity_changes(old, self.register))
        between = (old.change_set, self.register.change_set)
        changes = Changes(old, self.register, found, authors(found, *between))
        organisations = (entry.pk for entry, _number in changes.organisations)
        return replace(changes, organisations_touched=authors_of(ORGANISATION, organisations, *between))

    @property
    def whose(self) -> str:
        """The name of the one organisation whose register it is; empty where there are several."""
        if self.register.organisation is not None:
            return self.register.organisation.name
        own = [one.name for one in self.register.organisations.values() if one.is_own]
        return own[0] if len(own) == 1 else ""


def load_source(parameters: Parameters, progress: Progress | None = None) -> Source:
    """Read what the parameters ask for. Raises ReportError for an organisation that wasn't there at the moment.

    ``progress`` is told how far the reading of the records has come, whenever they are read from the first on.
    """
    try:
        register = load_register(as_at=parameters.moment, organisation=parameters.organisation)
    except LookupError as error:
        said = _("It was not in the register yet. Choose a later moment.")
        raise ReportError("organisation", said) from error
    whole = register
    if parameters.activities is not None:
        limited = register.arranged if parameters.arranged else register.only
        register = limited(parameters.activities)
    if progress is not None:
        register = _watched(register, progress)
    asked = parameters
    provenance = Provenance(asked.produced_by, asked.produced_at, asked.filters, asked.key)
    return Source(parameters, register, provenance, whole)


@dataclass(frozen=True)
class _WatchedRegister(Register):
    """A register that tells how many of its records have been read."""

    progress: Progress = field(default=lambda done, total: None, compare=False)

    def _records(self, index: Sequence[tuple[int, int]]) -> Iterator[ActivityRecord]:
        return self._told(super()._records(index), len(index))

    def stored(self) -> Iterator[str]:
        """Yield what the register itself does, and tell."""
        return self._told(super().stored(), len(self.index))

    def _told(self, read: Iterator[Read], total: int) -> Iterator[Read]:
        for done, one in enumerate(read):
            if done % EVERY == 0:
                self.progress(done, total)
            yield one
        self.progress(total, total)


def _watched(register: Register, progress: Progress) -> Register:
    values = {one.name: getattr(register, one.name) for one in fields(register)}
    return _WatchedRegister(**values, progress=progress)
