"""The WSGI entry point for application servers."""

import os

from django.core.wsgi import get_wsgi_application

from ropa.starting import start

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ropa.settings")

application = start(get_wsgi_application)
