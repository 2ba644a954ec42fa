import json

import pytest
from django.contrib.auth import get_user_model
from django.db import IntegrityError, connection, transaction

from registry import models
from registry.record.loader import load_register
from registry.versioning.change_set import Channel, changes, last_number
from registry.versioning.errors import OutsideChangeSet
from registry.versioning.export_log import Export, ExportFacts, note_export
from registry.versioning.verdict import Fault
from registry.versioning.verifying import verify
from registry.versioning.writing import change_set
from tests import factories
from tests.versioning.tampering import take, tampering, what_the_script_says

pytestmark = pytest.mark.django_db


def take_out(*facts, actor=None):
    with change_set(actor=actor):
        for one in facts or (factories.export_facts(),):
            note_export(one)


@pytest.fixture
def logged():
    """A change (#1), two exports (#2, #3), another change (#4), another export (#5)."""
    first = factories.organisation(name="Fjord Foods AS")
    take_out(factories.export_facts(file_name="one.pdf"), factories.export_facts(file_name="two.csv", format="csv"))
    with change_set():
        first.name = "Fjord Foods ASA"
        first.save()
    take_out(factories.export_facts(file_name="three.pdf", change_set=4))


def rows(**where):
    return Export.objects.filter(**where)


def test_an_export_is_sealed_by_a_change_set_of_its_own():
    ann = factories.user(first_name="Ann", last_name="Auditor")
    factories.organisation(name="Fjord Foods AS")
    facts = factories.export_facts(parameters={"organisation": "O'Brien & Søn"}, records=3, key="ef" * 32)

    take_out(facts, actor=ann)

    line = Export.objects.get()
    header = line.change_set
    assert (header.sequence, header.channel, header.actor_name, header.reason) == (2, Channel.EXPORT, "Ann Auditor", "")
    assert json.loads(header.details) == {
        "report": "register",
        "format": "pdf",
        "door": "reports",
        "file_name": "register-2026-11-22.pdf",
        "size": 1234,
        "sha256": "ab" * 32,
        "as_at": "2026-11-22T12:00:00+00:00",
        "change_set": 1,
        "head": "cd" * 32,
        "records": 3,
        "parameters": {"organisation": "O'Brien & Søn"},
        "key": "ef" * 32,
    }
    assert line.facts == facts
    assert (str(line), line.register_number, line.sha256, line.size) == ("register-2026-11-22.pdf", 1, "ab" * 32, 1234)


def test_the_name_of_who_took_it_outlives_the_account():
    take_out(actor=factories.user(first_name="Ann", last_name="Auditor"))

    get_user_model().objects.all().delete()

    header = Export.objects.get().change_set
    assert (header.actor, header.actor_name) == (None, "Ann Auditor")
    assert verify().fault is None


def test_a_change_and_what_is_taken_with_it_are_two_change_sets():
    with change_set(reason="both") as opened:
        models.System.objects.create(name="Till")
        note_export(factories.export_facts())

    assert opened.sequence == 1
    found = models.ChangeSet.objects.order_by("sequence").values_list("channel", "reason")
    assert list(found) == [("command", "both"), ("export", "")]
    assert verify().holds


def test_outside_a_change_set_nothing_is_taken():
    with pytest.raises(OutsideChangeSet, match="Export"):
        note_export(factories.export_facts())


def test_what_fails_leaves_no_export_behind():
    with pytest.raises(RuntimeError), change_set():  # noqa: PT012 the error must leave the block
        note_export(factories.export_facts())
        raise RuntimeError("half-way")

    assert (Export.objects.count(), models.ChangeSet.objects.count()) == (0, 0)


def test_an_export_does_not_move_the_register(logged):
    with change_set():
        pass
    before = load_register()

    take_out()

    after = load_register()
    assert (before.change_set, before.head) == (after.change_set, after.head)
    assert last_number() == before.change_set == 4
    assert [one.sequence for one in changes()] == [4, 1]
    at_an_export = models.ChangeSet.objects.get(sequence=3).made_at
    assert load_register(as_at=at_an_export).change_set == 1


def test_a_history_with_exports_holds_here_and_with_the_auditor(logged, tmp_path):
    verdict = verify()

    assert (verdict.fault, verdict.change_sets, verdict.versions) == (None, 5, 2)
    assert what_the_script_says(tmp_path, verdict.head) == ""


@pytest.mark.parametrize(
    ("column", "value", "said"),
    [
        ("sha256", "ff" * 32, f"its SHA-256 was {'ab' * 32}, and is {'ff' * 32} now."),
        ("size", 9, "its size was 1234, and is 9 now."),
        ("file_name", "other.pdf", "its file was two.csv, and is other.pdf now."),
        ("format", "pdf", "its format was csv, and is pdf now."),
        ("report", "gaps", "its report was register, and is gaps now."),
        ("door", "command", "its door was reports, and is command now."),
        ("register_number", 4, "its state of the register was 1, and is 4 now."),
    ],
)
def test_an_altered_line_of_the_log_is_named(column, value, said, logged):
    with tampering():
        rows(pk=3).update(**{column: value})
        fault = verify().fault

    assert fault == Fault(
        "altered", f"Change set #3: the line of the export log for “two.csv” was altered: {said}", 3, "export", 3
    )


def test_a_missing_line_of_the_log_is_named(logged):
    with tampering():
        rows(pk=2).delete()
        fault = verify().fault

    said = "Change set #2: the line of the export log for “one.pdf” is missing."
    assert fault == Fault("missing", said, 2, "export", 2)


def test_a_line_that_was_added_to_a_change_is_named(logged):
    with tampering():
        rows(pk=2).update(change_set=1)
        fault = verify().fault

    said = "Change set #1: a line of the export log (“one.pdf”) was added to it: it seals no export."
    assert fault == Fault("added", said, 1, "export", 1)


@pytest.mark.parametrize("number", [-7, 0, 9])
def test_a_line_of_no_change_set_is_named(number, logged):
    with tampering():
        with connection.cursor() as cursor:
            statement = (
                "INSERT INTO registry_export SELECT %s, report, format, door, file_name, size, sha256, register_number "
                "FROM registry_export WHERE change_set_id = 2"
            )
            cursor.execute(statement, [number])
        fault = verify().fault

    said = f"Change set #{number} is missing: a line of the export log points to it."
    assert fault == Fault("missing", said, number, "export", number)


def test_an_export_whose_sealed_facts_were_altered_is_named(logged, tmp_path):
    with tampering():
        header = models.ChangeSet.objects.get(sequence=2)
        models.ChangeSet.objects.filter(sequence=2).update(details=header.details.replace("1234", "1235"))
        fault, told = verify().fault, what_the_script_says(tmp_path)

    assert (fault.kind, fault.change_set) == ("altered", 2)
    assert "details" in fault.message
    assert "details" in told


def test_an_export_whose_change_set_was_taken_away_is_named(logged):
    with tampering():
        take(3)
        fault = verify().fault

    assert fault == Fault("missing", "Change set #3 is missing: the next is #4.", 3)


def test_the_log_is_append_only(logged):
    with pytest.raises(IntegrityError), transaction.atomic():
        rows(pk=2).update(sha256="ff" * 32)
    with pytest.raises(IntegrityError), transaction.atomic():
        rows(pk=2).delete()


def test_facts_of_a_later_form_are_passed_over():
    take_out()
    header = models.ChangeSet.objects.get()
    header.details = header.details.replace('"size"', '"invented":1,"size"')
    line = Export(change_set=header)

    assert line.facts == ExportFacts(**{**factories.export_facts().__dict__})
