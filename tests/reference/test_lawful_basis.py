"""Tests for the list of grounds: complete for each regime, in DPV's citation ids, honest about what was not read."""

from datetime import date

import pytest

from registry.reference.lawful_basis import BY_CODE, LEGAL_BASES, BasisKind, Regime
from registry.reference.source import in_force

NUMERALS = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X")


def _codes(regime: Regime, kind: BasisKind) -> list[str]:
    return [term.code for term in LEGAL_BASES if term.regime is regime and term.kind is kind]


@pytest.mark.parametrize(
    ("regime", "kind", "expected"),
    [
        (Regime.EU, BasisKind.LAWFUL_BASIS, [f"A6-1-{letter}" for letter in "abcdef"]),
        (Regime.EU, BasisKind.SPECIAL_CATEGORY, [f"A9-2-{letter}" for letter in "abcdefghij"]),
        (Regime.EU, BasisKind.CRIMINAL_OFFENCE, ["A10"]),
        (Regime.UK, BasisKind.LAWFUL_BASIS, [f"UK-A6-1-{point}" for point in ("a", "b", "c", "d", "e", "ea", "f")]),
        (Regime.UK, BasisKind.SPECIAL_CATEGORY, [f"UK-A9-2-{letter}" for letter in "abcdefghij"]),
        (Regime.UK, BasisKind.CRIMINAL_OFFENCE, ["UK-A10"]),
        (Regime.BR, BasisKind.LAWFUL_BASIS, [f"BR-A7-{numeral}" for numeral in NUMERALS]),
        (Regime.BR, BasisKind.SPECIAL_CATEGORY, ["BR-A11-I", *(f"BR-A11-II-{letter}" for letter in "abcdefg")]),
        (
            Regime.CH,
            BasisKind.LAWFUL_BASIS,
            ["CH-A31-CONSENT", "CH-A31-PRIVATE-INTEREST", "CH-A31-PUBLIC-INTEREST", "CH-A31-LAW", "CH-A34"],
        ),
        (Regime.CALIFORNIA, BasisKind.LAWFUL_BASIS, []),
    ],
)
def test_each_regime_has_its_grounds_in_order(regime: Regime, kind: BasisKind, expected: list[str]) -> None:
    assert _codes(regime, kind) == expected


def test_california_states_grounds_of_other_law() -> None:
    purposes = [f"US-CA-140-E-{number}" for number in range(1, 9)]

    codes = _codes(Regime.CALIFORNIA, BasisKind.NATIONAL_LAW)

    assert codes == ["US-CA-100-A", *purposes, "US-CA-120-A", "US-CA-120-C"]


def test_no_article_6_basis_is_a_value_of_national_law() -> None:
    national = {term.kind for term in LEGAL_BASES if term.regime is Regime.NATIONAL}

    assert national == {BasisKind.NATIONAL_LAW}
    assert BY_CODE["NAT-LED"].title == "Law enforcement by a competent authority (no Article 6 basis)"


def test_union_grounds_are_cited_by_their_dpv_id_where_there_is_one() -> None:
    terms = [term for term in LEGAL_BASES if term.regime is Regime.EU]

    assert {term.code: term.dpv_term for term in terms} == {
        term.code: "" if term.code == "A10" else f"eu-gdpr:{term.code}" for term in terms
    }


def test_only_union_grounds_have_a_dpv_term() -> None:
    assert {term.regime for term in LEGAL_BASES if term.dpv_term} == {Regime.EU}


@pytest.mark.parametrize(("on", "expected"), [(date(2026, 2, 4), False), (date(2026, 2, 5), True)])
def test_recognised_legitimate_interests_hold_from_february_2026(on: date, expected: bool) -> None:
    assert in_force(BY_CODE["UK-A6-1-ea"], on) is expected


def test_every_ground_says_what_stands_beside_it() -> None:
    assert [term.code for term in LEGAL_BASES if not term.needs or not term.title or not term.citation] == []


def test_only_what_was_read_in_the_primary_text_goes_without_a_verify_note() -> None:
    read = {term.code for term in LEGAL_BASES if not term.verify}
    union = {term.code for term in LEGAL_BASES if term.regime is Regime.EU}
    california = {"US-CA-100-A", *(f"US-CA-140-E-{number}" for number in range(1, 9))}

    assert read == union | california
