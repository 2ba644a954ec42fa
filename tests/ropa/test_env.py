"""Reading the environment: each reader's values, defaults and complaints."""

from pathlib import Path
from typing import Any

import pytest

from ropa import env


def test_text_returns_the_value_without_surrounding_blanks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CITY", "  Zürich ")

    assert env.text("CITY") == "Zürich"


def test_text_takes_an_empty_variable_for_an_unset_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CITY", "  ")

    assert env.text("CITY", "Bern") == "Bern"


def test_text_without_default_names_the_variable_that_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CITY", raising=False)

    with pytest.raises(env.InvalidVariable) as caught:
        env.text("CITY")

    assert str(caught.value) == "CITY is not set. Accepted: any text."


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("1", True),
        ("True", True),
        ("yes", True),
        ("ON", True),
        ("0", False),
        ("false", False),
        ("No", False),
        ("off", False),
    ],
)
def test_flag_reads_the_usual_words(monkeypatch: pytest.MonkeyPatch, value: str, expected: bool) -> None:
    monkeypatch.setenv("DOOR_OPEN", value)

    assert env.flag("DOOR_OPEN", default=not expected) is expected


@pytest.mark.parametrize("default", [True, False])
def test_flag_falls_back_to_its_default(monkeypatch: pytest.MonkeyPatch, default: bool) -> None:
    monkeypatch.delenv("DOOR_OPEN", raising=False)

    assert env.flag("DOOR_OPEN", default=default) is default


def test_flag_refuses_any_other_word(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DOOR_OPEN", "ajar")

    with pytest.raises(env.InvalidVariable) as caught:
        env.flag("DOOR_OPEN", default=True)

    assert str(caught.value) == "DOOR_OPEN is 'ajar'. Accepted: 1, true, yes, on or 0, false, no, off."


def test_number_reads_a_whole_number(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ROOMS", "12")

    assert env.number("ROOMS", default=3) == 12


def test_number_falls_back_to_its_default(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("ROOMS", raising=False)

    assert env.number("ROOMS", default=3) == 3


@pytest.mark.parametrize("value", ["twelve", "1.5", "-1", "0", "²", "1e3"])
def test_number_refuses_what_is_no_number_or_too_small(monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    monkeypatch.setenv("ROOMS", value)

    with pytest.raises(env.InvalidVariable) as caught:
        env.number("ROOMS", default=3, minimum=1)

    assert str(caught.value) == f"ROOMS is {value!r}. Accepted: a whole number of at least 1."


def test_number_without_default_names_the_variable_that_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("ROOMS", raising=False)

    with pytest.raises(env.InvalidVariable) as caught:
        env.number("ROOMS")

    assert str(caught.value) == "ROOMS is not set. Accepted: a whole number of at least 0."


def test_choice_reads_an_accepted_word_in_any_case(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SIZE", "large")

    assert env.choice("SIZE", ("SMALL", "LARGE"), "SMALL") == "LARGE"


def test_choice_falls_back_to_its_default(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SIZE", raising=False)

    assert env.choice("SIZE", ("SMALL", "LARGE"), "SMALL") == "SMALL"


def test_choice_refuses_any_other_word(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SIZE", "huge")

    with pytest.raises(env.InvalidVariable) as caught:
        env.choice("SIZE", ("SMALL", "LARGE"), "SMALL")

    assert str(caught.value) == "SIZE is 'HUGE'. Accepted: SMALL, LARGE."


def test_words_splits_at_commas_and_leaves_out_empty_ones(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOSTS", "register.example, ,www.register.example,")

    assert env.words("HOSTS") == ["register.example", "www.register.example"]


def test_words_falls_back_to_its_default(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("HOSTS", raising=False)

    assert env.words("HOSTS", default=("localhost",)) == ["localhost"]


def test_secret_is_read_from_the_variable(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PASSPHRASE", "open sesame")

    assert env.secret("PASSPHRASE") == "open sesame"


def test_secret_is_read_from_the_file_that_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    file = tmp_path / "passphrase"
    file.write_text("open sesame\n", encoding="utf-8")
    monkeypatch.setenv("PASSPHRASE_FILE", str(file))

    assert env.secret("PASSPHRASE") == "open sesame"


def test_secret_is_none_where_neither_is_set(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("PASSPHRASE", raising=False)
    monkeypatch.delenv("PASSPHRASE_FILE", raising=False)

    assert env.secret("PASSPHRASE") is None


def test_secret_given_twice_is_refused_without_being_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PASSPHRASE", "open sesame")
    monkeypatch.setenv("PASSPHRASE_FILE", "/run/secrets/passphrase")

    with pytest.raises(env.InvalidVariable) as caught:
        env.secret("PASSPHRASE")

    assert str(caught.value) == (
        "PASSPHRASE and PASSPHRASE_FILE are both set. Accepted: one of the two; unset the other."
    )


def test_secret_names_a_file_that_cannot_be_read(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    absent = str(tmp_path / "absent")
    monkeypatch.setenv("PASSPHRASE_FILE", absent)

    with pytest.raises(env.InvalidVariable) as caught:
        env.secret("PASSPHRASE")

    assert str(caught.value) == (
        f"PASSPHRASE_FILE is {absent!r}, which cannot be read: "
        f"[Errno 2] No such file or directory: {absent!r}. Accepted: a text file."
    )


def test_secret_names_a_file_that_is_empty(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    file = tmp_path / "passphrase"
    file.write_text("\n", encoding="utf-8")
    monkeypatch.setenv("PASSPHRASE_FILE", str(file))

    with pytest.raises(env.InvalidVariable) as caught:
        env.secret("PASSPHRASE")

    assert str(caught.value) == (
        f"PASSPHRASE_FILE is {str(file)!r}, which is empty. Accepted: a text file that holds the secret."
    )


@pytest.mark.parametrize(
    ("read", "value", "expected"),
    [
        (lambda name: env.time_zone(name, "UTC"), "", "UTC"),
        (lambda name: env.time_zone(name, "UTC"), "Europe/Dublin", "Europe/Dublin"),
        (lambda name: env.hosts(name, ("localhost",)), "", ["localhost"]),
        (
            lambda name: env.hosts(name, ()),
            "register.example, .example.org,10.0.0.1,[::1],*,my_host",
            ["register.example", ".example.org", "10.0.0.1", "[::1]", "*", "my_host"],
        ),
        (env.site, "", ""),
        (env.site, "https://register.example:8443/ropa/", "https://register.example:8443/ropa"),
    ],
)
def test_zones_hosts_and_sites_are_read(monkeypatch: pytest.MonkeyPatch, read: Any, value: str, expected: Any) -> None:
    monkeypatch.setenv("PLACE", value)

    assert read("PLACE") == expected


@pytest.mark.parametrize(
    ("read", "value", "accepted"),
    [
        (lambda name: env.time_zone(name, "UTC"), "Mars/Phobos", "a time zone such as Europe/Dublin, or UTC"),
        (lambda name: env.time_zone(name, "UTC"), "/etc/passwd", "a time zone such as Europe/Dublin, or UTC"),
        (lambda name: env.hosts(name, ()), "https://register.example", "without https:// and without a port"),
        (lambda name: env.hosts(name, ()), "register.example:8000", "without https:// and without a port"),
        (env.site, "register.example", "scheme and host, such as https://register.example"),
        (env.site, "ftp://register.example", "scheme and host, such as https://register.example"),
    ],
)
def test_what_is_no_zone_host_or_site_is_refused(
    monkeypatch: pytest.MonkeyPatch, read: Any, value: str, accepted: str
) -> None:
    monkeypatch.setenv("PLACE", value)

    with pytest.raises(env.InvalidVariable) as caught:
        read("PLACE")

    assert value in str(caught.value)
    assert str(caught.value).endswith(f"{accepted}.")


@pytest.mark.parametrize("value", ["65536", "9" * 30])
def test_number_refuses_more_than_its_maximum(monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    monkeypatch.setenv("PORT_OF_CALL", value)

    with pytest.raises(env.InvalidVariable) as caught:
        env.number("PORT_OF_CALL", default=1, maximum=65_535)

    assert str(caught.value) == f"PORT_OF_CALL is '{value}'. Accepted: a whole number from 0 to 65535."


def test_origins_are_schemes_and_hosts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FRIENDS", "https://a.example, http://b.example:8443")

    assert env.origins("FRIENDS") == ["https://a.example", "http://b.example:8443"]


@pytest.mark.parametrize("value", ["a.example", "https://a.example,b.example", "https://a.example/"])
def test_an_origin_without_a_scheme_or_with_a_path_is_refused(monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    monkeypatch.setenv("FRIENDS", value)

    with pytest.raises(env.InvalidVariable, match=r"FRIENDS has .* Accepted: scheme and host"):
        env.origins("FRIENDS")


@pytest.mark.parametrize("value", ["", "mail.example", "localhost", "192.0.2.7", "2001:db8::7"])
def test_a_server_is_a_name_or_a_number(monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    monkeypatch.setenv("POST", value)

    assert env.server("POST") == value


@pytest.mark.parametrize("value", ["smtp://mail.example", "mail.example:25", "mail example"])
def test_a_server_with_scheme_or_port_is_refused(monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    monkeypatch.setenv("POST", value)

    with pytest.raises(env.InvalidVariable, match=r"POST is .* Accepted: a name such as mail.example"):
        env.server("POST")


@pytest.mark.parametrize("value", ["a@b.example", "The register <a@b.example>", "register@localhost"])
def test_a_sender_is_an_address_perhaps_behind_a_name(monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    monkeypatch.setenv("SENDER", value)

    assert env.sender("SENDER", "x@y.example") == value


@pytest.mark.parametrize("value", ["nobody", "a@b@c", "The register <nobody>", "a@b.example, c@d.example"])
def test_a_sender_without_an_address_is_refused(monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    monkeypatch.setenv("SENDER", value)

    with pytest.raises(env.InvalidVariable, match=r"SENDER is .* Accepted: an e-mail address"):
        env.sender("SENDER", "x@y.example")
