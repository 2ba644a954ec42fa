"""Cards: one record a sheet, labels in one column and what they say beside them, with blocks that are small tables.

A record may also be one column of several beside the labels, and several cards may stand one below the other.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from registry.imports.layouts.card_headings import block_of, sub_heading, value_of
from registry.imports.layouts.headings import HeadingIndex
from registry.imports.mapping import IGNORE, KEEP, Column, Layout, SheetMapping
from registry.imports.parsing.folding import fold

FEWEST_LABELS = 4
"""How many known labels make a card."""
_LONGEST_SHEET = 31
"""How long the name of a sheet is at most: that of an activity may have been cut."""
_GUIDANCE = frozenset(
    fold(word)
    for word in """guidance help hint hints explanation explanations instructions example examples Hinweise
    Hinweis Erläuterung Erläuterungen Ausfüllhilfe Ausfüllhinweise Beispiel Hilfe aide
    explication explications consigne consignes
    exemple istruzioni esempio guida ayuda instrucciones ejemplo ajuda instruções exemplo toelichting uitleg
    voorbeeld""".split()
)
_HINTS = ("►", "→", "☞")


class CardCell(NamedTuple):
    """A cell of a card: its place, the label that it answers, what it is read as, its text, what a tick stands for."""

    row: int
    column: int
    heading: str
    key: str
    text: str
    value: str = ""


class CardRow(NamedTuple):
    """What one line of a block says, or all labels outside of blocks together (``part`` is "")."""

    number: int
    part: str
    cells: tuple[CardCell, ...]


@dataclass(frozen=True)
class _Block:
    heading: str
    read_as: str
    columns: Mapping[int, Column]


def cards_of(rows: Sequence[Sequence[str]], mapping: SheetMapping) -> list[list[CardRow]]:
    """Return the records of a sheet of cards, each as its rows: first what the labels say, then the lines of blocks."""
    lines = list(_lines(rows, mapping.label_column or 1))
    starts = _starts(lines, mapping)
    found = []
    for start, end in zip(starts, [*starts[1:], len(rows) + 1], strict=True):
        here = [line for line in lines if start <= line[0] < end]
        found += [_record(here, mapping, column) for column in mapping.value_columns]
    return [record for record in found if record]


def label_of(text: str) -> str:
    """Return a label in the form in which two of the same are equal: without numbers and signs."""
    return " ".join(word for word in fold(text).split() if not word.isdecimal())


def _lines(rows: Sequence[Sequence[str]], label_column: int) -> Iterator[tuple[int, str, dict[int, str]]]:
    """Yield (row, label, texts by column) of every row; columns of hints beside the form are passed over."""
    hints = _hint_columns(rows)
    for number, row in enumerate(rows, 1):
        texts = {
            column: text.strip()
            for column, text in enumerate(row, 1)
            if column > label_column and column not in hints and text.strip()
        }
        yield number, _at(row, label_column), texts


def _hint_columns(rows: Sequence[Sequence[str]]) -> frozenset[int]:
    """Return the columns in which more than one cell points to an explanation, and those that are headed as such."""
    pointing = [column for row in rows for column, text in enumerate(row, 1) if text.lstrip().startswith(_HINTS)]
    first = next((row for row in rows if sum(bool(text.strip()) for text in row) > 1), ())
    headed = {column for column, text in enumerate(first, 1) if fold(text) in _GUIDANCE}
    return frozenset(headed.union(column for column in pointing if pointing.count(column) > 1))


def _starts(lines: Sequence[tuple[int, str, dict[int, str]]], mapping: SheetMapping) -> list[int]:
    """Return the rows at which cards begin: the first row, and each at which the label of the name comes again."""
    names = {label_of(column.heading) for column in mapping.columns if column.read_as == "name"}
    named = [number for number, label, _ in lines if label and label_of(label) in names]
    known = {label_of(column.heading) for column in mapping.columns if not column.block}
    if len(named) < 2:
        return [1]
    firsts: list[int] = []
    for number in named:
        before = [
            (at, label) for at, label, texts in lines if at < number and at > (firsts[-1] if firsts else 0) and label
        ]
        first = number
        for at, label in reversed(before):
            if at != first - 1 or label_of(label) not in known:
                break
            first = at
        firsts.append(first if firsts else 1)
    return firsts


def _record(
    lines: Sequence[tuple[int, str, dict[int, str]]], mapping: SheetMapping, value_column: int
) -> list[CardRow]:
    columns = {(label_of(column.block), label_of(column.heading)): column for column in mapping.columns}
    blocks = _blocks(mapping)
    alone: list[CardCell] = []
    parts: list[CardRow] = []
    block: _Block | None = None
    several = len(mapping.value_columns) > 1
    for number, label, texts in lines:
        if not label and not texts:
            block = None
            continue
        if label_of(label) in blocks and not several and _is_header(texts, blocks[label_of(label)]):
            block = blocks[label_of(label)]
            continue
        if block is not None:
            row = _block_row(number, label, texts, block, columns)
            if row.part:
                parts += [row] if row.cells else []
            else:
                alone += row.cells
            continue
        own = columns.get(("", label_of(label)))
        if own is None or own.read_as == IGNORE:
            continue
        here = [value_column] if several else sorted(texts)
        alone += [
            CardCell(number, column, own.heading, own.read_as if place == 0 else KEEP, texts[column], own.value)
            for place, column in enumerate(column for column in here if column in texts)
        ]
    first = next((number for number, label, _ in lines if label), 1)
    whole = [CardRow(alone[0].row if alone else first, "", tuple(alone))] if alone else []
    return [*whole, *parts]


def _blocks(mapping: SheetMapping) -> dict[str, _Block]:
    found: dict[str, _Block] = {}
    for heading in dict.fromkeys(column.block for column in mapping.columns if column.block):
        read_as = next((one.read_as for one in mapping.columns if not one.block and one.heading == heading), KEEP)
        subs = {one.place: one for one in mapping.columns if one.block == heading and one.place}
        found[label_of(heading)] = _Block(heading, read_as, subs)
    return found


def _is_header(texts: Mapping[int, str], block: _Block) -> bool:
    return any(fold(texts.get(place, "")) == fold(column.heading) for place, column in block.columns.items())


def _block_row(
    number: int, label: str, texts: Mapping[int, str], block: _Block, columns: Mapping[tuple[str, str], Column]
) -> CardRow:
    """Read one line of a block. Where the label says which value the line is about, its main cell is a tick."""
    own = columns.get((label_of(block.heading), label_of(label)))
    read_as = own.read_as if own else block.read_as
    if read_as == IGNORE:
        return CardRow(number, "", ())
    part = read_as if read_as != KEEP else ""
    cells = []
    for place, text in texts.items():
        sub = block.columns.get(place)
        if sub is None:
            cells.append(CardCell(number, place, label or block.heading, KEEP, text))
            continue
        key = sub.read_as
        heading = f"{label}, {sub.heading}" if label else sub.heading
        if part and key.partition(".")[0] != part:
            key = part if place == min(block.columns) else KEEP
        value = own.value if own and key == part else ""
        cells.append(CardCell(number, place, heading if key == KEEP else label or sub.heading, key, text, value))
    if not part:
        cells = [cell._replace(key=KEEP) for cell in cells]
    return CardRow(number, part, tuple(cells))


def find_card(rows: Sequence[Sequence[str]], index: HeadingIndex, name: str) -> SheetMapping | None:
    """Return how a sheet is read that is a card, or None for one that isn't."""
    label_column = _label_column(rows, index)
    if label_column is None:
        return None
    columns: list[Column] = []
    seen: set[tuple[str, str]] = set()
    block = ""
    value_columns: set[int] = set()
    filled: dict[int, int] = {}
    for _, label, texts in _lines(rows, label_column):
        if not label and not texts:
            block = ""
            continue
        if not label:
            continue
        found = block_of(label, texts)
        if found is not None:
            block = label
            columns.append(Column(0, label, found.read_as))
            columns += [Column(place, text, sub_heading(found, text), block=label) for place, text in texts.items()]
            continue
        if (fold(block), label_of(label)) in seen:
            continue
        seen.add((fold(block), label_of(label)))
        if block:
            columns.append(_block_label(block, label, columns))
            continue
        match = index.match(label) if label_of(label) else None
        key = match.key if match and match.key else None
        if key is None and label_of(label) != fold(label):
            key = index.match(label_of(label)).key
        if key is None and not texts:
            continue  # a title, or a heading above other labels
        columns.append(Column(0, label, key or KEEP))
        if key and texts:
            value_columns.add(min(texts))
            for place in texts:
                filled[place] = filled.get(place, 0) + 1
    columns = (
        _named_once(columns, index) if any(one.read_as == "name" for one in columns) else _named(columns, rows, name)
    )
    known = {column.read_as for column in columns if column.read_as != KEEP and not column.block}
    if len(known) < FEWEST_LABELS or not known & {"name", "purposes", "purposes_and_bases"}:
        return None
    value_column = min(value_columns, default=label_column + 1)
    several = tuple(sorted(place for place, count in filled.items() if count >= 0.6 * max(filled.values())))
    if any(column.block for column in columns) or len(several) < 2:
        several = (value_column,)
    return SheetMapping(
        names=(name,),
        layout=Layout.CARD,
        columns=tuple(columns),
        label_column=label_column,
        value_columns=several,
    )


def _named(columns: list[Column], rows: Sequence[Sequence[str]], sheet: str) -> list[Column]:
    """Return the labels with one as the name that nobody knows, beside which stands what the sheet is called."""
    wanted = fold(sheet)
    for column in columns:
        if column.read_as != KEEP or column.block or column.place or not wanted:
            continue
        beside = [
            text
            for row in rows
            for at, text in enumerate(row)
            if column.heading in map(str.strip, row[:at]) and text.strip()
        ]
        if any(
            fold(text) == wanted or (len(sheet) >= _LONGEST_SHEET and fold(text).startswith(wanted)) for text in beside
        ):
            return [replace(one, read_as="name") if one == column else one for one in columns]
    return columns


def _named_once(columns: Sequence[Column], index: HeadingIndex) -> list[Column]:
    """Return the labels with the surest of those that could be the name as the name: a second would begin a card."""
    names = [column for column in columns if column.read_as == "name" and not column.block]
    surest = max(
        names, key=lambda one: (index.match(one.heading).score, len(label_of(one.heading).split())), default=None
    )
    return [replace(column, read_as=KEEP) if column in names and column != surest else column for column in columns]


def _label_column(rows: Sequence[Sequence[str]], index: HeadingIndex) -> int | None:
    """Return the column in which known labels stand below each other, the first of those that have the most."""
    counts: dict[int, set[str]] = {}
    for row in rows[:400]:
        for column, text in enumerate(row[:6], 1):
            if text.strip() and len(text) < 200 and (key := index.match(text).key or index.match(label_of(text)).key):
                counts.setdefault(column, set()).add(key)
    best = max(counts, key=lambda column: (len(counts[column]), -column), default=None)
    return best if best is not None and len(counts[best]) >= FEWEST_LABELS else None


def _block_label(block: str, label: str, columns: Sequence[Column]) -> Column:
    heading = next(column for column in columns if column.heading == block and not column.block)
    read_as, value = value_of(heading.read_as, label)
    return Column(0, label, read_as, value, block)


def _at(row: Sequence[str], column: int) -> str:
    return row[column - 1].strip() if column <= len(row) else ""


def same_cards(mappings: Sequence[SheetMapping | None]) -> list[SheetMapping]:
    """Return the cards among the mappings, those of one form as one: they differ in the lines that somebody filled."""
    forms: dict[object, list[SheetMapping]] = {}
    for mapping in mappings:
        if mapping is not None and mapping.layout is Layout.CARD:
            placed = frozenset(
                (column.block, column.place, column.heading) for column in mapping.columns if column.place
            )
            forms.setdefault((mapping.label_column, mapping.value_columns, placed), []).append(mapping)
    found = []
    for same in forms.values():
        columns = {
            (column.block, label_of(column.heading), column.place): column for one in same for column in one.columns
        }
        names = tuple(name for one in same for name in one.names)
        found.append(replace(same[0], names=names, columns=tuple(columns.values())))
    return found
