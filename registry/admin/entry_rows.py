"""Rows that name an entry of a catalogue, or say in words what is meant."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.contrib.admin.widgets import AutocompleteSelect
from django.db.models import Field, ForeignKey, QuerySet
from django.http import HttpRequest
from django.utils.functional import cached_property

from registry.admin.inlines import KeptRow, PartInline, refuse_unnamed
from registry.admin.pickers import Picker, fill_pickers, keep_links
from registry.models import ProcessingActivity
from registry.record.classes import PARTS
from registry.record.definition import main_fact, words_fact


class EntryPicker(Picker):
    """A picker that asks the catalogue itself."""

    url_name = AutocompleteSelect.url_name


class EntryRow(KeptRow):
    """A row that names an entry, or says in words what is meant."""

    @cached_property
    def naming(self) -> tuple[str, ...]:
        """The fields of which one has to say something."""
        row = PARTS[self._meta.model]
        words = words_fact(row)
        return (main_fact(row).key, *([words.key] if words else []))

    def clean(self) -> dict[str, Any]:
        """Refuse a row with neither an entry nor words."""
        cleaned = super().clean()
        refuse_unnamed(self, cleaned, self.naming)
        return cleaned


class EntryInline(PartInline):
    """Rows that name an entry of a catalogue: entries are picked, words start small."""

    form = EntryRow

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        """Return the rows with the entries that they name."""
        return super().get_queryset(request).select_related(main_fact(PARTS[self.model]).key)

    def formfield_for_dbfield(self, db_field: Field, request: HttpRequest | None, **kwargs: Any) -> forms.Field | None:
        """Return the declared field."""
        if isinstance(db_field, ForeignKey):
            kwargs["widget"] = EntryPicker(db_field, self.admin_site, using=kwargs.get("using"))
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field is not None and isinstance(field.widget, forms.Textarea):
            field.widget.attrs["rows"] = 2
        keep_from_changing(field)
        return field


class NamesEntries:
    """Mixin for model admins whose objects are about entries: these can be looked at and added from there, no more."""

    def formfield_for_dbfield(self, db_field: Field, request: HttpRequest | None, **kwargs: Any) -> forms.Field | None:
        """Return the form field, without the ways to change or delete what it names."""
        field: forms.Field | None = super().formfield_for_dbfield(db_field, request, **kwargs)  # type: ignore[misc]
        keep_from_changing(field)
        return field


def keep_from_changing(field: forms.Field | None) -> None:
    """Take from a reference the ways to change and delete what it names, and to add an activity in passing."""
    if isinstance(field, forms.ModelChoiceField):
        added = () if field.queryset.model is ProcessingActivity else ("can_add_related",)
        keep_links(field, ("can_view_related", *added))


def fill_rows(formsets: Iterable[Any]) -> None:
    """Tell the pickers of these rows what their entries are called."""
    fill_pickers(form for formset in formsets for form in formset.forms)
