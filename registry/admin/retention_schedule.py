"""Retention schedules: period, trigger, disposal."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from registry.admin.catalogue import CatalogueAdmin, StateFilter
from registry.models import RetentionSchedule


@admin.register(RetentionSchedule)
class RetentionScheduleAdmin(CatalogueAdmin):
    """The catalogue of time limits for erasure."""

    list_display = ("name", "period", "unit", "trigger", "legal_source", "disposal", "retired_on")
    list_filter = (StateFilter, "unit", "disposal", "criteria_only", "permanent")
    search_fields = ("name", "text", "legal_source")
    search_help_text = _("Search by name, words or legal source.")
    fieldsets = (
        (None, {"fields": ("name", "text", "retired_on")}),
        (
            _("In figures"),
            {"fields": (("period", "unit"), "trigger", "legal_source", "disposal", "criteria_only", "permanent")},
        ),
    )
    empty_help = _("The time limits for erasing data belong here: how long, from when, and what happens then.")
