"""Finds where a table starts in a sheet: its header row among titles and annotations, and what its columns are."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TypeAlias

from django.utils.translation import gettext_noop as n

from registry.imports.layouts.headings import HeadingIndex
from registry.imports.parsing.folding import fold

Row: TypeAlias = Sequence[str]

ROWS_SEARCHED = 40
_NEARLY = 0.8
_ANNOTATIONS_LOOKED_AT = 3
_HEADINGS_OF_A_TABLE = 3
_WELL_KNOWN = 0.93
_TERM = re.compile(r"\s*(?:[a-z][a-z0-9_-]{1,12}:\s?[A-Za-z]\S*\s*|(?:use\s+)?https?://\S+\s*)", re.IGNORECASE)
_COLUMN_LABEL = re.compile(
    r"\s*(?:(?:column|spalte|colonne|colonna|columna|coluna|kolom|kolumn|kolonne|kolumna)\s+(?:[a-z]{1,2}|\d{1,2})|[a-z])[.)]?\s*",
    re.IGNORECASE,
)
_PROVISION = re.compile(
    r"\s*(?:art(?:icle|ikel|\.)?\s*\d{1,2}\s*)?(?:\(\s*(?:\d{1,2}|[a-z])\s*\)\s*|(?:abs|lit|let|lett|par|lid|s|satz|buchst)\b\.?\s*(?:\d{1,2}|[a-z])\b\)?\s*)*"
    r"(?:GDPR|DS-?GVO|RGPD|AVG)?\s*",
    re.IGNORECASE,
)
"""What a column answers in the words of the law, such as "Art. 30(1)(c)" or "(c)"."""
_INSTRUCTION = re.compile(
    r"(?:please\s+)?(?:select|choose|describe|indicate|enter|specify|give|list|state|pick|fill|explain|bitte|wählen|waehlen|angeben|beschreiben|eintragen|nennen"
    r"|choisissez|choisir|indiquez|indiquer|décrivez|décrire|précisez|préciser|sélectionnez|saisissez|renseignez|kies|vermeld|beschrijf|geef|selecteer|vul"
    r"|indicare|descrivere|scegliere|inserire|specificare|ange|beskriv|välj|fyll|skriv|angi|velg|angiv|vælg|udfyld|wpisz|wskaż|opisz|wybierz|podaj|należy|indique|describa|elija|seleccione|descreva|selecione|informe|preencha)\b",
    re.IGNORECASE,
)
_NECESSITY = frozenset(
    """optional required mandatory pflicht pflichtfeld pflichtangabe erforderlich freiwillig obligatoire facultatif
    optionnel obligatorio opcional facoltativo obligatorisch verplicht optioneel obrigatorio conditional
    obligatorisk valfri valgfri valgfritt frivillig obowiazkowe opcjonalne wymagane""".split()
)
_EXAMPLE_WORD = r"(?:exemple|example|beispiel|esempio|ejemplo|exemplo|voorbeeld|exempel|eksempel|przykład)"
_EXAMPLE = re.compile(rf"\s*(?:[(\[]\s*{_EXAMPLE_WORD}\s*[)\]]|{_EXAMPLE_WORD}\s*[:–—])", re.IGNORECASE)


_BARE_NAMES = frozenset("name names nom nome nombre naam namn navn nazwa".split())
"""Headings that may be of whoever filled in a form: one that says whose name it holds comes before them."""
_NAMING = _BARE_NAMES | frozenset(
    "called title titel bezeichnung intitule denominazione denominacion namn navn benaemning betegnelse nazwa".split()
)
"""Words by which a longer heading asks what an activity is called."""


class Skipped(StrEnum):
    """Why a row below the header is no record."""

    EMPTY = n("empty")
    ANNOTATION = n("annotation")
    REPEATED_HEADER = n("repeated header")
    SECTION = n("section")
    EXAMPLE = n("example")
    TOTAL = n("total")
    CHOSEN = n("left out by you")
    OTHER_TABLE = n("of another table")


@dataclass(frozen=True)
class ColumnGuess:
    """A column, counted from 1: its heading, the fact it seems to hold (None if unclear) and how sure that is."""

    column: int
    heading: str
    key: str | None
    score: float


@dataclass(frozen=True)
class HeaderFinding:
    """Where a table was found; rows and columns are counted from 1, as a user sees them.

    `header_row` is None if no row looks like a header, or if several do and the user must say which (`ambiguous`,
    with the rows in `candidates`). `parent_row` is the upper row of a header of two rows. `duplicates` are headings
    that stand over several columns, with these columns. `skipped` are rows below the header that are no records, with
    the reason.
    """

    header_row: int | None
    candidates: tuple[int, ...]
    first_data_row: int | None
    columns: tuple[ColumnGuess, ...]
    ambiguous: bool
    parent_row: int | None = None
    duplicates: tuple[tuple[str, tuple[int, ...]], ...] = ()
    skipped: Mapping[int, Skipped] = field(default_factory=dict)


@dataclass(frozen=True)
class _Candidate:
    index: int
    columns: tuple[ColumnGuess, ...]
    filled: int
    parent: int | None = None

    @property
    def keys(self) -> int:
        return sum(column.key is not None for column in self.columns)

    @property
    def score(self) -> float:
        return sum(column.score for column in self.columns if column.key)


def find_header(
    rows: Sequence[Row], known: Mapping[str, tuple[str, ...]] | HeadingIndex, *, header_row: int | None = None
) -> HeaderFinding:
    """Find the header among the first 40 rows and say what its columns are; `header_row` takes the user's word for it.

    `rows` hold text, row 1 first; empty cells are "". Two rows that look like full headers about equally well are
    ambiguous, unless they say the same. Raises ValueError for a `header_row` outside the sheet.
    """
    index = known if isinstance(known, HeadingIndex) else HeadingIndex(known)
    if header_row is not None:
        if not 1 <= header_row <= len(rows):
            raise ValueError(f"There is no row {header_row}; the sheet has the rows 1 to {len(rows)}.")
        chosen = _candidate(rows, header_row - 1, index)
        return _finding(rows, _with_child(rows, chosen, index) or chosen, (header_row,), index)
    alone = [_candidate(rows, number, index) for number in range(min(len(rows), ROWS_SEARCHED))]
    found = [candidate for candidate in alone if _looks_like_header(candidate, rows)]
    if not found:
        return HeaderFinding(None, (), None, (), ambiguous=False)
    best = max(found, key=lambda candidate: (candidate.score, -candidate.index))
    rivals = [
        candidate
        for candidate in found
        if candidate.score >= _NEARLY * best.score
        and candidate.filled >= _NEARLY * best.filled
        and (candidate is best or _texts(rows[candidate.index]) != _texts(rows[best.index]))
    ]
    if len(rivals) > 1:
        return HeaderFinding(None, tuple(candidate.index + 1 for candidate in rivals), None, (), ambiguous=True)
    whole = _with_child(rows, best, index) or _with_parent(rows, best, index)
    return _finding(rows, whole, (best.index + 1,), index)


def _candidate(rows: Sequence[Row], number: int, index: HeadingIndex) -> _Candidate:
    row = rows[number]
    return _Candidate(number, _columns(list(enumerate(row, 1)), index), sum(bool(cell.strip()) for cell in row))


def _columns(headings: list[tuple[int, str]], index: HeadingIndex) -> tuple[ColumnGuess, ...]:
    """Match headings to facts; where several columns could hold one fact, the surest has it, the first of equals."""
    matches = [(column, text.strip(), index.match(text)) for column, text in headings if text.strip()]
    asked = any(
        match.key == "name" and len(words := fold(text).split()) > 1 and _NAMING & {*words}
        for _, text, match in matches
    )
    best: dict[str, int] = {}
    for column, _, match in sorted(
        matches, key=lambda item: (asked and fold(item[1]) in _BARE_NAMES, -item[2].score, item[0])
    ):
        if match.key is not None:
            best.setdefault(match.key, column)
    return tuple(
        ColumnGuess(column, text, match.key, match.score)
        if match.key and best[match.key] == column
        else ColumnGuess(column, text, None, 0.0)
        for column, text, match in matches
    )


def _looks_like_header(candidate: _Candidate, rows: Sequence[Row]) -> bool:
    """Two known headings make a header if they are a fair part of the row, or four whatever else the row holds.

    A single known heading is enough only where the row has no other cell and is the first that has any.
    """
    if candidate.keys >= 2:
        return candidate.keys >= 4 or candidate.keys >= 0.3 * candidate.filled
    alone = candidate.filled == candidate.keys == 1 and candidate.score == 1.0
    return alone and not any(_texts(row) for row in rows[: candidate.index])


def _with_parent(rows: Sequence[Row], child: _Candidate, index: HeadingIndex) -> _Candidate:
    """Join the header with group headings in the row above it, if they explain columns that the header leaves open."""
    if child.index == 0:
        return child
    parent = rows[child.index - 1]
    if sum(bool(cell.strip()) for cell in parent) < 2:
        return child
    joined = _joined(rows, child, parent, index)
    return joined if joined.keys > child.keys else child


def _with_child(rows: Sequence[Row], upper: _Candidate, index: HeadingIndex) -> _Candidate | None:
    """Join the header with the row below it, where that only names the parts of columns that a group heading spans.

    So it does if each of its cells stands under a heading that spans several columns, none of those is left open, and
    it names no record.
    """
    if upper.index + 1 >= len(rows):
        return None
    above, below = rows[upper.index], rows[upper.index + 1]
    width = max(len(above), len(below))
    named = {column for column in range(1, width + 1) if _cell(below, column)}
    spans, at = set(), 0
    for column in range(1, width + 1):
        if _cell(above, column):
            at = column
        elif at and column in named:
            spans |= {at, column}
    identifying = {guess.column for guess in upper.columns if guess.key in {"name", "reference"}}
    if not named or named != spans or named & identifying:
        return None
    joined = _joined(rows, _candidate(rows, upper.index + 1, index), above, index)
    return joined if joined.keys >= upper.keys else None


def _joined(rows: Sequence[Row], child: _Candidate, parent: Row, index: HeadingIndex) -> _Candidate:
    known = {guess.column: guess.score for guess in child.columns if guess.key}
    group = ""
    headings: list[tuple[int, str]] = []
    for column in range(1, max(len(parent), len(rows[child.index])) + 1):
        above, below = _cell(parent, column), _cell(rows[child.index], column)
        group = above or (group if below else "")
        both = f"{group} {below}".strip()
        if not below:
            headings.append((column, above))
        elif column in known:
            headings.append((column, both if index.match(both).score > known[column] else below))
        elif index.match(both).key or not index.match(above).key:
            headings.append((column, both))
        else:
            headings.append((column, above))
    return _Candidate(child.index, _columns(headings, index), child.filled, parent=child.index - 1)


def _finding(
    rows: Sequence[Row], header: _Candidate, candidates: tuple[int, ...], index: HeadingIndex
) -> HeaderFinding:
    skipped = _skipped(rows, header, index)
    first = next((number for number in range(header.index + 2, len(rows) + 1) if number not in skipped), len(rows) + 1)
    counts = Counter(fold(guess.heading) for guess in header.columns)
    duplicates = {
        fold(guess.heading): (
            guess.heading,
            tuple(other.column for other in header.columns if fold(other.heading) == fold(guess.heading)),
        )
        for guess in reversed(header.columns)
        if counts[fold(guess.heading)] > 1
    }
    return HeaderFinding(
        header_row=header.index + 1,
        candidates=candidates,
        first_data_row=first,
        columns=header.columns,
        ambiguous=False,
        parent_row=None if header.parent is None else header.parent + 1,
        duplicates=tuple(reversed(duplicates.values())),
        skipped=skipped,
    )


def _skipped(rows: Sequence[Row], header: _Candidate, index: HeadingIndex) -> dict[int, Skipped]:
    heading_texts = _texts(rows[header.index])
    found: dict[int, Skipped] = {}
    foot = _foot(rows, header)
    is_other = False
    for number in range(header.index + 1, len(rows)):
        row = rows[number]
        texts = _texts(row)
        if not texts:
            found[number + 1] = Skipped.EMPTY
        elif texts == heading_texts:
            found[number + 1] = Skipped.REPEATED_HEADER
        elif is_other or (is_other := _heads_another(rows, number, header, index)):
            found[number + 1] = Skipped.OTHER_TABLE
        elif number - header.index <= _ANNOTATIONS_LOOKED_AT and _is_annotation([cell for cell in row if cell.strip()]):
            found[number + 1] = Skipped.ANNOTATION
        elif _EXAMPLE.match(next(cell for cell in row if cell.strip())):
            found[number + 1] = Skipped.EXAMPLE
        elif _is_total(row):
            found[number + 1] = Skipped.TOTAL
        elif number >= foot or _is_section(row, header):
            found[number + 1] = Skipped.SECTION
    return found


def _foot(rows: Sequence[Row], header: _Candidate) -> int:
    """Return the index of the row from which on only lone remarks stand below an empty row, or the number of rows.

    A lone text is no remark where it may be the name of an activity, or its reference.
    """
    if len(header.columns) < _COLUMNS_OF_A_TABLE:
        return len(rows)
    keys = {guess.column: guess.key for guess in header.columns}
    foot = end = len(rows)
    for number in range(len(rows) - 1, header.index, -1):
        filled = [column for column, cell in enumerate(rows[number], 1) if cell.strip()]
        if not filled:
            foot = number if end < len(rows) else foot
            continue
        words = _cell(rows[number], filled[0]).split()
        may_name = keys.get(filled[0]) in {"name", "reference"} and len(words) <= _WORDS_OF_A_NAME
        if len(filled) > 1 or may_name:
            break
        end = number
    return foot


_COLUMNS_OF_A_TABLE = 4
_WORDS_OF_A_NAME = 6


def _heads_another(rows: Sequence[Row], number: int, header: _Candidate, index: HeadingIndex) -> bool:
    """Whether a row heads another table: below an empty row or a lone text, with headings that are nearly all known."""
    above = [cell for cell in rows[number - 1] if cell.strip()]
    texts = [cell for cell in rows[number] if cell.strip()]
    if len(above) > 1 or number - 1 <= header.index or len(texts) < _HEADINGS_OF_A_TABLE:
        return False
    known = [match.key for cell in texts if (match := index.match(cell)).key and match.score >= _WELL_KNOWN]
    return len(set(known)) >= max(_HEADINGS_OF_A_TABLE, _NEARLY * len(texts))


def _is_annotation(cells: list[str]) -> bool:
    """Whether the cells explain columns (terms of a vocabulary, letters, numbers from 1 on, "required", "Choose …")."""
    if len(cells) < 2:
        return False
    numbers = [cell.strip().removesuffix(".0").strip("().") for cell in cells]
    if len(cells) > 2 and numbers == [str(count) for count in range(1, len(cells) + 1)]:
        return True
    if len(cells) > 2 and all(_COLUMN_LABEL.fullmatch(cell) for cell in cells):
        return True
    if len(cells) > 2 and all(_PROVISION.fullmatch(cell) for cell in cells):
        return True
    if all(fold(cell) in _NECESSITY for cell in cells):
        return True
    instructions = sum(bool(_INSTRUCTION.match(cell.strip())) for cell in cells)
    return max(instructions, sum(bool(_TERM.fullmatch(cell)) for cell in cells)) >= 0.6 * len(cells)


_TOTAL = re.compile(
    r"\s*(?:totals?|summe|gesamt|gesamtzahl|anzahl|totale|totaal|sum|count)\b[^a-zA-Z]*(?:\w+\s*)?[\d\s.,:]*",
    re.IGNORECASE,
)


def _is_total(row: Row) -> bool:
    """Whether the row counts the others: "Total" first, and nothing beside it but a number."""
    filled = [cell.strip() for cell in row if cell.strip()]
    others = filled[1:]
    counts = all(cell.replace(".", "").replace(",", "").isdecimal() for cell in others)
    return bool(_TOTAL.fullmatch(filled[0])) and len(others) <= 2 and counts and any(map(_has_digit, filled))


def _has_digit(text: str) -> bool:
    return any(sign.isdigit() for sign in text)


def _is_section(row: Row, header: _Candidate) -> bool:
    """Whether only the table's first column is filled, with words that can be no record of their own.

    In a table whose first column is the name, a lone name is a record that nobody has filled in yet.
    """
    filled = [column for column, cell in enumerate(row, 1) if cell.strip()]
    if (
        len(header.columns) < _COLUMNS_OF_A_TABLE
        or filled != [header.columns[0].column]
        or header.columns[0].key == "name"
    ):
        return False
    text = _cell(row, filled[0])
    return (
        header.columns[0].key is None
        or (" " in text and not any(sign.isdigit() for sign in text))
        or (text.isalpha() and text.isupper())
    )


def _cell(row: Row, column: int) -> str:
    return row[column - 1].strip() if column <= len(row) else ""


def _texts(row: Row) -> tuple[str, ...]:
    return tuple(fold(cell) or cell.strip() for cell in row if cell.strip())
