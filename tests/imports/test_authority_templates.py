"""The layouts of supervisory authorities' templates and of other products, one made-up file each."""

import pytest

from registry.imports.importing import apply_preview, preview
from registry.models.seeding import seed_catalogues
from registry.record.loader import load_register
from tests import factories
from tests.imports import twins
from tests.imports.files import ods, xlsx
from tests.imports.tables import as_csv

pytestmark = pytest.mark.django_db


@pytest.fixture
def organisation():
    seed_catalogues()
    return factories.organisation(name="Sample Ltd")


@pytest.fixture
def bring(organisation):
    def bring(data, name="register.xlsx"):
        found = preview(name, data, organisation=organisation)
        assert found.is_applicable, [str(problem) for problem in found.problems]
        apply_preview(found, actor=None)
        return found, list(load_register(organisation=organisation.pk).activities())

    return bring


def read_as(found, sheet=0):
    return {column.heading: column.read_as for column in found.table.mapping.sheets[sheet].columns}


def codes(record):
    return [row.legal_basis.code if row.legal_basis else row.stated_as for row in record.legal_bases]


def called(rows, fact="category"):
    return [getattr(row, fact).name if getattr(row, fact) else row.stated_as for row in rows]


def test_ico_controller_with_several_rows_an_activity(bring):
    found, records = bring(xlsx({"Template": twins.ICO_CONTROLLER, "Notes": [["Green headings are required."]]}))

    assert (found.table.header_row, found.table.mapping.main.continues) == (9, True)
    payroll, newsletter, sickness = records
    assert (payroll.name, codes(payroll)) == ("Paying staff", ["A6-1-b", "A6-1-c"])
    assert called(payroll.data_subjects) == ["Employees", "Next of kin"]
    assert [(called([row])[0], row.data_subject.stated_as or row.data_subject.category.name, row.retention_stated_as) for row in payroll.data_categories] == [
        ("Contact details", "Employees", "6 years plus current"),
        ("Bank details", "Employees", "3 years"),
        ("Contact details", "Next of kin", "6 years plus current"),
    ]  # fmt: skip
    assert (payroll.transfers_answer, payroll.automated_decisions) == ("no", "no")
    assert called(payroll.recipients, "recipient") == ["Payroll bureau", "HMRC"]
    (transfer,) = newsletter.transfers
    assert (transfer.country, transfer.safeguard, newsletter.retention_stated_as) == (
        "US",
        "UK-ADDENDUM",
        "until the person unsubscribes",
    )
    assert codes(sickness) == ["A6-1-c", "A9-2-b", "employment"] or codes(sickness)[:2] == ["A6-1-c", "A9-2-b"]
    assert "Business function: Finance" in payroll.unplaced
    policies = {(row.policy_document, row.policy_followed, row.policy_deviation) for row in sickness.legal_bases}
    assert ("APD 3", "no", "A tribunal asked for it") in policies


def test_ico_processor(bring):
    _, records = bring(xlsx({"Template": twins.ICO_PROCESSOR}))

    assert [(record.name, record.role) for record in records] == [
        ("Hosting of the shop", "processor"), ("Sending of letters", "processor"),
    ]  # fmt: skip
    (served,) = records[1].controllers
    assert (served.stated_as, served.categories_of_processing) == ("Beta plc", "Sending of letters")
    assert [(row.country, row.safeguard) for row in records[1].transfers] == [("CA", "A45-3")]
    assert records[0].transfers_answer == "no"


def test_cnil_list_and_cards(bring):
    sheets = {
        "Liste": twins.CNIL_LIST,
        "Fiche 1": twins.cnil_card("T-1", "Paie du personnel"),
        "Fiche 2": twins.cnil_card(
            "T-3", "Voyages", sensitive="allergies", transfer=("Agence", "États-Unis", "Clauses contractuelles types (CCT)", "Contrat du 1er mars")
        ),
        "Modèle de fiche": twins.cnil_card("ref-001", ""),
        "Exemple de fiche": twins.cnil_card("0", "Exemple"),
    }  # fmt: skip
    sheets["Modèle de fiche"] = [row[:1] for row in sheets["Modèle de fiche"]]

    found, records = bring(xlsx(sheets))

    assert [(record.reference, record.name) for record in records] == [
        ("T-1", "Paie du personnel"), ("T-2", "Suivi médical"), ("T-3", "Voyages"),
    ]  # fmt: skip
    payroll, _, travel = records
    assert [row.text for row in payroll.purposes] == [
        "Calculer et verser les salaires",
        "Payer le personnel",
        "Calculer les cotisations",
    ]
    assert [(called([row])[0], row.items, row.retention_stated_as) for row in payroll.data_categories] == [
        ("Civil status and identity", "nom, prénom", "5 ans à compter du versement"),
        ("National identification or social security number", "numéro", "5 ans à compter du versement"),
    ]  # fmt: skip
    assert called(payroll.data_subjects) == ["Salariés: et apprentis"]
    assert [(row.stated_as, row.role) for row in payroll.recipients] == [
        ("Comptabilité", "internal_unit"),
        ("Cabinet de paie", "processor"),
    ]
    assert [row.stated_as for row in payroll.measures] == ["Chiffrement des données: au repos"]
    assert (payroll.special_categories, travel.special_categories) == ("no", "yes")
    assert [(row.stated_as, row.country, row.safeguard, row.document) for row in travel.transfers] == [
        ("Agence", "US", "A46-2-c", "Contrat du 1er mars"),
    ]  # fmt: skip
    assert "Responsable du traitement, Adresse mél: rgpd@example.org" in payroll.unplaced
    assert found.table.mapping.unread == {"Exemple de fiche": "it is an example"}


def test_one_card_alone(bring):
    _, (record,) = bring(ods(twins.cnil_card("T-1", "Paie du personnel"), name="Fiche"), "fiche.ods")

    assert (record.reference, record.name, str(record.began_on)) == ("T-1", "Paie du personnel", "2025-02-01")


def test_dpc(bring):
    found, (record,) = bring(xlsx(twins.DPC))

    assert (record.name, codes(record), record.transfers_answer) == ("Recruitment", ["A6-1-b"], "no")
    assert record.retention_stated_as == "1 year after the competition"
    assert read_as(found)["Has a breach occurred?"] == "keep"


def test_belgian_table_with_a_row_of_instructions(bring):
    found, (record,) = bring(
        xlsx({"Register": twins.BELGIAN, "Lists": [["Doel", "Grondslag"], ["Personeel", "Contract"]]})
    )

    assert found.table.skipped == {3: "annotation"}
    assert (record.reference, record.name, codes(record)) == ("1", "Loonadministratie", ["A6-1-b"])
    assert called(record.data_categories) == ["Identificatiegegevens", "Bankgegevens"]
    assert {row.source for row in record.data_categories} == {"de werknemer"}
    assert record.transfers_answer == "no"


def test_garante_with_purposes_and_legal_bases_in_one_column(bring):
    _, (record,) = bring(xlsx(twins.GARANTE))

    assert (record.name, [row.text for row in record.purposes], codes(record)) == (
        "Gestione del personale", ["Pagamento degli stipendi"], ["A6-1-b"],
    )  # fmt: skip
    assert record.retention_stated_as == "10 anni dalla cessazione del rapporto"


def test_dsk_main_sheet_with_a_section_and_a_total(bring):
    found, (record,) = bring(xlsx(twins.DSK))

    assert found.table.skipped == {3: "section", 5: "total"}
    assert (record.name, str(record.began_on), record.contact) == ("Zeiterfassung", "2024-03-01", "Leitung Personal")
    assert called(record.recipients, "recipient") == ["Personalabteilung", "Lohnbüro"]
    assert called(record.data_categories) == ["Name", "Zeiten"]
    assert (record.transfers_answer, record.special_categories) == ("no", "no")
    assert "Section: ALLGEMEINES" in record.unplaced


def test_bavarian_form_with_numbers_before_its_labels(bring):
    _, (record,) = bring(xlsx({"Wohngeld": twins.BAVARIA}))

    assert (record.name, record.reference, codes(record)) == ("Wohngeldstelle", "W-17", ["A6-1-e", "§ 23 WoGG"])
    assert (record.transfers_answer, record.retention_stated_as) == ("no", "10 Jahre nach Abschluss")


def test_aepd_card_that_is_called_like_its_sheet(bring):
    _, (record,) = bring(xlsx({"Padrón municipal": twins.AEPD}))

    assert (record.name, codes(record)) == ("Padrón municipal", ["A6-1-c"])
    assert record.transfers_answer == "no"
    assert called(record.recipients, "recipient") == ["Administraciones públicas"]


def test_aepd_activities_side_by_side(bring):
    _, records = bring(xlsx(twins.AEPD_SIDE_BY_SIDE))

    assert [(record.name, codes(record), record.retention_stated_as) for record in records] == [
        ("Padrón", ["A6-1-c"], ""), ("Nóminas", ["A6-1-b"], "5 años desde el pago"),
    ]  # fmt: skip


def test_aepd_activities_one_below_the_other(bring):
    stacked = [
        ["Nombre de la actividad", "Padrón"], *twins.AEPD, [],
        ["Nombre de la actividad", "Nóminas"], *twins.AEPD,
    ]  # fmt: skip

    _, records = bring(xlsx(stacked))

    assert [(record.name, codes(record)) for record in records] == [("Padrón", ["A6-1-c"]), ("Nóminas", ["A6-1-c"])]


def test_lga(bring):
    found, records = bring(as_csv(*twins.LGA), "ropa.csv")

    assert [(record.reference, record.name, codes(record)) for record in records] == [
        ("101", "Lending", ["A6-1-e"]), ("102", "Permits", ["A6-1-e"]),
    ]  # fmt: skip
    assert (records[0].recipients_answer, records[1].recipients_answer) == ("no", "yes")
    assert "Organisation name (download only): Sample Council" in records[0].unplaced
    assert not found.table.mapping.main.grouped_by


def test_anpd(bring):
    _, (record,) = bring(xlsx(twins.ANPD))

    assert (record.name, codes(record), record.contact) == ("Folha de pagamento", ["BR-A7-V"], "rh@example.org")
    assert (record.recipients_answer, record.retention_stated_as) == ("no", "5 anos após o término do contrato")


def test_luxembourg(bring):
    _, (record,) = bring(xlsx(twins.LUXEMBOURG))

    assert (record.name, record.transfers_answer, called(record.recipients, "recipient")) == (
        "Gestion des membres",
        "no",
        ["Banque"],
    )


def test_a_sheet_for_each_kind_of_part(organisation):
    found = preview("register.xlsx", xlsx(twins.PARTS), organisation=organisation)

    assert [
        (problem.message, problem.place, problem.value) for problem in found.problems if problem.severity == "error"
    ] == [("No record has this name.", "sheet “Personal data”, cell A4", "A9")]
    payroll, newsletter = found.plan.rows
    assert [row["text"] for row in payroll.values["purposes"]] == ["Paying staff", "Reporting to the tax office"]
    assert [row["purpose"] for row in payroll.values["legal_bases"]] == [0, 1]
    assert [(row["retention_stated_as"], row["source"]) for row in newsletter.values["data_categories"]] == [
        ("until withdrawal", "the subscriber")
    ]
    assert found.table.mapping.unread == {"Lists": "it lists values to choose from, or explains"}


def test_columns_of_ticks(bring):
    _, (health, fleet) = bring(xlsx(twins.TICKS))

    assert called(health.data_categories) == ["Data concerning health", "Civil status and identity"]
    assert (health.special_categories, fleet.special_categories) == ("yes", "not_assessed")
    assert (called(health.data_subjects), called(fleet.data_subjects)) == ([], ["Customers"])
    assert called(fleet.data_categories) == ["Location data", "Civil status and identity"]


def test_a_line_for_each_data_category_and_a_date_that_does_not_exist(organisation):
    found = preview("lines.csv", as_csv(*twins.LINES), organisation=organisation)

    assert found.table.mapping.main.grouped_by == (1,)
    assert [(problem.place, problem.value) for problem in found.problems if problem.severity == "error"] == [
        ("cell F4, column “start date”", "2021-31-31")
    ]
    orders = found.plan.rows[0].values
    assert [(row["stated_as"], row["retention_stated_as"]) for row in orders["data_categories"]] == [
        ("Name", "10 years"), ("Payment data", "6 months"),
    ]  # fmt: skip
    assert (orders["retention_stated_as"], [row["stated_as"] for row in orders["recipients"]]) == (
        "",
        ["Carrier", "Bank"],
    )
