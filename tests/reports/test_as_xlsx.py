import io
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from registry.reports import as_xlsx
from registry.reports.as_xlsx import TooManyRows, write_xlsx
from registry.reports.listing import Column, Holds, Listing, Table
from tests.reports.workbooks import cells, opened

MOMENT = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)
COLUMNS = (
    Column("text", "Text", 30, article="GDPR Art. 1", asked=True),
    Column("texts", "Texts", holds=Holds.TEXTS),
    Column("number", "Number", holds=Holds.NUMBER),
    Column("day", "Day", holds=Holds.DATE),
    Column("moment", "Moment", holds=Holds.MOMENT),
)


def listing(*rows, **values) -> Listing:
    table = Table("things", "Things", COLUMNS, lambda: rows, empty="There is no thing.")
    fixed = {
        "title": "A list", "subtitle": "Fjord Foods AS", "tables": (table,), "about": (("As at", "then"), ("Head", "")),
        "running_head": "", "foot": "", "language": "en", "author": "Ann", "subject": "About", "keywords": "k",
        "produced_at": MOMENT, "footnotes": ("A note.",),
    }  # fmt: skip
    return Listing(**{**fixed, **values})


def written(found: Listing) -> bytes:
    out = io.BytesIO()
    write_xlsx(found, out)
    return out.getvalue()


def test_cells_have_the_type_of_what_they_hold():
    data = written(listing(("one", ("a", "b"), 12, date(2026, 1, 2), MOMENT)))

    head, row = cells(data, "Things")
    assert head == ["Text", "Texts", "Number", "Day", "Moment"]
    assert row == ["one", "a\nb", 12, datetime(2026, 1, 2), datetime(2026, 11, 22, 9, 30)]


def test_days_before_spreadsheets_had_a_calendar_are_texts():
    data = written(listing(("", (), None, date(1789, 7, 14), None)))

    assert cells(data, "Things")[1][3] == "1789-07-14"


def test_what_is_asked_for_and_not_stated_says_so_and_nothing_else_is_invented():
    data = written(listing((None, (), None, None, None)))

    assert cells(data, "Things")[1] == ["not stated", None, None, None, None]


def test_a_table_without_rows_says_so():
    assert cells(written(listing()), "Things")[1][0] == "There is no thing."


def test_headings_stay_in_sight_and_can_be_filtered_by():
    data = written(listing(("one", (), None, None, None), ("two", (), None, None, None)))

    sheet = opened(data)["Things"]
    assert (sheet.freeze_panes, sheet.auto_filter.ref) == ("A2", "A1:E3")
    assert sheet.column_dimensions["A"].width == pytest.approx(30, abs=1)


def test_the_first_sheet_says_what_it_is_whence_it_comes_and_what_the_columns_are():
    data = written(listing(("one", (), None, None, None)))

    assert opened(data).sheetnames == ["Read me", "Things"]
    told = [[cell for cell in row if cell] for row in cells(data, "Read me") if any(row)]
    assert told == [
        ["A list"], ["Fjord Foods AS"], ["As at", "then"], ["Head", "not stated"], ["Note", "A note."],
        ["Sheet", "Column", "Law", "Whether it is asked for"],
        ["Things", "Text", "GDPR Art. 1", "asked for"],
        *(["Things", title, "optional"] for title in ("Texts", "Number", "Day", "Moment")),
    ]  # fmt: skip
    assert opened(data).active.title == "Things"


@pytest.mark.parametrize("text", ["=1+1", "+49 30", "-5", "@x", "\t=x", "'=x"])
def test_a_text_is_never_a_formula_also_when_someone_edits_it(text):
    data = written(listing((text, (), None, None, None)))

    cell = opened(data)["Things"]["A2"]
    assert (cell.value, cell.data_type, cell.quotePrefix) == (text, "s", True)


def test_in_a_layout_that_is_imported_formulas_are_escaped_as_in_csv_and_nothing_is_added():
    data = written(listing(("=1", (), None, None, None), ("", (), 1, None, None), layout=True))

    assert [row[0] for row in cells(data, "Things")] == ["Text", "'=1", None]


def test_what_is_longer_than_a_cell_holds_is_cut_and_the_first_sheet_says_where():
    data = written(listing(("x" * 40_000, (), None, None, None)))

    assert len(cells(data, "Things")[1][0]) == 32_767
    told = [row[0] for row in cells(data, "Read me")]
    place = next(number for number, text in enumerate(told) if text and text.startswith("Cut, since"))
    assert told[place + 1] == "Things 2: Text"


def test_a_table_that_no_sheet_can_hold_is_refused(monkeypatch):
    monkeypatch.setattr(as_xlsx, "MOST_ROWS", 3)
    row = ("one", (), None, None, None)
    written(listing(row, row))

    with pytest.raises(TooManyRows, match="“Things” has more than 2 rows"):
        written(listing(row, row, row))


def test_sheets_have_names_that_a_workbook_accepts():
    long = "Categories of personal information collected"
    names = ("A/B: [what]?", "x" * 40, "x" * 40, "Read me", "''", long, long)
    tables = tuple(Table(f"t{place}", name, COLUMNS, lambda: ()) for place, name in enumerate(names))

    found = opened(written(listing(tables=tables))).sheetnames

    assert found == [
        "Read me", "A B what", "x" * 31, f"{'x' * 27} 2", "Read me 2", "-",
        "Categories of personal", "Categories of personal 2",
    ]  # fmt: skip


def test_rows_of_several_tables_may_come_mixed():
    tables = tuple(Table(key, key, COLUMNS, lambda: ()) for key in ("one", "two"))
    blank = ((), None, None, None)
    mixed = [(0, ("a", *blank)), (1, ("b", *blank)), (0, ("c", *blank))]

    data = written(listing(tables=tables, mixed=lambda: mixed))

    assert [[row[0] for row in cells(data, name)[1:]] for name in ("one", "two")] == [["a", "c"], ["b"]]


def test_the_same_list_gives_the_same_bytes_and_another_moment_others():
    found = listing(("one", ("a",), 1, date(2026, 1, 2), MOMENT))

    assert written(found) == written(found)
    assert written(found) != written(replace(found, produced_at=MOMENT.replace(year=2027)))
