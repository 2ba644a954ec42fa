#!/usr/bin/env python3
"""Checks an exported history of a register of processing activities. Needs Python 3.9 or newer, and nothing else.

    python3 verify_history.py FILE [--expect HEAD]

The file's form is described in the register's documentation (history-format.md). The exit code is 0 if the history
holds, 1 if it does not, and 2 if the file can't be read as an exported history.
"""
# ruff: noqa: T201  a program that prints what it found

from __future__ import annotations

import argparse
import hashlib
import json
import re
import sys
from collections import Counter
from typing import Any, Iterator, NoReturn  # noqa: UP035  as old as Python 3.9

BEGINNING = "0" * 64
DIGEST_END = 76  # where the digest of the content ends in the line of a version


class NotAnExport(Exception):
    """The file is not an exported history, or not a whole one."""


class DoesNotHold(Exception):
    """The first thing that does not hold, in words."""


def canonical(value: Any) -> str:
    """Return a value as the one text that stands for it."""
    return json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def sha256(text: str) -> str:
    """Return the SHA-256 of a text in UTF-8 as 64 hexadecimal digits."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


class Version:
    """What is needed of a version, so that a large change set fits into memory: its line, a digest of its columns."""

    def __init__(self, record: dict[str, Any]) -> None:
        self.name = f"{record['model']} {record['object']}"
        self.kind = record["kind"]
        self.line = canonical(
            {
                "content": sha256(record["content"]),
                "kind": self.kind,
                "model": record["model"],
                "object": record["object"],
            }
        )
        self.columns = sha256(canonical(record["columns"]))
        self.elsewhere = record.get("change_set", "here")
        self.altered = next((key for key in ("made_at", "reason") if key in record), "")
        self.own_name = ""
        content = loaded(record["content"])
        if isinstance(content, dict):
            self.own_name = f"{record['model']} {content.get('id')}"
            for key, value in record["columns"].items():
                said = content.get(key, value)
                if (said[0] if isinstance(said, list) else said) != value:
                    self.altered = self.altered or key


def loaded(text: str) -> Any:
    """Return content as a value; None for what is no longer JSON, which its digest will tell."""
    try:
        return json.loads(text)
    except ValueError:
        return None


def records(path: str) -> Iterator[tuple[int, dict[str, Any]]]:
    """Yield (number of the line, record) of the file."""
    with open(path, encoding="utf-8", newline="\n") as file:
        for number, line in enumerate(file, start=1):
            try:
                record = json.loads(line)
            except ValueError:
                raise NotAnExport(f"Line {number} is not JSON: the file is damaged or was cut off.") from None
            if not isinstance(record, dict):
                raise NotAnExport(f"Line {number} is not a JSON object.")
            yield number, record


def parts(path: str) -> Iterator[tuple[dict[str, Any], list[str], list[Version]]]:
    """Yield (record, lines that it lists, versions) of each change set, and at last the record that ends the file."""
    stream = records(path)
    first = next(stream, (0, {"form": None}))[1]
    if first.get("form") != 1 or "history" not in first:
        raise NotAnExport("The first line does not say that this is an exported history of form 1.")
    current: dict[str, Any] = {}
    listed: list[str] = []
    versions: list[Version] = []
    for number, record in stream:
        if "end" in current:
            raise NotAnExport(f"Line {number}: something follows the line that ends the file.")
        if "change_set" in record or "end" in record:
            if current:
                yield current, listed, versions
            current, listed, versions = record, [], []
        elif "listed" in record:
            listed.append(record["listed"])
        elif "version" in record:
            versions.append(Version(record["version"]))
        else:
            raise NotAnExport(f"Line {number} is of no known kind.")
    if "end" not in current:
        raise NotAnExport("The line that ends the file is missing: the file was cut off.")
    yield current, [], []


def check(path: str, expect: str = "") -> tuple[int, int, str]:
    """Return (number of change sets, number of versions, head); raises DoesNotHold or NotAnExport."""
    previous, last, moment, seen, count = BEGINNING, 0, "", False, 0
    latest: dict[str, str] = {}  # name of an object -> digest of the columns of its newest version
    doubtful: tuple[str, str] | None = (
        None  # seal as it should be, and the fault, unless the next change set knows more
    )
    for record, listed, versions in parts(path):
        if "end" in record:
            break
        header, seal = record["change_set"], record["seal"]
        number = header["sequence"]
        if doubtful and header["previous"] == doubtful[0]:
            raise DoesNotHold(f"Change set #{last}: its seal was altered; what it sealed is as it was.")
        if doubtful:
            raise DoesNotHold(doubtful[1])
        if number != last + 1:
            raise DoesNotHold(f"Change set #{last + 1} is missing: the next is #{number}.")
        made = sha256("\n".join([canonical(header), *listed]))
        if made != seal:
            doubtful = (made, broken(record, listed, versions, previous))
        else:
            compare(number, listed, versions)
            compare_links(header, previous, moment)
            compare_columns(number, versions, latest)
        previous, last, moment, count = seal, number, header["made_at"], count + len(versions)
        seen = seen or (expect != "" and seal.startswith(expect))
    if doubtful:
        raise DoesNotHold(doubtful[1])
    head = previous if last else ""
    if record["end"] != {"change_sets": last, "versions": count, "head": head}:
        raise DoesNotHold("The last line counts other change sets or versions than the file holds.")
    if expect and not seen:
        raise DoesNotHold(f"The head {expect} was seen before and is gone: the history was cut or written anew.")
    return last, count, head


def broken(record: dict[str, Any], listed: list[str], versions: list[Version], previous: str) -> str:
    """Say which part of a change set is to blame for a seal that does not fit."""
    header = record["change_set"]
    number = header["sequence"]
    if sha256("\n".join([canonical(header), *(version.line for version in versions)])) == record["seal"]:
        return f"Change set #{number}: the list of its versions was altered; the versions are as they were sealed."
    try:
        compare(number, listed, versions)
    except DoesNotHold as fault:
        return f"Change set #{number}: neither its list nor its versions fit its seal. {fault}"
    except (ValueError, KeyError, TypeError):
        return f"Change set #{number}: a line of its list was altered."
    if header["previous"] != previous:
        return f"Change set #{number}: its link to the change set before it was altered."
    return f"Change set #{number}: its header (number, moment, person, door, reason, details) or its list was altered."


def compare(number: int, listed: list[str], versions: list[Version]) -> None:
    """Compare the versions of a change set with the lines that its seal covers."""
    for version in versions:
        if version.elsewhere != "here":
            raise DoesNotHold(
                f"Change set #{version.elsewhere}: a version of {version.name} that belongs to it stands among those "
                f"of #{number}: it was added or moved."
            )
    if listed == [version.line for version in versions]:
        return

    def refuse(said: str) -> NoReturn:
        raise DoesNotHold(f"Change set #{number}: {said}")

    wanted = {f"{line['model']} {line['object']}": text for text, line in zip(listed, map(json.loads, listed))}  # noqa: B905
    found = Counter(version.name for version in versions)
    for version in versions:
        if version.name not in wanted and wanted.get(version.own_name, "").startswith(version.line[:DIGEST_END]):
            refuse(f"the column id of the version of {version.own_name} was altered.")
        if version.name not in wanted or found[version.name] > 1:
            refuse(f"a version of {version.name} was added to it.")
        if version.line != wanted[version.name]:
            same = version.line[:DIGEST_END] == wanted[version.name][:DIGEST_END]
            part = "kind (created, changed, deleted)" if same else "content"
            refuse(f"the {part} of the version of {version.name} was altered.")
    for name in wanted:
        if name not in found:
            refuse(f"the version of {name} is missing.")
    moved = next(name for name, version in zip(wanted, versions) if name != version.name)  # noqa: B905
    refuse(f"the version of {moved} is not in its place; versions were reordered.")


def compare_links(header: dict[str, Any], previous: str, moment: str) -> None:
    """Compare a change set that holds in itself with the one before it."""
    number = header["sequence"]
    if header["previous"] != previous and number == 1:
        raise DoesNotHold("Change set #1 names a predecessor: it was not the first, and the beginning is missing.")
    if header["previous"] != previous:
        raise DoesNotHold(f"Change set #{number - 1} was rewritten and sealed anew: #{number} was linked to another.")
    if header["made_at"] < moment:
        raise DoesNotHold(f"Change set #{number} was made before the one before it: its moment can't be true.")


def compare_columns(number: int, versions: list[Version], latest: dict[str, str]) -> None:
    """Compare what versions repeat outside their content: with it, and for deletions with the version before."""
    for version in versions:
        altered = version.altered
        if version.kind == "-" and latest.get(version.name, version.columns) != version.columns:
            altered = altered or "(one of them)"
        if altered:
            raise DoesNotHold(
                f"Change set #{number}: the column {altered} of the version of {version.name} was altered."
            )
        latest[version.name] = version.columns


def main() -> int:
    """Check the file that is named on the command line, and say what was found."""
    parser = argparse.ArgumentParser(description="Checks an exported history of a register of processing activities.")
    parser.add_argument("file", help="the file that export_history wrote")
    parser.add_argument("--expect", default="", metavar="HEAD", help="a chain head from an earlier report")
    options = parser.parse_args()
    expect = options.expect.strip().rstrip("….").strip().lower()
    if expect and not re.fullmatch("[0-9a-f]{8,64}", expect):
        parser.error("a chain head consists of 64 of the digits 0-9 and a-f; give at least the first eight")
    try:
        sets, versions, head = check(options.file, expect)
    except DoesNotHold as fault:
        print(f"The history does NOT hold.\n{fault}")
        return 1
    except (NotAnExport, OSError, UnicodeDecodeError) as fault:
        print(f"The file could not be checked: {fault}", file=sys.stderr)
        return 2
    except (KeyError, TypeError, AttributeError) as fault:
        print(
            f"The file could not be checked: a record lacks something or has another form ({fault!r}).", file=sys.stderr
        )
        return 2
    print(f"The history holds: {sets} change sets, {versions} versions.")
    print(f"Chain head {head or 'none; the history is empty'}")
    print("Compare the head with one that was printed on a report, or give it with --expect.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
