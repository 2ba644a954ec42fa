"""The processing activity: the root of the aggregate that a record of processing activities is about."""

from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from registry.models.columns import answer_column, words_column
from registry.models.organisation import Organisation, OrganisationUnit
from registry.models.references import is_spent, next_reference
from registry.models.retention_schedule import RetentionSchedule
from registry.reference.activity import ActivityStatus
from registry.reference.roles import ActivityRole
from registry.versioning.base import Versioned, set_null_and_note


class ProcessingActivity(Versioned):
    """A processing activity (Art. 30). It and all its rows are one aggregate with one history.

    Never changed past a change set. ``reference`` is made where it is left empty, and never given twice within an
    organisation, not even after the activity was deleted.
    """

    PARTS = (
        "purposes",
        "legal_bases",
        "data_subjects",
        "data_categories",
        "recipients",
        "transfers",
        "systems",
        "measures",
        "joint_controllers",
        "controllers",
        "consents",
        "segments",
        "segment_data",
        "impact_assessments",
    )

    # Identity
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="activities")
    unit = models.ForeignKey(
        OrganisationUnit, null=True, blank=True, on_delete=models.PROTECT, related_name="activities"
    )
    reference = models.CharField(max_length=60, blank=True, db_index=True)
    external_reference = models.CharField(max_length=100, blank=True)
    name = models.CharField(max_length=300)
    description = models.TextField(blank=True)
    role = models.CharField(max_length=20, choices=ActivityRole, default=ActivityRole.CONTROLLER)

    # State
    status = models.CharField(max_length=20, choices=ActivityStatus, default=ActivityStatus.DRAFT)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=set_null_and_note, related_name="owned_activities"
    )
    contact = models.CharField(max_length=250, blank=True)
    began_on = models.DateField(null=True, blank=True)
    ends_on = models.DateField(null=True, blank=True)
    review_interval = models.PositiveSmallIntegerField(
        null=True, blank=True, validators=[MinValueValidator(1), MaxValueValidator(120)]
    )
    last_reviewed_on = models.DateField(null=True, blank=True)
    next_review_on = models.DateField(null=True, blank=True)
    tags = models.CharField(max_length=300, blank=True)
    is_public = models.BooleanField(default=False)

    # Answers to the blocks that a record may lack: unanswered, none, or as listed
    special_categories = answer_column()
    recipients_answer = answer_column()
    transfers_answer = answer_column()
    profiling = answer_column()
    automated_decisions = answer_column()

    # Profiling and automated decisions (Arts. 13(2)(f), 22), where the answers above say that there is any
    profiling_logic = models.TextField(blank=True)
    profiling_consequences = models.TextField(blank=True)
    human_intervention = models.TextField(blank=True)

    # What the data subjects are told, and what they can ask for
    privacy_notice = models.CharField(max_length=500, blank=True)
    privacy_notice_on = models.DateField(null=True, blank=True)
    rights = models.TextField(blank=True)
    rights_limits = models.TextField(blank=True)

    # Retention of everything whose row says nothing else
    retention_schedule = models.ForeignKey(
        RetentionSchedule, null=True, blank=True, on_delete=models.PROTECT, related_name="activities"
    )
    retention_stated_as = words_column()

    # Remarks
    dpo_remark = models.TextField(blank=True)
    unplaced = models.TextField(blank=True)

    class Meta:
        ordering = ("organisation", "reference")
        verbose_name = _("processing activity")
        verbose_name_plural = _("processing activities")
        permissions = (("change_own_processingactivity", "Can change the processing activities that one owns"),)
        constraints = (
            models.UniqueConstraint("organisation", "reference", name="activity_reference_once_per_organisation"),
        )
        indexes = (
            models.Index("status", name="activity_status"),
            models.Index("next_review_on", name="activity_review"),
        )

    def __str__(self) -> str:
        return f"{self.reference} {self.name}".strip()

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save, giving the activity its reference first where it has none."""
        if not self.reference:
            self.reference = next_reference(self.organisation_id)
        super().save(*args, **kwargs)

    def clean(self) -> None:
        """Refuse a unit of another organisation, a spent reference, an end before the beginning."""
        super().clean()
        problems: dict[str, Any] = {}
        if self.unit and self.organisation_id and self.unit.organisation_id != self.organisation_id:
            problems["unit"] = _("This unit belongs to another organisation. Choose one of this organisation's units.")
        if self.reference and self.organisation_id and is_spent(self.organisation_id, self.reference, besides=self.pk):
            problems["reference"] = _(
                "This reference was given before, to an activity that was deleted. References are never used twice: "
                "leave the field empty to be given the next one."
            )
        if self.began_on and self.ends_on and self.ends_on < self.began_on:
            problems["ends_on"] = _("The activity can't end before it began.")
        if problems:
            raise ValidationError(problems)
