"""Differences between two frozen records, made by hand or from the versions of a register."""

from datetime import date

import pytest

from registry import models
from registry.comparison.records import (
    EntryChange,
    RowKind,
    differences,
    entry_change,
    referred,
    referred_differences,
)
from registry.comparison.text import Mark, Token
from registry.record.classes import ROOTS
from registry.record.definition import Kind, Named, facts
from registry.record.entries import RecipientEntry, RetentionScheduleEntry, SystemEntry
from registry.record.versions import freezer, load_version
from registry.versioning.writing import change_set
from tests import factories


def blank(record, /, pk=1, **values):
    """A frozen record that says nothing but what is told."""
    empty = {Kind.ROWS: (), Kind.FLAG: False, Kind.ANSWER: "not_assessed"}
    filled = {
        key: empty.get(
            fact.kind, None if fact.kind in {Kind.ENTRY, Kind.ACCOUNT, Kind.DATE, Kind.NUMBER, Kind.SIBLING} else ""
        )
        for key, fact in facts(record).items()
    }
    return record(pk=pk, **{**filled, **values})


def told(found):
    return [(change.fact.key, change.old, change.new) for change in found]


def rows_told(found):
    return [(change.fact.key, change.kind.value, change.name) for change in found]


def frozen_versions(model, pk):
    keys = model.history.filter(id=pk).exclude(history_type="-").order_by("history_id").values_list("pk", flat=True)
    return [load_version(model, key) for key in keys]


@pytest.mark.parametrize("record", ROOTS.values(), ids=lambda record: record.__name__)
def test_a_record_does_not_differ_from_itself_and_a_blank_one_says_nothing(record):
    one = blank(record)

    assert (differences(one, one), differences(None, one), differences(one, None)) == ((), (), ())
    assert differences(None, None) == ()


def example(fact):
    """A value for a fact of any kind but lists, none of them blank."""
    if fact.kind is Kind.CHOICE:
        return next(code for code, _ in fact.choice_pairs() if code)
    named = Named(7, "Seven")
    return {
        Kind.NUMBER: 5,
        Kind.DATE: date(2026, 3, 31),
        Kind.FLAG: True,
        Kind.ENTRY: named,
        Kind.ACCOUNT: named,
        Kind.ANSWER: "no",
    }.get(fact.kind, "Some words")


@pytest.mark.parametrize("record", ROOTS.values(), ids=lambda record: record.__name__)
def test_every_declared_fact_of_every_record_is_compared(record):
    declared = [fact for fact in facts(record).values() if fact.kind is not Kind.ROWS]
    old, new = blank(record), blank(record, **{fact.key: example(fact) for fact in declared})

    found = differences(old, new)

    assert [change.fact for change in found] == declared
    assert all(change.new and change.old != change.new for change in found)


@pytest.mark.parametrize("record", ROOTS.values(), ids=lambda record: record.__name__)
def test_every_declared_fact_of_every_row_is_compared(record):
    for fact in (fact for fact in facts(record).values() if fact.kind is Kind.ROWS):
        inner = [inner for inner in facts(fact.row).values() if inner.kind is not Kind.SIBLING]
        full = blank(fact.row, pk=3, **{one.key: example(one) for one in inner})

        found = differences(blank(record, **{fact.key: (blank(fact.row, pk=3),)}), blank(record, **{fact.key: (full,)}))

        assert [(change.fact, change.kind) for change in found] == [(fact, RowKind.CHANGED)]
        assert [field.fact for field in found[0].fields] == inner


def test_values_are_told_in_words():
    old = blank(RetentionScheduleEntry, name="Tax records", period=10, unit="year", criteria_only=True)
    new = blank(RetentionScheduleEntry, name="Tax records", period=6, unit="month", retired_on=date(2026, 3, 31))

    assert told(differences(old, new)) == [
        ("period", "10", "6"),
        ("unit", "Years", "Months"),
        ("criteria_only", "Yes", "No"),
        ("retired_on", "", "31 March 2026"),
    ]


def test_an_answer_once_given_was_not_assessed_before():
    old, new = blank(RecipientEntry), blank(RecipientEntry, security="yes")

    assert told(differences(old, new)) == [("security", "Not assessed", "Yes")]


def test_long_prose_is_compared_by_word_and_short_prose_as_a_whole():
    text = "Everything that is needed for the delivery is kept until the warranty has ended, "
    old, new = (
        blank(RetentionScheduleEntry, text=text + "then erased"),
        blank(RetentionScheduleEntry, text=text + "then archived"),
    )

    (long,) = differences(old, new)
    (short,) = differences(
        blank(RetentionScheduleEntry, text="A year"), blank(RetentionScheduleEntry, text="Two years")
    )
    (begun,) = differences(blank(RetentionScheduleEntry), new)

    assert long.words == (
        Token(Mark.KEPT, text + "then"),
        Token(Mark.REMOVED, " erased"),
        Token(Mark.ADDED, " archived"),
    )
    assert (short.words, begun.words) == ((), ())


def test_what_a_record_refers_to_differs_only_where_it_is_something_else():
    renamed = (Named(1, "Parcel service"), Named(1, "Parcel and letter service"))
    old, new = (blank(RecipientEntry, sub_processor_of=named) for named in renamed)
    other = blank(RecipientEntry, sub_processor_of=Named(2, "Another"))

    assert differences(old, new) == ()
    assert told(differences(old, other)) == [("sub_processor_of", "Parcel service", "Another")]


def purposes(*numbers, **texts):
    row = facts(ROOTS[models.ProcessingActivity])["purposes"].row
    rows = tuple(blank(row, pk=number, text=texts.get(f"p{number}", f"Purpose {number}")) for number in numbers)
    return blank(ROOTS[models.ProcessingActivity], purposes=rows)


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ((1, 2), (1, 2, 3), [("added", "Purpose 3", 0, 3)]),
        ((1, 2, 3), (1, 3), [("removed", "Purpose 2", 2, 0)]),
        ((1, 2, 3), (3, 1, 2), [("moved", "Purpose 3", 3, 1)]),
        ((1, 2, 3, 4), (2, 3, 4, 1), [("moved", "Purpose 1", 1, 4)]),
        ((1, 2), (2, 1), [("moved", "Purpose 2", 2, 1)]),
        (
            (1, 2, 3),
            (3, 9),
            [("added", "Purpose 9", 0, 2), ("removed", "Purpose 1", 1, 0), ("removed", "Purpose 2", 2, 0)],
        ),
        ((), (), []),
    ],
)
def test_rows_are_added_removed_and_moved(old, new, expected):
    found = differences(purposes(*old), purposes(*new))

    assert [(change.kind.value, change.name, change.old_place, change.new_place) for change in found] == expected


def test_a_row_that_moved_and_changed_is_one_change():
    (change,) = differences(purposes(1, 2, 3), purposes(3, 1, 2, p3="Another"))

    assert (change.kind, change.moved, change.name, change.old_name) == (RowKind.CHANGED, True, "Another", "Purpose 3")
    assert told(change.fields) == [("text", "Purpose 3", "Another")]


def test_a_row_without_a_name_is_called_by_its_place():
    (change,) = differences(purposes(1), purposes(1, 2, p2=""))

    assert change.name == "#2"


def test_entries_are_collected_once_with_those_that_they_refer_to():
    provider = blank(RecipientEntry, pk=4, name="Hosting firm", sub_processor_of=Named(5, "Its owner"))
    system = blank(SystemEntry, pk=2, name="Web shop", provider=provider)
    row = facts(ROOTS[models.ProcessingActivity])["systems"].row
    record = blank(
        ROOTS[models.ProcessingActivity], systems=(blank(row, pk=1, system=system), blank(row, pk=2, system=system))
    )

    assert referred(record) == {("System", 2): system, ("Recipient", 4): provider}


def test_an_entry_that_differs_in_nothing_that_it_says_is_no_change():
    old, new = (blank(RecipientEntry, sub_processor_of=Named(1, name)) for name in ("Old name", "New name"))

    assert entry_change(("Recipient", 1), old, new) is None
    assert entry_change(("Recipient", 1), old, old) is None


@pytest.mark.django_db
def test_versions_of_a_record_differ_in_themselves_and_in_what_they_refer_to():
    with change_set():
        recipient = models.Recipient.objects.create(name="Parcel service")
        system = models.System.objects.create(name="Web shop", provider=recipient)
        activity = models.ProcessingActivity.objects.create(
            organisation=models.Organisation.objects.create(name="Fjord Foods AS"), name="Orders"
        )
        purpose = models.Purpose.objects.create(activity=activity, text="Delivering")
        models.ActivityLegalBasis.objects.create(activity=activity, stated_as="Contract", purpose=purpose)
        models.ActivitySystem.objects.create(activity=activity, system=system)
    with change_set():
        recipient.name = "Parcel and letter service"
        recipient.save()
        purpose.text = "Delivering and collecting"
        purpose.save()

    old, new = frozen_versions(models.ProcessingActivity, activity.pk)

    assert rows_told(differences(old, new)) == [("purposes", "changed", "Delivering and collecting")]
    (change,) = referred_differences(old, new)
    assert isinstance(change, EntryChange)
    assert (change.model, change.pk, change.name) == ("Recipient", recipient.pk, "Parcel and letter service")
    assert told(change.differences) == [("name", "Parcel service", "Parcel and letter service")]
    assert (referred_differences(None, new), referred_differences(old, None)) == ((), ())


@pytest.mark.django_db
def test_a_version_is_resolved_as_at_its_change_set():
    recipient = factories.make(models.Recipient, name="Parcel service", country="NO")
    system = factories.make(models.System, name="Web shop", provider=recipient)
    with change_set():
        recipient.country = "DK"
        recipient.save()
    with change_set():
        system.owner = "Head of sales"
        system.save()

    first, second = frozen_versions(models.System, system.pk)

    assert (first.provider.country, second.provider.country) == ("NO", "DK")


@pytest.mark.django_db
def test_what_a_version_refers_to_is_called_by_its_name_where_it_is_not_known():
    recipient = factories.make(models.Recipient, name="Parcel service")
    system = factories.make(models.System, name="Web shop", provider=recipient)

    record = freezer(models.System)(system.history.get().content)

    assert record.provider == Named(recipient.pk, "Parcel service")


@pytest.mark.django_db
def test_a_deletion_and_a_version_that_is_not_there_hold_no_record():
    recipient = factories.make(models.Recipient, name="Parcel service")
    with change_set():
        recipient.delete()
    deletion = models.Recipient.history.filter(name="Parcel service").first()

    for key in (deletion.pk, 0):
        with pytest.raises(LookupError, match=f"the key {key} holds a record"):
            load_version(models.Recipient, key)
