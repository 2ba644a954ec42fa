"""Histories from their beginning: empty, short, and cut off at the end."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from registry import models
from registry.versioning.verifying import verify
from registry.versioning.writing import change_set
from tests import factories
from tests.versioning.tampering import remove, tampering, what_the_script_says

pytestmark = pytest.mark.django_db


def test_an_empty_history_holds(tmp_path):
    assert verify().as_json() == {"holds": True, "change_sets": 0, "versions": 0, "head": "", "fault": None}
    assert what_the_script_says(tmp_path) == ""


def test_an_object_created_and_deleted_in_one_change_set_leaves_nothing(tmp_path):
    with change_set():
        models.Recipient.objects.create(name="short-lived").delete()

    assert verify().as_json() == {"holds": True, "change_sets": 0, "versions": 0, "head": "", "fault": None}


def test_the_number_of_queries_does_not_grow_with_the_history():
    def queries():
        with CaptureQueriesContext(connection) as captured:
            assert verify().fault is None
        return len(captured)

    organisation = factories.organisation()
    activity = factories.activity(organisation)
    few = queries()
    for number in range(20):
        with change_set():
            activity.description = str(number)
            activity.save()

    assert queries() == few


def test_a_tail_cut_off_shows_by_a_head_that_was_seen_before(tmp_path):
    first = factories.organisation(name="Quince")
    factories.organisation(name="Second")
    head = verify().head
    with tampering():
        remove(2)
        connection.cursor().execute("DELETE FROM registry_organisation WHERE id <> %s", [first.pk])

        assert verify().fault is None
        assert what_the_script_says(tmp_path) == ""
        assert (verify(head).fault.kind, verify(head[:12] + "…").fault.kind) == ("gone", "gone")
        assert what_the_script_says(tmp_path, head) == (
            f"The head {head} was seen before and is gone: the history was cut or written anew."
        )
