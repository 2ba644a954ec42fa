"""How cards stand on pages: what is repeated, what stays together, and how unanswered differs from none."""

import io

from registry.reports.document import NONE, NOT_STATED, Grid, Line, Section
from registry.reports.pdf.container import PdfFile
from registry.reports.pdf.flow import Flow
from registry.reports.pdf.page import Page, PageRecord
from registry.reports.pdf.rows import Cell, Row
from registry.reports.pdf.structure import Structure
from registry.reports.pdf.style import NOT_STATED_MARK, RIGHT, Styles
from registry.reports.pdf.tags import DATA, PART, ROW_HEAD, TABLE_ROW, Block
from registry.reports.pdf.typeface import Coverage, Font, face
from tests.reports.pdf.synthetic import lines_card, make_card, make_part, write


def filler(count: int) -> list[Line]:
    return [Line(f"Label {number}", "value") for number in range(count)]


def write_cards(*cards, **fields):
    return write(make_part(cards, summary=False), **({"cover": None, "contents": False} | fields))


def value_beside(written, label: str) -> str:
    """What stands on the same line as a label, to its right."""
    line = next(line for line in written.text.splitlines() if line.startswith(label))
    return line.removeprefix(label).strip()


def test_not_stated_is_marked_and_none_is_a_plain_word():
    lines = (
        Line("Representative", state="not_stated"),
        Line("Joint controllers", state="none"),
        Line("Blank", "  "),
        Line("No entries", ()),
        Line("Planned", "none, and none planned", "none"),
        Line("Unclear", "nobody answered", "not_stated"),
    )

    written = write_cards(lines_card("a", *lines))

    marked = f"{NOT_STATED_MARK}{NOT_STATED}"
    shown = {line.label: value_beside(written, line.label) for line in lines}
    assert shown == {
        "Representative": marked,
        "Joint controllers": str(NONE),
        "Blank": marked,
        "No entries": marked,
        "Planned": "none, and none planned",
        "Unclear": f"{NOT_STATED_MARK}nobody answered",
    }


def test_not_stated_is_slanted_so_that_colour_is_not_all():
    written = write_cards(lines_card("a", Line("Representative", state="not_stated")))

    streams = b"".join(stream.get_object().get_data() for stream in written.reader.pages[0]["/Contents"])
    assert streams.count(b"1 0 0.20 1 ") == 1


def test_a_blank_fact_cell_or_cover_value_is_not_stated():
    grid = Grid("Data", ("Category", "Kept for"), (("Name", ""),))
    card = lines_card("a", grid, Line("Entries", ("one", "")), facts=(("Status", ""),))

    written = write(make_part([card], summary=False))

    assert written.text.count(f"{NOT_STATED_MARK}{NOT_STATED}") == 4


def test_a_grid_without_rows_says_whether_none_or_not_stated():
    columns = ("Category", "Kept for")
    grids = (Grid("First", columns, ()), Grid("Second", columns, (), state="none"))

    written = write_cards(lines_card("a", *grids))

    assert value_beside(written, "First") == f"{NOT_STATED_MARK}{NOT_STATED}"
    assert value_beside(written, "Second") == str(NONE)


def test_entries_hang_from_dashes_or_numbers():
    lines = (Line("Plain", ("one", "two")), Line("Counted", ("one",), numbered=True), Line("Single", ("alone",)))

    written = write_cards(lines_card("a", *lines))

    assert value_beside(written, "Plain") == "– one"
    assert value_beside(written, "Counted") == "1. one"
    assert value_beside(written, "Single") == "alone"


def fonts_of(written):
    """The font that each piece of text on the first page is drawn in."""
    found = {}

    def visit(text, _cm, _tm, font, _size):
        if text.strip():
            found[text.strip()] = font["/BaseFont"].endswith("Bold")

    written.reader.pages[0].extract_text(visitor_text=visit)
    return found


def test_the_names_of_entries_stand_out_where_particulars_follow():
    named = Line("Recipients", ("Bank\nRole: processor", "Court", "long " * 40 + "\nRole: authority"), named=True)
    plain = Line("Others", ("Post\nby van", "Notary"))
    bare = Line("Bare", ("Printer", "Archive"), named=True)

    fonts = fonts_of(write_cards(lines_card("a", named, plain, bare)))

    starts = ("Bank", "Court", "Role: processor", "long", "Post", "Notary", "Printer")
    bold = {start for start in starts if any(text.startswith(start) and fonts[text] for text in fonts)}
    assert bold == {"Bank", "Court"}
    assert [start for start in starts if not any(start in text for text in fonts)] == []


def test_a_named_entry_without_a_name_says_so():
    written = write_cards(lines_card("a", Line("Recipients", ("\nRole: processor", ""), named=True)))

    assert "Role: processor" in written.text
    assert written.text.count(str(NOT_STATED)) == 1


def test_entries_keep_their_numbers_across_pages():
    entries = tuple(f"entry{number} " + "word " * 30 for number in range(1, 60))

    written = write_cards(lines_card("a", Line("Many", entries, numbered=True)))

    assert written.result.pages > 1
    assert [number for number in range(1, 60) if f"{number}. entry{number} word" not in written.text] == []


def test_the_article_of_a_section_ends_at_the_right_edge():
    written = write_cards(make_card(sections=(Section("Purposes", "Art. 30(1)(b)", (Line("L", "v"),)),)))

    style = Styles(*[Font(face("DejaVuSansCondensed.ttf"), Coverage())] * 2).article
    run = next(run for run in written.runs() if "Art. 30" in run.text)
    assert abs(run.x + style.width("Art. 30(1)(b)") - RIGHT) < 0.5
    assert value_beside(written, "Purposes") == "Art. 30(1)(b)"


def test_the_article_of_a_line_stands_below_its_label():
    written = write_cards(lines_card("a", Line("Lawful basis", "contract", article="Art. 6")))

    places = {run.text.strip(): run for run in written.runs()}
    assert places["Art. 6"].x == places["Lawful basis"].x
    assert 8 < places["Lawful basis"].y - places["Art. 6"].y < 13


def test_a_section_title_never_stands_alone_at_the_foot_of_a_page():
    together = []
    for count in range(30, 60):
        filling = Section("Filling", "", (Line("Lines", "\n".join("x" * count)),))
        last = Section("Title", "Art. 30", (Line("First", "value"), Line("Tail", "word " * 900)))

        written = write_cards(make_card(sections=(filling, last)))

        together.append((written.page_of("Title Art. 30"), written.page_of("First value")))
    assert set(together) == {(1, 1), (2, 2)}


def test_a_long_card_names_itself_on_its_following_pages():
    written = write_cards(lines_card("a", *filler(120)))

    assert written.result.pages == 4
    assert ["REF-a · Activity a (continued)" in page for page in written.pages] == [False, True, True, True]


def test_a_label_is_repeated_when_its_value_goes_on_overleaf():
    written = write_cards(lines_card("a", Line("Purpose of it", "word " * 1500, article="Art. 5")))

    assert written.result.pages > 1
    assert [page.count("Purpose of it") for page in written.pages] == [1] * written.result.pages
    assert [page.count("Art. 5") for page in written.pages] == [1] * written.result.pages


def test_column_heads_are_repeated_after_a_page_break():
    grid = Grid("Data", ("Category", "Kept for"), tuple((f"Data {row}", "10 years") for row in range(100)))

    written = write_cards(lines_card("a", grid))

    assert written.result.pages > 1
    assert [page.count("Kept for") for page in written.pages] == [1] * written.result.pages
    assert [row for row in range(100) if f"Data {row} 10 years" not in written.text] == []


def test_list_heads_are_repeated_and_every_row_links():
    cards = [make_card(str(number)) for number in range(100)]

    written = write(make_part(cards), contents=False)

    assert [page.count("Reference") for page in written.pages[1:4]] == [1, 1, 1]
    links = [len(page.get("/Annots", ())) for page in written.reader.pages[1:4]]
    assert sum(links) == 100


def test_a_long_card_begins_where_a_good_part_of_the_page_is_free():
    small, long = lines_card("small", *filler(4)), lines_card("long", *filler(60))
    tall = lines_card("tall", *filler(25))

    after_small = write_cards(small, long)
    after_tall = write_cards(tall, long)

    assert after_small.page_of("REF-long · Activity long\n") == 1
    assert after_tall.page_of("REF-long · Activity long\n") == 2


LEADING = 11.6


def make_row(count: int, **fields) -> Row:
    font = Font(face("DejaVuSansCondensed.ttf"), Coverage())
    style = Styles(font, font).value
    return Row([Cell(0, style, [b"x"] * count)], above=2, below=2, **fields)


def test_a_row_splits_so_that_two_lines_stay_on_either_side():
    row = make_row(7)

    splits = {room: row.split(4 + room * LEADING, force=False) for room in range(1, 7)}

    sizes = {room: parts and [len(part.cells[0].lines) for part in parts] for room, parts in splits.items()}
    assert sizes == {1: None, 2: [2, 5], 3: [3, 4], 4: [4, 3], 5: [5, 2], 6: [5, 2]}
    assert [len(part.cells[0].lines) for part in row.split(4 + LEADING, force=True)] == [1, 6]


def test_a_short_row_is_kept_whole_where_it_can_be():
    row = make_row(5)

    assert row.split(4 + 3 * LEADING, force=False) is None
    assert [len(part.cells[0].lines) for part in row.split(4 + 3 * LEADING, force=True)] == [3, 2]


def make_entries(*sizes: int, names: int = 1) -> Row:
    """A row of entries of so many lines, the first of which are their names."""
    row = make_row(sum(sizes), whole=0)
    cell = row.cells[0]
    cell.marks = [mark for size in sizes for mark in (b"-", *[b""] * (size - 1))]
    cell.names = [place < names for size in sizes for place in range(size)]
    return row


def test_a_row_of_entries_splits_where_an_entry_ends_if_that_is_near():
    def first(row, room):
        parts = row.split(4 + room * LEADING, force=False)
        return parts and len(parts[0].cells[0].lines)

    near = make_entries(4, 4, 4)
    assert [first(near, room) for room in range(4, 12)] == [4, 4, 4, 4, 8, 8, 8, 8]
    assert first(make_entries(3, 30, 3), 20) == 20


def test_a_name_is_not_parted_from_what_is_said_of_it():
    row = make_entries(3, 20, names=2)

    assert row.split(4 + 2 * LEADING, force=False) is None
    assert len(row.split(4 + 2 * LEADING, force=True)[0].cells[0].lines) == 2
    assert row.least() == 4 + 3 * LEADING


def test_a_name_of_two_lines_is_drawn_as_one_and_what_is_longer_is_none():
    two, more = "word " * 15, "long " * 60
    line = Line("Recipients", (f"{two}\nRole: processor", f"{more}\nRole: authority"), named=True)

    fonts = fonts_of(write_cards(lines_card("a", line)))

    bold = "".join(text for text in fonts if fonts[text])
    assert (bold.count("word"), bold.count("long"), "Role: processor" in bold) == (15, 0, False)


def test_a_low_section_is_not_parted():
    for count in range(30, 62):
        filling = Section("Filling", "", (Line("Lines", "\n".join("x" * count)),))
        review = Section("Review", "", (Line("Every", "12"), Line("Last", "2025"), Line("Next", "2026")))

        written = write_cards(make_card(sections=(filling, review, Section("End", "", (Line("Tail", "w " * 3000),)))))

        assert len({written.page_of(text) for text in ("Review", "Every", "Last", "Next")}) == 1, count


def test_a_low_table_is_not_parted_and_no_row_of_a_high_one_stands_alone():
    def pages_of(grid, count):
        filling = Section("Filling", "", (Line("Lines", "\n".join("x" * count)),))
        written = write_cards(make_card(sections=(filling, Section("S", "", (grid, Line("Tail", "w " * 3000))))))
        return [sum(f"R{row}." in page for row in range(len(grid.rows))) for page in written.pages]

    low = Grid("Low", ("Head", "Other"), tuple((f"R{row}.", "value") for row in range(4)))
    high = Grid("High", ("Head", "Other"), tuple((f"R{row}.", "value") for row in range(24)))
    for count in range(26, 60):
        assert 4 in pages_of(low, count), count
        assert 1 not in pages_of(high, count), count


def test_columns_are_as_wide_as_their_words():
    grid = Grid("Data", ("Category", "Items", "Whose"), (("Correspondence " * 9, "Statements", ""),), (40, 5, 5))

    texts = [run.text.strip() for run in write_cards(lines_card("a", grid)).runs()]

    assert "Statements" in texts
    assert f"{NOT_STATED_MARK}{NOT_STATED}" in texts


def test_few_facts_have_the_whole_width():
    name = "Quillbrook & Wren Retail Limited"

    found = [
        name in write_cards(make_card(facts=(*(("What", "Added"),) * others, ("Organisation", name)))).text
        for others in (1, 3)
    ]

    assert found == [True, False]


def test_the_least_that_a_row_needs_is_room_in_which_it_can_be_split():
    for count in range(1, 20):
        row = make_row(count)

        assert row.least() == row.height or row.split(row.least(), force=False) is not None, count


def test_a_table_head_never_stands_alone_at_the_foot_of_a_page():
    together = []
    for count in range(20, 60):
        filling = Line("Lines", "\n".join("x" * count))
        table = Grid("Table", ("Head", "Other"), (("first " * 40, "value"), ("last", "value")), (1, 1))

        written = write_cards(lines_card("a", filling, table))

        together.append((written.page_of("Head"), written.page_of("first")))
    assert set(together) == {(1, 1), (2, 2)}


def test_the_rest_of_a_row_has_neither_number_nor_leader():
    first, rest = make_row(7, numbers=make_row(1).cells[0].style, leader=5.0, rule=("0 0 0", 1.0)).split(
        50, force=False
    )

    assert (first.numbers is None, first.leader, first.rule) == (False, 5.0, None)
    assert (rest.numbers, rest.leader, rest.rule) == (None, None, ("0 0 0", 1.0))


def test_a_cell_without_lines_is_an_empty_one():
    def cells(style):
        return [Cell(60, style, style.lines("Name", 100), tag=ROW_HEAD), Cell(200, style, [], tag=DATA)]

    pages: list[bytes] = []

    class Source:
        def open_page(self) -> Page:
            return Page(PageRecord(1, 0, 0, 0))

        def close_page(self, page: Page) -> None:
            pages.append(page.content())

    font = Font(face("DejaVuSansCondensed.ttf"), Coverage())
    style = Styles(font, font).cell
    head = Row(cells(style), tag=TABLE_ROW, keep=True, block=Block())
    structure = Structure(PdfFile(io.BytesIO()))
    structure.begin(PART)
    flow = Flow(Source(), structure)

    flow.place([head, *(Row(cells(style), tag=TABLE_ROW, block=head.block, heads=(head,)) for _ in range(80))])
    flow.finish()

    assert [page.count(b"/Artifact<</Type/Pagination>>BDC") for page in pages] == [0, 1]
    assert sum(page.count(b"/TH<</MCID") for page in pages) == 81
    assert sum(page.count(b"/TD<</MCID") for page in pages) == 0
