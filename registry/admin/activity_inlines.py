"""The related rows of an activity's form: one inline for each list that the record declares, made from its facts."""

from functools import cache
from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db import models
from django.forms.models import BaseInlineFormSet
from django.http import HttpRequest
from django.utils.functional import cached_property
from django.utils.text import Truncator
from django.utils.translation import ngettext

from registry.admin.declared import DeclaredFields
from registry.admin.inlines import KeptRow, refuse_unnamed
from registry.admin.owned import OwnRows
from registry.admin.pickers import DAYS, Choice, Picker
from registry.admin.typed import FORMERLY
from registry.models import ProcessingActivity
from registry.record.activity import ActivityRecord
from registry.record.definition import Fact, Kind, facts, main_fact, words_fact
from registry.record.sections import FORM
from registry.reference.answers import Answer
from registry.versioning.base import Part

COLUMNS = 4
"""How many facts of a row are always in sight; the others open with the row."""

NAMES_ITSELF = {"transfers": ("country", "international_organisation")}
"""Facts by which a row says enough without an entry and without words."""

_SHORT = frozenset({Kind.SIBLING, Kind.ENTRY, Kind.CHOICE})
_ANSWERED_BY = {section.rows: section.answer for section in FORM if section.rows}


@cache
def split_columns(row: type[Any]) -> tuple[tuple[Fact, ...], tuple[Fact, ...]]:
    """Return the facts of a row that are always in sight, and those that open with it.

    In sight are the name, the words, and as many short facts as fit (those of other regimes' laws stay behind); all
    facts where there are few.
    """
    declared = list(facts(row).values())
    leading = [fact for fact in declared if fact.main or fact.words]
    others = [fact for fact in declared if fact not in leading]
    if len(declared) > COLUMNS:
        shortest = [fact for fact in others if fact.kind in _SHORT and not fact.article.startswith("CCPA")]
    else:
        shortest = [fact for fact in others if not fact.article.startswith("CCPA")]
    visible = leading + shortest[: COLUMNS - len(leading)]
    return tuple(visible), tuple(fact for fact in declared if fact not in visible)


def _references(model: type[models.Model]) -> list[str]:
    """Return what rows of ``model`` refer to, by lookup, with what their siblings refer to in turn."""
    found = []
    for column in model._meta.fields:
        if isinstance(column, models.ForeignKey) and column.name != "activity":
            beyond = _references(column.related_model) if issubclass(column.related_model, Part) else []
            found += [column.name, *(f"{column.name}__{name}" for name in beyond)]
    return found


class RowForm(KeptRow):
    """One row. Its place alone doesn't make it a row, and one that names nothing is refused."""

    position = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def has_changed(self) -> bool:
        """Return whether the person has changed anything; a new row's place is not a change."""
        if self.instance.pk is None:
            return any(name not in {"position", FORMERLY} for name in self.changed_data)
        return bool(super().has_changed())

    def clean_position(self) -> int:
        """Keep the place it has where none is sent."""
        position = self.cleaned_data.get("position")
        return self.instance.position if position is None else max(position, 0)

    def clean(self) -> dict[str, Any]:
        """Refuse a row with neither an entry nor words."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        row = self.fact.row
        words = words_fact(row)
        if words is not None:
            refuse_unnamed(self, cleaned, (main_fact(row).key, words.key, *NAMES_ITSELF.get(self.fact.key, ())))
        return cleaned

    fact: Fact
    """The list that the row belongs to."""


class RowFormSet(BaseInlineFormSet):
    """The rows of one list, in their places, checked against the answer that their section gives."""

    fact: Fact
    deleted_siblings: frozenset[Any] = frozenset()

    def add_fields(self, form: forms.ModelForm, index: int | None) -> None:
        """Offer rows of this record alone as siblings, read once for the whole list."""
        super().add_fields(form, index)
        for name, (queryset, choices) in self._siblings.items():
            if name in form.fields:
                form.fields[name].queryset = queryset
                form.fields[name].choices = choices

    @cached_property
    def empty_form(self) -> forms.ModelForm:
        """The form of a row to be added, made once: a page asks for it four times, and it is costly."""
        return super().empty_form

    @cached_property
    def _siblings(self) -> dict[str, tuple[models.QuerySet, list[tuple[Any, str]]]]:
        found = {}
        for fact in facts(self.fact.row).values():
            if fact.kind is Kind.SIBLING and self.instance.pk is not None:
                model = self.model._meta.get_field(fact.key).related_model
                entries = _references(model)
                rows = model._base_manager.filter(activity=self.instance).order_by("position", "pk")
                labelled = rows.select_related(*entries) if entries else rows
                options = [(row.pk, Truncator(str(row)).chars(80)) for row in labelled]
                found[fact.key] = (rows, [("", "–"), *options])
        return found

    def clean(self) -> None:
        """Refuse rows in a block that was answered with no; take their presence for a yes where nobody answered."""
        super().clean()
        answer = _ANSWERED_BY.get(self.fact.key)
        if answer is None:
            return
        count = sum(
            not self._should_delete_form(form) and (form.instance.pk is not None or form.has_changed())
            for form in self.forms
        )
        given = getattr(self.instance, answer)
        if count and given == Answer.NO:
            asked = facts(ActivityRecord)[answer].title
            raise ValidationError(
                ngettext(
                    "“%(asked)s” is answered with no, yet %(count)d row is listed here. "
                    "Change the answer, or delete the row.",
                    "“%(asked)s” is answered with no, yet %(count)d rows are listed here. "
                    "Change the answer, or delete the rows.",
                    count,
                )
                % {"asked": asked, "count": count},
                code="answered-no",
            )
        if count and given == Answer.NOT_ASSESSED:
            setattr(self.instance, answer, Answer.YES)

    def save_new_objects(self, commit: bool = True) -> list[Any]:
        """Save the new rows, each behind the last unless it was moved."""
        last = max((form.instance.position for form in self.initial_forms), default=-1)
        for form in self.extra_forms:
            if form.data.get(form.add_prefix("position")) in (None, ""):
                last += 1
                form.instance.position = last
            last = max(last, form.instance.position)
        return super().save_new_objects(commit)


class RowInline(OwnRows, DeclaredFields, admin.StackedInline):
    """The rows of one declared list: cards with a line of facts in sight, and the others behind “More”."""

    template = "admin/edit_inline/rows.html"
    formset = RowFormSet
    form = RowForm
    extra = 0
    formfield_overrides = DAYS
    fact: Fact

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> list[tuple[None, dict[str, Any]]]:
        """Return what is in sight, then what opens; rows of an unsaved record can't refer to each other yet."""
        visible, behind = split_columns(self.fact.row)
        names = [
            [fact.key for fact in some if obj is not None or fact.kind is not Kind.SIBLING]
            for some in (visible, behind)
        ]
        return [(None, {"fields": [*names[0], "position", FORMERLY]}), (None, {"fields": names[1]})]

    def get_queryset(self, request: HttpRequest) -> models.QuerySet:
        """Return the rows with the entries that they name."""
        references = _references(self.model)
        rows = super().get_queryset(request)
        return rows.select_related(*references) if references else rows

    def get_formset(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> type[BaseInlineFormSet]:
        """Return the class of the rows, which knows its list."""
        formset = super().get_formset(request, obj, **kwargs)
        formset.fact = self.fact
        formset.form.fact = self.fact
        return formset

    def formfield_for_dbfield(
        self, db_field: models.Field, request: HttpRequest | None, **kwargs: Any
    ) -> forms.Field | None:
        """Return the declared field; entries are picked, prose starts small, and no row links away from the form."""
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field is None:
            return None
        if isinstance(field.widget, forms.Textarea):
            field.widget.attrs["rows"] = 2
        for link in ("can_change_related", "can_delete_related", "can_view_related"):
            if hasattr(field.widget, link):
                setattr(field.widget, link, False)
        if self._in_sight(db_field.name):
            field.help_text = ""
        return field

    def formfield_for_choice_field(self, db_field: models.Field, request: HttpRequest, **kwargs: Any) -> Any:
        """Return a choice whose options are written at once."""
        return super().formfield_for_choice_field(db_field, request, **{"widget": Choice, **kwargs})

    def formfield_for_foreignkey(
        self, db_field: models.ForeignKey, request: HttpRequest, **kwargs: Any
    ) -> forms.ModelChoiceField:
        """Return a picker for an entry of a catalogue, a plain choice for a row of the same record."""
        fact = facts(self.fact.row).get(db_field.name)
        if fact is not None and fact.kind is Kind.ENTRY:
            kwargs["widget"] = Picker(db_field, self.admin_site, using=kwargs.get("using"))
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def _in_sight(self, name: str) -> bool:
        return any(fact.key == name for fact in split_columns(self.fact.row)[0])


def row_inlines() -> tuple[type[RowInline], ...]:
    """Return an inline for every list of rows that the record declares, in the order of the form's sections."""
    declared = facts(ActivityRecord)
    lists = (declared[key] for section in FORM for key in section.keys if declared[key].kind is Kind.ROWS)
    return tuple(_inline_for(fact) for fact in lists)


def _inline_for(fact: Fact) -> type[RowInline]:
    model = ProcessingActivity._meta.get_field(fact.key).related_model
    return type(f"{model.__name__}Inline", (RowInline,), {"model": model, "fact": fact})
