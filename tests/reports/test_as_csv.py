import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry import models
from registry.imports.importing import preview
from registry.record.activity import ActivityRecord
from registry.record.definition import facts
from registry.record.loader import Register, load_register
from registry.reports.as_csv import CHUNK, csv_chunks, csv_line, write_csv
from registry.reports.flat import flat_report
from registry.versioning.writing import change_set
from tests import factories
from tests.reports import registers
from tests.reports.texts import PROVENANCE

pytestmark = pytest.mark.django_db


def exported(register=None) -> bytes:
    out = io.BytesIO()
    write_csv(flat_report(register or load_register(), PROVENANCE), out)
    return out.getvalue()


def table(data: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def test_excel_finds_its_byte_order_mark_its_line_ends_and_every_declared_fact():
    data = exported()

    labels = [*(fact.label for fact in facts(ActivityRecord).values()), "Change set"]
    assert data == b"\xef\xbb\xbf" + ",".join(labels).encode() + b"\r\n"


def test_a_record_is_a_row_and_its_lists_are_lines():
    organisation = factories.organisation(name="Ärzte ΑΕ")
    activity = factories.activity(
        organisation, reference="A-1", name='Pay "roll"', description="one\ntwo", is_public=True
    )
    with change_set():
        activity.purposes.create(text="wages; tax")
        activity.purposes.create(text="pensions", position=1)

    (row,) = table(exported())

    assert {heading: text for heading, text in row.items() if text} == {
        "Organisation": "Ärzte ΑΕ", "Reference": "A-1", "Name": 'Pay "roll"', "Description": "one\ntwo", "Our role": "Controller",
        "Status": "Draft", "May be published": "yes", "Purposes": '"wages; tax"\npensions',
        "Special categories of data": "Not assessed", "Are there recipients?": "Not assessed",
        "Are there transfers to third countries?": "Not assessed", "Profiling": "Not assessed",
        "Automated decisions": "Not assessed", "Change set": str(models.ChangeSet.objects.count()),
    }  # fmt: skip


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        ("=1+1", "'=1+1"),
        ("+1", "'+1"),
        ("-1", "'-1"),
        ("@x", "'@x"),
        ("\t=x", "'\t=x"),
        ("'=x", "''=x"),
        ("'x", "'x"),
        ("a=b", "a=b"),
    ],
)
def test_what_a_spreadsheet_would_run_as_a_formula_is_escaped(text, cell):
    factories.activity(factories.organisation(), description=text)

    assert table(exported())[0]["Description"] == cell


def test_no_cell_of_an_awkward_register_is_a_formula():
    registers.awkward_register()

    cells = [cell for row in table(exported()) for cell in row.values()]

    assert [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t", "\r"))] == []


def test_it_comes_in_chunks_and_in_the_order_of_the_register():
    organisation = factories.organisation()
    with change_set():
        for number in range(CHUNK + 1):
            models.ProcessingActivity.objects.create(
                organisation=organisation, reference=f"A-{number}", name=f"{number}"
            )

    chunks = list(csv_chunks(flat_report(load_register(), PROVENANCE)))

    assert len(chunks) == 2
    assert [row["Name"] for row in table(b"".join(chunks))] == [str(number) for number in range(CHUNK + 1)]


def test_a_limited_register_gives_its_own_records_alone():
    organisation = factories.organisation()
    wanted = factories.activity(organisation, reference="A-2")
    factories.activity(organisation, reference="A-1")

    assert [row["Reference"] for row in table(exported(load_register().only([wanted.pk])))] == ["A-2"]


def test_an_export_that_breaks_off_says_so_in_the_file_and_raises(monkeypatch):
    organisation = factories.organisation()
    for number in range(3):
        factories.activity(organisation, reference=f"A-{number}")
    contents = list(load_register().stored())

    def broken(self):
        yield contents[0]
        raise OSError("the disk is gone")

    monkeypatch.setattr(Register, "stored", broken)
    out = io.BytesIO()
    with pytest.raises(OSError, match="the disk is gone"):
        write_csv(flat_report(load_register(), PROVENANCE), out)

    assert out.getvalue().decode().splitlines()[-1] == (
        "\"# incomplete: 1 of 3 records were written, then: OSError('the disk is gone')\""
    )
    found = preview("broken.csv", out.getvalue(), organisation=None)
    assert not found.is_applicable


@pytest.mark.parametrize("number", [1, 3])
def test_the_number_of_queries_is_fixed(number, django_assert_num_queries):
    organisation = factories.organisation()
    for _ in range(number):
        activity = factories.activity(organisation)
        with change_set():
            activity.purposes.create(text="x")
            activity.recipients.create(stated_as="y")

    with django_assert_num_queries(13):  # the last change set, ten kinds of entries, the index, the records
        exported()


@given(st.lists(st.text(alphabet=st.sampled_from("a ,;\"\r\n\0'\u2028é")) | st.text(), min_size=1))
def test_a_line_is_letter_for_letter_what_the_csv_module_writes(cells):
    out = io.StringIO(newline="")
    csv.writer(out).writerow(cells)

    assert csv_line(cells) == out.getvalue()
