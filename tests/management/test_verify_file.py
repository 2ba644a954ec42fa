import io

import pytest
from django.core.management import CommandError, call_command

from registry import models
from registry.versioning.history_file import SCRIPT
from tests import factories
from tests.versioning.tampering import tampering

pytestmark = pytest.mark.django_db


@pytest.fixture
def report(tmp_path, monkeypatch):
    monkeypatch.setattr("getpass.getuser", lambda: "ann")
    factories.activity(factories.organisation(name="Fjord Foods AS"), name="Payroll")
    call_command("export_register", format="json", output=str(tmp_path / "register.json"), stdout=io.StringIO())
    return tmp_path / "register.json"


def told(file):
    out = io.StringIO()
    fault = ""
    try:
        call_command("verify_file", file, stdout=out)
    except CommandError as error:
        fault = str(error)
    return out.getvalue().splitlines(), fault


def test_a_file_of_this_register(report):
    line = models.Export.objects.get()
    lines, fault = told(report)

    assert fault == ""
    assert lines[0] == f"register.json: {line.size} bytes, SHA-256 {line.sha256}"
    assert lines[1].startswith(f"Produced here: {line.file_name}, taken by ann (export_register) at ")
    assert lines[1].endswith("showing the register after change set 2; sealed by change set 3.")


def test_an_altered_file(report):
    name = models.Export.objects.get().file_name
    other = report.with_name(name)
    other.write_bytes(report.read_bytes().replace(b"Payroll", b"Payrol1"))

    lines, fault = told(other)

    assert fault.startswith(
        "It names change set 2 of this register, but no file with this content was ever produced here"
    )
    assert lines[1].startswith("A file of this name with another content was taken by ann (export_register) at ")


def test_a_file_out_of_a_pack(report, tmp_path):
    call_command("audit_pack", output=tmp_path / "pack.zip", stdout=io.StringIO())
    lines, fault = told(SCRIPT)

    assert (fault, lines[1].startswith("Produced here: verify.py of the pack audit-pack-")) == ("", True)


def test_a_file_from_elsewhere_an_altered_history_and_none_at_all(tmp_path):
    (tmp_path / "x").write_text("x")
    (tmp_path / "history.jsonl").write_text('{"history":"x","form":1}\n')

    assert told(tmp_path / "x")[1].startswith("No file with this content was ever produced here, and it bears no seal")
    assert told(tmp_path / "history.jsonl")[0][1:] == [
        "- The line that ends the file is missing: the file was cut off."
    ]
    assert told(tmp_path / "absent")[1] == f"{tmp_path / 'absent'} can't be read: No such file or directory."


def test_an_entry_that_does_not_hold(report):
    with tampering():
        models.Export.objects.update(size=7)
        lines, fault = told(report)

    assert (fault, "its size was" in lines[2]) == ("The log's own entry does not hold. Run verify_history.", True)
