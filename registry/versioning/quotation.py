"""Finding the plain columns of a version in its canonical content as text: ten times as fast as reading the content."""

import json.encoder
from collections.abc import Callable, Sequence
from typing import Any

from registry.versioning.canonical import FORM
from registry.versioning.content import Column, columns_of

_quoted: Callable[[str], str] = json.encoder.encode_basestring

_SCALAR, _REFERENCE, _ROWS = range(3)


class Quotation:
    """What a content says of its plain columns, as pieces of text in the order in which they stand there.

    Keys are sorted, so everything between two lists of rows, or two names of entries, is known to the letter. A piece
    can't be found by chance inside what stands between pieces: names are strings, in which quotation marks are
    escaped, and a piece that follows rows has a key that no row has.
    """

    def __init__(self, model: type[Any], columns: Sequence[Column]) -> None:
        places = {column.key: place for place, column in enumerate(columns)}
        row_keys: set[str] = set()
        self._steps: list[tuple[str, int, int, Any]] = []
        for number, key in enumerate(sorted({"form", *places, *model.PARTS})):
            before = f'{"," if number else "{"}"{key}":'
            if key == "form":
                self._steps.append((f"{before}{FORM}", _SCALAR, -1, None))
            elif key in places:
                column = columns[places[key]]
                kind = _SCALAR if column.refers_to is None else _REFERENCE
                self._steps.append((before, kind, places[key], column.convert))
            else:
                row_keys.update(column.key for column in columns_of(model._meta.get_field(key).related_model))
                self._steps.append((before, _ROWS, -1, None))
        self._is_safe = self._pieces_are_told_from(row_keys)

    def _pieces_are_told_from(self, row_keys: set[str]) -> bool:
        """Return whether each piece that follows rows has a key that no row has. The last one is told by the end."""
        after_rows = own = False
        for before, kind, _, _ in self._steps:
            own = own or before.split('"')[1] not in row_keys
            if kind != _SCALAR:
                if after_rows and not own:
                    return False
                after_rows, own = kind == _ROWS, False
        return True

    def is_found(self, content: str, values: Sequence[Any]) -> bool:
        """Return whether the content says just what ``values`` are; False where only reading it could tell."""
        if not self._is_safe:
            return False
        position, first = 0, True
        piece = ""
        for before, kind, place, convert in self._steps:
            piece += before
            if kind == _ROWS:
                piece += "["
                after = "]"
            elif place < 0:
                continue
            else:
                value = values[place]
                if convert is not None:
                    value = convert(value)
                if kind == _SCALAR or value is None:
                    piece += _text(value)
                    continue
                piece += f'[{value},"'
                after = '"]'
            position = content.find(piece, position, len(piece) if first else None)
            if position < 0:
                return False
            position += len(piece)
            piece, first = after, False
        piece += "}"
        return content.endswith(piece) and len(content) - len(piece) >= position


def _text(value: Any) -> str:
    if value.__class__ is str:
        return _quoted(value)
    if value is None:
        return "null"
    if value.__class__ is bool:
        return "true" if value else "false"
    return str(value)
