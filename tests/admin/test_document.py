import io

import openpyxl
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from registry import models
from registry.imports.entries import import_entries, resource_for
from registry.imports.formats import CSV, XLSX
from registry.models.document import LONGEST_WORDING
from registry.record.loader import load_register
from registry.versioning.writing import change_set
from tests import factories
from tests.admin import screens
from tests.admin.test_catalogue import change
from tests.compliance import notices

pytestmark = pytest.mark.django_db

LIST = reverse("admin:registry_document_changelist")


@pytest.fixture
def notice():
    return factories.make(
        models.Document, name="Notice for customers", kind="privacy_notice", wording=notices.ENGLISH.strip()
    )


@pytest.fixture
def client():
    return screens.client_of(screens.officer())


def test_the_form_has_a_large_box_for_the_wording_and_says_what_it_is_for(client, notice):
    page = client.get(reverse("admin:registry_document_change", args=[notice.pk]))

    field = page.context["adminform"].form.fields["wording"]
    assert (field.label, field.required, field.widget.attrs["rows"]) == ("Wording", False, 24)
    assert "maxlength" not in field.widget.attrs, "a browser would cut off what is pasted, without a word"
    assert field.help_text.startswith("Paste the text that people read, e.g. the whole privacy notice")
    assert "GDPR Arts. 13, 14" in field.help_text
    assert "Parcels are brought by DHL." in page.content.decode()


def test_a_wording_is_saved_with_its_history_and_compared_word_by_word(client, notice):
    answer = change(client, notice, wording=notice.wording.replace("DHL", "Parcels AS"), change_reason="New carrier")

    notice.refresh_from_db()
    assert (answer.status_code, "Parcels AS" in notice.wording) == (302, True)
    assert load_register().entries["Document"][notice.pk].wording == notice.wording
    page = client.get(reverse("admin:registry_document_history", args=[notice.pk]))
    changes = page.context["moments"][0]["changes"]
    assert [(one.label, [(part.mark.value, part.text) for part in one.field.words][1:-1]) for one in changes] == [
        ("Wording", [("removed", " DHL"), ("added", " Parcels AS")])
    ]


def test_a_wording_longer_than_a_hundred_thousand_characters_is_refused(client, notice):
    page = change(client, notice, wording="x" * (LONGEST_WORDING + 1))

    assert page.context["errors"] == [
        ["Ensure this value has at most 100000 characters (it has 100001)."],
    ]


def test_the_list_neither_shows_nor_reads_wordings(client, notice):
    with CaptureQueriesContext(
        connection,
    ) as queries:
        page = client.get(LIST).content.decode()

    assert "Notice for customers" in page
    assert "Parcels are brought" not in page
    assert [query["sql"] for query in queries if '"wording"' in query["sql"]] == []


def test_a_long_wording_comes_back_from_csv_and_is_refused_by_xlsx_unless_left_out(notice):
    long = f"{notice.wording}\n" * (LONGEST_WORDING // (len(notice.wording) + 1))
    with change_set(reason="for a test"):
        notice.wording = long.strip()
        notice.save()
    exported = resource_for(models.Document)().export()
    rows = [list(row) for row in CSV().create_dataset(CSV().export_data(exported))]
    table = [exported.headers, *rows]

    result = import_entries(
        models.Document, table, file_name="documents.csv", sha256="0" * 64, actor=screens.officer(), apply=True
    )

    assert (result.problems, result.unchanged, result.changed) == ((), 1, 0)
    with pytest.raises(ValueError, match="“Wording” of “Notice for customers” holds 9"):
        XLSX().export_data(exported)
    del exported["Wording"]
    book = openpyxl.load_workbook(io.BytesIO(XLSX().export_data(exported)))
    assert book.active["A2"].value == "Notice for customers"


def test_a_form_tells_what_the_notice_that_a_record_names_lacks(client, notice):
    activity = factories.activity(
        factories.organisation(name="Fjord Foods", country="IE"),
        name="Payroll",
        status="approved",
        privacy_notice="notice for customers",
        description="What we do with the data of the staff, and how wages are paid by us.",
    )
    recipient = factories.make(models.Recipient, name="Sundara Ltd", kind="third_party")
    factories.make(models.ActivityRecipient, activity=activity, recipient=recipient)
    factories.make(models.Transfer, activity=activity, recipient=recipient, country="IN")

    page = client.get(reverse("admin:registry_processingactivity_change", args=[activity.pk])).content.decode()

    named = "The wording of the privacy notice “Notice for customers”"
    assert f"{named} doesn&#x27;t name all countries to which the record transfers data: India." in page
    assert (
        f"{named} names neither these recipients nor, as the register describes them, their kind: Sundara Ltd." in page
    )
