"""What each register file that nobody on this project wrote gives: activities, bases, answers, and what is reported."""

import re
from collections import Counter

import pytest

from registry import models
from registry.imports.importing import apply_preview, bring_in, preview
from registry.models.seeding import seed_catalogues
from registry.record.loader import load_register
from tests import factories

pytestmark = [pytest.mark.django_db, pytest.mark.samples]


@pytest.fixture
def organisation():
    seed_catalogues()
    return factories.organisation(name="Sample Ltd")


@pytest.fixture
def read(samples, organisation):
    def read(path):
        file = samples / path
        found = preview(file.name, file.read_bytes(), organisation=organisation)
        assert found.plan is not None, [str(problem) for problem in found.problems]
        return found

    return read


@pytest.fixture
def bring(read, organisation):
    def bring(path):
        apply_preview(read(path), actor=None)
        return list(load_register(organisation=organisation.pk).activities())

    return bring


def severities(found):
    counted = Counter(problem.severity for problem in found.problems)
    return counted["error"], counted["warning"]


def remarks(found, severity="warning"):
    """What is said of cells below the headings."""
    header = found.table.header_row
    return sorted(
        {(problem.place, problem.message.split(" The text is")[0]) for problem in found.problems
         if problem.severity == severity and problem.row and problem.row > header}
    )  # fmt: skip


def words(rows):
    return [row.stated_as for row in rows]


def codes(record):
    return [row.legal_basis.code if row.legal_basis else row.stated_as for row in record.legal_bases]


@pytest.mark.parametrize(
    ("path", "created", "header", "first", "grouped"),
    [
        ("koos/vvt-musterstadt-213.xlsx", 213, 4, 5, ()),
        ("koos/vvt-musterstadt-213.csv", 213, 1, 2, ()),
        ("dpcat/HR department of Alpha.xlsx", 4, 1, 3, ()),
        ("dpcat/Customer Services deptartment of Alpha.xlsx", 3, 1, 3, ()),
        ("dpcat/Marketing department of Alpha.xlsx", 3, 1, 3, ()),
        ("dpcat/Beta a processor of  employee expenses.xlsx", 1, 1, 3, ()),
        ("dpcat/query-result-ropa-controller.csv", 10, 1, 2, (1, 2)),
        ("dpcat/query-result-ropa-processor.csv", 1, 1, 2, (1,)),
        ("dpcat/GDPR_A30.csv", 3, 1, 2, ()),
        ("dastra/sample-datatreatments-shipbuilder.xlsx", 14, 1, 2, ()),
        ("klotzkette/01_verarbeitungsverzeichnis_vvt_art30_dsgvo.xlsx", 8, 5, 6, ()),
        ("ciso-assistant/processings_template.xlsx", 2, 1, 2, ()),
        ("ciso-assistant/sample_processing_workbook.xlsx", 1, 1, 2, ()),
        ("cnil/Registre_traitement_CNIL.filled-fashion-insta.ods", 4, 8, 10, ()),
    ],
)
def test_each_register_gives_its_activities(read, path, created, header, first, grouped):
    found = read(path)

    assert found.plan.counts == {"created": created, "changed": 0, "unchanged": 0, "skipped": 0, "refused": 0}
    assert (found.table.header_row, found.table.first_data_row) == (header, first)
    assert found.table.mapping.main.grouped_by == grouped
    assert found.is_applicable


def test_a_blank_template_holds_no_activity_and_says_so(samples, organisation):
    file = samples / "cnil" / "registre-traitement-simplifie.blank.ods"

    found = preview(file.name, file.read_bytes(), organisation=organisation)

    assert found.plan.counts == {"created": 0, "changed": 0, "unchanged": 0, "skipped": 0, "refused": 0}
    assert [problem.message for problem in found.problems if problem.severity == "error"] == [
        "The table holds headings and no rows."
    ]
    assert found.table.mapping.main.skipped == {9: "example"}
    assert found.table.mapping.unread == {
        "Tutoriel": "it lists values to choose from, or explains",
        "4_-_Exemple_de_fiche": "it is an example",
        "5_-_Listes": "it is hidden",
    }


def test_annotation_rows_and_words_for_none(bring):
    recruitment, payroll, pension, expenses = bring("dpcat/HR department of Alpha.xlsx")

    assert (recruitment.name, words(recruitment.data_categories)) == ("Recruitment of staff", ["CV", "References"])
    assert (recruitment.recipients_answer, recruitment.transfers_answer) == ("not_assessed", "not_assessed")
    assert (payroll.recipients_answer, payroll.retention_stated_as) == ("yes", "Until end of contract")
    assert words(pension.recipients) == ["Pension provider"]
    (transfer,) = expenses.transfers
    assert (transfer.stated_as, transfer.country, transfer.safeguard) == ("Beta Ltd.", "CA", "A45-3")


def test_nil_is_an_answer(bring):
    assert {(record.recipients_answer, record.transfers_answer) for record in bring("dpcat/Marketing department of Alpha.xlsx")} == {
        ("no", "no")
    }  # fmt: skip


def test_a_processors_record(bring):
    (record,) = bring("dpcat/Beta a processor of  employee expenses.xlsx")

    assert (record.role, record.name) == ("processor", "Processing of Expenses on behalf of Alpha Ltd.")
    assert (record.recipients_answer, record.transfers_answer) == ("no", "no")
    assert record.retention_stated_as == "until end of contract"


def test_lines_of_one_data_category_each_are_one_activity(bring):
    records = bring("dpcat/query-result-ropa-controller.csv")

    calls = records[0]
    assert (calls.name, calls.external_reference) == ("Recording of customer calls", "Record001")
    assert [row.category.name if row.category else row.stated_as for row in calls.data_categories] == [
        "Contact", "Voice Communication Recording",
    ]  # fmt: skip
    assert (calls.retention_stated_as, calls.contact) == ("2.0", "Alice, alice@example.com")
    assert (str(calls.began_on), str(calls.ends_on)) == ("2019-01-01", "2022-12-13")
    expenses = next(record for record in records if record.name == "Expenses Payments")
    assert [(row.stated_as, row.role) for row in expenses.recipients] == [("Beta Ltd.", "processor")]
    assert Counter(record.unplaced.split("\n")[0] for record in records) == {
        "department: Customer Service Dept.": 3, "department: HR Dept.": 4, "department: Marketing Dept.": 3,
    }  # fmt: skip


def test_lines_of_one_operation_each_are_one_record_of_a_processor(bring):
    (record,) = bring("dpcat/query-result-ropa-processor.csv")

    assert record.role == "processor"
    (controller,) = record.controllers
    assert controller.stated_as == "Alpha Inc."
    assert controller.categories_of_processing == "Obtain; Transform; Processing; Organise; Store"
    assert words(record.measures) == ["Standard"]


def test_columns_of_true_and_false_become_data_categories(bring):
    records = bring("dastra/sample-datatreatments-shipbuilder.xlsx")

    access = next(record for record in records if record.name == "Gestion des entrées / sorties")
    assert [row.category.name for row in access.data_categories] == [
        "Civil status and identity", "Professional life", "Economic and financial information", "Connection data",
        "Biometric data for unique identification",
    ]  # fmt: skip
    assert (access.special_categories, access.profiling, access.automated_decisions) == ("yes", "no", "no")
    assert access.retention_stated_as == "Duration of respective contracts"
    assert Counter(record.special_categories for record in records) == {"not_assessed": 13, "yes": 1}
    assert Counter(record.profiling for record in records) == {"no": 13, "yes": 1}
    assert [record.external_reference for record in records][-2:] == ["13", "13"]


def test_a_reference_that_stands_twice_is_kept_as_an_outside_number(read):
    mapping = read("dastra/sample-datatreatments-shipbuilder.xlsx").table.mapping

    assert {column.heading: column.read_as for column in mapping.main.columns}["Ref"] == "external_reference"


def test_verdicts_behind_a_legal_basis_stay_with_the_record(bring):
    records = bring("klotzkette/01_verarbeitungsverzeichnis_vvt_art30_dsgvo.xlsx")

    assert [codes(record) for record in records] == [
        ["A6-1-a", "— UNWIRKSAM; Sanierung"],
        ["A6-1-a", "— UNWIRKSAM"],
        ["A6-1-b"],
        ["A6-1-f"],
        ["A6-1-b", "— STRITTIG"],
        ["A6-1-f", "Art. 6 Abs. 1 lit. f (IT-Sicherheit)"],
        ["Art. 17 Abs. 3 lit. e DSGVO (Rechtsansprueche)"],
        ["A6-1-c", "Art. 6 Abs. 1 lit. c (Rechtspflicht Art. 12 ff. DSGVO)"],
    ]
    assert Counter(record.transfers_answer for record in records) == {"yes": 4, "no": 4}


def test_a_table_whose_first_column_is_empty(bring):
    second, first = bring("ciso-assistant/processings_template.xlsx")

    assert {(second.name, second.status), (first.name, first.status)} == {
        ("processing 2", "draft"), ("processing 1", "approved"),
    }  # fmt: skip
    assert "# hello" in {first.description, second.description}


def test_sheets_of_parts_without_a_key_belong_to_the_only_record(bring):
    (record,) = bring("ciso-assistant/sample_processing_workbook.xlsx")

    assert [(row.text) for row in record.purposes] == ["Salary payment"]
    assert codes(record) == ["A6-1-b"]
    assert [(row.category.name, row.retention_stated_as) for row in record.data_categories] == [
        ("Bank details", "5 years")
    ]
    assert [row.category.name for row in record.data_subjects] == ["Employees"]
    assert [(row.stated_as, row.role) for row in record.recipients] == [
        ("Payroll provider", "processor"), ("Payroll SaaS", "processor"),
    ]  # fmt: skip
    assert [(row.stated_as, row.country, row.safeguard) for row in record.transfers] == [
        ("Cloud backup", "US", "A46-2-c")
    ]


def test_a_list_and_the_card_of_one_of_its_activities(bring):
    records = bring("cnil/Registre_traitement_CNIL.filled-fashion-insta.ods")

    assert [(record.reference, record.special_categories) for record in records] == [
        ("T-001", "yes"), ("T-002", "no"), ("T-003", "no"), ("T-004", "no"),
    ]  # fmt: skip
    card = records[0]
    assert (len(card.purposes), str(card.began_on), card.transfers_answer) == (6, "2026-05-15", "no")
    assert [row.category.name for row in card.data_categories] == [
        "Civil status and identity", "Personal life", "Connection data", "Biometric data for unique identification",
    ]  # fmt: skip
    assert card.data_categories[2].retention_stated_as == "12 mois"
    assert [row.role for row in card.recipients] == ["internal_unit", "processor", "processor"]
    assert [row.stated_as.split(":")[0] for row in card.measures] == [
        "Chiffrement des données", "Contrôle d'accès des utilisateurs", "Sauvegarde des données",
    ]  # fmt: skip
    assert "Non collectée explicitement" in card.unplaced
    assert "Sans objet — aucun transfert hors UE à ce jour" in card.unplaced


def _letters_of_article_6(text):
    """The letters that follow an Art. 6 up to the next article or section, found without any of our own reading."""
    other = re.compile(r"(?:Art\. (?!6 )\d+|§)[^;]*?(?=DSGVO|;|$|Art\. 6 )")
    return set(re.findall(r"(?<![A-Za-zäöü])([a-f])\)?(?![A-Za-zäöüß.])", other.sub("", text)))


def test_the_municipal_register_says_what_stays_in_words(read):
    found = read("koos/vvt-musterstadt-213.xlsx")

    answers = Counter(row.values["transfers_answer"] for row in found.plan.rows)
    lawful = set(models.LegalBasis.objects.filter(code__startswith="A6-1").values_list("pk", flat=True))
    several = sum(sum(row["legal_basis"] in lawful for row in one.values["legal_bases"]) > 1 for one in found.plan.rows)
    assert (answers["no"], several) == (203, 126)
    # Of the texts, 125 cite two letters of Art. 6, and one names consent in a word. The README's 56 % is what comes of
    # counting any letters that stand together in one part that cites Art. 6: 119.
    texts = [row[5] for row in found.table.sheet.rows[4:]]
    parts = [[part for part in text.split(";") if "Art. 6" in part] for text in texts]
    within = [max((len(set(re.findall(r"\b[a-f]\b", part))) for part in some), default=0) for some in parts]
    anywhere = [len(_letters_of_article_6(text)) for text in texts]
    assert (sum(count > 1 for count in within), sum(count > 1 for count in anywhere)) == (119, 125)
    assert severities(found) == (0, 439)
    assert len(found.plan.rows) == len({row.reference for row in found.plan.rows}) == 213
    assert len({row.name for row in found.plan.rows}) == 212


@pytest.mark.parametrize(
    ("path", "model", "count"),
    [
        ("dastra/sample-dataretentionrule-hr.csv", "RetentionSchedule", 7),
        ("dastra/sample-dataretentionrule-rh.csv", "RetentionSchedule", 7),
        ("dastra/sample-vendors-example.xlsx", "Recipient", 5),
        ("dastra/sample-vendor-csv.csv", "Recipient", 5),
    ],
)
def test_files_of_catalogues_become_entries(samples, organisation, path, model, count):
    file = samples / path
    before = getattr(models, model).objects.count()

    outcome = bring_in(file.name, file.read_bytes(), organisation=None, apply=True)
    again = bring_in(file.name, file.read_bytes(), organisation=None)

    assert (outcome.errors, outcome.counts) == (0, {"created": count, "changed": 0, "unchanged": 0})
    assert getattr(models, model).objects.count() == before + count
    assert again.counts == {"created": 0, "changed": 0, "unchanged": count}


def test_a_vendor_keeps_all_that_was_said_of_it(samples, organisation):
    file = samples / "dastra" / "sample-vendors-example.xlsx"
    bring_in(file.name, file.read_bytes(), organisation=None, apply=True)

    vendor = models.Recipient.objects.get(name="Zoho Corporation")

    assert (vendor.kind, vendor.country, vendor.address) == ("processor", "IN", "Chennai\n603202")
    assert vendor.description.split("\n") == [
        "SaaS CRM", "VendorType: B2B", "WebsiteUrl: https://www.zoho.com/", "AccessLevel: Restricted",
    ]  # fmt: skip


def test_a_retention_rule_with_one_period_has_it_in_figures_and_one_with_two_in_words(samples, organisation):
    file = samples / "dastra" / "sample-dataretentionrule-hr.csv"
    bring_in(file.name, file.read_bytes(), organisation=None, apply=True)

    one = models.RetentionSchedule.objects.get(name="Unique staff register")
    two = models.RetentionSchedule.objects.get(name="Payslip")

    assert (one.period, one.unit) == (5, "year")
    assert (two.period, two.unit) == (None, "")
    assert "BaseActiveRetentionTime: 1 Month\nIntermediateArchivingRetentionTime: 5 Year" in two.text
