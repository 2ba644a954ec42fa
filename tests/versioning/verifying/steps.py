"""Finding what a history holds, and altering it behind its back."""

import pytest
from django.apps import apps
from django.db import connection

from registry import models
from registry.versioning.base import Part, Versioned
from registry.versioning.chain import Seal

ROOTS = sorted((one for one in apps.get_models() if issubclass(one, Versioned)), key=lambda one: one.__name__)
PARTS = sorted((one for one in apps.get_models() if issubclass(one, Part)), key=lambda one: one.__name__)
CATEGORY = "category of personal data"
each_root = pytest.mark.parametrize("model", ROOTS, ids=lambda one: one.__name__)
each_part = pytest.mark.parametrize("model", PARTS, ids=lambda one: one.__name__)


def sets(**where):
    return models.ChangeSet.objects.filter(**where)


def version(model, thing, number):
    """The version of an object that a change set wrote, as a queryset."""
    return model.history.model.objects.filter(id=thing.pk, change_set_id=number)


def named(fault):
    return (fault.kind, fault.change_set, fault.model, fault.object)


def name(model):
    return model._meta.model_name


def change_live(model, statement, *values):
    with connection.cursor() as cursor:
        cursor.execute(
            statement.format(table=model._meta.db_table, label=model.LABEL if hasattr(model, "LABEL") else ""), values
        )


def seal_anew(number, **columns):
    """Change the header of a change set and give it a seal that fits."""
    sets(sequence=number).update(**columns)
    header = sets(sequence=number).get()
    seal = Seal(header)
    for lines in header.manifest.order_by("place").values_list("lines", flat=True):
        seal.add(lines)
    sets(sequence=number).update(digest=seal.hexdigest())
    if "reason" in columns:
        for model in ROOTS:
            model.history.filter(change_set_id=number).update(history_change_reason=columns["reason"])
