"""Registers as offices fill them in: noes that must stay noes, ticks under a common heading, merged cells, remarks below."""

import io

import pytest
import xlsxwriter

from registry.imports.importing import apply_preview, preview
from registry.imports.layouts.headings import match_heading
from registry.models.seeding import seed_catalogues
from registry.record.loader import load_register
from tests import factories
from tests.imports.files import ods_of_xml, xlsx
from tests.imports.tables import as_csv

pytestmark = pytest.mark.django_db


@pytest.fixture
def organisation():
    seed_catalogues()
    return factories.organisation(name="Ours", country="IE")


@pytest.fixture
def bring(organisation):
    def bring(data, name="register.csv"):
        found = preview(name, data, organisation=organisation)
        assert found.is_applicable, [str(problem) for problem in found.problems]
        apply_preview(found, actor=None)
        return found, {record.name: record for record in load_register(organisation=organisation.pk).activities()}

    return bring


def one(bring, **cells):
    """The record of one row that has a name, a purpose, data subjects, and these cells by heading."""
    usual = {"Name of processing": "Payroll", "Purpose": "Pay", "Data subjects": "Staff"}
    given = usual | {heading.replace("_", " "): text for heading, text in cells.items()}
    found, records = bring(as_csv(list(given), list(given.values())))
    return found, records["Payroll"]


def words(rows, fact):
    return [entry.name if (entry := getattr(row, fact)) else row.stated_as for row in rows]


def said(found, text):
    return [(problem.severity, problem.place) for problem in found.problems if text in str(problem.message)]


# Noes


@pytest.mark.parametrize(
    "heading",
    ["No special category data processed?", "DPIA not required?", "Data not transferred outside the EU", "Keine besonderen Kategorien", "Pas de transfert hors UE ?", "Sin transferencias internacionales"],
)  # fmt: skip
def test_a_heading_that_says_no_is_not_read_as_what_it_denies(heading):
    assert match_heading(heading).key is None


@pytest.mark.parametrize(("heading", "key"), [("No.", "reference"), ("No. of record", None), ("Non-EEA transfers", "transfers")])  # fmt: skip
def test_a_number_and_a_place_are_no_denials(heading, key):
    assert match_heading(heading).key in {key, "reference"}


@pytest.mark.parametrize("text", ["Not transferred", "Pas de transfert hors EEE", "No transfers outside the EEA"])
def test_a_no_in_a_column_of_countries_is_a_no(bring, text):
    _, record = one(bring, Third_countries=text)

    assert (record.transfers_answer, list(record.transfers)) == ("no", [])


def test_a_text_with_a_no_in_a_column_of_countries_leaves_open_whether_there_are_transfers(bring):
    _, record = one(bring, Third_countries="The provider says data are never moved")

    assert (record.transfers_answer, [row.stated_as for row in record.transfers]) == ("not_assessed", ["The provider says data are never moved"])  # fmt: skip


def test_a_yes_before_the_country_is_no_part_of_it(bring):
    _, record = one(bring, Third_countries="Yes - India (helpdesk)")

    assert (record.transfers_answer, [row.country for row in record.transfers]) == ("yes", ["IN"])


def test_who_does_not_receive_the_data_is_no_recipient(bring):
    found, record = one(bring, Recipients="Tax office\nno private companies; keine Weitergabe an Dritte")

    assert (record.recipients_answer, words(record.recipients, "recipient")) == ("yes", ["Tax office"])
    assert record.unplaced == "Recipients: no private companies; keine Weitergabe an Dritte"
    assert len(said(found, "it is no row of the list")) == 1


def test_a_denial_alone_leaves_open_whether_there_are_recipients(bring):
    found, record = one(bring, Recipients="No one outside the team, save where the law asks for it")

    assert (record.recipients_answer, list(record.recipients)) == ("not_assessed", [])
    assert record.unplaced == "Recipients: No one outside the team, save where the law asks for it"
    assert len(said(found, "whether there are any is left unanswered")) == 1


@pytest.mark.parametrize("text", ["No. of children", "No of children", "Not for profit bodies"])
def test_names_that_begin_like_a_denial_are_names(bring, text):
    _, record = one(bring, Data_categories=text)

    assert words(record.data_categories, "category") == [text]


def test_no_processors_is_not_no_recipients(bring):
    _, record = one(bring, Recipients="", Processors="None")

    assert (record.recipients_answer, list(record.recipients)) == ("not_assessed", [])


@pytest.mark.parametrize("text", ["Nobody", "niemand", "No se ceden datos", "keine Empfänger", "geen ontvangers"])
def test_ways_to_say_that_there_are_no_recipients(bring, text):
    _, record = one(bring, Recipients=text)

    assert (record.recipients_answer, list(record.recipients)) == ("no", [])


def test_a_bare_answer_is_no_legal_basis(bring):
    found, record = one(bring, Legal_basis="Y")

    assert (list(record.legal_bases), record.unplaced) == ([], "Legal basis: Y")
    assert len(said(found, "no more than yes or no")) == 1


@pytest.mark.parametrize(
    ("heading", "text"),
    [("Profiling", "kein Profiling"), ("Automated decision making?", "No automated decisions"), ("Special category data", "no special category data")],
)  # fmt: skip
def test_a_no_in_the_words_of_the_heading_is_a_no(bring, heading, text):
    _, record = one(bring, **{heading: text})

    assert {str(record.profiling), str(record.automated_decisions), str(record.special_categories)} == {"no", "not_assessed"}  # fmt: skip


def test_a_no_that_says_more_than_its_heading_is_left_open(bring):
    _, record = one(bring, Profiling="Kein Profiling ohne Einwilligung")

    assert (record.profiling, record.unplaced) == ("not_assessed", "Profiling: Kein Profiling ohne Einwilligung")


def test_a_none_among_the_values_of_a_list_is_no_row(bring):
    _, record = one(bring, Recipients="None; police on request")

    assert (words(record.recipients, "recipient"), record.unplaced) == (["police on request"], "Recipients: None")


@pytest.mark.parametrize(
    ("text", "code"),
    [("SCC (2021/914), Modul 3", "A46-2-c"), ("SCC + TIA", "A46-2-c"), ("IDTA (USA); adequacy (CH)", ""), ("SCC (not signed)", ""), ("SCC, BCR", "")],
)  # fmt: skip
def test_a_safeguard_with_words_behind_it_counts_if_they_name_no_other(bring, text, code):
    _, record = one(bring, Third_countries="India", Safeguards=text)

    assert [(row.country, row.safeguard, row.stated_as) for row in record.transfers] == [("IN", code, text)]


@pytest.mark.parametrize(("text", "status"), [("Not required – low risk", "not_required"), ("Completed (March 2023)", "completed"), ("Completed – but no longer valid", None)])  # fmt: skip
def test_the_state_of_an_assessment_may_be_explained(bring, text, status):
    _, record = one(bring, **{"DPIA completed?": text})

    assert [str(row.status) for row in record.impact_assessments] == ([status] if status else [])
    assert record.unplaced == f"DPIA completed?: {text}"


# Ticks


def test_the_role_may_be_ticked(bring):
    headings = ["Nr.", "Verarbeitungstätigkeit", "Verantwortlicher", "Auftragsverarbeiter", "Zwecke"]

    _, records = bring(as_csv(headings, ["1", "Bewerbung", "X", "", "Auswahl"], ["2", "Lohnservice", "", "x", "Abrechnung"]))  # fmt: skip

    assert {name: str(record.role) for name, record in records.items()} == {"Bewerbung": "controller", "Lohnservice": "processor"}  # fmt: skip


def test_columns_of_ticks_below_a_common_heading_are_values_of_its_list(bring):
    rows = [
        [None, None, "Legal basis Art. 6", None, None, "Personal data", None, None, "Data subjects", None, None],
        ["ID", "Processing activity", "Consent", "Contract", "Legitimate interests", "Contact details", "Health data", "Blood group", "Patients", "Friends", "Transfers outside EEA"],
        ["H1", "Records", "N", "Y", "N", "Y", "Y", "Y", "Y", "N", "N"],
        ["H2", "Wifi", "Y", "N", "Y", "N", "N", "N", "Y", "Y", "N"],
    ]  # fmt: skip

    _, records = bring(xlsx(rows), "hospital.xlsx")

    told = {
        name: (
            [row.legal_basis.code for row in record.legal_bases],
            words(record.data_categories, "category"),
            words(record.data_subjects, "category"),
            str(record.special_categories),
            str(record.transfers_answer),
            record.unplaced,
        )
        for name, record in records.items()
    }
    assert told == {
        "Records": (
            ["A6-1-b"],
            ["Contact details", "Data concerning health", "Blood group"],
            ["Patients"],
            "yes",
            "no",
            "",
        ),
        "Wifi": (["A6-1-a", "A6-1-f"], [], ["Patients", "Friends"], "not_assessed", "no", ""),
    }


def test_columns_of_ticks_that_are_called_like_bases_are_bases(bring):
    _, records = bring(
        as_csv(
            ["Name", "Purpose", "Art. 6(1)(a) Consent", "Art. 6(1)(b)", "Vertrag", "Recipients"],
            ["Payroll", "Pay", "no", "yes", "", "Bank"],
        )
    )

    assert [row.legal_basis.code for row in records["Payroll"].legal_bases] == ["A6-1-b"]


# Merged cells

REGISTER = [
    ["Unit", "Nr.", "Name", "Purpose", "Legal basis", "Data subjects", "Recipients"],
    ["Dean", "P-1", "Exams", "Hold exams", "Public task", "Students", "Exam office"],
    [None, "P-2", "Evaluation", "Quality", None, None, "None"],
    ["Alumni", "P-3", "Newsletter", "Inform", "Consent", "Graduates", None],
]


def merged(rows, *ranges):
    """A workbook of one sheet with these cells merged: (column, first row, last row), from 1."""
    target = io.BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True}) as workbook:
        sheet = workbook.add_worksheet("Register")
        for number, cells in enumerate(rows):
            for column, cell in enumerate(cells):
                if cell is not None:
                    sheet.write(number, column, cell)
        for column, first, last in ranges:
            sheet.merge_range(first - 1, column - 1, last - 1, column - 1, rows[first - 1][column - 1])
    return target.getvalue()


def test_a_merged_cell_counts_for_each_record_that_it_spans(bring):
    found, records = bring(merged(REGISTER, (1, 2, 3), (5, 2, 3), (6, 2, 3)), "register.xlsx")

    evaluation = records["Evaluation"]
    assert [row.legal_basis.code for row in evaluation.legal_bases] == ["A6-1-e"]
    assert (words(evaluation.data_subjects, "category"), evaluation.unplaced) == (["Students"], "Unit: Dean")
    assert words(records["Newsletter"].data_subjects, "category") == ["Graduates"]
    assert said(found, "merged cell") == [("note", "sheet “Register”, cell A2, column “Unit”")]


def test_cells_that_are_empty_and_not_merged_stay_empty(bring):
    _, records = bring(xlsx(REGISTER), "register.xlsx")

    assert (list(records["Evaluation"].legal_bases), list(records["Evaluation"].data_subjects)) == ([], [])


def test_rows_that_go_on_with_a_record_stay_with_it_though_its_unit_is_merged_further(bring):
    rows = [
        ["Unit", "Name", "Purpose", "Data categories", "Retention"],
        ["HR", "Payroll", "Pay", "Bank details", "6 years"],
        [None, None, None, "Address", None],
        [None, "Recruiting", "Hire", "CV", "6 months"],
    ]

    _, records = bring(merged(rows, (1, 2, 4), (5, 2, 3)), "register.xlsx")

    assert {name: (words(record.data_categories, "category"), record.retention_stated_as) for name, record in records.items()} == {
        "Payroll": (["Bank details", "Address"], "6 years"),
        "Recruiting": (["CV"], "6 months"),
    }  # fmt: skip


def test_merged_cells_of_an_opendocument_file_count_as_well(bring):
    def cell(text, spanned=1):
        spans = f' table:number-rows-spanned="{spanned}" table:number-columns-spanned="1"' if spanned > 1 else ""
        return f'<table:table-cell office:value-type="string"{spans}><text:p>{text}</text:p></table:table-cell>'

    rows = [
        "".join(map(cell, ["Nr.", "Name", "Purpose", "Data subjects"])),
        cell("1") + cell("Exams") + cell("Hold") + cell("Students", 2),
        cell("2") + cell("Evaluation") + cell("Quality") + "<table:covered-table-cell/>",
    ]
    lines = "".join(f"<table:table-row>{row}</table:table-row>" for row in rows)

    _, records = bring(ods_of_xml(f'<table:table table:name="R">{lines}</table:table>'), "register.ods")

    assert words(records["Evaluation"].data_subjects, "category") == ["Students"]


# Remarks below a table, forms, headings


def test_remarks_below_an_empty_row_are_told_and_no_records(bring):
    rows = [["Business function", "Purpose of processing", "Categories of individuals", "Categories of recipients"], ["Sales", "Sell", "Customers", "Bank"], [None], ["Total number of activities: 1"], ["Reviewed by the trustees on 3 March 2024"]]  # fmt: skip

    found, records = bring(xlsx(rows), "ico.xlsx")

    assert list(records) == ["Sell"]
    assert [problem.row for problem in found.problems if "is left out" in str(problem.message)] == [4, 5]


def test_a_lone_name_below_an_empty_row_is_a_record_still(bring):
    rows = [["Name of processing", "Purpose", "Data subjects", "Recipients"], ["Sales", "Sell", "Customers", "Bank"], [None], ["Newsletter"]]  # fmt: skip

    _, records = bring(xlsx(rows), "register.xlsx")

    assert sorted(records) == ["Newsletter", "Sales"]


def test_a_row_that_cites_the_law_for_each_column_is_no_record(bring):
    headings = ["Ref", "Processing activity", "Purpose", "Data subjects", "Recipients", "Retention"]

    _, records = bring(as_csv(headings, ["Art.30(1)", "", "(b)", "(c)", "(d)", "(f)"], ["1", "Payroll", "Pay", "Staff", "Bank", "6 years"]))  # fmt: skip

    assert list(records) == ["Payroll"]


def test_blocks_of_a_form_are_known_though_not_each_of_their_headings_is(bring):
    rows = [
        ["Nom / sigle", "Adhérents"],
        ["N° / REF", "T-1"],
        ["Finalité principale", "Gérer les adhésions"],
        [],
        ["Acteurs", "Nom", "Adresse", "Pays", "Siret"],
        ["Responsable du traitement", "Les Tilleuls", "3 rue", "France", "123"],
        [],
        ["Catégories de données personnelles concernées", "Description", "Délai d'effacement"],
        ["Etat civil, identité, données d'identification, images…", "Nom, prénom", "3 ans"],
        ["Vie personnelle (habitudes de vie, situation familiale, etc.)", "Non"],
        [],
        ["Catégories de personnes concernées", "Description"],
        ["Catégorie de personnes 1", "Adhérents"],
        [],
        ["Transferts hors UE", "Destinataire", "Pays", "Type de Garanties", "Observation interne"],
        ["Organisme destinataire 1", "Sans objet"],
    ]

    _, records = bring(xlsx({"T-1": rows}), "fiches.xlsx")

    record = records["Adhérents"]
    assert [(row.category.name, row.items, row.retention_stated_as) for row in record.data_categories] == [("Civil status and identity", "Nom, prénom", "3 ans")]  # fmt: skip
    assert (record.transfers_answer, list(record.transfers), record.special_categories) == ("no", [], "not_assessed")


def test_a_heading_that_is_said_again_in_another_alphabet_is_read():
    assert match_heading("Processing activity / פעילות עיבוד").key == "name"
    assert match_heading("目的\nPurpose of processing").key == "purposes"


@pytest.mark.parametrize(
    ("heading", "key"),
    [
        ("Bezeichnung der Datenverarbeitung und Zweck", "name"),
        ("Name of Business Process", "name"),
        ("N° de traitement", "reference"),
        ("Processing Activity ID", "reference"),
        ("Article 9 basis for processing special category data", "legal_bases.special_category_condition"),
        ("Transfer Countries", "transfers.country"),
        ("Categoría destinatarios", "recipients"),
        ("data_subject_category", "data_subjects"),
        ("Verantwortliche Einheit", "unit"),
        ("Drittlandtransfer ja/nein", "transfers"),
        ("Special category data (Y/N)?", "special_categories"),
        ("If yes, which countries?", "transfers.country"),
        ("Controller / Processor / Joint", "role"),
        ("How is it secured?", "measures"),
    ],
)
def test_headings_that_offices_use(heading, key):
    assert match_heading(heading).key == key
