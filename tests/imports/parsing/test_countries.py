"""Countries in cells."""

from datetime import date

import pytest

from registry.imports.parsing.countries import country_first, find_countries, is_eea, parse_country


@pytest.mark.parametrize(
    ("text", "code"), [("Canada ", "CA"), ("Kanada", "CA"), ("CA", "CA"), ("FRA", "FR"), ("France.", "FR")]
)
def test_names_and_codes_are_countries(text: str, code: str) -> None:
    country = parse_country(text)

    assert country is not None
    assert country.code == code


@pytest.mark.parametrize("text", ["", "NA", "no", "it", "is", "keine", "Atlantis", "nil "])
def test_none_words_and_small_words_are_no_countries(text: str) -> None:
    assert parse_country(text) is None


@pytest.mark.parametrize(
    ("text", "codes", "words"),
    [
        ("India; Canada", ["IN", "CA"], ()),
        ("India, Canada und Japan", ["IN", "CA", "JP"], ()),
        ("India / Canada\nIndia", ["IN", "CA"], ()),
        ("Acme Ltd, India", [], ("Acme Ltd, India",)),
        ("Canada; a partner in India", ["CA"], ("a partner in India",)),
        ("", [], ()),
    ],
)
def test_only_whole_parts_of_a_cell_are_countries(text: str, codes: list[str], words: tuple[str, ...]) -> None:
    found = find_countries(text)

    assert [country.code for country in found.countries] == codes
    assert found.words == words


def test_membership_is_that_of_the_day() -> None:
    assert (is_eea("GB", date(2019, 1, 1)), is_eea("GB", date(2026, 1, 1)), is_eea("NO", date(2026, 1, 1))) == (
        True,
        False,
        True,
    )


@pytest.mark.parametrize(
    ("text", "code", "more"),
    [
        ("USA (Mailchimp)", "US", "Mailchimp"),
        ("India – group companies", "IN", "group companies"),
        ("Germany → USA", "US", "Germany → USA"),
        ("USA (not yet)", None, ""),
        ("a partner in India (Acme)", None, ""),
        ("India", None, ""),
        ("India (" * 20_000, None, ""),
    ],
)
def test_a_country_may_be_followed_by_words_of_it(text: str, code: str | None, more: str) -> None:
    country, words = country_first(text)

    assert ((country.code if country else None), words) == (code, more)


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("Förenta staterna", ["US"]),
        ("Sveits", ["CH"]),
        ("Storbritannien; Indien", ["GB", "IN"]),
        ("Stany Zjednoczone, Indie", ["US", "IN"]),
        ("Verenigd Koninkrijk", ["GB"]),
        ("VS", ["US"]),
        ("EE.UU.", ["US"]),
        ("Stati Uniti", ["US"]),
        ("EUA", ["US"]),
        ("vs", []),
    ],
)
def test_countries_are_known_in_the_languages_of_registers(text: str, codes: list[str]) -> None:
    assert [country.code for country in find_countries(text).countries] == codes
