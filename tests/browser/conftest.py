"""A real browser, and the demo register served to it: loaded once, and copied for each module."""

import importlib.util
import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.management import call_command
from django.test import override_settings
from pytest_django.live_server_helper import LiveServer

from tests.browser import databases
from tests.browser.chromium import ARGUMENTS, CHROMIUM
from tests.browser.site import Site

QUICKLY = {"PASSWORD_HASHERS": ["django.contrib.auth.hashers.MD5PasswordHasher"]}


@pytest.fixture(scope="package")
def browser():
    """Chromium, without a window."""
    if importlib.util.find_spec("playwright") is None or not Path(CHROMIUM).is_file():
        pytest.skip("Chromium is not installed")
    from playwright.sync_api import sync_playwright

    with pytest.MonkeyPatch.context() as patch, sync_playwright() as playwright:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")  # playwright's loop runs in this thread; no view does
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture(scope="package")
def demo(browser, empty_database, django_db_blocker, tmp_path_factory) -> Iterator[tuple[str, str]]:
    """The name of a database with the demo register in it, and what loading it printed."""
    printed = io.StringIO()
    with django_db_blocker.unblock():
        name = databases.copy(empty_database, tmp_path_factory.mktemp("demo") / "demo.sqlite3")
        with databases.using(name), override_settings(**QUICKLY):
            call_command("load_demo", stdout=printed)
        yield name, printed.getvalue()
        databases.drop(name)


@pytest.fixture(scope="module")
def site(browser, demo, django_db_blocker, tmp_path_factory) -> Iterator[Site]:
    """A server with a copy of the demo register that the tests of one module may change."""
    folder = tmp_path_factory.mktemp("site")
    with django_db_blocker.unblock(), override_settings(MEDIA_ROOT=folder / "media", **QUICKLY):
        name = databases.copy(demo[0], folder / "site.sqlite3")
        with databases.using(name):
            site = Site(LiveServer("localhost"), browser)
            yield site
            site.close()
        databases.drop(name)


@pytest.fixture(scope="module")
def password(demo) -> str:
    """The password that the demo's accounts have in common, as it was printed."""
    return next(line.split()[1] for line in demo[1].splitlines() if line.strip().startswith("officer"))
