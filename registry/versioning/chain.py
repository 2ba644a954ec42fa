"""What a seal covers, letter for letter: the header of a change set, one line for each version, and the link before."""

import hashlib
from datetime import UTC
from typing import Any

from django.db import models

from registry.versioning.canonical import canonical, digest
from registry.versioning.change_set import ChangeSet

BEGINNING = "0" * 64
"""What stands where the first change set would name its predecessor."""


def version_line(model: type[models.Model], pk: int, kind: str, content: str) -> str:
    """Return the line that stands for one version in its change set's seal: canonical JSON, like everything sealed."""
    return named_line(str(model._meta.model_name), pk, kind, content)


def named_line(model_name: str, pk: int, kind: str, content: str) -> str:
    """Return the line of a version whose model is given by name. Written out, since it is made for every version."""
    return f'{{"content":"{digest(content)}","kind":"{kind}",{object_mark(model_name, pk)}'


def object_mark(model_name: str, pk: int) -> str:
    """Return the end of the line of any version of one object, by which its line is found in a manifest."""
    return f'"model":"{model_name}","object":{pk}}}'


def sealed_header(header: ChangeSet) -> dict[str, Any]:
    """Return what a seal covers of the change set itself. The account's key is not among it: accounts may go."""
    return {
        "sequence": header.sequence,
        "made_at": header.made_at.astimezone(UTC).isoformat(),
        "actor": header.actor_name,
        "channel": str(header.channel),
        "reason": header.reason,
        "details": header.details,
        "previous": header.previous_digest,
    }


class Seal:
    """A seal in the making: SHA-256 over the header, then over each line, with a line break between them."""

    def __init__(self, header: ChangeSet) -> None:
        self._hash = hashlib.sha256(canonical(sealed_header(header)).encode())

    def add(self, lines: str) -> None:
        """Cover one more line, or several that stand below each other."""
        self._hash.update(b"\n" + lines.encode())

    def copy(self) -> "Seal":
        """Return a seal that goes on from here by itself."""
        other = object.__new__(Seal)
        other._hash = self._hash.copy()
        return other

    def hexdigest(self) -> str:
        """Return the seal as 64 hexadecimal digits."""
        return self._hash.hexdigest()
