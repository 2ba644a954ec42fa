"""The terms of the Data Privacy Vocabulary 2.3 that the register writes. Nothing that isn't here is ever written.

Source: the vocabulary's own files of release 2.3, https://w3id.org/dpv/2.3 (W3C Data Privacy Vocabularies and Controls
Community Group, February 2026). Names that older releases had and this one lacks, such as ``dpv:hasStorage``, are not
among them. Two traps: ``eu-gdpr:A49-2`` is labelled "Art 49(2)" but means the second subparagraph of Art. 49(1), and
there is no term for Art. 10, for the recognised legitimate interests of the United Kingdom, or for Art. 6(4).
"""

from registry.reference import adequacy, countries, lawful_basis, safeguards
from registry.reference.purposes import PurposeTerm
from registry.reference.seeds import CATALOGUE_SEEDS

CLASSES = frozenset(
    f"dpv:{name}"
    for name in (
        "ActivityCompleted ActivityOngoing ActivityProposed Authority AutomatedDecisionMaking DPIA DataController "
        "DataProcessor DataProtectionOfficer DataSource DataSubject DataSubProcessor EndlessDuration "
        "JointDataControllers LegalBasis LegitimateInterestAssessment Organisation OrganisationalUnit PersonalData "
        "PrivacyNotice Process Purpose ROPA Recipient Representative SensitivePersonalData SpecialCategoryPersonalData "
        "StorageCondition StorageDuration TechnicalOrganisationalMeasure TemporalDuration ThirdParty "
        "UntilEventDuration"
    ).split()
)

PROPERTIES = frozenset(
    f"dpv:{name}"
    for name in (
        "hasActivityStatus hasAddress hasAssessment hasContact hasContext hasCountry hasDataController "
        "hasDataProcessor hasDataProtectionOfficer hasDataSource hasDataSubject hasDuration hasIdentifier "
        "hasJointDataControllers hasLegalBasis hasName hasNotice hasOrganisationalUnit hasPersonalData hasProcess "
        "hasPurpose hasRecipient hasRepresentative hasStatus hasStorageCondition hasTechnicalOrganisationalMeasure "
        "hasThirdCountry"
    ).split()
)

ASSESSMENTS = frozenset(
    f"eu-gdpr:{name}"
    for name in "DPIANotRequired DPIAOutcomeDPAConsultation DPIAOutcomeHighResidualRisk DPIARequired".split()
)


def _of(rows: object) -> frozenset[str]:
    return frozenset(term for row in rows if (term := row.dpv_term))  # type: ignore[attr-defined]


TERMS = (
    CLASSES
    | PROPERTIES
    | ASSESSMENTS
    | frozenset(f"dpv:{term}" for term in PurposeTerm.values)
    | frozenset(f"loc:{code}" for code, _name in countries.CHOICES)
    | _of(lawful_basis.LEGAL_BASES)
    | _of(safeguards.SAFEGUARDS)
    | _of(adequacy.DECISIONS)
    | frozenset(
        str(row.values["dpv_term"]) for rows in CATALOGUE_SEEDS.values() for row in rows if row.values.get("dpv_term")
    )
)
"""Every term, with its prefix: our own uses, and those that the reference data and the seeds name with their source."""


def is_known(term: str) -> bool:
    """Return whether a term, with its prefix, is one of release 2.3 that the register may write."""
    return term in TERMS
