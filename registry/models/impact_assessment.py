"""The impact assessment of an activity: whether one is needed, and what came of it (Arts. 35 and 36)."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from registry.models.activity_rows import ActivityRow
from registry.models.columns import answer_column
from registry.models.processing_activity import ProcessingActivity
from registry.reference.dpia_criteria import AssessmentConclusion, AssessmentStatus, ResidualRisk


class ImpactAssessment(ActivityRow):
    """An assessment, or the decision that none is needed; where there are several, the last in the list counts.

    The twelve answers are a person's: what the rest of the record suggests is worked out where it is shown. The reason
    of an answer that differs from it stands beside the answer, or for several in ``deviation``. ``suggested`` is what
    the record suggested on the day on which somebody decided, ``screened_on``.
    """

    activity = models.ForeignKey(ProcessingActivity, on_delete=models.CASCADE, related_name="impact_assessments")
    title = models.CharField(max_length=250)
    evaluation = answer_column()
    automated_decision = answer_column()
    systematic_monitoring = answer_column()
    sensitive_data = answer_column()
    large_scale = answer_column()
    matching = answer_column()
    vulnerable_subjects = answer_column()
    new_technology = answer_column()
    hinders_rights = answer_column()
    case_evaluation = answer_column()
    case_special_data = answer_column()
    case_public_monitoring = answer_column()
    evaluation_reason = models.TextField(blank=True)
    automated_decision_reason = models.TextField(blank=True)
    systematic_monitoring_reason = models.TextField(blank=True)
    sensitive_data_reason = models.TextField(blank=True)
    large_scale_reason = models.TextField(blank=True)
    matching_reason = models.TextField(blank=True)
    vulnerable_subjects_reason = models.TextField(blank=True)
    new_technology_reason = models.TextField(blank=True)
    hinders_rights_reason = models.TextField(blank=True)
    case_evaluation_reason = models.TextField(blank=True)
    case_special_data_reason = models.TextField(blank=True)
    case_public_monitoring_reason = models.TextField(blank=True)
    deviation = models.TextField(blank=True)
    suggested = models.TextField(blank=True)
    screened_on = models.DateField(null=True, blank=True)
    national_list = models.CharField(max_length=500, blank=True)
    conclusion = models.CharField(max_length=20, choices=AssessmentConclusion, blank=True)
    conclusion_reason = models.TextField(blank=True)
    status = models.CharField(max_length=20, choices=AssessmentStatus, blank=True)
    completed_on = models.DateField(null=True, blank=True)
    residual_risk = models.CharField(max_length=20, choices=ResidualRisk, blank=True)
    dpo_advice = models.TextField(blank=True)
    prior_consultation = answer_column()
    consulted_on = models.DateField(null=True, blank=True)
    document = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ("position", "pk")
        verbose_name = _("impact assessment")
        verbose_name_plural = _("impact assessments")

    def __str__(self) -> str:
        return self.title
