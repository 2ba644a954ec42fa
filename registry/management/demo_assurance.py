"""What the fictional retailer of the demonstration has audited, found, reviewed and taught."""

from datetime import date
from typing import Any

from registry import models
from registry.lifecycle import draw_sample
from registry.reference.assurance import AuditKind, DiligenceKind, DiligenceOutcome, FindingWeight, SampleAmong
from registry.versioning.writing import change_set

TRAININGS: tuple[dict[str, Any], ...] = (
    {
        "name": "Data protection for all staff",
        "audience": "Everybody with an account, stores included",
        "held_on": date(2025, 11, 17),
        "held_by": "E-learning of 40 minutes with a test",
        "participants": 2140,
        "next_on": date(2026, 11, 16),
        "notes": "61 people had not finished by the end of January; their managers were told.",
    },
    {
        "name": "Segments and consent in marketing",
        "audience": "Marketing and Customer Insight",
        "held_on": date(2026, 9, 8),
        "held_by": "Data protection officer",
        "participants": 23,
        "next_on": date(2027, 3, 9),
        "notes": "Soft opt-in, what a segment may be made from, and how somebody gets out of one.",
    },
    {
        "name": "First hour after a breach",
        "audience": "Customer Service and Information Technology",
        "held_by": "Exercise on a case",
        "next_on": date(2027, 1, 26),
    },
)

REVIEWS: tuple[tuple[str, dict[str, Any]], ...] = (
    (
        "Nordsky Hosting GmbH",
        {
            "name": "Certificate of information security and report on its last audit",
            "kind": DiligenceKind.EVIDENCE,
            "reviewed_on": date(2026, 3, 12),
            "outcome": DiligenceOutcome.SUFFICIENT,
            "notes": "Scope covers both data centres. No deviation on access control.",
            "next_review_on": date(2027, 3, 12),
        },
    ),
    (
        "Crestfield CRM Limited",
        {
            "name": "Security questionnaire, edition 4",
            "kind": DiligenceKind.QUESTIONNAIRE,
            "reviewed_on": date(2025, 10, 6),
            "outcome": DiligenceOutcome.CONDITIONAL,
            "notes": "Enough if support staff get single sign-on by the spring; asked for proof.",
            "next_review_on": date(2026, 10, 6),
        },
    ),
    (
        "Paperlark Mail, Inc.",
        {
            "name": "Contract, sub-processors and transfer",
            "kind": DiligenceKind.CONTRACT,
            "reviewed_on": date(2026, 6, 22),
            "outcome": DiligenceOutcome.CONDITIONAL,
            "notes": "One new sub-processor was announced to an address that nobody reads.",
            "next_review_on": date(2026, 12, 21),
        },
    ),
)

AUDIT: dict[str, Any] = {
    "name": "Yearly audit 2026: marketing and its processors",
    "kind": AuditKind.INTERNAL,
    "framework": "GDPR; retention policy, edition 5",
    "auditor": "Internal Audit, M. Okonjo",
    "planned_on": date(2026, 9, 1),
    "started_on": date(2026, 9, 14),
    "completed_on": date(2026, 10, 9),
    "conclusion": (
        "The register says what is done, with the exceptions below. Segments are reviewed, and what they are made from "
        "is recorded. Opting out works in every channel that was tried; it reaches the printer of catalogues late."
    ),
}
SEED = "wren october 2026"

FINDINGS: tuple[tuple[dict[str, Any], dict[str, str], tuple[dict[str, Any], ...]], ...] = (
    (
        {
            "name": "Opt-outs reach the catalogue printer up to five weeks late",
            "weight": FindingWeight.MAJOR,
            "criterion": "GDPR Art. 21(3)",
            "statement": (
                "Of 30 customers who had objected in July, 11 were sent the catalogue of September: the list for the "
                "printer is drawn before the objections of the last weeks are in it."
            ),
            "evidence": "Sample of 30 objections, compared with the printer's file of 24 August.",
        },
        {"activity": "MK-12"},
        (
            {
                "what": "Draw the printer's list two days before printing, and strike out objections again then.",
                "responsible": "Head of Marketing",
                "due_on": date(2026, 10, 30),
                "done_on": date(2026, 10, 28),
                "verified_by": "Internal Audit, M. Okonjo",
                "verified_on": date(2026, 11, 20),
            },
            {
                "what": "Write to the eleven customers.",
                "responsible": "Head of Customer Service",
                "due_on": date(2026, 10, 23),
                "done_on": date(2026, 10, 21),
            },
        ),
    ),
    (
        {
            "name": "Contract of the consent manager has run out",
            "weight": FindingWeight.MINOR,
            "criterion": "GDPR Art. 28(3)",
            "statement": "The contract ended on 25 June 2026. It is carried on with, and an extension is not signed.",
            "evidence": "Contract file MK-079.",
        },
        {"recipient": "Clearchoice Consent ApS", "system": "Consent manager"},
        (
            {
                "what": "Sign the extension, or move to another provider.",
                "responsible": "Head of Online Shop",
                "due_on": date(2026, 11, 13),
            },
        ),
    ),
    (
        {
            "name": "Reasons for segments could be shorter and plainer",
            "weight": FindingWeight.OBSERVATION,
            "statement": "Three of the segments seen say why no less data would do in words that only analysts follow.",
        },
        {"activity": "MK-03"},
        (),
    ),
)

NEXT: dict[str, Any] = {
    "name": "Visit to the payroll bureau",
    "kind": AuditKind.RECIPIENT,
    "framework": "GDPR Art. 28(3)(h); the contract",
    "auditor": "Data protection officer, with Internal Audit",
    "planned_on": date(2027, 2, 9),
}


def bring_in(organisation: models.Organisation, actor: Any) -> None:
    """Write the trainings, reviews, audits and findings of the organisation, as ``actor``; a sample is drawn in one."""
    with change_set(actor=actor, reason="Demo register: trainings and reviews of recipients"):
        for said in TRAININGS:
            models.Training.objects.create(organisation=organisation, **said)
        for name, said in REVIEWS:
            models.RecipientReview.objects.create(recipient=models.Recipient.objects.get(name=name), **said)
    with change_set(actor=actor, reason="Demo register: audits"):
        audit = models.Audit.objects.create(organisation=organisation, **AUDIT)
        visit = models.Audit.objects.create(organisation=organisation, **NEXT)
        bureau = models.Recipient.objects.get(name="Fairwage Payroll Bureau Limited")
        models.AuditedRecipient.objects.create(audit=visit, recipient=bureau)
    with change_set(actor=actor, reason="Demo register: sample of the yearly audit"):
        draw_sample(audit, size=5, seed=SEED, among=SampleAmong.IN_USE)
    with change_set(actor=actor, reason="Demo register: findings"):
        for said, where, actions in FINDINGS:
            finding = models.Finding.objects.create(
                audit=audit,
                activity=organisation.activities.filter(reference=where.get("activity", "")).first(),
                recipient=models.Recipient.objects.filter(name=where.get("recipient", "")).first(),
                system=models.System.objects.filter(name=where.get("system", "")).first(),
                **said,
            )
            models.CorrectiveAction.objects.bulk_create(
                models.CorrectiveAction(finding=finding, position=place, **one) for place, one in enumerate(actions)
            )
