"""Labels, help texts and list columns of the admin, taken from the declared facts and never written a second time."""

from collections.abc import Mapping
from functools import cache
from typing import Any

from django import forms
from django.db import models
from django.http import HttpRequest
from django.utils.html import format_html

from registry.record.classes import PARTS, ROOTS
from registry.record.definition import Fact, Kind, facts
from registry.record.words import say


def declared(model: type[models.Model]) -> Mapping[str, Fact]:
    """Return the declared facts of ``model`` by column name; none for a model that is no part of the record."""
    record = ROOTS.get(model) or PARTS.get(model)
    return facts(record) if record else {}


def help_text(fact: Fact) -> str:
    """Return the help text of a form field: the fact's guidance, then the article that asks for it."""
    if not fact.article:
        return fact.guidance
    article = format_html('<span class="article">{}</span>', fact.cited)
    return format_html("{} {}", fact.guidance, article) if fact.guidance else article


def labels_of(model: type[models.Model]) -> dict[str, str]:
    """Return the declared labels of the columns of ``model``, in the language in force."""
    return {key: fact.title for key, fact in declared(model).items()}


class Column:
    """A list column for a fact: its label as heading, its value in words, sorted by the stored value."""

    def __init__(self, fact: Fact) -> None:
        self.fact = fact
        self.__name__ = self.admin_order_field = fact.key

    def __str__(self) -> str:
        return self.fact.key

    @property
    def short_description(self) -> str:
        """The heading, in the language in force."""
        return self.fact.title

    def __call__(self, row: Any) -> str:
        """Return the value of this column in ``row``, in words."""
        value = getattr(row, self.fact.key)
        if value is not None and self.fact.kind in {Kind.ENTRY, Kind.ACCOUNT, Kind.SIBLING}:
            return str(value)
        return say(self.fact, value)


@cache
def column(model: type[models.Model], key: str) -> Column:
    """Return the list column for the fact ``key`` of ``model``, always the same one."""
    return Column(declared(model)[key])


class DeclaredFields:
    """Mixin for model admins and inlines: form fields are labelled and explained by the facts they are for."""

    def formfield_for_dbfield(
        self, db_field: models.Field, request: HttpRequest | None, **kwargs: Any
    ) -> forms.Field | None:
        """Return Django's form field with the declared label and help text."""
        if isinstance(db_field, models.URLField):
            kwargs["assume_scheme"] = "https"
        field: forms.Field | None = super().formfield_for_dbfield(db_field, request, **kwargs)  # type: ignore[misc]
        fact = declared(db_field.model).get(db_field.name)
        if field is not None and fact is not None:
            field.label = fact.title
            field.help_text = help_text(fact)
        return field

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        """Return Django's form, which also says what is only read by its declared label."""
        labels = {"labels": labels_of(self.model)}  # type: ignore[attr-defined]
        return super().get_form(request, obj, change, **{**labels, **kwargs})  # type: ignore[misc]

    def get_formset(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> Any:
        """Return Django's rows, which do the same."""
        labels = {"labels": labels_of(self.model)}  # type: ignore[attr-defined]
        return super().get_formset(request, obj, **{**labels, **kwargs})  # type: ignore[misc]
