"""What a change of a record requires: the notice, a consent, a contract, a safeguard, an assessment, a review."""

from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from registry.compliance import grounds
from registry.compliance.consequence_texts import TOLD, Told
from registry.compliance.gap import shortened
from registry.compliance.identity import identify
from registry.compliance.recipients import role_of
from registry.record.activity import ActivityRecord
from registry.record.words import name_row
from registry.reference.answers import Answer
from registry.reference.requirements import Requirement
from registry.reference.roles import ActivityRole, RecipientRole
from registry.reference.segmentation import ContactBasis


class Consequence(NamedTuple):
    """One line of the checklist. ``key`` is the same for the same change; ``names`` is what has changed."""

    key: str
    names: tuple[str, ...]

    @property
    def told(self) -> Told:
        """Its words."""
        return TOLD[self.key]

    @property
    def requirement(self) -> Requirement:
        """What kind of thing it is."""
        return self.told.requirement

    @property
    def article(self) -> str:
        """Where the law asks for it."""
        return self.told.article

    @property
    def what(self) -> str:
        """What to do, in the language in force."""
        return self.told.what(self.names)

    @property
    def why(self) -> str:
        """Why, in the language in force."""
        return self.told.why


CAUSES = (
    "purposes",
    "legal_bases",
    "data_categories",
    "data_subjects",
    "recipients",
    "joint_controllers",
    "controllers",
    "transfers",
    "systems",
    "measures",
    "retention_schedule",
    "retention_stated_as",
    "profiling",
    "automated_decisions",
    "profiling_logic",
    "profiling_consequences",
    "human_intervention",
    "segments",
    "segment_data",
    "consents",
)
"""The facts of a record whose change may require something; that of others requires nothing."""

OF_A_PROCESSOR = frozenset({Requirement.CONTRACT, Requirement.SAFEGUARD, Requirement.REVIEW})
"""What is a processor's own business: people are told, asked and assessed about by the controller."""


def consequences(old: ActivityRecord, new: ActivityRecord) -> tuple[Consequence, ...]:
    """Return what the change from ``old`` to ``new`` requires, by kind of requirement; empty where nothing does.

    Both are versions of the same record. What was only said better (a reworded remark, a corrected contact) requires
    nothing; a row that changed places didn't change.
    """
    found = [one for ask in _ASKED for one in ask(old, new)]
    if new.role == ActivityRole.PROCESSOR:
        found = [one for one in found if one.requirement in OF_A_PROCESSOR]
    order = list(Requirement)
    return tuple(sorted(found, key=lambda one: order.index(one.requirement)))


def _added(old: ActivityRecord, new: ActivityRecord, key: str, say: Callable[[Any], str] = identify) -> list[Any]:
    """Return the rows of a list that weren't there before, by what they hold."""
    before = {say(row) for row in getattr(old, key)}
    return [row for row in getattr(new, key) if say(row) not in before]


def _names(rows: list[Any]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(shortened(name_row(row)) for row in rows))


def _purposes(old: ActivityRecord, new: ActivityRecord) -> Iterator[Consequence]:
    rows = _added(old, new, "purposes")
    if not rows:
        return
    names = _names(rows)
    yield Consequence("new-purpose-notice", names)
    yield Consequence("new-purpose-compatible", names)
    if _rests_on_consent(new):
        yield Consequence("new-purpose-consent", names)


def _rests_on_consent(record: ActivityRecord) -> bool:
    return any(row.legal_basis is not None and row.legal_basis.code in grounds.CONSENT for row in record.legal_bases)


def _legal_bases(old: ActivityRecord, new: ActivityRecord) -> Iterator[Consequence]:
    rows = _added(old, new, "legal_bases")
    if not rows:
        return
    yield Consequence("new-legal-basis-notice", _names(rows))
    interests = [row for row in rows if row.legal_basis and row.legal_basis.code in grounds.LEGITIMATE_INTEREST]
    if interests:
        yield Consequence("new-interest-assessment", _names(interests))
    consents = [row for row in rows if row.legal_basis and row.legal_basis.code in grounds.CONSENT]
    if consents:
        yield Consequence("new-consent-mechanism", _names(consents))


def _data(old: ActivityRecord, new: ActivityRecord) -> Iterator[Consequence]:
    rows = _added(old, new, "data_categories", name_row)
    if not rows:
        return
    yield Consequence("new-data-notice", _names(rows))
    sensitive = [row for row in rows if row in grounds.special_rows(new) or row in grounds.criminal_rows(new)]
    if sensitive:
        yield Consequence("new-sensitive-data-assessment", _names(sensitive))


def _subjects(old: ActivityRecord, new: ActivityRecord) -> Iterator[Consequence]:
    rows = _added(old, new, "data_subjects")
    if rows:
        yield Consequence("new-data-subjects-notice", _names(rows))
    vulnerable = [row for row in rows if row.category is not None and row.category.vulnerable == Answer.YES]
    if vulnerable:
        yield Consequence("new-vulnerable-subjects-assessment", _names(vulnerable))


def _recipients(old: ActivityRecord, new: ActivityRecord) -> Iterator[Consequence]:
    rows = _added(old, new, "recipients", lambda row: f"{identify(row)} {role_of(row)}")
    if not rows:
        return
    yield Consequence("new-recipient-notice", _names(rows))
    for role, key in _CONTRACTS_OF_A_PROCESSOR if new.role == ActivityRole.PROCESSOR else _CONTRACTS:
        named = [row for row in rows if role_of(row) == role]
        if named:
            yield Consequence(key, _names(named))


_CONTRACTS = (
    (RecipientRole.PROCESSOR, "new-processor-contract"),
    (RecipientRole.SUB_PROCESSOR, "new-sub-processor-authorisation"),
    (RecipientRole.JOINT_CONTROLLER, "new-joint-controller-arrangement"),
)
_CONTRACTS_OF_A_PROCESSOR = (
    (RecipientRole.PROCESSOR, "own-sub-processor-authorisation"),
    (RecipientRole.SUB_PROCESSOR, "own-sub-processor-authorisation"),
)


def _controllers(old: ActivityRecord, new: ActivityRecord) -> Iterator[Consequence]:
    rows = _added(old, new, "controllers")
    if rows:
        yield Consequence("new-controller-contract", _names(rows))


def _joint_controllers(old: ActivityRecord, new: ActivityRecord) -> Iterator[Consequence]:
    rows = _added(old, new, "joint_controllers")
    if rows:
        yield Consequence("new-joint-controller-arrangement", _names(rows))
        yield Consequence("new-joint-controller-notice", _names(rows))


def _measures(old: ActivityRecord, new: ActivityRecord) -> Iterator[Consequence]:
    """What protects no longer: the measures of the old record that the new one lacks."""
    rows = _added(new, old, "measures")
    if rows:
        yield Consequence("measure-dropped", _names(rows))


def _transfers(old: ActivityRecord, new: ActivityRecord) -> Iterator[Consequence]:
    rows = _added(old, new, "transfers", lambda row: f"{identify(row)} {row.safeguard}")
    if not rows:
        return
    yield Consequence("new-transfer-safeguard", _names(rows))
    yield Consequence("new-transfer-notice", _names(rows))


def _retention(old: ActivityRecord, new: ActivityRecord) -> Iterator[Consequence]:
    if _limits(old) == _limits(new):
        return
    yield Consequence("time-limit-notice", ())


def _limits(record: ActivityRecord) -> tuple[Any, ...]:
    def limit(one: Any) -> tuple[Any, ...]:
        schedule = one.retention_schedule
        length = None if schedule is None else (schedule.pk, schedule.period, schedule.unit)
        return length, " ".join(one.retention_stated_as.split())

    own = {(name_row(row), limit(row)) for row in record.data_categories}
    return limit(record), frozenset(one for one in own if one[1] != (None, ""))


def _decisions(old: ActivityRecord, new: ActivityRecord) -> Iterator[Consequence]:
    begun = [
        key
        for key in ("profiling", "automated_decisions")
        if getattr(new, key) == Answer.YES and getattr(old, key) != Answer.YES
    ]
    if begun:
        yield Consequence("new-profiling-notice", ())
        yield Consequence("new-profiling-assessment", ())
    elif Answer.YES in (new.profiling, new.automated_decisions) and _explained(old) != _explained(new):
        yield Consequence("changed-logic-notice", ())


def _explained(record: ActivityRecord) -> tuple[str, ...]:
    said = (record.profiling_logic, record.profiling_consequences, record.human_intervention)
    return tuple(" ".join(text.casefold().split()) for text in said)


def _segments(old: ActivityRecord, new: ActivityRecord) -> Iterator[Consequence]:
    before = {row.name.casefold(): row for row in old.segments}
    added = [row for row in new.segments if row.name.casefold() not in before]
    if added:
        yield Consequence("new-segment-notice", _names(added))
    kept = [(row, before[row.name.casefold()]) for row in new.segments if row.name.casefold() in before]
    moved = [row for row, was in kept if row.contact_basis != was.contact_basis]
    for key, bases in _CONTACT:
        if named := [row for row in moved if row.contact_basis in bases]:
            yield Consequence(key, _names(named))


_CONTACT = (
    ("segment-to-consent", (ContactBasis.CONSENT,)),
    ("segment-contact-basis-notice", (ContactBasis.SOFT_OPT_IN, ContactBasis.LEGITIMATE_INTEREST)),
)


def _segment_data(old: ActivityRecord, new: ActivityRecord) -> Iterator[Consequence]:
    """What segments are made from beside what they were; the data of a new segment belong to that one's notice."""
    known = {row.name.casefold() for row in old.segments}
    rows = [
        row
        for row in _added(old, new, "segment_data", lambda row: f"{name_row(row)} {row.segment and row.segment.name}")
        if (row.segment.name.casefold() in known if row.segment is not None else known)
    ]
    if rows:
        yield Consequence("segment-data-added", _names(rows))


def _consents(old: ActivityRecord, new: ActivityRecord) -> Iterator[Consequence]:
    before = {identify(row): row.wording for row in old.consents}
    reworded = [row for row in new.consents if before.get(identify(row), row.wording) != row.wording]
    if reworded:
        yield Consequence("reworded-consent", _names(reworded))


def _review(old: ActivityRecord, new: ActivityRecord) -> Iterator[Consequence]:
    """An assessment that was completed is looked at again when what it assessed has grown."""
    last = new.impact_assessments[-1] if new.impact_assessments else None
    grown = any(_added(old, new, key) for key in ("purposes", "data_subjects", "recipients", "transfers", "systems"))
    if last is not None and last.completed_on is not None and grown:
        yield Consequence("assessment-to-review", _names([last]))


_ASKED: tuple[Callable[[ActivityRecord, ActivityRecord], Iterator[Consequence]], ...] = (
    _purposes,
    _legal_bases,
    _data,
    _subjects,
    _recipients,
    _joint_controllers,
    _controllers,
    _measures,
    _transfers,
    _retention,
    _decisions,
    _segments,
    _segment_data,
    _consents,
    _review,
)
