"""The physical floor of an import: the same rows and the same versions, and nothing of what makes an import safe.

csv.reader, look-ups in dicts, json.dumps, and executemany or COPY. No value is checked, no plan is made, nothing is
compared, noted or sealed. Ours writes the same: ``same_as_ours`` reads the floor's rows back in our own way.
"""

import csv
import io
from collections import defaultdict
from collections.abc import Iterator
from itertools import islice
from typing import Any

from django.db import transaction
from django.utils import timezone

from registry import models
from registry.versioning.bulk import compress_quickly, copy_in
from registry.versioning.canonical import FORM, canonical
from registry.versioning.content import columns_of, contents
from tests.benchmarks.measuring import now

BATCH = 1000
_NAMED = {
    "data_subjects": models.DataSubjectCategory,
    "data_categories": models.DataCategory,
    "recipients": models.Recipient,
    "systems": models.System,
    "measures": models.SecurityMeasure,
    "schedules": models.RetentionSchedule,
}
_FIRST = {  # the columns that the file fills, in the order in which they are given
    "purposes": ("text",),
    "legal_bases": ("legal_basis", "purpose"),
    "data_subjects": ("category",),
    "data_categories": ("category", "data_subject", "retention_schedule", "source"),
    "recipients": ("recipient", "what_for"),
    "transfers": ("recipient", "country", "document"),
    "systems": ("system",),
    "measures": ("measure",),
}


class _Table:
    """A table to be filled: rows with every column, and what stands for each of them in the content."""

    def __init__(self, model: Any, given: tuple[str, ...]) -> None:
        self.model = model
        fresh = model()
        concrete = model._meta.concrete_fields
        self.names = [column.column for column in concrete]
        self.defaults = [getattr(fresh, column.attname) for column in concrete]
        by_name = {column.name: place for place, column in enumerate(concrete)}
        content = columns_of(model)
        self.keys = [column.key for column in content]
        self.kept = [by_name[column.key] for column in content]
        self.places = [by_name[name] for name in given]
        self.in_content = [self.keys.index(name) for name in given]
        self.rows: list[list[Any]] = []

    def add(self, fixed: tuple[tuple[int, Any], ...], stored: tuple[Any, ...], said: tuple[Any, ...]) -> dict[str, Any]:
        """Add a row of the given values; return its content, in which ``said`` stands for them."""
        row = self.defaults.copy()
        for place, value in fixed:
            row[place] = value
        for place, value in zip(self.places, stored, strict=True):
            row[place] = value
        self.rows.append(row)
        values = [row[place] for place in self.kept]
        for place, value in zip(self.in_content, said, strict=True):
            values[place] = value
        return dict(zip(self.keys, values, strict=True))


class Floor:
    """One import of our benchmark's file, batch by batch, in one transaction."""

    def __init__(self, organisation: models.Organisation) -> None:
        self.organisation = organisation
        self.entries = {
            kind: {name: (pk, [pk, name]) for pk, name in model.objects.values_list("pk", "name")}
            for kind, model in _NAMED.items()
        }
        self.bases = {
            code: (pk, [pk, title]) for pk, code, title in models.LegalBasis.objects.values_list("pk", "code", "title")
        }
        self.units = {name: (pk, [pk, name]) for pk, name in models.OrganisationUnit.objects.values_list("pk", "name")}
        activity = models.ProcessingActivity
        self.parts = {
            relation: _Table(activity._meta.get_field(relation).related_model, _FIRST.get(relation, ()))
            for relation in activity.PARTS
        }
        self.fixed = {
            relation: tuple(table.names.index(name) for name in ("id", "activity_id", "position"))
            for relation, table in self.parts.items()
        }
        self.next_key: dict[str, int] = defaultdict(int)
        self.root = _Table(activity, ())
        self.reading = self.writing = 0.0

    def run(self, data: bytes) -> None:
        """Read the file and write all of it; the seconds of both are kept apart."""
        reader = csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline=""))
        begun = now()
        with transaction.atomic():
            compress_quickly()
            last = models.ChangeSet.objects.latest("sequence")
            header = models.ChangeSet.objects.create(
                sequence=last.sequence + 1,
                made_at=timezone.now(),
                actor_name="system",
                channel="import",
                previous_digest=last.digest,
                digest="0" * 64,
            )
            while batch := self._read(list(islice(reader, BATCH))):
                self._write(batch, header)
        self.writing = now() - begun - self.reading

    def _read(self, rows: list[dict[str, str]]) -> list[dict[str, Any]]:
        begun = now()
        found = [self._activity(row) for row in rows]
        self.reading += now() - begun
        return found

    def _write(self, batch: list[dict[str, Any]], header: models.ChangeSet) -> None:
        history = models.ProcessingActivity.history.model
        roots = self.root.rows
        columns = [
            *self.root.names,
            "history_date",
            "history_type",
            "history_change_reason",
            "change_set_id",
            "content",
        ]
        copy_in(models.ProcessingActivity, self.root.names, roots)
        for table in self.parts.values():
            if table.rows:
                copy_in(table.model, table.names, table.rows)
                table.rows = []
        made_at = header.made_at.isoformat()
        sealed = (made_at, "+", "", header.sequence)
        versions = ([*root, *sealed, canonical(said)] for root, said in zip(roots, batch, strict=True))
        copy_in(history, columns, versions)
        self.root.rows = []

    def _activity(self, row: dict[str, str]) -> dict[str, Any]:
        self.next_key["activity"] += 1
        pk = self.next_key["activity"]
        unit, schedule = self.units[row["Unit"]], self.entries["schedules"][row["Kept for"]]
        values = {
            "id": pk,
            "organisation_id": self.organisation.pk,
            "unit_id": unit[0],
            "reference": row["Reference"],
            "external_reference": row["External reference"],
            "name": row["Name"],
            "description": row["Description"],
            "role": "controller",
            "status": "approved",
            "contact": row["Contact"],
            "began_on": row["Began on"],
            "review_interval": 12,
            "last_reviewed_on": "2025-02-03",
            "next_review_on": "2026-02-03",
            "tags": row["Tags"],
            "special_categories": "no",
            "recipients_answer": "yes",
            "transfers_answer": "yes",
            "profiling": "no",
            "automated_decisions": "no",
            "retention_schedule_id": schedule[0],
        }
        root = [values.get(name, default) for name, default in zip(self.root.names, self.root.defaults, strict=True)]
        self.root.rows.append(root)
        content = dict(zip(self.root.keys, [root[place] for place in self.root.kept], strict=True))
        named = [self.organisation.pk, self.organisation.name]
        content.update({"form": FORM, "organisation": named, "unit": unit[1], "retention_schedule": schedule[1]})
        for relation in self.parts:
            content[relation] = []
        for relation, stored, said in self._rows(row):
            self.next_key[relation] += 1
            held = content[relation]
            fixed = tuple(zip(self.fixed[relation], (self.next_key[relation], pk, len(held)), strict=True))
            held.append(self.parts[relation].add(fixed, stored, said))
        return content

    def _rows(self, row: dict[str, str]) -> Iterator[tuple[str, tuple[Any, ...], tuple[Any, ...]]]:
        entries = self.entries
        first = self.next_key["purposes"] + 1
        for text in row["Purposes"].split("\n"):
            yield "purposes", (text,), (text,)
        for place, line in enumerate(row["Legal bases"].split("\n")):
            basis = self.bases[line.split(" | ")[0]]
            yield "legal_bases", (basis[0], first + place), (basis[1], place)
        first = self.next_key["data_subjects"] + 1
        for line in row["Data subjects"].split("\n"):
            subject = entries["data_subjects"][line]
            yield "data_subjects", subject[:1], subject[1:]
        for place, line in enumerate(row["Data categories"].split("\n")):
            name, _, kept, source = line.split(" | ")
            category = entries["data_categories"][name]
            schedule = entries["schedules"][kept.partition(": ")[2]]
            source = source.partition(": ")[2]
            stored = (category[0], first + place % 3, schedule[0], source)
            yield "data_categories", stored, (category[1], place % 3, schedule[1], source)
        for line in row["Recipients"].split("\n"):
            name, what = line.split(" | ")
            recipient, what = entries["recipients"][name], what.partition(": ")[2]
            yield "recipients", (recipient[0], what), (recipient[1], what)
        for line in row["Transfers"].split("\n"):
            name, _, document = line.split(" | ")
            recipient, document = entries["recipients"][name], document.partition(": ")[2]
            yield "transfers", (recipient[0], "JP", document), (recipient[1], "JP", document)
        for line in row["Systems"].split("\n"):
            system = entries["systems"][line]
            yield "systems", system[:1], system[1:]
        for line in row["Security measures"].split("\n"):
            measure = entries["measures"][line]
            yield "measures", measure[:1], measure[1:]


def same_as_ours(count: int) -> bool:
    """Whether the floor's versions are, letter for letter, what we write of its rows."""
    stored = models.ProcessingActivity.history.order_by("id").values_list("id", "content")
    ours = ((pk, text) for pk, _, text in contents(models.ProcessingActivity, range(1, count + 1)))
    return list(stored) == list(ours)
