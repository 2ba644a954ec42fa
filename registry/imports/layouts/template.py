"""The template of our own layout: an empty table made of the declared facts, and a sheet that explains its columns."""

import csv
from datetime import datetime
from io import BytesIO, StringIO
from typing import Any

import xlsxwriter
from django.utils import translation
from django.utils.text import capfirst

from registry import models
from registry.imports.layouts.examples import example
from registry.record.classes import record_class
from registry.record.definition import Fact, Kind, facts, main_fact, words_fact
from registry.record.flat import LANGUAGE, headings, row_key

EXPLANATIONS = "Explanations"
"""The sheet that explains the columns; no import reads it."""
LONGEST_LIST = 255
"""How many characters the values of a drop-down list may have in XLSX, commas included."""
_LAST_ROW = 10_000
_SAID_AS = ("Column", "What it means", "Article", "Required", "Accepted", "How several rows are written", "Example")
_WIDTHS = (24, 44, 20, 10, 44, 60, 60)
_WIDE, _NARROW = 36, 20


def template_workbook(model: type[Any] = models.ProcessingActivity) -> bytes:
    """Return an XLSX workbook with one empty table for ``model``, and a sheet that explains each column.

    The table's headings are those that the import knows as its own; closed choices can be picked from a list.
    """
    stream = BytesIO()
    with translation.override(LANGUAGE), xlsxwriter.Workbook(stream, {"in_memory": True}) as workbook:
        workbook.set_properties({"created": datetime(2000, 1, 1)})  # the same template gives the same bytes
        _table(workbook, model)
        _explanations(workbook, model)
    return stream.getvalue()


def template_csv(model: type[Any] = models.ProcessingActivity) -> bytes:
    """Return the headings of the table for ``model`` as CSV, in UTF-8 with the mark by which Excel knows it."""
    text = StringIO()
    csv.writer(text).writerow(headings(record_class(model)).values())
    return text.getvalue().encode("utf-8-sig")


def table_name(model: type[Any]) -> str:
    """Return the name of the sheet that holds the table."""
    if model is models.ProcessingActivity:
        return "Activities"
    with translation.override(LANGUAGE):
        return capfirst(str(model._meta.verbose_name_plural))[:31]


def _table(workbook: Any, model: type[Any]) -> None:
    sheet = workbook.add_worksheet(table_name(model))
    bold = {"bold": True, "text_wrap": True, "valign": "top", "bottom": 1}
    plain, required = workbook.add_format(bold), workbook.add_format({**bold, "bg_color": "#D9EFEC"})
    cell = workbook.add_format({"text_wrap": True, "valign": "top", "num_format": "@"})
    declared = list(facts(record_class(model)).values())
    for column, fact in enumerate(declared):
        sheet.set_column(column, column, _WIDE if fact.kind in {Kind.ROWS, Kind.PROSE} else _NARROW, cell)
        sheet.write_string(0, column, fact.label, required if fact.required else plain)
        if values := _to_pick(fact):
            rule = {"validate": "list", "source": values, "error_type": "warning"}
            sheet.data_validation(1, column, _LAST_ROW, column, rule)
    name = next(place for place, fact in enumerate(declared) if fact.main)
    sheet.freeze_panes(1, name + 1 if name < 3 else 0)


def _to_pick(fact: Fact) -> list[str]:
    values = ["yes", "no"] if fact.kind is Kind.FLAG else [label for _, label in fact.choice_pairs()]
    fits = len(",".join(values)) <= LONGEST_LIST and not any("," in value for value in values)
    return values if fits else []


def _explanations(workbook: Any, model: type[Any]) -> None:
    sheet = workbook.add_worksheet(EXPLANATIONS)
    heading = workbook.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1})
    text = workbook.add_format({"text_wrap": True, "valign": "top", "num_format": "@"})
    for column, (said, width) in enumerate(zip(_SAID_AS, _WIDTHS, strict=True)):
        sheet.set_column(column, column, width)
        sheet.write_string(0, column, said, heading)
    for row, fact in enumerate(facts(record_class(model)).values(), start=1):
        for column, said in enumerate(explanation(fact)):
            sheet.write_string(row, column, said, text)
    sheet.freeze_panes(1, 1)


def explanation(fact: Fact) -> tuple[str, ...]:
    """Return what the second sheet says of a column, in the order of its headings."""
    required = "yes" if fact.required else "no"
    return (fact.label, fact.help, fact.article, required, _accepted(fact), _how_rows_are_written(fact), example(fact))


def _accepted(fact: Fact) -> str:
    if fact.kind is not Kind.ROWS:
        return fact.accepts
    assert fact.row is not None  # noqa: S101 lists have a row class
    main = main_fact(fact.row)
    begins = "the name of a catalogue entry, or words in double quotes" if main.kind is Kind.ENTRY else main.label
    return f"One row a line, or separated by ;. Each begins with {begins}."


def _how_rows_are_written(fact: Fact) -> str:
    if fact.row is None:
        return ""
    main, words = main_fact(fact.row), words_fact(fact.row)
    lines = [main.label.lower() + "".join(f" | {row_key(one)}: …" for one in _particulars(fact))]
    lines += [f"{row_key(one)}: {_particular(one)}" for one in _particulars(fact)]
    if words is not None:
        lines.append('Words that are no entry stand in double quotes: "as stated by the department".')
    return "\n".join(lines)


def _particulars(fact: Fact) -> list[Fact]:
    assert fact.row is not None  # noqa: S101 lists have a row class
    return [one for one in facts(fact.row).values() if not one.main and not one.words]


def _particular(fact: Fact) -> str:
    if fact.kind is Kind.SIBLING:
        return f"#1 for the first row of the column that it refers to, #2 for the second, and so on. {fact.help}"
    return f"{fact.accepts}. {fact.help}".rstrip(". ") + "."
