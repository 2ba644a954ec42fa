"""Columns of ticks side by side that are the values of one list: below a common heading, or headed like bases."""

from collections.abc import Iterator, Mapping, Sequence

from registry.imports.layouts.headings import HeadingIndex
from registry.imports.layouts.table import ColumnGuess, HeaderFinding, Row
from registry.imports.layouts.ticks import tick
from registry.imports.layouts.values import is_of_ticks
from registry.imports.parsing.basis_names import basis_named
from registry.imports.parsing.choices import ROLE_SYNONYMS, match_choice
from registry.imports.parsing.citations import find_citations
from registry.reference.roles import ActivityRole

_LISTS = frozenset({"legal_bases", "data_categories", "data_subjects", "recipients", "measures", "systems"})
_SPECIAL = "special_categories"
_QUESTIONS = frozenset(
    ("transfers", "special_categories", "profiling", "automated_decisions", "impact_assessments", "is_public")
)
"""What is answered with yes or no wherever it stands: no value of the list in whose columns it happens to stand."""
_FEWEST = 2
"""How many columns of ticks make a list: one alone may be a question of its own."""


def groups_of_ticks(
    rows: Sequence[Row], finding: HeaderFinding, texts: Mapping[int, Sequence[str]], index: HeadingIndex
) -> dict[int, tuple[str, str]]:
    """Return (list, value) for each column that is a value of a list, ticked or not.

    ``texts`` are the cells of each column below the header.
    """
    ticked = {guess.column: guess for guess in finding.columns if is_of_ticks(texts[guess.column])}
    bases = {column: ("legal_bases", guess.heading) for column, guess in ticked.items() if _is_basis(guess)}
    roles = {column: ("role", role) for column, guess in ticked.items() if (role := _role(guess.heading))}
    found = (bases if len(bases) >= _FEWEST else {}) | (roles if len(set(roles.values())) >= _FEWEST else {})
    if finding.parent_row is None or finding.header_row is None:
        return found
    lower = rows[finding.header_row - 1]
    for heading, columns in _spans(rows[finding.parent_row - 1], lower, ticked):
        key = index.match(heading).key or ""
        key = "data_categories" if key == _SPECIAL else key
        values = [column for column in columns if not _is_question(_at(lower, column), index)]
        if key in _LISTS and len(values) >= _FEWEST:
            found |= {column: _value(key, _at(lower, column)) for column in values}
    return found


def _spans(upper: Row, lower: Row, ticked: Mapping[int, ColumnGuess]) -> Iterator[tuple[str, list[int]]]:
    """Yield each upper heading with the columns of ticks below it and to the right, up to one that is none."""
    for start, text in enumerate(upper, 1):
        if not text.strip():
            continue
        columns, column = [], start
        while column in ticked and _at(lower, column) and (column == start or not _at(upper, column)):
            columns.append(column)
            column += 1
        yield text.strip(), columns


def _value(key: str, heading: str) -> tuple[str, str]:
    known = tick(heading)
    return known if known and known[0] == key else (key, heading)


def _is_question(heading: str, index: HeadingIndex) -> bool:
    known = tick(heading) is not None or basis_named(heading) is not None
    return not known and (index.match(heading).key or "").partition(".")[0] in _QUESTIONS


def _role(heading: str) -> str:
    return match_choice(heading, ((role.value, role.value) for role in ActivityRole), ROLE_SYNONYMS) or ""


def _is_basis(guess: ColumnGuess) -> bool:
    if basis_named(guess.heading):
        return True
    codes = [code for found in find_citations(guess.heading) for code in found.codes]
    return len(codes) == 1 and codes[0].startswith("A6-1-")


def _at(row: Row, column: int) -> str:
    return row[column - 1].strip() if column <= len(row) else ""
