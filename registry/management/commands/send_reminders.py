"""Sends the letters that tell people what falls due; meant to be run daily or weekly by the system's own timer."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from registry.reminders.deadlines import AHEAD, FARTHEST, horizon
from registry.reminders.digest import is_on, letters, send


class Command(BaseCommand):
    """``send_reminders [--days N] [--dry-run]``. Off until a mail server is set: then it says so and sends nothing.

    The exit code is 1 where a letter could not be sent; those to other people are sent all the same.
    """

    help = "Writes to privacy officers and owners what is overdue or falls due; at most one letter a person and day."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the options."""
        parser.add_argument("--days", type=int, default=AHEAD, help=f"how many days ahead to look ({AHEAD})")
        parser.add_argument("--dry-run", action="store_true", help="print the letters instead of sending them")

    def handle(self, *args: Any, **options: Any) -> None:
        """Write, send or print, and tell how many."""
        if not 0 <= options["days"] <= FARTHEST:
            raise CommandError(f"--days is {options['days']}. Accepted: 0 to {FARTHEST}.")
        if not options["dry_run"] and not is_on():
            self.stdout.write("No mail server is set (EMAIL_HOST), so nothing was sent. --dry-run shows the letters.")
            return
        on = timezone.localdate()
        sent, failed = 0, []
        for letter in letters(on, horizon(options["days"])):
            if options["dry_run"]:
                self.stdout.write(f"To: {letter.user.email}\nSubject: {letter.subject}\n\n{letter.body}\n")
                sent += 1
                continue
            try:
                sent += send(letter, on)
            except (OSError, ValueError) as error:  # what smtplib raises, too; an address that can't be one
                failed.append(f"{letter.user.email}: {error}")
        done = "would be sent" if options["dry_run"] else "sent"
        self.stdout.write(f"{sent} {'letter' if sent == 1 else 'letters'} {done}.")
        if failed:
            raise CommandError("Not sent, and to be tried again by the next run: " + "; ".join(failed))
