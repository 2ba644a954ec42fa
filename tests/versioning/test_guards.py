# ruff: noqa: S608  names of our own tables and columns

from datetime import timedelta

import pytest
from django.contrib.auth import get_user_model
from django.core.management import CommandError, call_command
from django.db import IntegrityError, OperationalError, connection, transaction
from django.utils import timezone

from registry import models
from registry.versioning import guards
from registry.versioning.export_log import note_export
from registry.versioning.writing import change_set
from tests import factories
from tests.versioning.tampering import a_history

pytestmark = pytest.mark.django_db

TABLES = sorted(guards.tables())
WITHOUT_VERSIONS = {"registry_changeset", "registry_manifestpage", "registry_export"}
WITHOUT_ACCOUNT = {"registry_manifestpage", "registry_export"}
each_table = pytest.mark.parametrize("table", TABLES)
EVENTS = {"sqlite": {"update", "delete", "replace"}, "postgresql": {"update", "delete", "truncate"}}


@pytest.fixture
def history():
    officer = factories.user(first_name="Ann", last_name="Officer")
    made = a_history(officer)
    with change_set(actor=officer):
        note_export(factories.export_facts())
    return made


def execute(statement, *values):
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.rowcount


def refusal(statement, *values):
    with pytest.raises(IntegrityError) as caught:
        execute(statement, *values)
    return str(caught.value).splitlines()[0]


def said(table, what):
    return guards.REFUSAL.format(table=table, what=what)


def column_of(table):
    named = {"registry_changeset": "reason", "registry_manifestpage": "lines", "registry_export": "file_name"}
    return named.get(table, "content")


def key_of(table):
    named = {"registry_changeset": "sequence", "registry_manifestpage": "id", "registry_export": "change_set_id"}
    return named.get(table, "history_id")


def test_every_table_of_the_history_is_guarded():
    existing = set(connection.introspection.table_names())
    historical = {table for table in existing if table.startswith("registry_historical")}

    found = guards.guarded(connection)

    assert set(found) == historical | WITHOUT_VERSIONS == set(TABLES)
    assert list(found.values()) == [EVENTS[connection.vendor]] * len(TABLES)


@each_table
def test_a_change_is_refused(table, history):
    column = column_of(table)

    assert refusal(f"UPDATE {table} SET {column} = {column} || 'x'") == said(table, "changes")


@each_table
def test_a_deletion_is_refused(table, history):
    assert refusal(f"DELETE FROM {table}") == said(table, "deletions")


@each_table
def test_a_replacement_is_refused(table, history):
    if connection.vendor != "sqlite":
        pytest.skip("only on SQLite")
    first = f"(SELECT MIN({key_of(table)}) FROM {table})"

    assert refusal(f"REPLACE INTO {table} SELECT * FROM {table} WHERE {key_of(table)} = {first}") == said(
        table, "replacements"
    )


@each_table
def test_emptying_a_table_is_refused(table, history):
    if connection.vendor != "postgresql":
        pytest.skip("only on PostgreSQL")

    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    assert refusal(f"TRUNCATE {table} CASCADE").startswith("The history is append-only: ")


def test_by_way_of_django_it_is_refused_as_well(history):
    with pytest.raises(IntegrityError), transaction.atomic():
        models.System.history.all().update(name="x")
    with pytest.raises(IntegrityError), transaction.atomic():
        models.System.history.first().delete()
    with pytest.raises(IntegrityError), transaction.atomic():
        models.ChangeSet.objects.filter(sequence=1).update(reason="x")


def test_the_account_of_an_author_can_be_removed_and_the_name_stays(history):
    get_user_model().objects.all().delete()

    assert set(models.ChangeSet.objects.values_list("actor", "actor_name")) == {(None, "Ann Officer")}
    assert set(models.System.history.values_list("history_user", flat=True)) == {None}


@pytest.mark.parametrize("table", [table for table in TABLES if table not in WITHOUT_ACCOUNT])
def test_an_author_can_not_become_somebody_else_nor_anything_else_with_it(table, history):
    other = factories.user().pk
    account = "actor_id" if table == "registry_changeset" else "history_user_id"
    column = column_of(table)

    assert refusal(f"UPDATE {table} SET {account} = %s", other) == said(table, "changes")
    assert refusal(f"UPDATE {table} SET {account} = NULL, {column} = {column} || 'x'") == said(table, "changes")
    assert execute(f"UPDATE {table} SET {account} = NULL") > 0
    assert refusal(f"UPDATE {table} SET {account} = %s", other) == said(table, "changes")


def test_lifting_takes_the_guards_off_and_puts_them_back(history):
    before = guards.guarded(connection)
    with guards.lifted(connection):
        inside = guards.guarded(connection)
        execute("UPDATE registry_historicalsystem SET content = content")

    assert (inside, guards.guarded(connection)) == ({}, before)
    assert refusal("DELETE FROM registry_historicalsystem") == said("registry_historicalsystem", "deletions")


def test_an_error_while_they_are_lifted_undoes_what_was_done_and_puts_them_back(history):
    before = guards.guarded(connection)

    with pytest.raises(OperationalError), guards.lifted(connection):  # noqa: PT012 the error must leave the block
        execute("DELETE FROM registry_historicalsystem")
        raise OperationalError("half-way")

    assert guards.guarded(connection) == before
    assert models.System.history.count() == 8


def test_a_table_is_guarded_anew_once_it_has_another_column():
    execute("CREATE TABLE later (history_id integer PRIMARY KEY, history_user_id integer, content text)")
    guards.install(connection, ["later", "absent"])
    guards.install(connection, ["later"])
    with guards.lifted(connection):
        execute("ALTER TABLE later ADD COLUMN further text")
    guards.install(connection, ["later"])
    execute("INSERT INTO later VALUES (1, 2, 'x', 'y')")

    assert guards.guarded(connection)["later"] == EVENTS[connection.vendor]
    assert refusal("UPDATE later SET history_user_id = NULL, further = 'z'") == said("later", "changes")
    assert execute("UPDATE later SET history_user_id = NULL") == 1


def test_a_database_for_which_no_guard_is_written_is_refused(monkeypatch):
    monkeypatch.setattr(connection, "vendor", "oracle")

    with pytest.raises(NotImplementedError, match=r"^No guard is written for .*: use SQLite or PostgreSQL\.$"):
        guards.install(connection)


@pytest.mark.parametrize("command", ["clean_old_history", "clean_duplicate_history", "populate_history"])
def test_the_commands_of_the_history_library_are_switched_off(command, history):
    versions = models.System.history.count()
    with pytest.raises(CommandError) as caught:
        call_command(command, "registry.System")

    assert "Nothing was done." in str(caught.value)
    assert models.System.history.count() == versions


def test_a_clock_that_runs_backwards_does_not_take_the_history_along(monkeypatch):
    first = factories.organisation()
    monkeypatch.setattr(timezone, "now", lambda: models.ChangeSet.objects.first().made_at - timedelta(days=1))
    with change_set():
        first.name = "later"
        first.save()

    assert [one.sequence for one in models.ChangeSet.objects.order_by("made_at")] == [1, 2]
