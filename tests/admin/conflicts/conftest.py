"""An organisation with an activity, and two officers, of whom one is logged in."""

import pytest

from registry import models
from registry.versioning.writing import change_set
from tests import factories
from tests.admin.screens import client_of, officer


@pytest.fixture
def organisation():
    return factories.organisation(name="Fjord Foods AS")


@pytest.fixture
def ane():
    return officer(first_name="Ane", last_name="Dahl")


@pytest.fixture
def client(ane):
    return client_of(ane)


@pytest.fixture
def bo():
    return officer(first_name="Bo", last_name="Lund")


@pytest.fixture
def payroll(organisation):
    """An activity with two purposes, a legal basis for the second of them, and a recipient."""
    with change_set(reason="for a test"):
        activity = models.ProcessingActivity.objects.create(
            organisation=organisation, name="Payroll", description="Monthly", recipients_answer="yes"
        )
        models.Purpose.objects.create(activity=activity, position=0, text="Paying wages")
        bonuses = models.Purpose.objects.create(activity=activity, position=1, text="Paying bonuses")
        models.ActivityLegalBasis.objects.create(activity=activity, stated_as="Contract", purpose=bonuses)
        models.ActivityRecipient.objects.create(activity=activity, stated_as="The bank")
    return activity
