"""What a program may expect of the register as JSON: a JSON Schema made from the declarations that the data is made
from."""

from typing import Any

from registry.record.activity import ActivityRecord
from registry.record.classes import ASSURANCE, PARTS, ROOTS
from registry.record.definition import Fact, Kind, Named, facts
from registry.reference.answers import Answer
from registry.reports.record_data import FORM, SCHEMA

DRAFT = "https://json-schema.org/draft/2020-12/schema"


def register_schema() -> dict[str, Any]:
    """Return the schema, in English."""
    definitions = {
        **{
            record.__name__: _entry(record)
            for model, record in ROOTS.items()
            if record is not ActivityRecord and model not in ASSURANCE
        },
        **{row.__name__: _record(row) for model, row in PARTS.items() if model.root_model() not in ASSURANCE},
        ActivityRecord.__name__: _record(ActivityRecord),
        "Named": _object({"id": {"type": "integer"}, "name": {"type": "string"}}, ["id", "name"]),
    }
    definitions[ActivityRecord.__name__]["properties"]["not_recorded_at_that_time"] = {
        "type": "array",
        "items": {"type": "string"},
        "description": "Facts that nobody was asked for when the record was written. Left out where there are none.",
    }
    moment = {"type": "string", "format": "date-time"}
    properties = {
        "schema": {"const": SCHEMA},
        "form": {"const": FORM},
        "title": {"type": "string"},
        "law": {"type": "string"},
        "as_at": {**moment, "description": "The moment as at which the register is shown."},
        "change_set": {"type": "integer", "description": "The last change set that is included."},
        "chain_head": {"type": ["string", "null"], "description": "The seal of that change set (SHA-256)."},
        "signing_key": {
            "type": ["string", "null"],
            "description": "The fingerprint of the key that signs audit packs.",
        },
        "filters": {"type": "array", "items": {"type": "string"}},
        "produced_at": moment,
        "produced_by": {"type": "string"},
        "organisations": {"type": "array", "items": {"$ref": "#/$defs/OrganisationRecord"}},
        "records": {"type": "integer"},
        "activities": {"type": "array", "items": {"$ref": "#/$defs/ActivityRecord"}},
    }
    return {
        "$schema": DRAFT,
        "$id": SCHEMA,
        "title": "Record of processing activities",
        **_object(properties, list(properties)),
        "$defs": definitions,
    }


def _object(properties: dict[str, Any], required: list[str]) -> dict[str, Any]:
    return {"type": "object", "properties": properties, "required": required, "additionalProperties": False}


def _record(record: type[Any]) -> dict[str, Any]:
    """A record or row: every fact has its key."""
    properties = {"id": {"type": "integer"}, **{key: _fact(fact) for key, fact in facts(record).items()}}
    return _object(properties, list(properties))


def _entry(record: type[Any]) -> dict[str, Any]:
    """What a record refers to: facts that nobody stated are left out."""
    properties = {
        "id": {"type": "integer"},
        "label": {"type": "string", "description": "What it is called in reports."},
        **{key: _fact(fact) for key, fact in facts(record).items()},
    }
    return _object(properties, ["id", "label"])


def _fact(fact: Fact) -> dict[str, Any]:
    said = " ".join(filter(None, (f"{fact.label}.", fact.help, f"({fact.article})" if fact.article else "")))
    return {"description": said, **_value(fact)}


def _value(fact: Fact) -> dict[str, Any]:
    kind = fact.kind
    if kind is Kind.ROWS:
        assert fact.row is not None  # noqa: S101 only lists are of this kind
        return {"type": "array", "items": {"$ref": f"#/$defs/{fact.row.__name__}"}}
    if kind is Kind.ENTRY:
        return {"anyOf": [{"type": "null"}, *({"$ref": f"#/$defs/{name}"} for name in _entries(fact))]}
    if kind is Kind.SIBLING:
        row = _object({"row": {"type": "integer", "minimum": 1}, "list": {"const": fact.entry}}, ["row", "list"])
        return {"anyOf": [{"type": "null"}, row]}
    if kind is Kind.CHOICE:
        codes = [code for code, _label in fact.choice_pairs()]
        choice = _object({"code": {"enum": codes} if codes else {}, "label": {"type": "string"}}, ["code", "label"])
        return {"anyOf": [{"type": "null"}, choice]}
    if kind is Kind.ANSWER:
        return {"enum": [str(answer) for answer in Answer]}
    if kind is Kind.DATE:
        return {"type": ["string", "null"], "format": "date"}
    if kind is Kind.NUMBER:
        return {"type": ["integer", "null"]}
    if kind is Kind.ACCOUNT:
        return {"type": ["string", "null"]}
    return {"type": "boolean" if kind is Kind.FLAG else "string"}


def _entries(fact: Fact) -> list[str]:
    """The classes that an entry may be of: one of its own kind is only named, and so is one that is gone."""
    found = [record.__name__ for model, record in ROOTS.items() if model.__name__ == fact.entry]
    return [*found, Named.__name__]
