"""Lists of rows across all activities, such as all transfers: to find and compare what is edited in each record."""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

from django.contrib import admin
from django.db.models import Count, QuerySet
from django.http import HttpRequest
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from registry.admin.base import DeclaredList
from registry.admin.declared import declared
from registry.models import Organisation, OrganisationUnit, ProcessingActivity
from registry.record.activity import ActivityRecord
from registry.record.definition import Fact, facts
from registry.record.sections import FORM

NOT_STATED = "-"
"""What stands in the address for rows that state nothing."""


class UsedValues(admin.SimpleListFilter):
    """A fact to choose a value of: those that some row has, with how many rows have each; also that none is stated."""

    column = ""
    fact: Fact

    def __init__(self, request: HttpRequest, params: dict[str, Any], model: Any, model_admin: Any) -> None:
        self.title = self.fact.title
        super().__init__(request, params, model, model_admin)

    def lookups(self, request: HttpRequest, model_admin: Any) -> Iterable[tuple[str, str]]:
        """Return the values in use, in the order in which the fact declares them."""
        rows = model_admin.model._base_manager.order_by().values_list(self.column).annotate(number=Count("pk"))
        used: Counter[str] = Counter()
        for value, number in rows:
            used["" if value is None else str(value)] += number
        known = [(str(code), str(label)) for code, label in self.named()]
        lines = [(code, f"{label} ({used[code]})") for code, label in known if used[code]]
        return [*lines, (NOT_STATED, _("not stated (%(number)d)") % {"number": used[""]})] if used[""] else lines

    def named(self) -> Iterable[tuple[Any, Any]]:
        """Return every value with its name."""
        return self.fact.choice_pairs()

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        """Return the rows with the chosen value; none for a value that no row has."""
        value = self.value()
        if value is None:
            return queryset
        if value not in {str(code) for code, _label in self.lookup_choices}:
            return queryset.none()
        if value != NOT_STATED:
            return queryset.filter(**{self.column: value})
        column = self.column.split("__")[-1]
        model = ProcessingActivity if self.column.startswith("activity__") else queryset.model
        blank = None if model._meta.get_field(column).null else ""
        return queryset.filter(**{self.column: blank})


def by_fact(model: type[Any], key: str) -> type[UsedValues]:
    """Return the filter by a declared fact of the row."""
    return _filter(key, declared(model)[key], UsedValues)


class _Statuses(UsedValues):
    """By status of the activity."""


class _Units(UsedValues):
    """By unit of the activity."""

    def named(self) -> Iterable[tuple[Any, Any]]:
        """Return the units by name."""
        return OrganisationUnit.objects.order_by("name").values_list("pk", "name")


class _Organisations(UsedValues):
    """By organisation of the activity, where there is more than one."""

    def named(self) -> Iterable[tuple[Any, Any]]:
        """Return the organisations by name."""
        return Organisation.objects.order_by("name").values_list("pk", "name")

    def lookups(self, request: HttpRequest, model_admin: Any) -> Iterable[tuple[str, str]]:
        """Return nothing to choose from where there is one."""
        found = list(super().lookups(request, model_admin))
        return found if len(found) > 1 else ()


def _filter(key: str, fact: Fact, base: type[UsedValues]) -> type[UsedValues]:
    column = key if base is UsedValues else f"activity__{key}"
    return type(f"By_{column}", (base,), {"column": column, "parameter_name": column, "fact": fact})


OF_THE_ACTIVITY = tuple(
    _filter(key, facts(ActivityRecord)[key], base)
    for key, base in (("status", _Statuses), ("unit", _Units), ("organisation", _Organisations))
)
"""Filters by the activity that a row belongs to."""


class Across(DeclaredList):
    """A list that is read: each line leads to the form in which it is edited. There are no pages beside the list."""

    list_display_links = None
    list_per_page = 50
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER
    actions = None
    empty_help: Any = ""
    empty_actions: Sequence[str] = ()

    class Media:
        css = {"all": ("registry/entries.css",)}

    def get_urls(self) -> list[Any]:
        """Return the address of the list alone."""
        name = f"{self.opts.app_label}_{self.opts.model_name}_changelist"
        return [path("", self.admin_site.admin_view(self.changelist_view), name=name)]

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Rows are added in the form of what they belong to."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Rows are changed in the form of what they belong to."""
        return False


class AcrossActivities(Across):
    """Such a list of rows of activities: each line names its activity.

    ``rows`` is the key of the activity's list that the rows stand in.
    """

    rows = ""
    list_select_related: Any = ("activity",)
    ordering = ("activity__reference", "position", "pk")
    search_fields: Any = ("activity__reference", "activity__name")
    empty_actions = ("activities",)

    def get_list_display(self, request: HttpRequest) -> Sequence[Any]:
        """Return the columns; activities are links for those who may see them."""
        shown = super().get_list_display(request)
        if request.user.has_perm("registry.view_processingactivity"):
            return shown
        return ["named_activity" if name == "of_activity" else name for name in shown]

    @admin.display(description=_("Processing activity"), ordering="activity__reference")
    def named_activity(self, row: Any) -> str:
        """The activity, by its name alone."""
        return f"{row.activity.reference} {row.activity.name}"

    @admin.display(description=_("Processing activity"), ordering="activity__reference")
    def of_activity(self, row: Any) -> SafeString:
        """The activity, as a link to the section of its form."""
        return format_html('<a href="{}">{} {}</a>', self.place(row), row.activity.reference, row.activity.name)

    def place(self, row: Any) -> str:
        """Return the address at which the row is edited."""
        return place_of(self.rows, row.activity_id)


def place_of(rows: str, activity: Any) -> str:
    """Return the address of the section of an activity's form that holds the list ``rows``."""
    section = next(section.key for section in FORM if rows in section.keys)
    return f"{reverse('admin:registry_processingactivity_change', args=[activity])}#section-{section}"
