"""The base of every model admin of the register: declared labels, names used once, and a history that only reads."""

from collections.abc import Iterator, Sequence
from typing import Any

from django import forms
from django.contrib.admin.views.main import ChangeList
from django.core.exceptions import ValidationError
from django.db.models import UniqueConstraint
from django.db.models.functions import Lower
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_noop

from registry.admin.conflict_panel import IN_CONFLICT, Conflict
from registry.admin.conflicts import ConflictAware
from registry.admin.declared import DeclaredFields, column, declared
from registry.admin.history import HistoryAdmin
from registry.admin.list_address import AnsweredList
from registry.admin.pickers import DAYS, EntrySelect
from registry.record.numbers import read_key

TITLES = (
    gettext_noop("Add %s"),
    gettext_noop("Change %s"),
    gettext_noop("View %s"),
    gettext_noop("Cannot delete %(name)s"),
)
"""Titles that the admin takes from its own catalogue, and that ours says otherwise: its French ones would need the
article of each name ("Ajout de activité")."""


class RegistryForm(forms.ModelForm):
    """A form that says at the field which name is taken, where the database would only say that a rule is violated."""

    conflict: Conflict | None = None
    """What somebody else has changed meanwhile: the form is then shown again, and not saved."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for item in self.conflict.theirs if self.conflict is not None else ():
            if item.key in self.fields:
                said = _t("Taken over from %(name)s.") % {"name": self.conflict.names}
                field = self.fields[item.key]
                field.help_text = format_html('<b class="taken">◆ {}</b> {}', said, field.help_text)

    def clean(self) -> dict[str, Any]:
        """Refuse what has to be unique and exists already: in whatever case, where the model's rule ignores case."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if self.conflict is not None:
            self.add_error(None, ValidationError(self.conflict.message, code=IN_CONFLICT))
        for *within, (key, lookup) in _unique_together(self._meta.model):
            wanted = {column: cleaned.get(column) for column, _ in within}
            if not cleaned.get(key) or not all(wanted.values()):
                continue
            rivals = self._meta.model._default_manager.filter(**wanted, **{lookup: cleaned[key]})
            if rivals.exclude(pk=self.instance.pk).exists():
                taken = _t("“%(text)s” exists already. Use that one, or choose another.") % {"text": cleaned[key]}
                self.add_error(key, taken)
        return cleaned


def _unique_together(model: Any) -> Iterator[list[tuple[str, str]]]:
    """Yield the columns of each of the model's rules of uniqueness, with the lookups that find an equal value."""
    rules = [rule for rule in model._meta.constraints if isinstance(rule, UniqueConstraint)]
    yield from ([_column(expression) for expression in rule.expressions] for rule in rules)


def _column(expression: Any) -> tuple[str, str]:
    if isinstance(expression, Lower):
        name = expression.source_expressions[0].name
        return name, f"{name}__iexact"
    return expression.name, expression.name


class DeclaredList(AnsweredList):
    """Mixin for model admins: columns and filters of the list bear the labels of the facts they are named after."""

    def get_list_display(self, request: HttpRequest) -> Sequence[Any]:
        """Return the columns; those named after a declared fact bear its label and say its value in words."""
        known = declared(self.model)
        shown = super().get_list_display(request)
        return [column(self.model, name) if name in known else name for name in shown]

    def get_changelist_instance(self, request: HttpRequest) -> ChangeList:
        """Return the list, its filters titled with the labels of the facts they filter by."""
        changelist: ChangeList = super().get_changelist_instance(request)
        known = declared(self.model)
        for spec in changelist.filter_specs:
            if (fact := known.get(getattr(spec, "field_path", ""))) is not None:
                spec.title = fact.title
        return changelist


class RegistryAdmin(DeclaredList, DeclaredFields, ConflictAware, HistoryAdmin):
    """What all our model admins share.

    ``empty_help`` says in a sentence what belongs into the list, ``empty_actions`` names the first steps that it offers
    ("add", "import"): both are for the list that has no rows yet. The form's template asks for the reason of a change.
    """

    form = RegistryForm
    formfield_overrides = DAYS
    list_per_page = 50
    empty_help: str = ""
    empty_actions: Sequence[str] = ("add",)

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        """Return what the address proposes for a new object, without references to what no key can be."""
        proposed: dict[str, Any] = super().get_changeform_initial_data(request)
        references = {field.name for field in self.opts.get_fields() if field.is_relation}
        return {
            name: value
            for name, value in proposed.items()
            if name not in references or read_key(str(value)) is not None
        }

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """Return the field of a reference; one that is searched for is shown again with whatever was sent."""
        if db_field.name in self.get_autocomplete_fields(request):
            kwargs.setdefault("widget", EntrySelect(db_field, self.admin_site))
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    class Media:
        css = {"all": ("registry/entries.css", "registry/conflicts.css")}
