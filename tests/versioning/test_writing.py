import hashlib
import json
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from registry import models
from registry.versioning.bulk import insert_rows, reserve_keys
from registry.versioning.canonical import canonical, converter_for, digest
from registry.versioning.errors import OutsideChangeSet
from registry.versioning.open_set import CREATED, current, note_all
from registry.versioning.sealing import BEGINNING, MANY, version_line
from registry.versioning.writing import change_set
from tests import factories

pytestmark = pytest.mark.django_db


def versions(thing):
    return [
        (version.history_type, version.change_set_id)
        for version in type(thing).history.filter(id=thing.pk).order_by("pk")
    ]


def test_a_save_with_all_its_rows_is_one_version():
    organisation = factories.organisation()

    with change_set(reason="a new activity"):
        activity = models.ProcessingActivity.objects.create(organisation=organisation, name="Payroll")
        purpose = models.Purpose.objects.create(activity=activity, text="paying salaries")
        models.ActivityLegalBasis.objects.create(activity=activity, stated_as="§ 26 BDSG", purpose=purpose)
        activity.description = "monthly"
        activity.save()

    written = list(activity.history.all())
    assert [(version.history_type, version.history_change_reason) for version in written] == [("+", "a new activity")]
    content = json.loads(written[0].content)
    assert content["reference"] == "PA-0001"
    assert content["organisation"] == [organisation.pk, organisation.name]
    assert content["description"] == "monthly"
    assert content["purposes"] == [
        {"id": purpose.pk, "text": "paying salaries", "term": "", "ccpa_business_purpose": ""}
    ]
    assert content["legal_bases"][0]["purpose"] == 0


@pytest.mark.parametrize("write", ["save", "delete", "create", "update", "bulk_create", "bulk_update", "insert_rows"])
def test_nothing_is_written_outside_a_change_set(write):
    activity = factories.activity(factories.organisation())
    before = list(models.ProcessingActivity.objects.values())
    attempts = {
        "save": lambda: activity.save(),
        "delete": lambda: activity.delete(),
        "create": lambda: models.Purpose.objects.create(activity=activity, text="x"),
        "update": lambda: models.ProcessingActivity.objects.update(name="x"),
        "bulk_create": lambda: models.Purpose.objects.bulk_create([models.Purpose(activity=activity, text="x")]),
        "bulk_update": lambda: models.ProcessingActivity.objects.bulk_update([activity], ["name"]),
        "insert_rows": lambda: insert_rows(models.Purpose, ["activity_id", "text"], [[activity.pk, "x"]]),
    }
    activity.name = "another name"

    with pytest.raises(OutsideChangeSet, match="with change_set"), transaction.atomic():
        attempts[write]()

    assert list(models.ProcessingActivity.objects.values()) == before
    assert models.Purpose.objects.count() == 0


def test_a_save_that_changes_nothing_writes_no_version_and_no_change_set():
    activity = factories.activity(factories.organisation())
    before = models.ChangeSet.objects.count()

    with change_set() as opened:
        activity.save()

    assert (opened.sequence, models.ChangeSet.objects.count()) == (None, before)
    assert versions(activity) == [("+", before)]


def test_a_change_of_a_row_is_a_version_of_its_activity():
    activity = factories.activity(factories.organisation())
    with change_set():
        purpose = models.Purpose.objects.create(activity=activity, text="a")

    with change_set():
        purpose.text = "b"
        purpose.save()
    with change_set():
        models.Purpose.objects.filter(pk=purpose.pk).update(text="c")
    with change_set():
        models.Purpose.objects.filter(pk=purpose.pk).delete()

    texts = [
        [row["text"] for row in json.loads(version.content)["purposes"]] for version in activity.history.order_by("pk")
    ]
    assert texts == [[], ["a"], ["b"], ["c"], []]


def test_a_deletion_is_one_version_that_keeps_the_columns():
    activity = factories.activity(factories.organisation(), name="Old")
    pk = activity.pk
    with change_set():
        models.Purpose.objects.create(activity=activity, text="a")

    with change_set(reason="no longer done"):
        activity.delete()

    last = models.ProcessingActivity.history.filter(id=pk).latest("history_id")
    assert (last.history_type, last.name, last.content, last.history_change_reason) == (
        "-",
        "Old",
        "null",
        "no longer done",
    )


def test_what_comes_and_goes_in_one_change_set_leaves_no_trace():
    organisation = factories.organisation()
    before = models.ChangeSet.objects.count()

    with change_set():
        models.ProcessingActivity.objects.create(organisation=organisation, name="brief").delete()

    assert models.ChangeSet.objects.count() == before
    assert models.ProcessingActivity.history.count() == 0


def test_an_error_undoes_everything():
    organisation = factories.organisation()
    before = models.ChangeSet.objects.count()

    def half():
        with change_set():
            models.ProcessingActivity.objects.create(organisation=organisation, name="half")
            raise RuntimeError("boom")

    with pytest.raises(RuntimeError, match="boom"):
        half()

    assert current() is None
    assert models.ProcessingActivity.objects.count() == models.ProcessingActivity.history.count() == 0
    assert models.ChangeSet.objects.count() == before


def test_a_nested_change_set_joins_the_outer_one():
    with change_set(reason="outer") as outer:
        one = models.Organisation.objects.create(name="One")
        with change_set(reason="inner") as inner:
            two = models.Organisation.objects.create(name="Two")

    assert inner is outer
    assert versions(one) == versions(two) == [("+", outer.sequence)]
    assert models.ChangeSet.objects.get(pk=outer.sequence).reason == "outer"


def test_the_name_of_the_actor_outlives_the_account():
    user = factories.user(first_name="Ada", last_name="O'Neill")
    with change_set(actor=user):
        models.Organisation.objects.create(name="One")

    user.delete()

    header = models.ChangeSet.objects.get()
    assert (header.actor, header.actor_name) == (None, "Ada O'Neill")


def test_removing_an_account_is_a_change_of_the_records_it_owned():
    owner = factories.user(username="owner")
    activity = factories.activity(factories.organisation(), owner=owner)

    with change_set(reason="left the company"):
        owner.delete()

    activity.refresh_from_db()
    owners = [json.loads(version.content)["owner"] for version in activity.history.order_by("pk")]
    assert activity.owner is None
    assert [pair and pair[1] for pair in owners] == ["owner", None]


def test_change_sets_are_numbered_without_gaps_and_sealed_to_each_other():
    for name in ("One", "Two", "Three"):
        with change_set():
            models.Organisation.objects.create(name=name)

    headers = list(models.ChangeSet.objects.order_by("sequence"))
    assert [header.sequence for header in headers] == [1, 2, 3]
    assert [header.previous_digest for header in headers] == [BEGINNING, headers[0].digest, headers[1].digest]


def test_the_seal_is_the_digest_of_the_header_and_every_version():
    with change_set(reason="why", details={"file": "a.csv"}):
        organisation = models.Organisation.objects.create(name="One")

    header = models.ChangeSet.objects.get()
    lines = [
        canonical(
            {
                "sequence": 1,
                "made_at": header.made_at.isoformat(),
                "actor": "system",
                "channel": "command",
                "reason": "why",
                "details": '{"file":"a.csv"}',
                "previous": BEGINNING,
            }
        ),
        version_line(models.Organisation, organisation.pk, "+", organisation.history.get().content),
    ]
    assert header.digest == hashlib.sha256("\n".join(lines).encode()).hexdigest()


def test_time_never_runs_backwards():
    first = datetime(2026, 3, 31, 12, tzinfo=UTC)
    with time_machine.travel(first, tick=False), change_set():
        models.Organisation.objects.create(name="One")
    with time_machine.travel(first - timedelta(days=1), tick=False), change_set():
        models.Organisation.objects.create(name="Two")

    assert list(models.ChangeSet.objects.order_by("sequence").values_list("made_at", flat=True)) == [
        first,
        first + timedelta(microseconds=1),
    ]


def test_many_rows_at_once_are_noted_and_versioned():
    organisation = factories.organisation()
    activity = factories.activity(organisation)

    with change_set():
        keys = reserve_keys(models.Purpose, 3)
        insert_rows(
            models.Purpose,
            ["id", "activity_id", "position", "text", "term", "ccpa_business_purpose"],
            [[pk, activity.pk, place, f"p{place}", "", ""] for place, pk in enumerate(keys)],
        )
        note_all(models.ProcessingActivity, [activity.pk], "~")
    with change_set():
        later = models.Purpose.objects.create(activity=activity, text="p3", position=3)

    assert later.pk not in keys
    last = json.loads(activity.history.latest("history_id").content)
    assert [row["text"] for row in last["purposes"]] == ["p0", "p1", "p2", "p3"]


def test_writing_needs_the_same_number_of_queries_for_one_and_for_three():
    organisation = factories.organisation()
    counts = []
    for number in (1, 3):
        with CaptureQueriesContext(connection) as queries, change_set():
            made = models.ProcessingActivity.objects.bulk_create(
                [
                    models.ProcessingActivity(organisation=organisation, reference=f"{number}-{n}", name="n")
                    for n in range(number)
                ]
            )
            models.Purpose.objects.bulk_create([models.Purpose(activity=one, text="t") for one in made])
        counts.append(len(queries))

    assert counts[0] == counts[1]


def test_canonical_text_has_sorted_keys_and_keeps_letters():
    assert canonical({"b": "ü", "a": [1, None]}) == '{"a":[1,null],"b":"ü"}'
    assert digest("a") == hashlib.sha256(b"a").hexdigest()


def test_a_column_without_a_canonical_form_is_refused():
    with pytest.raises(TypeError, match="FloatField"):
        converter_for("FloatField")


def test_a_change_set_in_which_a_deleted_thing_is_made_again_is_a_change():
    organisation = factories.organisation(name="One")
    pk = organisation.pk
    with change_set() as opened:
        organisation.delete()
        opened.note(models.Organisation, pk, CREATED)
        assert opened.touched[models.Organisation] == {pk: "~"}
        opened.touched.clear()


@pytest.mark.skipif(connection.vendor != "postgresql", reason="only on PostgreSQL")
@pytest.mark.parametrize(("count", "method"), [(3, "pglz"), (MANY, "lz4")])
def test_very_many_versions_at_once_are_compressed_quickly(count, method):
    with connection.cursor() as cursor:
        cursor.execute("SELECT 'lz4' = ANY(enumvals) FROM pg_settings WHERE name = 'default_toast_compression'")
        if not cursor.fetchone()[0]:
            method = "pglz"
    with change_set():
        for number in range(count):
            models.System.objects.create(name=f"System {number}", description="the same words again " * 500)

    with connection.cursor() as cursor:
        table = models.System.history.model._meta.db_table
        cursor.execute(f"SELECT DISTINCT pg_column_compression(content) FROM {table}")  # noqa: S608 our own name
        assert cursor.fetchall() == [(method,)]
