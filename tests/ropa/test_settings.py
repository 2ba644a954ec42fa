"""The settings as a process of their own meets them: production's demands, and the trial mode."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
KEY = "an example key that is long enough, with 1234567890 and more words than fifty characters"


def manage(*arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
    """Run manage.py with these variables and no others but the path."""
    return subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=ROOT,
        env={"PATH": os.environ["PATH"], **variables},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def test_production_without_a_key_does_not_start_and_says_what_to_do() -> None:
    result = manage("check")

    assert result.returncode == 1
    assert result.stderr == (
        "SECRET_KEY is not set, and without it sessions cannot be signed. Set SECRET_KEY to "
        "fifty or more random characters, or SECRET_KEY_FILE to a file that holds them (python -c 'import secrets; "
        "print(secrets.token_urlsafe(50))' makes some). To only try things out, set DEBUG=1 instead.\n"
    )


def test_a_variable_that_cannot_be_read_stops_the_start() -> None:
    result = manage("check", DEBUG="perhaps", SECRET_KEY=KEY)

    assert result.returncode == 1
    assert result.stderr == ("DEBUG is 'perhaps'. Accepted: 1, true, yes, on or 0, false, no, off.\n")


def test_production_passes_djangos_checks_for_deployment() -> None:
    result = manage("check", "--deploy", "--fail-level", "WARNING", SECRET_KEY=KEY, ALLOWED_HOSTS="register.example")

    assert (result.returncode, result.stderr) == (0, "")
    assert result.stdout == "System check identified no issues (2 silenced).\n"


def test_production_collects_its_static_files(tmp_path: Path) -> None:
    result = manage("collectstatic", "--no-input", SECRET_KEY=KEY, STATIC_ROOT=str(tmp_path))

    assert (result.returncode, result.stderr) == (0, "")
    assert (tmp_path / "staticfiles.json").is_file()


def test_limits_of_imports_hold_what_the_environment_says_and_nothing_else() -> None:
    script = "from django.conf import settings; print(settings.IMPORT_LIMITS)"

    result = manage("shell", "--no-imports", "-c", script, SECRET_KEY=KEY, IMPORT_MAX_ROWS="500")

    assert (result.returncode, result.stdout) == (0, "{'max_rows': 500}\n")


def test_the_language_of_the_site_is_one_that_is_offered() -> None:
    said = "from django.conf import settings; print(settings.LANGUAGE_CODE)"

    german = manage("shell", "--no-imports", "-c", said, DEBUG="1", SITE_LANGUAGE="de")
    unknown = manage("check", DEBUG="1", SITE_LANGUAGE="it")

    assert german.stdout == "de\n"
    assert unknown.stderr == "SITE_LANGUAGE is 'IT'. Accepted: EN, FR, DE.\n"


def test_what_the_terminal_cannot_show_is_written_by_its_code() -> None:
    script = r"print('\u0395\u03bb \u2192 here')"

    result = manage(
        "shell", "--no-imports", "-c", script, DEBUG="1", LC_ALL="C", PYTHONUTF8="0", PYTHONCOERCECLOCALE="0"
    )

    assert (result.returncode, result.stdout) == (0, "\\u0395\\u03bb \\u2192 here\n")


def test_a_database_that_cannot_be_used_is_told_in_a_sentence(tmp_path: Path) -> None:
    nowhere, empty = (f"sqlite:///{tmp_path / name}" for name in ("absent/db.sqlite3", "db.sqlite3"))

    results = [manage("verify_history", SECRET_KEY=KEY, DATABASE_URL=url) for url in (nowhere, empty)]
    told = manage("verify_history", "--traceback", SECRET_KEY=KEY, DATABASE_URL=nowhere)

    assert [result.returncode for result in (*results, told)] == [1, 1, 1]
    assert [result.stderr.split(". ")[0] for result in results] == [
        "The database can't be used: unable to open database file",
        "The database can't be used: no such table: registry_manifestpage",
    ]
    assert told.stderr.startswith("Traceback")


@pytest.mark.parametrize(
    ("port", "tls", "expected"),
    [("587", "1", "(True, False)"), ("465", "1", "(False, True)"), ("465", "0", "(False, False)")],
)
def test_mail_is_encrypted_as_its_port_asks(port: str, tls: str, expected: str) -> None:
    script = "from django.conf import settings; print((settings.EMAIL_USE_TLS, settings.EMAIL_USE_SSL))"

    result = manage("shell", "--no-imports", "-c", script, DEBUG="1", EMAIL_PORT=port, EMAIL_TLS=tls)

    assert result.stdout == f"{expected}\n"
