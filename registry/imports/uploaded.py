"""An import between its upload and its end: the stored file is read and planned, the plan is kept, and carried out."""

import hashlib
import json
from collections.abc import Callable, Iterator
from dataclasses import astuple, replace
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from registry.imports.apply import StaleOrFaulty, Told
from registry.imports.importing import Choices, Preview, apply_preview, preview
from registry.imports.mapping import Mapping
from registry.imports.plan import BlankCell, Existing, HiddenRows, Newer, SameName
from registry.imports.reading import DEFAULT_LIMITS, Limits
from registry.imports.review import review, stored_row, worst_by_row
from registry.imports.terms import WORDS, TermDecisions
from registry.models.spreadsheet_import import Import, ImportRow, ImportState, ImportTerm
from registry.versioning.bulk import copy_in
from registry.versioning.change_set import last_number

STALE = _(
    "The register has changed since you saw this preview, or the file is now read differently. Nothing was written. "
    "Look at what would happen now, and apply again."
)
DECIDED = _("This import was applied or discarded already.")
HEAD_ROWS, HEAD_CHARACTERS = 80, 300
"""How much of each sheet is kept beside the plan, so that a corrected mapping can be shown without reading the file."""
_ROW_COLUMNS = (
    "upload_id", "place", "number", "key", "view", "is_outrun", "severity", "reference", "name", "content",
)  # fmt: skip
_TERM_COLUMNS = ("upload_id", "place", "model", "words", "count", "has_double")


def limits() -> Limits:
    """Return how large a file may be here: the importer's own limits, and what this installation sets otherwise."""
    return replace(DEFAULT_LIMITS, **settings.IMPORT_LIMITS)


def choices_of(stored: dict[str, Any]) -> Choices:
    """Return the choices that are kept with an import in the importer's own terms."""
    return Choices(
        sheet=stored.get("sheet", ""),
        header_row=stored.get("header_row"),
        encoding=stored.get("encoding", ""),
        delimiter=stored.get("delimiter", ""),
        blank_cell=BlankCell(stored.get("blank_cell", BlankCell.LEAVE.value)),
        mapping=mapping_of(stored),
        use_saved=stored.get("use_saved", True),
        create_units=bool(stored.get("create_units")),
        existing=Existing(stored.get("existing", Existing.UPDATE.value)),
        same_name=SameName(stored.get("same_name", SameName.KNOWN.value)),
        newer=Newer(stored.get("newer", Newer.KEEP.value)),
        hidden_rows=HiddenRows(stored.get("hidden_rows", HiddenRows.READ.value)),
        rows=stored.get("rows", {}),
        terms=TermDecisions(stored.get("terms", {}), stored.get("new_terms", WORDS)),
    )


def mapping_of(stored: dict[str, Any]) -> Mapping | None:
    """Return the mapping that the person has corrected; None where she hasn't."""
    return Mapping.from_json(stored["mapping"]) if stored.get("mapping") else None


def plan_of(upload: Import, told: Told | None = None) -> Preview:
    """Read the stored file and plan its import against the register as it is now; writes nothing."""
    return preview(
        upload.file_name,
        bytes(upload.data),
        organisation=upload.organisation,
        choices=choices_of(upload.choices),
        limits=limits(),
        told=told,
    )


def counts_of(found: Preview) -> dict[str, Any]:
    """Return what is kept of a preview beside the file: the counts, and what its page shows under ``preview``."""
    shown = review(found, change_set=found.plan.change_set if found.plan else last_number())
    shown["read_by"] = found.read_by
    shown["head"] = _head(found)
    shown["hidden_rows"] = any(sheet.hidden_rows for sheet in found.workbook.sheets) if found.workbook else False
    mapping = found.table.mapping if found.table else None
    shown["mapping"] = mapping.as_json() if mapping else None
    return {**shown["counts"], **shown["severities"], "preview": shown}


def _head(found: Preview) -> list[dict[str, Any]]:
    """Return the first rows of every sheet, and how each is read, for the page on which that is corrected."""
    sheets = found.workbook.sheets if found.workbook else ()
    return [
        {
            "name": sheet.name,
            "rows": [[cell[:HEAD_CHARACTERS] for cell in row] for row in sheet.rows[:HEAD_ROWS]],
            "hidden_rows": [row for row in sorted(sheet.hidden_rows) if row <= HEAD_ROWS],
            "hidden_columns": sorted(sheet.hidden_columns),
            "comments": [astuple(one) for one in sheet.comments if one.row <= HEAD_ROWS][:HEAD_ROWS],
        }
        for sheet in sheets
    ]


def has_plan(upload: Import) -> bool:
    """Return whether the file was read and planned: not so while a worker is at it, or where it has failed."""
    return "preview" in upload.counts


def keep(upload: Import, found: Preview) -> None:
    """Save an import that is new with its plan."""
    upload.sha256, upload.counts = found.sha256, _counts_with_size(upload, found)
    with transaction.atomic():
        upload.save()
        _keep_plan(upload, found)


def plan_again(upload: Import) -> None:
    """Plan an import again and keep the plan, unless it was applied or discarded meanwhile."""
    keep_again(upload, plan_of(upload))


def keep_again(upload: Import, found: Preview) -> None:
    """Keep another plan of an import, unless it was applied or discarded meanwhile."""
    upload.sha256, upload.counts = found.sha256 or upload.sha256, _counts_with_size(upload, found)
    with transaction.atomic():
        still_open = Import.objects.filter(pk=upload.pk, state=ImportState.PLANNED)
        kept = {"choices": upload.choices, "counts": upload.counts, "sha256": upload.sha256, "job": upload.job_id}
        if still_open.update(**kept):
            _keep_plan(upload, found)


def _counts_with_size(upload: Import, found: Preview) -> dict[str, Any]:
    """Return the counts with the size of the file, so that nobody has to load it to know that."""
    counts = counts_of(found)
    counts["preview"]["bytes"] = len(upload.data)
    if any(found.text):
        upload.choices = {**upload.choices, "encoding": found.text[0], "delimiter": found.text[1]}
    return counts


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


def demand_current(upload: Import, mark: str) -> None:
    """Raise StaleOrFaulty where the import no longer does what the person was shown; ``mark`` is what she saw."""
    if upload.state != ImportState.PLANNED:
        raise StaleOrFaulty(str(DECIDED))
    if not has_plan(upload) or upload.counts["preview"]["change_set"] != last_number() or mark != seen(upload):
        raise StaleOrFaulty(str(STALE))
    if said := obstacle(upload.counts):
        raise StaleOrFaulty(said)


def carry_out(
    upload: Import,
    *,
    mark: str,
    actor: Any,
    reason: str,
    planning: Told | None = None,
    writing: Told | None = None,
    sealing: Told | None = None,
    ending: Callable[[], None] | None = None,
) -> Import:
    """Apply an import in one change set or not at all, if it still does what the person was shown (``mark``).

    The file is read and planned once more; three callables hear how far each part of the work is, and ``ending`` is
    called at the end of the transaction. Out: the import as it is stored then. Raises StaleOrFaulty, with nothing
    written, saying why.
    """
    demand_current(upload, mark)
    found = plan_of(upload, planning)
    if said := obstacle(counts_of(found)):
        raise StaleOrFaulty(said)
    with transaction.atomic():
        locked = Import.objects.select_for_update().defer("data").get(pk=upload.pk)
        if locked.state != ImportState.PLANNED:  # the same button, pressed twice
            raise StaleOrFaulty(str(DECIDED))
        opened = apply_preview(found, actor=actor, reason=reason, writing=writing, sealing=sealing)
        locked.change_set_id = opened.sequence
        finish(locked, ImportState.APPLIED)
        if ending is not None:
            ending()
    return locked
