import pytest

from registry import models
from registry.compliance.consequence_texts import worded
from registry.record.decided import load_open_notices
from registry.reminders.deadlines import deadlines, horizon
from registry.standing import entry_consequences
from registry.standing.consequences import open_consequences, raised_by
from registry.versioning.verifying import verify
from registry.versioning.writing import change_set
from tests import factories

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_today")]


@pytest.fixture
def organisation():
    return factories.organisation(country="IE")


@pytest.fixture
def cloudy():
    return factories.make(
        models.Recipient, name="Cloudy Ltd", kind="processor", country="IE", contract_kind="processing_contract"
    )


def using(organisation, entry, reference, status="approved", role="controller"):
    activity = factories.activity(organisation, reference=reference, name="Payroll", status="draft", role=role)
    factories.make(models.ActivityRecipient, activity=activity, recipient=entry)
    change(activity, status=status)
    return activity


def change(entry, **values):
    with change_set(reason="for a test"):
        for key, value in values.items():
            setattr(entry, key, value)
        entry.save()


def raised():
    lines = models.ChangeConsequence.objects.exclude(entry="").order_by("pk")
    return [(one.key, one.used_by, one.uses) for one in lines]


def test_a_change_of_an_entry_is_sealed_with_one_line_for_all_approved_records_that_use_it(organisation, cloudy):
    for reference, status in (("HR-2", "approved"), ("HR-1", "approved"), ("HR-3", "draft"), ("HR-4", "retired")):
        using(organisation, cloudy, reference, status)

    change(cloudy, country="IN")

    assert raised() == [
        ("entry-recipient-country-safeguard", "HR-1 Payroll\nHR-2 Payroll", 2),
        ("entry-recipient-country-notice", "HR-1 Payroll\nHR-2 Payroll", 2),
    ]
    one = models.ChangeConsequence.objects.order_by("pk")[0]
    number = cloudy.history.first().change_set_id
    assert one.history.get().change_set_id == number
    assert [found.key for found in raised_by([number])[number]] == [key for key, _used, _uses in raised()]
    assert (one.entry, one.record_key, one.record, one.requirement) == (
        "recipient",
        cloudy.pk,
        "Cloudy Ltd",
        "safeguard",
    )
    assert worded(one) == one.sentence
    assert verify().holds


def test_an_entry_that_no_approved_record_uses_or_that_is_only_said_better_requires_nothing(organisation, cloudy):
    change(cloudy, country="IN")
    using(organisation, cloudy, "HR-1")
    change(cloudy, description="Hosts the payroll", address="1 Main Street")

    assert raised() == []


def test_a_record_that_names_the_entry_twice_is_counted_once(organisation, cloudy):
    factories.make(models.Transfer, activity=using(organisation, cloudy, "HR-1"), recipient=cloudy, country="IN")

    change(cloudy, country="IN")

    assert {uses for _key, _used, uses in raised()} == {1}


def test_a_processors_own_record_has_no_notice_to_update(organisation, cloudy):
    using(organisation, cloudy, "PR-1", role="processor")

    change(cloudy, country="IN")

    assert [key for key, _used, _uses in raised()] == ["entry-recipient-country-safeguard"]


def test_a_new_sub_processor_concerns_the_records_of_the_processor_that_engages_it(organisation, cloudy):
    using(organisation, cloudy, "HR-1")

    diskette = factories.make(models.Recipient, name="Diskette Inc.", country="IN", sub_processor_of=cloudy)
    change(diskette, contract_kind="", country="US")

    assert raised() == [
        ("entry-sub-processor", "HR-1 Payroll", 1),
        ("entry-recipient-country-safeguard", "HR-1 Payroll", 1),
        ("entry-recipient-country-notice", "HR-1 Payroll", 1),
    ]


def test_a_processor_that_comes_with_its_sub_processors_requires_nothing(organisation):
    with change_set(reason="for a test"):
        parent = models.Recipient.objects.create(name="Parent", kind="processor")
        models.Recipient.objects.create(name="Child", sub_processor_of=parent)
        activity = models.ProcessingActivity.objects.create(
            organisation=organisation, name="New", status="approved", role="controller"
        )
        models.ActivityRecipient.objects.create(activity=activity, recipient=parent)

    assert raised() == []


@pytest.mark.parametrize("place", ["record", "row"])
def test_a_time_limit_is_found_where_the_record_or_a_category_of_data_has_it(organisation, place):
    schedule = factories.make(models.RetentionSchedule, name="Six years", text="Six years", period=6, unit="years")
    activity = factories.activity(organisation, reference="HR-1", name="Payroll", status="approved")
    if place == "row":
        factories.make(models.ActivityDataCategory, activity=activity, stated_as="Wages", retention_schedule=schedule)
    else:
        change(activity, retention_schedule=schedule)

    change(schedule, period=10)

    assert raised() == [("entry-time-limit-notice", "HR-1 Payroll", 1)]


def test_data_and_systems_are_found_where_records_name_them(organisation):
    notes = factories.make(models.DataCategory, name="Notes")
    wages = factories.make(models.System, name="Wages", hosting_country="IE")
    activity = factories.activity(organisation, reference="HR-1", name="Payroll", status="draft")
    factories.make(models.ActivityDataCategory, activity=activity, category=notes)
    factories.make(models.ActivitySystem, activity=activity, system=wages)
    change(activity, status="approved")

    change(notes, sensitivity="special_category")
    change(wages, hosting_country="US")

    assert [key for key, _used, _uses in raised()] == [
        "entry-sensitive-condition",
        "entry-sensitive-assessment",
        "entry-system-country-safeguard",
        "entry-system-country-notice",
    ]


def test_a_notice_is_found_by_the_words_that_records_name_it_by_also_the_former_ones(organisation):
    notice = factories.make(models.Document, name="Notice for staff", kind="privacy_notice", location="/staff")
    for reference, words in (("A-1", "notice for  staff."), ("A-2", "/staff"), ("A-3", "Another notice")):
        factories.activity(organisation, reference=reference, name="Payroll", status="approved", privacy_notice=words)

    change(notice, name="Notice of 2027")
    change(notice, retired_on=notice.valid_from or "2026-11-01")

    assert raised() == [
        ("entry-notice-renewed", "A-1 Payroll\nA-2 Payroll", 2),
        ("entry-notice-ends", "A-2 Payroll", 1),
    ]


def test_so_many_records_are_named_and_all_are_counted(organisation, cloudy, monkeypatch):
    monkeypatch.setattr(entry_consequences, "LISTED", 2)
    for number in range(3):
        using(organisation, cloudy, f"HR-{number}")

    change(cloudy, contract_ends_on="2027-01-01")

    assert raised() == [("entry-contract-ends", "HR-0 Payroll\nHR-1 Payroll", 3)]


def test_the_work_does_not_grow_with_the_records_that_use_the_entry(
    organisation, cloudy, django_assert_num_queries, django_assert_max_num_queries
):
    using(organisation, cloudy, "HR-0")
    change(cloudy, country="IN")
    using(organisation, cloudy, "HR-1")
    with django_assert_max_num_queries(100) as first:
        change(cloudy, country="BR")
    for number in range(2, 8):
        using(organisation, cloudy, f"HR-{number}")

    with django_assert_num_queries(len(first.captured_queries)):
        change(cloudy, country="US")

    assert raised()[-1][2] == 8


def test_what_an_entry_requires_is_open_for_everybody_and_for_no_owner(organisation, cloudy):
    owner = factories.user()
    activity = using(organisation, cloudy, "HR-1")
    change(activity, owner=owner)
    change(cloudy, country="IN")
    found = list(models.ChangeConsequence.objects.order_by("pk"))

    assert list(open_consequences()) == found
    assert list(open_consequences(owner=owner)) == []
    assert [one.pk for one in deadlines(horizon()) if one.kind == "consequence"] == [one.pk for one in found]
    assert [one for one in deadlines(horizon(), owner=owner) if one.kind == "consequence"] == []


def test_the_notice_of_an_entry_is_not_taken_for_that_of_the_record_with_its_key(organisation, cloudy):
    using(organisation, cloudy, "HR-1")
    change(cloudy, country="IN")

    assert load_open_notices(cloudy.history.first().change_set_id) == {}


def test_a_line_that_is_still_open_is_kept_when_its_entry_changes_again(organisation, cloudy):
    using(organisation, cloudy, "HR-1")
    change(cloudy, country="IN")
    first = list(models.ChangeConsequence.objects.order_by("pk").values_list("pk", "due_on"))
    using(organisation, cloudy, "HR-2")

    change(cloudy, country="BR", name="Cloudy Brasil")

    assert raised() == [
        ("entry-recipient-country-safeguard", "HR-1 Payroll\nHR-2 Payroll", 2),
        ("entry-recipient-country-notice", "HR-1 Payroll\nHR-2 Payroll", 2),
    ]
    lines = models.ChangeConsequence.objects.order_by("pk")
    assert [(one.pk, one.due_on) for one in lines] == first
    assert all("Cloudy Brasil" in one.sentence for one in lines)
    assert {one.history.count() for one in lines} == {2}
    assert verify().holds


def test_what_was_settled_is_raised_anew_when_the_entry_changes_again(organisation, cloudy):
    using(organisation, cloudy, "HR-1")
    change(cloudy, country="IN")
    for one in models.ChangeConsequence.objects.all():
        change(one, settlement="done", note="Done")

    change(cloudy, country="BR")

    assert len(raised()) == 4
    assert open_consequences().count() == 2
