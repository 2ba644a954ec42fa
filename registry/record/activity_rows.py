"""The declared facts of an activity's rows, as frozen records with everything they refer to resolved inside them."""

from datetime import date
from typing import Annotated as A
from typing import NamedTuple

from django.utils.translation import gettext_noop as n

from registry.record.definition import Fact, Kind
from registry.record.entries import (
    DataCategoryEntry,
    DataSubjectCategoryEntry,
    LegalBasisEntry,
    RecipientEntry,
    RetentionScheduleEntry,
    SecurityMeasureEntry,
    SystemEntry,
)
from registry.record.organisations import OrganisationRecord
from registry.reference import countries, safeguards
from registry.reference.answers import Answer
from registry.reference.ccpa import CcpaBusinessPurpose
from registry.reference.dpia_criteria import AssessmentStatus
from registry.reference.purposes import PurposeTerm
from registry.reference.roles import CcpaRole, RecipientRole

Text = Kind.TEXT
Words = A[
    str,
    Fact(
        n("Words"),
        Kind.PROSE,
        n("The words of the source, beside or instead of a catalogue entry. Words alone are a full answer."),
        words=True,
    ),
]


def _countries() -> list[tuple[str, object]]:
    return list(countries.CHOICES)


def _safeguards() -> list[tuple[str, str]]:
    return list(safeguards.CHOICES)


class PurposeRow(NamedTuple):
    """A purpose."""

    pk: int
    text: A[
        str,
        Fact(
            n("Purpose"),
            Kind.PROSE,
            n("What the data are processed for, specific enough to tell it from others."),
            "GDPR Art. 30(1)(b)",
            main=True,
            required=True,
            term="dpv:hasPurpose",
        ),
    ]
    term: A[str, Fact(n("Term"), Kind.CHOICE, n("The same purpose in the vocabulary's terms."), choices=PurposeTerm)]
    ccpa_business_purpose: A[
        str, Fact(n("CCPA business purpose"), Kind.CHOICE, "", "CCPA 1798.140(e)", choices=CcpaBusinessPurpose)
    ]


class LegalBasisRow(NamedTuple):
    """A legal basis of the activity or of one of its purposes."""

    pk: int
    legal_basis: A[
        LegalBasisEntry | None,
        Fact(
            n("Legal basis"),
            Kind.ENTRY,
            n("Art. 6 ground, Art. 9 condition or another provision of the catalogue."),
            "GDPR Art. 6(1)",
            entry="LegalBasis",
            main=True,
            term="dpv:hasLegalBasis",
        ),
    ]
    stated_as: Words
    purpose: A[
        PurposeRow | None,
        Fact(
            n("For purpose"),
            Kind.SIBLING,
            n("The purpose it supports; empty means the whole activity."),
            entry="purposes",
        ),
    ]
    provision: A[
        str,
        Fact(
            n("Provision"),
            Kind.PROSE,
            n("The law that obliges or empowers, or why the basis applies."),
            "GDPR Art. 6(3)",
        ),
    ]
    interest: A[
        str,
        Fact(n("Legitimate interest"), Kind.PROSE, n("Which interest is pursued, and whose."), "GDPR Art. 13(1)(d)"),
    ]
    assessment_document: A[
        str, Fact(n("Assessment"), Text, n("Where the balancing of interests is documented."), "GDPR Art. 6(1)(f)")
    ]
    assessment_outcome: A[str, Fact(n("Outcome of the assessment"), Kind.PROSE)]
    assessed_on: A[date | None, Fact(n("Assessed on"), Kind.DATE)]
    special_category_condition: A[
        LegalBasisEntry | None,
        Fact(
            n("Special category condition"),
            Kind.ENTRY,
            n("For special categories of data."),
            "GDPR Art. 9(2)",
            entry="LegalBasis",
        ),
    ]
    schedule_1_condition: A[str, Fact(n("Schedule 1 condition"), Text, n("For the United Kingdom."), "DPA 2018 Sch. 1")]
    authorising_law: A[
        str, Fact(n("Authorising law"), Text, n("For data on criminal convictions and offences."), "GDPR Art. 10")
    ]
    policy_document: A[
        str,
        Fact(
            n("Appropriate policy document"),
            Text,
            n("For the United Kingdom: where it is kept."),
            "DPA 2018 Sch. 1 para. 39",
        ),
    ]
    policy_followed: A[
        str,
        Fact(
            n("Kept and erased as the policy says"),
            Kind.ANSWER,
            n("For the United Kingdom."),
            "DPA 2018 Sch. 1 para. 41(c)",
            choices=Answer,
        ),
    ]
    policy_deviation: A[
        str,
        Fact(
            n("Reason for departing from the policy"),
            Kind.PROSE,
            n("For the United Kingdom, where data are kept or erased otherwise."),
            "DPA 2018 Sch. 1 para. 41(c)",
        ),
    ]


class DataSubjectRow(NamedTuple):
    """A category of data subjects."""

    pk: int
    category: A[
        DataSubjectCategoryEntry | None,
        Fact(
            n("Data subjects"),
            Kind.ENTRY,
            n("Whose data are processed."),
            "GDPR Art. 30(1)(c)",
            entry="DataSubjectCategory",
            main=True,
            term="dpv:hasDataSubject",
        ),
    ]
    stated_as: Words
    approximate_number: A[int | None, Fact(n("Approximate number"), Kind.NUMBER, n("How many people, roughly."))]


class DataCategoryRow(NamedTuple):
    """A category of personal data, whose, kept how long, and from where."""

    pk: int
    category: A[
        DataCategoryEntry | None,
        Fact(
            n("Data category"),
            Kind.ENTRY,
            n("Which data are processed."),
            "GDPR Art. 30(1)(c)",
            entry="DataCategory",
            main=True,
            term="dpv:hasPersonalData",
        ),
    ]
    stated_as: Words
    data_subject: A[
        DataSubjectRow | None,
        Fact(
            n("Whose"),
            Kind.SIBLING,
            n("The data subjects concerned; empty means all of the activity's."),
            entry="data_subjects",
        ),
    ]
    retention_schedule: A[
        RetentionScheduleEntry | None,
        Fact(
            n("Kept for"),
            Kind.ENTRY,
            n("Its own time limit; empty means the activity's."),
            "GDPR Art. 30(1)(f)",
            entry="RetentionSchedule",
        ),
    ]
    retention_stated_as: A[
        str,
        Fact(
            n("Time limit in words"), Kind.PROSE, n("The time limit in the words of the source."), "GDPR Art. 30(1)(f)"
        ),
    ]
    source: A[
        str, Fact(n("Source"), Text, n("Where the data come from."), "GDPR Art. 14(2)(f)", term="dpv:hasDataSource")
    ]
    obligatory: A[
        str,
        Fact(
            n("Obligatory"),
            Kind.ANSWER,
            n("Whether the person must provide them."),
            "GDPR Art. 13(2)(e)",
            choices=Answer,
        ),
    ]
    refusal_consequence: A[
        str,
        Fact(
            n("If refused"), Kind.PROSE, n("What follows when the person doesn't provide them."), "GDPR Art. 13(2)(e)"
        ),
    ]
    items: A[str, Fact(n("Items"), Kind.PROSE, n("The items in words, such as name, address, customer number."))]


class RecipientRow(NamedTuple):
    """A recipient of the activity's data."""

    pk: int
    recipient: A[
        RecipientEntry | None,
        Fact(
            n("Recipient"),
            Kind.ENTRY,
            n("To whom the data have been or will be disclosed."),
            "GDPR Art. 30(1)(d)",
            entry="Recipient",
            main=True,
            term="dpv:hasRecipient",
        ),
    ]
    stated_as: Words
    what_for: A[str, Fact(n("What for"), Kind.PROSE, n("Why this recipient gets the data."))]
    disclosed_when: A[str, Fact(n("When"), Text, n("On which occasion the data are disclosed."))]
    role: A[
        str,
        Fact(
            n("Role here"),
            Kind.CHOICE,
            n("Its role in this activity, where it differs from the catalogue's."),
            choices=RecipientRole,
        ),
    ]
    ccpa_role: A[str, Fact(n("CCPA role"), Kind.CHOICE, "", "CCPA 1798.140(j), (ag), (ai)", choices=CcpaRole)]
    sold: A[
        str, Fact(n("Sold"), Kind.ANSWER, n("Whether the data are sold to it."), "CCPA 1798.140(ad)", choices=Answer)
    ]
    shared: A[
        str,
        Fact(
            n("Shared"),
            Kind.ANSWER,
            n("Whether the data are shared with it for cross-context behavioural advertising."),
            "CCPA 1798.140(ah)",
            choices=Answer,
        ),
    ]


class TransferRow(NamedTuple):
    """A transfer to a third country or an international organisation."""

    pk: int
    recipient: A[
        RecipientEntry | None,
        Fact(
            n("Transfer to"),
            Kind.ENTRY,
            n("Who receives the data there."),
            "GDPR Art. 30(1)(e)",
            entry="Recipient",
            main=True,
        ),
    ]
    stated_as: Words
    country: A[
        str,
        Fact(
            n("Country"),
            Kind.CHOICE,
            n("The third country."),
            "GDPR Art. 30(1)(e)",
            choices=_countries,
            term="dpv:hasThirdCountry",
        ),
    ]
    international_organisation: A[
        str, Fact(n("International organisation"), Text, n("Instead of a country."), "GDPR Art. 30(1)(e)")
    ]
    safeguard: A[
        str,
        Fact(
            n("Safeguard"),
            Kind.CHOICE,
            n("Adequacy decision, appropriate safeguard or derogation."),
            "GDPR Arts. 45, 46, 49",
            choices=_safeguards,
        ),
    ]
    article_49_assessment: A[
        str,
        Fact(
            n("Article 49 assessment"),
            Kind.PROSE,
            n("Assessment and suitable safeguards of a transfer for compelling legitimate interests."),
            "GDPR Art. 49(6)",
        ),
    ]
    document: A[str, Fact(n("Document"), Text, n("Where the safeguard is documented."))]
    assessment_status: A[str, Fact(n("Transfer impact assessment"), Kind.CHOICE, choices=AssessmentStatus)]
    assessed_on: A[date | None, Fact(n("Assessed on"), Kind.DATE)]
    assessment_outcome: A[str, Fact(n("Outcome of the assessment"), Kind.PROSE)]
    supplementary_measures: A[str, Fact(n("Supplementary measures"), Kind.PROSE)]


class SystemRow(NamedTuple):
    """A system in which the data are processed."""

    pk: int
    system: A[
        SystemEntry | None, Fact(n("System"), Kind.ENTRY, n("Where the data are processed."), entry="System", main=True)
    ]
    stated_as: Words


class MeasureRow(NamedTuple):
    """A technical or organisational measure."""

    pk: int
    measure: A[
        SecurityMeasureEntry | None,
        Fact(
            n("Security measure"),
            Kind.ENTRY,
            n("How the data are protected."),
            "GDPR Art. 30(1)(g)",
            entry="SecurityMeasure",
            main=True,
            term="dpv:hasTechnicalOrganisationalMeasure",
        ),
    ]
    stated_as: Words


class JointControllerRow(NamedTuple):
    """A joint controller."""

    pk: int
    organisation: A[
        OrganisationRecord | None,
        Fact(
            n("Joint controller"),
            Kind.ENTRY,
            n("Who decides on purposes and means together with us."),
            "GDPR Art. 26",
            entry="Organisation",
            main=True,
            term="dpv:hasJointDataControllers",
        ),
    ]
    stated_as: Words
    arrangement: A[
        str,
        Fact(n("Arrangement"), Text, n("Where the arrangement between the controllers is kept."), "GDPR Art. 26(1)"),
    ]


class ControllerRow(NamedTuple):
    """A controller on whose behalf we process."""

    pk: int
    organisation: A[
        OrganisationRecord | None,
        Fact(
            n("Controller"),
            Kind.ENTRY,
            n("On whose behalf the processing is carried out."),
            "GDPR Art. 30(2)(a)",
            entry="Organisation",
            main=True,
            term="dpv:hasDataController",
        ),
    ]
    stated_as: Words
    categories_of_processing: A[
        str,
        Fact(
            n("Categories of processing"),
            Kind.PROSE,
            n("What is carried out for this controller."),
            "GDPR Art. 30(2)(b)",
        ),
    ]
