"""Files that commands write: what is there before, and where it leads."""

import os
import stat
import threading

import pytest
from django.core.management.base import CommandError

from registry.management.files import whole_file


def write(text):
    return lambda out: out.write(text)


def rights(path):
    return stat.S_IMODE(path.stat().st_mode)


def test_a_file_is_replaced_and_keeps_its_rights(tmp_path):
    file = tmp_path / "register.csv"
    file.write_bytes(b"old")
    file.chmod(0o600)

    assert whole_file(file, write(b"new")) == 3

    assert (file.read_bytes(), rights(file)) == (b"new", 0o600)
    assert os.listdir(tmp_path) == ["register.csv"]


def test_a_link_stays_one_and_what_it_leads_to_is_replaced(tmp_path):
    (tmp_path / "of-today.csv").write_bytes(b"old")
    (tmp_path / "newest.csv").symlink_to("of-today.csv")

    whole_file(tmp_path / "newest.csv", write(b"new"))

    assert (tmp_path / "newest.csv").is_symlink()
    assert (tmp_path / "of-today.csv").read_bytes() == b"new"


def test_a_pipe_is_written_to_and_stays_one(tmp_path):
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    read = []
    reader = threading.Thread(target=lambda: read.append(pipe.read_bytes()))
    reader.start()

    whole_file(pipe, write(b"new"))
    reader.join(timeout=10)

    assert read == [b"new"]
    assert stat.S_ISFIFO(pipe.stat().st_mode)


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="there is no such device here")
def test_a_device_that_is_full_is_told_and_stays_one(tmp_path):
    link = tmp_path / "full"
    link.symlink_to("/dev/full")

    with pytest.raises(CommandError, match="full can't be written: No space left on device"):
        whole_file(link, write(b"new"))

    assert stat.S_ISCHR(link.stat().st_mode)
