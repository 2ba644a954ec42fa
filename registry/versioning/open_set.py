"""The change set that is open right now, and the notes it takes of what was touched."""

from collections.abc import Callable, Iterable
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.db import models

from registry.versioning.errors import OutsideChangeSet

if TYPE_CHECKING:
    from registry.versioning.export_log import ExportFacts

CREATED, CHANGED, DELETED = "+", "~", "-"


@dataclass
class OpenChangeSet:
    """What one action has touched so far.

    ``touched`` maps model → primary key → what happened to that aggregate (created, changed, deleted); ``departed``
    keeps the columns of deleted roots, since they can't be read when the set closes.
    """

    actor: Any
    channel: str
    reason: str
    details: dict[str, Any] = field(default_factory=dict)
    touched: dict[type[models.Model], dict[Any, str]] = field(default_factory=dict)
    departed: dict[tuple[type[models.Model], Any], dict[str, Any]] = field(default_factory=dict)
    exports: "list[ExportFacts]" = field(default_factory=list)
    """Files that are about to be made available. Each gets a change set of its own, after what was changed."""
    after: int | None = None
    """The number of the last change that may stand before this one; None where it doesn't matter."""
    progress: Callable[[int, int], None] | None = None
    """Told, while it closes, how many of the touched objects have their version. What it raises undoes everything."""
    is_followed: bool = False
    """Whether what follows from the changes has been written already."""
    sequence: int | None = None
    """The number it was sealed under; None while it is open, and for good where nothing really changed."""

    def note(self, model: type[models.Model], pk: Any, kind: str) -> None:
        """Note that the aggregate ``model``/``pk`` was created, changed or deleted. The weightier note wins."""
        kinds = self.touched.setdefault(model, {})
        before = kinds.get(pk)
        if kind == DELETED and before == CREATED:
            del kinds[pk]
        elif kind == CREATED and before == DELETED:
            kinds[pk] = CHANGED
        elif kind == CHANGED and before is not None:
            return
        else:
            kinds[pk] = kind

    def noted(self) -> "Noted":
        """Return what it has noted so far, for ``forget_since``."""
        return {model: dict(kinds) for model, kinds in self.touched.items()}, dict(self.departed), self.is_followed

    def forget_since(self, noted: "Noted") -> None:
        """Forget what was touched after ``noted`` was taken: the database has undone it, back to a savepoint."""
        self.touched, self.departed, self.is_followed = noted


Noted = tuple[dict[type[models.Model], dict[Any, str]], dict[tuple[type[models.Model], Any], dict[str, Any]], bool]
"""What a change set has touched, what was deleted, and whether what follows was written."""

_current: ContextVar[OpenChangeSet | None] = ContextVar("open_change_set", default=None)


def current() -> OpenChangeSet | None:
    """Return the open change set, or None."""
    return _current.get()


def demand(model: type[models.Model]) -> OpenChangeSet:
    """Return the open change set; raises OutsideChangeSet where there is none."""
    opened = _current.get()
    if opened is None:
        raise OutsideChangeSet(model._meta.object_name or model.__name__)
    return opened


def note_all(model: type[models.Model], pks: Iterable[Any], kind: str) -> None:
    """Note many aggregates of one model at once; raises OutsideChangeSet where no change set is open."""
    opened = demand(model)
    for pk in pks:
        opened.note(model, pk, kind)
