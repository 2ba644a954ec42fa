"""How a file was understood, and correcting it: columns, headings, rows left out; with the effect of it."""

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import groupby
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _t
from django.views.decorators.http import require_http_methods

from registry.admin.spreadsheet_import_form import AS_FOUND, DELIMITERS
from registry.imports import read_as
from registry.imports.importing import read_upload
from registry.imports.long import is_at_work
from registry.imports.mapping import IGNORE, KEEP, Layout, Mapping, SheetMapping
from registry.imports.planner import make_plan
from registry.imports.proposing import propose
from registry.imports.reading import ENCODINGS, CellComment, Sheet, Unreadable, Workbook
from registry.imports.reading.workbook import column_name
from registry.imports.review import told
from registry.imports.saved import save_mapping
from registry.imports.told_problems import told_one
from registry.imports.understanding import understand
from registry.imports.uploaded import HEAD_ROWS, choices_of, limits
from registry.models.saved_mapping import SavedMapping
from registry.models.spreadsheet_import import Import
from registry.record.messages import Message, say

SHOWN_RECORDS, SHOWN_SAMPLES, SHOWN_PROBLEMS = 5, 3, 8
"""How many records of the effect, texts of a column, and remarks are shown."""
LEFT_OUT_BY_HAND = "left out by you"
HOW = ("sheet", "encoding", "delimiter")
"""What makes another table of the file: the columns are then proposed anew."""
WITH = "read-with-"
"""Inputs: with what the columns on the page were proposed."""
_RANGES = re.compile(r"(\d{1,7})(?:\s*[-–]\s*(\d{1,7}))?")


class MappingOfImport:
    """Mixin for the imports' admin: the page on which a person corrects how a file is read."""

    def get_urls(self) -> list[URLPattern]:
        """Return the addresses, and that of the mapping."""
        view = self.admin_site.admin_view(self.mapping_view)  # type: ignore[attr-defined]
        return [path("<int:pk>/mapping/", view, name="registry_import_mapping"), *super().get_urls()]  # type: ignore[misc]

    @method_decorator(require_http_methods(["GET", "HEAD", "POST"]))
    def mapping_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show how the file is read, with the effect on its first records; take corrections, and save them by name."""
        upload = self.free(request, pk)  # type: ignore[attr-defined]
        if isinstance(upload, HttpResponse):
            return upload
        stored = upload.counts["preview"].get("mapping")
        back = reverse("admin:registry_import_change", args=[pk], current_app=self.admin_site.name)  # type: ignore[attr-defined]
        if stored is None:
            messages.info(request, _t("Say first where the table is."))
            return HttpResponseRedirect(back)
        said, do = request.POST, request.POST.get("do", "") if request.method == "POST" else ""
        if do == "forget":
            proposed = dict.fromkeys(HOW, "")
            upload.choices = {**upload.choices, **proposed, "mapping": None, "use_saved": False, "header_row": None}
            self.make_plan_anew(request, upload, forget=True)  # type: ignore[attr-defined]
            messages.success(request, _t("The file is read again as the register proposes."))
            return HttpResponseRedirect(request.path)
        how = {key: said.get(key, upload.choices.get(key, "")) if do else upload.choices.get(key, "") for key in HOW}
        head, mapping, refusal = _head(upload), Mapping.from_json(stored), ""
        try:
            head, mapping = _proposed(upload, how, head, mapping, whole=do in {"use", "save"})
        except Unreadable as error:
            refusal, do = str(error), "show"
            how = {key: upload.choices.get(key, "") for key in HOW}
        if do and not refusal and all(said.get(WITH + key, how[key]) == how[key] for key in HOW):
            is_whole = do != "show" and _moves_headings(mapping, said)
            mapping = corrected(mapping, said, _whole(upload, how) if is_whole else head)
        if do in {"use", "save"}:
            refusal = self._use(request, upload, mapping, how, save=do == "save")
            if not refusal:
                return HttpResponseRedirect(back)
        head = _beginning(head)
        context = {
            "upload": upload,
            "original": upload,
            "how": how,
            "offers": _offers(upload, how),
            "sheets": [_sheet(place, one, head) for place, one in enumerate(mapping.sheets)],
            "own": mapping.own,
            "unread": [(name, say(why)) for name, why in mapping.unread.items()],
            "groups": _groups(mapping.kind),
            "read_by": upload.counts["preview"].get("read_by", ""),
            "effect": effect(upload, mapping, head),
            "refusal": refusal,
            "name": said.get("name", ""),
            "saved": SavedMapping.objects.values_list("name", flat=True),
            "back": back,
        }
        if request.headers.get("X-Part") == "effect":
            return TemplateResponse(request, "admin/registry/import/effect.html", context)
        return self._page(request, "mapping", _t("How the file is read"), context)  # type: ignore[attr-defined,no-any-return]

    mapping_view.opens_own_change_set = True  # type: ignore[attr-defined]  # it writes nothing of the register

    def _use(self, request: HttpRequest, upload: Import, mapping: Mapping, how: dict[str, str], *, save: bool) -> str:
        name = request.POST.get("name", "").strip()
        if save and not 0 < len(name) <= 120:
            return _t("Give the mapping a name of up to 120 characters.")
        workbook = _whole(upload, how) if save else None
        if workbook is not None:
            if not request.user.has_perm("registry.add_savedmapping"):
                return _t("You may not save mappings. You can use this one for this file.")
            owner = None if request.POST.get("for") == "all" else upload.organisation
            text = (how["encoding"], how["delimiter"])
            save_mapping(name, mapping, workbook, organisation=owner, by=request.user, text=text)
            said = _t("Saved as “%(name)s”: the next file of this shape is read by it.")
            messages.success(request, said % {"name": name})
        upload.choices = {**upload.choices, **how, "mapping": None if mapping.own else mapping.as_json()}
        self.make_plan_anew(request, upload, forget=True)  # type: ignore[attr-defined]
        if not is_at_work(upload):
            messages.success(request, _t("The file is read as you say; the plan is made anew."))
        return ""


def _head(upload: Import) -> Workbook:
    """Return the first rows of every sheet of the file, without reading it again."""
    sheets = [
        Sheet(
            one["name"],
            one["rows"],
            comments=tuple(CellComment(*comment) for comment in one.get("comments", ())),
            hidden_rows=frozenset(one.get("hidden_rows", ())),
            hidden_columns=frozenset(one.get("hidden_columns", ())),
        )
        for one in upload.counts["preview"].get("head", ())
    ]
    return Workbook(upload.file_name, "csv", upload.sha256, tuple(sheets))


def _whole(upload: Import, how: dict[str, str]) -> Workbook:
    """Read the file. Raises Unreadable where it isn't in the encoding that was named."""
    said = {"encoding": how["encoding"], "delimiter": how["delimiter"]}
    return read_upload(upload.file_name, bytes(upload.data), limits=limits(), **said)


def _beginning(workbook: Workbook) -> Workbook:
    return replace(workbook, sheets=tuple(replace(sheet, rows=sheet.rows[:HEAD_ROWS]) for sheet in workbook.sheets))


def _proposed(
    upload: Import, how: dict[str, str], head: Workbook, mapping: Mapping, *, whole: bool
) -> tuple[Workbook, Mapping]:
    """Return what there is to correct: as it was before, or proposed anew for another sheet or reading of the text.

    ``whole`` asks for all rows of the file where something is proposed: later ones may be no records either. Raises
    Unreadable where the file can't be read so, or holds no table then.
    """
    is_as_before = all(how[key] == upload.choices.get(key, "") for key in HOW)
    if is_as_before:
        return head, mapping
    is_other_text = any(how[key] != upload.choices.get(key, "") for key in HOW[1:])
    workbook = _whole(upload, how) if is_other_text or whole else head
    proposal = propose(workbook, sheet=how["sheet"])
    if proposal.mapping is None:
        first = proposal.problems[0]
        message = Message("Read so, the file holds no table that is understood: %(why)s", why=first.message)
        raise Unreadable(message, Message("Accepted: %(what)s.", what=first.accepted))
    return workbook, proposal.mapping


def _offers(upload: Import, how: dict[str, str]) -> list[dict[str, Any]]:
    """Return what can be said of how the file is read as a whole: its sheet, or its encoding and delimiter."""
    understood = upload.counts["preview"]["understood"]
    sheets = {name: name for name in understood["sheets"]}
    encodings = {key: say(name) for key, name in ENCODINGS.items()}
    found = {
        "sheet": (_t("Sheet with the records"), sheets if len(sheets) > 1 else {}, ""),
        "encoding": (_t("Encoding"), encodings if understood["encoding"] else {}, understood["encoding"]),
        "delimiter": (
            _t("What separates the cells"),
            DELIMITERS if understood["encoding"] else {},
            understood["delimiter"],
        ),
    }
    offers = []
    for key, (label, names, is_found) in found.items():
        as_found = f"{AS_FOUND}: {names[is_found]}" if is_found in names and not upload.choices.get(key) else AS_FOUND
        choices = [("", as_found), *names.items()]
        if names:
            offers.append({"key": key, "label": label, "chosen": how[key], "choices": choices})
    return offers


def effect(upload: Import, mapping: Mapping, head: Workbook) -> dict[str, Any]:
    """Return what the first records of the file become by a mapping, in words, and what is said of them."""
    found = understand(head, mapping=mapping)
    problems = list(found.problems)
    rows: list[dict[str, Any]] = []
    if found.table is not None and found.table.kind == read_as.ACTIVITY:
        decisions = choices_of(upload.choices).decisions
        plan = make_plan(found.table, organisation=upload.organisation, decisions=decisions, file_name=upload.file_name)
        rows = told(plan.rows[:SHOWN_RECORDS], plan.new_units, plan.new_entries)
        shown = {row["number"] for row in rows}
        problems += [problem for problem in plan.problems if problem.row in shown or problem.row is None]
    told_problems = sorted(problems, key=lambda problem: ("error", "warning", "note").index(problem.severity))
    return {
        "rows": rows,
        "problems": [told_one(problem) for problem in told_problems[:SHOWN_PROBLEMS]],
        "more_problems": max(0, len(told_problems) - SHOWN_PROBLEMS),
    }


def _groups(kind: str) -> list[tuple[str, list[read_as.ReadAs]]]:
    """Return what a column may be read as, by group: what has no field first."""
    choices = read_as.choices(kind)
    choices.sort(key=lambda choice: choice.key not in {KEEP, IGNORE})
    return [(group, list(some)) for group, some in groupby(choices, key=lambda choice: choice.group)]


def _sheet(place: int, one: SheetMapping, head: Workbook) -> dict[str, Any]:
    sheet = next((sheet for sheet in head.sheets if sheet.name == one.name), Sheet(one.name, []))
    rows = sheet.rows
    ticked = {choice.key for choice in read_as.choices() if choice.is_list}
    return {
        "place": place,
        "names": one.names,
        "part": one.part,
        "is_card": one.layout is Layout.CARD,
        "header_row": one.header_row,
        "first_data_row": one.first_data_row,
        "columns": [
            {
                "place": number,
                "letters": column_name(column.place) if column.place else "",
                "heading": column.heading,
                "is_hidden": column.place in sheet.hidden_columns,
                "block": column.block,
                "read_as": column.read_as,
                "value": column.value,
                "may_tick": bool(column.value) or column.read_as in ticked,
                "samples": _samples(rows, one, column.place),
            }
            for number, column in enumerate(one.columns)
        ],
        "skipped": [
            {
                "row": row,
                "why": _t(why),
                "text": " · ".join(filter(None, rows[row - 1]))[:120] if row <= len(rows) else "",
            }
            for row, why in sorted(one.skipped.items())
            if why != "empty"
        ],
    }


def _samples(rows: list[list[str]], one: SheetMapping, place: int) -> list[str]:
    if not place:
        return []
    body = rows[(one.first_data_row or (one.header_row or 0) + 1) - 1 :]
    texts = dict.fromkeys(row[place - 1].strip() for row in body if place <= len(row))
    return [text[:60] for text in texts if text][:SHOWN_SAMPLES]


def _moves_headings(mapping: Mapping, said: QueryDict) -> bool:
    headers = [(_number(said.get(f"s{place}-header", "")), one.header_row) for place, one in enumerate(mapping.sheets)]
    return any(header not in {None, was} for header, was in headers)


def corrected(mapping: Mapping, said: QueryDict, head: Workbook) -> Mapping:
    """Return the mapping with what the form says; what it doesn't say, or says unreadably, stays."""
    sheets = []
    for place, one in enumerate(mapping.sheets):
        header = _number(said.get(f"s{place}-header", ""))
        if header and one.layout is Layout.TABLE and header != one.header_row:
            proposal = propose(head, sheet=one.name, header_row=header).mapping
            if proposal is not None:
                is_shown = _number(said.get(f"s{place}-was", "")) == header  # its columns are those on the page
                sheets.append(_corrected_sheet(place, proposal.main, said) if is_shown else proposal.main)
                continue
        sheets.append(_corrected_sheet(place, one, said))
    return replace(mapping, sheets=tuple(sheets))


def _corrected_sheet(place: int, one: SheetMapping, said: QueryDict) -> SheetMapping:
    columns = tuple(
        replace(
            column,
            read_as=said.get(f"s{place}-c{number}", column.read_as),
            value=said.get(f"s{place}-v{number}", column.value).strip(),
        )
        for number, column in enumerate(one.columns)
    )
    read = {_number(text) for text in said.getlist(f"s{place}-read")}
    skipped = {row: why for row, why in one.skipped.items() if row not in read}
    skipped |= dict.fromkeys(_rows(said.get(f"s{place}-leave", "")), LEFT_OUT_BY_HAND)
    first = _number(said.get(f"s{place}-first", ""))
    if first and first <= (one.header_row or 0):
        first = None
    return replace(one, columns=columns, skipped=skipped, first_data_row=first or one.first_data_row)


def _number(text: str) -> int | None:
    return int(text) if text.isdecimal() and 0 < len(text) < 8 and int(text) else None


def _rows(text: str) -> Iterator[int]:
    """Yield the rows that a person names: ``3-5, 9``."""
    for first, last in _RANGES.findall(text):
        yield from range(int(first), min(int(last or first), int(first) + 10_000) + 1)
