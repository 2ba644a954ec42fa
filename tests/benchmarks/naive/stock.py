"""The stock import and the stock export of the stock register, to be measured."""

import random
from typing import Any

import tablib
from import_export import fields, resources
from import_export.widgets import ForeignKeyWidget, ManyToManyWidget

LINKS = {
    "subjects": "Subject",
    "data": "Data",
    "bases": "Basis",
    "recipients": "Recipient",
    "systems": "System",
    "measures": "Measure",
}
KEYS = {"organisation": "Organisation", "unit": "Unit", "retention": "Schedule"}
PLAIN = (
    "organisation",
    "ends_on",
    "is_public",
    "dpo_remark",
    "reference",
    "external_reference",
    "unit",
    "name",
    "description",
    "role",
    "status",
    "contact",
    "began_on",
    "review_interval",
    "last_reviewed_on",
    "next_review_on",
    "tags",
    "purposes",
    "special_categories",
    "recipients_answer",
    "transfers",
    "transfers_answer",
    "retention",
    "profiling",
    "automated_decisions",
)


def fill() -> None:
    """Add a hundred entries to each list."""
    from tests.benchmarks.naive import models

    for name in (*KEYS.values(), *LINKS.values()):
        model = getattr(models, name)
        model.objects.bulk_create([model(name=f"{name} {number:03d}") for number in range(100)])


def dataset(count: int) -> tablib.Dataset:
    """Return ``count`` activities with five links in each of six fields: thirty related rows each."""
    chance = random.Random(1)
    rows = tablib.Dataset(headers=[*PLAIN, *LINKS])
    words = " ".join(["processing"] * 40)
    for number in range(count):
        plain = {
            "reference": f"ACT-{number:06d}",
            **{key: f"{name} {chance.randrange(100):03d}" for key, name in KEYS.items()},
            "ends_on": "",
            "is_public": "0",
            "name": "An activity of the unit",
            "description": words,
            "role": "controller",
            "status": "approved",
            "began_on": "2020-03-04",
            "review_interval": "12",
            "last_reviewed_on": "2025-02-03",
            "next_review_on": "2026-02-03",
        }
        links = ["|".join(f"{name} {pick:03d}" for pick in chance.sample(range(100), 5)) for name in LINKS.values()]
        rows.append([*(plain.get(key, "words") for key in PLAIN), *links])
    return rows


def resource() -> Any:
    """Return the stock resource: stock widgets, default options."""
    from tests.benchmarks.naive import models

    declared: dict[str, Any] = {
        key: fields.Field(key, key, ForeignKeyWidget(getattr(models, name), "name")) for key, name in KEYS.items()
    }
    for key, name in LINKS.items():
        declared[key] = fields.Field(key, key, ManyToManyWidget(getattr(models, name), "|", "name"))
    options = type(
        "Meta", (), {"model": models.Activity, "import_id_fields": ["reference"], "fields": [*PLAIN, *LINKS]}
    )
    return type("StockResource", (resources.ModelResource,), {**declared, "Meta": options})()
