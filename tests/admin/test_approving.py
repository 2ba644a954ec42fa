"""Whoever approves a record sees first what is open in it: nothing forbids it, and the history keeps what it was."""

import html
import json
import re

import pytest
from django.urls import reverse

from registry import models
from registry.versioning.writing import change_set
from tests import factories
from tests.admin.activity_forms import ADD, CHANGE, add, save, shown_data

pytestmark = pytest.mark.django_db

SEEN = re.compile(r'name="seen_gap" value="([^"]*)"')


@pytest.fixture
def draft(client):
    """A record with gaps, as the officer finds it."""
    client.force_login(factories.user(username="ines", is_superuser=True))
    activity = factories.activity(factories.organisation(), name="Newsletter", status="in_review")
    factories.make(models.Purpose, activity=activity, text="Writing to subscribers")
    factories.make(models.ActivityDataCategory, activity=activity, stated_as="E-mail addresses")
    return activity


def status_of(activity):
    return models.ProcessingActivity.objects.get(pk=activity.pk).status


def confirmed(answer, **changes):
    """Return what the browser sends from the page that shows what is open, with its tick set."""
    seen = [html.unescape(value) for value in SEEN.findall(answer.content.decode())]
    return {**shown_data(answer, **changes), "seen_gap": seen, "seen_open": "on"}


def test_approving_shows_first_what_is_open_and_saves_nothing(client, draft):
    changes = models.ChangeSet.objects.count()

    answer = save(client, draft, status="approved", description="Sent every month.")

    assert answer.status_code == 200
    page = answer.content.decode()
    assert "Not approved yet: look first at what is open." in page
    critical = answer.context["what_is_open"].critical
    assert critical
    assert [one.gap.what for one in critical if one.gap.what not in page.replace("&quot;", '"')] == []
    assert 'name="seen_open"' in page
    assert "Sent every month." in page
    assert (status_of(draft), models.ChangeSet.objects.count()) == ("in_review", changes)


def test_who_says_that_she_has_seen_it_approves_and_the_change_keeps_what_was_open(client, draft):
    shown = save(client, draft, status="approved")
    sentences = [one.gap.what for one in shown.context["what_is_open"].critical]
    counts = {code: number for code, _shape, number, _word in shown.context["what_is_open"].counts}

    answer = client.post(reverse(CHANGE, args=[draft.pk]), confirmed(shown))

    assert answer.status_code == 302
    assert status_of(draft) == "approved"
    last = models.ChangeSet.objects.first()
    assert json.loads(last.details) == {"open_gaps": {**counts, "sentences": sentences}}
    for page in (
        reverse("admin:registry_changeset_change", args=[last.pk]),
        reverse("admin:registry_processingactivity_history", args=[draft.pk]),
    ):
        told = client.get(page).content.decode()
        assert "Approved with gaps that were open, and seen:" in told
        assert "open_gaps" not in told


def test_without_the_tick_it_is_asked_again(client, draft):
    shown = save(client, draft, status="approved")
    sent = confirmed(shown)
    del sent["seen_open"]

    answer = client.post(reverse(CHANGE, args=[draft.pk]), sent)

    assert "tick that you have seen what is open" in answer.content.decode()
    assert status_of(draft) == "in_review"


def test_what_has_come_since_is_shown_before_it_is_approved(client, draft):
    shown = save(client, draft, status="approved")
    sent = confirmed(shown)
    sent["seen_gap"] = sent["seen_gap"][1:]

    answer = client.post(reverse(CHANGE, args=[draft.pk]), sent)

    assert answer.context["what_is_open"].grave
    assert status_of(draft) == "in_review"


def test_what_the_form_itself_mends_is_not_shown(client, draft):
    shown = save(client, draft, status="approved")
    before = {one.gap.rule.id for one in shown.context["what_is_open"].grave}
    assert "purpose-missing" not in before

    answer = client.post(reverse(CHANGE, args=[draft.pk]), {**shown_data(shown), "purposes-0-DELETE": "on"})

    assert {one.gap.rule.id for one in answer.context["what_is_open"].grave} - before


def test_a_new_record_that_is_approved_at_once_is_shown_too_and_added_once(client, draft):
    shown = add(client, name="Payroll", status="approved")
    assert shown.context["what_is_open"].grave
    assert "was given the reference" not in shown.content.decode()
    assert models.ProcessingActivity.objects.count() == 1

    answer = client.post(reverse(ADD), confirmed(shown))

    assert answer.status_code == 302
    assert sorted(models.ProcessingActivity.objects.values_list("name", "status")) == [
        ("Newsletter", "in_review"),
        ("Payroll", "approved"),
    ]


def test_submitting_a_record_says_what_is_open_and_saves_it(client, draft):
    with change_set(reason="for a test"):
        draft.status = "draft"
        draft.save()

    answer = client.get(save(client, draft, status="in_review").url)

    assert "It goes into review with gaps that are open:" in answer.content.decode()
    assert status_of(draft) == "in_review"


def test_an_approved_record_is_changed_without_being_asked_again(client, draft):
    client.post(reverse(CHANGE, args=[draft.pk]), confirmed(save(client, draft, status="approved")))

    answer = save(client, draft, description="Sent every month.", change_reason="said better")

    assert answer.status_code == 302


@pytest.mark.parametrize("status", ["draft", "retired"])
def test_other_decisions_are_not_asked_about(client, draft, status):
    assert save(client, draft, status=status).status_code == 302
    assert status_of(draft) == status


def test_an_accepted_gap_is_not_in_the_way(client, draft):
    shown = save(client, draft, status="approved")
    with change_set(reason="for a test"):
        for one in shown.context["what_is_open"].grave:
            client.post(one.page, {"do": "accept", "reason": "known", "valid_until": "2027-01-31"})

    assert save(client, draft, status="approved").status_code == 302
    assert status_of(draft) == "approved"


@pytest.fixture
def approved_once(draft):
    """An approved version with gaps, of a record that went back into review since."""
    with change_set(reason="for a test"):
        draft.status = "approved"
        draft.save()
    with change_set(reason="for a test"):
        draft.status, draft.description = "in_review", "To be looked at"
        draft.save()
    return draft


def restoring(activity, **of):
    """Return where the last version of which this is true is brought back; unless told, the last approved one."""
    version = models.ProcessingActivity.history.filter(id=activity.pk, **(of or {"status": "approved"})).latest(
        "history_id"
    )
    return reverse("admin:registry_processingactivity_restore", args=[activity.pk, version.pk])


def test_an_approved_version_comes_back_only_when_what_is_open_was_seen(client, approved_once):
    address, before = restoring(approved_once), models.ChangeSet.objects.count()
    sent = {"change_reason": "It was right", "last_seen": client.get(address).context["plan"].last_version}

    shown = client.post(address, sent)

    page = shown.content.decode()
    assert "This version is approved, and the record isn’t." in page
    assert 'value="It was right"' in page
    assert (status_of(approved_once), models.ChangeSet.objects.count()) == ("in_review", before)
    sent["seen_gap"] = [html.unescape(value) for value in SEEN.findall(page)]
    assert "It isn’t restored: tick that you have seen what is open." in client.post(address, sent).content.decode()
    assert (status_of(approved_once), models.ChangeSet.objects.count()) == ("in_review", before)

    assert client.post(address, {**sent, "seen_open": "on"}).status_code == 302

    assert status_of(approved_once) == "approved"
    details = json.loads(models.ChangeSet.objects.first().details)
    assert sorted(details) == ["open_gaps", "restored_from"]
    assert details["open_gaps"]["sentences"] == [one.gap.what for one in shown.context["what_is_open"].critical]


def test_a_deleted_record_comes_back_approved_only_when_what_is_open_was_seen(client, approved_once):
    address, key = restoring(approved_once), approved_once.pk
    with change_set(reason="for a test"):
        approved_once.delete()
    sent = {"change_reason": "It is done again", "last_seen": client.get(address).context["plan"].last_version}

    shown = client.post(address, sent)

    assert shown.context["what_is_open"].grave
    assert not models.ProcessingActivity.objects.filter(pk=key).exists()
    sent |= {"seen_gap": shown.context["what_is_open"].to_be_seen, "seen_open": "on"}
    assert client.post(address, sent).status_code == 302
    assert models.ProcessingActivity.objects.get(pk=key).status == "approved"


def test_a_version_of_an_approved_record_comes_back_at_once(client, approved_once):
    with change_set(reason="for a test"):
        approved_once.status = "approved"
        approved_once.save()
    address = restoring(approved_once, description="")
    sent = {"change_reason": "It was right", "last_seen": client.get(address).context["plan"].last_version}

    assert client.post(address, sent).status_code == 302
    approved_once.refresh_from_db()
    assert (approved_once.status, approved_once.description) == ("approved", "")
