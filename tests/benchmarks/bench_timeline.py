"""The timeline of one record: at any number of versions, with changes of what it refers to among them."""

import statistics
import time
from typing import Any

from tests.benchmarks.measuring import in_fresh_process, sizes, table

HERE = "tests.benchmarks.bench_timeline"
REPEATS = 5


def ours(versions: int) -> dict[str, Any]:
    """Milliseconds and queries of the first page of a timeline of so many versions, of a record with twelve recipients."""
    from django.contrib.auth import get_user_model
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    from registry import models
    from registry.versioning.writing import change_set

    with change_set():
        organisation = models.Organisation.objects.create(name="Fjord Foods AS")
        activity = models.ProcessingActivity.objects.create(organisation=organisation, name="Orders")
        recipients = [models.Recipient.objects.create(name=f"Recipient {number}") for number in range(12)]
        for place, recipient in enumerate(recipients):
            models.ActivityRecipient.objects.create(activity=activity, recipient=recipient, position=place)
    for number in range(1, versions):
        with change_set():
            activity.description = (
                f"What is needed for the delivery is kept for {number} months, and is then erased. " * 5
            )
            activity.save()
        if number % 5 == 0:
            with change_set():
                models.Recipient.objects.filter(pk=recipients[number % 12].pk).update(
                    description=f"Description {number}"
                )
    client = Client(headers={"host": "localhost"})
    client.force_login(get_user_model().objects.create_superuser("bench"))
    address = f"/registry/processingactivity/{activity.pk}/history/"
    client.get(address)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    queries = len(captured)
    times = []
    for _ in range(REPEATS):
        start = time.perf_counter()
        client.get(address)
        times.append((time.perf_counter() - start) * 1000)
    return {"ms": statistics.median(times), "queries": queries}


def run(some: tuple[int, ...]) -> None:
    """Measure and print."""
    found = [(size, in_fresh_process(HERE, "ours", size)) for size in some]
    table(
        "First page of a timeline (simple-history's own list: 713 queries at sixty versions)",
        ["versions", "milliseconds", "queries"],
        [[f"{size:,}", f"{figures['ms']:.0f}", figures["queries"]] for size, figures in found],
    )


if __name__ == "__main__":
    run(sizes(3, 60, 600))
