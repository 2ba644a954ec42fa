"""Puts this project's admin site in the place of Django's own."""

from django.contrib.admin.apps import AdminConfig


class RopaAdminConfig(AdminConfig):
    """Django's admin application, served by our site."""

    default_site = "ropa.admin.RegistryAdminSite"
