"""A kind of job for tests: what it does is whatever the test hands over."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from registry.jobs import kinds
from registry.jobs.asking import ask_for
from registry.jobs.running import run_job
from registry.models.job import Job
from tests import factories

KIND = "test"


@contextmanager
def kind(work: Callable[[Job, kinds.Progress], None]) -> Iterator[None]:
    """Let jobs of the kind ``test`` do this."""
    kinds._KINDS[KIND] = work
    try:
        yield
    finally:
        del kinds._KINDS[KIND]


def asked(work: Callable[[Job, kinds.Progress], None] = lambda job, progress: None, **values: Any) -> Job:
    """A job that waits."""
    by = values.pop("by", None) or factories.user(first_name="Ann", last_name="Officer")
    with kind(work):
        return ask_for(KIND, **{"title": "A test", "by": by, "parameters": {}, **values})


def run(job: Job, work: Callable[[Job, kinds.Progress], None] = lambda job, progress: None) -> Job:
    """Do the job as a worker does; return it as it is stored then."""
    with kind(work):
        run_job.call(str(job.pk))
    job.refresh_from_db()
    return job
