"""Sentences that say that there are no transfers, and nothing else."""

import pytest

from registry.imports.parsing.no_transfer import says_no_transfer


@pytest.mark.parametrize(
    "text",
    [
        "No transfers outside the EEA.",
        "Keine Übermittlung in Drittländer",
        "Es findet keine Datenübermittlung in ein Drittland statt.",
        "Aucun transfert de données hors UE n'est prévu",
        "Non sono previsti trasferimenti verso paesi terzi",
        "No están previstas transferencias internacionales",
        "Não há transferência internacional de dados",
        "Er vindt geen doorgifte naar derde landen plaats",
        "De gegevens worden niet doorgegeven buiten de EER",
        "Die Daten werden nicht in Drittländer übermittelt",
        "Les données ne sont pas transférées hors UE",
        "I dati non sono trasferiti verso Paesi terzi",
        "Los datos no se transfieren a terceros países",
        "Os dados não são transferidos para fora do EEE",
        "Uppgifterna överförs inte till tredjeland",
        "Der sker ikke overførsel af personoplysninger til tredjelande",
        "Det overføres ikke opplysninger til tredjeland",
        "Dane nie są przekazywane do państw trzecich ani organizacji międzynarodowych",
    ],
)
def test_a_no_in_a_sentence(text: str) -> None:
    assert says_no_transfer(text)


@pytest.mark.parametrize(
    "text",
    ["", "No", "No transfers except to Acme", "Keine Übermittlung ohne Garantien", "Transfers outside the EEA", "Nicht in die USA", "I dati sono trasferiti verso Paesi terzi", "Uppgifterna överförs till tredjeland", "Data transferred, not encrypted, to third countries", "no transfer " * 50],
)  # fmt: skip
def test_all_other_sentences_say_more_or_less(text: str) -> None:
    assert not says_no_transfer(text)
