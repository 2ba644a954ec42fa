"""Legal bases by name, with what stands behind the name."""

import pytest

from registry.imports.parsing.legal_basis import recognise_legal_bases
from registry.imports.parsing.named_bases import named_bases
from registry.reference.lawful_basis import BY_CODE, Regime


@pytest.mark.parametrize(
    ("text", "codes", "words"),
    [
        ("Contrat (statuts de l'association)", ("A6-1-b",), "statuts de l'association"),
        ("Legal obligation - Companies Act", ("A6-1-c",), "Companies Act"),
        ("obbligo legale (lett. c)", ("A6-1-c",), ""),
        ("Consent, legal obligation (gift aid)", ("A6-1-a", "A6-1-c"), "gift aid"),
        ("Contract / Legal obligation", ("A6-1-b", "A6-1-c"), ""),
        ("Consent (not given)", (), "Consent (not given)"),
        ("Consent (lit. f)", (), "Consent (lit. f)"),
        ("Contract, pre-contractual talks", (), "Contract, pre-contractual talks"),
        ("Consent of the works council", (), "Consent of the works council"),
    ],
)
def test_a_name_counts_with_words_in_brackets_or_behind_a_dash(text: str, codes: tuple[str, ...], words: str) -> None:
    found = recognise_legal_bases(text)

    assert (found.codes, found.remainder) == (codes, words)


@pytest.mark.parametrize("law", list(Regime))
@pytest.mark.parametrize("name", ["Consent", "Contract", "Legal obligation", "Vital interests", "Public task", "Legitimate interests"])  # fmt: skip
def test_a_name_is_a_basis_of_the_law_that_is_asked_for_or_stays_words(name: str, law: Regime) -> None:
    found = recognise_legal_bases(name, law)

    assert len(found.codes) + bool(found.remainder) == 1
    assert all(code in BY_CODE for code in found.codes)


@pytest.mark.parametrize("text", ["Consent " * 15_000, "a, " * 30_000, "Consent - " * 10_000, "( " * 40_000])
def test_long_prose_is_read_in_no_time(text: str) -> None:
    assert recognise_legal_bases(text).codes == ()


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("Contract and legal obligation", ("A6-1-b", "A6-1-c")),
        ("Wettelijke verplichting en overeenkomst", ("A6-1-c", "A6-1-b")),
        ("Vertrag, Einwilligung und berechtigtes Interesse", ("A6-1-b", "A6-1-a", "A6-1-f")),
        ("Contract & contract", ("A6-1-b",)),
    ],
)
def test_names_that_an_and_joins_are_all_meant(text, codes):
    assert named_bases(text, Regime.EU).codes == codes


@pytest.mark.parametrize(
    "text", ["Einwilligung oder Vertrag", "Public task and not consent", "Legal obligation and the Act"]
)
def test_an_or_and_words_that_name_no_basis_make_it_prose(text):
    assert named_bases(text, Regime.EU) is None
