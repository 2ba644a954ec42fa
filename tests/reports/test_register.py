import io
from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone, translation

from registry import models
from registry.record.loader import load_register
from registry.reports.pdf import write_pdf
from registry.reports.provenance import Provenance
from registry.reports.record import record_report
from registry.reports.register import register_report
from registry.reports.summary import BRIEF
from registry.versioning.writing import change_set
from tests import factories
from tests.reports import registers
from tests.reports.texts import MOMENT, PROVENANCE, cover, document

pytestmark = pytest.mark.django_db

CONTROLLER, PROCESSOR = "Records as controller (GDPR Art. 30(1))", "Records as processor (GDPR Art. 30(2))"


def pdf(found) -> bytes:
    out = io.BytesIO()
    write_pdf(found, out)
    return out.getvalue()


def rows(part):
    return [row.cells for row in part.summary.rows()]


def test_the_cover_names_the_controller_with_everything_that_is_asked_for():
    organisation = factories.organisation(
        name="Fjord Foods AS", legal_form="AS", registration_number="NO 1", address="Kai 1\nBergen", country="NO",
        email="a@fjord.example", phone="+47 1", supervisory_authority="Datatilsynet",
    )  # fmt: skip
    with change_set():
        models.Contact.objects.create(
            organisation=organisation, kind="dpo_internal", name="Ane Dahl", email="dpo@fjord.example"
        )
        models.Contact.objects.create(organisation=organisation, kind="other", name="Front desk", position=1)
    factories.activity(organisation)

    blocks = cover(document())

    assert blocks["Controller"] == {
        "Name": "Fjord Foods AS", "Legal form": "AS", "Registration number": "NO 1", "Address": "Kai 1\nBergen\nNorway",
        "E-mail": "a@fjord.example", "Telephone": "+47 1", "Website": "", "Supervisory authority": "Datatilsynet",
        "Representative": "", "Data protection officer": "Ane Dahl · dpo@fjord.example", "Other contact": "Front desk",
    }  # fmt: skip


def test_the_cover_says_what_the_document_is():
    factories.activity(factories.organisation())
    factories.activity(models.Organisation.objects.get(), role="processor")
    last = models.ChangeSet.objects.latest("sequence")

    found = document(Provenance("Ann Officer", MOMENT, ("status Approved", "search “payroll”")))

    about = cover(found)["This document"]
    assert about.pop("As at").endswith(" UTC")
    assert about == {
        "Records": "2: 1 as controller, 1 as processor",
        "Filters": "status Approved; search “payroll”",
        "Change set": str(last.sequence),
        "Chain head": last.digest,
        "Produced": "22 November 2026, 09:30:00 UTC, by Ann Officer",
    }
    assert f"change set {last.sequence} · chain head {last.digest[:16]}…" in found.foot
    assert list(cover(found))[1] == "Controller and processor"


def test_controllers_and_processors_records_stand_in_parts_of_their_own():
    organisation = factories.organisation()
    factories.activity(organisation, reference="A-10", name="ten")
    factories.activity(organisation, reference="A-9", name="nine", role="joint_controller")
    factories.activity(organisation, reference="A-1", name="one", role="processor")

    first, second = document().parts

    assert [first.title, second.title] == [CONTROLLER, PROCESSOR]
    assert [card.reference for card in first.cards()] == ["A-9", "A-10"]
    assert [card.reference for card in second.cards()] == ["A-1"]
    assert [card.key for card in first.cards()] == [row.key for row in first.summary.rows()]


def test_the_register_of_one_role_is_called_so_and_has_no_part_for_the_other():
    organisation = factories.organisation()
    factories.activity(organisation)
    served = factories.activity(organisation, role="processor")

    found = register_report(load_register().only([served.pk]), PROVENANCE, "processor")

    assert [part.title for part in found.parts] == [PROCESSOR]
    assert (found.cover.title, cover(found)["This document"]["Records"]) == ("Register as processor", "1")


def test_the_list_of_a_controller_tells_the_gist_of_each_record():
    contract = factories.make(
        models.LegalBasis, code="T-1", title="Contract", citation="GDPR Art. 6(1)(b)", regime="eu", kind="lawful_basis"
    )
    own = factories.make(models.LegalBasis, code="T-2", title="By-laws", regime="eu", kind="lawful_basis")
    offence = factories.make(models.DataCategory, name="Convictions", sensitivity="criminal_offence")
    organisation = factories.organisation()
    unit = factories.make(models.OrganisationUnit, organisation=organisation, name="Sales")
    full = factories.activity(organisation, reference="A-1", name="one", unit=unit, special_categories="yes")
    factories.activity(organisation, reference="A-2", name="two", special_categories="no", transfers_answer="no")
    factories.activity(organisation, reference="A-3", name="three")
    parent = factories.make(models.Recipient, name="Parent Inc.")
    with change_set():
        for basis, words in ((contract, ""), (contract, "again"), (own, ""), (None, "very " * 30)):
            full.legal_bases.create(legal_basis=basis, stated_as=words)
        full.data_categories.create(category=offence)
        for values in (
            {"country": "US"},
            {"international_organisation": "ILO"},
            {"stated_as": "abroad"},
            {"recipient": parent},
        ):
            full.transfers.create(**values)

    part = document().parts[0]

    assert part.summary.columns == ("Reference", "Name", "Unit", "Legal bases", "Special data", "Transfers")
    long_words = ("very " * 30)[: BRIEF - 1].rstrip() + "…"
    assert rows(part) == [
        (
            "A-1",
            "one",
            "Sales",
            f"Art.\xa06(1)(b), By-laws, {long_words}",
            "Art. 9, Art. 10",
            "United States, ILO, abroad, Parent Inc.",
        ),
        ("A-2", "two", "", "", "none", "none"),
        ("A-3", "three", "", "", "", ""),
    ]


def test_the_list_of_a_processor_names_those_it_works_for():
    organisation = factories.organisation()
    client = factories.organisation(name="Client plc", is_own=False)
    activity = factories.activity(organisation, reference="A-1", name="one", role="processor")
    with change_set():
        activity.controllers.create(organisation=client)
        activity.controllers.create(stated_as="the sister company", position=1)

    part = document().parts[1]

    assert part.summary.columns == ("Reference", "Name", "Unit", "Controllers served", "Transfers")
    assert rows(part) == [("A-1", "one", "", "Client plc, the sister company", "")]


def test_several_organisations_are_each_on_the_cover_and_in_the_list():
    for name, role in (("Beta", "processor"), ("Alpha", "controller")):
        factories.activity(factories.organisation(name=name), reference=name, role=role)
    factories.organisation(name="Without records")

    found = document()

    assert [(heading, dict(lines).get("Name")) for heading, lines in found.cover.blocks] == [
        ("This document", None), ("Controller", "Alpha"), ("Processor", "Beta"),
    ]  # fmt: skip
    assert found.cover.subtitle == "Alpha, Beta"
    assert found.parts[0].summary.columns[0] == "Organisation"
    assert rows(found.parts[0])[0][:2] == ("Alpha", "Alpha")
    assert next(found.parts[1].cards()).facts[0] == ("Organisation", "Beta")


def test_many_organisations_are_counted_in_the_title_and_all_on_the_cover():
    for number in range(4):
        factories.activity(factories.organisation(name=f"Group {number}"))

    found = document()

    assert found.cover.subtitle == "4 organisations"
    assert len(found.cover.blocks) == 5


def test_one_organisation_has_its_register_alone():
    wanted = factories.organisation(name="Alpha")
    factories.activity(wanted, reference="A-1")
    factories.activity(factories.organisation(name="Beta"), reference="B-1")

    found = document(organisation=wanted.pk)

    assert [card.reference for part in found.parts for card in part.cards()] == ["A-1"]
    assert found.running_head == "Record of processing activities · Alpha"


def test_an_empty_register_is_a_document_that_says_so():
    found = document()

    assert found.cover.subtitle == "no organisation"
    assert cover(found)["This document"]["Records"] == "0: 0 as controller, 0 as processor"
    assert cover(found)["This document"]["Chain head"] == "none; the history is empty"
    assert [part.empty for part in found.parts] == [
        "The organisation has no record as controller in this document.",
        "The organisation has no record as processor in this document.",
    ]
    assert pdf(found).startswith(b"%PDF-")


def test_an_organisation_without_records_is_still_named():
    factories.organisation(name="Fjord Foods AS")

    assert document().cover.subtitle == "Fjord Foods AS"


def test_a_part_that_filters_have_emptied_says_that_they_may_have():
    factories.activity(factories.organisation())

    found = document(Provenance("Ann", MOMENT, ("status Retired",)))

    assert found.parts[1].empty.endswith("The filters named on the cover may have left some out.")


def test_the_same_register_gives_the_same_bytes():
    registers.awkward_register()
    register = load_register()

    first, second = (pdf(register_report(register, PROVENANCE)) for _ in range(2))

    assert first == second


def test_a_past_register_is_printed_as_it_was():
    organisation = factories.organisation(name="Old name")
    activity = factories.activity(organisation, reference="A-1", name="then")
    before = models.ChangeSet.objects.latest("sequence").made_at
    with change_set():
        activity.name = "now"
        activity.save()
        organisation.name = "New name"
        organisation.save()

    found = document(as_at=before)

    assert (found.cover.subtitle, next(found.parts[0].cards()).title) == ("Old name", "then")
    assert document().cover.subtitle == "New name"


def test_the_language_in_force_is_the_document_s():
    factories.activity(factories.organisation())

    with translation.override("de"):
        found = document()

    assert found.language == "de"
    assert pdf(found).startswith(b"%PDF-")


def test_moments_are_told_in_the_time_zone_in_force():
    factories.activity(factories.organisation())

    with timezone.override("Europe/Dublin"):
        about = cover(document(Provenance("Ann", datetime(2026, 7, 1, 12, 0, tzinfo=UTC))))["This document"]

    assert about["Produced"] == "1 July 2026, 13:00:00 IST, by Ann"


@pytest.mark.parametrize("number", [1, 3])
def test_the_number_of_queries_is_fixed(number, django_assert_num_queries):
    organisation = factories.organisation()
    for place in range(number):
        activity = factories.activity(organisation, role=("controller", "processor")[place % 2])
        with change_set():
            activity.purposes.create(text="x")
            activity.recipients.create(stated_as="y")

    with django_assert_num_queries(12):  # the last change set, ten kinds of entries, the index
        register = load_register()
    processors = int(number > 1)
    with django_assert_num_queries(
        3 + 2 * processors
    ):  # sorting, then the list and the cards of each part that has any
        pdf(register_report(register, PROVENANCE))


def test_one_record_is_a_document_of_its_own():
    organisation = factories.organisation(name="Fjord Foods AS")
    activity = factories.activity(organisation, reference="A-1", name="Payroll")
    register = load_register(as_at=timezone.now() + timedelta(0)).only([activity.pk])

    found = record_report(register, next(register.activities()), PROVENANCE)

    (part,) = found.parts
    (card,) = part.cards()
    assert (found.cover, found.contents, part.title) == (None, False, "Record as controller (GDPR Art. 30(1))")
    assert [card.sections[0].title, card.sections[-1].title] == ["Controller", "This document"]
    assert [line.label for line in card.sections[-1].lines] == ["As at", "Change set", "Chain head", "Produced"]
    assert found.title == "A-1 Payroll – Fjord Foods AS"
    assert pdf(found).startswith(b"%PDF-")


def test_one_processor_s_record_is_headed_by_the_processor():
    activity = factories.activity(factories.organisation(), role="processor")
    register = load_register().only([activity.pk])

    found = record_report(register, next(register.activities()), PROVENANCE)

    assert found.parts[0].title == "Record as processor (GDPR Art. 30(2))"
    (card,) = found.parts[0].cards()
    assert card.sections[0].title == "Processor"


@pytest.mark.parametrize(
    ("role", "said"),
    [
        ("", "none; all records of the register are included"),
        ("controller", "none; all records of the kind that this report is about are included"),
        ("processor", "none; all records of the kind that this report is about are included"),
    ],
)
def test_a_document_of_one_role_does_not_claim_to_hold_all_records(role, said):
    organisation = factories.organisation()
    factories.activity(organisation)
    factories.activity(organisation, role="processor")

    found = register_report(load_register(), PROVENANCE, role)

    assert cover(found)["This document"]["Filters"] == said
