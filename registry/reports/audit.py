"""One audit as a document: its plan and scope, the sample and how anybody draws it again, and what came of it."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from registry import models
from registry.record.assurance import AuditRecord, CorrectiveActionRow, FindingRecord
from registry.record.assured import load_activity_names
from registry.record.definition import facts
from registry.record.loader import newest
from registry.record.numbers import say_number
from registry.record.sample import Candidate, place
from registry.record.words import is_blank, labelled, name_row, quoted, say
from registry.reports.assurance import Assurance, all_or, stage
from registry.reports.document import Card, Document, Grid, Line, Part, Section
from registry.reports.lists.naming import once, said, title
from registry.reports.provenance import Provenance, foot, keywords, say_moment

REPEATED_BY = "printf '%s' 'SEED/ORGANISATION/REFERENCE' | sha256sum"
"""What shows on any system with a shell where an activity stands when a sample is drawn."""

_SHORT_PLACE = 16
"""So many characters of a place are printed."""

_NOT_YET = "–"
"""What stands in a table for a day that has not come."""


def audit_report(assurance: Assurance, audit: AuditRecord, provenance: Provenance) -> Document:
    """Return one audit as a document, in the language in force."""
    register = assurance.register
    heading = _("Audit report")
    card = Card(
        key=str(audit.pk),
        title=audit.name,
        facts=tuple(_head(audit)),
        sections=(*_sections(assurance, audit), _about(assurance, provenance)),
    )
    return Document(
        cover=None,
        parts=(Part(title=heading, intro="", cards=lambda: (card,), empty=""),),
        running_head=audit.name,
        foot=foot(register),
        language=get_language() or "en",
        title=f"{audit.name} – {heading}",
        author=provenance.produced_by,
        subject=_("%(title)s, as at %(moment)s") % {"title": heading, "moment": say_moment(register.as_at)},
        keywords=keywords(register, "GDPR Arts. 5(2), 24(1)"),
        produced_at=provenance.produced_at,
        contents=False,
    )


def _head(audit: AuditRecord) -> Iterator[tuple[str, str]]:
    yield title(AuditRecord, "kind"), said(AuditRecord, "kind", audit.kind)
    yield _("Stage"), stage(audit)
    yield title(AuditRecord, "organisation"), all_or(audit.organisation)


def _sections(assurance: Assurance, audit: AuditRecord) -> Iterator[Section]:
    plan = ("framework", "auditor", "planned_on", "started_on", "completed_on")
    yield Section(_("Plan"), "", tuple(_line(audit, key) for key in plan))
    yield Section(_("Scope"), "", tuple(_scope(assurance, audit)))
    yield Section(_("Sample"), "", tuple(_sample(audit)))
    findings = assurance.findings.get(audit.pk, ())
    if not findings:
        nothing = _("Nothing was found yet, or nothing is written down.")
        yield Section(_("Findings"), "", (Line(_("Findings"), nothing, "none"),))
    for number, finding in enumerate(findings, start=1):
        named = {"number": say_number(number), "weight": said(FindingRecord, "weight", finding.weight)}
        heading = _("Finding %(number)s, %(weight)s") % named
        yield Section(heading, "", tuple(_finding(assurance, finding)))
    yield Section(_("Conclusion"), "", (_line(audit, "conclusion"), _line(audit, "report")))


def _scope(assurance: Assurance, audit: AuditRecord) -> Iterator[Line]:
    """Yield what is looked at. Where anything is, an empty list says that there is none of its kind."""
    sampled = _("drawn by the sample")
    activities = tuple(
        " – ".join(once([_activity(assurance, row), sampled if row.is_sampled else ""])) for row in audit.activities
    )
    lists = {
        "activities": activities,
        "recipients": tuple(map(name_row, audit.recipients)),
        "systems": tuple(map(name_row, audit.systems)),
    }
    empty: Any = "none" if any(lists.values()) else "not_stated"
    for key, entries in lists.items():
        yield Line(title(AuditRecord, key), entries, "stated" if entries else empty)


def _activity(assurance: Assurance, row: Any) -> str:
    if row.activity is None:
        return str(row.stated_as)
    name = assurance.activity_name(row.activity)
    return f"{name} {quoted(row.stated_as)}" if row.stated_as else name


def _sample(audit: AuditRecord) -> Iterator[Line | Grid]:
    drawn = [row.activity.pk for row in audit.activities if row.is_sampled and row.activity is not None]
    number = audit.as_at_change_set
    if not audit.sample_seed or number is None:
        yield Line(_("Sample"), _("No sample was drawn."), "none")
        return
    yield Line(title(AuditRecord, "sample_seed"), audit.sample_seed)
    yield _line(audit, "sample_among")
    yield Line(_("Drawn"), _("%(number)s of %(of)s") % {"number": say_number(len(drawn)), "of": _of(audit)})
    yield Line(title(AuditRecord, "as_at_change_set"), _change_set(number))
    yield Line(
        _("How it is drawn"),
        _(
            "For each activity the SHA-256 of “seed/organisation/reference” is worked out. Those with the smallest are "
            "the sample. Anybody can do so again, with the register as at that change set and any program that knows "
            "SHA-256:"
        )
        + f"\n{REPEATED_BY}",
    )
    if drawn:
        yield _places(audit.sample_seed, number, drawn)


def _of(audit: AuditRecord) -> str:
    return say_number(audit.sample_of) if audit.sample_of is not None else _NOT_YET


def _change_set(number: int) -> str:
    """Return which change set that is: when it was made, and by which seal it is known to be the same."""
    found = models.ChangeSet.objects.filter(sequence=number).values_list("made_at", "digest").first()
    if found is None:
        return str(number)
    made_at, digest = found
    return f"{number}, {say_moment(made_at)}\n{labelled(_('Chain head'), digest)}"


def _places(seed: str, number: int, pks: list[int]) -> Grid:
    """Return where each activity that was drawn stood, by what it was called then: the smallest first."""
    owners = dict(newest(models.Organisation, number).values_list("id", "name"))
    there = [
        (place(seed, Candidate(pk, owners.get(name.organisation, ""), name.reference)), pk, name)
        for pk, name in load_activity_names(number, pks).items()
    ]
    rows = tuple(
        (f"{found[:_SHORT_PLACE]}…", owners.get(name.organisation, ""), name.reference, name.name)
        for found, _pk, name in sorted(there)
    )
    columns = (_("SHA-256"), _("Organisation"), _("Reference"), _("Name"))
    return Grid(_("Activities drawn, as they were called then"), columns, rows, (22, 22, 14, 30))


def _finding(assurance: Assurance, finding: FindingRecord) -> Iterator[Line | Grid]:
    for key in ("name", "criterion", "statement"):
        yield _line(finding, key)
    where = assurance.where(finding)
    yield Line(pgettext("of a finding", "Where"), where, "stated" if where else "not_stated")
    yield _line(finding, "evidence")
    if finding.document is not None:
        yield _line(finding, "document")
    label = title(FindingRecord, "actions")
    if not finding.actions:
        yield Line(label, assurance.action_state(None), "none")
        return
    keys = ("what", "responsible", "due_on", "done_on", "verified_on", "verified_by")
    columns = (*(title(CorrectiveActionRow, key) for key in keys), _("State"))
    yield Grid(
        label,
        columns,
        tuple((*(_cell(action, key) for key in keys), assurance.action_state(action)) for action in finding.actions),
        (32, 18, 14, 14, 14, 16, 14),
    )


def _cell(action: CorrectiveActionRow, key: str) -> str:
    text = said(CorrectiveActionRow, key, getattr(action, key))
    return text or ("" if key == "responsible" else _NOT_YET)


def _line(record: Any, key: str) -> Line:
    fact = facts(type(record))[key]
    value = getattr(record, key)
    return Line(fact.title, state="not_stated") if is_blank(fact, value) else Line(fact.title, say(fact, value))


def _about(assurance: Assurance, provenance: Provenance) -> Section:
    lines = tuple(Line(label, value) for label, value in provenance.of_record(assurance.register))
    return Section(_("This document"), "", lines)
