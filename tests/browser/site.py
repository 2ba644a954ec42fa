"""The demo register on a server of its own, the people who use it, and pages that note what the browser complains of."""

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.contrib.auth import get_user_model
from pytest_django.live_server_helper import LiveServer

from tests.admin.screens import client_of

if TYPE_CHECKING:
    from playwright.sync_api import Browser, ConsoleMessage, Page

WIDE = {"width": 1300, "height": 900}
NARROW = {"width": 390, "height": 844}
ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
"""Of Chromium: no sandbox, since containers give it none, and no conversation with anyone."""

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
        self._expected = ""
        page.on("console", self._note)
        page.on("pageerror", lambda error: self._said.append(f"error of a script: {error}"))

    def visit(self, address: str, *, status: int = 200) -> list[str]:
        """Open an address; return all complaints, one of them if the answer's status is another than expected."""
        self._said.clear()
        self._expected = f"status of {status}" if status >= 400 else ""
        response = self.page.goto(address)
        answered = response.status if response else 0
        return ([] if answered == status else [f"status {answered}"]) + self.complaints()

    def complaints(self) -> list[str]:
        """Return what the browser and the page's scripts have complained of since the last visit."""
        self.page.wait_for_load_state("load")
        self.page.evaluate(SETTLED)
        return [*self.page.evaluate("window.violations"), *self._said]

    def _note(self, message: "ConsoleMessage") -> None:
        expected = self._expected and self._expected in message.text
        if (message.type == "error" and not expected) or "Content Security Policy" in message.text:
            self._said.append(f"{message.text} ({message.location.get('url')})")


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
