"""The base of inline tables: rows of an aggregate in their order, every input labelled for a screen reader."""

from typing import Any

from django import forms
from django.contrib import admin
from django.db import models
from django.forms.models import BaseInlineFormSet
from django.http import HttpRequest

from registry.admin.declared import DeclaredFields, declared


class OrderedRows(BaseInlineFormSet):
    """Rows that keep their places; a new one comes after the last."""

    def save_new(self, form: forms.ModelForm, commit: bool = True) -> Any:
        """Give the row the next place, and save it."""
        form.instance.position = self._next_position()
        return super().save_new(form, commit=commit)

    def _next_position(self) -> int:
        if not hasattr(self, "_last_position"):
            self._last_position = max((form.instance.position for form in self.initial_forms), default=-1)
        self._last_position += 1
        return self._last_position


class PartInline(DeclaredFields, admin.TabularInline):
    """A table of rows that belong to the object of the form.

    ``heading`` replaces the model's name above the table. Each input bears its column's label as ``aria-label``, since
    the table's heading cells aren't labels to a screen reader.
    """

    formset = OrderedRows
    exclude = ("position",)
    extra = 0
    show_change_link = False

    def formfield_for_dbfield(
        self, db_field: models.Field, request: HttpRequest | None, **kwargs: Any
    ) -> forms.Field | None:
        """Return the declared form field, labelled for a screen reader too."""
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field is not None and db_field.name in declared(db_field.model):
            inner = getattr(field.widget, "widget", field.widget)
            inner.attrs["aria-label"] = str(field.label)
        return field
