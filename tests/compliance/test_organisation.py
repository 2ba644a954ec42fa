import pytest

from registry import models
from registry.compliance.context import Context
from registry.compliance.laws import Law
from registry.compliance.whole import check_organisation, check_whole
from registry.record.loader import load_register
from registry.reference.activity import ActivityStatus
from tests import factories
from tests.compliance.records import ON, Case, basis, contact, organisation, record, three_tests

NOWHERE = organisation(name="Nowhere Ltd", email="")

CASES = {
    "organisation-without-contact-details": Case(
        passes=record(),
        finds=record(organisation=NOWHERE),
        says=("Nowhere Ltd has neither address nor e-mail nor telephone in the register.",),
        not_about=record(organisation=NOWHERE, status="retired"),
    ),
    "data-protection-officer-without-contact-details": Case(
        passes=record(organisation=organisation(contacts=(contact("dpo_internal", email="dpo@fjord.example"),))),
        finds=record(organisation=organisation(contacts=(contact("dpo_external"), contact("other")))),
        says=("The data protection officer Ada can't be reached: no e-mail, telephone or address is entered.",),
        not_about=record(organisation=organisation(contacts=(contact("other"),))),
    ),
    "data-protection-officer-missing": Case(
        passes=record(organisation=organisation(public_authority="yes", contacts=(contact("dpo_external"),))),
        finds=record(organisation=organisation(public_authority="yes", contacts=(contact("other"),))),
        says=("Fjord Foods is a public authority, and no data protection officer is named.",),
        not_about=record(organisation=organisation(public_authority="not_assessed")),
    ),
    "lgpd-person-in-charge-not-named": Case(
        passes=record(
            organisation=organisation(country="BR", contacts=(contact("other", email="dados@loja.example"),))
        ),
        finds=record(organisation=organisation(country="BR", contacts=(contact("representative"),))),
        says=("Fjord Foods names neither the person in charge of data protection (encarregado) nor another contact.",),
        not_about=record(organisation=organisation(country="PT")),
    ),
    "representative-missing": Case(
        passes=record(
            organisation=organisation(country="US", contacts=(contact("representative"),)),
            legal_bases=(basis("A6-1-b"),),
        ),
        finds=record(
            organisation=organisation(country="US", contacts=(contact("representative", country="GB"),)),
            legal_bases=(basis("A6-1-b"),),
        ),
        says=("Fjord Foods is established in the United States and names no representative in the Union.",),
        not_about=record(organisation=organisation(country="GB"), legal_bases=(basis("UK-A6-1-b"),)),
    ),
    "representative-in-the-united-kingdom-missing": Case(
        passes=record(
            organisation=organisation(country="US", contacts=(contact("representative", country="GB"),)),
            legal_bases=(basis("UK-A6-1-b"),),
        ),
        finds=record(
            organisation=organisation(country="US", contacts=(contact("representative", country="IE"),)),
            legal_bases=(basis("UK-A6-1-b"),),
        ),
        says=("Fjord Foods is established in the United States and names no representative in the United Kingdom.",),
        not_about=record(organisation=organisation(country="GB")),
    ),
}


@three_tests(CASES)
def test_a_rule_about_an_organisation(rule, record, context, says):
    laws = context.laws_of(record) if record.status != ActivityStatus.RETIRED else ()
    found = check_organisation(record.organisation, laws, context)

    assert tuple(gap.what for gap in found if gap.rule.id == rule) == says


def test_a_gap_of_an_organisation_says_everything_that_a_screen_needs():
    whole = organisation(name="Nowhere Ltd", email="")

    (gap,) = check_organisation(whole, (Law.CH, Law.EU), Context(ON))

    assert gap.as_json() | {"why": "", "asks": ""} == {
        "id": f"organisation-without-contact-details:organisation-{whole.pk}",
        "rule": "organisation-without-contact-details",
        "severity": "serious",
        "area": "content",
        "article": "GDPR Art. 30(1)(a); FADP Art. 12(2)(a)",
        "record": None,
        "organisation": whole.pk,
        "system": None,
        "reference": "",
        "fact": "email",
        "field": "",
        "row_list": "",
        "row": None,
        "what": "Nowhere Ltd has neither address nor e-mail nor telephone in the register.",
        "asks": "",
        "why": "",
        "remedy": "Enter the address and an e-mail address of the organisation.",
    }
    assert (gap.fact.label, gap.is_of_organisation) == ("E-mail", True)


@pytest.mark.django_db
def test_an_organisation_is_asked_once_for_all_of_its_records(django_assert_num_queries):
    silent = factories.organisation(name="Silent Ltd", country="IE")
    for _ in range(3):
        factories.activity(silent)
    factories.activity(factories.organisation(name="Gone Ltd", country="IE"), status="retired")
    factories.organisation(name="Partner without records")
    register = load_register()

    with django_assert_num_queries(3):
        checked = list(check_whole(register))

    of_records = [gap for subject, gaps in checked[:4] for gap in gaps]
    assert [subject.label for subject, _gaps in checked[4:]] == ["Silent Ltd"]
    assert [gap.id for gap in checked[4][1]] == [f"organisation-without-contact-details:organisation-{silent.pk}"]
    assert "organisation-without-contact-details" not in {gap.rule.id for gap in of_records}


@pytest.mark.django_db
def test_an_organisation_is_asked_under_the_laws_of_all_its_records():
    american = factories.organisation(name="Acme Inc.", country="US", email="privacy@acme.example")
    for code, regime in (("A6-1-b", "eu"), ("UK-A6-1-b", "uk")):
        ground = factories.make(models.LegalBasis, code=code, regime=regime, title=code)
        factories.make(models.ActivityLegalBasis, activity=factories.activity(american), legal_basis=ground)

    *_records, (_organisation, gaps) = check_whole(load_register())

    assert [gap.rule.id for gap in gaps] == ["representative-missing", "representative-in-the-united-kingdom-missing"]
