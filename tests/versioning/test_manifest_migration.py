"""Histories that were sealed before there were manifests get them, as far as they hold."""

from importlib import import_module

import pytest
from django.apps import apps
from django.db import connection

from registry import models
from registry.versioning.verifying import verify
from tests import factories
from tests.versioning.tampering import tampering

pytestmark = pytest.mark.django_db

MIGRATION = import_module("registry.migrations.0002_manifest")


def test_a_manifest_is_written_for_each_change_set_that_holds():
    organisation = factories.organisation()
    factories.activity(organisation)
    factories.activity(organisation)
    with tampering():
        before = list(models.ManifestPage.objects.values_list("change_set", "place", "lines"))
        models.ManifestPage.objects.all().delete()
        MIGRATION.write_manifests(apps, connection.schema_editor)

        assert list(models.ManifestPage.objects.values_list("change_set", "place", "lines")) == before
        assert verify().fault is None


def test_none_is_written_for_one_that_does_not():
    factories.organisation(name="One")
    factories.organisation(name="Two")
    with tampering():
        models.ManifestPage.objects.all().delete()
        models.Organisation.history.model.objects.filter(change_set_id=2).update(content="{}")
        MIGRATION.write_manifests(apps, connection.schema_editor)

        assert list(models.ManifestPage.objects.values_list("change_set", flat=True)) == [1]
        assert (verify().fault.kind, verify().fault.change_set) == ("altered", 2)
