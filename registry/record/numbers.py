"""Numbers as a reader of the language in force writes them, and as addresses and forms send them."""

from django.utils.formats import number_format


def read_key(text: str) -> int | None:
    """Return the key that an address or a form sends; None for what no key of either database can be."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) < _DIGITS else None


_DIGITS = 19
"""So many digits the largest key has: one of fewer always fits."""


def say_number(value: int) -> str:
    """Return a whole number with its thousands set apart, as the language in force does it."""
    return str(number_format(value, use_l10n=True, force_grouping=True))
