"""The first page, and what a saved record costs: at a hundred activities and at ten thousand.
Run: python -m tests.benchmarks.bench_overview [sizes]"""

import fcntl
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from tests.benchmarks.measuring import ROOT, in_fresh_process, sizes, table

HERE = "tests.benchmarks.bench_overview"
PAGES, SAVES = 60, 20
AT_MOST = 1.5
"""How many times the time at the smallest size the first page may take at the largest."""

AIM = 300
"""Milliseconds that the first page should take."""


TURNING = 60
"""So many records have a date that turns on the next day: ten thousand reviewed twice a year."""

TOMORROW = date.today() + timedelta(days=1)

PATIENCE = 1_200
"""Seconds that one process waits for the others to have filled their databases."""


def measure(activities: int, folder: str, processes: int) -> dict[str, Any]:
    """Fill the database from another process; then ask for the first page, and save a record and check what that
    affects, again and again; at last bring a new day in. Milliseconds: the best of each, since a busy machine only ever
    adds to it; of the new day, which comes once, the processor's.

    Processes of all sizes do so in turn, through files in ``folder``, so that a busy machine is so for all of them."""
    code = f"import django; django.setup(); from tests.benchmarks.versions_data import fill; fill({activities}, 1)"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(f"filling failed:\n{done.stderr[-3000:]}")
    import time_machine
    from django.contrib.auth import get_user_model
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    from registry import models
    from registry.standing.refresh import catch_up, refresh
    from registry.versioning.writing import change_set

    start = time.perf_counter()
    catch_up()
    whole = time.perf_counter() - start
    client = Client(headers={"host": "localhost"})
    client.force_login(get_user_model().objects.create_superuser("bench"))

    def page() -> None:
        assert client.get("/").status_code == 200

    page()
    _wait_for_all(Path(folder), str(activities), processes)
    taken: dict[str, list[float]] = {"page": [], "processor": [], "save": [], "check": []}
    for _ in range(PAGES):
        with _turn(folder):
            start, start_of_processor = time.perf_counter(), time.process_time()
            page()
            taken["page"].append(time.perf_counter() - start)
            taken["processor"].append(time.process_time() - start_of_processor)
    for number in range(SAVES):
        activity = models.ProcessingActivity.objects.order_by("pk")[number * activities // SAVES]
        with _turn(folder):
            start = time.perf_counter()
            with change_set(reason="benchmark"):
                activity.description = f"Changed {number}"
                activity.save()
            saved = time.perf_counter()
            refresh()
            taken["check"].append(time.perf_counter() - saved)
            taken["save"].append(saved - start)
    with CaptureQueriesContext(connection) as captured:
        page()
    models.Standing.objects.filter(activity__in=_some(activities, TURNING)).update(turns_on=TOMORROW)
    with time_machine.travel(TOMORROW, tick=True), _turn(folder):
        start_of_processor = time.process_time()
        refresh()
        new_day = time.process_time() - start_of_processor
    return {
        "new_day": new_day * 1000,
        **{name: min(some) * 1000 for name, some in taken.items()},
        "whole": whole,
        "queries": len(captured),
    }


def _some(activities: int, most: int) -> list[int]:
    from registry import models

    every = max(activities // most, 1)
    return list(models.Standing.objects.order_by("pk").values_list("pk", flat=True)[::every][:most])


def _wait_for_all(folder: Path, own: str, processes: int) -> None:
    (folder / own).touch()
    until = time.monotonic() + PATIENCE
    while sum(file.name.isdecimal() for file in folder.iterdir()) < processes:
        if time.monotonic() > until:
            raise RuntimeError("the other processes did not get ready")
        time.sleep(0.1)


@contextmanager
def _turn(folder: str) -> Iterator[None]:
    with Path(folder, "turn").open("w") as turn:
        fcntl.flock(turn, fcntl.LOCK_EX)
        yield
    time.sleep(0.01)  # the others' turn


def run(some: tuple[int, ...]) -> None:
    """Measure and print; says where the promise isn't kept."""
    with tempfile.TemporaryDirectory() as folder, ThreadPoolExecutor(len(some)) as pool:
        figures = pool.map(lambda size: in_fresh_process(HERE, "measure", size, folder, len(some)), some)
        found = dict(zip(some, figures, strict=True))
    first = found[some[0]]
    rows = [
        [
            f"{size:,}",
            f"{one['page']:.0f}",
            f"×{one['page'] / first['page']:.2f}",
            f"{one['processor']:.0f}",
            one["queries"],
            f"{one['save']:.0f}",
            f"{one['check']:.0f}",
            f"×{(one['save'] + one['check']) / (first['save'] + first['check']):.2f}",
            f"{one['new_day']:.0f}",
            f"{one['whole']:.1f}",
        ]
        for size, one in found.items()
    ]
    table(
        "The first page, and a saved record with the check of what it affects, milliseconds",
        ["activities", "page", "ratio", "processor", "queries", "save", "check", "ratio", "new day", "check of all, s"],
        rows,
    )
    last = found[some[-1]]
    if last["page"] > AT_MOST * first["page"] or last["page"] > AIM:
        print(f"  TOO SLOW: more than {AT_MOST} times the time at {some[0]}, or more than {AIM} ms")


if __name__ == "__main__":
    run(sizes(100, 10_000))
