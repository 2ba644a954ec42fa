"""Verifying a file: whether this register produced it, when, for whom and from which state; or what it is instead."""

import json
import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import Enum
from hashlib import sha256
from pathlib import Path
from typing import Any

from registry.models import ChangeSet, Export
from registry.reports.signing import NoSigningKey, fingerprint
from registry.versioning.chain import Seal
from registry.versioning.change_set import Channel
from registry.versioning.export_log import COLUMNS
from registry.versioning.logged import fault as fault_of_line
from registry.versioning.standalone import verify as alone

BLOCK = 1 << 20
MOST_UNPACKED = 1 << 30
"""How many bytes a ZIP may unpack to for us to look inside."""
MOST_HEADS = 5_000
"""How many candidates for a chain head are looked up."""
MOST_STREAMS = 400
"""How many compressed streams of a PDF are searched, each to its first million bytes."""

_HEAD = re.compile(rb"(?<![0-9A-Za-z])[0-9a-f]{64}(?![0-9A-Za-z])")
_STREAM = re.compile(rb"stream\r?\n")


class Finding(Enum):
    """What a file turned out to be."""

    OURS = "ours"
    PART_OF_A_PACK = "part of a pack"
    ALTERED = "names our history"
    """It bears a chain head of this register, and was never produced here with this content."""
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Taken:
    """An export that had this content, or a file inside with this content, and what is wrong with its entry, if so."""

    export: Export
    inside: str = ""
    fault: str = ""


@dataclass(frozen=True)
class FileVerdict:
    """What was found out about a file.

    ``taken`` are the exports with this content. ``named`` are the change sets whose seals it bears, the last first.
    ``alike`` are exports whose file has the same name and another content. ``what`` is "pack" or "history" for these;
    ``said`` is what the auditor's own program says of them, and ``faults`` what does not hold in them.
    """

    file_name: str
    size: int
    sha256: str
    finding: Finding
    taken: tuple[Taken, ...] = ()
    named: tuple[ChangeSet, ...] = ()
    alike: tuple[Export, ...] = ()
    what: str = ""
    said: tuple[str, ...] = field(default=())
    faults: tuple[str, ...] = field(default=())

    @property
    def holds(self) -> bool:
        """Whether the file is as this register made it, and the log says so truly."""
        found = self.finding in (Finding.OURS, Finding.PART_OF_A_PACK)
        return found and not self.faults and not any(taken.fault for taken in self.taken)


def verify_file(file: Path, name: str = "") -> FileVerdict:
    """Find out about a file, which may be called otherwise where it comes from. Writes nothing.

    Its content is looked for in the export log first. Only where it isn't there is it opened: for the chain heads that
    it bears and, if it is an audit pack or a history, for what holds in it.
    """
    name = name or file.name
    digest, size = _digest(file)
    taken = (*_exports(digest), *_inside_packs(digest))
    if taken:
        finding = Finding.PART_OF_A_PACK if taken[0].inside else Finding.OURS
        return FileVerdict(name, size, digest, finding, taken)
    what, said, faults = _looked_into(file)
    named = tuple(ChangeSet.objects.filter(digest__in=_heads(file)).order_by("-sequence")[:3])
    alike = tuple(Export.objects.filter(file_name=name).select_related("change_set")[:3])
    finding = Finding.ALTERED if named else Finding.UNKNOWN
    return FileVerdict(name, size, digest, finding, (), named, alike, what, said, faults)


def _digest(file: Path) -> tuple[str, int]:
    made, size = sha256(), 0
    with file.open("rb") as opened:
        while block := opened.read(BLOCK):
            made.update(block)
            size += len(block)
    return made.hexdigest(), size


def _exports(digest: str) -> Iterator[Taken]:
    for export in Export.objects.filter(sha256=digest).select_related("change_set"):
        yield Taken(export, fault=_fault(export))


def _inside_packs(digest: str) -> Iterator[Taken]:
    """Yield the packs with such a file inside, by what is sealed of them."""
    sealed = ChangeSet.objects.filter(channel=Channel.EXPORT, details__contains=f'"{digest}"')
    for export in Export.objects.filter(change_set__in=sealed).select_related("change_set"):
        inside = next((name for name, one in export.facts.files.items() if one == digest), "")
        if inside:
            yield Taken(export, inside, _fault(export))


def _fault(export: Export) -> str:
    """Return what does not hold in an export's own entry. Whether the chain holds as a whole, verification says."""
    header = export.change_set
    if Seal(header).hexdigest() != header.digest:
        return f"Change set #{header.sequence}, which seals it, was altered."
    found = fault_of_line(header, {column: getattr(export, column) for column in COLUMNS})
    return found.message if found else ""


def _looked_into(file: Path) -> tuple[str, tuple[str, ...], tuple[str, ...]]:
    """Return (what the file is meant to be, what holds in it, what does not) for a pack or a history; nothing else."""
    said: list[str] = []
    try:
        if zipfile.is_zipfile(file) and _is_small_enough(file):
            pack = alone.Pack(str(file))
            if alone.MANIFEST not in pack.names:
                return "", (), ()
            faults = alone.check_pack(pack, say=said.append)
            return "pack", tuple(said), (*faults, *_of_another_key(pack))
        with file.open("rb") as opened:
            is_history = opened.read(11) == b'{"history":'
        if is_history:
            sets, versions, head = alone.check(str(file))
            return "history", (f"{sets} change sets, {versions} versions, chain head {head}",), ()
    except alone.DoesNotHold as fault:
        return "history", (), (str(fault),)
    except (alone.NotAnExport, alone.Unreadable, UnicodeDecodeError, KeyError, TypeError, AttributeError) as fault:
        return "history", (), (str(fault),)
    return "", (), ()


def _of_another_key(pack: Any) -> Iterator[str]:
    try:
        key = json.loads(pack.read(alone.MANIFEST)).get("key", "")
        if key and key != fingerprint():
            yield f"It names the key {key}, which is not the key of this register."
    except (alone.Unreadable, NoSigningKey, *alone.UNREAD, AttributeError):
        return


def _is_small_enough(file: Path) -> bool:
    with zipfile.ZipFile(file) as opened:
        return sum(one.file_size for one in opened.infolist()) <= MOST_UNPACKED


def _heads(file: Path) -> set[str]:
    """Return what may be a chain head in a file: in its bytes, in the files of a ZIP, in the streams of a PDF."""
    found: set[str] = set()
    for block in _texts(file):
        for match in _HEAD.finditer(block):
            found.add(match.group().decode("ascii"))
            if len(found) >= MOST_HEADS:
                return found
    return found


def _texts(file: Path) -> Iterator[bytes]:
    with file.open("rb") as opened:
        yield from _overlapping(opened)
    if zipfile.is_zipfile(file) and _is_small_enough(file):
        with zipfile.ZipFile(file) as archive:
            for entry in archive.infolist():
                try:
                    with archive.open(entry) as inside:
                        yield from _overlapping(inside)
                except alone.DAMAGE:
                    continue
    elif _begins_with(file, b"%PDF-"):
        yield from _streams(file.read_bytes())


def _overlapping(opened: Any) -> Iterator[bytes]:
    """Yield the bytes in blocks that begin with the end of the one before, so that no head is cut in two."""
    left = b""
    while block := opened.read(BLOCK):
        yield left + block
        left = block[-80:]


def _streams(data: bytes) -> Iterator[bytes]:
    for number, match in enumerate(_STREAM.finditer(data)):
        if number >= MOST_STREAMS:
            return
        try:
            yield zlib.decompressobj().decompress(data[match.end() : match.end() + BLOCK], BLOCK)
        except zlib.error:
            continue


def _begins_with(file: Path, mark: bytes) -> bool:
    with open(file, "rb") as opened:
        return opened.read(len(mark)) == mark
