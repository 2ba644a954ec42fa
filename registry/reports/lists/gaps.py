"""The gaps of the register: what the rules found, the gravest first, with the inspector's question and the remedy, and
which of them somebody has accepted, why and until when."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from registry.compliance.context import context_of
from registry.compliance.gap import OF_ORGANISATION, OF_SYSTEM, SEVERITY_MEANS, Gap, Severity
from registry.compliance.whole import Subject, check_whole
from registry.record.acceptance import AcceptanceRecord
from registry.record.activity import ActivityRecord
from registry.record.decided import load_acceptances
from registry.record.definition import facts
from registry.record.entries import SystemEntry
from registry.record.loader import Register
from registry.record.numbers import say_number
from registry.record.words import labelled
from registry.reports.document import Bar, Chart
from registry.reports.listing import Column, Holds, Listing, Row, Table
from registry.reports.lists.naming import FACTS, once, several_organisations
from registry.reports.provenance import Provenance, list_report

_ACCEPTANCE = facts(AcceptanceRecord)


@dataclass(frozen=True)
class Found:
    """A gap with what its organisation and its activity are called, and the last decision to live with it."""

    organisation: str
    name: str
    gap: Gap
    acceptance: AcceptanceRecord | None
    on: date
    """The day of the register."""

    @property
    def is_accepted(self) -> bool:
        """Whether the gap is accepted on the day of the register, with all that it names."""
        return self._holds and not self.is_outgrown

    @property
    def is_outgrown(self) -> bool:
        """Whether it was accepted until a later day, and names more than it did then."""
        return self._holds and self.acceptance is not None and not self.acceptance.is_for(self.gap.named)

    @property
    def _holds(self) -> bool:
        return self.acceptance is not None and self.acceptance.holds(self.on)


@dataclass
class Collected:
    """What was found: open gaps and accepted ones, each the gravest first."""

    open: dict[Severity, list[Found]] = field(default_factory=lambda: {severity: [] for severity in Severity})
    accepted: dict[Severity, list[Found]] = field(default_factory=lambda: {severity: [] for severity in Severity})
    records: int = 0
    others: set[str] = field(default_factory=set)
    """What ids of gaps call the organisations and systems that were asked."""

    def in_order(self) -> list[Found]:
        """Return everything as it is listed: what is open before what is accepted."""
        return [found for some in (self.open, self.accepted) for every in some.values() for found in every]


def gaps_list(register: Register, whole: Register, provenance: Provenance) -> Listing:
    """Return the gaps of the records in ``register``, of their organisations and of systems; ``whole`` is the register
    that they belong to, for rules that compare records with each other."""
    several = several_organisations(register)
    on = timezone.localdate(register.as_at)
    every = load_acceptances(register.change_set)
    collected = _collected(register, whole, {one.gap: one for one in every}, on)
    acceptances = _of_these(every, {str(pk) for pk, _version in register.index} | collected.others)
    found = collected.in_order()
    gaps = Table(
        "gaps",
        _("Gaps"),
        _columns(several=several),
        lambda: (_row(one, several=several) for one in found),
        _("The rules found no gap."),
        expected=len(found),
    )
    tables = (gaps, _accepted(acceptances, {one.gap.id: one.is_accepted for one in found}, on))
    counts = tuple((str(severity.label), say_number(len(some))) for severity, some in collected.open.items())
    number = sum(map(len, collected.accepted.values()))
    return list_report(
        _("Gaps of the register"),
        register,
        provenance,
        tables=tables,
        charts=_charts(collected),
        first=(
            (_("Records with open gaps"), say_number(collected.records)),
            *counts,
            (pgettext("gaps that one lives with", "Accepted"), say_number(number)),
        ),
        footnotes=tuple(_notes()),
    )


def _columns(*, several: bool) -> tuple[Column, ...]:
    columns = [
        Column("severity", _("Severity"), 10),
        Column("reference", FACTS["reference"].title, 11),
        Column("name", FACTS["name"].title, 22),
        Column("area", _("Area"), 14),
        Column("what", _("What is wrong"), 34),
        Column("article", _("Article"), 16),
        Column("asks", _("What an inspector would ask"), 30),
        Column("remedy", _("Remedy"), 30),
        Column("state", _("State"), 22, Holds.TEXTS),
        Column("id", _("Gap"), 24),
    ]
    if several:
        columns.insert(1, Column("organisation", FACTS["organisation"].title, 18))
    return tuple(columns)


def _of_these(acceptances: Sequence[AcceptanceRecord], keys: set[str]) -> tuple[AcceptanceRecord, ...]:
    """Return the acceptances that are about these records and others: a gap's id names its own."""
    return tuple(one for one in acceptances if keys.intersection(one.gap.split(":")[1:2]))


def _collected(register: Register, whole: Register, acceptances: dict[str, AcceptanceRecord], on: date) -> Collected:
    collected = Collected()
    for subject, gaps in check_whole(register, context_of(whole)):
        is_record = isinstance(subject, ActivityRecord)
        organisation, name = _called(subject)
        is_open = False
        for gap in gaps:
            whose = organisation or _organisation(gap, register)
            found = Found(whose, name, gap, acceptances.get(gap.id), on)
            (collected.accepted if found.is_accepted else collected.open)[gap.severity].append(found)
            is_open = is_open or not found.is_accepted
        collected.records += is_open and is_record
        if not is_record:
            kind = OF_SYSTEM if isinstance(subject, SystemEntry) else OF_ORGANISATION
            collected.others.add(f"{kind}{subject.pk}")
    return collected


def _called(subject: Subject) -> tuple[str, str]:
    if isinstance(subject, ActivityRecord):
        return subject.organisation.name, subject.name
    if isinstance(subject, SystemEntry):
        return "", _("The system %(name)s") % {"name": subject.name}
    return subject.name, _("The organisation as a whole")


def _organisation(gap: Gap, register: Register) -> str:
    """Return whose records a gap of a system is about; empty for all."""
    return "" if gap.organisation_pk is None else register.organisations[gap.organisation_pk].name


def _charts(collected: Collected) -> tuple[Chart, ...]:
    """What the open gaps are about; nothing where there are none."""
    counted = Counter(found.gap.area for some in collected.open.values() for found in some)
    whole = counted.total()
    bars = tuple(Bar(str(area.label), counted[area]) for area in sorted(counted, key=lambda area: -counted[area]))
    note = ngettext(
        "Of the %(number)s open gap. They are counted, never added up to a score.",
        "Of the %(number)s open gaps. They are counted, never added up to a score.",
        whole,
    ) % {"number": say_number(whole)}
    return (Chart(_("Open gaps by area"), note, _("Area"), _("Gaps"), bars, whole),) if bars else ()


def _row(found: Found, *, several: bool) -> Row:
    gap = found.gap
    return [
        str(gap.severity.label),
        *([found.organisation] if several else []),
        gap.reference,
        found.name,
        str(gap.area.label),
        gap.what,
        gap.article,
        gap.asks,
        gap.remedy,
        _state(found),
        gap.id,
    ]


def _state(found: Found) -> tuple[str, ...]:
    """Return whether the gap is open, or who accepted it until when and why."""
    accepted = found.acceptance
    if accepted is None:
        return (_("open"),)
    if found.is_outgrown:
        said = _("open: there is more than %(who)s accepted until %(day)s")
    elif found.is_accepted:
        said = _("accepted by %(who)s until %(day)s")
    else:
        said = _("open; was accepted by %(who)s until %(day)s")
    return once([said % {"who": accepted.accepted_by, "day": _day(accepted.valid_until)}, accepted.reason])


def _accepted(acceptances: Sequence[AcceptanceRecord], present: Mapping[str, bool], on: date) -> Table:
    """The decisions themselves, with what has become of each; ``present`` says of each gap whether it is accepted."""
    columns = (
        Column("record", _ACCEPTANCE["record"].title, 24),
        Column("sentence", _ACCEPTANCE["sentence"].title, 40),
        Column("reason", _ACCEPTANCE["reason"].title, 40),
        Column("accepted_by", _ACCEPTANCE["accepted_by"].title, 18),
        Column("accepted_on", _ACCEPTANCE["accepted_on"].title, 14, Holds.DATE),
        Column("valid_until", _ACCEPTANCE["valid_until"].title, 14, Holds.DATE),
        Column("state", _("State"), 24),
        Column("id", _ACCEPTANCE["gap"].title, 26),
    )
    rows: list[Row] = [
        [
            one.record, one.sentence, one.reason, one.accepted_by, one.accepted_on, one.valid_until,
            _outcome(one, present.get(one.gap), on), one.gap,
        ]
        for one in sorted(acceptances, key=lambda one: (one.valid_until, one.record))
    ]  # fmt: skip
    intro = _(
        "Who decided to live with a gap, why and until when, in the words of that day. The next to end come first."
    )
    empty = _("Nobody has decided to live with a gap.")
    return Table("accepted", _("Accepted gaps"), columns, lambda: rows, empty, intro, expected=len(rows))


def _outcome(accepted: AcceptanceRecord, is_accepted: bool | None, on: date) -> str:
    if is_accepted is None:
        return _("no longer needed: the gap is gone")
    if accepted.holds(on):
        return _("in force") if is_accepted else _("outgrown: there is more now, and the gap is open again")
    return _("ended, and accepted anew") if is_accepted else _("ended: the gap is open again")


def _day(value: date) -> str:
    return date_format(value, "DATE_FORMAT")


def _notes() -> Iterator[str]:
    for severity, meaning in SEVERITY_MEANS.items():
        yield labelled(str(severity.label), _(meaning))
    yield _(
        "Severities count what is open. What is accepted comes after it, and is open again on the day after its last."
    )
    yield _("Gaps are what rules found in what the records say. That none was found doesn't mean that all is lawful.")
