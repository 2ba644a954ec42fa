"""Whether the wording of a privacy notice says what the records that name it say: Arts. 13 and 14, ICO good practice.

Nothing is found unless the catalogue of documents has the wording of the notice that a record names, and that is a whole
notice in English, French or German. Words are compared by how they begin; what may be meant counts as said, since a
notice that is said to lack what it has costs more trust than one that lacks something unseen. What the change of a record
made a notice lack is left to ``privacy-notice-overtaken`` until that is settled: it says the same, and when since.
"""

import re
from collections.abc import Iterable
from functools import cached_property
from typing import Any

from django.utils.translation import gettext_noop as n

from registry.compliance.context import Context
from registry.compliance.gap import NOTHING, Area, Found, Severity, rule, shortened
from registry.compliance.grounds import CONSENT, LEGITIMATE_INTEREST
from registry.compliance.notice_text import GERMAN, NoticeText, ended_on, language_of, plain, text_of
from registry.compliance.notice_words import (
    COMPLAINT,
    INTERESTS,
    OFFICER,
    WITHDRAWAL,
    beginnings,
    called,
    ends,
    in_general,
    joined,
    kinds_of,
)
from registry.compliance.periods import months_of
from registry.compliance.recipients import role_of
from registry.record.activity import ActivityRecord
from registry.record.words import name_row
from registry.reference import countries
from registry.reference.roles import OFFICERS, RecipientNature, RecipientRole

_LEAST_USUAL_WORDS = 3
"""So many usual words of a language tell that a record is written in it."""

_LEAST_BEGINNINGS = 3
"""A purpose of fewer words that mean something may well be said in others."""

_NOT_TOLD = frozenset({str(RecipientRole.INTERNAL_UNIT), str(RecipientRole.DATA_SUBJECT)})
"""Roles in which nobody is a recipient of whom people are told."""


class _Compared:
    """A record beside the wording of the notice that it names."""

    def __init__(self, record: ActivityRecord, name: str, text: NoticeText, context: Context) -> None:
        self.record = record
        self.name = name
        self.text = text
        self._context = context

    @cached_property
    def is_in_one_language(self) -> bool:
        """Whether the record is in the notice's language: only then can the words of both be compared."""
        words = plain(self._context.reading(self.record).words).split()
        return language_of(words, _LEAST_USUAL_WORDS) == self.text.language

    def without_told(self, rows: Iterable[Any], kind: str) -> list[Any]:
        """Return the rows of which no change of this kind since the date of the notice waits to be settled."""
        changed = {name for one in self._unsaid(kind) for name in one.names.split("\n")}
        return [row for row in rows if shortened(name_row(row)) not in changed] if changed else list(rows)

    def is_told(self, kind: str) -> bool:
        """Say whether any such change waits."""
        return any(self._unsaid(kind))

    def _unsaid(self, kind: str) -> Iterable[Any]:
        dated = self.record.privacy_notice_on
        if dated is None:
            return ()
        return [
            one for one in self._context.unsaid.get(self.record.pk, ()) if one.key == kind and one.raised_on > dated
        ]

    def lacking(self, **said: Any) -> Found:
        """Return one gap of the record as a whole."""
        return [(None, {"notice": self.name, **said})]


def _compared(record: ActivityRecord, context: Context) -> _Compared | None:
    """Return the record beside its notice, worked out once for all rules; None where there is nothing to compare."""
    known = context.reading(record).known
    if "wording" not in known:
        known["wording"] = _beside_notice(record, context)
    found: _Compared | None = known["wording"]
    return found


def _beside_notice(record: ActivityRecord, context: Context) -> _Compared | None:
    notice = context.notice_of(record)
    if notice is None or not notice.wording or ended_on(notice, context.on):
        return None
    text = text_of(notice.wording)
    return _Compared(record, notice.name, text, context) if text.language else None


@rule(
    "privacy-notice-without-purpose",
    Area.NOTICE,
    Severity.MINOR,
    "GDPR Arts. 13(1)(c), 14(1)(c)",
    at="privacy_notice",
    given=("a notice with its wording", "purposes"),
    what=n("Nothing in the wording of the privacy notice “%(notice)s” recalls: %(names)s."),
    asks=n("Where do people read that their data are processed for this?"),
    why=n("People are told every purpose. Data must not be used for one that the notice is silent about."),
    remedy=n(
        "Say the purpose in the notice, or name the notice that says it. If it is said in other words, accept the gap and quote them."
    ),
)
def privacy_notice_without_purpose(record: ActivityRecord, context: Context) -> Found:
    one = _compared(record, context)
    lacking = [row for row in record.purposes if _is_unsaid(row.text, one.text)] if one is not None else []
    if one is None or not lacking or not one.is_in_one_language:
        return NOTHING
    names = tuple(shortened(row.text) for row in one.without_told(lacking, "new-purpose-notice"))
    return one.lacking(names=names) if names else NOTHING


def _is_unsaid(text: str, notice: NoticeText) -> bool:
    return len(beginnings(text)) >= _LEAST_BEGINNINGS and not _recalls(notice, text)


def _recalls(notice: NoticeText, text: str) -> bool:
    """Say whether the notice has any word of the text that means something, in another form or of the same kind."""
    if any(map(notice.holds.__getitem__, beginnings(text))) or any(map(notice.says.__getitem__, kinds_of(text))):
        return True
    return notice.language == GERMAN and any(map(notice.holds.__getitem__, ends(text)))


@rule(
    "privacy-notice-without-recipient",
    Area.NOTICE,
    Severity.MINOR,
    "GDPR Arts. 13(1)(e), 14(1)(e)",
    at="privacy_notice",
    given=("a notice with its wording", "recipients"),
    what=n(
        "The wording of the privacy notice “%(notice)s” names neither these recipients nor, as the register describes them, their kind: %(names)s."
    ),
    asks=n("Who gets the data, and where do people read it?"),
    why=n("People are told the recipients of their data, or at least the categories to which these belong."),
    remedy=n(
        "Name the recipient in the notice, or the kind of recipient that it is. If the notice does so in other words, accept the gap and quote them."
    ),
)
def privacy_notice_without_recipient(record: ActivityRecord, context: Context) -> Found:
    one = _compared(record, context)
    lacking = [row for row in record.recipients if not _is_named(row, one.text)] if one is not None else []
    if one is None or not lacking or not one.is_in_one_language:
        return NOTHING
    names = tuple(one.without_told(lacking, "new-recipient-notice"))
    return one.lacking(names=names) if names else NOTHING


def _is_named(row: Any, notice: NoticeText) -> bool:
    """Say whether the notice may name a recipient: by its name, by what it does, or by what it is in general."""
    role = role_of(row)
    general = in_general(role)
    if role in _NOT_TOLD or (general is not None and notice.says[general]):
        return True
    entry = row.recipient
    said = [row.stated_as, row.what_for]
    names = [row.stated_as]
    if entry is not None:
        said += [entry.description, *([entry.name] if entry.nature == RecipientNature.CATEGORY else [])]
        names += [entry.name, *([entry.sub_processor_of.name] if entry.sub_processor_of else [])]
    if any(_recalls(notice, text) for text in said if text):
        return True
    if any(notice.says[kind] for name in names if name for kind in kinds_of(name)):
        return True
    return any(_is_called(name, notice) for name in names if name)


def _is_called(name: str, notice: NoticeText) -> bool:
    whole = joined(name)
    return any(map(notice.holds.__getitem__, called(name))) or (bool(whole) and whole in notice.joined)


@rule(
    "privacy-notice-without-third-country",
    Area.NOTICE,
    Severity.SERIOUS,
    "GDPR Arts. 13(1)(f), 14(1)(f)",
    at="privacy_notice",
    given=("a notice with its wording", "transfers"),
    what=n(
        "The wording of the privacy notice “%(notice)s” doesn't name all countries to which the record transfers data: %(countries)s."
    ),
    asks=n("Where do people read to which countries their data go, and what protects them there?"),
    why=n("People are told of transfers to third countries, with the adequacy decision or the safeguard."),
    remedy=n("Name the country in the notice, with the decision or safeguard, and say where a copy can be had."),
)
def privacy_notice_without_third_country(record: ActivityRecord, context: Context) -> Found:
    one = _compared(record, context)
    if one is None:
        return NOTHING
    rows = [
        row
        for row in record.transfers
        if row.country and not countries.is_eea(row.country, context.on) and not one.text.names[row.country]
    ]
    codes = dict.fromkeys(row.country for row in one.without_told(rows, "new-transfer-notice"))
    return one.lacking(countries=tuple(map(countries.by_code, codes))) if codes else NOTHING


@rule(
    "privacy-notice-without-time-limit",
    Area.NOTICE,
    Severity.MINOR,
    "GDPR Arts. 13(2)(a), 14(2)(a)",
    at="privacy_notice",
    given=("a notice with its wording", "a time limit"),
    what=n("The wording of the privacy notice “%(notice)s” doesn't seem to state these time limits: %(names)s."),
    asks=n("Where do people read how long their data are kept?"),
    why=n("People are told the period; criteria alone will do only where no period can be named."),
    remedy=n("State the period in the notice as the register does, or correct the one that is wrong."),
)
def privacy_notice_without_time_limit(record: ActivityRecord, context: Context) -> Found:
    one = _compared(record, context)
    if one is None or one.is_told("time-limit-notice"):
        return NOTHING
    schedules = [record.retention_schedule, *[row.retention_schedule for row in record.data_categories]]
    limits = {schedule.pk: schedule for schedule in schedules if schedule is not None}
    names = tuple(schedule for schedule in limits.values() if not _states(one.text, schedule))
    return one.lacking(names=names) if names else NOTHING


def _states(notice: NoticeText, schedule: Any) -> bool:
    """Say whether the notice may state the schedule's period; one without a period is stated by its criteria."""
    months = None if schedule.criteria_only or schedule.permanent else months_of(schedule.period, schedule.unit)
    if not months or notice.names_period(months):
        return True
    source = plain(schedule.legal_source)
    return bool(source) and notice.holds[f" {source} "]


@rule(
    "privacy-notice-without-complaint",
    Area.NOTICE,
    Severity.SERIOUS,
    "GDPR Arts. 13(2)(d), 14(2)(e)",
    at="privacy_notice",
    given=("a notice silent on complaints",),
    what=n(
        "The wording of the privacy notice “%(notice)s” doesn't seem to say that people may complain to a supervisory authority."
    ),
    asks=n("Where do people read that they may complain to a supervisory authority?"),
    why=n("Every notice tells people of the right to lodge a complaint with a supervisory authority."),
    remedy=n("Add the right to complain, best with the authority's name and address."),
)
def privacy_notice_without_complaint(record: ActivityRecord, context: Context) -> Found:
    return _unless(COMPLAINT, record, context)


@rule(
    "privacy-notice-without-withdrawal",
    Area.NOTICE,
    Severity.SERIOUS,
    "GDPR Arts. 13(2)(c), 14(2)(d)",
    at="privacy_notice",
    given=("a notice silent on withdrawal", "consent"),
    what=n(
        "The record rests on consent, and the wording of the privacy notice “%(notice)s” doesn't seem to say that consent can be withdrawn."
    ),
    asks=n("Where do people read that they may withdraw their consent at any time?"),
    why=n("Where data are processed on consent, people are told that they may withdraw it at any time."),
    remedy=n("Say in the notice that consent can be withdrawn at any time, and how."),
)
def privacy_notice_without_withdrawal(record: ActivityRecord, context: Context) -> Found:
    return _unless(WITHDRAWAL, record, context) if _rests_on(record, CONSENT) else NOTHING


@rule(
    "privacy-notice-without-interests",
    Area.NOTICE,
    Severity.SERIOUS,
    "GDPR Arts. 13(1)(d), 14(2)(b)",
    at="privacy_notice",
    given=("a notice silent on interests", "legitimate interests"),
    what=n(
        "The record rests on legitimate interests, and the wording of the privacy notice “%(notice)s” doesn't seem to speak of any."
    ),
    asks=n("Where do people read which interests you pursue?"),
    why=n("Where data are processed for legitimate interests, people are told which these are."),
    remedy=n("Name the legitimate interests in the notice, as the record states them."),
)
def privacy_notice_without_interests(record: ActivityRecord, context: Context) -> Found:
    return _unless(INTERESTS, record, context) if _rests_on(record, LEGITIMATE_INTEREST) else NOTHING


def _rests_on(record: ActivityRecord, codes: frozenset[str]) -> bool:
    return any(row.legal_basis is not None and row.legal_basis.code in codes for row in record.legal_bases)


@rule(
    "privacy-notice-without-officer",
    Area.NOTICE,
    Severity.SERIOUS,
    "GDPR Arts. 13(1)(b), 14(1)(b)",
    at="privacy_notice",
    given=("a notice silent on the officer",),
    what=n(
        "The wording of the privacy notice “%(notice)s” doesn't seem to say how the data protection officer (%(names)s) is reached."
    ),
    asks=n("Where do people read how to reach your data protection officer?"),
    why=n("Where there is a data protection officer, every notice gives the contact details."),
    remedy=n("Add how the data protection officer is reached; the name isn't needed."),
)
def privacy_notice_without_officer(record: ActivityRecord, context: Context) -> Found:
    officers = [one for one in record.organisation.contacts if one.kind in OFFICERS]
    one = _compared(record, context) if officers else None
    if one is None or one.text.says[OFFICER]:
        return NOTHING
    reached = [text for officer in officers for text in (officer.email, officer.name, officer.company) if text]
    if any(one.text.holds[f" {plain(text)} "] for text in reached):
        return NOTHING
    return one.lacking(names=tuple(officer.name for officer in officers))


def _unless(pattern: re.Pattern[str], record: ActivityRecord, context: Context) -> Found:
    one = _compared(record, context)
    return NOTHING if one is None or one.text.says[pattern] else one.lacking()
