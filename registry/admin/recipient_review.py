"""Reviews of recipients: due diligence, and when it is due again."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from registry.admin.base import RegistryAdmin
from registry.admin.due import due_by, said_day
from registry.admin.entry_rows import NamesEntries
from registry.models import RecipientReview


@admin.register(RecipientReview)
class RecipientReviewAdmin(NamesEntries, RegistryAdmin):
    """Reviews of recipients."""

    list_display = ("recipient", "name", "kind", "reviewed_on", "outcome", "next_review")
    list_display_links = ("recipient", "name")
    list_filter = ("outcome", "kind", due_by(RecipientReview, "next_review_on"))
    list_select_related = ("recipient",)
    search_fields = ("recipient__name", "name", "notes")
    search_help_text = _("Search by recipient, what was examined, or notes.")
    autocomplete_fields = ("recipient", "document")
    fieldsets = (
        (None, {"fields": ("recipient", "name", "kind", "document")}),
        (_("What came of it"), {"fields": ("reviewed_on", "outcome", "notes", "next_review_on")}),
    )
    empty_help = _(
        "Each look at the guarantees of a processor belongs here: a questionnaire, a certificate, a visit, and when "
        "the next one is due."
    )

    @admin.display(description=_("Next review on"), ordering="next_review_on")
    def next_review(self, review: RecipientReview) -> str:
        """The day of the next review, marked where it has come."""
        return said_day(review.next_review_on)
