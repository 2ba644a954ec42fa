"""The guard of what may only grow: triggers by which the database itself refuses to change or delete history."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from django.apps import apps
from django.db import transaction
from django.db.backends.base.base import BaseDatabaseWrapper

from registry.versioning.base import Versioned
from registry.versioning.change_set import ChangeSet
from registry.versioning.export_log import Export
from registry.versioning.manifest import ManifestPage

REFUSAL = "The history is append-only: {table} refuses {what}. Migrations that must change it use guards.lifted()."
"""What the database says. Django raises it as IntegrityError."""

ACCOUNT_COLUMNS = frozenset({"actor_id", "history_user_id"})
"""Who did it, as a key. It may become empty, when the account is removed; the name stays in ``actor_name``."""

_PREFIX = "guard"


def histories() -> list[type[Any]]:
    """Return the historical model of every versioned model, by model name: the order of the lines in a seal."""
    versioned = [model for model in apps.get_models() if issubclass(model, Versioned)]
    return [model.history.model for model in sorted(versioned, key=lambda model: str(model._meta.model_name))]


def tables() -> list[str]:
    """Return the name of every table that is guarded."""
    models: list[type[Any]] = [ChangeSet, ManifestPage, Export, *histories()]
    return [model._meta.db_table for model in models]


def install(connection: BaseDatabaseWrapper, names: Iterable[str] | None = None) -> None:
    """Guard the tables (all that are to be, by default) as they are now; leaves alone what is guarded already.

    Runs after every migration, so that a new table, a new column, or a table that SQLite rebuilt is guarded as well.
    Tables that don't exist yet are passed over. Raises NotImplementedError for other databases than SQLite and
    PostgreSQL.
    """
    existing = set(connection.introspection.table_names())
    chosen = [name for name in (tables() if names is None else names) if name in existing]
    with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
        _dialect(connection).install(cursor, chosen)


def guarded(connection: BaseDatabaseWrapper) -> dict[str, set[str]]:
    """Return what is refused now, by table: of ``update``, ``delete``, ``replace`` (SQLite) and ``truncate``."""
    with connection.cursor() as cursor:
        return _dialect(connection).guarded(cursor)


@contextmanager
def lifted(connection: BaseDatabaseWrapper) -> Iterator[None]:
    """Take the guards off for a migration or a test, and put them back at the end, in one transaction.

    An error inside undoes what was done, and the guards are back as well. Needs the rights of the tables' owner.
    """
    dialect = _dialect(connection)
    with transaction.atomic(using=connection.alias):
        with connection.cursor() as cursor:
            names = sorted(dialect.guarded(cursor))
            dialect.lift(cursor, names)
        yield
        with connection.cursor() as cursor:
            dialect.restore(cursor, names)


class _SQLite:
    """Triggers by the name of table and event. A REPLACE deletes without firing a delete trigger, hence the third."""

    def install(self, cursor: Any, names: Iterable[str]) -> None:
        cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
        present = dict(cursor.fetchall())
        for table in names:
            for name, statement in self._triggers(cursor, table):
                if present.get(name) == statement:
                    continue
                cursor.execute(f'DROP TRIGGER IF EXISTS "{name}"')
                cursor.execute(statement)

    def guarded(self, cursor: Any) -> dict[str, set[str]]:
        cursor.execute("SELECT tbl_name, name FROM sqlite_master WHERE type = 'trigger'")
        found: dict[str, set[str]] = {}
        for table, name in cursor.fetchall():
            prefix, _, event = name.partition(f"_{table}_")
            if prefix == _PREFIX:
                found.setdefault(table, set()).add(event)
        return found

    def lift(self, cursor: Any, names: Iterable[str]) -> None:
        for table in names:
            for event in ("update", "delete", "replace"):
                cursor.execute(f'DROP TRIGGER IF EXISTS "{_PREFIX}_{table}_{event}"')

    def restore(self, cursor: Any, names: Iterable[str]) -> None:
        self.install(cursor, names)

    def _triggers(self, cursor: Any, table: str) -> Iterator[tuple[str, str]]:
        cursor.execute(f'PRAGMA table_info("{table}")')
        columns = {name: bool(in_key) for _, name, _, _, _, in_key in cursor.fetchall()}
        key = next(name for name, in_key in columns.items() if in_key)
        account = next((name for name in columns if name in ACCOUNT_COLUMNS), None)
        otherwise = ""
        if account is not None:
            others = " AND ".join(f'NEW."{name}" IS OLD."{name}"' for name in columns if name != account)
            otherwise = f'WHEN NOT (NEW."{account}" IS NULL AND {others})'
        exists = f'WHEN EXISTS (SELECT 1 FROM "{table}" WHERE "{key}" = NEW."{key}")'  # noqa: S608 names of our own tables
        for event, on, condition, what in (
            ("update", "UPDATE", otherwise, "changes"),
            ("delete", "DELETE", "", "deletions"),
            ("replace", "INSERT", exists, "replacements"),
        ):
            name = f"{_PREFIX}_{table}_{event}"
            said = REFUSAL.format(table=table, what=what)
            when = f'BEFORE {on} ON "{table}" {condition}'
            yield name, f"CREATE TRIGGER \"{name}\" {when} BEGIN SELECT RAISE(ABORT, '{said}'); END"


class _PostgreSQL:
    """One function behind two triggers a table: one for rows, one for TRUNCATE."""

    FUNCTION = f"""
        CREATE OR REPLACE FUNCTION registry_guard() RETURNS trigger LANGUAGE plpgsql AS $guard$
        BEGIN
            IF TG_OP = 'UPDATE' AND TG_NARGS = 1
                AND to_jsonb(NEW) -> TG_ARGV[0] = 'null'::jsonb
                AND to_jsonb(NEW) - TG_ARGV[0] = to_jsonb(OLD) - TG_ARGV[0]
            THEN
                RETURN NEW;
            END IF;
            RAISE EXCEPTION USING ERRCODE = 'integrity_constraint_violation', MESSAGE = replace(replace(
                '{REFUSAL}', '{{table}}', TG_TABLE_NAME), '{{what}}',
                CASE TG_OP WHEN 'UPDATE' THEN 'changes' WHEN 'DELETE' THEN 'deletions' ELSE 'being emptied' END);
        END $guard$
    """

    def install(self, cursor: Any, names: Iterable[str]) -> None:
        cursor.execute(self.FUNCTION)
        present = self.guarded(cursor)
        for table in names:
            if len(present.get(table, ())) == 3:
                continue
            cursor.execute(
                "SELECT attname FROM pg_attribute WHERE attrelid = %s::regclass AND attname = ANY(%s)",
                [f'"{table}"', sorted(ACCOUNT_COLUMNS)],
            )
            account = ", ".join(f"'{name}'" for (name,) in cursor.fetchall())
            for event, on, each, arguments in (
                ("rows", "UPDATE OR DELETE", "ROW", account),
                ("truncate", "TRUNCATE", "STATEMENT", ""),
            ):
                cursor.execute(f'DROP TRIGGER IF EXISTS {_PREFIX}_{event} ON "{table}"')
                cursor.execute(
                    f'CREATE TRIGGER {_PREFIX}_{event} BEFORE {on} ON "{table}" '
                    f"FOR EACH {each} EXECUTE FUNCTION registry_guard({arguments})"
                )

    def guarded(self, cursor: Any) -> dict[str, set[str]]:
        cursor.execute(
            "SELECT c.relname, t.tgname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid "
            "JOIN pg_proc p ON p.oid = t.tgfoid "
            "WHERE p.proname = 'registry_guard' AND t.tgenabled <> 'D' "
            "AND c.relnamespace = current_schema()::text::regnamespace"
        )
        found: dict[str, set[str]] = {}
        for table, name in cursor.fetchall():
            events = {"update", "delete"} if name == f"{_PREFIX}_rows" else {"truncate"}
            found.setdefault(table, set()).update(events)
        return found

    def lift(self, cursor: Any, names: Iterable[str]) -> None:
        self._switch(cursor, names, "DISABLE")

    def restore(self, cursor: Any, names: Iterable[str]) -> None:
        self._switch(cursor, names, "ENABLE")

    def _switch(self, cursor: Any, names: Iterable[str], how: str) -> None:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # a table with checks still to be made can't be altered
        for table in names:
            for event in ("rows", "truncate"):
                cursor.execute(f'ALTER TABLE "{table}" {how} TRIGGER {_PREFIX}_{event}')
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")


def _dialect(connection: BaseDatabaseWrapper) -> _SQLite | _PostgreSQL:
    known: dict[str, type[_SQLite] | type[_PostgreSQL]] = {"sqlite": _SQLite, "postgresql": _PostgreSQL}
    if connection.vendor not in known:
        raise NotImplementedError(f"No guard is written for {connection.display_name}: use SQLite or PostgreSQL.")
    return known[connection.vendor]()
