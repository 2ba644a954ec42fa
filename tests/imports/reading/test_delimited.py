"""Delimited text: encodings, delimiters, quotation marks, limits."""

import csv
import io

import pytest

from registry.imports.reading import Limits, Unreadable, Workbook, read_file

TABLE = [["Name", "Zweck"], ["Löhne € März", "Zahlung, Meldung"]]


def read(text: str | bytes, **limits: int) -> Workbook:
    return read_file("file.csv", text if isinstance(text, bytes) else text.encode(), limits=Limits(**limits))


def rows(text: str | bytes, **limits: int) -> list[list[str]]:
    return read(text, **limits).sheets[0].rows


def refusal(text: str | bytes, **limits: int) -> Unreadable:
    with pytest.raises(Unreadable) as caught:
        read(text, **limits)
    return caught.value


@pytest.mark.parametrize(
    ("codec", "encoding"),
    [
        ("utf-8", "utf-8"),
        ("utf-8-sig", "utf-8"),
        ("utf-16", "utf-16"),
        ("utf-16-le", "utf-16"),
        ("utf-16-be", "utf-16"),
        ("cp1252", "cp1252"),
    ],
)
def test_text_is_read_in_each_encoding_that_spreadsheets_save(codec: str, encoding: str) -> None:
    workbook = read("Name;Zweck\r\nLöhne € März;Zahlung, Meldung\r\n".encode(codec))

    assert (workbook.encoding, workbook.delimiter, workbook.sheets[0].rows) == (encoding, ";", TABLE)


def test_a_byte_that_windows_1252_lacks_is_refused_with_its_line() -> None:
    error = refusal(b"Name;Ort\nL\xf6hne;M\x81nchen\n")

    assert error.message.startswith(
        "Line 2 of the file holds the byte 0x81, which is no character of Windows-1252 text"
    )


@pytest.mark.parametrize("data", [b"\xef\xbb\xbfName\nL\xf6hne\n", "Name;äöüé\n".encode() + b"L\xf6hne;x\n"])
def test_utf8_with_a_stray_byte_is_refused_rather_than_garbled(data: bytes) -> None:
    assert refusal(data).message.startswith(
        "Line 2 of the file holds the byte 0xF6, which is no character of UTF-8 text"
    )


def test_utf16_that_breaks_off_is_refused() -> None:
    assert refusal("Name;Zweck".encode("utf-16")[:-1]).message == (
        "The file begins as UTF-16 text but breaks off or holds bytes that are none."
    )


@pytest.mark.parametrize("data", [b"Name;Zweck\nL\0hne;x\n", bytes(range(1, 32)) * 4, b"\xff\xfe\0\0A\0\0\0"])
def test_bytes_that_are_no_text_are_refused(data: bytes) -> None:
    assert refusal(data).message.startswith("The file isn't text")


@pytest.mark.parametrize("data", [b" \r\n\t\n", b"\xef\xbb\xbf", " ".encode("utf-16")])
def test_a_file_of_blanks_is_refused(data: bytes) -> None:
    assert refusal(data).message == "The file holds nothing but blanks."


def test_a_file_of_delimiters_alone_has_no_cell_with_a_value() -> None:
    assert refusal(";;;\n;;;\n").message == "The file has no cell with a value."


@pytest.mark.parametrize("delimiter", [";", ",", "\t", "|"])
def test_the_delimiter_is_recognised_below_title_lines(delimiter: str) -> None:
    table = [["Name", "Purpose", "Data"], ["Pay, staff", "a; b; c", "x"], ["Post", "", "a|b"], ["Till", "p", "q"]]
    target = io.StringIO()
    csv.writer(target, delimiter=delimiter).writerows(table)

    workbook = read("Register of Foo, as at today; draft\n\n" + target.getvalue())

    assert workbook.delimiter == delimiter
    assert workbook.sheets[0].rows[2:] == table


@pytest.mark.parametrize(
    ("text", "delimiter", "table"),
    [
        ("name,aliases\nStaff,a;b;c\nPost,d;e;f\n", ",", [["name", "aliases"], ["Staff", "a;b;c"], ["Post", "d;e;f"]]),
        ("Name\nPay, staff\nPost\nTill\n", "", [["Name"], ["Pay, staff"], ["Post"], ["Till"]]),
        ("Name\nPay\n", "", [["Name"], ["Pay"]]),
        ("a, b, c\n1, 2, 3\n", ",", [["a", " b", " c"], ["1", " 2", " 3"]]),
        ("a;b;c;d\n1;2\n1;2;3;4\n1\n1;2;3\n", ";", [list("abcd"), ["1", "2"], list("1234"), ["1"], list("123")]),
    ],
)
def test_the_delimiter_is_the_one_that_divides_the_table_evenly(
    text: str, delimiter: str, table: list[list[str]]
) -> None:
    workbook = read(text)

    assert (workbook.delimiter, workbook.sheets[0].rows) == (delimiter, table)


@pytest.mark.parametrize("first", ["sep=;", "SEP=;", '"sep=;"'])
def test_a_line_that_declares_the_delimiter_is_obeyed_and_counts_as_an_empty_row(first: str) -> None:
    assert rows(f"{first}\r\na,b,c;d\r\n1,2,3;4\r\n") == [[], ["a,b,c", "d"], ["1,2,3", "4"]]


def test_a_file_that_only_declares_a_delimiter_has_no_value() -> None:
    assert refusal("sep=;\n").message == "The file has no cell with a value."


def test_a_cell_keeps_its_lines_and_quotation_marks_and_rows_count_records() -> None:
    text = 'Name;Note\r\n"Pay";"one\r\ntwo ""x""\rthree"\r\n;\r\n\r\nLast;\x07z  \r\n;;\r\n\r\n'

    assert rows(text) == [["Name", "Note"], ["Pay", 'one\ntwo "x"\nthree'], [], [], ["Last", "z"]]


def test_empty_rows_and_columns_before_the_table_keep_their_place() -> None:
    assert rows("\n\n;;Name;Zweck\n;;a;b\n") == [[], [], ["", "", "Name", "Zweck"], ["", "", "a", "b"]]


def test_a_quotation_mark_never_closed_is_refused_with_its_row() -> None:
    error = refusal('a;b\n"x\ny";z\n"open;1\nc;d\n')

    assert (error.row, error.message) == (
        3,
        "A quotation mark is opened and never closed, so that it swallows the rest of the file. "
        "The row begins in line 4 of the file.",
    )


def test_text_after_a_closing_quotation_mark_is_refused_with_its_row() -> None:
    error = refusal('a;b\nc;d\n"x" y;z\n')

    assert (error.row, error.message) == (3, "Text follows the closing quotation mark of a cell.")


def test_a_quotation_mark_that_swallows_more_than_a_cell_holds_is_refused_with_its_row() -> None:
    error = refusal('a;b\n"open;' + "1\n" * 1_100_000)

    assert (error.row, error.message) == (
        2,
        "A cell is far longer than 100,000 characters; a quotation mark that is never closed may have swallowed "
        "the rows after it.",
    )


def test_a_cell_beyond_the_limit_is_refused_with_its_address() -> None:
    error = refusal("a;b\nc;" + "x" * 120_000 + "\n")

    assert (error.row, error.column, error.message) == (
        2,
        2,
        f"The cell holds 120,000 characters, beginning “{'x' * 40}…”; at most 100,000 are read.",
    )


def test_a_limit_above_that_of_the_csv_module_holds() -> None:
    before = csv.field_size_limit()
    try:
        assert len(rows("a;b\nc;" + "x" * 300_000 + "\n", max_cell_characters=300_000)[1][1]) == 300_000
    finally:
        csv.field_size_limit(before)


def test_more_rows_or_columns_than_the_limit_are_refused() -> None:
    too_long, too_wide = refusal("a;b\n" * 6, max_rows=5), refusal("a;b\n" + "x;" * 7 + "\n", max_columns=5)

    assert (too_long.row, too_long.message) == (6, "The table has more than 5 rows.")
    assert (too_wide.row, too_wide.column, too_wide.message) == (
        2,
        6,
        "The row has 7 cells; at most 5 columns are read.",
    )


def test_empty_rows_and_columns_after_the_table_count_for_no_limit() -> None:
    assert rows("a;b" + ";" * 900 + "\n" + ";;\n" * 900, max_rows=5, max_columns=5) == [["a", "b"]]
