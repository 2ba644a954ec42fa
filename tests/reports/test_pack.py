import hashlib
import io
import json
import subprocess
import sys
import zipfile
from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from registry import models
from registry.reports.errors import ReportError
from registry.reports.pack import make_pack, reports_of
from registry.reports.parameters import Parameters, moment_of_production
from registry.reports.signing import fingerprint
from registry.reports.taking import make, take
from registry.versioning.history_file import SCRIPT
from registry.versioning.verifying import verify
from registry.versioning.writing import change_set
from tests import factories

pytestmark = pytest.mark.django_db

ALWAYS = ["README.txt", "history.jsonl", "public-key.pem", "verify.py"]


@pytest.fixture
def register():
    organisation = factories.organisation(name="O’Brien & Søn AS")
    payroll = factories.activity(organisation, name="Payroll", reference="A-1")
    factories.activity(organisation, name="Newsletter", reference="A-2")
    with change_set(reason="renamed"):
        payroll.name = "Wages"
        payroll.save()
    return organisation


def asked(**values):
    given = {
        "report": "pack",
        "format": "zip",
        "produced_at": moment_of_production(),
        "produced_by": "Ann Officer",
        "since": datetime(2020, 1, 1, tzinfo=UTC),
    }
    return Parameters(**{**given, **values})


def packed(parameters=None, progress=None):
    out = io.BytesIO()
    made, files, key = make_pack(parameters or asked(), out, progress)
    return out.getvalue(), made, files, key


def names(data):
    with zipfile.ZipFile(io.BytesIO(data)) as pack:
        return pack.namelist()


def test_a_pack_holds_the_register_its_changes_its_history_and_what_checks_it(register):
    data, made, files, key = packed()

    reported = [f"{report}.{form}" for report, form in reports_of(asked())]
    assert {"register.pdf", "register.csv", "register.json", "changes.pdf", "changes.csv"} <= set(reported)
    assert sorted(names(data)) == sorted([*reported, *ALWAYS, "manifest.json", "manifest.sig"])
    assert (made.file_name, made.content_type, made.records, made.change_set) == (
        f"audit-pack-{timezone.localdate().isoformat()}.zip",
        "application/zip",
        2,
        4,
    )
    assert (made.sha256, made.size) == (hashlib.sha256(data).hexdigest(), len(data))
    assert (key, set(files)) == (fingerprint(), set(names(data)) - {"manifest.sig"})


def test_the_manifest_names_each_file_with_its_digest(register):
    data, _, files, key = packed(asked(organisation=register.pk))

    with zipfile.ZipFile(io.BytesIO(data)) as pack:
        manifest = json.loads(pack.read("manifest.json"))
        digests = {name: hashlib.sha256(pack.read(name)).hexdigest() for name in pack.namelist()}
    assert {name: one["sha256"] for name, one in manifest["files"].items()} == {
        name: digest for name, digest in digests.items() if not name.startswith("manifest.")
    }
    assert files == {name: digest for name, digest in digests.items() if name != "manifest.sig"}
    assert (manifest["organisation"], manifest["key"], manifest["change_set"], manifest["records"]) == (
        "O’Brien & Søn AS",
        key,
        4,
        2,
    )


def test_the_same_parameters_give_the_same_bytes_whatever_happened_since(register):
    parameters = asked()
    first = packed(parameters)[0]
    factories.activity(register, name="Later")
    make(asked(report="register", format="csv"), io.BytesIO())

    assert packed(parameters)[0] == first


def test_without_a_period_there_are_no_changes_and_the_readme_names_none(register):
    data = packed(asked(since=None))[0]

    assert [name for name in names(data) if name.startswith("changes")] == []
    with zipfile.ZipFile(io.BytesIO(data)) as pack:
        said = pack.read("README.txt").decode()
    assert ("Changes since" in said, fingerprint() in said, "O’Brien" in said) == (False, True, False)


def test_a_past_register_is_packed_as_it_was(register):
    before = models.ChangeSet.objects.get(sequence=3).made_at

    data, made, _, _ = packed(asked(as_at=before))

    with zipfile.ZipFile(io.BytesIO(data)) as pack:
        assert ("Payroll" in pack.read("register.csv").decode(), made.change_set) == (True, 3)
        end = json.loads(pack.read("history.jsonl").splitlines()[-1])
    assert end["end"]["change_sets"] == 4


def test_progress_is_told_over_all_parts(register):
    told = []

    packed(progress=lambda done, total: told.append((done, total)))

    parts = len(list(reports_of(asked())))
    assert told == sorted(told)
    assert (told[0], {total for _, total in told}) == ((0, 100 * parts + 1), {100 * parts + 1})
    assert told[-1][0] == 100 * parts


def test_it_is_logged_with_its_files_and_the_key(register):
    out = io.BytesIO()

    made = take(asked(), out, by="ann", door="command")

    line = models.Export.objects.get()
    assert (line.report, line.format, line.sha256) == ("pack", "zip", made.sha256)
    assert (line.facts.key, line.facts.files["verify.py"]) == (
        fingerprint(),
        hashlib.sha256(SCRIPT.read_bytes()).hexdigest(),
    )
    assert verify().fault is None


def test_without_a_key_there_is_no_pack(register, settings, tmp_path):
    settings.SIGNING_KEY_FILE = tmp_path / "absent" / "key.pem"

    with pytest.raises(ReportError, match="set SIGNING_KEY_FILE to a place"):
        packed()


def test_a_period_that_ends_before_it_begins_is_refused(register):
    with pytest.raises(ReportError):
        packed(asked(since=timezone.now() + timedelta(days=1)))


def run(python, *arguments, folder):
    done = subprocess.run([python, *arguments], cwd=folder, capture_output=True, text=True, encoding="utf-8")
    return done.returncode, done.stdout + done.stderr


@pytest.mark.parametrize("unpacked", [False, True], ids=["zipped", "unpacked"])
def test_an_auditor_checks_it_with_python_alone(unpacked, register, tmp_path):
    data, _, _, key = packed()
    (tmp_path / "pack.zip").write_bytes(data)
    with zipfile.ZipFile(io.BytesIO(data)) as pack:
        pack.extractall(tmp_path / "pack" if unpacked else tmp_path / "script")
    folder = tmp_path / "pack" if unpacked else tmp_path
    call = ["verify.py"] if unpacked else ["script/verify.py", "pack.zip"]
    head = models.ChangeSet.objects.get(sequence=2).digest

    code, said = run(sys.executable, "-I", *call, "--key", key, "--expect", head[:16], folder=folder)

    wanted = [
        "The signature fits.",
        key,
        "files are there, no other is, and each is as it was made:",
        "The history holds: 4 change sets, 4 versions, chain head",
        "after change set 4, which is in the chain.",
        "The head that you gave is still in the chain.",
        "Everything holds.",
    ]
    assert ([text for text in wanted if text not in said], code) == ([], 0)


def test_the_key_of_somebody_else_is_noticed(register, tmp_path):
    (tmp_path / "pack.zip").write_bytes(packed()[0])

    code, said = run(sys.executable, str(SCRIPT), "pack.zip", "--key", "0123456789abcdef", folder=tmp_path)

    assert (code, "The pack was signed with another key than that of --key" in said) == (1, True)
