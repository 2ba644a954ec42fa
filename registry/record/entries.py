"""The declared facts of catalogue entries, as frozen records."""

from datetime import date
from typing import Annotated as A
from typing import NamedTuple

from django.utils.translation import gettext_noop as n

from registry.record.definition import Fact, Kind, Named
from registry.reference import countries
from registry.reference.answers import Answer
from registry.reference.ccpa import SENSITIVE_CHOICES, CcpaCategory
from registry.reference.contracts import ContractKind, SubProcessorAuthorisation
from registry.reference.documents import DocumentKind
from registry.reference.lawful_basis import BasisKind, Regime
from registry.reference.measures import MeasureGroup, MeasureNature
from registry.reference.retention import Disposal, PeriodUnit
from registry.reference.roles import RecipientNature, RecipientRole
from registry.reference.special_category import DataSensitivity

Text = Kind.TEXT
RetiredOn = A[
    date | None, Fact(n("Retired on"), Kind.DATE, n("From this day the entry is no longer offered; records keep it."))
]
DpvTerm = A[str, Fact(n("DPV term"), Text, n("Its identifier in the W3C Data Privacy Vocabulary 2.3."))]


def _countries() -> list[tuple[str, object]]:
    return list(countries.CHOICES)


def _sensitive_terms() -> list[tuple[str, str]]:
    return list(SENSITIVE_CHOICES)


class LegalBasisEntry(NamedTuple):
    """A legal basis of the catalogue."""

    pk: int
    code: A[str, Fact(n("Code"), Text, n("Short and permanent, such as A6-1-b."), required=True)]
    title: A[str, Fact(n("Title"), Text, n("What the basis is called in lists and reports."), main=True, required=True)]
    regime: A[str, Fact(n("Regime"), Kind.CHOICE, n("The law that knows this basis."), choices=Regime, required=True)]
    kind: A[str, Fact(n("Kind"), Kind.CHOICE, n("What the basis is a basis for."), choices=BasisKind, required=True)]
    citation: A[str, Fact(n("Citation"), Text, n("Where it stands, such as GDPR Art. 6(1)(b)."))]
    statutory: A[
        bool, Fact(n("Statutory"), Kind.FLAG, n("Taken from the statute itself, not made by the organisation."))
    ]
    dpv_term: DpvTerm
    notes: A[str, Fact(n("Notes"), Kind.PROSE, n("What to record beside it."))]
    retired_on: RetiredOn

    @property
    def label(self) -> str:
        """Citation and title, as a reader of a report wants it."""
        return f"{self.citation} – {self.title}" if self.citation else self.title


class DataSubjectCategoryEntry(NamedTuple):
    """A category of data subjects of the catalogue."""

    pk: int
    name: A[
        str,
        Fact(
            n("Name"), Text, n("Such as customers or job applicants."), "GDPR Art. 30(1)(c)", main=True, required=True
        ),
    ]
    description: A[str, Fact(n("Description"), Kind.PROSE, n("Who belongs to it, and who doesn't."))]
    vulnerable: A[
        str,
        Fact(
            n("Vulnerable"),
            Kind.ANSWER,
            n("Children, patients, employees: weighs in an impact assessment."),
            "GDPR Art. 35",
            choices=Answer,
        ),
    ]
    dpv_term: DpvTerm
    retired_on: RetiredOn

    @property
    def label(self) -> str:
        """Its name."""
        return self.name


class DataCategoryEntry(NamedTuple):
    """A category of personal data of the catalogue."""

    pk: int
    name: A[str, Fact(n("Name"), Text, n("Such as contact details."), "GDPR Art. 30(1)(c)", main=True, required=True)]
    parent: A[
        Named | None, Fact(n("Part of"), Kind.ENTRY, n("The wider category it belongs to."), entry="DataCategory")
    ]
    examples: A[str, Fact(n("Examples"), Kind.PROSE, n("The items that usually fall under it."))]
    sensitivity: A[
        str,
        Fact(
            n("Sensitivity"),
            Kind.CHOICE,
            n("Ordinary, special category, criminal offence or national identifier."),
            "GDPR Arts. 9, 10, 87",
            choices=DataSensitivity,
        ),
    ]
    ccpa_category: A[
        str,
        Fact(
            n("CCPA category"),
            Kind.CHOICE,
            n("Its place in the statute's list."),
            "CCPA 1798.140(v)(1)",
            choices=CcpaCategory,
        ),
    ]
    ccpa_sensitive: A[
        str,
        Fact(
            n("Sensitive under the CCPA"),
            Kind.ANSWER,
            n("Sensitive personal information."),
            "CCPA 1798.140(ae)",
            choices=Answer,
        ),
    ]
    ccpa_sensitive_term: A[
        str,
        Fact(
            n("Kind of sensitive information"),
            Kind.CHOICE,
            n("The statute's own term, which disclosures have to use."),
            "CCPA 1798.130(c), 1798.140(ae)",
            choices=_sensitive_terms,
        ),
    ]
    dpv_term: DpvTerm
    retired_on: RetiredOn

    @property
    def label(self) -> str:
        """Its name."""
        return self.name


class RetentionScheduleEntry(NamedTuple):
    """A retention schedule of the catalogue."""

    pk: int
    name: A[
        str,
        Fact(
            n("Name"), Text, n("Short, such as Tax records 10 years."), "GDPR Art. 30(1)(f)", main=True, required=True
        ),
    ]
    text: A[
        str,
        Fact(
            n("Time limit in words"),
            Kind.PROSE,
            n("The whole rule, precise enough to act on; a mere reference to a policy is no answer."),
            "GDPR Art. 30(1)(f)",
            required=True,
        ),
    ]
    period: A[int | None, Fact(n("Period"), Kind.NUMBER, n("How many units, if it is a number."))]
    unit: A[str, Fact(n("Unit"), Kind.CHOICE, n("Days, weeks, months or years."), choices=PeriodUnit)]
    trigger: A[str, Fact(n("Runs from"), Text, n("The event that starts the period, such as the end of the contract."))]
    legal_source: A[str, Fact(n("Legal source"), Text, n("The provision that demands or limits the period."))]
    disposal: A[str, Fact(n("Disposal"), Kind.CHOICE, n("What happens at the end."), choices=Disposal)]
    criteria_only: A[
        bool,
        Fact(
            n("Criteria only"), Kind.FLAG, n("No period can be named; the criteria are in words."), "GDPR Art. 13(2)(a)"
        ),
    ]
    permanent: A[bool, Fact(n("Permanent"), Kind.FLAG, n("Kept for good, for instance in a public archive."))]
    retired_on: RetiredOn

    @property
    def label(self) -> str:
        """Its name."""
        return self.name


class RecipientEntry(NamedTuple):
    """A recipient of the catalogue."""

    pk: int
    name: A[
        str,
        Fact(
            n("Name"),
            Text,
            n("A category of recipients, or an organisation by name."),
            "GDPR Art. 30(1)(d)",
            main=True,
            required=True,
        ),
    ]
    description: A[str, Fact(n("Description"), Kind.PROSE, n("What it does with the data."))]
    nature: A[
        str,
        Fact(
            n("Category or organisation"),
            Kind.CHOICE,
            n("Recipients in third countries should be named."),
            choices=RecipientNature,
        ),
    ]
    kind: A[
        str, Fact(n("Kind"), Kind.CHOICE, n("Its usual role towards us."), "GDPR Art. 4(7)-(10)", choices=RecipientRole)
    ]
    address: A[str, Fact(n("Address"), Kind.PROSE)]
    country: A[str, Fact(n("Country"), Kind.CHOICE, n("Where it is established."), choices=_countries)]
    sub_processor_of: A[
        Named | None,
        Fact(
            n("Sub-processor of"), Kind.ENTRY, n("The processor that engages it."), "GDPR Art. 28(4)", entry="Recipient"
        ),
    ]
    contract_kind: A[
        str, Fact(n("Contract"), Kind.CHOICE, n("What binds it."), "GDPR Arts. 26, 28", choices=ContractKind)
    ]
    contract_signed_on: A[date | None, Fact(n("Contract signed on"), Kind.DATE, "", "GDPR Art. 28(9)")]
    contract_ends_on: A[date | None, Fact(n("Contract ends on"), Kind.DATE)]
    contract_document: A[str, Fact(n("Contract document"), Text, n("Where the signed contract is kept."))]
    acts_on_instructions: A[
        str, Fact(n("Acts only on documented instructions"), Kind.ANSWER, "", "GDPR Art. 28(3)(a)", choices=Answer)
    ]
    confidentiality: A[
        str, Fact(n("Persons bound to confidentiality"), Kind.ANSWER, "", "GDPR Art. 28(3)(b)", choices=Answer)
    ]
    security: A[str, Fact(n("Takes the measures of Art. 32"), Kind.ANSWER, "", "GDPR Art. 28(3)(c)", choices=Answer)]
    sub_processor_conditions: A[
        str,
        Fact(n("Respects the conditions for sub-processors"), Kind.ANSWER, "", "GDPR Art. 28(3)(d)", choices=Answer),
    ]
    assists_with_rights: A[
        str, Fact(n("Assists with data subjects' rights"), Kind.ANSWER, "", "GDPR Art. 28(3)(e)", choices=Answer)
    ]
    assists_with_security_duties: A[
        str, Fact(n("Assists with Arts. 32 to 36"), Kind.ANSWER, "", "GDPR Art. 28(3)(f)", choices=Answer)
    ]
    deletes_or_returns: A[
        str, Fact(n("Deletes or returns the data at the end"), Kind.ANSWER, "", "GDPR Art. 28(3)(g)", choices=Answer)
    ]
    allows_audits: A[
        str, Fact(n("Gives information and allows audits"), Kind.ANSWER, "", "GDPR Art. 28(3)(h)", choices=Answer)
    ]
    sub_processor_authorisation: A[
        str,
        Fact(
            n("Authorisation of sub-processors"), Kind.CHOICE, "", "GDPR Art. 28(2)", choices=SubProcessorAuthorisation
        ),
    ]
    retired_on: RetiredOn

    @property
    def label(self) -> str:
        """Its name."""
        return self.name


class SecurityMeasureEntry(NamedTuple):
    """A technical or organisational measure of the catalogue."""

    pk: int
    name: A[
        str,
        Fact(n("Name"), Text, n("Such as encryption of data at rest."), "GDPR Art. 30(1)(g)", main=True, required=True),
    ]
    description: A[str, Fact(n("Description"), Kind.PROSE, n("How it is done here."))]
    group: A[
        str,
        Fact(n("Group"), Kind.CHOICE, n("Which aim of Art. 32(1) it serves."), "GDPR Art. 32(1)", choices=MeasureGroup),
    ]
    nature: A[str, Fact(n("Technical or organisational"), Kind.CHOICE, choices=MeasureNature)]
    retired_on: RetiredOn

    @property
    def label(self) -> str:
        """Its name."""
        return self.name


class SystemDataRow(NamedTuple):
    """A category of personal data that a system holds."""

    pk: int
    category: A[
        DataCategoryEntry | None,
        Fact(
            n("Data category"),
            Kind.ENTRY,
            n("Which data it holds, as the catalogue calls them."),
            "GDPR Art. 30(1)(c)",
            entry="DataCategory",
            main=True,
        ),
    ]
    stated_as: A[
        str,
        Fact(
            n("Words"),
            Kind.PROSE,
            n("The words of the source, beside or instead of a catalogue entry. Words alone are a full answer."),
            words=True,
        ),
    ]


class SystemEntry(NamedTuple):
    """A system of the catalogue."""

    pk: int
    name: A[str, Fact(n("Name"), Text, n("The application, database or archive."), main=True, required=True)]
    description: A[str, Fact(n("Description"), Kind.PROSE)]
    owner: A[str, Fact(n("Owner"), Text, n("Who answers for it."))]
    hosting_country: A[str, Fact(n("Hosted in"), Kind.CHOICE, choices=_countries)]
    provider: A[
        RecipientEntry | None,
        Fact(n("Provider"), Kind.ENTRY, n("The recipient that runs it for us."), entry="Recipient"),
    ]
    data: A[
        tuple[SystemDataRow, ...],
        Fact(
            n("Data held"),
            Kind.ROWS,
            n("The personal data that it holds, whatever the records say. Records that use it are compared with them."),
            "GDPR Art. 30(1)(c)",
        ),
    ]
    retired_on: RetiredOn

    @property
    def label(self) -> str:
        """Its name."""
        return self.name


class DocumentEntry(NamedTuple):
    """A document of the catalogue."""

    pk: int
    name: A[str, Fact(n("Name"), Text, n("What people look for it by."), main=True, required=True)]
    kind: A[str, Fact(n("Kind"), Kind.CHOICE, n("What it is there for."), choices=DocumentKind)]
    location: A[str, Fact(n("Kept at"), Text, n("A link, a file number or a cabinet."))]
    sha256: A[str, Fact(n("SHA-256"), Text, n("The digest by which a copy of the file is known to be the same."))]
    valid_from: A[date | None, Fact(n("Valid from"), Kind.DATE)]
    valid_until: A[date | None, Fact(n("Valid until"), Kind.DATE, n("You are reminded before it runs out."))]
    wording: A[
        str,
        Fact(
            n("Wording"),
            Kind.PROSE,
            n(
                "Paste the text that people read, e.g. the whole privacy notice: it is compared with the records that "
                "name the notice."
            ),
            "GDPR Arts. 13, 14",
        ),
    ]
    notes: A[str, Fact(n("Notes"), Kind.PROSE)]
    retired_on: RetiredOn

    @property
    def label(self) -> str:
        """Its name."""
        return self.name
