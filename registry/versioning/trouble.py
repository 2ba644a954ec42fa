"""What hinders the database or the disk itself: told from a fault of the program, and from what somebody asked for."""

import errno
import sqlite3
from enum import Enum

from django.db import DatabaseError, InterfaceError, OperationalError
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Trouble(Enum):
    """What hinders, as far as people have to tell it apart."""

    BUSY = "busy"
    UNREACHABLE = "unreachable"
    FULL = "full"

    @property
    def said(self) -> Promise:
        """Return it as a sentence to people."""
        return _SAID[self]


_SAID = {
    Trouble.BUSY: _("Other work has kept the database busy for too long."),
    Trouble.UNREACHABLE: _("The database didn’t answer."),
    Trouble.FULL: _("There is no room left on the server’s disk. Whoever runs the register has to make some."),
}

_SQLITE = {
    sqlite3.SQLITE_BUSY: Trouble.BUSY,
    sqlite3.SQLITE_LOCKED: Trouble.BUSY,
    sqlite3.SQLITE_FULL: Trouble.FULL,
    sqlite3.SQLITE_IOERR: Trouble.FULL,
    sqlite3.SQLITE_CANTOPEN: Trouble.UNREACHABLE,
}
"""By the lower byte of SQLite's code, which is the kind. It tells a full disk as an error of writing, too."""

_STATES = {
    "53100": Trouble.FULL,
    "55P03": Trouble.BUSY,  # a lock that was not to be had
    "40P01": Trouble.BUSY,  # a deadlock
    "40001": Trouble.BUSY,
    "57014": Trouble.BUSY,  # ended since it took too long
    "53300": Trouble.BUSY,  # too many connections
}
"""By PostgreSQL's code: https://www.postgresql.org/docs/current/errcodes-appendix.html"""

_CLASSES = {"08": Trouble.UNREACHABLE, "57": Trouble.UNREACHABLE}
"""By the class of the code: connections, and what an administrator does to the server."""

_NO_ROOM = frozenset({errno.ENOSPC, errno.EDQUOT})


def trouble_of(error: BaseException | None) -> Trouble | None:
    """Return what hinders the database or the disk where that is the cause of an error; None for any other error."""
    if isinstance(error, OSError):
        return Trouble.FULL if error.errno in _NO_ROOM else None
    if isinstance(error, InterfaceError):
        return Trouble.UNREACHABLE if "clos" in str(error) else None  # asked for, after it was lost
    if not isinstance(error, DatabaseError):
        return None
    code = getattr(error.__cause__, "sqlite_errorcode", None)
    if code is not None:
        return _SQLITE.get(code & 0xFF)
    state = getattr(error.__cause__, "sqlstate", None)
    if state is not None:
        return _STATES.get(state, _CLASSES.get(state[:2]))
    return Trouble.UNREACHABLE if isinstance(error, OperationalError) else None  # a lost connection has no code


def trouble_behind(error: BaseException | None) -> Trouble | None:
    """Return the same where it is the cause of an error, or of one from which that arose: libraries wrap theirs."""
    seen = set()
    while error is not None and id(error) not in seen:
        if (found := trouble_of(error)) is not None:
            return found
        seen.add(id(error))
        error = error.__cause__ or error.__context__
    return None
