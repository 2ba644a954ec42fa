"""Two versions side by side."""

import pytest
from django.urls import reverse

from registry import models
from registry.versioning.writing import change_set
from tests import factories
from tests.admin import screens

pytestmark = pytest.mark.django_db


def compare(thing, **query):
    client = screens.client_of(screens.auditor())
    return client.get(reverse(f"admin:registry_{thing._meta.model_name}_compare", args=[thing.pk]), query)


def versions(thing):
    return list(thing.history.order_by("history_id").values_list("pk", flat=True))


def sides(rows):
    """Label, word and both sides of each row of the table: the text, with marks around what came or went."""
    marks = {"kept": "{}", "removed": "-{}-", "added": "+{}+"}
    return [
        (
            row.label,
            str(row.word),
            *(
                " / ".join("".join(marks[token.mark.value].format(token.text) for token in line) for line in cell.lines)
                for cell in row.cells
            ),
        )
        for row in rows
    ]


@pytest.fixture
def activity():
    recipient = factories.make(models.Recipient, name="Parcel service")
    organisation = factories.organisation(name="Fjord Foods AS")
    text = "What is needed for the delivery is kept until the warranty has ended, and is then "
    with change_set():
        activity = models.ProcessingActivity.objects.create(
            organisation=organisation, name="Orders", description=text + "erased", contact="Head of sales"
        )
        purposes = [
            models.Purpose.objects.create(activity=activity, text=text, position=place)
            for place, text in enumerate(["Delivering", "Billing", "Answering"])
        ]
        row = models.ActivityRecipient.objects.create(activity=activity, recipient=recipient, what_for="parcels")
    with change_set():
        recipient.name, recipient.country = "Parcel and letter service", "NO"
        recipient.save()
        organisation.name = "Fjord Foods of Norway AS"
        organisation.save()
    with change_set():
        activity.name, activity.description, activity.contact = "Web orders", text + "archived", ""
        activity.save()
        purposes[0].position = 5
        purposes[0].save()
        purposes[1].delete()
        models.Purpose.objects.create(activity=activity, text="Advertising", term="", position=9)
        row.what_for, row.disclosed_when = "", "on dispatch"
        row.save()
    return activity


def test_only_what_differs_is_shown_old_left_and_new_right(activity):
    answer = compare(activity)

    text = "What is needed for the delivery is kept until the warranty has ended, and is then"
    assert sides(answer.context["rows"]) == [
        ("Name", "changed", "-Orders-", "+Web orders+"),
        ("Description", "changed", f"{text}- erased-", f"{text}+ archived+"),
        ("Contact", "changed", "-Head of sales-", ""),
        ("Purposes", "moved", "3. Answering", "1. Answering"),
        ("Purposes", "added", "", "+Advertising+"),
        ("Purposes", "removed", "-Billing-", ""),
        (
            "Recipients",
            "changed",
            "Parcel service / What for: -parcels-",
            "Parcel and letter service / When: +on dispatch+",
        ),
    ]
    _, entry = answer.context["referred"]
    assert (entry["kind"], entry["name"]) == ("Recipient", "Parcel and letter service")
    assert sides(entry["rows"]) == [
        ("Name", "changed", "-Parcel service-", "+Parcel and letter service+"),
        ("Country", "changed", "", "+Norway+"),
    ]


def test_everything_is_shown_on_demand(activity):
    rows = sides(compare(activity, all="1").context["rows"])

    assert ("Organisation", "", "Fjord Foods AS", "Fjord Foods of Norway AS") in rows
    assert ("Purposes", "", "Delivering", "Delivering") in rows
    assert ("Security measures", "", "", "") in rows
    assert ("Name", "changed", "-Orders-", "+Web orders+") in rows
    assert len([row for row in rows if row[0] == "Recipients"]) == 1


def test_the_older_version_stands_left_however_they_are_chosen(activity):
    first, second = versions(activity)

    answers = [compare(activity, old=old, new=new) for old, new in ((first, second), (second, first), ("", ""))]

    assert [sides(answer.context["rows"])[0] for answer in answers] == [
        ("Name", "changed", "-Orders-", "+Web orders+")
    ] * 3
    assert {(answer.context["old_key"], answer.context["new_key"]) for answer in answers} == {(first, second)}


def test_a_version_does_not_differ_from_itself(activity):
    first, _ = versions(activity)

    answer = compare(activity, old=first, new=first)

    assert (answer.context["rows"], answer.context["referred"], answer.context["is_same"]) == ([], [], True)


def test_a_record_with_one_version_can_be_looked_at():
    activity = factories.activity(factories.organisation())

    assert compare(activity).context["is_same"] is True


def test_a_deletion_is_no_version_to_compare(activity):
    first, second = versions(activity)
    pk = activity.pk
    with change_set():
        activity.delete()
    activity.pk = pk

    answer = compare(activity)

    assert [choice["key"] for choice in answer.context["comparable"]] == [second, first]
    assert compare(activity, old=models.ProcessingActivity.history.filter(id=pk).first().pk).status_code == 404


@pytest.mark.parametrize("wanted", ["abc", "0", "999999"])
def test_a_version_that_is_not_there_is_not_found(activity, wanted):
    assert compare(activity, old=wanted).status_code == 404
