"""Putting all rules to a register, beside loading it: what the rules take, with what they need to know beforehand.

Once for made-up records of many rows, whose texts are words by chance; once for the same in a group that shares a purpose
and a recipient abroad, which each record names otherwise than half of the others; and once for those of the demo, repeated:
people write less in a record, but what they write says more to the rules. Run: python -m tests.benchmarks.bench_check [activities]"""

import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from tests.benchmarks.measuring import ROOT, clock, in_fresh_process, table

HERE = "tests.benchmarks.bench_check"
ROUNDS = 5
CHECK_AT_MOST = 1.0
"""How many times the time of loading the records checking them may take, on top of it."""


def measure(activities: int) -> dict[str, Any]:
    """Measure with so many made-up records: see ``_measured``."""
    _fill(f"from tests.benchmarks.versions_data import fill; fill({activities}, 1)")
    from registry.record.loader import load_register

    return _measured(load_register, activities)


def measure_alike(activities: int) -> dict[str, Any]:
    """Measure with so many of a group: see ``register_data.rows``."""
    _fill(f"from tests.benchmarks.versions_data import fill; fill({activities}, 1, alike=True)")
    from registry.record.loader import load_register

    return _measured(load_register, activities)


def measure_lifelike(activities: int) -> dict[str, Any]:
    """Measure with about so many records: those of the demo, each as often as that takes."""
    _fill("from django.core.management import call_command; call_command('load_demo')")
    from registry.record.loader import Register, load_register

    times = activities // len(load_register())

    def load() -> Register:
        register = load_register()
        return replace(register, index=register.index * times)

    return _measured(load, len(load()))


def _fill(code: str) -> None:
    """Fill the database from another process: its memory isn't ours."""
    whole = f"import django; django.setup(); {code}"
    done = subprocess.run([sys.executable, "-c", whole], cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(f"filling failed:\n{done.stderr[-3000:]}")


def _measured(load_register: Callable[[], Any], activities: int) -> dict[str, Any]:
    """Load, and load and check, in turn, so that a busy machine is so for both. Returns the best time of each part in
    seconds (see ``clock``), that of the first check, to which all words are new, the number of gaps, and how many
    queries checking needs."""
    from registry.compliance.checking import check_register
    from registry.compliance.context import context_of

    taken: dict[str, list[float]] = {"load": [], "read": [], "known": [], "both": []}
    gaps = records = 0
    now = clock()
    for _ in range(ROUNDS):
        start = now()
        register = load_register()
        catalogues = now()
        records = sum(1 for _ in register.activities())
        read = now()
        taken["load"].append(read - start)
        taken["read"].append(read - catalogues)
        start = now()
        context = context_of(register)
        taken["known"].append(now() - start)
        start = now()
        gaps = sum(len(found) for _, found in check_register(register, context))
        taken["both"].append(now() - start)
    assert records == activities
    best = {name: min(some) for name, some in taken.items()}
    first = taken["known"][0] + taken["both"][0] - taken["read"][0]
    return {**best, "first": first, "records": records, "gaps": gaps, "queries": _queries()}


def _queries() -> int:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from registry.compliance.checking import check_register
    from registry.record.loader import load_register

    register = load_register()
    with CaptureQueriesContext(connection) as captured:
        for _ in check_register(register):
            pass
    return len(captured)


def run(activities: int = 10_000) -> None:
    """Measure and print; says where the promise isn't kept."""
    _tell("made-up", in_fresh_process(HERE, "measure", activities))
    _tell("alike", in_fresh_process(HERE, "measure_alike", activities))
    _tell("lifelike", in_fresh_process(HERE, "measure_lifelike", activities))


def _tell(kind: str, found: dict[str, Any]) -> None:
    load, known, rules = found["load"], found["known"], found["both"] - found["read"]
    check, records = known + rules, found["records"]
    rows = [
        [name, f"{seconds:.2f}", f"{seconds / records * 1e6:,.0f}", f"{seconds / load:.2f}"]
        for name, seconds in (
            ("loading the register", load),
            ("  the records alone", found["read"]),
            ("checking them, on top of it", check),
            ("  what records say together", known),
            ("  all rules", rules),
            ("for the first time in a process", found["first"]),
        )
    ]
    table(f"Checking {records:,} {kind} activities", ["what", "s", "µs/record", "× loading"], rows)
    print(f"  {found['gaps']:,} gaps, {found['queries']} queries, {found['peak_mb']} MB")
    if check > CHECK_AT_MOST * load:
        print(f"  TOO SLOW: checking takes more than {CHECK_AT_MOST} times loading")


if __name__ == "__main__":
    run(*(int(argument) for argument in sys.argv[1:]))
