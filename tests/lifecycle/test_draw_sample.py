import json

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from registry import models
from registry.lifecycle import CannotDraw, candidates, draw_sample, redrawn
from registry.versioning.change_set import last_number
from registry.versioning.writing import change_set
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def organisation():
    return factories.organisation(name="Fjord Foods AS")


@pytest.fixture
def register(organisation):
    with change_set(reason="for a test"):
        return [
            models.ProcessingActivity.objects.create(
                organisation=organisation, reference=f"A-{number}", name=f"Activity {number}", status=status
            )
            for number, status in enumerate(["approved"] * 6 + ["draft"] * 3 + ["retired"], start=1)
        ]


@pytest.fixture
def audit(organisation, register):
    return factories.make(models.Audit, name="Yearly audit", organisation=organisation)


def draw(audit, **values):
    with change_set(reason="Sample"):
        return draw_sample(audit, **{"size": 3, "seed": "two words", "among": "in_use", **values})


def sampled(audit):
    return set(audit.activities.filter(is_sampled=True).values_list("activity__reference", flat=True))


def test_what_is_drawn_is_in_the_scope_and_how_is_noted(audit):
    before = last_number()

    drawn = draw(audit)

    audit.refresh_from_db()
    assert sampled(audit) == {one.reference for one in drawn}
    assert len(drawn) == 3
    assert (audit.sample_seed, audit.sample_of, audit.sample_among) == ("two words", 9, "in_use")
    assert audit.as_at_change_set == before
    assert redrawn(audit) is True
    said = json.loads(audit.history.latest("history_id").content)
    assert [row["is_sampled"] for row in said["activities"]] == [True] * 3


def test_the_sample_is_of_the_register_as_it_was_whatever_happens_later(audit, organisation, register):
    draw(audit)
    with change_set(reason="Later"):
        for number in range(40):
            models.ProcessingActivity.objects.create(
                organisation=organisation, reference=f"B-{number}", name=f"Later {number}"
            )
        models.ProcessingActivity.objects.filter(pk=register[0].pk).update(status="retired", reference="Z-9")

    audit.refresh_from_db()
    assert redrawn(audit) is True


def test_a_sample_that_was_changed_by_hand_is_noticed(audit, register):
    draw(audit)
    audit.refresh_from_db()
    row = audit.activities.first()
    with change_set(reason="Steered"):
        row.activity = next(one for one in register if one.reference not in sampled(audit))
        row.save()

    assert redrawn(audit) is False


def test_an_audit_without_a_sample_has_nothing_to_draw_again(audit):
    assert redrawn(audit) is None


def test_only_approved_ones_are_drawn_where_that_is_asked(audit):
    draw(audit, size=6, among="approved")

    assert sampled(audit) == {f"A-{number}" for number in range(1, 7)}


def test_an_audit_of_all_draws_from_all_whose_register_is_kept(audit, register):
    other = factories.organisation(name="Fjord Shops AS")
    partner = factories.organisation(name="Partner", is_own=False)
    factories.activity(other, reference="S-1")
    factories.activity(partner, reference="P-1")

    found = candidates(last_number(), organisation=None, among="in_use")

    assert {(one.organisation, one.reference) for one in found if one.reference[0] != "A"} == {
        ("Fjord Shops AS", "S-1")
    }
    assert len(found) == 10


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"seed": "  "}, "Name a seed"),
        ({"size": 0}, "There are 9 such activities"),
        ({"size": 10}, "There are 9 such activities"),
    ],
)
def test_what_cannot_be_drawn_is_said_and_nothing_is_written(audit, values, said):
    with pytest.raises(CannotDraw, match=said):
        draw(audit, **values)

    assert sampled(audit) == set()


def test_a_second_sample_replaces_the_first_only_where_that_is_said_and_leaves_what_people_chose(audit, register):
    draw(audit)
    with change_set(reason="by hand"):
        models.AuditedActivity.objects.create(audit=audit, activity=register[9], stated_as="The one that was retired")
    with pytest.raises(CannotDraw, match="drawn already"):
        draw(audit, seed="another")
    first = sampled(audit)

    draw(audit, seed="another", anew=True)

    audit.refresh_from_db()
    assert redrawn(audit) is True
    assert sampled(audit) != first
    assert audit.activities.get(activity=register[9]).is_sampled is False
    assert audit.activities.count() == 4
    told = audit.history.filter(change_set__lt=audit.history.latest("history_id").change_set_id).latest("history_id")
    assert json.loads(told.content)["sample_seed"] == "two words"


def test_what_a_person_chose_and_chance_draws_too_stands_in_the_scope_once(audit, register):
    with change_set(reason="by hand"):
        for one in register:
            models.AuditedActivity.objects.create(audit=audit, activity=one)

    draw(audit)

    assert audit.activities.count() == 10
    assert len(sampled(audit)) == 3


def test_who_has_not_seen_the_newest_version_draws_nothing(audit):
    seen = audit.history.latest("history_id").pk
    with change_set(reason="Meanwhile", actor=factories.user(first_name="Ane", last_name="Dahl")):
        audit.auditor = "Somebody else"
        audit.save()

    with pytest.raises(CannotDraw, match="Ane Dahl has changed it meanwhile"):
        draw(audit, last_seen=seen)

    assert sampled(audit) == set()


def test_drawing_asks_as_many_questions_for_many_as_for_few(audit, organisation):
    def queries():
        with CaptureQueriesContext(connection) as asked:
            assert redrawn(audit) is True
        return len(asked)

    draw(audit)
    audit.refresh_from_db()
    few = queries()
    with change_set(reason="Many"):
        for number in range(30):
            models.ProcessingActivity.objects.create(organisation=organisation, reference=f"C-{number}", name="x")
    draw(audit, size=30, anew=True)
    audit.refresh_from_db()

    assert queries() == few
