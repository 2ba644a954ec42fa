"""How a report names an organisation: with its address, its contact details and the people to turn to."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from registry.record.definition import facts
from registry.record.organisations import ContactRow, OrganisationRecord
from registry.record.words import labelled, not_stated, say
from registry.reference.roles import OFFICERS, ContactKind

_ORGANISATION = facts(OrganisationRecord)
_CONTACT = facts(ContactRow)
_PARTICULARS = ("legal_form", "registration_number", "email", "phone", "website", "supervisory_authority")


def identity(organisation: OrganisationRecord) -> Iterator[tuple[str, str]]:
    """Yield (label, value) of all that Art. 30(1)(a) and 30(2)(a) ask of an organisation; a value is empty where nobody
    stated it, and each kind of contact is named even then, other contacts only where there are any."""
    yield _ORGANISATION["name"].title, organisation.name
    for key in _PARTICULARS[:2]:
        yield _ORGANISATION[key].title, say(_ORGANISATION[key], getattr(organisation, key))
    yield _ORGANISATION["address"].title, address(organisation)
    for key in _PARTICULARS[2:]:
        yield _ORGANISATION[key].title, say(_ORGANISATION[key], getattr(organisation, key))
    yield _("Representative"), _contacts(organisation, (ContactKind.REPRESENTATIVE,))
    yield _("Data protection officer"), _contacts(organisation, OFFICERS)
    for kind in (ContactKind.CONTROLLER_CONTACT, ContactKind.OTHER):
        if found := _contacts(organisation, (kind,)):
            yield str(kind.label), found


def in_short(organisation: OrganisationRecord) -> str:
    """Return an organisation of others in a few lines: name, address, how to reach it, representative and officer."""
    reached = " · ".join(filter(None, (address(organisation, " · "), organisation.email, organisation.phone)))
    lines = [organisation.name, reached or _("Address and contact details") + f": {not_stated()}"]
    for label, kinds in (
        (_("Representative"), (ContactKind.REPRESENTATIVE,)),
        (_("Data protection officer"), OFFICERS),
    ):
        if found := _contacts(organisation, kinds):
            lines.append(labelled(label, found))
    return "\n".join(lines)


def address(place: OrganisationRecord | ContactRow, between: str = "\n") -> str:
    """Return the address with the country at its end; the country alone, or nothing, where no more is stated."""
    country = say(_CONTACT["country"], place.country)
    lines = [*place.address.splitlines(), country]
    return between.join(line.strip() for line in lines if line.strip())


def _contacts(organisation: OrganisationRecord, kinds: tuple[ContactKind, ...]) -> str:
    return "\n".join(_contact(contact) for contact in organisation.contacts if contact.kind in kinds)


def _contact(contact: ContactRow) -> str:
    name = ", ".join(dict.fromkeys(filter(None, (contact.name, contact.company))))
    if contact.kind == ContactKind.DPO_EXTERNAL:
        name += " (" + _("external") + ")"
    return " · ".join(filter(None, (name, address(contact, ", "), contact.email, contact.phone)))
