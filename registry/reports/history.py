"""The history as a file to be taken: every change set and version, and what is logged of it."""

import hashlib
import json
from datetime import UTC, datetime
from typing import Any, BinaryIO

from registry.reports.file_names import file_name
from registry.versioning.export_log import ExportFacts
from registry.versioning.history_file import lines

FORMAT = "jsonl"


def write_history(
    out: BinaryIO, *, written_at: datetime | None = None, last: int | None = None
) -> tuple[dict[str, Any], ExportFacts]:
    """Write the history to ``out``; return the record that ends the file, and what is to be logged of it.

    In: the moment that it names (now, where None is given), and the change set it ends with (the last one there is).
    """
    digest, size, line = hashlib.sha256(), 0, ""
    now = written_at or datetime.now(UTC)
    for line in lines(written_at=now, last=last):
        data = line.encode()
        digest.update(data)
        size += len(data)
        out.write(data)
    end: dict[str, Any] = json.loads(line)["end"]
    facts = ExportFacts(
        report="history",
        format=FORMAT,
        door="",
        file_name=file_name("history", "", now, FORMAT),
        size=size,
        sha256=digest.hexdigest(),
        as_at=now.isoformat(),
        change_set=end["change_sets"],
        head=end["head"],
    )
    return end, facts
