"""The app of the stock register."""

from django.apps import AppConfig


class NaiveConfig(AppConfig):
    """The stock register."""

    name = "tests.benchmarks.naive"
    label = "naive"
