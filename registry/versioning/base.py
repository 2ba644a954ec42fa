"""The bases of everything that has a history: the root of an aggregate, and the rows that belong to one."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any, ClassVar

from django.db import models
from django.db.models.signals import post_delete, post_save, pre_delete, pre_save
from django.utils.translation import gettext_lazy as _

from registry.versioning.open_set import CHANGED, CREATED, demand, note_all
from registry.versioning.records import VersionedRecords


class NotingQuerySet(models.QuerySet[Any]):
    """A queryset whose bulk methods note the aggregates they touch, and refuse outside a change set."""

    def _root_column(self) -> str:
        root = getattr(self.model, "ROOT", "")
        return f"{root}_id" if root else "pk"

    def _note(self, root_pks: Iterable[Any], kind: str) -> None:
        root = self.model.root_model()
        note_all(root, root_pks, kind if root is self.model else CHANGED)

    def update(self, **columns: Any) -> int:
        """Update as Django does, noting every aggregate whose rows match."""
        demand(self.model)
        touched = list(self.order_by().values_list(self._root_column(), flat=True).distinct())
        changed = super().update(**columns)
        self._note(touched, CHANGED)
        return changed

    update.alters_data = True  # type: ignore[attr-defined]

    def bulk_create(self, objs: Iterable[Any], *args: Any, **kwargs: Any) -> list[Any]:
        """Create in bulk as Django does, noting every aggregate."""
        demand(self.model)
        created = super().bulk_create(objs, *args, **kwargs)
        self._note([getattr(row, self._root_column()) for row in created], CREATED)
        return created

    def bulk_update(self, objs: Iterable[Any], fields: Iterable[str], batch_size: int | None = None) -> int:
        """Update in bulk as Django does (by way of ``update``, which notes every aggregate)."""
        demand(self.model)
        return super().bulk_update(objs, fields, batch_size)


class Kept(models.Model):
    """What roots and rows share: the noting queryset, and the name of the root's model."""

    PARTS: ClassVar[Sequence[str]] = ()
    ROOT: ClassVar[str] = ""

    objects = NotingQuerySet.as_manager()

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save, with line breaks in one form: browsers send two characters where spreadsheets have one."""
        for column in self._meta.concrete_fields:
            value = self.__dict__.get(column.attname)
            if isinstance(value, str) and "\r" in value:
                setattr(self, column.attname, value.replace("\r\n", "\n").replace("\r", "\n"))
        super().save(*args, **kwargs)

    @classmethod
    def root_model(cls) -> type[models.Model]:
        """Return the model whose history this row is part of."""
        if not cls.ROOT:
            return cls
        return cls._meta.get_field(cls.ROOT).related_model  # type: ignore[return-value]


class Versioned(Kept):
    """The root of an aggregate. ``PARTS`` names its related rows in their order, ``LABEL`` the column that names it."""

    LABEL: ClassVar[str] = "name"

    history = VersionedRecords()

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return str(getattr(self, self.LABEL))


class Part(Kept):
    """A row that belongs to the aggregate which ``ROOT`` names, in its place among its like."""

    position = models.PositiveIntegerField(_("position"), default=0)

    class Meta:
        abstract = True


def _refuse_outside(sender: type[models.Model], **kwargs: Any) -> None:
    demand(sender)


def _note_root(sender: type[models.Model], instance: Any, **kwargs: Any) -> None:
    root = sender.root_model()  # type: ignore[attr-defined]
    demand(sender).note(root, getattr(instance, f"{sender.ROOT}_id"), CHANGED)  # type: ignore[attr-defined]


def guard(models_of_the_app: Iterable[type[models.Model]]) -> None:
    """Connect the guards: versioned rows are refused outside a change set, and a row touches its root.

    Called once when the app is ready. Signals are used because cascading deletions call no model method.
    """
    for model in models_of_the_app:
        if not issubclass(model, Kept):
            continue
        pre_save.connect(_refuse_outside, sender=model, dispatch_uid=f"guard-save-{model.__name__}")
        pre_delete.connect(_refuse_outside, sender=model, dispatch_uid=f"guard-delete-{model.__name__}")
        if issubclass(model, Part):
            post_save.connect(_note_root, sender=model, dispatch_uid=f"note-save-{model.__name__}")
            post_delete.connect(_note_root, sender=model, dispatch_uid=f"note-delete-{model.__name__}")


def set_null_and_note(collector: Any, field: Any, sub_objs: Any, using: str) -> None:
    """``on_delete`` for a versioned row that refers to an account: empties the reference and notes the change."""
    root: Callable[[], type[models.Model]] = field.model.root_model
    column = f"{field.model.ROOT}_id" if field.model.ROOT else "pk"
    note_all(root(), [getattr(row, column) for row in sub_objs], CHANGED)
    models.SET_NULL(collector, field, sub_objs, using)
