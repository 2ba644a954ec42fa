"""Where the key that signs audit packs lies unless SIGNING_KEY_FILE says otherwise."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from ropa.database import SQLITE

NAME = "signing-key.pem"


def signing_key_file(database: Mapping[str, Any], base: Path) -> Path:
    """Return a place beside the file of a SQLite database and called after it, in ``base`` for other databases."""
    if database["ENGINE"] != SQLITE:
        return base / NAME
    file = Path(str(database["NAME"]))
    return file.with_name(f"{file.stem}.{NAME}")
