import io
import json
import re

import openpyxl
import pytest
from django.contrib.auth import get_user_model
from django.core.management import CommandError, call_command
from django.utils import translation

from registry import models
from registry.imports.reading import read_file
from registry.imports.saved import save_mapping
from registry.imports.understanding import understand
from registry.record.loader import load_register
from registry.versioning.writing import change_set
from tests import factories
from tests.imports.tables import as_csv

pytestmark = pytest.mark.django_db

ROWS = (["Name", "Purposes"], ["Payroll", "pay people"], ["Newsletter", "send news"])


@pytest.fixture
def organisation():
    return factories.organisation(name="Ours")


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "register.csv"
    path.write_bytes(as_csv(*ROWS))
    return path


def test_without_apply_it_says_what_would_happen_and_changes_nothing(organisation, file, capsys):
    call_command("import_register", file, organisation="ours")

    assert capsys.readouterr().out.splitlines() == [
        "register.csv: headings in row 1, processing activities in our own layout.",
        "Rows: 2 created, 0 changed, 0 unchanged, 0 skipped, 0 refused.",
        "Nothing was changed. Repeat with --apply to carry it out.",
    ]
    assert models.ProcessingActivity.objects.count() == 0


def test_with_apply_it_carries_it_out_in_one_change_set(organisation, file, capsys):
    call_command("import_register", file, organisation="Ours", apply=True)

    header = models.ChangeSet.objects.first()
    assert capsys.readouterr().out.splitlines()[-1] == f"Applied as change set #{header.sequence}."
    assert (header.channel, header.reason) == ("import", "register.csv")
    assert [record.name for record in load_register().activities()] == ["Payroll", "Newsletter"]


def test_applying_the_same_file_again_says_that_nothing_had_to_be_changed(organisation, file, tmp_path, capsys):
    file.write_bytes(as_csv(["Reference", "Name", "Purposes"], ["R-1", "Payroll", "pay people"]))
    call_command("import_register", file, apply=True, reason="first")
    call_command("import_register", file, apply=True)

    assert capsys.readouterr().out.splitlines()[-1] == "Nothing had to be changed."
    assert models.ChangeSet.objects.first().reason == "first"


def test_an_error_is_told_with_its_cell_and_nothing_is_written(organisation, file, capsys):
    file.write_bytes(as_csv(["Name", "Began on"], ["Payroll", "2026-01-01"], ["Newsletter", "31.02.2026"]))

    with pytest.raises(CommandError, match="1 error; nothing was written"):
        call_command("import_register", file, apply=True)

    assert capsys.readouterr().err == (
        "error: cell B3, column “Began on”: “31.02.2026” does not exist: 2026-02 has no day 31. "
        "Found: “31.02.2026”. Accepted: a date: 2026-03-31 or 31/03/2026.\n"
    )
    assert models.ProcessingActivity.objects.count() == 0


def test_the_result_can_be_had_for_machines(organisation, file, capsys):
    file.write_bytes(as_csv(["Name", "Data subjects"], ["Payroll", "staff"], ["", ""], ["", "staff"]))

    with pytest.raises(CommandError):
        call_command("import_register", file, json=True)

    result = json.loads(capsys.readouterr().out)
    assert (result["created"], result["refused"], result["change_set"]) == (1, 1, None)
    assert [(problem["severity"], problem["row"], problem["message"]) for problem in result["problems"]] == [
        ("error", 4, "The activity has no name.")
    ]


def test_many_remarks_of_one_kind_are_told_once_and_very_many_kinds_are_cut(organisation, file, capsys):
    rows = [["Nr.", "Bezeichnung", "Zweck", "Status"]]
    rows += [[str(n), f"N{n}", "z", "aktiv" if n % 2 else f"Zustand {n}"] for n in range(1, 141)]
    file.write_bytes(as_csv(*rows))

    call_command("import_register", file)

    out = capsys.readouterr().out
    assert out.count("“aktiv”") == 1
    assert "[in 70 rows]" in out
    assert "… and 11 more kinds of remark; --json prints them all." in out


def test_a_file_that_is_not_there_and_an_organisation_that_is_not_known_name_the_remedy(organisation, file, tmp_path):
    with pytest.raises(CommandError, match="can't be read: No such file"):
        call_command("import_register", tmp_path / "nowhere.csv")
    with pytest.raises(CommandError, match=r"no organisation “Theirs”\. Known: “Ours”"):
        call_command("import_register", file, organisation="Theirs")


def test_a_file_that_is_no_spreadsheet_is_refused(organisation, file):
    file.write_bytes(b"%PDF-1.7 not a table")

    with pytest.raises(CommandError, match="1 error"):
        call_command("import_register", file)


def test_a_register_that_moved_on_is_told(organisation, file, monkeypatch):
    from registry.imports import importing

    original = importing.apply_preview

    def meanwhile(found, **options):
        factories.organisation()
        return original(found, **options)

    monkeypatch.setattr(importing, "apply_preview", meanwhile)
    with pytest.raises(CommandError, match="has changed since"):
        call_command("import_register", file, organisation="Ours", apply=True)


def test_catalogue_entries_are_imported_by_the_same_command(file, capsys):
    file.write_bytes(as_csv(["Name", "Description", "Vulnerable"], ["Pupils", "of our school", "yes"]))
    call_command("import_register", file)
    assert models.DataSubjectCategory.objects.count() == 0

    call_command("import_register", file, apply=True)

    assert "categories of data subjects in our own layout" in capsys.readouterr().out
    assert models.DataSubjectCategory.objects.get().vulnerable == "yes"
    assert models.ChangeSet.objects.get().channel == "import"


def test_the_demo_is_loaded_through_the_importer_and_can_be_loaded_again(capsys):
    call_command("load_demo")
    first = capsys.readouterr().out
    count = models.ProcessingActivity.objects.count()
    call_command("load_demo")
    second = capsys.readouterr().out

    assert count >= 40
    assert models.ProcessingActivity.objects.count() == count
    assert "is loaded already" in second
    password = re.search(r"officer\s+(\S+)", second)[1]
    assert password not in first
    assert get_user_model().objects.get(username="officer").check_password(password)
    assert {header.channel for header in models.ChangeSet.objects.all()} == {"command", "import"}


def test_the_result_for_machines_has_the_counts_and_the_problems_with_their_cells(organisation, file, capsys):
    file.write_bytes(as_csv(["Name", "Began on"], ["Payroll", "2026-01-01"], ["Newsletter", "31.02.2026"]))

    with pytest.raises(CommandError):
        call_command("import_register", file, organisation="Ours", json=True, apply=True)

    told = json.loads(capsys.readouterr().out)
    assert {key: told[key] for key in ("created", "changed", "unchanged", "skipped", "refused", "change_set")} == {
        "created": 1, "changed": 0, "unchanged": 0, "skipped": 0, "refused": 1, "change_set": None,
    }  # fmt: skip
    assert [(problem["severity"], problem["row"], problem["column"]) for problem in told["problems"]] == [
        ("error", 3, 2)
    ]


def test_what_it_applies_stands_among_the_imports_and_can_be_undone_there(organisation, file):
    call_command("import_register", file, organisation="Ours", apply=True)

    found = models.Import.objects.get()
    assert (found.state, found.change_set, found.uploaded_by_name, found.counts["created"]) == (
        "applied",
        models.ChangeSet.objects.first(),
        "import_register",
        2,
    )


def test_the_report_is_the_workbook_with_its_problems_marked(organisation, file, tmp_path, capsys):
    file.write_bytes(as_csv(["Name", "Began on"], ["Newsletter", "31.02.2026"]))
    report = tmp_path / "problems.xlsx"

    with pytest.raises(CommandError, match="1 error; nothing was written"):
        call_command("import_register", file, organisation="Ours", report=report)

    assert openpyxl.load_workbook(report)["Table"]["B2"].comment.text.startswith("Error: ")
    assert f"The workbook with its problems marked: {report}" in capsys.readouterr().err


def test_a_report_that_cannot_be_made_or_written_is_told(organisation, file, tmp_path, capsys):
    with pytest.raises(CommandError, match="can't be written"):
        call_command("import_register", file, organisation="Ours", report=tmp_path / "no folder" / "problems.xlsx")
    file.write_bytes(b"")
    with pytest.raises(CommandError):
        call_command("import_register", file, organisation="Ours", report=tmp_path / "problems.xlsx")

    assert "nothing can be marked in it" in capsys.readouterr().err


@pytest.fixture
def foreign(tmp_path):
    path = tmp_path / "foreign.csv"
    path.write_bytes(as_csv(["Nr.", "Bezeichnung", "Zweck", "Farbe"], ["1", "Personal", "Abrechnung", "rot"]))
    return path


def mapping_of(path, **read):
    mapping = understand(read_file(path.name, path.read_bytes())).mapping
    for column in mapping.main.columns:
        if column.heading in read:
            mapping = mapping.with_read_as("", column, read[column.heading])
    return mapping


def test_a_mapping_is_named_or_in_a_file(organisation, foreign, tmp_path):
    mapping = mapping_of(foreign, Farbe="tags")
    written = tmp_path / "mapping.json"
    written.write_text(json.dumps(mapping.as_json()), encoding="utf-8")
    workbook = read_file("foreign.csv", foreign.read_bytes())
    call_command("import_register", foreign, organisation="Ours", mapping=str(written), apply=True)
    by_file = models.ProcessingActivity.objects.get().tags
    save_mapping("Colours", mapping_of(foreign, Farbe="description"), workbook, organisation=None, by=None)

    call_command("import_register", foreign, organisation="Ours", mapping="Colours", apply=True)

    assert (by_file, models.ProcessingActivity.objects.get().description) == ("rot", "rot")


def test_the_letters_and_cells_of_a_text_file_are_named_or_remembered_with_a_mapping(organisation, tmp_path):
    path = tmp_path / "polish.csv"
    path.write_bytes("Nr.|Bezeichnung|Zweck główny\n1|Zażółć|Lohn; Gehalt\n".encode("cp1250"))
    said = {"encoding": "cp1250", "delimiter": "|"}
    workbook = read_file(path.name, path.read_bytes(), **said)
    save_mapping(
        "Polish", understand(workbook).mapping, workbook, organisation=None, by=None, text=tuple(said.values())
    )

    call_command("import_register", path, organisation="Ours", encoding="cp1250", delimiter="vertical bar", apply=True)
    named = models.ProcessingActivity.objects.get().name
    path.write_bytes("Nr.|Bezeichnung|Zweck główny\n1|Łódź|Lohn; Gehalt\n".encode("cp1250"))
    call_command("import_register", path, organisation="Ours", mapping="Polish", apply=True)

    assert (named, models.ProcessingActivity.objects.get().name) == ("Zażółć", "Łódź")


def test_a_mapping_that_there_is_not_or_that_does_not_fit_is_refused(organisation, foreign, file, tmp_path):
    workbook = read_file("foreign.csv", foreign.read_bytes())
    save_mapping("Colours", mapping_of(foreign), workbook, organisation=None, by=None)
    nonsense = tmp_path / "nonsense.json"
    nonsense.write_text("[]", encoding="utf-8")

    for name, said in (
        ("Nobody's", "There is no saved mapping and no file “Nobody's”. Saved mappings: “Colours”."),
        (str(nonsense), "holds no mapping"),
    ):
        with pytest.raises(CommandError, match=re.escape(said)):
            call_command("import_register", foreign, organisation="Ours", mapping=name)
    with pytest.raises(CommandError, match="hasn't got the shape"):
        call_command("import_register", file, organisation="Ours", mapping="Colours")
    foreign.write_bytes(b"")
    with pytest.raises(CommandError, match="nothing was written"):
        call_command("import_register", foreign, organisation="Ours", mapping="Colours")


def test_rows_that_exist_are_skipped_and_words_become_entries_by_option(organisation, file, capsys):
    factories.activity(organisation, name="Old", reference="A")
    file.write_bytes(as_csv(["Reference", "Name", "Data subjects"], ["A", "New", '"Guests"'], ["B", "Two", '"Staff"']))

    call_command("import_register", file, organisation="Ours", existing="skip", create_entries=True, apply=True)

    assert "Rows: 1 created, 0 changed, 0 unchanged, 1 skipped, 0 refused." in capsys.readouterr().out
    assert [entry.name for entry in models.DataSubjectCategory.objects.all()] == ["Staff"]


def test_it_speaks_the_language_that_is_set(organisation, tmp_path, capsys):
    path = tmp_path / "register.csv"
    path.write_bytes(as_csv(["Name", "Began on"], ["Payroll", "2026-02-31"], ["Rota", "2026-02-31"]))

    with translation.override("de"), pytest.raises(CommandError, match="2 Fehler; nichts wurde geschrieben"):
        call_command("import_register", path, organisation="ours")

    said = capsys.readouterr()
    assert said.err.splitlines() == [
        "Fehler: Zelle B2, Spalte „Began on“: „2026-02-31“ gibt es nicht: 2026-02 hat keinen Tag 31. "
        "Gefunden: „2026-02-31“. Zulässig: ein Datum: 2026-03-31 oder 31/03/2026. [in 2 Zeilen]"
    ]
    assert "Zeilen: 0 angelegt, 0 geändert, 0 unverändert, 0 ausgelassen, 2 abgelehnt." in said.out


def test_the_read_me_of_a_form_that_was_taken_from_here_is_no_record(tmp_path):
    for place in range(2):
        activity = factories.activity(factories.organisation(), reference=f"A-{place}", name=f"Activity {place}")
        with change_set():
            activity.purposes.create(text="wages")
            activity.data_subjects.create(stated_as="employees")
    target = tmp_path / "cnil.xlsx"
    call_command("export_register", report="cnil", format="xlsx", output=target, stdout=io.StringIO())
    factories.organisation(name="Importer")

    out = io.StringIO()
    call_command("import_register", target, organisation="Importer", stdout=out)

    assert "Rows: 2 created, 0 changed, 0 unchanged, 0 skipped, 0 refused." in out.getvalue()
    assert "The sheet “Read me” isn't read" in out.getvalue()


def test_records_that_the_file_sets_to_approved_are_counted(organisation, file, capsys):
    file.write_bytes(as_csv(["Name", "Status"], ["Payroll", "Approved"], ["Newsletter", "Draft"]))

    call_command("import_register", file, organisation="Ours")
    said = capsys.readouterr().out
    call_command("import_register", file, organisation="Ours", json=True)

    assert "The file sets 1 record to approved: look at its critical and serious gaps." in said.splitlines()
    assert json.loads(capsys.readouterr().out)["approving"] == 1
