"""The rows of an activity that point into a catalogue. Each has two halves, either of which may be empty: the entry,
and the words of the source. A row with words alone is a full answer to Art. 30."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from registry.models.columns import answer_column, words_column
from registry.models.data_category import DataCategory
from registry.models.data_subject import DataSubjectCategory
from registry.models.legal_basis import LegalBasis
from registry.models.organisation import Organisation
from registry.models.processing_activity import ProcessingActivity
from registry.models.recipient import Recipient
from registry.models.retention_schedule import RetentionSchedule
from registry.models.security_measure import SecurityMeasure
from registry.models.system import System
from registry.reference.ccpa import CcpaBusinessPurpose
from registry.reference.purposes import PurposeTerm
from registry.reference.roles import CcpaRole, RecipientRole
from registry.versioning.base import Part


class ActivityRow(Part):
    """A row of an activity, in its place among its like.

    Rows are found by their activity. Of their keys of catalogue entries only those that the list of activities asks for
    have an index: all else can afford one pass over a table, and writing thirty rows a record can't afford the rest.
    """

    ROOT = "activity"

    class Meta:
        abstract = True


class Purpose(ActivityRow):
    """A purpose of the processing (Art. 30(1)(b))."""

    activity = models.ForeignKey(ProcessingActivity, on_delete=models.CASCADE, related_name="purposes")
    text = models.TextField()
    term = models.CharField(max_length=60, choices=PurposeTerm, blank=True)
    ccpa_business_purpose = models.CharField(max_length=30, choices=CcpaBusinessPurpose, blank=True)

    class Meta:
        ordering = ("position", "pk")
        verbose_name = _("purpose")
        verbose_name_plural = _("purposes")

    def __str__(self) -> str:
        return self.text


class ActivityLegalBasis(ActivityRow):
    """A legal basis of one purpose or of the whole activity, with what the law wants recorded beside it."""

    activity = models.ForeignKey(ProcessingActivity, on_delete=models.CASCADE, related_name="legal_bases")
    legal_basis = models.ForeignKey(
        LegalBasis, null=True, blank=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    stated_as = words_column()
    purpose = models.ForeignKey(Purpose, null=True, blank=True, on_delete=models.SET_NULL, related_name="legal_bases")
    provision = models.TextField(blank=True)
    interest = models.TextField(blank=True)
    assessment_document = models.CharField(max_length=500, blank=True)
    assessment_outcome = models.TextField(blank=True)
    assessed_on = models.DateField(null=True, blank=True)
    special_category_condition = models.ForeignKey(
        LegalBasis, null=True, blank=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    schedule_1_condition = models.CharField(max_length=300, blank=True)
    authorising_law = models.CharField(max_length=300, blank=True)
    policy_document = models.CharField(max_length=500, blank=True)
    policy_followed = answer_column()
    policy_deviation = models.TextField(blank=True)

    class Meta:
        ordering = ("position", "pk")
        verbose_name = _("legal basis of the activity")
        verbose_name_plural = _("legal bases of the activity")

    def __str__(self) -> str:
        return str(self.legal_basis or self.stated_as)


class ActivityDataSubject(ActivityRow):
    """A category of data subjects of the activity (Art. 30(1)(c)), and how many people that is, roughly."""

    activity = models.ForeignKey(ProcessingActivity, on_delete=models.CASCADE, related_name="data_subjects")
    category = models.ForeignKey(
        DataSubjectCategory, null=True, blank=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    stated_as = words_column()
    approximate_number = models.PositiveBigIntegerField(null=True, blank=True)

    class Meta:
        ordering = ("position", "pk")
        verbose_name = _("data subjects of the activity")
        verbose_name_plural = _("data subjects of the activity")

    def __str__(self) -> str:
        return str(self.category or self.stated_as)


class ActivityDataCategory(ActivityRow):
    """A category of personal data of the activity (Art. 30(1)(c)): whose, kept how long, from where, in which words."""

    activity = models.ForeignKey(ProcessingActivity, on_delete=models.CASCADE, related_name="data_categories")
    category = models.ForeignKey(DataCategory, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    stated_as = words_column()
    data_subject = models.ForeignKey(
        ActivityDataSubject, null=True, blank=True, on_delete=models.SET_NULL, related_name="data_categories"
    )
    retention_schedule = models.ForeignKey(
        RetentionSchedule, null=True, blank=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    retention_stated_as = words_column()
    source = models.CharField(max_length=300, blank=True)
    obligatory = answer_column()
    refusal_consequence = models.TextField(blank=True)
    items = models.TextField(blank=True)

    class Meta:
        ordering = ("position", "pk")
        verbose_name = _("data category of the activity")
        verbose_name_plural = _("data categories of the activity")

    def __str__(self) -> str:
        return str(self.category or self.stated_as)


class ActivityRecipient(ActivityRow):
    """A recipient of the activity's data (Art. 30(1)(d)): what for, when, in which role; sold or shared (CCPA)."""

    activity = models.ForeignKey(ProcessingActivity, on_delete=models.CASCADE, related_name="recipients")
    recipient = models.ForeignKey(Recipient, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    stated_as = words_column()
    what_for = models.TextField(blank=True)
    disclosed_when = models.CharField(max_length=300, blank=True)
    role = models.CharField(max_length=30, choices=RecipientRole, blank=True)
    ccpa_role = models.CharField(max_length=30, choices=CcpaRole, blank=True)
    sold = answer_column()
    shared = answer_column()

    class Meta:
        ordering = ("position", "pk")
        verbose_name = _("recipient of the activity")
        verbose_name_plural = _("recipients of the activity")

    def __str__(self) -> str:
        return str(self.recipient or self.stated_as)


class ActivitySystem(ActivityRow):
    """A system in which the activity's data are processed."""

    activity = models.ForeignKey(ProcessingActivity, on_delete=models.CASCADE, related_name="systems")
    system = models.ForeignKey(
        System, null=True, blank=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    stated_as = words_column()

    class Meta:
        ordering = ("position", "pk")
        verbose_name = _("system of the activity")
        verbose_name_plural = _("systems of the activity")

    def __str__(self) -> str:
        return str(self.system or self.stated_as)


class ActivityMeasure(ActivityRow):
    """A technical or organisational measure of the activity (Art. 30(1)(g), 30(2)(d))."""

    activity = models.ForeignKey(ProcessingActivity, on_delete=models.CASCADE, related_name="measures")
    measure = models.ForeignKey(
        SecurityMeasure, null=True, blank=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    stated_as = words_column()

    class Meta:
        ordering = ("position", "pk")
        verbose_name = _("security measure of the activity")
        verbose_name_plural = _("security measures of the activity")

    def __str__(self) -> str:
        return str(self.measure or self.stated_as)


class ActivityJointController(ActivityRow):
    """A controller who determines purposes and means together with ours (Art. 26), and the arrangement between them."""

    activity = models.ForeignKey(ProcessingActivity, on_delete=models.CASCADE, related_name="joint_controllers")
    organisation = models.ForeignKey(
        Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    stated_as = words_column()
    arrangement = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ("position", "pk")
        verbose_name = _("joint controller")
        verbose_name_plural = _("joint controllers")

    def __str__(self) -> str:
        return str(self.organisation or self.stated_as)


class ActivityController(ActivityRow):
    """A controller on whose behalf we process, and the categories of processing for it (Art. 30(2)(a) and (b))."""

    activity = models.ForeignKey(ProcessingActivity, on_delete=models.CASCADE, related_name="controllers")
    organisation = models.ForeignKey(
        Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    stated_as = words_column()
    categories_of_processing = models.TextField(blank=True)

    class Meta:
        ordering = ("position", "pk")
        verbose_name = _("controller served")
        verbose_name_plural = _("controllers served")

    def __str__(self) -> str:
        return str(self.organisation or self.stated_as)
