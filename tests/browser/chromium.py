"""Where Chromium is, how it is started, and the sizes of its windows."""

import os

CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")

ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
"""No sandbox, since containers give it none, and no conversation with anyone."""

WIDE = {"width": 1300, "height": 900}
NARROW = {"width": 390, "height": 844}
SMALLEST = {"width": 320, "height": 640}
