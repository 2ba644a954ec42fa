"""What a server looks at before it serves, so that whoever starts it reads one sentence, and nobody an error page."""

import logging
import sys
from collections.abc import Callable
from typing import Any

from django.core.exceptions import ImproperlyConfigured

BOOT_ERROR = 3
"""The exit code at which gunicorn gives up, where it would start another process in vain after any other."""

logger = logging.getLogger(__name__)


def start(make: Callable[[], Any]) -> Any:
    """Return the application that ``make`` makes; end the process where it could serve error pages only."""
    try:
        application = make()
        fault = uncollected() or unmigrated()
    except ImproperlyConfigured as error:
        fault = str(error)
    if fault:
        print(fault, file=sys.stderr, flush=True)  # noqa: T201 the log may not be set up yet
        raise SystemExit(BOOT_ERROR)
    return application


def uncollected() -> str:
    """Say that a static file was not collected, where files have to be; empty where all were."""
    from django.apps import apps
    from django.conf import settings
    from django.contrib.staticfiles.finders import get_finders
    from django.contrib.staticfiles.storage import staticfiles_storage

    known = getattr(staticfiles_storage, "hashed_files", None)
    if known is None:  # as in the trial mode, which serves files from where they are
        return ""
    ignored = apps.get_app_config("staticfiles").ignore_patterns  # type: ignore[attr-defined]
    for finder in get_finders():
        for path, _ in finder.list(ignored):
            if path.replace("\\", "/") not in known:
                return (
                    f"The static files of this version are not in {settings.STATIC_ROOT}: {path} is missing. Run "
                    "`manage.py collectstatic --no-input` with the same STATIC_ROOT."
                )
    return ""


def unmigrated() -> str:
    """Say that the tables are not those of this version; empty where they are, or where the database doesn't answer.

    One that doesn't answer may do so in a minute; until then ``/healthz`` says so.
    """
    from django.db import DatabaseError, connection
    from django.db.migrations.executor import MigrationExecutor

    from ropa.database import what_to_do

    try:
        executor = MigrationExecutor(connection)
        plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except DatabaseError as error:
        logger.warning("%s", what_to_do(error) or error)
        return ""
    finally:
        connection.close()  # processes that are made from this one must not have it in common
    if not plan:
        return ""
    return (
        f"The database is of an older version (migrations to be run: {len(plan)}, first {plan[0][0]}). Run "
        "`manage.py migrate` before you start."
    )
