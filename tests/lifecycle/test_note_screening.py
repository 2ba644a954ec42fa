import pytest
from django.utils import timezone

from registry import models
from registry.lifecycle import CannotScreen, note_screening
from registry.versioning.writing import change_set
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def activity():
    return factories.activity(factories.organisation(), name="Profiles")


def noted(activity, **values):
    with change_set(reason="for a test"):
        return note_screening(activity, {"conclusion": "required"}, **values)


def test_the_first_screening_is_an_assessment_of_its_own(activity):
    one = noted(activity)

    assert list(activity.impact_assessments.all()) == [one]
    assert (one.conclusion, one.screened_on) == ("required", timezone.localdate())


def test_a_further_one_stands_behind_those_before_and_the_last_is_changed_otherwise(activity):
    first = noted(activity)
    second = noted(activity, anew=True)

    assert noted(activity) == second
    assert [one.pk for one in activity.impact_assessments.order_by("position", "pk")] == [first.pk, second.pk]


def test_nothing_is_noted_where_somebody_has_changed_the_record_since(activity):
    seen = activity.history.latest("history_id").pk
    with change_set(actor=factories.user(first_name="Ane", last_name="Dahl")):
        activity.name = "Other"
        activity.save()

    with pytest.raises(CannotScreen, match="Ane Dahl has changed it meanwhile"):
        noted(activity, last_seen=seen)

    assert models.ImpactAssessment.objects.count() == 0
