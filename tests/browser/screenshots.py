"""Takes the pictures of docs/ from the demo, and for looking at, dark and narrow ones in build/screenshots/.

Run by ``make screenshots``: makes a database for the occasion, serves it, and leaves nothing but the pictures.
"""

import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

from tests.browser.chromium import ARGUMENTS, CHROMIUM, NARROW, WIDE
from tests.imports.tables import as_csv

ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs"
FURTHER = ROOT / "build" / "screenshots"
PYTHON = (sys.executable, "-W", "ignore", "manage.py")

ACTIVITY = "MK-01"
SPREADSHEET = as_csv(
    ["Reference", "Name", "Our role", "Purposes", "Data subjects", "Began on"],
    ["SHOP-01", "Parking at the shop", "Controller", "Letting customers park", "Customers", "2026-03-01"],
    ["SHOP-02", "Gift wrapping", "Controller", "Wrapping what was bought", "Customers", "2026-02-31"],
    ["HR-01", "Recruitment of staff and trainees", "Controller", "", "", ""],
)
COLOURS = 160
"""Of a picture in docs/: as many as keep its letters smooth, and its file small."""


def main() -> None:
    """Serve the demo, and take every picture."""
    with tempfile.TemporaryDirectory() as folder, socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
        free.close()
        own = {"DATABASE_URL": f"sqlite:///{folder}/demo.sqlite3", "MEDIA_ROOT": f"{folder}/media", "DEBUG": "1"}
        environment = {**os.environ, **own}
        subprocess.run([*PYTHON, "migrate", "--verbosity", "0"], cwd=ROOT, env=environment, check=True)
        loading = [*PYTHON, "load_demo"]
        printed = subprocess.run(loading, cwd=ROOT, env=environment, check=True, capture_output=True, text=True).stdout
        serving = [*PYTHON, "runserver", "--noreload", f"127.0.0.1:{port}"]
        server = subprocess.Popen(
            serving, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        try:
            _photograph(f"http://127.0.0.1:{port}", _password(printed))
        finally:
            server.terminate()
            server.wait()


def _password(printed: str) -> str:
    return next(line.split()[1] for line in printed.splitlines() if line.strip().startswith("officer"))


def _photograph(address: str, password: str) -> None:
    _wait(f"{address}/healthz")
    FURTHER.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=[*ARGUMENTS, "--lang=en-GB"])
        for name, size, scheme, folder in (
            ("screenshot-{}.png", WIDE, "light", DOCS),
            ("{}-dark.png", WIDE, "dark", FURTHER),
            ("{}-narrow.png", NARROW, "light", FURTHER),
            ("{}-narrow-dark.png", NARROW, "dark", FURTHER),
        ):
            page = _logged_in(browser, address, password, size, scheme)
            for screen, show in SCREENS.items():
                show(page)
                page.wait_for_load_state("networkidle")
                file = folder / name.format(screen)
                page.screenshot(path=file)
                if folder == DOCS:
                    _shrink(file)
                _say(file)
            page.context.close()
        browser.close()


def _wait(address: str) -> None:
    for _ in range(100):
        try:
            with urlopen(address):  # noqa: S310 the address is our own
                return
        except URLError:
            time.sleep(0.1)
    raise SystemExit(f"The demo does not answer at {address}.")


def _logged_in(browser: Browser, address: str, password: str, size: dict[str, int], scheme: str) -> Page:
    page = browser.new_context(base_url=address, viewport=size, color_scheme=scheme, locale="en-GB").new_page()  # type: ignore[arg-type]
    page.goto("/login/")
    page.fill("#id_username", "officer")
    page.fill("#id_password", password)
    page.click("#login-form [type=submit]")
    return page


def _activity(page: Page) -> None:
    page.goto(f"/registry/processingactivity/?q={ACTIVITY}")
    page.click(f"#result_list .field-reference a:text-is('{ACTIVITY}')")


def _import(page: Page) -> None:
    page.goto("/registry/import/add/")
    page.set_input_files("#id_file", {"name": "shops.csv", "mimeType": "text/csv", "buffer": SPREADSHEET})
    page.select_option("#id_organisation", label="Quillbrook & Wren Retail Limited")
    page.check("input[name=blank_cell][value=leave]")
    page.click("input[value='Read the file']")


SCREENS: dict[str, Callable[[Page], object]] = {
    "overview": lambda page: page.goto("/"),
    "activities": lambda page: page.goto("/registry/processingactivity/"),
    "activity": _activity,
    "import": _import,
    "reports": lambda page: page.goto("/reports/"),
}


def _shrink(file: Path) -> None:
    """Write the picture with few colours: its pages have few."""
    with Image.open(file) as picture:
        few = picture.convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)
    few.save(file, optimize=True)


def _say(file: Path) -> None:
    sys.stdout.write(f"{file.relative_to(ROOT)}  {file.stat().st_size // 1024} kB\n")


if __name__ == "__main__":
    main()
