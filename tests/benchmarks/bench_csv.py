"""Exporting activities with thirty related rows each as CSV: ours, the naive way, and the floors, in one run: the csv
module writing cells that are there already, and reading the contents without writing anything.
Run: python -m tests.benchmarks.bench_csv [sizes …]"""

import csv
import subprocess
import sys
import tempfile
from typing import Any

from tests.benchmarks.measuring import ROOT, clock, in_fresh_process, sizes, table

HERE = "tests.benchmarks.bench_csv"
NAIVE_SETTINGS = "tests.benchmarks.naive.settings"


def ours(count: int) -> dict[str, Any]:
    """Load the register and write it, the reading of the database included; then only read and decode the contents."""
    _fill("fill_ours", count)
    from orjson import loads

    from registry.record.loader import load_register
    from registry.reports.as_csv import write_csv
    from registry.reports.flat import flat_report
    from tests.reports.texts import PROVENANCE

    with tempfile.TemporaryFile() as out:
        now = clock()
        start = now()
        write_csv(flat_report(load_register(), PROVENANCE), out)
        seconds = now() - start
        size = out.tell()
    start = now()
    for text in load_register().stored():
        loads(text)
    reading = now() - start
    return {"rate": count / seconds, "kilobytes": size / 1024 / count, "reading": count / reading}


def naive(count: int) -> dict[str, Any]:
    """Export the stock register with the stock resource."""
    _fill("fill_naive", count)
    from tests.benchmarks.naive import stock

    with tempfile.TemporaryFile("w") as out:
        now = clock()
        start = now()
        exported = stock.resource().export()
        out.write(exported.csv)
        seconds = now() - start
    assert len(exported) == count
    return {"rate": count / seconds}


def floor(count: int) -> dict[str, Any]:
    """Write cells that are there already, with the csv module and nothing else."""
    from tests.benchmarks.register_data import rows

    ready = [list(row.values()) for row in rows(100)]
    with tempfile.TemporaryFile("w", newline="", encoding="utf-8") as out:
        writer = csv.writer(out)
        now = clock()
        start = now()
        for place in range(count):
            writer.writerow(ready[place % len(ready)])
        seconds = now() - start
    return {"rate": count / seconds}


def fill_ours(count: int) -> None:
    """Import ``count`` activities."""
    from registry.imports.importing import apply_preview, preview
    from tests.benchmarks.register_data import as_csv, fill_catalogues

    organisation = fill_catalogues()
    apply_preview(preview("register.csv", as_csv(count), organisation=organisation), actor=None)


def fill_naive(count: int) -> None:
    """Insert the rows of the stock import's data set in bulk: importing them the stock way would take minutes."""
    from tests.benchmarks.naive import models, stock

    stock.fill()
    data = stock.dataset(count)
    keys = {key: dict(getattr(models, name).objects.values_list("name", "pk")) for key, name in stock.KEYS.items()}
    fields = {field.name: field for field in models.Activity._meta.fields}
    made = []
    for row in data.dict:
        plain = {key: fields[key].to_python(row[key] or None) for key in stock.PLAIN if key not in stock.KEYS}
        plain = {key: value for key, value in plain.items() if value is not None}
        linked = {f"{key}_id": names[row[key]] for key, names in keys.items() if row.get(key)}
        made.append(models.Activity(**plain, **linked))
    models.Activity.objects.bulk_create(made, batch_size=500)
    for key, name in stock.LINKS.items():
        through = getattr(models.Activity, key).through
        column = through._meta.get_fields()[-1].attname
        names = dict(getattr(models, name).objects.values_list("name", "pk"))
        links = (
            through(activity_id=activity.pk, **{column: names[linked]})
            for activity, row in zip(made, data.dict, strict=True)
            for linked in row[key].split("|")
        )
        through.objects.bulk_create(links, batch_size=10_000)


def _fill(function: str, count: int) -> None:
    """Fill this process's database from another process, so that the memory measured is the export's alone."""
    code = f"import django; django.setup(); from tests.benchmarks.bench_csv import {function}; {function}({count})"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(f"{function}({count}) failed:\n{done.stderr[-3000:]}")


def run(some: tuple[int, ...]) -> None:
    """Measure and print."""
    rows = []
    for size in some:
        mine = in_fresh_process(HERE, "ours", size)
        stock = in_fresh_process(HERE, "naive", size, settings=NAIVE_SETTINGS)
        least = in_fresh_process(HERE, "floor", size)
        both = 1 / (1 / mine["reading"] + 1 / least["rate"])
        rows.append(
            [
                f"{size:,}",
                f"{mine['rate']:,.0f}",
                f"{stock['rate']:,.0f}",
                f"×{mine['rate'] / stock['rate']:.0f}",
                f"{least['rate']:,.0f}",
                f"{mine['reading']:,.0f}",
                f"×{both / stock['rate']:.0f}",
                f"{mine['kilobytes']:.1f}",
                mine["peak_mb"],
                stock["peak_mb"],
                least["peak_mb"],
            ]
        )
    headings = [
        "activities",
        "ours",
        "naive",
        "ours/naive",
        "csv alone",
        "reading alone",
        "both/naive",
        "KB each",
        "MB",
        "naive MB",
        "floor MB",
    ]
    table("CSV export, activities a second", headings, rows)


if __name__ == "__main__":
    run(sizes(100, 1_000, 10_000))
