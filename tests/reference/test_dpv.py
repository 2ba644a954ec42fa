"""Tests for the spelling of Data Privacy Vocabulary terms."""

import pytest

from registry.reference.dpv import iri


@pytest.mark.parametrize(
    ("term", "expected"),
    [
        ("", ""),
        ("eu-gdpr:A6-1-a", "https://w3id.org/dpv/legal/eu/gdpr#A6-1-a"),
        ("pd:Contact", "https://w3id.org/dpv/pd#Contact"),
    ],
)
def test_a_term_gives_its_full_iri(term: str, expected: str) -> None:
    assert iri(term) == expected


@pytest.mark.parametrize("term", ["A6-1-a", "schema:Person", "dpv:"])
def test_a_term_of_no_known_namespace_is_refused(term: str) -> None:
    with pytest.raises(ValueError, match="is no DPV term"):
        iri(term)
