"""Tests for the spreadsheets of the demonstration register: every cell is accepted, every reference resolves."""

import csv
import re
from collections import Counter
from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from registry.management import demo
from registry.record import entries
from registry.record.activity import ActivityRecord
from registry.record.activity_rows import TransferRow
from registry.record.cells import CellRow, parse_rows
from registry.record.classes import PARTS, ROOTS
from registry.record.definition import Fact, Kind, facts, main_fact
from registry.record.flat import row_key
from registry.record.organisations import OrganisationRecord, UnitRecord
from registry.reference import countries, safeguards
from registry.reference.roles import ActivityRole
from registry.reference.safeguards import SafeguardKind
from registry.reference.seeds import CATALOGUE_SEEDS

FOLDER = Path(demo.__file__).parent
FILES: dict[str, type[Any]] = {
    "organisations.csv": OrganisationRecord,
    "units.csv": UnitRecord,
    "legal_bases.csv": entries.LegalBasisEntry,
    "data_categories.csv": entries.DataCategoryEntry,
    "data_subjects.csv": entries.DataSubjectCategoryEntry,
    "retention_schedules.csv": entries.RetentionScheduleEntry,
    "recipients.csv": entries.RecipientEntry,
    "security_measures.csv": entries.SecurityMeasureEntry,
    "systems.csv": entries.SystemEntry,
    "documents.csv": entries.DocumentEntry,
    "activities.csv": ActivityRecord,
}
MODELS = {record: model for model, record in {**ROOTS, **PARTS}.items()}
TODAY = date(2026, 11, 22)
OUR_CONTENT = {"Organisation", "OrganisationUnit", "ProcessingActivity"}


@cache
def table(name: str) -> tuple[list[str], list[list[str]]]:
    with (FOLDER / name).open(encoding="utf-8", newline="") as file:
        heading, *lines = csv.reader(file, strict=True)
    return heading, lines


def records(name: str) -> list[dict[str, str]]:
    heading, lines = table(name)
    return [dict(zip(heading, line, strict=True)) for line in lines]


def cell_rows(record: dict[str, str], fact: Fact) -> list[CellRow]:
    assert fact.row is not None
    keys = [row_key(inner) for inner in facts(fact.row).values() if not inner.main and not inner.words]
    return parse_rows(record[fact.label], keys=keys)


def activity_rows(key: str) -> list[CellRow]:
    fact = facts(ActivityRecord)[key]
    return [row for record in records("activities.csv") for row in cell_rows(record, fact)]


@cache
def known(model: str) -> frozenset[str]:
    """What entries of a model may be called: by the seeds, and by the file of its own."""
    file = next(file for file, record in FILES.items() if MODELS[record].__name__ == model)
    name = "Code" if model == "LegalBasis" else "Name"
    seeded = [str(seed.values["code" if model == "LegalBasis" else "name"]) for seed in CATALOGUE_SEEDS.get(model, ())]
    return frozenset([*seeded, *(record[name] for record in records(file))])


def scalar_problem(fact: Fact, text: str) -> str:
    """Return why a cell that isn't a list would not be accepted, or an empty string."""
    if not text:
        return "is required" if fact.required else ""
    if text != text.strip():
        return "has blanks around it"
    labels = [label for _, label in fact.choice_pairs()]
    refused = {
        Kind.CHOICE: text not in labels,
        Kind.ANSWER: text not in labels,
        Kind.FLAG: text not in {"yes", "no"},
        Kind.NUMBER: not re.fullmatch(r"[1-9]\d*", text),
        Kind.DATE: not re.fullmatch(r"\d{4}-\d\d-\d\d", text),
        Kind.ENTRY: bool(fact.entry) and text not in known(fact.entry),
        Kind.ACCOUNT: True,
    }
    if refused.get(fact.kind):
        return f"does not accept {text!r}"
    if fact.kind is Kind.DATE:
        date.fromisoformat(text)
    return ""


def too_long(record: type[Any], fact: Fact, text: str) -> str:
    if fact.kind not in {Kind.TEXT, Kind.PROSE}:
        return ""
    longest = MODELS[record]._meta.get_field(fact.key).max_length
    return f"holds {len(text)} characters, its column {longest}" if longest and len(text) > longest else ""


def points_to_one(fact: Fact, text: str, record: dict[str, str]) -> bool:
    """Whether `#2`, or the name of an entry, names one row of the list that the fact refers to."""
    targets = cell_rows(record, facts(ActivityRecord)[fact.entry])
    if re.fullmatch(r"#[1-9]\d*", text):
        return int(text[1:]) <= len(targets)
    return [target.entry for target in targets].count(text) == 1


def row_problems(fact: Fact, record: dict[str, str]) -> Iterator[str]:
    assert fact.row is not None
    inner = {row_key(one): one for one in facts(fact.row).values()}
    main = main_fact(fact.row)
    for number, row in enumerate(cell_rows(record, fact), start=1):
        for key, text in [(row_key(main), row.entry), *row.facts]:
            one = inner[key]
            if one.kind is Kind.SIBLING:
                why = "" if points_to_one(one, text, record) else f"points to no row: {text}"
            elif one.main and not text:
                why = "" if row.words else "says nothing"
            else:
                why = scalar_problem(one, text) or too_long(fact.row, one, text)
            if why:
                yield f"{fact.label} {number}, {one.label}, {why}"


def problems(name: str) -> list[str]:
    """Return everything in a file that the import would refuse or keep as words against our meaning."""
    found = []
    for line, record in enumerate(records(name), start=2):
        for fact in facts(FILES[name]).values():
            text = record.get(fact.label, "")
            if fact.kind is Kind.ROWS:
                whys = list(row_problems(fact, record)) if text else []
            else:
                why = scalar_problem(fact, text) or too_long(FILES[name], fact, text)
                whys = [f"{fact.label} {why}"] if why else []
            found += [f"{name}, line {line}: {why}" for why in whys]
    return found


def test_the_folder_holds_these_files_and_no_other() -> None:
    assert {file.name for file in FOLDER.glob("*.csv")} == set(FILES)


def test_the_package_names_the_files_in_the_order_of_their_import() -> None:
    assert re.findall(r"\w+\.csv", demo.__doc__ or "") == list(FILES)


@pytest.mark.parametrize("name", FILES)
def test_every_heading_is_the_label_of_a_declared_fact_and_stands_once(name: str) -> None:
    heading, _ = table(name)
    labels = {fact.label for fact in facts(FILES[name]).values()}
    assert [column for column in heading if column not in labels or heading.count(column) > 1] == []


@pytest.mark.parametrize("name", FILES)
def test_every_line_has_as_many_cells_as_the_heading(name: str) -> None:
    heading, lines = table(name)
    assert {len(line) for line in lines} == {len(heading)}


@pytest.mark.parametrize("name", FILES)
def test_every_cell_is_accepted_by_its_fact(name: str) -> None:
    assert problems(name) == []


@pytest.mark.parametrize("name", [name for name in FILES if name != "activities.csv"])
def test_no_name_is_used_twice_in_a_file_or_taken_from_a_seed(name: str) -> None:
    model = MODELS[FILES[name]].__name__
    column = "Code" if model == "LegalBasis" else "Name"
    seeded = [str(seed.values["code" if model == "LegalBasis" else "name"]) for seed in CATALOGUE_SEEDS.get(model, ())]
    counted = Counter(text.casefold() for text in [*seeded, *(record[column] for record in records(name))])
    assert [text for text, count in counted.items() if count > 1] == []


@pytest.mark.parametrize(
    ("name", "column", "model"),
    [
        ("units.csv", "Part of", "OrganisationUnit"),
        ("data_categories.csv", "Part of", "DataCategory"),
        ("recipients.csv", "Sub-processor of", "Recipient"),
    ],
)
def test_no_entry_refers_to_a_later_line_of_its_own_file(name: str, column: str, model: str) -> None:
    seen = {str(seed.values["name"]) for seed in CATALOGUE_SEEDS.get(model, ())}
    too_early = []
    for record in records(name):
        if record[column] and record[column] not in seen:
            too_early.append(record["Name"])
        seen.add(record["Name"])
    assert too_early == []


def test_references_are_unique() -> None:
    references = [record["Reference"] for record in records("activities.csv")]
    assert len(references) == len(set(references))
    assert "" not in references


def test_the_register_belongs_to_the_one_organisation_whose_register_is_kept() -> None:
    own = [record["Name"] for record in records("organisations.csv") if record["We keep its register"] == "yes"]
    assert {record["Organisation"] for record in records("activities.csv")} == set(own)
    assert {record["Organisation"] for record in records("units.csv")} == set(own)
    assert len(own) == 1


def test_the_register_has_at_least_forty_activities_in_every_role_and_status() -> None:
    activities = records("activities.csv")
    assert len(activities) >= 40
    assert {record["Our role"] for record in activities} == {
        label for _, label in facts(ActivityRecord)["role"].choice_pairs()
    }
    assert {record["Status"] for record in activities} == {
        label for _, label in facts(ActivityRecord)["status"].choice_pairs()
    }


def test_processors_records_name_the_controllers_and_what_is_carried_out_and_no_purposes() -> None:
    served = facts(ActivityRecord)["controllers"]
    processors = [
        record for record in records("activities.csv") if record["Our role"] == str(ActivityRole.PROCESSOR.label)
    ]
    rows = [row for record in processors for row in cell_rows(record, served)]
    assert len(processors) >= 4
    assert [record["Reference"] for record in processors if not record[served.label] or record["Purposes"]] == []
    assert [row for row in rows if "categories of processing" not in dict(row.facts)] == []


def test_other_records_state_purposes_legal_bases_data_subjects_and_data() -> None:
    columns = ("Purposes", "Legal bases", "Data subjects", "Data categories")
    others = [record for record in records("activities.csv") if record["Our role"] != str(ActivityRole.PROCESSOR.label)]
    assert [record["Reference"] for record in others if not all(record[column] for column in columns)] == []


def test_joint_controllers_are_named_where_and_only_where_control_is_joint() -> None:
    for record in records("activities.csv"):
        assert bool(record["Joint controllers"]) == (record["Our role"] == str(ActivityRole.JOINT_CONTROLLER.label)), (
            record["Name"]
        )


def test_transfers_rest_on_adequacy_safeguards_and_derogations() -> None:
    kinds = {str(label): safeguards.BY_CODE[code].kind for code, label in safeguards.CHOICES}
    assert {kinds[dict(row.facts)["safeguard"]] for row in activity_rows("transfers")} == set(SafeguardKind)


def test_transfers_go_to_countries_outside_the_eea_and_say_to_whom() -> None:
    codes = {label: code for code, label in facts(TransferRow)["country"].choice_pairs()}
    going = [(row, codes[dict(row.facts)["country"]]) for row in activity_rows("transfers")]
    assert [row for row, code in going if countries.is_eea(code, TODAY)] == []


@pytest.mark.parametrize(
    ("answer", "rows"),
    [("Are there recipients?", "Recipients"), ("Are there transfers to third countries?", "Transfers")],
)
def test_a_block_is_listed_where_and_only_where_its_answer_is_yes(answer: str, rows: str) -> None:
    activities = records("activities.csv")
    assert [record["Reference"] for record in activities if (record[answer] == "Yes") != bool(record[rows])] == []


def test_every_answer_of_a_block_occurs() -> None:
    for column in ("Are there recipients?", "Are there transfers to third countries?", "Special categories of data"):
        assert {record[column] for record in records("activities.csv")} == {"Yes", "No", "Not assessed"}


def test_legitimate_interests_name_the_interest_and_legal_obligations_the_provision() -> None:
    rows = activity_rows("legal_bases")
    assert [row for row in rows if row.entry == "A6-1-f" and "legitimate interest" not in dict(row.facts)] == []
    assert [row for row in rows if row.entry == "A6-1-c" and "provision" not in dict(row.facts)] == []


def test_some_bases_support_one_purpose_and_some_the_whole_activity() -> None:
    assert {"for purpose" in dict(row.facts) for row in activity_rows("legal_bases")} == {True, False}


@pytest.mark.parametrize("key", ["data_subjects", "data_categories", "recipients", "transfers", "measures", "systems"])
def test_some_rows_are_the_words_of_the_source_alone(key: str) -> None:
    assert [row for row in activity_rows(key) if row.words and not row.entry] != []


def test_reviews_are_partly_overdue_and_never_before_the_last_one() -> None:
    dated = [record for record in records("activities.csv") if record["Next review on"]]
    assert {record["Next review on"] < TODAY.isoformat() for record in dated} == {True, False}
    assert [record["Reference"] for record in dated if record["Next review on"] <= record["Last reviewed on"]] == []
    assert [record["Reference"] for record in dated if record["Last reviewed on"] > TODAY.isoformat()] == []


def test_retired_records_have_ended_and_no_other_has() -> None:
    activities = records("activities.csv")
    assert [
        record["Reference"] for record in activities if (record["Status"] == "Retired") != bool(record["Ends on"])
    ] == []


def test_texts_are_as_long_and_in_as_many_scripts_as_in_real_registers() -> None:
    text = (FOLDER / "activities.csv").read_text(encoding="utf-8")
    assert max(len(record["Description"]) for record in records("activities.csv")) >= 1000
    assert all(re.search(sign, text) for sign in ("[Α-ω]", "Ł", "ü", "ß|ö", "'"))


@pytest.mark.parametrize("name", FILES)
def test_addresses_are_under_the_domain_reserved_for_examples(name: str) -> None:
    text = (FOLDER / name).read_text(encoding="utf-8")
    hosts = re.findall(r"[\w.-]+@([\w.-]+)|https?://([\w.-]+)", text)
    assert [host for pair in hosts for host in pair if host and not host.endswith(".example")] == []


def test_the_register_is_not_suspiciously_perfect() -> None:
    recipients = records("recipients.csv")
    assert [
        one["Name"] for one in recipients if "" < one["Contract ends on"] < TODAY.isoformat() and not one["Retired on"]
    ] != []
    assert [one["Name"] for one in recipients if "Not assessed" in one.values()] != []


def test_no_catalogue_entry_is_left_unused() -> None:
    used = {pair for name in FILES for pair in referred_to(name)}
    entries_of_files = {
        (MODELS[FILES[name]].__name__, one.get("Code") or one["Name"])
        for name in FILES
        if MODELS[FILES[name]].__name__ not in OUR_CONTENT | {"Document"}  # records name documents in words
        for one in records(name)
        if not one.get("Retired on")
    }
    assert sorted(entries_of_files - used) == []


def referred_to(name: str) -> Iterator[tuple[str, str]]:
    """Yield (model, name) of every entry that a file refers to."""
    for record in records(name):
        for fact in facts(FILES[name]).values():
            if fact.kind is Kind.ENTRY:
                yield fact.entry, record.get(fact.label, "")
            elif fact.row is not None:
                inner = {row_key(one): one for one in facts(fact.row).values()}
                for row in cell_rows(record, fact):
                    yield inner[row_key(main_fact(fact.row))].entry, row.entry
                    yield from ((inner[key].entry, text) for key, text in row.facts)
