import io
import zipfile
from datetime import UTC, datetime

import pytest

from registry import models
from registry.reports import verified
from registry.reports.history import write_history
from registry.reports.parameters import Parameters, moment_of_production
from registry.reports.taking import log, make, take
from registry.reports.verified import Finding, verify_file
from tests import factories
from tests.versioning.tampering import tampering

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _key(settings, tmp_path_factory):
    settings.SIGNING_KEY_FILE = tmp_path_factory.mktemp("key") / "key.pem"


@pytest.fixture
def register():
    organisation = factories.organisation(name="Fjord Foods AS")
    return factories.activity(organisation, name="Payroll", reference="A-1")


def asked(report="register", form="csv", **values):
    given = {"produced_at": moment_of_production(), "produced_by": "Ann", "since": datetime(2020, 1, 1, tzinfo=UTC)}
    return Parameters(report=report, format=form, **{**given, **values})


def taken(tmp_path, report="register", form="csv", name=""):
    """A file that Ann took, in its place on disk."""
    out = io.BytesIO()
    made = take(asked(report, form), out, by="Ann", door="reports")
    file = tmp_path / (name or made.file_name)
    file.write_bytes(out.getvalue())
    return file


def never_logged(tmp_path, report="register", form="csv"):
    """A file that was made from this register, and never taken: as one that was altered, all but its marks."""
    out = io.BytesIO()
    made, _facts = make(asked(report, form), out)
    file = tmp_path / made.file_name
    file.write_bytes(out.getvalue())
    return file


@pytest.mark.parametrize(
    ("report", "form"),
    [
        ("register", "pdf"),
        ("register", "csv"),
        ("register", "xlsx"),
        ("register", "json"),
        ("changes", "pdf"),
        ("pack", "zip"),
    ],
)
def test_a_file_that_was_taken_is_ours_whatever_it_is_called_now(report, form, register, tmp_path):
    file = taken(tmp_path, report, form, name="renamed.bin")

    verdict = verify_file(file)

    (found,) = verdict.taken
    assert (verdict.finding, verdict.holds, found.export, found.fault) == (
        Finding.OURS,
        True,
        models.Export.objects.get(),
        "",
    )
    assert (verdict.file_name, verdict.size, verdict.sha256) == (
        "renamed.bin",
        file.stat().st_size,
        found.export.sha256,
    )


def test_a_file_that_was_taken_twice_names_both(register, tmp_path):
    file = taken(tmp_path)
    log(models.Export.objects.get().facts, by="Bob", door="command")

    verdict = verify_file(file)

    assert [one.export.change_set.actor_name for one in verdict.taken] == ["Bob", "Ann"]


def test_each_file_out_of_a_pack_is_ours(register, tmp_path):
    with zipfile.ZipFile(taken(tmp_path, "pack", "zip")) as pack:
        for name in pack.namelist():
            (tmp_path / "inside").write_bytes(pack.read(name))
            verdict = verify_file(tmp_path / "inside", name)
            if name == "manifest.sig":
                assert verdict.finding is Finding.UNKNOWN  # it says nothing by itself
                continue
            assert (name, verdict.finding, verdict.holds) == (name, Finding.PART_OF_A_PACK, True)
            assert {one.inside for one in verdict.taken} == {name}


@pytest.mark.parametrize(
    ("report", "form"),
    [("register", "pdf"), ("register", "xlsx"), ("register", "json"), ("changes", "pdf")],
)
def test_what_bears_our_head_and_was_never_taken_names_its_change_set(report, form, register, tmp_path):
    verdict = verify_file(never_logged(tmp_path, report, form))

    assert (verdict.finding, [one.sequence for one in verdict.named], verdict.holds) == (Finding.ALTERED, [2], False)


def test_a_report_of_which_one_bit_was_changed_is_no_longer_ours(register, tmp_path):
    file = taken(tmp_path, form="pdf")
    data = bytearray(file.read_bytes())
    data[len(data) // 2] ^= 1
    file.write_bytes(data)

    verdict = verify_file(file)

    assert (verdict.finding, verdict.taken) == (Finding.ALTERED, ())
    assert [one.file_name for one in verdict.alike] == [file.name]


def test_a_table_that_was_saved_anew_is_unknown_but_its_name_is_known(register, tmp_path):
    file = taken(tmp_path)
    file.write_bytes(file.read_bytes().replace(b"\r\n", b"\n"))

    verdict = verify_file(file)

    assert (verdict.finding, verdict.named, verdict.what) == (Finding.UNKNOWN, (), "")
    assert [one.file_name for one in verdict.alike] == [file.name]


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7 broken", b"PK\x03\x04 broken", b"hello", ("ab" * 32).encode()])
def test_a_file_from_elsewhere_is_unknown(content, register, tmp_path):
    (tmp_path / "file").write_bytes(content)

    verdict = verify_file(tmp_path / "file")

    assert (verdict.finding, verdict.taken, verdict.named, verdict.alike, verdict.holds) == (
        Finding.UNKNOWN,
        (),
        (),
        (),
        False,
    )


def rewritten(file, **changes):
    with zipfile.ZipFile(file) as pack:
        files = {name: pack.read(name) for name in pack.namelist()}
    with zipfile.ZipFile(file, "w") as pack:
        for name, data in {**files, **changes}.items():
            pack.writestr(name, data)


def test_an_altered_pack_says_what_was_altered_in_it(register, tmp_path):
    file = taken(tmp_path, "pack", "zip")
    rewritten(file, **{"register.csv": b"another"})

    verdict = verify_file(file)

    assert (verdict.finding, verdict.what) == (Finding.ALTERED, "pack")
    assert [fault.split(".csv")[0] for fault in verdict.faults] == ["register"]


def test_a_pack_that_was_only_packed_anew_holds_in_itself_and_is_not_ours(register, tmp_path):
    file = taken(tmp_path, "pack", "zip")
    rewritten(file)

    verdict = verify_file(file)

    assert (verdict.finding, verdict.what, verdict.faults, verdict.holds) == (Finding.ALTERED, "pack", (), False)


def test_a_pack_of_another_key_is_named(register, tmp_path, settings):
    file = taken(tmp_path, "pack", "zip")
    rewritten(file)
    settings.SIGNING_KEY_FILE = tmp_path / "other.pem"

    assert verify_file(file).faults[-1].endswith("which is not the key of this register.")


@pytest.mark.parametrize("content", [b"[1]", b"[" * 100_000], ids=["another", "too deep"])
def test_a_pack_whose_manifest_is_none_is_named(register, tmp_path, content):
    file = taken(tmp_path, "pack", "zip")
    rewritten(file, **{"manifest.json": content})

    assert verify_file(file).faults == ("manifest.json: it was altered, and is no manifest any more.",)


def history(tmp_path):
    out = io.BytesIO()
    write_history(out)
    (tmp_path / "history.jsonl").write_bytes(out.getvalue())
    return tmp_path / "history.jsonl"


def test_a_history_that_was_not_taken_here_holds_in_itself_or_says_why_not(register, tmp_path):
    file = history(tmp_path)
    whole = verify_file(file)
    file.write_text(file.read_text(encoding="utf-8").replace("Payroll", "Payrolls"), encoding="utf-8")
    altered = verify_file(file)
    file.write_text('{"history": 1}\n', encoding="utf-8")
    none = verify_file(file)
    file.write_text('{"history": 1, "form": 1}\n' + "[" * 100_000, encoding="utf-8")
    deep = verify_file(file)

    assert (whole.finding, whole.what, whole.faults) == (Finding.ALTERED, "history", ())
    assert whole.said[0].startswith("2 change sets, 2 versions, chain head ")
    assert (altered.what, altered.faults[0].startswith("Change set #2: ")) == ("history", True)
    assert none.faults == ("The first line does not say that this is an exported history of form 1.",)
    assert deep.faults == ("Line 2 is not JSON: the file is damaged or was cut off.",)


def test_an_entry_of_the_log_that_was_altered_is_not_relied_on(register, tmp_path):
    file = taken(tmp_path)
    with tampering():
        models.Export.objects.update(file_name="other.csv")
        line = verify_file(file)
    with tampering():
        models.ChangeSet.objects.filter(sequence=3).update(actor_name="Bob")
        header = verify_file(file)

    assert [(one.finding, one.holds) for one in (line, header)] == [(Finding.OURS, False)] * 2
    assert "its file was" in line.taken[0].fault
    assert header.taken[0].fault == "Change set #3, which seals it, was altered."


def test_a_head_is_found_where_two_blocks_meet(register, tmp_path, monkeypatch):
    monkeypatch.setattr(verified, "BLOCK", 100)
    head = models.ChangeSet.objects.get(sequence=2).digest
    (tmp_path / "file.txt").write_text("." * 70 + head + "." * 300)

    assert [one.sequence for one in verify_file(tmp_path / "file.txt").named] == [2]


def test_no_more_is_searched_than_is_safe(register, tmp_path, monkeypatch):
    monkeypatch.setattr(verified, "MOST_HEADS", 2)
    monkeypatch.setattr(verified, "MOST_UNPACKED", 10)
    monkeypatch.setattr(verified, "MOST_STREAMS", 0)
    head = models.ChangeSet.objects.get(sequence=2).digest
    (tmp_path / "many.txt").write_text(" ".join([*(f"{number:064x}" for number in range(9)), head]))
    with zipfile.ZipFile(tmp_path / "large.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("inside.txt", head * 3)
    pdf = never_logged(tmp_path, form="pdf")
    pdf.write_bytes(pdf.read_bytes().replace(head.encode(), b"x" * 64))

    assert [verify_file(file).finding for file in (tmp_path / "many.txt", tmp_path / "large.zip", pdf)] == [
        Finding.UNKNOWN
    ] * 3


def test_a_zip_with_a_damaged_file_is_searched_as_far_as_it_goes(register, tmp_path):
    head = models.ChangeSet.objects.get(sequence=2).digest
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("one.txt", "damaged " * 9)
        archive.writestr("two.txt", head)
    path.write_bytes(path.read_bytes().replace(b"damaged damaged", b"damaged Damaged"))

    assert [one.sequence for one in verify_file(path).named] == [2]
