"""Importing activities with thirty related rows each: ours, the naive way, and the physical floor, in one run."""

import csv
import io
import time
from datetime import date
from typing import Any

from tests.benchmarks.measuring import in_fresh_process, table

HERE = "tests.benchmarks.bench_import"
NAIVE_SETTINGS = "tests.benchmarks.naive.settings"
NAIVE_ROWS = 200
"""The naive rate doesn't depend on the number of rows, and 10,000 of them would take ten minutes."""


def ours(count: int) -> dict[str, Any]:
    """Read, plan and apply ``count`` activities, history and sealing included; then the same file once more."""
    from registry.imports.importing import apply_preview, preview
    from tests.benchmarks.register_data import as_csv, fill_catalogues

    organisation = fill_catalogues()
    data = as_csv(count)
    start = time.perf_counter()
    found = preview("register.csv", data, organisation=organisation)
    planned = time.perf_counter()
    apply_preview(found, actor=None)
    applied = time.perf_counter()
    assert found.plan
    assert found.plan.counts["created"] == count
    del found
    again = preview("register.csv", data, organisation=organisation)
    unchanged = time.perf_counter()
    assert again.plan
    assert again.plan.counts["unchanged"] == count
    return {
        "rate": count / (applied - start),
        "plan": planned - start,
        "apply": applied - planned,
        "again": unchanged - applied,
    }


def naive(count: int) -> dict[str, Any]:
    """Import ``count`` activities the stock way, without the dry run that the stock preview makes first."""
    from tests.benchmarks.naive import stock

    stock.fill()
    data = stock.dataset(count)
    start = time.perf_counter()
    result = stock.resource().import_data(data, raise_errors=True)
    seconds = time.perf_counter() - start
    assert result.totals["new"] == count
    return {"rate": count / seconds}


def floor(count: int) -> dict[str, Any]:
    """Write the same rows and versions with csv.reader, dict look-ups, json.dumps and executemany or COPY alone."""
    from registry import models
    from registry.versioning.bulk import insert_rows
    from registry.versioning.canonical import canonical
    from registry.versioning.content import contents
    from registry.versioning.writing import change_set
    from tests.benchmarks.register_data import as_csv, fill_catalogues

    organisation = fill_catalogues()
    data = as_csv(count)
    start = time.perf_counter()
    reader = csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline=""))
    names = {
        model: dict(model.objects.values_list("title" if model is models.LegalBasis else "name", "pk"))
        for model in (
            models.DataCategory,
            models.DataSubjectCategory,
            models.Recipient,
            models.System,
            models.SecurityMeasure,
            models.RetentionSchedule,
        )
    }
    codes = dict(models.LegalBasis.objects.values_list("code", "pk"))
    units = dict(models.OrganisationUnit.objects.values_list("name", "pk"))
    roots, parts, versions = [], {model: [] for model in _parts(models)}, []
    for pk, row in enumerate(reader, start=1):
        _read(models, pk, row, organisation.pk, names, codes, units, roots, parts, versions)
    with change_set(reason="floor"):
        models.Organisation.objects.filter(pk=organisation.pk).update(phone="1")
        insert_rows(models.ProcessingActivity, _root_columns(models), roots)
        for model, (columns, _) in _parts(models).items():
            insert_rows(model, ["id", "activity_id", "position", *columns], parts[model])
        sequence = models.ChangeSet.objects.latest("sequence").sequence
        history = models.ProcessingActivity.history.model
        columns = [*_root_columns(models), "history_date", "history_type", "change_set_id", "content"]
        now = models.ChangeSet.objects.latest("sequence").made_at
        _insert_versions(
            history,
            columns,
            ([*root, now, "+", sequence, canonical(content)] for root, content in zip(roots, versions, strict=True)),
        )
    seconds = time.perf_counter() - start
    assert models.ProcessingActivity.history.count() == count
    assert sum(1 for _ in contents(models.ProcessingActivity, [1])) == 1
    return {"rate": count / seconds}


def run(sizes: tuple[int, ...] = (100, 1_000, 10_000)) -> None:
    """Measure and print."""
    slowest = in_fresh_process(HERE, "naive", NAIVE_ROWS, settings=NAIVE_SETTINGS)["rate"]
    rows = []
    for size in sizes:
        mine = in_fresh_process(HERE, "ours", size)
        least = in_fresh_process(HERE, "floor", size)
        rows.append(
            [
                f"{size:,}",
                f"{mine['rate']:,.0f}",
                f"{slowest:,.1f}",
                f"×{mine['rate'] / slowest:.0f}",
                f"{least['rate']:,.0f}",
                f"{least['rate'] / mine['rate']:.1f}",
                f"{mine['plan']:.1f}",
                f"{mine['apply']:.1f}",
                f"{mine['again']:.1f}",
                mine["peak_mb"],
                least["peak_mb"],
            ]
        )
    table(
        f"Import, activities a second (naive: {NAIVE_ROWS} rows; its rate is flat)",
        [
            "activities",
            "ours",
            "naive",
            "ours/naive",
            "floor",
            "floor/ours",
            "plan s",
            "apply s",
            "again s",
            "MB",
            "floor MB",
        ],
        rows,
    )


# The floor's own reading and writing


def _parts(models: Any) -> dict[Any, tuple[list[str], str]]:
    words = ["stated_as"]
    return {
        models.Purpose: (["text", "term", "ccpa_business_purpose"], "Purposes"),
        models.ActivityLegalBasis: (
            [
                "legal_basis_id",
                *words,
                "purpose_id",
                "provision",
                "interest",
                "assessment_document",
                "assessment_outcome",
                "schedule_1_condition",
                "authorising_law",
            ],
            "Legal bases",
        ),
        models.ActivityDataSubject: (["category_id", *words], "Data subjects"),
        models.ActivityDataCategory: (
            [
                "category_id",
                *words,
                "data_subject_id",
                "retention_schedule_id",
                "retention_stated_as",
                "source",
                "obligatory",
                "refusal_consequence",
                "items",
            ],
            "Data categories",
        ),
        models.ActivityRecipient: (
            ["recipient_id", *words, "what_for", "disclosed_when", "role", "ccpa_role", "sold", "shared"],
            "Recipients",
        ),
        models.Transfer: (
            [
                "recipient_id",
                *words,
                "country",
                "international_organisation",
                "safeguard",
                "article_49_assessment",
                "document",
                "assessment_status",
                "assessment_outcome",
                "supplementary_measures",
            ],
            "Transfers",
        ),
        models.ActivitySystem: (["system_id", *words], "Systems"),
        models.ActivityMeasure: (["measure_id", *words], "Security measures"),
    }


def _root_columns(models: Any) -> list[str]:
    return [column.column for column in models.ProcessingActivity._meta.concrete_fields]


def _read(
    models: Any,
    pk: int,
    row: dict[str, str],
    organisation: int,
    names: Any,
    codes: Any,
    units: Any,
    roots: Any,
    parts: Any,
    versions: Any,
) -> None:
    schedule = names[models.RetentionSchedule]
    values = {
        "id": pk,
        "organisation_id": organisation,
        "unit_id": units[row["Unit"]],
        "reference": row["Reference"],
        "external_reference": row["External reference"],
        "name": row["Name"],
        "description": row["Description"],
        "role": "controller",
        "status": "approved",
        "contact": row["Contact"],
        "began_on": date.fromisoformat(row["Began on"]),
        "review_interval": 12,
        "last_reviewed_on": date(2025, 2, 3),
        "next_review_on": date(2026, 2, 3),
        "tags": row["Tags"],
        "is_public": False,
        "special_categories": "no",
        "recipients_answer": "yes",
        "transfers_answer": "yes",
        "profiling": "no",
        "automated_decisions": "no",
        "retention_schedule_id": schedule[row["Kept for"]],
    }
    roots.append(
        [values.get(column, None if column in {"owner_id", "ends_on"} else "") for column in _root_columns(models)]
    )
    content: dict[str, Any] = {key: str(value) for key, value in values.items()}

    def add(model: Any, place: int, cells: list[Any]) -> None:
        columns = _parts(models)[model][0]
        key = len(parts[model]) + 1
        parts[model].append([key, pk, place, *cells])
        content.setdefault(model.__name__, []).append(dict(zip(columns, cells, strict=True)))

    for place, text in enumerate(row["Purposes"].split("\n")):
        add(models.Purpose, place, [text, "", ""])
    first = len(parts[models.Purpose]) - 2
    for place, line in enumerate(row["Legal bases"].split("\n")):
        code = line.split(" | ")[0]
        add(models.ActivityLegalBasis, place, [codes[code], "", first + place, "", "", "", "", "", ""])
    for place, line in enumerate(row["Data subjects"].split("\n")):
        add(models.ActivityDataSubject, place, [names[models.DataSubjectCategory][line], ""])
    subject = len(parts[models.ActivityDataSubject]) - 2
    for place, line in enumerate(row["Data categories"].split("\n")):
        name, _, kept, source = (part.split(": ")[-1] for part in line.split(" | "))
        add(
            models.ActivityDataCategory,
            place,
            [
                names[models.DataCategory][name],
                "",
                subject + place % 3,
                schedule[kept],
                "",
                source,
                "not_assessed",
                "",
                "",
            ],
        )
    for place, line in enumerate(row["Recipients"].split("\n")):
        name, what = (part.split(": ")[-1] for part in line.split(" | "))
        add(
            models.ActivityRecipient,
            place,
            [names[models.Recipient][name], "", what, "", "", "", "not_assessed", "not_assessed"],
        )
    for place, line in enumerate(row["Transfers"].split("\n")):
        name, _, document = (part.split(": ")[-1] for part in line.split(" | "))
        add(models.Transfer, place, [names[models.Recipient][name], "", "JP", "", "", "", document, "", "", ""])
    for place, line in enumerate(row["Systems"].split("\n")):
        add(models.ActivitySystem, place, [names[models.System][line], ""])
    for place, line in enumerate(row["Security measures"].split("\n")):
        add(models.ActivityMeasure, place, [names[models.SecurityMeasure][line], ""])
    versions.append(content)


def _insert_versions(history: Any, columns: list[str], rows: Any) -> None:
    from django.db import connection

    quote = connection.ops.quote_name
    target, names = quote(history._meta.db_table), ", ".join(quote(column) for column in columns)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.cursor.copy(f"COPY {target} ({names}) FROM STDIN") as copy:
                for row in rows:
                    copy.write_row(row)
        else:
            places = ", ".join(["%s"] * len(columns))
            cursor.executemany(f"INSERT INTO {target} ({names}) VALUES ({places})", rows)  # noqa: S608 names come from models


if __name__ == "__main__":
    run()
