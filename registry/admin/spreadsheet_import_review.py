"""What stands between the stored file and the pages of its import: planning it, keeping the preview, choosing rows."""

import hashlib
import json
from typing import Any

from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from registry.admin.spreadsheet_import_form import choices_of, limits
from registry.imports.importing import Preview, preview
from registry.imports.review import PAGE, VIEWS, page, review
from registry.models.spreadsheet_import import Import, ImportState
from registry.versioning.change_set import last_number

TABS = {"refused": _("With errors"), "created": _("New"), "changed": _("Changed"), "unchanged": _("Unchanged")}


def plan_of(upload: Import) -> Preview:
    """Read the stored file and plan its import against the register as it is now; writes nothing."""
    return preview(
        upload.file_name,
        bytes(upload.data),
        organisation=upload.organisation,
        choices=choices_of(upload.choices),
        limits=limits(),
    )


def counts_of(found: Preview) -> dict[str, Any]:
    """Return what is kept of a preview beside the file: the counts, and all that its page shows under ``preview``."""
    shown = review(found, change_set=found.plan.change_set if found.plan else last_number())
    return {**shown["counts"], **shown["severities"], "preview": shown}


def plan_again(upload: Import) -> None:
    """Plan an import again and keep the preview, unless it was applied or discarded meanwhile."""
    upload.counts = counts_of(plan_of(upload))
    still_open = Import.objects.filter(pk=upload.pk, state=ImportState.PLANNED)
    still_open.update(choices=upload.choices, counts=upload.counts)


def finish(upload: Import, state: ImportState) -> None:
    """Note what became of an import, and let go of the file and its preview."""
    upload.state = state
    upload.data = b""
    upload.counts = {key: value for key, value in upload.counts.items() if key != "preview"}
    upload.save()


def seen(upload: Import) -> str:
    """Return a mark of what the preview shows: it is another one once the register or the choices have changed."""
    shown = json.dumps([upload.counts["preview"]["change_set"], upload.choices], sort_keys=True)
    return hashlib.sha256(shown.encode()).hexdigest()[:16]


def obstacle(counts: dict[str, Any]) -> str:
    """Return why an import can't be applied, in words; empty where it can."""
    if not counts["preview"]["is_applicable"]:
        return _t("Nothing can be applied while there are errors. Correct them in the file and upload it again.")
    if not counts["created"] and not counts["changed"]:
        return _t("There is nothing to apply: the register says all of this already.")
    return ""


def rows_shown(upload: Import, view: str, number: str) -> dict[str, Any]:
    """Return the tabs and the page of rows that is asked for. Only first pages are kept; others are planned anew."""
    counts = upload.counts
    filled = [key for key in VIEWS if counts.get(key)]
    if not filled:
        return {"tabs": []}
    chosen = view if view in filled else filled[0]
    total = counts[chosen]
    last = -(-total // PAGE)
    at = min(max(int(number), 1), last) if number.isdecimal() else 1
    rows = counts["preview"]["pages"][chosen]
    if at > 1:
        plan = plan_of(upload).plan
        rows = page(plan, chosen, at) if plan else []
    first = (at - 1) * PAGE + 1
    return {
        "tabs": [{"key": key, "label": TABS[key], "count": counts[key], "selected": key == chosen} for key in filled],
        "view": chosen,
        "rows": rows,
        "span": {"first": first, "last": first + len(rows) - 1, "total": total},
        "previous": at - 1,
        "next": at + 1 if at < last else 0,
    }
