"""The base of rows that are edited inside the form of what they belong to, each in its place."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.forms.models import BaseInlineFormSet
from django.http import HttpRequest
from django.utils.translation import gettext as _t

from registry.admin.conflict_panel import IN_CONFLICT, Conflict
from registry.admin.declared import DeclaredFields
from registry.admin.typed import FORMERLY


class KeptRow(forms.ModelForm):
    """A row that remembers as which it was stored, where somebody has deleted it while a person was typing into it."""

    conflict: Conflict | None = None

    formerly = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        """Say at the row that it is gone, as long as that isn't decided."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if self.conflict is not None and cleaned.get(FORMERLY):
            said = _t("Deleted meanwhile by %(name)s. What you typed is kept here as a new row.")
            self.add_error(None, ValidationError(said % {"name": self.conflict.names}, code=IN_CONFLICT))
        return cleaned


def refuse_unnamed(form: forms.ModelForm, cleaned: dict[str, Any], naming: Iterable[str]) -> None:
    """Refuse a row that somebody has written, and in which none of the fields that name something says anything."""
    if form.has_changed() and not any(cleaned.get(key) or key in form.errors for key in naming):
        raise ValidationError(
            _t("This row names nothing: choose an entry, write words, or delete the row."), code="empty-row"
        )


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
    form = KeptRow
    exclude = ("position",)
    extra = 0

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> list[tuple[Any, dict[str, Any]]]:
        """Return Django's fieldsets, and what nobody sees."""
        if not self.has_change_permission(request, obj):
            return super().get_fieldsets(request, obj)
        *others, (title, last) = super().get_fieldsets(request, obj)
        return [
            *others,
            (title, {**last, "fields": [*(name for name in last["fields"] if name != FORMERLY), FORMERLY]}),
        ]
