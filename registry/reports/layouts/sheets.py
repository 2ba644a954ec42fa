"""An authority's form as sheets: one for each record, with every field below the other. For forms with more fields than
a table on paper has room for, and for those that are sheets anyway."""

from collections.abc import Iterator
from datetime import date

from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from registry.record.activity import ActivityRecord
from registry.record.loader import Register
from registry.record.numbers import say_number
from registry.reports import organisations
from registry.reports.document import Card, Cover, Document, Line, Part, Section
from registry.reports.layouts.fields import Field, Layout, notes, parties
from registry.reports.listing import Value
from registry.reports.provenance import Provenance, foot, keywords, say_moment, whose


def layout_sheets(layout: Layout, register: Register, provenance: Provenance) -> Document:
    """Return the records of the register, each as a sheet of the form. Headings are the authority's, and what stands
    under them is in the language of the form, and so is all around them if that is a language of ours."""
    layout = layout.heard
    with translation.override(layout.speaks):
        return _document(layout, register, provenance)


def _document(layout: Layout, register: Register, provenance: Provenance) -> Document:
    owner = register.organisation.name if register.organisation else _("all organisations")
    number = sum(map(layout.belongs, register.activities()))
    about = provenance.of_register(register, say_number(number), of_a_kind=number < len(register))
    blocks = [(_("This document"), about)]
    blocks += [(layout.party, tuple(organisations.identity(one))) for one in parties(layout, register)]
    return Document(
        cover=Cover(layout.title, whose(register), tuple(blocks)),
        parts=(
            Part(
                layout.title,
                "\n".join(notes(layout)),
                lambda: _cards(layout, register),
                _("No record belongs in this form."),
            ),
        ),
        running_head=f"{layout.title} · {owner}",
        foot=foot(register),
        language=get_language() or "en",
        title=f"{layout.title} – {owner}",
        author=provenance.produced_by,
        subject=_("%(title)s, as at %(moment)s") % {"title": layout.title, "moment": say_moment(register.as_at)},
        keywords=keywords(register, "GDPR Art. 30"),
        produced_at=provenance.produced_at,
    )


def _cards(layout: Layout, register: Register) -> Iterator[Card]:
    for record in register.activities():
        if layout.belongs(record):
            with translation.override(layout.language):
                lines = tuple(_line(layout, field, record) for field in layout.fields if field.say is not None)
            section = Section(record.organisation.name, "", lines)
            yield Card(str(record.pk), record.name, sections=(section,), reference=record.reference)


def _line(layout: Layout, field: Field, record: ActivityRecord) -> Line:
    said = _said(field.say(record) if field.say is not None else None)
    if not said:
        return Line(field.heading, layout.not_stated, "not_stated") if field.asked else Line(field.heading, _NOTHING)
    if isinstance(said, tuple) and all(one.startswith(f"{place}. ") for place, one in enumerate(said, start=1)):
        return Line(field.heading, tuple(one.partition(" ")[2] for one in said), numbered=True)
    return Line(field.heading, said)


_NOTHING = "–"
"""What stands where the authority offers a place and doesn't ask for it: nothing is missing there."""


def _said(value: Value) -> str | tuple[str, ...]:
    if isinstance(value, date):
        return date_format(value, "DATE_FORMAT")
    if isinstance(value, tuple):
        return value
    return "" if value is None else str(value)
