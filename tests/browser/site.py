"""The demo register on a server of its own, the people who use it, and pages that note what the browser complains of."""

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.contrib.auth import get_user_model
from pytest_django.live_server_helper import LiveServer

from tests.admin.screens import client_of
from tests.browser.chromium import WIDE

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

WATCH = """
window.violations = [];
document.addEventListener("securitypolicyviolation", (event) => window.violations.push(
    `${event.violatedDirective}: ${event.blockedURI} ${event.sourceFile || ""}:${event.lineNumber} ${event.sample}`
));
"""
SETTLED = "() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done))))"


class WatchedPage:
    """A page of the browser (``page``) that keeps, since the last visit, what went wrong in it."""

    def __init__(self, page: "Page") -> None:
        self.page = page
        self._said: list[str] = []
        page.on("console", lambda message: self._note(message.type, message.text, message.location.get("url")))
        page.on("pageerror", lambda error: self._note("error", f"error of a script: {error}", page.url))

    def visit(self, address: str, *, status: int = 200) -> list[str]:
        """Open an address; return all complaints, one of them if the answer's status is another than expected."""
        self._said.clear()
        response = self.page.goto(address)
        answered = response.status if response else 0
        return ([] if answered == status else [f"status {answered}"]) + self.complaints(status=status)

    def complaints(self, *, status: int = 200) -> list[str]:
        """Return what the browser and the page's scripts complain of since the last visit, but for that status."""
        self.page.wait_for_load_state("load")
        self.page.evaluate(SETTLED)
        said = [line for line in self._said if status < 400 or f"status of {status}" not in line]
        return [*self.page.evaluate("window.violations"), *said]

    def _note(self, kind: str, text: str, address: str | None) -> None:
        if kind == "error" or "Content Security Policy" in text:
            self._said.append(f"{text} ({address})")


class Site:
    """A running server with the demo register in it, and windows onto it. Everything is closed by ``close``."""

    def __init__(self, server: LiveServer, browser: "Browser") -> None:
        self.server = server
        self.browser = browser

    def at(self, path: str) -> str:
        """Return the whole address of a path."""
        return f"{self.server.url}{path}"

    def window(self, username: str = "", **options: Any) -> WatchedPage:
        """Return a page in a new window, logged in as one of the demo's accounts if one is named."""
        context = self.browser.new_context(**{"viewport": WIDE, "base_url": self.server.url, **options})
        context.set_default_timeout(15_000)
        context.add_init_script(WATCH)
        if username:
            client = client_of(get_user_model().objects.get(username=username))
            value = client.cookies[settings.SESSION_COOKIE_NAME].value
            context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": value, "url": self.server.url}])
        return WatchedPage(context.new_page())

    def close(self) -> None:
        """Close every window, then the server."""
        for context in self.browser.contexts:
            context.close()
        self.server.stop()
