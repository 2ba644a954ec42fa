#!/usr/bin/env python3
"""Django's command line for this project."""

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
    from ropa.env import InvalidVariable

    try:
        execute_from_command_line(sys.argv)
    except InvalidVariable as error:  # it says what to do, and a traceback before it would hide that
        raise SystemExit(str(error)) from error


if __name__ == "__main__":
    main()
