"""The screen that verifies the history: a button, and what came out."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import path
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from registry.models import ChangeSet
from registry.versioning.verifying import NotAHead, head_of, verify


class VerificationForm(forms.Form):
    """What should still be in the history."""

    expect = forms.CharField(
        label=_("A chain head seen before"),
        required=False,
        max_length=80,
        help_text=_(
            "If you have an earlier report: the chain head that is printed on it, or its beginning. "
            "A history that was cut since then is found by it."
        ),
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false", "size": 70}),
    )

    def clean_expect(self) -> str:
        """Refuse what can't be a chain head."""
        text: str = self.cleaned_data["expect"]
        try:
            return head_of(text) if text else ""
        except NotAHead as error:
            raise ValidationError(str(error)) from error


@require_http_methods(["GET", "HEAD", "POST"])
def verification_page(request: HttpRequest) -> HttpResponse:
    """Return the page with its button; verify where it was pressed, and return the page with what was found."""
    if not admin.site.get_model_admin(ChangeSet).has_view_permission(request):
        raise PermissionDenied
    form = VerificationForm(request.POST if request.method == "POST" else None)
    pressed = form.is_valid()
    context = {
        **admin.site.each_context(request),
        "title": _t("Verification"),
        "form": form,
        "verdict": verify(form.cleaned_data["expect"]) if pressed else None,
        "expected": form.cleaned_data["expect"] if pressed else "",
        "last": ChangeSet.objects.order_by("-sequence").first(),
    }
    return TemplateResponse(request, "admin/verification.html", context, status=400 if form.errors else 200)


verification_page.opens_own_change_set = True  # type: ignore[attr-defined]  # it writes nothing, and holds no lock


def urls(wrap: Callable[..., Any]) -> list[Any]:
    """Return the address of the screen; ``wrap`` is the site's own guard of its views."""
    return [path("verification/", wrap(verification_page), name="verification")]


admin.site.extra_urls.append(urls)  # type: ignore[attr-defined]  # our own site, see ropa.admin
