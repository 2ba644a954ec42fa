"""A register with a long history for benchmarks: the activities of ``register_data``, each in any number of versions."""

import json

from django.db import connection

from registry import models
from registry.versioning.writing import change_set
from tests.benchmarks.register_data import as_csv, fill_catalogues


def fill(activities: int, versions: int, *, alike: bool = False) -> None:
    """Import ``activities`` activities, then give each ``versions - 1`` further versions, one change set a round.

    The further versions are copied inside the database, each with another description: a register is edited for years,
    a benchmark is not. For ``alike`` see ``register_data.rows``. Their change sets are real ones in the chain, though their seals don't cover the copies.
    """
    from registry.imports.importing import apply_preview, preview

    organisation = fill_catalogues()
    apply_preview(preview("register.csv", as_csv(activities, alike=alike), organisation=organisation), actor=None)
    first = models.ProcessingActivity.history.model.objects.order_by("history_id").first()
    for number in range(2, versions + 1):
        with change_set(reason=f"round {number}") as opened:
            organisation.website = f"https://example.org/{number}"
            organisation.save()
        _copy(first.change_set_id, opened.sequence, number)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _copy(source: int, target: int | None, number: int) -> None:
    history = models.ProcessingActivity.history.model
    quote = connection.ops.quote_name
    columns = [column.column for column in history._meta.concrete_fields if not column.primary_key]
    changed = {
        "change_set_id": "%s",
        "history_type": "'~'",
        "content": "replace(content, %s, %s)",
    }
    taken = ", ".join(changed.get(column, quote(column)) for column in columns)
    names = ", ".join(map(quote, columns))
    old = '"description":"'
    new = f"{old}{json.dumps(f'Version {number}. ', ensure_ascii=False)[1:-1]}"
    values = {"change_set_id": [target], "content": [old, new]}
    parameters = [value for column in columns for value in values.get(column, [])]
    table = quote(history._meta.db_table)
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {table} ({names}) SELECT {taken} FROM {table} WHERE change_set_id = %s ORDER BY history_id",  # noqa: S608 names come from models
            [*parameters, source],
        )
