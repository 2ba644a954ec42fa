#!/usr/bin/env python3
"""Django's command line for this project."""

import errno
import io
import os
import sys

INTERRUPTED = 130
"""The exit code of a program that Ctrl-C has ended."""


def main() -> None:
    """Run the management command named on the command line."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ropa.settings")
    try:
        from django.core.management import execute_from_command_line
    except ImportError as error:
        raise SystemExit(
            "Django is not installed in this Python. Run `make demo` once, or activate .venv, or "
            "`pip install -r requirements.txt`."
        ) from error
    from django.core.exceptions import ImproperlyConfigured
    from django.db import DatabaseError

    from ropa.database import what_to_do

    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")  # a name that the terminal can't show ends no nightly job
    try:
        execute_from_command_line(sys.argv)
    except KeyboardInterrupt:
        raise SystemExit(INTERRUPTED) from None
    except ImproperlyConfigured as error:  # it says what to do, and a traceback before it would hide that
        raise SystemExit(str(error)) from error
    except (DatabaseError, OSError) as error:
        said = what_to_do(error) if isinstance(error, DatabaseError) else of_the_system(error)
        if not said or "--traceback" in sys.argv:
            raise
        raise SystemExit(f"{said} (--traceback tells more.)") from error


def of_the_system(error: OSError) -> str:
    """Return what the system refused and for which file, where that is for an administrator to mend."""
    remedies = {
        errno.ENOSPC: "Make room on the disk, and do it again",
        errno.EDQUOT: "Make room on the disk, and do it again",
        errno.EROFS: "Name a place in a file system that can be written to",
        errno.ENOTDIR: "Name a place in a folder",
        errno.EACCES: "The account that runs this has to be allowed to use it",
    }
    remedy = remedies.get(error.errno or 0)
    return f"{error.filename or 'A file'}: {error.strerror}. {remedy}." if remedy else ""


if __name__ == "__main__":
    main()
