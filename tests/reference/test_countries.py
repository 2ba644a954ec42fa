"""Tests for the countries: who belonged to the EEA when, and every spelling of a name finding one country."""

from datetime import date

import pytest
from django.utils import translation

from registry.reference.countries import (
    CHOICES,
    COUNTRIES,
    by_code,
    find_country,
    is_eea,
    is_eu,
    may_begin_a_name,
    named_in,
    names_of,
)

TODAY = date(2026, 11, 22)
MEMBER_STATES = set("AT BE BG HR CY CZ DK EE FI FR DE GR HU IE IT LV LT LU MT NL PL PT RO SK SI ES SE".split())
TERRITORIES = {"AX", "GF", "GP", "MF", "MQ", "RE", "YT"}


def _codes(held: object) -> set[str]:
    return {country.code for country in COUNTRIES if held(country.code, TODAY)}  # type: ignore[operator]


def test_the_list_has_the_249_entries_of_the_standard() -> None:
    assert len({country.code for country in COUNTRIES}) == 249
    assert len({country.alpha3 for country in COUNTRIES}) == 249


def test_the_union_has_27_member_states() -> None:
    assert _codes(is_eu) - TERRITORIES == MEMBER_STATES


def test_the_eea_is_the_union_and_three_more() -> None:
    assert _codes(is_eea) - TERRITORIES == MEMBER_STATES | {"IS", "LI", "NO"}


def test_territories_follow_the_state_they_belong_to() -> None:
    assert {country.code for country in COUNTRIES if country.territory_of} == TERRITORIES
    assert _codes(is_eea) >= TERRITORIES


@pytest.mark.parametrize(("on", "expected"), [(date(2020, 1, 31), True), (date(2020, 2, 1), False), (TODAY, False)])
def test_the_united_kingdom_left_at_the_end_of_january_2020(on: date, expected: bool) -> None:
    assert is_eu("GB", on) is expected
    assert is_eea("GB", on) is expected


@pytest.mark.parametrize(
    ("code", "on", "expected"),
    [
        ("HR", date(2013, 6, 30), False),
        ("HR", date(2013, 7, 1), True),
        ("NO", date(1993, 12, 31), False),
        ("NO", date(1994, 1, 1), True),
        ("FR", date(1993, 12, 31), False),
        ("CH", TODAY, False),
        ("XX", TODAY, False),
    ],
)
def test_eea_membership_is_dated(code: str, on: date, expected: bool) -> None:
    assert is_eea(code, on) is expected


def test_memberships_end_after_they_begin() -> None:
    spans = [(c.eu_from, c.eu_until) for c in COUNTRIES] + [(c.eea_from, c.eea_until) for c in COUNTRIES]

    assert [span for span in spans if span[1] and (span[0] is None or span[0] > span[1])] == []


def test_membership_dates_carry_a_verify_note() -> None:
    dated = {country.code for country in COUNTRIES if country.eea_from or country.territory_of}

    assert {country.code for country in COUNTRIES if country.verify} == dated


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("USA", "US"),
        ("u.s.a.", "US"),
        ("Etats-Unis", "US"),
        ("États Unis", "US"),
        ("Vereinigte Staaten von Amerika", "US"),
        ("UK", "GB"),
        ("Großbritannien", "GB"),
        ("GROSSBRITANNIEN", "GB"),
        ("  united   kingdom ", "GB"),
        ("Österreich", "AT"),
        ("Osterreich", "AT"),
        ("Oesterreich", "AT"),
        ("Côte d\N{RIGHT SINGLE QUOTATION MARK}Ivoire", "CI"),
        ("Turkey", "TR"),
        ("de", "DE"),
        ("DEU", "DE"),
    ],
)
def test_a_country_is_found_by_any_of_its_names(text: str, code: str) -> None:
    found = find_country(text)

    assert found is by_code(code)


@pytest.mark.parametrize("text", ["", "   ", "—", "Atlantis", "Germany and France"])
def test_other_text_finds_no_country(text: str) -> None:
    assert find_country(text) is None


def test_no_name_belongs_to_two_countries() -> None:
    strays = [
        (name, country.code) for country in COUNTRIES for name in names_of(country) if find_country(name) is not country
    ]

    assert strays == []


def test_a_code_that_is_none_is_an_error() -> None:
    with pytest.raises(KeyError):
        by_code("de")


def test_choices_are_sorted_by_name_whatever_the_accents() -> None:
    assert sorted(CHOICES) == sorted((country.code, country.name_en) for country in COUNTRIES)
    assert [CHOICES[0], CHOICES[1], CHOICES[-1]] == [("AF", "Afghanistan"), ("AX", "Åland Islands"), ("ZW", "Zimbabwe")]


@pytest.mark.parametrize(
    ("words", "codes"),
    [
        ("Cloudy Inc. (USA), with a copy in the United Kingdom", ["GB", "US"]),
        ("Sundry Tech (Indien) fehlt", ["IN"]),
        ("stockage en Corée du Sud et au Japon", ["KR", "JP"]),
        ("it is no matter in which us or as", []),
        ("", []),
    ],
)
def test_countries_are_found_within_words(words, codes):
    assert [country.code for country in named_in(words)] == codes


@pytest.mark.parametrize(
    ("code", "english", "german", "french"),
    [
        ("US", "the United States", "Vereinigte Staaten", "États-Unis"),
        ("GB", "the United Kingdom", "Vereinigtes Königreich", "Royaume-Uni"),
        ("NL", "the Netherlands", "Niederlande", "Pays-Bas"),
        ("BS", "the Bahamas", "Bahamas", "Bahamas"),
        ("KY", "the Cayman Islands", "Kaimaninseln", "Îles Caïmans"),
        ("IN", "India", "Indien", "Inde"),
    ],
)
def test_a_country_has_its_article_in_english_sentences(code, english, german, french):
    said = []
    for language in ("en", "de", "fr"):
        with translation.override(language):
            said.append(by_code(code).in_sentence)

    assert said == [english, german, french]


@pytest.mark.parametrize(
    "text", ["Call centre in Morocco", "Centre d’appels (Maroc)", "Support/USA", "Vereinigte Staaten", "CHINA"]
)
def test_a_text_that_names_a_country_has_a_word_that_may_begin_its_name(text):
    assert named_in(text)
    assert any(may_begin_a_name(word) for word in text.split())


@pytest.mark.parametrize("word", ["india", "Carriers", "jordan's", "Data"])
def test_other_words_may_not(word):
    assert not may_begin_a_name(word)
