"""What stands between the stored file and the pages of its import: planning it, keeping the plan, choosing rows."""

import hashlib
import json
from collections.abc import Iterator
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from registry.admin.spreadsheet_import_form import choices_of, limits
from registry.imports.importing import Preview, preview
from registry.imports.review import PAGE, VIEWS, review, row_from, stored_row, told, worst_by_row
from registry.models.spreadsheet_import import Import, ImportRow, ImportState, ImportTerm
from registry.versioning.bulk import copy_in
from registry.versioning.change_set import last_number

OUTRUN, WARNED = "outrun", "warned"
"""Lists of rows across the others: those that the register has outrun, and those with a warning."""
TABS = {
    "refused": _("With errors"),
    "created": _("New"),
    "changed": _("Changed"),
    OUTRUN: _("In conflict"),
    WARNED: _("With warnings"),
    "unchanged": _("Unchanged"),
    "skipped": _("Left out"),
}
HEAD_ROWS, HEAD_CHARACTERS = 80, 300
"""How much of each sheet is kept beside the plan, so that a corrected mapping can be shown without reading the file."""
_ROW_COLUMNS = (
    "upload_id", "place", "number", "key", "view", "is_outrun", "severity", "reference", "name", "content",
)  # fmt: skip
_TERM_COLUMNS = ("upload_id", "place", "model", "words", "count", "has_double")


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
    """Return what is kept of a preview beside the file: the counts, and what its page shows under ``preview``."""
    shown = review(found, change_set=found.plan.change_set if found.plan else last_number())
    shown["read_by"] = found.read_by
    shown["head"] = _head(found)
    return {**shown["counts"], **shown["severities"], "preview": shown}


def _head(found: Preview) -> list[dict[str, Any]]:
    """Return the first rows of every sheet, and how each is read, for the page on which that is corrected."""
    sheets = found.workbook.sheets if found.workbook else ()
    return [
        {"name": sheet.name, "rows": [[cell[:HEAD_CHARACTERS] for cell in row] for row in sheet.rows[:HEAD_ROWS]]}
        for sheet in sheets
    ]


def keep(upload: Import, found: Preview) -> None:
    """Save an import that is new with its plan."""
    upload.sha256, upload.counts = found.sha256, counts_of(found)
    _remember_mapping(upload, found)
    with transaction.atomic():
        upload.save()
        _keep_plan(upload, found)


def plan_again(upload: Import) -> None:
    """Plan an import again and keep the plan, unless it was applied or discarded meanwhile."""
    found = plan_of(upload)
    upload.counts = counts_of(found)
    _remember_mapping(upload, found)
    with transaction.atomic():
        still_open = Import.objects.filter(pk=upload.pk, state=ImportState.PLANNED)
        if still_open.update(choices=upload.choices, counts=upload.counts):
            _keep_plan(upload, found)


def _remember_mapping(upload: Import, found: Preview) -> None:
    """Keep how the file is read, as proposed, found or corrected, for the page on which that is changed."""
    mapping = found.table.mapping if found.table else None
    upload.counts["preview"]["mapping"] = mapping.as_json() if mapping else None


def _keep_plan(upload: Import, found: Preview) -> None:
    ImportRow.objects.filter(upload=upload)._raw_delete("default")
    ImportTerm.objects.filter(upload=upload)._raw_delete("default")
    if found.plan is None:
        return
    copy_in(ImportRow, _ROW_COLUMNS, _rows(upload, found))
    terms = found.plan.terms.told()
    copy_in(
        ImportTerm,
        _TERM_COLUMNS,
        ((upload.pk, place, term.model, term.words, term.count, term.has_double) for place, term in enumerate(terms)),
    )


def _rows(upload: Import, found: Preview) -> Iterator[tuple[Any, ...]]:
    assert found.plan is not None  # noqa: S101 the caller has checked
    worst = worst_by_row(found.problems)
    sheet = found.table.sheet.name if found.table else ""
    for place, row in enumerate(found.plan.rows):
        severity = worst.get((row.sheet or sheet, row.number), 0)
        yield (
            upload.pk,
            place,
            row.number,
            row.key,
            row.action.value,
            bool(row.newer),
            severity,
            row.reference,
            row.name,
            stored_row(row),
        )


def finish(upload: Import, state: ImportState) -> None:
    """Note what became of an import, and let go of the file and its preview."""
    upload.state = state
    upload.data = b""
    upload.counts = {key: value for key, value in upload.counts.items() if key != "preview"}
    upload.save()
    ImportRow.objects.filter(upload=upload)._raw_delete("default")
    ImportTerm.objects.filter(upload=upload)._raw_delete("default")


def seen(upload: Import) -> str:
    """Return a mark of what the preview shows: it is another one once the register or the choices have changed."""
    shown = json.dumps([upload.counts["preview"]["change_set"], upload.choices], sort_keys=True)
    return hashlib.sha256(shown.encode()).hexdigest()[:16]


def obstacle(counts: dict[str, Any]) -> str:
    """Return why an import can't be applied, in words; empty where it can."""
    if not counts["preview"]["is_applicable"]:
        return _t(
            "Nothing can be applied while there are errors. Correct them in the file and upload it again, "
            "or leave their rows out."
        )
    if not counts["created"] and not counts["changed"]:
        return _t("There is nothing to apply: the register says all of this already.")
    return ""


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
    at = min(max(int(number), 1), last) if number.isdecimal() else 1
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
