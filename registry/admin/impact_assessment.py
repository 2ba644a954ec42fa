"""The list of all impact assessments, and of the decisions that none is needed."""

from django.contrib import admin
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from registry.admin.across import OF_THE_ACTIVITY, AcrossActivities, by_fact
from registry.compliance import screening
from registry.models import ImpactAssessment
from registry.reference.answers import Answer

CRITERIA = tuple(key for key, _criterion in screening.CRITERIA)
"""The columns that hold the answers to the nine criteria."""


@admin.register(ImpactAssessment)
class ImpactAssessmentAdmin(AcrossActivities):
    """Impact assessments."""

    rows = "impact_assessments"
    change_list_template = "admin/registry/impactassessment/change_list.html"
    list_display = (
        "title",
        "of_activity",
        "criteria",
        "conclusion",
        "status",
        "completed_on",
        "residual_risk",
        "document",
        "screening",
    )
    list_filter = (
        *(by_fact(ImpactAssessment, key) for key in ("conclusion", "status", "residual_risk", "prior_consultation")),
        *OF_THE_ACTIVITY,
    )
    search_fields = (
        "title",
        "conclusion_reason",
        "national_list",
        "dpo_advice",
        "document",
        "activity__reference",
        "activity__name",
    )
    search_help_text = _("Search by title, reason, national list, advice, document or activity.")
    empty_help = _(
        "Where processing is likely to result in a high risk, its impact is assessed beforehand (GDPR Art. 35). The "
        "assessment, or the decision that none is needed, is entered in the record of its activity."
    )

    @admin.display(description=_("Criteria met"))
    def criteria(self, assessment: ImpactAssessment) -> str:
        """How many of the nine criteria are answered with yes, and how many nobody has answered."""
        answers = [getattr(assessment, key) for key in CRITERIA]
        met, still_open = answers.count(Answer.YES), answers.count(Answer.NOT_ASSESSED)
        said = _("%(met)d of 9, %(open)d not assessed") if still_open else _("%(met)d of 9")
        return said % {"met": met, "open": still_open}

    @admin.display(description=_("Screening"))
    def screening(self, assessment: ImpactAssessment) -> str:
        """The way to the screening of its activity."""
        address = reverse("admin:screening", args=[assessment.activity_id])
        return format_html('<a href="{}">{}</a>', address, _t("Open"))
