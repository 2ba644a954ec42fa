"""The app: its name, and what is connected once it is ready."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RegistryConfig(AppConfig):
    """The register of processing activities."""

    name = "registry"
    verbose_name = _("Register")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Connect the guards of versioned models."""
        from registry.versioning.base import guard  # models may be imported only once the apps are ready

        guard(self.get_models())
