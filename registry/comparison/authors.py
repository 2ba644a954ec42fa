"""Who made the changes between two registers: the change sets that touched an activity, or what it refers to."""

from collections import defaultdict
from collections.abc import Iterable, Mapping

from django.db.models import Value

from registry import models
from registry.comparison.registers import ORGANISATION, ActivityChange
from registry.record.classes import ROOTS

_ACTIVITY = models.ProcessingActivity.__name__
_BY_NAME = {model.__name__: model for model in ROOTS}
Touched = Mapping[int, tuple[models.ChangeSet, ...]]
"""Key of an activity → the change sets that made it differ, the oldest first."""


def authors(changes: Iterable[ActivityChange], after: int, until: int) -> Touched:
    """Return the change sets from the one after ``after`` up to ``until`` that made each of ``changes``: two queries.

    Of what an activity refers to, those count that touched an entry which is named among its differences; what changed
    in an organisation is told of the organisation alone, and so is by whom (``authors_of``).
    """
    concerned: dict[tuple[str, int], set[int]] = defaultdict(set)
    for change in changes:
        concerned[_ACTIVITY, change.pk].add(change.pk)
        for entry in change.referred:
            if entry.model == ORGANISATION:
                continue
            concerned[entry.model, entry.pk].add(change.pk)
    wanted: dict[str, set[int]] = defaultdict(set)
    for model, pk in concerned:
        wanted[model].add(pk)
    numbers: dict[int, set[int]] = defaultdict(set)
    for model, pk, number in _versions(wanted, after, until):
        for activity in concerned.get((model, pk), ()):
            numbers[activity].add(number)
    sets = models.ChangeSet.objects.filter(sequence__gt=after, sequence__lte=until).in_bulk(
        sorted(set[int]().union(*numbers.values()))
    )
    return {pk: tuple(sets[number] for number in sorted(some)) for pk, some in numbers.items()}


def authors_of(model: str, pks: Iterable[int], after: int, until: int) -> Touched:
    """Return the change sets from the one after ``after`` up to ``until`` that touched these entries of a model.

    By the keys of the entries. Two queries, none where there are no keys.
    """
    numbers: dict[int, set[int]] = defaultdict(set)
    for _model, pk, number in _versions({model: found} if (found := set(pks)) else {}, after, until):
        numbers[pk].add(number)
    sets = models.ChangeSet.objects.in_bulk(sorted(set[int]().union(*numbers.values()))) if numbers else {}
    return {pk: tuple(sets[number] for number in sorted(some)) for pk, some in numbers.items()}


def _versions(wanted: Mapping[str, set[int]], after: int, until: int) -> Iterable[tuple[str, int, int]]:
    """Return (model, key, change set) of every version in between; few are asked for by key, many are sifted."""
    queries = []
    for name, pks in sorted(wanted.items()):
        versions = _BY_NAME[name].history.model.objects.filter(change_set_id__gt=after, change_set_id__lte=until)
        if len(pks) <= MOST_KEYS:
            versions = versions.filter(id__in=pks)
        queries.append(versions.order_by().annotate(of=Value(name)).values_list("of", "id", "change_set_id"))
    if not queries:
        return ()
    first, *others = queries
    return first.union(*others, all=True) if others else first  # type: ignore[no-any-return]


MOST_KEYS = 2000
"""Up to so many objects are named to the database; it limits how many values a query may have."""
