import io
from html.parser import HTMLParser

import pytest

from registry.record.loader import load_register
from registry.reports.as_html import write_html
from registry.reports.document import Bar, Card, Chart, Cover, Document, Grid, Line, Part, Section
from registry.reports.register import register_report
from tests.reports import registers
from tests.reports.test_as_xlsx import MOMENT, listing
from tests.reports.texts import PROVENANCE


class Reader(HTMLParser):
    """Collects tags, attributes and text, and complains of tags that don't match."""

    VOID = frozenset({"meta", "br", "link", "input"})

    def __init__(self, page: str) -> None:
        super().__init__()
        self.open, self.tags, self.attributes, self.texts = [], [], [], []
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.attributes += [name for name, _value in attrs]
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        if data.strip() and self.open[-1] != "style":
            self.texts.append(" ".join(data.split()))


def written(content) -> str:
    out = io.BytesIO()
    write_html(content, out)
    return out.getvalue().decode()


def document(*cards, **values) -> Document:
    part = Part("Records", "An introduction.", lambda: cards, "There is no record.")
    fixed = {
        "cover": Cover("A register", "Fjord", (("This document", (("As at", "then"), ("Head", ""))),)), "parts": (part,),
        "running_head": "", "foot": "as at then", "language": "en", "title": "A register – Fjord", "author": "Ann", "subject": "",
        "keywords": "", "produced_at": MOMENT,
    }  # fmt: skip
    return Document(**{**fixed, **values})


def test_a_document_is_a_page_with_headings_cards_and_words_for_what_isnt_stated():
    lines = (
        Line("Plain", "one\ntwo"), Line("Several", ("a", "b")), Line("Numbered", ("first",), numbered=True), Line("Open"),
        Line("Nobody", state="not_stated"), Line("None", state="none"), Line("Said", "none at all", "none"),
        Grid("Table", ("One", "Two"), (("1", ""),)),
    )  # fmt: skip
    card = Card(
        "1",
        "Payroll",
        facts=(("Role", "Controller"),),
        sections=(Section("Purposes", "Art. 30", lines),),
        reference="A-1",
    )

    read = Reader(written(document(card)))

    assert read.open == []
    assert read.texts == [
        "A register – Fjord", "A register", "Fjord", "This document", "As at", "then", "Head", "not stated", "Records",
        "An introduction.", "A-1", "Payroll", "Role", "Controller", "Purposes", "Art. 30", "Plain", "one", "two", "Several", "a",
        "b", "Numbered", "first", "Open", "not stated", "Nobody", "not stated", "None", "none", "Said", "none at all", "Table",
        "One", "Two", "1", "–", "as at then",
    ]  # fmt: skip
    assert [tag for tag in read.tags if tag in {"h1", "h2", "h3", "h4", "ol", "ul", "table"}] == [
        "h1", "h2", "h2", "h3", "h4", "ul", "ol", "table",
    ]  # fmt: skip


def test_a_part_without_cards_says_so():
    assert "There is no record." in Reader(written(document())).texts


def test_a_list_is_a_table(monkeypatch):
    monkeypatch.setattr("registry.reports.as_html.ROWS", 1)
    read = Reader(written(listing(("=1", ("a", "b"), 1200, None, MOMENT), (None, (), None, None, None))))

    assert (read.open, read.tags.count("tr")) == ([], 3)
    body = read.texts[read.texts.index("Moment") + 1 :]
    assert body == ["=1", "a", "b", "1,200", "–", "22 Nov 2026, 09:30:00", "not stated", "–", "–", "–", "–", "A note."]
    assert "There is no thing." in Reader(written(listing())).texts


def test_nothing_is_run_and_nothing_is_loaded_from_elsewhere():
    read = Reader(written(document(Card("1", "<script>alert(1)</script>"))))

    assert {"script", "link", "img"} & set(read.tags) == set()
    assert {"style", "src", "href", "onload"} & set(read.attributes) == set()
    assert "<script>alert(1)</script>" in read.texts


@pytest.mark.django_db
def test_a_register_of_awkward_texts_is_a_whole_page():
    registers.awkward_register()

    assert Reader(written(register_report(load_register(), PROVENANCE))).open == []


def test_the_charts_of_a_list_stand_before_it_as_tables_of_their_numbers():
    chart = Chart("By country", "Of all.", "Country", "Records", (Bar("Japan", 3), Bar("none", 1, muted=True)), 4)

    found = Reader(written(listing(("one", (), None, None, None), charts=(chart,)))).texts

    place = found.index("By country")
    assert found[place : place + 8] == ["By country", "Of all.", "Country", "Records", "Japan", "3", "none", "1"]
    assert place < found.index("one")
