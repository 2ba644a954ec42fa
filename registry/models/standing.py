"""What is worked out from the register, so that lists and the overview need not work it out anew: derived, never
sealed, and made again from the history whenever it is behind. Nothing here is part of the record."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from registry.models.organisation import Organisation
from registry.models.processing_activity import ProcessingActivity
from registry.models.system import System


class StandingMark(models.Model):
    """How far the derived rows are: up to which change set, judged by which day, with which rules. There is one row.

    They are so but for ``waiting`` activities, whose turn hasn't come (see ``StaleStanding``): a worker was asked for
    them at ``asked_at``, and has last given a sign of life at ``worked_at``.
    """

    change_set = models.BigIntegerField(default=0)
    day = models.DateField(null=True)
    rules = models.CharField(max_length=64, blank=True)
    waiting = models.PositiveIntegerField(default=0)
    asked_at = models.DateTimeField(null=True)
    worked_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("state of the derived rows")
        verbose_name_plural = _("state of the derived rows")

    def __str__(self) -> str:
        return f"#{self.change_set}"


class StaleStanding(models.Model):
    """An activity, perhaps a deleted one, whose derived rows are to be made anew and still say what was before.

    ``is_noted`` tells that where it meets others is noted already.
    """

    activity = models.OneToOneField(
        ProcessingActivity, primary_key=True, on_delete=models.DO_NOTHING, db_constraint=False, related_name="+"
    )
    is_noted = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("activity to be checked anew")
        verbose_name_plural = _("activities to be checked anew")
        indexes = (models.Index("is_noted", "activity", name="stale_in_order"),)

    def __str__(self) -> str:
        return f"{self.activity_id}"


class Standing(models.Model):
    """Where one activity stands: how many open gaps of each severity, and how many accepted.

    ``turns_on`` is the next day on which something else may be found though nothing is written, None where none is.
    """

    activity = models.OneToOneField(
        ProcessingActivity, primary_key=True, on_delete=models.DO_NOTHING, db_constraint=False, related_name="standing"
    )
    critical = models.PositiveIntegerField(default=0)
    serious = models.PositiveIntegerField(default=0)
    minor = models.PositiveIntegerField(default=0)
    accepted = models.PositiveIntegerField(default=0)
    turns_on = models.DateField(null=True, db_index=True)

    class Meta:
        verbose_name = _("standing of an activity")
        verbose_name_plural = _("standings of activities")

    def __str__(self) -> str:
        return f"{self.activity_id}"

    @property
    def open_gaps(self) -> int:
        """How many gaps nobody has accepted."""
        return self.critical + self.serious + self.minor


class FoundGap(models.Model):
    """A gap of an activity, of an organisation as a whole or of a system, by its permanent id; its sentences are made
    from the record when they are shown. One of a system may be about the records of one organisation, which it names
    beside it; any other gap has one owner."""

    activity = models.ForeignKey(
        ProcessingActivity, null=True, on_delete=models.DO_NOTHING, db_constraint=False, related_name="found_gaps"
    )
    organisation = models.ForeignKey(
        Organisation, null=True, on_delete=models.DO_NOTHING, db_constraint=False, related_name="found_gaps"
    )
    system = models.ForeignKey(
        System, null=True, on_delete=models.DO_NOTHING, db_constraint=False, related_name="found_gaps"
    )
    gap = models.CharField(max_length=250)
    rule = models.CharField(max_length=80, db_index=True)
    area = models.CharField(max_length=30)
    rank = models.PositiveSmallIntegerField()
    is_accepted = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("gap found")
        verbose_name_plural = _("gaps found")
        indexes = (models.Index("is_accepted", "rank", "activity", name="gap_in_order"),)

    def __str__(self) -> str:
        return self.gap


class MeetingPoint(models.Model):
    """Where a record may meet another one that says the same, such as the text of a purpose; ``key`` is a digest."""

    activity = models.ForeignKey(
        ProcessingActivity, on_delete=models.DO_NOTHING, db_constraint=False, related_name="meeting_points"
    )
    organisation = models.BigIntegerField()
    kind = models.CharField(max_length=30)
    key = models.CharField(max_length=64)
    said = models.TextField(blank=True)

    class Meta:
        verbose_name = _("meeting point")
        verbose_name_plural = _("meeting points")
        indexes = (models.Index("key", "organisation", "kind", "said", "activity", name="meeting_place"),)

    def __str__(self) -> str:
        return f"{self.kind} {self.key}"


class Counted(models.Model):
    """That an activity counts towards a key of a dimension, such as a country: what a part of a picture stands for."""

    activity = models.ForeignKey(
        ProcessingActivity, on_delete=models.DO_NOTHING, db_constraint=False, related_name="counted"
    )
    dimension = models.CharField(max_length=30)
    key = models.CharField(max_length=300)

    class Meta:
        verbose_name = _("counted activity")
        verbose_name_plural = _("counted activities")
        indexes = (models.Index("dimension", "key", "activity", name="counted_towards"),)

    def __str__(self) -> str:
        return f"{self.dimension} {self.key}"


class Tally(models.Model):
    """How many activities count towards a key of a dimension: kept by adding and taking away, never by counting all."""

    dimension = models.CharField(max_length=30)
    key = models.CharField(max_length=300)
    number = models.IntegerField(default=0)

    class Meta:
        verbose_name = _("tally")
        verbose_name_plural = _("tallies")
        constraints = (models.UniqueConstraint("dimension", "key", name="tally_once"),)

    def __str__(self) -> str:
        return f"{self.dimension} {self.key}: {self.number}"


class GapCount(models.Model):
    """How many gaps the register had on a day, as far as it had come: a point of the trend.

    ``rules`` tells under which rules they were counted, as ``StandingMark`` does.
    """

    day = models.DateField(primary_key=True)
    change_set = models.BigIntegerField()
    rules = models.CharField(max_length=64, blank=True)
    records = models.PositiveIntegerField()
    critical = models.PositiveIntegerField()
    serious = models.PositiveIntegerField()
    minor = models.PositiveIntegerField()
    accepted = models.PositiveIntegerField()

    class Meta:
        ordering = ("day",)
        verbose_name = _("gaps of a day")
        verbose_name_plural = _("gaps of days")

    def __str__(self) -> str:
        return f"{self.day}"
