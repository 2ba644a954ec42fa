"""Whether an impact assessment is due: nine criteria and three cases, prefilled from what the record says (Art. 35)."""

from collections.abc import Callable, Iterable
from functools import reduce
from operator import or_
from typing import Any, NamedTuple

from django.utils.translation import gettext
from django.utils.translation import gettext_noop as n

from registry.compliance import screening_words as spoken
from registry.compliance.context import Context, Reading
from registry.compliance.gap import shortened
from registry.compliance.grounds import criminal_rows, special_rows
from registry.compliance.sought import Sought, is_denied
from registry.compliance.texts import texts_of
from registry.compliance.traits import bits_of, has_trait
from registry.record.activity import ActivityRecord
from registry.record.definition import Fact, facts, taker
from registry.record.numbers import say_number
from registry.record.remembered import Memo
from registry.record.words import name_row
from registry.reference.answers import Answer
from registry.reference.ccpa import CcpaCategory
from registry.reference.dpia_criteria import ARTICLE_35_3_CASES, WP248_CRITERIA, DpiaCriterion
from registry.reference.dpia_lists import LISTED, ListedProcessing, listed_in
from registry.reference.segmentation import Identifiability

CRITERIA: tuple[tuple[str, DpiaCriterion], ...] = tuple(
    zip(
        (
            "evaluation",
            "automated_decision",
            "systematic_monitoring",
            "sensitive_data",
            "large_scale",
            "matching",
            "vulnerable_subjects",
            "new_technology",
            "hinders_rights",
        ),
        WP248_CRITERIA,
        strict=True,
    )
)
CASES: tuple[tuple[str, DpiaCriterion], ...] = tuple(
    zip(("case_evaluation", "case_special_data", "case_public_monitoring"), ARTICLE_35_3_CASES, strict=True)
)
"""The facts of an impact assessment that answer each criterion and each case."""

LARGE_SCALE = 10_000
"""From so many people on, large scale is suggested. The law names no number; authorities that do name between 5,000
and 50,000. A person decides."""

ENOUGH = 2
"""So many of the nine criteria ask for a decision (WP248 rev.01, III.B)."""


class Reason(NamedTuple):
    """Why a criterion seems to be met: an English sentence, marked for translation, and what it names."""

    sentence: str
    names: tuple[Any, ...] = ()
    """Texts, numbers, and rows of the record, which are only named when the reason is told."""
    fact: str = ""
    """The key of the record's fact that says so; empty where words say so, wherever these stand."""

    def __str__(self) -> str:
        """The sentence in the language in force."""
        return gettext(self.sentence) % {"names": ", ".join(dict.fromkeys(map(_say_name, self.names)))}


def _say_name(name: Any) -> str:
    if isinstance(name, int):
        return say_number(name)
    return name if isinstance(name, str) else name_row(name)


class Screened(NamedTuple):
    """One criterion or case as it stands: what the record suggests and why, what a person answered, what holds."""

    key: str
    criterion: DpiaCriterion
    reason: Reason | None
    stored: str
    """The answer in the record's last impact assessment; empty where nobody has answered."""

    @property
    def is_met(self) -> bool:
        """Whether it is met: a person's answer goes before what the record suggests."""
        return self.stored == Answer.YES or (self.stored != Answer.NO and self.reason is not None)

    @property
    def is_overridden(self) -> bool:
        """Whether a person has said no where the record suggests yes."""
        return self.stored == Answer.NO and self.reason is not None

    @property
    def fact(self) -> Fact:
        """The fact of an impact assessment that answers it."""
        return _ASSESSMENT[self.key]

    @property
    def reason_fact(self) -> Fact:
        """The fact of an impact assessment that says why the answer is right."""
        return _ASSESSMENT[f"{self.key}_reason"]


class Listed(NamedTuple):
    """A type of a national list that the record seems to belong to, and the words that say so."""

    type: ListedProcessing
    words: str


class Screening(NamedTuple):
    """The nine criteria, the three cases, and the national list."""

    criteria: tuple[Screened, ...]
    cases: tuple[Screened, ...]
    listed: tuple[Listed, ...]

    @property
    def met(self) -> tuple[Screened, ...]:
        """The criteria and cases that are met."""
        return tuple(one for one in (*self.criteria, *self.cases) if one.is_met)

    @property
    def asks_for_decision(self) -> bool:
        """Whether somebody has to decide: two criteria, a case, or a type of the national list."""
        enough = sum(one.is_met for one in self.criteria) >= ENOUGH
        return enough or any(one.is_met for one in self.cases) or bool(self.listed)


class Source(NamedTuple):
    """Where in the record the reason of a suggestion stands: the fact's key and its name, and the words, if words say so."""

    fact: str
    label: str
    words: str = ""


def source_of(record: ActivityRecord, reason: Reason) -> Source | None:
    """Return which fact says so; None where the words are found in none, since they were put together from several."""
    declared = facts(ActivityRecord)
    if reason.fact:
        return Source(reason.fact, declared[reason.fact].title)
    return place_of_words(record, str(reason.names[0])) if reason.names else None


def place_of_words(record: ActivityRecord, words: str) -> Source | None:
    """Return the first fact of the record that says these words, in whatever case; None where none does."""
    wanted, declared = " ".join(words.split()).casefold(), facts(ActivityRecord)
    for text in texts_of(record):
        said = " ".join(text.said.split())
        place = said.casefold().find(wanted)
        if place >= 0:
            key = text.list or text.key
            return Source(key, declared[key].title, shortened(said[max(0, place - 60) :], 160))
    return None


_take_answers = taker(ActivityRecord, "impact_assessments", *(key for key, _ in (*CRITERIA, *CASES)))
_ASSESSMENT = facts(facts(ActivityRecord)["impact_assessments"].row)  # type: ignore[arg-type]  # a list has a row class


def screen(record: ActivityRecord, context: Context) -> Screening:
    """Return how the record stands towards each criterion and case, and towards its country's list."""
    last = record.impact_assessments[-1] if record.impact_assessments else None
    words = context.reading(record)
    found = _suggested(record, words)

    def screened(pairs: Iterable[tuple[str, DpiaCriterion]]) -> tuple[Screened, ...]:
        return tuple([Screened(key, one, found[key], _stored(last, key)) for key, one in pairs])

    return Screening(screened(CRITERIA), screened(CASES), _listed(record, words, context))


def answers_no(assessment: Any) -> bool:
    """Say whether an assessment answers any criterion or case with no."""
    return str(Answer.NO) in _take_answers(assessment)


def asks_for_nothing(record: ActivityRecord, context: Context) -> bool:
    """Say whether the record suggests less than what would ask for a decision, before anybody has answered anything."""
    words = context.reading(record)
    if _listed(record, words, context):
        return False
    possible = _possible(words)
    # a case of the law is met by what meets two criteria as well
    return len(possible) < ENOUGH or len([key for key in possible if _reason(key, record, words)]) < ENOUGH


def _suggested(record: ActivityRecord, words: Reading) -> dict[str, Reason | None]:
    possible = _possible(words)
    found: dict[str, Reason | None] = {
        key: _reason(key, record, words) if key in possible else None for key in _SUGGESTED
    }
    found["case_evaluation"] = found["evaluation"] and found["automated_decision"]
    found["case_special_data"] = _special_on_large_scale(record, found["large_scale"])
    found["case_public_monitoring"] = _public_monitoring(words, found["large_scale"])
    return found


def _reason(key: str, record: ActivityRecord, words: Reading) -> Reason | None:
    """Return why a criterion seems to be met, worked out once for all that ask about the record."""
    if key not in words.known:
        words.known[key] = _SUGGESTED[key](record, words)
    found: Reason | None = words.known[key]
    return found


def _stored(assessment: Any, key: str) -> str:
    answer = getattr(assessment, key) if assessment is not None else ""
    return "" if answer == Answer.NOT_ASSESSED else str(answer)


def _listed(record: ActivityRecord, words: Reading, context: Context) -> tuple[Listed, ...]:
    key = ("listed", record.organisation.country)
    announced = context.known.get(key)
    if announced is None:
        announced = context.known[key] = _announcing(listed_in(record.organisation.country, context.on))
    types = announced[words.signs & _OF_LISTS]
    if not types:
        return ()
    if key[0] not in words.known:
        matches = [(one, next(kind.found_in(words), None)) for one, kind in types]
        words.known[key[0]] = tuple([Listed(one, match[0]) for one, match in matches if match is not None])
    found: tuple[Listed, ...] = words.known[key[0]]
    return found


_TYPES = {one: Sought(one.words) for one in LISTED}
_OF_LISTS = reduce(or_, [kind.signs for kind in _TYPES.values()])


def _announcing(listed: Iterable[ListedProcessing]) -> Memo[int, tuple[tuple[ListedProcessing, Sought], ...]]:
    """Return a memory from the signs in words to the types of a list that these announce, and what finds them."""
    types = [(one, _TYPES[one]) for one in listed]
    return Memo(lambda signs: tuple([pair for pair in types if pair[1].announced_by(signs)]))


def _evaluation(record: ActivityRecord, words: Reading) -> Reason | None:
    if record.profiling == Answer.YES:
        return Reason(n("The record says that people are profiled."), fact="profiling")
    personal = [row.name for row in record.segments if row.identifiability not in _NOBODY]
    if personal:
        return Reason(n("People are put into segments: %(names)s."), tuple(personal), "segments")
    inferred = _entries(record, words, lambda entry: entry.ccpa_category == CcpaCategory.INFERENCES)
    if inferred:
        return Reason(n("Data about people are inferred: %(names)s."), inferred, _DATA)
    return _said(spoken.EVALUATION, words, n("The record speaks of evaluation: “%(names)s”."))


_DATA = "data_categories"
_NOBODY = (Identifiability.AGGREGATED, Identifiability.ANONYMOUS)


def _automated(record: ActivityRecord, words: Reading) -> Reason | None:
    if record.automated_decisions == Answer.YES:
        return Reason(n("The record says that decisions are taken by a machine alone."), fact="automated_decisions")
    return _said(spoken.AUTOMATED, words, n("The record speaks of decisions by a machine: “%(names)s”."))


def _monitoring(record: ActivityRecord, words: Reading) -> Reason | None:
    located = _entries(record, words, lambda entry: entry.ccpa_category == CcpaCategory.GEOLOCATION)
    if located:
        return Reason(n("Data say where people are: %(names)s."), located, _DATA)
    return _said(spoken.MONITORING, words, n("The record speaks of monitoring: “%(names)s”."))


def _sensitive(record: ActivityRecord, words: Reading) -> Reason | None:
    if has_trait(words.traits, "sensitive data"):
        named = special_rows(record) + criminal_rows(record)
        if named:
            return Reason(n("Sensitive data are listed: %(names)s."), named, _DATA)
        return Reason(n("The record says that special categories of data are processed."), fact="special_categories")
    personal = _entries(record, words, lambda entry: entry.ccpa_category == CcpaCategory.GEOLOCATION)
    if personal:
        return Reason(n("Data of a highly personal nature are listed: %(names)s."), personal, _DATA)
    return _said(spoken.SENSITIVE, words, n("The record speaks of sensitive data: “%(names)s”."))


def _large(record: ActivityRecord, words: Reading) -> Reason | None:
    number = sum([row.approximate_number or 0 for row in record.data_subjects])
    if number >= LARGE_SCALE:
        return Reason(n("The data are about %(names)s people."), (number,), "data_subjects")
    audience = max([row.audience_size or 0 for row in record.segments if row.identifiability not in _NOBODY], default=0)
    if audience >= LARGE_SCALE:
        return Reason(n("One of the segments holds %(names)s people."), (audience,), "segments")
    return _said(spoken.LARGE, words, n("The record speaks of a large scale: “%(names)s”."))


def _matching(record: ActivityRecord, words: Reading) -> Reason | None:
    if record.profiling == Answer.YES:
        sources = {" ".join(row.source.casefold().split()): row.source for row in record.data_categories if row.source}
        if len(sources) >= ENOUGH:
            named = tuple(sources.values())
            return Reason(n("Profiles are made of data from several sources: %(names)s."), named, _DATA)
    return _said(spoken.MATCHING, words, n("The record speaks of combining data: “%(names)s”."))


def _vulnerable(record: ActivityRecord, words: Reading) -> Reason | None:
    if not has_trait(words.traits, "vulnerable people"):
        return None
    named = [
        row
        for row in record.data_subjects
        if (row.category is not None and row.category.vulnerable == Answer.YES)
        or (row.stated_as and spoken.speaks_of_vulnerable(row.stated_as))
    ]
    if not named:
        return None
    return Reason(n("There are vulnerable people among them: %(names)s."), tuple(named), "data_subjects")


def _new(record: ActivityRecord, words: Reading) -> Reason | None:
    return _said(spoken.NEW, words, n("The record speaks of new technology: “%(names)s”."))


def _hindering(record: ActivityRecord, words: Reading) -> Reason | None:
    return _said(spoken.HINDERING, words, n("The record speaks of keeping people from something: “%(names)s”."))


_SUGGESTED: dict[str, Callable[[ActivityRecord, Reading], Reason | None]] = {
    "evaluation": _evaluation,
    "automated_decision": _automated,
    "systematic_monitoring": _monitoring,
    "sensitive_data": _sensitive,
    "large_scale": _large,
    "matching": _matching,
    "vulnerable_subjects": _vulnerable,
    "new_technology": _new,
    "hinders_rights": _hindering,
}


def _special_on_large_scale(record: ActivityRecord, large: Reason | None) -> Reason | None:
    if large is None or not (special_rows(record) or criminal_rows(record) or record.special_categories == Answer.YES):
        return None
    return Reason(n("Special categories or data on offences are processed, on a large scale."), fact=_DATA)


def _public_monitoring(words: Reading, large: Reason | None) -> Reason | None:
    if large is None or not any(spoken.PUBLIC.found_in(words)):
        return None
    return _said(spoken.CAMERAS, words, n("Areas open to the public are watched on a large scale: “%(names)s”."))


def _said(sought: Sought, reading: Reading, sentence: str) -> Reason | None:
    for found in sought.found_in(reading):
        if not is_denied(reading.words, found.start()):
            return Reason(sentence, (" ".join(found[0].split()),))
    return None


def _entries(record: ActivityRecord, words: Reading, is_meant: Callable[[Any], bool]) -> tuple[str, ...]:
    if not has_trait(words.traits, "personal data"):
        return ()
    found = [row.category.name for row in record.data_categories if row.category is not None and is_meant(row.category)]
    return tuple(dict.fromkeys(found))


def _telling(*traits: str, words: Sought | None = None) -> tuple[int, Sought | None]:
    return bits_of(traits)[0], words


_MAY_TELL = {
    "evaluation": _telling("profiling: yes", "segments", "personal data", words=spoken.EVALUATION),
    "automated_decision": _telling("automated_decisions: yes", words=spoken.AUTOMATED),
    "systematic_monitoring": _telling("personal data", words=spoken.MONITORING),
    "sensitive_data": _telling("sensitive data", "personal data", words=spoken.SENSITIVE),
    "large_scale": _telling("numbers of people", "segments", words=spoken.LARGE),
    "matching": _telling("profiling: yes", words=spoken.MATCHING),
    "vulnerable_subjects": _telling("vulnerable people"),
    "new_technology": _telling(words=spoken.NEW),
    "hinders_rights": _telling(words=spoken.HINDERING),
}
"""Traits of which any may tell of a criterion, and words: without one of them it is met by nothing."""
_ANY_TRAIT = reduce(or_, [traits for traits, _ in _MAY_TELL.values()])
_ANY_SIGN = reduce(or_, [words.signs for _, words in _MAY_TELL.values() if words is not None])


def _possible(words: Reading) -> tuple[str, ...]:
    """Return the criteria that the traits and the words of a record may meet."""
    return _POSSIBLE[words.traits & _ANY_TRAIT, words.signs & _ANY_SIGN]


def _tell(told: tuple[int, int]) -> tuple[str, ...]:
    has, signs = told
    return tuple(
        key
        for key, (traits, words) in _MAY_TELL.items()
        if has & traits or (words is not None and words.announced_by(signs))
    )


_POSSIBLE: Memo[tuple[int, int], tuple[str, ...]] = Memo(_tell)
