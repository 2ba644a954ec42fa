"""Tests for the transfer mechanisms: complete, dated, and barred from public powers where Art. 49(3) says so."""

from datetime import date

import pytest

from registry.reference.lawful_basis import Regime
from registry.reference.safeguards import BY_CODE, CHOICES, SAFEGUARDS, SafeguardKind
from registry.reference.source import in_force

TODAY = date(2026, 11, 22)


def test_the_regulations_mechanisms_are_complete_and_in_order() -> None:
    codes = [row.code for row in SAFEGUARDS if row.dpv_term]

    assert codes == [
        "A45-3",
        *(f"A46-2-{letter}" for letter in "abcdef"),
        *(f"A46-3-{letter}" for letter in "ab"),
        *(f"A49-1-{letter}" for letter in "abcdefg"),
        "A49-2",
    ]


def test_linked_data_terms_follow_the_code() -> None:
    assert [row.code for row in SAFEGUARDS if row.dpv_term and row.dpv_term != f"eu-gdpr:{row.code}"] == []


def test_compelling_interests_are_cited_as_the_second_subparagraph() -> None:
    assert BY_CODE["A49-2"].citation == "GDPR Art. 49(1), second subparagraph"


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        ("A45-3", SafeguardKind.ADEQUACY),
        ("A46-3-b", SafeguardKind.SAFEGUARD),
        ("A49-2", SafeguardKind.DEROGATION),
        ("UK-IDTA", SafeguardKind.SAFEGUARD),
        ("CH-A16-1", SafeguardKind.ADEQUACY),
        ("BR-A33-I", SafeguardKind.ADEQUACY),
        ("BR-A33-II-c", SafeguardKind.SAFEGUARD),
        ("BR-A33-IX", SafeguardKind.DEROGATION),
    ],
)
def test_a_mechanism_is_of_its_kind(code: str, kind: SafeguardKind) -> None:
    assert BY_CODE[code].kind is kind


def test_public_powers_cannot_use_consent_contract_or_compelling_interests() -> None:
    barred = [row.code for row in SAFEGUARDS if not row.for_public_powers]

    assert barred == ["A49-1-a", "A49-1-b", "A49-1-c", "A49-2"]


def test_ended_mechanisms_stay_with_their_dates() -> None:
    ended = {row.code: row.valid_until for row in SAFEGUARDS if not in_force(row, TODAY)}

    assert ended == {
        "EU-SAFE-HARBOUR": date(2015, 10, 5),
        "EU-PRIVACY-SHIELD": date(2020, 7, 15),
        "EU-SCC-2001": date(2022, 12, 27),
        "EU-SCC-2004": date(2022, 12, 27),
        "EU-SCC-2010": date(2022, 12, 27),
    }


def test_brazils_mechanisms_are_complete_and_in_order() -> None:
    letters = [f"BR-A33-II-{letter}" for letter in "abcd"]
    others = [f"BR-A33-{numeral}" for numeral in ("III", "IV", "V", "VI", "VII", "VIII", "IX")]

    assert [row.code for row in SAFEGUARDS if row.regime is Regime.BR] == ["BR-A33-I", *letters, *others]
    assert BY_CODE["BR-A33-II-b"].valid_from == date(2024, 8, 23)


def test_mechanisms_outside_the_regulations_text_carry_a_verify_note() -> None:
    unread = {row.code for row in SAFEGUARDS if row.regime is not Regime.EU or row.valid_from}

    assert {row.code for row in SAFEGUARDS if row.verify} == unread | {"A46-2-c"}


def test_choices_offer_every_mechanism_with_its_citation() -> None:
    assert [code for code, _label in CHOICES] == [row.code for row in SAFEGUARDS]
    assert dict(CHOICES)["A46-2-c"] == "Standard contractual clauses of the Commission (GDPR Art. 46(2)(c))"
