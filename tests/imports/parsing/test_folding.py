"""Folding of words."""

import pytest

from registry.imports.parsing.folding import fold


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Empfänger", "empfaenger"),
        ("Empfaenger", "empfaenger"),
        ("EMPFA\u0308NGER", "empfaenger"),
        ("Straße", "strasse"),
        ("Finalité(s)", "finalite s"),
        ("  N° / RÉF ", "n ref"),
        ("ref_id", "ref id"),
        ("—", ""),
        ("Œuvre", "oeuvre"),
    ],
)
def test_spellings_of_one_word_fold_to_one(text: str, folded: str) -> None:
    assert fold(text) == folded
