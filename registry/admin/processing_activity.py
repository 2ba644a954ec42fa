"""The screens of processing activities: the list, and the form of one activity with all its rows."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.helpers import AdminForm
from django.db import models
from django.forms.models import BaseInlineFormSet
from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from registry.admin.activity_form import ActivityForm, SegmentedChoice
from registry.admin.activity_gaps import NOTHING_FOUND, shown_gaps
from registry.admin.activity_inlines import RowFormSet, row_inlines
from registry.admin.activity_list import ActivityList
from registry.admin.activity_page import error_links, fieldsets, is_approved, show_sections
from registry.admin.approving import ApprovesKnowingly, see_what_is_open
from registry.admin.base import RegistryAdmin
from registry.admin.owned import NOT_OF_OWNERS, may_own, owns
from registry.admin.pickers import DAYS, Picker, PickerView, fill_pickers, keep_links
from registry.admin.reports import download_selected_as_csv, download_selected_as_pdf
from registry.admin.required import panel_of, tell_what_follows
from registry.models import ProcessingActivity
from registry.record.activity import ActivityRecord
from registry.record.definition import Kind, facts
from registry.roles import PRIVACY_OFFICER

PICKED = ("retention_schedule", "unit")
"""What can be added without leaving the form."""


@admin.register(ProcessingActivity)
class ProcessingActivityAdmin(ApprovesKnowingly, ActivityList, RegistryAdmin):
    """Processing activities."""

    form = ActivityForm
    inlines = row_inlines()
    actions = (download_selected_as_pdf, download_selected_as_csv)
    formfield_overrides = DAYS
    change_form_template = "admin/registry/processingactivity/change_form.html"
    change_list_template = "admin/registry/processingactivity/change_list.html"
    save_on_top = False
    empty_help = _(
        "Each processing activity of the organisation is one record here, such as payroll or the newsletter."
    )
    empty_actions = ("import", "add", "example")

    def get_urls(self) -> list[Any]:
        """Return Django's addresses, and the one that the pickers ask."""
        pick = self.admin_site.admin_view(PickerView.as_view(admin_site=self.admin_site))
        return [path("pick/", pick, name="registry_processingactivity_pick"), *super().get_urls()]

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        """Return the plain facts by section."""
        return fieldsets()

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Return Django's answer, or whether it is the person's own activity."""
        return bool(super().has_change_permission(request, obj) or owns(request, obj))

    def may_change(self, request: HttpRequest, key: Any) -> bool:
        """Return the same of the activity with this key, as it is stored."""
        if super().may_change(request, key):
            return True
        return may_own(request) and owns(request, self.model._base_manager.filter(pk=key).first())

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Sequence[str]:
        """Return what the person may only read: the officer's remark, unless they are one; what owners don't decide."""
        remark = () if self._writes_remarks(request) else ("dpo_remark",)
        as_owner = owns(request, obj) and not super().has_change_permission(request, obj)
        return (*remark, *NOT_OF_OWNERS) if as_owner else remark

    def _writes_remarks(self, request: HttpRequest) -> bool:
        if not hasattr(request, "writes_remarks"):
            user = request.user
            request.writes_remarks = user.is_superuser or user.groups.filter(name=PRIVACY_OFFICER).exists()  # type: ignore[attr-defined]
        return bool(request.writes_remarks)  # type: ignore[attr-defined]

    def formfield_for_dbfield(
        self, db_field: models.Field, request: HttpRequest | None, **kwargs: Any
    ) -> forms.Field | None:
        """Return the declared field; answers stand side by side, and organisation, unit and owner link nowhere."""
        fact = facts(ActivityRecord).get(db_field.name)
        if fact is not None and fact.kind is Kind.ANSWER:
            kwargs["widget"] = SegmentedChoice()
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        keep_links(field, {"can_add_related"} if db_field.name in PICKED else ())
        return field

    def formfield_for_choice_field(self, db_field: models.Field, request: HttpRequest, **kwargs: Any) -> Any:
        """Return the choice; an answer has no empty option beside “not assessed”."""
        if isinstance(kwargs.get("widget"), SegmentedChoice):
            kwargs["choices"] = db_field.get_choices(include_blank=False)
        return super().formfield_for_choice_field(db_field, request, **kwargs)

    def formfield_for_foreignkey(
        self, db_field: models.ForeignKey, request: HttpRequest, **kwargs: Any
    ) -> forms.ModelChoiceField:
        """Return a picker for the retention schedule, and the people who work here for the owner."""
        if db_field.name == "retention_schedule":
            kwargs["widget"] = Picker(db_field, self.admin_site, using=kwargs.get("using"))
        elif db_field.name == "owner":
            accounts = db_field.remote_field.model._default_manager.filter(is_active=True)
            kwargs["queryset"] = accounts.order_by("last_name", "first_name", "username")
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        """Draw the form section by section."""
        adminform: AdminForm = context["adminform"]
        formsets = list(context["inline_admin_formsets"])
        original = context.get("original")
        fill_pickers([adminform.form, *(form for inline in formsets for form in inline.formset.forms)])
        bound = adminform.form.is_bound
        stored = self.model._base_manager.get(pk=original.pk) if original is not None and bound else original
        found = shown_gaps(stored) if stored is not None else NOTHING_FOUND
        sections = show_sections(adminform, formsets, stored, found)
        context |= {
            "show_save_and_add_another": False,
            "sections": sections,
            "error_links": list(error_links(adminform.form, formsets)) if bound else [],
            "reason_due": is_approved(stored),
            "what_is_open": getattr(request, "what_is_open", None),
            "required": panel_of(stored.pk) if stored is not None else None,
        }
        return super().render_change_form(request, context, *args, **kwargs)

    def save_related(
        self, request: HttpRequest, form: forms.ModelForm, formsets: list[BaseInlineFormSet], change: bool
    ) -> None:
        """Save the rows, and say what is open, which reference was given, and what the change requires.

        Rows that referred to a deleted row now refer to none.
        """
        _let_go(formsets)
        super().save_related(request, form, formsets, change)
        if "status" in form.cleaned_data:  # owners decide nothing on it
            see_what_is_open(request, form.instance, form.initial.get("status") if change else None)
        if not form.cleaned_data.get("reference", form.instance.reference):
            said = _t("The activity was given the reference %(reference)s.") % {"reference": form.instance.reference}
            self.message_user(request, said, messages.INFO)
        tell_what_follows(request)

    def look_at_restored(self, request: HttpRequest, before: Any, restored: Any) -> None:
        """Show what is open where an approved version comes back that isn't approved now."""
        see_what_is_open(request, restored, before and before.status)


def _let_go(formsets: Sequence[BaseInlineFormSet]) -> None:
    gone = {type(form.instance): set() for formset in formsets for form in formset.forms}  # type: dict[Any, set[Any]]
    for formset in formsets:
        for form in formset.deleted_forms:
            gone[type(form.instance)].add(form.instance.pk)
    for formset in formsets:
        if isinstance(formset, RowFormSet):
            for form in formset.forms:
                for fact in facts(formset.fact.row).values():
                    column = form.instance._meta.get_field(fact.key)
                    if fact.kind is Kind.SIBLING and getattr(form.instance, column.attname) in gone.get(
                        column.related_model, ()
                    ):
                        setattr(form.instance, fact.key, None)
