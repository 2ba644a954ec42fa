"""Tests for the shorter closed lists: special categories, CCPA terms, DPIA criteria, contract points, choices."""

import pytest
from django.db.models import TextChoices

from registry.reference.activity import ActivityStatus
from registry.reference.answers import Answer
from registry.reference.ccpa import (
    BUSINESS_PURPOSE_CITATIONS,
    CATEGORY_CITATIONS,
    SENSITIVE_TERMS,
    CcpaBusinessPurpose,
    CcpaCategory,
)
from registry.reference.contracts import CONTRACT_POINTS, ContractKind, SubProcessorAuthorisation
from registry.reference.dpia_criteria import ARTICLE_35_3_CASES, WP248_CRITERIA, AssessmentStatus
from registry.reference.lawful_basis import BasisKind, Regime
from registry.reference.measures import MeasureGroup, MeasureNature
from registry.reference.retention import Disposal, PeriodUnit
from registry.reference.roles import ActivityRole, CcpaRole, ContactKind, RecipientNature, RecipientRole
from registry.reference.safeguards import SafeguardKind
from registry.reference.special_category import (
    CRIMINAL_OFFENCE_GROUNDS,
    SPECIAL_CATEGORIES,
    SPECIAL_CATEGORY_CONDITIONS,
    DataSensitivity,
)

# Stored values: they stand in databases and exported files, so a change here breaks both.
STORED: dict[type[TextChoices], list[str]] = {
    Answer: ["yes", "no", "not_assessed"],
    ActivityStatus: ["draft", "in_review", "approved", "retired"],
    ActivityRole: ["controller", "joint_controller", "processor"],
    AssessmentStatus: ["not_started", "in_progress", "completed", "not_required"],
    BasisKind: ["lawful_basis", "special_category_condition", "criminal_offence", "national_law"],
    CcpaRole: ["service_provider", "contractor", "third_party"],
    CcpaCategory: list("ABCDEFGHIJKL"),
    CcpaBusinessPurpose: [
        "auditing",
        "security",
        "debugging",
        "transient_use",
        "performing_services",
        "advertising",
        "internal_research",
        "quality",
    ],
    ContactKind: ["dpo_internal", "dpo_external", "representative", "controller_contact", "other"],
    ContractKind: [
        "processing_contract",
        "standard_clauses",
        "other_legal_act",
        "joint_controller_arrangement",
        "controller_to_controller",
        "ccpa_agreement",
        "confidentiality_agreement",
        "none_needed",
    ],
    DataSensitivity: ["ordinary", "special_category", "criminal_offence", "national_identifier"],
    Disposal: ["erase", "anonymise", "archive", "review"],
    MeasureGroup: [
        "pseudonymisation_encryption",
        "confidentiality_resilience",
        "restoration",
        "testing",
        "organisation",
    ],
    MeasureNature: ["technical", "organisational"],
    PeriodUnit: ["day", "week", "month", "year"],
    RecipientNature: ["category", "organisation"],
    RecipientRole: [
        "internal_unit",
        "processor",
        "sub_processor",
        "joint_controller",
        "independent_controller",
        "public_authority",
        "international_organisation",
        "data_subject",
        "third_party",
    ],
    Regime: ["eu", "uk", "ch", "br", "us-ca", "national"],
    SafeguardKind: ["adequacy", "safeguard", "derogation"],
    SubProcessorAuthorisation: ["specific", "general", "none"],
}


@pytest.mark.parametrize("choices", STORED, ids=lambda choices: choices.__name__)
def test_stored_values_stay_as_they_are(choices: type[TextChoices]) -> None:
    assert choices.values == STORED[choices]


@pytest.mark.parametrize("choices", STORED, ids=lambda choices: choices.__name__)
def test_labels_tell_the_choices_apart(choices: type[TextChoices]) -> None:
    assert len({str(label) for label in choices.labels}) == len(choices.labels)


def test_there_are_eight_special_categories() -> None:
    assert [row.code for row in SPECIAL_CATEGORIES] == [
        "racial-ethnic-origin",
        "political-opinions",
        "religious-philosophical-beliefs",
        "trade-union-membership",
        "genetic",
        "biometric",
        "health",
        "sex-life-orientation",
    ]


def test_conditions_and_criminal_offence_grounds_are_told_apart() -> None:
    assert {term.kind for term in SPECIAL_CATEGORY_CONDITIONS} == {BasisKind.SPECIAL_CATEGORY}
    assert [term.code for term in CRIMINAL_OFFENCE_GROUNDS] == ["A10", "UK-A10"]


def test_ccpa_terms_are_cited_by_their_point() -> None:
    assert CATEGORY_CITATIONS[CcpaCategory.INFERENCES] == "Cal. Civ. Code 1798.140(v)(1)(K)"
    assert BUSINESS_PURPOSE_CITATIONS[CcpaBusinessPurpose.QUALITY] == "Cal. Civ. Code 1798.140(e)(8)"
    assert [row.code for row in SENSITIVE_TERMS] == [
        *(f"AE-1-{letter}" for letter in "ABCDEFG"),
        *(f"AE-2-{letter}" for letter in "ABC"),
    ]


def test_only_neural_data_awaits_verification_among_the_sensitive_terms() -> None:
    assert [row.title for row in SENSITIVE_TERMS if row.verify] == ["Neural data"]


def test_there_are_nine_criteria_and_three_cases() -> None:
    assert [row.code for row in WP248_CRITERIA] == [f"WP248-{number}" for number in range(1, 10)]
    assert [row.code for row in ARTICLE_35_3_CASES] == ["A35-3-a", "A35-3-b", "A35-3-c"]


def test_a_contract_with_a_processor_has_eight_points() -> None:
    assert [row.code for row in CONTRACT_POINTS] == [f"A28-3-{letter}" for letter in "abcdefgh"]
