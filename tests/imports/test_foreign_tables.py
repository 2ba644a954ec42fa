"""Importing tables that aren't in our layout: what is recognised, what stays in its words, and what is reported."""

import re

import pytest

from registry import models
from registry.imports.importing import Choices, apply_preview, preview
from registry.imports.parsing.blank_words import classify
from registry.models.seeding import seed_catalogues
from registry.record.loader import load_register
from registry.versioning.writing import change_set
from tests import factories
from tests.imports.files import xlsx
from tests.imports.tables import as_csv

pytestmark = pytest.mark.django_db

HEADER = [
    "Nr.", "Bezeichnung der Verarbeitungstätigkeit", "Status", "Verantwortliche Fachabteilung", "Zweck der Verarbeitung",
    "Rechtsgrundlage", "Kategorien betroffener Personen", "Kategorien personenbezogener Daten", "Kategorien von Empfängern",
    "Übermittlung in ein Drittland", "Löschfristen", "Technische und organisatorische Maßnahmen", "Eingesetzte Software", "Aktenfarbe",
]  # fmt: skip
TITLES = [["Verzeichnis der Verarbeitungstätigkeiten"], ["Gemeinde Beispielhausen"], []]


@pytest.fixture
def organisation():
    seed_catalogues()
    return factories.organisation(name="Gemeinde Beispielhausen")


def row(**cells):
    by_heading = (
        dict.fromkeys(HEADER, "") | {"Nr.": "1-001", "Bezeichnung der Verarbeitungstätigkeit": "Meldewesen"} | cells
    )
    return [by_heading[heading] for heading in HEADER]


def read(organisation, *rows, titles=TITLES, **choices):
    found = preview("vvt.csv", as_csv(*titles, HEADER, *rows), organisation=organisation, choices=Choices(**choices))
    assert found.plan is not None, [str(problem) for problem in found.problems]
    return found


def bring(organisation, *rows, **choices):
    apply_preview(read(organisation, *rows, **choices), actor=None)
    return list(load_register(organisation=organisation.pk).activities())


def test_the_header_is_found_below_the_titles(organisation):
    found = read(organisation, row())

    assert (found.table.own, found.table.header_row, found.plan.counts["created"]) == (False, 4, 1)


def test_several_legal_bases_in_a_cell_are_recognised_and_the_rest_stays_in_its_words(organisation):
    (record,) = bring(organisation, row(Rechtsgrundlage="Art. 6 Abs. 1 lit. c) und e) DSGVO, § 3 LDSG"))

    assert [(one.legal_basis and one.legal_basis.code, one.stated_as) for one in record.legal_bases] == [
        ("A6-1-c", ""),
        ("A6-1-e", ""),
        (None, "§ 3 LDSG"),
    ]


def test_prose_becomes_words_on_the_record_and_never_a_catalogue_entry(organisation):
    before = models.DataCategory.objects.count()

    (record,) = bring(
        organisation,
        row(
            **{
                "Kategorien personenbezogener Daten": "Stammdaten (Name, Anschrift); Fotos",
                "Kategorien betroffener Personen": "Einwohner:innen",
            }
        ),
    )

    assert [one.stated_as for one in record.data_categories] == ["Stammdaten (Name, Anschrift)", "Fotos"]
    assert [one.stated_as for one in record.data_subjects] == ["Einwohner:innen"]
    assert models.DataCategory.objects.count() == before


def test_a_part_that_is_called_like_an_entry_becomes_that_entry(organisation):
    name = models.DataSubjectCategory.objects.order_by("name").first().name

    (record,) = bring(organisation, row(**{"Kategorien betroffener Personen": f"{name.upper()}; Angehörige"}))

    assert [(one.category and one.category.name, one.stated_as) for one in record.data_subjects] == [
        (name, ""),
        (None, "Angehörige"),
    ]


@pytest.mark.parametrize(
    ("text", "answer", "words", "country"),
    [
        ("Nein", "no", [], []),
        ("", "not_assessed", [], []),
        ("Ja", "yes", [], []),
        ("Japan; Schweiz", "yes", ["", ""], ["JP", "CH"]),
        (
            "USA, auf Grundlage von Standardvertragsklauseln",
            "yes",
            ["USA, auf Grundlage von Standardvertragsklauseln"],
            [""],
        ),
        ("Nein, außer bei Videokonferenzen", "not_assessed", ["Nein, außer bei Videokonferenzen"], [""]),
    ],
)
def test_transfers_are_answered_listed_or_left_in_their_words(organisation, text, answer, words, country):
    (record,) = bring(organisation, row(**{"Übermittlung in ein Drittland": text}))

    assert record.transfers_answer == answer
    assert [one.stated_as for one in record.transfers] == words
    assert [one.country for one in record.transfers] == country


@pytest.mark.parametrize(
    ("text", "answer", "count"), [("keine", "no", 0), ("Finanzamt; Bank", "yes", 2), ("", "not_assessed", 0)]
)
def test_recipients_are_answered_or_listed(organisation, text, answer, count):
    (record,) = bring(organisation, row(**{"Kategorien von Empfängern": text}))

    assert (record.recipients_answer, len(record.recipients)) == (answer, count)


def test_retention_stays_in_its_words_unless_it_is_a_schedule(organisation):
    schedule = models.RetentionSchedule.objects.first()

    one, two = bring(
        organisation,
        row(Löschfristen="10 Jahre nach Abschluss; Fotos 1 Jahr"),
        row(**{"Nr.": "2", "Löschfristen": schedule.name}),
    )

    assert (one.retention_schedule, one.retention_stated_as) == (None, "10 Jahre nach Abschluss; Fotos 1 Jahr")
    assert (two.retention_schedule.name, two.retention_stated_as) == (schedule.name, "")


def test_what_no_field_holds_is_kept_with_the_record_and_reported(organisation):
    found = read(
        organisation, row(Status="aktiv", Aktenfarbe="blau", **{"Verantwortliche Fachabteilung": "Ordnungsamt"})
    )
    apply_preview(found, actor=None)

    (record,) = load_register().activities()
    assert record.unplaced == "Status: aktiv\nVerantwortliche Fachabteilung: Ordnungsamt\nAktenfarbe: blau"
    assert record.status == "draft"
    assert {(problem.severity, problem.heading) for problem in found.problems} == {
        ("warning", "Status"),
        ("warning", "Verantwortliche Fachabteilung"),
        ("warning", "Aktenfarbe"),
    }


def test_units_are_added_on_request(organisation):
    (record,) = bring(organisation, row(**{"Verantwortliche Fachabteilung": "Ordnungsamt"}), create_units=True)

    assert (record.unit.name, record.unplaced) == ("Ordnungsamt", "")


@pytest.mark.parametrize(("text", "reported"), [("[Bitte ausfüllen]", True), ("noch offen", True), ("?", True)])
def test_template_text_and_unknown_words_are_left_out_and_reported(organisation, text, reported):
    found = read(organisation, row(Löschfristen=text))
    apply_preview(found, actor=None)

    (record,) = load_register().activities()
    assert record.retention_stated_as == ""
    assert [problem.heading for problem in found.problems if problem.value == text] == ["Löschfristen"] * reported


def test_a_reference_that_exists_is_remarked_on(organisation):
    bring(organisation, row())

    found = read(organisation, row(**{"Bezeichnung der Verarbeitungstätigkeit": "Passwesen"}))

    assert [(problem.severity, problem.message) for problem in found.problems if problem.heading == "Nr."] == [
        ("warning", "The reference exists already, as “Meldewesen”: the row would change that record.")
    ]
    assert found.plan.counts["changed"] == 1


def test_importing_the_same_table_again_changes_nothing(organisation):
    rows = [
        row(Rechtsgrundlage="Art. 6 Abs. 1 lit. e DSGVO; § 3", Status="aktiv"),
        row(**{"Nr.": "2", "Kategorien von Empfängern": "keine"}),
    ]
    bring(organisation, *rows)

    assert read(organisation, *rows).plan.counts == {
        "created": 0,
        "changed": 0,
        "unchanged": 2,
        "skipped": 0,
        "refused": 0,
    }


def test_two_rows_that_look_like_headers_are_a_question_that_the_person_answers(organisation):
    short = ["Nr.", "Bezeichnung", "Zweck", "Rechtsgrundlage"]
    data = as_csv(short, ["Nummer", "Titel", "Zwecke", "Rechtsgrundlagen"], ["2", "Meldewesen", "melden", "§ 3"])

    asked = preview("vvt.csv", data, organisation=organisation)
    answered = preview("vvt.csv", data, organisation=organisation, choices=Choices(header_row=2))

    assert [(problem.severity, problem.message) for problem in asked.problems] == [
        ("error", "Rows 1, 2 could each be the header of the table.")
    ]
    assert (answered.table.header_row, answered.plan.counts["created"]) == (2, 1)


def test_a_real_register_of_213_activities_loses_nothing(organisation, samples):
    path = samples / "koos" / "vvt-musterstadt-213.xlsx"
    catalogue = models.DataCategory.objects.count()
    found = preview(path.name, path.read_bytes(), organisation=organisation)
    apply_preview(found, actor=None)

    records = list(load_register(organisation=organisation.pk).activities())
    several = [
        record
        for record in records
        if sum(1 for one in record.legal_bases if one.legal_basis and one.legal_basis.code.startswith("A6-1")) > 1
    ]
    assert len(records) == 213
    assert round(len(several) / 213, 2) >= 0.5
    assert models.DataCategory.objects.count() == catalogue
    everything = "\n".join(
        " ".join(
            [
                *(
                    one.stated_as
                    for rows in (record.data_subjects, record.data_categories, record.recipients, record.systems)
                    for one in rows
                ),
                record.retention_stated_as,
                record.unplaced,
            ]
        )
        for record in records
    )
    for cells in found.table.sheet.rows[found.table.first_data_row - 1 :]:
        for column, key in found.table.columns.items():
            if key in {"data_subjects", "data_categories", "recipients", "systems", "retention"} and column <= len(
                cells
            ):
                for part in re.split(r"[;\n]", cells[column - 1]):
                    assert part.strip(" -•") in everything or classify(part) is not None


def test_both_forms_of_the_real_register_give_the_same_records(organisation, samples):
    workbook, text = samples / "koos" / "vvt-musterstadt-213.xlsx", samples / "koos" / "vvt-musterstadt-213.csv"
    apply_preview(preview(workbook.name, workbook.read_bytes(), organisation=organisation), actor=None)

    again = preview(text.name, text.read_bytes(), organisation=organisation)

    # Windows-1252 has no narrow no-break space: two cells of the text file hold a question mark in its place.
    assert again.plan.counts == {"created": 0, "changed": 2, "unchanged": 211, "skipped": 0, "refused": 0}
    assert all("z.?B." in str(one.values) for one in again.plan.rows if one.values)


DPCAT_LIKE = [
    "Reference",
    "Name of processing",
    "Purpose",
    "Special category data",
    "Third countries",
    "Profiling",
    "Joint controllers",
    "Next review",
    "Software",
]


def english(organisation, **cells):
    by_heading = dict.fromkeys(DPCAT_LIKE, "") | {"Reference": "R-1", "Name of processing": "Loyalty"} | cells
    data = as_csv(DPCAT_LIKE, [by_heading[heading] for heading in DPCAT_LIKE])
    found = preview("ropa.csv", data, organisation=organisation)
    assert found.table is not None, [str(problem) for problem in found.problems]
    return found


@pytest.mark.parametrize(
    ("heading", "text", "fact", "value", "kept"),
    [
        ("Special category data", "Yes", "special_categories", "yes", ""),
        ("Special category data", "none", "special_categories", "no", ""),
        ("Special category data", "health of athletes", "special_categories", "not_assessed", "Special category data: health of athletes"),
        ("Profiling", "n/a (manual selection)", "profiling", "no", ""),
        ("Profiling", "unknown", "profiling", "not_assessed", ""),
        ("Third countries", "Japan, Norway", "transfers_answer", "yes", ""),
        ("Third countries", "none - all servers stand in Dublin", "transfers_answer", "no", "Third countries: none - all servers stand in Dublin"),
        ("Next review", "31/03/2027", "next_review_on", "2027-03-31", ""),
        ("Next review", "n/a", "next_review_on", None, ""),
    ],
)  # fmt: skip
def test_answers_and_dates_are_read_or_kept(organisation, heading, text, fact, value, kept):
    found = english(organisation, **{heading: text})
    apply_preview(found, actor=None)

    activity = models.ProcessingActivity.objects.get()
    read = getattr(activity, fact)
    assert (read.isoformat() if hasattr(read, "isoformat") else read, activity.unplaced) == (value, kept)


def test_a_date_that_does_not_exist_is_an_error_in_any_layout(organisation):
    found = english(organisation, **{"Next review": "31.02.2027"})

    assert [(problem.row, problem.heading) for problem in found.problems if problem.severity == "error"] == [
        (2, "Next review")
    ]


def test_a_list_that_says_none_with_a_reason_keeps_the_reason(organisation):
    apply_preview(english(organisation, Software="n/a (kept on paper in the office)"), actor=None)

    (record,) = load_register().activities()
    assert (record.systems, record.unplaced) == ((), "Software: n/a (kept on paper in the office)")


def test_a_legal_basis_that_the_catalogue_lacks_keeps_its_words(organisation):
    with change_set():
        models.LegalBasis.objects.filter(code="A6-1-e").delete()

    (record,) = bring(organisation, row(Rechtsgrundlage="Art. 6 Abs. 1 lit. e DSGVO"))

    assert [(one.legal_basis, one.stated_as) for one in record.legal_bases] == [(None, "Art. 6 Abs. 1 lit. e DSGVO")]


@pytest.mark.parametrize("text", ["entfällt", "§ 3 LDSG"])
def test_no_legal_basis_is_reported(organisation, text):
    found = read(organisation, row(Rechtsgrundlage=text))

    assert [problem.heading for problem in found.problems if problem.value == text] == ["Rechtsgrundlage"]


def test_several_sheets_with_tables_are_a_question_that_the_person_answers(organisation):
    header = ["Nr.", "Bezeichnung", "Zweck"]
    data = xlsx({"Alt": [header, ["1", "Eins", "z"]], "Neu": [header, ["1", "Zwei", "z"]]})

    asked = preview("vvt.xlsx", data, organisation=organisation)
    answered = preview("vvt.xlsx", data, organisation=organisation, choices=Choices(sheet="Neu"))
    mistaken = preview("vvt.xlsx", data, organisation=organisation, choices=Choices(sheet="Neue"))

    assert [(problem.message, problem.accepted) for problem in asked.problems] == [
        ("Several sheets hold a table.", "name one of them: “Alt”, “Neu”")
    ]
    assert [one.name for one in answered.plan.rows] == ["Zwei"]
    assert [problem.message for problem in mistaken.problems] == ["There is no sheet “Neue” in the file."]


def test_several_sheets_in_our_own_layout_are_a_question_too(organisation):
    header = ["Reference", "Name", "Purposes"]
    data = xlsx({"A": [header, ["1", "One", "p"]], "B": [header, ["2", "Two", "p"]]})

    asked = preview("register.xlsx", data, organisation=organisation)

    assert [problem.message for problem in asked.problems] == ["Several sheets hold a table."]


def test_several_sheets_that_share_no_record_are_one_register(organisation):
    header = ["Nr.", "Bezeichnung", "Zweck"]
    data = xlsx({"Personal": [header, ["1", "Eins", "z"]], "Vertrieb": [header, ["2", "Zwei", "z"]]})

    found = preview("vvt.xlsx", data, organisation=organisation)

    assert [(one.sheet, one.number, one.name) for one in found.plan.rows] == [
        ("Personal", 2, "Eins"),
        ("Vertrieb", 2, "Zwei"),
    ]


def test_other_sheets_are_said_not_to_be_read(organisation):
    data = xlsx({"Liste": [["Nr.", "Bezeichnung", "Zweck"], ["1", "Eins", "z"]], "Notizen": [["nur Text"]]})

    found = preview("vvt.xlsx", data, organisation=organisation)

    assert ("note", "The sheet “Notizen” isn't read.") in [
        (problem.severity, problem.message) for problem in found.problems
    ]
    assert found.plan.counts["created"] == 1


def test_a_table_of_a_processor_makes_processors_records(organisation):
    header = ["Name", "Controller", "Categories of processing", "Technical and organisational measures"]
    data = as_csv(header, ["Payroll for others", "Client Ltd", "payroll", "encryption"])

    found = preview("processor.csv", data, organisation=organisation)

    assert "controllers" in found.table.columns.values()
    assert found.plan.rows[0].values["role"] == "processor"


def test_american_dates_are_read_where_one_of_the_sheet_can_be_no_other(organisation):
    table = as_csv(
        ["Ref", "Processing activity", "Purpose", "Last review date", "Next review"],
        ["1", "Payroll", "Paying staff", "03/14/2026", "03/04/2026"],
        ["2", "Loyalty", "Points", "03/04/2026", "2026-12-01"],
    )
    found = preview("register.csv", table, organisation=organisation)
    apply_preview(found, actor=None)

    records = list(load_register(organisation=organisation.pk).activities())
    assert [(str(one.last_reviewed_on), str(one.next_review_on)) for one in records] == [
        ("2026-03-14", "2026-03-04"),
        ("2026-03-04", "2026-12-01"),
    ]
    said = [problem for problem in found.problems if "month/day/year" in problem.message]
    assert [(one.row, one.column, one.heading, one.value) for one in said] == [
        (2, 4, "Last review date", "03/14/2026"),
        (2, 5, "Next review", "03/04/2026"),
    ]


def test_dates_stay_day_first_in_a_column_that_shows_it(organisation):
    table = as_csv(
        ["Ref", "Processing activity", "Purpose", "Last review date", "Next review"],
        ["1", "Payroll", "Paying staff", "03/14/2026", "03/04/2026"],
        ["2", "Loyalty", "Points", "03/04/2026", "31/12/2026"],
    )
    apply_preview(preview("register.csv", table, organisation=organisation), actor=None)

    records = list(load_register(organisation=organisation.pk).activities())
    assert [str(one.next_review_on) for one in records] == ["2026-04-03", "2026-12-31"]


def beyond(organisation, heading, text):
    """The record of a German table with one column more, and what was noticed about that column."""
    table = [[*HEADER, heading], [*row(), text]]
    found = preview("vvt.csv", as_csv(*table), organisation=organisation)
    said = [(problem.severity, problem.message) for problem in found.problems if problem.heading == heading]
    apply_preview(found, actor=None)
    (record,) = load_register(organisation=organisation.pk).activities()
    return record, said


@pytest.mark.parametrize(
    ("heading", "text", "assessment"),
    [
        ("DSFA erforderlich", "Nein", ("DSFA erforderlich", "not_required", "", "")),
        ("AIPD requise ?", "oui", ("AIPD requise ?", "required", "", "")),
        ("dpia_required", "Not required", ("dpia required", "not_required", "", "")),
        ("DPIA required", "Yes, since CCTV covers the car park", ("DPIA required", "", "", "Yes, since CCTV covers the car park")),
        ("Status der DSFA", "abgeschlossen", ("Status der DSFA", "", "completed", "")),
        ("DSFA", "DSFA-2024-07", ("DSFA-2024-07", "", "", "")),
    ],
)  # fmt: skip
def test_what_is_said_of_an_impact_assessment_is_one(organisation, heading, text, assessment):
    record, _ = beyond(organisation, heading, text)

    assert [(one.title, one.conclusion, one.status, one.conclusion_reason) for one in record.impact_assessments] == [
        assessment
    ]


@pytest.mark.parametrize(
    ("heading", "text"),
    [("DPIA", "yes"), ("Datenschutzhinweise", "Ja"), ("Betroffenenrechte", "nein"), ("Consent mechanism", "yes")],
)
def test_a_bare_yes_or_no_is_kept_as_words_where_more_is_asked(organisation, heading, text):
    record, said = beyond(organisation, heading, text)

    assert record.unplaced == f"{heading}: {text}"
    assert (record.impact_assessments, record.consents, record.privacy_notice, record.rights) == ((), (), "", "")
    assert [severity for severity, _ in said] == ["warning"]


def test_rights_notice_segments_and_consent_find_their_fields(organisation):
    record, _ = beyond(organisation, "Betroffenenrechte", "Auskunft beim Bürgerbüro")
    assert record.rights == "Auskunft beim Bürgerbüro"
    table = [
        ["Nom", "Finalité", "Mentions d'information", "Segments de clientèle", "Preuve du consentement", "Logique sous-jacente",
         "Limitation des droits"],
        ["Newsletter", "news", "https://example.org/privacy", "regulars; newcomers", "log of the mailer", "score", "none while in court"],
    ]  # fmt: skip
    apply_preview(preview("a.csv", as_csv(*table), organisation=organisation), actor=None)

    record = next(one for one in load_register().activities() if one.name == "Newsletter")
    assert (record.privacy_notice, record.profiling_logic) == ("https://example.org/privacy", "score")
    assert [one.name for one in record.segments] == ["regulars", "newcomers"]
    assert [(one.name, one.evidence) for one in record.consents] == [("Preuve du consentement", "log of the mailer")]
    assert record.rights_limits == "none while in court"
