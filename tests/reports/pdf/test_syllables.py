from itertools import pairwise

import pytest

from registry.reports.pdf import syllables
from registry.reports.pdf.syllables import HYPHEN, breaks
from registry.reports.pdf.typeface import Coverage, Font, face

PARTED = (
    ("de", "Kennzeichen", "Kenn-zei-chen"),
    ("de", "Übermittlungen", "Über-mitt-lun-gen"),
    ("de", "Folgenabschätzung", "Fol-gen-ab-schät-zung"),
    ("de", "Interessenabwägung", "Inter-es-sen-ab-wä-gung"),
    ("de", "Personalausweis", "Per-so-nal-aus-weis"),
    ("de", "Unterauftragsverarbeiter", "Unter-auf-trags-ver-ar-bei-ter"),
    ("de", "Verantwortlicher", "Ver-ant-wort-li-cher"),
    ("de", "AUFSICHTSBEHÖRDE", "AUF-SICHTS-BE-HÖRDE"),
    ("fr", "destinataires", "des-ti-na-taires"),
    ("fr", "confidentialité", "confi-den-tia-lité"),
    ("fr", "l’établissement", "l’éta-blis-se-ment"),
    ("en", "recommendations", "recom-mend-a-tions"),
    ("en", "(whistleblowing)", "(whis-tleblow-ing)"),
    ("en", "sub-processors", "sub-pro-cessors"),
    ("de", "kurz", "kurz"),
    ("de", "Foto-/Bildöffentlichung", "Foto-/Bildöf-fent-li-chung"),
    ("de", "Bürgermeister:innen", "Bür-ger-meis-ter:innen"),
    ("de", "/verzeichnis/verarbeitung", "/verzeichnis/verarbeitung"),
    ("de", "https://beispiel.example/verarbeitung", "https://beispiel.example/verarbeitung"),
    ("de", "anna.schneider@beispiel.example", "anna.schneider@beispiel.example"),
    ("de", "Aktenzeichen2026", "Aktenzeichen2026"),
    ("nn", "pseudonymisering", "pseudonymisering"),
    ("", "pseudonymisation", "pseudonymisation"),
)


def font(language: str) -> Font:
    return Font(face("DejaVuSansCondensed.ttf"), Coverage(), language)


def decoded(of: Font, line: bytes) -> str:
    names = {known: character for character, known in of._ids.items()}
    return "".join(names[line[place : place + 2]] for place in range(0, len(line), 2))


@pytest.mark.parametrize(("language", "word", "parted"), PARTED)
def test_words_are_parted_between_syllables(language, word, parted):
    places = breaks(word, language)

    assert "".join(f"-{letter}" if place in places else letter for place, letter in enumerate(word)) == parted


def test_no_syllable_of_a_german_word_is_without_a_vowel():
    for word in ("Verarbeitung", "Urlaubsabrechnung", "Folgenabschätzung"):
        places = [0, *sorted(breaks(word, "de")), len(word)]

        parts = [word[start:end].casefold() for start, end in pairwise(places)]
        assert [part for part in parts if not set(part) & set("aeiouyäöü")] == []


def test_what_is_longer_than_any_word_is_not_looked_up_and_words_do_not_pile_up():
    assert breaks("pseudonymisation" * 10, "en") == frozenset()

    breaks("pseudonymisation", "en")

    assert syllables._dictionary("en").hd.cache == {}


def test_a_word_wider_than_its_column_is_parted_with_a_hyphen_within_the_column():
    german = font("de")

    found = german.pieces("Auftragsverarbeitungsverzeichnis", 6_000)

    assert found == [f"Auftragsver{HYPHEN}", f"arbeitungs{HYPHEN}", "verzeichnis"]
    assert all(german.word(piece)[0] <= 6_000 for piece in found)


def test_a_column_narrower_than_a_syllable_still_takes_letters():
    found = font("de").pieces("Verzeichnisse", 800)

    assert "".join(found).replace(HYPHEN, "") == "Verzeichnisse"
    assert max(len(piece.rstrip(HYPHEN)) for piece in found) <= 2


def test_a_word_wider_than_its_column_begins_where_the_line_has_room_for_syllables():
    german = font("de")
    limit = german.word("Datenschutzfolgen")[0]

    lines = [decoded(german, line) for line in german.lines("Die Datenschutzfolgenabschätzung fehlt", limit)]

    assert lines == [f"Die Datenschutz{HYPHEN}", f"folgenabschät{HYPHEN}", "zung fehlt"]
    assert decoded(german, german.lines("Vier MMMMMMMMMMMMMMMMMMMMMMM", limit)[0]) == "Vier "


def test_an_address_is_not_begun_on_the_line_before():
    english = font("en")
    limit = english.word("https://www.example.")[0]

    first = decoded(english, english.lines("See https://www.example.org/privacy/notice", limit)[0])

    assert first == "See "


def test_other_languages_break_as_they_did():
    parted, plain = (font(language) for language in ("nn", ""))

    assert parted.pieces("pseudonymisation" * 4, 5_000) == plain.pieces("pseudonymisation" * 4, 5_000)
