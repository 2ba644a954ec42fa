import json

import pytest
from django.contrib.auth import get_user_model
from django.urls import reverse

from registry import models
from registry.admin import undoing
from registry.versioning.writing import change_set
from tests import factories
from tests.admin import screens
from tests.admin.test_spreadsheet_import import address, apply, page_of, said, uploaded

pytestmark = pytest.mark.django_db

ONE, TWO, THREE = (("ABC"[n], f"Number {n}", "Controller", "", "") for n in range(3))


@pytest.fixture
def organisation():
    return factories.organisation(name="Ours")


@pytest.fixture
def officer():
    return screens.officer(username="officer", first_name="Olga", last_name="Officer")


@pytest.fixture
def client(officer):
    return screens.client_of(officer)


@pytest.fixture
def found(client, organisation):
    """An applied import of three activities."""
    upload = uploaded(client, organisation, ONE, TWO, THREE)
    apply(client, upload)
    upload.refresh_from_db()
    return upload


def touch(reference):
    ane = get_user_model().objects.filter(username="ane").first() or factories.user(username="ane")
    with change_set(actor=ane, reason="A correction"):
        activity = models.ProcessingActivity.objects.get(reference=reference)
        activity.name = f"{activity.name}, corrected"
        activity.save()
    return activity


def undo(client, found, reason="The wrong file", **values):
    seen = client.get(address("undo", found)).context["plan"].head
    return client.post(address("undo", found), {"seen": seen, "change_reason": reason, **values}, follow=True)


def references():
    return list(models.ProcessingActivity.objects.order_by("reference").values_list("reference", flat=True))


def test_the_page_of_an_applied_import_leads_to_undoing_it(client, found):
    assert f'<a class="button" href="{address("undo", found)}">' in page_of(client, found).content.decode()


def test_undoing_is_one_change_set_that_refers_to_the_import_and_both_are_linked(client, found):
    response = undo(client, found)

    found.refresh_from_db()
    last = models.ChangeSet.objects.first()
    assert said(response) == ["Undone: 3 removed, 0 put back, 0 left as they are."]
    assert (found.state, found.undone_by, found.counts["left"]) == ("undone", last, 0)
    assert json.loads(last.details) == {
        "file": "register.csv",
        "sha256": found.sha256,
        "undoes": found.change_set_id,
    }
    assert (last.reason, last.actor.username) == ("The wrong file", "officer")
    text = " ".join(response.content.decode().split())
    assert "Applied, and undone since" in text
    assert reverse("admin:registry_changeset_change", args=[last.pk]) in text
    assert address("undo", found) not in text
    history = client.get(reverse("admin:registry_changeset_change", args=[last.pk])).content.decode()
    assert f'undoes <a href="{reverse("admin:registry_changeset_change", args=[found.change_set_id])}">' in history


def test_what_was_touched_since_is_shown_with_who_did_it_and_is_left_unless_she_says_otherwise(client, found):
    left, lost = touch("A"), touch("B")

    shown = client.get(address("undo", found))
    response = undo(client, found, **{f"fate-processingactivity-{lost.pk}": "undo"})

    assert [
        (one["name"], one["created"], [later.who for later in one["later"]]) for one in shown.context["touched"]
    ] == [
        ("Number 0, corrected", True, ["ane"]),
        ("Number 1, corrected", True, ["ane"]),
    ]
    assert reverse("admin:registry_processingactivity_history", args=[left.pk]) in shown.content.decode()
    assert said(response) == ["Undone: 2 removed, 0 put back, 1 left as they are."]
    assert references() == ["A"]


def test_what_was_changed_since_is_named(client, found):
    touch("B")

    shown = client.get(address("undo", found))

    assert [one["changed"] for one in shown.context["touched"]] == [["Name"]]
    assert "Says otherwise now: Name" in shown.content.decode()


def test_those_too_many_to_be_named_are_decided_together(client, found, monkeypatch):
    monkeypatch.setattr(undoing, "MOST", 1)
    for reference in "ABC":
        touch(reference)

    shown = client.get(address("undo", found))
    undo(client, found, others="undo")

    assert (len(shown.context["touched"]), shown.context["more_touched"]) == (1, 2)
    assert references() == ["A"]


def test_without_a_reason_nothing_is_undone_and_the_page_says_so(client, found):
    response = undo(client, found, reason="")

    assert "Say why the import is undone" in response.content.decode()
    assert references() == ["A", "B", "C"]


def test_after_the_register_has_moved_on_she_looks_again(client, found, organisation):
    seen = client.get(address("undo", found)).context["plan"].head
    touched = touch("A")
    values = {"seen": seen, "change_reason": "The wrong file", f"fate-processingactivity-{touched.pk}": "undo"}

    response = client.post(address("undo", found), values)

    assert "The register has changed since you looked" in response.content.decode()
    assert response.context["reason"] == "The wrong file"
    assert [one["undo"] for one in response.context["touched"]] == [True]
    assert references() == ["A", "B", "C"]


def test_a_second_undo_is_impossible(client, found):
    undo(client, found)
    before = models.ChangeSet.objects.count()

    response = client.post(address("undo", found), {"change_reason": "Again"}, follow=True)

    assert said(response) == ["This import was undone already."]
    assert models.ChangeSet.objects.count() == before


def test_undoing_twice_at_once_undoes_once(client, found, monkeypatch):
    plan = undoing.plan_undo

    def plan_while_the_other_undoes(number):
        models.Import.objects.filter(pk=found.pk).update(state="undone")
        return plan(number)

    client.get(address("undo", found))
    monkeypatch.setattr(undoing, "plan_undo", plan_while_the_other_undoes)
    values = {"change_reason": "Twice", "others": "undo", "seen": "x"}
    response = client.post(address("undo", found), values)

    assert "This import was undone already." in response.content.decode()
    assert references() == ["A", "B", "C"]


def test_what_was_never_applied_cannot_be_undone(client, organisation):
    waiting = uploaded(client, organisation, ONE)

    assert client.get(address("undo", waiting)).status_code == 404


def test_an_auditor_undoes_nothing_and_sees_what_was_undone(client, found):
    auditor = screens.client_of(screens.auditor())

    answers = [
        auditor.get(address("undo", found)).status_code,
        auditor.post(address("undo", found), {"change_reason": "x"}).status_code,
        address("undo", found) in page_of(auditor, found).content.decode(),
    ]
    undo(client, found)

    assert answers == [403, 403, False]
    assert "Applied, and undone since" in page_of(auditor, found).content.decode()
