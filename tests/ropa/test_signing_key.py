"""Where the key that signs audit packs lies."""

from pathlib import Path

import pytest

from ropa.database import database
from ropa.signing_key import signing_key_file


@pytest.mark.parametrize(
    ("url", "place"),
    [
        ("sqlite:////srv/register/db.sqlite3", "/srv/register/db.signing-key.pem"),
        ("sqlite:////srv/register/demo.sqlite3", "/srv/register/demo.signing-key.pem"),
        ("postgres://user:password@host:5432/name", "/base/signing-key.pem"),
    ],
)
def test_the_key_lies_beside_a_database_in_a_file_and_never_in_a_database(url: str, place: str) -> None:
    assert signing_key_file(database(url), Path("/base")) == Path(place)
