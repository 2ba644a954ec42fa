"""Users and roles: Django's own screens."""

from django.contrib import admin
from django.contrib.auth import get_user_model
from django.contrib.auth.admin import GroupAdmin, UserAdmin
from django.contrib.auth.models import Group
from django.utils.translation import gettext_lazy as _

User = get_user_model()
admin.site.unregister([User, Group])


@admin.register(User)
class AccountAdmin(UserAdmin):
    """People who may log in."""

    list_per_page = 50
    list_display = (
        "username",
        "first_name",
        "last_name",
        "email",
        "is_active",
        "is_staff",
        "is_superuser",
        "last_login",
    )
    empty_help = _("The people who work with the register belong here. Give each a role, by way of a group.")
    empty_actions = ("add",)


@admin.register(Group)
class RoleAdmin(GroupAdmin):
    """Roles: what the members of a group may do."""

    list_per_page = 50
    empty_help = _("Roles belong here. “Privacy officer” and “Auditor” are made when the database is migrated.")
    empty_actions = ("add",)
