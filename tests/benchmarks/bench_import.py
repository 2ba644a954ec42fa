"""Importing activities with thirty related rows each: ours, the naive way, and the physical floor, in one run.
Run: python -m tests.benchmarks.bench_import [sizes …]

Reading and planning stand beside the stock dry run, which the stock preview makes first; applying, with history and seals,
beside the stock import and beside the floor that writes the same rows and versions.
"""

import os
from typing import Any

from tests.benchmarks.measuring import in_fresh_process, now, sizes, table

HERE = "tests.benchmarks.bench_import"
NAIVE_SETTINGS = "tests.benchmarks.naive.settings"
NAIVE_ROWS = 100
"""The naive rate doesn't depend on the number of rows, and 10,000 of them would take ten minutes."""
TIMES = int(os.environ.get("BENCH_TIMES") or 3)
"""How often each way is measured; the best counts, since others use the machine too."""

AIM = 150
"""How many times faster than the naive way an import should be applied."""


def ours(count: int, ending: str) -> dict[str, Any]:
    """Read, plan and apply ``count`` activities, history and sealing included; then the same file once more."""
    from registry import models
    from registry.imports.importing import apply_preview, preview
    from tests.benchmarks.register_data import as_csv, as_xlsx, fill_catalogues

    organisation = fill_catalogues()
    data = as_csv(count) if ending == "csv" else as_xlsx(count)
    start = now()
    found = preview(f"register.{ending}", data, organisation=organisation)
    planned = now()
    apply_preview(found, actor=None)
    applied = now()
    assert found.plan
    assert found.plan.counts["created"] == count
    del found
    begun = now()
    again = preview(f"register.{ending}", data, organisation=organisation)
    apply_preview(again, actor=None)
    unchanged = now()
    assert again.plan
    assert again.plan.counts["unchanged"] == count
    assert models.ProcessingActivity.history.count() == count
    return {"plan": planned - start, "apply": applied - planned, "again": unchanged - begun}


def naive(count: int, dry: bool) -> dict[str, Any]:
    """Import ``count`` activities the stock way, or make the dry run that the stock preview makes first."""
    from tests.benchmarks.naive import stock

    stock.fill()
    data = stock.dataset(count)
    start = now()
    result = stock.resource().import_data(data, raise_errors=True, dry_run=dry)
    seconds = now() - start
    assert result.totals["new"] == count
    return {"rate": count / seconds}


def floor(count: int) -> dict[str, Any]:
    """Read the same file and write the same rows and versions, with nothing else."""
    from tests.benchmarks.floor import Floor, same_as_ours
    from tests.benchmarks.register_data import as_csv, fill_catalogues

    lowest = Floor(fill_catalogues())
    lowest.run(as_csv(count))
    assert same_as_ours(count)
    return {"plan": lowest.reading, "apply": lowest.writing}


def run() -> None:
    """Measure and print."""
    rate, dry = (max(_naive(dry) for _ in range(TIMES)) for dry in (False, True))
    planning, applying, whole = [], [], []
    for size, ending in _cases(sizes(100, 1_000, 10_000)):
        mine, least = [], []
        for _ in range(TIMES):  # in turn, so that a busy machine is so for both
            mine.append(in_fresh_process(HERE, "ours", size, ending))
            least.append(in_fresh_process(HERE, "floor", size))
        best = {key: min(one[key] for one in mine) for key in ("plan", "apply", "again", "peak_mb")}
        lowest = {key: min(one[key] for one in least) for key in ("plan", "apply")}
        name = f"{size:,} {ending}"
        planning.append([name, *_compared(size, best["plan"], lowest["plan"], dry)])
        applying.append([name, *_compared(size, best["apply"], lowest["apply"], rate)])
        seconds, least_seconds = best["plan"] + best["apply"], lowest["plan"] + lowest["apply"]
        stock = 1 / (1 / rate + 1 / dry)
        whole.append([name, *_compared(size, seconds, least_seconds, stock), f"{best['again']:.2f}", best["peak_mb"]])
    if os.environ.get("BENCH_CLOCK") == "processor":
        print("Seconds are those of processors, of the database's backend as well, without any waiting for disks.")
    headings = ["activities", "seconds", "a second", "naive", "ours/naive", "floor", "floor/naive", "× its time"]
    said = f"activities a second (naive: {NAIVE_ROWS} rows, its rate is flat; each the best of {TIMES})"
    table(f"Reading and planning, {said}", headings, planning)
    table(f"Applying, {said}", headings, applying)
    for name, *_, fastest, _ in applying:
        if int(fastest.removeprefix("×")) < AIM:
            print(
                f"  {name}: the floor itself is only {fastest} the naive way; ×{AIM} is beyond what the database does."
            )
    table(f"Both, {said}", [*headings, "again s", "peak MB"], whole)


def _naive(dry: bool) -> float:
    rate: float = in_fresh_process(HERE, "naive", NAIVE_ROWS, dry, settings=NAIVE_SETTINGS)["rate"]
    return rate


def _cases(some: tuple[int, ...]) -> list[tuple[int, str]]:
    return [*((size, "csv") for size in some), (some[-1], "xlsx")]


def _compared(size: int, seconds: float, least: float, naive_rate: float) -> list[str]:
    rate = size / seconds
    return [
        f"{seconds:.2f}",
        f"{rate:,.0f}",
        f"{naive_rate:,.1f}",
        f"×{rate / naive_rate:.0f}",
        f"{size / least:,.0f}",
        f"×{size / least / naive_rate:.0f}",
        f"{seconds / least:.2f}",
    ]


if __name__ == "__main__":
    run()
