"""The one way in which content becomes text: the same facts always give the same bytes."""

import hashlib
import json
from collections.abc import Callable
from datetime import date, datetime
from typing import Any

FORM = 2
"""The form in which content is written today: what an older one lacks was not asked at that time, and isn't compared.

2: whether an organisation is a public authority.
"""


_ENCODER = json.JSONEncoder(sort_keys=True, ensure_ascii=False, separators=(",", ":"), allow_nan=False)


def canonical(value: Any) -> str:
    """Return ``value`` as JSON with sorted keys and no white space, in the same letters on every machine."""
    return _ENCODER.encode(value)


def digest(text: str) -> str:
    """Return the SHA-256 of ``text`` in UTF-8, as 64 hexadecimal digits."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def _iso(value: date | datetime | None) -> str | None:
    return None if value is None else value.isoformat()


def converter_for(internal_type: str) -> Callable[[Any], Any] | None:
    """Return how a column of this Django type becomes a JSON value; None where it is one already.

    Raises TypeError for a type without a defined form, so that a new kind of column can't slip in unnoticed.
    """
    if internal_type in {"DateField", "DateTimeField"}:
        return _iso
    if internal_type in {
        "AutoField",
        "BigAutoField",
        "BigIntegerField",
        "BooleanField",
        "CharField",
        "EmailField",
        "IntegerField",
        "PositiveBigIntegerField",
        "PositiveIntegerField",
        "PositiveSmallIntegerField",
        "SmallIntegerField",
        "TextField",
        "URLField",
        "SlugField",
    }:
        return None
    raise TypeError(f"No canonical form is defined for a {internal_type}: add it to versioning/canonical.py.")
