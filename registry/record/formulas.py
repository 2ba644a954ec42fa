"""Keeps text from being run as a formula by a spreadsheet program, and takes the protection off again."""

from collections.abc import Iterable

_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
_MAY_START = frozenset((*_FORMULA_STARTS, "'"))
"""What such a text, escaped or not, begins with: few texts do, and the others need no closer look."""


def is_formula(text: str) -> bool:
    """Return whether a spreadsheet might take the text, behind apostrophes or not, for a formula."""
    return text[:1] in _MAY_START and text.lstrip("'").startswith(_FORMULA_STARTS)


def escape_formula(text: str) -> str:
    """Put an apostrophe before text that a spreadsheet would take for a formula; `unescape_formula` takes it off.

    Text that begins with apostrophes and then such a sign gets one more, so that no two texts are escaped to the same.
    """
    if text[:1] in _MAY_START and text.lstrip("'").startswith(_FORMULA_STARTS):
        return f"'{text}"
    return text


def escape_formulas(texts: Iterable[str]) -> list[str]:
    """Return the texts, escaped where they have to be; that most don't is seen by their first letter."""
    return [escape_formula(text) if text and text[0] in _MAY_START else text for text in texts]


def unescape_formula(text: str) -> str:
    """Take off the apostrophe that `escape_formula` put before a text; other text is returned as it is."""
    return text[1:] if text[:1] == "'" and text.lstrip("'").startswith(_FORMULA_STARTS) else text
