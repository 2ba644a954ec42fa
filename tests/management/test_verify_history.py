import ast
import hashlib
import io
import json
import subprocess
import sys

import pytest
from django.core.management import CommandError, call_command

from registry import models
from registry.versioning.history_file import SCRIPT
from tests import factories
from tests.versioning.tampering import script, tampering

pytestmark = pytest.mark.django_db


@pytest.fixture
def head():
    """The head of a history of two change sets."""
    organisation = factories.organisation(name="Fjord Foods AS")
    factories.activity(organisation, name="Payroll")
    return models.ChangeSet.objects.first().digest


@pytest.fixture
def exported(head, tmp_path):
    call_command("export_history", output=tmp_path / "history.jsonl", with_script=True, stdout=io.StringIO())
    return tmp_path / "history.jsonl"


def alone(file, *options):
    """Run the script as an auditor does: with Python alone, away from the project."""
    script = file.with_name("verify.py")
    done = subprocess.run(
        [sys.executable, "-I", "-S", script, file, *options],
        capture_output=True,
        text=True,
        check=False,
        cwd=file.parent,
    )
    return done.returncode, done.stdout.splitlines(), done.stderr.splitlines()


def rewrite(file, change):
    file.write_text(change(file.read_text(encoding="utf-8")), encoding="utf-8")


def test_a_whole_history_is_told_with_its_numbers_and_its_head(head, capsys):
    call_command("verify_history")

    assert capsys.readouterr().out.splitlines() == [
        "The history holds: 2 change sets, 2 versions.",
        f"Chain head {head}",
    ]


def test_an_empty_history_is_told(capsys):
    call_command("verify_history")

    assert capsys.readouterr().out.splitlines()[1] == "Chain head none; the history is empty"


def test_it_is_told_to_machines(head, capsys):
    call_command("verify_history", json=True, expect=head)

    assert json.loads(capsys.readouterr().out) == {
        "holds": True,
        "change_sets": 2,
        "versions": 2,
        "head": head,
        "fault": None,
    }


def test_what_does_not_hold_is_told_and_the_command_fails(head, capsys):
    said = "Change set #2: the column name of the version of processing activity 1 “Payroll” was altered."
    with tampering():
        history = models.ProcessingActivity.history
        history.update(name="x")
        said = said.replace(" 1 ", f" {history.get().id} ")
        with pytest.raises(CommandError) as caught:
            call_command("verify_history", json=True)

    assert (str(caught.value), caught.value.returncode) == (said, 1)
    told = json.loads(capsys.readouterr().out)
    assert (told["holds"], told["fault"]["kind"], told["fault"]["message"]) == (False, "altered", said)


def test_a_head_that_is_gone_and_one_that_can_not_be_fail(head):
    with pytest.raises(CommandError, match=r"^The head ffffffffff was seen before and is gone"):
        call_command("verify_history", expect="ffffffffff")
    with pytest.raises(CommandError, match=r"^“head” can't be a chain head"):
        call_command("verify_history", expect="head")


def test_the_export_says_what_it_holds_and_how_to_check_it(head, tmp_path, capsys):
    file = tmp_path / "history.jsonl"
    call_command("export_history", output=file, with_script=True)

    assert capsys.readouterr().out.splitlines() == [
        f"{file}: 2 change sets, 2 versions.",
        f"Chain head {head}",
        "To check it without this system: python3 verify.py history.jsonl",
    ]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["history.jsonl", "verify.py"]
    assert file.with_name("verify.py").read_bytes() == SCRIPT.read_bytes()


def test_the_export_of_an_empty_history_holds(tmp_path, capsys):
    file = tmp_path / "history.jsonl"
    call_command("export_history", output=file, with_script=True)

    assert alone(file)[:2] == (
        0,
        [
            "The history holds: 0 change sets, 0 versions.",
            "Chain head none; the history is empty",
            "Compare the head with one that was printed on a report, or give it with --expect.",
        ],
    )


def test_an_export_that_can_not_be_written_leaves_nothing(head, tmp_path):
    with pytest.raises(CommandError, match=r"absent can't be written to: No such file or directory"):
        call_command("export_history", output=tmp_path / "absent" / "history.jsonl")


def test_an_export_that_breaks_off_leaves_nothing(head, tmp_path, monkeypatch):
    def broken(**given):
        yield "{}\n"
        raise RuntimeError("the disk is full")

    monkeypatch.setattr("registry.reports.history.lines", broken)
    with pytest.raises(RuntimeError, match="the disk is full"):
        call_command("export_history", output=tmp_path / "history.jsonl")

    assert list(tmp_path.iterdir()) == []
    assert models.Export.objects.count() == 0


def test_the_script_alone_finds_that_an_export_holds(exported, head):
    assert alone(exported, "--expect", head[:12] + "…") == (
        0,
        [
            "The history holds: 2 change sets, 2 versions.",
            f"Chain head {head}",
            "Compare the head with one that was printed on a report, or give it with --expect.",
        ],
        [],
    )


def test_the_script_alone_finds_one_altered_character(exported):
    pk = models.ProcessingActivity.objects.get().pk
    rewrite(exported, lambda text: text.replace("Payroll", "Payrole"))

    assert alone(exported) == (
        1,
        [
            "The history does NOT hold.",
            f"Change set #2: the content of the version of processingactivity {pk} was altered.",
        ],
        [],
    )


def test_the_script_alone_finds_that_a_head_is_gone(exported):
    code, out, _ = alone(exported, "--expect", "f" * 64)

    assert (code, out[1]) == (
        1,
        f"The head {'f' * 64} was seen before and is gone: the history was cut or written anew.",
    )


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda text: text[: text.index('{"end"')], "The line that ends the file is missing: the file was cut off."),
        (lambda text: text[:-20], "Line 8 is not JSON: the file is damaged or was cut off."),
        (lambda text: text + "{}\n", "Line 9: something follows the line that ends the file."),
        (
            lambda text: text.replace('"form":1', '"form":2', 1),
            "The first line does not say that this is an exported history of form 1.",
        ),
        (lambda text: "", script().NEITHER),
        (lambda text: text.replace('{"listed"', '{"unlisted"', 1), "Line 3 is of no known kind."),
        (lambda text: text.replace('{"end"', '[]\n{"end"'), "Line 8 is not a JSON object."),
        (
            lambda text: text.replace('"sequence"', '"number"'),
            "a record lacks something or has another form (KeyError('sequence')).",
        ),
    ],
)
def test_the_script_says_when_it_can_not_check_a_file(change, said, exported):
    rewrite(exported, change)

    code, out, errors = alone(exported)

    assert (code, out) == (2, [])
    assert errors == [f"The file could not be checked: {said}"]


def test_the_script_says_when_the_last_line_counts_otherwise(exported):
    rewrite(exported, lambda text: text.replace('"versions":2', '"versions":3'))

    assert alone(exported)[:2] == (
        1,
        ["The history does NOT hold.", "The last line counts other change sets or versions than the file holds."],
    )


def test_the_script_refuses_what_can_not_be_a_head(exported):
    code, _, errors = alone(exported, "--expect", "head")

    assert (code, errors[-1].split(": error: ")[1]) == (
        2,
        "a chain head consists of 64 of the digits 0-9 and a-f; give at least the first eight",
    )


def test_the_script_runs_on_python_3_8_with_the_standard_library_alone():
    tree = ast.parse(SCRIPT.read_text(encoding="utf-8"), feature_version=(3, 8))

    imported = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    assert imported <= sys.stdlib_module_names
    assert {node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)} == {
        "__future__",
        "collections",
        "typing",
    }


def test_an_exported_history_is_logged_under_the_name_of_its_file(exported, head):
    data = exported.read_bytes()

    line = models.Export.objects.get()
    assert (line.report, line.door, line.file_name, line.size) == ("history", "command", exported.name, len(data))
    assert (line.sha256, line.facts.head) == (hashlib.sha256(data).hexdigest(), head)
