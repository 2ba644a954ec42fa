"""Tests for the seeds of the catalogues: permanent keys, names used once, references that resolve, plain values."""

import re

import pytest

from registry.reference.lawful_basis import LEGAL_BASES
from registry.reference.seeds import CATALOGUE_SEEDS, SeedRow
from registry.reference.special_category import SPECIAL_CATEGORIES

FIELDS = {
    "LegalBasis": ["code", "regime", "kind", "title", "citation", "statutory", "dpv_term"],
    "DataCategory": [
        "name",
        "examples",
        "parent",
        "sensitivity",
        "ccpa_category",
        "ccpa_sensitive",
        "ccpa_sensitive_term",
        "dpv_term",
    ],
    "DataSubjectCategory": ["name", "description", "vulnerable", "dpv_term"],
    "Recipient": ["name", "description", "nature", "kind"],
    "SecurityMeasure": ["name", "description", "group", "nature"],
    "RetentionSchedule": [
        "name",
        "text",
        "period",
        "unit",
        "trigger",
        "legal_source",
        "disposal",
        "criteria_only",
        "permanent",
    ],
    "System": [],
    "Document": [],
}
PREFIXES = {
    "LegalBasis": "legal-basis",
    "DataCategory": "data-category",
    "DataSubjectCategory": "data-subject-category",
    "Recipient": "recipient",
    "SecurityMeasure": "security-measure",
    "RetentionSchedule": "retention-schedule",
}
NAMED = [model for model in PREFIXES if model != "LegalBasis"]


def _by_key(model: str) -> dict[str, SeedRow]:
    return {seed.seed_key: seed for seed in CATALOGUE_SEEDS[model]}


def test_every_catalogue_is_listed() -> None:
    assert sorted(CATALOGUE_SEEDS) == sorted(FIELDS)
    assert (CATALOGUE_SEEDS["System"], CATALOGUE_SEEDS["Document"]) == ((), ())


@pytest.mark.parametrize("model", PREFIXES)
def test_every_seed_has_exactly_its_catalogues_fields(model: str) -> None:
    assert {tuple(seed.values) for seed in CATALOGUE_SEEDS[model]} == {tuple(FIELDS[model])}


@pytest.mark.parametrize("model", PREFIXES)
def test_values_are_plain(model: str) -> None:
    kinds = {type(value) for seed in CATALOGUE_SEEDS[model] for value in seed.values.values()}

    assert kinds - {str, bool, int, type(None)} == set()


@pytest.mark.parametrize("model", PREFIXES)
def test_keys_are_used_once_and_well_formed(model: str) -> None:
    keys = [seed.seed_key for seed in CATALOGUE_SEEDS[model]]

    assert len(set(keys)) == len(keys)
    assert [key for key in keys if not re.fullmatch(PREFIXES[model] + r"/[A-Za-z0-9]+(-[A-Za-z0-9]+)*", key)] == []


@pytest.mark.parametrize("model", NAMED)
def test_names_are_used_once_whatever_their_case(model: str) -> None:
    names = [str(seed.values["name"]).casefold() for seed in CATALOGUE_SEEDS[model]]

    assert "" not in names
    assert len(set(names)) == len(names)


def test_every_ground_of_the_law_is_a_statutory_seed() -> None:
    assert [seed.values["code"] for seed in CATALOGUE_SEEDS["LegalBasis"]] == [term.code for term in LEGAL_BASES]
    assert {seed.values["statutory"] for seed in CATALOGUE_SEEDS["LegalBasis"]} == {True}


def test_a_legal_bases_seed_keeps_where_the_ground_comes_from() -> None:
    seed = _by_key("LegalBasis")["legal-basis/UK-A6-1-ea"]
    term = next(term for term in LEGAL_BASES if term.code == "UK-A6-1-ea")

    assert (seed.source, seed.source_url, seed.valid_from, seed.valid_until, seed.verify) == (
        term.source,
        term.source_url,
        term.valid_from,
        term.valid_until,
        term.verify,
    )


def test_a_parent_stands_before_its_children() -> None:
    seen: set[object] = {None}
    orphans = []
    for seed in CATALOGUE_SEEDS["DataCategory"]:
        if seed.values["parent"] not in seen:
            orphans.append(seed.seed_key)
        seen.add(seed.seed_key)

    assert orphans == []


def test_every_special_category_is_seeded_with_its_sensitivity() -> None:
    special = [s.seed_key for s in CATALOGUE_SEEDS["DataCategory"] if s.values["sensitivity"] == "special_category"]

    assert special == [f"data-category/{category.code}" for category in SPECIAL_CATEGORIES]


@pytest.mark.parametrize(
    ("key", "sensitivity"),
    [
        ("data-category/criminal-offence", "criminal_offence"),
        ("data-category/national-identifier", "national_identifier"),
        ("data-category/contact", "ordinary"),
    ],
)
def test_criminal_offences_and_identifiers_are_no_special_categories(key: str, sensitivity: str) -> None:
    assert _by_key("DataCategory")[key].values["sensitivity"] == sensitivity


def test_the_ccpa_categories_are_seeded_letter_by_letter() -> None:
    ccpa = [seed for seed in CATALOGUE_SEEDS["DataCategory"] if seed.seed_key.startswith("data-category/ccpa-")]

    assert [seed.values["ccpa_category"] for seed in ccpa] == list("ABCDEFGHIJKL")


def test_what_california_calls_sensitive_is_in_its_category() -> None:
    seeds = CATALOGUE_SEEDS["DataCategory"]
    sensitive = {seed.seed_key for seed in seeds if seed.values["ccpa_sensitive"] == "yes"}

    assert {seed.seed_key for seed in seeds if seed.values["ccpa_category"] == "L"} == sensitive
    terms = {seed.seed_key.partition("/")[2]: seed.values["ccpa_sensitive_term"] for seed in seeds}
    assert {key for key, term in terms.items() if term} == {
        key.partition("/")[2] for key in sensitive - {"data-category/ccpa-sensitive"}
    }
    assert (terms["health"], terms["trade-union-membership"], terms["precise-location"]) == (
        "AE-2-B",
        "AE-1-D",
        "AE-1-C",
    )


@pytest.mark.parametrize(
    ("key", "vulnerable"),
    [
        ("data-subject-category/employees", "yes"),
        ("data-subject-category/children", "yes"),
        ("data-subject-category/patients", "yes"),
        ("data-subject-category/customers", "not_assessed"),
    ],
)
def test_vulnerability_is_stated_where_the_guidelines_state_it(key: str, vulnerable: str) -> None:
    assert _by_key("DataSubjectCategory")[key].values["vulnerable"] == vulnerable


def test_seeded_recipients_are_categories() -> None:
    assert {seed.values["nature"] for seed in CATALOGUE_SEEDS["Recipient"]} == {"category"}


def test_every_point_of_article_32_has_a_measure() -> None:
    points = {
        seed.source: seed.values["group"] for seed in CATALOGUE_SEEDS["SecurityMeasure"] if "32(1)" in seed.source
    }

    assert points == {
        "GDPR Art. 32(1)(a)": "pseudonymisation_encryption",
        "GDPR Art. 32(1)(b)": "confidentiality_resilience",
        "GDPR Art. 32(1)(c)": "restoration",
        "GDPR Art. 32(1)(d)": "testing",
    }


def test_a_retention_schedule_has_a_period_or_a_criterion_or_is_permanent() -> None:
    answers = [
        (seed.values["period"] is not None, seed.values["criteria_only"], seed.values["permanent"])
        for seed in CATALOGUE_SEEDS["RetentionSchedule"]
    ]

    assert {sum(map(bool, answer)) for answer in answers} == {1}


def test_a_period_has_a_unit_and_only_then() -> None:
    seeds = CATALOGUE_SEEDS["RetentionSchedule"]

    assert [s.seed_key for s in seeds if (s.values["period"] is None) is not (s.values["unit"] == "")] == []


def test_a_seeds_values_cannot_be_changed() -> None:
    with pytest.raises(TypeError):
        CATALOGUE_SEEDS["Recipient"][0].values["name"] = "Anyone"  # type: ignore[index]
