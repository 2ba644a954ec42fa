"""Reading a spreadsheet in a process of its own, whatever becomes of which turns into sheets or a refusal."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

from registry.record.messages import Message, message_from

from .workbook import MEBIBYTE, CellComment, CellNote, Limits, Sheet, Unreadable

PROJECT = Path(__file__).resolve().parents[3]
MODULE = "registry.imports.reading.child"
REMEDY = Message(
    "Delete the empty rows below and the empty columns beside each table and save again, "
    "or copy the table into a new workbook."
)
KEPT_VARIABLES = ("SYSTEMROOT", "TMPDIR", "TEMP", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH")


def read_isolated(data: bytes, kind: str, limits: Limits) -> tuple[Sheet, ...]:
    """The sheets of an XLSX, XLS or ODS file. Raises Unreadable, also where memory or time run out."""
    command = [sys.executable, "-P", "-X", "utf8", "-m", MODULE, kind, json.dumps(asdict(limits))]
    try:
        done = subprocess.run(  # noqa: S603 our own interpreter and module; the file goes in by its standard input
            command, input=data, capture_output=True, timeout=limits.seconds, env=environment(), check=False
        )
    except subprocess.TimeoutExpired as error:
        raise too_slow(limits) from error
    if done.returncode == -getattr(signal, "SIGXCPU", signal.SIGTERM):
        raise too_slow(limits)
    lines = done.stdout.splitlines()
    if done.returncode or not lines:
        raise too_large(limits)
    return sheets_of([json.loads(line) for line in lines], limits)


def environment() -> dict[str, str]:
    """The variables the process gets: where to find modules, and no secret of ours."""
    kept = {name: os.environ[name] for name in KEPT_VARIABLES if name in os.environ}
    return {**kept, "PYTHONPATH": os.pathsep.join([str(PROJECT), *filter(None, sys.path)])}


def sheets_of(records: list[dict[str, Any]], limits: Limits) -> tuple[Sheet, ...]:
    """The sheets that the process's records describe. Raises the refusal they end with, or one where they break off."""
    sheets: list[Sheet] = []
    for record in records:
        if "refused" in record:
            refused = record["refused"]
            said = {key: message_from(refused[key]) for key in ("message", "remedy")}
            raise Unreadable(**{**refused, **said})
        if "sheet" in record:
            sheets.append(
                Sheet(name=record["sheet"], rows=[], hidden=record["hidden"], from_1904=record.get("from_1904", False))
            )
        elif "rows" in record:
            sheets[-1].rows.extend(record["rows"])
        elif "notes" in record:
            notes = tuple(
                CellNote(row, column, kind, message_from(text)) for row, column, kind, text in record["notes"]
            )
            comments = tuple(CellComment(*comment) for comment in record.get("comments", ()))
            rows, columns = (frozenset(record.get(key, ())) for key in ("hidden_rows", "hidden_columns"))
            merged = tuple((top, column, last) for top, column, last in record.get("merged", ()))
            sheets[-1] = replace(
                sheets[-1], notes=notes, comments=comments, hidden_rows=rows, hidden_columns=columns, merged=merged
            )
    if "end" not in records[-1]:
        raise too_large(limits)
    return tuple(sheets)


def too_slow(limits: Limits) -> Unreadable:
    """The refusal of a file that takes too long to read."""
    return Unreadable(
        Message("Reading the file takes longer than %(most)s seconds.", most=f"{limits.seconds:g}"), REMEDY
    )


def too_large(limits: Limits) -> Unreadable:
    """The refusal of a file on which the process ended: nearly always a sheet that claims more than it fills."""
    return Unreadable(
        Message(
            "The file can't be opened within %(most)s MB of memory: a sheet claims more cells than it fills, or the "
            "file is damaged.",
            most=limits.memory_bytes // MEBIBYTE,
        ),
        REMEDY,
    )
