"""On a telephone's screen no page scrolls sideways as a whole, and what one needs first is there."""

import pytest

from tests.browser import pages
from tests.browser.chromium import NARROW, WIDE
from tests.browser.test_accessibility import FURTHER, MAIN

pytestmark = pytest.mark.browser

WIDTH = "document.documentElement.scrollWidth"
EVERYWHERE = {**MAIN, **FURTHER}


@pytest.fixture(scope="module")
def narrow(site):
    return site.window("admin", viewport=NARROW, is_mobile=True, has_touch=True)


def test_an_overhang_is_noticed(narrow):
    narrow.visit("/")

    narrow.page.evaluate("document.querySelector('#content').insertAdjacentHTML('beforeend', '<hr id=far width=900>')")

    assert narrow.page.evaluate(WIDTH) > 900


@pytest.mark.parametrize("name", EVERYWHERE)
def test_no_page_scrolls_sideways_on_a_small_screen(narrow, name):
    narrow.visit(EVERYWHERE[name](), status=404 if name == "no such page" else 200)

    assert narrow.page.evaluate(WIDTH) <= NARROW["width"] + 1


@pytest.mark.parametrize("size", [NARROW, WIDE], ids=["narrow", "wide"])
@pytest.mark.parametrize(
    ("name", "places"),
    [
        ("overview", "#user-tools .who, .changes li"),
        ("record", "#user-tools .who, div.breadcrumbs, #content h1, .gaps a, .gaps .article"),
        ("history of a record", "div.breadcrumbs a"),
        ("deleting a record", "div.breadcrumbs a, #deleted-objects a"),
        ("gaps", ".gap-table tbody th a"),
        ("reports", ".reports table th[scope=row]"),
    ],
)
def test_a_name_of_two_hundred_letters_without_a_space_makes_no_page_scroll_sideways(site, name, places, size):
    window = site.window("admin", viewport=size)
    window.visit(EVERYWHERE[name]())

    window.page.eval_on_selector_all(
        places, "(found) => found.forEach((one) => { one.textContent = 'w'.repeat(200); })"
    )

    assert window.page.locator(places).count() > 0
    assert window.page.evaluate(WIDTH) <= size["width"] + 1


def test_logging_in_fits_a_small_screen(site):
    stranger = site.window(viewport=NARROW)
    stranger.visit("/login/")

    assert stranger.page.evaluate(WIDTH) <= NARROW["width"] + 1
    assert stranger.page.locator("#login-form [type=submit]").bounding_box()["y"] < NARROW["height"]


def test_the_menu_opens_and_closes_by_keyboard_on_a_small_screen(narrow):
    narrow.visit("/")
    menu, button = narrow.page.locator("#site-nav"), narrow.page.locator("#menu-button")

    hidden = menu.is_hidden()
    button.press("Enter")
    opened = menu.is_visible()
    narrow.page.keyboard.press("Escape")

    assert (hidden, opened, menu.is_hidden()) == (True, True, True)
    assert button.evaluate("(element) => element === document.activeElement")


def test_the_first_records_are_on_the_first_screen(site):
    wide = site.window("officer", viewport=WIDE)
    wide.visit(pages.LIST)

    rows = wide.page.locator("#result_list tbody tr")

    assert rows.nth(4).bounding_box()["y"] < WIDE["height"]


def test_a_new_record_begins_at_the_top_of_a_small_screen(narrow):
    narrow.visit(pages.ADD)

    assert narrow.page.evaluate("document.activeElement.id") == "id_organisation"
    assert narrow.page.evaluate("window.scrollY") == 0
    assert narrow.page.locator("#id_organisation").bounding_box()["y"] < NARROW["height"]


@pytest.mark.parametrize("width", [1110, WIDE["width"], 1600])
def test_the_buttons_of_a_record_leave_its_name_alone(site, width):
    wide = site.window("officer", viewport={"width": width, "height": 800})
    wide.visit(f"{pages.LIST}{pages.full_activity().pk}/change/")

    name, buttons = wide.page.locator("#content > h1"), wide.page.locator("#content-main > .object-tools")
    below = name.bounding_box()["y"] + name.bounding_box()["height"]

    assert buttons.bounding_box()["y"] >= below


@pytest.mark.parametrize("locale", ["en-GB", "fr-FR", "de-DE"])
def test_no_column_of_the_list_is_cut_off_on_a_usual_screen(site, locale):
    wide = site.window("officer", viewport=WIDE, locale=locale)
    wide.visit(pages.LIST)

    results = wide.page.locator("#changelist-form .results")

    assert wide.page.locator("#site-nav").is_visible()
    assert results.evaluate("(element) => element.scrollWidth - element.clientWidth") <= 0


def test_filters_that_nobody_uses_are_folded_while_something_is_searched_for(narrow):
    narrow.visit("/registry/recipient/?q=a&kind__exact=processor")

    shown = narrow.page.locator("#changelist-filter details[open] summary").all_inner_texts()

    assert shown == ["Kind"]
