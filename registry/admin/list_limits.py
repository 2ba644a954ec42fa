"""What a list is limited by, said in words: for the line above it, and for what is made of it."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.contrib.admin.views.main import SEARCH_VAR, ChangeList
from django.utils.translation import gettext as _t


@dataclass(frozen=True)
class Limit:
    """A limit of a list in words, and the query of the same list without it."""

    words: str
    without: str


def limits_of(changelist: ChangeList) -> Iterator[Limit]:
    """Yield everything that the list is limited by: its filters, other conditions in the address, and the search."""
    known: set[str] = set()
    for spec in changelist.filter_specs:
        names = [name for name in spec.expected_parameters() if name is not None]
        known.update(names)
        if getattr(spec, "value", lambda: None)() is None:
            continue
        for choice in spec.choices(changelist):
            if choice["selected"]:
                shown, title = str(choice["display"]), str(spec.title)
                words = shown if title.casefold() in shown.casefold() else f"{title} {shown}"
                yield Limit(words, changelist.get_query_string(remove=names))
    for name, values in changelist.get_filters_params().items():
        if name not in known:
            said = ", ".join(map(str, values)) if isinstance(values, list) else values
            yield Limit(f"{name}: {said}", changelist.get_query_string(remove=[name]))
    if changelist.query:
        words = _t("search “%(words)s”") % {"words": changelist.query}
        yield Limit(words, changelist.get_query_string(remove=[SEARCH_VAR]))
