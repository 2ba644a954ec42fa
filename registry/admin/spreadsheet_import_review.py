"""The rows of an import to review: lists by what would become of them, in pages, searched and limited."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from registry.imports.review import PAGE, VIEWS, row_from, told
from registry.models.spreadsheet_import import Import, ImportRow

OUTRUN, WARNED = "outrun", "warned"
"""Lists of rows across the others: those that the register has outrun, and those with a warning."""
TABS = {
    "refused": _("With errors"),
    "created": pgettext_lazy("rows of a file", "New"),
    "changed": pgettext_lazy("rows of a file", "Changed"),
    OUTRUN: _("In conflict"),
    WARNED: _("With warnings"),
    "unchanged": pgettext_lazy("rows of a file", "Unchanged"),
    "skipped": pgettext_lazy("rows of a file", "Left out"),
}


def rows_shown(upload: Import, view: str, number: str, search: str) -> dict[str, Any]:
    """Return the tabs, and the page of rows that is asked for, limited to those that ``search`` finds."""
    shown = upload.counts["preview"]
    sizes = _sizes(upload)
    filled = [key for key in TABS if sizes.get(key)]
    if not filled:
        return {"tabs": []}
    chosen = view if view in filled else filled[0]
    found = _of_view(upload, chosen)
    words = search.strip()
    if words:
        by_name = found.filter(name__icontains=words) | found.filter(reference__icontains=words)
        found = by_name | found.filter(number=int(words)) if words.isdecimal() and len(words) < 9 else by_name
    total = found.count() if words else sizes[chosen]
    last = max(1, -(-total // PAGE))
    at = min(max(int(number), 1), last) if number.isdecimal() and len(number) < 9 else 1
    first = (at - 1) * PAGE + 1
    kept = list(found.order_by("place")[first - 1 : first - 1 + PAGE])
    units = {int(key): tuple(value) for key, value in shown.get("new_units", {}).items()}
    entries = {int(key): tuple(value) for key, value in shown.get("new_entries", {}).items()}
    rows = told([row_from(row.number, row.reference, row.name, row.content) for row in kept], units, entries)
    decided = upload.choices.get("rows", {})
    for row, stored in zip(rows, kept, strict=True):
        row |= {"view": stored.view, "severity": stored.severity, "decided": decided.get(stored.key, "")}
    return {
        "tabs": [{"key": key, "label": TABS[key], "count": sizes[key], "selected": key == chosen} for key in filled],
        "view": chosen,
        "search": words,
        "rows": rows,
        "span": {"first": first if rows else 0, "last": first + len(rows) - 1 if rows else 0, "total": total},
        "page": at,
        "previous": at - 1,
        "next": at + 1 if at < last else 0,
    }


def _sizes(upload: Import) -> dict[str, int]:
    counts = upload.counts
    sizes = {view: counts.get(view, 0) for view in VIEWS}
    sizes[OUTRUN] = counts["preview"].get("outrun", 0)
    sizes[WARNED] = _of_view(upload, WARNED).count() if counts.get("warning") else 0
    return sizes


def _of_view(upload: Import, view: str) -> "QuerySet[ImportRow]":
    rows = ImportRow.objects.filter(upload=upload)
    if view == OUTRUN:
        return rows.filter(is_outrun=True)
    return rows.filter(severity=2) if view == WARNED else rows.filter(view=view)
