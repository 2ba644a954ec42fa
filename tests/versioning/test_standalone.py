"""The auditor's script: its signatures against RFC 8032 and another implementation, and packs that were tampered with."""

import io
import json
import random
import re
import zipfile
from datetime import UTC, datetime

import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.db import transaction

from registry.reports.pack import make_pack
from registry.reports.parameters import Parameters, moment_of_production
from registry.reports.signing import public_bytes, public_pem
from registry.versioning.writing import change_set
from tests import factories
from tests.versioning.tampering import script

pytestmark = pytest.mark.django_db  # no test needs the database, but the pack is made from one
ALONE = script()

# RFC 8032, section 7.1: public key, message, signature
VECTORS = [
    (
        "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
        "",
        "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b",
    ),
    (
        "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
        "72",
        "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00",
    ),
    (
        "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025",
        "af82",
        "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a",
    ),
    (
        "ec172b93ad5e563bf4932c70e1245034c35467ef2efd4d64ebf819683467e2bf",
        "ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f",
        "dc2a4459e7369633a52b1bf277839a00201009a3efbf3ecb69bea2186c26b58909351fc9ac90b3ecfdfbc7c66431e0303dca179c138ac17ad9bef1177331a704",
    ),
]


@pytest.mark.parametrize(("public", "message", "signature"), VECTORS, ids=["1", "2", "3", "SHA(abc)"])
def test_signatures_of_the_rfc_fit_and_none_that_differs_in_one_bit(public, message, signature):
    public, message, signature = map(bytes.fromhex, (public, message, signature))

    assert ALONE.is_signed(public, message, signature)
    for bit in (0, 7, 255, 256, 300, 511):
        other = bytearray(signature)
        other[bit // 8] ^= 1 << bit % 8
        assert not ALONE.is_signed(public, message, bytes(other))
    assert not ALONE.is_signed(public, message + b"x", signature)
    assert not ALONE.is_signed(public[::-1], message, signature)


def test_another_implementation_judges_alike():
    chance = random.Random(8032)
    for length in (0, 1, 63, 64, 200):
        key = Ed25519PrivateKey.from_private_bytes(chance.randbytes(32))
        message = chance.randbytes(length)
        signature = bytearray(key.sign(message))
        assert ALONE.is_signed(public_bytes(key), message, bytes(signature))
        signature[chance.randrange(64)] ^= 1 << chance.randrange(8)
        with pytest.raises(InvalidSignature):
            key.public_key().verify(bytes(signature), message)
        assert not ALONE.is_signed(public_bytes(key), message, bytes(signature))


def test_what_can_be_no_key_and_no_signature_does_not_fit():
    public, message, signature = (bytes.fromhex(part) for part in VECTORS[1])
    too_large = signature[:32] + (int.from_bytes(signature[32:], "little") + ALONE.ORDER).to_bytes(32, "little")
    no_points = [b"\xff" * 32, (2).to_bytes(32, "little"), (1 | 1 << 255).to_bytes(32, "little")]

    assert not ALONE.is_signed(public, message, too_large)  # the malleable twin of a good signature
    assert not ALONE.is_signed(public[:31], message, signature)
    assert not ALONE.is_signed(public, message, signature[:63])
    assert [ALONE.point_of(data) for data in no_points] == [None, None, None]
    assert not any(ALONE.is_signed(data, message, signature) for data in no_points)
    assert not any(ALONE.is_signed(public, message, data + signature[32:]) for data in no_points)


@pytest.fixture(scope="module")
def packed(django_db_setup, django_db_blocker, tmp_path_factory):
    """The files of a pack with a history of four change sets, by name."""
    from django.test import override_settings

    key = tmp_path_factory.mktemp("key") / "key.pem"
    with django_db_blocker.unblock(), override_settings(SIGNING_KEY_FILE=key), transaction.atomic():
        organisation = factories.organisation(name="Fjord Foods AS")
        activity = factories.activity(organisation, name="Payroll", reference="A-1")
        with change_set():
            activity.name = "Wages"
            activity.save()
        factories.activity(organisation, name="Newsletter", reference="A-2")
        out = io.BytesIO()
        parameters = Parameters(
            report="pack",
            format="zip",
            produced_at=moment_of_production(),
            produced_by="Ann Officer",
            since=datetime(2020, 1, 1, tzinfo=UTC),
        )
        make_pack(parameters, out)
        transaction.set_rollback(True)
    with zipfile.ZipFile(out) as pack:
        return {name: pack.read(name) for name in pack.namelist()}


def zipped(files, path):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as pack:
        for name, data in files if isinstance(files, list) else files.items():
            pack.writestr(name, data)
    return str(path)


def faults_of(files, tmp_path, **given):
    return ALONE.check_pack(ALONE.Pack(zipped(files, tmp_path / "pack.zip")), say=lambda text: None, **given)


def flipped(data, place=None):
    changed = bytearray(data)
    changed[len(data) // 2 if place is None else place] ^= 1
    return bytes(changed)


EACH = [
    "register.pdf",
    "register.csv",
    "register.json",
    "changes.pdf",
    "changes.csv",
    "gaps.pdf",
    "gaps.csv",
    "history.jsonl",
    "verify.py",
    "README.txt",
]


def signed_anew(files, **changes):
    """The pack as somebody makes it who has another key: manifest and signature fit each other again."""
    key = Ed25519PrivateKey.generate()
    manifest = json.loads(files["manifest.json"])
    manifest["files"] = {name: {} for name in manifest["files"] if name in files}
    pem = public_pem(key)
    manifest["key"] = ALONE.hashlib.sha256(public_bytes(key)).hexdigest()
    files = {**files, "public-key.pem": pem}
    for name, one in manifest["files"].items():
        one["sha256"], one["size"] = ALONE.hashlib.sha256(files[name]).hexdigest(), len(files[name])
    manifest.update(changes)
    data = json.dumps(manifest).encode()
    return {**files, "manifest.json": data, "manifest.sig": key.sign(data).hex().encode()}


def test_a_pack_that_was_left_alone_holds(packed, tmp_path):
    said = []

    faults = ALONE.check_pack(ALONE.Pack(zipped(packed, tmp_path / "pack.zip")), say=said.append)

    assert faults == []
    assert said[-1].startswith("The register of this pack is the state after change set 4")


@pytest.mark.parametrize("name", EACH)
def test_one_bit_in_a_file_is_noticed_and_the_file_named(name, packed, tmp_path):
    for place in (0, None, -1):
        faults = faults_of({**packed, name: flipped(packed[name], place)}, tmp_path)
        assert [fault for fault in faults if fault.startswith(f"{name}: it was altered. Its SHA-256 should be ")]
        assert {fault.split(":")[0] for fault in faults} == {name}


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("manifest.json", "The signature does not fit: manifest.json was altered after it was signed"),
        ("manifest.sig", "The signature does not fit"),
        ("public-key.pem", "The signature does not fit"),
    ],
)
def test_one_bit_in_what_is_signed_is_noticed(name, said, packed, tmp_path):
    data = packed[name]
    place = data.index(b"Ann") if name == "manifest.json" else data.index(b"\n", 40) - 5 if name.endswith("pem") else 9
    digit = bytes([data[place]])
    other = b"0" if digit != b"0" else b"1"

    faults = faults_of({**packed, name: data[:place] + other + data[place + 1 :]}, tmp_path)

    assert faults[0].startswith((said, "public-key.pem: it was altered or damaged"))


def test_a_manifest_that_is_none_any_more_is_named(packed, tmp_path):
    for data in (b"{", b"[]", b"{}", b"\xff", packed["manifest.json"].replace(b'"sha256"', b'"sha257"')):
        assert faults_of({**packed, "manifest.json": data}, tmp_path) == [
            "manifest.json: it was altered, and is no manifest any more."
        ]


@pytest.mark.parametrize("data", [b"zz", b"\xff\xff"])
@pytest.mark.parametrize("name", ["manifest.sig", "public-key.pem"])
def test_a_signature_or_key_that_is_none_any_more_is_named(name, data, packed, tmp_path):
    assert faults_of({**packed, name: data}, tmp_path)[0].startswith(f"{name}: it was altered or damaged (")


@pytest.mark.parametrize("name", [*EACH, "public-key.pem"])
def test_a_missing_file_is_named(name, packed, tmp_path):
    faults = faults_of({one: data for one, data in packed.items() if one != name}, tmp_path)

    assert [fault for fault in faults if fault.startswith(f"{name} is missing")]


def test_a_missing_signature_is_named(packed, tmp_path):
    del (files := dict(packed))["manifest.sig"]

    assert faults_of(files, tmp_path) == ["manifest.sig is missing: who made the manifest can't be told."]


def test_without_a_manifest_it_is_no_pack(packed, tmp_path):
    del (files := dict(packed))["manifest.json"]

    with pytest.raises(ALONE.NotAnExport, match=r"It has no manifest\.json"):
        faults_of(files, tmp_path)


def test_an_added_file_is_named(packed, tmp_path):
    assert faults_of({**packed, "notes.txt": b"x"}, tmp_path) == ["notes.txt was added: the manifest does not know it."]


def test_a_renamed_file_is_named_with_both_names(packed, tmp_path):
    files = {("old.pdf" if name == "register.pdf" else name): data for name, data in packed.items()}

    assert faults_of(files, tmp_path) == [
        "register.pdf is missing; old.pdf is that file under another name.",
        "old.pdf was added: the manifest does not know it.",
    ]


def test_two_files_that_changed_places_are_named(packed, tmp_path):
    files = {**packed, "register.pdf": packed["changes.pdf"], "changes.pdf": packed["register.pdf"]}

    assert {fault.split(":")[0] for fault in faults_of(files, tmp_path)} == {"register.pdf", "changes.pdf"}


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_a_second_file_of_the_same_name_is_named(packed, tmp_path):
    files = [("register.pdf", b"a false one"), *packed.items()]

    assert faults_of(files, tmp_path) == ["register.pdf: there are two files of this name in the pack."]


def test_a_history_whose_end_was_cut_off_is_named(packed, tmp_path):
    lines = packed["history.jsonl"].splitlines(keepends=True)

    faults = faults_of({**packed, "history.jsonl": b"".join(lines[:-2])}, tmp_path)

    assert faults[0].startswith("history.jsonl: it was altered")
    assert faults[1] == "history.jsonl: The line that ends the file is missing: the file was cut off."


def cut(packed):
    """The history without its last change set, its end made to fit."""
    lines = packed["history.jsonl"].splitlines(keepends=True)
    starts = [place for place, line in enumerate(lines) if line.startswith(b'{"change_set"')]
    kept = lines[: starts[-1]]
    head = json.loads(lines[starts[-2]])["seal"]
    versions = sum(line.startswith(b'{"version"') for line in kept)
    end = {"end": {"change_sets": len(starts) - 1, "versions": versions, "head": head}}
    return b"".join([*kept, json.dumps(end).encode() + b"\n"])


def test_a_history_that_was_cut_and_signed_anew_does_not_have_the_head_of_the_register(packed, tmp_path):
    files = signed_anew({**packed, "history.jsonl": cut(packed)})

    (fault,) = faults_of(files, tmp_path)

    assert fault.startswith("history.jsonl: the history does not hold. The head ")
    assert fault.endswith("was seen before and is gone: the history was cut or written anew.")


def test_a_pack_that_somebody_else_signed_does_not_have_the_key_that_was_noted(packed, tmp_path):
    key = json.loads(packed["manifest.json"])["key"]
    files = signed_anew({**packed, "register.csv": b"another register"})

    assert faults_of(files, tmp_path) == []
    (fault,) = faults_of(files, tmp_path, key=key[:12])
    assert fault.startswith("The pack was signed with another key than that of --key: ")


def test_a_manifest_that_names_another_key_is_noticed(packed, tmp_path):
    (fault,) = faults_of(signed_anew(packed, key="ab" * 32), tmp_path)

    assert fault.startswith(f"manifest.json names the key {'ab' * 32}, and was signed with another one: ")


def test_a_pack_that_names_another_change_set_than_its_head_seals_is_noticed(packed, tmp_path):
    named = json.loads(packed["manifest.json"])

    (fault,) = faults_of(signed_anew(packed, change_set=named["change_set"] - 1), tmp_path)

    assert fault == (
        f"history.jsonl: the history does not hold. The head {named['head']} is the seal of change set "
        f"#{named['change_set']}, and not of #{named['change_set'] - 1}."
    )


def test_a_head_that_was_noted_before_is_looked_for(packed, tmp_path):
    history = [json.loads(line) for line in packed["history.jsonl"].splitlines()]
    second = [one["seal"] for one in history if "change_set" in one][1]

    assert faults_of(packed, tmp_path, expect=second[:10]) == []
    assert faults_of(packed, tmp_path, expect="0123456789")[0].endswith("the history was cut or written anew.")


def test_a_head_can_not_be_looked_for_without_a_history(packed, tmp_path):
    files = signed_anew({name: data for name, data in packed.items() if name != "history.jsonl"})

    assert faults_of(files, tmp_path, expect="0123456789") == [
        "There is no history in this pack: the head that was given with --expect can't be looked for."
    ]


def test_one_bit_anywhere_in_the_packed_files_is_noticed(packed, tmp_path):
    path = tmp_path / "pack.zip"
    zipped(packed, path)
    data = path.read_bytes()
    with zipfile.ZipFile(path) as pack:
        places = {one.filename: one.header_offset + 30 + len(one.filename) for one in pack.infolist()}

    for name, place in places.items():
        path.write_bytes(flipped(data, place + 20))
        faults = ALONE.check_pack(ALONE.Pack(str(path)), say=lambda text: None)
        assert [fault for fault in faults if name in fault], name


def test_a_zip_that_was_cut_off_is_no_pack(packed, tmp_path):
    path = tmp_path / "pack.zip"
    zipped(packed, path)
    path.write_bytes(path.read_bytes()[:-50])

    with pytest.raises(ALONE.NotAnExport, match="It can't be opened as a ZIP file"):
        ALONE.Pack(str(path))


def unpack(files, folder):
    folder.mkdir()
    for name, data in files.items():
        (folder / name).write_bytes(data)
    return folder


def told(capsys, monkeypatch, *arguments):
    monkeypatch.setattr("sys.argv", ["verify.py", *map(str, arguments)])
    code = ALONE.main()
    printed = capsys.readouterr()
    return code, printed.out + printed.err


def test_the_program_says_in_words_and_by_its_exit_code_what_it_found(packed, tmp_path, capsys, monkeypatch):
    folder = unpack(packed, tmp_path / "pack")
    (folder / ".DS_Store").write_bytes(b"of the system")
    good = told(capsys, monkeypatch, folder)
    (folder / "register.csv").write_bytes(b"altered")
    bad = told(capsys, monkeypatch, folder)
    (tmp_path / "broken.zip").write_bytes(b"PK and no more")
    unreadable = told(capsys, monkeypatch, tmp_path / "broken.zip")
    absent = told(capsys, monkeypatch, tmp_path / "absent.zip")

    (tmp_path / "register.pdf").write_bytes(b"%PDF-1.7 \xe2\xe3")
    report = told(capsys, monkeypatch, tmp_path / "register.pdf")

    assert (good[0], good[1].splitlines()[-1]) == (
        0,
        "Everything holds, if that is the key of the register: compare it.",
    )
    assert (report[0], report[1].split(". ")[0]) == (
        2,
        "The file could not be checked: it is neither an audit pack nor an exported history",
    )
    assert (bad[0], "The pack does NOT hold.\n- register.csv: it was altered." in bad[1]) == (1, True)
    assert re.search(r"(\d+) of the (\d+) files of the pack are as they were made", bad[1]).groups() == (
        str(len(EACH)),
        str(len(EACH) + 1),
    )
    assert bad[1].endswith("ask those who keep the register for an\nexplanation and for a new one.\n")
    assert (unreadable[0], "The file could not be checked: It can't be opened as a ZIP file" in unreadable[1]) == (
        2,
        True,
    )
    assert absent == (2, f"The file could not be checked: {tmp_path / 'absent.zip'}: No such file or directory.\n")


def test_what_its_reader_has_put_into_the_folder_is_to_be_taken_out(packed, tmp_path, capsys, monkeypatch):
    folder = unpack(packed, tmp_path / "pack")
    (folder / "said.txt").write_bytes(b"")

    code, said = told(capsys, monkeypatch, folder)

    assert code == 1
    assert said.split("The pack does NOT hold.\n")[1].splitlines()[:3] == [
        "- said.txt was added: the manifest does not know it.",
        "Have you put into the folder what was added, such as notes, or what this program said? Take it out, and",
        "check again.",
    ]


@pytest.mark.parametrize("separator", ["/", "\\"])
def test_a_pack_that_was_packed_anew_with_its_folder_says_where_it_lies(separator, packed, tmp_path):
    path = zipped({f"pack 2026{separator}{name}": data for name, data in packed.items()}, tmp_path / "anew.zip")

    with pytest.raises(ALONE.NotAnExport) as refused:
        ALONE.check_pack(ALONE.Pack(path))

    assert str(refused.value) == (
        "It has no manifest.json: the pack lies in its folder pack 2026. Unpack it if need be, and check that folder."
    )


def test_a_program_that_was_started_without_its_pack_says_what_to_do(tmp_path):
    (tmp_path / "verify.py").touch()

    with pytest.raises(ALONE.NotAnExport) as refused:
        ALONE.check_pack(ALONE.Pack(str(tmp_path)))

    assert str(refused.value) == (
        "It has no manifest.json: only this program is there. Unpack the whole pack into a folder, and start the "
        "program in it."
    )


def test_a_history_that_an_editor_has_saved_still_holds(packed, tmp_path, capsys, monkeypatch):
    (tmp_path / "history.jsonl").write_bytes(b"\xef\xbb\xbf" + packed["history.jsonl"].replace(b"\n", b"\r\n"))

    code, said = told(capsys, monkeypatch, tmp_path / "history.jsonl")

    assert (code, said.split(":")[0]) == (0, "The history holds")


@pytest.mark.parametrize("option", ["--key", "--expect"])
def test_what_can_be_no_fingerprint_or_head_is_refused(option, tmp_path, capsys, monkeypatch):
    with pytest.raises(SystemExit) as stopped:
        told(capsys, monkeypatch, tmp_path, option, "not hexadecimal")

    assert stopped.value.code == 2
    assert "consists of 64 of the digits 0-9 and a-f" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("moment", "said"),
    [
        ("2026-11-30T02:58:48.590096+00:00", "30 November 2026, 02:58:48 UTC"),
        ("2026-01-02T00:00:00+00:00", "2 January 2026, 00:00:00 UTC"),
        ("2026-13-02T00:00:00+00:00", "2026-13-02T00:00:00+00:00"),
        ("2026-11-30T02:58:48+01:00", "2026-11-30T02:58:48+01:00"),
        (None, "None"),
    ],
)
def test_moments_are_told_in_words(moment, said):
    assert ALONE.in_words(moment) == said
