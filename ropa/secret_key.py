"""The key that signs sessions: from the environment or, for trying things out, made up once and kept in a file."""

import os
from pathlib import Path

from django.core.management.utils import get_random_secret_key

from ropa import env

SHORTEST, FEWEST = 50, 5
"""How many characters a key has at least, and how many different ones: what Django's own check for deployment asks."""

INSECURE = "django-insecure-"
"""What the keys begin with that Django writes into new projects, where everybody who sees the code can read them."""

REMEDY = (
    "Set SECRET_KEY to fifty or more random characters, or SECRET_KEY_FILE to a file that holds them (python -c "
    "'import secrets; print(secrets.token_urlsafe(50))' makes some). To only try things out, set DEBUG=1 instead."
)


def read_secret_key(*, generated: Path | None) -> str:
    """Return SECRET_KEY, or what SECRET_KEY_FILE holds, or else the key in the file ``generated``, made if need be.

    ``generated`` is None where no key may be made up, as in production. Raises env.InvalidVariable if there is no key,
    and there also if it is one that can be guessed: who knows it can make a session for anybody.
    """
    given = env.secret("SECRET_KEY")
    if given is not None:
        if generated is None and (weakness := _weakness(given)):
            raise env.InvalidVariable(f"SECRET_KEY can be guessed: {weakness}. {REMEDY}")
        return given
    if generated is None:
        raise env.InvalidVariable(f"SECRET_KEY is not set, and without it sessions cannot be signed. {REMEDY}")
    try:
        descriptor = os.open(generated, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return generated.read_text(encoding="ascii").strip()
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        file.write(get_random_secret_key() + "\n")
    return generated.read_text(encoding="ascii").strip()


def _weakness(key: str) -> str:
    """Return why a key can be guessed, without saying it; empty for one that can't, as far as its shape tells."""
    if key.startswith(INSECURE):
        return f"it begins with {INSECURE}, as the examples of new projects do"
    if len(key) < SHORTEST:
        return f"it has fewer than {SHORTEST} characters"
    if len(set(key)) < FEWEST:
        return f"it has fewer than {FEWEST} different characters"
    return ""
