"""Holding the lines of the export log against the change sets that seal them."""

import json
from typing import Any

from registry.versioning.change_set import ChangeSet, Channel
from registry.versioning.export_log import COLUMNS, Export
from registry.versioning.verdict import ADDED, ALTERED, MISSING, Fault


def fault(header: ChangeSet, line: dict[str, Any] | None) -> Fault | None:
    """Return what does not hold between a change set whose seal fits and the line of the log that points to it.

    A change set that seals an export has exactly one line, which repeats what was sealed; others have none.
    """
    number = header.sequence
    if header.channel != Channel.EXPORT:
        if line is None:
            return None
        said = f"a line of the export log (“{line['file_name']}”) was added to it: it seals no export."
        return _fault(ADDED, number, said)
    sealed = json.loads(header.details)
    name = sealed["file_name"]
    if line is None:
        return _fault(MISSING, number, f"the line of the export log for “{name}” is missing.")
    for column, fact in COLUMNS.items():
        if line[column] != sealed[fact]:
            label = Export._meta.get_field(column).verbose_name  # type: ignore[union-attr]
            said = f"the line of the export log for “{name}” was altered: its {label} was {sealed[fact]}"
            return _fault(ALTERED, number, f"{said}, and is {line[column]} now.")
    return None


def without_change_set(number: int | None) -> Fault | None:
    """Return the fault of a line of the log whose change set does not exist; None where there is no such line."""
    if number is None:
        return None
    said = f"Change set #{number} is missing: a line of the export log points to it."
    return Fault(MISSING, said, number, _MODEL, number)


_MODEL = str(Export._meta.model_name)


def _fault(kind: str, number: int, said: str) -> Fault:
    return Fault(kind, f"Change set #{number}: {said}", number, _MODEL, number)
