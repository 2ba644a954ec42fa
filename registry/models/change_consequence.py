"""What a change of an approved record, or of an entry that one uses, requires: a line of the checklist kept with it."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from registry.models.processing_activity import ProcessingActivity
from registry.reference.activity import ActivityStatus
from registry.reference.requirements import CHANGED_BY_OWNER, ChangedEntry, Requirement, Settlement
from registry.versioning.base import Versioned


class ChangeConsequence(Versioned):
    """Something that a change has made necessary, sealed with that change, and what has become of it.

    ``key`` says which kind of consequence, ``names`` what of the record has changed, one a line. Record and sentence
    are kept in words too, as they were on that day, since the record may go and the words may change.

    Where an entry of a catalogue has changed, ``entry`` says of which one, ``record_key`` and ``record`` are the
    entry's, and ``used_by`` names the approved records that used it then: there is one line for all of them.
    """

    LABEL = "record"

    entry = models.CharField(max_length=20, choices=ChangedEntry, blank=True)
    record_key = models.BigIntegerField(db_index=True)
    record = models.CharField(max_length=400)
    key = models.CharField(max_length=80)
    requirement = models.CharField(max_length=20, choices=Requirement)
    article = models.CharField(max_length=200)
    names = models.TextField(blank=True)
    used_by = models.TextField(blank=True)
    uses = models.PositiveIntegerField(null=True, blank=True)
    sentence = models.TextField()
    raised_on = models.DateField()
    due_on = models.DateField()
    settlement = models.CharField(max_length=20, choices=Settlement, default=Settlement.OPEN)
    note = models.TextField(blank=True)
    settled_by = models.CharField(max_length=200, blank=True)
    settled_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ("due_on", "pk")
        verbose_name = _("consequence of a change")
        verbose_name_plural = _("consequences of changes")
        indexes = (models.Index("settlement", "due_on", name="consequence_due"),)

    def __str__(self) -> str:
        return f"{self.record}: {self.sentence}"

    @classmethod
    def still_open(cls, owner: Any = None) -> "models.QuerySet[ChangeConsequence]":
        """Return what nobody has settled yet: of records in use and of entries, or of one owner's records alone.

        That an owner has changed her record is for officers to look at, and not told to her.
        """
        records = ProcessingActivity.objects.exclude(status=ActivityStatus.RETIRED)
        if owner is not None:
            records = records.filter(owner=owner)
        of_records = models.Q(entry="", record_key__in=records.values("pk"))
        meant = of_records if owner is not None else of_records | ~models.Q(entry="")
        found: models.QuerySet[ChangeConsequence] = cls.objects.filter(meant, settlement=Settlement.OPEN)
        if owner is not None:
            found = found.exclude(key=CHANGED_BY_OWNER)
        return found
