"""Whatever a file holds and whatever a person says of it, the answer is a plan or problems, and nothing is written."""

import random
from contextlib import suppress
from functools import cache

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from registry import models
from registry.imports.importing import Choices, preview
from registry.imports.layouts.headings import SYNONYMS
from registry.imports.mapping import BadMapping, Mapping
from registry.imports.read_as import choices
from registry.imports.reading import Sheet, Workbook, read_file
from registry.imports.shape import fingerprint, fitted
from registry.imports.understanding import understand
from registry.versioning.change_set import last_number
from tests import factories
from tests.imports import twins
from tests.imports.tables import as_csv

pytestmark = pytest.mark.django_db

HEADINGS = [words[0] for words in SYNONYMS.values()] + [
    "HealthData",
    "Nr.",
    "Bezeichnung",
    "(EXEMPLE)",
    "dpv:Purpose",
    "►",
]
TEXTS = st.sampled_from(
    ["", " ", "x", "Nein", "keine", "TBD", "[À COMPLÉTER]", "true", "2021-31-31", "31.02.2026", "1e999", "Art. 6 Abs. 1 lit. b und c DSGVO",
     "(((", "a; b; (c; d)", "=1+1", "'", "Kanada", "10 Jahre", "\n", "Summe: 3", "§ 26 BDSG", "🦆", "a" * 400]
) | st.text(max_size=12)  # fmt: skip
CELLS = st.sampled_from(HEADINGS) | TEXTS
TABLES = st.lists(st.lists(CELLS, max_size=8), min_size=1, max_size=9)
TWINS = [
    twins.ICO_CONTROLLER, twins.ICO_PROCESSOR, twins.CNIL_LIST, twins.cnil_card("T-1", "Paie"), twins.BELGIAN, twins.GARANTE, twins.DSK,
    twins.BAVARIA, twins.AEPD_SIDE_BY_SIDE, twins.LGA, twins.ANPD, twins.TICKS, twins.LINES,
]  # fmt: skip
SLOW = settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))


@pytest.fixture
def organisation():
    return factories.organisation(name="Sample Ltd")


def state():
    return models.ProcessingActivity.objects.count(), models.OrganisationUnit.objects.count(), last_number()


def mutated(rows, chance):
    """The rows with cells, rows and columns swapped, doubled, emptied or filled with something else."""
    found = [[str(cell) for cell in row] for row in rows]
    for _ in range(chance.randint(1, 8)):
        row = chance.choice(found)
        what = chance.randint(0, 5)
        if what == 0 and row:
            row[chance.randrange(len(row))] = chance.choice(
                ["", "—", "TBD", "2021-31-31", "x" * 400, "Nom", "=A1", "¿?", "\x0b"]
            )
        elif what == 1:
            found.insert(chance.randrange(len(found)), list(row))
        elif what == 2 and len(found) > 1:
            found.remove(row)
        elif what == 3:
            row.insert(0, chance.choice(["", "Bezeichnung"]))
        elif what == 4:
            chance.shuffle(row)
        else:
            del row[chance.randrange(len(row) + 1) :]
    return found


@SLOW
@given(rows=TABLES)
def test_random_tables_are_planned_or_refused(organisation, rows):
    before = state()

    found = preview("a.csv", as_csv(*rows), organisation=organisation)

    assert found.plan is not None or any(problem.severity == "error" for problem in found.problems)
    assert state() == before


@SLOW
@given(twin=st.sampled_from(TWINS), seed=st.integers(0, 10**9))
def test_changed_templates_are_planned_or_refused(organisation, twin, seed):
    before = state()

    found = preview("a.csv", as_csv(*mutated(twin, random.Random(seed))), organisation=organisation)

    assert found.plan is not None or any(problem.severity == "error" for problem in found.problems)
    assert state() == before


@SLOW
@given(data=st.data())
def test_any_mapping_is_carried_out_or_refused(organisation, data):
    twin = data.draw(st.sampled_from(TWINS))
    book = Workbook("a.csv", "csv", "", (Sheet("", [[str(cell) for cell in row] for row in twin]),))
    given_mapping = understand(book).mapping.as_json()
    keys = [choice.key for choice in choices()]
    for column in given_mapping["sheets"][0]["columns"]:
        column["read_as"] = data.draw(st.sampled_from([column["read_as"], *keys]))
        column["value"] = data.draw(st.sampled_from(["", "", "Health data"]))
        column["place"] = data.draw(st.sampled_from([column["place"], 1, 40]))
    given_mapping["sheets"][0]["header_row"] = data.draw(st.sampled_from([None, 1, 2, len(twin), 500]))
    given_mapping["sheets"][0]["part"] = data.draw(st.sampled_from(["", "", "purposes"]))
    given_mapping["sheets"][0]["grouped_by"] = data.draw(st.lists(st.integers(1, 50), max_size=3))
    given_mapping["named_by"] = data.draw(st.sampled_from(["", "sheet", "purposes", "nothing"]))
    given_mapping["sheets"][0]["sections"] = data.draw(st.sampled_from(["keep", "ignore", "unit", "nothing"]))
    before = state()

    chosen = Choices(mapping=Mapping.from_json(given_mapping))
    found = preview("a.csv", as_csv(*twin), organisation=organisation, choices=chosen)

    assert found.plan is not None or any(problem.severity == "error" for problem in found.problems)
    assert state() == before


@settings(max_examples=60, deadline=None)
@given(
    value=st.recursive(
        st.none() | st.booleans() | st.integers(-3, 99) | st.text(max_size=6),
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(
                st.sampled_from(
                    ["form", "kind", "sheets", "names", "layout", "columns", "place", "heading", "skipped", "read_as"]
                ),
                inner,
                max_size=6,
            )
        ),
        max_leaves=20,
    )
)
def test_any_json_is_a_mapping_or_refused(value):
    with suppress(BadMapping):
        found = Mapping.from_json(value)

        assert Mapping.from_json(found.as_json()) == found


@SLOW
@given(first=TABLES, second=TABLES)
def test_any_saved_mapping_fits_or_does_not(organisation, first, second):
    one, other = (Workbook("a.csv", "csv", "", (Sheet("", rows),)) for rows in (first, second))
    mapping = understand(one).mapping

    assert len(fingerprint(one)) == len(fingerprint(other)) == 64
    if mapping is not None:
        again = fitted(mapping, other)
        assert again is None or understand(other, mapping=again).problems is not None
        assert fitted(mapping, one) is not None or mapping.own


@pytest.mark.samples
@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(seed=st.integers(0, 10**9))
def test_changed_samples_are_planned_or_refused(organisation, samples, seed):
    chance = random.Random(seed)
    files = sorted(file for file in samples.rglob("*") if file.suffix in {".csv", ".xlsx", ".ods"})
    file = chance.choice(files)
    sheet = chance.choice(_sheets(file))
    rows = sheet.rows[: chance.choice([5, 12, 40])]
    before = state()

    found = preview("a.csv", as_csv(*mutated(rows, chance)), organisation=organisation)

    assert found.plan is not None or found.table is not None or found.problems
    assert state() == before


@cache
def _sheets(file):
    return [sheet for sheet in read_file(file.name, file.read_bytes()).sheets if sheet.rows]
