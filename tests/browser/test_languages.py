"""Screens in another language: chosen by keyboard, within the policy, and without overhang."""

import pytest

from tests.browser.chromium import NARROW, SMALLEST, WIDE
from tests.browser.test_accessibility import MAIN

pytestmark = pytest.mark.browser

WIDTH = "document.documentElement.scrollWidth"


def test_a_language_is_chosen_by_keyboard_and_stays(site):
    window = site.window("officer", locale="en-GB")
    window.visit("/deadlines/")

    window.page.locator(".languages summary").press("Enter")
    window.page.locator(".languages [lang=de]").press("Enter")
    window.page.wait_for_url("**/deadlines/")

    assert window.complaints() == []
    assert window.page.locator("h1").inner_text() == "Fristen"
    window.visit("/gaps/")
    assert window.page.locator("html").get_attribute("lang") == "de"


@pytest.mark.parametrize("viewport", [WIDE, NARROW, SMALLEST], ids=["wide", "narrow", "smallest"])
def test_no_page_scrolls_sideways_or_complains_in_german(site, viewport):
    window = site.window("officer", locale="de-DE", viewport=viewport)

    found = {}
    for name, address in MAIN.items():
        complaints = window.visit(address())
        found[name] = (complaints, window.page.evaluate(WIDTH) <= viewport["width"] + 1)

    assert {name: said for name, said in found.items() if said != ([], True)} == {}


@pytest.mark.parametrize("address", ["/registry/segment/", "/registry/consentmechanism/"])
def test_headings_of_lists_and_their_filters_are_in_the_language_of_the_reader(site, address):
    window = site.window("officer", locale="de-DE")
    window.visit(address)

    said = window.page.locator("thead th .text, #changelist-filter summary").all_inner_texts()

    assert [text for text in said if text.startswith(("Consent", "Next", "People", "Segment "))] == []
