import csv
import io
import re
from dataclasses import replace

import pytest
from django.utils import translation

from registry import models
from registry.comparison.authors import authors
from registry.comparison.registers import activity_changes
from registry.record.loader import load_register
from registry.reports.as_csv import csv_chunks
from registry.reports.changes import Changes, changes_list, changes_report
from registry.reports.parameters import Parameters, moment_of_production
from registry.reports.produce import produce
from registry.reports.source import load_source
from registry.versioning.change_set import Channel
from registry.versioning.writing import change_set
from tests import factories
from tests.reports import texts

pytestmark = pytest.mark.django_db

HEADINGS = "What,Organisation,Reference,Name,In what it refers to,Fact,Row,Particular,Old,New,Change sets,By,First change,Last change,Reason"


def between(old, new) -> Changes:
    found = list(activity_changes(old, new))
    return Changes(old, new, found, authors(found, old.change_set, new.change_set))


def csv_of(found: Changes) -> str:
    return b"".join(csv_chunks(changes_list(found, texts.PROVENANCE))).decode("utf-8-sig")


@pytest.fixture
def found():
    """An activity of each fate, and one that is changed in every way."""
    organisation = factories.organisation(name="Fjord Foods AS")
    changed, retired, removed = (
        factories.activity(organisation, reference=f"A-{place}", name=name)
        for place, name in enumerate(("Changed", "Retired", "Removed"))
    )
    recipient = factories.make(models.Recipient, name="Host")
    with change_set():
        models.ActivityRecipient.objects.create(activity=changed, recipient=recipient)
        changed.purposes.create(text="First", position=0)
        changed.purposes.create(text="Second", position=1)
    old = load_register()
    with change_set(actor=factories.user(username="ane"), channel=Channel.SCREEN, reason="The officer’s review"):
        changed.name = "=Changed"
        changed.description = "A long text. " * 10
        changed.save()
        changed.purposes.create(text="Third", position=2)
        row = changed.recipients.get()
        row.what_for = "payment"
        row.save()
        first, second = changed.purposes.order_by("position")[:2]
        second.position, first.position = 0, 1
        first.save()
        second.save()
        recipient.country = "DE"
        recipient.save()
        retired.status = "retired"
        retired.save()
        removed.delete()
        factories.activity(organisation, reference="A-9", name="Added")
    return between(old, load_register())


def parts(document):
    return {part.title: [card.reference for card in part.cards()] for part in document.parts}


def test_each_kind_of_change_has_its_part_and_each_activity_its_card(found):
    document = changes_report(found, texts.PROVENANCE)

    assert parts(document) == {
        "Added": ["A-9"], "Changed": ["A-0"], "Retired": ["A-1"], "Removed": ["A-2"], "Organisations": [],
    }  # fmt: skip
    assert dict(document.cover.blocks[1][1]) == {"Added": "1", "Changed": "1", "Retired": "1", "Removed": "1"}
    about = dict(document.cover.blocks[0][1])
    assert (about["From"].endswith(f"(change set {found.old.change_set})"), about["Chain head"]) == (
        True,
        found.new.head,
    )


def test_a_card_says_what_changed_in_words_who_did_it_and_when(found):
    document = changes_report(found, texts.PROVENANCE)
    (card,) = document.parts[1].cards()
    number = found.new.change_set

    assert [section.title for section in card.sections] == [
        "What changed",
        "In what it refers to: recipient Host",
        "Who changed it, and when",
    ]
    what, entry, who = ([(line.label, line.value) for line in section.lines] for section in card.sections)
    assert what[:2] == [("Name", "Changed → =Changed"), ("Description", f"–\n→ {'A long text. ' * 10}")]
    assert ("Purposes", "added: Third") in what
    assert [value for label, value in what if value.startswith("moved")] == ["moved: Second (place 2 → 1)"]
    assert ("Recipients", "changed: Host\nWhat for: – → payment") in what
    assert entry == [("Country", "– → Germany")]
    assert [label.partition(",")[0] for label, _value in who] == [f"#{number}"]
    assert who[0][1] == "by ane, door: screen\nReason: The officer’s review"


def test_nothing_between_two_moments_is_said_to_be_nothing():
    register = load_register()

    document = changes_report(between(register, register), texts.PROVENANCE)

    assert [(list(part.cards()), part.empty) for part in document.parts] == [
        *(([], f"No activity was {word}.") for word in ("added", "changed", "retired", "removed")),
        ([], "No organisation was changed."),
    ]
    assert document.cover.subtitle == "All organisations"


def test_the_csv_has_a_line_for_each_difference(found):
    text = csv_of(found)
    rows = list(csv.DictReader(io.StringIO(text, newline="")))

    assert text.splitlines()[0] == HEADINGS
    assert [(row["What"], row["Reference"]) for row in rows if row["Reference"] != "A-0"] == [
        ("Retired", "A-1"),
        ("Added", "A-9"),
        ("Removed", "A-2"),
    ]
    shown = [
        (row["In what it refers to"], row["Fact"], row["Row"], row["Particular"], row["Old"], row["New"])
        for row in rows
        if row["Reference"] == "A-0" and row["Fact"] != "Description"
    ]
    assert shown == [
        ("", "Name", "", "", "Changed", "'=Changed"),
        ("", "Purposes", "moved: Second", "place", "2", "1"),
        ("", "Purposes", "added: Third", "", "", "Third"),
        ("", "Recipients", "changed: Host", "What for", "", "payment"),
        ("recipient: Host", "Country", "", "", "", "Germany"),
    ]
    assert {(row["Change sets"], row["By"], row["Reason"]) for row in rows} == {
        (f"#{found.new.change_set}", "ane", "The officer’s review")
    }


def test_what_changed_in_an_organisation_is_told_once_however_many_activities_name_it():
    organisation = factories.organisation(name="Fjord Foods AS", phone="1")
    first, *_others = (factories.activity(organisation, reference=f"A-{place}") for place in range(3))
    since = moment_of_production()
    with change_set(actor=factories.user(username="ane"), reason="moved"):
        organisation.phone = "2"
        organisation.save()
    with change_set():
        first.description = "New"
        first.save()
    out = io.BytesIO()

    asked = Parameters(report="changes", format="csv", produced_at=moment_of_production(), produced_by="", since=since)
    produced = produce(asked, out)

    told = list(csv.DictReader(io.StringIO(out.getvalue().decode("utf-8-sig"), newline="")))
    assert [(row["Organisation"], row["Reference"], row["Fact"], row["Old"], row["New"]) for row in told] == [
        ("Fjord Foods AS", "A-0", "Description", "", "New"),
        ("Fjord Foods AS", "", "Telephone", "1", "2"),
    ]
    assert (told[1]["By"], told[1]["Reason"], produced.records) == ("ane", "moved", 1)

    source = load_source(replace(asked, format="pdf"))
    document = changes_report(source.changes, texts.PROVENANCE)
    assert document.cover.blocks[2] == ("Organisations", (("Changed", "1"),))
    *_parts, part = document.parts
    (card,) = part.cards()
    assert (card.title, card.facts) == ("Fjord Foods AS", (("Activities that name it", "3"),))
    assert [section.title for section in card.sections] == ["What changed", "Who changed it, and when"]


def test_what_changed_in_an_organisation_is_told_though_no_activity_names_it_in_both_registers():
    organisation = factories.organisation(name="Fjord Foods AS", phone="1")
    elsewhere = factories.organisation(name="Client", phone="1", is_own=False)
    old = load_register()
    factories.activity(organisation, name="Payroll")
    with change_set():
        for one in (organisation, elsewhere):
            one.phone = "2"
            one.save()

    found = between(old, load_register())

    assert [(entry.name, number) for entry, number in found.organisations] == [("Fjord Foods AS", 0)]
    assert [change.name for change in found.activities] == ["Payroll"]
    assert "Telephone,,,1,2" in csv_of(found)


def test_the_moments_of_the_first_and_the_last_change_are_moments_in_the_list():
    activity = factories.activity(factories.organisation(), name="Payroll")
    old = load_register()
    for name in ("Wages", "Salaries"):
        with change_set():
            activity.name = name
            activity.save()
    made = list(models.ChangeSet.objects.order_by("sequence").values_list("made_at", flat=True))

    listing = changes_list(between(old, load_register()), texts.PROVENANCE)

    (row,) = listing.tables[0].rows()
    told = dict(zip((column.key for column in listing.tables[0].columns), row, strict=True))
    assert (told["first_at"], told["last_at"]) == (made[-2], made[-1])


def test_what_a_row_that_went_said_is_in_the_csv():
    activity = factories.activity(factories.organisation(), name="Payroll")
    with change_set():
        row = activity.recipients.create(stated_as="someone", what_for="payment")
    old = load_register()
    with change_set():
        row.delete()

    rows = list(csv.reader(io.StringIO(csv_of(between(old, load_register())))))

    assert [row[5:10] for row in rows[1:]] == [
        ["Recipients", "removed: someone", "", "someone", ""],
        ["Recipients", "removed: someone", "What for", "payment", ""],
    ]


def test_the_report_speaks_the_language_in_force(found):
    with translation.override("de"):
        assert changes_report(found, texts.PROVENANCE).language == "de"


def test_colons_are_those_of_the_language(found):
    with translation.override("fr"):
        document, table = changes_report(found, texts.PROVENANCE), csv_of(found)
        said = [
            text
            for part in document.parts
            for card in part.cards()
            for one in card.sections
            for text in (one.title, *(str(line.value) for line in one.lines))
        ]

    assert [text for text in said if re.search(r"[^\W\d]: ", text)] == []
    assert re.findall(r"[^\W\d]: \w+", table) == []
