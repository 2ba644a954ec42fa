"""The cell syntax, both ways."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.imports.reading.cells import CONTROL_CHARACTERS, clean
from registry.record.cells import LOST, CellRow, CellSyntaxError, format_rows, in_cell, parse_rows

KEYS = ("subject", "kept", "Source of data")
_TEXT = st.text(alphabet=st.sampled_from(" \t\n\r;|\":“”„'-–•1.)aé=entrywords\u00a0\u2028")) | st.text()
_FACTS = st.lists(st.tuples(st.sampled_from(KEYS), _TEXT), unique_by=lambda fact: fact[0]).map(tuple)
_ROWS = st.builds(CellRow, entry=_TEXT, words=_TEXT, facts=_FACTS).filter(lambda row: row != CellRow())


@given(st.lists(_ROWS))
def test_what_is_written_is_read_back_exactly(rows: list[CellRow]) -> None:
    assert parse_rows(format_rows(rows), keys=KEYS) == rows


@given(_TEXT)
def test_any_text_is_read_or_refused_with_a_place(text: str) -> None:
    rows: list[CellRow] = []
    position = 1
    try:
        rows = parse_rows(text, keys=KEYS)
    except CellSyntaxError as error:
        position = error.position

    assert 1 <= position <= len(text) + 1
    assert parse_rows(format_rows(rows), keys=KEYS) == rows


@pytest.mark.parametrize(
    ("rows", "text"),
    [
        ([], ""),
        ([CellRow("Employees"), CellRow("Customers")], "Employees\nCustomers"),
        ([CellRow(words="as it says")], '"as it says"'),
        (
            [CellRow("Payroll data", "pay slips", (("kept", "6 years"),))],
            "Payroll data | words: pay slips | kept: 6 years",
        ),
        ([CellRow("a; b")], 'entry: "a; b"'),
        ([CellRow("Intern: Pressestelle")], "Intern: Pressestelle"),
        ([CellRow("Entry: x")], 'entry: "Entry: x"'),
        ([CellRow(words='say "no"')], '"say ""no"""'),
        ([CellRow(facts=(("kept", ""),))], 'entry: "" | kept: ""'),
        ([CellRow("- a")], 'entry: "- a"'),
    ],
)
def test_the_written_form_is_readable(rows: list[CellRow], text: str) -> None:
    assert format_rows(rows) == text
    assert parse_rows(text, keys=KEYS) == rows


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("  Employees ;\r\n\r\n Customers ; ", [CellRow("Employees"), CellRow("Customers")]),
        ("Pay |KEPT:6 years|  Subject :Staff", [CellRow("Pay", facts=(("kept", "6 years"), ("subject", "Staff")))]),
        ("„in eigenen Worten“ | kept: “a; b”", [CellRow(words="in eigenen Worten", facts=(("kept", "a; b"),))]),
        ('“opened so, closed plainly"', [CellRow(words="opened so, closed plainly")]),
        ("- Employees\n• Customers", [CellRow("Employees"), CellRow("Customers")]),
        ("words: just so | kept: 1 year", [CellRow(words="just so", facts=(("kept", "1 year"),))]),
        ("Entry: Staff", [CellRow("Staff")]),
        ('""', []),
        ('"as it says" ;  ', [CellRow(words="as it says")]),
        ('Staff "of" all', [CellRow('Staff "of" all')]),
    ],
)
def test_what_people_edit_is_still_read(text: str, rows: list[CellRow]) -> None:
    assert parse_rows(text, keys=KEYS) == rows


_ALL_KEYS = "words:, subject:, kept:, Source of data:"
_QUOTING = 'put text that holds ; | " or a line break in double quotes, and double a quote inside'


@pytest.mark.parametrize(
    ("text", "message", "position", "accepted"),
    [
        ('a; "never closed', "A quotation is never closed; it opens", 4, f"text between double quotes; {_QUOTING}"),
        ('"a" b', "Text follows a closed quotation", 5, f"; | or a new line behind the quotation; {_QUOTING}"),
        (
            "a | b",
            "“|” is not followed by a key and a colon",
            5,
            f"{_ALL_KEYS} behind |; to use | in a text, {_QUOTING}",
        ),
        ("a | kept:", "“kept:” has no value", 10, 'a value behind kept:, or kept: "" for an empty one'),
        ("a | colour: red", "“colour” is not a known key", 5, _ALL_KEYS),
        ("a | kept: 1 | Kept: 2", "“kept” is given twice in one row", 15, "each key once a row"),
        ('"a" | words: b', "“words” is given twice in one row", 7, "each key once a row"),
        (
            "| kept: 1",
            "A row begins with “|”",
            1,
            "the name of an entry, or words in double quotes, before the first |",
        ),
        ("entry: ; b", "“entry:” has no value", 8, 'a value behind entry:, or entry: "" for an empty one'),
    ],
)
def test_slips_are_refused_with_place_and_remedy(text: str, message: str, position: int, accepted: str) -> None:
    with pytest.raises(CellSyntaxError) as caught:
        parse_rows(text, keys=KEYS)

    assert (caught.value.message, caught.value.position, caught.value.accepted) == (message, position, accepted)
    assert str(caught.value) == f"{message} at character {position}; accepted: {accepted}."


@pytest.mark.parametrize(
    "row",
    [
        CellRow(),
        CellRow("a", facts=(("words", "b"),)),
        CellRow("a", facts=(("a:b", "c"),)),
        CellRow("a", facts=(("1", "c"),)),
    ],
)
def test_rows_that_could_not_be_read_back_are_not_written(row: CellRow) -> None:
    with pytest.raises(ValueError, match=r"cannot be (written; leave it out|a key; use letters)"):
        format_rows([row])


@pytest.mark.parametrize(("text", "expected"), [("Payroll data", True), ("a; b", False), ("", False), (" a", False)])
def test_plain_text_needs_no_quotes(text: str, expected: bool) -> None:
    assert (in_cell(text) == text) is expected


@pytest.mark.parametrize("name", ["\x9f-\x04", "\x01#1", "\x02words: x", "a\x0bb", "\x85entry"])
def test_a_name_is_read_back_though_no_spreadsheet_holds_its_control_characters(name):
    written = format_rows([CellRow(entry=name, facts=(("kept for", "\x03- a year"),))])

    (row,) = parse_rows(clean(written), keys=("kept for",))

    assert row == CellRow(entry=clean(name), facts=(("kept for", clean("\x03- a year")),))


def test_what_cells_lose_is_what_imports_leave_out():
    assert LOST.pattern == CONTROL_CHARACTERS.pattern
