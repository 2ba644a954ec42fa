"""Registers for the tests of reports: one with everything that is awkward about text, and a plain one."""

from datetime import date
from typing import Any

from registry import models
from registry.versioning.writing import change_set
from tests import factories

AWKWARD = (
    "=1+1", "+49 30 1234", "-5 °C", "@SUM(A1)", "'=quoted", "''=twice", "'apostrophe", "plain; with | signs", 'a "quoted" word',
    "two\nlines", "windows\r\nlines", "; leading", "| leading", "Ünïcödé Ελλάδα Žluťoučký", "none", "None", "keine", "n/a", "-", "–",
    "- a dash", "* star", "1) first", "2. second", "entry: a trap", "words: a trap", "#1", "“typographic”", "„deutsch“",
    "key: value", "Payroll", "trailing colon:", "a | b: c", "tab\tinside", "comma, and", "A6-1-b", "yes", "2026-01-31", "12.400",
    "'", "''", '"', '""', "“", "\u200bzero width", "not assessed", "to be determined", "<Name>", "# incomplete", "?",
)  # fmt: skip
"""Texts that a spreadsheet, a separator or a recogniser of blanks might take for something else."""


def awkward_register() -> list[models.ProcessingActivity]:
    """Two organisations whose records hold every awkward text in every place where text can stand."""
    with change_set(reason="for a test"):
        first = models.Organisation.objects.create(name="=Ärzte & Söhne; GmbH | Co", country="DE")
        second = models.Organisation.objects.create(name='"Quoted", Ltd')
        partner = models.Organisation.objects.create(name="none", is_own=False)
        unit = models.OrganisationUnit.objects.create(organisation=first, name="+Vertrieb | Süd")
        models.OrganisationUnit.objects.create(organisation=second, name="+Vertrieb | Süd")
        owner = factories.user(username="anna.berg", is_active=False)
        entries = _awkward_entries()
        made = [
            _awkward_activity(first, unit, owner, partner, entries, text, place) for place, text in enumerate(AWKWARD)
        ]
        made.append(
            models.ProcessingActivity.objects.create(organisation=second, reference=made[0].reference, name="Empty")
        )
        made.append(_answered(second))
    return made


def _awkward_entries() -> dict[str, dict[str, Any]]:
    basis = {"regime": "eu", "kind": "lawful_basis"}
    return {
        text: {
            "basis": models.LegalBasis.objects.create(code=f"{_unique(text)}~", title=text, **basis),
            "subject": models.DataSubjectCategory.objects.create(name=_unique(text)),
            "data": models.DataCategory.objects.create(name=_unique(text)),
            "schedule": models.RetentionSchedule.objects.create(name=_unique(text), text=text),
            "recipient": models.Recipient.objects.create(name=_unique(text)),
            "measure": models.SecurityMeasure.objects.create(name=_unique(text)),
            "system": models.System.objects.create(name=_unique(text)),
        }
        for text in AWKWARD
    }


def _unique(text: str) -> str:
    """A name for an entry: a line of its own, and different from others in more than case."""
    return f"{text} too" if text == "None" else " ".join(text.splitlines())


def _awkward_activity(
    organisation: Any, unit: Any, owner: Any, partner: Any, entries: dict[str, dict[str, Any]], text: str, place: int
) -> models.ProcessingActivity:
    entry = entries[text]
    activity = models.ProcessingActivity.objects.create(
        organisation=organisation, unit=unit, owner=owner, reference=_unique(text), external_reference=text, name=_unique(text), description=text,
        contact=text, tags=text, retention_schedule=entry["schedule"], retention_stated_as=text, dpo_remark=text, unplaced=text,
        role=("controller", "joint_controller", "processor")[place % 3], is_public=bool(place % 2), began_on=date(1999, 1, 2),
        ends_on=date(2030, 12, 31), review_interval=12, last_reviewed_on=date(2025, 2, 3), next_review_on=date(2027, 2, 3),
        status=("draft", "in_review", "approved", "retired")[place % 4], profiling=("yes", "no", "not_assessed")[place % 3],
        special_categories=("no", "not_assessed", "yes")[place % 3], recipients_answer="yes", transfers_answer="not_assessed",
        profiling_logic=text, profiling_consequences=text, human_intervention=text, privacy_notice=text,
        privacy_notice_on=date(2026, 3, 2), rights=text, rights_limits=text,
    )  # fmt: skip
    here = {"activity": activity}
    purposes = [
        models.Purpose.objects.create(**here, text=words, position=n) for n, words in enumerate((text, "Payroll", text))
    ]
    subjects = [
        models.ActivityDataSubject.objects.create(
            **here, category=entry["subject"], stated_as=text, approximate_number=12
        ),
        models.ActivityDataSubject.objects.create(**here, stated_as=text, position=1),
        models.ActivityDataSubject.objects.create(**here, category=entry["subject"], position=2),
    ]
    for n, (basis, words) in enumerate(((entry["basis"], text), (entry["basis"], ""), (None, text))):
        models.ActivityLegalBasis.objects.create(
            **here, legal_basis=basis, stated_as=words, purpose=purposes[n], provision=text, interest=text, assessment_document=text,
            assessment_outcome=text, assessed_on=date(2024, 2, 29), special_category_condition=entry["basis"],
            schedule_1_condition=text, authorising_law=text, position=n,
        )  # fmt: skip
    for n, (category, words) in enumerate(((entry["data"], text), (entry["data"], ""), (None, text))):
        models.ActivityDataCategory.objects.create(
            **here, category=category, stated_as=words, data_subject=subjects[n], retention_schedule=entry["schedule"],
            retention_stated_as=text, source=text, obligatory=("yes", "no", "not_assessed")[n], refusal_consequence=text, items=text,
            position=n,
        )  # fmt: skip
    for n, (recipient, words) in enumerate(((entry["recipient"], text), (entry["recipient"], ""), (None, text))):
        models.ActivityRecipient.objects.create(
            **here, recipient=recipient, stated_as=words, what_for=text, disclosed_when=text, role="processor",
            ccpa_role="contractor", sold="no", shared="yes", position=n,
        )  # fmt: skip
        models.Transfer.objects.create(
            **here, recipient=recipient, stated_as=words, country=("US", "IN", "")[n], international_organisation=text,
            safeguard="A46-2-c", article_49_assessment=text, document=text, assessment_status="completed",
            assessed_on=date(2026, 1, 1), assessment_outcome=text, supplementary_measures=text, position=n,
        )  # fmt: skip
    models.ActivitySystem.objects.create(**here, system=entry["system"], stated_as=text)
    models.ActivityMeasure.objects.create(**here, measure=entry["measure"])
    models.ActivityMeasure.objects.create(**here, stated_as=text, position=1)
    models.ActivityJointController.objects.create(**here, organisation=partner, stated_as=text, arrangement=text)
    models.ActivityController.objects.create(**here, stated_as=text, categories_of_processing=text)
    _awkward_marketing(activity, entry["data"], text)
    return activity


def _awkward_marketing(activity: Any, category: Any, text: str) -> None:
    """Add consent mechanisms, segments with their data, and impact assessments."""
    here = {"activity": activity}
    for n, name in enumerate((text, "Form", text)):
        consent = models.ConsentMechanism.objects.create(
            **here, name=name, channel="app", wording=text, opt_in="button", withdrawal=text, evidence=text,
            valid_from=date(2024, 2, 29), valid_until=date(2027, 1, 1), position=n,
        )  # fmt: skip
        segment = models.Segment.objects.create(
            **here, name=name, criteria=text, contact_basis="consent", consent=consent, opt_out=text, preference_channel=text,
            identifiability="pseudonymised", minimisation=text, audience_size=12, last_reviewed_on=date(2026, 1, 1),
            next_review_on=date(2026, 7, 1), position=n,
        )  # fmt: skip
        models.SegmentData.objects.create(
            **here, category=(category, category, None)[n], stated_as=(text, "", text)[n], segment=segment, what_for=text,
            position=n,
        )  # fmt: skip
        models.ImpactAssessment.objects.create(
            **here, title=name, evaluation="yes", large_scale="no", case_evaluation="yes", deviation=text, national_list=text,
            conclusion="required", conclusion_reason=text, status="completed", completed_on=date(2026, 1, 1),
            residual_risk="high", dpo_advice=text, prior_consultation="yes", consulted_on=date(2026, 2, 1), document=text,
            position=n,
        )  # fmt: skip
    models.SegmentData.objects.create(**here, stated_as=text, position=3)


def _answered(organisation: Any) -> models.ProcessingActivity:
    """A record that answers with none, and has a single recipient called like such an answer elsewhere."""
    return models.ProcessingActivity.objects.create(
        organisation=organisation, name="Answered", special_categories="no", recipients_answer="no", transfers_answer="no",
        profiling="no", automated_decisions="no",
    )  # fmt: skip


def one_recipient(words: str = "", entry: Any = None) -> models.ProcessingActivity:
    """A record whose only recipient and only transfer are these."""
    activity = factories.activity(factories.organisation())
    with change_set():
        models.ActivityRecipient.objects.create(activity=activity, stated_as=words, recipient=entry)
        models.Transfer.objects.create(activity=activity, stated_as=words, recipient=entry)
    return activity
