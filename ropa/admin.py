"""The admin site: its titles, the order of its sidebar, and what is switched off on every screen."""

from collections.abc import Callable
from functools import update_wrapper
from typing import Any

from django.contrib.admin import AdminSite
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from ropa.navigation import grouped
from ropa.sending_again import session_ended, typed


class RegistryAdminSite(AdminSite):
    """The whole of what people see: Django's admin under the register's name, its sidebar grouped by kind of work."""

    site_header = _("Register of processing activities")
    site_title = _("Register of processing activities")
    index_title = _("Overview")
    site_url = None  # there is no other site to go and see

    def __init__(self, name: str = "admin") -> None:
        super().__init__(name)
        self.empty_value_display = "–"  # as on our own pages; Django's is a hyphen
        self.extra_urls: list[Callable[[Callable[..., Any]], list[Any]]] = []
        """Further screens: functions that take the site's guard of views and return addresses. Applications append."""
        # Deleting a selection of rows asks for no reason and shows none of what hangs on them. One by one is possible.
        self.disable_action("delete_selected")

    def get_urls(self) -> list[Any]:
        """Return all addresses; those of applications first, since Django's own end with one that takes anything."""
        further = [address for addresses in self.extra_urls for address in addresses(self.admin_view)]
        own = [address for address in super().get_urls() if getattr(address, "name", "") != "view_on_site"]
        return [*further, *own]  # no object has a page outside this site, and that view fails on keys of another kind

    def admin_view(self, view: Callable[..., Any], cacheable: bool = False) -> Any:
        """Return a view behind the site's guard; what is sent after the end of the session is not lost with it."""
        guarded = super().admin_view(view, cacheable)

        def kept(request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
            user: Any = request.user
            if not user.is_authenticated and typed(request):
                return session_ended(request)
            return guarded(request, *args, **kwargs)

        return update_wrapper(kept, guarded)

    def get_app_list(self, request: HttpRequest, app_label: str | None = None) -> list[Any]:
        """Return the sidebar's groups with what the user may see, or one application's models if it is named."""
        applications = super().get_app_list(request, app_label)
        if app_label is not None:
            return applications
        return grouped(applications, request, current_app=self.name)
