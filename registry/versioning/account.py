"""What a person is called: the words that are kept, since they outlive the account."""

from typing import Any


def name_of(account: Any) -> str:
    """Return the full name of an account, or what it logs in with where nobody has entered one."""
    return str(account.get_full_name() or account.get_username())
