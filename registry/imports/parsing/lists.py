"""Splits a cell that holds several values, as people and programs write them: by line, `;`, `|`, bullet or number."""

import re

from registry.imports.parsing.brackets import split_outside

_LINE_BREAK = re.compile(r"<br\s*/?>|\r\n?|[\u2028\u2029\x0b\x0c]", re.IGNORECASE)
_BULLET = re.compile(r"^\s*(?:[-–—*•▪●◦·‣]\s+|[•▪●◦‣]\s*|\d{1,2}[.)]\s+)")


def split_list(text: str) -> list[str]:
    """Return the values of a cell in order, without their bullets or numbers, and without empty ones.

    Values are separated by line breaks, `;`, `|`, `<br>`, and `•` within a line. Commas never separate, and nothing is
    split inside brackets or double quotes. A number before a value is taken for numbering only where the lines count
    up from 1, since "2. Mahnung" may be a value's own words.
    """
    plain = _LINE_BREAK.sub("\n", text)
    values = [part.strip() for part, _ in split_outside(plain, "\n;|•", quotes=True)]
    values = [value for value in values if value]
    numbered = _is_numbered(values)
    stripped = [_without_bullet(value, numbered=numbered) for value in values]
    return [value for value in stripped if value]


def _is_numbered(values: list[str]) -> bool:
    numbers = [re.match(r"(\d{1,2})[.)]\s+", value) for value in values]
    return bool(values) and all(match and int(match[1]) == count for count, match in enumerate(numbers, 1))


def _without_bullet(value: str, *, numbered: bool) -> str:
    if value[0].isdigit() and not numbered:
        return value
    return _BULLET.sub("", value, count=1).strip()
