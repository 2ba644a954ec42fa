"""What people have written beside cells: which words a comment becomes, and to which record it belongs.

The words are kept with the record. They are English however the file speaks, so that the same file says the same again.
"""

from collections.abc import Iterable, Iterator, Mapping

from registry.imports.mapping import IGNORE, SheetMapping
from registry.imports.reading import CellComment, Sheet, cell_name
from registry.record.messages import Message

KEPT = Message("The comment is kept with the record, under “Other words of the source”.")


def headed(comment: CellComment, heading: str) -> str:
    """Return under which words a comment is kept: what it is about, and whose it is."""
    about = f"Comment on “{heading or cell_name(comment.row, comment.column)}”"
    return f"{about} ({comment.author})" if comment.author else about


def beside_row(mapping: SheetMapping, sheet: Sheet, number: int) -> Iterator[tuple[CellComment, str]]:
    """Yield the comments on a row of a table with the headings of their columns, but for columns that are left out."""
    comments = sheet.comments_in.get(number, ())
    columns = (
        {column.place: column for column in mapping.columns if column.place and not column.block} if comments else {}
    )
    for comment in comments:
        column = columns.get(comment.column)
        if column is None or column.read_as != IGNORE:
            yield comment, " ".join(column.heading.split()) if column else ""


def with_comments(text: str, comments: Iterable[tuple[CellComment, str]]) -> str:
    """Return a text with the comments below it that it doesn't hold yet."""
    lines = (f"{headed(comment, heading)}: {comment.text}" for comment, heading in comments)
    return "\n".join(filter(None, [text, *dict.fromkeys(line for line in lines if line not in text)]))


def beside_card(
    mapping: SheetMapping, sheet: Sheet, cells: Mapping[tuple[int, int], str], *, is_only: bool
) -> Iterator[tuple[CellComment, str]]:
    """Yield the comments on a card with its labels: those on its ``cells``; where it is the only one, on all beside
    the labels."""
    for comments in sheet.comments_in.values():
        for comment in comments:
            place = (comment.row, comment.column)
            if place in cells or (is_only and comment.column > (mapping.label_column or 1)):
                yield comment, cells.get(place, "")
