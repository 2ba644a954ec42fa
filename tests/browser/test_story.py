"""The story of an officer's day, and of an auditor's, by hand: through the pages, with nothing but what they show."""

import re

import pytest

from registry import models
from tests.browser import pages
from tests.imports.tables import as_csv

pytestmark = pytest.mark.browser

ORGANISATION = "Quillbrook & Wren Retail Limited"
WRITING = (
    "main input[type=submit]:not([value=Go]):not([value=Search]), main a.addlink, main .add-row, main a.deletelink, "
    "a[href$='/add/'], main a[href$='/import/']:not([href='/registry/import/']), main textarea, main input[type=text]:not(#searchbar), main button.move"
)
"""Whatever looks like writing: buttons that save, links that add, import and delete, and fields to type in."""

HEADINGS = ["Reference", "Name", "Our role", "Purposes", "Began on"]
WRONG = as_csv(HEADINGS, ["TALE-1", "Gift cards", "Controller", "Selling gift cards", "2026-02-31"])
RIGHT = as_csv(HEADINGS, ["TALE-1", "Gift cards", "Controller", "Selling gift cards", "2026-02-28"])


@pytest.fixture
def officer(site):
    return site.window("officer").page


@pytest.fixture
def auditor(site):
    return site.window("auditor").page


def messages(page):
    return page.locator(".messagelist li").all_inner_texts()


def head():
    return models.ChangeSet.objects.latest("pk")


def pick(page, row, words):
    """Choose, in the first picker of a row, the entry that is found by some words."""
    row.locator("[role=combobox]").first.click()
    page.locator(".select2-search__field").last.fill(words)
    page.locator(".select2-results__option", has_text=words).first.click()


def upload(page, content):
    page.goto("/registry/import/add/")
    page.set_input_files("#id_file", {"name": "tale.csv", "mimeType": "text/csv", "buffer": content})
    page.select_option("#id_organisation", label=ORGANISATION)
    page.check("input[name=blank_cell][value=leave]")
    with page.expect_navigation():
        page.click("input[value='Read the file']")


def submit(page, button):
    with page.expect_navigation():
        page.click(f"input[name={button}]")


def downloaded(page, link):
    with page.expect_download() as download:
        link.click()
    return download.value.suggested_filename, download.value.path().read_bytes()


def test_the_officer_logs_in_with_the_printed_account_and_finds_the_register(site, password):
    count = models.ProcessingActivity.objects.count()
    page = site.window().page
    page.goto("/")
    page.fill("#id_username", "officer")
    page.fill("#id_password", password)
    page.click("#login-form [type=submit]")

    page.locator("#site-nav").get_by_role("link", name="Processing activities").click()

    assert page.locator("h1").inner_text() == "Processing activities"
    assert f"{count} processing activities" in page.locator(".paginator").inner_text()


def test_a_wrong_password_is_answered_in_words(site):
    page = site.window().page
    page.goto("/login/")
    page.fill("#id_username", "officer")
    page.fill("#id_password", "a guess")
    page.click("#login-form [type=submit]")

    assert "correct username and password" in page.locator(".errornote").inner_text()


def test_a_word_with_an_apostrophe_is_found_in_the_purposes(officer):
    purpose = models.Purpose.objects.filter(text__regex="[a-z]'[a-z]").earliest("pk")
    word = re.search("[a-z]+'[a-z]+", purpose.text)[0]
    officer.goto(pages.LIST)

    officer.fill("#searchbar", word)
    with officer.expect_navigation():
        officer.press("#searchbar", "Enter")

    found = officer.locator("#result_list tbody .field-reference").all_inner_texts()
    assert purpose.activity.reference in found
    assert len(found) < models.ProcessingActivity.objects.count()


def test_a_changed_purpose_and_a_new_recipient_are_one_change_set_with_its_reason(officer):
    activity = pages.full_activity()
    before, count = head(), activity.recipients.count()
    new = models.Recipient.objects.exclude(pk__in=activity.recipients.values("recipient")).latest("pk")
    officer.goto(f"{pages.LIST}{activity.pk}/change/")

    officer.fill("#id_purposes-0-text", "Telling customers' wishes apart")
    officer.click("#recipients-group .add-row a")
    pick(officer, officer.locator(f"#recipients-{count}"), new.name)
    officer.fill("#id_change_reason", "Asked by the shop's manager")
    submit(officer, "_continue")

    made = models.ChangeSet.objects.filter(pk__gt=before.pk)
    assert [(one.actor_name, one.channel, one.reason) for one in made] == [
        ("officer", "screen", "Asked by the shop's manager")
    ]
    assert activity.history.filter(change_set=made[0]).count() == 1
    assert activity.purposes.first().text == "Telling customers' wishes apart"
    assert [row.recipient for row in activity.recipients.all()][count:] == [new]
    required, saved = messages(officer)
    assert (required.startswith("This change requires"), "was changed successfully" in saved) == (True, True)


def test_what_was_typed_is_kept_when_something_else_is_wrong(officer):
    activity = pages.full_activity()
    before, count = head(), activity.purposes.count()
    officer.goto(f"{pages.LIST}{activity.pk}/change/")

    officer.fill("#id_name", "")
    officer.fill("#id_description", "Typed with care, and at length.")
    officer.click("#purposes-group .add-row a")
    officer.fill(f"#id_purposes-{count}-text", "A further purpose")
    officer.fill("#id_change_reason", "A good reason")
    submit(officer, "_save")

    values = [
        officer.input_value(place)
        for place in ("#id_name", "#id_description", f"#id_purposes-{count}-text", "#id_change_reason")
    ]
    assert values == ["", "Typed with care, and at length.", "A further purpose", "A good reason"]
    assert officer.locator(".error-summary a").count() == 1
    assert head() == before


def test_leaving_a_page_with_unsaved_changes_asks_first(officer):
    asked = []
    officer.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    officer.goto(f"{pages.LIST}{pages.full_activity().pk}/change/")
    officer.click("#id_description")
    officer.keyboard.type("Half a ")

    officer.locator("#site-nav").get_by_role("link", name="Processing activities").click()
    officer.wait_for_url(f"**{pages.LIST}")

    assert asked == ["beforeunload"]


def test_a_spreadsheet_with_an_error_is_corrected_and_imported(officer):
    before, count = head(), models.ProcessingActivity.objects.count()

    upload(officer, WRONG)
    said = officer.locator(".import-problems li.severity-error").first.inner_text()
    may_apply = officer.locator("input[value=Apply]").is_enabled()
    untouched = head()
    upload(officer, RIGHT)
    preview = officer.locator("#rows").inner_text()
    officer.fill("#id_change_reason", "Gift cards are sold since February")
    with officer.expect_navigation():
        officer.click("input[value=Apply]")

    assert [text in said for text in ("2026-02-31", "E2", "Began on")] == [True, True, True], said
    assert (may_apply, untouched) == (False, before)
    assert "Gift cards" in preview
    assert (head().pk, head().reason) == (before.pk + 1, "Gift cards are sold since February")
    assert models.ProcessingActivity.objects.count() == count + 1
    assert messages(officer) == ["Imported: 1 new, 0 changed, 0 unchanged. Go to the activities"]

    officer.click(".messagelist a")
    officer.fill("#searchbar", "TALE-1")
    with officer.expect_navigation():
        officer.press("#searchbar", "Enter")
    assert officer.locator("#result_list .field-name").all_inner_texts() == ["Gift cards"]


@pytest.mark.parametrize("reader", ["officer", "auditor"])
@pytest.mark.parametrize(("label", "begins"), [("PDF", b"%PDF-1."), ("CSV", b"\xef\xbb\xbf")])
def test_the_register_is_downloaded_from_the_list(site, reader, label, begins):
    page = site.window(reader).page
    page.goto(pages.LIST)

    name, content = downloaded(page, page.locator(".object-tools a", has_text=label))

    assert name.endswith(f".{label.lower()}")
    assert content.startswith(begins)
    assert len(content) > 10_000


def test_one_record_is_downloaded_from_its_page(auditor):
    activity = pages.full_activity()
    auditor.goto(f"{pages.LIST}{activity.pk}/change/")

    name, content = downloaded(auditor, auditor.get_by_role("link", name="Download PDF"))

    assert (name.endswith(".pdf"), content[:5]) == (True, b"%PDF-")


def test_an_auditor_reads_and_is_offered_nothing_that_writes(auditor):
    activity = pages.full_activity()
    offered = {}

    for address in ("/", pages.LIST, f"{pages.LIST}{activity.pk}/change/", "/registry/recipient/", "/registry/import/"):
        auditor.goto(address)
        writing = auditor.locator(WRITING)
        offered[address] = [
            element.evaluate("(element) => element.outerHTML") for element in writing.all() if element.is_visible()
        ]
        assert auditor.locator("h1").first.is_visible()

    assert {address: found for address, found in offered.items() if found} == {}


def test_what_an_officer_is_offered_to_write_with_is_what_that_test_looks_for(officer):
    offered = []
    for address in (pages.LIST, f"{pages.LIST}{pages.full_activity().pk}/change/", "/registry/recipient/"):
        officer.goto(address)
        offered.append(officer.locator(WRITING).count() > 0)

    assert offered == [True, True, True]


def test_addresses_that_an_auditor_guesses_are_refused(auditor):
    activity = pages.full_activity()
    guesses = [
        pages.ADD,
        f"{pages.LIST}{activity.pk}/delete/",
        "/registry/import/add/",
        "/registry/recipient/add/",
        pages.RECIPIENT_IMPORT,
        "/auth/user/",
    ]

    answers = [auditor.goto(address).status for address in guesses]

    assert answers == [403] * len(guesses)
    assert auditor.locator("h1").inner_text() == "You may not do this"
