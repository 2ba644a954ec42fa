# ruff: noqa: S608  names of our own tables and columns

import json
from contextlib import closing
from dataclasses import replace
from datetime import timedelta

import pytest
from django.apps import apps
from django.contrib.auth import get_user_model
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.db.models import F

from registry import models
from registry.versioning import live, plain
from registry.versioning.base import Part, Versioned
from registry.versioning.canonical import canonical
from registry.versioning.chain import Seal, named_line, version_line
from registry.versioning.stored import History
from registry.versioning.verdict import Fault
from registry.versioning.verifying import NotAHead, head_of, verify
from registry.versioning.writing import change_set
from tests import factories
from tests.versioning.tampering import MARK, a_history, remove, take, tampering, what_the_script_says

pytestmark = pytest.mark.django_db

ROOTS = sorted((one for one in apps.get_models() if issubclass(one, Versioned)), key=lambda one: one.__name__)
PARTS = sorted((one for one in apps.get_models() if issubclass(one, Part)), key=lambda one: one.__name__)
CATEGORY = "category of personal data"
each_root = pytest.mark.parametrize("model", ROOTS, ids=lambda one: one.__name__)
each_part = pytest.mark.parametrize("model", PARTS, ids=lambda one: one.__name__)


@pytest.fixture(scope="module")
def told(django_db_setup, django_db_blocker):
    """A history that all tests of this module share, each in a transaction of its own inside this one; its keys."""
    with django_db_blocker.unblock(), transaction.atomic():
        made = a_history(factories.user(first_name="Ann", last_name="Officer"))
        yield {model: [thing.pk for thing in things] for model, things in made.items()}
        transaction.set_rollback(True)


@pytest.fixture
def history(told, db):
    """Two objects by model, see ``a_history``."""
    return {model: [model.objects.get(pk=pk) for pk in pks] for model, pks in told.items()}


def sets(**where):
    return models.ChangeSet.objects.filter(**where)


def version(model, thing, number):
    """The version of an object that a change set wrote, as a queryset."""
    return model.history.model.objects.filter(id=thing.pk, change_set_id=number)


def named(fault):
    return (fault.kind, fault.change_set, fault.model, fault.object)


def name(model):
    return model._meta.model_name


# Whole histories


def test_a_history_holds_however_often_names_inside_it_changed_since(history, tmp_path):
    verdict = verify()

    assert (verdict.fault, verdict.holds, verdict.change_sets, verdict.versions) == (None, True, 5, 104)
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


# Versions


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


# The chain


def test_two_seals_that_were_swapped(history, tmp_path):
    with tampering():
        third, fourth = sets(sequence=3).get().digest, sets(sequence=4).get().digest
        sets(sequence=3).update(digest=fourth)
        sets(sequence=4).update(digest=third)

        said = "Change set #3: its seal was altered; what it sealed is as it was"
        assert verify().fault == Fault("altered", f"{said}, as the next change set shows.", 3)
        assert what_the_script_says(tmp_path) == f"{said}."


def test_the_seal_of_the_last_change_set(history, tmp_path):
    with tampering():
        sets(sequence=5).update(digest="f" * 64)

        said = "Change set #5: its header (number, moment, person, door, reason, details) or its"
        assert verify().fault == Fault("altered", f"{said} manifest was altered.", 5)
        assert what_the_script_says(tmp_path) == f"{said} list was altered."


@pytest.mark.parametrize("column", ["made_at", "actor_name", "channel", "reason", "details"])
def test_the_header_of_a_change_set(column, history, tmp_path):
    changed = F("made_at") + timedelta(microseconds=1) if column == "made_at" else "other"
    with tampering():
        sets(sequence=2).update(**{column: changed})

        said = "Change set #2: its header (number, moment, person, door, reason, details) or its"
        assert verify().fault == Fault("altered", f"{said} manifest was altered.", 2)
        assert what_the_script_says(tmp_path) == f"{said} list was altered."


def test_the_link_to_the_change_set_before(history, tmp_path):
    with tampering():
        sets(sequence=4).update(previous_digest="0" * 64)

        said = "Change set #4: its link to the change set before it was altered."
        assert verify().fault == Fault("altered", said, 4)
        assert what_the_script_says(tmp_path) == said


def test_a_change_set_taken_out_of_the_middle(history, tmp_path):
    with tampering():
        remove(3)

        said = "Change set #3 is missing: the next is #4."
        assert verify().fault == Fault("missing", said, 3)
        assert what_the_script_says(tmp_path) == said


def test_a_change_set_taken_out_and_the_others_numbered_anew(history, tmp_path):
    with tampering():
        remove(3)
        for later in (4, 5):
            for model in ROOTS:
                model.history.filter(change_set_id=later).update(change_set_id=later - 1)
            models.ManifestPage.objects.filter(change_set_id=later).update(change_set_id=later - 1)
            sets(sequence=later).update(sequence=later - 1)

        assert (verify().fault.kind, verify().fault.change_set) == ("altered", 3)
        assert what_the_script_says(tmp_path).startswith("Change set #3: ")


def test_the_beginning_cut_off(history, tmp_path):
    with tampering():
        remove(1)

        assert verify().fault == Fault("missing", "Change set #1 is missing: the next is #2.", 1)
        assert what_the_script_says(tmp_path) == "Change set #1 is missing: the next is #2."


def test_a_change_set_put_before_the_first(history):
    with tampering():
        sets(sequence=5).update(sequence=0)

        assert verify().fault == Fault("added", "Change set #0 was added: the first is #1.", 0)


def test_a_change_set_rewritten_and_sealed_anew(history, tmp_path):
    with tampering():
        _seal_anew(2, reason="something else")

        said = "Change set #2 was rewritten and sealed anew: #3 was linked to another."
        assert verify().fault == Fault("altered", said, 2)
        assert what_the_script_says(tmp_path) == said


def test_a_first_change_set_that_names_a_predecessor(history, tmp_path):
    with tampering():
        _seal_anew(1, previous_digest="f" * 64)

        assert verify().fault == Fault(
            "altered", "Change set #1 names a predecessor: it was not the first, and the beginning is missing.", 1
        )
        assert what_the_script_says(tmp_path) == verify().fault.message


def test_a_moment_before_that_of_the_change_set_before(history, tmp_path):
    early = sets(sequence=1).get().made_at - timedelta(days=1)
    with tampering():
        for model in ROOTS:
            model.history.filter(change_set_id=5).update(history_date=early)
        _seal_anew(5, made_at=early)

        said = "Change set #5 was made before the one before it"
        assert verify().fault == Fault("altered", f"{said}: its moment can't be true.", 5)
        assert what_the_script_says(tmp_path) == verify().fault.message


def test_a_tail_cut_off_shows_by_the_live_rows(history):
    with tampering():
        remove(5)
        remove(4)
        remove(3)

        assert verify().fault.kind == "live"


def test_a_history_written_anew_from_some_point_shows_by_a_head_that_was_seen_before(history, tmp_path):
    head = verify().head
    with tampering():
        for number in (3, 4, 5):
            previous = sets(sequence=number - 1).get().digest
            _seal_anew(number, previous_digest=previous, actor_name="Somebody Else")

        assert verify().fault is None
        assert verify(head).fault.kind == "gone"
        assert what_the_script_says(tmp_path, head).startswith(f"The head {head} was seen before and is gone")


def test_change_sets_cut_off_whose_versions_are_left(history, tmp_path):
    with tampering():
        take(5)

        assert verify().fault.kind == "added"
        assert verify().fault.change_set == 5
        assert what_the_script_says(tmp_path).startswith("Change set #5: ")


def test_a_change_set_cut_off_whose_manifest_is_left(history):
    with tampering():
        for model in ROOTS:
            model.history.filter(change_set_id=5).delete()
        take(5)

        assert verify().fault == Fault("missing", "Change set #5 is missing: its manifest is still there.", 5)


def test_every_head_of_the_past_is_found(history):
    for digest in sets().values_list("digest", flat=True):
        assert verify(digest[:12]).fault is None


@pytest.mark.parametrize("text", ["abc", "z" * 64, "a" * 65, "1234567"])
def test_what_can_not_be_a_head_is_refused(text):
    with pytest.raises(NotAHead) as caught:
        verify(text)

    assert str(caught.value).startswith(f"“{text}” can't be a chain head")


def test_a_head_may_be_copied_from_the_foot_of_a_report():
    assert head_of(" 8ABE1590ab54… ") == "8abe1590ab54"


# Manifests


def test_a_manifest_that_was_altered(history, tmp_path):
    with tampering():
        page = models.ManifestPage.objects.filter(change_set_id=2).first()
        models.ManifestPage.objects.filter(pk=page.pk).update(lines=page.lines.replace('"~"', '"+"', 1))

        assert verify().fault == Fault(
            "altered",
            "Change set #2: its manifest (the list of its versions) was altered; the versions are as they were sealed.",
            2,
        )
        assert what_the_script_says(tmp_path) == (
            "Change set #2: the list of its versions was altered; the versions are as they were sealed."
        )


def test_a_manifest_that_was_taken_away(history, tmp_path):
    with tampering():
        models.ManifestPage.objects.filter(change_set_id=2).delete()

        assert (verify().fault.kind, verify().fault.change_set) == ("altered", 2)
        assert what_the_script_says(tmp_path) == (
            "Change set #2: the list of its versions was altered; the versions are as they were sealed."
        )


def test_a_version_altered_together_with_its_header_is_still_named(history, tmp_path):
    thing = history[models.System][0]
    with tampering():
        row = version(models.System, thing, 2)
        row.update(content=row.get().content.replace(MARK, "Quincf", 1))
        sets(sequence=2).update(reason="other")

        neither = "Change set #2: neither its manifest nor its versions fit its seal."
        assert verify().fault.message == (
            f"{neither} Change set #2: the content of the version of system {thing.pk} “Quincf A system 2” was altered."
        )
        assert what_the_script_says(tmp_path).endswith(f"the content of the version of system {thing.pk} was altered.")


def test_a_manifest_made_unreadable_together_with_its_header(history, tmp_path):
    with tampering():
        models.ManifestPage.objects.filter(change_set_id=2).update(lines="{")
        sets(sequence=2).update(reason="other")

        said = "Change set #2: neither its manifest nor its versions fit its seal."
        assert verify().fault.message == f"{said} Change set #2: a line of its manifest was altered."
        assert what_the_script_says(tmp_path) == "Change set #2: a line of its list was altered."


def test_a_value_that_can_not_be_read(history, tmp_path):
    if connection.vendor != "sqlite":
        pytest.skip("only on SQLite")
    with tampering():
        connection.cursor().execute(
            "UPDATE registry_historicalprocessingactivity SET began_on = '2020-13-45' WHERE change_set_id = 3"
        )

        pk = history[models.ProcessingActivity][0].pk
        assert named(verify().fault) == ("altered", 3, "processingactivity", pk)
        assert verify().fault.message == (
            f"Change set #3: a column of the version of processing activity {pk} can't be read: month must be in 1..12."
        )
        with pytest.raises(CommandError, match="Nothing was exported"):
            call_command("export_history", output=tmp_path / "history.jsonl")
        assert list(tmp_path.iterdir()) == []


def test_a_live_value_that_can_not_be_read(history):
    if connection.vendor != "sqlite":
        pytest.skip("only on SQLite")
    thing = history[models.ProcessingActivity][0]
    _live(models.ProcessingActivity, "UPDATE {table} SET began_on = '2020-13-45' WHERE id = %s", thing.pk)

    assert named(verify().fault) == ("live", 3, "processingactivity", thing.pk)
    assert "has live rows that can't be read" in verify().fault.message


def test_content_of_an_older_form_lacks_what_the_model_learnt_later(history):
    thing = history[models.System][0]
    with closing(History(models.System.history.model)) as stream:
        found = next(stream.until(1))
    older = json.loads(found.content)
    del older["owner"]
    older["form"] = 0
    header = sets(sequence=1).get()

    assert found.pk == thing.pk
    assert plain.altered_column(header, replace(found, content=canonical(older))) is None
    older["name"] = "x"
    assert plain.altered_column(header, replace(found, content=canonical(older))).kind == "altered"


# Live rows


@each_root
def test_a_live_row_changed_behind_the_history(model, history):
    thing = history[model][1]
    _live(model, "UPDATE {table} SET {label} = 'something else' WHERE id = %s", thing.pk)

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
    _live(model, f"UPDATE {{table}} SET {column} = 'something else' WHERE {model.ROOT}_id = %s", root.pk)

    assert named(verify().fault) == ("live", 3, name(model.root_model()), root.pk)


@each_part
def test_a_row_taken_away_behind_the_history(model, history):
    root = history[model.root_model()][1]
    with tampering():
        _live(model, f"DELETE FROM {{table}} WHERE {model.ROOT}_id = %s", root.pk)

        assert named(verify().fault) == ("live", 3, name(model.root_model()), root.pk)


@each_part
def test_a_row_added_behind_the_history(model, history):
    root = history[model.root_model()][0]
    names = [f'"{column.column}"' for column in model._meta.concrete_fields if not column.primary_key]
    columns = ", ".join(names)
    _live(
        model, f"INSERT INTO {{table}} ({columns}) SELECT {columns} FROM {{table}} WHERE {model.ROOT}_id = %s", root.pk
    )

    assert named(verify().fault) == ("live", 3, name(model.root_model()), root.pk)


@each_root
def test_a_live_object_taken_away_behind_the_history(model, history):
    thing = history[model][1]
    with tampering():
        for part in PARTS:
            if part.root_model() is model:
                _live(part, f"DELETE FROM {{table}} WHERE {part.ROOT}_id = %s", thing.pk)
        _live(model, "DELETE FROM {table} WHERE id = %s", thing.pk)

        assert named(verify().fault) == ("live", 3, name(model), thing.pk)
        assert verify().fault.message.endswith("is gone, though no change set deleted it.")


def test_a_live_object_added_behind_the_history(history):
    _live(
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
    _live(
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


# The pieces


def test_a_line_written_out_is_canonical():
    line = version_line(models.Recipient, 12, "+", "{}")

    assert line == canonical(
        {
            "content": "44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a",
            "kind": "+",
            "model": "recipient",
            "object": 12,
        }
    )
    assert line == named_line("recipient", 12, "+", "{}")


def _live(model, statement, *values):
    with connection.cursor() as cursor:
        cursor.execute(
            statement.format(table=model._meta.db_table, label=model.LABEL if hasattr(model, "LABEL") else ""), values
        )


def _seal_anew(number, **columns):
    """Change the header of a change set and give it a seal that fits."""
    sets(sequence=number).update(**columns)
    header = sets(sequence=number).get()
    seal = Seal(header)
    for lines in header.manifest.order_by("place").values_list("lines", flat=True):
        seal.add(lines)
    sets(sequence=number).update(digest=seal.hexdigest())
    if "reason" in columns:
        for model in ROOTS:
            model.history.filter(change_set_id=number).update(history_change_reason=columns["reason"])
