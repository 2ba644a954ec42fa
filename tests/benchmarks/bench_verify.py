"""Verifying the history beside bare reading and hashing of the same bytes, and what sealing adds to an import.
Run: python -m tests.benchmarks.bench_verify [numbers of versions …], such as 10000 100000 1000000 (8 GB of disk)"""

import hashlib
import subprocess
import sys
import time
from typing import Any

from tests.benchmarks.measuring import ROOT, in_fresh_process, sizes, table

HERE = "tests.benchmarks.bench_verify"
ACTIVITIES = 1_000
IMPORTED = 5_000


def verifying(versions: int) -> dict[str, Any]:
    """Verify a history of that many versions; filled by another process, so that the peak of memory is verifying's."""
    _fill(versions)
    from registry.versioning.verifying import verify

    start = time.perf_counter()
    verdict = verify()
    seconds = time.perf_counter() - start
    assert verdict.fault is None, verdict.fault
    return {"versions": verdict.versions, "rate": verdict.versions / seconds, **_floor()}


def sealing(count: int, sealed: bool) -> dict[str, Any]:
    """Import activities with thirty rows each, with sealing or with everything else alone."""
    from registry.imports.importing import apply_preview, preview
    from registry.versioning import sealing as module
    from tests.benchmarks.register_data import as_csv, fill_catalogues

    organisation = fill_catalogues()
    data = as_csv(count)
    if not sealed:
        _without_seals(module)
    start, worked = time.perf_counter(), time.process_time()
    apply_preview(preview("register.csv", data, organisation=organisation), actor=None)
    return {"seconds": time.perf_counter() - start, "worked": time.process_time() - worked}


def fill(versions: int) -> None:
    """Import activities with thirty rows each, then change every one of them again and again."""
    from registry import models
    from registry.imports.importing import apply_preview, preview
    from registry.versioning.writing import change_set
    from tests.benchmarks.register_data import as_csv, fill_catalogues

    organisation = fill_catalogues()
    apply_preview(preview("register.csv", as_csv(ACTIVITIES), organisation=organisation), actor=None)
    for number in range(versions // ACTIVITIES - 1):
        with change_set(reason=f"round {number}"):
            models.ProcessingActivity.objects.update(external_reference=f"round {number}")


def _floor() -> dict[str, Any]:
    """Read every content by the bare driver and hash it; hashing is timed by itself as well."""
    from django.db import connection

    from registry import models

    history = models.ProcessingActivity.history.model._meta.db_table
    seconds, size, count = 0.0, 0, 0
    begun = time.perf_counter()
    with connection.chunked_cursor() as cursor:
        cursor.execute(f"SELECT content FROM {history} ORDER BY history_id")  # noqa: S608 names come from models
        while rows := cursor.fetchmany(200):
            start = time.perf_counter()
            for (content,) in rows:
                data = content.encode()
                hashlib.sha256(data).hexdigest()
                size += len(data)
            seconds += time.perf_counter() - start
            count += len(rows)
    return {"hashed": count / seconds, "read": count / (time.perf_counter() - begun), "kilobytes": size / count / 1024}


def _without_seals(module: Any) -> None:
    """Let versions be written as ever, but no line, no manifest and no seal be made."""

    class NoSeal:
        def __init__(self, header: Any) -> None: ...

        def add(self, lines: str) -> None: ...

        def hexdigest(self) -> str:
            return "0" * 64

    module.Seal = NoSeal
    module.version_line = lambda *version: ""
    copy_in = module.copy_in
    module.copy_in = lambda model, *rest: None if model is module.ManifestPage else copy_in(model, *rest)


def _fill(versions: int) -> None:
    code = f"import django; django.setup(); from {HERE} import fill; fill({versions})"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(f"fill({versions}) failed:\n{done.stderr[-3000:]}")


def run(some: tuple[int, ...]) -> None:
    """Measure and print."""
    rows = []
    for size in some:
        found = in_fresh_process(HERE, "verifying", size)
        rows.append(
            [
                f"{found['versions']:,}",
                f"{found['rate']:,.0f}",
                f"{found['read']:,.0f}",
                f"{found['hashed']:,.0f}",
                f"{found['read'] / found['rate']:.1f}",
                f"{found['kilobytes']:.1f}",
                found["peak_mb"],
            ]
        )
    headings = ["versions", "verified/s", "read and hashed/s", "hashed/s", "floor/ours", "KB each", "peak MB"]
    table("Verifying the history (floor: reading the contents by the bare driver and hashing them)", headings, rows)
    measured = {sealed: [] for sealed in (True, False)}
    for sealed in (True, False) * 3:
        measured[sealed].append(in_fresh_process(HERE, "sealing", IMPORTED, sealed))
    rows = []
    for what, key in (("by the clock", "seconds"), ("of our own work", "worked")):
        on, off = (min(figures[key] for figures in measured[sealed]) for sealed in (True, False))
        rows.append([what, f"{on:.2f}", f"{off:.2f}", f"{100 * (on / off - 1):.1f} %"])
    table(
        f"Sealing within an import of {IMPORTED:,} activities with thirty rows each (best of three)",
        ["seconds", "with seals", "without", "added"],
        rows,
    )


if __name__ == "__main__":
    run(sizes(10_000, 100_000))
