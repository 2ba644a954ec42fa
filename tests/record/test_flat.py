import json
from datetime import date

import pytest
from django.utils import translation

from registry.imports.values import blank
from registry.record.activity import ActivityRecord
from registry.record.activity_rows import DataCategoryRow, DataSubjectRow, LegalBasisRow, PurposeRow, RecipientRow
from registry.record.building import text_builder
from registry.record.definition import Kind, Named, facts, walk
from registry.record.entries import DataCategoryEntry, LegalBasisEntry
from registry.record.flat_writers import content_writer, row_writer, to_cell
from registry.record.sections import CONTROLLER, PROCESSOR, sections_for
from registry.record.words import (
    State,
    is_blank,
    name_row,
    none_stated,
    not_stated,
    row_particulars,
    say,
    say_row,
    state_of_block,
)

FACTS = facts(ActivityRecord)
CONSENT = LegalBasisEntry(1, "A6-1-a", "Consent", "eu", "lawful_basis", "GDPR Art. 6(1)(a)", True, "", "", None)
NO_POLICY = ("", "not_assessed", "")
SUBJECTS = (DataSubjectRow(1, None, "buyers", None), DataSubjectRow(2, None, "readers; guests", 12_000))


def record(**values):
    blanks = {key: () if fact.row else blank(fact) for key, fact in FACTS.items()}
    return ActivityRecord(pk=1, **{**blanks, **values})


def cell(key, value, **others):
    return to_cell(FACTS[key], value, record(**{key: value, **others}))


@pytest.mark.parametrize(
    ("key", "value", "expected"),
    [
        ("name", "O'Neill & Söhne", "O'Neill & Söhne"),
        ("description", "", ""),
        ("began_on", date(2026, 3, 31), "2026-03-31"),
        ("began_on", None, ""),
        ("review_interval", 12, "12"),
        ("is_public", True, "yes"),
        ("is_public", False, "no"),
        ("role", "joint_controller", "Joint controller"),
        ("special_categories", "not_assessed", "Not assessed"),
        ("owner", Named(3, "ann"), "ann"),
        ("owner", None, ""),
        ("review_interval", 0, "0"),
        ("review_interval", None, ""),
        ("role", "a role of later days", "a role of later days"),
        ("role", "", ""),
        ("purposes", (), ""),
        ("purposes", (PurposeRow(1, "", "", ""), PurposeRow(2, "", "a-term", "")), 'entry: "" | term: a-term'),
        ("data_subjects", (DataSubjectRow(1, Named(4, "guests"), "", 0),), "guests | approximate number: 0"),
        ("data_subjects", (DataSubjectRow(1, None, "", 3),), 'entry: "" | approximate number: 3'),
        ("data_subjects", (DataSubjectRow(1, Named(4, "a; b"), "", None),), 'entry: "a; b"'),
        ("purposes", (PurposeRow(1, "send news", "", ""), PurposeRow(2, "a; b", "", "")), 'send news\n"a; b"'),
        ("data_subjects", SUBJECTS, '"buyers"\n"readers; guests" | approximate number: 12000'),
    ],
)  # fmt: skip
def test_a_value_in_its_flat_form(key, value, expected):
    assert cell(key, value) == expected


def test_a_legal_basis_is_called_by_its_code_and_points_to_its_purpose_by_number():
    purposes = (PurposeRow(7, "a", "", ""), PurposeRow(8, "b", "", ""))
    rows = (
        LegalBasisRow(1, CONSENT, "", purposes[1], "", "", "", "", date(2026, 1, 2), CONSENT, "", "", *NO_POLICY),
        LegalBasisRow(2, CONSENT, "in the app", None, "", "", "", "", None, None, "", "", *NO_POLICY),
    )

    assert cell("legal_bases", rows, purposes=purposes) == (
        "A6-1-a | for purpose: #2 | assessed on: 2026-01-02 | special category condition: A6-1-a\nA6-1-a | words: in the app"
    )


def test_a_row_that_says_nothing_is_left_out():
    assert cell("data_subjects", (DataSubjectRow(1, None, "", None),)) == ""


def test_all_cells_of_a_record_are_what_each_is_by_itself():
    one = record(
        name="Payroll", role="controller", is_public=False, began_on=date(2026, 3, 31), review_interval=0, data_subjects=SUBJECTS,
        consents=(facts_of("consents")(name="Form; on paper", wording="I agree.", valid_until=date(2027, 1, 2)),),
    )  # fmt: skip

    cells = row_writer(ActivityRecord)(one)

    assert cells == [to_cell(fact, getattr(one, key), one) for key, fact in FACTS.items()]
    assert cells[list(FACTS).index("consents")] == '"Form; on paper" | wording: I agree. | to be renewed by: 2027-01-02'


def facts_of(key):
    """Return what makes a row of this list, blank but for what is said."""
    row = FACTS[key].row
    return lambda **said: row(pk=1, **{inner: blank(fact) for inner, fact in facts(row).items()} | said)


def test_the_flat_form_is_english_in_any_language():
    with translation.override("de"):
        assert cell("role", "controller") == "Controller"


def test_values_in_words():
    assert say(FACTS["began_on"], date(2026, 3, 31)) == "31 March 2026"
    assert say(FACTS["is_public"], False) == "No"
    assert say(FACTS["role"], "processor") == "Processor"
    assert say(FACTS["role"], "abolished role") == "abolished role"
    assert say(FACTS["owner"], None) == ""
    assert say(FACTS["organisation"], CONSENT) == "GDPR Art. 6(1)(a) – Consent"


def test_rows_in_words():
    whose = facts(DataCategoryRow)["data_subject"]
    row = RecipientRow(1, None, "our bank", "payments", "", "", "", "no", "not_assessed")

    assert say(whose, SUBJECTS[0]) == "buyers"
    assert name_row(LegalBasisRow(1, CONSENT, "in the app", None, "", "", "", "", None, None, "", "", *NO_POLICY)) == (
        "GDPR Art. 6(1)(a) – Consent (in the app)"
    )
    assert [(fact.label, words) for fact, words in row_particulars(row)] == [("What for", "payments"), ("Sold", "No")]
    assert say_row(row) == "our bank – What for: payments; Sold: No"
    assert (
        say_row(RecipientRow(1, None, "", "payments", "", "", "", "not_assessed", "not_assessed"))
        == "What for: payments"
    )
    assert say_row(RecipientRow(1, None, "our bank", "", "", "", "", "not_assessed", "not_assessed")) == "our bank"


def test_stated_none_and_not_stated_are_three_things():
    section = next(one for one in CONTROLLER if one.key == "recipients")
    row = RecipientRow(1, None, "our bank", "", "", "", "", "not_assessed", "not_assessed")

    assert state_of_block(section, record(recipients=(row,))) is State.STATED
    assert state_of_block(section, record(recipients_answer="no")) is State.NONE
    assert state_of_block(section, record(recipients_answer="not_assessed")) is State.NOT_STATED
    assert (not_stated(), none_stated()) == ("not stated", "none")


def test_blank_is_not_no():
    assert is_blank(FACTS["special_categories"], "not_assessed")
    assert not is_blank(FACTS["special_categories"], "no")
    assert is_blank(FACTS["purposes"], ())
    assert not is_blank(FACTS["review_interval"], 0)


def test_each_role_has_its_sections():
    assert sections_for("processor") == PROCESSOR
    assert sections_for("joint_controller") == sections_for("controller") == CONTROLLER


def test_what_a_cell_may_hold_is_said_for_every_fact():
    assert FACTS["role"].accepts == "Controller, Joint controller, Processor"
    assert FACTS["began_on"].accepts == "a date: 2026-03-31 or 31/03/2026"
    assert "… (" in facts(facts(ActivityRecord)["transfers"].row)["country"].accepts
    assert (FACTS["name"].title, FACTS["ends_on"].guidance, FACTS["last_reviewed_on"].guidance) == (
        "Name",
        "When the processing ended or will end.",
        "",
    )


def test_a_content_is_written_as_the_record_that_is_made_of_it():
    entries = {fact.entry: {} for _, fact in walk(ActivityRecord) if fact.kind is Kind.ENTRY}
    entries["DataCategory"] = {7: DataCategoryEntry(7, "Renamed; since", *[""] * (len(DataCategoryEntry._fields) - 2))}
    whole = {
        **{key: [] if fact.row else blank(fact) for key, fact in FACTS.items()},
        "id": 1, "organisation": [1, "O'Neill"], "name": "=1+1", "began_on": "2026-03-31", "owner": [3, "ann"], "is_public": True,
        "role": "controller", "special_categories": "not_assessed", "review_interval": 0,
    }  # fmt: skip
    subjects = [{"id": 1, "category": None, "stated_as": "readers; guests", "approximate_number": 12_000}]
    data = [
        {"category": [7, "Known then"], "data_subject": 0, "retention_schedule": [9, "Gone | since"], "items": "a, b"}
    ]
    rows = {"data_subjects": subjects, "data_categories": data}
    stored = whole | {
        key: [{**{one: blank(fact) for one, fact in facts(FACTS[key].row).items()}, "id": 1, **row} for row in some]
        for key, some in rows.items()
    }
    old = {key: value for key, value in stored.items() if key not in {"tags", "transfers"}}
    old["data_categories"] = [
        {key: value for key, value in row.items() if key != "source"} for row in old["data_categories"]
    ]

    from_content = content_writer(ActivityRecord, entries)
    for content in (stored, old):
        text = json.dumps(content)
        cells = from_content(text)
        assert cells == row_writer(ActivityRecord)(text_builder(ActivityRecord, entries)(text))
    assert cells[list(FACTS).index("data_categories")] == (
        'entry: "Renamed; since" | whose: #1 | kept for: "Gone | since" | items: a, b'
    )
