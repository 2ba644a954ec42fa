"""Headings in seven languages and the facts that they stand for."""

import pytest

from registry.imports.layouts.headings import SYNONYMS, HeadingIndex, HeadingMatch, match_heading
from registry.imports.layouts.headings_in_practice import IN_PRACTICE
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


SEVEN = {
    "impact_assessments": ("DPIA", "DSFA", "Analyse d'impact", "Gegevensbeschermingseffectbeoordeling", "Valutazione d'impatto", "Evaluación de impacto", "Avaliação de impacto"),
    "impact_assessments.conclusion": ("DPIA required?", "DSFA erforderlich", "AIPD requise ?", "DPIA vereist", "DPIA necessaria", "EIPD necesaria", "Avaliação de impacto necessária"),
    "privacy_notice": ("Privacy notice", "Datenschutzhinweise", "Mentions d'information", "Privacyverklaring", "Informativa agli interessati", "Cláusula informativa", "Aviso de privacidade"),
    "rights": ("Rights available", "Betroffenenrechte", "Droits des personnes", "Rechten van betrokkenen", "Diritti degli interessati", "Ejercicio de derechos", "Direitos dos titulares"),
    "rights_limits": ("Limits on rights", "Einschränkung der Betroffenenrechte", "Limitation des droits", "Beperking van rechten", "Limitazione dei diritti", "Limitación de derechos", "Limitação de direitos"),
    "consents": ("Consent mechanism", "Einholung der Einwilligung", "Recueil du consentement", "Toestemmingsmechanisme", "Raccolta del consenso", "Obtención del consentimiento", "Obtenção do consentimento"),
    "consents.evidence": ("Record of consent", "Nachweis der Einwilligung", "Preuve du consentement", "Bewijs van toestemming", "Prova del consenso", "Prueba del consentimiento", "Prova do consentimento"),
    "segments": ("Customer segments", "Kundensegmente", "Segments de clientèle", "Klantsegmenten", "Segmenti di clientela", "Segmentos de clientes", "Público-alvo"),
    "profiling_logic": ("Logic involved", "Involvierte Logik", "Logique sous-jacente", "Onderliggende logica", "Logica utilizzata", "Lógica aplicada", "Lógica subjacente"),
    "profiling_consequences": ("Envisaged consequences", "Tragweite und angestrebte Auswirkungen", "Conséquences prévues", "Verwachte gevolgen", "Conseguenze previste", "Consecuencias previstas", "Consequências previstas"),
    "human_intervention": ("Human intervention", "Menschliches Eingreifen", "Intervention humaine", "Menselijke tussenkomst", "Intervento umano", "Intervención humana", "Intervenção humana"),
}  # fmt: skip
"""Headings of what is beyond Art. 30, in English, German, French, Dutch, Italian, Spanish and Portuguese."""


@pytest.mark.parametrize(("heading", "key"), [(heading, key) for key, seven in SEVEN.items() for heading in seven])
def test_what_goes_beyond_article_30_is_known_in_seven_languages(heading: str, key: str) -> None:
    found = match_heading(heading)

    assert (found.key, found.score >= 0.95) == (key, True)


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


@pytest.mark.parametrize(
    ("heading", "key"),
    [
        ("2.1 Zweck(e)", "purposes"),
        ("b) Base jurídica", "legal_bases"),
        ("Transfer safeguard", "transfers.safeguard"),
        ("Data processors", "recipients"),
        ("Besonders schützenswerte Personendaten", "special_categories"),
        ("7. What is your legal basis?", "legal_bases"),
        ("Why do we keep a register of this? (purpose)", "purposes"),
        ("Team / afdeling", "unit"),
        ("Rechtsgrond /\nBase légale", "legal_bases"),
    ],
)
def test_headings_as_people_and_programs_write_them(heading: str, key: str) -> None:
    assert match_heading(heading).key == key


@pytest.mark.parametrize("heading", ["Land / Garantie", "Name / address", "1.", "Storage location", "Who / when"])
def test_halves_that_differ_or_say_too_little_are_left_open(heading: str) -> None:
    assert match_heading(heading) == HeadingMatch(None, 0.0)


def test_the_laws_words_come_before_those_of_practice() -> None:
    assert match_heading("Process").score < match_heading("Name der Verarbeitungstätigkeit").score


def test_no_heading_of_practice_stands_for_two_facts_or_is_known_already() -> None:
    owners: dict[str, set[str]] = {fold(heading): {key} for key, headings in SYNONYMS.items() for heading in headings}
    for key, text in IN_PRACTICE.items():
        for heading in text.replace("\n", ";").split(";"):
            owners.setdefault(fold(heading), set()).add(key)

    assert {heading: keys for heading, keys in owners.items() if len(keys) > 1} == {}
