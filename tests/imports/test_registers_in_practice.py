"""Registers as programs export them and people keep them: headings, answers and sheets that no template has."""

import pytest

from registry import models
from registry.imports.importing import apply_preview, preview
from registry.models.seeding import seed_catalogues
from registry.record.loader import load_register
from tests import factories
from tests.imports.files import xlsx
from tests.imports.tables import as_csv, texts

pytestmark = pytest.mark.django_db


@pytest.fixture
def organisation():
    seed_catalogues()
    return factories.organisation(name="Ours", country="DE")


@pytest.fixture
def look(organisation):
    def look(data, name="register.csv", of=organisation):
        return preview(name, data, organisation=of)

    return look


@pytest.fixture
def bring(look, organisation):
    def bring(data, name="register.csv", of=organisation):
        found = look(data, name, of)
        assert found.is_applicable, [str(problem) for problem in found.problems]
        apply_preview(found, actor=None)
        return list(load_register(organisation=of.pk).activities())

    return bring


def one(bring, of=None, **cells):
    """The record of one row that has a name, a purpose, data subjects, and these cells by heading."""
    usual = {"Name of processing": "Payroll", "Purpose": "Pay", "Data subjects": "Staff"}
    given = usual | {heading.replace("_", " "): text for heading, text in cells.items()}
    (record,) = bring(as_csv(list(given), list(given.values())), **({"of": of} if of else {}))
    return record


def read_as(found):
    return {column.heading: column.read_as for column in found.table.mapping.main.columns}


def bases(record):
    return [row.legal_basis.code if row.legal_basis else row.stated_as for row in record.legal_bases]


def named(rows, fact):
    return [entry.name if (entry := getattr(row, fact)) else row.stated_as for row in rows]


# Whole registers


def test_numbered_headings_are_read_without_their_numbers(look):
    headings = ["1.1 Lfd.-Nr.", "1.2 Bezeichnung der Verarbeitungstätigkeit", "2.1 Zweck(e)", "3.1 Betroffenengruppen", "4.3 Auftragsverarbeiter (Art. 28 DSGVO)", "6. Löschfrist"]  # fmt: skip

    found = look(as_csv(headings, ["V-01", "Lohn", "Abrechnung", "Beschäftigte", "DATEV", "10 Jahre"]))

    assert list(read_as(found).values()) == ["reference", "name", "purposes", "data_subjects", "recipients", "retention"]  # fmt: skip


def test_answers_to_a_form_are_read_by_its_questions_and_not_named_after_who_filled_it_in(bring):
    headings = ["ID", "Email", "Name", "1. What is the name of the processing activity?", "2. Why do you process personal data? (purpose)", "3. Whose personal data do you process?", "4. Is the data transferred outside the UK/EEA? If yes, where to?", "5. How long do you keep the data?"]  # fmt: skip

    (record,) = bring(as_csv(headings, ["1", "amy@example.org", "Amy", "Fundraising", "Ask for donations", "Donors", "Yes, US (Mailchimp)", "7 years"]))  # fmt: skip

    assert (record.name, record.purposes[0].text, record.retention_stated_as) == ("Fundraising", "Ask for donations", "7 years")  # fmt: skip
    assert [(row.country, row.stated_as) for row in record.transfers] == [("US", "US (Mailchimp)")]
    assert record.unplaced == "Email: amy@example.org\nName: Amy"


def test_headings_in_two_languages_are_read_where_both_say_the_same(look):
    headings = ["Nr. / N°", "Verwerkingsactiviteit /\nActivité de traitement", "Doeleinde /\nFinalité", "Ontvangers /\nDestinataires", "Land / Garantie"]  # fmt: skip

    found = look(as_csv(headings, ["1", "Paie", "Payer", "ONSS", "Maroc / CCT"]))

    assert list(read_as(found).values()) == ["reference", "name", "purposes", "recipients", "keep"]


def test_an_export_with_bars_a_number_and_its_unit_and_places_of_hosting(bring):
    headings = ["ID", "Name", "Processing Purpose", "Type of Processing", "Data Subject Types", "Data Elements", "Related Assets", "Related Vendors", "Hosting Location", "Cross-Border Transfer Mechanism", "Retention Period", "Retention Unit", "Tags"]  # fmt: skip
    row = ["PA-1", "Onboarding", "HR", "Collection; Use", "Employees|Contractors", "Name|Date of Birth", "Workday", "ADP", "Ireland", "Standard Contractual Clauses", "7", "Years", "HR|EMEA"]  # fmt: skip
    other = ["PA-2", "Analytics", "Insight", "Use", "Visitors", "IP Address", "GA4", "Google", "United States", "SCC (Module 2)", "14", "Months", ""]  # fmt: skip

    record, second = bring(as_csv(headings, row, other))

    assert named(record.data_subjects, "category") == ["Employees", "Contractors"]
    assert named(record.data_categories, "category") == ["Name", "Date of Birth"]
    assert (named(record.systems, "system"), named(record.recipients, "recipient")) == (["Workday"], ["ADP"])
    assert (record.retention_stated_as, record.tags) == ("7 Years", "HR, EMEA")
    assert [(row.safeguard, row.country) for row in record.transfers] == [("A46-2-c", "")]
    assert [(row.safeguard, row.stated_as) for row in second.transfers] == [("A46-2-c", "SCC (Module 2)")]
    assert (list(record.controllers), record.unplaced.splitlines()) == ([], ["Type of Processing: Collection; Use", "Hosting Location: Ireland"])  # fmt: skip


def test_a_sheet_of_segments_gives_records_that_are_called_like_them(bring):
    headings = ["Segment name", "Description", "Selection criteria", "Audience size", "Legal basis for contact", "Opt-out"]  # fmt: skip

    (record,) = bring(as_csv(headings, ["Young families", "Households with children", "age < 6", "8,120", "Consent", "Write to us"]))  # fmt: skip

    (segment,) = record.segments
    assert (record.name, segment.name, segment.criteria, segment.audience_size, segment.contact_basis, segment.opt_out) == ("Young families", "Young families", "age < 6", 8120, "consent", "Write to us")  # fmt: skip


def test_lists_of_values_beside_a_register_are_no_records(look):
    register = [["Name", "Purpose", "Lawful basis", "Department"], ["Newsletter", "Inform", "Consent", "Marketing"]]
    lookups = [["Lawful basis", "Purpose", "Special category?"], ["Consent", "Inform", "TRUE"], ["Contract", "Pay", "FALSE"], ["Legal obligation"]]  # fmt: skip

    found = look(xlsx({"ROPA": register, "Lookups": lookups}), "ropa.xlsx")

    assert (found.plan.counts["created"], found.is_applicable) == (1, True)
    assert found.table.mapping.unread == {"Lookups": "it lists values to choose from, or explains"}


def card(name, reference, purpose):
    return [["Fiche de registre de l'activité", name], ["Référence", reference], ["Objectifs poursuivis", purpose], ["Base légale", "Intérêt légitime"], ["Personnes concernées", "Adhérents"]]  # fmt: skip


def test_cards_are_put_to_the_list_by_name_where_their_numbers_are_others(bring):
    listed = [["N°", "Nom de l'activité", "Date de création"], ["1", "Adhésions", "2019-05-02"], ["2", "Dons", "2020-06-03"]]  # fmt: skip
    sheets = {"Liste": listed, "Adhésions": card("Adhésions", "F-001", "Gérer les adhésions"), "Dons": card("Dons", "F-002", "Émettre les reçus")}  # fmt: skip

    first, second = bring(xlsx(sheets), "registre.xlsx")

    assert [(record.reference, record.name, record.purposes[0].text) for record in (first, second)] == [
        ("1", "Adhésions", "Gérer les adhésions"),
        ("2", "Dons", "Émettre les reçus"),
    ]


def test_a_card_whose_label_of_the_name_nobody_knows_is_called_like_its_sheet(bring):
    rows = card("Gestion des dons", "F-1", "Émettre les reçus")
    rows[0][0] = "Dossier"

    (record,) = bring(xlsx({"Gestion des dons": rows}), "registre.xlsx")

    assert record.name == "Gestion des dons"


def test_a_sheet_for_each_department_is_not_lost(bring, organisation):
    unit = factories.make(models.OrganisationUnit, organisation=organisation, name="Marketing")
    table = [["Name", "Purpose", "Recipients"], ["Newsletter", "Inform", "None"]]
    other = [["Name", "Purpose", "Recipients"], ["Payroll", "Pay", "None"]]

    newsletter, payroll = bring(xlsx({"Marketing": table, "HR": other}), "register.xlsx")

    assert (newsletter.unit.pk, newsletter.unplaced) == (unit.pk, "")
    assert (payroll.unit, payroll.unplaced) == (None, "Sheet: HR")


def test_columns_of_one_heading_are_read_and_said_not_refused(look, bring):
    data = as_csv(["Name", "Purpose", "Recipients", "Retention", "Recipients", "Retention"], ["Payroll", "Pay", "Bank", "6 years", "Tax office", "10 years"])  # fmt: skip

    (record,) = bring(data)

    assert texts(look(data).problems)[:2] == [("warning", "cell E1, column “Recipients”"), ("warning", "cell F1, column “Retention”")]  # fmt: skip
    assert named(record.recipients, "recipient") == ["Bank", "Tax office"]
    assert (record.retention_stated_as, record.unplaced) == ("6 years", "Retention: 10 years")


def test_what_a_failed_formula_leaves_is_kept_and_says_nothing(bring):
    record = one(bring, Recipients="#N/A", Retention="#REF!")

    assert (record.recipients_answer, record.retention_stated_as) == ("not_assessed", "")
    assert record.unplaced == "Recipients: #N/A\nRetention: #REF!"


# Cells


@pytest.mark.parametrize("text", ["Yes - see below", "Ja (Quellensteuer)", "Oui : allergies", "Sì; ex art. 9", "Sim, filiação"])  # fmt: skip
def test_a_yes_with_words_behind_it_is_a_yes_and_keeps_its_words(bring, text):
    record = one(bring, Special_categories=text)

    assert (record.special_categories, record.unplaced) == ("yes", f"Special categories: {text}")


def test_special_categories_behind_a_yes_are_read(bring):
    record = one(bring, Special_categories="Yes – health data, trade union membership")

    assert record.special_categories == "yes"
    assert named(record.data_categories, "category") == ["Data concerning health", "Trade union membership"]


@pytest.mark.parametrize("text", ["✗", "❌", "FALSE", "Neen / Non", "No transfers outside the EEA", "No están previstas transferencias internacionales", "Eine Übermittlung in Drittländer findet nicht statt", "Aucun transfert hors UE", "Nessun trasferimento verso paesi terzi"])  # fmt: skip
def test_a_no_to_transfers_is_a_no_in_whatever_words(bring, text):
    record = one(bring, Transfers=text)

    assert (record.transfers_answer, list(record.transfers)) == ("no", [])


@pytest.mark.parametrize("text", ["No transfers except to Acme", "Keine Übermittlung ohne Garantien", "Transfers outside the EEA"])  # fmt: skip
def test_a_sentence_that_says_more_about_transfers_stays_in_its_words(bring, text):
    record = one(bring, Transfers=text)

    assert [(row.stated_as, row.country) for row in record.transfers] == [(text, "")]


@pytest.mark.parametrize(
    ("text", "transfers"),
    [
        ("Yes (USA)", [("US", "", "")]),
        ("USA (hosting of tickets)", [("US", "", "USA (hosting of tickets)")]),
        ("Oui – États-Unis (clauses contractuelles types)", [("US", "A46-2-c", "")]),
        ("Germany -> United States", [("US", "", "Germany -> United States")]),
        ("USA (no longer)", [("", "", "USA (no longer)")]),
        ("Acme Ltd, India", [("", "", "Acme Ltd, India")]),
    ],
)
def test_a_country_with_words_behind_it_is_read_and_keeps_them(bring, text, transfers):
    record = one(bring, Transfers=text)

    assert [(row.country, row.safeguard, row.stated_as) for row in record.transfers] == transfers


def test_recipients_are_what_their_heading_says(bring):
    record = one(bring, **{"Data processors": "ADP", "Internal recipients": "Finance", "Recipients": "Tax office"})

    assert {row.stated_as: row.role for row in record.recipients} == {"ADP": "processor", "Finance": "internal_unit", "Tax office": ""}  # fmt: skip


def test_a_list_that_only_says_yes_has_no_row_called_so(bring):
    record = one(bring, Recipients="Yes", Joint_controllers="Yes")

    assert (record.recipients_answer, list(record.recipients), list(record.joint_controllers)) == ("yes", [], [])
    assert record.unplaced == "Recipients: Yes\nJoint controllers: Yes"


def test_the_controller_of_a_controllers_own_record_is_not_a_client(bring):
    record = one(bring, Controller="Town of Example, 1 High Street")

    assert (record.role, list(record.controllers)) == ("controller", [])
    assert record.unplaced == "Controller: Town of Example, 1 High Street"


@pytest.mark.parametrize(("text", "facts"), [("Not required", {"status": "not_required"}), ("In corso", {"status": "in_progress"}), ("Done", {"status": "completed"})])  # fmt: skip
def test_a_state_is_no_name_of_an_impact_assessment(bring, text, facts):
    (row,) = one(bring, DPIA=text).impact_assessments

    assert (row.title, {"status": row.status}) == ("DPIA", facts)


def test_whether_an_assessment_was_carried_out_is_its_state(bring):
    (row,) = one(bring, **{"DPIA carried out": "Yes"}).impact_assessments

    assert (row.status, row.conclusion) == ("completed", "")


def test_a_no_leaves_open_whether_an_assessment_is_needed(bring):
    record = one(bring, **{"DPIA carried out": "No"})

    assert (list(record.impact_assessments), record.unplaced) == ([], "DPIA carried out: No")


@pytest.mark.parametrize(("text", "role"), [("Responsable de traitement", "controller"), ("Responsable conjoint", "joint_controller"), ("Auftragsverarbeiter", "processor")])  # fmt: skip
def test_our_role_is_read_in_the_words_of_other_languages(bring, text, role):
    assert one(bring, Role=text).role == role


# The law of the organisation's country


@pytest.mark.parametrize(
    ("country", "text", "codes"),
    [
        ("GB", "Public task; 6(1)(a)", ["UK-A6-1-e", "UK-A6-1-a"]),
        ("GB", "Art. 6(1)(a) DSGVO", ["A6-1-a"]),
        ("BR", "Consentimento", ["BR-A7-I"]),
        ("CH", "überwiegendes privates Interesse", ["CH-A31-PRIVATE-INTEREST"]),
        ("CH", "Vertrag", ["Vertrag"]),
        ("FR", "Obligation légale, Contrat", ["A6-1-c", "A6-1-b"]),
    ],
)
def test_bases_that_name_no_law_are_of_the_organisations_country(bring, country, text, codes):
    record = one(bring, of=factories.organisation(name=f"Of {country}", country=country), Legal_basis=text)

    assert bases(record) == codes


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("(h) health or social care", ["A9-2-h"]),
        ("Explicit consent", ["A9-2-a"]),
        ("9(2)(b) employment; g", ["A9-2-b", "A9-2-g"]),
        ("Art. 9 Abs. 2 lit. h DSGVO", ["A9-2-h"]),
        ("(h) research", ["A9-2-h", "Art. 9(2)(h) research"]),
        ("of the works council", ["of the works council"]),
    ],
)
def test_conditions_by_their_letter_and_name(bring, text, codes):
    assert bases(one(bring, **{"Article 9 condition": text})) == codes


def test_conditions_are_of_the_organisations_law(bring):
    of = factories.organisation(name="Of GB", country="GB")

    assert bases(one(bring, of=of, **{"Article 9 condition": "Substantial public interest"})) == ["UK-A9-2-g"]


def test_short_english_headings_do_not_make_a_table_one_of_ours(look):
    headings = ["Ref", "Name", "Purpose", "Legal basis", "Data subjects", "Data categories", "Recipients", "Unit"]

    found = look(as_csv(headings, ["A1", "Payroll", "Pay staff", "Contract", "Staff", "Name; Address", "A bank", "HR"]))

    assert (found.table.own, found.is_applicable) == (False, True)


def test_one_slip_in_a_heading_of_ours_is_said(look):
    found = look(as_csv(["Reference", "Name", "Purpose", "Data subjects", "Recipients"], ["A1", "Payroll", "", "", ""]))

    assert (found.table.own, texts(found.problems)) == (True, [("error", "cell C1, column “Purpose”")])


# Forms and lists


def test_of_boxes_in_a_cell_only_the_ticked_ones_count(bring):
    record = one(
        bring,
        Recipients="☒ Bank\n☐ Police",
        Transfers="☒ Datenübermittlung findet nicht statt und ist auch nicht geplant\n☐ findet wie folgt statt:",
        Special_categories="☐ Ja ☒ Nein",
        Data_categories="☐ Name\n☐ Address",
    )

    assert (named(record.recipients, "recipient"), record.transfers_answer, record.special_categories) == (["Bank"], "no", "no")  # fmt: skip
    assert list(record.data_categories) == []


@pytest.mark.parametrize(("heading", "answer"), [("Données sensibles (O/N)", "yes"), ("Données sensibles", "not_assessed")])  # fmt: skip
def test_initials_of_a_yes_are_read_where_the_heading_asks_for_them(bring, heading, answer):
    assert one(bring, **{heading: "O"}).special_categories == answer


def test_a_forms_title_is_no_name_beside_the_label_that_asks_for_it(bring):
    rows = [["Verarbeitungstätigkeit", "lfd. Nr.: 1"], ["1. Bezeichnung der Verarbeitungstätigkeit", "Personal"], ["4. Zwecke der Verarbeitung", "Verwaltung"], ["8. Kategorien von Empfängern, gegenüber denen Daten offengelegt werden", "Finanzamt"], ["11. Technische und organisatorische Maßnahmen (TOM) gemäß Art. 32 Abs. 1 DSGVO", "siehe Konzept"]]  # fmt: skip

    (record,) = bring(xlsx({"VT 01": rows}), "vvt.xlsx")

    assert (record.name, named(record.recipients, "recipient"), named(record.measures, "measure")) == ("Personal", ["Finanzamt"], ["siehe Konzept"])  # fmt: skip


def test_the_guidance_beside_a_form_is_no_record(bring):
    rows = [["Question", "Guidance", "Answer"], ["Name of the processing activity", "A short name", "Gym"], ["Purpose of the processing", "Why?", "Manage"], ["Lawful basis", "One of six", "Contract"], ["Categories of data subjects", "Who?", "Members"], ["Recipients", "Who gets it?", "Bank"]]  # fmt: skip

    (record,) = bring(xlsx({"Form": rows}), "form.xlsx")

    assert (record.name, record.purposes[0].text) == ("Gym", "Manage")


def test_dates_of_one_sheet_are_all_written_alike(look, bring):
    data = as_csv(["Processing activity", "Purpose", "Start date", "End date"], ["A", "x", "3/15/2021", "4/5/2023"])

    (record,) = bring(data)

    assert (str(record.began_on), str(record.ends_on)) == ("2021-03-15", "2023-04-05")
    assert "The column's dates are read as month/day/year, as those of “Start date” are." in [problem.message for problem in look(data).problems]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "headings", "row", "kind"),
    [
        ("subprocessors.csv", ["Subprocessor", "Purpose", "Location", "Data processed", "Transfer mechanism"], ["AWS", "Hosting", "Ireland", "All", "SCC"], "Recipient"),
        ("Anwendungen.csv", ["Anwendung", "Beschreibung", "Hersteller", "Hosting", "Personenbezogene Daten"], ["SAP", "Lohn", "", "Deutschland", "Gehalt"], "System"),
    ],
)  # fmt: skip
def test_a_list_that_is_called_like_a_catalogue_is_no_register(look, name, headings, row, kind):
    assert look(as_csv(headings, row), name).table.kind == kind


# Workbooks with more than a register

ROPA = [["Ref", "Processing activity", "Purpose", "Lawful basis", "Data subjects", "Personal data", "Recipients", "Retention"], ["R1", "Payroll", "Pay staff", "Contract", "Staff", "Bank details", "Bank", "6 years"]]  # fmt: skip


def test_logs_and_plans_beside_a_register_are_not_read_as_activities(look):
    sheets = {
        "ROPA": ROPA,
        "Breach log": [["Ref", "Date", "Description", "Data subjects", "Personal data"], ["B1", "2024-02-01", "Lost laptop", "Customers", "Names"]],
        "DPIAs": [["Processing activity", "DPIA status", "Residual risk"], ["Payroll", "Completed", "Low"]],
        "Training": [["Name", "Department", "Date"], ["Ann", "HR", "2024-01-01"]],
    }  # fmt: skip

    found = look(xlsx(sheets), "privacy.xlsx")

    assert [row.name for row in found.plan.rows] == ["Payroll"]
    why = "it doesn't look like a register of processing activities"
    assert (found.is_applicable, found.table.mapping.unread) == (True, {"Breach log": why, "DPIAs": why, "Training": why})  # fmt: skip


def test_what_is_processed_for_others_is_named_though_the_register_beside_it_has_names(bring):
    for_others = [["No.", "Customer (controller)", "Categories of processing carried out on behalf of each controller", "Security measures"], ["P1", "Alpha", "Hosting", "ISO 27001"]]  # fmt: skip

    records = bring(xlsx({"Controller": ROPA, "Processor": for_others}), "ropa.xlsx")

    assert {record.reference: (record.name, record.role) for record in records} == {"R1": ("Payroll", "controller"), "P1": ("Hosting", "processor")}  # fmt: skip


def test_rows_of_another_table_are_told_and_not_read(look):
    rows = (
        (
            "Reference",
            "Name of processing",
            "Purpose",
            "Legal basis",
            "Data subjects",
            "Recipients",
            "Retention period",
        ),
        ("A1", "Payroll", "Pay", "Contract", "Staff", "Bank", "6 years"),
        ("", "", "", "", ""),
        ("Reference", "Name of processing", "Controller", "Categories of processing", "Transfers"),
        ("P1", "Hosting", "Client Ltd", "Storage", "None"),
    )
    message = "The row is of another table of the sheet, and isn't read."

    found = look(as_csv(*rows))

    assert [row.name for row in found.plan.rows] == ["Payroll"]
    assert [(one.severity, one.row) for one in found.problems if one.message == message] == [
        ("warning", 4),
        ("warning", 5),
    ]


def test_characters_as_web_pages_write_them_are_read(bring):
    record = one(bring, Purpose="Sell &amp; deliver; R&D; t&ouml;dlich &lt;3&gt;")

    assert [row.text for row in record.purposes] == ["Sell & deliver", "R&D", "tödlich <3>"]


def test_a_no_within_a_text_on_transfers_leaves_open_whether_there_are_any(bring, look):
    record = one(bring, Transfers_to_third_countries="The provider says it does not move them abroad")

    assert (record.transfers_answer, named(record.transfers, "recipient")) == (
        "not_assessed",
        ["The provider says it does not move them abroad"],
    )
