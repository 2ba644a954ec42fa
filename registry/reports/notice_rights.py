"""What a privacy notice says of people's rights: those the record names, and those that follow from its legal bases."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from registry.record.activity import ActivityRecord
from registry.record.assessment_rows import ConsentMechanismRow, SegmentRow
from registry.record.entries import LegalBasisEntry
from registry.reference.answers import Answer
from registry.reference.purposes import PurposeTerm
from registry.reports.document import Line
from registry.reports.lists.naming import FACTS, once, title

CONSENT = frozenset({"A6-1-a", "A9-2-a"})
"""Codes of the legal bases that are consent."""


BRITISH = "UK-"
"""What the codes of the United Kingdom's own rows begin with, before those of the Regulation."""


def codes(record: ActivityRecord) -> set[str]:
    """Return the codes of the record's legal bases and conditions, those of the United Kingdom as the Regulation's."""
    found = (basis for row in record.legal_bases for basis in (row.legal_basis, row.special_category_condition))
    return {basis.code.removeprefix(BRITISH) for basis in found if isinstance(basis, LegalBasisEntry)}


def is_direct_marketing(record: ActivityRecord) -> bool:
    """Return whether people are addressed for marketing, as the purposes and the customer segments say."""
    return bool(record.segments) or any(row.term == PurposeTerm.DIRECT_MARKETING for row in record.purposes)


def lines(record: ActivityRecord) -> Iterator[Line]:
    """Yield the lines of the section on rights; who decides on limits is the controller."""
    if record.rights:
        yield Line(FACTS["rights"].title, record.rights)
    if record.rights_limits:
        yield Line(FACTS["rights_limits"].title, record.rights_limits)
    yield Line(_("Rights that follow from the legal bases"), (*_from_bases(codes(record)), *_beside(record)))
    if codes(record) & CONSENT or record.consents:
        yield from _consent(record)
    if opt_outs := once(f"{row.name}: {row.opt_out}" for row in record.segments if row.opt_out):
        yield Line(title(SegmentRow, "opt_out"), opt_outs)
    authority = record.organisation.supervisory_authority
    said = _("a complaint may be lodged with a supervisory authority: %(authority)s")
    yield Line(_("Complaint"), said % {"authority": authority} if authority else "")


def _from_bases(found: set[str]) -> tuple[str, ...]:
    return (
        _("access (Art. 15)"),
        _("rectification (Art. 16)"),
        _("erasure (Art. 17), within its limits"),
        _("restriction (Art. 18)"),
        *([_("data portability (Art. 20)")] if found & {"A6-1-a", "A6-1-b", "A9-2-a"} else []),
        *([_("objection (Art. 21)")] if found & {"A6-1-e", "A6-1-f"} else []),
    )


def _beside(record: ActivityRecord) -> Iterator[str]:
    """Yield what people may do because of the way in which their data are used, whatever the legal basis."""
    if is_direct_marketing(record):
        yield _("objection to direct marketing at any time (Art. 21(2)), to be told clearly and apart (Art. 21(4))")
    if record.automated_decisions == Answer.YES:
        yield _("a human being's intervention, and to contest the automated decision (Art. 22(3))")


def _consent(record: ActivityRecord) -> Iterator[Line]:
    """Yield that consent may be withdrawn, and how, by each way in which it is asked for."""
    yield Line(
        _("Consent"),
        _("may be withdrawn at any time; what was done before stays lawful (Arts. 13(2)(c), 14(2)(d))"),
    )
    ways = once(f"{row.name}: {row.withdrawal}" for row in record.consents if row.withdrawal)
    yield Line(title(ConsentMechanismRow, "withdrawal"), ways, "stated" if ways else "not_stated")
