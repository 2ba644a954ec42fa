"""Charts: the numbers are a table that is read aloud, the bars are decoration of the right length."""

from dataclasses import replace

from pypdf.generic import ContentStream

from registry.reports.document import Bar, Chart
from registry.reports.pdf.style import LEFT, RIGHT, SILVER, TEAL
from tests.reports.pdf.synthetic import make_card, make_part, read_structure, write

BARS = (Bar("Art. 6(1)(c)", 10), Bar("Art. 6(1)(a)", 2), Bar("not stated", 1, muted=True), Bar("nothing", 0))
CHART = Chart("Legal bases", "A record may name several.", "Legal basis", "Records", BARS, 10)


def write_chart(*charts):
    return write(make_part([make_card()], charts=charts), cover=None, contents=False)


def test_a_chart_stands_before_the_list_with_its_numbers_and_shares():
    text = write_chart(CHART).pages[0]

    lines = [line for line in text.splitlines() if line.strip()]
    assert lines[lines.index("At a glance") : lines.index("List of activities")] == [
        "At a glance",
        "Legal bases",
        "A record may name several.",
        "Legal basis Records Share",
        "Art. 6(1)(c) 10 100%",
        "Art. 6(1)(a) 2 20%",
        "not stated 1 10%",
        "nothing 0 0%",
    ]


def test_few_of_many_are_not_none_of_them():
    written = write_chart(replace(CHART, whole=1000))

    assert "Art. 6(1)(a) 2 <1%" in written.text
    assert "nothing 0 0%" in written.text


def test_a_chart_is_a_table_to_those_who_hear_it():
    tree = read_structure(write_chart(CHART))

    table = next(iter(tree.every("Table")))
    assert [[cell.kind for cell in row.kids] for row in table.kids] == [["TH"] * 3] + [["TH", "TD", "TD"]] * 4
    assert [one.kind for one in tree.kids[0].kids[:6]] == ["H1", "P", "H2", "H3", "P", "Table"]


def fills(written, colour):
    """Left edge and width of the rectangles of a colour on the first page."""
    found = []
    colours = [float(one) for one in colour.split()]
    current: list[float] = []
    page = written.reader.pages[0]
    for operands, operator in ContentStream(page["/Contents"], written.reader).operations:
        if operator == b"rg":
            current = [float(one) for one in operands]
        elif operator == b"re" and current == colours:
            found.append((float(operands[0]), float(operands[2])))
    return found


def test_bars_are_as_long_as_their_share_and_start_together():
    written = write_chart(CHART)

    bars, muted = fills(written, TEAL), fills(written, SILVER)
    full = bars[0][1]
    assert [round(width / full, 2) for _, width in bars + muted] == [1.0, 0.2, 0.0, 0.1]
    assert len({left for left, _ in bars + muted}) == 1
    assert LEFT < bars[0][0] < bars[0][0] + full < RIGHT


def test_several_charts_have_one_heading_and_a_chart_stays_together():
    long = Chart("Countries", "", "Country", "Records", tuple(Bar(f"Country {place}", 1) for place in range(25)), 30)

    written = write_chart(long, long, CHART)

    assert written.text.count("At a glance") == 1
    assert [page.count("Countries") for page in written.pages[:2]] == [1, 1]
    assert [page.count("Country 24") for page in written.pages[:2]] == [1, 1]


def test_a_chart_of_nothing_has_shares_of_nothing():
    assert "nothing 0 0%" in write_chart(Chart("Title", "", "Label", "Records", (Bar("nothing", 0),), 0)).text
