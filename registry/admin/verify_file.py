"""Verify a file: drop a report, and be told whether, when and for whom this register produced it."""

import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.template.defaultfilters import filesizeformat
from django.template.response import TemplateResponse
from django.urls import path
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from registry.admin.signing_key import key_facts
from registry.reports.verified import FileVerdict, Finding, verify_file

VIEW = "registry.view_export"


class FileForm(forms.Form):
    """The file to verify."""

    file = forms.FileField(
        label=_("File"),
        allow_empty_file=True,
        help_text=_("Choose it, or drop it here: a PDF, CSV, XLSX or JSON, an audit pack or a file of one, a history."),
    )

    def clean_file(self) -> Any:
        """Refuse a file that is too large, and one with nothing in it."""
        upload = self.cleaned_data["file"]
        if upload.size > settings.VERIFY_MAX_BYTES:
            said = _t("The file has %(size)s; at most %(limit)s are taken here. Use the command verify_file for it.")
            sizes = {"size": filesizeformat(upload.size), "limit": filesizeformat(settings.VERIFY_MAX_BYTES)}
            raise forms.ValidationError(said % sizes)
        if not upload.size:
            raise forms.ValidationError(_t("The file is empty. Was it saved completely?"))
        return upload


@require_http_methods(["GET", "HEAD", "POST"])
def verify_file_page(request: HttpRequest) -> HttpResponse:
    """Return the page; verify what was sent, keep nothing of it, and return the page with what was found."""
    if not request.user.has_perm(VIEW):
        raise PermissionDenied
    form = FileForm(request.POST, request.FILES) if request.method == "POST" else FileForm()
    verdict = _verify(form.cleaned_data["file"]) if form.is_valid() else None
    context = {
        **admin.site.each_context(request),
        "title": _t("Verify a file"),
        "form": form,
        "verdict": verdict,
        "said": say(verdict) if verdict else None,
        "key": key_facts(),
    }
    return TemplateResponse(request, "admin/verify_file.html", context, status=400 if form.errors else 200)


verify_file_page.opens_own_change_set = True  # type: ignore[attr-defined]  # it writes nothing, and holds no lock


def say(verdict: FileVerdict) -> tuple[str, str]:
    """Return (heading, what it means) in words."""
    if verdict.finding is Finding.OURS:
        return _t("This register produced this file"), _t("Its content is what was taken, to the last bit.")
    if verdict.finding is Finding.PART_OF_A_PACK:
        return (
            _t("This file is part of an audit pack of this register"),
            _t("Its content is what was in the pack, to the last bit."),
        )
    if verdict.finding is Finding.ALTERED:
        return (
            _t("This file was never produced here as it is"),
            _t(
                "It names change set #%(number)d of this register, but no file with this content was ever taken: it "
                "was altered, or saved anew by another program, or copied from a report that was. Ask whoever gave it "
                "to you for the file as it was taken."
            )
            % {"number": verdict.named[0].sequence},
        )
    return (
        _t("This register does not know this file"),
        _t(
            "No file with this content was ever taken, and it bears no seal of this history. It is from elsewhere, or "
            "was altered: a spreadsheet program alters a file by merely saving it. Or it is older than the log. Ask "
            "whoever gave it to you for the file as it was taken."
        ),
    )


def _verify(upload: Any) -> FileVerdict:
    with tempfile.NamedTemporaryFile() as kept:
        for chunk in upload.chunks():
            kept.write(chunk)
        kept.flush()
        return verify_file(Path(kept.name), upload.name)


def urls(wrap: Callable[..., Any]) -> list[Any]:
    """Return the address of the screen; ``wrap`` is the site's own guard of its views."""
    return [path("verify-file/", wrap(verify_file_page), name="verify_file")]


admin.site.extra_urls.append(urls)  # type: ignore[attr-defined]  # our own site, see ropa.admin
