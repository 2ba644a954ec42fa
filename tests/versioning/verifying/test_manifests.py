"""Manifests that no longer fit what they list."""

import json
from contextlib import closing
from dataclasses import replace

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from registry import models
from registry.versioning import plain
from registry.versioning.canonical import canonical
from registry.versioning.stored import History
from registry.versioning.verdict import Fault
from registry.versioning.verifying import verify
from tests.versioning.tampering import MARK, tampering, what_the_script_says
from tests.versioning.verifying.steps import change_live, named, sets, version

pytestmark = pytest.mark.django_db


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
    change_live(models.ProcessingActivity, "UPDATE {table} SET began_on = '2020-13-45' WHERE id = %s", thing.pk)

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
