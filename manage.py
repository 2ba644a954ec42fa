#!/usr/bin/env python3
"""Django's command line for this project."""

import io
import os
import sys


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
    from django.db import OperationalError

    from ropa.env import InvalidVariable

    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")  # a name that the terminal can't show ends no nightly job
    try:
        execute_from_command_line(sys.argv)
    except InvalidVariable as error:  # it says what to do, and a traceback before it would hide that
        raise SystemExit(str(error)) from error
    except OperationalError as error:
        if "--traceback" in sys.argv:
            raise
        said = (
            "Is DATABASE_URL right, does the database answer, and was `manage.py migrate` run? --traceback tells more."
        )
        raise SystemExit(f"The database can't be used: {str(error).strip()}. {said}") from error


if __name__ == "__main__":
    main()
