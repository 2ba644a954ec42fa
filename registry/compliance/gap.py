"""What a rule is, and what it finds: a gap in one record, with its article, its reason and its remedy."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import Enum
from itertools import chain
from typing import Any, NamedTuple

from django.db.models import TextChoices
from django.utils.formats import date_format
from django.utils.translation import gettext, pgettext
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop as n

from registry.compliance.identity import known_by
from registry.compliance.laws import GDPR, Law
from registry.compliance.recorded_changes import say_change
from registry.record.activity import ActivityRecord
from registry.record.activity_rows import TransferRow
from registry.record.consequence import ConsequenceRecord
from registry.record.definition import Fact, facts, main_fact, words_fact
from registry.record.entries import SystemEntry
from registry.record.organisations import OrganisationRecord
from registry.record.words import name_row, quoted, say_entry
from registry.reference.citations import cite
from registry.reference.countries import Country
from registry.reference.roles import ActivityRole
from registry.reference.source import SourcedRow


class Severity(TextChoices):
    """How much a gap weighs. There is no score: gaps are counted, never added up."""

    CRITICAL = "critical", _("Critical")
    SERIOUS = "serious", _("Serious")
    MINOR = "minor", _("Minor")

    @property
    def rank(self) -> int:
        """0 for the gravest: what gaps are sorted by."""
        return list(Severity).index(self)


SEVERITY_MEANS: dict[Severity, str] = {
    Severity.CRITICAL: n("As the record stands, the processing itself would be unlawful: somebody has to act."),
    Severity.SERIOUS: n("The record lacks what the law asks for, or contradicts itself."),
    Severity.MINOR: n("The record could be clearer, or something will run out soon."),
}


class Area(TextChoices):
    """What a rule is about."""

    CONTENT = "content", _("Content of the record")
    LAWFULNESS = "lawfulness", _("Lawfulness")
    TRANSFERS = "transfers", _("Transfers")
    RECIPIENTS = "recipients", _("Recipients and contracts")
    RETENTION = "retention", _("Retention")
    SECURITY = "security", _("Security")
    ASSESSMENT = "assessment", _("Impact assessment")
    REVIEWS = "reviews", _("Reviews")
    QUALITY = "quality", _("Quality")
    PROFILING = "profiling", _("Profiling and segments")
    CONSENT = "consent", _("Consent")
    NOTICE = "notice", _("Notice and rights")
    CALIFORNIA = "california", _("California")


class About(Enum):
    """Of what a rule is a question: of each record, or of an organisation as a whole or a system, once for all of the
    records that belong to it or use it."""

    RECORD = ActivityRecord
    ORGANISATION = OrganisationRecord
    SYSTEM = SystemEntry


class Quoted(NamedTuple):
    """Words of a record that a sentence quotes, with the quotation marks of whoever reads it, or also in brackets."""

    words: str
    is_aside: bool = False

    def __str__(self) -> str:
        said = quoted(self.words)
        return f" ({said})" if self.is_aside else said


LISTED = 5
"""How many names a sentence lists before it only counts the others."""


class Some(NamedTuple):
    """Those of very many that a sentence names: the first names, and how many there are; None where nobody counted."""

    names: tuple[str, ...]
    number: int | None


Said = Mapping[str, Any]
"""What a sentence names: texts, numbers, dates, countries, rows and entries of the record, and tuples of these."""

Found = Iterable[tuple[Any, Said]]
"""What a rule finds: each time the row it is about (None for the record as a whole), and what its sentence names."""

Check = Callable[[Any, Any], Found]
"""From what the rule is about, and what rules are told beside it, to what it finds."""

NOTHING: Found = ()
HERE: Found = ((None, {}),)
"""Found in the record as a whole, with nothing to name."""

CONTROLLERS = frozenset({str(ActivityRole.CONTROLLER), str(ActivityRole.JOINT_CONTROLLER)})
PROCESSORS = frozenset({str(ActivityRole.PROCESSOR)})
EVERYBODY = CONTROLLERS | PROCESSORS


@dataclass(frozen=True, eq=False)
class Rule:
    """One question that the law asks of a record, of an organisation as a whole, or of a system.

    ``id`` is permanent. ``fact`` is the key of the fact that it is about, ``field`` the key inside a row of it, where
    there is one. The four texts are English and marked for translation: ``what`` is wrong, what an inspector
    ``asks``, ``why`` it matters, what to do (``remedy``). ``articles`` says where each law asks for it: a rule is only
    put to records under one of these laws, in one of ``roles``; to an organisation where it has records under them, to
    a system where those who use it have.
    """

    id: str
    area: Area
    severity: Severity
    articles: Mapping[Law, str]
    fact: str
    field: str
    what: str
    asks: str
    why: str
    remedy: str
    roles: frozenset[str]
    find: Check
    given: tuple[str, ...] = ()
    """Traits without which it can't find anything: see ``registry.compliance.traits``."""
    signs: int = 0
    """Signs of which the record's words must show one for anything to be found: see ``registry.compliance.signs``."""
    about: About = About.RECORD

    @property
    def article(self) -> str:
        """Where the first of the laws asks for it."""
        return next(iter(self.articles.values()))


RULES: dict[str, Rule] = {}
"""Every rule by its id, in the order of areas. Filled by the modules of the areas: see ``registry.compliance.rules``."""


def rule(
    identifier: str,
    area: Area,
    severity: Severity,
    article: str,
    *,
    at: str,
    what: str,
    asks: str,
    why: str,
    remedy: str,
    roles: frozenset[str] = CONTROLLERS,
    laws: Iterable[Law] = GDPR,
    also: Mapping[Law, str] | None = None,
    given: tuple[str, ...] = (),
    signs: int = 0,
    about: About = About.RECORD,
) -> Callable[[Check], Check]:
    """Make a function the rule of this id; ``at`` is ``fact`` or ``fact.field`` of what it is ``about``.

    ``article`` is the GDPR's where it begins with "GDPR", and then named as the UK GDPR's under that law; ``also``
    names where other laws ask the same, ``given`` the traits that a record must have for anything to be found, and
    ``signs`` those of which its words must show one. Raises ValueError for an id that is taken.
    """

    def register(find: Check) -> Check:
        if identifier in RULES:
            raise ValueError(f"There is a rule {identifier} already: choose another id.")
        fact, _dot, field = at.partition(".")
        articles = {law: _under(law, article) for law in laws} | dict(also or {})
        RULES[identifier] = Rule(
            identifier, area, severity, articles, fact, field, what, asks, why, remedy, roles, find, given, signs, about
        )
        return find

    return register


def _under(law: Law, article: str) -> str:
    return f"UK {article}" if law is Law.UK and article.startswith("GDPR ") else article


OF_ORGANISATION, OF_SYSTEM = "organisation-", "system-"
"""What stands before the key in the id of a gap of an organisation, and of a system."""

_BEFORE_KEY = {About.RECORD: "", About.ORGANISATION: OF_ORGANISATION, About.SYSTEM: OF_SYSTEM}


class Gap(NamedTuple):
    """What one rule found in one record, in an organisation as a whole, or in a system. Its texts are made when they
    are asked for, in the language in force."""

    rule: Rule
    record_pk: int
    """The key of the record, or of the organisation or system where the rule is about these."""
    reference: str
    """The record's; empty for others."""
    laws: tuple[Law, ...]
    """The laws that the record is under; of an organisation those of all its records."""
    row: str
    """Which row, said by what it holds, so that it stays when rows change places; or empty. In a system, whose records
    are meant."""
    row_list: str
    """The list that the row is in: mostly ``rule.fact``, but a transfer may be missing for a row of the recipients."""
    row_pk: int | None
    said: Said

    @property
    def id(self) -> str:
        """The same for the same gap of the same record on any day, in any order of its rows."""
        whose = f"{self.rule.id}:{_BEFORE_KEY[self.rule.about]}{self.record_pk}"
        return f"{whose}:{self.row}" if self.row else whose

    @property
    def is_of_organisation(self) -> bool:
        """Whether it is of an organisation as a whole, and none of any single record."""
        return self.rule.about is About.ORGANISATION

    @property
    def is_of_system(self) -> bool:
        """Whether it is of a system, and none of any single record that uses it."""
        return self.rule.about is About.SYSTEM

    @property
    def organisation_pk(self) -> int | None:
        """The key of the organisation that it is of, or whose records a gap of a system is about."""
        if self.is_of_system:
            return self.row_pk
        return self.record_pk if self.is_of_organisation else None

    @property
    def named(self) -> frozenset[str]:
        """What it names one by one, each by what that is known by: whoever accepts the gap has seen these.

        Other records that say the same aren't among it: each has a gap of its own.
        """
        lists = [value for value in self.said.values() if type(value) is tuple]
        return frozenset(filter(None, map(known_by, chain.from_iterable(lists))))

    @property
    def severity(self) -> Severity:
        """How much it weighs."""
        return self.rule.severity

    @property
    def area(self) -> Area:
        """What it is about."""
        return self.rule.area

    @property
    def article(self) -> str:
        """Where the laws that the record is under ask for it."""
        asked = self.rule.articles
        return cite("; ".join(dict.fromkeys(asked[law] for law in self.laws if law in asked)) or self.rule.article)

    @property
    def what(self) -> str:
        """What is wrong, in this record's own words."""
        said = gettext(self.rule.what) % {key: _say(value) for key, value in self.said.items()}
        if said.startswith("the "):
            said = f"T{said[1:]}"
        return said[:-1] if said.endswith("..") else said  # a name such as “Cloudy Inc.” ends a sentence by itself

    @property
    def asks(self) -> str:
        """What an inspector would ask."""
        return gettext(self.rule.asks)

    @property
    def why(self) -> str:
        """Why it matters."""
        return gettext(self.rule.why)

    @property
    def remedy(self) -> str:
        """What to do."""
        return gettext(self.rule.remedy)

    @property
    def fact(self) -> Fact:
        """The fact of the record, the organisation or the system that it is about."""
        return facts(self.rule.about.value)[self.rule.fact]

    def as_json(self) -> dict[str, Any]:
        """Return it as plain data, its texts in the language in force."""
        return {
            "id": self.id,
            "rule": self.rule.id,
            "severity": self.severity.value,
            "area": self.area.value,
            "article": self.article,
            "record": self.record_pk if self.rule.about is About.RECORD else None,
            "organisation": self.organisation_pk,
            "system": self.record_pk if self.is_of_system else None,
            "reference": self.reference,
            "fact": self.rule.fact,
            "field": self.rule.field,
            "row_list": self.row_list,
            "row": None if self.is_of_system else self.row_pk,
            "what": self.what,
            "asks": self.asks,
            "why": self.why,
            "remedy": self.remedy,
        }


def _say(value: Any) -> str:
    if isinstance(value, str | Quoted):
        return str(value)
    if isinstance(value, date):
        return date_format(value, "DATE_FORMAT")
    if isinstance(value, Fact):
        return value.title
    if isinstance(value, Country):
        return value.in_sentence
    if type(value) is tuple:
        return _list(Some(tuple(map(_say, value[:LISTED])), len(value)))
    if isinstance(value, Some):
        return _list(value)
    if isinstance(value, tuple):
        return _call(value)
    return str(getattr(value, "name", value)) if isinstance(value, SourcedRow) else str(value)


def _list(some: Some) -> str:
    names = some.names[:LISTED]
    between = pgettext("between names with commas", "; ") if any(", " in name for name in names) else ", "
    if some.number is None:
        return between.join([*names, "…"])
    return between.join(names if some.number <= LISTED else [*names, f"… ({some.number})"])


def _call(named: Any) -> str:
    """Return what a row, an entry or a change is called: in quotes where nobody has matched its words."""
    if isinstance(named, ConsequenceRecord):
        return say_change(named)
    if not hasattr(named, "label"):
        words = words_fact(type(named))
        if words is not None and getattr(named, main_fact(type(named)).key) is None:
            if isinstance(named, TransferRow) and not named.stated_as:
                return pgettext("to whom data are transferred", "an unnamed recipient")
            return quoted(shortened(getattr(named, words.key)))
        return shortened(name_row(named))
    return say_entry(named)


def shortened(text: str, most: int = 90) -> str:
    """Return the text on one line, cut at a word where it is longer than ``most`` characters."""
    line = " ".join(text.split())
    return line if len(line) <= most else line[: most - 1].rsplit(" ", 1)[0] + " …"
