#!/usr/bin/env python3
"""Checks what was taken out of a register of processing activities, without that system: an audit pack, or a history.

    python3 verify.py                     the pack in whose unpacked folder this file lies
    python3 verify.py FILE                a pack (.zip, or its unpacked folder), or an exported history (.jsonl)

    --key FINGERPRINT    the fingerprint of the signing key, from a printed report or from those who keep the register
    --expect HEAD        a chain head from an earlier report, which must still be in the history

Needs Python 3.8 or newer and nothing else, on any system. Reads, and writes nothing. The exit code is 0 if everything
holds, 1 if something does not, and 2 if the file can't be checked.
"""
# ruff: noqa: T201  a program that prints what it found

from __future__ import annotations

import argparse
import base64
import binascii
import hashlib
import io
import json
import os
import re
import sys
import zipfile
import zlib
from collections import Counter
from typing import Any, Callable, Iterable, Iterator, NoReturn, Tuple  # noqa: UP035  as old as Python 3.8

BEGINNING = "0" * 64
DIGEST_END = 76  # where the digest of the content ends in the line of a version
UNREAD = (ValueError, RecursionError)  # what JSON raises for what it can't read, and for what is nested too deeply


class NotAnExport(Exception):
    """The file is neither an audit pack nor an exported history, or not a whole one."""


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
    except UNREAD:
        return None


def records(lines: Iterable[str]) -> Iterator[tuple[int, dict[str, Any]]]:
    """Yield (number of the line, record) of an exported history."""
    for number, line in enumerate(lines, start=1):
        try:
            record = json.loads(line)
        except UNREAD:
            raise NotAnExport(f"Line {number} is not JSON: the file is damaged or was cut off.") from None
        if not isinstance(record, dict):
            raise NotAnExport(f"Line {number} is not a JSON object.")
        yield number, record


def parts(lines: Iterable[str]) -> Iterator[tuple[dict[str, Any], list[str], list[Version]]]:
    """Yield (record, lines that it lists, versions) of each change set, and at last the record that ends the file."""
    stream = records(lines)
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
    """Check the exported history in a file, see ``check_lines``."""
    with open(path, encoding="utf-8-sig", newline="\n") as file:  # an editor may have put a mark before it
        return check_lines(file, expect)


def check_lines(lines: Iterable[str], expect: str = "", at: int = 0) -> tuple[int, int, str]:
    """Return (number of change sets, number of versions, head); raises DoesNotHold or NotAnExport.

    ``expect`` is a head, or its beginning, that has to be there; ``at`` the change set whose seal it has to be.
    """
    previous, last, moment, seen, count = BEGINNING, 0, "", False, 0
    latest: dict[str, str] = {}  # name of an object -> digest of the columns of its newest version
    doubtful: tuple[str, str] | None = (
        None  # seal as it should be, and the fault, unless the next change set knows more
    )
    for record, listed, versions in parts(lines):
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
        if expect and seal.startswith(expect):
            seen = True
            if at and number != at:
                raise DoesNotHold(f"The head {expect} is the seal of change set #{number}, and not of #{at}.")
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
    except (*UNREAD, KeyError, TypeError):
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


# The signature: Ed25519, after RFC 8032, section 5.1. Only public things are computed, so it need not hide its pace.

P = 2**255 - 19
ORDER = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P
ROOT = pow(2, (P - 1) // 4, P)
DER = bytes.fromhex("302a300506032b6570032100")  # what stands before the 32 bytes of an Ed25519 key in a PEM file

Point = Tuple[int, int, int, int]  # noqa: UP006  (x, y, z, t) with x/z and y/z the coordinates, and t = xy/z
NEUTRAL = (0, 1, 1, 0)


def add(one: Point, other: Point) -> Point:
    """Return the sum of two points of the curve."""
    a = (one[1] - one[0]) * (other[1] - other[0]) % P
    b = (one[1] + one[0]) * (other[1] + other[0]) % P
    c = 2 * one[3] * other[3] * D % P
    d = 2 * one[2] * other[2] % P
    e, f, g, h = b - a, d - c, d + c, b + a
    return e * f % P, g * h % P, f * g % P, e * h % P


def multiply(number: int, point: Point) -> Point:
    """Return a point added to itself so many times."""
    total: Point = NEUTRAL
    while number:
        if number & 1:
            total = add(total, point)
        point = add(point, point)
        number >>= 1
    return total


def same(one: Point, other: Point) -> bool:
    """Return whether two quadruples stand for the same point."""
    return (one[0] * other[2] - other[0] * one[2]) % P == 0 and (one[1] * other[2] - other[1] * one[2]) % P == 0


def point_of(data: bytes) -> Point | None:
    """Return the point that 32 bytes stand for; None where they stand for none."""
    number = int.from_bytes(data, "little")
    sign, y = number >> 255, number & ((1 << 255) - 1)
    if y >= P:
        return None
    square = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    x = pow(square, (P + 3) // 8, P)
    if (x * x - square) % P:
        x = x * ROOT % P
    if (x * x - square) % P or (x == 0 and sign):
        return None
    if x & 1 != sign:
        x = P - x
    return x, y, 1, x * y % P


BASE = point_of((4 * pow(5, P - 2, P) % P).to_bytes(32, "little"))


def is_signed(public: bytes, message: bytes, signature: bytes) -> bool:
    """Return whether the signature (64 bytes) of the message was made with the key whose public half this is."""
    if len(public) != 32 or len(signature) != 64 or BASE is None:
        return False
    key, nonce = point_of(public), point_of(signature[:32])
    number = int.from_bytes(signature[32:], "little")
    if key is None or nonce is None or number >= ORDER:
        return False
    challenge = int.from_bytes(hashlib.sha512(signature[:32] + public + message).digest(), "little") % ORDER
    return same(multiply(number, BASE), add(nonce, multiply(challenge, key)))


# The pack

MANIFEST, SIGNATURE, KEY, HISTORY = "manifest.json", "manifest.sig", "public-key.pem", "history.jsonl"
BLOCK = 1 << 20
ADDED = "was added: the manifest does not know it."


DAMAGE = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError, KeyError, ValueError)
OF_THE_SYSTEM = {".DS_Store", "Thumbs.db", "desktop.ini"}  # put into folders by systems that show them


class Unreadable(Exception):
    """A file of the pack can't be read to its end; says why."""


class Pack:
    """The files of a pack, zipped or unpacked."""

    def __init__(self, path: str) -> None:
        self.twice: list[str] = []
        if os.path.isdir(path):
            self._folder = path
            self.names = sorted(self._walk(path))
            self._zip = None
        else:
            try:
                self._zip = zipfile.ZipFile(path)
            except (zipfile.BadZipFile, OSError, NotImplementedError) as error:
                raise NotAnExport(
                    f"It can't be opened as a ZIP file ({error}): it is none, or was cut off on its way. Get it again."
                ) from None
            counted = Counter(one.filename for one in self._zip.infolist())
            self.names = sorted(counted)
            self.twice = sorted(name for name, number in counted.items() if number > 1)

    @staticmethod
    def _walk(top: str) -> Iterator[str]:
        for folder, folders, files in os.walk(top):
            folders[:] = [name for name in folders if name != "__pycache__"]
            for name in set(files) - OF_THE_SYSTEM:
                yield os.path.relpath(os.path.join(folder, name), top).replace(os.sep, "/")

    def open(self, name: str) -> Any:
        """Open a file of the pack."""
        if self._zip is not None:
            return self._zip.open(name)
        return open(os.path.join(self._folder, *name.split("/")), "rb")

    def blocks(self, name: str) -> Iterator[bytes]:
        """Yield the bytes of a file; raises Unreadable where it is damaged."""
        try:
            with self.open(name) as file:
                block = file.read(BLOCK)
                while block:
                    yield block
                    block = file.read(BLOCK)
        except DAMAGE as error:
            raise Unreadable(str(error)) from None

    def read(self, name: str) -> bytes:
        """Return a small file; raises Unreadable."""
        return b"".join(self.blocks(name))

    def digest(self, name: str) -> tuple[str, int]:
        """Return (SHA-256, size) of a file; raises Unreadable."""
        made, size = hashlib.sha256(), 0
        for block in self.blocks(name):
            made.update(block)
            size += len(block)
        return made.hexdigest(), size

    def lines(self, name: str) -> Iterator[str]:
        """Yield the lines of a text in UTF-8; raises Unreadable."""
        left = b""
        for block in self.blocks(name):
            *whole, left = (left + block).split(b"\n")
            for line in whole:
                yield line.decode("utf-8")
        if left:
            yield left.decode("utf-8")


def public_key(pem: bytes) -> bytes:
    """Return the 32 bytes of the public key in a PEM file; raises ValueError for another one."""
    lines = pem.decode("ascii").splitlines()
    data = base64.b64decode("".join(line for line in lines if not line.startswith("-")), validate=True)
    if not data.startswith(DER) or len(data) != len(DER) + 32:
        raise ValueError("it holds no Ed25519 key")
    return data[len(DER) :]


MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip


def in_words(moment: Any) -> str:
    """Return a moment of the manifest, which is in UTC, as people write it; one of another form as it stands."""
    found = re.match(r"(\d{4})-(\d\d)-(\d\d)T(\d\d:\d\d:\d\d)(?:\.\d+)?\+00:00$", str(moment))
    if not found or not 1 <= int(found.group(2)) <= 12:
        return str(moment)
    year, month, day, time = found.groups()
    return f"{int(day)} {MONTHS[int(month) - 1]} {year}, {time} UTC"


def check_pack(pack: Pack, key: str = "", expect: str = "", say: Callable[[str], None] = print) -> list[str]:
    """Check everything in a pack, saying what holds; return what does not, one sentence each.

    Raises NotAnExport for what isn't a pack at all.
    """
    faults: list[str] = []
    if MANIFEST not in pack.names:
        raise NotAnExport(f"It has no {MANIFEST}: {without_manifest(pack)}")
    try:
        manifest_bytes = pack.read(MANIFEST)
        manifest = json.loads(manifest_bytes.decode("utf-8"))
        files = {name: (str(one["sha256"]), int(one["size"])) for name, one in manifest["files"].items()}
        say(f"Audit pack of {manifest['organisation']}, as at {in_words(manifest['as_at'])}")
        say(f"(change set {manifest['change_set']}), made {in_words(manifest['produced_at'])}")
        say(f"by {manifest['produced_by']}.")
    except Unreadable as error:
        return [f"{MANIFEST}: it is damaged ({error})."]
    except (*UNREAD, KeyError, TypeError, AttributeError):
        return [f"{MANIFEST}: it was altered, and is no manifest any more."]
    faults += check_signature(pack, manifest_bytes, str(manifest.get("key", "")), key, say)
    faults += check_files(pack, files, say)
    if HISTORY in files and HISTORY in pack.names:
        faults += check_history(pack, manifest, expect, say)
    elif expect:
        faults.append("There is no history in this pack: the head that was given with --expect can't be looked for.")
    return faults


def without_manifest(pack: Pack) -> str:
    """Say what is to be done with what has no manifest, where it should lie."""
    deeper = [name for name in pack.names if re.fullmatch(r"[^/\\]+[/\\]" + re.escape(MANIFEST), name)]
    if deeper:
        folder = re.split(r"[/\\]", deeper[0])[0]
        return f"the pack lies in its folder {folder}. Unpack it if need be, and check that folder."
    if pack.names == [os.path.basename(__file__)]:
        return "only this program is there. Unpack the whole pack into a folder, and start the program in it."
    return "it is not an audit pack, or the manifest was taken out of it."


def check_signature(pack: Pack, manifest: bytes, named: str, wanted: str, say: Callable[[str], None]) -> list[str]:
    """Check that the manifest was signed with the key that it names, and with the one that is wanted, if any."""
    for name in (KEY, SIGNATURE):
        if name not in pack.names:
            return [f"{name} is missing: who made the manifest can't be told."]
    try:
        public = public_key(pack.read(KEY))
    except (Unreadable, ValueError, binascii.Error):
        return [
            f"{KEY}: it was altered or damaged (no key can be read from it): whether the signature fits can't be told."
        ]
    try:
        signature = bytes.fromhex(pack.read(SIGNATURE).decode("ascii").strip())
    except (Unreadable, ValueError):
        return [f"{SIGNATURE}: it was altered or damaged (no signature can be read from it)."]
    fingerprint = hashlib.sha256(public).hexdigest()
    if not is_signed(public, manifest, signature):
        return [
            f"The signature does not fit: {MANIFEST} was altered after it was signed, or {SIGNATURE} or {KEY} were "
            "exchanged."
        ]
    if fingerprint != named:
        return [f"{MANIFEST} names the key {named}, and was signed with another one: {fingerprint}."]
    if wanted and not fingerprint.startswith(wanted):
        return [
            f"The pack was signed with another key than that of --key: {fingerprint}. Somebody else has made it, "
            "or has made it anew."
        ]
    say("The signature fits. The fingerprint of the key:")
    say(f"  {fingerprint}")
    if not wanted:
        say("  Compare it with the one on a report that you had before, or ask the people who keep the register")
        say("  by another way than the one by which you got this pack. Anybody can sign with a key of their own.")
    return []


def check_files(pack: Pack, files: dict[str, tuple[str, int]], say: Callable[[str], None]) -> list[str]:
    """Compare the files of the pack with those of the manifest: none more, none less, none other."""
    faults = [f"{name}: there are two files of this name in the pack." for name in pack.twice]
    found: dict[str, str] = {}
    for name in pack.names:
        if name in {MANIFEST, SIGNATURE}:
            continue
        try:
            digest, size = pack.digest(name)
        except Unreadable as error:
            faults.append(f"{name}: it is damaged ({error}).")
            continue
        found[name] = digest
        if name in files and (digest, size) != files[name]:
            faults.append(f"{name}: it was altered. Its SHA-256 should be {files[name][0]}, and is {digest}.")
    for name in sorted(set(files) - set(pack.names)):
        renamed = [other for other, digest in found.items() if other not in files and digest == files[name][0]]
        faults.append(f"{name} is missing{f'; {renamed[0]} is that file under another name' if renamed else ''}.")
    for name in sorted(set(pack.names) - set(files) - {MANIFEST, SIGNATURE}):
        faults.append(f"{name} {ADDED}")
    good = sum(name in files and digest == files[name][0] for name, digest in found.items())
    if faults:
        say(f"{good} of the {len(files)} files of the pack are as they were made; what is wrong is told at the end.")
    else:
        say(f"All {len(files)} files are there, no other is, and each is as it was made:")
        for name in sorted(files):
            say(f"  {name}")
    return faults


def check_history(pack: Pack, manifest: dict[str, Any], expect: str, say: Callable[[str], None]) -> list[str]:
    """Check the chain of the history, and that the register of the pack is a state of it."""
    number, head = manifest["change_set"], manifest["head"]
    try:
        sets, versions, last = check_lines(pack.lines(HISTORY), head, number if head else 0)
        if expect:
            check_lines(pack.lines(HISTORY), expect)
    except DoesNotHold as fault:
        return [f"{HISTORY}: the history does not hold. {fault}"]
    except (NotAnExport, Unreadable, UnicodeDecodeError, KeyError, TypeError, AttributeError) as fault:
        return [f"{HISTORY}: {fault}"]
    say(f"The history holds: {sets} change sets, {versions} versions, chain head")
    say(f"  {last or 'none; the history is empty'}")
    if head:
        say(f"The register of this pack is the state after change set {number}, which is in the chain.")
    if expect:
        say("The head that you gave is still in the chain.")
    return []


def main() -> int:
    """Check what is named on the command line, and say what was found."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")  # a console that lacks a character shows a question mark
    parser = argparse.ArgumentParser(
        description="Checks an audit pack or an exported history of a register of processing activities."
    )
    here = os.path.dirname(os.path.abspath(__file__))
    parser.add_argument("file", nargs="?", default=here, help="a pack, its folder, or an exported history")
    parser.add_argument("--expect", default="", metavar="HEAD", help="a chain head from an earlier report")
    parser.add_argument("--key", default="", metavar="FINGERPRINT", help="the fingerprint of the key of the register")
    options = parser.parse_args()
    given = {}
    for name, what in (("expect", "a chain head"), ("key", "a fingerprint")):
        given[name] = re.sub(r"[\s:….]", "", getattr(options, name)).lower()
        if given[name] and not re.fullmatch("[0-9a-f]{8,64}", given[name]):
            parser.error(f"{what} consists of 64 of the digits 0-9 and a-f; give at least the first eight")
    try:
        if os.path.isdir(options.file) or is_zip(options.file):
            return tell_pack(options.file, given["key"], given["expect"])
        return tell_history(options.file, given["expect"])
    except NotAnExport as fault:
        print(f"The file could not be checked: {fault}", file=sys.stderr)
    except BrokenPipeError:  # whoever read what is said here has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except OSError as fault:
        print(f"The file could not be checked: {options.file}: {fault.strerror or fault}.", file=sys.stderr)
    except UnicodeDecodeError:
        print(f"The file could not be checked: {NEITHER}", file=sys.stderr)
    except (KeyError, TypeError, AttributeError) as fault:
        print(
            f"The file could not be checked: a record lacks something or has another form ({fault!r}).", file=sys.stderr
        )
    return 2


def is_zip(path: str) -> bool:
    """Return whether a file is meant to be a ZIP file, be it whole or not."""
    with open(path, "rb") as file:
        return file.read(2) == b"PK" or path.lower().endswith(".zip")


NEITHER = (
    "it is neither an audit pack nor an exported history. Whether a single report is as it was made can be told by "
    "those who keep the register: their program checks any file (“Verify a file”)."
)


def tell_pack(path: str, key: str, expect: str) -> int:
    """Check a pack, and say what was found."""
    faults = check_pack(Pack(path), key, expect)
    if not faults:
        print("Everything holds." if key else "Everything holds, if that is the key of the register: compare it.")
        return 0
    print("The pack does NOT hold.")
    for fault in faults:
        print(f"- {fault}")
    if os.path.isdir(path) and any(fault.endswith(ADDED) for fault in faults):
        print("Have you put into the folder what was added, such as notes, or what this program said? Take it out, and")
        print("check again.")
    print("Don't rely on what is named here. Keep the pack as it is, and ask those who keep the register for an")
    print("explanation and for a new one.")
    return 1


def tell_history(path: str, expect: str) -> int:
    """Check an exported history, and say what was found."""
    with open(path, "rb") as file:
        if not file.read(4).startswith((b"{", b"\xef\xbb\xbf{")):
            raise NotAnExport(NEITHER)
    try:
        sets, versions, head = check(path, expect)
    except DoesNotHold as fault:
        print(f"The history does NOT hold.\n{fault}")
        return 1
    print(f"The history holds: {sets} change sets, {versions} versions.")
    print(f"Chain head {head or 'none; the history is empty'}")
    print("Compare the head with one that was printed on a report, or give it with --expect.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
