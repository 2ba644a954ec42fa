# ruff: noqa: S608  names of our own tables and columns

"""Live rows that no longer say what the history says."""

import pytest
from django.db import connection

from registry import models
from registry.versioning import live
from registry.versioning.verdict import Fault
from registry.versioning.verifying import verify
from registry.versioning.writing import change_set
from tests import factories
from tests.versioning.tampering import tampering
from tests.versioning.verifying.steps import PARTS, change_live, each_part, each_root, name, named

pytestmark = pytest.mark.django_db


@each_root
def test_a_live_row_changed_behind_the_history(model, history):
    thing = history[model][1]
    change_live(model, "UPDATE {table} SET {label} = 'something else' WHERE id = %s", thing.pk)

    assert named(verify().fault) == ("live", 3, name(model), thing.pk)
    assert verify().fault.message.endswith(f"last version (change set #3): {model.LABEL}.")


@each_part
def test_a_row_changed_behind_the_history(model, history):
    root = history[model.root_model()][1]
    column = next(
        column.column
        for column in model._meta.concrete_fields
        if column.get_internal_type() in {"TextField", "CharField"} and not column.choices
    )
    change_live(model, f"UPDATE {{table}} SET {column} = 'something else' WHERE {model.ROOT}_id = %s", root.pk)

    assert named(verify().fault) == ("live", 3, name(model.root_model()), root.pk)


@each_part
def test_a_row_taken_away_behind_the_history(model, history):
    root = history[model.root_model()][1]
    with tampering():
        change_live(model, f"DELETE FROM {{table}} WHERE {model.ROOT}_id = %s", root.pk)

        assert named(verify().fault) == ("live", 3, name(model.root_model()), root.pk)


@each_part
def test_a_row_added_behind_the_history(model, history):
    root = history[model.root_model()][0]
    names = [f'"{column.column}"' for column in model._meta.concrete_fields if not column.primary_key]
    columns = ", ".join(names)
    change_live(
        model, f"INSERT INTO {{table}} ({columns}) SELECT {columns} FROM {{table}} WHERE {model.ROOT}_id = %s", root.pk
    )

    assert named(verify().fault) == ("live", 3, name(model.root_model()), root.pk)


@each_root
def test_a_live_object_taken_away_behind_the_history(model, history):
    thing = history[model][1]
    with tampering():
        for part in PARTS:
            if part.root_model() is model:
                change_live(part, f"DELETE FROM {{table}} WHERE {part.ROOT}_id = %s", thing.pk)
        change_live(model, "DELETE FROM {table} WHERE id = %s", thing.pk)

        assert named(verify().fault) == ("live", 3, name(model), thing.pk)
        assert verify().fault.message.endswith("is gone, though no change set deleted it.")


def test_a_live_object_added_behind_the_history(history):
    change_live(
        models.OrganisationUnit,
        "INSERT INTO {table} (id, organisation_id, name, head) SELECT 999999, organisation_id, 'unheard of', '' FROM {table} WHERE id = %s",
        history[models.OrganisationUnit][0].pk,
    )

    assert verify().fault == Fault(
        "live",
        "Unit 999999 exists without any version: it was added behind the history's back.",
        None,
        "organisationunit",
        999_999,
    )


def test_a_deleted_object_put_back_behind_the_history(history):
    deleted = models.OrganisationUnit.history.filter(history_type="-").get()
    change_live(
        models.OrganisationUnit,
        f"INSERT INTO {{table}} (id, organisation_id, name, head) SELECT {deleted.id}, organisation_id, 'back', '' FROM {{table}} WHERE id = %s",
        history[models.OrganisationUnit][0].pk,
    )

    assert named(verify().fault) == ("live", 5, "organisationunit", deleted.id)
    assert verify().fault.message.endswith("exists, though change set #5 deleted it.")


def test_an_account_that_a_record_names_taken_away_behind_the_history(history):
    owner = factories.user()
    activity = history[models.ProcessingActivity][0]
    with change_set():
        activity.owner = owner
        activity.save()
    with tampering():
        connection.cursor().execute("DELETE FROM auth_user WHERE id = %s", [owner.pk])

        assert named(verify().fault) == ("live", 6, "processingactivity", activity.pk)
        assert verify().fault.message.endswith("a value is none of its kind, or refers to what does not exist.")


def test_content_of_an_older_form_is_compared_by_what_it_has():
    told = {"form": 1, "id": 7, "name": "a", "contacts": [{"id": 1, "name": "x"}]}
    now = {"form": 2, "id": 7, "name": "b", "country": "NO", "contacts": [{"id": 1, "name": "x", "kind": "other"}]}

    assert live._differences(models.Organisation, told, now) == ["name"]
    assert live._differences(models.Organisation, {"form": 1, "id": 7}, now) == []


def test_what_a_model_learnt_later_is_blank_as_long_as_no_version_says_it():
    told = {"form": 1, "id": 7, "name": "a", "contacts": [{"id": 1, "name": "x"}]}
    now = {"form": 1, "id": 7, "name": "a", "country": "", "contacts": [{"id": 1, "name": "x", "kind": ""}]}

    assert live._differences(models.Organisation, told, now) == []
    assert live._differences(models.Organisation, told, {**now, "country": "NO"}) == ["country"]
    rows = [{"id": 1, "name": "x", "kind": "other"}]
    assert live._differences(models.Organisation, told, {**now, "contacts": rows}) == ["contacts"]
