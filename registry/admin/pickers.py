"""How entries and days are chosen. Pickers know what is chosen: a page of many rows asks the database once."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from functools import lru_cache
from typing import Any

from django import forms
from django.contrib.admin.views.autocomplete import AutocompleteJsonView
from django.contrib.admin.widgets import AutocompleteSelect
from django.db import models
from django.forms.renderers import BaseRenderer
from django.forms.utils import flatatt
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext

from registry.models import LegalBasis
from registry.models.catalogue import CatalogueEntry
from registry.record.numbers import read_key
from registry.reference.citations import cite
from registry.reference.lawful_basis import BasisKind


class PickerView(AutocompleteJsonView):
    """What a picker offers: entries in use, called as the picker calls them."""

    def get_queryset(self) -> models.QuerySet:
        """Return what is found; no retired entry, and only conditions where a condition is asked for."""
        found = super().get_queryset()
        if issubclass(found.model, CatalogueEntry):
            found = found.filter(retired_on=None)
        if self.source_field.name == "special_category_condition":
            found = found.filter(kind=BasisKind.SPECIAL_CATEGORY)
        return found

    def serialize_result(self, obj: models.Model, to_field_name: str) -> dict[str, str]:
        """Return an entry as a line of the list."""
        return {"id": str(getattr(obj, to_field_name)), "text": entry_label(obj)}


class EntrySelect(AutocompleteSelect):
    """Django's searchable select, which can be shown again whatever was sent as the key of the chosen entry."""

    def optgroups(self, name: str, value: list[Any], attrs: dict[str, Any] | None = None) -> list[Any]:
        """Return the empty option and the chosen entry; none for what no key can be."""
        keys = [key for key in value if read_key(str(key)) is not None]
        options: list[Any] = super().optgroups(name, keys, attrs)
        return options


class Picker(EntrySelect):
    """Django's searchable select, which draws the chosen entry from ``known`` instead of asking for it each time."""

    url_name = "%s:registry_processingactivity_pick"
    known: dict[str, str] | None = None

    def optgroups(self, name: str, value: list[Any], attrs: dict[str, Any] | None = None) -> list[Any]:
        """Return the empty option and the chosen entry."""
        if self.known is None:
            return super().optgroups(name, value, attrs)
        options = [] if self.is_required else [self.create_option(name, "", "", False, 0)]
        chosen = [str(key) for key in value if str(key) in self.known]
        options += [self.create_option(name, key, self.known[key], True, 1) for key in chosen]
        return [(None, options, 0)]


class Choice(forms.Select):
    """Django's select, with its options written at once.

    Rows that each offer all countries have tens of thousands of them, and Django renders two templates for every one.
    """

    def render(
        self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: BaseRenderer | None = None
    ) -> SafeString:
        """Return the select, with the first option that stands for the value chosen."""
        offered = list(self.choices)
        if any(isinstance(label, list | tuple) for _, label in offered):  # groups
            return super().render(name, value, attrs, renderer)
        options = _options(tuple([("" if code is None else str(code), str(label)) for code, label in offered]))
        for chosen in self.format_value(value):
            plain = format_html('<option value="{}">', chosen)
            if plain in options:
                options = options.replace(plain, format_html('<option value="{}" selected>', chosen), 1)
                break
        given = flatatt(self.build_attrs(self.attrs, attrs))
        return format_html('<select name="{}"{}>{}</select>', name, given, mark_safe(options))  # noqa: S308 escaped above


@lru_cache(maxsize=256)
def _options(offered: tuple[tuple[str, str], ...]) -> str:
    return format_html_join("", '<option value="{}">{}</option>', offered)


class Day(forms.DateInput):
    """The browser's own calendar, which every reader and every telephone knows."""

    input_type = "date"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%d")


DAYS: dict[Any, Any] = {models.DateField: {"widget": Day}}
"""What makes every date of a form a `Day`."""


LINKS = frozenset({"can_add_related", "can_change_related", "can_delete_related", "can_view_related"})
"""What Django offers beside a reference."""


def keep_links(field: forms.Field | None, kept: Collection[str]) -> None:
    """Take from a reference every link that it offers to what it names, but for those that are ``kept``."""
    for link in LINKS - frozenset(kept):
        if field is not None and hasattr(field.widget, link):
            setattr(field.widget, link, False)


def entry_label(entry: models.Model) -> str:
    """Return how an entry is called in a picker: a legal basis by citation and title, any other by its name."""
    if isinstance(entry, LegalBasis) and entry.citation:
        title = gettext(entry.title) if entry.statutory else entry.title
        return f"{cite(entry.citation)} – {title}"
    return str(entry)


def fill_pickers(forms_of_the_page: Iterable[forms.BaseForm]) -> None:
    """Tell every picker of these forms what its entry is called, in one query for each model at most.

    Entries that came with their rows (``select_related``) cost nothing; only what was newly chosen in a form that is
    shown again is looked up.
    """
    open_questions: dict[type[models.Model], list[tuple[Picker, str]]] = defaultdict(list)
    names: dict[tuple[type[models.Model], str], str] = {}
    for form in forms_of_the_page:
        for name, field in form.fields.items():
            picker = getattr(field.widget, "widget", field.widget)
            if not isinstance(picker, Picker):
                continue
            picker.known = {}
            model = picker.field.remote_field.model
            cached = getattr(form, "instance", None) and form.instance._state.fields_cache.get(name)  # type: ignore[attr-defined]
            if cached is not None:
                names[model, str(cached.pk)] = entry_label(cached)
            value = form[name].value()
            if value not in (None, ""):
                open_questions[model].append((picker, str(value)))
    for model, wanted in open_questions.items():
        unknown = {key for _picker, key in wanted if (model, key) not in names and key.isdecimal()}
        if unknown:
            names |= {
                (model, str(entry.pk)): entry_label(entry) for entry in model._base_manager.filter(pk__in=unknown)
            }
        for picker, key in wanted:
            if (model, key) in names:
                picker.known = {key: names[model, key]}
