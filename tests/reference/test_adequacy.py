"""Tests for the adequacy decisions: in force on the day asked for, limited where limited, each to be checked."""

from datetime import date

import pytest

from registry.reference.adequacy import DECISIONS, LISTS_NOT_KNOWN, in_force_for, in_force_for_organisation
from registry.reference.countries import by_code, is_eea
from registry.reference.lawful_basis import Regime

TODAY = date(2026, 11, 22)


def _numbers(code: str, on: date) -> list[str]:
    return [decision.number for decision in in_force_for(code, on)]


@pytest.mark.parametrize(
    ("on", "expected"),
    [
        (date(2000, 7, 25), []),
        (date(2015, 10, 5), ["2000/520/EC"]),
        (date(2015, 10, 6), []),
        (date(2020, 7, 15), ["(EU) 2016/1250"]),
        (date(2020, 7, 16), []),
        (date(2023, 7, 9), []),
        (date(2023, 7, 10), ["(EU) 2023/1795"]),
        (TODAY, ["(EU) 2023/1795"]),
    ],
)
def test_the_united_states_had_three_decisions_with_gaps_between_them(on: date, expected: list[str]) -> None:
    assert _numbers("US", on) == expected


@pytest.mark.parametrize(
    ("on", "expected"),
    [
        (date(2021, 6, 27), []),
        (date(2021, 6, 28), ["(EU) 2021/1772"]),
        (date(2031, 12, 27), ["(EU) 2021/1772"]),
        (date(2031, 12, 28), []),
    ],
)
def test_the_united_kingdoms_decision_ends_in_2031(on: date, expected: list[str]) -> None:
    assert _numbers("GB", on) == expected


def test_the_places_with_a_decision_today() -> None:
    codes = {decision.country_code for decision in DECISIONS if in_force_for(decision.country_code, TODAY)}

    assert codes == set("AD AR BR CA CH FO GB GG IL IM JE JP KR NZ US UY".split())


def test_limited_decisions_say_how_they_are_limited() -> None:
    limited = [decision for decision in DECISIONS if decision.limited]

    assert {decision.country_code for decision in limited} == {"CA", "IL", "JP", "KR", "US"}
    assert [decision.place for decision in limited if not decision.scope] == []


def test_every_decision_carries_a_verify_note() -> None:
    assert [decision.place for decision in DECISIONS if not decision.verify] == []


def test_every_decision_is_for_a_known_country_or_an_organisation() -> None:
    places = {d.place for d in DECISIONS if d.is_organisation is bool(d.country_code)}

    assert places == set()
    assert [by_code(d.country_code).code for d in DECISIONS if d.country_code] == [
        d.country_code for d in DECISIONS if d.country_code
    ]


def test_every_decision_has_its_number_or_says_that_it_was_not_read() -> None:
    unnumbered = {d.place: d.source for d in DECISIONS if not d.number}

    assert unnumbered == {
        "Brazil": "Commission decision, number not read",
        "European Patent Organisation": "Commission decision, number not read",
    }


def test_linked_data_terms_exist_for_thirteen_places_only() -> None:
    terms = {d.country_code: d.dpv_term for d in DECISIONS if d.dpv_term}

    assert terms == {code: f"legal-eu:Adequacy-EU-{code}" for code in "AD AR CA CH FO GB GG IL IM JE JP NZ UY".split()}


def test_an_organisation_is_found_by_its_name() -> None:
    assert [d.place for d in in_force_for_organisation(" european patent organisation ", TODAY)] == [
        "European Patent Organisation"
    ]
    assert in_force_for_organisation("European Patent Organisation", date(2025, 6, 30)) == ()
    assert in_force_for_organisation("Brazil", TODAY) == ()


def test_an_empty_country_code_finds_no_organisation() -> None:
    assert in_force_for("", TODAY) == ()


def test_a_regime_may_be_named_by_its_value() -> None:
    assert in_force_for("JP", TODAY, regime="eu") == in_force_for("JP", TODAY, regime=Regime.EU)


@pytest.mark.parametrize("regime", [Regime.UK, Regime.CH])
def test_a_list_that_was_not_read_is_said_to_be_unknown(regime: Regime) -> None:
    assert in_force_for("JP", TODAY, regime=regime) == ()
    assert LISTS_NOT_KNOWN[regime].startswith("Check ")
    assert [d for d in DECISIONS if d.regime is regime] == []


def test_brazil_recognises_the_european_economic_area_since_2026() -> None:
    recognised = [d for d in DECISIONS if d.regime is Regime.BR]

    assert len(recognised) == 30
    assert {d.number for d in recognised} == {"Resolução CD/ANPD 32/2026"}
    assert [d.country_code for d in recognised if not is_eea(d.country_code, TODAY)] == []
    assert in_force_for("NO", date(2026, 1, 25), Regime.BR) == ()
    assert len(in_force_for("NO", TODAY, Regime.BR)) == 1
    assert in_force_for("US", TODAY, Regime.BR) == ()
