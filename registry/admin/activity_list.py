"""The list of activities: its columns in short words, read in a fixed number of queries."""

from collections.abc import Iterable
from typing import Any

from django.contrib import admin
from django.contrib.admin.views.main import ChangeList
from django.db.models import Prefetch, QuerySet, prefetch_related_objects
from django.http import HttpRequest
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.text import Truncator
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from registry.admin.activity_filters import FILTERS, CountedFilter, QuestionFilter, count_all
from registry.admin.activity_gaps import SHAPES
from registry.admin.activity_search import search
from registry.admin.counted_filters import COUNTED_FILTERS
from registry.admin.counted_names import short_citation
from registry.admin.list_address import AnsweredChangeList, is_too_long
from registry.admin.list_limits import Limit, limits_of
from registry.compliance.gap import Severity
from registry.models import ActivityDataCategory, ActivityLegalBasis, ProcessingActivity, Transfer
from registry.record.words import quoted
from registry.reference import countries
from registry.reference.activity import ActivityStatus
from registry.reference.answers import Answer
from registry.reference.special_category import DataSensitivity
from registry.standing.refresh import refresh

NOTHING = "–"
SHOWN = 2
"""How many legal bases or countries a line names before it counts the rest."""

FOLDED_FROM = 12
"""A filter with more lines than this starts folded."""

_SHAPES = {
    ActivityStatus.DRAFT: "○",
    ActivityStatus.IN_REVIEW: "◐",
    ActivityStatus.APPROVED: "●",
    ActivityStatus.RETIRED: "□",
}
_SENSITIVE = {
    DataSensitivity.SPECIAL_CATEGORY: "Art. 9",
    DataSensitivity.CRIMINAL_OFFENCE: "Art. 10",
    DataSensitivity.NATIONAL_IDENTIFIER: "Art. 87",
}


class ActivityChangeList(AnsweredChangeList):
    """The page of activities with all that its columns show, and with the counts of its filters."""

    def get_results(self, request: HttpRequest) -> None:
        """Read the page, then what belongs to its rows in one query for each kind, then the counts."""
        self.unchecked = refresh()
        super().get_results(request)
        page = list(self.result_list)
        prefetch_related_objects(
            page,
            _columns_of("legal_bases", ActivityLegalBasis, "legal_basis", "citation", "title"),
            _columns_of("data_categories", ActivityDataCategory, "category", "sensitivity"),
            "standing",
            Prefetch("transfers", Transfer._base_manager.order_by("position", "pk")),
        )
        self.result_list = page
        count_all(self, request)

    def limits(self) -> list[Limit]:
        """Return what the list is limited by, in words, each with the address of the list without it."""
        return list(limits_of(self))

    def questions(self) -> list[dict[str, Any]]:
        """Return the line of every question."""
        return [line for spec in self.filter_specs if isinstance(spec, QuestionFilter) for line in spec.choices(self)]

    def choice_groups(self) -> list[dict[str, Any]]:
        """Return the other filters with their lines; a long one is folded until it is used."""
        groups = []
        for spec in self.filter_specs:
            if isinstance(spec, CountedFilter):
                lines = list(spec.choices(self))
                is_open = len(lines) <= FOLDED_FROM or spec.value() is not None
                groups.append({"title": spec.title, "lines": lines, "is_open": is_open})
        return groups


def _columns_of(relation: str, row: Any, entry: str, *columns: str) -> Prefetch:
    rows = row._base_manager.select_related(entry).order_by("position", "pk")
    only = ["activity", "stated_as", entry, *(f"{entry}__{column}" for column in columns)]
    return Prefetch(relation, rows.only(*only))


def _first_few(texts: Iterable[str]) -> str:
    distinct = list(dict.fromkeys(filter(None, texts)))
    more = len(distinct) - SHOWN
    shown = ", ".join(distinct[:SHOWN]) or NOTHING
    if more <= 0:
        return shown
    said = ngettext("%(shown)s and %(count)d more", "%(shown)s and %(count)d more", more)
    return said % {"shown": shown, "count": more}


class ActivityList(admin.ModelAdmin):
    """Mixin for the model admin: columns, filters, search and order of the list of activities."""

    list_display = (
        "reference",
        "name",
        "place",
        "bases",
        "special",
        "third_countries",
        "gaps",
        "state",
        "review",
    )
    list_filter = (*FILTERS, *COUNTED_FILTERS)
    list_select_related = ("organisation", "unit")
    list_per_page = 50
    show_facets = admin.ShowFacets.NEVER
    show_full_result_count = False
    ordering = ("organisation__name", "reference")
    search_fields = ("reference", "name")
    search_help_text = _("References, names, purposes, data subjects and recipients. All words must be found.")

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        """Return our list."""
        return ActivityChangeList

    def get_list_display_links(self, request: HttpRequest, list_display: Any) -> list[Any]:
        """Return the columns that lead to the record, whether they stand there by name or as declared columns."""
        return [shown for shown in list_display if str(shown) in ("reference", "name")]

    def get_search_results(self, request: HttpRequest, queryset: QuerySet, search_term: str) -> tuple[QuerySet, bool]:
        """Return the activities found, none of them twice."""
        if is_too_long(search_term):
            return queryset.none(), False
        return search(queryset, search_term), False

    @admin.display(description=_("Gaps"))
    def gaps(self, activity: ProcessingActivity) -> str | SafeString:
        """How many open gaps of each severity, in numbers and shapes."""
        standing = getattr(activity, "standing", None)
        if standing is None or not standing.open_gaps:
            return NOTHING
        parts = [
            (severity.value, SHAPES[severity], number, severity.label)
            for severity in Severity
            if (number := getattr(standing, severity.value))
        ]
        return format_html_join(
            " ",
            '<span class="severity severity-{}" title="{} {}"><span aria-hidden="true">{}</span> {}'
            '<span class="visually-hidden"> {}</span></span>',
            [(code, number, label, shape, number, label) for code, shape, number, label in parts],
        )

    @admin.display(description=_("Unit and role"), ordering="unit__name")
    def place(self, activity: ProcessingActivity) -> SafeString:
        """Where in the organisation it belongs, and the organisation's own role in it."""
        unit = activity.unit.name if activity.unit is not None else NOTHING
        return format_html('{}<span class="second">{}</span>', unit, activity.get_role_display())

    @admin.display(description=_("Legal bases"))
    def bases(self, activity: ProcessingActivity) -> str:
        """The legal bases by citation, or in words."""
        rows = activity.legal_bases.all()
        return _first_few(short_citation(row.legal_basis) if row.legal_basis else _brief(row.stated_as) for row in rows)

    @admin.display(description=_("Special data"))
    def special(self, activity: ProcessingActivity) -> str:
        """Which articles its data fall under, Art. 9 also where it is only answered, or that nobody has said."""
        found = {_SENSITIVE.get(row.category.sensitivity, "") for row in activity.data_categories.all() if row.category}
        if activity.special_categories == Answer.YES:
            found.add(_SENSITIVE[DataSensitivity.SPECIAL_CATEGORY])
        if shown := [article for article in _SENSITIVE.values() if article in found]:
            return ", ".join(shown)
        return _t("None") if activity.special_categories == Answer.NO else NOTHING

    @admin.display(description=_("Transfers"))
    def third_countries(self, activity: ProcessingActivity) -> str:
        """The countries and international organisations, or none, or that nobody has said."""
        if rows := activity.transfers.all():
            return _first_few(
                row.international_organisation
                or (countries.by_code(row.country).name if row.country else _brief(row.stated_as))
                for row in rows
            )
        return _t("None") if activity.transfers_answer == Answer.NO else NOTHING

    @admin.display(description=_("Status"), ordering="status")
    def state(self, activity: ProcessingActivity) -> SafeString:
        """The status, by a shape and a word."""
        status = ActivityStatus(activity.status)
        return format_html(
            '<span class="state state-{}"><span aria-hidden="true">{}</span> {}</span>',
            status.value,
            _SHAPES[status],
            status.label,
        )

    @admin.display(description=_("Next review"), ordering="next_review_on")
    def review(self, activity: ProcessingActivity) -> str:
        """The day, and whether it has come."""
        if activity.next_review_on is None:
            return NOTHING
        shown = date_format(activity.next_review_on, "SHORT_DATE_FORMAT")
        if activity.next_review_on > timezone.localdate() or activity.status == ActivityStatus.RETIRED:
            return shown
        return format_html(
            '<span class="state state-due"><span aria-hidden="true">▲</span> {} {}</span>', shown, _t("due")
        )


def _brief(words: str) -> str:
    return quoted(Truncator(words).chars(24)) if words else ""
