import random
import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.comparison.text import MOST_PAIRS, Mark, Token, compare_words


def side(tokens, mark):
    return "".join(token.text for token in tokens if token.mark in {Mark.KEPT, mark})


def test_words_that_came_and_went_are_marked():
    found = compare_words("Kept for ten years, then erased.", "Kept for six years, then erased or archived.")

    assert found == (
        Token(Mark.KEPT, "Kept for"),
        Token(Mark.REMOVED, " ten"),
        Token(Mark.ADDED, " six"),
        Token(Mark.KEPT, " years, then erased"),
        Token(Mark.ADDED, " or archived"),
        Token(Mark.KEPT, "."),
    )


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("", "", ()),
        ("same", "same", (Token(Mark.KEPT, "same"),)),
        ("", "new words", (Token(Mark.ADDED, "new words"),)),
        ("old words", "", (Token(Mark.REMOVED, "old words"),)),
        ("the data", "the data of guests", (Token(Mark.KEPT, "the data"), Token(Mark.ADDED, " of guests"))),
        ("a\nb", "a\n\nb", (Token(Mark.KEPT, "a"), Token(Mark.REMOVED, "\nb"), Token(Mark.ADDED, "\n\nb"))),
    ],
)
def test_small_texts(old, new, expected):
    assert compare_words(old, new) == expected


@given(st.text(alphabet="ab .\n,é漢", max_size=60), st.text(alphabet="ab .\n,é漢", max_size=60))
def test_both_texts_can_be_read_back_and_no_mark_stands_beside_its_like(old, new):
    tokens = compare_words(old, new)

    assert (side(tokens, Mark.REMOVED), side(tokens, Mark.ADDED)) == (old, new)
    assert all(a.mark is not b.mark for a, b in pairwise(tokens))
    assert all(token.text for token in tokens)


def test_a_very_long_text_is_compared_by_sentences():
    sentences = [f"Sentence {number} of a very long text that somebody has written." for number in range(500)]
    changed = [
        sentence.replace("somebody", "a person") if place % 2 else sentence for place, sentence in enumerate(sentences)
    ]
    old, new = " ".join(sentences), " ".join(changed)

    tokens = compare_words(old, new)

    assert (side(tokens, Mark.REMOVED), side(tokens, Mark.ADDED)) == (old, new)
    kept = [token.text for token in tokens if token.mark is Mark.KEPT]
    assert "Sentence 2 of a very long text that somebody has written. " in kept


def test_texts_beyond_comparing_are_shown_whole():
    old, new = ("".join(f"{letter}{number}! " for number in range(2_000)) for letter in "ab")

    tokens = compare_words(old, new)

    assert [token.mark for token in tokens] == [Mark.REMOVED, Mark.ADDED, Mark.KEPT]
    assert tokens[-1] == Token(Mark.KEPT, "! ")


def test_a_hostile_text_takes_bounded_time():
    chance = random.Random(1)
    length = int(MOST_PAIRS**0.5)
    old, new = (" ".join(chance.choice("ab") for _ in range(length)) for _ in range(2))

    start = time.perf_counter()
    compare_words(old, new)

    assert time.perf_counter() - start < 5
