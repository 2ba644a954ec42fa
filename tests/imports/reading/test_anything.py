"""Whatever the bytes are, the answer is a workbook or a refusal, never another error."""

import io
import zipfile
from contextlib import suppress

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from registry.imports.reading import Limits, Unreadable, Workbook, child, read_file
from tests.imports.files import archive, ods, xls, xlsx

ROWS: list[list[str | float | None]] = [["Name", "Zweck"], ["Löhne", 12.0], [None, "a\nb"]]
FILES = {"xlsx": xlsx(ROWS), "ods": ods(ROWS), "xls": xls(ROWS)}
STARTS = [b"", b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"\xff\xfe", b"\xef\xbb\xbf", b'"', b"sep=;\n"]


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(STARTS), st.binary(max_size=300), st.sampled_from(["a.csv", "a.xlsx", "a.xls", "a.ods", "a"]))
def test_random_bytes_are_read_or_refused(start: bytes, rest: bytes, name: str) -> None:
    try:
        result: object = read_file(name, start + rest)
    except Unreadable as error:
        result = error

    assert isinstance(result, Workbook | Unreadable)


@settings(max_examples=150, deadline=None)
@given(st.text(alphabet='ab;,\t|"\n\r \x00é=', max_size=60))
def test_random_tables_are_read_or_refused(text: str) -> None:
    try:
        result: object = read_file("a.csv", text.encode())
    except Unreadable as error:
        result = error

    assert isinstance(result, Workbook | Unreadable)


@pytest.mark.parametrize("kind", sorted(FILES))
@settings(max_examples=12, deadline=None)
@given(flips=st.lists(st.tuples(st.integers(0, 10**6), st.integers(1, 255)), min_size=1, max_size=8))
def test_a_file_with_bytes_changed_is_read_or_refused(kind: str, flips: list[tuple[int, int]]) -> None:
    data = bytearray(FILES[kind])
    for at, change in flips:
        data[at % len(data)] ^= change

    try:
        result: object = read_file(f"a.{kind}", bytes(data))
    except Unreadable as error:
        result = error

    assert isinstance(result, Workbook | Unreadable)


SIGNS = st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff", max_codepoint=0xFFFF)
TEXTS = st.text(SIGNS, max_size=12).map(lambda text: " ".join(text.split()))
WRITTEN = {"xlsx": xlsx, "ods": ods, "xls": xls}


@pytest.mark.parametrize("kind", sorted(WRITTEN))
@settings(max_examples=12, deadline=None)
@given(rows=st.lists(st.lists(TEXTS, min_size=1, max_size=5), min_size=1, max_size=5))
def test_any_table_is_read_as_it_was_written(kind: str, rows: list[list[str]]) -> None:
    assume(any(map(any, rows)))

    (sheet,) = read_file(f"a.{kind}", WRITTEN[kind]([[text or None for text in row] for row in rows])).sheets

    assert _filled(sheet.rows) == _filled(rows)


def _filled(rows: list[list[str]]) -> dict[tuple[int, int], str]:
    """What stands where, without blanks at the end of a text."""
    return {
        (at, place): text.rstrip() for at, row in enumerate(rows) for place, text in enumerate(row) if text.rstrip()
    }


@pytest.mark.parametrize("kind", ["ods", "xlsx"])
@settings(max_examples=20, deadline=None)
@given(
    part=st.integers(0, 50),
    changes=st.lists(
        st.tuples(
            st.integers(0, 10**6), st.sampled_from([b"", b"<", b'"', b"9" * 12, b"-1", b"&#0;", b"\xff", b"/", b"ref"])
        ),
        min_size=1,
        max_size=4,
    ),
)
def test_an_archive_whose_parts_say_something_else_is_read_or_refused(
    kind: str, part: int, changes: list[tuple[int, bytes]]
) -> None:
    with zipfile.ZipFile(io.BytesIO(FILES[kind])) as zipped:
        members = {name: bytearray(zipped.read(name)) for name in zipped.namelist()}
    name = sorted(members)[part % len(members)]
    for at, text in changes:
        place = at % (len(members[name]) + 1)
        members[name][place : place + len(text) or place + 3] = text

    try:
        result: object = read_file(f"a.{kind}", archive({key: bytes(value) for key, value in members.items()}))
    except Unreadable as error:
        result = error

    assert isinstance(result, Workbook | Unreadable)


@settings(max_examples=100, deadline=None, derandomize=True)
@given(flips=st.lists(st.tuples(st.integers(0, 10**6), st.integers(1, 255)), min_size=1, max_size=4))
def test_changed_bytes_raise_no_other_error_in_the_process_either(flips: list[tuple[int, int]]) -> None:
    data = bytearray(FILES["xlsx"])
    for at, change in flips:
        data[at % len(data)] ^= change

    with suppress(Unreadable):
        assert list(child.read_spreadsheet(bytes(data), "xlsx", Limits()))


def test_a_workbook_without_its_list_of_sheets_is_damaged_for_the_process_too() -> None:
    with zipfile.ZipFile(io.BytesIO(FILES["xlsx"])) as zipped:
        members = {name: zipped.read(name) for name in zipped.namelist() if name != "xl/workbook.xml"}

    with pytest.raises(Unreadable):
        list(child.read_spreadsheet(archive(members), "xlsx", Limits()))
