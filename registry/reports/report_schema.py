"""What a program may expect of a list or a document as JSON: a JSON Schema. The register has one of its own."""

from typing import Any

from registry.reports.listing import Holds

SCHEMA = "report.schema.json"
FORM = 1
"""The form of the file, raised whenever a program that reads it would have to change."""

DRAFT = "https://json-schema.org/draft/2020-12/schema"

_TEXT: dict[str, Any] = {"type": "string"}
_MAYBE: dict[str, Any] = {"type": ["string", "null"]}
_TEXTS: dict[str, Any] = {"type": "array", "items": _TEXT}
_ROW: dict[str, Any] = {
    "type": "object",
    "description": "A value for each column by its key; null where nothing is stated, an empty list for no texts.",
    "additionalProperties": {"type": ["string", "integer", "array", "null"], "items": _TEXT},
}


def report_schema() -> dict[str, Any]:
    """Return the schema, in English."""
    head = {
        "schema": {"const": SCHEMA},
        "form": {"const": FORM},
        "title": _TEXT,
        "language": {**_TEXT, "description": "The language of headings and fixed words; contents are as entered."},
        "produced_at": {**_TEXT, "format": "date-time"},
        "produced_by": _TEXT,
        "about": {
            "type": "array",
            "items": _object({"label": _TEXT, "value": _MAYBE}),
            "description": "Where it comes from: the moment, the change set, the chain head, filters, the signing key.",
        },
    }
    notes = {"notes": _TEXTS}
    one_table = {**head, **notes, **_table_properties()}
    several = {**head, **notes, "tables": {"type": "array", "minItems": 2, "items": {"$ref": "#/$defs/Table"}}}
    document = {**head, "parts": {"type": "array", "items": {"$ref": "#/$defs/Part"}}}
    return {
        "$schema": DRAFT,
        "$id": SCHEMA,
        "title": "A report that is a list of one table, a list of several, or a document",
        "oneOf": [_object(one_table), _object(several), _object(document)],
        "$defs": {
            "Table": _object({"key": _TEXT, "title": _TEXT, **_table_properties()}),
            "Part": _part(),
            "Card": _card(),
        },
    }


def _table_properties() -> dict[str, Any]:
    column = {
        "key": _TEXT,
        "title": _TEXT,
        "holds": {"enum": [one.name.lower() for one in Holds]},
        "article": {**_MAYBE, "description": "Where the law asks for it."},
    }
    return {
        "intro": _MAYBE,
        "if_empty": {**_MAYBE, "description": "What it means that there are no rows, where there are none."},
        "columns": {"type": "array", "items": _object(column)},
        "rows": {"type": "array", "items": _ROW},
    }


def _part() -> dict[str, Any]:
    counts = {"type": "object", "additionalProperties": {"type": "integer"}}
    chart = _object({"title": _TEXT, "of": {"type": "integer"}, "counts": counts})
    cards = {"type": "array", "items": {"$ref": "#/$defs/Card"}}
    return _object({"title": _TEXT, "intro": _MAYBE, "charts": {"type": "array", "items": chart}, "cards": cards})


def _card() -> dict[str, Any]:
    texts = {"type": "object", "additionalProperties": _TEXT}
    rows = {"type": "array", "items": {"anyOf": [_TEXT, texts]}}
    line = _object(
        {
            "label": _TEXT,
            "state": {"enum": ["stated", "none", "not_stated"]},
            "value": {"anyOf": [{"type": ["string", "null"]}, rows]},
        }
    )
    section = _object({"title": _TEXT, "article": _MAYBE, "lines": {"type": "array", "items": line}})
    return _object(
        {"reference": _MAYBE, "title": _TEXT, "facts": texts, "sections": {"type": "array", "items": section}}
    )


def _object(properties: dict[str, Any]) -> dict[str, Any]:
    """An object that has each of these, and nothing else."""
    return {"type": "object", "properties": properties, "required": list(properties), "additionalProperties": False}
