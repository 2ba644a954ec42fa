from datetime import date

import pytest

from registry import models
from registry.record.loader import load_register
from registry.reference.lawful_basis import BY_CODE
from registry.reports.errors import ReportError
from registry.reports.notice import notice_draft
from registry.versioning.writing import change_set
from tests import factories
from tests.reports.texts import PROVENANCE

pytestmark = pytest.mark.django_db


def draft(activity):
    register = load_register()
    record = next(register.only([activity.pk]).activities())
    document = notice_draft(register, record, PROVENANCE)
    (card,) = document.parts[0].cards()
    return document, {
        section.title: {line.label: (line.value, line.state) for line in section.lines} for section in card.sections
    }


def to_do(sections) -> tuple[str, ...]:
    return sections["What the record can't supply, and somebody has to write"]["To do"][0]


@pytest.fixture
def organisation():
    found = factories.organisation(name="Fjord Foods AS", supervisory_authority="Datatilsynet")
    with change_set():
        models.Contact.objects.create(
            organisation=found, kind="dpo_internal", name="Ane Dahl", email="dpo@fjord.example"
        )
    return found


def statutory(code):
    term = BY_CODE[code]
    return factories.make(
        models.LegalBasis, code=code, title=term.title, citation=term.citation, regime="eu", kind="lawful_basis"
    )


def test_a_notice_has_every_point_of_arts_13_and_14_with_what_the_record_says(organisation):
    activity = factories.activity(
        organisation, name="Shop", recipients_answer="no", transfers_answer="yes", retention_stated_as="ten years"
    )
    with change_set():
        purpose = activity.purposes.create(text="orders")
        activity.legal_bases.create(legal_basis=statutory("A6-1-b"), purpose=purpose)
        activity.legal_bases.create(legal_basis=statutory("A6-1-f"), interest="fraud", position=1)
        activity.legal_bases.create(legal_basis=statutory("A6-1-a"), position=2)
        activity.data_subjects.create(stated_as="customers")
        activity.data_categories.create(
            stated_as="address",
            items="street, town",
            obligatory="yes",
            refusal_consequence="no delivery",
            source="the customer",
        )
        activity.transfers.create(country="US", safeguard="A46-2-c")

    document, sections = draft(activity)

    assert document.title.startswith("Draft of a privacy notice (GDPR Arts. 13 and 14): PA-0001 Shop")
    assert sections["Who is responsible"]["Name"] == ("Fjord Foods AS", "stated")
    assert sections["Data protection officer"]["Contact"] == (("Ane Dahl · dpo@fjord.example",), "stated")
    assert (
        sections["What for, and on which legal basis"]["Legal bases"][0][0]
        == "GDPR Art. 6(1)(b) – Contract with the data subject (orders)"
    )
    assert sections["Legitimate interests pursued"]["Legitimate interests"] == (("fraud",), "stated")
    assert sections["Which data"]["Data categories"] == (("address: street, town",), "stated")
    assert sections["Recipients"]["Recipients"][1] == "none"
    assert sections["How long"]["Kept for"] == ("ten years", "stated")
    rights = sections["Rights"]
    assert rights["Rights that follow from the legal bases"][0][-2:] == (
        "data portability (Art. 20)",
        "objection (Art. 21)",
    )
    assert rights["Consent"][0].startswith("may be withdrawn at any time")
    assert rights["Complaint"][0].endswith("Datatilsynet")
    assert sections["Whether data must be provided, and what follows if they aren't"]["Obligatory"] == (
        ("address: Yes; no delivery",),
        "stated",
    )
    assert any(text.startswith("How to get a copy of the safeguards") for text in to_do(sections))


def test_what_the_record_cannot_supply_is_listed_as_something_to_do(organisation):
    activity = factories.activity(organisation, profiling="yes")

    _document, sections = draft(activity)

    assert [text for text in to_do(sections) if text.startswith("What for")] == [
        "What for, and on which legal basis (Arts. 13(1)(c), 14(1)(c)): Purposes",
        "What for, and on which legal basis (Arts. 13(1)(c), 14(1)(c)): Legal bases",
    ]
    assert "Recipients (Arts. 13(1)(e), 14(1)(e)): Recipients" in to_do(sections)
    assert [text for text in to_do(sections) if text.startswith("Automated")] == [
        f"Automated decisions, profiling included (Arts. 13(2)(f), 14(2)(g), 22): {label}"
        for label in ("Automated decisions", "Logic involved", "Significance and consequences", "Human intervention")
    ]
    assert "The notice that is in use (Arts. 12(1), 13, 14): Privacy notice" in to_do(sections)
    assert to_do(sections)[-1] == "How a person makes use of the rights, in plain language (Art. 12)"
    assert "Legitimate interests pursued" not in sections


def test_rights_follow_from_the_legal_bases_alone(organisation):
    activity = factories.activity(organisation)
    with change_set():
        activity.legal_bases.create(legal_basis=statutory("A6-1-c"))

    _document, sections = draft(activity)

    assert len(sections["Rights"]["Rights that follow from the legal bases"][0]) == 4
    assert "Consent" not in sections["Rights"]


def test_what_the_record_says_of_rights_profiling_consent_and_the_notice_stands_in_the_draft(organisation):
    activity = factories.activity(
        organisation,
        rights="Write to privacy@fjord.example.",
        rights_limits="No erasure of invoices.",
        profiling="yes",
        automated_decisions="no",
        profiling_logic="Orders of a year, weighed.",
        profiling_consequences="Other offers.",
        human_intervention="A clerk decides.",
        privacy_notice="Shop notice",
        privacy_notice_on=date(2026, 3, 2),
    )
    with change_set():
        activity.consents.create(name="Newsletter form", withdrawal="Link in every letter")
        activity.segments.create(name="Regulars", opt_out="Reply STOP")
        activity.data_categories.create(stated_as="orders", source="the customer")
        activity.data_categories.create(stated_as="scores", position=1)

    _document, sections = draft(activity)

    rights = sections["Rights"]
    assert rights["Rights available"] == ("Write to privacy@fjord.example.", "stated")
    assert rights["Limits on rights"] == ("No erasure of invoices.", "stated")
    assert rights["How it is withdrawn"] == (("Newsletter form: Link in every letter",), "stated")
    assert rights["Opt-out"] == (("Regulars: Reply STOP",), "stated")
    assert sections["Automated decisions, profiling included"] == {
        "Profiling": ("Yes", "stated"),
        "Automated decisions": ("No", "stated"),
        "Logic involved": ("Orders of a year, weighed.", "stated"),
        "Significance and consequences": ("Other offers.", "stated"),
        "Human intervention": ("A clerk decides.", "stated"),
    }
    assert sections["The notice that is in use"] == {
        "Privacy notice": ("Shop notice", "stated"),
        "Notice dated": ("2 March 2026", "stated"),
    }
    assert sections["Where the data come from, and whether publicly accessible"]["Source"] == (
        ("orders: the customer",),
        "stated",
    )
    assert "Where these data come from: scores (Art. 14(2)(f))" in to_do(sections)
    assert not [text for text in to_do(sections) if text.startswith(("Automated", "The notice", "How a person"))]


def test_nothing_is_asked_about_profiling_where_there_is_none(organisation):
    activity = factories.activity(organisation, profiling="no", automated_decisions="no")

    _document, sections = draft(activity)

    assert list(sections["Automated decisions, profiling included"]) == ["Profiling", "Automated decisions"]


def test_consent_without_a_way_to_withdraw_it_is_something_to_do(organisation):
    activity = factories.activity(organisation)
    with change_set():
        activity.legal_bases.create(legal_basis=statutory("A6-1-a"))

    _document, sections = draft(activity)

    assert sections["Rights"]["How it is withdrawn"] == ((), "not_stated")
    assert any(text.endswith("How it is withdrawn") for text in to_do(sections))


def test_joint_controllers_are_named(organisation):
    activity = factories.activity(organisation, role="joint_controller")
    with change_set():
        activity.joint_controllers.create(stated_as="Partner")

    _document, sections = draft(activity)

    assert sections["Who is responsible"]["Joint controllers"] == (("Partner",), "stated")


def test_an_organisation_without_contacts_is_asked_about_a_representative():
    organisation = factories.organisation()

    _document, sections = draft(factories.activity(organisation))

    assert "A representative in the Union, if Art. 27 demands one" in to_do(sections)
    assert sections["Rights"]["Complaint"] == ("", "stated")


def test_the_bases_of_the_united_kingdom_give_the_same_rights(organisation):
    activity = factories.activity(organisation)
    with change_set():
        activity.legal_bases.create(legal_basis=statutory("UK-A6-1-f"), interest="fraud")
        activity.legal_bases.create(legal_basis=statutory("UK-A6-1-a"), position=1)

    _document, sections = draft(activity)

    rights = sections["Rights"]["Rights that follow from the legal bases"][0]
    assert rights[-2:] == ("data portability (Art. 20)", "objection (Art. 21)")
    assert "Consent" in sections["Rights"]
    assert sections["Legitimate interests pursued"]["Legitimate interests"] == (("fraud",), "stated")


def test_special_data_need_their_condition_and_explicit_consent_is_consent(organisation):
    health = factories.make(models.DataCategory, name="Health", sensitivity="special_category")
    activity = factories.activity(organisation)
    label = "Condition for special categories (Arts. 9(2), 10)"
    assert label not in draft(activity)[1]["What for, and on which legal basis"]
    with change_set():
        activity.data_categories.create(category=health)
    _document, sections = draft(activity)
    assert sections["What for, and on which legal basis"][label] == ((), "not_stated")
    assert any(text.endswith(label) for text in to_do(sections))

    with change_set():
        activity.legal_bases.create(legal_basis=statutory("A6-1-c"), special_category_condition=statutory("A9-2-a"))

    _document, sections = draft(activity)
    assert sections["What for, and on which legal basis"][label] == (
        ("GDPR Art. 9(2)(a) – Explicit consent",), "stated",
    )  # fmt: skip
    assert "Consent" in sections["Rights"]


def test_whether_there_is_an_adequacy_decision_is_told_for_each_third_country(organisation):
    activity = factories.activity(organisation)
    with change_set():
        for place, country in enumerate(("JP", "IN", "DE")):
            activity.transfers.create(country=country, stated_as="someone", position=place)

    _document, sections = draft(activity)

    japan, india = sections["Transfers to third countries"]["Adequacy decisions of the Commission"][0]
    assert (japan.startswith("Japan: (EU) 2019/419"), india) == (True, "India: no adequacy decision")


def test_marketing_and_automated_decisions_bring_rights_of_their_own(organisation):
    activity = factories.activity(organisation, automated_decisions="yes")
    with change_set():
        activity.purposes.create(text="letters", term="DirectMarketing")

    _document, sections = draft(activity)

    assert sections["Rights"]["Rights that follow from the legal bases"][0][-2:] == (
        "objection to direct marketing at any time (Art. 21(2)), to be told clearly and apart (Art. 21(4))",
        "a human being's intervention, and to contest the automated decision (Art. 22(3))",
    )


def test_the_essence_of_an_arrangement_is_something_to_do(organisation):
    _document, sections = draft(factories.activity(organisation, role="joint_controller"))

    assert "The essence of the arrangement with the joint controllers, or where it can be read (Art. 26(2))" in to_do(
        sections
    )


def test_a_processor_gives_no_notice(organisation):
    activity = factories.activity(organisation, role="processor")

    with pytest.raises(ReportError, match="This is a record as processor: the controllers that it names inform people"):
        draft(activity)


@pytest.mark.parametrize(("country", "asked"), [("IE", False), ("GB", True), ("", True)])
def test_a_representative_is_asked_for_outside_the_economic_area_alone(country, asked):
    organisation = factories.organisation(country=country)
    with change_set():
        models.Contact.objects.create(organisation=organisation, kind="dpo_internal", name="Ane Dahl")

    _document, sections = draft(factories.activity(organisation))

    assert ("A representative in the Union, if Art. 27 demands one" in to_do(sections)) == asked
