"""That somebody has decided to live with a gap: why, and until when."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from registry.versioning.base import Versioned


class GapAcceptance(Versioned):
    """An accepted gap. It is history like everything else, and ends by itself on its last day.

    ``gap`` is the gap's permanent id; record and sentence are kept in words, as they were when it was accepted, since
    both may change or go. ``covers`` says what the gap named then, each by what it is known by, one a line: what it
    comes to name later was not accepted. Empty where it names nothing one by one, and in those of before, which cover
    whatever it names.
    """

    LABEL = "gap"

    gap = models.CharField(max_length=250)
    record = models.CharField(max_length=400)
    sentence = models.TextField()
    reason = models.TextField()
    accepted_by = models.CharField(max_length=200)
    accepted_on = models.DateField()
    valid_until = models.DateField()
    covers = models.TextField(blank=True)

    class Meta:
        ordering = ("-accepted_on", "gap")
        verbose_name = _("accepted gap")
        verbose_name_plural = _("accepted gaps")
        indexes = (models.Index("gap", name="acceptance_of_gap"),)

    def __str__(self) -> str:
        return f"{self.record}: {self.sentence}"
