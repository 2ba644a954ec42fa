from datetime import date

import pytest
from django.utils import translation

from registry.compliance.checking import check_record
from registry.compliance.context import Context
from tests.compliance.records import (
    ON,
    Case,
    assessment,
    contact,
    data,
    organisation,
    record,
    said_by,
    subject,
    three_tests,
)

TWO = {"data_categories": (data("Diagnoses", "special_category"),), "data_subjects": (subject("Patients", "yes"),)}
REASONS = "Sensitive data or data of a highly personal nature; Vulnerable data subjects, employees among them"


def assessed(**values):
    return record(**TWO, impact_assessments=(assessment(**values),))


DPO = organisation(contacts=(contact("dpo_internal"),))

CASES = {
    "impact-assessment-undecided": Case(
        passes=assessed(conclusion="not_required"),
        finds=record(**TWO, impact_assessments=(assessment(sensitive_data="yes"),)),
        says=(f"Nobody has decided whether an impact assessment is needed, though much suggests it: {REASONS}.",),
        not_about=record(data_subjects=(subject("Patients", "yes"),)),
    ),
    "impact-assessment-not-made": Case(
        passes=assessed(conclusion="required", status="completed"),
        finds=assessed(conclusion="required", status="in_progress"),
        says=("The impact assessment “DPIA 1” is required and not completed, and the processing has begun.",),
        not_about=record(began_on=date(2027, 1, 1), impact_assessments=(assessment(conclusion="required"),)),
    ),
    "impact-assessment-declined-without-reason": Case(
        passes=assessed(conclusion="not_required", conclusion_reason="Ten patients a year"),
        finds=assessed(conclusion="not_required"),
        says=(f"It was decided that no impact assessment is needed, without a reason, though much suggests it: {REASONS}.",),
        not_about=record(impact_assessments=(assessment(conclusion="not_required"),)),
    ),
    "screening-overridden-without-reason": Case(
        passes=assessed(vulnerable_subjects="no", deviation="Adults who chose us"),
        finds=assessed(vulnerable_subjects="no"),
        says=("The impact assessment answers no where the record suggests yes, without saying why: Vulnerable data subjects, employees among them.",),
        not_about=record(impact_assessments=(assessment(vulnerable_subjects="no"),)),
    ),
    "impact-assessment-without-advice": Case(
        passes=record(organisation=DPO, impact_assessments=(assessment(status="completed", dpo_advice="Go ahead"),)),
        finds=record(organisation=DPO, impact_assessments=(assessment(status="completed"),)),
        says=("The impact assessment “DPIA 1” is completed without the advice of the data protection officer.",),
        not_about=record(impact_assessments=(assessment(status="completed"),)),
    ),
    "high-risk-without-consultation": Case(
        passes=record(impact_assessments=(assessment(residual_risk="high", prior_consultation="yes"),)),
        finds=record(impact_assessments=(assessment(residual_risk="low"), assessment(residual_risk="high"))),
        says=("The impact assessment “DPIA 1” leaves a high risk, and the authority hasn't been consulted.",),
        not_about=record(impact_assessments=(assessment(residual_risk="high"), assessment(residual_risk="low"))),
    ),
}  # fmt: skip


@three_tests(CASES)
def test_a_rule_about_impact_assessments(rule, record, context, says):
    assert said_by(rule, record, context) == says


@pytest.mark.parametrize(("language", "between"), [("en", "nature; "), ("fr", "\u202f; ")])
def test_names_with_commas_are_parted_as_the_reader_does_it(language, between):
    one = CASES["impact-assessment-undecided"].finds
    (gap,) = [gap for gap in check_record(one, Context(ON)) if gap.rule.id == "impact-assessment-undecided"]

    with translation.override(language):
        assert between in gap.what
