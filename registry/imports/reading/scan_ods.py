"""Looking through an ODS file before it is read: last value, formulas, errors, comments, what is hidden; mending what
trips the reader."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from html import unescape

from .scan import SheetScan, check_extent
from .workbook import CellComment, Limits

TAG = re.compile(
    rb"""<(?:table:(table|table-row|table-column|table-cell|covered-table-cell)|office:(annotation))"""
    rb"""((?:\s+[\w:.-]+\s*=\s*(?:"[^"]*"|'[^']*'))*)\s*/?>"""
    rb"|</table:(table)>"
)
NAME = re.compile(rb"""\btable:name\s*=\s*("[^"]*"|'[^']*')""")
ROWS = re.compile(rb"""\btable:number-rows-repeated\s*=\s*["'](\d{1,9})["']""")
COLUMNS = re.compile(rb"""\btable:number-columns-repeated\s*=\s*["'](\d{1,9})["']""")
SPANNED = re.compile(rb"""\btable:number-rows-spanned\s*=\s*["'](\d{1,9})["']""")
HIDDEN = re.compile(rb"""\btable:visibility\s*=\s*["'](?:collapse|filter)["']""")
COMMENT_END = b"</office:annotation>"
CREATOR = re.compile(rb"<dc:creator>([^<]*)</dc:creator>")
PARAGRAPH = re.compile(rb"<text:p(?:\s[^>]*)?(?<!/)>(.*?)</text:p>", re.DOTALL)
PLAIN = re.compile(rb"<text:s(?:\s[^>]*)?/>")
ERROR_TEXT = re.compile(r"#[A-Z/0]+[!?]?|Err:\d+")
CELL_END = b"</table:table-cell>"
INNER_TAG = re.compile(rb"<[^>]*>")
BLANKS_BETWEEN_TAGS = re.compile(rb"(</?table:[^>]*>|</text:p>)\s+(?=<)")
LINE_BREAK = re.compile(rb"<text:line-break\s*/>")
TAB = re.compile(rb"<text:tab(?:\s[^>]*)?/>")


@dataclass
class Position:
    """Where in a sheet the walk stands: the row (from 1) and how often it is repeated, the columns already passed, the
    cell that was met last."""

    sheet: str
    scan: SheetScan = field(default_factory=SheetScan)
    row: int = 0
    repeated: int = 1
    column: int = 0
    cell: int = 0
    columns: int = 0
    last_row: int = 0
    last_column: int = 0


def scan_ods(content: bytes, limits: Limits) -> dict[str, SheetScan]:
    """The scan of every sheet of content.xml by its name. Raises Unreadable where values reach beyond the limits.

    Repeated empty rows and columns, which fill most sheets to their last row, cost nothing.
    """
    scans: dict[str, SheetScan] = {}
    for position in walk(content, limits):
        if position.last_row:
            check_extent(position.sheet, position.last_row, position.last_column, limits)
        scan = scans[position.sheet] = position.scan
        scan.hidden_rows = {row for row in scan.hidden_rows if row <= position.last_row}
        scan.hidden_columns = {column for column in scan.hidden_columns if column <= position.last_column}
    return scans


def walk(content: bytes, limits: Limits) -> Iterator[Position]:
    """The position reached at the end of every sheet."""
    position = Position(sheet="")
    for tag in TAG.finditer(content):
        kind, attributes = tag[1] or tag[2], tag[3]
        if tag[4]:
            yield position
        elif kind == b"table":
            name = NAME.search(attributes)
            position = Position(sheet=unescape(name[1][1:-1].decode("utf-8", "replace")) if name else "")
        elif kind == b"table-column":
            count = repeats(COLUMNS, attributes)
            if HIDDEN.search(attributes):
                last = min(position.columns + count, limits.max_columns)
                position.scan.hidden_columns.update(range(position.columns + 1, last + 1))
            position.columns += count
        elif kind == b"table-row":
            position.row += position.repeated if position.row else 1
            position.repeated = repeats(ROWS, attributes)
            position.column = 0
            if HIDDEN.search(attributes):
                last = min(position.row + position.repeated - 1, limits.max_rows)
                position.scan.hidden_rows.update(range(position.row, last + 1))
        elif kind == b"annotation":
            visit_comment(content, tag, position, limits)
        else:
            visit_cell(content, tag, position)


def visit_comment(content: bytes, tag: re.Match[bytes], position: Position, limits: Limits) -> None:
    """Take what is written beside the cell that was met last into account."""
    closed = content.find(COMMENT_END, tag.end())
    if not position.cell or tag[0].endswith(b"/>") or closed < 0:
        return
    inside = content[tag.end() : closed]
    author = CREATOR.search(inside)
    paragraphs = (PLAIN.sub(b" ", TAB.sub(b"\t", LINE_BREAK.sub(b"\n", one))) for one in PARAGRAPH.findall(inside))
    comment = CellComment(position.row, position.cell, "\n".join(map(text_of, paragraphs)))
    comment = replace(comment, author=text_of(author[1]) if author else "")
    position.scan.add_comment(comment, position.sheet, limits)


def text_of(markup: bytes) -> str:
    """What is left of a piece of XML without its tags."""
    return unescape(INNER_TAG.sub(b"", markup).decode("utf-8", "replace"))


def visit_cell(content: bytes, tag: re.Match[bytes], position: Position) -> None:
    """Take one cell, with its repetitions, into account."""
    attributes = tag[3]
    column = position.cell = position.column + 1
    position.column += repeats(COLUMNS, attributes)
    valued = b"office:value-type" in attributes
    if valued:
        position.last_row = position.row + position.repeated - 1
        position.last_column = max(position.last_column, position.column)
        if (spanned := repeats(SPANNED, attributes)) > 1:
            position.scan.merged.append((position.row, column, position.row + spanned - 1))
    if b"table:formula" in attributes:
        text = error_text(content, tag) if valued else ""
        if text:
            position.scan.add_error(position.row, column, text)
        else:
            position.scan.add_formula(position.row, column, valued)


def error_text(content: bytes, tag: re.Match[bytes]) -> str:
    """The error a formula cell shows (#REF!, Err:502) and stores as an empty text; nothing where it shows none."""
    marked = b'"error"' in tag[3] or b'string-value=""' in tag[3]
    if not marked or tag[0].endswith(b"/>"):
        return ""
    closed = content.find(CELL_END, tag.end(), tag.end() + 2000)
    shown = text_of(content[tag.end() : max(closed, tag.end())]).strip()
    return shown if ERROR_TEXT.fullmatch(shown) else ""


def repeats(pattern: re.Pattern[bytes], attributes: bytes) -> int:
    """How often a row or cell stands side by side, at least once."""
    found = pattern.search(attributes)
    return max(1, int(found[1])) if found else 1


def mended(data: bytes, content: bytes) -> bytes:
    """The file with line breaks and tabs as characters and without blanks between cells, or the same bytes.

    The reader joins the words around a line break, and refuses a file that is indented.
    """
    better = BLANKS_BETWEEN_TAGS.sub(rb"\1", content)
    better = TAB.sub(b"&#9;", LINE_BREAK.sub(b"&#10;", better))
    if better == content:
        return data
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(target, "w") as archive:
        for member in source.infolist():
            archive.writestr(member.filename, better if member.filename == "content.xml" else source.read(member))
    return target.getvalue()
