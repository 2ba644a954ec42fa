"""A whole register, copied into another database."""

import shutil
import sqlite3
from contextlib import closing

import pytest

from tests.ropa.test_settings import manage

SCRIPT = """
from django.contrib.auth.models import Group, User
from registry.models import DataCategory, Organisation
from registry.versioning.writing import change_set
officer = User.objects.create_user("officer", password="a good password", is_staff=True)
officer.groups.add(Group.objects.get(name="Privacy officer"))
with change_set(actor=officer, reason="the first"):
    one = Organisation.objects.create(name="Fjord Foods AS")
with change_set(actor=officer, reason="the second"):
    one.name = "Fjord Foods ASA"
    one.save()
"""


def tables(file):
    """Every row of every table but those that tell of the copy itself."""
    with closing(sqlite3.connect(file)) as database:
        names = [name for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return {
            name: sorted(database.execute(f"SELECT * FROM {name}"), key=repr)  # noqa: S608
            for name in names
            if name not in {"django_migrations", "django_session", "sqlite_sequence"}
        }


@pytest.fixture(scope="module")
def place(migrated_file, tmp_path_factory):
    """Give a register, and a function that runs a command on a database of a name."""
    folder = tmp_path_factory.mktemp("copy")

    def run(name, *arguments, **variables):
        return manage(*arguments, DEBUG="1", DATABASE_URL=f"sqlite:///{folder / name}", **variables)

    shutil.copy(migrated_file, folder / "old.sqlite3")
    run("old.sqlite3", "shell", "--no-imports", "-c", SCRIPT)
    return folder, run


def test_a_copy_is_the_register_to_the_last_row_with_its_history(place):
    folder, run = place

    copied = run("new.sqlite3", "copy_register", "--from", f"sqlite:///{folder}/old.sqlite3")

    assert (copied.returncode, copied.stderr) == (0, "")
    assert tables(folder / "new.sqlite3") == tables(folder / "old.sqlite3")
    assert run("new.sqlite3", "verify_history").stdout == run("old.sqlite3", "verify_history").stdout
    assert copied.stdout.splitlines()[0].endswith("as in the source.")


def test_a_register_is_not_copied_over_another(place):
    folder, run = place
    before = tables(folder / "old.sqlite3")

    refused = run("old.sqlite3", "copy_register", "--from", f"sqlite:///{folder}/old.sqlite3")

    assert refused.returncode == 1
    assert "holds a register already" in refused.stderr
    assert tables(folder / "old.sqlite3") == before


def test_a_source_of_an_older_version_is_named_with_the_remedy(place):
    folder, run = place
    (folder / "empty.sqlite3").touch()

    refused = run("other.sqlite3", "copy_register", "--from", f"sqlite:///{folder}/empty.sqlite3")
    absent = run("other.sqlite3", "copy_register", "--from", f"sqlite:///{folder}/absent.sqlite3")

    assert [refused.returncode, absent.returncode] == [1, 1]
    assert "The source is of an older version" in refused.stderr
    assert absent.stderr == f"CommandError: {folder}/absent.sqlite3: there is no such file.\n"
