"""Whatever the bytes are, the answer is a workbook or a refusal, never another error."""

from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from registry.imports.reading import Limits, Unreadable, Workbook, child, read_file
from tests.imports.files import ods, xls, xlsx

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


@settings(max_examples=100, deadline=None, derandomize=True)
@given(flips=st.lists(st.tuples(st.integers(0, 10**6), st.integers(1, 255)), min_size=1, max_size=4))
def test_changed_bytes_raise_no_other_error_in_the_process_either(flips: list[tuple[int, int]]) -> None:
    data = bytearray(FILES["xlsx"])
    for at, change in flips:
        data[at % len(data)] ^= change

    with suppress(Unreadable):
        assert list(child.read_spreadsheet(bytes(data), "xlsx", Limits()))
