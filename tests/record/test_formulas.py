"""Protection against formulas."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.record.formulas import escape_formula, escape_formulas, unescape_formula


@pytest.mark.parametrize(
    ("text", "escaped"),
    [
        ("=1+1", "'=1+1"),
        ("+49 30", "'+49 30"),
        ("-", "'-"),
        ("@a", "'@a"),
        ("\tx", "'\tx"),
        ("\rx", "'\rx"),
        ("'=a", "''=a"),
        ("''=a", "'''=a"),
        ("'quoted'", "'quoted'"),
        ("a=b", "a=b"),
        ("", ""),
    ],
)
def test_only_what_would_be_a_formula_is_escaped(text: str, escaped: str) -> None:
    assert escape_formula(text) == escaped


@given(st.text(alphabet=st.sampled_from("'=+-@\t\rab")) | st.text())
def test_every_text_comes_back_and_none_begins_like_a_formula(text: str) -> None:
    escaped = escape_formula(text)

    assert unescape_formula(escaped) == text
    assert not escaped.startswith(("=", "+", "-", "@", "\t", "\r"))


@given(st.lists(st.text(alphabet=st.sampled_from("'=+-@\t\rab")) | st.text()))
def test_many_texts_are_escaped_like_each_of_them(texts: list[str]) -> None:
    assert escape_formulas(texts) == [escape_formula(text) for text in texts]
