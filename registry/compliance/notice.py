"""What people are told, and whether that is what the record says: Arts. 12 to 14."""

import re
from functools import lru_cache
from typing import Any, NamedTuple

from django.utils.translation import gettext_noop as n

from registry.compliance.context import Context
from registry.compliance.gap import HERE, NOTHING, Area, Found, Severity, rule
from registry.compliance.notice_text import ended_on
from registry.compliance.texts import folded
from registry.record.activity import ActivityRecord
from registry.record.definition import taker
from registry.reference.activity import ActivityStatus
from registry.reference.answers import Answer

_REMEDY = n(
    "Enter the notice: a link or its title, and the date of its present wording. Where nobody has to be told, name the exception under the limits on rights, such as Art. 14(5)(c)."
)
_UNNAMED = ("status: approved", "no privacy_notice")


def _lacks_notice(record: ActivityRecord) -> bool:
    """Say whether people have to be told of what goes on here, and nothing says where they are."""
    in_use = record.status == ActivityStatus.APPROVED
    return in_use and not record.privacy_notice and not _EXEMPTED.search(record.rights_limits)


_EXEMPTED = re.compile(r"\b(?:13\s*\(4\)|13 Abs\.? 4|14\s*\(5\)|14 Abs\.? 5|23\s*\(1\)|23 Abs\.? 1)", re.IGNORECASE)
"""Where people needn't be told: they know already, the law lays it down, or it restricts the right."""

_THEMSELVES = re.compile(
    r"data subjects?\b|themsel|himself|herself|\bdirect|in person\b|^the (?:\w+ed )?(?:person|people|individual)s?$|camera"
    r"|betroffene|\bselbst\b|\bdirekt|kamera|^die person(?:en)?$"
    r"|personnes? concern|intéressé|(?:elle|lui|eux)-mêmes?|\bauprès d|caméra|^la personne$",
    re.IGNORECASE,
)
_OUR_OWN = re.compile(
    r"\b(?:internal|our|own|units?|departments?|systems?|databases?|payroll|personnel|human resources|hr|crm|erp|staff"
    r"|intern\w*|eigene\w*|abteilung\w*|fachbereich\w*|personal\w*|interne?s?|nos|notre|services?)\b",
    re.IGNORECASE,
)
"""What we have already: people were told when it came to us."""

_AND = re.compile(r"\s*(?:[,;/]|\b(?:and|und|et)\b)\s*")


class _Named(NamedTuple):
    """Who is named as a source: the people concerned, by general words, or we ourselves."""

    source: str
    folded: str
    is_people: bool
    is_own: bool


@lru_cache(maxsize=10_000)
def _named(source: str) -> _Named:
    return _Named(source, folded(source), bool(_THEMSELVES.search(source)), bool(_OUR_OWN.search(source)))


@lru_cache(maxsize=10_000)
def _told_by(source: str, people: tuple[str, ...]) -> tuple[bool, tuple[str, ...]]:
    """Say whether a source of data names the people concerned, in general words or as the record calls them, and return
    whom else it names but ourselves."""
    called = [folded(name) for name in people if name]
    from_people, others = False, []
    for one in map(_named, filter(None, _AND.split(source.strip()))):
        if one.is_people or any(name in one.folded for name in called):
            from_people = True
        elif not one.is_own:
            others.append(one.source)
    return from_people, tuple(others)


def is_from_people(source: str, record: ActivityRecord) -> bool:
    """Say whether a source of data is the people concerned: in general words, or as the record calls them."""
    return _told_by(source, _people(record))[0]


def _people(record: ActivityRecord) -> tuple[str, ...]:
    return tuple([row.stated_as or (row.category.name if row.category else "") for row in record.data_subjects])


_ANSWERED = frozenset({str(Answer.YES), str(Answer.NO)})
"""Whether people must give the data is only asked of those who are asked for them."""


class _Origins(NamedTuple):
    """Where data come from: those from the people themselves, by their source or since they may refuse them, and from
    whom else, each once, neither the people concerned nor from within."""

    collected: tuple[Any, ...]
    sources: tuple[str, ...]


def _origins(record: ActivityRecord, context: Context) -> _Origins:
    """Return the origins of the record's data, worked out once for all rules that ask; none where no notice is due."""
    known = context.reading(record).known
    if "origins" not in known:
        known["origins"] = _told_origins(record) if _lacks_notice(record) else _Origins((), ())
    found: _Origins = known["origins"]
    return found


def _told_origins(record: ActivityRecord) -> _Origins:
    rows, people = record.data_categories, _people(record)
    told = {source: _told_by(source, people) for source in dict.fromkeys(map(_take_source, rows)) if source}
    others = tuple(dict.fromkeys([one for _, named in told.values() for one in named]))
    from_people = {source for source, (is_theirs, _) in told.items() if is_theirs}
    if not from_people and _ANSWERED.isdisjoint(map(_take_obligatory, rows)):
        return _Origins((), others)
    return _Origins(tuple([row for row in rows if row.source in from_people or row.obligatory in _ANSWERED]), others)


_take_source = taker(ActivityRecord, "data_categories", "source")
_take_obligatory = taker(ActivityRecord, "data_categories", "obligatory")


@rule(
    "collected-from-people-without-notice",
    Area.NOTICE,
    Severity.SERIOUS,
    "GDPR Art. 13(1), (2)",
    at="privacy_notice",
    given=(*_UNNAMED, "data_categories"),
    what=n("People are asked for %(names)s, and nothing says where they are told what becomes of it."),
    asks=n("What do people read when you ask them for these data?"),
    why=n(
        "Whoever collects data from people tells them at that moment who does so, what for, for how long and for whom."
    ),
    remedy=_REMEDY,
)
def collected_without_notice(record: ActivityRecord, context: Context) -> Found:
    collected = _origins(record, context).collected
    return [(None, {"names": collected})] if collected else NOTHING


@rule(
    "obtained-elsewhere-without-notice",
    Area.NOTICE,
    Severity.SERIOUS,
    "GDPR Art. 14(1), (2)(f), (3)",
    at="privacy_notice",
    given=(*_UNNAMED, "data_categories"),
    what=n("Data come from elsewhere (%(names)s), and nothing says where the people concerned learn of it."),
    asks=n("How do people learn that you have data about them, and from whom?"),
    why=n("Who gets data from others tells the people concerned within a month, and names the source."),
    remedy=_REMEDY,
)
def obtained_without_notice(record: ActivityRecord, context: Context) -> Found:
    sources = _origins(record, context).sources
    return [(None, {"names": sources})] if sources else NOTHING


@rule(
    "privacy-notice-missing",
    Area.NOTICE,
    Severity.MINOR,
    "GDPR Arts. 13, 14",
    at="privacy_notice",
    given=_UNNAMED,
    what=n("The record is approved, and nothing says where people read about this processing."),
    asks=n("Where are the people concerned told about this?"),
    why=n("People have to be informed when data are collected, at the latest within a month."),
    remedy=_REMEDY,
)
def privacy_notice_missing(record: ActivityRecord, context: Context) -> Found:
    origins = _origins(record, context)
    if not _lacks_notice(record) or origins.collected or origins.sources:
        return NOTHING  # the two rules above know more
    return HERE


@rule(
    "privacy-notice-undated",
    Area.NOTICE,
    Severity.MINOR,
    "GDPR Arts. 5(2), 13, 14",
    at="privacy_notice_on",
    given=("privacy_notice", "no privacy_notice_on"),
    what=n("The privacy notice “%(name)s” is named without the date of its present wording."),
    asks=n("Does the notice say what the record says today?"),
    why=n("Without its date nobody can tell whether the notice has been overtaken by the record."),
    remedy=n("Enter the date of the present wording."),
)
def privacy_notice_undated(record: ActivityRecord, context: Context) -> Found:
    if not record.privacy_notice or record.privacy_notice_on is not None:
        return NOTHING
    return [(None, {"name": record.privacy_notice})]


@rule(
    "privacy-notice-older-than-processing",
    Area.NOTICE,
    Severity.SERIOUS,
    "GDPR Arts. 13, 14",
    at="privacy_notice_on",
    given=("begun after the notice",),
    what=n("The processing began on %(began)s; the privacy notice has the wording of %(dated)s."),
    asks=n("How can the notice describe something that hadn't begun?"),
    why=n("People have to be told about the processing as it is."),
    remedy=n("Read the notice against the record, amend it, and enter its new date."),
)
def privacy_notice_older_than_processing(record: ActivityRecord, context: Context) -> Found:
    began, dated = record.began_on, record.privacy_notice_on
    if began is None or dated is None or dated >= began or (began - dated).days <= _IN_ADVANCE:
        return NOTHING
    return [(None, {"began": began, "dated": dated})]


_IN_ADVANCE = 183
"""A notice may well be written some months before the processing begins."""


@rule(
    "privacy-notice-overtaken",
    Area.NOTICE,
    Severity.SERIOUS,
    "GDPR Arts. 12(1), 13(3), 14(4)",
    at="privacy_notice_on",
    given=("privacy_notice_on", "an unsaid change"),
    what=n("The privacy notice has the wording of %(dated)s. Since then this has changed here: %(changes)s."),
    asks=n("Does the notice say what you do today?"),
    why=n("People are told of a new purpose before it begins, and can only rely on a notice that says what is done."),
    remedy=n(
        "Amend the notice and enter its new date, or settle the consequence of the change: say why the notice needn't say it."
    ),
)
def privacy_notice_overtaken(record: ActivityRecord, context: Context) -> Found:
    unsaid, dated = context.unsaid.get(record.pk, ()), record.privacy_notice_on
    if not unsaid or dated is None:
        return NOTHING
    changes = tuple(one for one in unsaid if one.raised_on > dated)
    return [(None, {"dated": dated, "changes": changes})] if changes else NOTHING


@rule(
    "privacy-notice-not-yet-valid",
    Area.NOTICE,
    Severity.SERIOUS,
    "GDPR Arts. 13, 14",
    at="privacy_notice_on",
    given=("status: approved", "a notice of a later day"),
    what=n("The wording of the privacy notice is of %(dated)s, a day that hasn't come."),
    asks=n("What are people told until then?"),
    why=n("People have to be told about the processing as it is."),
    remedy=n("Enter the date of the wording that people read today."),
)
def privacy_notice_not_yet_valid(record: ActivityRecord, context: Context) -> Found:
    dated = record.privacy_notice_on
    if record.status != ActivityStatus.APPROVED or dated is None or dated <= context.on:
        return NOTHING
    return [(None, {"dated": dated})]


@rule(
    "privacy-notice-withdrawn",
    Area.NOTICE,
    Severity.SERIOUS,
    "GDPR Arts. 13, 14",
    at="privacy_notice",
    given=("a notice out of force",),
    what=n("The privacy notice “%(name)s” is no longer valid since %(ended)s, says the catalogue of documents."),
    asks=n("Which notice has taken its place?"),
    why=n("A notice that has been withdrawn tells nobody anything."),
    remedy=n("Name the notice that people read today, or correct the document."),
)
def privacy_notice_withdrawn(record: ActivityRecord, context: Context) -> Found:
    notice = context.notice_of(record)
    if notice is None:
        return NOTHING
    ended = ended_on(notice, context.on)
    return [(None, {"name": record.privacy_notice, "ended": ended})] if ended else NOTHING


@rule(
    "privacy-notice-dated-otherwise",
    Area.NOTICE,
    Severity.SERIOUS,
    "GDPR Arts. 5(2), 13, 14",
    at="privacy_notice_on",
    given=("a notice with a date", "privacy_notice_on"),
    what=n(
        "The privacy notice “%(name)s” is of %(dated)s here, and its wording is valid from %(valid)s in the catalogue of documents."
    ),
    asks=n("Has the record been read against the present wording?"),
    why=n("A new wording may say something else than the record, and an old one doesn't count any more."),
    remedy=n("Read the present wording against the record, and enter its date."),
)
def privacy_notice_dated_otherwise(record: ActivityRecord, context: Context) -> Found:
    notice = context.notice_of(record)
    if notice is None or notice.valid_from is None or record.privacy_notice_on in (None, notice.valid_from):
        return NOTHING
    said = {"name": record.privacy_notice, "dated": record.privacy_notice_on, "valid": notice.valid_from}
    return [(None, said)]
