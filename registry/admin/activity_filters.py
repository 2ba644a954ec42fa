"""The filters of the list of activities: questions that are on or off, and facts to choose a value of, with counts."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from operator import itemgetter
from typing import Any

from django.contrib.admin import SimpleListFilter
from django.contrib.admin.views.main import ChangeList
from django.contrib.auth import get_user_model
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from registry.admin.activity_questions import count_questions
from registry.admin.counted_filters import counts_towards
from registry.models import Organisation, OrganisationUnit
from registry.record.activity import ActivityRecord
from registry.record.definition import facts
from registry.standing.counting import QUESTION
from registry.standing.owner_changes import changed_since_approval
from registry.standing.questions import QUESTIONS, Question
from registry.versioning.account import name_of

ON = "yes"
"""What stands in the address behind the key of a question that is asked."""

NOWHERE = "none"
"""What stands in the address for activities that state nothing to choose by."""


class QuestionFilter(SimpleListFilter):
    """A question of the officer's: asked or not. ``count`` is the number of activities that it would leave."""

    is_part = False
    count: int | None = None

    @classmethod
    def condition(cls) -> Q:
        """Return of which activities the question is true: those that are counted towards it, where nothing else is
        said."""
        return counts_towards(QUESTION, str(cls.parameter_name))

    def lookups(self, request: HttpRequest, model_admin: Any) -> Iterable[tuple[str, Any]]:
        """Return the single value that a question has."""
        return ((ON, self.title),)

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        """Return the activities of which the question is true, if it is asked."""
        return queryset.filter(self.condition()) if self.value() == ON else queryset

    def choices(self, changelist: ChangeList) -> Iterator[dict[str, Any]]:
        """Yield the one line that is drawn: choosing it asks the question, choosing it again withdraws it."""
        asked = self.value() == ON
        change = {} if asked else {self.parameter_name: ON}
        yield {
            "selected": asked,
            "query_string": changelist.get_query_string(change, remove=[self.parameter_name]),
            "display": self.title,
            "count": self.count,
            "part": self.is_part,
        }


def _filter_for(question: Question) -> type[QuestionFilter]:
    attributes = {"title": question.label, "parameter_name": question.key, "is_part": bool(question.part_of)}
    return type(f"Question_{question.key.replace('-', '_')}", (QuestionFilter,), attributes)


class ChangedByOwner(QuestionFilter):
    """Approved, and changed by its owner since. That is noted with the change, and not worked out of the record."""

    title = _("Changed by owner since approval")
    parameter_name = "changed-by-owner"

    @classmethod
    def condition(cls) -> Q:
        """Return of which activities that waits for an officer."""
        return Q(pk__in=changed_since_approval().values("pk"))


class CountedFilter(SimpleListFilter):
    """A fact to choose a value of; ``counts`` says how many activities each value would leave."""

    counts: Mapping[str, int] | None = None

    @property
    def column(self) -> str:
        """The column of the activity that is chosen by."""
        return str(self.parameter_name)

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        """Return the activities with the chosen value; none for a value that doesn't exist."""
        value = self.value()
        if value is None:
            return queryset
        known = {str(code) for code, _label in self.lookup_choices}
        return queryset.filter(**{self.column: value}) if value in known else queryset.none()

    def choices(self, changelist: ChangeList) -> Iterator[dict[str, Any]]:
        """Yield the way back to all, then each value that any activity here has, with its count."""
        counts = self.counts or {}
        yield {
            "selected": self.value() is None,
            "query_string": changelist.get_query_string(remove=[self.parameter_name]),
            "display": _("All"),
            "count": sum(counts.values()),
        }
        for code, label in self.lookup_choices:
            selected = self.value() == str(code)
            if counts.get(str(code)) or selected:
                yield {
                    "selected": selected,
                    "query_string": changelist.get_query_string({self.parameter_name: code}),
                    "display": label,
                    "count": counts.get(str(code), 0),
                }


class _Declared(CountedFilter):
    """A filter by a declared fact with a closed list of values."""

    def __init__(self, *args: Any) -> None:
        self.title = facts(ActivityRecord)[str(self.parameter_name)].title
        super().__init__(*args)

    def lookups(self, request: HttpRequest, model_admin: Any) -> Iterable[tuple[str, Any]]:
        """Return the declared values."""
        return facts(ActivityRecord)[str(self.parameter_name)].choice_pairs()


class StatusFilter(_Declared):
    """By status of the record."""

    parameter_name = "status"


class RoleFilter(_Declared):
    """By our role."""

    parameter_name = "role"


class OrganisationFilter(_Declared):
    """By organisation, where there is more than one whose register is kept."""

    parameter_name = "organisation"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Iterable[tuple[str, Any]]:
        """Return the organisations of our own; nothing to choose from where it is one."""
        own = list(Organisation.objects.filter(is_own=True).order_by("name").values_list("pk", "name"))
        return own if len(own) > 1 else ()


class _OrNone(_Declared):
    """A filter by what an activity may refer to, or that it refers to none."""

    none: Any
    """What the choice of those without any is called."""

    def known(self) -> list[tuple[int, str]]:
        """Return the key and the name of everything there is to choose."""
        raise NotImplementedError

    def lookups(self, request: HttpRequest, model_admin: Any) -> Iterable[tuple[str, Any]]:
        """Return all by name, then that there is none; nothing to choose from where there are none."""
        known = self.known()
        return [*known, (NOWHERE, self.none)] if known or self.value() == NOWHERE else ()

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        """Return the activities with the chosen one, or with none."""
        if self.value() == NOWHERE:
            return queryset.filter(**{self.column: None})
        return super().queryset(request, queryset)


class UnitFilter(_OrNone):
    """By unit of the organisation, or that there is none."""

    parameter_name = "unit"
    none = _("No unit")

    def known(self) -> list[tuple[int, str]]:
        """Return the units."""
        return list(OrganisationUnit.objects.order_by("name").values_list("pk", "name"))


class OwnerFilter(_OrNone):
    """By the account of the owner, or that there is none: what is to be given to somebody else when people leave."""

    parameter_name = "owner"
    none = _("No owner")

    def known(self) -> list[tuple[int, str]]:
        """Return the people who own anything."""
        owners = get_user_model().objects.filter(owned_activities__isnull=False).distinct()
        return sorted(((one.pk, name_of(one)) for one in owners), key=itemgetter(1))


FILTERS = (
    *map(_filter_for, QUESTIONS),
    ChangedByOwner,
    StatusFilter,
    RoleFilter,
    OrganisationFilter,
    UnitFilter,
    OwnerFilter,
)
"""All filters, in the order in which they are shown."""


def count_all(changelist: ChangeList, request: HttpRequest) -> None:
    """Fill in the counts of every filter: a query for all questions but one, one for that, one for all facts, and one
    for each fact chosen."""
    shown = changelist.queryset.order_by()
    numbers = count_questions(shown)
    numbers[ChangedByOwner.parameter_name] = shown.filter(ChangedByOwner.condition()).count()
    for spec in changelist.filter_specs:
        if isinstance(spec, QuestionFilter):
            spec.count = numbers[str(spec.parameter_name)]
    counted = [spec for spec in changelist.filter_specs if isinstance(spec, CountedFilter)]
    columns = [spec.column for spec in counted]
    tallies: dict[str, Counter[str]] = {column: Counter() for column in columns}
    for *values, number in shown.values_list(*columns).annotate(number=Count("pk")) if columns else ():
        for column, value in zip(columns, values, strict=True):
            tallies[column][_key(value)] += number
    for spec in counted:
        if spec.value() is not None:
            others = _without(changelist, spec, request)
            pairs = others.values_list(spec.column).annotate(number=Count("pk"))
            tallies[spec.column] = Counter({_key(value): number for value, number in pairs})
        spec.counts = tallies[spec.column]


def _key(value: Any) -> str:
    return NOWHERE if value is None else str(value)


def _without(changelist: ChangeList, spec: CountedFilter, request: HttpRequest) -> QuerySet:
    """Return what the list would show without this filter. Django makes all filters anew for it: ours are kept."""
    specs = changelist.filter_specs
    try:
        return changelist.get_queryset(request, exclude_parameters=spec.expected_parameters()).order_by()
    finally:
        changelist.filter_specs = specs
