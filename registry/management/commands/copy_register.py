"""Copies a register with its whole history into another database, such as from SQLite to PostgreSQL."""

from argparse import ArgumentParser
from collections.abc import Iterable
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.contrib.sessions.models import Session
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.core.management.color import no_style
from django.db import DEFAULT_DB_ALIAS, connections, transaction
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

from registry.versioning.change_set import ChangeSet
from ropa.database import SQLITE, database

SOURCE = "source"
BLOCK = 500
"""Rows that are read and written at once."""


class Command(BaseCommand):
    """``copy_register --from DATABASE_URL``: everything but sessions, into the database of ``DATABASE_URL``.

    All of it or nothing; the keys, the seals and the chain head are those of the source, which is left as it is.
    """

    help = "Copies a whole register, with its history and accounts, into the empty database that DATABASE_URL names."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the options."""
        parser.add_argument(
            "--from",
            required=True,
            dest="source",
            metavar="URL",
            help="the database to copy from, written as in DATABASE_URL: sqlite:////srv/register/db.sqlite3",
        )

    def handle(self, *args: Any, source: str, **options: Any) -> None:
        """Make the tables, copy them, and compare."""
        described = database(source, settings.BASE_DIR)
        if described["ENGINE"] == SQLITE and not Path(described["NAME"]).is_file():
            raise CommandError(f"{described['NAME']}: there is no such file.")
        connections.settings[SOURCE] = {**connections.settings[DEFAULT_DB_ALIAS], **described}
        try:
            self._refuse_what_cannot_be_copied()
            settings.SEED_CATALOGUES = (
                False  # the entries come from the source, and a seal of seeding would be in the way
            )
            call_command("migrate", verbosity=0)
            with ExitStack() as both:
                both.enter_context(transaction.atomic(using=SOURCE))  # on SQLite nobody else can write meanwhile
                both.enter_context(transaction.atomic())
                rows = _copy()
            head = _head(DEFAULT_DB_ALIAS)
        finally:
            connections[SOURCE].close()
        self.stdout.write(
            f"Copied {rows} rows. {head[0]} change sets, chain head {head[1] or 'none'}, as in the source."
        )
        self.stdout.write("Now run verify_history, and take the signing key along (SIGNING_KEY_FILE).")

    def _refuse_what_cannot_be_copied(self) -> None:
        if ChangeSet._meta.db_table in connections[DEFAULT_DB_ALIAS].introspection.table_names() and _head()[0]:
            raise CommandError(
                "The database of DATABASE_URL holds a register already. Copy into a new, empty database: a history "
                "can't be written over."
            )
        loader = MigrationLoader(None)
        applied = set(MigrationRecorder(connections[SOURCE]).applied_migrations())
        for key in sorted(set(loader.graph.leaf_nodes()) - applied):
            raise CommandError(
                f"The source is of an older version: it lacks {'.'.join(key)}. Run `manage.py migrate` with its "
                "DATABASE_URL first."
            )
        for key in sorted(applied - set(loader.disk_migrations)):
            if key[0] == "registry":
                raise CommandError(
                    f"The source is of a newer version: {'.'.join(key)} is unknown here. Take that version."
                )


def _head(alias: str = DEFAULT_DB_ALIAS) -> tuple[int, str]:
    newest = ChangeSet.objects.using(alias).order_by("-sequence").values_list("sequence", "digest").first()
    return newest or (0, "")


def _copy() -> int:
    models = [
        model
        for model in apps.get_models(include_auto_created=True)
        if model._meta.managed and not model._meta.proxy and model is not Session
    ]
    target = connections[DEFAULT_DB_ALIAS]
    with target.cursor() as cursor:
        for model in reversed(models):  # what migrations have made: kinds of objects, permissions, roles
            table = target.ops.quote_name(model._meta.db_table)
            cursor.execute(f"SELECT 1 FROM {table} LIMIT 1")  # noqa: S608 the name of a table of ours
            if cursor.fetchone():
                cursor.execute(f"DELETE FROM {table}")  # noqa: S608
        rows = sum(_copy_table(cursor, model) for model in models)
        for statement in target.ops.sequence_reset_sql(no_style(), models):
            cursor.execute(statement)
    return rows


def _copy_table(cursor: Any, model: Any) -> int:
    target = connections[DEFAULT_DB_ALIAS]
    fields = [field for field in model._meta.concrete_fields if not field.generated]
    columns = ", ".join(target.ops.quote_name(field.column) for field in fields)
    places = ", ".join(["%s"] * len(fields))
    statement = f"INSERT INTO {target.ops.quote_name(model._meta.db_table)} ({columns}) VALUES ({places})"  # noqa: S608
    stored = model._base_manager.using(SOURCE).order_by("pk").values_list(*(field.attname for field in fields))
    count = 0
    for block in _blocks(stored.iterator(chunk_size=BLOCK)):
        cursor.executemany(
            statement,
            [
                [field.get_db_prep_save(value, target) for field, value in zip(fields, row, strict=True)]
                for row in block
            ],
        )
        count += len(block)
    return count


def _blocks(rows: Iterable[tuple[Any, ...]]) -> Iterable[list[tuple[Any, ...]]]:
    block: list[tuple[Any, ...]] = []
    for row in rows:
        block.append(row)
        if len(block) == BLOCK:
            yield block
            block = []
    if block:
        yield block
