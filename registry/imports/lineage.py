"""Where records came from: whether an earlier import of such a file has made them."""

import json
import re
from pathlib import PurePath

from registry import models
from registry.imports.mapping import Mapping
from registry.imports.table import Table
from registry.versioning.change_set import ChangeSet, Channel
from registry.versioning.open_set import CREATED

_COPY = re.compile(r"(?:-problems|\s*\(\d+\)|\s*[-–]\s*(?:copy|kopie|copie))+$", re.IGNORECASE)


def columns_in_words(mapping: Mapping) -> str:
    """Return how a file is read, for the history: each heading with what it becomes."""
    return "; ".join(f"{column.heading} → {column.read_as}" for sheet in mapping.sheets for column in sheet.columns)


def made_by_such_a_file(file_name: str, table: Table) -> frozenset[int]:
    """Return the activities that were created by an import of a file of that name, or of one that was read like it.

    What was added to a name by saving it once more, or by us when we marked it, doesn't count. Two queries.
    """
    columns = columns_in_words(table.mapping) if table.mapping and not table.own else ""
    numbers = []
    for number, text in ChangeSet.objects.filter(channel=Channel.IMPORT).values_list("pk", "details"):
        told = json.loads(text or "{}")
        is_read_alike = bool(columns) and str(told.get("mapping", "")).endswith(columns)
        if is_read_alike or (file_name and _stem(str(told.get("file", ""))) == _stem(file_name)):
            numbers.append(number)
    history = models.ProcessingActivity.history.filter(change_set__in=numbers, history_type=CREATED)
    return frozenset(history.values_list("id", flat=True))


def _stem(file_name: str) -> str:
    return _COPY.sub("", PurePath(file_name).stem).casefold()
