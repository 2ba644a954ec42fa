"""Writing the register of activities with thirty related rows each as XLSX, JSON and JSON-LD, beside the stock export as
XLSX and what the libraries need by themselves, in one run.
Run: python -m tests.benchmarks.bench_formats [sizes …]"""

import io
import json
import sys
import tempfile
import time
from typing import Any

from tests.benchmarks.bench_csv import NAIVE_SETTINGS, _fill
from tests.benchmarks.measuring import in_fresh_process, table

HERE = "tests.benchmarks.bench_formats"


def ours(count: int, form: str) -> dict[str, Any]:
    """Load the register and write it, the reading of the database included."""
    _fill("fill_ours", count)
    from registry.reports.parameters import Parameters, moment_of_production
    from registry.reports.produce import produce

    asked = Parameters(report="register", format=form, produced_at=moment_of_production(), produced_by="benchmark")
    with tempfile.TemporaryFile() as out:
        start = time.perf_counter()
        made = produce(asked, out)  # type: ignore[arg-type]  # a binary file
        seconds = time.perf_counter() - start
    assert made.records == count
    return {"rate": count / seconds, "kilobytes": made.size / 1024 / count}


def xlsx(count: int) -> dict[str, Any]:
    """Our workbook: a sheet of activities and one for each kind of row."""
    return ours(count, "xlsx")


def json_(count: int) -> dict[str, Any]:
    """Our JSON: everything that a record refers to stands inside it."""
    return ours(count, "json")


def jsonld(count: int) -> dict[str, Any]:
    """Our JSON-LD."""
    return ours(count, "jsonld")


def naive_xlsx(count: int) -> dict[str, Any]:
    """Export the stock register with the stock resource, activities alone."""
    _fill("fill_naive", count)
    from tests.benchmarks.naive import stock

    start = time.perf_counter()
    exported = stock.resource().export()
    exported.export("xlsx")
    seconds = time.perf_counter() - start
    assert len(exported) == count
    return {"rate": count / seconds}


def floor_xlsx(count: int) -> dict[str, Any]:
    """Write cells that are there already, as many as ours, with the library and nothing else."""
    import xlsxwriter

    from tests.benchmarks.register_data import rows

    ready = [list(map(str, row.values())) for row in rows(100)]
    start = time.perf_counter()
    book = xlsxwriter.Workbook(io.BytesIO(), {"constant_memory": True})
    activities, others = book.add_worksheet(), book.add_worksheet()
    for place in range(count):
        for column, cell in enumerate(ready[place % len(ready)]):
            activities.write_string(place, column, cell)
        for number in range(30):
            for column in range(10):
                others.write_string(place * 30 + number, column, "a cell of a row")
    book.close()
    return {"rate": count / (time.perf_counter() - start)}


def floor_json(count: int) -> dict[str, Any]:
    """Write values that are there already, as many as ours, with the json module and nothing else."""
    from tests.benchmarks.register_data import rows

    ready = [{**row, "rows": [{"a": "a cell of a row"} for _ in range(200)]} for row in rows(100)]
    with tempfile.TemporaryFile("w", encoding="utf-8") as out:
        start = time.perf_counter()
        for place in range(count):
            out.write(json.dumps(ready[place % len(ready)], ensure_ascii=False))
        seconds = time.perf_counter() - start
    return {"rate": count / seconds}


def run(sizes: tuple[int, ...] = (100, 1_000, 10_000)) -> None:
    """Measure and print."""
    rows = []
    for size in sizes:
        stock = in_fresh_process(HERE, "naive_xlsx", size, settings=NAIVE_SETTINGS)
        floors = {
            "xlsx": in_fresh_process(HERE, "floor_xlsx", size),
            "json": in_fresh_process(HERE, "floor_json", size),
        }
        for name, function in (("xlsx", "xlsx"), ("json", "json_"), ("jsonld", "jsonld")):
            mine = in_fresh_process(HERE, function, size)
            floor = floors.get(name)
            rows.append(
                [
                    f"{size:,}",
                    name,
                    f"{mine['rate']:,.0f}",
                    f"{stock['rate']:,.0f}" if name == "xlsx" else "",
                    f"{floor['rate']:,.0f}" if floor else "",
                    f"{mine['kilobytes']:.1f}",
                    mine["peak_mb"],
                    stock["peak_mb"] if name == "xlsx" else "",
                ]
            )
    headings = ["activities", "format", "ours", "naive", "floor", "KB each", "MB", "naive MB"]
    table("XLSX, JSON and JSON-LD, activities a second", headings, rows)


if __name__ == "__main__":
    run(tuple(int(size) for size in sys.argv[1:]) or (100, 1_000, 10_000))
