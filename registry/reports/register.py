"""The register as a report: the controller's records (Art. 30(1)) and the processor's (Art. 30(2)), each in a part."""

from collections import Counter
from collections.abc import Iterator

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from registry.record.definition import by_name
from registry.record.loader import Register
from registry.record.numbers import say_number
from registry.record.organisations import OrganisationRecord
from registry.reference.roles import ActivityRole
from registry.reports import organisations, summary
from registry.reports.card import make_card
from registry.reports.document import Card, Cover, Document, Part
from registry.reports.overview import Overview
from registry.reports.provenance import Provenance, foot, keywords, say_moment

Roles = dict[int, Counter[str]]
"""Key of an organisation → how many records it has as controller and as processor."""

_TITLES = {
    "": lambda: _("Record of processing activities"),
    str(ActivityRole.CONTROLLER): lambda: _("Register as controller"),
    str(ActivityRole.PROCESSOR): lambda: _("Register as processor"),
}


def register_report(register: Register, provenance: Provenance, role: str = "") -> Document:
    """Return the register as a document, in the language in force. The same register and provenance give the same one.

    ``role`` says that the register holds the records as controller or those as processor alone (`ActivityRole`): the
    document has no part for the others then, and says what it is.
    Reads the records once here, to sort them into the two parts, and again, a thousand at a time, whenever a part's
    list or cards are asked for.
    """
    as_controller, as_processor, roles, overviews = _sorted(register)
    several = len(roles) > 1
    title = _TITLES[role]()
    owner = register.organisation.name if register.organisation else _names(register, roles)
    counted = {"all": register, "controller": as_controller, "processor": as_processor}
    counts = {key: say_number(len(some)) for key, some in counted.items()}
    both = _("%(all)s: %(controller)s as controller, %(processor)s as processor")
    records = counts["all"] if role else both % counts
    parts = {
        str(ActivityRole.CONTROLLER): Part(
            title=_("Records as controller (GDPR Art. 30(1))"),
            intro=_(
                "Each record follows Article 30(1) point by point. “Not stated” means that nobody has said it yet; "
                "“none” and “No” are answers."
            ),
            cards=lambda: _cards(as_controller),
            empty=_nothing(_("The organisation has no record as controller in this document."), provenance),
            summary=summary.controllers_list(as_controller, with_organisation=several),
            charts=overviews[ActivityRole.CONTROLLER].charts(),
        ),
        str(ActivityRole.PROCESSOR): Part(
            title=_("Records as processor (GDPR Art. 30(2))"),
            intro=_("What is carried out on behalf of controllers. Each record follows Article 30(2) point by point."),
            cards=lambda: _cards(as_processor),
            empty=_nothing(_("The organisation has no record as processor in this document."), provenance),
            summary=summary.processors_list(as_processor, with_organisation=several),
            charts=overviews[ActivityRole.PROCESSOR].charts(),
        ),
    }
    blocks = [(_("This document"), provenance.of_register(register, records, of_a_kind=bool(role)))]
    blocks += [_block(organisation, roles) for organisation in _shown(register, roles)]
    return Document(
        cover=Cover(title, owner, tuple(blocks)),
        parts=(parts[role],) if role else tuple(parts.values()),
        running_head=f"{title} · {owner}",
        foot=foot(register),
        language=get_language() or "en",
        title=f"{title} – {owner}",
        author=provenance.produced_by,
        subject=_("Register under Article 30 of Regulation (EU) 2016/679, as at %(moment)s")
        % {"moment": say_moment(register.as_at)},
        keywords=keywords(register, "GDPR Art. 30"),
        produced_at=provenance.produced_at,
    )


def _sorted(register: Register) -> tuple[Register, Register, Roles, dict[str, Overview]]:
    """Sort the records into those of a controller and those of a processor; count both by organisation and by what they
    have in common."""
    processors: set[int] = set()
    controllers: set[int] = set()
    roles: Roles = {}
    overviews = {str(role): Overview() for role in (ActivityRole.CONTROLLER, ActivityRole.PROCESSOR)}
    for record in register.activities():
        is_processor = record.role == ActivityRole.PROCESSOR
        (processors if is_processor else controllers).add(record.pk)
        role = ActivityRole.PROCESSOR if is_processor else ActivityRole.CONTROLLER
        roles.setdefault(record.organisation.pk, Counter())[role] += 1
        overviews[role].add(record)
    return register.only(controllers), register.only(processors), roles, overviews


def _cards(register: Register) -> Iterator[Card]:
    return (make_card(record, register.unrecorded.get(record.pk, frozenset())) for record in register.activities())


def _shown(register: Register, roles: Roles) -> list[OrganisationRecord]:
    """The organisations whose register this is: the one asked for, else all that have records, else all of our own."""
    if register.organisation is not None:
        return [register.organisation]
    found = [one for pk, one in register.organisations.items() if (pk in roles if roles else one.is_own)]
    return sorted(found, key=by_name)


def _names(register: Register, roles: Roles) -> str:
    names = [organisation.name for organisation in _shown(register, roles)]
    if len(names) > 3:
        return _("%(count)d organisations") % {"count": len(names)}
    return ", ".join(names) or _("no organisation")


def _block(organisation: OrganisationRecord, roles: Roles) -> tuple[str, tuple[tuple[str, str], ...]]:
    counts = roles.get(organisation.pk, Counter())
    if not counts[ActivityRole.PROCESSOR]:
        heading = _("Controller")
    elif counts[ActivityRole.CONTROLLER]:
        heading = _("Controller and processor")
    else:
        heading = _("Processor")
    return heading, tuple(organisations.identity(organisation))


def _nothing(sentence: str, provenance: Provenance) -> str:
    return sentence + (" " + _("The filters named on the cover may have left some out.") if provenance.filters else "")
