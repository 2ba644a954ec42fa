"""The forms of authorities: their own headings, what stands under them, and what the register doesn't hold."""

from datetime import date

import pytest
from django.utils import translation

from registry import models
from registry.record.loader import load_register
from registry.reports.layouts import ico, others, swiss
from registry.reports.layouts.fields import layout_list
from registry.versioning.writing import change_set
from tests import factories
from tests.reports.texts import PROVENANCE

pytestmark = pytest.mark.django_db

EVERY = [
    ico.CONTROLLER, ico.PROCESSOR, others.CNIL, others.GARANTE_CONTROLLER, others.GARANTE_PROCESSOR, others.DSK,
    swiss.FADP, swiss.FADP_PROCESSOR, others.ANPD,
]  # fmt: skip


def made(layout):
    return layout_list(layout, load_register(), PROVENANCE)


def rows(layout) -> list[dict]:
    (table,) = made(layout).tables
    headings = [column.title for column in table.columns]
    return [dict(zip(headings, row, strict=True)) for row in table.rows()]


@pytest.fixture
def organisation():
    found = factories.organisation(name="Fjord Foods AS", email="a@fjord.example")
    with change_set():
        models.Contact.objects.create(organisation=found, kind="dpo_internal", name="Ane Dahl")
        models.Contact.objects.create(organisation=found, kind="representative", name="Rep", position=1)
    return found


@pytest.fixture
def payroll(organisation):
    basis = factories.make(
        models.LegalBasis, code="T-1", title="Contract", citation="GDPR Art. 6(1)(b)", regime="eu", kind="lawful_basis"
    )
    condition = factories.make(
        models.LegalBasis, code="T-2", title="Employment", citation="GDPR Art. 9(2)(b)", regime="eu",
        kind="special_category_condition",
    )  # fmt: skip
    health = factories.make(models.DataCategory, name="Health", sensitivity="special_category")
    host = factories.make(models.Recipient, name="Host", kind="processor", contract_document="CS-1", country="US")
    desk = factories.make(models.System, name="Desk", hosting_country="DE")
    unit = factories.make(models.OrganisationUnit, organisation=organisation, name="HR")
    activity = factories.activity(
        organisation, reference="A-1", name="Payroll", unit=unit, contact="Head of HR", profiling="no",
        began_on=date(2020, 1, 2), last_reviewed_on=date(2026, 3, 4), retention_stated_as="six years",
        role="joint_controller",
    )  # fmt: skip
    with change_set():
        purpose = activity.purposes.create(text="wages")
        activity.legal_bases.create(
            legal_basis=basis, purpose=purpose, provision="the contract", interest="paying",
            special_category_condition=condition, schedule_1_condition="para 1", assessment_document="LIA-1",
        )  # fmt: skip
        activity.legal_bases.create(stated_as="custom", position=1)
        activity.data_subjects.create(stated_as="employees")
        activity.data_categories.create(category=health, source="the person")
        activity.data_categories.create(stated_as="bank details", position=1)
        activity.recipients.create(recipient=host)
        activity.recipients.create(stated_as="accounts", role="internal_unit", position=1)
        activity.transfers.create(recipient=host, country="US", safeguard="A46-2-c", document="clauses")
        activity.measures.create(stated_as="locked doors")
        activity.systems.create(system=desk)
        activity.joint_controllers.create(stated_as="Partner")
    return activity


def test_the_columns_of_the_ico_are_its_own_and_say_what_the_register_knows(payroll):
    (row,) = rows(ico.CONTROLLER)

    assert list(row)[:3] == [
        "Business function", "Purpose of processing", "Name and contact details of joint controller (if applicable)",
    ]  # fmt: skip
    assert len(ico.CONTROLLER.fields) == 30
    assert {heading: value for heading, value in row.items() if value} == {
        "Business function": ("HR", "Head of HR"),
        "Purpose of processing": ("wages",),
        "Name and contact details of joint controller (if applicable)": ("Partner",),
        "Categories of individuals": ("employees",),
        "Categories of personal data": ("Health", "bank details"),
        "Categories of recipients": ("Host (Processor)", "accounts (Internal unit)"),
        "Link to contract with processor": ("Host: CS-1",),
        "Names of third countries or international organisations that personal data are transferred to (if applicable)": ("United States",),
        "Safeguards for exceptional transfers of personal data to third countries or international organisations (if applicable)": (
            "United States: Standard contractual clauses of the Commission (GDPR Art. 46(2)(c)); clauses",
        ),
        "Retention schedule (if possible)": ("six years",),
        "General description of technical and organisational security measures (if possible)": ("locked doors",),
        "Article 6 lawful basis for processing personal data": ("GDPR Art. 6(1)(b) – Contract: the contract", "custom"),
        "Article 9 condition for processing special category data": ("GDPR Art. 9(2)(b) – Employment",),
        "Legitimate interests for the processing (if applicable)": ("paying",),
        "Link to record of legitimate interests assessment (if applicable)": ("LIA-1",),
        "Existence of automated decision-making, including profiling (if applicable)": ("Profiling: No",),
        "The source of the personal data (if applicable)": ("the person",),
        "Location of personal data": ("Desk (Germany)",),
        "Data Protection Act 2018 Schedule 1 Condition for processing": ("para 1",),
        "GDPR Article 6 lawful basis for processing": ("GDPR Art. 6(1)(b) – Contract: the contract", "custom"),
    }  # fmt: skip


def test_rights_consent_and_the_impact_assessment_stand_in_the_columns_of_the_ico(payroll):
    with change_set():
        payroll.rights, payroll.rights_limits = "access at HR", "no erasure of pay slips"
        payroll.save()
        payroll.consents.create(name="Photo form", evidence="binder 3")
        payroll.consents.create(name="App", position=1)
        payroll.impact_assessments.create(title="First", conclusion="not_required", position=0)
        payroll.impact_assessments.create(
            title="Second", conclusion="required", conclusion_reason="large scale", status="completed",
            completed_on=date(2026, 1, 5), document="DPIA-7", position=1,
        )  # fmt: skip

    (row,) = rows(ico.CONTROLLER)

    assert row["Rights available to individuals"] == ("access at HR", "Limits on rights: no erasure of pay slips")
    assert row["Link to record of consent"] == ("Photo form: binder 3", "App")
    assert row["Data Protection Impact Assessment required?"] == ("Yes: large scale",)
    assert row["Data Protection Impact Assessment progress"] == ("Completed, 5 January 2026",)
    assert row["Link to Data Protection Impact Assessment"] == ("DPIA-7",)


def test_the_policy_document_stands_in_the_columns_of_the_ico(payroll):
    with change_set():
        row = payroll.legal_bases.first()
        row.policy_document, row.policy_followed, row.policy_deviation = "APD 3", "no", "A court asked for it"
        row.save()

    (row,) = rows(ico.CONTROLLER)

    assert row["Link to retention and erasure policy document"] == ("APD 3",)
    assert row["Is personal data retained and erased in accordance with the policy document?"] == ("No",)
    assert row["Reasons for not adhering to policy document (if applicable)"] == ("A court asked for it",)


def test_an_impact_assessment_that_nobody_decided_on_leaves_its_columns_empty(payroll):
    with change_set():
        payroll.impact_assessments.create(title="Begun")

    (row,) = rows(ico.CONTROLLER)

    assert [row[f"Data Protection Impact Assessment {what}"] for what in ("required?", "progress")] == [(), ()]


def test_columns_that_the_register_does_not_hold_are_named(payroll):
    notes = made(ico.CONTROLLER).footnotes

    assert notes[1].startswith("This register doesn't hold what these columns ask for")
    assert "Has a personal data breach occurred?" in notes[1]
    assert "Rights available to individuals" not in notes[1]
    assert "Optional columns" in notes[2]


def test_a_processors_record_in_the_columns_of_the_ico(organisation):
    client = factories.organisation(name="Client", is_own=False, email="c@client.example")
    with change_set():
        models.Contact.objects.create(organisation=client, kind="representative", name="Client's rep")
    activity = factories.activity(organisation, role="processor", transfers_answer="no")
    factories.activity(organisation, name="As controller")
    with change_set():
        activity.controllers.create(organisation=client, categories_of_processing="hosting")
        activity.controllers.create(stated_as="Another", position=1)

    (row,) = rows(ico.PROCESSOR)

    assert row["Controller"] == ("Client\nc@client.example\nRepresentative: Client's rep", "Another")
    assert row["Data protection officer"] == ("Ane Dahl",)
    assert row["Representative (if applicable)"] == ("Rep",)
    assert row["Controller representative (if applicable)"] == ("Client's rep",)
    assert row["Categories of processing"] == ("hosting",)
    assert list(row.values())[-3:] == ["No", "not applicable", "not stated"]


def test_the_list_of_the_cnil_is_french_whatever_the_language(payroll):
    (row,) = rows(others.CNIL)

    assert list(row)[:6] == [
        "Nom du traitement", "N° / RÉF", "Date de création de la fiche", "Dernière mise à jour de la fiche",
        "Finalité du traitement", "Données sensibles ? Oui/non",
    ]  # fmt: skip
    assert list(row.values())[:6] == [
        "Payroll", "A-1", date(2020, 1, 2), date(2026, 3, 4), ("wages",), ("Oui", "Health"),
    ]  # fmt: skip


def test_the_sheet_of_the_dsk_numbers_the_data_and_parts_internal_recipients_from_others(payroll):
    (row,) = rows(others.DSK)

    assert row["Kategorien personenbezogener Daten"] == ("1. Health", "2. bank details")
    assert (row["Empfänger: intern"], row["Empfänger: extern"]) == (("accounts",), ("Host",))
    assert row["Rechtsgrundlagen"] == ("GDPR Art. 6(1)(b) – Contract: the contract", "custom")
    assert len(row["Datum der Einführung / der letzten Änderung"]) == 2


def test_the_tables_of_the_garante_put_purposes_and_bases_together(payroll):
    (row,) = rows(others.GARANTE_CONTROLLER)

    assert row["Finalità e basi legali del trattamento"] == (
        "wages (GDPR Art. 6(1)(b) – Contract: the contract)", "custom",
    )  # fmt: skip


@pytest.mark.parametrize("layout", EVERY)
def test_what_nobody_stated_says_so_in_the_language_of_the_form_and_no_is_an_answer(layout, organisation):
    for role in ("controller", "processor"):
        factories.activity(organisation, role=role, name="")

    found = rows(layout)

    stated = [layout.not_stated in row.values() for row in found]
    assert stated == [True] * len(found)
    assert {len(row) for row in found} == {len(layout.fields)}


def test_none_is_no_only_where_it_is_answered(organisation):
    factories.activity(
        organisation, reference="A-1", recipients_answer="no", transfers_answer="no", special_categories="no"
    )
    factories.activity(organisation, reference="A-2")

    answered, silent = rows(ico.CONTROLLER)

    heading = "Categories of recipients"
    assert (answered[heading], silent[heading]) == ("No", "not stated")
    answered, silent = rows(others.DSK)
    assert (answered["Empfänger: extern"], silent["Empfänger: extern"]) != ("keine Angabe", "keine Angabe")
    assert silent["Empfänger: extern"] == "keine Angabe"


@pytest.mark.parametrize("layout", EVERY)
def test_a_form_is_taken_from_somewhere_and_has_a_language(layout):
    listing = made(layout)

    assert (listing.footnotes[0], listing.title) == (layout.origin, layout.title)
    assert layout.language in {"en", "fr", "it", "de", "pt"}
    assert len({field.heading for field in layout.fields}) == len(layout.fields)


def test_the_list_counts_the_records_that_belong_in_the_form(organisation):
    factories.activity(organisation)
    for _ in range(2):
        factories.activity(organisation, role="processor")

    counted = [dict(made(layout).about)["Records"] for layout in (ico.CONTROLLER, ico.PROCESSOR)]

    assert counted == ["1", "2"]


def test_what_stands_around_a_form_is_in_its_language_where_that_is_one_of_ours(organisation):
    with translation.override("en"):
        spoken = {
            layout.title: (listing.language, next(label for label, _ in listing.about if label != layout.party))
            for layout, listing in ((layout, made(layout)) for layout in EVERY)
        }

    assert spoken[others.DSK.title] == ("de", "Stand")
    assert spoken[others.CNIL.title] == ("fr", "État au")
    assert {spoken[layout.title] for layout in (others.ANPD, others.GARANTE_PROCESSOR, ico.PROCESSOR)} == {
        ("en", "As at")
    }


@pytest.mark.parametrize("number", [1, 3])
@pytest.mark.parametrize("layout", EVERY)
def test_the_number_of_queries_is_fixed(layout, number, organisation, django_assert_num_queries):
    for _ in range(number):
        factories.activity(organisation)
    register = load_register()

    with django_assert_num_queries(2):  # to count them, and for the rows
        list(layout_list(layout, register, PROVENANCE).tables[0].rows())


@pytest.mark.parametrize(
    ("layout", "party"),
    [
        (ico.CONTROLLER, "Controller"),
        (others.CNIL, "Responsable du traitement"),
        (others.GARANTE_CONTROLLER, "Titolare del trattamento"),
    ],
)
def test_whose_record_it_is_stands_above_the_rows_and_in_them_where_there_are_several(payroll, layout, party):
    with change_set():
        payroll.organisation.registration_number = "NO 123"
        payroll.organisation.save()
    (named,) = [value for label, value in made(layout).about if label == party]
    assert named.splitlines()[:2] == ["Fjord Foods AS", "a@fjord.example"]
    assert ("Ane Dahl" in named, "Rep" in named, named.endswith("NO 123")) == (True, True, True)
    assert party not in rows(layout)[0]

    factories.activity(factories.organisation(name="Ålesund Fisk AS"), name="Selling")

    assert {row[party] for row in rows(layout)} == {"Fjord Foods AS", "Ålesund Fisk AS"}
    assert [value.splitlines()[0] for label, value in made(layout).about if label == party] == [
        "Fjord Foods AS", "Ålesund Fisk AS",
    ]  # fmt: skip


def test_what_does_not_apply_is_not_said_to_be_missing(organisation):
    activity = factories.activity(organisation, transfers_answer="no")

    def told():
        row = rows(ico.CONTROLLER)[0]
        return [row[column.heading] for column in (ico.CONTROLLER.fields[2], ico.CONTROLLER.fields[8])]

    assert told() == ["none", "not applicable"]
    with change_set():
        activity.role, activity.transfers_answer = "joint_controller", "not_assessed"
        activity.save()
    assert told() == ["not stated", "not stated"]


def test_what_is_done_for_each_controller_is_told_apart_where_it_differs(organisation):
    activity = factories.activity(organisation, role="processor")
    with change_set():
        activity.controllers.create(stated_as="East", categories_of_processing="picking")
        activity.controllers.create(stated_as="West", categories_of_processing="picking, labels", position=1)

    assert rows(ico.PROCESSOR)[0]["Categories of processing"] == ("East: picking", "West: picking, labels")
    with change_set():
        activity.controllers.update_or_create(stated_as="West", defaults={"categories_of_processing": "picking"})
    assert rows(ico.PROCESSOR)[0]["Categories of processing"] == ("picking",)


def test_a_representative_that_is_called_as_its_company_is_named_once(organisation):
    client = factories.organisation(name="Client", is_own=False)
    with change_set():
        models.Contact.objects.create(
            organisation=client, kind="representative", name="Rep BV", company="Rep BV", email="r@rep.example"
        )
    activity = factories.activity(organisation, role="processor")
    with change_set():
        activity.controllers.create(organisation=client)

    assert rows(ico.PROCESSOR)[0]["Controller representative (if applicable)"] == ("Rep BV · r@rep.example",)


def test_switzerland_is_told_every_state_abroad(organisation):
    at_home, german, unknown = (
        factories.make(models.Recipient, name=name, country=country)
        for name, country in (("Post", "CH"), ("Host", "DE"), ("Friend", ""))
    )
    activity = factories.activity(organisation, transfers_answer="no")

    def told(*recipients):
        with change_set():
            activity.recipients.all().delete()
            for place, one in enumerate(recipients):
                activity.recipients.create(recipient=one, position=place)
        return rows(swiss.FADP)[0]["If disclosed abroad: the State"]

    assert [told(), told(at_home), told(at_home, german), told(at_home, unknown)] == [
        "not stated", "No", ("Germany",), "not stated",
    ]  # fmt: skip


def test_a_processors_record_in_switzerland(organisation):
    activity = factories.activity(organisation, role="processor", name="Hosting")
    with change_set():
        activity.controllers.create(stated_as="Client", categories_of_processing="hosting")

    (row,) = rows(swiss.FADP_PROCESSOR)

    assert (row["Processing activity"], row["Identity of the controller"], row["Categories of processing"]) == (
        "Hosting", ("Client",), ("hosting",),
    )  # fmt: skip
    assert row["Identity of the processor"][0] == "Fjord Foods AS"


@pytest.mark.parametrize(
    ("language", "heading", "answer", "title"),
    [
        ("en", "If disclosed abroad: the State", "No", "Switzerland: record of processing activities (FADP Art. 12)"),
        ("de", "Bei Bekanntgabe ins Ausland: der Staat", "Nein", "Schweiz: Verzeichnis der Bearbeitungstätigkeiten (Art. 12 DSG)"),
        ("fr", "En cas de communication à l’étranger\u202f: l’État", "Non", "Suisse\u202f: registre des activités de traitement (art. 12 LPD)"),
        ("pt", "If disclosed abroad: the State", "No", "Switzerland: record of processing activities (FADP Art. 12)"),
    ],
)  # fmt: skip
def test_the_record_of_switzerland_is_in_the_language_that_is_asked_for(organisation, language, heading, answer, title):
    activity = factories.activity(organisation, transfers_answer="no")
    with change_set():
        activity.recipients.create(recipient=factories.make(models.Recipient, name="Post", country="CH"))

    with translation.override(language):
        made_there = made(swiss.FADP)
        said = rows(swiss.FADP)[0][heading]

    assert (made_there.title, said) == (title, answer)
