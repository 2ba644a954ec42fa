"""An import that approves records: the preview says which, the page of what was applied what is open in them."""

import html
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from registry import models
from registry.standing.approvals import approved_in, approved_with_gaps
from registry.standing.refresh import refresh
from registry.versioning.writing import change_set
from tests import factories
from tests.admin import screens
from tests.admin.test_spreadsheet_import import apply, page_of, uploaded
from tests.imports.tables import as_csv

pytestmark = pytest.mark.django_db


@pytest.fixture
def organisation():
    return factories.organisation(name="Ours", country="DE")


@pytest.fixture
def client():
    return screens.client_of(screens.officer())


def bring(client, organisation, *rows):
    return uploaded(client, organisation, data=as_csv(["Reference", "Name", "Status"], *rows))


def texts(response):
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", response.content.decode())).split())


def test_the_preview_names_the_records_that_it_would_approve(client, organisation):
    factories.activity(organisation, reference="A", name="Old", status="approved")
    found = bring(client, organisation, ["A", "Old", "Approved"], ["B", "New", "Approved"], ["C", "Draft", "Draft"])

    shown = page_of(client, found)

    assert found.counts["preview"]["approving"] == {"count": 1, "names": ["B New"]}
    assert "1 record would be approved by this, without anybody seeing first what is open in it." in texts(shown)


def test_a_preview_that_approves_nothing_says_nothing_of_it(client, organisation):
    found = bring(client, organisation, ["B", "New", "Draft"])

    assert "would be approved" not in texts(page_of(client, found))


def test_the_result_tells_what_is_open_in_what_was_approved_and_leads_to_it(client, organisation):
    factories.activity(organisation, reference="A", name="Old", status="approved")
    found = bring(client, organisation, ["A", "Older", "Approved"], ["B", "New", "Approved"], ["C", "Draft", "Draft"])

    shown = apply(client, found)

    found.refresh_from_db()
    assert "1 record was approved by this with critical or serious gaps:" in texts(shown)
    assert [activity.reference for activity in shown.context["approved"].named] == ["B"]
    address = f"{reverse('admin:gaps')}?approved_by={found.change_set_id}"
    assert address in shown.content.decode()
    gaps = client.get(address)
    assert {row.activity.reference for row, _ in gaps.context["rows"]} == {"B"}
    assert len(gaps.context["rows"]) == sum(count for _, _, count, _ in shown.context["approved_counts"])


def test_the_result_of_an_import_that_approved_nothing_says_nothing_of_it(client, organisation):
    shown = apply(client, bring(client, organisation, ["B", "New", "Draft"]))

    assert "approved" not in shown.context


def test_what_was_approved_is_told_in_a_fixed_number_of_queries(client, organisation):
    counted = []
    for some in (["B"], ["C", "D", "E"]):
        found = bring(client, organisation, *([one, f"New {one}", "Approved"] for one in some))
        apply(client, found)
        found.refresh_from_db()
        refresh()
        with CaptureQueriesContext(connection) as queries:
            told = approved_with_gaps(found.change_set_id)
        assert told.records == len(some)
        counted.append(len(queries))

    assert counted == [2, 2]


def test_a_record_that_was_approved_already_is_none_that_a_change_approved(organisation):
    one = factories.activity(organisation, name="Old", status="approved")
    with change_set(reason="renamed") as opened:
        one.name = "Older"
        one.save()

    assert list(approved_in(opened.sequence)) == []
    assert models.ProcessingActivity.objects.count() == 1


@pytest.mark.parametrize("number", ["x", "0", "-1", "99999999999999"])
def test_a_change_set_that_is_none_cannot_be_chosen(client, number):
    assert client.get(reverse("admin:gaps"), {"approved_by": number}).status_code == 400
