"""Adds the law's own terms to the catalogues."""

from typing import Any

from django.core.management.base import BaseCommand

from registry.models.seeding import seed_catalogues


class Command(BaseCommand):
    """``seed_catalogues``: safe to run again; it never changes what an organisation made of an entry."""

    help = "Adds the terms of the law and of the authorities' templates that were never added before."

    def handle(self, *args: Any, **options: Any) -> None:
        """Add what is missing and say what was added."""
        added = {name: count for name, count in seed_catalogues().items() if count}
        if not added:
            self.stdout.write("Nothing to add: every term is or was there already.")
        for name, count in added.items():
            self.stdout.write(f"{name}: {count} added")
