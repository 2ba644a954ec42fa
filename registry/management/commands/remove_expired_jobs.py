"""Removes the files of jobs whose time is over, and what dead workers left behind: for a timer."""

from typing import Any

from django.core.management.base import BaseCommand

from registry.jobs.expiry import remove_expired


class Command(BaseCommand):
    """``remove_expired_jobs``. The worker does the same when it starts and before each job."""

    help = "Removes the files that workers made and whose time is over."

    def handle(self, *args: Any, **options: Any) -> None:
        """Remove them, and say how many went."""
        removed = remove_expired()
        self.stdout.write(f"Removed {removed} {'file' if removed == 1 else 'files'}.")
