"""The register as linked data: its shape, and that no term is written that the vocabulary doesn't have."""

import io
import json
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest

from registry import models
from registry.record.loader import load_register
from registry.reference import dpv_terms
from registry.reference.retention import PeriodUnit
from registry.reports.as_json import write_json
from registry.reports.linked import CONTEXT, linked_register
from registry.versioning.writing import change_set
from tests import factories
from tests.reports import registers
from tests.reports.texts import PROVENANCE

pytestmark = pytest.mark.django_db

OF_THE_VOCABULARY = ("dpv:", "eu-gdpr:", "legal-eu:", "pd:", "loc:")


def exported() -> dict[str, Any]:
    out = io.BytesIO()
    write_json(linked_register(load_register(), PROVENANCE), out)
    return json.loads(out.getvalue())


def terms(node: Any) -> Iterator[str]:
    """Every property, class and reference of a graph that belongs to the vocabulary."""
    if isinstance(node, list):
        for one in node:
            yield from terms(one)
    elif isinstance(node, dict):
        for key, value in node.items():
            if key.startswith(OF_THE_VOCABULARY):
                yield key
            if key in {"id", "type"}:
                values = value if isinstance(value, list) else [value]
                yield from (one for one in values if one.startswith(OF_THE_VOCABULARY))
            else:
                yield from terms(value)


def of_activity(graph: dict[str, Any]) -> dict[str, Any]:
    return next(node for node in graph["@graph"] if node["id"].startswith("urn:ropa:activity:"))


def test_nothing_is_written_that_the_vocabulary_does_not_have():
    registers.awkward_register()
    for country in ("US", "XK"):
        activity = factories.activity(factories.organisation())
        with change_set():
            activity.transfers.create(country=country, safeguard="A46-2-c")

    graph = exported()["@graph"]

    found = set(terms(graph))
    assert found - dpv_terms.TERMS == set()
    assert {"dpv:ROPA", "dpv:hasProcess", "dpv:hasPurpose", "dpv:hasLegalBasis"} <= found


def test_terms_that_older_releases_had_are_not_known():
    assert [
        term
        for term in ("dpv:hasStorage", "dpv:PersonalDataCategory", "dpv:hasPersonalDataCategory")
        if dpv_terms.is_known(term)
    ] == []
    assert (dpv_terms.is_known("dpv:ROPA"), dpv_terms.is_known(""), dpv_terms.is_known("eu-gdpr:A10")) == (
        True,
        False,
        False,
    )


def test_a_record_is_a_process_with_what_the_vocabulary_can_say_of_it():
    organisation = factories.organisation(name="Fjord Foods AS", email="a@fjord.example")
    with change_set():
        models.Contact.objects.create(
            organisation=organisation, kind="dpo_internal", name="Ane", email="dpo@fjord.example"
        )
    contract = factories.make(
        models.LegalBasis, code="T-1", title="Contract", regime="eu", kind="lawful_basis", dpv_term="eu-gdpr:A6-1-b"
    )
    employment = factories.make(
        models.LegalBasis,
        code="T-2",
        title="Employment",
        regime="eu",
        kind="special_category_condition",
        dpv_term="eu-gdpr:A9-2-b",
    )
    six = factories.make(
        models.RetentionSchedule, name="Six", text="Six years", period=6, unit="year", trigger="Leaving"
    )
    health = factories.make(models.DataCategory, name="Health", sensitivity="special_category", dpv_term="pd:Health")
    odd = factories.make(models.DataSubjectCategory, name="Odd", dpv_term="dpv:NoSuchTerm")
    host = factories.make(models.Recipient, name="Host", kind="processor", country="DE")
    activity = factories.activity(
        organisation, reference="A-1", name="Payroll", status="approved", automated_decisions="yes"
    )
    with change_set():
        activity.purposes.create(text="wages", term="PersonnelPayment")
        activity.legal_bases.create(
            legal_basis=contract, special_category_condition=employment, provision="the contract"
        )
        activity.data_subjects.create(category=odd)
        activity.data_categories.create(category=health, retention_schedule=six, source="the person")
        activity.recipients.create(recipient=host, what_for="hosting")
        activity.transfers.create(recipient=host, country="US", safeguard="A46-2-c")

    graph = exported()
    node = of_activity(graph)

    assert graph["@context"] == dict(CONTEXT)
    assert graph["@graph"][0]["dpv:hasProcess"] == [{"id": node["id"]}]
    assert graph["@graph"][1]["dpv:hasDataProtectionOfficer"] == [
        {"type": "dpv:DataProtectionOfficer", "dpv:hasName": "Ane", "dpv:hasContact": "dpo@fjord.example"}
    ]
    assert node == {
        "id": f"urn:ropa:activity:{activity.pk}", "type": ["dpv:Process", "dcat:Resource"], "dpv:hasIdentifier": "A-1",
        "dpv:hasName": "Payroll", "dct:title": "Payroll", "dpv:hasActivityStatus": {"id": "dpv:ActivityOngoing"},
        "dpv:hasDataController": [{"id": f"urn:ropa:organisation:{organisation.pk}"}],
        "dpv:hasPurpose": [{"type": "dpv:PersonnelPayment", "dct:description": "wages"}],
        "dpv:hasLegalBasis": [{"type": "eu-gdpr:A6-1-b", "dct:title": "Contract", "dct:description": "the contract"}],
        "dpv:hasDataSubject": [{"type": "dpv:DataSubject", "dct:title": "Odd"}],
        "dpv:hasPersonalData": [{
            "type": ["pd:Health", "dpv:SpecialCategoryPersonalData"], "dct:title": "Health",
            "dpv:hasLegalBasis": [{"id": "eu-gdpr:A9-2-b"}],
            "dpv:hasStorageCondition": {
                "type": "dpv:StorageDuration", "dct:title": "Six", "dct:description": "Six years",
                "dpv:hasDuration": {
                    "type": ["dpv:TemporalDuration", "time:Duration"],
                    "time:numericDuration": {"@value": "6", "@type": "xsd:decimal"}, "time:unitType": {"id": "time:unitYear"},
                    "dct:description": "Runs from: Leaving",
                },
            },
            "dpv:hasDataSource": {"type": "dpv:DataSource", "dct:title": "the person"},
        }],
        "dpv:hasRecipient": [
            {"type": "dpv:DataProcessor", "dpv:hasName": "Host", "dct:description": "hosting", "dpv:hasCountry": {"id": "loc:DE"}},
            {
                "type": "dpv:Recipient", "dpv:hasName": "Host", "dpv:hasThirdCountry": {"id": "loc:US"},
                "dpv:hasLegalBasis": {"id": "eu-gdpr:A46-2-c"},
                "dct:description": "Standard contractual clauses of the Commission (GDPR Art. 46(2)(c))",
            },
        ],
        "dpv:hasContext": {"type": "dpv:AutomatedDecisionMaking"},
    }  # fmt: skip


@pytest.mark.parametrize(
    ("values", "duration"),
    [
        ({"permanent": True}, {"type": "dpv:EndlessDuration"}),
        ({"trigger": "the end"}, {"type": "dpv:UntilEventDuration", "dct:description": "the end"}),
        ({}, None),
    ],
)
def test_time_limits_without_a_number_are_what_they_are(values, duration):
    schedule = factories.make(models.RetentionSchedule, name="One", text="A rule", **values)
    factories.activity(factories.organisation(), retention_schedule=schedule)

    assert of_activity(exported())["dpv:hasStorageCondition"].get("dpv:hasDuration") == duration


@pytest.mark.parametrize("unit", PeriodUnit.values)
def test_a_period_has_a_number_and_a_unit_in_every_unit_that_there_is(unit):
    schedule = factories.make(models.RetentionSchedule, name="One", period=3, unit=unit)
    factories.activity(factories.organisation(), retention_schedule=schedule)

    duration = of_activity(exported())["dpv:hasStorageCondition"]["dpv:hasDuration"]

    assert duration["time:unitType"] == {"id": f"time:unit{unit.title()}"}
    assert "dct:description" not in duration


def test_assessments_and_the_notice_are_told():
    activity = factories.activity(
        factories.organisation(), privacy_notice="Notice for staff, 3.1", privacy_notice_on=date(2026, 4, 1)
    )
    with change_set():
        activity.legal_bases.create(stated_as="interests", assessment_document="LIA-4", assessed_on=date(2026, 1, 2))
        activity.impact_assessments.create(
            title="DPIA 1", conclusion="required", status="completed", residual_risk="high", prior_consultation="yes",
            completed_on=date(2026, 2, 3), conclusion_reason="two criteria",
        )  # fmt: skip
        activity.impact_assessments.create(title="DPIA 2", conclusion="not_required", position=1)
        activity.impact_assessments.create(title="DPIA 3", position=2)

    node = of_activity(exported())

    assert node["dpv:hasNotice"] == {
        "type": "dpv:PrivacyNotice", "dct:title": "Notice for staff, 3.1", "dct:issued": {"@value": "2026-04-01", "@type": "xsd:date"},
    }  # fmt: skip
    assert node["dpv:hasAssessment"] == [
        {"type": "dpv:LegitimateInterestAssessment", "dct:title": "LIA-4", "dct:issued": {"@value": "2026-01-02", "@type": "xsd:date"}},
        {
            "type": "dpv:DPIA", "dct:title": "DPIA 1", "dct:description": "two criteria", "dct:issued": {"@value": "2026-02-03", "@type": "xsd:date"},
            "dpv:hasStatus": [{"id": "eu-gdpr:DPIARequired"}, {"id": "eu-gdpr:DPIAOutcomeHighResidualRisk"}, {"id": "eu-gdpr:DPIAOutcomeDPAConsultation"}],
        },
        {"type": "dpv:DPIA", "dct:title": "DPIA 2", "dpv:hasStatus": [{"id": "eu-gdpr:DPIANotRequired"}]},
        {"type": "dpv:DPIA", "dct:title": "DPIA 3"},
    ]  # fmt: skip


def test_a_processors_record_names_the_controllers():
    organisation = factories.organisation()
    activity = factories.activity(organisation, role="processor", retention_stated_as="as agreed")
    with change_set():
        activity.controllers.create(stated_as="Client")

    node = of_activity(exported())

    assert node["dpv:hasDataController"] == [{"type": "dpv:DataController", "dpv:hasName": "Client"}]
    assert node["dpv:hasDataProcessor"] == [{"id": f"urn:ropa:organisation:{organisation.pk}"}]
    assert node["dpv:hasStorageCondition"] == {"type": "dpv:StorageCondition", "dct:description": "as agreed"}
