"""What every test may rely on: fast passwords, repeatable examples, the samples, and that skips are noticed."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db.backends.base.operations import BaseDatabaseOperations
from django.utils import translation
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings

ROOT = Path(__file__).resolve().parent.parent
SAMPLES = ROOT.parent / "shared" / "samples"
SAMPLES_ABSENT = "the sample spreadsheets are not in ../shared/samples"

# Where CI is set, a test skipped for any other reason fails the run: what was not run was not tested.
ALLOWED_SKIPS = (SAMPLES_ABSENT, "only on PostgreSQL", "only on SQLite")

# How fast examples are made says how busy the machine is, and nothing about the code.
_UNHURRIED = [HealthCheck.too_slow]
hypothesis_settings.register_profile(
    "repeatable", derandomize=True, deadline=None, max_examples=50, suppress_health_check=_UNHURRIED
)
hypothesis_settings.load_profile("repeatable")


@pytest.fixture(autouse=True)
def _fast_passwords(settings: Any) -> None:
    """Hash passwords quickly: how slowly Django does it is not ours to test."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture(autouse=True)
def _own_signing_key(settings: Any, tmp_path_factory: pytest.TempPathFactory) -> None:
    """Let the tests make a signing key of their own, one for all of them."""
    settings.SIGNING_KEY_FILE = tmp_path_factory.getbasetemp() / "signing-key.pem"


@pytest.fixture(autouse=True)
def _language_of_the_site() -> Iterator[None]:
    """Let each test begin in the language of the site: a request leaves its thread in that of its reader."""
    yield
    translation.deactivate()


@pytest.fixture(autouse=True, scope="session")
def _emptying_tables_between_tests() -> Iterator[None]:
    """Let Django empty the tables after a test that commits: the guards of the history refuse it otherwise."""
    from registry.versioning import guards  # models may be imported only once Django is set up

    empty = BaseDatabaseOperations.execute_sql_flush

    def without_guards(self: BaseDatabaseOperations, statements: Any) -> None:
        with guards.lifted(self.connection):
            empty(self, statements)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(BaseDatabaseOperations, "execute_sql_flush", without_guards)
        yield


@pytest.fixture(scope="session")
def empty_database(
    django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    """The name of a database with empty tables, for ``databases.copied``: to migrate takes long, to copy does not."""
    from tests.browser import databases  # as above

    with django_db_blocker.unblock():
        name = databases.create(tmp_path_factory.mktemp("databases") / "empty.sqlite3")
        yield name
        databases.drop(name)


@pytest.fixture(scope="session")
def samples() -> Path:
    """The folder of real spreadsheets beside the repository; the test is skipped where there is none."""
    if not SAMPLES.is_dir():
        pytest.skip(SAMPLES_ABSENT)
    return SAMPLES


def unexpected_skips(reasons: list[str]) -> list[str]:
    """Return those reasons for skipping that are not allowed where CI is set, each once, sorted."""
    return sorted({reason for reason in reasons if not reason.startswith(ALLOWED_SKIPS)})


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    """Fail a run in CI in which a test was skipped for a reason that is not on the list."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if not os.environ.get("CI") or reporter is None or hasattr(session.config, "workerinput"):
        return
    reports = reporter.stats.get("skipped", [])
    reasons = [report.longrepr[2].removeprefix("Skipped: ") for report in reports if isinstance(report.longrepr, tuple)]
    unexpected = unexpected_skips(reasons)
    if unexpected and session.exitstatus == pytest.ExitCode.OK:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
        reporter.write_line("Skipped in CI for a reason that is not allowed: " + "; ".join(unexpected), red=True)
