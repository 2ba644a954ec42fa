"""Our own syntax for a cell of several related rows: written by the export, read by the import, edited by people.

    Payroll data | subject: Employees | kept: "6 years; then archive"
    "bank details, as in the contract"
    entry: "a; b" | words: "as stated"

Rows stand on lines of their own or are separated by `;`. Each row is a main part, then facts behind ` | `, each a
key, a colon and a value. A main part without quotes is the name of a catalogue entry; in double quotes it is the
source's own words, for which there is no entry. A row that has both writes the words as the fact `words`; an entry
whose name holds special characters is written `entry: "…"`. What is quoted is taken as it stands, line breaks and `;`
and `|` included; a quote inside is doubled. People may add spaces, empty lines and a last `;`, and may use the
typographic quotes “…” and „…“.
"""

import re
from collections.abc import Collection, Iterable
from functools import lru_cache
from typing import NamedTuple

from registry.record.messages import Message, listed

QUOTING = Message('put text that holds ; | " or a line break in double quotes, and double a quote inside')
_OPENING = {'"': '"', "“": '”“"', "„": '“”"', "”": "”"}
_SPACES = " \t\r\u00a0"
_KEY = re.compile(r"[^\W\d][\w -]*?(?=[ \t\u00a0]*:)")
_SPECIAL = re.compile(r'[;|\n\r"\t\u00a0\x0b\x0c\x1c-\x1f\x85\u2028\u2029]')
_MISLEADING = re.compile(r"[-–—*•▪●◦'’“”„]|\d+[.)]|(?:entry|words)\s*:", re.IGNORECASE)
_MAIN_PREFIX = re.compile(r"(entry|words)[ \t\u00a0]*:", re.IGNORECASE)
LOST = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ufffe\uffff]")
"""What no spreadsheet can hold, and no import reads."""

_BULLET = re.compile(r"[-–—*•▪●◦][ \t\u00a0]+(?=\S)")


class CellRow(NamedTuple):
    """One row of a cell: a catalogue entry's name, words of the source, or both, and facts as pairs of key and text."""

    entry: str = ""
    words: str = ""
    facts: tuple[tuple[str, str], ...] = ()


class CellSyntaxError(ValueError):
    """A cell that does not follow the syntax: what is wrong, at which character (from 1), and what is accepted."""

    def __init__(self, message: Message, position: int, accepted: Message) -> None:
        super().__init__(f"{message} at character {position}; accepted: {accepted}.")
        self.message = message
        self.position = position
        self.accepted = accepted


def format_rows(rows: Iterable[CellRow]) -> str:
    """Write rows as a cell, a line each; `parse_rows` reads exactly these rows again.

    Raises ValueError for a row that says nothing at all, or has a key that could not be read back.
    """
    return "\n".join(_format_row(row) for row in rows)


def parse_rows(text: str, *, keys: Collection[str] = ()) -> list[CellRow]:
    """Read a cell into rows; `keys` are the facts that this column's rows may have, as they are to be returned.

    Keys are compared without case. Empty rows are passed over. Raises CellSyntaxError for a quote that is never
    closed, text behind a closed quote, a `|` without a key, a key that is unknown, given twice or without a value.
    """
    known = _folded(tuple(keys))
    plain = None if _QUOTE.search(text) else _plain_rows(text, known)
    return _Reader(text, known).rows() if plain is None else plain


@lru_cache
def _folded(keys: tuple[str, ...]) -> dict[str, str]:
    return {key.casefold(): key for key in keys}


_QUOTE = re.compile(r'["“”„]')
_ROW_END = re.compile(r"[;\n]")


def _plain_rows(text: str, known: dict[str, str]) -> list[CellRow] | None:
    """Read a cell without any quotes, which most are, in one go; None where it needs the reader and its messages."""
    found: list[CellRow] = []
    for line in _ROW_END.split(text):
        if "|" not in line:
            main = line.strip()
            if not main:
                continue
            if _MISLEADING.match(main):
                return None
            found.append(CellRow(main))
            continue
        main, *facts = line.split("|")
        main = main.strip()
        if not main or _MISLEADING.match(main):
            return None
        pairs: dict[str, str] = {}
        words = ""
        for fact in facts:
            name, colon, value = fact.partition(":")
            name, value = name.strip().casefold(), value.strip()
            if not colon or not value or name in pairs or (name not in known and (name != "words" or words)):
                return None
            if name == "words" and name not in known:
                words = value
            else:
                pairs[name] = value
        found.append(CellRow(main, words, tuple([(known[name], value) for name, value in pairs.items()])))
    return found


def in_cell(text: str) -> str:
    """Return ``text`` as it stands in a cell behind a key: in quotes only where it needs them.

    Most texts are letters and digits with blanks between them, which is told at once.
    """
    if text.replace(" ", "").isalnum() and text[0] != " " != text[-1]:
        return text
    return _quoted(text) if _needs_quotes(text) else text


def format_main(entry: str, words: str) -> str:
    """Write what a row is called: the name of an entry, words of the source in quotes, or both."""
    if not entry:
        return _quoted(words) if words else 'entry: ""'
    main = f"entry: {_quoted(entry)}" if _needs_quotes(entry) else entry
    return f"{main} | words: {in_cell(words)}" if words else main


def _format_row(row: CellRow) -> str:
    if row == CellRow():
        raise ValueError("A row without entry, words and facts cannot be written; leave it out.")
    main = format_main(row.entry, row.words)
    facts = [(checked_key(key), value) for key, value in row.facts]
    return " | ".join([main, *(f"{key}: {in_cell(value)}" for key, value in facts)])


def checked_key(key: str) -> str:
    """Return ``key`` if it can be read back; raises ValueError otherwise."""
    if not re.fullmatch(r"[^\W\d](?:[\w -]*\w)?", key) or key.casefold() == "words":
        accepted = "letters, digits, spaces and hyphens, beginning with a letter, but not “words”"
        raise ValueError(f"“{key}” cannot be a key; use {accepted}.")
    return key


def _quoted(text: str) -> str:
    return '"' + text.replace('"', '""') + '"'


def _needs_quotes(text: str) -> bool:
    if not text or text != text.strip() or _SPECIAL.search(text) or _MISLEADING.match(text):
        return True
    if text.isprintable():
        return False
    read = LOST.sub("", text)  # what is left may begin as something else does: a bullet, a number sign
    return bool(read) and read != text and _needs_quotes(read)


class _Reader:
    def __init__(self, text: str, keys: dict[str, str]) -> None:
        self.text = text
        self.keys = keys
        self.at = 0

    def rows(self) -> list[CellRow]:
        found: list[CellRow] = []
        while self.at < len(self.text):
            self._skip(_SPACES)
            if self._here() in (";", "\n"):
                self.at += 1
            elif self.at < len(self.text):
                found.append(self._row())
        return [row for row in found if row != CellRow()]

    def _row(self) -> CellRow:
        entry, words = self._main()
        facts: list[tuple[str, str]] = []
        seen: set[str] = set()
        while self._here() == "|":
            self.at += 1
            self._skip(_SPACES)
            place = self.at
            key = self._key()
            if key in seen or (key == "words" and words):
                raise self._error(
                    Message("“%(key)s” is given twice in one row", key=key), place, Message("each key once a row")
                )
            seen.add(key)
            value = self._value(key)
            if key == "words":
                words = value
            else:
                facts.append((key, value))
        return CellRow(entry, words, tuple(facts))

    def _main(self) -> tuple[str, str]:
        self._strip_bullet()
        if self._here() in _OPENING:
            return "", self._quotation()
        if prefix := _MAIN_PREFIX.match(self.text, self.at):
            self.at = prefix.end()
            value = self._value(prefix[1].casefold())
            return (value, "") if prefix[1].casefold() == "entry" else ("", value)
        start = self.at
        main = self._bare()
        if not main:
            raise self._error(
                Message("A row begins with “|”"),
                start,
                Message("the name of an entry, or words in double quotes, before the first |"),
            )
        return main, ""

    def _strip_bullet(self) -> None:
        if bullet := _BULLET.match(self.text, self.at):
            self.at = bullet.end()

    def _key(self) -> str:
        match = _KEY.match(self.text, self.at)
        accepted = listed(f"{key}:" for key in ["words", *self.keys.values()])
        if match is None:
            raise self._error(
                Message("“|” is not followed by a key and a colon"),
                self.at,
                Message("%(keys)s behind |; to use | in a text, %(quoting)s", keys=accepted, quoting=QUOTING),
            )
        name = match[0].strip().casefold()
        if name != "words" and name not in self.keys:
            raise self._error(Message("“%(key)s” is not a known key", key=match[0].strip()), self.at, accepted)
        self.at = match.end()
        self._skip(_SPACES)
        self.at += 1
        return self.keys.get(name, name)

    def _value(self, key: str) -> str:
        self._skip(_SPACES)
        start = self.at
        if self._here() in _OPENING:
            return self._quotation()
        value = self._bare()
        if not value:
            raise self._error(
                Message("“%(key)s:” has no value", key=key),
                start,
                Message('a value behind %(key)s:, or %(key)s: "" for an empty one', key=key),
            )
        return value

    def _quotation(self) -> str:
        start = self.at
        opening = self.text[start]
        closing = _OPENING[opening]
        self.at += 1
        piece: list[str] = []
        while self.at < len(self.text):
            sign = self.text[self.at]
            if sign in closing:
                if sign == '"' and opening == '"' and self.text[self.at + 1 : self.at + 2] == '"':
                    self.at += 1
                else:
                    self.at += 1
                    self._end_of_value()
                    return "".join(piece)
            piece.append(sign)
            self.at += 1
        raise self._error(
            Message("A quotation is never closed; it opens"),
            start,
            Message("text between double quotes; %(quoting)s", quoting=QUOTING),
        )

    def _end_of_value(self) -> None:
        self._skip(_SPACES)
        if self.at < len(self.text) and self._here() not in (";", "\n", "|"):
            raise self._error(
                Message("Text follows a closed quotation"),
                self.at,
                Message("; | or a new line behind the quotation; %(quoting)s", quoting=QUOTING),
            )

    def _bare(self) -> str:
        start = self.at
        while self.at < len(self.text) and self.text[self.at] not in ";|\n":
            self.at += 1
        return self.text[start : self.at].strip()

    def _skip(self, signs: str) -> None:
        while self.at < len(self.text) and self.text[self.at] in signs:
            self.at += 1

    def _here(self) -> str:
        return self.text[self.at : self.at + 1]

    def _error(self, message: Message, position: int, accepted: Message) -> CellSyntaxError:
        return CellSyntaxError(message, position + 1, accepted)
