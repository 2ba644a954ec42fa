import hashlib
import io
import zipfile

import pytest
from django.core.management import CommandError, call_command

from registry import models
from registry.reports.signing import fingerprint
from tests import factories

pytestmark = pytest.mark.django_db


def pack(target, **options):
    out = io.StringIO()
    call_command("audit_pack", output=target, stdout=out, **options)
    return out.getvalue().splitlines()


def test_a_pack_is_written_and_logged(tmp_path, monkeypatch):
    monkeypatch.setattr("getpass.getuser", lambda: "ann")
    factories.activity(factories.organisation(name="Fjord Foods AS"))

    told = pack(tmp_path / "pack.zip", since="2026-01-01", organisation="fjord foods as")

    data = (tmp_path / "pack.zip").read_bytes()
    assert told == [
        f"{tmp_path / 'pack.zip'}: 1 record, {len(data)} bytes, change set 2.",
        f"SHA-256 {hashlib.sha256(data).hexdigest()}",
        f"Signed with the key {fingerprint()}",
        "To check it: unpack it, and run python3 verify.py in its folder.",
    ]
    with zipfile.ZipFile(tmp_path / "pack.zip") as written:
        assert written.testzip() is None
    line = models.Export.objects.get()
    assert (line.report, line.door, line.change_set.actor_name) == ("pack", "command", "ann (audit_pack)")


def test_one_that_can_not_be_made_says_why_and_leaves_nothing(tmp_path, settings):
    settings.SIGNING_KEY_FILE = tmp_path / "absent" / "key.pem"

    with pytest.raises(CommandError, match="set SIGNING_KEY_FILE to a place where it may"):
        pack(tmp_path / "pack.zip")
    assert (list(tmp_path.iterdir()), models.Export.objects.count()) == ([], 0)


def test_a_language_that_reports_do_not_come_in_is_refused(tmp_path):
    with pytest.raises(CommandError, match=r"Reports don't come in the language “es”\. Give --language one of: en"):
        pack(tmp_path / "pack.zip", language="es")
    assert list(tmp_path.iterdir()) == []
