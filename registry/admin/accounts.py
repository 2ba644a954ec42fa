"""Users and roles: Django's own screens, without the widgets that a screen reader can't name."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.auth import get_user_model
from django.contrib.auth.admin import GroupAdmin, UserAdmin
from django.contrib.auth.models import Group, Permission
from django.db import models
from django.db.models import Q
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from registry.admin.list_address import AnsweredList

User = get_user_model()
admin.site.unregister([User, Group])


class DeletedAlone(admin.ModelAdmin):
    """Objects whose page of deletion names them, and not the hundred rows that tie each to its permissions."""

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> tuple[Any, Any, Any, Any]:
        """Return what Django collects, without the rows that only link."""
        found, counts, needed, protected = super().get_deleted_objects(objs, request)
        ties = {str(field.remote_field.through._meta.verbose_name_plural) for field in self.opts.many_to_many}
        ties |= {str(tie.through._meta.verbose_name_plural) for tie in self.opts.related_objects if tie.many_to_many}
        counted = {name: count for name, count in counts.items() if str(name) not in ties}
        return [one for one in found if not isinstance(one, list)], counted, needed, protected


@admin.register(User)
class AccountAdmin(DeletedAlone, AnsweredList, UserAdmin):
    """People who may log in. What they may do comes from their roles."""

    list_per_page = 50
    list_display = ("username", "first_name", "last_name", "email", "is_active", "is_staff", "is_superuser")
    list_filter = ("groups", "is_active", "is_staff", "is_superuser")
    filter_horizontal: Sequence[str] = ()
    readonly_fields = ("last_login", "date_joined")
    fieldsets = (
        (None, {"fields": ("username", "password")}),
        (_("Person"), {"fields": ("first_name", "last_name", "email")}),
        (
            _("What the person may do"),
            {
                "fields": ("is_active", "is_staff", "is_superuser", "groups"),
                "description": _("Everyone who works with the register is staff, and has a role: a group."),
            },
        ),
        (_("Dates"), {"fields": ("last_login", "date_joined")}),
    )
    empty_help = _("The people who work with the register belong here. Give each a role, by way of a group.")
    empty_actions = ("add",)

    class Media:
        css = {"all": ("registry/entries.css",)}

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        """Return Django's, without the password and the way to set it for those who may only see accounts."""
        shown = super().get_fieldsets(request, obj)
        if obj is None or self.has_change_permission(request, obj):
            return shown
        return [
            (title, {**options, "fields": [name for name in options["fields"] if name != "password"]})
            for title, options in shown
        ]

    def formfield_for_manytomany(
        self, db_field: models.ManyToManyField, request: HttpRequest, **kwargs: Any
    ) -> forms.ModelMultipleChoiceField | None:
        """Return boxes to tick: there are few roles."""
        return super().formfield_for_manytomany(db_field, request, widget=forms.CheckboxSelectMultiple, **kwargs)


class PermissionBoxes(forms.ModelMultipleChoiceField):
    """Permissions as boxes to tick, named in words."""

    def label_from_instance(self, obj: Permission) -> str:
        """Return the permission's name, such as “Can view recipient”."""
        return obj.name


@admin.register(Group)
class RoleAdmin(DeletedAlone, AnsweredList, GroupAdmin):
    """Roles: what the members of a group may do."""

    list_per_page = 50
    filter_horizontal: Sequence[str] = ()
    empty_help = _("Roles belong here. “Privacy officer” and “Auditor” are made when the database is migrated.")
    empty_actions = ("add",)

    class Media:
        css = {"all": ("registry/entries.css",)}

    def formfield_for_manytomany(
        self, db_field: models.ManyToManyField, request: HttpRequest, **kwargs: Any
    ) -> forms.ModelMultipleChoiceField | None:
        """Return a box for each permission that a screen asks for."""
        boxes = forms.CheckboxSelectMultiple
        return PermissionBoxes(queryset=_offered(), widget=boxes, label=_("Permissions"), required=False)

    def save_related(self, request: HttpRequest, form: forms.ModelForm, formsets: Any, change: bool) -> None:
        """Save what was ticked, and leave the role what the form doesn't show."""
        unseen = list(form.instance.permissions.exclude(pk__in=_offered()))
        super().save_related(request, form, formsets, change)
        form.instance.permissions.add(*unseen)


def _offered() -> models.QuerySet:
    """Return the permissions that the screens ask for; those of the libraries' own tables decide nothing."""
    asked = Q(content_type__app_label="registry") | Q(content_type__app_label="auth")
    hidden = Q(content_type__model__startswith="historical") | Q(content_type__model="referencecounter")
    order = ("content_type__app_label", "content_type__model", "codename")
    return Permission.objects.filter(asked).exclude(hidden).order_by(*order)
