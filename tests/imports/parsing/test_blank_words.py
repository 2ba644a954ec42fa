"""Three answers that are no value: none, not known, and a template's own text."""

import pytest

from registry.imports.parsing.blank_words import Blank, classify


@pytest.mark.parametrize(
    "text",
    [
        "Nil",
        "nil ",
        "N/A",
        "n/a",
        "N/A (DPO in house)",
        "keine",
        "Keine.",
        "Nein",
        "none",
        "no",
        "Non concerné",
        "Sans objet",
        "Sans objet — no transfer",
        "Sans objet - interne",
        "No procede",
        "Inga",
        "—",
        "-",
        " -- ",
        "entfällt",
        "entfaellt",
        "nicht zutreffend",
        "n.v.t.",
        "nessuno",
        "nenhum",
        "k.A.",
        "keine (nur intern).",
        "néant",
    ],
)
def test_none_words_say_none(text: str) -> None:
    assert classify(text) is Blank.NONE_STATED


@pytest.mark.parametrize(
    "text", ["TBD", "?", "??", "unbekannt", "à compléter", "noch offen", "tbc", "TBC?", "por definir", "onbekend"]
)
def test_unknown_words_say_unknown(text: str) -> None:
    assert classify(text) is Blank.UNKNOWN


@pytest.mark.parametrize(
    "text",
    [
        "[À COMPLÉTER]",
        "[tbd]",
        "(Beispiel)",
        "Sélectionnez un élément dans cette liste déroulante ►",
        "<name of the system>",
        "Lorem ipsum dolor",
        "Bitte auswählen",
        "EXEMPLE",
        "{{purpose}}",
        "xxx",
        "[Name of the controller]",
        "Choose an item.",
    ],
)
def test_template_text_is_told_apart(text: str) -> None:
    assert classify(text) is Blank.TEMPLATE


@pytest.mark.parametrize(
    "text",
    [
        "",
        "  ",
        "Customers",
        "No transfer takes place",
        "keine Übermittlung an Dritte außerhalb der Verwaltung",
        "— entfällt: geführt vom Land",
        "Nil (a) and more",
        "[intern]",
        "Nichtraucher",
        "<br/>",
        "Norway",
        "(see annex)",
        "Beispielhafte Daten",
        "n",
    ],
)
def test_values_are_no_blanks(text: str) -> None:
    assert classify(text) is None
