"""The register as linked data: each activity as a process of the W3C Data Privacy Vocabulary 2.3, in JSON-LD.

There is no official profile for records of processing. Terms are those of the vocabulary alone (``reference.dpv``
lists them with their source); what it has no term for stands in words, in properties of Dublin Core.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from django.utils import translation

from registry.record.activity import ActivityRecord
from registry.record.activity_rows import DataCategoryRow, LegalBasisRow, PurposeRow, RecipientRow, TransferRow
from registry.record.assessment_rows import ImpactAssessmentRow
from registry.record.definition import facts
from registry.record.entries import DataCategoryEntry, LegalBasisEntry, RecipientEntry, RetentionScheduleEntry
from registry.record.flat import LANGUAGE
from registry.record.loader import Register
from registry.record.organisations import OrganisationRecord
from registry.record.words import name_row
from registry.reference import dpv, dpv_terms, safeguards
from registry.reference.activity import ActivityStatus
from registry.reference.answers import Answer
from registry.reference.dpia_criteria import AssessmentConclusion, AssessmentStatus, ResidualRisk
from registry.reference.retention import PeriodUnit
from registry.reference.roles import OFFICERS, ActivityRole, ContactKind, RecipientRole
from registry.reference.special_category import DataSensitivity
from registry.reports import organisations
from registry.reports.data import Data
from registry.reports.lists.naming import said
from registry.reports.provenance import Provenance

Node = dict[str, Any]

CONTEXT: Mapping[str, str] = {
    **{prefix: dpv.NAMESPACES[prefix] for prefix in ("dpv", "eu-gdpr", "legal-eu", "pd", "loc")},
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "time": "http://www.w3.org/2006/time#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "id": "@id",
    "type": "@type",
}

BASE = "urn:ropa:"
"""What the register's own things are called by: names, not addresses, for what they are called here is private."""

_UNITS: Mapping[str, str] = {
    PeriodUnit.DAY: "time:unitDay",
    PeriodUnit.WEEK: "time:unitWeek",
    PeriodUnit.MONTH: "time:unitMonth",
    PeriodUnit.YEAR: "time:unitYear",
}
_CONCLUSIONS: Mapping[str, str] = {
    AssessmentConclusion.REQUIRED: "eu-gdpr:DPIARequired",
    AssessmentConclusion.NOT_REQUIRED: "eu-gdpr:DPIANotRequired",
}
_RECIPIENTS = {
    RecipientRole.PROCESSOR: "dpv:DataProcessor",
    RecipientRole.SUB_PROCESSOR: "dpv:DataSubProcessor",
    RecipientRole.THIRD_PARTY: "dpv:ThirdParty",
    RecipientRole.PUBLIC_AUTHORITY: "dpv:Authority",
    RecipientRole.JOINT_CONTROLLER: "dpv:DataController",
    RecipientRole.INDEPENDENT_CONTROLLER: "dpv:DataController",
}
_STATUS = {
    ActivityStatus.DRAFT: "dpv:ActivityProposed",
    ActivityStatus.IN_REVIEW: "dpv:ActivityProposed",
    ActivityStatus.APPROVED: "dpv:ActivityOngoing",
    ActivityStatus.RETIRED: "dpv:ActivityCompleted",
}


def linked_register(register: Register, provenance: Provenance) -> Data:
    """Return the register as a graph: the catalogue, the organisations, and a node for each activity."""
    head = {"@context": dict(CONTEXT)}

    def nodes() -> Iterator[Node]:
        with translation.override(LANGUAGE):
            known = {one.pk: one for one in register.organisations.values() if one.is_own}
            if register.organisation is not None:
                known = {register.organisation.pk: register.organisation}
            yield _catalogue(register, provenance, known.values())
            yield from map(_organisation, known.values())
        for record in register.activities():
            with translation.override(LANGUAGE):
                yield _activity(record)

    return Data(head, "@graph", nodes)


def _catalogue(register: Register, provenance: Provenance, own: Iterable[OrganisationRecord]) -> Node:
    return _node(
        id=f"{BASE}register",
        type=["dpv:ROPA", "dcat:Catalog"],
        **{
            "dct:title": {"@value": "Record of processing activities", "@language": "en"},
            "dct:conformsTo": {"id": dpv.RELEASE},
            "dct:issued": _typed(register.as_at.isoformat(), "dateTime"),
            "dct:created": _typed(provenance.produced_at.isoformat(), "dateTime"),
            "dct:creator": provenance.produced_by,
            "dct:hasVersion": str(register.change_set),
            "dct:identifier": register.head,
            "dct:description": "; ".join(provenance.filters),
            "dct:provenance": _signing_key(provenance.key),
            "dpv:hasDataController": [{"id": _organisation_id(one)} for one in own],
            "dpv:hasProcess": [{"id": f"{BASE}activity:{pk}"} for pk, _version in register.index],
        },
    )


def _signing_key(fingerprint: str) -> Node | None:
    """Return what says by which key audit packs of this register are signed."""
    if not fingerprint:
        return None
    return {"type": "dct:ProvenanceStatement", "dct:description": f"Signing key: {fingerprint}"}


def _organisation(one: OrganisationRecord) -> Node:
    return _node(
        id=_organisation_id(one),
        type=["dpv:DataController", "dpv:Organisation"],
        **{
            "dpv:hasName": one.name,
            "dpv:hasAddress": organisations.address(one, ", "),
            "dpv:hasContact": one.email or one.phone or one.website,
            "dpv:hasIdentifier": one.registration_number,
            "dpv:hasDataProtectionOfficer": _contacts(one, OFFICERS, "dpv:DataProtectionOfficer"),
            "dpv:hasRepresentative": _contacts(one, (ContactKind.REPRESENTATIVE,), "dpv:Representative"),
        },
    )


def _contacts(one: OrganisationRecord, kinds: tuple[ContactKind, ...], term: str) -> list[Node]:
    return [
        _node(type=term, **{"dpv:hasName": contact.name, "dpv:hasContact": contact.email or contact.phone})
        for contact in one.contacts
        if contact.kind in kinds
    ]


def _organisation_id(one: OrganisationRecord) -> str:
    return f"{BASE}organisation:{one.pk}"


def _activity(record: ActivityRecord) -> Node:
    processor = record.role == ActivityRole.PROCESSOR
    own = [{"id": _organisation_id(record.organisation)}]
    return _node(
        id=f"{BASE}activity:{record.pk}",
        type=["dpv:Process", "dcat:Resource"],
        **{
            "dpv:hasIdentifier": record.reference,
            "dpv:hasName": record.name,
            "dct:title": record.name,
            "dct:description": record.description,
            "dpv:hasActivityStatus": _reference(_STATUS.get(ActivityStatus(record.status), "")),
            "dpv:hasDataController": [_party(row, "dpv:DataController") for row in record.controllers]
            if processor
            else own,
            "dpv:hasDataProcessor": own if processor else [],
            "dpv:hasJointDataControllers": [
                _party(row, "dpv:JointDataControllers") for row in record.joint_controllers
            ],
            "dpv:hasOrganisationalUnit": _unit(record),
            "dpv:hasPurpose": [_purpose(row) for row in record.purposes],
            "dpv:hasLegalBasis": [_basis(row) for row in record.legal_bases],
            "dpv:hasDataSubject": [_named(row, "dpv:DataSubject") for row in record.data_subjects],
            "dpv:hasPersonalData": [_data(row, record) for row in record.data_categories],
            "dpv:hasRecipient": [*map(_recipient, record.recipients), *map(_transfer, record.transfers)],
            "dpv:hasStorageCondition": _storage(record.retention_schedule, record.retention_stated_as),
            "dpv:hasTechnicalOrganisationalMeasure": [
                _named(row, "dpv:TechnicalOrganisationalMeasure") for row in record.measures
            ],
            "dpv:hasContext": _automated(record),
            "dpv:hasAssessment": [*_interests_assessed(record), *map(_impact_assessment, record.impact_assessments)],
            "dpv:hasNotice": _notice(record),
        },
    )


def _interests_assessed(record: ActivityRecord) -> Iterator[Node]:
    """Yield the assessments of legitimate interests that the legal bases name."""
    for row in record.legal_bases:
        if row.assessment_document or row.assessment_outcome or row.assessed_on:
            yield _assessed(
                "dpv:LegitimateInterestAssessment", row.assessment_document, row.assessment_outcome, row.assessed_on
            )


def _impact_assessment(row: ImpactAssessmentRow) -> Node:
    said = [_CONCLUSIONS[row.conclusion]] if row.conclusion else []
    if row.status == AssessmentStatus.COMPLETED and row.residual_risk == ResidualRisk.HIGH:
        said.append("eu-gdpr:DPIAOutcomeHighResidualRisk")
    if row.prior_consultation == Answer.YES:
        said.append("eu-gdpr:DPIAOutcomeDPAConsultation")
    node = _assessed("dpv:DPIA", row.title, row.conclusion_reason, row.completed_on)
    return {**node, "dpv:hasStatus": [{"id": term} for term in said]} if said else node


def _assessed(kind: str, title: str, description: str, on: date | None) -> Node:
    return _node(type=kind, **{"dct:title": title, "dct:description": description, "dct:issued": _day(on)})


def _notice(record: ActivityRecord) -> Node | None:
    if not record.privacy_notice:
        return None
    return _node(
        type="dpv:PrivacyNotice",
        **{"dct:title": record.privacy_notice, "dct:issued": _day(record.privacy_notice_on)},
    )


def _automated(record: ActivityRecord) -> Node | None:
    return {"type": "dpv:AutomatedDecisionMaking"} if record.automated_decisions == Answer.YES else None


def _unit(record: ActivityRecord) -> Node | None:
    if record.unit is None:
        return None
    return _node(type="dpv:OrganisationalUnit", **{"dpv:hasName": record.unit.name})


def _party(row: Any, term: str) -> Node:
    return _node(type=term, **{"dpv:hasName": name_row(row)})


def _purpose(row: PurposeRow) -> Node:
    term = f"dpv:{row.term}"
    return _node(type=term if dpv_terms.is_known(term) else "dpv:Purpose", **{"dct:description": row.text})


def _basis(row: LegalBasisRow) -> Node:
    basis = row.legal_basis
    term = basis.dpv_term if isinstance(basis, LegalBasisEntry) else ""
    node = _node(
        type=term if dpv_terms.is_known(term) else "dpv:LegalBasis",
        **{"dct:title": name_row(row), "dct:description": "; ".join(filter(None, (row.provision, row.interest)))},
    )
    return node


def _named(row: Any, general: str) -> Node:
    """An entry by its own term where the vocabulary has one, else by the general one, always with its name."""
    entry = row[1]
    term = getattr(entry, "dpv_term", "")
    return _node(type=term if dpv_terms.is_known(term) else general, **{"dct:title": name_row(row)})


_SPECIAL: Mapping[str, str] = {
    DataSensitivity.SPECIAL_CATEGORY: "dpv:SpecialCategoryPersonalData",
    DataSensitivity.CRIMINAL_OFFENCE: "dpv:SensitivePersonalData",
}


def _data(row: DataCategoryRow, record: ActivityRecord) -> Node:
    node = _named(row, "dpv:PersonalData")
    kind = _SPECIAL.get(row.category.sensitivity) if isinstance(row.category, DataCategoryEntry) else None
    if kind:
        node["type"] = [node["type"], kind]
        conditions = (one.special_category_condition for one in record.legal_bases)
        terms = [one.dpv_term for one in conditions if isinstance(one, LegalBasisEntry)]
        if found := [{"id": term} for term in dict.fromkeys(terms) if dpv_terms.is_known(term)]:
            node["dpv:hasLegalBasis"] = found
    storage = _storage(row.retention_schedule, row.retention_stated_as)
    if storage:
        node["dpv:hasStorageCondition"] = storage
    if row.source:
        node["dpv:hasDataSource"] = _node(type="dpv:DataSource", **{"dct:title": row.source})
    return node


def _recipient(row: RecipientRow) -> Node:
    entry = row.recipient if isinstance(row.recipient, RecipientEntry) else None
    role = row.role or (entry.kind if entry else "")
    country = f"loc:{entry.country}" if entry and entry.country else ""
    return _node(
        type=_RECIPIENTS.get(RecipientRole(role), "dpv:Recipient") if role else "dpv:Recipient",
        **{
            "dpv:hasName": name_row(row),
            "dct:description": row.what_for,
            "dpv:hasCountry": _reference(country) if dpv_terms.is_known(country) else None,
        },
    )


def _transfer(row: TransferRow) -> Node:
    safeguard = safeguards.BY_CODE.get(row.safeguard)
    term = safeguard.dpv_term if safeguard else ""
    country = f"loc:{row.country}"
    return _node(
        type="dpv:Recipient",
        **{
            "dpv:hasName": name_row(row) or row.international_organisation,
            "dpv:hasThirdCountry": _reference(country) if dpv_terms.is_known(country) else None,
            "dpv:hasLegalBasis": _reference(term) if dpv_terms.is_known(term) else None,
            "dct:description": said(TransferRow, "safeguard", row.safeguard),
        },
    )


def _storage(schedule: Any, words: str) -> Node | None:
    if not isinstance(schedule, RetentionScheduleEntry):
        return _node(type="dpv:StorageCondition", **{"dct:description": words}) if words else None
    node = _node(type="dpv:StorageDuration", **{"dct:title": schedule.name, "dct:description": schedule.text or words})
    unit = _UNITS.get(schedule.unit)
    if schedule.permanent:
        node["dpv:hasDuration"] = {"type": "dpv:EndlessDuration"}
    elif schedule.period is not None and unit:
        runs_from = facts(RetentionScheduleEntry)["trigger"].title
        node["dpv:hasDuration"] = _node(
            type=["dpv:TemporalDuration", "time:Duration"],
            **{
                "time:numericDuration": _typed(str(schedule.period), "decimal"),
                "time:unitType": {"id": unit},
                "dct:description": f"{runs_from}: {schedule.trigger}" if schedule.trigger else None,
            },
        )
    elif schedule.trigger:
        node["dpv:hasDuration"] = _node(type="dpv:UntilEventDuration", **{"dct:description": schedule.trigger})
    return node


def _reference(term: str) -> Node | None:
    return {"id": term} if term else None


def _day(value: date | None) -> Node | None:
    return _typed(value.isoformat(), "date") if value else None


def _typed(value: str, kind: str) -> Node:
    return {"@value": value, "@type": f"xsd:{kind}"}


def _node(**properties: Any) -> Node:
    """A node of what is stated: no property stands empty, since in linked data that would say something else."""
    return {key: value for key, value in properties.items() if value not in (None, "", [], {})}
