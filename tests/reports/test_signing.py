import hashlib
import logging
import os
import stat
import subprocess
import sys

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_public_key,
)

from registry.reports import signing
from registry.reports.signing import NoSigningKey, fingerprint, public_bytes, signing_key

PEM = (Encoding.PEM, PrivateFormat.PKCS8)

MAKES_ONE = """
import sys, time
from django.conf import settings
settings.configure(SIGNING_KEY_FILE=sys.argv[1])
from registry.reports.signing import fingerprint
print("ready", flush=True)
sys.stdin.readline()
print(fingerprint())
"""


@pytest.fixture
def file(settings, tmp_path):
    settings.SIGNING_KEY_FILE = tmp_path / "key.pem"
    return settings.SIGNING_KEY_FILE


def test_the_key_is_made_at_first_use_and_kept_for_its_owner_alone(file):
    first, second = signing_key(), signing_key()

    assert public_bytes(first) == public_bytes(second)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert [one.name for one in file.parent.iterdir()] == ["key.pem"]
    assert not signing.others_can_read(file)


def test_the_fingerprint_is_the_digest_of_the_public_key(file):
    public = public_bytes(signing_key())

    assert fingerprint() == signing.printed_fingerprint() == hashlib.sha256(public).hexdigest()
    assert public_bytes(load_pem_public_key(signing.public_pem(signing_key()))) == public


def test_processes_that_make_it_at_the_same_time_agree_on_one(file):
    command = [sys.executable, "-c", MAKES_ONE, str(file)]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
    processes = [subprocess.Popen(command, **pipes) for _ in range(4)]
    for process in processes:
        assert process.stdout.readline() == "ready\n"
    for process in processes:
        process.stdin.write("\n")
        process.stdin.flush()

    said = [process.communicate()[0].strip() for process in processes]

    assert said == [fingerprint()] * 4
    assert [one.name for one in file.parent.iterdir()] == ["key.pem"]


def test_whoever_is_second_takes_the_key_of_the_first(file, monkeypatch):
    made = signing_key()
    monkeypatch.setattr("pathlib.Path.exists", lambda self: False)

    assert public_bytes(signing_key()) == public_bytes(made)


def test_a_file_system_without_hard_links_does(file, monkeypatch):
    def refuse(*places):
        raise OSError(1, "Operation not permitted")

    monkeypatch.setattr(os, "link", refuse)

    assert public_bytes(signing_key()) == public_bytes(signing_key())
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert [one.name for one in file.parent.iterdir()] == ["key.pem"]


def test_a_folder_that_is_not_there_is_named_with_the_remedy(settings, tmp_path, caplog):
    settings.SIGNING_KEY_FILE = tmp_path / "absent" / "key.pem"

    with pytest.raises(NoSigningKey) as caught:
        signing_key()
    with caplog.at_level(logging.WARNING):
        printed = signing.printed_fingerprint()

    assert str(caught.value) == (
        f"The signing key {settings.SIGNING_KEY_FILE} can't be read or made: No such file or directory. Let the "
        "program write to that folder, or set SIGNING_KEY_FILE to a place where it may."
    )
    assert (printed, [record.getMessage() for record in caplog.records]) == ("", [str(caught.value)])


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"nothing of the kind",
        X25519PrivateKey.generate().private_bytes(*PEM, NoEncryption()),
        Ed25519PrivateKey.generate().private_bytes(*PEM, BestAvailableEncryption(b"secret")),
    ],
    ids=["empty", "text", "of another kind", "with a password"],
)
def test_a_file_that_holds_no_such_key_is_named_and_left_alone(content, file):
    file.write_bytes(content)

    with pytest.raises(NoSigningKey, match=r"holds no Ed25519 key in PEM without a password\. Put it back"):
        signing_key()
    assert file.read_bytes() == content


def test_a_key_that_others_can_read_is_noticed(file):
    signing_key()
    file.chmod(0o640)

    assert signing.others_can_read(file)
