"""Lists whose addresses people have altered by hand: what can't be looked for leads to the whole list."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.admin.views.main import ERROR_FLAG, ChangeList
from django.db import DatabaseError, connection, transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _t

from registry.record.numbers import say_number

MOST_WORDS, MOST_CHARACTERS = 50, 1000
"""What a search is at most. SQLite nests a condition for each word, and refuses a thousand; joins are slow before."""

REFUSED_LOOKUPS = frozenset({"regex", "iregex"})
"""What no filter of ours uses, and with what anybody could keep the database busy for as long as it lives."""

MISTAKES = (DatabaseError, ArithmeticError, LookupError, ValueError, TypeError, RecursionError)
"""What Django, or the database, raises for a value that a column can't be compared with."""


@contextmanager
def understood(request: HttpRequest) -> Iterator[None]:
    """Raise IncorrectLookupParameters for what goes wrong inside, where the address asks for anything.

    Inside a transaction that goes on, which PostgreSQL would not allow after an error without a savepoint.
    """
    if not any(name != ERROR_FLAG for name in request.GET):
        yield
        return
    try:
        if connection.in_atomic_block:
            with transaction.atomic():
                yield
        else:
            yield
    except MISTAKES as error:
        raise IncorrectLookupParameters(error) from error


class AnsweredChangeList(ChangeList):
    """A list that takes whatever stands in its address, or raises IncorrectLookupParameters."""

    def get_filters(self, request: HttpRequest) -> Any:
        """Return the filters; refuses conditions that may take for ever."""
        if any(name.rpartition("__")[2] in REFUSED_LOOKUPS for name in self.get_filters_params()):
            raise IncorrectLookupParameters
        return super().get_filters(request)

    def get_queryset(self, request: HttpRequest, exclude_parameters: Any = None) -> QuerySet:
        """Return what is found; refuses a search that is too long, rather than to find nothing without a word."""
        if is_too_long(self.query):
            raise IncorrectLookupParameters
        with understood(request):
            found: QuerySet = super().get_queryset(request, exclude_parameters)
        return found

    def get_results(self, request: HttpRequest) -> None:
        """Read the page: only now does the database say what it can't compare."""
        with understood(request):
            super().get_results(request)


class AnsweredList(admin.ModelAdmin):
    """Mixin of every model admin: its list, its search, and what is said where these can't be understood."""

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        """Return the list that takes whatever stands in its address."""
        return AnsweredChangeList

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """Return the list; where an address led here that wasn't understood, say so above it."""
        if ERROR_FLAG in request.GET and request.method == "GET":
            if len(request.GET) > 1:
                return HttpResponseRedirect(f"{request.path}?{ERROR_FLAG}=1")
            messages.warning(request, not_understood())
        return super().changelist_view(request, extra_context)

    def get_search_results(self, request: HttpRequest, queryset: QuerySet, search_term: str) -> tuple[QuerySet, bool]:
        """Return what is found: nothing, by the picker of a form, where the search is longer than any list takes."""
        if is_too_long(search_term):
            return queryset.none(), False
        return super().get_search_results(request, queryset, search_term)


def is_too_long(search: str) -> bool:
    """Return whether a search has more words or characters than are looked for."""
    return len(search) > MOST_CHARACTERS or len(search.split()) > MOST_WORDS


def not_understood() -> str:
    """Return what is said of an address, or a search, that a list can't make anything of."""
    said = _t(
        "The list can't look for what this address asked for, so it shows everything. A search has at most "
        "%(words)s words and %(characters)s characters."
    )
    return said % {"words": say_number(MOST_WORDS), "characters": say_number(MOST_CHARACTERS)}
