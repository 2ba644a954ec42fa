import io
import json
from datetime import UTC, date, datetime

from registry.reports.as_json import write_json
from registry.reports.document import Card, Document, Grid, Line, Part, Section
from registry.reports.listing import Table
from tests.reports.test_as_xlsx import COLUMNS, MOMENT, listing


def read(content) -> dict:
    out = io.BytesIO()
    write_json(content, out)
    return json.loads(out.getvalue())


def test_a_list_is_rows_by_the_keys_of_their_columns():
    found = read(listing(("Ünï", ("a", "b"), 12, date(2026, 1, 2), MOMENT), ("", (), None, None, None)))

    assert found["rows"] == [
        {"text": "Ünï", "texts": ["a", "b"], "number": 12, "day": "2026-01-02", "moment": "2026-11-22T09:30:00+00:00"},
        {"text": None, "texts": [], "number": None, "day": None, "moment": None},
    ]
    assert found["columns"][0] == {"key": "text", "title": "Text", "holds": "text", "article": "GDPR Art. 1"}
    assert (found["title"], found["about"][1], found["notes"]) == (
        "A list",
        {"label": "Head", "value": None},
        ["A note."],
    )


def test_a_list_of_several_tables_has_them_by_name():
    tables = tuple(Table(key, key.title(), COLUMNS[:1], lambda: [("x",)]) for key in ("one", "two"))

    found = read(listing(tables=tables))

    assert [(table["key"], table["title"], table["rows"]) for table in found["tables"]] == [
        ("one", "One", [{"text": "x"}]), ("two", "Two", [{"text": "x"}]),
    ]  # fmt: skip


def test_a_document_is_its_cards_with_what_isnt_stated():
    lines = (
        Line("Plain", "text"), Line("Several", ("a", "b")), Line("Nobody said", state="not_stated"),
        Grid("Table", ("One", "Two"), (("1", "2"),)),
    )  # fmt: skip
    card = Card("1", "Payroll", "", (("Role", "Controller"),), (Section("Purposes", "GDPR Art. 30", lines),), "A-1")
    document = Document(
        None,
        (Part("Part", "", lambda: [card], ""),),
        "",
        "",
        "en",
        "A document",
        "Ann",
        "",
        "",
        datetime(2026, 1, 1, tzinfo=UTC),
    )

    found = read(document)

    assert found["parts"][0]["cards"] == [
        {
            "reference": "A-1", "title": "Payroll", "facts": {"Role": "Controller"},
            "sections": [{
                "title": "Purposes", "article": "GDPR Art. 30",
                "lines": [
                    {"label": "Plain", "state": "stated", "value": "text"},
                    {"label": "Several", "state": "stated", "value": ["a", "b"]},
                    {"label": "Nobody said", "state": "not_stated", "value": None},
                    {"label": "Table", "state": "stated", "value": [{"One": "1", "Two": "2"}]},
                ],
            }],
        }
    ]  # fmt: skip
