"""Keeps text from being run as a formula by a spreadsheet program, and takes the protection off again."""

_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def escape_formula(text: str) -> str:
    """Put an apostrophe before text that a spreadsheet would take for a formula; `unescape_formula` takes it off.

    Text that begins with apostrophes and then such a sign gets one more, so that no two texts are escaped to the same.
    """
    return f"'{text}" if text.lstrip("'").startswith(_FORMULA_STARTS) else text


def unescape_formula(text: str) -> str:
    """Take off the apostrophe that `escape_formula` put before a text; other text is returned as it is."""
    return text[1:] if text[:1] == "'" and text.lstrip("'").startswith(_FORMULA_STARTS) else text
