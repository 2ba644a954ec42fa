"""The audit pack: one ZIP with the register, its changes and its history, signed, and a script that checks it."""

import json
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any, BinaryIO, cast

from django.utils import translation
from django.utils.translation import gettext as _

from registry.models import ChangeSet
from registry.reports.catalogue import REPORTS
from registry.reports.counted import Counted
from registry.reports.errors import ReportError
from registry.reports.file_names import file_name
from registry.reports.history import write_history
from registry.reports.parameters import Parameters
from registry.reports.produce import Produced, Progress, produce
from registry.reports.readme import readme
from registry.reports.signing import NoSigningKey, fingerprint_of, public_bytes, public_pem, signing_key
from registry.versioning.history_file import SCRIPT

PACK, FORMAT = "pack", "zip"
CONTENT_TYPE = "application/zip"
FORM = 1
"""The form of the manifest; a later one has another number."""

REPORTED = (
    ("register", "pdf"),
    ("register", "csv"),
    ("register", "json"),
    ("changes", "pdf"),
    ("changes", "csv"),
    ("gaps", "pdf"),
    ("gaps", "csv"),
)
"""Reports and formats of a pack, as far as the catalogue has them. What changed is there where a period is given."""

MANIFEST, SIGNATURE, KEY, HISTORY, README, VERIFY = (
    "manifest.json",
    "manifest.sig",
    "public-key.pem",
    "history.jsonl",
    "README.txt",
    "verify.py",
)


@dataclass(frozen=True)
class _Packed:
    """What is in a pack already: name → (SHA-256, size); and the register report, which says what the pack shows."""

    files: dict[str, tuple[str, int]]
    register: Produced


def make_pack(
    parameters: Parameters, out: BinaryIO, progress: Progress | None = None
) -> tuple[Produced, dict[str, str], str]:
    """Write a pack to ``out``, which needs only ``write``; return what was written, its files (name → SHA-256), and the
    fingerprint of the key that signed it.

    The same parameters give the same bytes: the history ends with what was there at the moment of production. Raises
    ReportError for what can't be made, and where there is no key to sign with.
    """
    try:
        key = signing_key()
    except NoSigningKey as error:
        raise ReportError("report", str(error)) from error
    signed_with = fingerprint_of(public_bytes(key))
    parameters = replace(parameters, key=signed_with)
    target = Counted(out)
    with translation.override(parameters.language), zipfile.ZipFile(cast("BinaryIO", target), "w") as pack:
        packed = _reports(pack, parameters, progress)
        _history(pack, parameters, packed)
        _add(pack, parameters, packed, KEY, public_pem(key))
        _add(pack, parameters, packed, VERIFY, SCRIPT.read_bytes())
        whose = packed.register.whose or _("all organisations")
        text = readme(parameters, packed.register, whose, sorted([*packed.files, README]), signed_with)
        _add(pack, parameters, packed, README, text.encode())
        manifest = _manifest(parameters, packed, whose, signed_with)
        _write(pack, parameters, MANIFEST, manifest)
        _write(pack, parameters, SIGNATURE, key.sign(manifest).hex().encode() + b"\n")
    name = file_name("audit-pack", packed.register.whose, packed.register.as_at, FORMAT)
    made = replace(
        packed.register, file_name=name, content_type=CONTENT_TYPE, size=target.size, sha256=target.digest, pages=0
    )
    files = {name: digest for name, (digest, _size) in packed.files.items()}
    return made, {**files, MANIFEST: sha256(manifest).hexdigest()}, signed_with


def reports_of(parameters: Parameters) -> Iterator[tuple[str, str]]:
    """Yield (report, format) of what is in a pack."""
    for report, form in REPORTED:
        known = report in REPORTS and form in REPORTS[report].formats
        if known and (report != "changes" or parameters.since is not None):
            yield report, form


def _reports(pack: zipfile.ZipFile, parameters: Parameters, progress: Progress | None) -> _Packed:
    wanted = list(reports_of(parameters))
    files: dict[str, tuple[str, int]] = {}
    register: Produced | None = None
    for place, (report, form) in enumerate(wanted):
        since = parameters.since if report == "changes" else None
        asked = replace(parameters, report=report, format=form, since=since)
        name = f"{report}.{form}"
        with pack.open(_entry(parameters, name), "w") as out:
            made = produce(asked, cast("BinaryIO", out), _share(progress, place, len(wanted)))
        files[name] = (made.sha256, made.size)
        register = register or made
    assert register is not None  # noqa: S101 the register is in every pack
    return _Packed(files, register)


def _share(progress: Progress | None, place: int, parts: int) -> Progress | None:
    """Return the progress of one part among several, in per cent of each."""
    if progress is None:
        return None

    def tell(done: int, total: int) -> None:
        progress(100 * place + (100 * done // total if total else 0), 100 * parts + 1)  # the history is still to come

    return tell


def _history(pack: zipfile.ZipFile, parameters: Parameters, packed: _Packed) -> None:
    known = ChangeSet.objects.filter(made_at__lte=parameters.produced_at).order_by("-sequence")
    last = known.values_list("sequence", flat=True).first() or 0
    with pack.open(_entry(parameters, HISTORY), "w", force_zip64=True) as out:
        _end, facts = write_history(cast("BinaryIO", out), written_at=parameters.produced_at, last=last)
    packed.files[HISTORY] = (facts.sha256, facts.size)


def _manifest(parameters: Parameters, packed: _Packed, whose: str, signed_with: str) -> bytes:
    register = packed.register
    said: dict[str, Any] = {
        "manifest": "audit pack of a register of processing activities",
        "form": FORM,
        "organisation": whose,
        "as_at": _moment(register.as_at),
        "since": _moment(parameters.since) if parameters.since else None,
        "change_set": register.change_set,
        "head": register.head,
        "records": register.records,
        "produced_at": _moment(parameters.produced_at),
        "produced_by": parameters.produced_by,
        "key": signed_with,
        "files": {name: {"sha256": digest, "size": size} for name, (digest, size) in packed.files.items()},
    }
    return (json.dumps(said, ensure_ascii=False, indent=2, sort_keys=True) + "\n").encode()


def _add(pack: zipfile.ZipFile, parameters: Parameters, packed: _Packed, name: str, data: bytes) -> None:
    _write(pack, parameters, name, data)
    packed.files[name] = (sha256(data).hexdigest(), len(data))


def _write(pack: zipfile.ZipFile, parameters: Parameters, name: str, data: bytes) -> None:
    with pack.open(_entry(parameters, name), "w") as out:
        out.write(data)


def _entry(parameters: Parameters, name: str) -> zipfile.ZipInfo:
    """Return the entry of a file: of the moment of production, and alike on every system."""
    made_at = parameters.produced_at.astimezone(UTC)
    entry = zipfile.ZipInfo(name, made_at.timetuple()[:6])
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.create_system = 3
    entry.external_attr = 0o644 << 16
    return entry


def _moment(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat()
