"""What a report is about, where it is about one thing: written as a kind and a key, such as "activity:17"."""

from dataclasses import dataclass
from typing import Self

from django.utils.translation import gettext as _

from registry.reports.errors import ReportError

ACTIVITY = "activity"


@dataclass(frozen=True)
class Subject:
    """One thing of the register: its kind and its key there."""

    kind: str
    key: str

    def __str__(self) -> str:
        return f"{self.kind}:{self.key}"

    @classmethod
    def read(cls, text: str) -> Self:
        """Return the subject that a text names; raises ReportError where it is no kind and key."""
        kind, colon, key = text.partition(":")
        if not (kind and colon and key):
            raise ReportError(
                "subject",
                _("“%(text)s” names no subject. Write a kind and a key, such as activity:17.") % {"text": text},
            )
        return cls(kind, key)

    @property
    def pk(self) -> int:
        """The key as a number, 0 where it is none."""
        return int(self.key) if self.key.isascii() and self.key.isdigit() else 0
