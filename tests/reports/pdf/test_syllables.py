import pytest

from registry.reports.pdf.syllables import HYPHEN, breaks
from registry.reports.pdf.typeface import Coverage, Font, face

PARTED = (
    ("de", "Kennzeichen", "Kenn-zei-chen"),
    ("de", "Übermittlungen", "Über-mitt-lun-gen"),
    ("de", "Folgenabschätzung", "Fol-ge-nab-schät-zung"),
    ("de", "Unterauftragsverarbeiter", "Unter-auf-trags-ver-ar-bei-ter"),
    ("de", "Verantwortlicher", "Ver-ant-wort-li-cher"),
    ("de", "Aufsichtsbehörde", "Auf-sichts-be-hörde"),
    ("fr", "destinataires", "des-ti-na-tai-res"),
    ("fr", "confidentialité", "con-fi-den-tia-lité"),
    ("fr", "établissement", "éta-blis-se-ment"),
    ("de", "kurz", "kurz"),
    ("de", "https://beispiel.example/verarbeitung", "https://beispiel.example/verarbeitung"),
    ("de", "anna.schneider@beispiel.example", "anna.schneider@beispiel.example"),
    ("de", "Aktenzeichen2026", "Aktenzeichen2026"),
    ("en", "pseudonymisation", "pseudonymisation"),
    ("", "pseudonymisation", "pseudonymisation"),
)


@pytest.mark.parametrize(("language", "word", "parted"), PARTED)
def test_words_are_parted_between_syllables(language, word, parted):
    places = breaks(word, language)

    assert "".join(f"-{letter}" if place in places else letter for place, letter in enumerate(word)) == parted


def test_a_word_wider_than_its_column_is_parted_with_a_hyphen_within_the_column():
    font = Font(face("DejaVuSansCondensed.ttf"), Coverage(), "de")

    found = font.pieces("Auftragsverarbeitungsverzeichnis", 6_000)

    assert found == [f"Auftragsver{HYPHEN}", f"arbeitungs{HYPHEN}", "verzeichnis"]
    assert all(font.word(piece)[0] <= 6_000 for piece in found)


def test_a_column_narrower_than_a_syllable_still_takes_letters():
    font = Font(face("DejaVuSansCondensed.ttf"), Coverage(), "de")

    found = font.pieces("Verzeichnisse", 800)

    assert "".join(found).replace(HYPHEN, "") == "Verzeichnisse"
    assert max(len(piece.rstrip(HYPHEN)) for piece in found) <= 2


def test_other_languages_break_as_they_did():
    parted, plain = (Font(face("DejaVuSansCondensed.ttf"), Coverage(), language) for language in ("en", ""))

    assert parted.pieces("pseudonymisation" * 4, 5_000) == plain.pieces("pseudonymisation" * 4, 5_000)
