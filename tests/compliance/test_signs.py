import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.compliance.context import Reading
from registry.compliance.signs import sign, sign_at_start, sign_of, signs_in, with_signs
from registry.compliance.sought import Sought, beginnings_of, sought
from registry.reference.dpia_lists import LISTED

PIECES = ("cctv", "gps", "monitoring of", "??", "straße", "[", "credit score")
BITS = {piece: sign(piece) for piece in PIECES}
SHOUTED = sign_of(re.compile("[A-Z]{3}").search)
SOUGHT = sought(r"cctv\b", r"video.?surveillance", r"surveillance cameras?", r"straßen", r"gps\b")
LIST_WORDS = sorted(
    {word for one in LISTED for word in re.findall(r"[\w-]+", re.sub(r"\\.|\(\?:", " ", one.words.pattern))}
)

texts = st.lists(
    st.sampled_from(["CCTV", "cctvs", "video-", "surveillance", "cameras", "of", "Monitoring", "GPS", "Straßen", "STRASSE", "??", "[x]", "credit", "score", "ß", "İ", "\n", "  "]) | st.text(max_size=4),
    max_size=12,
)  # fmt: skip


@given(texts, st.sampled_from([" ", "", "\n"]))
def test_a_text_has_the_sign_of_every_piece_that_it_holds(words, between):
    text = between.join(words)

    words, found = signs_in(text)

    assert [piece for piece in PIECES if piece.casefold() in text.casefold() and not found & BITS[piece]] == []
    assert words == set(with_signs(text.split(), -1))


def test_a_text_lacks_the_sign_of_what_none_of_its_words_announces():
    found = signs_in("Video of the High Street, at the credit desk")[1]

    assert [piece for piece in PIECES if found & BITS[piece]] == ["credit score"]
    assert not found & SHOUTED
    assert signs_in("made by ACMEs")[1] & SHOUTED


def test_the_longest_word_of_a_piece_announces_it():
    assert not signs_in("all of it")[1] & BITS["monitoring of"]
    assert signs_in("remote monitoring")[1] & BITS["monitoring of"]


def test_a_start_announces_words_that_begin_with_it_also_behind_a_mark():
    bit = sign_at_start("ban")

    assert [word for word in ("ban", "(Bans", "life-ban", "urban", "„Bann“") if signs_in(word)[1] & bit] == [
        "ban", "(Bans", "life-ban", "„Bann“",
    ]  # fmt: skip


def test_a_whole_word_announces_neither_its_longer_forms_nor_what_it_is_a_part_of():
    bit = sign_at_start("ban", is_whole=True)

    assert [word for word in ("ban", "(Ban", "Bans", "bank", "urban", "life-ban") if signs_in(word)[1] & bit] == [
        "ban", "(Ban", "life-ban",
    ]  # fmt: skip


def test_the_words_with_a_sign_are_told_from_the_others():
    words, found = signs_in("CCTV at the door, cctvs and 360 GPSs")

    assert with_signs(words, BITS["gps"]) == ["GPSs"]
    assert sorted(with_signs(words, BITS["cctv"])) == ["CCTV", "cctvs"]
    assert "door," not in words
    assert found & BITS["gps"]


def test_a_sign_that_comes_later_is_seen_in_words_known_before():
    before = signs_in("zeppelin")[1]
    bit = sign("eppel")

    assert (before & bit, signs_in("zeppelin")[1] & bit) == (0, bit)


@given(texts, st.sampled_from([" ", "", "\n"]))
def test_what_is_sought_is_found_where_its_pattern_finds_it(words, between):
    text = between.join(words)

    found = [match.span() for match in SOUGHT.found_in(Reading([text], 0))]

    expected = [match.span() for match in SOUGHT.pattern.finditer(text)]
    assert found == expected


def test_a_pattern_begins_with_the_plain_letters_of_its_alternatives_and_of_their_groups():
    assert beginnings_of(r"(?:profil\w*|Scor).{0,60}(?:staff|talent)|data brokers?|neuro-?measure|gps\b|x+ray") == (
        "profil", "scor", "data brokers", "data broker", "neuro-measure", "neuromeasure", "gps", "x",
    )  # fmt: skip


def test_what_may_be_missing_is_told_with_and_without_it():
    assert beginnings_of(r"(?:large )?scale (?:data|sets?)") == (
        "large scale data", "large scale sets", "large scale set", "scale data", "scale sets", "scale set",
    )  # fmt: skip
    assert beginnings_of(r"a(?:b|c)?d(?:e|f|g|h)") == ("abd", "acd", "ad")


@pytest.mark.parametrize("pattern", [r".{3}staff", r"(?:a|b)*c", r"x?", r"(?:x|.y)z", r"gps|\d+"])
def test_a_pattern_that_may_begin_with_anything_is_refused(pattern):
    with pytest.raises(ValueError, match="begin with letters"):
        beginnings_of(pattern)


@given(st.lists(st.sampled_from(LIST_WORDS), max_size=12), st.sampled_from([" ", "", "\n"]))
def test_a_type_of_a_list_is_found_where_its_pattern_finds_it(words, between):
    text = between.join(words)
    reading = Reading([text], 0)

    found = {one.title for one in LISTED if next(Sought(one.words).found_in(reading), None)}

    assert found == {one.title for one in LISTED if one.words.search(text)}
