"""Naming what a manifest and the stored versions disagree about: altered, missing, added, reordered, and which row."""

import json
from typing import Any

from django.utils.text import Truncator
from django.utils.translation import gettext as _

from registry.versioning.canonical import digest
from registry.versioning.chain import object_mark
from registry.versioning.manifest import ManifestPage
from registry.versioning.stored import History, Version
from registry.versioning.verdict import ADDED, ALTERED, MISSING, REORDERED, Fault


def say(root: type[Any], pk: Any, content: str = "") -> str:
    """Return an object in words: its kind, its key, and its name where the content of a version gives one."""
    name = ""
    try:
        loaded = json.loads(content) if content else None
        name = str(loaded.get(root.LABEL) or "") if isinstance(loaded, dict) else ""
    except (ValueError, RecursionError):
        pass  # content that was altered need not be JSON any more
    if not name:
        return f"{root._meta.verbose_name} {pk}"
    said = {"kind": root._meta.verbose_name, "key": pk, "name": Truncator(name).chars(60)}
    return _("%(kind)s %(key)s “%(name)s”") % said


def about(kind: str, message: str, version: Version, sequence: int | None = None) -> Fault:
    """Return a fault about a stored version."""
    number = version.change_set if sequence is None else sequence
    return Fault(kind, message, number, version.history.name, version.pk)


def differs(sequence: int, line: str | None, version: Version | None, histories: list[History]) -> Fault:
    """Name the fault where the next line of a manifest and the next stored version aren't the same."""
    if version is not None and line is None:
        return _unlisted(sequence, None, version)
    try:
        listed = json.loads(line or "")
        history = next(history for history in histories if history.name == listed["model"])
    except (ValueError, RecursionError, KeyError, TypeError, StopIteration):
        said = _("Change set #%(number)d: a line of its manifest was altered.") % {"number": sequence}
        return Fault(ALTERED, said, sequence)
    if version is not None:
        if (listed["model"], listed["object"]) == (version.history.name, version.pk):
            return _altered(sequence, listed, version)
        if not _is_listed(sequence, version) or stored(version.history, sequence, version.pk) > 1:
            return _unlisted(sequence, listed, version)
    if stored(history, sequence, listed["object"]):
        return _moved(sequence, history, listed["object"])
    what = say(history.root, listed["object"])
    message = _("Change set #%(number)d: the version of %(what)s is missing.") % {"number": sequence, "what": what}
    return Fault(MISSING, message, sequence, listed["model"], listed["object"])


def out_of_order(version: Version, last: int) -> Fault:
    """Name a stored version that stands among those of later change sets, or after the last one."""
    number, what = version.change_set, say(version.history.root, version.pk, version.content)
    if number is None or not 1 <= number <= last:
        message = _(
            "A version of %(what)s belongs to change set #%(number)s, which does not exist: one was added or the other "
            "is missing."
        )
        return about(ADDED, message % {"what": what, "number": number}, version)
    if _is_listed(number, version) and stored(version.history, number, version.pk) == 1:
        return _moved(number, version.history, version.pk, version.content)
    said = _("Change set #%(number)d: a version of %(what)s was added to it later.")
    return about(ADDED, said % {"number": number, "what": what}, version)


def stored(history: History, sequence: int, pk: int) -> int:
    """Return how many versions of an object are stored for a change set, wherever they stand in the table."""
    return int(history.model._default_manager.filter(change_set_id=sequence, id=pk).count())


def _is_listed(sequence: int, version: Version) -> bool:
    mark = object_mark(version.history.name, version.pk)
    return ManifestPage.objects.filter(change_set_id=sequence, lines__contains=mark).exists()


def _altered(sequence: int, listed: dict[str, Any], version: Version) -> Fault:
    what = say(version.history.root, version.pk, version.content)
    if digest(version.content) != listed["content"]:
        said = _("Change set #%(number)d: the content of the version of %(what)s was altered.")
    else:
        said = _("Change set #%(number)d: the kind (created, changed, deleted) of the version of %(what)s was altered.")
    return about(ALTERED, said % {"number": sequence, "what": what}, version)


def altered_column(sequence: int | None, column: str, what: str) -> str:
    """Return in words that a column of the version of ``what`` was altered."""
    said = _("Change set #%(number)s: the column %(column)s of the version of %(what)s was altered.")
    return said % {"number": sequence, "column": column, "what": what}


def _unlisted(sequence: int, listed: dict[str, Any] | None, version: Version) -> Fault:
    same = listed and (listed["model"], listed["content"]) == (version.history.name, digest(version.content))
    if listed and same and version.content != "null":
        what = say(version.history.root, listed["object"], version.content)
        return Fault(ALTERED, altered_column(sequence, "id", what), sequence, version.history.name, listed["object"])
    what = say(version.history.root, version.pk, version.content)
    said = _("Change set #%(number)d: a version of %(what)s was added to it.")
    return about(ADDED, said % {"number": sequence, "what": what}, version)


def _moved(sequence: int, history: History, pk: int, content: str = "") -> Fault:
    what = say(history.root, pk, content)
    said = _("Change set #%(number)d: the version of %(what)s is not in its place; versions were reordered.")
    return Fault(REORDERED, said % {"number": sequence, "what": what}, sequence, history.name, pk)
