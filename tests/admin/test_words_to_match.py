import pytest
from django.urls import reverse

from registry import models
from registry.versioning.writing import change_set
from tests import factories
from tests.admin import screens
from tests.admin.test_spreadsheet_import import said

pytestmark = pytest.mark.django_db

MATCH = "admin:registry_import_match"


@pytest.fixture
def client():
    return screens.client_of(screens.officer(username="officer"))


@pytest.fixture
def words():
    """Two records that say the same, and something else."""
    organisation = factories.organisation(name="Ours")
    with change_set(reason="for a test"):
        for reference, others in (("A", "Staff"), ("B", "Kunden")):
            activity = models.ProcessingActivity.objects.create(
                organisation=organisation, name=reference, reference=reference
            )
            activity.data_subjects.create(stated_as="Guests")
            activity.data_subjects.create(stated_as=others, position=1)
    return organisation


def form(client, query=""):
    lines = client.get(reverse(MATCH) + query).context["lines"]
    inputs = {}
    for line in lines:
        inputs |= {f"words-{line['number']}": line["words"], f"list-{line['number']}": line["model"]}
    return inputs


def send(client, query="", **values):
    return client.post(reverse(MATCH) + query, {**form(client, query), **values}, follow=True)


def test_the_words_are_shown_with_suggestions_and_limited_by_what_she_asks_for(client, words):
    factories.make(models.DataSubjectCategory, name="Kunde")

    lines = client.get(reverse(MATCH)).context["lines"]

    assert [(line["words"], line["count"], [one["name"] for one in line["suggested"]]) for line in lines] == [
        ("Guests", 2, []),
        ("Kunden", 1, ["Kunde"]),
        ("Staff", 1, []),
    ]
    for query, shown in (("?q=sta", ["Staff"]), ("?list=Recipient", []), (f"?organisation={words.pk}&q=k", ["Kunden"])):
        assert [line["words"] for line in client.get(reverse(MATCH) + query).context["lines"]] == shown


def test_decisions_are_carried_out_in_one_change_set_with_its_reason(client, words):
    response = send(client, **{"term-0": "create", "term-2": "words", "change_reason": "Spring cleaning"})

    last = models.ChangeSet.objects.first()
    assert said(response) == [f"Matched in 2 places, by change set #{last.sequence}."]
    assert (last.reason, last.actor.username, last.channel) == ("Spring cleaning", "officer", "screen")
    assert [line["words"] for line in response.context["lines"]] == ["Kunden"]
    assert [line["words"] for line in client.get(reverse(MATCH) + "?settled=1").context["lines"]] == ["Staff"]


def test_an_entry_is_chosen_by_its_name_or_told_that_there_is_none(client, words):
    entry = factories.make(models.DataSubjectCategory, name="Visitors")

    refused = send(client, **{"term-0": "other", "written-0": "Nobody", "term-1": "create"})
    done = send(client, **{"term-0": "other", "written-0": "visitors"})

    assert refused.context["refusals"] == [
        "There is no entry “Nobody” among Categories of data subjects. Choose one from the list, or add it first."
    ]
    assert said(done)[0].startswith("Matched in 2 places")
    assert models.ActivityDataSubject.objects.filter(category=entry).count() == 2


def test_deciding_nothing_changes_nothing(client, words):
    before = models.ChangeSet.objects.count()

    answers = [said(send(client)), said(send(client, **{"term-0": "words"}))]

    assert answers == [["Nothing was decided."], ["Decided: they stay words, and are not asked about again."]]
    assert models.ChangeSet.objects.count() == before


def test_an_entry_that_is_gone_is_told(client, words):
    response = send(client, **{"term-0": "999999"})

    assert response.context["refusals"] == ["The entry that was chosen is gone. Choose another one."]


def test_forged_lists_and_numbers_are_passed_over(client, words):
    forged = {"words-x": "Guests", "words-7": "Guests", "list-7": "User", "term-7": "create"}

    assert said(client.post(reverse(MATCH), forged, follow=True)) == ["Nothing was decided."]


def test_an_auditor_sees_the_words_and_decides_nothing(words):
    auditor = screens.client_of(screens.auditor())

    shown = auditor.get(reverse(MATCH))
    refused = auditor.post(reverse(MATCH), {"words-0": "Guests", "list-0": "DataSubjectCategory", "term-0": "create"})

    assert ("Guests" in shown.content.decode(), 'type="radio"' in shown.content.decode()) == (True, False)
    assert (refused.status_code, models.DataSubjectCategory.objects.count()) == (403, 0)


def test_who_may_not_see_the_register_sees_no_words(words):
    assert screens.client_of(factories.user()).get(reverse(MATCH)).status_code == 403


def test_an_empty_page_says_why(client):
    assert "Everything on the records" in client.get(reverse(MATCH)).content.decode()
