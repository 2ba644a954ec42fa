"""The register's version, which stands in one place only: the newest heading of the changelog."""

import re
from pathlib import Path

HEADING = re.compile(r"^## \[?(?P<version>\d+\.\d+\.\d+)\]?", re.MULTILINE)


def read_version(changelog: Path) -> str:
    """Return the first version, such as "0.1.0", that a second-level heading of the changelog names.

    Raises ValueError if there is none; OSError if the file cannot be read.
    """
    found = HEADING.search(changelog.read_text(encoding="utf-8"))
    if found is None:
        raise ValueError(f"{changelog} names no version. Give it a heading such as '## 0.1.0 (2026-11-22)'.")
    return found["version"]
