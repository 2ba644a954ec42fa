from datetime import date

import pytest

from registry.compliance.context import Context
from tests.compliance.records import (
    Case,
    assessment,
    basis,
    data,
    purpose,
    recipient,
    recipient_entry,
    record,
    said_by,
    subject,
    three_tests,
)

ANSWERED = {"sold": "no", "shared": "no"}
SERVICE = recipient(recipient_entry(contract_kind="ccpa_agreement"), ccpa_role="service_provider", **ANSWERED)
BUYER = recipient(recipient_entry("Ads Inc.", contract_kind="ccpa_agreement"), ccpa_role="third_party", sold="yes")
OPT_OUT = basis("US-CA-120-A")
PURPOSE = purpose(ccpa_business_purpose="advertising")


def californian(**values):
    return record(**{"purposes": (PURPOSE,), **values})


NOT_CALIFORNIAN = record(
    data_categories=(data(),), recipients=(recipient(recipient_entry()),), purposes=(purpose(),), legal_bases=()
)

CASES = {
    "statutory-category-missing": Case(
        passes=californian(data_categories=(data(ccpa_category="A"),)),
        finds=californian(data_categories=(data(ccpa_category="A"), data("Notes"), data(category=None, stated_as="all else"))),
        says=("The disclosure lists can't place: Notes, “all else”.",),
        not_about=NOT_CALIFORNIAN,
    ),
    "sources-missing": Case(
        passes=californian(data_categories=(data(source="the consumer"),)),
        finds=californian(data_categories=(data(source="the consumer"), data("Notes"))),
        says=("The record doesn't say where these data come from: Notes.",),
        not_about=NOT_CALIFORNIAN,
    ),
    "sale-not-answered": Case(
        passes=californian(recipients=(SERVICE, BUYER)),
        finds=californian(recipients=(SERVICE, recipient(recipient_entry("Bank"), sold="no"))),
        says=("Nobody has said whether data are sold to or shared with Bank.",),
        not_about=californian(recipients=(recipient(recipient_entry("Desk", kind="internal_unit")), recipient(stated_as="you", role="data_subject"))),
    ),
    "californian-role-missing": Case(
        passes=californian(recipients=(SERVICE, BUYER)),
        finds=californian(recipients=(recipient(stated_as="the bank"),)),
        says=("Nothing says whether “the bank” is a service provider, a contractor or a third party.",),
        not_about=NOT_CALIFORNIAN,
    ),
    "sold-to-service-provider": Case(
        passes=californian(recipients=(SERVICE, BUYER)),
        finds=californian(recipients=(SERVICE._replace(shared="yes"),)),
        says=("Data are sold to or shared with Cloudy Ltd, which is recorded as a service provider or contractor.",),
        not_about=NOT_CALIFORNIAN,
    ),
    "californian-agreement-missing": Case(
        passes=californian(recipients=(SERVICE, BUYER)),
        finds=californian(recipients=(recipient(recipient_entry("Ads Inc."), shared="yes"), recipient(recipient_entry(contract_kind="none_needed"), ccpa_role="contractor"))),
        says=("No agreement with Ads Inc. is recorded.", "No agreement with Cloudy Ltd is recorded."),
        not_about=californian(recipients=(recipient(recipient_entry("Bank"), ccpa_role="third_party", **ANSWERED),)),
    ),
    "sale-without-opt-out": Case(
        passes=californian(recipients=(BUYER,), legal_bases=(OPT_OUT,)),
        finds=californian(recipients=(BUYER,), legal_bases=(basis("A6-1-b"), basis(stated_as="agreed"))),
        says=("Data are sold to or shared with Ads Inc., and the record names neither the right to opt out nor an opt-in.",),
        not_about=californian(recipients=(SERVICE,)),
    ),
    "business-purpose-missing": Case(
        passes=californian(recipients=(SERVICE,)),
        finds=record(purposes=(purpose(),), recipients=(SERVICE,)),
        says=("Data are disclosed to service providers or contractors, and none of the purposes is one of the statute's business purposes.",),
        not_about=californian(recipients=(BUYER,)),
    ),
    "sensitive-information-not-answered": Case(
        passes=californian(data_categories=(data(ccpa_sensitive="no"),)),
        finds=californian(data_categories=(data(),)),
        says=("Nobody has said whether these are sensitive personal information: Contact details.",),
        not_about=californian(data_categories=(data(category=None, stated_as="all"),)),
    ),
    "sensitive-term-missing": Case(
        passes=californian(data_categories=(data("Allergies", ccpa_sensitive="yes", ccpa_sensitive_term="AE-2-B"),)),
        finds=californian(data_categories=(data("Allergies", ccpa_sensitive="yes"), data("Names", ccpa_sensitive="no"))),
        says=("Which of the statute's kinds of sensitive personal information these are isn't said: Allergies.",),
        not_about=californian(data_categories=(data("Names", ccpa_sensitive="no"),)),
    ),
    "notice-at-collection-missing": Case(
        passes=californian(privacy_notice="Notice to consumers"),
        finds=californian(),
        says=("The record is approved, and nothing says where consumers are told about the collection.",),
        not_about=californian(status="draft"),
    ),
    "disclosures-older-than-a-year": Case(
        passes=californian(privacy_notice="Policy", privacy_notice_on=date(2025, 6, 1)),
        finds=californian(privacy_notice="Policy", privacy_notice_on=date(2025, 5, 30)),
        says=("The wording of “Policy” is of 30 May 2025, more than twelve months old.",),
        not_about=record(privacy_notice="Policy", privacy_notice_on=date(2020, 1, 1)),
    ),
    "consumer-rights-missing": Case(
        passes=californian(rights="To know, to delete: by telephone or form"),
        finds=californian(),
        says=("The record is approved, and doesn't say which rights consumers have and how they ask.",),
        not_about=record(),
    ),
    "minors-sold-without-opt-in": Case(
        passes=californian(recipients=(BUYER,), data_subjects=(subject("Children"),), legal_bases=(basis("US-CA-120-C"),)),
        finds=californian(recipients=(BUYER,), data_subjects=(subject("Players under 16"), subject("Customers")), legal_bases=(OPT_OUT,)),
        says=("Data of Players under 16 are sold to or shared with Ads Inc., and the record names no opt-in.",),
        not_about=californian(recipients=(SERVICE,), data_subjects=(subject("Children"),)),
    ),
    "californian-risk-assessment-outdated": Case(
        passes=californian(recipients=(BUYER,), impact_assessments=(assessment(completed_on=date(2023, 6, 1)),)),
        finds=californian(recipients=(BUYER,), impact_assessments=(assessment(completed_on=date(2023, 5, 31)), assessment())),
        says=("The risks of this processing were last assessed on 31 May 2023, more than three years ago.",),
        not_about=californian(recipients=(SERVICE,), impact_assessments=(assessment(completed_on=date(2020, 1, 1)),)),
    ),
    "californian-risk-assessment-missing": Case(
        passes=californian(recipients=(BUYER,), impact_assessments=(assessment(status="completed"),)),
        finds=californian(recipients=(BUYER,), data_categories=(data("Health", ccpa_sensitive="yes"), data("Name"))),
        says=("Nothing says that the risks of this processing have been assessed: Ads Inc., Health.",),
        not_about=californian(recipients=(SERVICE,), data_categories=(data("Name", ccpa_sensitive="no"),)),
    ),
}  # fmt: skip


@three_tests(CASES)
def test_a_rule_about_california(rule, record, context, says):
    assert said_by(rule, record, context) == says


def test_risk_assessments_are_asked_for_since_2026():
    sold = californian(recipients=(BUYER,))

    rule = "californian-risk-assessment-missing"
    assert (said_by(rule, sold, Context(date(2025, 12, 31))), len(said_by(rule, sold, Context(date(2026, 1, 1))))) == (
        (),
        1,
    )


@pytest.mark.parametrize(
    ("values", "found"),
    [
        ({"conclusion": "not_required", "conclusion_reason": "No risk is left"}, 0),
        ({"conclusion": "not_required"}, 1),
        ({"status": "in_progress"}, 1),
    ],
)
def test_a_risk_assessment_is_completed_or_declined_for_a_reason(values, found):
    sold = californian(recipients=(BUYER,), impact_assessments=(assessment(**values),))

    assert len(said_by("californian-risk-assessment-missing", sold, Context(date(2026, 6, 1)))) == found


@pytest.mark.parametrize(
    ("values", "term", "reasons"),
    [
        ({"automated_decisions": "yes"}, "dpv:Customer", "Automated decisions"),
        ({"profiling": "yes"}, "dpv:Employee", "Profiling"),
        ({"profiling": "yes"}, "dpv:Customer", ""),
        ({}, "dpv:Employee", ""),
    ],
)
def test_decisions_by_machine_and_profiling_at_work_need_a_risk_assessment(values, term, reasons):
    person = subject("People")
    people = (person._replace(category=person.category._replace(dpv_term=term)),)
    one = californian(recipients=(SERVICE,), data_subjects=people, **values)

    found = said_by("californian-risk-assessment-missing", one, Context(date(2026, 6, 1)))

    said = f"Nothing says that the risks of this processing have been assessed: {reasons}."
    assert found == ((said,) if reasons else ())


def test_minors_are_known_by_their_term_and_by_words():
    entry = subject("Fans").category._replace(dpv_term="dpv:Child")
    by_term = subject("Fans")._replace(category=entry)
    in_words = subject()._replace(category=None, stated_as="teenagers")

    for one in (by_term, in_words):
        sold = californian(recipients=(BUYER,), data_subjects=(one,), legal_bases=(OPT_OUT,))
        assert len(said_by("minors-sold-without-opt-in", sold, Context(date(2026, 6, 1)))) == 1
