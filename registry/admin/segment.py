"""The list of all customer segments. Reviewing them has a page of its own."""

from typing import Any

from django.contrib import admin
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from registry.admin.across import OF_THE_ACTIVITY, AcrossActivities, by_fact
from registry.admin.declared import declared
from registry.admin.due import due_by, said_day
from registry.models import Segment
from registry.record.numbers import say_number

FACTS = declared(Segment)


@admin.register(Segment)
class SegmentAdmin(AcrossActivities):
    """Customer segments."""

    rows = "segments"
    change_list_template = "admin/registry/segment/change_list.html"
    list_display = (
        "named",
        "of_activity",
        "contact_basis",
        "consent",
        "opt_out",
        "identifiability",
        "people",
        "review",
    )
    list_select_related: Any = ("activity", "consent")
    list_filter = (
        due_by(Segment, "next_review_on"),
        *(by_fact(Segment, key) for key in ("contact_basis", "identifiability")),
        *OF_THE_ACTIVITY,
    )
    search_fields = (
        "name",
        "criteria",
        "opt_out",
        "minimisation",
        "consent__name",
        "activity__reference",
        "activity__name",
    )
    search_help_text = _("Search by name, criteria, opt-out, consent mechanism or activity.")
    empty_help = _(
        "A segment is a group of people who are addressed or treated alike because of what their data say, such as "
        "customers who have bought nothing for a year. Each is entered in the record of the activity that makes it."
    )

    @admin.display(description=_(FACTS["name"].label), ordering="name")
    def named(self, segment: Segment) -> str:
        """The name, as the way to its review."""
        return format_html('<a href="{}?segment={}">{}</a>', reverse("admin:segment_review"), segment.pk, segment)

    @admin.display(description=_(FACTS["audience_size"].label), ordering="audience_size")
    def people(self, segment: Segment) -> str:
        """How many people are in it."""
        return "–" if segment.audience_size is None else say_number(segment.audience_size)

    @admin.display(description=_("Next review"), ordering="next_review_on")
    def review(self, segment: Segment) -> str:
        """The day, and whether it has come."""
        return said_day(segment.next_review_on)
