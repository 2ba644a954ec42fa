"""The pictures of the first page in a real browser: drawn from their tables, within the policy, and in both themes."""

import pytest

from registry import models
from tests.browser.chromium import NARROW

pytestmark = pytest.mark.browser

DRAWN = "(canvas) => Chart.getChart(canvas).data.datasets[0].data.length"
BAR = """(canvas) => {
    const bar = Chart.getChart(canvas).getDatasetMeta(0).data[0];
    return {x: (bar.base + bar.x) / 2, y: bar.y};
}"""
BAND = """(canvas) => {
    const band = Chart.getChart(canvas).getDatasetMeta(0).data[0];
    return {x: (band.x + band.x2) / 2, y: (band.y + band.y2 + band.height) / 2, start: band.x - 4, top: band.y + 2};
}"""
PIXEL = """(canvas) => {
    const chart = Chart.getChart(canvas);
    const bar = chart.getDatasetMeta(0).data[0];
    const ratio = chart.currentDevicePixelRatio;
    return [...canvas.getContext("2d").getImageData((bar.base + 6) * ratio, bar.y * ratio, 1, 1).data].slice(0, 3);
}"""
BEHIND_THE_LAST = """(canvas) => {
    const chart = Chart.getChart(canvas), ratio = chart.currentDevicePixelRatio, right = chart.chartArea.right + 20;
    const across = Math.floor((chart.width - right) * ratio), down = canvas.height;
    const dots = canvas.getContext("2d").getImageData(right * ratio, 0, across, down).data;
    return dots.filter((value, place) => place % 4 === 3 && value > 0).length;
}"""
WIDTH = "document.documentElement.scrollWidth"


@pytest.fixture(scope="module")
def officer(site):
    return site.window("officer", reduced_motion="reduce")


def rows(page, table):
    return page.locator(f"#{table} tbody tr")


def test_every_picture_draws_as_many_parts_as_its_table_has_rows_within_the_policy(officer):
    complaints = officer.visit("/")

    names = officer.page.locator("canvas[data-bars]").evaluate_all("(all) => all.map((one) => one.dataset.bars)")
    drawn = {name: officer.page.locator(f"canvas[data-bars={name}]").evaluate(DRAWN) for name in names}
    bands = officer.page.locator("canvas[data-flow]").evaluate(DRAWN)
    assert complaints == []
    assert drawn == {name: rows(officer.page, name).count() for name in names}
    assert len(names) == 5
    assert bands == rows(officer.page, "tables-flow").count() > 20


def test_a_bar_leads_where_its_row_of_the_table_leads(officer):
    officer.visit("/")
    canvas = officer.page.locator("canvas[data-bars=table-country]")
    address = rows(officer.page, "table-country").first.locator("a").get_attribute("href")

    canvas.scroll_into_view_if_needed()
    canvas.click(position=canvas.evaluate(BAR))
    officer.page.wait_for_url("**/processingactivity/**")

    assert officer.page.url.endswith(address)
    assert officer.page.locator(".limits").inner_text().startswith("Shown are only:")


def test_a_band_and_the_end_of_a_band_lead_where_the_table_leads(officer):
    found = []
    for x, y, cell in (("x", "y", 2), ("start", "top", 0)):
        officer.visit("/")
        canvas = officer.page.locator("canvas[data-flow]")
        canvas.scroll_into_view_if_needed()
        place = canvas.evaluate(BAND)
        row = rows(officer.page, "tables-flow").first
        wanted = row.locator("td").nth(cell).locator("a").get_attribute("href")
        canvas.click(position={"x": place[x], "y": place[y]})
        officer.page.wait_for_url("**/processingactivity/**")
        found.append(officer.page.url.endswith(wanted.replace("→", "%E2%86%92")))

    assert found == [True, True]


def test_the_countries_are_named_behind_the_last_bands(officer):
    officer.visit("/")

    assert officer.page.locator("canvas[data-flow]").evaluate(BEHIND_THE_LAST) > 200


def test_a_table_opens_by_keyboard_and_its_links_do_what_the_picture_does(officer):
    officer.visit("/")
    details = officer.page.locator(".picture:has(#table-basis) .as-table")
    closed = details.get_attribute("open")

    details.locator("summary").press("Enter")
    details.locator("a").first.press("Enter")
    officer.page.wait_for_url("**/processingactivity/**")

    assert closed is None
    assert "basis=" in officer.page.url


def test_pictures_are_drawn_anew_when_the_theme_changes(site):
    bright = site.window("officer", color_scheme="light", reduced_motion="reduce")
    bright.visit("/")
    canvas = bright.page.locator("canvas[data-bars=table-status]")
    before = canvas.evaluate(PIXEL)

    bright.page.evaluate("document.documentElement.dataset.theme = 'dark'")
    bright.complaints()
    chosen = canvas.evaluate(PIXEL)
    bright.page.evaluate("document.documentElement.dataset.theme = 'auto'")
    bright.page.emulate_media(color_scheme="dark")
    bright.complaints()

    assert before == [42, 127, 138]
    assert (chosen, canvas.evaluate(PIXEL)) == ([79, 169, 179], [79, 169, 179])


def test_nothing_moves(officer):
    officer.visit("/")

    moves = officer.page.locator("canvas").evaluate_all(
        "(all) => all.map((one) => Chart.getChart(one).options.animation)"
    )

    assert moves == [False] * 6


def test_without_scripts_the_tables_are_there(site):
    plain = site.window("officer", java_script_enabled=False)
    plain.page.goto("/")

    assert plain.page.locator("#table-status a").first.is_visible()
    assert plain.page.locator("#tables-flow a").first.is_visible()
    assert not plain.page.locator("canvas").first.is_visible()


def test_each_picture_has_a_name_that_refers_to_its_table(officer):
    officer.visit("/")

    names = [canvas.get_attribute("aria-label") for canvas in officer.page.locator("canvas[role=img]").all()]

    assert names[0] == "By status, drawn as bars. The table below says the same."
    assert len({*names}) == officer.page.locator("canvas").count() == 6


def test_the_flow_scrolls_in_itself_on_a_small_screen(site):
    narrow = site.window("officer", viewport=NARROW)
    narrow.visit("/")

    flow = narrow.page.locator(".drawing:has(canvas[data-flow])")

    assert flow.evaluate("(element) => element.scrollWidth > element.clientWidth")
    assert narrow.page.evaluate(WIDTH) <= NARROW["width"] + 1


def test_the_trend_draws_a_line_for_each_column_within_the_policy_and_leads_on(officer):
    models.GapCount.objects.get_or_create(
        day="2026-01-31",
        defaults={"change_set": 1, "records": 1, "critical": 1, "serious": 2, "minor": 3, "accepted": 4},
    )
    complaints = officer.visit("/trend/")
    canvas = officer.page.locator("canvas[data-trend]")

    lines = canvas.evaluate(
        "(canvas) => Chart.getChart(canvas).data.datasets.map((line) => [line.label, line.data[0].y])"
    )
    canvas.click(position={"x": 45, "y": 100})
    officer.page.wait_for_url("**/reports/gaps/?as_at=2026-01-31")

    assert complaints == []
    assert lines == [["Critical", 1], ["Serious", 2], ["Minor", 3], ["Accepted", 4]]
