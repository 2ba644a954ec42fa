"""The document as a whole: pages and their numbers, contents, lists, bookmarks, links, metadata, sameness."""

import io
import os
import shutil
import subprocess
import sys
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest

from registry.reports.document import Cover, DocumentError, Grid, Line, Section, SummaryRow
from registry.reports.pdf import write_pdf, writer
from tests.reports.pdf.synthetic import lines_card, make_card, make_document, make_part, write

ROOT = Path(__file__).resolve().parents[3]


def two_parts():
    controller = make_part([make_card(str(number)) for number in range(30)])
    processor = make_part([make_card("0", title="Hosting")], title="Processor")
    return controller, processor


def test_every_page_says_which_of_how_many_it_is():
    written = write(*two_parts())

    total = len(written.pages)
    assert written.result.pages == total
    assert [f"Page {number} of {total}" in page for number, page in enumerate(written.pages, 1)] == [True] * total


def test_every_page_carries_the_foot_and_all_but_the_cover_the_running_head():
    written = write(*two_parts())

    assert ["As at 1 March 2026" in page for page in written.pages] == [True] * len(written.pages)
    assert ["Record of Example SE" in page for page in written.pages] == [False] + [True] * (len(written.pages) - 1)


def test_no_empty_page_follows_a_cover_that_ends_at_the_foot_of_its_page():
    heights = [(number, tall) for number in range(26, 34) for tall in range(7)]
    covers = [
        tuple(("Fact", "said\nsaid" if place < tall else "said") for place in range(number)) for number, tall in heights
    ]

    written = [write(cover=Cover("Record", "Article 30", (("Controller", facts),)), contents=False) for facts in covers]

    assert [page for one in written for page in one.pages if "said" not in page] == []


def test_the_parts_stand_in_order_after_cover_and_contents():
    written = write(*two_parts())

    assert "Article 30" in written.pages[0]
    assert "Contents" in written.pages[1]
    assert "List of activities" in written.pages[2]
    assert written.page_of("Hosting", after=2) == len(written.pages) - 1


def link_targets(written, page):
    """Where the links on a page lead (page numbers), from top to bottom."""
    pages = {written.reader.pages[index].indirect_reference.idnum: index + 1 for index in range(len(written.pages))}
    links = [note.get_object() for note in written.reader.pages[page - 1]["/Annots"]]
    links.sort(key=lambda link: -float(link["/Rect"][3]))
    return [pages[link["/Dest"][0].idnum] for link in links]


def test_contents_and_list_print_and_link_the_page_of_each_card():
    cards = [make_card(str(number), title=f"Activity number {number}") for number in range(1, 9)]

    written = write(make_part(cards))

    drawn = [written.page_of(f"REF-{number} · Activity number {number}") for number in range(1, 9)]
    assert link_targets(written, 2) == [3, *drawn]
    assert link_targets(written, 3) == drawn
    for page in (1, 2):
        printed = [line.split()[-1] for line in written.pages[page].splitlines() if line.strip().isdigit()]
        assert printed[-8:] == [str(number) for number in drawn]


def test_bookmarks_lead_from_parts_to_cards():
    written = write(*two_parts())

    outline = written.reader.outline
    titles = [[entry.title for entry in item] if isinstance(item, list) else item.title for item in outline]
    controller = [f"REF-{number} Activity {number}" for number in range(30)]
    assert titles == ["Contents", "Controller", controller, "Processor", ["REF-0 Hosting"]]
    places = [written.reader.get_destination_page_number(entry) + 1 for entry in outline[2]]
    assert places == [written.page_of(f"REF-{number} · Activity {number}") for number in range(30)]


def test_many_bookmarks_are_folded():
    few = write(make_part([make_card(str(number)) for number in range(60)]))
    many = write(make_part([make_card(str(number)) for number in range(61)]))

    counts = [run.reader.trailer["/Root"]["/Outlines"]["/First"]["/Next"]["/Count"] for run in (few, many)]
    assert counts == [60, -61]


def test_a_very_long_part_stands_in_the_contents_without_its_cards(monkeypatch):
    monkeypatch.setattr(writer, "CONTENTS_AT_MOST", 5)
    cards = [make_card(str(number)) for number in range(6)]

    listed = write(make_part(cards))
    unlisted = write(make_part(cards, summary=False))

    assert len(link_targets(listed, 2)) == 1
    assert len(link_targets(unlisted, 2)) == 7


def test_an_empty_part_says_so():
    written = write(make_part())

    assert "No activity is recorded." in written.pages[2]
    assert "List of activities" not in written.text


def test_a_single_card_needs_neither_cover_nor_contents_nor_list():
    written = write(make_part([make_card()], summary=False), cover=None, contents=False)

    assert written.result.pages == 1
    assert "REF-a · Activity a" in written.text
    assert "Page 1 of 1" in written.text


def test_a_document_without_parts_is_still_a_document():
    assert write().result.pages == 2


def test_small_cards_share_a_page_and_are_not_broken():
    lines = [Line(f"Label {number}", "value") for number in range(20)]
    cards = [lines_card(str(number), *lines) for number in range(3)]

    written = write(make_part(cards))

    pages = [[number for number, page in enumerate(written.pages, 1) if f"REF-{key} · A" in page] for key in range(3)]
    assert pages == [[4], [5], [6]]
    assert [page.count("Label 0 value") for page in written.pages[3:]] == [1, 1, 1]
    assert write(make_part([make_card("a"), make_card("b")])).result.pages == 4


def test_metadata_says_what_the_document_says():
    written = write(make_part(), title="Jegyzék – Ħal (1)", language="hu")

    root = written.reader.trailer["/Root"]
    info = written.reader.metadata
    assert (info.title, info.author, info.subject) == ("Jegyzék – Ħal (1)", "Example SE", "Art. 30 GDPR")
    assert info["/Keywords"] == "register, GDPR"
    assert info.creation_date == datetime.fromisoformat("2026-03-01T09:12:05+00:00")
    assert root["/Lang"] == "hu"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"].value is True
    xmp = written.reader.xmp_metadata
    assert xmp.dc_title == {"x-default": "Jegyzék – Ħal (1)"}
    assert xmp.dc_language == ["hu"]


def test_fonts_are_embedded_as_subsets():
    written = write(make_part([make_card()]))

    fonts = written.reader.trailer["/Root"]["/Pages"]["/Resources"]["/Font"]
    embedded = [fonts[name]["/DescendantFonts"][0]["/FontDescriptor"]["/FontFile2"] for name in ("/R", "/B")]
    assert [10_000 < len(stream.get_data()) < 100_000 for stream in embedded] == [True, True]


def test_the_same_document_gives_the_same_bytes():
    assert write(*two_parts()).data == write(*two_parts()).data


def test_the_same_document_gives_the_same_bytes_whatever_the_hash_seed():
    code = (
        "import hashlib, io; from tests.benchmarks.bench_pdf import _ours; out = io.BytesIO(); _ours(3, out); "
        "print(hashlib.sha256(out.getvalue()).hexdigest())"
    )

    def digest(seed: str) -> bytes:
        environment = os.environ | {"PYTHONHASHSEED": seed}
        return subprocess.run(
            [sys.executable, "-c", code], cwd=ROOT, env=environment, check=True, capture_output=True
        ).stdout

    assert digest("1") == digest("2")


@pytest.mark.skipif(shutil.which("qpdf") is None, reason="qpdf is not installed")
def test_qpdf_finds_nothing_wrong(tmp_path):
    long = make_card("long", sections=(Section("S", "", (Line("L", "x" * 9000), Grid("G", ("A",), (("公",),) * 80))),))
    path = tmp_path / "written.pdf"
    path.write_bytes(write(*two_parts(), make_part([long], title="Long"), make_part()).data)

    checked = subprocess.run(["qpdf", "--check", str(path)], capture_output=True, text=True, check=False)

    assert (checked.returncode, checked.stderr) == (0, "")


def test_output_needs_only_write():
    class Sink:
        def __init__(self) -> None:
            self.data = b""

        def write(self, data: bytes) -> int:
            self.data += data
            return len(data)

    sink, stream = Sink(), io.BytesIO()
    write_pdf(make_document(make_part()), sink)
    write_pdf(make_document(make_part()), stream)

    assert sink.data == stream.getvalue()


def test_cards_are_asked_for_one_at_a_time():
    asked: list[str] = []
    seen: list[int] = []

    class Watching(io.BytesIO):
        def write(self, data: bytes) -> int:
            seen.append(len(asked))
            return super().write(data)

    def cards():
        for number in range(40):
            asked.append(str(number))
            yield lines_card(str(number), Line("Text", "word " * 700))

    write_pdf(make_document(make_part(summary=False, cards=cards)), Watching())

    assert {2, 10, 20, 30, 40} <= set(seen)


def test_a_moment_without_a_time_zone_is_refused():
    with pytest.raises(DocumentError, match="aware datetime"):
        write(make_part(), produced_at=datetime(2026, 3, 1))


def test_two_cards_with_one_key_are_refused():
    with pytest.raises(DocumentError, match="two cards with the key 'a'"):
        write(make_part([make_card("a"), make_card("a")], summary=False))


def test_a_list_that_names_a_key_twice_is_refused():
    with pytest.raises(DocumentError, match="names the key 'a' twice"):
        write(make_part([make_card("a"), make_card("a")]))


def test_a_list_row_without_a_card_is_refused():
    with pytest.raises(DocumentError, match="leads to 'a', which is not among its cards"):
        write(make_part([make_card("a")], cards=lambda: ()))


def test_rows_with_too_few_cells_are_refused():
    part = make_part([make_card("a")])
    short = replace(part, summary=replace(part.summary, rows=lambda: (SummaryRow("a", ("only one",)),)))

    with pytest.raises(DocumentError, match="2 columns has a row of 1 cells"):
        write(short)
    with pytest.raises(DocumentError, match="2 widths has 1 column headings"):
        write(replace(part, summary=replace(part.summary, columns=("Name",))))


def test_parts_that_hold_nothing_share_a_page():
    added, retired, removed = (
        make_part(title=f"Those {name}", empty=f"Nothing was {name}.") for name in ("added", "retired", "removed")
    )

    written = write(added, make_part([lines_card("1")], title="Those changed"), retired, removed)

    places = [written.page_of(f"Nothing was {name}.") for name in ("added", "retired", "removed")]
    assert places == [places[0], places[0] + 3, places[0] + 3]
    assert written.result.pages == places[-1]
    assert [entry["/Title"] for entry in written.reader.outline if isinstance(entry, dict)][-2:] == [
        "Those retired", "Those removed",
    ]  # fmt: skip
