"""A register of any size for benchmarks: catalogues, and spreadsheet rows of activities with thirty related rows each."""

import csv
import io
import random
from collections.abc import Iterator

import xlsxwriter

from registry import models
from registry.record.activity import ActivityRecord
from registry.record.flat import headings
from registry.versioning.writing import change_set

RELATED = 30
_WORDS = (
    "personal data collected from applicants and employees for the purpose of contract administration payroll benefits "
    "access control monitoring marketing analytics support quality assurance legal claims retention deletion"
).split()


def fill_catalogues(entries: int = 100) -> models.Organisation:
    """Add an organisation and ``entries`` entries to each catalogue; return the organisation."""
    with change_set(reason="benchmark"):
        organisation = models.Organisation.objects.create(name="Benchmark plc")
        for number in range(40):
            models.OrganisationUnit.objects.create(organisation=organisation, name=f"Unit {number:03d}")
        for number in range(entries):
            models.DataCategory.objects.create(name=f"Data category {number:03d}")
            models.DataSubjectCategory.objects.create(name=f"Data subjects {number:03d}")
            models.Recipient.objects.create(name=f"Recipient {number:03d}")
            models.System.objects.create(name=f"System {number:03d}")
            models.SecurityMeasure.objects.create(name=f"Measure {number:03d}")
            models.RetentionSchedule.objects.create(name=f"Schedule {number:03d}", text=f"{number} years after the end")
            models.LegalBasis.objects.create(
                code=f"B-{number:03d}", title=f"Basis {number:03d}", regime="eu", kind="lawful_basis"
            )
    return organisation


_SAFEGUARDS = ("Adequacy decision (GDPR Art. 45(3))", "Binding corporate rules (GDPR Art. 46(2)(b), Art. 47)")


def rows(count: int, seed: int = 1, *, alike: bool = False) -> Iterator[dict[str, str]]:
    """Yield ``count`` activities as cells of our flat layout, by heading: some 25 filled columns and 30 related rows.

    Where they are ``alike``, all have a purpose in common, and transfers to one recipient, as records of a group have:
    half of them under another safeguard than the others.
    """
    chance = random.Random(seed)

    def words(number: int) -> str:
        return " ".join(chance.choice(_WORDS) for _ in range(number))

    def entry(name: str) -> str:
        return f"{name} {chance.randrange(100):03d}"

    def transfers(number: int) -> list[str]:
        if alike:
            return [f"Recipient 001 | country: United States | safeguard: {_SAFEGUARDS[number % 2]}"]
        return [f"{entry('Recipient')} | country: Japan | document: {words(2)}" for _ in range(3)]

    for number in range(count):
        subjects = [entry("Data subjects") for _ in range(3)]
        yield {
            "Unit": f"Unit {chance.randrange(40):03d}",
            "Reference": f"ACT-{number:06d}",
            "External reference": f"X/{number}",
            "Name": words(5),
            "Description": words(40),
            "Our role": "Controller",
            "Status": "Approved",
            "Contact": words(2),
            "Began on": f"20{chance.randrange(10, 25)}-03-04",
            "Review every (months)": "12",
            "Last reviewed on": "2025-02-03",
            "Next review on": "2026-02-03",
            "Tags": words(2),
            "Purposes": "\n".join([*(words(12) for _ in range(3)), *["Keeping the accounts of the group"] * alike]),
            "Legal bases": "\n".join(f"B-{chance.randrange(100):03d} | for purpose: #{n}" for n in (1, 2, 3)),
            "Data subjects": "\n".join(subjects),
            "Special categories of data": "No",
            "Data categories": "\n".join(
                f"{entry('Data category')} | whose: #{1 + n % 3} | kept for: {entry('Schedule')} | source: the customer"
                for n in range(6)
            ),
            "Are there recipients?": "Yes",
            "Recipients": "\n".join(f"{entry('Recipient')} | what for: {words(3)}" for _ in range(6)),
            "Are there transfers to third countries?": "Yes",
            "Transfers": "\n".join(transfers(number)),
            "Kept for": entry("Schedule"),
            "Security measures": "\n".join(entry("Measure") for _ in range(3)),
            "Systems": "\n".join(entry("System") for _ in range(3)),
            "Profiling": "No",
            "Automated decisions": "No",
        }


def as_xlsx(count: int) -> bytes:
    """Return ``count`` activities as a workbook in our flat layout."""
    out = io.BytesIO()
    columns = list(headings(ActivityRecord).values())
    with xlsxwriter.Workbook(out, {"constant_memory": True, "strings_to_formulas": False}) as workbook:
        sheet = workbook.add_worksheet("Activities")
        sheet.write_row(0, 0, columns)
        for place, row in enumerate(rows(count), start=1):
            sheet.write_row(place, 0, [row.get(column, "") for column in columns])
    return out.getvalue()


def as_csv(count: int, *, alike: bool = False) -> bytes:
    """Return ``count`` activities as a CSV file in our flat layout; see ``rows``."""
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, list(headings(ActivityRecord).values()), restval="")
    writer.writeheader()
    writer.writerows(rows(count, alike=alike))
    return out.getvalue().encode("utf-8-sig")
