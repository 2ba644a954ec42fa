"""The owner of an activity, twice a year: she reads everything, and changes what is hers."""

from datetime import date

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse

from registry import models
from registry.roles import ACTIVITY_OWNER, AUDITOR
from registry.versioning.writing import change_set
from tests import factories
from tests.admin.activity_forms import CHANGE, LIST, new_row, save, shown_data

pytestmark = pytest.mark.django_db


@pytest.fixture
def owner(client):
    account = factories.user(username="mara")
    account.groups.add(Group.objects.get(name=ACTIVITY_OWNER))
    client.force_login(account)
    return account


@pytest.fixture
def mine(owner):
    activity = factories.activity(factories.organisation(), name="Newsletter", owner=owner, status="approved")
    factories.make(models.Purpose, activity=activity, text="Writing to subscribers")
    return activity


def reread(activity):
    return models.ProcessingActivity.objects.get(pk=activity.pk)


def test_an_owner_corrects_her_own_activity_with_its_rows(client, owner, mine):
    rows = {
        name.replace("-", "__"): value for name, value in new_row("purposes", 1, text="Counting who reads it").items()
    }

    answer = save(client, mine, description="Sent every month.", change_reason="Half-yearly look", **rows)

    assert answer.status_code == 302
    assert reread(mine).description == "Sent every month."
    assert [one.text for one in reread(mine).purposes.all()] == ["Writing to subscribers", "Counting who reads it"]
    last = models.ChangeSet.objects.first()
    assert (last.actor, last.reason) == (owner, "Half-yearly look")


def test_a_change_of_her_approved_activity_asks_for_a_reason(client, mine):
    answer = save(client, mine, description="Sent every month.")

    assert answer.status_code == 200
    assert reread(mine).description == ""


@pytest.mark.parametrize(
    ("field", "value"),
    [("status", "retired"), ("reference", "X-1"), ("is_public", "on"), ("owner", ""), ("dpo_remark", "fine")],
)
def test_what_officers_decide_she_only_reads(client, mine, field, value):
    before = reread(mine)
    sent = shown_data(client.get(reverse(CHANGE, args=[mine.pk])))
    assert field not in sent

    answer = client.post(
        reverse(CHANGE, args=[mine.pk]), {**sent, field: value, "description": "New", "change_reason": "x"}
    )

    assert answer.status_code == 302
    assert reread(mine).description == "New"
    assert getattr(reread(mine), field) == getattr(before, field)


def test_she_reads_what_is_not_hers_and_changes_none_of_it(client, owner, mine):
    other = factories.activity(mine.organisation, name="Payroll", owner=factories.user())
    purpose = factories.make(models.Purpose, activity=other, text="Paying wages")
    page = client.get(reverse(CHANGE, args=[other.pk]))
    assert page.status_code == 200
    assert "_save" not in page.content.decode()

    sent = {**shown_data(client.get(reverse(CHANGE, args=[mine.pk]))), "description": "Mine now", "change_reason": "x"}
    answer = client.post(reverse(CHANGE, args=[other.pk]), sent)

    assert answer.status_code == 403
    assert reread(other).description == ""
    assert models.Purpose.objects.get(pk=purpose.pk).text == "Paying wages"


def test_an_activity_that_was_given_to_somebody_else_meanwhile_is_not_hers_any_more(client, mine):
    sent = {**shown_data(client.get(reverse(CHANGE, args=[mine.pk]))), "description": "Too late", "change_reason": "x"}
    with change_set(reason="for a test"):
        mine.owner = factories.user()
        mine.save()

    assert client.post(reverse(CHANGE, args=[mine.pk]), sent).status_code == 403
    assert reread(mine).description == ""


def test_somebody_elses_change_is_not_overwritten(client, mine):
    sent = shown_data(client.get(reverse(CHANGE, args=[mine.pk])))
    with change_set(reason="for a test"):
        mine.contact = "The officer's hint"
        mine.save()

    client.post(reverse(CHANGE, args=[mine.pk]), {**sent, "description": "Mine", "change_reason": "x"})

    assert reread(mine).contact == "The officer's hint"


@pytest.mark.parametrize("page", ["add", "delete"])
def test_she_adds_and_deletes_nothing(client, mine, page):
    arguments = [mine.pk] if page == "delete" else []

    answer = client.post(reverse(f"admin:registry_processingactivity_{page}", args=arguments), {"post": "yes"})

    assert answer.status_code == 403
    assert reread(mine)


def test_the_list_leads_her_to_everything_and_changes_nothing(client, mine):
    page = client.get(reverse(LIST))

    assert page.status_code == 200
    assert "Newsletter" in page.content.decode()


def test_owning_alone_opens_nothing(client):
    account = factories.user()
    account.groups.add(Group.objects.get(name=AUDITOR))
    client.force_login(account)
    activity = factories.activity(factories.organisation(), owner=account)
    sent = {"name": "Changed", "change_reason": "x"}

    assert client.post(reverse(CHANGE, args=[activity.pk]), sent).status_code == 403
    assert reread(activity).name != "Changed"


def test_an_earlier_version_that_she_restores_leaves_what_officers_decide(client, mine):
    with change_set(reason="for a test"):
        mine.status, mine.description, mine.reference = "in_review", "Later words", "N-2"
        mine.save()
    first = models.ProcessingActivity.history.filter(id=mine.pk).order_by("history_id").first()

    answer = client.post(
        reverse("admin:registry_processingactivity_restore", args=[mine.pk, first.pk]), {"change_reason": "back"}
    )

    assert answer.status_code == 302
    assert (reread(mine).description, reread(mine).status, reread(mine).reference) == ("", "in_review", "N-2")


def of_owners():
    return models.ChangeConsequence.objects.filter(key="changed-by-owner")


def test_what_she_changes_in_an_approved_record_waits_for_an_officer(client, owner, mine):
    answer = client.get(save(client, mine, description="Sent every month.", change_reason="Half-yearly look").url)
    assert "The privacy officers are told that you changed it." in answer.content.decode()
    save(client, mine, description="Sent every week.", change_reason="And again")

    client.force_login(factories.user(is_superuser=True))
    line = of_owners().get()
    assert (line.key, line.names, line.record_key, line.settlement) == ("changed-by-owner", "mara", mine.pk, "open")
    narrowed = f"{reverse(LIST)}?changed-by-owner=yes"
    assert f'href="{narrowed}"' in client.get(reverse("admin:index")).content.decode()
    assert [one.pk for one in client.get(narrowed).context["cl"].result_list] == [mine.pk]

    first = models.ProcessingActivity.history.filter(id=mine.pk, description="").order_by("-history_id").first()
    comparison = f"{reverse('admin:registry_processingactivity_compare', args=[mine.pk])}?old={first.pk}"
    for page in (
        reverse(CHANGE, args=[mine.pk]),
        reverse("admin:consequence", args=[line.pk]),
        reverse("admin:consequences"),
    ):
        assert f'href="{comparison}"' in client.get(page).content.decode()
    compared = client.get(comparison).content.decode()
    assert "Sent every week." in compared
    assert "Sent every month." not in compared


def settle(client, mine):
    line = of_owners().get()
    client.post(
        reverse("admin:consequence", args=[line.pk]),
        {"settlement": "done", "note": "Right", "due_on": line.due_on.isoformat()},
    )


def approve_again(client, mine):
    save(client, mine, status="in_review", change_reason="Let me see")
    sent = shown_data(save(client, mine, status="approved"))
    seen = client.post(reverse(CHANGE, args=[mine.pk]), sent).context["what_is_open"].to_be_seen
    client.post(reverse(CHANGE, args=[mine.pk]), {**sent, "seen_gap": seen, "seen_open": "on"})


@pytest.mark.parametrize("confirm", [settle, approve_again])
def test_an_officer_who_confirms_it_has_seen_to_it(client, mine, confirm):
    save(client, mine, description="Sent every month.", change_reason="Half-yearly look")
    client.force_login(factories.user(first_name="Ane", last_name="Dahl", is_superuser=True))

    confirm(client, mine)

    line = of_owners().get()
    assert (line.settlement, line.settled_by, reread(mine).status) == ("done", "Ane Dahl", "approved")
    assert list(client.get(f"{reverse(LIST)}?changed-by-owner=yes").context["cl"].result_list) == []


def test_what_an_officer_changes_waits_for_nobody_nor_does_a_draft_or_an_owners_look_that_found_all_right(
    client, owner, mine
):
    save(client, mine, change_reason="Looked at, and right", last_reviewed_on="2026-11-01", next_review_on="2027-05-01")
    assert reread(mine).next_review_on == date(2027, 5, 1)
    with change_set(reason="for a test"):
        mine.status = "draft"
        mine.save()
    save(client, mine, description="Sent every month.")
    with change_set(reason="for a test", actor=factories.user(is_superuser=True)):
        mine.status, mine.description = "approved", "Sent every week."
        mine.save()

    assert not of_owners().exists()


def test_the_owner_is_not_told_to_look_at_what_she_changed_herself(owner, mine, client):
    save(client, mine, description="Sent every month.", change_reason="Half-yearly look")

    (line,) = of_owners()
    assert line in models.ChangeConsequence.still_open()
    assert line not in models.ChangeConsequence.still_open(owner)
