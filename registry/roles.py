"""The roles that exist from the start, as groups of permissions: privacy officer, auditor, owner and marketing team.

The administrator is Django's superuser and needs no group.
"""

from collections.abc import Iterable
from typing import Any

from django.apps import apps as installed
from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.db import models

from registry.record.classes import CATALOGUES
from registry.versioning.base import Kept

PRIVACY_OFFICER = "Privacy officer"
"""Everything in the register; sees users, but doesn't change them."""

AUDITOR = "Auditor"
"""Reads and downloads everything in the register, and changes nothing."""

ACTIVITY_OWNER = "Activity owner"
"""Reads everything in the register, and changes the processing activities that are her own."""

CHANGE_OWN = "change_own_processingactivity"
"""The permission to change the processing activities that one owns."""

MARKETING_TEAM = "Marketing team"
"""Sees customer segments and consent mechanisms, and notes reviews of segments; nothing else of the register."""

_OF_MARKETING = ("view_segment", "view_segmentdata", "view_consentmechanism", "change_segment")

APP = "registry"


def imported_models() -> tuple[type[models.Model], ...]:
    """Return the models with a permission to import a table of them. Activities come in by the imports' own screens."""
    return (*CATALOGUES, *(installed.get_model(APP, name) for name in ("Organisation", "OrganisationUnit")))


def complete_roles(*, using: str = "default", **kwargs: Any) -> None:
    """Create what is missing of the groups and their permissions. Takes nothing away that an administrator added.

    Runs after every migration of the app, so that a new model's permissions reach the groups.
    """
    _create_import_permissions(using)
    own = Permission.objects.using(using).filter(content_type__app_label=APP).select_related("content_type")
    own = own.exclude(content_type__model__startswith="historical")  # histories are read with what they are about
    officer = [permission for permission in own if _may_write(permission) or permission.codename.startswith("view_")]
    auditor = [permission for permission in own if permission.codename.startswith("view_")]
    users = Permission.objects.using(using).filter(content_type__app_label="auth", codename="view_user")
    _complete(PRIVACY_OFFICER, [*officer, *users], using)
    _complete(AUDITOR, auditor, using)
    _complete(ACTIVITY_OWNER, [*auditor, *(one for one in own if one.codename == CHANGE_OWN)], using)
    _complete(MARKETING_TEAM, [one for one in own if one.codename in _OF_MARKETING], using)


def _may_write(permission: Permission) -> bool:
    """Return whether the permission is about what people maintain: the record and its imports, never the history."""
    model = permission.content_type.model_class()
    return model is not None and (issubclass(model, Kept) or model.__name__ in {"Import", "SavedMapping"})


def _create_import_permissions(using: str) -> None:
    for model in imported_models():
        Permission.objects.using(using).get_or_create(
            content_type=ContentType.objects.db_manager(using).get_for_model(model),
            codename=f"import_{model._meta.model_name}",
            defaults={"name": f"Can import {model._meta.verbose_name_raw}"},
        )


def _complete(name: str, permissions: Iterable[Permission], using: str) -> None:
    group, _ = Group.objects.using(using).get_or_create(name=name)
    group.permissions.add(*permissions)
