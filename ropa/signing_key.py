"""Where the key that signs audit packs lies unless SIGNING_KEY_FILE says otherwise."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from ropa.database import SQLITE

NAME = "signing-key.pem"


def signing_key_file(database: Mapping[str, Any], base: Path) -> Path:
    """Return a place beside the file of a SQLite database and called after it, in ``base`` for other databases."""
    name = str(database["NAME"])
    if database["ENGINE"] != SQLITE or ":memory:" in name:
        return base / NAME
    file = Path(name)
    return file.with_name(f"{file.stem}.{NAME}")
