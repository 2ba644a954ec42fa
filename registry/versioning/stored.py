"""The history as it is stored, read from end to end in constant memory and in the order in which it was written."""

from collections.abc import Generator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Protocol

from django.db import connection, models, transaction

from registry.versioning.change_set import ChangeSet
from registry.versioning.content import Column, columns_of
from registry.versioning.errors import UnreadableVersion
from registry.versioning.export_log import COLUMNS, Export
from registry.versioning.guards import histories
from registry.versioning.manifest import ManifestPage
from registry.versioning.quotation import Quotation

FETCH = 200
"""How many rows of a table are in memory at a time; a version of an activity may well have ten kilobytes."""

FIXED = (
    "change_set_id",
    "id",
    "history_id",
    "history_type",
    "content",
    "history_date",
    "history_change_reason",
    "history_user_id",
)
"""What every version has, in the order of ``Version``; its plain columns follow."""


@contextmanager
def snapshot() -> Iterator[None]:
    """Let everything inside read the same state, while others go on writing. Inside a transaction it is that one's."""
    if connection.in_atomic_block:
        yield
    elif connection.vendor == "postgresql":
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            yield
    else:
        with connection.cursor() as cursor:
            cursor.execute("BEGIN DEFERRED")  # Django's own would take the lock of the single writer
            try:
                yield
            finally:
                cursor.execute("ROLLBACK")


@dataclass(frozen=True, slots=True)
class Version:
    """One stored version: its place in the history, its sealed content, and its plain columns."""

    history: "History"
    change_set: int
    pk: int
    key: int
    """The version's own key, which grows with the order of writing."""
    kind: str
    content: str
    made_at: Any
    reason: str | None
    account: int | None
    values: tuple[Any, ...]
    """The values of ``history.columns``."""


class _Closable(Protocol):
    def close(self) -> None: ...


class History:
    """One historical table as a stream, the next version in sight."""

    def __init__(self, model: type[models.Model]) -> None:
        self.model = model
        self.root: type[Any] = model.instance_type  # type: ignore[attr-defined]
        self.name = str(self.root._meta.model_name)
        plain = {column.attname for column in model.tracked_fields}  # type: ignore[attr-defined]
        self.columns: list[Column] = [column for column in columns_of(self.root) if column.attname in plain]
        self.quotation = Quotation(self.root, self.columns)
        self._rows = self._read()
        self._next: tuple[Any, ...] | None = None
        self._has_begun = False

    def _read(self) -> Generator[tuple[Any, ...], None, None]:
        names = (*FIXED, *(column.attname for column in self.columns))
        rows = self.model._default_manager.order_by("history_id").values_list(*names)
        fixed, last = len(FIXED), -1
        try:
            for row in rows.iterator(chunk_size=FETCH):
                last = row[2]
                yield (*row[:fixed], row[fixed:])
        except ValueError as error:
            self._name_unreadable(rows, last)
            raise error

    def _name_unreadable(self, rows: Any, last: int) -> None:
        """Raise UnreadableVersion for the first version after ``last`` of which a value can't be read."""
        later = self.model._default_manager.filter(history_id__gt=last).order_by("history_id")
        for key, change_set, pk in later.values_list("history_id", "change_set_id", "id")[:FETCH]:
            try:
                rows.get(history_id=key)
            except ValueError as error:
                raise UnreadableVersion(self.root, change_set, pk, str(error)) from error

    def close(self) -> None:
        """Stop reading."""
        self._rows.close()

    def until(self, sequence: int | None) -> Iterator[Version]:
        """Yield the next versions up to the first that says to be of a later change set; all where None is given."""
        if not self._has_begun:
            self._has_begun, self._next = True, next(self._rows, None)
        row = self._next
        while row is not None and (sequence is None or row[0] is None or row[0] <= sequence):
            yield Version(self, *row)
            row = self._next = next(self._rows, None)


class Manifests:
    """The pages of all manifests as one stream."""

    def __init__(self) -> None:
        self._pages = self._read()
        self._next = next(self._pages, None)

    def _read(self) -> Generator[tuple[int, str], None, None]:
        pages = ManifestPage.objects.order_by("change_set_id", "place").values_list("change_set_id", "lines")
        yield from pages.iterator(chunk_size=32)

    def of(self, sequence: int) -> Iterator[str]:
        """Yield the lines of a change set's manifest, passing over pages of change sets before it that don't exist."""
        while self._next is not None and self._next[0] <= sequence:
            if self._next[0] == sequence:
                yield from self._next[1].split("\n")
            self._next = next(self._pages, None)

    def left(self) -> int | None:
        """Return the change set whose manifest comes next, or None at the end."""
        return None if self._next is None else int(self._next[0])

    def close(self) -> None:
        """Stop reading."""
        self._pages.close()


class Exports:
    """The lines of the export log as one stream, in the order of their change sets."""

    def __init__(self) -> None:
        self._rows = self._read()
        self._next = next(self._rows, None)
        self._stray: int | None = None

    def _read(self) -> Generator[tuple[Any, ...], None, None]:
        rows = Export.objects.order_by("change_set_id").values_list("change_set_id", *COLUMNS)
        yield from rows.iterator(chunk_size=FETCH)

    def of(self, sequence: int) -> dict[str, Any] | None:
        """Return the columns of a change set's line; None where it has none. Lines are to be asked for in order."""
        while self._next is not None and self._next[0] < sequence:
            self._stray = self._next[0] if self._stray is None else self._stray
            self._next = next(self._rows, None)
        if self._next is None or self._next[0] != sequence:
            return None
        line = dict(zip(COLUMNS, self._next[1:], strict=True))
        self._next = next(self._rows, None)
        return line

    def left(self) -> int | None:
        """Return the change set of the first line that was passed over or comes next; None where there is none."""
        return self._next[0] if self._stray is None and self._next is not None else self._stray

    def close(self) -> None:
        """Stop reading."""
        self._rows.close()


class Reading:
    """All streams of one way through the history. To be closed before its transaction ends, wherever it stops."""

    def __init__(self) -> None:
        self.headers = _headers()
        self.manifests = Manifests()
        self.exports = Exports()
        self.histories = [History(model) for model in histories()]
        """In the order of the lines in a seal."""

    def close(self) -> None:
        """Stop reading: cursors of the database are given back."""
        streams: list[_Closable] = [self.headers, self.manifests, self.exports, *self.histories]
        for stream in streams:
            stream.close()


def _headers() -> Generator[ChangeSet, None, None]:
    yield from ChangeSet.objects.order_by("sequence").iterator(chunk_size=FETCH)
