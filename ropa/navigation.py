"""The sidebar: which screens stand in which group, and in which order. Models are named by their object names."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class Link:
    """A screen that is no model's list. It shows if its URL name exists and the user has one of its permissions."""

    label: str | Promise
    url_name: str
    permission: str | tuple[str, ...] | None = None

    @property
    def permissions(self) -> tuple[str, ...]:
        """Those of which one is enough."""
        return (self.permission,) if isinstance(self.permission, str) else self.permission or ()


@dataclass(frozen=True, slots=True)
class Group:
    """A heading of the sidebar with what stands below it, in order: object names of models, and links."""

    slug: str
    title: str | Promise
    entries: tuple[str | Link, ...]


_WITH_DEADLINES = (
    "registry.view_processingactivity",
    "registry.view_segment",
    "registry.view_consentmechanism",
)

GROUPS = (
    Group(
        "overview",
        _("Overview"),
        (
            Link(_("Overview"), "admin:index"),
            Link(_("Gaps"), "admin:gaps", "registry.view_processingactivity"),
            Link(_("Open consequences"), "admin:consequences", "registry.view_processingactivity"),
            Link(_("Trend of gaps"), "admin:trend", "registry.view_processingactivity"),
            Link(_("Deadlines"), "admin:deadlines", _WITH_DEADLINES),
        ),
    ),
    Group(
        "register",
        _("Register"),
        (
            "ProcessingActivity",
            "Transfer",
            "ImpactAssessment",
            "Segment",
            Link(_("Segment review"), "admin:segment_review", "registry.view_segment"),
            "ConsentMechanism",
        ),
    ),
    Group(
        "catalogues",
        _("Catalogues"),
        (
            "Recipient",
            "DataCategory",
            "DataSubjectCategory",
            "LegalBasis",
            "RetentionSchedule",
            "SecurityMeasure",
            "System",
        ),
    ),
    Group(
        "assurance", _("Assurance"), ("Audit", "Finding", "CorrectiveAction", "RecipientReview", "Training", "Document")
    ),
    Group(
        "imports",
        _("Imports"),
        (
            Link(_("Import a spreadsheet"), "admin:registry_import_add", "registry.add_import"),
            "Import",
            Link(_("Words to match"), "admin:registry_import_match", "registry.view_processingactivity"),
            "SavedMapping",
        ),
    ),
    Group(
        "reports",
        _("Reports"),
        (
            Link(_("Reports"), "admin:reports", "registry.view_processingactivity"),
            Link(_("Audit pack"), "admin:audit_pack", "registry.view_changeset"),
            "Export",
            Link(_("Verify a file"), "admin:verify_file", "registry.view_export"),
            Link(_("Jobs"), "admin:jobs", "registry.view_job"),
        ),
    ),
    Group(
        "history",
        _("History"),
        (
            Link(_("As at"), "admin:as_at", "registry.view_processingactivity"),
            "ChangeSet",
            Link(_("Comparison"), "admin:register_comparison", "registry.view_processingactivity"),
            Link(_("Verification"), "admin:verification", "registry.view_changeset"),
        ),
    ),
    Group("administration", _("Administration"), ("Organisation", "OrganisationUnit", "User", "Group")),
)
"""Every group, in the order of the sidebar. Models that no group names are listed at the end of the last one."""


def grouped(
    applications: Iterable[dict[str, Any]],
    request: HttpRequest,
    *,
    groups: tuple[Group, ...] = GROUPS,
    current_app: str = "admin",
) -> list[dict[str, Any]]:
    """Return the groups that have something to show, in the shape of Django's own list of applications.

    ``applications`` is that list as Django makes it for the user of the request. Each entry also says, as
    ``current``, whether it is the page that the request asks for or holds it.
    """
    models = {model["object_name"]: model for application in applications for model in application["models"]}
    placed = []
    for group in groups:
        found = [_entry(entry, models, request, current_app) for entry in group.entries]
        entries = [entry for entry in found if entry is not None]
        if group is groups[-1]:
            entries += sorted(models.values(), key=lambda model: str(model["name"]))
        placed.append((group, entries))
    current = _current([entry for _group, entries in placed for entry in entries], request.path)
    return [
        {
            "name": group.title,
            "app_label": group.slug,
            "app_url": entries[0]["admin_url"] or entries[0]["add_url"] or "",
            "has_module_perms": True,
            "models": [{**entry, "current": entry is current} for entry in entries],
        }
        for group, entries in placed
        if entries
    ]


def _entry(entry: str | Link, models: dict[str, Any], request: HttpRequest, current_app: str) -> dict[str, Any] | None:
    """Return what the sidebar shows for an entry, or None; a model is taken out of ``models``."""
    if isinstance(entry, str):
        model: dict[str, Any] | None = models.pop(entry, None)
        return model
    if entry.permissions and not any(map(request.user.has_perm, entry.permissions)):
        return None
    try:
        url = reverse(entry.url_name, current_app=current_app)
    except NoReverseMatch:
        return None  # a screen of an application that is not installed
    return {
        "model": None,
        "name": entry.label,
        "object_name": entry.url_name.replace(":", "-"),
        "perms": {"add": False, "change": False, "delete": False, "view": True},
        "admin_url": url,
        "add_url": None,
        "view_only": True,
    }


def _current(entries: list[dict[str, Any]], path: str) -> dict[str, Any] | None:
    """Return the entry with the longest address that the path is or lies below; the root counts only as itself."""
    matching = [entry for entry in entries if entry["admin_url"] and _holds(entry["admin_url"], path)]
    return max(matching, key=lambda entry: len(entry["admin_url"]), default=None)


def _holds(address: str, path: str) -> bool:
    return path == address or (address != "/" and path.startswith(address))
