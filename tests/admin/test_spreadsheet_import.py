import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import resolve, reverse

from registry import models
from registry.imports import review
from registry.imports import uploaded as uploaded_files
from registry.versioning import writing
from tests import factories
from tests.admin import screens
from tests.imports import files
from tests.imports.tables import as_csv

pytestmark = pytest.mark.django_db

ADD = "admin:registry_import_add"
LIST = "admin:registry_import_changelist"
HEADINGS = ("Reference", "Name", "Our role", "Data subjects", "Tags")
ONE = ("A", "One", "Controller", '"Passers-by"', "")
TWO = ("B", "Two", "Processor", "", "")
USUAL = {
    "encoding": "",
    "delimiter": "",
    "existing": "update",
    "same_name": "known",
    "newer": "keep",
    "new_terms": "words",
    "hidden_rows": "read",
}
NOTHING_APPLIED = {"activities": 0, "versions": 0}


@pytest.fixture
def organisation():
    return factories.organisation(name="Ours")


@pytest.fixture
def officer():
    return screens.officer(username="officer", first_name="Olga", last_name="Officer")


@pytest.fixture
def client(officer):
    return screens.client_of(officer)


def upload(client, organisation, *rows, name="register.csv", data=None, **choices):
    content = as_csv(HEADINGS, *rows) if data is None else data
    file = SimpleUploadedFile(name, content)
    values = {"file": file, "organisation": organisation.pk, "blank_cell": "leave", **choices}
    return client.post(reverse(ADD), values)


def uploaded(client, organisation, *rows, **options):
    """Upload a file that can be read, and return its import."""
    response = upload(client, organisation, *rows, **options)
    assert response.status_code == 302, response.context["form"].errors
    return models.Import.objects.get(pk=resolve(response["Location"]).kwargs["object_id"])


def address(view, found):
    return reverse(f"admin:registry_import_{view}", args=[found.pk])


def page_of(client, found, query=""):
    return client.get(address("change", found) + query)


def apply(client, found, **values):
    mark = re.search(r'name="seen" value="(\w+)"', page_of(client, found).content.decode())
    assert mark is not None
    return client.post(address("apply", found), {"seen": mark[1], **values}, follow=True)


def said(response):
    return [str(message) for message in response.context["messages"]]


def in_the_register():
    return {
        "activities": models.ProcessingActivity.objects.count(),
        "versions": models.ProcessingActivity.history.count(),
    }


# Upload


def test_the_upload_page_states_the_limits_and_offers_the_only_organisation_and_the_template(client, organisation):
    factories.organisation(name="A partner", is_own=False)

    response = client.get(reverse(ADD))

    text = " ".join(response.content.decode().split())
    assert (
        "CSV, XLSX, XLS or ODS; at most 25.0 MB, 100,000 rows, 300 columns, and 100,000 characters in a cell." in text
    )
    assert f'<option value="{organisation.pk}" selected>Ours</option>' in text
    assert "A partner" not in text
    template = reverse("admin:registry_import_template", args=["processingactivity", "xlsx"])
    assert f'<a href="{template}">' in text


def test_no_organisation_is_preselected_where_there_are_several(client, organisation):
    factories.organisation(name="Another of our own")

    response = client.get(reverse(ADD))

    assert response.context["form"]["organisation"].value() is None


def test_without_an_organisation_the_page_says_what_to_do_first(client):
    response = client.get(reverse(ADD))

    assert reverse("admin:registry_organisation_add") in response.content.decode()


def test_an_upload_is_planned_kept_and_bound_to_its_uploader(client, officer, organisation):
    found = uploaded(client, organisation, ONE, TWO)

    assert (found.file_name, found.state, found.uploaded_by, found.uploaded_by_name) == (
        "register.csv",
        "planned",
        officer,
        "Olga Officer",
    )
    assert bytes(found.data) == as_csv(HEADINGS, ONE, TWO)
    assert len(found.sha256) == 64
    assert found.choices == {"sheet": "", "header_row": None, "blank_cell": "leave", "create_units": False, **USUAL}
    kept = {key: value for key, value in found.counts.items() if key != "preview"}
    assert kept == {
        "created": 2,
        "changed": 0,
        "unchanged": 0,
        "skipped": 0,
        "refused": 0,
        "error": 0,
        "warning": 0,
        "note": 0,
    }
    assert in_the_register() == NOTHING_APPLIED


def test_a_file_that_cannot_be_read_is_told_with_its_place_and_remedy_and_not_kept(client, organisation):
    cells = f'<c r="A1" t="str"><v>Name</v></c><c r="B1" t="str"><v>{"x" * 120_000}</v></c>'
    data = files.xlsx_of_xml(f'<row r="1">{cells}</row>')

    response = upload(client, organisation, name="register.xlsx", data=data)

    text = response.content.decode()
    assert "Sheet “Data”, cell B1: The cell holds 120,000 characters, beginning “xxxx" in text
    assert "Shorten the text" in text
    assert models.Import.objects.count() == 0


def test_an_empty_file_is_told_by_the_reader(client, organisation):
    response = upload(client, organisation, data=b"")

    assert "The file is empty (0 bytes)." in response.content.decode()


def test_a_file_that_is_too_large_is_refused_before_it_is_read(client, organisation, settings):
    settings.IMPORT_LIMITS = {"max_bytes": 10}

    response = upload(client, organisation, ONE)

    assert response.context["form"].errors["file"] == [
        "The file has 80\xa0bytes; at most 10\xa0bytes are read. Split it, or remove pictures from it."
    ]


def test_a_table_of_catalogue_entries_is_sent_to_its_own_import(client, organisation):
    response = upload(client, organisation, data=as_csv(["Name", "Vulnerable"], ["Children", "Yes"]))

    text = response.content.decode()
    assert "not processing activities" in text
    assert f'<a href="{reverse("admin:registry_datasubjectcategory_import")}">' in text
    assert models.Import.objects.count() == 0


# Preview


def test_the_preview_says_how_the_file_was_read_and_what_each_row_would_become(client, organisation):
    found = uploaded(client, organisation, ONE)

    response = page_of(client, found)

    assert [(one["column"], one["heading"], one["read_as"]) for one in response.context["columns"][:2]] == [
        ("A", "Reference", "Reference"),
        ("B", "Name", "Name"),
    ]
    assert response.context["rows"] == [
        {
            "number": 2,
            "sheet": "",
            "key": "#2",
            "view": "created",
            "severity": 0,
            "decided": "",
            "newer": [],
            "by_name": False,
            "has_namesake": False,
            "reference": "A",
            "name": "One",
            "fields": [
                {"label": "Our role", "old": [], "new": ["Controller"], "same": 0},
                {"label": "Data subjects", "old": [], "new": ["“Passers-by”"], "same": 0},
            ],
            "more_fields": [],
        }
    ]
    assert response.context["obstacle"] == ""


def test_a_change_is_shown_field_by_field_in_words(client, organisation):
    factories.activity(organisation, name="One", reference="A", role="controller", tags="old")
    found = uploaded(client, organisation, ("A", "One", "Processor", "", "new"))

    response = page_of(client, found)

    assert response.context["view"] == "changed"
    assert response.context["rows"][0]["fields"] == [
        {"label": "Our role", "old": ["Controller"], "new": ["Processor"], "same": 0},
        {"label": "Tags", "old": ["old"], "new": ["new"], "same": 0},
    ]


def test_with_errors_nothing_can_be_applied_and_the_page_says_why(client, organisation):
    found = uploaded(client, organisation, ONE, ("B", "", "Controller", "", ""))

    response = page_of(client, found)

    text = response.content.decode()
    assert '<input type="submit" class="default" value="Apply" disabled aria-describedby="obstacle">' in text
    assert "Nothing can be applied while there are errors." in text
    assert response.context["view"] == "refused"
    assert [(problem["severity"], problem["place"]) for problem in response.context["problems"]] == [
        ("error", "cell B3, column “Name”")
    ]


def test_an_import_with_errors_is_not_applied_by_a_post_either(client, organisation):
    found = uploaded(client, organisation, ONE, ("B", "", "Controller", "", ""))

    response = apply(client, found)

    assert said(response) == [
        "Nothing can be applied while there are errors. Correct them in the file and upload it again, "
        "or leave their rows out."
    ]
    assert in_the_register() == NOTHING_APPLIED


def test_there_is_nothing_to_apply_where_the_register_says_it_all(client, organisation):
    apply(client, uploaded(client, organisation, ONE))
    found = uploaded(client, organisation, ONE)

    response = apply(client, found)

    assert said(response) == ["There is nothing to apply: the register says all of this already."]
    assert models.Import.objects.get(pk=found.pk).state == "planned"


def test_the_rows_are_shown_by_what_would_become_of_them_and_in_pages(client, organisation, monkeypatch):
    monkeypatch.setattr(review, "PAGE", 2)
    monkeypatch.setattr("registry.admin.spreadsheet_import_review.PAGE", 2)
    apply(client, uploaded(client, organisation, ONE))
    found = uploaded(client, organisation, ONE, *[(f"N{n}", f"New {n}", "Controller", "", "") for n in range(3)])

    shown = {
        query: [row["name"] for row in page_of(client, found, query).context["rows"]]
        for query in ("", "?rows=created&page=2", "?rows=unchanged", "?rows=nonsense&page=99", "?page=0")
    }

    assert shown == {
        "": ["New 0", "New 1"],
        "?rows=created&page=2": ["New 2"],
        "?rows=unchanged": ["One"],
        "?rows=nonsense&page=99": ["New 2"],
        "?page=0": ["New 0", "New 1"],
    }
    tabs = page_of(client, found).context["tabs"]
    assert [(tab["key"], tab["count"], tab["selected"]) for tab in tabs] == [
        ("created", 3, True),
        ("unchanged", 1, False),
    ]


def test_the_person_is_asked_for_the_header_row_and_the_file_is_read_by_it(client, organisation):
    table = files.xlsx(
        {
            "Register": [
                ("Nr.", "Bezeichnung", "Zweck", "Rechtsgrundlage", "Löschfristen"),
                ("1", "Personal", "Abrechnung", "Art. 6 Abs. 1 lit. b", "10 Jahre"),
                ("ID", "Name", "Purpose", "Legal basis", "Retention"),
                ("2", "Newsletter", "Advertising", "Art. 6(1)(a)", "until withdrawn"),
            ],
            "Empty": [],
            "Notes": [("Seen in March",)],
        }
    )
    found = uploaded(client, organisation, name="register.xlsx", data=table)
    asked = page_of(client, found)

    values = {"sheet": "Register", "header_row": "3", "blank_cell": "clear"}
    answered = client.post(address("choices", found), values, follow=True)

    assert asked.context["tabs"] == []
    assert [name for name, _ in asked.context["form"].fields["sheet"].choices] == ["", "Register", "Empty", "Notes"]
    assert [row["name"] for row in answered.context["rows"]] == ["Newsletter"]
    assert models.Import.objects.get().choices == {
        "sheet": "Register",
        "header_row": 3,
        "blank_cell": "clear",
        "create_units": False,
        **USUAL,
    }


def test_a_header_row_that_is_no_number_is_told(client, organisation):
    found = uploaded(client, organisation, ONE)

    response = client.post(address("choices", found), {"header_row": "first", "blank_cell": "leave"})

    assert response.context["form"].errors == {"header_row": ["Enter a whole number."]}


def test_the_preview_is_made_anew_when_the_register_has_moved_on(client, organisation):
    found = uploaded(client, organisation, ONE)
    factories.activity(organisation, name="One", reference="A", role="controller")

    response = page_of(client, found)

    assert response.context["view"] == "changed"
    assert models.Import.objects.get().counts["changed"] == 1


# Apply


def test_applying_writes_one_change_set_that_names_the_file(client, officer, organisation):
    found = uploaded(client, organisation, ONE, TWO)

    response = apply(client, found, change_reason="  Yearly review ")

    found.refresh_from_db()
    change_set = models.ChangeSet.objects.first()
    assert said(response) == [
        "Imported: 2 new, 0 changed, 0 unchanged. "
        f'<a href="{reverse("admin:registry_processingactivity_changelist")}">Go to the activities</a>'
    ]
    assert (found.state, found.change_set, bytes(found.data)) == ("applied", change_set, b"")
    assert found.counts == {
        "created": 2,
        "changed": 0,
        "unchanged": 0,
        "skipped": 0,
        "refused": 0,
        "error": 0,
        "warning": 0,
        "note": 0,
    }
    assert (change_set.channel, change_set.reason, change_set.actor) == ("import", "Yearly review", officer)
    assert change_set.details == f'{{"file":"register.csv","sha256":"{found.sha256}"}}'
    assert [activity.reference for activity in models.ProcessingActivity.objects.order_by("reference")] == ["A", "B"]


def test_without_a_reason_the_file_is_the_reason(client, organisation):
    apply(client, uploaded(client, organisation, ONE))

    assert models.ChangeSet.objects.first().reason == "register.csv"


def test_an_import_is_refused_and_shown_anew_when_the_register_has_moved_on(client, organisation):
    found = uploaded(client, organisation, ONE)
    page_of(client, found)
    mark = re.search(r'name="seen" value="(\w+)"', page_of(client, found).content.decode())[1]
    factories.activity(organisation, name="Another")

    response = client.post(address("apply", found), {"seen": mark}, follow=True)

    assert said(response)[0].startswith("The register has changed since you saw this preview")
    assert response.context["review"]["change_set"] == models.ChangeSet.objects.first().sequence
    assert in_the_register()["activities"] == 1
    again = apply(client, found)
    assert said(again)[0].startswith("Imported: 1 new")


def test_an_import_is_refused_when_it_was_read_differently_since(client, organisation):
    found = uploaded(client, organisation, ONE)
    mark = re.search(r'name="seen" value="(\w+)"', page_of(client, found).content.decode())[1]
    client.post(address("choices", found), {"blank_cell": "clear"})

    response = client.post(address("apply", found), {"seen": mark}, follow=True)

    assert said(response)[0].startswith("The register has changed since you saw this preview")
    assert in_the_register() == NOTHING_APPLIED


def test_a_crash_in_the_middle_leaves_the_register_and_the_import_as_they_were(client, organisation, monkeypatch):
    found = uploaded(client, organisation, ONE)
    before = models.ChangeSet.objects.count()

    def crash(opened):
        raise RuntimeError("the disk is full")

    monkeypatch.setattr(writing, "close", crash)
    with pytest.raises(RuntimeError, match="the disk is full"):
        apply(client, found)

    found.refresh_from_db()
    assert in_the_register() == NOTHING_APPLIED
    assert (found.state, models.ChangeSet.objects.count()) == ("planned", before)
    assert bytes(found.data) == as_csv(HEADINGS, ONE)


@pytest.mark.parametrize("view", ["apply", "discard", "choices"])
def test_what_is_decided_stays_decided(client, organisation, view):
    found = uploaded(client, organisation, ONE)
    apply(client, found)

    response = client.post(address(view, found), {"blank_cell": "leave"}, follow=True)

    assert said(response) == ["This import was applied or discarded already."]
    assert in_the_register()["versions"] == 1


def test_pressing_apply_twice_applies_once(client, organisation, monkeypatch):
    found = uploaded(client, organisation, ONE)

    def plan_while_the_other_applies(upload, told):
        planned = plan(upload, told)
        models.Import.objects.filter(pk=upload.pk).update(state="applied")
        return planned

    plan = uploaded_files.plan_of
    page_of(client, found)
    monkeypatch.setattr(uploaded_files, "plan_of", plan_while_the_other_applies)

    response = apply(client, found)

    assert said(response) == ["This import was applied or discarded already."]
    assert in_the_register() == NOTHING_APPLIED


def test_discarding_lets_go_of_the_file_and_keeps_its_name(client, organisation):
    found = uploaded(client, organisation, ONE)

    response = client.post(address("discard", found), follow=True)

    found.refresh_from_db()
    assert said(response) == ["The import of “register.csv” is discarded. Nothing was written."]
    assert (found.state, bytes(found.data), found.file_name) == ("discarded", b"", "register.csv")
    assert "Discarded: nothing was written" in page_of(client, found).content.decode()
    assert in_the_register() == NOTHING_APPLIED


def test_the_result_says_who_applied_what_and_when(client, organisation):
    found = uploaded(client, organisation, ONE)
    apply(client, found, change_reason="Yearly review")

    text = " ".join(page_of(client, found).content.decode().split())

    assert found.sha256 in text
    assert ": Yearly review</p>" in text
    assert "Olga Officer" in text
    assert 'value="Apply"' not in text


# Who may do what


def test_another_officer_neither_sees_nor_decides_an_import_to_review(client, organisation):
    found = uploaded(client, organisation, ONE)
    other = screens.client_of(screens.officer())

    answers = [
        page_of(other, found).status_code,
        *(other.post(address(view, found)).status_code for view in ("apply", "discard", "choices")),
    ]

    assert answers == [404, 404, 404, 404]
    assert "register.csv" not in other.get(reverse(LIST)).content.decode()
    found.refresh_from_db()
    assert (found.state, in_the_register()) == ("planned", NOTHING_APPLIED)


def test_a_superuser_decides_what_others_uploaded(client, organisation):
    found = uploaded(client, organisation, ONE)
    chief = screens.client_of(factories.user(is_superuser=True))

    response = apply(chief, found)

    assert said(response)[0].startswith("Imported: 1 new")


def test_an_auditor_sees_applied_imports_and_no_buttons(client, organisation):
    applied = uploaded(client, organisation, ONE)
    apply(client, applied)
    waiting = uploaded(client, organisation, TWO, name="waiting.csv")
    auditor = screens.client_of(screens.auditor())

    listed = auditor.get(reverse(LIST)).content.decode()
    shown = page_of(auditor, applied)

    assert ("register.csv" in listed, "waiting.csv" in listed) == (True, False)
    assert (shown.status_code, 'type="submit" value' in shown.content.decode()) == (200, False)
    assert page_of(auditor, waiting).status_code == 404
    assert auditor.get(reverse(ADD)).status_code == 403
    assert upload(auditor, organisation, ONE).status_code == 403
    views = ("apply", "discard", "choices")
    posts = [auditor.post(address(view, found)).status_code for found in (applied, waiting) for view in views]
    assert posts == [403] * 6


def test_an_officer_who_may_no_longer_import_sees_no_preview(client, officer, organisation):
    found = uploaded(client, organisation, ONE)
    officer.groups.clear()
    officer.groups.add(screens.Group.objects.get(name="Auditor"))

    assert page_of(client, found).status_code == 403


def test_who_may_not_see_imports_sees_none_and_gets_no_template(organisation):
    nobody = screens.client_of(factories.user())
    found = models.Import.objects.create(organisation=organisation, file_name="a.csv", sha256="0" * 64, state="applied")

    assert page_of(nobody, found).status_code == 403
    assert nobody.get(reverse("admin:registry_import_template", args=["processingactivity", "csv"])).status_code == 403


@pytest.mark.parametrize("view", ["apply", "discard", "choices"])
def test_nothing_is_decided_by_following_a_link(client, organisation, view):
    found = uploaded(client, organisation, ONE)

    assert client.get(address(view, found)).status_code == 405


def test_nothing_is_changed_or_deleted_through_the_stock_pages(client, organisation):
    found = uploaded(client, organisation, ONE)

    answers = [client.post(address("change", found)).status_code, client.post(address("delete", found)).status_code]

    assert answers == [405, 403]


@pytest.mark.parametrize(("view", "own"), [("apply", True), ("choices", True), ("discard", False)])
def test_the_views_that_plan_open_their_own_change_set_or_none(view, own):
    callback = resolve(reverse(f"admin:registry_import_{view}", args=[1])).func

    assert getattr(callback, "opens_own_change_set", False) is own


# Lists and templates


def test_an_empty_list_offers_the_first_step(client):
    text = client.get(reverse(LIST)).content.decode()

    assert "There are no imports yet." in text
    assert f'<a class="button" href="{reverse(ADD)}">' in text


def test_the_list_says_what_became_of_each_import(client, organisation):
    apply(client, uploaded(client, organisation, ONE, TWO))

    text = " ".join(client.get(reverse(LIST)).content.decode().split())

    assert '<span class="state"><span aria-hidden="true">●</span> applied</span>' in text
    assert '<td class="field-new">2</td>' in text


@pytest.mark.parametrize(
    ("name", "ending", "status"),
    [("processingactivity", "xlsx", 200), ("recipient", "csv", 200), ("recipient", "pdf", 404), ("user", "csv", 404)],
)
def test_templates_are_downloaded_by_the_name_of_their_model(client, name, ending, status):
    response = client.get(reverse("admin:registry_import_template", args=[name, ending]))

    assert response.status_code == status
    if status == 200:
        assert response["Content-Disposition"] == f'attachment; filename="{name}-template.{ending}"'


# Queries


def queries_of(action):
    with CaptureQueriesContext(connection) as captured:
        action()
    return [query["sql"] for query in captured]


def test_the_number_of_queries_does_not_depend_on_the_number_of_rows(client, organisation):
    def rows(count, prefix):
        return [(f"{prefix}{n}", f"Activity {n}", "Controller", '"Passers-by"\n"Guests"', "x") for n in range(count)]

    apply(client, uploaded(client, organisation, *rows(1, "warm")))
    numbers = {}
    for count, prefix in ((1, "one"), (3, "three")):
        counted = {"upload": len(queries_of(lambda c=count, p=prefix: upload(client, organisation, *rows(c, p))))}
        found = models.Import.objects.order_by("-pk").first()
        counted["preview"] = len(queries_of(lambda f=found: page_of(client, f)))
        counted["apply"] = len(queries_of(lambda f=found: apply(client, f)))
        upload(client, organisation, *((row[0], row[1], "Processor", '"Guests"', "") for row in rows(count, prefix)))
        changed = models.Import.objects.order_by("-pk").first()
        assert changed.counts["changed"] == count
        counted["preview of changes"] = len(queries_of(lambda f=changed: page_of(client, f)))
        counted["apply changes"] = len(queries_of(lambda f=changed: apply(client, f)))
        counted["list"] = len(queries_of(lambda: client.get(reverse(LIST))))
        numbers[count] = counted

    assert numbers[1] == numbers[3]
