"""The ASGI entry point for application servers."""

import os

from django.core.asgi import get_asgi_application

from ropa.starting import start

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ropa.settings")

application = start(get_asgi_application)
