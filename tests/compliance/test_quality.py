import pytest

from registry.compliance.context import Context
from registry.compliance.meetings import Met
from tests.compliance.records import ON, OURS, Case, data, purpose, recipient, record, said_by, three_tests

PURPOSE = "Sending the newsletter to customers"

CASES = {
    "placeholder-left": Case(
        passes=record(purposes=(purpose("Why do customers leave?"),)),
        finds=record(
            description="The data are stored in [à compléter] until the contract ends, and longer where the law asks for it",
            purposes=(purpose("TBD"),),
            recipients=(recipient(stated_as="?"), recipient(stated_as="Lorem ipsum dolor")),
        ),
        says=(
            "Description: a placeholder stands where something should be said: “[à compléter]”.",
            "Purpose: a placeholder stands where something should be said: “TBD”.",
            "Recipients: a placeholder stands where something should be said: “?”.",
            "Recipients: a placeholder stands where something should be said: “Lorem ipsum dolor”.",
        ),
        not_about=record(dpo_remark="TBD", unplaced="???"),
    ),
    "link-instead-of-answer": Case(
        passes=record(retention_stated_as="Six years: https://intranet.example/policy"),
        finds=record(retention_stated_as="https://intranet.example/policy", data_categories=(data(items="P:\\files\\list.xlsx"),)),
        says=(
            "Time limit in words: nothing but a link stands there: https://intranet.example/policy",
            "Items: nothing but a link stands there: P:\\files\\list.xlsx",
        ),
        not_about=record(
            external_reference="https://tickets.example/12",
            contact="www@fjord.example",
            privacy_notice="https://fjord.example/privacy",
        ),
    ),
    "acronym-unexplained": Case(
        passes=record(purposes=(purpose("Running the customer data platform (CDP)"), purpose("Feeding the CDP, by GPS"))),
        finds=record(name="Feeding of QXZ", purposes=(purpose("Matching in the CDP and DWH"), purpose("PHASE III"), purpose("Phase III"))),
        says=("The record uses abbreviations that it doesn't explain: CDP, DWH, QXZ.",),
        not_about=record(purposes=(purpose("Known from the catalogue: WIDGT; by law § 12 ABCG"),)),
        context=Context(ON, abbreviations=frozenset({"WIDGT"})),
    ),
    "purpose-too-general": Case(
        passes=record(purposes=(purpose("Marketing of our own books by e-mail"), purpose("Research into sleep"))),
        finds=record(purposes=(purpose("Marketing."), purpose("IT-Sicherheit"), purpose("Recherche"))),
        says=(
            "The purpose “Marketing.” could stand in any record.",
            "The purpose “IT-Sicherheit” could stand in any record.",
            "The purpose “Recherche” could stand in any record.",
        ),
        not_about=record(role="processor", purposes=(purpose("Marketing"),)),
    ),
    "same-purpose-as-another-record": Case(
        passes=record(purposes=(purpose("Sending the catalogue to customers"),)),
        finds=record(purposes=(purpose("Sending the  newsletter to CUSTOMERS."),)),
        says=("The purpose “Sending the newsletter to CUSTOMERS.” stands word for word in other records too: PA-2 News.",),
        not_about=record(role="processor", purposes=(purpose(PURPOSE),)),
        context=Context(ON, {(OURS.pk, "purpose", PURPOSE.casefold()): Met(1, {-1: "PA-2 News"})}),
    ),
    "same-name-as-another-record": Case(
        passes=record(name="Newsletter"),
        finds=record(name="PAYROLL"),
        says=("Another record has the same name: PA-2 Payroll.",),
        not_about=record(name="Payroll", status="retired"),
        context=Context(ON, {(OURS.pk, "name", "payroll"): Met(1, {-1: "PA-2 Payroll"})}),
    ),
    "words-without-place": Case(
        passes=record(),
        finds=record(unplaced="Status: active"),
        says=("An import left words that no field could hold: “Status: active”.",),
        not_about=record(dpo_remark="Status: active"),
    ),
}  # fmt: skip


@three_tests(CASES)
def test_a_rule_about_quality(rule, record, context, says):
    assert said_by(rule, record, context) == says


def test_the_number_of_a_file_is_no_abbreviation():
    one = record(name="Flaw CVE-2026-0188 in the WIDGT")

    assert said_by("acronym-unexplained", one, Context(ON)) == (
        "The record uses abbreviations that it doesn't explain: WIDGT.",
    )


def test_of_many_words_without_place_the_first_are_told_on_one_line():
    one = record(unplaced="Status: active\n" + "Right of access: on demand\n" * 20)

    (said,) = said_by("words-without-place", one, Context(ON))

    assert said.startswith("An import left words that no field could hold: “Status: active Right of access: on demand")
    assert ("\n" in said, len(said) < 250, said.endswith(" …”.")) == (False, True, True)


@pytest.mark.parametrize("text", ["siehe oben", "See above", "voir ci-dessus", "Diverse", "idem"])
def test_what_only_points_to_what_stands_elsewhere_is_a_placeholder(text):
    one = record(recipients=(recipient(stated_as=text),))

    assert said_by("placeholder-left", one, Context(ON)) == (
        f"Recipients: a placeholder stands where something should be said: “{text}”.",
    )


@pytest.mark.parametrize("text", ["siehe oben genannte Banken", "Various banks", "none"])
def test_what_says_more_is_no_placeholder(text):
    assert said_by("placeholder-left", record(recipients=(recipient(stated_as=text),)), Context(ON)) == ()


@pytest.mark.parametrize(
    "description",
    [
        "Documentation in the hospital information system",
        "Dokumentation im Hospitalinformationssystem",
        "HIS (see below)",
    ],
)
def test_an_abbreviation_is_explained_where_it_is_written_out(description):
    one = record(name="Records in the HIS", description=description)

    assert said_by("acronym-unexplained", one, Context(ON)) == ()


@pytest.mark.parametrize(
    "text", ["Paye et déclarations URSSAF", "Lohnabrechnung mit DATEV, AVV vom 1. März", "Deducting PAYE and PRSI"]
)
def test_what_everybody_in_the_field_knows_needs_no_explanation(text):
    assert said_by("acronym-unexplained", record(purposes=(purpose(text),)), Context(ON)) == ()
