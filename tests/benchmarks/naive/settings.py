"""The product's settings with the stock register in place of the real one."""

from ropa.settings import *  # noqa: F403 a settings file extends another in this way

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "simple_history",
    "import_export",
    "tests.benchmarks.naive.apps.NaiveConfig",
]
MIDDLEWARE: list[str] = []
ROOT_URLCONF = "ropa.urls"
MIGRATION_MODULES = {"auth": None, "contenttypes": None}  # all tables at once: the stock register has no migrations
