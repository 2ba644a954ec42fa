"""Taking a report out of the register: it is made, logged with its fingerprint, and only then made available."""

from dataclasses import replace
from datetime import UTC
from typing import Any, BinaryIO

from registry.reports.pack import PACK, make_pack
from registry.reports.parameters import Parameters
from registry.reports.produce import Produced, Progress, produce
from registry.reports.signing import printed_fingerprint
from registry.versioning.export_log import ExportFacts, note_export
from registry.versioning.writing import change_set


def make(parameters: Parameters, out: BinaryIO, progress: Progress | None = None) -> tuple[Produced, ExportFacts]:
    """Write a report, or an audit pack, to ``out``, where nobody else can read it yet; return what was written, and
    what is to be logged.

    The report bears the fingerprint of this register's key. Raises as ``produce`` does. The facts have no door yet.
    """
    if parameters.report == PACK:
        made, files, key = make_pack(parameters, out, progress)
        return made, replace(facts_of(replace(parameters, key=key), made), files=files, key=key)
    parameters = replace(parameters, key=printed_fingerprint())
    made = produce(parameters, out, progress)
    return made, facts_of(parameters, made)


def facts_of(parameters: Parameters, made: Produced) -> ExportFacts:
    """Return what is logged of a report that was made; its door is yet to be named."""
    return ExportFacts(
        report=parameters.report,
        format=parameters.format,
        door="",
        file_name=made.file_name,
        size=made.size,
        sha256=made.sha256,
        as_at=made.as_at.astimezone(UTC).isoformat(),
        change_set=made.change_set,
        head=made.head,
        records=made.records,
        whose=made.whose,
        parameters=parameters.as_json(),
    )


def log(facts: ExportFacts, *, by: Any, door: str, **also: Any) -> None:
    """Log an export that is about to be made available by ``by`` (an account, or a name), in a change set.

    The change set is that which is open, or one of its own: then the export is logged for good when this returns.
    ``also`` replaces other facts, such as the name of the file.
    """
    with change_set(actor=by):
        note_export(replace(facts, door=door, **also))


def take(parameters: Parameters, out: BinaryIO, *, by: Any, door: str, progress: Progress | None = None) -> Produced:
    """Make a report and log it; the caller makes it available only once this has returned."""
    made, facts = make(parameters, out, progress)
    log(facts, by=by, door=door)
    return made
