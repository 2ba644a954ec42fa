"""Typed, loud readers of the environment: what cannot be read stops the start and says what would be accepted."""

import os
import re
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.core.exceptions import ImproperlyConfigured

TRUE = ("1", "true", "yes", "on")
FALSE = ("0", "false", "no", "off")


class InvalidVariable(ImproperlyConfigured):
    """A variable that is missing or cannot be read; the message names it, its value and what is accepted."""


def text(name: str, default: str | None = None) -> str:
    """Return the variable's value without surrounding blanks, or ``default`` if it is unset or empty.

    Raises InvalidVariable if it is unset or empty and there is no default.
    """
    value = os.environ.get(name, "").strip()
    if value:
        return value
    if default is None:
        raise InvalidVariable(f"{name} is not set. Accepted: any text.")
    return default


def flag(name: str, default: bool) -> bool:
    """Return the variable as a truth value, or ``default`` if it is unset or empty."""
    value = text(name, "")
    if not value:
        return default
    if value.lower() in TRUE:
        return True
    if value.lower() in FALSE:
        return False
    raise InvalidVariable(f"{name} is {value!r}. Accepted: {', '.join(TRUE)} or {', '.join(FALSE)}.")


def number(name: str, default: int | None = None, *, minimum: int = 0, maximum: int = 2**63 - 1) -> int:
    """Return the variable as a whole number of at least ``minimum``, or ``default`` if it is unset or empty.

    Raises InvalidVariable if it is no such number, or unset without a default.
    """
    value = text(name, "")
    digits = value.isascii() and value.isdigit()
    too_much = digits and (len(value) > 20 or int(value) > maximum)
    accepted = f"a whole number from {minimum} to {maximum}" if too_much else f"a whole number of at least {minimum}"
    if digits and not too_much and int(value) >= minimum:
        return int(value)
    if value:
        raise InvalidVariable(f"{name} is {value!r}. Accepted: {accepted}.")
    if default is None:
        raise InvalidVariable(f"{name} is not set. Accepted: {accepted}.")
    return default


def choice(name: str, accepted: tuple[str, ...], default: str) -> str:
    """Return which of the ``accepted`` words the variable is, in any case, or ``default`` if it is unset or empty."""
    value = text(name, default).upper()
    if value not in accepted:
        raise InvalidVariable(f"{name} is {value!r}. Accepted: {', '.join(accepted)}.")
    return value


def time_zone(name: str, default: str) -> str:
    """Return the name of a time zone of the IANA database."""
    value = text(name, default)
    try:
        ZoneInfo(value)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise InvalidVariable(f"{name} is {value!r}. Accepted: a time zone such as Europe/Dublin, or UTC.") from error
    return value


def hosts(name: str, default: tuple[str, ...]) -> list[str]:
    """Return names under which the service is reached: comma-separated, each without scheme, port and path."""
    found = words(name, default)
    for host in found:
        if not re.fullmatch(r"\*|\.?[\w.-]+|\[[0-9a-fA-F:.]+\]", host):
            raise InvalidVariable(
                f"{name} has {host!r}. Accepted: host names such as register.example, separated by commas, without "
                "https:// and without a port."
            )
    return found


def origins(name: str) -> list[str]:
    """Return addresses of sites: comma-separated, each a scheme and a host, perhaps with a port."""
    found = words(name)
    for origin in found:
        if not re.fullmatch(r"https?://[^/\s?#]+", origin):
            raise InvalidVariable(
                f"{name} has {origin!r}. Accepted: scheme and host, such as https://register.example, separated by "
                "commas, without a path or a slash at the end."
            )
    return found


def server(name: str) -> str:
    """Return the name or number of a server, without scheme and port; empty if unset."""
    value = text(name, "")
    if value and not re.fullmatch(r"[\w.-]+|[0-9a-fA-F:.]+", value):
        raise InvalidVariable(f"{name} is {value!r}. Accepted: a name such as mail.example, without scheme and port.")
    return value


def sender(name: str, default: str) -> str:
    """Return the address that letters come from, perhaps behind a name: ``Register <register@example.org>``."""
    value = text(name, default)
    if not re.fullmatch(r"[^\s@<>]+@[^\s@<>]+|[^<>\r\n]* <[^\s@<>]+@[^\s@<>]+>", value):
        raise InvalidVariable(f"{name} is {value!r}. Accepted: an e-mail address such as register@register.example.")
    return value


def site(name: str) -> str:
    """Return the scheme and host of an address, perhaps with a path, without a slash at its end; empty if unset."""
    value = text(name, "").rstrip("/")
    if value and not re.fullmatch(r"https?://[^/\s?#]+(/[^\s?#]*)?", value):
        raise InvalidVariable(f"{name} is {value!r}. Accepted: scheme and host, such as https://register.example.")
    return value


def words(name: str, default: tuple[str, ...] = ()) -> list[str]:
    """Return the variable's comma-separated words, or ``default`` if it is unset or empty; empty words are left out."""
    value = text(name, "")
    if not value:
        return list(default)
    return [word.strip() for word in value.split(",") if word.strip()]


def secret(name: str) -> str | None:
    """Return the secret in ``NAME`` or in the file that ``NAME_FILE`` names, or None if neither is set.

    The value itself is never part of an error message. Raises InvalidVariable if both are set, or the file cannot be
    read or is empty.
    """
    value, path = text(name, ""), text(f"{name}_FILE", "")
    if value and path:
        raise InvalidVariable(f"{name} and {name}_FILE are both set. Accepted: one of the two; unset the other.")
    if not path:
        return value or None
    try:
        content = Path(path).read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise InvalidVariable(
            f"{name}_FILE is {path!r}, which cannot be read: {error}. Accepted: a text file."
        ) from error
    if not content:
        raise InvalidVariable(f"{name}_FILE is {path!r}, which is empty. Accepted: a text file that holds the secret.")
    return content
