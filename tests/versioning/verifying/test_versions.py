"""Histories that hold, and versions that were altered, moved, added or taken away."""

from datetime import timedelta

import pytest
from django.contrib.auth import get_user_model
from django.db import connection
from django.db.models import F

from registry import models
from registry.versioning import plain
from registry.versioning.verdict import ALTERED, LIVE
from registry.versioning.verifying import verify
from registry.versioning.writing import change_set
from tests import factories
from tests.versioning.tampering import MARK, tampering, what_the_script_says
from tests.versioning.verifying.steps import CATEGORY, each_root, name, named, sets, version

pytestmark = pytest.mark.django_db


def test_a_history_holds_however_often_names_inside_it_changed_since(history, tmp_path):
    verdict = verify()

    assert (verdict.fault, verdict.holds, verdict.change_sets, verdict.versions) == (None, True, 5, 136)
    assert verdict.head == sets(sequence=5).get().digest
    assert what_the_script_says(tmp_path, verdict.head) == ""


def test_a_history_holds_after_the_account_of_its_author_is_removed(history, tmp_path):
    get_user_model().objects.all().delete()

    assert verify().fault is None
    assert what_the_script_says(tmp_path) == ""
    assert set(sets().values_list("actor", "actor_name")) == {(None, "Ann Officer")}


def test_an_object_deleted_and_brought_back_under_its_key_holds(history, tmp_path):
    pk = models.Recipient.history.filter(history_type="-").get().id
    with change_set(reason="restored"):
        models.Recipient.objects.create(pk=pk, name="back again")

    assert verify().fault is None
    assert what_the_script_says(tmp_path) == ""


def test_an_object_changed_and_deleted_in_one_change_set_holds(history):
    unit = history[models.OrganisationUnit][0]
    with change_set(reason="changed and deleted"):
        unit.name = "something else"
        unit.save()
        unit.delete()

    assert verify().fault is None


@each_root
def test_one_character_of_the_content(model, history, tmp_path):
    thing = history[model][0]
    with tampering():
        row = version(model, thing, 2)
        row.update(content=row.get().content.replace(MARK, "Quincf", 1))

        assert named(verify().fault) == ("altered", 2, name(model), thing.pk)
        assert what_the_script_says(tmp_path) == (
            f"Change set #2: the content of the version of {name(model)} {thing.pk} was altered."
        )


def test_content_that_is_no_longer_json(history, tmp_path):
    thing = history[models.Recipient][0]
    with tampering():
        version(models.Recipient, thing, 2).update(content="{")

        assert (
            verify().fault.message == f"Change set #2: the content of the version of recipient {thing.pk} was altered."
        )
        assert what_the_script_says(tmp_path) == verify().fault.message


@each_root
def test_a_plain_column(model, history, tmp_path):
    thing = history[model][1]
    with tampering():
        version(model, thing, 3).update(**{model.LABEL: "something else"})

        assert named(verify().fault) == ("altered", 3, name(model), thing.pk)
        assert what_the_script_says(tmp_path) == (
            f"Change set #3: the column {model.LABEL} of the version of {name(model)} {thing.pk} was altered."
        )


@each_root
def test_a_plain_column_of_a_deletion(model, history, tmp_path):
    with tampering():
        row = model.history.filter(history_type="-")
        pk = row.get().id
        row.update(**{model.LABEL: "something else"})

        assert named(verify().fault) == ("altered", 5, name(model), pk)
        assert what_the_script_says(tmp_path) == (
            f"Change set #5: the column (one of them) of the version of {name(model)} {pk} was altered."
        )


def test_a_plain_column_of_one_among_many_deletions(history, monkeypatch):
    monkeypatch.setattr(plain, "FETCH", 2)
    pk = models.DataCategory.history.get(history_type="-").id
    with tampering():
        models.DataCategory.history.filter(history_type="-").update(examples="something else")

        assert (
            verify().fault.message
            == f"Change set #5: the column examples of the version of {CATEGORY} {pk} was altered."
        )


@pytest.mark.parametrize("column", ["began_on", "organisation_id", "is_public", "description", "review_interval"])
def test_a_plain_column_of_any_kind(column, history, tmp_path):
    activity, other = history[models.ProcessingActivity]
    changed = {
        "began_on": "2020-03-01",
        "organisation_id": other.organisation_id,
        "is_public": not activity.is_public,
        "description": "x",
        "review_interval": 99,
    }
    with tampering():
        version(models.ProcessingActivity, activity, 2).update(**{column: changed[column]})

        said = f"Change set #2: the column {column.removesuffix('_id')} of the version of processing"
        assert verify().fault.message == f"{said} activity {activity.pk} “{MARK} A activity 2” was altered."
        assert what_the_script_says(tmp_path) == f"{said}activity {activity.pk} was altered."


@pytest.mark.parametrize(
    ("column", "shown"), [("history_date", "made_at"), ("history_change_reason", "reason"), ("history_user", None)]
)
def test_what_a_version_repeats_of_its_change_set(column, shown, history, tmp_path):
    thing = history[models.System][0]
    changed = {
        "history_date": F("history_date") + timedelta(days=1),
        "history_change_reason": "another",
        "history_user": factories.user().pk,
    }
    with tampering():
        version(models.System, thing, 2).update(**{column: changed[column]})

        assert named(verify().fault) == ("altered", 2, "system", thing.pk)
        said = f"Change set #2: the column {shown} of the version of system {thing.pk} was altered." if shown else ""
        assert what_the_script_says(tmp_path) == said


@each_root
def test_the_kind_of_a_version(model, history, tmp_path):
    thing = history[model][0]
    with tampering():
        version(model, thing, 2).update(history_type="+")

        assert named(verify().fault) == ("altered", 2, name(model), thing.pk)
        assert what_the_script_says(tmp_path) == (
            f"Change set #2: the kind (created, changed, deleted) of the version of {name(model)} {thing.pk} was altered."
        )


@each_root
def test_the_object_of_a_version(model, history, tmp_path):
    thing = history[model][0]
    with tampering():
        version(model, thing, 2).update(id=0)

        assert named(verify().fault) == ("altered", 2, name(model), thing.pk)
        assert what_the_script_says(tmp_path) == (
            f"Change set #2: the column id of the version of {name(model)} {thing.pk} was altered."
        )


@each_root
def test_a_version_taken_away(model, history, tmp_path):
    thing = history[model][1]
    with tampering():
        version(model, thing, 2).delete()

        assert named(verify().fault) == ("missing", 2, name(model), thing.pk)
        assert what_the_script_says(tmp_path) == (f"Change set #2: the version of {name(model)} {thing.pk} is missing.")


@each_root
def test_a_version_added(model, history, tmp_path):
    thing = history[model][1]
    with tampering():
        added = version(model, thing, 3).get()
        added.history_id, added.id = None, 999_999
        added.save(force_insert=True)
        version(model, added, 3).update(history_id=F("history_id"))

        assert named(verify().fault) == ("added", 3, name(model), 999_999)
        assert "added" in what_the_script_says(tmp_path)


@each_root
def test_a_version_added_to_the_last_change_set(model, history, tmp_path):
    with tampering():
        added = model.history.filter(history_type="-").get()
        added.history_id, added.id = None, 999_999
        added.save(force_insert=True)

        assert named(verify().fault) == ("added", 5, name(model), 999_999)
        assert what_the_script_says(tmp_path) == (f"Change set #5: a version of {name(model)} 999999 was added to it.")


@each_root
def test_a_second_version_of_an_object_in_one_change_set(model, history, tmp_path):
    thing = history[model][0]
    with tampering():
        added = version(model, thing, 3).get()
        added.history_id = None
        added.save(force_insert=True)

        assert named(verify().fault) == ("added", 3, name(model), thing.pk)
        assert "added" in what_the_script_says(tmp_path)


def test_a_version_of_a_change_set_that_does_not_exist(history, tmp_path):
    thing = history[models.System][0]
    with tampering():
        added = version(models.System, thing, 3).get()
        added.history_id, added.change_set_id = None, 77
        added.save(force_insert=True)

        assert named(verify().fault) == ("added", 77, "system", thing.pk)
        assert what_the_script_says(tmp_path) == (
            f"Change set #77: a version of system {thing.pk} that belongs to it stands among those of #5: "
            "it was added or moved."
        )


@each_root
def test_two_versions_whose_contents_were_swapped(model, history, tmp_path):
    first, second = history[model]
    with tampering():
        one, other = version(model, first, 2), version(model, second, 2)
        contents = one.get().content, other.get().content
        one.update(content=contents[1])
        other.update(content=contents[0])

        assert named(verify().fault) == ("altered", 2, name(model), first.pk)
        assert what_the_script_says(tmp_path) == (
            f"Change set #2: the content of the version of {name(model)} {first.pk} was altered."
        )


@pytest.mark.parametrize("numbers", [(2, 2), (2, 3)])
@each_root
def test_two_versions_that_changed_places(model, numbers, history, tmp_path):
    first, second = history[model]
    with tampering():
        one, other = version(model, first, numbers[0]).get(), version(model, second, numbers[1]).get()
        rows = model.history.model.objects
        rows.filter(pk=one.pk).update(history_id=-1)
        rows.filter(pk=other.pk).update(history_id=one.pk)
        rows.filter(pk=-1).update(history_id=other.pk)

        assert named(verify().fault) == ("reordered", 2, name(model), first.pk)
        assert what_the_script_says(tmp_path) != ""


def test_a_version_moved_to_the_end(history):
    thing = history[models.Recipient][0]
    with tampering():
        version(models.Recipient, thing, 1).update(history_id=1_000_000)

        assert named(verify().fault) == ("reordered", 1, "recipient", thing.pk)


def test_a_version_moved_to_another_change_set(history):
    thing = history[models.Recipient][0]
    with tampering():
        version(models.Recipient, thing, 3).update(change_set_id=2)

        assert named(verify().fault) == ("added", 2, "recipient", thing.pk)


@pytest.mark.parametrize("content", ["[" * 100_000, '{"name":' * 50_000, "9" * 5000, "null", ""])
def test_a_content_that_can_not_be_read_is_named_like_any_that_was_altered(history, tmp_path, content):
    with tampering():
        version = models.Recipient.history.filter(change_set_id=2).first()
        models.Recipient.history.filter(pk=version.pk).update(content=content)

        fault = verify().fault

        assert (fault.kind, fault.change_set, fault.model, fault.object) == ("altered", 2, "recipient", version.id)
        assert f"the content of the version of recipient {version.id} was altered" in what_the_script_says(tmp_path)


@pytest.mark.skipif(connection.vendor != "sqlite", reason="only on SQLite: others keep only values of a column's kind")
@pytest.mark.parametrize(
    ("table", "column", "value", "found"),
    [
        ("historicalrecipient", "name", "CAST(x'ff' AS TEXT)", (ALTERED, 1)),
        ("historicalrecipient", "content", "x'ff00'", (ALTERED, 1)),
        ("changeset", "reason", "CAST(x'ff' AS TEXT)", (ALTERED, 1)),
        ("changeset", "made_at", "'yesterday'", (ALTERED, 1)),
        ("manifestpage", "lines", "x'ff00'", (ALTERED, 1)),
        ("recipient", "contract_document", "CAST(x'ff' AS TEXT)", (LIVE, None)),
    ],
)
def test_a_value_that_is_none_of_its_columns_kind_is_told(history, table, column, value, found):
    with tampering():
        with connection.cursor() as cursor:
            cursor.execute(f"UPDATE registry_{table} SET {column} = {value}")  # noqa: S608 all of them written above

        fault = verify().fault

    assert (fault.kind, fault.change_set) == found
    assert "a value that can't be read" in fault.message
