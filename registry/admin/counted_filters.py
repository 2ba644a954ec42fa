"""Filters of the list of activities by what they were counted towards: the lists behind numbers and pictures."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.contrib.admin import SimpleListFilter
from django.contrib.admin.views.main import ChangeList
from django.db.models import Q, QuerySet
from django.http import HttpRequest

from registry.admin.counted_names import TITLES, names_of
from registry.models import Counted


def counts_towards(dimension: str, key: str) -> Q:
    """Return the condition that an activity counts towards a key of a dimension. The derived rows must be fresh."""
    return Q(pk__in=Counted.objects.filter(dimension=dimension, key=key).values("activity"))


class ByCounted(SimpleListFilter):
    """The activities that count towards a key of a dimension. Links lead here; there is nothing to choose from."""

    def lookups(self, request: HttpRequest, model_admin: Any) -> Iterable[tuple[str, Any]]:
        """Return the key that the address names, with its name; nothing where it names none."""
        key, dimension = self.value(), str(self.parameter_name)
        return () if key is None else [(key, names_of({dimension: [key]})[dimension, key])]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        """Return the activities that were counted, as far as they are in ``queryset``."""
        if self.value() is None:
            return queryset
        return queryset.filter(counts_towards(str(self.parameter_name), str(self.value())))

    def choices(self, changelist: ChangeList) -> Iterator[dict[str, Any]]:
        """Yield the one line that says what is chosen."""
        for _key, name in self.lookup_choices:
            without = changelist.get_query_string(remove=[str(self.parameter_name)])
            yield {"selected": True, "query_string": without, "display": name}


COUNTED_FILTERS = tuple(
    type(f"Counted_{dimension.replace('-', '_')}", (ByCounted,), {"title": title, "parameter_name": dimension})
    for dimension, title in TITLES.items()
)
"""One for each dimension whose parts are shown as links."""
