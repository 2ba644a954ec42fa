"""The kinds of jobs there are, each with the function that does the work."""

from collections.abc import Callable
from typing import Protocol

from registry.models.job import Job


class Progress(Protocol):
    """Told how much is done, and of how much. It raises Cancelled where the person has changed her mind."""

    def __call__(self, done: int, total: int, said: str = "") -> None:
        """Note it; ``said`` tells people in words how far the work is, where the numbers alone don't."""


Work = Callable[[Job, Progress], None]

_KINDS: dict[str, Work] = {}


class Cancelled(Exception):
    """Somebody has cancelled the job. Whatever the work began is to be undone as after any error."""


class JobError(Exception):
    """The work can't be done; the message says why and what to do about it, to the person who asked."""


def job_kind(name: str) -> Callable[[Work], Work]:
    """Declare the decorated function as the work of the jobs of this kind.

    It is called by the worker, in the language of the person, and may raise JobError. Where it makes something
    available, it calls ``finish`` in the same transaction; otherwise the job is finished when it returns.
    """

    def declare(work: Work) -> Work:
        _KINDS[name] = work
        return work

    return declare


def work_of(kind: str) -> Work:
    """Return what a kind of job does. Raises LookupError for an unknown one."""
    return _KINDS[kind]
