"""Catalogues, organisations and units from a table of the declared facts: nothing is written unless all can be."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import DatabaseError
from django.utils import translation
from import_export.results import Result, RowResult

from registry.imports.entry_resource import EntryResource, resource_for
from registry.imports.entry_table import EntryTable, read_table
from registry.imports.problems import Problem
from registry.record.classes import record_class
from registry.record.definition import facts
from registry.record.flat import LANGUAGE
from registry.record.messages import Message
from registry.versioning.change_set import Channel
from registry.versioning.trouble import trouble_of
from registry.versioning.writing import change_set

__all__ = ["EntryImportResult", "EntryOutcome", "import_entries", "resource_for"]


@dataclass(frozen=True)
class EntryOutcome:
    """What a row does: ``kind`` is new or changed; ``changes`` are (label, old, new) in the texts of cells."""

    row: int
    kind: str
    name: str
    changes: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True)
class EntryImportResult:
    """What an import of entries did, or would do.

    With an error among the ``problems`` nothing was written. ``sequence`` is the change set's number, None where
    nothing was written or nothing changed.
    """

    created: int
    changed: int
    unchanged: int
    problems: tuple[Problem, ...]
    outcomes: tuple[EntryOutcome, ...] = ()
    sequence: int | None = None

    @property
    def has_errors(self) -> bool:
        """Return whether anything keeps the file from being imported."""
        return any(problem.severity == "error" for problem in self.problems)


class _Undo(Exception):
    """Leaves the change set without writing anything: the preview, or a file with errors."""


def import_entries(
    model: type[Any], rows: Sequence[Sequence[str]], *, file_name: str, sha256: str, actor: Any, apply: bool
) -> EntryImportResult:
    """Import a table of entries of ``model`` in one change set; without ``apply``, say what would happen, no more.

    In: the rows of one sheet as text (``rows[0]`` is the file's row 1), the file's name and SHA-256, which the change
    set keeps, and the account that acts. Out: the counts, what each row does, and the problems; any error among them
    means that nothing was written. The first row with cells holds the headings: a fact's label or key, in any case.
    Inside an open change set the import joins that one.
    """
    reader = translation.get_language() or LANGUAGE
    with translation.override(LANGUAGE):
        table = read_table(model, rows)
        if table.problems:
            return EntryImportResult(0, 0, 0, table.problems)
        resource = resource_for(model)()
        resource.said_in = reader
        return _run(resource, table, file_name=file_name, sha256=sha256, actor=actor, apply=apply)


def _run(
    resource: EntryResource, table: EntryTable, *, file_name: str, sha256: str, actor: Any, apply: bool
) -> EntryImportResult:
    outcome = EntryImportResult(0, 0, 0, ())
    try:
        with change_set(
            actor=actor,
            channel=Channel.IMPORT,
            reason=f"Import of {file_name}",
            details={"file": file_name, "sha256": sha256},
        ) as opened:
            result = resource.import_data(
                table.dataset(),
                dry_run=not apply,
                use_transactions=True,
                rollback_on_validation_errors=True,
                table=table,
            )
            outcome = _result(resource, result, table)
            if not apply or outcome.has_errors:
                raise _Undo
    except _Undo:
        return outcome
    return replace(outcome, sequence=opened.sequence)


def _result(resource: EntryResource, result: Result, table: EntryTable) -> EntryImportResult:
    problems = [Problem("error", str(error.error)) for error in result.base_errors]
    outcomes = []
    for number, row in zip(resource.file_rows, result.rows, strict=True):
        name = resource.names.get(number, "")
        if row.validation_error is not None:
            with translation.override(resource.said_in):
                problems += _problems(row.validation_error, number, table)
        elif row.errors:
            problems.append(_failure(row.errors[0].error, number))
        elif row.import_type != RowResult.IMPORT_TYPE_SKIP:
            kind = "new" if row.import_type == RowResult.IMPORT_TYPE_NEW else "changed"
            outcomes.append(EntryOutcome(number, kind, name, resource.changes[number]))
    return EntryImportResult(
        created=sum(outcome.kind == "new" for outcome in outcomes),
        changed=sum(outcome.kind == "changed" for outcome in outcomes),
        unchanged=result.totals[RowResult.IMPORT_TYPE_SKIP],
        problems=tuple(sorted(problems, key=lambda problem: problem.row or 0)),
        outcomes=tuple(sorted(outcomes, key=lambda outcome: outcome.row)),
    )


def _failure(error: Exception, number: int) -> Problem:
    """Return what the database refused as a problem of the row.

    A database that can refuse nothing, for it is locked, lost or full, and anything else, which is a fault of ours,
    pass on.
    """
    if isinstance(error, DatabaseError) and trouble_of(error) is None:
        return Problem("error", Message("The database refuses this row: %(why)s", why=str(error)), row=number)
    raise error


def _message(error: ValidationError) -> str:
    """Return what one of our messages says, or one of Django's, which is said in the language in force."""
    return error.message if isinstance(error.message, Message) else " ".join(error.messages)


def _problems(error: ValidationError, number: int, table: EntryTable) -> Iterator[Problem]:
    texts = dict(table.rows)[number]
    declared = facts(record_class(table.model))
    for key, errors in error.error_dict.items():
        fact = declared.get(key)
        for one in errors:
            params = one.params if isinstance(one.params, dict) else {}
            message = _message(one)
            if fact is None or key == NON_FIELD_ERRORS:
                yield Problem("error", message, row=number)
                continue
            accepted = params.get("accepted") or fact.accepted
            yield Problem("error", message, "", number, table.column_of(key), fact.label, texts.get(key, ""), accepted)
