from datetime import date

import pytest
from django.utils import translation

from registry import models
from registry.reports.rows import quoted
from registry.versioning.writing import change_set
from tests import factories
from tests.reports.texts import card_of, section

pytestmark = pytest.mark.django_db

CONTROLLER = [
    ("The activity", ""),
    ("Joint controllers", "GDPR Art. 30(1)(a)"),
    ("Purposes of the processing", "GDPR Art. 30(1)(b)"),
    ("Legal bases", "GDPR Arts. 6, 9, 10"),
    ("Categories of data subjects", "GDPR Art. 30(1)(c)"),
    ("Categories of personal data", "GDPR Art. 30(1)(c)"),
    ("Recipients", "GDPR Art. 30(1)(d)"),
    ("Transfers to third countries or international organisations", "GDPR Art. 30(1)(e)"),
    ("Time limits for erasure", "GDPR Art. 30(1)(f)"),
    ("Technical and organisational measures", "GDPR Art. 30(1)(g)"),
    ("Profiling and automated decisions", "GDPR Arts. 13(2)(f), 22"),
    ("Review and remarks", ""),
]
PROCESSOR = [
    ("The activity", ""),
    ("Controllers served and categories of processing", "GDPR Art. 30(2)(a)-(b)"),
    ("Transfers to third countries or international organisations", "GDPR Art. 30(2)(c)"),
    ("Technical and organisational measures", "GDPR Art. 30(2)(d)"),
    ("Review and remarks", ""),
]
FURTHER = "Further particulars, not required by Art. 30(2)"


def headings(card):
    return [(found.title, found.article) for found in card.sections]


def owner():
    return factories.organisation(name="Fjord Foods AS")


def add(activity, **rows):
    """Add rows to an activity: its lists by name, each a list of values."""
    with change_set():
        return {
            relation: [
                getattr(activity, relation).create(position=place, **values) for place, values in enumerate(listed)
            ]
            for relation, listed in rows.items()
        }


def test_an_empty_record_of_a_controller_has_every_section_and_says_what_is_not_stated():
    card = card_of(factories.activity(owner(), reference="A-1", name="Payroll"))

    assert headings(card) == CONTROLLER
    assert (card.reference, card.title) == ("A-1", "Payroll")
    assert card.facts == (
        ("Organisation", "Fjord Foods AS"), ("Unit", ""), ("Our role", "Controller"), ("Status", "Draft"), ("Owner", ""),
        ("Contact", ""), ("Began on", ""), ("May be published", "No"),
    )  # fmt: skip
    values = [value for title, _ in CONTROLLER for value in section(card, title).values()]
    assert values.count("<not_stated>") == len(values) - 1
    assert section(card, "Joint controllers") == {"Joint controllers": "<none>none (our role is “Controller”)"}


def test_an_empty_record_of_a_processor_has_the_sections_of_its_own_paragraph_alone():
    card = card_of(factories.activity(owner(), role="processor"))

    assert headings(card) == PROCESSOR


def test_what_a_processor_states_beyond_its_paragraph_stands_under_a_heading_that_says_so():
    activity = factories.activity(owner(), role="processor", recipients_answer="no")
    add(
        activity,
        purposes=[{"text": "sending parcels"}],
        data_categories=[{"stated_as": "addresses", "source": "the client"}],
    )

    card = card_of(activity)

    assert headings(card) == [*PROCESSOR, (FURTHER, "")]
    assert section(card, FURTHER) == {
        "Purposes": ("sending parcels",),
        "Data categories": (("Data category", "Source"), ("addresses", "the client")),
        "Recipients": "<none>",
    }


def test_a_joint_controller_without_partners_has_not_stated_them():
    card = card_of(factories.activity(owner(), role="joint_controller"))

    assert section(card, "Joint controllers") == {"Joint controllers": "<not_stated>"}


def test_answers_are_told_from_silence():
    activity = factories.activity(
        owner(), special_categories="no", recipients_answer="no", transfers_answer="yes", profiling="yes"
    )

    card = card_of(activity)

    assert section(card, "Categories of personal data")["Special categories of data"] == "No"
    assert section(card, "Recipients") == {"Recipients": "<none>"}
    assert section(card, "Transfers to third countries or international organisations") == {
        "Transfers": "<not_stated>not stated, although it is answered that there are some"
    }
    assert section(card, "Profiling and automated decisions") == {
        "Profiling": "Yes",
        "Automated decisions": "<not_stated>",
        "Logic involved": "<not_stated>",
        "Significance and consequences": "<not_stated>",
    }


@pytest.mark.parametrize(
    ("answers", "open_questions"),
    [
        ({"profiling": "no", "automated_decisions": "no"}, []),
        (
            {"profiling": "no", "automated_decisions": "yes"},
            ["Logic involved", "Significance and consequences", "Human intervention"],
        ),
    ],
)
def test_what_people_are_told_of_automated_decisions_is_open_only_where_there_are_some(answers, open_questions):
    card = card_of(factories.activity(owner(), **answers))

    found = section(card, "Profiling and automated decisions")
    assert [label for label, value in found.items() if value == "<not_stated>"] == open_questions


def test_the_head_has_dates_in_words_and_what_else_is_stated():
    activity = factories.activity(
        owner(),
        began_on=date(2020, 2, 3),
        ends_on=date(2027, 1, 31),
        tags="hr",
        external_reference="X/1",
        is_public=True,
    )

    facts = dict(card_of(activity).facts)

    assert {label: facts[label] for label in ("Began on", "Ends on", "Tags", "External reference", "May be published")} == {
        "Began on": "3 February 2020", "Ends on": "31 January 2027", "Tags": "hr", "External reference": "X/1",
        "May be published": "Yes",
    }  # fmt: skip


def test_remarks_and_left_over_words_are_printed_where_there_are_any():
    activity = factories.activity(owner(), dpo_remark="check this", unplaced="Sheet 2: old", review_interval=12)

    assert section(card_of(activity), "Review and remarks") == {
        "Review every (months)": "12",
        "Last reviewed on": "<not_stated>",
        "Next review on": "<not_stated>",
        "Remark of the data protection officer": "check this",
        "Other words of the source": "Sheet 2: old",
    }


def test_several_purposes_are_numbered_and_legal_bases_point_to_them():
    contract = factories.make(
        models.LegalBasis, code="T-1", title="Contract", citation="GDPR Art. 6(1)(b)", regime="eu", kind="lawful_basis"
    )
    activity = factories.activity(owner())
    purposes = add(activity, purposes=[{"text": "wages"}, {"text": "tax", "term": "dpv:LegalCompliance"}])["purposes"]
    add(
        activity,
        legal_bases=[
            {"legal_basis": contract, "stated_as": "the contract", "purpose": purposes[1], "provision": "section 2"},
            {"stated_as": "we have always done so", "assessed_on": date(2025, 1, 2)},
        ],
    )

    card = card_of(activity)

    purposes_section = next(found for found in card.sections if found.title == "Purposes of the processing")
    assert purposes_section.lines[0].numbered
    assert section(card, "Legal bases") == {
        "Legal bases": (
            "GDPR Art. 6(1)(b) – Contract\n“the contract”\nFor purpose: no. 2 · Provision: section 2",
            "we have always done so\nAssessed on: 2 January 2025",
        )
    }


def test_a_single_purpose_to_which_nothing_points_has_no_number():
    activity = factories.activity(owner())
    add(activity, purposes=[{"text": "wages"}])

    purposes = next(found for found in card_of(activity).sections if found.title == "Purposes of the processing")

    assert not purposes.lines[0].numbered


def test_data_say_whose_they_are_and_what_is_special_about_them():
    children = factories.make(models.DataSubjectCategory, name="Pupils", vulnerable="yes")
    health = factories.make(models.DataCategory, name="Diagnoses", sensitivity="special_category")
    activity = factories.activity(owner(), retention_stated_as="ten years")
    subject = add(activity, data_subjects=[{"category": children, "approximate_number": 30}])["data_subjects"][0]
    add(
        activity,
        data_categories=[
            {
                "category": health,
                "stated_as": "from the file",
                "data_subject": subject,
                "retention_stated_as": "one year",
            },
            {"stated_as": "names", "obligatory": "yes"},
        ],
    )

    card = card_of(activity)

    assert section(card, "Categories of data subjects") == {
        "Data subjects": (("Data subjects", "Approximate number"), ("Pupils (vulnerable)", "30"))
    }
    assert section(card, "Categories of personal data")["Data categories"] == (
        ("Data category", "Whose", "Kept for", "Obligatory"),
        ("Diagnoses (Special category, Art. 9)\n“from the file”", "Pupils (vulnerable)", "one year", ""),
        ("names", "all", "as for all other categories", "Yes"),
    )


def test_a_recipient_comes_with_its_role_its_place_and_its_contract():
    host = factories.make(models.Recipient, name="Host Ltd")
    entry = factories.make(
        models.Recipient, name="Payrollers", kind="processor", address="1 Quay\nCork", country="IE", sub_processor_of=host,
        contract_kind="processing_contract", contract_signed_on=date(2024, 5, 1), contract_document="File 7",
    )  # fmt: skip
    activity = factories.activity(owner(), recipients_answer="yes")
    add(
        activity,
        recipients=[{"recipient": entry, "what_for": "wages", "role": "sub_processor"}, {"stated_as": "the bank"}],
    )

    assert section(card_of(activity), "Recipients") == {
        "Recipients": (
            ("Recipient", "Role", "Established in", "Contract", "What for"),
            (
                "Payrollers",
                "Sub-processor of Host Ltd",
                "1 Quay, Cork, Ireland",
                "Contract with a processor, Art. 28(3); Contract signed on: 1 May 2024; Contract document: File 7",
                "wages",
            ),
            ("the bank", "", "", "", ""),
        )
    }


def test_a_transfer_shows_that_its_country_or_safeguard_is_missing():
    activity = factories.activity(owner(), transfers_answer="yes")
    add(
        activity,
        transfers=[
            {"stated_as": "the parent", "international_organisation": "ILO"},
            {"stated_as": "x", "country": "US"},
        ],
    )

    assert section(card_of(activity), "Transfers to third countries or international organisations") == {
        "Transfers": (
            ("Transfer to", "Country", "Safeguard"),
            ("the parent", "ILO", ""),
            ("x", "United States", ""),
        )
    }


def test_rows_with_very_much_to_say_become_entries_that_still_say_what_is_missing():
    activity = factories.activity(owner(), transfers_answer="yes")
    add(
        activity,
        transfers=[{"stated_as": "x", "country": "US", "supplementary_measures": "long " * 80, "document": "D1"}],
    )

    (entry,) = section(card_of(activity), "Transfers to third countries or international organisations")["Transfers"]

    assert (
        entry
        == f"x\nCountry: United States · Safeguard: not stated · Document: D1\nSupplementary measures: {'long ' * 80}"
    )


def test_measures_and_systems_bring_what_their_entries_say():
    provider = factories.make(models.Recipient, name="Cloud Oy")
    locks = factories.make(models.SecurityMeasure, name="Locks", description="on every door")
    system = factories.make(models.System, name="Payroll 3", hosting_country="FI", provider=provider)
    activity = factories.activity(owner())
    add(
        activity,
        measures=[{"measure": locks}, {"stated_as": "care"}],
        systems=[{"system": system}, {"stated_as": "paper"}],
    )

    assert section(card_of(activity), "Technical and organisational measures") == {
        "Security measures": (("Security measure", "How it is done"), ("Locks", "on every door"), ("care", "")),
        "Systems": (("System", "Hosted in", "Provider"), ("Payroll 3", "Finland", "Cloud Oy"), ("paper", "", "")),
    }


def test_partners_come_with_address_contact_representative_and_officer():
    partner = factories.organisation(
        name="Sister Ltd", is_own=False, address="2 Mill Road\nLeeds", country="GB", email="a@b.example"
    )
    bare = factories.organisation(name="Bare Ltd", is_own=False)
    with change_set():
        models.Contact.objects.create(
            organisation=partner, kind="representative", name="EU Rep", country="IE", phone="1"
        )
        models.Contact.objects.create(
            organisation=partner, kind="dpo_external", name="Dee", company="Dee & Co", position=1
        )
    activity = factories.activity(owner(), role="processor")
    add(
        activity,
        controllers=[
            {"organisation": partner, "categories_of_processing": "printing wage slips"},
            {"organisation": bare, "stated_as": "since 2020"},
        ],
    )

    assert section(card_of(activity), "Controllers served and categories of processing") == {
        "Controllers served": (
            "Sister Ltd\n2 Mill Road · Leeds · United Kingdom · a@b.example\nRepresentative: EU Rep · Ireland · 1\n"
            "Data protection officer: Dee, Dee & Co (external)\nCategories of processing: printing wage slips",
            "Bare Ltd\nAddress and contact details: not stated\n“since 2020”\nCategories of processing: not stated",
        )
    }


@pytest.mark.parametrize(
    ("code", "said"), [("en", "“the contract”"), ("de", "„the contract“"), ("fr", "«\u202fthe contract\u202f»")]
)
def test_words_of_a_source_stand_in_the_quotation_marks_of_the_language(code, said):
    with translation.override(code):
        assert quoted("the contract") == said
