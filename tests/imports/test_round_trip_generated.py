"""Whatever a register holds, its export is imported with nothing to change, and fills another register with the same."""

import csv
import io
import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.core.management import call_command
from django.db import transaction
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from registry import models
from registry.imports.entries import import_entries, resource_for
from registry.imports.formats import CSV, XLSX
from registry.imports.importing import Choices, apply_preview, preview
from registry.imports.plan import BlankCell
from registry.imports.reading import read_file
from registry.imports.stored import comparable
from registry.record.classes import CATALOGUES
from registry.record.loader import load_register
from registry.reports.as_csv import write_csv
from registry.reports.as_xlsx import write_xlsx
from registry.reports.flat import flat_report, workbook_report
from registry.versioning.writing import change_set
from tests import factories
from tests.imports.generated import MadeUp, catalogues, registers, store, store_entries
from tests.reports.texts import PROVENANCE

pytestmark = pytest.mark.django_db

EXAMPLES = settings(suppress_health_check=list(HealthCheck), phases=[Phase.explicit, Phase.generate])
"""Nothing is made smaller: what differs is said field by field, and a register is made of hundreds of choices."""
ENTRIES = (*CATALOGUES, models.Organisation, models.OrganisationUnit)


@contextmanager
def undone() -> Iterator[None]:
    """Take back what an example has written: hypothesis runs all of them in one test."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def as_csv() -> bytes:
    out = io.BytesIO()
    write_csv(flat_report(load_register(), PROVENANCE), out)
    return out.getvalue()


def as_xlsx() -> bytes:
    out = io.BytesIO()
    write_xlsx(workbook_report(load_register(), PROVENANCE), out)
    return out.getvalue()


def differences(name: str, data: bytes, blank_cell: BlankCell) -> list[object]:
    """Everything that importing the file would change or complain of; that other sheets are for reading is said."""
    found = preview(name, data, organisation=None, choices=Choices(blank_cell=blank_cell))
    said = [str(problem) for problem in found.problems if problem.severity != "note"]
    rows = found.plan.rows if found.plan else []
    changes = [(row.reference, row.values, row.before) for row in rows if row.action.value != "unchanged"]
    return [*said, *changes]


def without_owner(data: bytes) -> bytes:
    """An export without what ties its rows to their register: organisation and change set."""
    header, *rows = csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""))
    gone = {header.index("Organisation"), header.index("Change set")}
    out = io.StringIO(newline="")
    csv.writer(out).writerows([cell for place, cell in enumerate(row) if place not in gone] for row in (header, *rows))
    return out.getvalue().encode("utf-8-sig")


def said_by(organisation: models.Organisation) -> list[dict[str, Any]]:
    """What the records of an organisation say, by what an import compares, its units by name."""
    found = []
    for activity in models.ProcessingActivity.objects.filter(organisation=organisation).order_by("reference"):
        values = comparable(json.loads(activity.history.get().content))
        found.append({**values, "organisation": None, "unit": activity.unit and activity.unit.name})
    return found


@settings(EXAMPLES, max_examples=40)
@given(made=registers(), blank_cell=st.sampled_from(BlankCell))
def test_a_csv_file_of_any_register_changes_nothing(made: MadeUp, blank_cell: BlankCell) -> None:
    with undone():
        store(made)

        assert differences("register.csv", as_csv(), blank_cell) == []


@settings(EXAMPLES, max_examples=15)
@given(made=registers(), blank_cell=st.sampled_from(BlankCell))
def test_a_workbook_of_any_register_changes_nothing(made: MadeUp, blank_cell: BlankCell) -> None:
    with undone():
        store(made)

        assert differences("register.xlsx", as_xlsx(), blank_cell) == []


@settings(EXAMPLES, max_examples=20)
@given(made=registers())
def test_a_file_of_any_register_fills_another_one_with_the_same(made: MadeUp) -> None:
    with undone():
        stored = store(made)
        data = without_owner(as_csv())

        found = preview("register.csv", data, organisation=stored.twin)
        assert [str(problem) for problem in found.problems if problem.severity == "error"] == []
        apply_preview(found, actor=None)

        assert said_by(stored.twin) == said_by(stored.organisation)


@pytest.mark.parametrize("written", [CSV, XLSX])
@settings(EXAMPLES, max_examples=10)
@given(made=catalogues())
def test_a_file_of_any_catalogue_changes_nothing(written: Any, made: dict[str, list[dict[str, Any]]]) -> None:
    with undone():
        store_entries(made)
        for model in ENTRIES:
            data = written().export_data(resource_for(model)().export())
            (sheet,) = read_file(f"export.{written.KIND}", data).sheets

            result = import_entries(model, sheet.rows, file_name="a", sha256="a" * 64, actor=None, apply=True)

            assert (result.problems, result.created, result.changed) == ((), 0, 0), model.__name__
            assert result.unchanged == model.objects.count()


def test_the_demo_register_comes_back_unchanged_from_every_file() -> None:
    call_command("load_demo", verbosity=0)
    before = models.ChangeSet.objects.count()

    for blank_cell in BlankCell:
        assert differences("register.csv", as_csv(), blank_cell) == []
    assert differences("register.xlsx", as_xlsx(), BlankCell.LEAVE) == []
    for model in ENTRIES:
        for written in (CSV, XLSX):
            (sheet,) = read_file(f"a.{written.KIND}", written().export_data(resource_for(model)().export())).sheets
            result = import_entries(model, sheet.rows, file_name="a", sha256="a" * 64, actor=None, apply=True)
            assert (result.problems, result.created, result.changed) == ((), 0, 0), model.__name__
    assert models.ChangeSet.objects.count() == before


NAMES_ALIKE = [("Straße", "Strasse"), ("ﬁnance", "finance"), ("Σίσυφος", "Σίσυφοσ")]


@pytest.mark.parametrize("pair", NAMES_ALIKE)
def test_entries_whose_names_a_comparison_without_case_confuses_stay_apart(pair: tuple[str, str]) -> None:
    made = {"Recipient": [{"name": name} for name in pair], "Organisation": [{"name": name} for name in pair]}
    store_entries(made)
    data = CSV().export_data(resource_for(models.Recipient)().export())
    with change_set():
        for entry in models.Recipient.objects.all():
            entry.delete()
    (sheet,) = read_file("export.csv", data).sheets

    result = import_entries(models.Recipient, sheet.rows, file_name="a", sha256="a" * 64, actor=None, apply=True)

    assert (result.problems, result.created) == ((), 2)
    assert set(models.Recipient.objects.values_list("name", flat=True)) == set(pair)


def test_a_text_that_no_cell_of_a_workbook_holds_is_kept_whole() -> None:
    organisation = factories.organisation()
    activity = factories.activity(organisation, reference="R-1", description="x" * 40_000)
    with change_set():
        for place in range(3):
            activity.purposes.create(text=f'"{place}" ' + "y; " * 5_000, position=place)

    for blank_cell in BlankCell:
        found = preview("a.xlsx", as_xlsx(), organisation=None, choices=Choices(blank_cell=blank_cell))
        assert found.plan is not None
        assert [(row.action.value, row.values) for row in found.plan.rows] == [("unchanged", {})]
        said = [(problem.severity, problem.heading) for problem in found.problems if problem.severity != "note"]
        assert said == [("warning", "Description"), ("warning", "Purposes")]
    assert differences("a.csv", as_csv(), BlankCell.CLEAR) == []


def test_a_cut_text_makes_no_new_record() -> None:
    activity = factories.activity(factories.organisation(), description="x" * 40_000)
    data = as_xlsx()
    with change_set():
        activity.delete()

    found = preview("a.xlsx", data, organisation=None)

    assert [problem.heading for problem in found.problems if problem.severity == "error"] == ["Description"]
    assert not found.is_applicable
