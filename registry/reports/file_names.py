"""What files of reports are called: safe on every system, and telling what they hold."""

import re
import unicodedata
from datetime import datetime

from django.utils import timezone

LONGEST = 60


def file_name(kind: str, whose: str, as_at: datetime, extension: str) -> str:
    """Return a name such as ``register-hartwell-2026-11-22.pdf``; what no file name can hold is left out."""
    parts = (kind, slug(whose), timezone.localtime(as_at).date().isoformat())
    return f"{'-'.join(filter(None, parts))}.{extension}"


def slug(text: str) -> str:
    """Return a text as lower-case letters, digits and single hyphens, at most 60 characters, without accents."""
    plain = unicodedata.normalize("NFKD", text.replace("ß", "ss")).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-")[:LONGEST].rstrip("-")
