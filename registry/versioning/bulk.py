"""Writing very many rows of versioned models at once, past Django's objects but never past the history."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import connection, models

from registry.versioning.open_set import demand


def reserve_keys(model: type[models.Model], count: int) -> range | list[int]:
    """Return ``count`` primary keys that nobody else will be given, ascending.

    PostgreSQL hands them out of the table's sequence; SQLite has one writer, so the next numbers are free while the
    open transaction lasts.
    """
    table, column = model._meta.db_table, model._meta.pk.column
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "SELECT nextval(pg_get_serial_sequence(%s, %s)) FROM generate_series(1, %s)",
                [connection.ops.quote_name(table), column, count],
            )
            return sorted(key for (key,) in cursor.fetchall())
        cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [table])
        row = cursor.fetchone()
        first = (row[0] if row else 0) + 1
    return range(first, first + count)


def compress_quickly() -> None:
    """Let PostgreSQL compress long texts by LZ4 until the transaction ends, where it knows how: it costs a tenth."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT set_config(name, 'lz4', true) FROM pg_settings "
                "WHERE name = 'default_toast_compression' AND 'lz4' = ANY(enumvals)"
            )


def insert_rows(model: type[models.Model], columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Insert ``rows`` (values in the order of ``columns``, database column names) by COPY or executemany.

    Demands an open change set. The caller notes the aggregates with ``open_set.note_all``. Values are what both
    database drivers take: str, int, bool and None; dates as ISO text.
    """
    demand(model)
    copy_in(model, columns, rows)


def copy_in(model: type[models.Model], columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Insert as ``insert_rows`` does, for versions themselves: they are written once their change set has closed."""
    quote = connection.ops.quote_name
    table = quote(model._meta.db_table)
    names = ", ".join(quote(column) for column in columns)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.cursor.copy(f"COPY {table} ({names}) FROM STDIN") as copy:
                for row in rows:
                    copy.write_row(row)
            return
        places = ", ".join(["%s"] * len(columns))
        statement = f"INSERT INTO {table} ({names}) VALUES ({places})"  # noqa: S608 names come from models
        cursor.executemany(statement, rows)  # type: ignore[arg-type]


def estimate_anew(written: Iterable[type[models.Model]]) -> None:
    """Let PostgreSQL estimate anew what these tables hold, after very many rows were written to them.

    Until it has, it takes large tables for small ones, and minutes for what takes a moment. Left to itself it does so a
    minute later, and never where autovacuum is off. SQLite plans without estimates.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(f"ANALYZE {', '.join(connection.ops.quote_name(model._meta.db_table) for model in written)}")
