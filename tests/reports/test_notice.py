import pytest

from registry import models
from registry.record.loader import load_register
from registry.reference.lawful_basis import BY_CODE
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
    assert ("data portability (Art. 20)" in rights["Rights"][0], "objection (Art. 21)" in rights["Rights"][0]) == (
        True,
        True,
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
    assert any("logic involved" in text for text in to_do(sections))
    assert to_do(sections)[-1] == "How a person makes use of the rights, in plain language (Art. 12)"
    assert "Legitimate interests pursued" not in sections


def test_rights_follow_from_the_legal_bases_alone(organisation):
    activity = factories.activity(organisation)
    with change_set():
        activity.legal_bases.create(legal_basis=statutory("A6-1-c"))

    _document, sections = draft(activity)

    assert len(sections["Rights"]["Rights"][0]) == 4
    assert "Consent" not in sections["Rights"]


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
