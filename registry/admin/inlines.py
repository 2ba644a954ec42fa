"""The base of rows that are edited inside the form of what they belong to, each in its place."""

from typing import Any

from django import forms
from django.contrib import admin
from django.forms.models import BaseInlineFormSet

from registry.admin.declared import DeclaredFields


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


class PartInline(DeclaredFields, admin.StackedInline):
    """Rows that belong to the object of the form, one below the other, each input with a label of its own."""

    formset = OrderedRows
    exclude = ("position",)
    extra = 0
