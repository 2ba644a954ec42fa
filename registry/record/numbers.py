"""Numbers as a reader of the language in force writes them."""

from django.utils.formats import number_format


def say_number(value: int) -> str:
    """Return a whole number with its thousands set apart, as the language in force does it."""
    return str(number_format(value, use_l10n=True, force_grouping=True))
