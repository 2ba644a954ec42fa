"""Text files in other encodings: what a person names is believed, and wrong letters are noticed."""

import pytest

from registry.imports.reading import ENCODINGS, Unreadable, doubt, read_file

GERMAN = "Nr.;Bezeichnung;Empfänger\n1;Löhne;Behörden für Prüfung\n2;Grüße;Bürgerämter\n"
POLISH = "Nr;Nazwa;Cel\n1;Płace;wypłata wynagrodzeń\n2;Skargi;załatwianie skarg, główny cel\n"


def rows(data: bytes, encoding: str = "") -> list[list[str]]:
    return read_file("a.csv", data, encoding=encoding).sheets[0].rows


@pytest.mark.parametrize(
    ("text", "codec"),
    [
        (GERMAN, "utf-8"), (GERMAN, "utf-16"), (GERMAN, "cp1252"), (GERMAN, "iso8859-15"), (GERMAN, "mac-roman"),
        (POLISH, "cp1250"), (POLISH, "iso8859-2"), ("Имя;Цель\nа;б\n", "cp1251"), ("Όνομα;Σκοπός\nα;β\n", "cp1253"),
    ],
)  # fmt: skip
def test_an_encoding_that_a_person_names_is_believed(text: str, codec: str) -> None:
    read = read_file("a.csv", text.encode(codec), encoding=codec)

    assert (read.encoding, read.sheets[0].rows) == (codec, [line.split(";") for line in text.splitlines()])


@pytest.mark.parametrize("codec", ["utf-8", "utf-16", "cp1252"])
def test_bytes_that_are_no_text_of_the_named_encoding_are_refused(codec: str) -> None:
    with pytest.raises(Unreadable) as refused:
        rows(b"Name\n\x81\xff\xd8", codec)

    assert "CSV UTF-8" in refused.value.remedy


def test_an_unknown_encoding_is_refused_with_the_known_ones() -> None:
    with pytest.raises(Unreadable) as refused:
        rows(b"Name\nx", "klingon")

    assert str(refused.value) == f"The encoding “klingon” isn't read. Choose one of {', '.join(ENCODINGS.values())}."


@pytest.mark.parametrize(
    ("text", "codec", "likely"),
    [
        (GERMAN, "mac-roman", "mac-roman"),
        (POLISH, "cp1250", "cp1250"),
        ("Name;Fee\nEntry;12 €\n", "iso8859-15", "iso8859-15"),
        (GERMAN, "cp1252", ""),
        ("Nom;Finalité\nŒuvres;Été, Noël, où ça\n", "cp1252", ""),
        ("Nombre;¿Transferencias?\nNóminas;año\n", "cp1252", ""),
        ("Nome;Finalità\nPerché;più, già\n", "cp1252", ""),
        ("Name;Area\nHall;12 m² or 30 m³\n", "cp1252", ""),
    ],
)
def test_letters_that_look_wrong_are_noticed(text: str, codec: str, likely: str) -> None:
    assert doubt(text.encode(codec).decode("cp1252", "replace"), "cp1252") == likely


def test_only_what_was_read_as_windows_1252_is_doubted() -> None:
    assert doubt("12 ¤", "utf-8") == ""
