"""One record as a report of its own: whose it is, the card, and what the document is."""

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from registry.record.activity import ActivityRecord
from registry.record.loader import Register
from registry.reference.citations import cite
from registry.reference.roles import ActivityRole
from registry.reports import organisations
from registry.reports.card import make_card
from registry.reports.document import Card, Document, Line, Part, Section
from registry.reports.provenance import Provenance, foot, keywords, say_moment


def record_report(register: Register, record: ActivityRecord, provenance: Provenance) -> Document:
    """Return one record of ``register`` as a document of a page or two, in the language in force."""
    processor = record.role == ActivityRole.PROCESSOR
    title = _("Record as processor (GDPR Art. 30(2))") if processor else _("Record as controller (GDPR Art. 30(1))")
    card = _card(register, record, provenance)
    return Document(
        cover=None,
        parts=(Part(title=title, intro="", cards=lambda: (card,), empty=""),),
        running_head=_("Record of processing activities") + f" · {record.organisation.name}",
        foot=foot(register),
        language=get_language() or "en",
        title=f"{record.label} – {record.organisation.name}",
        author=provenance.produced_by,
        subject=_("%(title)s, as at %(moment)s") % {"title": title, "moment": say_moment(register.as_at)},
        keywords=keywords(register, "GDPR Art. 30"),
        produced_at=provenance.produced_at,
        contents=False,
    )


def _card(register: Register, record: ActivityRecord, provenance: Provenance) -> Card:
    card = make_card(record, register.unrecorded.get(record.pk, frozenset()))
    processor = record.role == ActivityRole.PROCESSOR
    whose = Section(
        _("Processor") if processor else _("Controller"),
        cite("GDPR Art. 30(2)(a)" if processor else "GDPR Art. 30(1)(a)"),
        tuple(Line(label, value) for label, value in organisations.identity(record.organisation)),
    )
    about = tuple(Line(label, value) for label, value in provenance.of_record(register))
    document = Section(_("This document"), "", about)
    return Card(card.key, card.title, card.subtitle, card.facts, (whose, *card.sections, document), card.reference)
