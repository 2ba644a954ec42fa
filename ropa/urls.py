"""Addresses: the health check, the choice of the language, and the admin as the whole of the site."""

from django.contrib import admin
from django.urls import path
from django.views.i18n import set_language

from ropa.health import healthz

urlpatterns = [
    path("healthz", healthz, name="healthz"),
    path("language/", set_language, name="set_language"),
    path("", admin.site.urls),
]

handler500 = "registry.admin.unavailable.error_page"  # it tells a full disk from a fault of ours
