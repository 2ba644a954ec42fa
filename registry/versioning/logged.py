"""Holding the lines of the export log against the change sets that seal them."""

import json
from typing import Any

from django.utils.translation import gettext as _

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
        said = _("Change set #%(number)d: a line of the export log (“%(file)s”) was added to it: it seals no export.")
        return _fault(ADDED, number, said, file=line["file_name"])
    sealed = json.loads(header.details)
    name = sealed["file_name"]
    if line is None:
        said = _("Change set #%(number)d: the line of the export log for “%(file)s” is missing.")
        return _fault(MISSING, number, said, file=name)
    for column, fact in COLUMNS.items():
        if line[column] != sealed[fact]:
            label = Export._meta.get_field(column).verbose_name  # type: ignore[union-attr]
            said = _(
                "Change set #%(number)d: the line of the export log for “%(file)s” was altered: its %(fact)s was "
                "%(old)s, and is %(new)s now."
            )
            return _fault(ALTERED, number, said, file=name, fact=label, old=sealed[fact], new=line[column])
    return None


def without_change_set(number: int | None) -> Fault | None:
    """Return the fault of a line of the log whose change set does not exist; None where there is no such line."""
    if number is None:
        return None
    return _fault(MISSING, number, _("Change set #%(number)d is missing: a line of the export log points to it."))


_MODEL = str(Export._meta.model_name)


def _fault(kind: str, number: int, said: str, **named: Any) -> Fault:
    return Fault(kind, said % {"number": number, **named}, number, _MODEL, number)
