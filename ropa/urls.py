"""Addresses: the health check, and the admin as the whole of the site."""

from django.contrib import admin
from django.urls import path

from ropa.health import healthz

urlpatterns = [
    path("healthz", healthz, name="healthz"),
    path("", admin.site.urls),
]
