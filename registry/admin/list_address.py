"""Addresses that people have altered by hand: what a list can't look for leads to all of it, and no key to nothing."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.admin.views.main import ERROR_FLAG, ChangeList
from django.db import DatabaseError, OperationalError, connection, transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _t

from registry.record.numbers import read_key, say_number

MOST_WORDS, MOST_CHARACTERS = 50, 1000
"""What a search is at most. SQLite nests a condition for each word, and refuses a thousand; joins are slow before."""

REFUSED_LOOKUPS = frozenset({"regex", "iregex"})
"""What no filter of ours uses, and with what anybody could keep the database busy for as long as it lives."""

MISTAKES = (DatabaseError, ArithmeticError, LookupError, ValueError, TypeError, RecursionError)
"""What Django, or the database, raises for a value that a column can't be compared with."""

_DATA, _LIMITS, _STATEMENT = "22", "54", "42"
"""PostgreSQL's classes of errors that an address can cause: https://www.postgresql.org/docs/current/errcodes-appendix.html"""
_PERMISSION, _NO_TABLE, _NO_COLUMN = "42501", "42P01", "42703"
"""What of them is the installation's fault."""
_SQLITE_OF_ADDRESS = frozenset(
    {sqlite3.SQLITE_ERROR, sqlite3.SQLITE_TOOBIG, sqlite3.SQLITE_MISMATCH, sqlite3.SQLITE_RANGE}
)
"""The same of SQLite: neither a lock nor a disk, a file or memory."""


def is_of_address(error: Exception) -> bool:
    """Return whether what was asked for may be the cause of an error, rather than a database that can't answer anyone.

    A lock, a lost connection, a full disk are no fault of an address: without its conditions it would fare no better.
    """
    if not isinstance(error, DatabaseError):
        return True
    cause = error.__cause__
    code = getattr(cause, "sqlite_errorcode", None)
    if code is not None:
        return code & 0xFF in _SQLITE_OF_ADDRESS  # the lower byte is the kind, the rest tells more of it
    state = getattr(cause, "sqlstate", None)
    if state is not None:
        return state[:2] in {_DATA, _LIMITS, _STATEMENT} and state not in {_PERMISSION, _NO_TABLE, _NO_COLUMN}
    return not isinstance(error, OperationalError)  # a connection that is lost has no code


@contextmanager
def understood(request: HttpRequest) -> Iterator[None]:
    """Raise IncorrectLookupParameters for what goes wrong inside, where the address asks for anything.

    What hinders the database itself is raised as it is: showing everything instead would hide it.

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
        if not is_of_address(error):
            raise
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
    """Mixin of every model admin: its list, its search, its objects, and what is said of what isn't understood."""

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

    def get_object(self, request: HttpRequest, object_id: str, from_field: str | None = None) -> Any:
        """Return the object with a key; none for what no key can be, of which SQLite makes an error.

        An address that names no field by which the object is looked for means its key.
        """
        if not from_field and read_key(str(object_id)) is None:
            return None
        return super().get_object(request, object_id, from_field or None)

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
