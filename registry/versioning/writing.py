"""The only way to write: ``with change_set(…)``."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from django.db import transaction

from registry.versioning.change_set import Channel
from registry.versioning.following import call_followers
from registry.versioning.open_set import OpenChangeSet, _current
from registry.versioning.sealing import close


@contextmanager
def change_set(
    *, actor: Any = None, channel: str = Channel.COMMAND, reason: str = "", details: Mapping[str, Any] | None = None
) -> Iterator[OpenChangeSet]:
    """Open a change set; everything written inside becomes one sealed change when the block ends, or nothing at all.

    In: the account that acts (None for the system itself), the door, the reason in the person's words, and what the
    door has to say for itself (JSON values). Out: the open change set, whose ``sequence`` is known after the block.
    A nested call joins the outer set. An error inside undoes everything, and passes on.
    """
    outer = _current.get()
    if outer is not None:
        yield outer
        return
    opened = OpenChangeSet(actor=actor, channel=str(channel), reason=reason, details=dict(details or {}))
    with transaction.atomic():
        token = _current.set(opened)
        try:
            yield opened
            call_followers(opened)
        finally:
            _current.reset(token)
        close(opened)
