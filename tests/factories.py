"""Objects for tests, made plainly: every value that matters to a test is given by the test."""

from itertools import count
from typing import Any

from django.contrib.auth import get_user_model

from registry import models
from registry.versioning.export_log import Door, ExportFacts
from registry.versioning.writing import change_set

_numbers = count(1)


def user(**values: Any) -> Any:
    """An account; ``is_staff`` unless told otherwise."""
    number = next(_numbers)
    values = {"username": f"user{number}", "is_staff": True, **values}
    return get_user_model().objects.create_user(password="correct horse battery", **values)


def make(model: type[Any], **values: Any) -> Any:
    """One object of a versioned model, in a change set of its own unless one is open."""
    with change_set(reason="for a test"):
        return model.objects.create(**values)


def organisation(**values: Any) -> models.Organisation:
    """An organisation of our own."""
    return make(models.Organisation, **{"name": f"Organisation {next(_numbers)}", **values})


def activity(organisation: models.Organisation, **values: Any) -> models.ProcessingActivity:
    """A processing activity with nothing but a name."""
    return make(
        models.ProcessingActivity, organisation=organisation, **{"name": f"Activity {next(_numbers)}", **values}
    )


def export_facts(**values: Any) -> ExportFacts:
    """What is logged of a file that was taken: the register as PDF, from the page of reports."""
    given = {
        "report": "register",
        "format": "pdf",
        "door": Door.REPORTS,
        "file_name": "register-2026-11-22.pdf",
        "size": 1234,
        "sha256": "ab" * 32,
        "as_at": "2026-11-22T12:00:00+00:00",
        "change_set": 1,
        "head": "cd" * 32,
    }
    return ExportFacts(**{**given, **values})
