"""The key that signs sessions: from the environment or, for trying things out, made up once and kept in a file."""

import os
from pathlib import Path

from django.core.management.utils import get_random_secret_key

from ropa import env


def read_secret_key(*, generated: Path | None) -> str:
    """Return SECRET_KEY, or what SECRET_KEY_FILE holds, or else the key in the file ``generated``, made if need be.

    ``generated`` is None where no key may be made up, as in production. Raises env.InvalidVariable if there is no key.
    """
    given = env.secret("SECRET_KEY")
    if given is not None:
        return given
    if generated is None:
        raise env.InvalidVariable(
            "SECRET_KEY is not set, and without it sessions cannot be signed. Set SECRET_KEY to fifty or more random "
            "characters, or SECRET_KEY_FILE to a file that holds them (python -c 'import secrets; "
            "print(secrets.token_urlsafe(50))' makes some). To only try things out, set DEBUG=1 instead."
        )
    try:
        descriptor = os.open(generated, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return generated.read_text(encoding="ascii").strip()
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        file.write(get_random_secret_key() + "\n")
    return generated.read_text(encoding="ascii").strip()
