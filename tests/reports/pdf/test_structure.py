"""The document as those hear it who don't see it: what is a heading, a table, a list, a link, and in which order."""

import re
import shutil
import subprocess

import pdfua
import pytest
from pypdf.generic import ContentStream

from registry.reports.document import Grid, Line, Section
from tests.reports.pdf.synthetic import lines_card, make_card, make_document, make_part, read_structure, write

needs_poppler = pytest.mark.skipif(shutil.which("pdfinfo") is None, reason="poppler-utils is not installed")

NOT_CLAIMED = "UA-28-004"
"""The one finding that is wanted: the file doesn't claim to conform to PDF/UA, because not all of that was checked."""


def everything():
    """A document in which everything occurs that the writer can draw."""
    lines = (
        Line("Text", "One paragraph\nand another"),
        Line("Cited", "text", article="Art. 6"),
        Line("Entries", ("one", "two " * 400, "")),
        Line("Counted", ("one",), numbered=True),
        Line("Long", "word " * 1500),
        Line("Absent", state="none"),
        Grid("Table", ("Name", "Kept for"), tuple((f"Name {row}", "long " * 15) for row in range(80))),
        Grid("No table", ("Name", "Kept for"), ()),
        Line("After the table", "公司 שלום"),
    )
    cards = [make_card(str(number)) for number in range(60)]
    return make_part([lines_card("x", *lines), *cards]), make_part(title="Processor")


def roles(element, *kinds):
    return [one.kind for one in element.every() if one.kind in kinds]


def test_the_document_has_its_parts_in_the_order_of_reading():
    written = write(*everything())

    tree = read_structure(written)

    assert tree.kind == "Document"
    assert [kid.kind for kid in tree.kids] == ["Sect", "Sect", "Part", "Part", "Sect"]
    assert [roles(kid, "H1") for kid in tree.kids] == [["H1"]] * 5
    cards = [kid for kid in tree.kids[2].kids if kid.kind == "Sect"]
    assert len(cards) == 61


def test_a_card_is_headings_and_tables():
    table = Grid("Data", ("Name", "Kept for"), (("Contact", "6 years"),))
    sections = (
        Section("Purposes", "Art. 30", (Line("Purpose", "Payroll", article="Art. 6"), Line("Entries", ("one", "two")))),
        Section("Data", "", (Line("First", "1"), table, Line("Last", "2"))),
    )

    tree = read_structure(write(make_part([make_card(sections=sections)], summary=False), cover=None, contents=False))

    (card,) = tree.every("Sect")
    entries = ("L", [("LI", ["Lbl", "LBody"])] * 2)
    assert card.outline() == (
        "Sect",
        [
            "H2",
            "P",
            ("Table", [("TR", ["TH"]), ("TR", ["TD"])]),
            "H3",
            ("Table", [("TR", ["TH", "TD"]), ("TR", ["TH", ("TD", [entries])])]),
            "H3",
            ("Table", [("TR", ["TH", "TD"])]),
            ("Table", ["Caption", ("TR", ["TH", "TH"]), ("TR", ["TH", "TD"])]),
            ("Table", [("TR", ["TH", "TD"])]),
        ],
    )


def test_table_heads_say_whether_they_head_a_row_or_a_column():
    grid = Grid("", ("Name", "Kept for"), (("Contact", "6 years"),))

    tree = read_structure(
        write(make_part([lines_card("a", Line("Label", "value"), grid)], summary=False), cover=None, contents=False)
    )

    scopes = [[cell.entries.get("/A", {}).get("/Scope", "") for cell in row.kids] for row in tree.every("TR")]
    column, row = "/Column", "/Row"
    assert scopes == [[column], [""], [row, ""], [column, column], [row, ""]]


def test_contents_and_list_hold_links_to_the_pages():
    written = write(make_part([make_card("a")]))

    tree = read_structure(written)

    (contents,) = tree.every("TOC")
    assert contents.outline() == ("TOC", [("TOCI", [("Reference", ["Link"])])] * 2)
    links = list(tree.every("Link"))
    held = [kid.raw_get("/Obj").idnum for link in links for kid in link.entries["/K"] if hasattr(kid, "raw_get")]
    notes = [note for page in written.reader.pages for note in page.get("/Annots", ())]
    assert sorted(held) == sorted(note.idnum for note in notes)
    described = [note.get_object()["/Contents"] for note in notes]
    assert described == ["Controller", "REF-a Activity a", "REF-a Activity a"]


def owners(written):
    """What the file says about keys: key → object."""
    kids = written.reader.trailer["/Root"]["/StructTreeRoot"]["/ParentTree"]["/Kids"]
    flat = [entry for kid in kids for entry in kid.get_object()["/Nums"]]
    keys = [int(key) for key in flat[::2]]
    assert keys == sorted(set(keys))
    return dict(zip(keys, flat[1::2], strict=True))


def test_every_stretch_of_every_page_belongs_to_the_element_that_holds_it():
    written = write(*everything())
    by_key = owners(written)

    said = {
        (page.indirect_reference.idnum, stretch): owner.idnum
        for page in written.reader.pages
        for stretch, owner in enumerate(by_key[page["/StructParents"]].get_object())
    }

    held = {kid: one.number for one in read_structure(written).every() for kid in one.kids if isinstance(kid, tuple)}
    assert said == held
    for page in written.reader.pages:
        for note in page.get("/Annots", ()):
            link = by_key[note.get_object()["/StructParent"]].get_object()
            assert note in [kid.raw_get("/Obj") for kid in link["/K"] if hasattr(kid, "raw_get")]


def test_whatever_is_drawn_is_tagged_or_furniture():
    written = write(*everything())

    for page in written.reader.pages:
        drawn: list[int] = []
        depth = 0
        for operands, operator in ContentStream(page["/Contents"], written.reader).operations:
            if operator == b"BDC":
                assert depth == 0
                depth = 1
                if operands[0] != "/Artifact":
                    drawn.append(int(operands[1]["/MCID"]))
            elif operator == b"EMC":
                depth = 0
            elif operator in (b"Tj", b"'", b"f", b"S"):
                assert depth == 1, (operator, operands)
        assert sorted(drawn) == list(range(len(drawn)))
        assert page["/Tabs"] == "/S"


@needs_poppler
def test_what_is_repeated_overleaf_is_read_once(tmp_path):
    label = lines_card("a", Line("Purpose of it", "word " * 1500, article="Art. 5"))
    table = lines_card("b", Grid("", ("Head", "Other"), tuple((f"Row {row}", "x") for row in range(100))))

    text = read_aloud(write(make_part([label, table], summary=False), contents=False), tmp_path)

    assert [text.count(words) for words in ("Purpose of it", "Art. 5", '"Head"', "continued")] == [1, 1, 1, 0]
    assert text.count("word") == 1500


@needs_poppler
def test_words_stay_apart_where_lines_are_broken(tmp_path):
    sentence = " ".join(f"word{number}" for number in range(200))
    value = f"{sentence}\nlast {'x' * 300}"

    written = write(make_part([lines_card("a", Line("Label", value), title="Title")], summary=False), contents=False)

    assert f'"{sentence} last {"x" * 300}"' in read_aloud(written, tmp_path)
    assert '"Section Art. 30"' in read_aloud(written, tmp_path)


def read_aloud(written, folder) -> str:
    path = folder / "written.pdf"
    path.write_bytes(written.data)
    return subprocess.run(["pdfinfo", "-struct-text", str(path)], capture_output=True, text=True, check=True).stdout


@needs_poppler
def test_other_readers_find_it_tagged_and_nothing_wrong_with_it(tmp_path):
    path = tmp_path / "written.pdf"
    path.write_bytes(write(*everything()).data)

    told = subprocess.run(["pdfinfo", "-struct", str(path)], capture_output=True, text=True, check=True)

    assert told.stderr == ""
    assert re.search(r"^Tagged: +yes$", subprocess.check_output(["pdfinfo", str(path)], text=True), re.MULTILINE)


def test_the_checker_of_accessibility_finds_nothing_but_that_no_conformance_is_claimed(tmp_path):
    path = tmp_path / "written.pdf"
    path.write_bytes(write(*everything()).data)

    report = pdfua.validate(str(path))

    assert [finding.rule_id for finding in report.findings] == [NOT_CLAIMED]
    assert report.skipped == ()


def test_nothing_claims_to_conform():
    document = make_document(make_part())

    assert b"pdfuaid" not in write(*document.parts).data
