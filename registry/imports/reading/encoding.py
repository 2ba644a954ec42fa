"""The text of a file of bytes: UTF-8, UTF-16 or Windows-1252, decided strictly, or the encoding that a person names.

No statistics of a language decide anything; where the letters look wrong, that is said, and the person decides.
"""

from __future__ import annotations

import codecs
import re

from registry.record.messages import Message, sentences

from .cells import CONTROL_CHARACTERS, unify_line_ends
from .workbook import Unreadable

SAVE_AS_UTF8 = Message("Save it again as “CSV UTF-8” (in Excel: Save as, file type “CSV UTF-8”).")
ENCODINGS = {
    "utf-8": "UTF-8",
    "utf-16": "UTF-16",
    "cp1252": Message("Windows-1252 (Western Europe)"),
    "cp1250": Message("Windows-1250 (Central Europe)"),
    "iso8859-15": "ISO 8859-15 (Latin-9)",
    "iso8859-2": Message("ISO 8859-2 (Central Europe)"),
    "cp1251": Message("Windows-1251 (Cyrillic)"),
    "cp1253": Message("Windows-1253 (Greek)"),
    "mac-roman": Message("Mac Roman (old Macintosh)"),
}
"""The encodings that a person can name, with what they are called."""
_MAC = re.compile(r"[a-z][ŠšŽŸ][a-zß]|[a-z][†‡]|[Šš][a-z]{2}[a-z ]|(?<=[a-z])Ž(?=[a-z])")
_CENTRAL = re.compile(r"[a-z][³¹¿œ][a-z]|[a-z][¹³](?=\s|[,;.])|[a-z][øìèùòï][a-z]*[žšýá]")
_LATIN_9 = re.compile(r"\d\s?¤|¤\s?\d")
UTF8_SEQUENCE = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
HIGH_BYTE = re.compile(rb"[\x80-\xff]")
BINARY = Message("The file isn't text: it holds NUL bytes or control characters, as programs and pictures do.")


def decode(data: bytes, encoding: str = "") -> tuple[str, str]:
    """The text, with line ends as `\\n` and without control characters, and the encoding: utf-8, utf-16 or cp1252.

    `encoding` is believed. Raises Unreadable where the bytes aren't text, or aren't text in that encoding.
    """
    text, encoding = decode_as(data, encoding) if encoding else decode_bytes(data)
    if not text.strip():
        raise Unreadable(
            Message("The file holds nothing but blanks."),
            Message("Save the table again and check what the new file holds."),
        )
    if "\0" in text:
        raise Unreadable(BINARY, SAVE_AS_UTF8)
    text = unify_line_ends(text)
    cleaned = CONTROL_CHARACTERS.sub("", text)
    if (len(text) - len(cleaned)) * 20 > len(text):
        raise Unreadable(BINARY, SAVE_AS_UTF8)
    return cleaned, encoding


def decode_bytes(data: bytes) -> tuple[str, str]:
    """The text as it stands, and its encoding."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return decode_utf16(data, "utf-16")
    order = order_of_utf16(data[:2000])
    if order:
        return decode_utf16(data, order)
    try:
        return data.decode("utf-8-sig"), "utf-8"
    except UnicodeDecodeError as error:
        if data.startswith(codecs.BOM_UTF8) or mostly_utf8(data):
            raise undecodable(error, "UTF-8") from error
    try:
        return data.decode("cp1252"), "cp1252"
    except UnicodeDecodeError as error:
        raise undecodable(error, "Windows-1252") from error


def decode_as(data: bytes, encoding: str) -> tuple[str, str]:
    """The text in the encoding that a person named."""
    if encoding not in ENCODINGS:
        known = tuple(ENCODINGS.values())
        raise Unreadable(
            Message("The encoding “%(encoding)s” isn't read.", encoding=encoding),
            Message("Choose one of %(known)s.", known=known),
        )
    codec = "utf-8-sig" if encoding == "utf-8" else encoding
    try:
        return data.decode(codec), encoding
    except UnicodeDecodeError as error:
        if encoding == "utf-16":
            raise Unreadable(
                Message("The file isn't UTF-16 text throughout."),
                sentences(Message("Choose another encoding."), SAVE_AS_UTF8),
            ) from error
        raise undecodable(error, ENCODINGS[encoding]) from error


def doubt(text: str, encoding: str) -> str:
    """What text read as Windows-1252 looks like instead (a key of ENCODINGS); nothing where its letters look right."""
    if encoding != "cp1252":
        return ""
    sample = text[:200_000]
    if len(_MAC.findall(sample)) > 1:
        return "mac-roman"
    if len(_CENTRAL.findall(sample)) > 1:
        return "cp1250"
    return "iso8859-15" if _LATIN_9.search(sample) else ""


def order_of_utf16(start: bytes) -> str:
    """utf-16-le or utf-16-be where every other byte is NUL, as in western text without a mark; else nothing."""
    even, odd = start[0::2].count(0), start[1::2].count(0)
    half = len(start) // 2
    if half and odd > half * 0.6 and not even:
        return "utf-16-le"
    if half and even > half * 0.6 and not odd:
        return "utf-16-be"
    return ""


def decode_utf16(data: bytes, codec: str) -> tuple[str, str]:
    """The text of UTF-16 bytes, without its byte-order mark."""
    try:
        return data.decode(codec), "utf-16"
    except UnicodeDecodeError as error:
        raise Unreadable(
            Message("The file begins as UTF-16 text but breaks off or holds bytes that are none."), SAVE_AS_UTF8
        ) from error


def mostly_utf8(data: bytes) -> bool:
    """True where most accented characters are valid UTF-8, so that reading it as Windows-1252 would garble them."""
    rest, sequences = UTF8_SEQUENCE.subn(b"", data)
    return sequences > len(HIGH_BYTE.findall(rest))


def undecodable(error: UnicodeDecodeError, encoding: str) -> Unreadable:
    """The refusal that names the byte and the line of the file where decoding stopped."""
    line = error.object.count(b"\n", 0, error.start) + 1
    return Unreadable(
        Message(
            "Line %(line)s of the file holds the byte 0x%(byte)s, which is no character of %(encoding)s text; the file "
            "mixes encodings or is in another one.",
            line=line,
            byte=f"{error.object[error.start]:02X}",
            encoding=encoding,
        ),
        Message(
            "Name the encoding that it is in, if you know it. Otherwise: %(remedy)s",
            remedy=SAVE_AS_UTF8,
        ),
    )
