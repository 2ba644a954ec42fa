"""The export log: every file that was taken out of the register, each sealed by a change set of its own."""

import json
from dataclasses import asdict, dataclass, field
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from registry.versioning.canonical import canonical
from registry.versioning.change_set import ChangeSet
from registry.versioning.errors import OutsideChangeSet
from registry.versioning.open_set import current


@dataclass(frozen=True)
class ExportFacts:
    """What is sealed of an export, beside who took it and when, which its change set says.

    ``report`` and ``format`` are the names that produced it, ``door`` is where it was asked for, ``parameters`` what
    was asked for (JSON values), ``whose`` the name that the organisation bore, empty for all. ``as_at`` (ISO 8601),
    ``change_set`` and ``head`` say which state of the register it shows. ``files`` are those inside a pack: name →
    SHA-256. ``key`` is the fingerprint of the key that signed it.
    """

    report: str
    format: str
    door: str
    file_name: str
    size: int
    sha256: str
    as_at: str
    change_set: int
    head: str = ""
    records: int | None = None
    whose: str = ""
    parameters: dict[str, Any] = field(default_factory=dict)
    files: dict[str, str] = field(default_factory=dict)
    key: str = ""

    def details(self) -> str:
        """Return the facts as its change set keeps and seals them: canonical JSON, what is empty left out."""
        return canonical({name: value for name, value in asdict(self).items() if value not in ("", None, {})})


class Door(models.TextChoices):
    """Where an export was asked for."""

    REPORTS = "reports", _("reports page")
    LIST = "list", _("list")
    RECORD = "record", _("page of an activity")
    COMPARISON = "comparison", _("comparison")
    COMMAND = "command", _("command")


class Export(models.Model):
    """The line of the log that lists and finds an export. All that it says is sealed in the details of its change set.

    ``register_number`` is the change set as at which the file shows the register.
    """

    change_set = models.OneToOneField(
        ChangeSet, primary_key=True, on_delete=models.PROTECT, related_name="export", verbose_name=_("change set")
    )
    report = models.CharField(_("report"), max_length=40)
    format = models.CharField(_("format"), max_length=20)
    door = models.CharField(_("door"), max_length=20, choices=Door)
    file_name = models.CharField(_("file"), max_length=255)
    size = models.BigIntegerField(_("size"))
    sha256 = models.CharField(_("SHA-256"), max_length=64, db_index=True)
    register_number = models.BigIntegerField(_("state of the register"))

    class Meta:
        ordering = ("-pk",)
        default_permissions = ("view",)
        verbose_name = _("taken report")
        verbose_name_plural = _("taken reports")

    def __str__(self) -> str:
        return self.file_name

    @property
    def facts(self) -> ExportFacts:
        """All that is sealed of the export."""
        return facts_of(self.change_set)


COLUMNS: dict[str, str] = {
    "report": "report",
    "format": "format",
    "door": "door",
    "file_name": "file_name",
    "size": "size",
    "sha256": "sha256",
    "register_number": "change_set",
}
"""Column of the line → the sealed fact that it repeats."""


def facts_of(header: ChangeSet) -> ExportFacts:
    """Return the facts that the details of an export's change set say; what a later form adds is passed over."""
    said = json.loads(header.details)
    return ExportFacts(**{name: said[name] for name in ExportFacts.__dataclass_fields__ if name in said})


def note_export(facts: ExportFacts) -> None:
    """Note that a file is about to be made available: its entry is sealed when the open change set closes.

    Raises OutsideChangeSet where none is open.
    """
    opened = current()
    if opened is None:
        raise OutsideChangeSet(Export.__name__)
    opened.exports.append(facts)


def log_line(header: ChangeSet, facts: ExportFacts) -> Export:
    """Return the line for an export, unsaved."""
    return Export(change_set=header, **{column: getattr(facts, fact) for column, fact in COLUMNS.items()})
