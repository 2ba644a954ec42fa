import io
from dataclasses import replace
from datetime import date, datetime

import pytest
from django.utils import timezone
from openpyxl import load_workbook
from pypdf import PdfReader

from registry import models
from registry.record.loader import load_register
from registry.reports.formats import FORMATS
from registry.reports.lists.gaps import gaps_list
from registry.versioning.writing import change_set
from tests import factories
from tests.reports.lists.reading import column, rows
from tests.reports.texts import PROVENANCE

pytestmark = pytest.mark.django_db


def found(register=None):
    whole = load_register()
    return gaps_list(register or whole, whole, PROVENANCE)


def test_each_gap_has_the_question_of_an_inspector_and_its_remedy_the_gravest_first():
    host = factories.make(models.Recipient, name="Host", kind="processor", nature="organisation")
    activity = factories.activity(factories.organisation(), reference="A-1", name="Payroll", status="approved")
    with change_set():
        activity.recipients.create(recipient=host)

    listed = rows(found())

    ranks = {"Critical": 0, "Serious": 1, "Minor": 2}
    assert [ranks[row["severity"]] for row in listed] == sorted(ranks[row["severity"]] for row in listed)
    contract = next(row for row in listed if row["id"].startswith("processor-without-contract:"))
    assert (contract["severity"], contract["reference"], contract["name"]) == ("Critical", "A-1", "Payroll")
    assert contract["article"] == "GDPR Art. 28(3)"
    assert contract["asks"] == "Can I see the contract with this processor?"
    assert (bool(contract["what"]), bool(contract["remedy"]), bool(contract["area"])) == (True, True, True)


def test_counts_by_severity_stand_with_the_origin():
    factories.activity(factories.organisation(), status="approved")
    listing = found()

    counts = dict(listing.about)
    severities = column(listing, "severity")
    assert {name: int(counts[name]) for name in ("Critical", "Serious", "Minor")} == {
        name: severities.count(name) for name in ("Critical", "Serious", "Minor")
    }
    assert (counts["Records with open gaps"], counts["Accepted"]) == ("1", "0")
    assert [(table.key, len(list(table.rows()))) for table in listing.tables[1:]] == [("accepted", 0)]
    assert listing.tables[0].expected == len(severities)


def test_a_chart_counts_the_open_gaps_by_what_they_are_about(gap):
    accept(gap)

    listing = as_at("2026-12-31")

    (chart,) = listing.charts
    areas = [row["area"] for row in rows(listing) if row["state"] == ("open",)]
    assert {bar.label: bar.count for bar in chart.bars} == {area: areas.count(area) for area in areas}
    assert [bar.count for bar in chart.bars] == sorted((bar.count for bar in chart.bars), reverse=True)
    assert chart.whole == len(areas)


def test_no_gap_is_no_verdict():
    listing = found()

    assert listing.charts == ()
    assert rows(listing) == []
    assert listing.tables[0].empty == "The rules found no gap."
    assert listing.footnotes[-1].endswith("doesn't mean that all is lawful.")


def test_rules_that_compare_records_see_those_that_are_left_out():
    organisation = factories.organisation()
    for reference in ("A-1", "A-2"):
        factories.activity(organisation, reference=reference, name="The same name", status="approved")
    whole = load_register()
    first = whole.only([models.ProcessingActivity.objects.get(reference="A-1").pk])

    alone = {row["id"] for row in rows(found(first)) if row.get("reference")}
    together = {row["id"] for row in rows(found(whole)) if row.get("reference") == "A-1"}

    assert alone == together


def accept(gap: str, **values):
    given = {
        "record": "A-1 Payroll",
        "sentence": "As it was",
        "reason": "Ends with the system",
        "accepted_by": "Ane Dahl",
        "accepted_on": date(2026, 1, 1),
        "valid_until": date(2027, 1, 1),
    }
    return factories.make(models.GapAcceptance, gap=gap, **given | values)


def as_at(day: str):
    """The list of the register as it is, as if it were asked for on a day."""
    moment = timezone.make_aware(datetime.fromisoformat(f"{day}T12:00"))
    whole = replace(load_register(), as_at=moment)
    return gaps_list(whole, whole, PROVENANCE)


@pytest.fixture
def gap():
    """The id of one of the gaps of a record."""
    factories.activity(factories.organisation(), reference="A-1", name="Payroll", status="approved")
    return rows(found())[0]["id"]


def test_an_accepted_gap_says_who_accepted_it_why_and_until_when_and_comes_last(gap):
    accept(gap)

    listing = as_at("2026-12-31")

    assert (rows(listing)[-1]["id"], rows(listing)[-1]["state"]) == (
        gap,
        ("accepted by Ane Dahl until 1 January 2027", "Ends with the system"),
    )
    assert {row["state"] for row in rows(listing)[:-1]} == {("open",)}
    counts = dict(listing.about)
    assert counts["Accepted"] == "1"
    assert sum(int(counts[name]) for name in ("Critical", "Serious", "Minor")) == len(rows(listing)) - 1


def test_an_acceptance_that_has_ended_is_said_and_the_gap_is_open_again(gap):
    accept(gap)

    listing = as_at("2027-01-02")

    row = next(row for row in rows(listing) if row["id"] == gap)
    assert row["state"] == ("open; was accepted by Ane Dahl until 1 January 2027", "Ends with the system")
    assert dict(listing.about)["Accepted"] == "0"
    (decision,) = listing.tables[1].rows()
    assert decision[6] == "ended: the gap is open again"


def test_the_decisions_are_a_table_of_their_own_with_what_became_of_each(gap):
    accept(gap, valid_until=date(2026, 6, 1))
    accept(gap, accepted_on=date(2026, 6, 2))
    pk = gap.split(":")[1]
    accept(f"gone:{pk}", valid_until=date(2026, 12, 1), sentence="Was mended")
    accept("retention-missing:999", sentence="Of another record")

    table = as_at("2026-10-01").tables[1]

    assert [(row[1], row[4:7]) for row in table.rows()] == [
        ("As it was", [date(2026, 1, 1), date(2026, 6, 1), "ended, and accepted anew"]),
        ("Was mended", [date(2026, 1, 1), date(2026, 12, 1), "no longer needed: the gap is gone"]),
        ("As it was", [date(2026, 6, 2), date(2027, 1, 1), "in force"]),
    ]


@pytest.mark.parametrize("format", ["pdf", "html", "csv", "xlsx", "json"])
def test_acceptance_stands_in_every_format(gap, format):
    accept(gap)
    written = io.BytesIO()

    FORMATS[format].write(as_at("2026-12-31"), written)

    assert "Ends with the system" in _text(format, written.getvalue())


def _text(format: str, written: bytes) -> str:
    if format == "pdf":
        return " ".join(" ".join(page.extract_text().split()) for page in PdfReader(io.BytesIO(written)).pages)
    if format == "xlsx":
        sheets = load_workbook(io.BytesIO(written)).worksheets
        return " ".join(str(cell) for sheet in sheets for row in sheet.values for cell in row)
    return written.decode()


@pytest.mark.parametrize("number", [1, 3])
def test_the_number_of_queries_is_fixed(number, django_assert_num_queries):
    organisation = factories.organisation()
    for _ in range(number):
        factories.activity(organisation, status="approved")
    register = load_register()

    with django_assert_num_queries(
        4
    ):  # what is accepted, what notices have to say, where records meet, and the records
        rows(gaps_list(register, register, PROVENANCE))


@pytest.mark.parametrize("several", [False, True])
def test_a_gap_of_a_system_is_told_once_with_whose_records_it_is_about(several):
    ours = factories.organisation(name="Ours", country="IE", email="a@b.example")
    if several:
        factories.organisation(name="Others", country="IE")
    used, unused = (factories.make(models.System, name=name) for name in ("Shop", "Attic"))
    for system in (used, unused):
        factories.make(models.SystemData, system=system, stated_as="Voices")
    for _ in range(2):
        factories.make(models.ActivitySystem, activity=factories.activity(ours), system=used)

    told = [row for row in rows(found()) if row["name"].startswith("The system")]

    whose = {"Shop": "Ours", "Attic": None}
    assert [(row["name"], row.get("organisation")) for row in told] == [
        (f"The system {name}", whose[name] if several else None) for name in ("Attic", "Shop")
    ]


def test_an_accepted_gap_of_a_system_stands_among_the_decisions():
    ours = factories.organisation(name="Ours", country="IE", email="a@b.example")
    factories.activity(ours)
    system = factories.make(models.System, name="Attic")
    factories.make(models.SystemData, system=system, stated_as="Voices")
    accept(f"system-with-personal-data-that-no-record-uses:system-{system.pk}", record="Attic")

    accepted = list(found().tables[1].rows())

    assert [row[0] for row in accepted] == ["Attic"]
