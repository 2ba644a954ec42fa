"""Writing the history as a plain file that anybody can check without this system; form: ``docs/history-format.md``."""

import json
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from itertools import chain
from pathlib import Path
from typing import Any

from registry.versioning.chain import sealed_header
from registry.versioning.change_set import ChangeSet
from registry.versioning.stored import Reading, Version, snapshot

FORM = 1
"""The form of the file; a later one has another number."""

SCRIPT = Path(__file__).with_name("standalone") / "verify.py"
"""The script that checks such a file or an audit pack, with nothing but Python."""


def lines(*, written_at: datetime | None = None, last: int | None = None) -> Iterator[str]:
    """Yield the file line by line, each one JSON object, in constant memory. What is stored is written as it is stored.

    In: the moment that the file names (now, where None is given), and the change set that it ends with (the last one).
    Nothing is judged here: what does not hold in the database does not hold in the file, where the script names it.
    """
    with snapshot(), closing(Reading()) as reading:
        yield from map(_json, _records(reading, written_at or datetime.now(UTC), last))


def _records(reading: Reading, written_at: datetime, last: int | None) -> Iterator[dict[str, Any]]:
    yield {"history": "register of processing activities", "form": FORM, "written_at": _moment(written_at)}
    histories = reading.histories
    sets = versions = 0
    head = ""
    for header in reading.headers:
        if last is not None and header.sequence > last:
            break
        yield {"change_set": sealed_header(header), "seal": header.digest}
        for line in reading.manifests.of(header.sequence):
            yield {"listed": line}
        for version in chain.from_iterable(history.until(header.sequence) for history in histories):
            yield _version(version, header)
            versions += 1
        sets, head = sets + 1, header.digest
    rest = () if last is not None else histories
    for version in chain.from_iterable(history.until(None) for history in rest):
        yield _version(version, None)
        versions += 1
    yield {"end": {"change_sets": sets, "versions": versions, "head": head}}


def _version(version: Version, header: ChangeSet | None) -> dict[str, Any]:
    """Return a version as a record. What repeats its change set is said only where it doesn't repeat it."""
    record: dict[str, Any] = {
        "model": version.history.name,
        "object": version.pk,
        "kind": version.kind,
        "content": version.content,
        "columns": {
            column.key: value if column.convert is None else column.convert(value)
            for column, value in zip(version.history.columns, version.values, strict=True)
        },
    }
    if header is None or version.change_set != header.sequence:
        record["change_set"] = version.change_set
    if header is None or version.made_at != header.made_at:
        record["made_at"] = _moment(version.made_at)
    if header is None or version.reason != header.reason:
        record["reason"] = version.reason
    return {"version": record}


def _moment(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat()


def _json(record: dict[str, Any]) -> str:
    return json.dumps(record, ensure_ascii=False, separators=(",", ":")) + "\n"
