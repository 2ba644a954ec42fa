"""The customer segments of an activity, and the data that each of them is made from."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from registry.models.activity_rows import ActivityRow
from registry.models.columns import words_column
from registry.models.consent_mechanism import ConsentMechanism
from registry.models.data_category import DataCategory
from registry.models.processing_activity import ProcessingActivity
from registry.reference.segmentation import ContactBasis, Identifiability


class Segment(ActivityRow):
    """A group of people who are treated alike because of what their data say: by which criteria, and on what basis."""

    activity = models.ForeignKey(ProcessingActivity, on_delete=models.CASCADE, related_name="segments")
    name = models.CharField(max_length=250)
    criteria = models.TextField(blank=True)
    contact_basis = models.CharField(max_length=30, choices=ContactBasis, blank=True)
    consent = models.ForeignKey(
        ConsentMechanism, null=True, blank=True, on_delete=models.SET_NULL, related_name="segments"
    )
    opt_out = models.TextField(blank=True)
    preference_channel = models.CharField(max_length=500, blank=True)
    identifiability = models.CharField(max_length=20, choices=Identifiability, blank=True)
    minimisation = models.TextField(blank=True)
    audience_size = models.PositiveBigIntegerField(null=True, blank=True)
    last_reviewed_on = models.DateField(null=True, blank=True)
    next_review_on = models.DateField(null=True, blank=True, db_index=True)

    class Meta:
        ordering = ("position", "pk")
        verbose_name = _("segment")
        verbose_name_plural = _("segments")

    def __str__(self) -> str:
        return self.name


class SegmentData(ActivityRow):
    """A category of data that a segment is made from, or that all of the activity's segments are."""

    activity = models.ForeignKey(ProcessingActivity, on_delete=models.CASCADE, related_name="segment_data")
    category = models.ForeignKey(
        DataCategory, null=True, blank=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    stated_as = words_column()
    segment = models.ForeignKey(Segment, null=True, blank=True, on_delete=models.SET_NULL, related_name="data")
    what_for = models.TextField(blank=True)

    class Meta:
        ordering = ("position", "pk")
        verbose_name = _("data used in a segment")
        verbose_name_plural = _("data used in segments")

    def __str__(self) -> str:
        return str(self.category or self.stated_as)
