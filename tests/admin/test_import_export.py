import io
import os
import time

import pytest
import time_machine
import xlsxwriter
from django.contrib.auth.models import Permission
from django.core.files.uploadedfile import SimpleUploadedFile

from registry import models
from registry.admin import uploads
from registry.imports.formats import XLSX
from registry.imports.reading import read_file
from registry.versioning.change_set import last_number
from registry.versioning.writing import change_set
from tests import factories
from tests.admin import screens
from tests.imports import files

pytestmark = pytest.mark.django_db

IMPORT = "/registry/system/import/"
CONFIRM = "/registry/system/process_import/"
EXPORT = "/registry/system/export/"
CHANGELIST = "/registry/system/"


@pytest.fixture(autouse=True)
def _media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def upload(client, text, name="systems.csv"):
    data = text if isinstance(text, bytes) else text.encode()
    return client.post(IMPORT, {"import_file": SimpleUploadedFile(name, data)})


def waiting():
    return sorted(uploads.folder().iterdir()) if uploads.folder().is_dir() else []


def with_permissions(*codes):
    user = factories.user()
    user.user_permissions.set(Permission.objects.filter(codename__in=codes))
    return user


def test_a_file_is_previewed_first_and_written_when_it_is_confirmed():
    factories.make(models.System, name="Till", owner="Ane")
    user = screens.officer(first_name="Ane", last_name="Dahl")
    client = screens.client_of(user)

    preview = upload(client, "Name;Owner\nTill;Bo\nShop;\n")
    before = list(models.System.objects.values_list("name", "owner"))
    answer = client.post(CONFIRM, {"upload": preview.context["upload"]}, follow=True)

    made = models.ChangeSet.objects.first()
    assert before == [("Till", "Ane")]
    assert list(models.System.objects.values_list("name", "owner")) == [("Shop", ""), ("Till", "Bo")]
    assert (made.actor_name, made.channel, made.reason) == ("Ane Dahl", "import", "Import of systems.csv")
    assert [str(message) for message in answer.context["messages"]] == [
        f'Imported: 1 new, 1 changed, 0 unchanged. <a href="/registry/changeset/{made.pk}/change/">'
        "See what it changed, or undo it</a>"
    ]
    assert waiting() == []


@pytest.mark.parametrize("written", [files.xlsx, files.ods, files.xls])
def test_spreadsheets_of_every_kind_are_read(written):
    client = screens.client_of(screens.officer())

    preview = upload(client, written([["Name", "Hosted in"], ["Till", "Norway"]]), f"systems.{written.__name__}")
    client.post(CONFIRM, {"upload": preview.context["upload"]})

    assert list(models.System.objects.values_list("name", "hosting_country")) == [("Till", "NO")]


def test_the_preview_shows_what_changes_and_nothing_else():
    factories.make(models.System, name="Till", owner="Ane", description="A till")
    client = screens.client_of(screens.officer())

    preview = upload(client, "Name,Owner,Description\nTill,Bo,A till\n")

    assert [(outcome.row, outcome.kind, outcome.changes) for outcome in preview.context["outcomes"]] == [
        (2, "changed", (("Owner", "Ane", "Bo"),))
    ]
    assert models.ChangeSet.objects.count() == 1


def test_a_file_with_an_error_is_not_kept_and_the_page_names_row_column_value_and_what_is_accepted():
    client = screens.client_of(screens.officer())

    preview = upload(client, "Name,Hosted in\nTill,Atlantis\nShop,Norway\n")

    page = preview.content.decode()
    (group,) = preview.context["problems"]
    assert (group.rows, group.first.heading, group.first.value) == ((2,), "Hosted in", "Atlantis")
    assert [text for text in ("Unknown country.", "Atlantis", "Upload the corrected file") if text in page] == [
        "Unknown country.", "Atlantis", "Upload the corrected file"
    ]  # fmt: skip
    assert "upload" not in preview.context
    assert waiting() == []
    assert models.System.objects.count() == 0


def test_what_is_wrong_and_what_would_change_is_told_in_the_language_of_the_page(settings):
    factories.make(models.System, name="Till", owner="Ane")
    client = screens.client_of(screens.officer())
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "de"

    wrong = upload(client, f"Name;Hosted in;Retired on\n{'x' * 300};Atlantis;soon\n;Norway;\n")
    right = upload(client, "Name;Owner\nTill;Bo\n")

    assert [(group.first.heading, group.first.said) for group in wrong.context["problems"]] == [
        ("Hosted in", "Unbekanntes Land."),
        ("Retired on", "„soon“ ist kein Datum."),
        (
            "Name",
            "Bitte sicherstellen, dass der Wert aus höchstens 200 Zeichen besteht. (Er besteht aus 300 Zeichen.)",
        ),
        ("Name", "Diese Angabe ist erforderlich."),
    ]
    assert "der Name eines Landes oder sein Code aus zwei Buchstaben" in wrong.content.decode()
    assert [label for outcome in right.context["outcomes"] for label, *_ in outcome.changes] == ["Zuständig"]


def test_the_preview_shows_the_first_rows_and_problems_and_counts_the_rest(monkeypatch):
    monkeypatch.setattr("registry.admin.import_export.SHOWN_ROWS", 2)
    monkeypatch.setattr("registry.admin.import_export.SHOWN_PROBLEMS", 1)
    client = screens.client_of(screens.officer())

    rows = upload(client, "Name\nA\nB\nC\n").context
    problems = upload(client, "Name,Hosted in\nA,Atlantis\nB,Lemuria\nC,Hyperborea\n").context

    assert (len(rows["outcomes"]), rows["further_outcomes"], rows["result"].created) == (2, 1, 3)
    assert (len(problems["problems"]), problems["further_problems"]) == (1, 2)


def test_a_file_that_changes_nothing_offers_nothing_to_confirm():
    factories.make(models.System, name="Till")
    client = screens.client_of(screens.officer())

    preview = upload(client, "Name\nTill\n")

    assert "There is nothing to import." in preview.content.decode()
    assert "upload" not in preview.context
    assert waiting() == []


@pytest.mark.parametrize(
    ("data", "name"),
    [(b"", "empty.csv"), (b"PK\x03\x04", "broken.xlsx"), (b"%PDF-1.7", "letter.pdf"), (b"Name\n", "systems.csv")],
)
def test_a_file_that_cannot_be_read_is_explained_on_the_page(data, name):
    client = screens.client_of(screens.officer())

    page = upload(client, data, name)

    explained = page.context.get("problems") or page.context["form"].errors
    assert page.status_code == 200
    assert explained
    assert waiting() == []


def test_several_sheets_that_fit_are_explained_on_the_page():
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream) as book:
        for name in ("One", "Two"):
            book.add_worksheet(name).write_column(0, 0, ["Name", "Till"])
    client = screens.client_of(screens.officer())

    page = upload(client, stream.getvalue(), "systems.xlsx")

    assert [group.first.message for group in page.context["problems"]] == [
        "It isn't clear which sheet to read: “One”, “Two”."
    ]


def test_a_file_that_is_too_large_is_refused_before_it_is_read(settings):
    settings.IMPORT_LIMITS = {**settings.IMPORT_LIMITS, "max_bytes": 3}
    client = screens.client_of(screens.officer())

    page = upload(client, "Name\nTill\n")

    assert page.context["form"].errors["import_file"] == [
        "The file has 10 bytes; at most 3 are read. Split it into several files."
    ]


def test_nobody_can_confirm_the_upload_of_another_person():
    mine, other = screens.client_of(screens.officer()), screens.client_of(screens.officer())
    token = upload(mine, "Name\nTill\n").context["upload"]

    answer = other.post(CONFIRM, {"upload": token}, follow=True)

    assert models.System.objects.count() == 0
    assert [str(message)[:31] for message in answer.context["messages"]] == ["This upload can't be confirmed:"]
    assert len(waiting()) == 1


def test_an_upload_for_one_catalogue_is_not_confirmed_for_another():
    client = screens.client_of(screens.officer())
    token = upload(client, "Name\nTill\n").context["upload"]

    client.post("/registry/recipient/process_import/", {"upload": token})

    assert models.Recipient.objects.count() == 0


@pytest.mark.parametrize("token", ["", "../../etc/passwd", "x:y:z"])
def test_a_made_up_upload_is_refused(token):
    client = screens.client_of(screens.officer())

    answer = client.post(CONFIRM, {"upload": token})

    assert (answer.status_code, answer.url) == (302, IMPORT)


def test_an_upload_is_confirmed_once():
    client = screens.client_of(screens.officer())
    token = upload(client, "Name\nTill\n").context["upload"]

    answers = [client.post(CONFIRM, {"upload": token}).url for _ in range(2)]

    assert answers == [CHANGELIST, IMPORT]
    assert models.ChangeSet.objects.count() == 1


def test_an_upload_that_two_requests_have_read_is_confirmed_by_one_of_them():
    saved = uploads.UserBoundStorage(user_pk=1, model_name="system")
    saved.save(b"Name")
    both = [uploads.UserBoundStorage(user_pk=1, model_name="system", name=saved.name) for _ in range(2)]

    assert [one.read() for one in both] == [b"Name"] * 2
    both[0].remove()
    with pytest.raises(uploads.UploadGone):
        both[1].remove()


def test_an_upload_older_than_an_hour_is_refused_and_removed():
    with time_machine.travel("2026-11-22 09:00:00+00:00", tick=False):
        client = screens.client_of(screens.officer())
        token = upload(client, "Name\nTill\n").context["upload"]
        (path,) = waiting()
        os.utime(path, (time.time(), time.time()))
    with time_machine.travel("2026-11-22 10:00:02+00:00", tick=False):
        answer = client.post(CONFIRM, {"upload": token})
        upload(client, "Name\nShop\n")

    assert answer.url == IMPORT
    assert models.System.objects.count() == 0
    assert path not in waiting()
    assert len(waiting()) == 1


def test_an_upload_does_not_remove_another_that_still_waits():
    client = screens.client_of(screens.officer())

    for name in ("Till", "Shop"):
        upload(client, f"Name\n{name}\n")

    assert len(waiting()) == 2


def test_uploads_are_readable_by_the_server_alone():
    upload(screens.client_of(screens.officer()), "Name\nTill\n")

    (path,) = waiting()
    assert (path.stat().st_mode & 0o777, path.parent.stat().st_mode & 0o777) == (0o600, 0o700)


def test_a_register_that_changed_meanwhile_is_checked_again_before_anything_is_written():
    provider = factories.make(models.Recipient, name="Host")
    client = screens.client_of(screens.officer())
    token = upload(client, "Name,Provider\nTill,Host\n").context["upload"]
    factories.make(models.System, name="Shop")
    provider.name = "Renamed"
    with change_set():
        provider.save()

    page = client.post(CONFIRM, {"upload": token})

    assert [group.first.message for group in page.context["problems"]] == ["The catalogue has no entry of this name."]
    assert list(models.System.objects.values_list("name", flat=True)) == ["Shop"]


def test_opening_the_address_for_confirming_leads_back_to_the_import():
    client = screens.client_of(screens.officer())

    answer = client.get(CONFIRM)

    assert (answer.status_code, answer.url) == (302, IMPORT)


def test_the_import_page_names_every_column_with_what_it_accepts():
    page = screens.client_of(screens.officer()).get(IMPORT)

    assert [(fact.label, required) for fact, required in page.context["columns"]][:2] == [
        ("Name", True),
        ("Description", False),
    ]


@pytest.mark.parametrize(
    ("codes", "importing", "exporting"),
    [
        ((), 403, 403),
        (("view_system",), 403, 200),
        (("add_system", "change_system", "view_system"), 403, 200),
        (("import_system", "view_system", "add_system"), 403, 200),
        (("import_system", "add_system", "change_system"), 200, 200),
    ],
)
def test_importing_needs_three_permissions_and_exporting_that_to_see(codes, importing, exporting):
    client = screens.client_of(with_permissions(*codes))

    assert (client.get(IMPORT).status_code, client.get(EXPORT).status_code) == (importing, exporting)
    assert client.post(CONFIRM, {"upload": "x"}).status_code == (403 if importing == 403 else 302)


def exported(client, kind, **chosen):
    columns = {f"systemresource_{key}": "on" for key in chosen.pop("columns", ("name", "hosting_country"))}
    answer = client.post(
        f"{EXPORT}{chosen.pop('query', '')}", {"format": str(kind), "resource": "0", **columns, **chosen}
    )
    name = answer["Content-Disposition"].split('"')[1]
    return name, read_file(name, answer.content).sheets[0].rows


@pytest.mark.parametrize(("kind", "end"), [(0, "csv"), (1, "xlsx")])
def test_an_auditor_downloads_the_chosen_columns(kind, end):
    factories.make(models.System, name="=Till", hosting_country="NO", owner="Ane")

    name, rows = exported(screens.client_of(screens.auditor()), kind)

    assert name.endswith(end)
    assert rows == [["Name", "Hosted in"], ["'=Till" if end == "csv" else "=Till", "Norway"]]
    assert last_number() == 1


def test_a_download_holds_what_the_list_was_filtered_to():
    for name, country in (("Till", "NO"), ("Shop", "SE")):
        factories.make(models.System, name=name, hosting_country=country)

    _, rows = exported(screens.client_of(screens.auditor()), 0, query="?hosting_country=SE")

    assert rows == [["Name", "Hosted in"], ["Shop", "Sweden"]]


def test_the_boxes_of_the_export_page_are_labelled_with_the_columns():
    page = screens.client_of(screens.auditor()).get(EXPORT)

    assert [field.label for field in page.context["columns"]][:2] == ["Name", "Description"]
    assert page.content.decode().count('<label for="id_systemresource_') == len(page.context["columns"])


def test_an_export_of_no_column_is_refused():
    client = screens.client_of(screens.auditor())

    page = client.post(EXPORT, {"format": "0", "resource": "0"})

    assert (page.status_code, bool(page.context["form"].non_field_errors())) == (200, True)


def test_keys_sent_with_an_export_choose_nothing():
    factories.make(models.System, name="Till")
    client = screens.client_of(screens.auditor())

    page = client.post(EXPORT, {"format": "0", "resource": "0", "systemresource_name": "on", "export_items": ["1"]})

    assert page.context["form"].errors["export_items"]


def test_a_text_too_long_for_xlsx_is_explained_instead_of_cut():
    factories.make(models.System, name="Till", description="x" * 32_768)
    client = screens.client_of(screens.auditor())

    page = client.post(EXPORT, {"format": "1", "resource": "0", "systemresource_description": "on"})

    assert [str(message)[-22:] for message in page.context["messages"]] == ["export as CSV instead."]


@pytest.mark.parametrize("address", [IMPORT, EXPORT, "/registry/system/add/", CHANGELIST])
def test_no_page_carries_script_or_style_in_its_text(address):
    factories.make(models.System, name="Till")
    page = screens.client_of(screens.officer()).get(address).content.decode()

    assert [
        sign for sign in (" style=", "<style", " onchange=", " onclick=", "<script>", "javascript:") if sign in page
    ] == []


def test_the_list_leads_to_import_and_export_for_those_who_may():
    factories.make(models.System, name="Till")

    people = (screens.officer(), screens.auditor())
    pages = [screens.client_of(person).get(CHANGELIST).content.decode() for person in people]

    assert [(IMPORT in page, EXPORT in page) for page in pages] == [(True, True), (False, True)]


def test_the_formats_offered_for_export_are_csv_and_xlsx():
    page = screens.client_of(screens.auditor()).get(EXPORT)

    assert [label for value, label in page.context["form"].fields["format"].choices if value] == ["CSV", "XLSX"]
    assert XLSX().get_title() == "XLSX"


def test_what_is_noticed_of_a_file_keeps_nobody_from_importing_it():
    def write(sheet):
        sheet.write_row(0, 0, ["Name", "Owner"])
        sheet.write_row(1, 0, ["Till", "Ane"])
        sheet.write_comment("B2", "Left us")

    target = io.BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True}) as book:
        write(book.add_worksheet("Systems"))
    client = screens.client_of(screens.officer())

    preview = upload(client, target.getvalue(), "systems.xlsx")
    client.post(CONFIRM, {"upload": preview.context["upload"]})

    text = preview.content.decode()
    assert ("What was noticed" in text, "be imported as it is" in text) == (True, False)
    assert "The comment isn&#x27;t kept." in text
    assert 'value="Import"' in text
    assert list(models.System.objects.values_list("name", "owner")) == [("Till", "Ane")]
