"""The pages of an import to review, at any number of planned rows: the first list, a late page, a search, the words.
Run: python -m tests.benchmarks.bench_review [sizes …]

Processor time of whole requests, the sizes in turn within one process, so that a busy machine is so for all.
"""

import statistics
import time
from collections import defaultdict
from typing import Any

from tests.benchmarks.measuring import in_fresh_process, sizes, table

HERE = "tests.benchmarks.bench_review"
REPEATS = 9
PAGES = {
    "first": ("change", {}),
    "late": ("change", {"rows": "created", "page": "1000000"}),
    "search": ("change", {"rows": "created", "q": "ACT-00004"}),
    "warned": ("change", {"rows": "warned"}),
    "words": ("words", {}),
    "progress": ("progress", {}),
}


def ours(*counts: int) -> dict[str, Any]:
    """Milliseconds of each page for imports of so many rows each."""
    from django.contrib.auth import get_user_model
    from django.test import Client
    from django.urls import reverse

    from registry import models
    from registry.imports.uploaded import keep, plan_of
    from tests.benchmarks.register_data import as_csv, fill_catalogues

    organisation = fill_catalogues()
    user = get_user_model().objects.create_superuser("bench")
    client = Client(headers={"host": "localhost"})
    client.force_login(user)
    uploads = {}
    for count in counts:
        data = as_csv(count).replace(b"Recipient 0", b"Receiver 0")
        upload = models.Import(organisation=organisation, file_name="register.csv", data=data, uploaded_by=user)
        keep(upload, plan_of(upload))
        uploads[count] = upload
    times: dict[str, dict[int, list[float]]] = defaultdict(lambda: defaultdict(list))
    for _ in range(REPEATS + 1):
        for name, (view, query) in PAGES.items():
            for count, upload in uploads.items():
                address = reverse(f"admin:registry_import_{view}", args=[upload.pk])
                start = time.process_time()
                assert client.get(address, query).status_code == 200
                times[name][count].append((time.process_time() - start) * 1000)
    return {f"{name} {count}": statistics.median(some[1:]) for name, of in times.items() for count, some in of.items()}


def run(some: tuple[int, ...]) -> None:
    """Measure and print."""
    found = in_fresh_process(HERE, "ours", *some)
    rows = []
    for size in some:
        cells = [
            f"{found[f'{name} {size}']:.0f} (×{found[f'{name} {size}'] / found[f'{name} {some[0]}']:.2f})"
            for name in PAGES
        ]
        rows.append([f"{size:,}", *cells])
    title = f"Reviewing an import, milliseconds of processor time a page (× that of {some[0]} rows)"
    table(title, ["planned rows", *PAGES], rows)


if __name__ == "__main__":
    run(sizes(100, 1_000, 10_000))
