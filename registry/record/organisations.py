"""The declared facts of organisations, their contacts and units, as frozen records."""

from typing import Annotated as A
from typing import NamedTuple

from django.utils.translation import gettext_noop as n

from registry.record.definition import Fact, Kind, Named
from registry.reference import countries
from registry.reference.answers import Answer
from registry.reference.roles import ContactKind

Text = Kind.TEXT


def _countries() -> list[tuple[str, object]]:
    return list(countries.CHOICES)


class ContactRow(NamedTuple):
    """A person or office to turn to."""

    pk: int
    kind: A[
        str,
        Fact(
            n("Kind"),
            Kind.CHOICE,
            n("Data protection officer, representative or other."),
            "GDPR Art. 30(1)(a)",
            choices=ContactKind,
            required=True,
        ),
    ]
    name: A[str, Fact(n("Name"), Text, n("Of the person or office."), "GDPR Art. 30(1)(a)", main=True, required=True)]
    company: A[str, Fact(n("Company"), Text, n("Of an external data protection officer or a representative."))]
    address: A[str, Fact(n("Address"), Kind.PROSE)]
    country: A[str, Fact(n("Country"), Kind.CHOICE, choices=_countries)]
    email: A[str, Fact(n("E-mail"), Text)]
    phone: A[str, Fact(n("Telephone"), Text)]


class OrganisationRecord(NamedTuple):
    """A legal entity: one whose register is kept here, or a partner that appears in it."""

    pk: int
    name: A[str, Fact(n("Name"), Text, n("The full legal name."), "GDPR Art. 30(1)(a)", main=True, required=True)]
    legal_form: A[str, Fact(n("Legal form"), Text)]
    registration_number: A[str, Fact(n("Registration number"), Text, n("Commercial register, SIRET, KBO/BCE, CNPJ, …"))]
    address: A[str, Fact(n("Address"), Kind.PROSE, "", "GDPR Art. 30(1)(a)")]
    country: A[str, Fact(n("Country"), Kind.CHOICE, choices=_countries)]
    email: A[str, Fact(n("E-mail"), Text, "", "GDPR Art. 30(1)(a)")]
    phone: A[str, Fact(n("Telephone"), Text, "", "GDPR Art. 30(1)(a)")]
    website: A[str, Fact(n("Website"), Text)]
    is_own: A[
        bool,
        Fact(
            n("We keep its register"), Kind.FLAG, n("Untick for a partner: a client controller or a joint controller.")
        ),
    ]
    public_authority: A[
        str,
        Fact(
            n("Public authority"),
            Kind.ANSWER,
            n("Whether it is a public authority or body: it then needs an officer, and other grounds for its tasks."),
            "GDPR Arts. 6(1), 37(1)(a), 49(3)",
            choices=Answer,
        ),
    ]
    supervisory_authority: A[
        str, Fact(n("Supervisory authority"), Text, n("The authority competent for it."), "GDPR Art. 55")
    ]
    contacts: A[
        tuple[ContactRow, ...],
        Fact(n("Contacts"), Kind.ROWS, n("Data protection officer, representative and others."), "GDPR Art. 30(1)(a)"),
    ]

    @property
    def label(self) -> str:
        """Its name."""
        return self.name


class UnitRecord(NamedTuple):
    """A department or branch."""

    pk: int
    organisation: A[Named | None, Fact(n("Organisation"), Kind.ENTRY, entry="Organisation", required=True)]
    parent: A[Named | None, Fact(n("Part of"), Kind.ENTRY, n("The unit above it."), entry="OrganisationUnit")]
    name: A[str, Fact(n("Name"), Text, main=True, required=True)]
    head: A[str, Fact(n("Head"), Text, n("Who leads the unit."))]

    @property
    def label(self) -> str:
        """Its name."""
        return self.name
