"""A privacy notice drafted from one record, point by point of Arts. 13 and 14, saying what the record can't supply."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from registry.record.activity import ActivityRecord
from registry.record.activity_rows import DataCategoryRow, LegalBasisRow
from registry.record.definition import facts
from registry.record.loader import Register
from registry.record.words import labelled, name_row
from registry.reference import countries
from registry.reference.answers import Answer
from registry.reference.citations import cite
from registry.reference.roles import OFFICERS, ActivityRole, ContactKind
from registry.reports import notice_rights, organisations, time_limits
from registry.reports.document import Card, Document, Line, Part, Section
from registry.reports.errors import ReportError
from registry.reports.layouts import saying
from registry.reports.listing import Value
from registry.reports.lists.naming import FACTS, names, once
from registry.reports.lists.transfers import decisions, place_of
from registry.reports.provenance import Provenance, foot, keywords, say_moment

_ROW = facts(DataCategoryRow)
AUTOMATED = ("profiling", "automated_decisions")
"""The questions about which people are told more where one of them is answered with yes."""


def notice_draft(register: Register, record: ActivityRecord, provenance: Provenance) -> Document:
    """Return the draft as a document. It is no finished notice: the last section lists what has to be written.

    Raises ReportError for a record as processor: its controllers give the notice.
    """
    if record.role == ActivityRole.PROCESSOR:
        said = _("This is a record as processor: the controllers that it names inform people. Choose another one.")
        raise ReportError("subject", said)
    on = timezone.localtime(register.as_at).date()
    title = _("Draft of a privacy notice (GDPR Arts. 13 and 14)")
    sections = tuple(replace(section, article=cite(section.article)) for section in _sections(record, on))
    missing = tuple(_missing(sections, record, on))
    card = Card(
        key=str(record.pk),
        title=record.name,
        reference=record.reference,
        facts=((_("Status"), _("Draft, to be completed and put into plain language")),),
        sections=(
            *sections,
            Section(_("What the record can't supply, and somebody has to write"), "", (Line(_("To do"), missing),)),
            Section(_("This document"), "", tuple(Line(*pair) for pair in provenance.of_record(register))),
        ),
    )
    return Document(
        cover=None,
        parts=(Part(title, _intro(), lambda: (card,), ""),),
        running_head=f"{title} · {record.organisation.name}",
        foot=foot(register),
        language=get_language() or "en",
        title=f"{title}: {record.label} – {record.organisation.name}",
        author=provenance.produced_by,
        subject=_("%(title)s, as at %(moment)s") % {"title": title, "moment": say_moment(register.as_at)},
        keywords=keywords(register, "GDPR Arts. 13, 14"),
        produced_at=provenance.produced_at,
        contents=False,
    )


def _intro() -> str:
    return _(
        "Every point that a notice must cover, with what the record says of it. It is written for the register, not "
        "for the people concerned: put it into plain language, and fill in what is not stated."
    )


def _sections(record: ActivityRecord, on: date) -> Iterator[Section]:
    controller = [Line(label, value) for label, value in organisations.identity(record.organisation) if value]
    officer = tuple(saying.contacts(record.organisation, OFFICERS))
    yield Section(_("Who is responsible"), "Arts. 13(1)(a), 14(1)(a)", (*controller, *_joint(record)))
    yield Section(_("Data protection officer"), "Arts. 13(1)(b), 14(1)(b)", (_line(_("Contact"), officer),))
    purposes = Line(FACTS["purposes"].title, names(record.purposes), numbered=len(record.purposes) > 1)
    bases = _line(FACTS["legal_bases"].title, tuple(map(_basis, record.legal_bases)))
    lines = (_stated(purposes), bases, *_conditions(record))
    yield Section(_("What for, and on which legal basis"), "Arts. 13(1)(c), 14(1)(c)", lines)
    if _needs_interest(record):
        interests = _line(_("Legitimate interests"), once(row.interest for row in record.legal_bases))
        yield Section(_("Legitimate interests pursued"), "Arts. 13(1)(d), 14(2)(b)", (interests,))
    yield Section(
        _("Which data"),
        "Art. 14(1)(d)",
        (
            _line(FACTS["data_subjects"].title, names(record.data_subjects)),
            _line(FACTS["data_categories"].title, once(map(_data, record.data_categories))),
        ),
    )
    yield Section(
        _("Recipients"),
        "Arts. 13(1)(e), 14(1)(e)",
        (_answered(_("Recipients"), names(record.recipients), record.recipients_answer),),
    )
    transfers = saying.transfers(record) if record.transfers else ()
    shown = transfers if isinstance(transfers, tuple) else ()
    yield Section(
        _("Transfers to third countries"),
        "Arts. 13(1)(f), 14(1)(f)",
        (_answered(FACTS["transfers"].title, shown, record.transfers_answer), *_adequacy(record, on)),
    )
    yield Section(_("How long"), "Arts. 13(2)(a), 14(2)(a)", tuple(time_limits.lines(record)))
    yield Section(_("Rights"), "Arts. 13(2)(b)-(d), 14(2)(c)-(e)", tuple(notice_rights.lines(record)))
    obligatory = tuple(filter(None, map(_obligatory, record.data_categories)))
    yield Section(
        _("Whether data must be provided, and what follows if they aren't"),
        "Art. 13(2)(e)",
        (_line(_ROW["obligatory"].title, obligatory),),
    )
    sources = tuple(f"{name_row(row)}: {row.source}" for row in record.data_categories if row.source)
    yield Section(
        _("Where the data come from, and whether publicly accessible"), "Art. 14(2)(f)", (_line(_("Source"), sources),)
    )
    yield Section(
        _("Automated decisions, profiling included"), "Arts. 13(2)(f), 14(2)(g), 22", tuple(_automated(record))
    )
    yield Section(_("The notice that is in use"), "Arts. 12(1), 13, 14", tuple(_in_use(record)))


def _conditions(record: ActivityRecord) -> Iterator[Line]:
    """Yield the conditions for special categories of data, wherever there are such data or conditions for them."""
    found = once(_as_texts(saying.conditions(record)))
    special = _as_texts(saying.special_data(record)) if record.data_categories else ()
    if found or special or record.special_categories == Answer.YES:
        yield _line(_("Condition for special categories (Arts. 9(2), 10)"), found)


def _adequacy(record: ActivityRecord, on: date) -> Iterator[Line]:
    """Yield for each third country whether a decision of the Commission held on the day, or none."""
    said = []
    for row in record.transfers:
        place = place_of(row)
        if place and not countries.is_eea(row.country, on):
            said.append(labelled(place, "; ".join(decisions(row, on)) or _("no adequacy decision")))
    if said:
        yield Line(_("Adequacy decisions of the Commission"), once(said))


def _as_texts(value: Value) -> tuple[str, ...]:
    return value if isinstance(value, tuple) else ()


def _automated(record: ActivityRecord) -> Iterator[Line]:
    """Yield the answers, and what people must be told where one is yes; what is written is there whatever they are."""
    yield from (_answer(key, getattr(record, key)) for key in AUTOMATED)
    asked = Answer.YES in {getattr(record, key) for key in AUTOMATED}
    for key in ("profiling_logic", "profiling_consequences", "human_intervention"):
        if asked or getattr(record, key):
            yield _stated(Line(FACTS[key].title, getattr(record, key)))


def _in_use(record: ActivityRecord) -> Iterator[Line]:
    """Yield where people read about it now, and since when it says what it says."""
    yield _stated(Line(FACTS["privacy_notice"].title, record.privacy_notice))
    if record.privacy_notice:
        yield _stated(Line(FACTS["privacy_notice_on"].title, saying.day(record.privacy_notice_on)))


def _line(label: str, entries: tuple[str, ...]) -> Line:
    return Line(label, entries, "stated" if entries else "not_stated")


def _stated(line: Line) -> Line:
    return line if line.value else Line(line.label, state="not_stated")


def _answered(label: str, entries: tuple[str, ...], answer: str) -> Line:
    if entries:
        return Line(label, entries)
    return Line(label, state="none" if answer == Answer.NO else "not_stated")


def _answer(key: str, value: str) -> Line:
    said = saying.answer(value)
    return Line(FACTS[key].title, said, "stated" if said else "not_stated")


def _joint(record: ActivityRecord) -> Iterator[Line]:
    if record.role == ActivityRole.JOINT_CONTROLLER or record.joint_controllers:
        found = saying.joint_controllers(record)
        yield _line(FACTS["joint_controllers"].title, found if isinstance(found, tuple) else ())


def _basis(row: LegalBasisRow) -> str:
    named = ": ".join(once([name_row(row), row.provision]))
    return f"{named} ({row.purpose.text})" if row.purpose is not None else named


def _data(row: DataCategoryRow) -> str:
    return f"{name_row(row)}: {row.items}" if row.items else name_row(row)


def _obligatory(row: DataCategoryRow) -> str:
    said = saying.answer(row.obligatory)
    if not said and not row.refusal_consequence:
        return ""
    return f"{name_row(row)}: {'; '.join(once([said, row.refusal_consequence]))}"


def _needs_interest(record: ActivityRecord) -> bool:
    return "A6-1-f" in notice_rights.codes(record) or any(row.interest for row in record.legal_bases)


def _missing(sections: tuple[Section, ...], record: ActivityRecord, on: date) -> Iterator[str]:
    for section in sections:
        for line in section.lines:
            if isinstance(line, Line) and (line.state == "not_stated" or (not line.value and line.state == "stated")):
                yield f"{section.title} ({section.article}): {line.label}"
    has_representative = any(one.kind == ContactKind.REPRESENTATIVE for one in record.organisation.contacts)
    if not has_representative and not countries.is_eea(record.organisation.country, on):
        yield _("A representative in the Union, if Art. 27 demands one")
    if record.role == ActivityRole.JOINT_CONTROLLER or record.joint_controllers:
        yield _("The essence of the arrangement with the joint controllers, or where it can be read (Art. 26(2))")
    if record.transfers:
        yield _("How to get a copy of the safeguards, or where they are made available (Arts. 13(1)(f), 14(1)(f))")
    sourced = [row for row in record.data_categories if row.source]
    if sourced:
        yield _("Whether the sources are publicly accessible (Art. 14(2)(f))")
        if silent := names(row for row in record.data_categories if not row.source):
            yield _("Where these data come from: %(names)s (Art. 14(2)(f))") % {"names": ", ".join(silent)}
    yield _("When and how the notice is given: at collection (Art. 13), or within a month at the latest (Art. 14(3))")
    yield _("What is told before data are used for another purpose than these (Arts. 13(3), 14(4))")
    if not record.rights:
        yield _("How a person makes use of the rights, in plain language (Art. 12)")
