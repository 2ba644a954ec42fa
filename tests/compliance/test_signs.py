import re

from hypothesis import given
from hypothesis import strategies as st

from registry.compliance.context import Reading
from registry.compliance.screening import Sought
from registry.compliance.signs import sign, sign_of, signs_in

PIECES = ("cctv", "gps", "monitoring of", "??", "straße", "[", "credit score")
BITS = {piece: sign(piece) for piece in PIECES}
SHOUTED = sign_of(re.compile("[A-Z]{3}").search)
SOUGHT = Sought(r"cctv\b", r"video.?surveillance", r"surveillance cameras?", r"straßen", r"gps\b")

texts = st.lists(
    st.sampled_from(["CCTV", "cctvs", "video-", "surveillance", "cameras", "of", "Monitoring", "GPS", "Straßen", "STRASSE", "??", "[x]", "credit", "score", "ß", "İ", "\n", "  "]) | st.text(max_size=4),
    max_size=12,
)  # fmt: skip


@given(texts, st.sampled_from([" ", "", "\n"]))
def test_a_text_has_the_sign_of_every_piece_that_it_holds(words, between):
    text = between.join(words)

    found = signs_in(text)

    assert [piece for piece in PIECES if piece.casefold() in text.casefold() and not found & BITS[piece]] == []


def test_a_text_lacks_the_sign_of_what_none_of_its_words_announces():
    found = signs_in("Video of the High Street, at the credit desk")

    assert [piece for piece in PIECES if found & BITS[piece]] == ["credit score"]
    assert not found & SHOUTED
    assert signs_in("made by ACMEs") & SHOUTED


def test_the_longest_word_of_a_piece_announces_it():
    assert not signs_in("all of it") & BITS["monitoring of"]
    assert signs_in("remote monitoring") & BITS["monitoring of"]


def test_a_sign_that_comes_later_is_seen_in_words_known_before():
    before = signs_in("zeppelin")
    bit = sign("eppel")

    assert (before & bit, signs_in("zeppelin") & bit) == (0, bit)


@given(texts, st.sampled_from([" ", "", "\n"]))
def test_what_is_sought_is_found_where_its_pattern_finds_it(words, between):
    text = between.join(words)

    found = [match.span() for match in SOUGHT.found_in(Reading(text, 0))]

    expected = [match.span() for match in SOUGHT.pattern.finditer(text)]
    announced = any(beginning in text.casefold() for beginning in SOUGHT.beginnings)
    assert found == (expected if announced else [])
