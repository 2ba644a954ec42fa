"""What several commands are asked for in the same words: a moment, a language, an organisation; and who asks."""

import getpass
import os
from datetime import datetime

from django.conf import settings
from django.core.management.base import CommandError
from django.utils import timezone

from registry import models
from registry.record.loader import Register
from registry.record.moments import MomentError, read_moment


def as_at(text: str, *, returncode: int = 1) -> datetime | None:
    """Return the moment that the text names; None for none, and for today: the register as it is now."""
    if not text or text == timezone.localdate().isoformat():
        return None
    return past_moment(text, returncode=returncode)


def past_moment(text: str, *, returncode: int = 1) -> datetime:
    """Return the moment that the text names. Raises CommandError, with this exit code, for none that has passed."""
    try:
        return read_moment(text)
    except MomentError as error:
        raise CommandError(str(error), returncode=returncode) from error


def organisation(name: str, whole: Register, *, returncode: int = 1) -> int | None:
    """Return the key of the organisation that bore this name then, or bears it now; None where none is named.

    Raises CommandError, with this exit code, for a name that nobody bears, and for one that wasn't there then.
    """
    if not name:
        return None
    now = models.Organisation.objects.filter(name__iexact=name).values_list("pk", flat=True).first()
    then = (pk for pk, one in whole.organisations.items() if one.name.casefold() == name.casefold())
    pk = next(then, now)
    if pk is None:
        own = models.Organisation.objects.filter(is_own=True).order_by("name").values_list("name", flat=True)
        known = ", ".join(f"“{known}”" for known in own) or "none yet"
        raise CommandError(
            f"There is no organisation “{name}”. Known: {known}. Correct the name, or leave it out for all.",
            returncode=returncode,
        )
    if pk not in whole.organisations:
        raise CommandError(
            f"“{name}” was not in the register at that moment. Choose a later one, or leave --as-at out.",
            returncode=returncode,
        )
    return pk


def language(code: str) -> str:
    """Return the code of a language that reports come in. Raises CommandError for any other, and names these."""
    offered = dict(settings.LANGUAGES)
    if code not in offered:
        known = ", ".join(f"{one} ({name})" for one, name in offered.items())
        raise CommandError(f"Reports don't come in the language “{code}”. Give --language one of: {known}.")
    return code


def person(command: str) -> str:
    """Return who runs a command, as reports and the log of exports name it; by number where the system has no name."""
    try:
        name = getpass.getuser()
    except (KeyError, OSError, ImportError):
        name = f"user {os.getuid()}" if hasattr(os, "getuid") else "somebody"
    return f"{name} ({command})"
