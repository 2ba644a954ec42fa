"""What a hasty hand does to a form."""

import pytest

from registry import models

pytestmark = pytest.mark.browser


def test_two_clicks_on_save_add_one_record(site):
    page = site.window("officer").page
    page.goto("/registry/processingactivity/add/")
    page.fill("#id_name", "Twice clicked")

    page.locator("input[name=_save]").scroll_into_view_if_needed()
    box = page.locator("input[name=_save]").bounding_box()
    with page.expect_navigation(url="**/processingactivity/"):
        for _click in range(2):
            page.mouse.click(box["x"] + 5, box["y"] + 5)
            page.wait_for_timeout(80)

    assert models.ProcessingActivity.objects.filter(name="Twice clicked").count() == 1
    assert page.locator("h1").inner_text() == "Processing activities"
