"""What kind of file the bytes are, decided by their content, and whether the file's name agrees."""

from __future__ import annotations

import io
import zipfile
import zlib
from pathlib import PurePath

from registry.record.messages import Message

from .workbook import Limits, Unreadable

EXTENSIONS = {
    "csv": (".csv", ".tsv", ".txt"),
    "xlsx": (".xlsx", ".xlsm", ".xltx", ".xltm"),
    "xls": (".xls", ".xlt"),
    "ods": (".ods", ".ots"),
}
LABELS = {
    "csv": Message("plain text (CSV)"),
    "xlsx": Message("an Excel workbook (XLSX)"),
    "xls": Message("an Excel 97-2003 workbook (XLS)"),
    "ods": Message("an OpenDocument spreadsheet (ODS)"),
}
ACCEPTED = Message("CSV, XLSX, XLS and ODS files are read.")
SAVE_AS = Message("Open it in the program that made it and save the table as XLSX or CSV.")
LOCKED = Message("The file is protected by a password.")
UNLOCK = Message("Open it with its password, save a copy without one, and give that.")

ZIP_SIGNATURES = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
OLE_SIGNATURE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
XLS_START = b"\x09\x08\x10\x00\x00\x06\x05\x00"
XLS_FILEPASS = b"\x2f\x00"
FOREIGN_SIGNATURES = (
    (b"%PDF", Message("a PDF document")),
    (b"{\\rtf", Message("an RTF document")),
    (b"\x89PNG", Message("a picture (PNG)")),
    (b"\xff\xd8\xff", Message("a picture (JPEG)")),
    (b"GIF8", Message("a picture (GIF)")),
    (b"\x1f\x8b", Message("a gzip archive")),
    (b"7z\xbc\xaf\x27\x1c", Message("a 7z archive")),
    (b"Rar!", Message("a RAR archive")),
    (b"SQLite format 3", Message("a database (SQLite)")),
)
MARKUP_SIGNATURES = (
    (b"<!doctype html", Message("a web page (HTML)")),
    (b"<html", Message("a web page (HTML)")),
    (b"<table", Message("a web page (HTML)")),
    (b"mime-version:", Message("a web page (HTML)")),
    (b"<?xml", Message("an XML document")),
    (b"[{", Message("a JSON document")),
    (b'{"', Message("a JSON document")),
    (b"{\n", Message("a JSON document")),
    (b"{\r\n", Message("a JSON document")),
)
ZIP_MEMBERS = (
    ("word/document.xml", Message("a Word document (DOCX)")),
    ("ppt/presentation.xml", Message("a PowerPoint presentation (PPTX)")),
    ("xl/workbook.bin", Message("a binary Excel workbook (XLSB)")),
    ("index/document.iwa", Message("a spreadsheet of Numbers")),
    ("index.zip", Message("a spreadsheet of Numbers")),
)
OLE_ENTRIES = (
    ("WordDocument", Message("a Word document (DOC)")),
    ("PowerPoint Document", Message("a PowerPoint presentation (PPT)")),
    ("__properties_version1.0", Message("an e-mail message (MSG)")),
)
SPREADSHEET_MIMETYPES = (
    b"application/vnd.oasis.opendocument.spreadsheet",
    b"application/vnd.oasis.opendocument.spreadsheet-template",
)
DAMAGED_ARCHIVE = (
    zipfile.BadZipFile,
    zipfile.LargeZipFile,
    zlib.error,
    EOFError,
    OSError,
    ValueError,
    KeyError,
    IndexError,
    OverflowError,
    NotImplementedError,
    RuntimeError,
)


def kind_of(data: bytes, limits: Limits) -> str:
    """csv, xlsx, xls or ods. Raises Unreadable for anything else, locked files and archives beyond the limits."""
    if not data:
        raise Unreadable(
            Message("The file is empty (0 bytes)."), Message("Save the table again and check the size of the new file.")
        )
    if data.startswith(ZIP_SIGNATURES):
        return kind_of_archive(data, limits)
    if data.startswith(OLE_SIGNATURE):
        return kind_of_ole(data)
    start = data[:200].removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    for signature, label in FOREIGN_SIGNATURES:
        if data.startswith(signature):
            raise foreign(label)
    for signature, label in MARKUP_SIGNATURES:
        if start.startswith(signature):
            raise foreign(label)
    return "csv"


def kind_of_archive(data: bytes, limits: Limits) -> str:
    """xlsx or ods, after checking that unpacking the archive stays within the limits."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            check_archive(archive, len(data), limits)
            return kind_by_members(archive)
    except DAMAGED_ARCHIVE as error:
        raise Unreadable(
            Message("The file begins like a spreadsheet but is damaged or was cut short."),
            Message("Download or copy it again, or open it in a spreadsheet program and save it anew."),
        ) from error


def check_archive(archive: zipfile.ZipFile, size: int, limits: Limits) -> None:
    """Raise Unreadable where an archive of `size` bytes is locked, or would unpack to more than the limits allow."""
    members = archive.infolist()
    remedy = Message("Copy the table into a new workbook, save it as XLSX or CSV, and give that.")
    if len(members) > limits.max_members:
        raise Unreadable(
            Message(
                "The file has %(count)s parts; at most %(most)s are read.", count=len(members), most=limits.max_members
            ),
            remedy,
        )
    if any(member.flag_bits & 1 for member in members):
        raise Unreadable(LOCKED, UNLOCK)
    unzipped = sum(member.file_size for member in members)
    if unzipped > limits.max_unzipped_bytes:
        raise Unreadable(
            Message(
                "The file unpacks to %(count)s bytes; at most %(most)s are read.",
                count=unzipped,
                most=limits.max_unzipped_bytes,
            ),
            remedy,
        )
    if unzipped > limits.ratio_counts_from_bytes and unzipped > limits.max_ratio * size:
        raise Unreadable(
            Message(
                "The file unpacks to %(count)s times its size; at most %(most)s times is read.",
                count=unzipped // size,
                most=limits.max_ratio,
            ),
            remedy,
        )


def kind_by_members(archive: zipfile.ZipFile) -> str:
    """xlsx or ods, by the parts an archive holds. Raises Unreadable for other archives and for a locked ODS."""
    names = {name.lower() for name in archive.namelist()}
    if "xl/workbook.xml" in names:
        return "xlsx"
    for name, label in ZIP_MEMBERS:
        if name in names:
            raise foreign(label)
    if "mimetype" in names and "content.xml" in names:
        with archive.open("mimetype") as stream:
            mimetype = stream.read(200).strip()
        if mimetype not in SPREADSHEET_MIMETYPES:
            raise foreign(Message("an OpenDocument file that is no spreadsheet"))
        if "META-INF/manifest.xml" in archive.namelist():
            with archive.open("META-INF/manifest.xml") as stream:
                if b"encryption-data" in stream.read(1_000_000):
                    raise Unreadable(LOCKED, UNLOCK)
        return "ods"
    raise foreign(Message("a ZIP archive without a spreadsheet in it"))


def kind_of_ole(data: bytes) -> str:
    """xls, for the container of old Office files. Raises Unreadable for its other uses and for locked workbooks."""
    if "EncryptedPackage".encode("utf-16-le") in data:
        raise Unreadable(LOCKED, UNLOCK)
    if is_locked_xls(data):
        raise Unreadable(LOCKED, UNLOCK)
    if "Workbook".encode("utf-16-le") in data or "Book".encode("utf-16-le") in data:
        return "xls"
    for entry, label in OLE_ENTRIES:
        if entry.encode("utf-16-le") in data:
            raise foreign(label)
    raise foreign(Message("an old Office file that is no workbook"))


def is_locked_xls(data: bytes) -> bool:
    """True where an XLS file's first records hold the one (FILEPASS) that says its contents are encrypted."""
    at = data.find(XLS_START)
    for _ in range(5 if at >= 0 else 0):
        kind, length = data[at : at + 2], int.from_bytes(data[at + 2 : at + 4], "little")
        if kind == XLS_FILEPASS:
            return True
        at += 4 + length
    return False


def check_name(name: str, kind: str) -> None:
    """Raise Unreadable where the name's ending says something else than the content; a name without ending agrees."""
    extension = PurePath(name).suffix.lower()
    if not extension or extension in EXTENSIONS[kind]:
        return
    claimed = next(
        (LABELS[other] for other, endings in EXTENSIONS.items() if extension in endings), Message("another kind")
    )
    raise Unreadable(
        Message(
            "The name ends in “%(ending)s” (%(claimed)s), but the content is %(kind)s.",
            ending=extension,
            claimed=claimed,
            kind=LABELS[kind],
        ),
        Message(
            "Check that it is the right file; if it is, rename it to end in “%(ending)s”.", ending=EXTENSIONS[kind][0]
        ),
    )


def foreign(label: str) -> Unreadable:
    """The refusal of a file of a kind that isn't read."""
    return Unreadable(Message("The file is %(kind)s; %(accepted)s", kind=label, accepted=ACCEPTED), SAVE_AS)
