import pytest
from django.core.exceptions import ValidationError

from registry import models
from registry.versioning.writing import change_set
from tests import factories

pytestmark = pytest.mark.django_db


def test_references_are_made_for_the_person_and_counted_within_an_organisation():
    one, two = factories.organisation(), factories.organisation()

    made = [factories.activity(one), factories.activity(two), factories.activity(one)]

    assert [activity.reference for activity in made] == ["PA-0001", "PA-0001", "PA-0002"]


def test_a_reference_is_never_given_twice_not_even_after_a_deletion():
    organisation = factories.organisation()
    activity = factories.activity(organisation)
    with change_set():
        activity.delete()

    again = models.ProcessingActivity(organisation=organisation, name="x", reference="PA-0001")

    assert factories.activity(organisation).reference == "PA-0002"
    with pytest.raises(ValidationError, match="never used twice") as error:
        again.full_clean()
    assert list(error.value.message_dict) == ["reference"]


def test_a_typed_reference_is_stepped_over_and_may_be_kept_by_its_owner():
    organisation = factories.organisation()
    typed = factories.activity(organisation, reference="PA-0001")

    assert factories.activity(organisation).reference == "PA-0002"
    typed.full_clean()


def test_two_activities_of_an_organisation_cannot_share_a_reference():
    organisation = factories.organisation()
    factories.activity(organisation, reference="R-1")

    with pytest.raises(ValidationError):
        models.ProcessingActivity(organisation=organisation, name="x", reference="R-1").full_clean()


def test_a_unit_of_another_organisation_and_an_end_before_the_beginning_are_refused():
    ours, theirs = factories.organisation(), factories.organisation()
    unit = factories.make(models.OrganisationUnit, organisation=theirs, name="Sales")
    activity = models.ProcessingActivity(
        organisation=ours, name="x", reference="R-1", unit=unit, began_on="2026-02-01", ends_on="2026-01-01"
    )

    with pytest.raises(ValidationError) as error:
        activity.full_clean()

    assert sorted(error.value.message_dict) == ["ends_on", "unit"]
