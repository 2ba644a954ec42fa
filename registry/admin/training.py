"""Trainings: who was taught what, and when again."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from registry.admin.base import RegistryAdmin
from registry.admin.due import due_by, said_day
from registry.admin.entry_rows import NamesEntries
from registry.models import Training


@admin.register(Training)
class TrainingAdmin(NamesEntries, RegistryAdmin):
    """Trainings."""

    list_display = ("name", "audience", "organisation", "held_on", "participants", "next_training")
    list_filter = (due_by(Training, "next_on"), ("organisation", admin.RelatedOnlyFieldListFilter))
    list_select_related = ("organisation",)
    search_fields = ("name", "audience", "held_by", "notes")
    search_help_text = _("Search by topic, audience, who held it, or notes.")
    autocomplete_fields = ("organisation", "document")
    fieldsets = (
        (None, {"fields": ("name", "organisation", "audience")}),
        (_("When"), {"fields": (("held_on", "next_on"), "held_by", "participants")}),
        (_("Evidence"), {"fields": ("document", "notes")}),
    )
    empty_help = _(
        "Trainings of those who process personal data belong here: held ones with their proof, planned ones with "
        "their day."
    )

    @admin.display(description=_("Next on"), ordering="next_on")
    def next_training(self, training: Training) -> str:
        """The day of the next one, marked where it has come."""
        return said_day(training.next_on)
