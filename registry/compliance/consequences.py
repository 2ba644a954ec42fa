"""What a change of a record requires: the notice, a consent, a contract, a safeguard, an assessment, a review."""

from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from django.db.models import TextChoices
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop as n

from registry.compliance import grounds
from registry.compliance.identity import identify
from registry.compliance.recipients import role_of
from registry.record.activity import ActivityRecord
from registry.record.words import name_row
from registry.reference.answers import Answer
from registry.reference.roles import RecipientRole


class Requirement(TextChoices):
    """What somebody has to see to."""

    NOTICE = "notice", _("Notice to update")
    CONSENT = "consent", _("Consent to renew")
    CONTRACT = "contract", _("Contract")
    SAFEGUARD = "safeguard", _("Safeguard")
    ASSESSMENT = "assessment", _("Assessment")
    REVIEW = "review", _("Review")


class Consequence(NamedTuple):
    """One line of the checklist. ``key`` is the same for the same change; ``names`` is what has changed."""

    key: str
    requirement: Requirement
    article: str
    sentence: str
    reason: str
    names: tuple[str, ...]

    @property
    def what(self) -> str:
        """What to do, in the language in force."""
        return gettext(self.sentence) % {"names": ", ".join(self.names)}

    @property
    def why(self) -> str:
        """Why, in the language in force."""
        return gettext(self.reason)


def consequences(old: ActivityRecord, new: ActivityRecord) -> tuple[Consequence, ...]:
    """Return what the change from ``old`` to ``new`` requires, by kind of requirement; empty where nothing does.

    Both are versions of the same record. What was only said better (a reworded remark, a corrected contact) requires
    nothing; a row that changed places didn't change.
    """
    found = [one for ask in _ASKED for one in ask(old, new)]
    order = list(Requirement)
    return tuple(sorted(found, key=lambda one: order.index(one.requirement)))


def _added(old: ActivityRecord, new: ActivityRecord, key: str, say: Callable[[Any], str] = identify) -> list[Any]:
    """Return the rows of a list that weren't there before, by what they hold."""
    before = {say(row) for row in getattr(old, key)}
    return [row for row in getattr(new, key) if say(row) not in before]


def _names(rows: list[Any]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name_row(row) for row in rows))


def _purposes(old: ActivityRecord, new: ActivityRecord) -> Iterator[Consequence]:
    rows = _added(old, new, "purposes")
    if not rows:
        return
    names = _names(rows)
    yield Consequence(
        "new-purpose-notice",
        Requirement.NOTICE,
        "GDPR Arts. 13(3), 14(4)",
        n("Tell people about the new purpose: %(names)s."),
        n("Before data are processed for another purpose, people are told of it."),
        names,
    )
    yield Consequence(
        "new-purpose-compatible",
        Requirement.ASSESSMENT,
        "GDPR Art. 6(4)",
        n("Assess whether data that you already have may be used for: %(names)s."),
        n("Without consent or a law, a new purpose has to be compatible with that of the collection."),
        names,
    )
    if _rests_on_consent(new):
        yield Consequence(
            "new-purpose-consent",
            Requirement.CONSENT,
            "GDPR Arts. 4(11), 6(1)(a)",
            n("Ask for consent again, for: %(names)s."),
            n("Consent is given for specific purposes and covers no other."),
            names,
        )


def _rests_on_consent(record: ActivityRecord) -> bool:
    return any(row.legal_basis is not None and row.legal_basis.code in grounds.CONSENT for row in record.legal_bases)


def _legal_bases(old: ActivityRecord, new: ActivityRecord) -> Iterator[Consequence]:
    rows = _added(old, new, "legal_bases")
    if not rows:
        return
    yield Consequence(
        "new-legal-basis-notice",
        Requirement.NOTICE,
        "GDPR Art. 13(1)(c)",
        n("Name the new legal basis in the notice: %(names)s."),
        n("Notices name purposes together with their legal basis."),
        _names(rows),
    )
    interests = [row for row in rows if row.legal_basis and row.legal_basis.code in grounds.LEGITIMATE_INTEREST]
    if interests:
        yield Consequence(
            "new-interest-assessment",
            Requirement.ASSESSMENT,
            "GDPR Art. 6(1)(f)",
            n("Weigh the interest against the rights of the people concerned: %(names)s."),
            n("Legitimate interests only hold where those rights don't override them."),
            _names(interests),
        )
    consents = [row for row in rows if row.legal_basis and row.legal_basis.code in grounds.CONSENT]
    if consents:
        yield Consequence(
            "new-consent-mechanism",
            Requirement.CONSENT,
            "GDPR Art. 7",
            n("Ask for consent, and keep the evidence: %(names)s."),
            n("Whoever relies on consent has to be able to show it, and how it is withdrawn."),
            _names(consents),
        )


def _data(old: ActivityRecord, new: ActivityRecord) -> Iterator[Consequence]:
    rows = _added(old, new, "data_categories", name_row)
    if not rows:
        return
    yield Consequence(
        "new-data-notice",
        Requirement.NOTICE,
        "GDPR Arts. 13, 14(1)(d)",
        n("Name the new data in the notice: %(names)s."),
        n("People are told which data are processed, above all where they come from somebody else."),
        _names(rows),
    )
    sensitive = [row for row in rows if row in grounds.special_rows(new) or row in grounds.criminal_rows(new)]
    if sensitive:
        yield Consequence(
            "new-sensitive-data-assessment",
            Requirement.ASSESSMENT,
            "GDPR Arts. 9, 10, 35(11)",
            n("Name the condition that allows it, and assess the risks anew: %(names)s."),
            n("Sensitive data change the risk, and are prohibited without a condition."),
            _names(sensitive),
        )


def _subjects(old: ActivityRecord, new: ActivityRecord) -> Iterator[Consequence]:
    rows = _added(old, new, "data_subjects")
    if rows:
        yield Consequence(
            "new-data-subjects-notice",
            Requirement.NOTICE,
            "GDPR Arts. 13, 14",
            n("See that these people are told too: %(names)s."),
            n("Everybody whose data are processed is informed."),
            _names(rows),
        )
    vulnerable = [row for row in rows if row.category is not None and row.category.vulnerable == Answer.YES]
    if vulnerable:
        yield Consequence(
            "new-vulnerable-subjects-assessment",
            Requirement.ASSESSMENT,
            "GDPR Art. 35(11)",
            n("Assess the risks anew: %(names)s are vulnerable."),
            n("An assessment is reviewed when the risk changes."),
            _names(vulnerable),
        )


def _recipients(old: ActivityRecord, new: ActivityRecord) -> Iterator[Consequence]:
    rows = _added(old, new, "recipients", lambda row: f"{identify(row)} {role_of(row)}")
    if not rows:
        return
    yield Consequence(
        "new-recipient-notice",
        Requirement.NOTICE,
        "GDPR Art. 13(1)(e)",
        n("Name the new recipients in the notice: %(names)s."),
        n("People are told to whom their data are disclosed."),
        _names(rows),
    )
    for role, key, article, sentence, reason in (
        (
            RecipientRole.PROCESSOR,
            "new-processor-contract",
            "GDPR Art. 28(3)",
            n("Conclude a contract with the processor before it gets data: %(names)s."),
            n("A processor may only be used under a contract with the content of Art. 28(3)."),
        ),
        (
            RecipientRole.SUB_PROCESSOR,
            "new-sub-processor-authorisation",
            "GDPR Art. 28(2), (4)",
            n("Authorise the sub-processor, and see that it is bound: %(names)s."),
            n("A processor may not engage another one without prior authorisation."),
        ),
        (
            RecipientRole.JOINT_CONTROLLER,
            "new-joint-controller-arrangement",
            "GDPR Art. 26(1)",
            n("Make an arrangement with the joint controller: %(names)s."),
            n("Joint controllers lay down who does what, and make its essence available."),
        ),
    ):
        named = [row for row in rows if role_of(row) == role]
        if named:
            yield Consequence(key, Requirement.CONTRACT, article, sentence, reason, _names(named))


def _transfers(old: ActivityRecord, new: ActivityRecord) -> Iterator[Consequence]:
    rows = _added(old, new, "transfers", lambda row: f"{identify(row)} {row.safeguard}")
    if not rows:
        return
    yield Consequence(
        "new-transfer-safeguard",
        Requirement.SAFEGUARD,
        "GDPR Arts. 44, 46",
        n("Have a safeguard in force before the data go: %(names)s."),
        n(
            "Without an adequacy decision, a safeguard or a derogation the transfer is unlawful; a contractual one needs a transfer impact assessment."
        ),
        _names(rows),
    )
    yield Consequence(
        "new-transfer-notice",
        Requirement.NOTICE,
        "GDPR Art. 13(1)(f)",
        n("Name the transfer in the notice, and how to get a copy of the safeguard: %(names)s."),
        n("People are told that their data go to a third country, and what protects them there."),
        _names(rows),
    )


def _retention(old: ActivityRecord, new: ActivityRecord) -> Iterator[Consequence]:
    if _limits(old) == _limits(new):
        return
    yield Consequence(
        "time-limit-notice",
        Requirement.NOTICE,
        "GDPR Art. 13(2)(a)",
        n("Correct the time limits in the notice, and see that data are erased by the new ones."),
        n("People are told how long their data are kept."),
        (),
    )


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
    if not begun:
        return
    yield Consequence(
        "new-profiling-notice",
        Requirement.NOTICE,
        "GDPR Arts. 13(2)(f), 21(4)",
        n(
            "Tell people about profiling and automated decisions, their logic and consequences, and the right to object."
        ),
        n("People are told of both, and of what it means for them."),
        (),
    )
    yield Consequence(
        "new-profiling-assessment",
        Requirement.ASSESSMENT,
        "GDPR Arts. 22, 35(3)(a)",
        n("Decide anew whether an impact assessment is needed, and who intervenes when a decision is contested."),
        n("Evaluating people systematically is the first case for which the law asks for an assessment."),
        (),
    )


def _consents(old: ActivityRecord, new: ActivityRecord) -> Iterator[Consequence]:
    before = {identify(row): row.wording for row in old.consents}
    reworded = [row for row in new.consents if before.get(identify(row), row.wording) != row.wording]
    if reworded:
        yield Consequence(
            "reworded-consent",
            Requirement.CONSENT,
            "GDPR Arts. 4(11), 7(1)",
            n("Decide whether those who agreed to the former words have to be asked again: %(names)s."),
            n("Consent is given to words, and covers what they said."),
            _names(reworded),
        )


def _review(old: ActivityRecord, new: ActivityRecord) -> Iterator[Consequence]:
    """An assessment that was completed is looked at again when what it assessed has grown."""
    last = new.impact_assessments[-1] if new.impact_assessments else None
    grown = any(_added(old, new, key) for key in ("purposes", "data_subjects", "recipients", "transfers", "systems"))
    if last is not None and last.completed_on is not None and grown:
        yield Consequence(
            "assessment-to-review",
            Requirement.REVIEW,
            "GDPR Art. 35(11)",
            n("Check whether the impact assessment still holds: %(names)s."),
            n("It is reviewed at least when the risk changes."),
            _names([last]),
        )


_ASKED: tuple[Callable[[ActivityRecord, ActivityRecord], Iterator[Consequence]], ...] = (
    _purposes,
    _legal_bases,
    _data,
    _subjects,
    _recipients,
    _transfers,
    _retention,
    _decisions,
    _consents,
    _review,
)
