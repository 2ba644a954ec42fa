"""Loads the register of a fictional retailer through the importer, with accounts to look at it."""

import secrets
from pathlib import Path
from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from registry import models
from registry.imports.importing import bring_in
from registry.management import demo_assurance
from registry.models.seeding import seed_catalogues
from registry.roles import ACTIVITY_OWNER, AUDITOR, MARKETING_TEAM, PRIVACY_OFFICER, complete_roles
from registry.versioning.writing import change_set

FOLDER = Path(__file__).resolve().parent.parent / "demo"
ORGANISATION = "Quillbrook & Wren Retail Limited"
FILES = (
    "organisations.csv",
    "units.csv",
    "legal_bases.csv",
    "data_categories.csv",
    "data_subjects.csv",
    "retention_schedules.csv",
    "recipients.csv",
    "security_measures.csv",
    "systems.csv",
    "documents.csv",
    "activities.csv",
)
"""In the order in which they refer to each other."""

ACCOUNTS = (
    ("admin", "", True),
    ("officer", PRIVACY_OFFICER, False),
    ("auditor", AUDITOR, False),
    ("owner", ACTIVITY_OWNER, False),
    ("marketing", MARKETING_TEAM, False),
)
OWNED_UNIT = "Marketing"
"""The unit whose activities are the demo owner's."""


class Command(BaseCommand):
    """``load_demo``: safe to run again; it then only gives the demo accounts a new password.

    Everything is loaded, or nothing; and nothing where somebody else's register or accounts are.
    """

    help = "Loads a fictional organisation's register through the importer and prints the accounts to log in with."

    def handle(self, *args: Any, **options: Any) -> None:
        """Load what isn't there yet, and print how to log in."""
        loaded = models.Organisation.objects.filter(name=ORGANISATION).exists()
        if not loaded:
            self._refuse_a_register_in_use()
        password = secrets.token_urlsafe(9)
        with transaction.atomic():
            seed_catalogues()
            complete_roles()
            accounts = [self._account(name, group, is_superuser, password) for name, group, is_superuser in ACCOUNTS]
            if loaded:
                self.stdout.write(f"The register of {ORGANISATION} is loaded already; it stays as it is.")
            else:
                self._load(accounts[0])
                self._give(get_user_model().objects.get(username="owner"), accounts[0])
                demo_assurance.bring_in(models.Organisation.objects.get(name=ORGANISATION), accounts[0])
        self.stdout.write("\nLog in as one of these:")
        for name, group, _ in ACCOUNTS:
            self.stdout.write(f"  {name:<9} {password}   ({group or 'administrator'})")

    def _refuse_a_register_in_use(self) -> None:
        found = [f"the organisation {one.name}" for one in models.Organisation.objects.all()[:1]]
        names = [name for name, _, _ in ACCOUNTS]
        found += [f"the account {one.username}" for one in get_user_model().objects.filter(username__in=names)[:1]]
        if found:
            raise CommandError(
                f"This register is in use: it has {found[0]}. The demonstration would mix its records with yours, and "
                "give its accounts a password that is printed here. Load it into a database of its own: "
                "DATABASE_URL=sqlite:///demo.sqlite3"
            )

    def _account(self, name: str, group: str, is_superuser: bool, password: str) -> Any:
        account, _ = get_user_model().objects.get_or_create(username=name)
        account.is_staff, account.is_superuser = True, is_superuser
        account.set_password(password)
        account.save()
        if group:
            account.groups.add(Group.objects.get(name=group))
        return account

    def _load(self, actor: Any) -> None:
        for file in FILES:
            organisation = models.Organisation.objects.filter(name=ORGANISATION).first()
            data = (FOLDER / file).read_bytes()
            outcome = bring_in(
                file, data, organisation=organisation, apply=True, actor=actor, reason=f"Demo register: {file}"
            )
            if outcome.errors:
                problems = "\n".join(str(problem) for problem in outcome.problems)
                raise CommandError(f"{file} could not be imported:\n{problems}")
            created = outcome.counts.get("created", 0)
            self.stdout.write(f"  {file:<26} {created:>3} rows")

    def _give(self, owner: Any, actor: Any) -> None:
        """Let the owner answer for the activities of one unit."""
        with change_set(actor=actor, reason=f"Demo register: who answers for {OWNED_UNIT}"):
            for activity in models.ProcessingActivity.objects.filter(unit__name=OWNED_UNIT):
                activity.owner = owner
                activity.save()
