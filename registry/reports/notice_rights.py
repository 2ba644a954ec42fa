"""What a privacy notice says of people's rights: those the record names, and those that follow from its legal bases."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from registry.record.activity import ActivityRecord
from registry.record.assessment_rows import ConsentMechanismRow, SegmentRow
from registry.record.entries import LegalBasisEntry
from registry.reports.document import Line
from registry.reports.lists.naming import FACTS, once, title

CONSENT = frozenset({"A6-1-a", "A9-2-a"})
"""Codes of the legal bases that are consent."""


def codes(record: ActivityRecord) -> set[str]:
    """Return the codes of the record's legal bases."""
    found = (row.legal_basis for row in record.legal_bases)
    return {basis.code for basis in found if isinstance(basis, LegalBasisEntry)}


def lines(record: ActivityRecord) -> Iterator[Line]:
    """Yield the lines of the section on rights; who decides on limits is the controller."""
    if record.rights:
        yield Line(FACTS["rights"].title, record.rights)
    if record.rights_limits:
        yield Line(FACTS["rights_limits"].title, record.rights_limits)
    yield Line(_("Rights that follow from the legal bases"), _from_bases(codes(record)))
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


def _consent(record: ActivityRecord) -> Iterator[Line]:
    """Yield that consent may be withdrawn, and how, by each way in which it is asked for."""
    yield Line(
        _("Consent"),
        _("may be withdrawn at any time; what was done before stays lawful (Arts. 13(2)(c), 14(2)(d))"),
    )
    ways = once(f"{row.name}: {row.withdrawal}" for row in record.consents if row.withdrawal)
    yield Line(title(ConsentMechanismRow, "withdrawal"), ways, "stated" if ways else "not_stated")
