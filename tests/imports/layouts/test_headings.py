"""Headings in seven languages and the facts that they stand for."""

import pytest

from registry.imports.layouts.headings import SYNONYMS, HeadingIndex, HeadingMatch, match_heading
from registry.imports.parsing.folding import fold


@pytest.mark.parametrize(
    ("heading", "key"),
    [
        ("Nr.", "reference"),
        ("Bezeichnung der Verarbeitungstätigkeit", "name"),
        ("BEZEICHNUNG DER VERARBEITUNGSTAETIGKEIT:", "name"),
        ("Status", "status"),
        ("Verantwortliche Fachabteilung", "unit"),
        ("Zweck(e) der Verarbeitung", "purposes"),
        ("Rechtsgrundlage(n)", "legal_bases"),
        ("Kategorien betroffener Personen", "data_subjects"),
        ("Kategorien personenbezogener Daten", "data_categories"),
        ("Kategorien von Empfaengern", "recipients"),
        ("Übermittlung in ein Drittland", "transfers"),
        ("Löschfristen", "retention"),
        ("Technische und organisatorische Maßnahmen", "measures"),
        ("Eingesetzte Software", "systems"),
        ("Stand", "last_changed_on"),
        ("the purposes of the processing; ", "purposes"),
        ("the categories of personal data;", "data_categories"),
        ("documentation of suitable safeguards;", "transfers.safeguard"),
        ("Finalité(s) du traitement", "purposes"),
        ("base jurídica", "legal_bases"),
        ("bewaartermijn(en)", "retention"),
        ("categorie di interessati", "data_subjects"),
        ("dados pessoais", "data_categories"),
        ("data_subjects", "data_subjects"),
        ("MainPurpose", "purposes"),
    ],
)
def test_known_headings_are_sure(heading: str, key: str) -> None:
    assert match_heading(heading) == HeadingMatch(key, 1.0)


@pytest.mark.parametrize(
    ("heading", "key"),
    [
        ("Rechtsgrundlage (Art. 6 DSGVO)", "legal_bases"),
        ("Empfänger (falls zutreffend)", "recipients"),
        ("Transfers [if applicable];", "transfers"),
    ],
)
def test_a_bracket_behind_a_heading_is_passed_over(heading: str, key: str) -> None:
    assert match_heading(heading) == HeadingMatch(key, 0.95)


def test_shared_words_make_a_less_sure_match() -> None:
    found = match_heading("Technische und organisatorische Maßnahmen der Abteilung")

    assert found.key == "measures"
    assert 0.5 <= found.score < 0.95


@pytest.mark.parametrize("heading", ["", " ", "—", "Compliance-Status", "purpose_category", "Farbe", "status " * 60])
def test_other_headings_are_left_open(heading: str) -> None:
    assert match_heading(heading) == HeadingMatch(None, 0.0)


def test_two_facts_that_fit_equally_well_are_none() -> None:
    index = HeadingIndex({"one": ("red house",), "two": ("red door",)})

    assert index.match("red house door") == HeadingMatch(None, 0.0)


def test_no_heading_stands_for_two_facts() -> None:
    owners: dict[str, set[str]] = {}
    for key, headings in SYNONYMS.items():
        for heading in headings:
            owners.setdefault(fold(heading), set()).add(key)

    assert {heading: keys for heading, keys in owners.items() if len(keys) > 1} == {}
