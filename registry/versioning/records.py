"""simple-history as the store of versions: it keeps the table, and never decides when a version is written."""

from typing import Any

from django.db import models
from simple_history.models import HistoricalRecords

from registry.versioning.change_set import ChangeSet
from registry.versioning.open_set import CHANGED, CREATED, DELETED, demand


class Sealed(models.Model):
    """What a version carries beside its plain columns: its change set, and the whole aggregate as canonical JSON."""

    change_set = models.ForeignKey(ChangeSet, on_delete=models.PROTECT, related_name="+")
    content = models.TextField()

    class Meta:
        abstract = True


class VersionedRecords(HistoricalRecords):
    """simple-history's table, fed by change sets alone: signals note what was touched, closing writes the versions."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("inherit", True)
        options["bases"] = (Sealed,)
        super().__init__(**options)

    def copy_fields(self, model: type[models.Model]) -> dict[str, Any]:
        """Copy the columns without the indexes that no query over versions uses: of foreign keys, and of the key alone.

        The key stands first in the index of ``get_meta_options``.
        """
        fields: dict[str, Any] = super().copy_fields(model)
        for column in fields.values():
            if isinstance(column, models.ForeignKey) or column.name == model._meta.pk.name:
                column.db_index = False
        return fields

    def get_meta_options(self, model: type[models.Model]) -> dict[str, Any]:
        """Add the index by which the newest version of each object up to a change set is found without reading any."""
        options: dict[str, Any] = super().get_meta_options(model)
        key = model._meta.pk.name
        newest = models.Index(fields=(key, "change_set", "history_id"), name=f"{model._meta.model_name}_newest"[:30])
        return {**options, "indexes": (*options.get("indexes", ()), newest)}

    def post_save(self, instance: models.Model, created: bool, using: str | None = None, **kwargs: Any) -> None:
        """Note the aggregate as created or changed."""
        demand(type(instance)).note(type(instance), instance.pk, CREATED if created else CHANGED)

    def pre_delete(self, instance: models.Model, **kwargs: Any) -> None:
        """Nothing to do before a deletion; the guard in ``base`` has already spoken."""

    def post_delete(self, instance: models.Model, using: str | None = None, **kwargs: Any) -> None:
        """Note the aggregate as deleted and keep its columns: its key is gone once the deletion ends."""
        opened = demand(type(instance))
        columns = {column.attname: getattr(instance, column.attname) for column in instance._meta.concrete_fields}
        opened.departed[type(instance), instance.pk] = columns
        opened.note(type(instance), instance.pk, DELETED)
