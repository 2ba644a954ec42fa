"""Where the key that signs sessions comes from."""

import stat
from pathlib import Path

import pytest

from ropa.env import InvalidVariable
from ropa.secret_key import REMEDY, read_secret_key


@pytest.fixture(autouse=True)
def _no_key(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SECRET_KEY", raising=False)
    monkeypatch.delenv("SECRET_KEY_FILE", raising=False)


def test_a_given_key_comes_before_a_generated_one(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("SECRET_KEY", "given")

    key = read_secret_key(generated=tmp_path / "key")

    assert key == "given"
    assert list(tmp_path.iterdir()) == []


def test_a_key_is_made_once_and_kept_for_its_owner_only(tmp_path: Path) -> None:
    file = tmp_path / "key"

    first = read_secret_key(generated=file)
    second = read_secret_key(generated=file)

    assert first == second
    assert len(first) == 50
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_no_key_is_made_up_where_none_may_be() -> None:
    with pytest.raises(InvalidVariable, match=r"^SECRET_KEY is not set, .* set DEBUG=1 instead\.$"):
        read_secret_key(generated=None)


@pytest.mark.parametrize(
    ("key", "weakness"),
    [
        ("x", "it has fewer than 50 characters"),
        ("abcde" * 10 + "f", ""),
        ("abcde" * 9 + "abcd", "it has fewer than 50 characters"),
        ("abcd" * 20, "it has fewer than 5 different characters"),
        (
            "django-insecure-" + "abcdefghij" * 5,
            "it begins with django-insecure-, as the examples of new projects do",
        ),
    ],
)
def test_a_key_that_can_be_guessed_is_refused_where_none_may_be_made_up(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, key: str, weakness: str
) -> None:
    monkeypatch.setenv("SECRET_KEY", key)
    said = ""

    try:
        read_secret_key(generated=None)
    except InvalidVariable as error:
        said = str(error)

    assert said == (f"SECRET_KEY can be guessed: {weakness}. {REMEDY}" if weakness else "")
    assert read_secret_key(generated=tmp_path / "key") == key


def test_a_key_in_a_file_is_held_to_the_same(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    file = tmp_path / "key"
    file.write_text("short\n")
    monkeypatch.setenv("SECRET_KEY_FILE", str(file))

    with pytest.raises(InvalidVariable, match=r"^SECRET_KEY can be guessed: it has fewer than 50 characters"):
        read_secret_key(generated=None)
