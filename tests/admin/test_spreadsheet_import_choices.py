"""What a person decides before an import is applied: how it is read, which words are entries, which rows count."""

from io import BytesIO

import openpyxl
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from registry import models
from tests import factories
from tests.admin import screens
from tests.admin.test_spreadsheet_import import HEADINGS, address, apply, page_of, said, uploaded
from tests.imports import files
from tests.imports.tables import as_csv

pytestmark = pytest.mark.django_db

FOREIGN = (
    ("Nr.", "Bezeichnung", "Zweck", "Betroffene", "Farbe"),
    ("1", "Personal", "Abrechnung", "Kunden", "rot"),
    ("2", "Newsletter", "Werbung", "Leser", "blau"),
)


@pytest.fixture
def organisation():
    return factories.organisation(name="Ours")


@pytest.fixture
def client():
    return screens.client_of(screens.officer(username="officer", first_name="Olga", last_name="Officer"))


@pytest.fixture
def found(client, organisation):
    return uploaded(client, organisation, data=as_csv(*FOREIGN))


def correct(client, found, do="use", **values):
    response = client.post(address("mapping", found), {"do": do, **values}, follow=True)
    found.refresh_from_db()
    return response


def read_as(found):
    return {column["heading"]: column["read_as"] for column in found.choices["mapping"]["sheets"][0]["columns"]}


# How the file is read


def test_the_page_shows_each_column_with_samples_and_what_it_is_read_as(client, found):
    (sheet,) = client.get(address("mapping", found)).context["sheets"]

    assert (sheet["header_row"], sheet["first_data_row"]) == (1, 2)
    assert [
        (column["letters"], column["heading"], column["read_as"], column["samples"]) for column in sheet["columns"]
    ] == [
        ("A", "Nr.", "reference", ["1", "2"]),
        ("B", "Bezeichnung", "name", ["Personal", "Newsletter"]),
        ("C", "Zweck", "purposes", ["Abrechnung", "Werbung"]),
        ("D", "Betroffene", "data_subjects", ["Kunden", "Leser"]),
        ("E", "Farbe", "keep", ["rot", "blau"]),
    ]


def test_a_correction_shows_its_effect_without_being_kept(client, found):
    response = client.post(address("mapping", found), {"do": "show", "s0-c4": "tags"}, headers={"X-Part": "effect"})

    text = response.content.decode()
    assert ("<dt>Tags</dt><dd><span>rot</span>" in text, "<html" in text) == (True, False)
    found.refresh_from_db()
    assert "mapping" not in found.choices


def test_a_correction_is_used_for_the_plan_and_told_in_the_history(client, found):
    response = correct(client, found, **{"s0-c4": "tags", "s0-leave": "3"})

    assert (read_as(found)["Farbe"], found.counts["created"]) == ("tags", 1)
    assert "It is read as you have corrected it." in response.content.decode()
    apply(client, found)
    assert models.ProcessingActivity.objects.get().tags == "rot"
    assert "Farbe → tags" in models.ChangeSet.objects.first().details


def test_rows_left_out_can_be_read_after_all(client, found):
    correct(client, found, **{"s0-leave": "2-3"})
    shown = client.get(address("mapping", found)).context["sheets"][0]["skipped"]

    correct(client, found, **{"s0-read": "3"})

    assert [(row["row"], row["why"]) for row in shown] == [(2, "left out by you"), (3, "left out by you")]
    assert found.counts["created"] == 1


def test_another_row_of_headings_gives_other_columns(client, found):
    response = client.post(address("mapping", found), {"do": "show", "s0-header": "2"})

    (sheet,) = response.context["sheets"]
    assert (sheet["header_row"], [column["heading"] for column in sheet["columns"]][:2]) == (2, ["1", "Personal"])


def test_a_saved_mapping_reads_the_next_file_of_its_shape_and_the_page_says_so(client, found, organisation):
    correct(client, found, do="save", name="From the town hall", **{"s0-c4": "tags", "for": "own"})
    rows = (FOREIGN[0], ("7", "Another", "Zweck", "Leser", "gelb"))

    next_one = uploaded(client, organisation, data=as_csv(*rows), name="next.csv")

    saved = models.SavedMapping.objects.get()
    assert (saved.name, saved.organisation, saved.saved_by_name) == ("From the town hall", organisation, "Olga Officer")
    text = page_of(client, next_one).content.decode()
    assert "It was read by the saved mapping “From the town hall”" in text
    apply(client, next_one)
    assert models.ProcessingActivity.objects.get().tags == "gelb"
    assert '"mapping":"From the town hall: Nr. → reference' in models.ChangeSet.objects.first().details


def test_what_was_saved_for_one_organisation_is_not_used_for_another(client, found):
    correct(client, found, do="save", name="Ours only", **{"s0-c4": "tags", "for": "own"})
    other = uploaded(client, factories.organisation(name="Another"), data=as_csv(*FOREIGN))
    correct(client, found, do="save", name="Ours only", **{"s0-c4": "tags", "for": "all"})
    again = uploaded(client, other.organisation, data=as_csv(*FOREIGN))

    assert [one.counts["preview"]["read_by"] for one in (other, again)] == ["", "Ours only"]


def test_a_saved_mapping_can_be_put_aside_for_a_file(client, found, organisation):
    correct(client, found, do="save", name="Saved", **{"s0-c4": "tags", "for": "all"})
    again = uploaded(client, organisation, data=as_csv(*FOREIGN))

    correct(client, again, do="forget")

    assert (again.counts["preview"]["read_by"], again.choices["use_saved"]) == ("", False)


def test_a_mapping_needs_a_name_to_be_saved(client, found):
    response = correct(client, found, do="save", name=" ")

    assert "Give the mapping a name of up to 120 characters." in response.content.decode()
    assert models.SavedMapping.objects.count() == 0


def test_nonsense_in_the_form_is_told_and_never_an_error(client, found):
    response = correct(
        client, found, do="show", **{"s0-c4": "nonsense", "s0-first": "0", "s0-header": "x", "s0-read": "y"}
    )

    assert response.status_code == 200
    assert "Nothing can be read as “nonsense”." in response.content.decode()


def test_our_own_layout_has_no_columns_to_correct(client, organisation):
    own = uploaded(client, organisation, name="a.xlsx", data=files.xlsx([list(HEADINGS), ["A", "One"]]))

    text = client.get(address("mapping", own)).content.decode()

    assert "its headings say what its columns are" in text
    assert 'name="do" value="use"' not in text


def test_without_a_table_she_is_sent_back_to_say_where_it_is(client, organisation):
    nothing = uploaded(client, organisation, data=as_csv(("Seen in March",), ("by us",)))

    assert said(client.get(address("mapping", nothing), follow=True)) == ["Say first where the table is."]


def test_saved_mappings_are_listed_renamed_and_deleted_by_officers_and_read_by_auditors(client, found):
    correct(client, found, do="save", name="Saved", **{"for": "all"})
    saved = models.SavedMapping.objects.get()
    one = reverse("admin:registry_savedmapping_change", args=[saved.pk])
    auditor = screens.client_of(screens.auditor())

    refused = auditor.post(one, {"name": "Theirs"}).status_code
    shown = auditor.get(one).content.decode()
    client.post(one, {"name": "Renamed", "organisation": ""})
    saved.refresh_from_db()
    client.post(reverse("admin:registry_savedmapping_delete", args=[saved.pk]), {"post": "yes"})

    assert (refused, "Farbe → Keep as words of the source" in shown, saved.name) == (403, True, "Renamed")
    assert models.SavedMapping.objects.count() == 0


# Words


def lines(client, found, query=""):
    return client.get(address("words", found) + query).context["lines"]


def decide(client, found, **values):
    form = {}
    for line in lines(client, found):
        form |= {f"words-{line['number']}": line["words"], f"list-{line['number']}": line["model"]}
    response = client.post(address("words", found), {**form, **values}, follow=True)
    found.refresh_from_db()
    return response


def test_the_words_are_shown_with_entries_that_are_called_alike_and_found_by_list_and_text(client, found, organisation):
    factories.make(models.DataSubjectCategory, name="Kunde")

    shown = lines(client, found)

    assert [(line["words"], line["catalogue"], [one["name"] for one in line["suggested"]]) for line in shown] == [
        ("Kunden", "Categories of data subjects", ["Kunde"]),
        ("Leser", "Categories of data subjects", []),
    ]
    assert [line["words"] for line in lines(client, found, "?q=les")] == ["Leser"]
    assert lines(client, found, "?list=DataSubjectCategory&q=zzz") == []


def test_a_decision_for_some_words_is_kept_and_planned(client, found):
    kunde = factories.make(models.DataSubjectCategory, name="Kundschaft")
    response = decide(
        client, found, **{"term-0": "other", "written-0": "kundschaft", "term-1": "create", "written-1": "x"}
    )

    assert said(response) == ["Decided. The plan is made anew with it."]
    assert found.choices["terms"] == {"DataSubjectCategory": {"kunden": kunde.pk, "leser": "create"}}
    again = lines(client, found)
    assert [(line["words"], line["decided"], line["written"]) for line in again] == [
        ("Kunden", kunde.pk, ""),
        ("Leser", "create", ""),
    ]
    apply(client, found)
    names = models.ActivityDataSubject.objects.order_by("pk").values_list("category__name", flat=True)
    assert list(names) == ["Kundschaft", "Leser"]


def test_an_entry_that_there_is_not_is_told_and_nothing_is_kept(client, found):
    response = decide(client, found, **{"term-0": "other", "written-0": "Nobody", "term-1": "create"})

    assert response.context["refusals"] == [
        "There is no entry “Nobody” among Categories of data subjects. Choose one from the list, or add it first."
    ]
    assert "terms" not in found.choices


def test_a_decision_can_be_taken_back(client, found):
    decide(client, found, **{"term-0": "words", "term-1": "words"})
    decide(client, found, **{"term-0": "", "term-1": "words"})

    assert found.choices["terms"] == {"DataSubjectCategory": {"leser": "words"}}


# Rows


def test_single_rows_are_left_out_by_choice_also_one_with_an_error(client, organisation):
    found = uploaded(client, organisation, ("A", "One", "Controller", "", ""), ("B", "", "Controller", "", ""))

    response = client.post(
        address("rows", found), {"row-#3": "skip", "row-#99": "skip", "back": "rows=created"}, follow=True
    )

    found.refresh_from_db()
    assert response.redirect_chain[0][0].endswith("?rows=created#rows")
    assert (found.choices["rows"], found.counts["skipped"], found.counts["error"]) == ({"#3": "skip"}, 1, 0)
    assert response.context["obstacle"] == ""
    client.post(address("rows", found), {"row-#3": ""})
    found.refresh_from_db()
    assert found.counts["refused"] == 1


def test_rows_are_found_by_name_reference_and_number(client, organisation):
    found = uploaded(client, organisation, *((f"R{n}", f"Number {n}", "Controller", "", "") for n in range(12)))

    shown = {
        query: [row["reference"] for row in page_of(client, found, f"?q={query}").context["rows"]]
        for query in ("number 11", "r10", "3", "zzz")
    }

    assert shown == {"number 11": ["R11"], "r10": ["R10"], "3": ["R1", "R3"], "zzz": []}


def test_what_exists_is_skipped_for_all_and_taken_for_one(client, organisation):
    for reference in "AB":
        factories.activity(organisation, name="Old", reference=reference)
    found = uploaded(
        client, organisation, ("A", "New", "Controller", "", ""), ("B", "New", "Controller", "", ""), existing="skip"
    )

    client.post(address("rows", found), {"row-#2": "take"})

    found.refresh_from_db()
    assert (found.counts["changed"], found.counts["skipped"]) == (1, 1)


def test_choosing_differently_for_all_keeps_what_was_decided_for_single_ones(client, organisation):
    found = uploaded(client, organisation, ("A", "One", "Controller", "", ""))
    client.post(address("rows", found), {"row-#2": "skip"})

    client.post(address("choices", found), {"blank_cell": "clear"})

    found.refresh_from_db()
    assert (found.choices["blank_cell"], found.choices["rows"]) == ("clear", {"#2": "skip"})


# The file with its problems


def test_the_file_comes_back_with_its_problems_marked_to_its_uploader_alone(client, organisation):
    found = uploaded(client, organisation, ("A", "", "Controller", "", ""), name="my register.csv")

    response = client.get(address("marked", found))

    assert 'filename="my register-problems.xlsx"' in response["Content-Disposition"]
    book = openpyxl.load_workbook(BytesIO(b"".join(response.streaming_content)))
    assert book["Table"]["B2"].comment.text.startswith("Error: The activity has no name.")
    assert f'href="{address("marked", found)}"' in page_of(client, found).content.decode()
    others = (screens.client_of(screens.officer()), screens.client_of(screens.auditor()))
    assert [other.get(address("marked", found)).status_code for other in others] == [404, 403]


# Who, and how many queries


@pytest.mark.parametrize("view", ["mapping", "words", "rows"])
def test_nobody_else_sees_or_decides_it(found, view):
    others = (screens.client_of(screens.officer()), screens.client_of(screens.auditor()))

    answers = [other.post(address(view, found), {"do": "use"}).status_code for other in others]

    assert answers == [404, 403]


@pytest.mark.parametrize("view", ["mapping", "words"])
def test_what_is_decided_stays_decided(client, found, view):
    apply(client, found)

    assert said(client.get(address(view, found), follow=True)) == ["This import was applied or discarded already."]


def test_the_pages_need_as_many_queries_for_three_rows_as_for_one(client, organisation):
    numbers = {}
    for count in (1, 3):
        rows = [(str(n), f"Activity {n}", "Zweck", f"Leute {n}", "rot") for n in range(count)]
        found = uploaded(client, organisation, data=as_csv(FOREIGN[0], *rows))
        for view in ("mapping", "words", "change"):
            with CaptureQueriesContext(connection) as captured:
                client.get(address(view, found))
            numbers.setdefault(count, {})[view] = len(captured)

    assert numbers[1] == numbers[3]


# Letters and cells of a text file

POLISH = "Nr.;Bezeichnung;Zweck;Empfänger\n1;Zażółć gęślą;Abrechnung;Łódź, Bank\n".encode("cp1250", "replace")


def test_the_encoding_that_was_found_is_said_and_another_one_shows_its_effect_at_once(client, organisation):
    found = uploaded(client, organisation, data=POLISH)
    shown = page_of(client, found).content.decode()
    assert "Encoding: Windows-1252 (Western Europe). Cells separated by: semicolon." in " ".join(shown.split())

    corrected = correct(client, found, do="show", encoding="cp1250", **{"read-with-encoding": ""})
    seen = corrected.context["effect"]["rows"][0]["name"]
    kept = found.choices["encoding"]
    correct(client, found, do="use", encoding="cp1250", **{"read-with-encoding": "cp1250", "s0-c1": "name"})

    assert (seen, kept) == ("Zażółć gęślą", "")
    assert found.choices["encoding"] == "cp1250"
    assert list(found.rows.values_list("name", flat=True)) == ["Zażółć gęślą"]
    offered = dict(client.get(address("mapping", found)).context["offers"][0]["choices"])
    assert offered[""] == "as found"


def test_a_saved_mapping_remembers_how_the_letters_of_its_files_are_read(client, organisation):
    data = POLISH.replace(b"Zweck", "Zweck główny".encode("cp1250"))
    found = uploaded(client, organisation, data=data)
    correct(client, found, do="save", name="Łódź", encoding="cp1250", **{"read-with-encoding": "cp1250"})
    other = data.replace(b"Abrechnung", b"Lohn")

    again = uploaded(client, organisation, data=other)
    elsewhere = uploaded(client, factories.organisation(name="Another"), data=other)

    assert (again.counts["preview"]["read_by"], again.choices["encoding"]) == ("Łódź", "cp1250")
    assert again.rows.get().name == "Zażółć gęślą"
    assert (elsewhere.counts["preview"]["read_by"], elsewhere.choices["encoding"]) == ("", "")
    apply(client, again)
    assert models.ProcessingActivity.objects.get().name == "Zażółć gęślą"


def test_a_delimiter_that_leaves_no_table_is_told_and_one_that_does_is_taken(client, organisation):
    found = uploaded(client, organisation, data=as_csv(*FOREIGN))

    refused = correct(client, found, delimiter="|")
    assert "Read so, the file holds no table that is understood" in refused.content.decode()
    assert (found.choices["delimiter"], found.counts["created"]) == ("", 2)

    client.post(address("choices", found), {"blank_cell": "leave", "delimiter": "|"})
    found.refresh_from_db()
    asked = page_of(client, found).content.decode()
    client.post(address("choices", found), {"blank_cell": "leave", "delimiter": ","})
    found.refresh_from_db()

    assert "Where the table is, and what becomes of its rows" in asked
    assert (found.choices["delimiter"], found.counts["created"]) == (",", 2)


def test_an_encoding_in_which_the_file_can_not_be_read_is_told_and_changes_nothing(client, found):
    response = correct(client, found, encoding="utf-16")

    assert "The file isn't UTF-16 text throughout." in response.context["refusal"]
    assert found.choices["encoding"] == ""


def test_our_own_layout_in_a_wrong_encoding_is_corrected_as_well(client, organisation):
    data = ";".join(HEADINGS).encode() + "\nA;Zażółć;Controller;;\n".encode("cp1250")
    own = uploaded(client, organisation, data=data)

    correct(client, own, encoding="cp1250")

    assert list(own.rows.values_list("name", flat=True)) == ["Zażółć"]
    assert own.choices["mapping"] is None


def test_another_sheet_is_chosen_on_the_page_and_its_columns_shown_at_once(client, organisation):
    first = [["Nr.", "Bezeichnung", "Zweck"], ["1", "Personal", "Abrechnung"], ["2", "Newsletter", "Werbung"]]
    second = [["Nr.", "Bezeichnung", "Zweck"], ["7", "Fuhrpark", "Fahrten"]]
    table = files.xlsx({"Neu": first, "Alt": second})
    found = uploaded(client, organisation, name="a.xlsx", data=table, sheet="Neu")

    shown = correct(client, found, do="show", sheet="Alt", **{"read-with-sheet": "Neu"})
    correct(client, found, sheet="Alt", **{"read-with-sheet": "Alt"})

    assert [row["name"] for row in shown.context["effect"]["rows"]] == ["Fuhrpark"]
    assert list(found.rows.values_list("name", flat=True)) == ["Fuhrpark"]


def test_columns_are_corrected_together_with_the_row_of_the_headings(client, organisation):
    rows = (("Stand 2026", "", ""), ("Was", "Name", "Farbe"), ("x", "Personal", "rot"))
    found = uploaded(client, organisation, data=as_csv(*rows), header_row="1")

    correct(client, found, **{"s0-header": "2", "s0-was": "2", "s0-c2": "tags"})

    columns = found.choices["mapping"]["sheets"][0]["columns"]
    assert (columns[2]["read_as"], found.rows.get().name) == ("tags", "Personal")


def test_a_text_file_that_can_not_be_read_is_read_in_the_encoding_that_she_names_at_the_upload(client, organisation):
    found = uploaded(client, organisation, data=POLISH, encoding="cp1250", delimiter=";")

    assert (found.choices["encoding"], found.choices["delimiter"]) == ("cp1250", ";")
    assert found.rows.get().name == "Zażółć gęślą"


# Once more


def test_the_same_file_once_more_has_nothing_to_change_although_its_rows_have_no_reference(client, organisation):
    rows = (("Bezeichnung", "Zweck", "Farbe"), ("Personal", "Abrechnung", "rot"), ("Newsletter", "Werbung", "blau"))
    apply(client, uploaded(client, organisation, data=as_csv(*rows)))

    again = uploaded(client, organisation, data=as_csv(*rows))
    page = page_of(client, again)

    assert (again.counts["created"], again.counts["changed"], again.counts["unchanged"]) == (0, 0, 2)
    assert page.context["obstacle"] == "There is nothing to apply: the register says all of this already."
    assert page.content.decode().count("(found by its name)") == 2


def test_a_repaired_row_without_a_reference_changes_its_record_unless_she_says_it_is_another(client, organisation):
    apply(client, uploaded(client, organisation, data=as_csv(("Bezeichnung", "Zweck"), ("Personal", "Abrechnung"))))

    again = uploaded(client, organisation, data=as_csv(("Bezeichnung", "Zweck"), ("Personal", "Lohn")))
    changed = again.counts["changed"]
    assert "add it as another record" in page_of(client, again).content.decode()
    client.post(address("rows", again), {"row-#2": "add"})
    again.refresh_from_db()
    apply(client, again)

    assert (changed, again.counts["created"], again.counts["changed"]) == (1, 1, 0)
    assert models.ProcessingActivity.objects.filter(name="Personal").count() == 2


def test_all_rows_whose_name_exists_can_be_added(client, organisation):
    table = as_csv(("Bezeichnung", "Zweck"), ("Personal", "Abrechnung"))
    apply(client, uploaded(client, organisation, data=table))

    again = uploaded(client, organisation, data=as_csv(("Bezeichnung", "Zweck"), ("Personal", "Lohn")), same_name="add")

    assert again.counts["created"] == 1


# What nobody sees in the file


def hiding(rows, hidden=(), columns=()):
    """The rows as a workbook in which rows and columns are hidden."""
    book = openpyxl.Workbook()
    sheet = book.active
    for row in rows:
        sheet.append(row)
    for number in hidden:
        sheet.row_dimensions[number].hidden = True
    for letters in columns:
        sheet.column_dimensions[letters].hidden = True
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def test_hidden_rows_are_told_and_can_be_left_out_but_for_single_ones(client, organisation):
    found = uploaded(client, organisation, name="a.xlsx", data=hiding(FOREIGN, hidden=[2, 3]))
    read = page_of(client, found).content.decode()
    choices = {"blank_cell": "leave", "hidden_rows": "skip"}

    client.post(address("choices", found), choices)
    found.refresh_from_db()
    left = dict(found.counts)
    client.post(address("rows", found), {"row-Sheet#3": "take"})
    found.refresh_from_db()

    assert "The row is hidden in the file, and is read like any other." in read
    assert "Rows that are hidden in the file" in read
    assert ((left["created"], left["skipped"]), (found.counts["created"], found.counts["skipped"])) == ((0, 2), (1, 1))
    apply(client, found)
    assert list(models.ProcessingActivity.objects.values_list("name", flat=True)) == ["Newsletter"]


def test_hidden_rows_are_asked_about_only_where_there_are_any(client, found):
    assert "Rows that are hidden in the file" not in page_of(client, found).content.decode()


def test_hidden_columns_are_marked_where_they_are_corrected(client, organisation):
    found = uploaded(client, organisation, name="a.xlsx", data=hiding(FOREIGN, columns=["E"]))

    (sheet,) = client.get(address("mapping", found)).context["sheets"]

    assert [column["heading"] for column in sheet["columns"] if column["is_hidden"]] == ["Farbe"]
