"""The list of activities and its search: at any size, beside the stock search that joins six relations."""

import statistics
import time
from typing import Any

from tests.benchmarks.measuring import in_fresh_process, sizes, table

HERE = "tests.benchmarks.bench_list"
NAIVE_SETTINGS = "tests.benchmarks.naive.settings"
NAIVE_ROWS = 100
"""At a thousand the stock search takes half a minute on SQLite, and at a hundred more than a minute on PostgreSQL."""

REPEATS = 7


def ours(count: int) -> dict[str, Any]:
    """Milliseconds of the list page, and of searches with many hits, few hits and none, in ``count`` activities; and of
    the list while these still wait to be checked, of which each page checks some where no worker does."""
    from django.contrib.auth import get_user_model
    from django.test import Client

    from registry.imports.importing import apply_preview, preview
    from registry.standing.refresh import catch_up
    from tests.benchmarks.register_data import as_csv, fill_catalogues

    apply_preview(preview("register.csv", as_csv(count), organisation=fill_catalogues()), actor=None)
    client = Client(headers={"host": "localhost"})
    client.force_login(get_user_model().objects.create_superuser("bench"))

    def page(**query: str) -> None:
        assert client.get("/registry/processingactivity/", query).status_code == 200

    waiting = _median(page, repeats=1)
    catch_up()
    return {
        "waiting": waiting,
        "page": _median(page),
        "many": _median(lambda: page(q="marketing recipient")),
        "few": _median(lambda: page(q="ACT-000042")),
        "none": _median(lambda: page(q="zebra crossing")),
    }


def naive(count: int) -> dict[str, Any]:
    """Milliseconds of the stock search: one query with ``search_fields`` through six many-to-many fields."""
    from django.contrib.admin import ModelAdmin, site

    from tests.benchmarks.naive import models, stock

    stock.fill()
    stock.resource().import_data(stock.dataset(count), raise_errors=True)
    stock_admin = ModelAdmin(models.Activity, site)
    stock_admin.search_fields = ["name", *(f"{relation}__name" for relation in stock.LINKS)]

    def search() -> None:
        found, _ = stock_admin.get_search_results(None, models.Activity.objects.all(), "recipient 042")
        list(found.distinct()[:50])

    return {"search": _median(search, repeats=1)}


def run(some: tuple[int, ...]) -> None:
    """Measure and print."""
    rows, first = [], {}
    for size in some:
        times = in_fresh_process(HERE, "ours", size)
        first = first or times
        slowest = max(("many", "few", "none"), key=lambda name: times[name])
        rows.append(
            [
                f"{size:,}",
                *(f"{times[name]:.0f}" for name in ("waiting", "page", "many", "few", "none")),
                f"×{times[slowest] / first[slowest]:.1f}",
            ]
        )
    stock = in_fresh_process(HERE, "naive", NAIVE_ROWS, settings=NAIVE_SETTINGS)["search"]
    table(
        f"List and search of activities, milliseconds a page (stock search alone, {NAIVE_ROWS} activities: {stock:,.0f} ms)",
        ["activities", "just imported", "list", "many hits", "one hit", "no hit", f"slowest search against {some[0]}"],
        rows,
    )


def _median(action: Any, repeats: int = REPEATS) -> float:
    times = []
    if repeats > 1:
        action()
    for _ in range(repeats):
        start = time.perf_counter()
        action()
        times.append((time.perf_counter() - start) * 1000)
    return statistics.median(times)


if __name__ == "__main__":
    run(sizes(100, 1_000, 10_000))
