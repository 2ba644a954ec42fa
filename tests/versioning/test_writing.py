import json
import time

import pytest
from django.contrib.auth import get_user_model

from registry import models
from registry.record.loader import load_register
from registry.versioning.bulk import insert_rows, note_all, reserve_keys
from registry.versioning.errors import OutsideChangeSet
from registry.versioning.writing import change_set
from tests import factories

pytestmark = pytest.mark.django_db


def test_a_save_with_all_its_rows_is_one_version():
    organisation = factories.organisation()

    with change_set(reason="a new activity"):
        activity = models.ProcessingActivity.objects.create(organisation=organisation, name="Payroll")
        purpose = models.Purpose.objects.create(activity=activity, text="paying salaries")
        models.ActivityLegalBasis.objects.create(activity=activity, stated_as="§ 26 BDSG", purpose=purpose)
        activity.description = "monthly"
        activity.save()

    versions = list(activity.history.all())
    assert [(version.history_type, version.history_change_reason) for version in versions] == [("+", "a new activity")]
    content = json.loads(versions[0].content)
    assert content["reference"] == "PA-0001"
    assert content["organisation"] == [organisation.pk, organisation.name]
    assert content["purposes"] == [
        {"id": purpose.pk, "text": "paying salaries", "term": "", "ccpa_business_purpose": ""}
    ]
    assert content["legal_bases"][0]["purpose"] == 0


def test_a_row_outside_a_change_set_is_refused_and_nothing_is_written():
    activity = factories.activity(factories.organisation())

    with pytest.raises(OutsideChangeSet):
        models.Purpose.objects.create(activity=activity, text="x")

    assert models.Purpose.objects.count() == 0
