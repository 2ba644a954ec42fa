"""Loading the register now, and as at a moment half its history ago, beside plain SQL with ``json.loads``: once for the
same answer (the activities in their order, and the entries they refer to), once for the activities alone, in any order.
Run: python -m tests.benchmarks.bench_loader [activities [versions]]"""

import json
import subprocess
import sys
from collections.abc import Callable
from datetime import datetime
from typing import Any

from tests.benchmarks.measuring import ROOT, clock, in_fresh_process, sizes, table

HERE = "tests.benchmarks.bench_loader"
ROUNDS = 9
AS_AT_AT_MOST, FLOOR_AT_MOST = 1.2, 1.5
"""How many times the time of loading now, and of plain SQL, loading as at a moment may take."""


def measure(activities: int, versions: int) -> dict[str, Any]:
    """Fill the database from another process, then time each way in turn, so that a busy machine is so for all.

    Returns the best time of each in seconds (see ``clock``), and how many queries loading needs. All ways read every
    record and keep none.
    """
    code = f"import django; django.setup(); from tests.benchmarks.versions_data import fill; fill({activities}, {versions})"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(f"filling failed:\n{done.stderr[-3000:]}")
    from registry.models import ChangeSet

    sets = list(ChangeSet.objects.order_by("sequence").values_list("sequence", "made_at"))
    middle, last = sets[len(sets) // 2], sets[-1]
    ways: dict[str, Callable[[], int]] = {
        "floor_now": lambda: _floor(last[0]),
        "floor_then": lambda: _floor(middle[0]),
        "bare_now": lambda: _newest("ProcessingActivity", last[0]),
        "now": lambda: _load(None),
        "then": lambda: _load(middle[1]),
    }
    taken: dict[str, list[float]] = {name: [] for name in ways}
    now = clock()
    for _ in range(ROUNDS):
        for name, way in ways.items():
            start = now()
            count = way()
            taken[name].append(now() - start)
            assert count == activities
    return {**{name: min(some) for name, some in taken.items()}, "queries": _queries()}


def _load(moment: datetime | None) -> int:
    from registry.record.loader import load_register

    return sum(1 for _ in load_register(as_at=moment).activities())


def _floor(change_set: int) -> int:
    """Read what a register consists of: the entries, and the activities in the order of organisation and reference."""
    from registry.record.acceptance import AcceptanceRecord
    from registry.record.activity import ActivityRecord
    from registry.record.classes import ROOTS

    for model, record in ROOTS.items():
        if record not in {ActivityRecord, AcceptanceRecord}:  # no record refers to these
            _newest(model.__name__, change_set)
    return _newest("ProcessingActivity", change_set, "organisation_id, reference")


def _newest(name: str, change_set: int, order: str = "") -> int:
    """Decode the newest version of each object of a model up to a change set, keeping none; return their number."""
    from django.db import connection

    from registry import models

    table = connection.ops.quote_name(getattr(models, name).history.model._meta.db_table)
    newest = f"SELECT MAX(history_id) FROM {table} WHERE change_set_id <= %s GROUP BY id"  # noqa: S608 our own name
    statement = f"SELECT content FROM {table} WHERE history_id IN ({newest}) AND history_type <> '-'"  # noqa: S608
    count = 0
    with connection.chunked_cursor() as cursor:
        cursor.execute(f"{statement} ORDER BY {order}" if order else statement, [change_set])
        while rows := cursor.fetchmany(100):
            for (content,) in rows:
                json.loads(content)
                count += 1
    return count


def _queries() -> int:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as captured:
        _load(None)
    return len(captured)


def run(activities: int = 10_000, versions: int = 10) -> None:
    """Measure and print; says where a promise isn't kept."""
    found = in_fresh_process(HERE, "measure", activities, versions)
    rows = [
        [name, f"{found[key]:.2f}", f"{activities / found[key]:,.0f}", f"{found[key] / found[floor]:.2f}"]
        for name, key, floor in (
            ("plain SQL, now", "floor_now", "floor_now"),
            ("plain SQL, as at", "floor_then", "floor_then"),
            ("  activities alone, in any order", "bare_now", "floor_now"),
            ("load_register, now", "now", "floor_now"),
            ("load_register, as at", "then", "floor_then"),
        )
    ]
    table(
        f"Loading {activities:,} activities with {versions} versions each",
        ["way", "s", "records/s", "× plain SQL"],
        rows,
    )
    print(f"  {found['queries']} queries, {found['peak_mb']} MB; as at / now: {found['then'] / found['now']:.2f}")
    if found["then"] > AS_AT_AT_MOST * found["now"]:
        print(f"  TOO SLOW: loading as at a moment takes more than {AS_AT_AT_MOST} times loading now")
    if found["now"] > FLOOR_AT_MOST * found["floor_now"]:
        print(f"  TOO SLOW: loading takes more than {FLOOR_AT_MOST} times plain SQL with json.loads")


if __name__ == "__main__":
    run(*([int(argument) for argument in sys.argv[1:]] or sizes(1_000, 10_000)[-1:]))
