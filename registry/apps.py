"""The app: its name, and what is connected once it is ready."""

from typing import Any

from django.apps import AppConfig
from django.conf import settings
from django.db import connections
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class RegistryConfig(AppConfig):
    """The register of processing activities."""

    name = "registry"
    verbose_name = _("Register")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Connect the guards of versioned models, and what completes a migration."""
        from registry.roles import complete_roles  # models may be imported only once the apps are ready
        from registry.standing.consequences import raise_consequences
        from registry.versioning.base import guard
        from registry.versioning.following import follow

        guard(self.get_models())
        follow(raise_consequences)
        post_migrate.connect(guard_history, sender=self, dispatch_uid="registry-guards")
        post_migrate.connect(complete_roles, sender=self, dispatch_uid="registry-roles")
        post_migrate.connect(seed_after_migrating, sender=self, dispatch_uid="registry-seed")


def guard_history(*, using: str = "default", **kwargs: Any) -> None:
    """Let the database refuse changes of the history: after each migration, since one may add or rebuild a table."""
    from registry.versioning.guards import install  # models may be imported only once the apps are ready

    install(connections[using])


def seed_after_migrating(**kwargs: Any) -> None:
    """Fill the catalogues with the law's own terms after a migration, unless ``SEED_CATALOGUES`` says not to."""
    if kwargs.get("plan") is not None and settings.SEED_CATALOGUES and _has_tables():
        from registry.models.seeding import seed_catalogues  # models may be imported only once the apps are ready

        seed_catalogues()


def _has_tables() -> bool:
    from django.db import connection

    return "registry_changeset" in connection.introspection.table_names()
