from datetime import date

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django_tasks_db.models import DBTaskResult

from registry import models
from registry.standing import refresh as refreshing
from registry.standing.acceptances import accept
from registry.standing.reading import find_gap
from registry.standing.refresh import bring_up_to_date, catch_up, refresh
from registry.versioning.writing import change_set
from tests import factories
from tests.compliance import notices
from tests.standing.keeping import checked, delete, derived, gaps_in, made_anew, queries, save

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_today")]


@pytest.fixture
def organisation():
    return factories.organisation(name="Fjord Foods AS", country="NO", email="privacy@fjord.example")


def tally(dimension):
    return dict(models.Tally.objects.filter(dimension=dimension).values_list("key", "number"))


def test_what_is_kept_up_by_changes_is_what_would_be_made_anew(organisation):
    recipient = factories.make(models.Recipient, name="Host", kind="processor", country="US")
    system = factories.make(models.System, name="Shop", provider=recipient)
    first = factories.activity(organisation, name="Payroll", status="approved")
    second = factories.activity(organisation, name="Newsletter", status="approved")
    documents = []
    steps = [
        lambda: factories.make(models.Purpose, activity=first, text="Writing to all of our customers"),
        lambda: factories.make(models.Purpose, activity=second, text="writing to all of our customers."),
        lambda: factories.make(models.ActivityRecipient, activity=first, recipient=recipient),
        lambda: factories.make(models.ActivitySystem, activity=second, system=system),
        lambda: save(recipient, country="NO", contract_kind="processing_contract"),
        lambda: factories.make(models.Transfer, activity=first, recipient=recipient, country="US"),
        lambda: factories.make(models.ActivityRecipient, activity=second, recipient=recipient),
        lambda: save(first, privacy_notice="Notice", privacy_notice_on=date(2026, 1, 1)),
        lambda: documents.append(factories.make(models.Document, name="notice", kind="privacy_notice")),
        lambda: save(documents[0], valid_from=date(2026, 2, 1)),
        lambda: save(documents[0], wording=notices.ENGLISH.replace("complaint", "")),
        lambda: save(documents[0], name="Renamed", retired_on=date(2026, 3, 1)),
        lambda: save(documents[0], name="Notice"),
        lambda: _require(first),
        lambda: save(models.ChangeConsequence.objects.last(), settlement="done"),
        lambda: save(organisation, country="GB"),
        lambda: factories.activity(organisation, name="Payroll"),
        lambda: save(second, status="retired"),
        lambda: delete(first),
    ]
    refresh()

    for number, step in enumerate(steps):
        step()
        refresh()
        assert (number, derived()) == (number, made_anew())


def _require(activity):
    day = date(2026, 10, 1)
    factories.make(
        models.ChangeConsequence, record_key=activity.pk, record="A", key="new-purpose-notice", requirement="notice",
        article="GDPR Art. 13", sentence="Tell people.", raised_on=day, due_on=day,
    )  # fmt: skip


def test_records_are_checked_again_when_the_wording_of_the_notice_that_they_name_changes(organisation):
    place = "https://fjord.example/privacy"
    notice = factories.make(models.Document, name="Notice", location=place, kind="privacy_notice")
    first, second = (factories.activity(organisation, name=name, status="approved") for name in ("Payroll", "Wages"))
    save(first, privacy_notice=f"Notice: {place}")
    refresh()
    rule = "privacy-notice-without-complaint"
    assert rule not in _rules(first)

    save(notice, wording="\n".join(notices.ENGLISH.split("\n")[:-3]))
    refresh()
    assert rule in _rules(first)
    assert rule not in _rules(second)

    save(notice, wording=notices.ENGLISH)
    refresh()
    assert rule not in _rules(first)
    assert derived() == made_anew()


def test_two_records_that_say_the_same_are_told_of_each_other(organisation):
    first, second = (factories.activity(organisation, name=name, status="approved") for name in ("Payroll", "Wages"))
    factories.make(models.Purpose, activity=first, text="Paying what people have earned")
    refresh()
    assert "same-purpose-as-another-record" not in _rules(first)

    factories.make(models.Purpose, activity=second, text="paying what people have earned.")
    refresh()

    assert derived() == made_anew()
    assert "same-purpose-as-another-record" in _rules(first) & _rules(second)
    assert models.MeetingPoint.objects.filter(kind="purpose").count() == 2


def test_a_record_hears_of_the_transfer_that_another_one_alone_lists(organisation):
    recipient = factories.make(models.Recipient, name="Cloudy Ltd")
    first, second, third = (factories.activity(organisation, name=name) for name in ("Payroll", "Letters", "Parcels"))
    for activity in (first, second):
        factories.make(models.ActivityRecipient, activity=activity, recipient=recipient)
    refresh()
    assert "transfer-stated-elsewhere" not in _rules(first)

    transfer = factories.make(models.Transfer, activity=second, recipient=recipient, country="US")
    refresh()
    assert ("transfer-stated-elsewhere" in _rules(first), derived()) == (True, made_anew())

    other = factories.make(models.Transfer, activity=third, recipient=recipient, country="US")
    refresh()
    delete(transfer)
    refresh()
    assert "transfer-stated-elsewhere" in _rules(first) & _rules(second)
    assert derived() == made_anew()

    delete(other)
    refresh()
    assert "transfer-stated-elsewhere" not in _rules(first) | _rules(second)
    assert derived() == made_anew()


def _rules(activity):
    return set(models.FoundGap.objects.filter(activity=activity).values_list("rule", flat=True))


def test_where_nothing_moved_two_queries_tell_so(organisation, django_assert_num_queries):
    factories.activity(organisation)
    refresh()

    with django_assert_num_queries(2):
        refresh()


def test_a_save_is_checked_by_as_many_queries_whatever_the_number_of_records(organisation):
    activity = factories.activity(organisation)
    needed = []
    for others in (1, 3):
        for _ in range(others):
            factories.activity(organisation)
        refresh()
        save(activity, description=f"Said beside {others}")
        needed.append(len(queries(refresh)))

    assert needed[0] == needed[1]


def asked_of_workers():
    return DBTaskResult.objects.filter(task_path__endswith="bring_up_to_date").count()


@pytest.mark.usefixtures("_few_at_once")
def test_of_many_changes_some_are_checked_at_each_reading_until_all_are(organisation):
    factories.activity(organisation, name="First")
    refresh()
    for number in range(7):
        factories.activity(organisation, name=f"Activity {number % 5}")

    waiting = [refresh() for _ in range(6)]

    assert waiting == [7, 7, 5, 3, 1, 0]
    assert models.Standing.objects.count() == 8
    assert not models.StaleStanding.objects.exists()
    assert derived() == made_anew()


@pytest.mark.usefixtures("_few_at_once")
def test_while_many_wait_a_saved_record_is_checked_before_them(organisation):
    for number in range(7):
        factories.activity(organisation, name=f"Activity {number}")
    last = models.ProcessingActivity.objects.order_by("pk").last()
    assert refresh() == 7

    save(last, description="Said meanwhile")
    refresh()

    assert models.Standing.objects.filter(activity=last).exists()
    catch_up()
    assert derived() == made_anew()


@pytest.mark.usefixtures("_few_at_once")
def test_one_worker_is_asked_to_see_to_the_many_and_spares_the_readers(organisation, django_assert_num_queries):
    for number in range(7):
        factories.activity(organisation, name=f"Activity {number}")
    refresh()
    refresh()
    assert asked_of_workers() == 1

    refreshing._step(2, is_worker=True)
    with django_assert_num_queries(2):
        assert refresh() > 0
    with time_machine.travel("2026-11-01 12:01 +0000", tick=False):  # it has died
        before = refresh()
        assert refresh() < before

    bring_up_to_date.func()
    assert refresh() == 0
    assert derived() == made_anew()


@pytest.mark.usefixtures("_few_at_once")
def test_a_day_that_is_not_counted_to_its_end_is_told_apart(organisation):
    for number in range(7):
        factories.activity(organisation, name=f"Activity {number}")

    refresh()
    assert models.GapCount.objects.get().rules == ""
    catch_up()
    assert models.GapCount.objects.get().rules == refreshing.RULES


@pytest.mark.usefixtures("_few_at_once")
def test_peers_that_are_many_take_turns_too(organisation):
    records = [factories.activity(organisation, name=f"Activity {number}", status="approved") for number in range(5)]
    recipient = factories.make(models.Recipient, name="Cloudy")
    for record in records[1:]:
        factories.make(models.Transfer, activity=record, recipient=recipient, country="US", safeguard="A45-3")
    catch_up()

    factories.make(models.Transfer, activity=records[0], recipient=recipient, country="US", safeguard="A46-2-c")

    assert refresh() > 0
    catch_up()
    assert derived() == made_anew()


def test_on_a_new_day_those_are_checked_in_which_a_date_turns(organisation, monkeypatch):
    for name, due in (("Soon", date(2026, 11, 2)), ("Later", date(2027, 9, 1)), ("Never", None)):
        factories.activity(organisation, name=name, status="approved", next_review_on=due)
    refresh()
    names = checked(monkeypatch)

    with time_machine.travel("2026-11-02 12:00 +0000", tick=False):  # due, which the list asks for
        refresh()
    with time_machine.travel("2026-11-03 12:00 +0000", tick=False):  # overdue
        refresh()
        assert "review-overdue" in _rules(models.ProcessingActivity.objects.get(name="Soon"))
        assert names == ["Soon", "Soon"]
        assert derived() == made_anew() | {"GapCount": derived()["GapCount"]}


def test_on_the_day_on_which_law_turns_all_are_checked(organisation, monkeypatch):
    for name in ("Payroll", "Newsletter"):
        factories.activity(organisation, name=name)
    with time_machine.travel("2025-12-31 12:00 +0000", tick=False):
        refresh()
    names = checked(monkeypatch)
    with time_machine.travel("2026-01-01 12:00 +0000", tick=False):  # California's risk assessments
        refresh()

    assert sorted(names) == ["Newsletter", "Payroll"]


def test_a_gap_of_an_organisation_is_counted_once(organisation):
    silent = factories.organisation(name="Silent Ltd", country="IE")
    records = [factories.activity(silent, name=name) for name in ("Payroll", "Newsletter")]
    refresh()

    (row,) = models.FoundGap.objects.filter(organisation__isnull=False)
    assert (row.organisation, row.activity, row.gap) == (
        silent, None, f"organisation-without-contact-details:organisation-{silent.pk}",
    )  # fmt: skip
    assert models.GapCount.objects.get().serious == 1 + _serious(records)

    save(silent, email="privacy@silent.example")
    refresh()
    assert not models.FoundGap.objects.filter(organisation__isnull=False).exists()

    save(silent, email="")
    for record in records:
        save(record, status="retired")
    refresh()
    assert not models.FoundGap.objects.filter(organisation__isnull=False).exists()


def _serious(records):
    return sum(models.Standing.objects.filter(activity__in=records).values_list("serious", flat=True))


def test_an_accepted_gap_of_an_organisation_is_counted_apart_until_its_last_day():
    silent = factories.organisation(name="Silent Ltd", country="IE")
    factories.activity(silent)
    refresh()
    (row,) = models.FoundGap.objects.filter(organisation=silent)
    _found, gap = find_gap(row.gap)
    with change_set(reason="for a test"):
        accept(gap, record=silent.name, by=factories.user(), reason="Moving house", until=date(2026, 11, 2))
    refresh()
    point = models.GapCount.objects.get()

    assert models.FoundGap.objects.get(organisation=silent).is_accepted
    assert (point.accepted, point.serious) == (1, models.Standing.objects.get().serious)
    with time_machine.travel("2026-11-03 12:00 +0000", tick=False):
        refresh()
        assert not models.FoundGap.objects.get(organisation=silent).is_accepted


def test_a_new_day_is_judged_anew(organisation):
    recipient = factories.make(models.Recipient, name="Host", kind="processor", country="NO")
    save(recipient, contract_kind="processing_contract", contract_ends_on=date(2026, 11, 1))
    activity = factories.activity(organisation, status="approved")
    factories.make(models.ActivityRecipient, activity=activity, recipient=recipient)
    refresh()
    before = _rules(activity)
    with time_machine.travel("2026-11-03 12:00 +0000", tick=False):
        refresh()
        after = _rules(activity)

    assert before != after
    assert list(models.GapCount.objects.values_list("day", flat=True)) == [date(2026, 11, 1), date(2026, 11, 3)]


def test_an_accepted_gap_is_counted_apart_until_its_last_day(organisation):
    activity = factories.activity(organisation, status="approved")
    refresh()
    gap = models.FoundGap.objects.filter(activity=activity).order_by("rank").first()
    before = models.Standing.objects.get(activity=activity)
    found = next(one for one in gaps_in(activity) if one.id == gap.gap)
    with change_set(reason="for a test"):
        accept(found, record="A", by=factories.user(), reason="Is being mended", until=date(2026, 11, 2))

    refresh()

    after = models.Standing.objects.get(activity=activity)
    assert (after.open_gaps, after.accepted) == (before.open_gaps - 1, 1)
    assert tally("severity")["accepted"] == 1
    with time_machine.travel("2026-11-03 12:00 +0000", tick=False):
        refresh()
        assert models.Standing.objects.get(activity=activity).accepted == 0


def test_other_rules_ask_anew(organisation, monkeypatch):
    factories.activity(organisation)
    refresh()
    models.FoundGap.objects.all().delete()
    refresh()
    assert models.FoundGap.objects.count() == 0

    monkeypatch.setattr(refreshing, "RULES", "others")
    refresh()

    assert models.FoundGap.objects.count() > 0


def test_a_record_that_meets_others_is_checked_alone_unless_it_says_something_else_there(organisation, monkeypatch):
    first, second = (factories.activity(organisation, name=name, status="approved") for name in ("Payroll", "Bonus"))
    purpose = factories.make(models.Purpose, activity=first, text="Paying the people who work for us")
    factories.make(models.Purpose, activity=second, text="Paying the people who work for us")
    refresh()
    names = checked(monkeypatch)

    factories.make(models.ActivityDataSubject, activity=first, stated_as="whoever works here")
    refresh()
    alone = sorted(names)
    names.clear()
    with change_set():
        purpose.text = "Something else altogether"
        purpose.save()
    refresh()

    assert (alone, sorted(names)) == (["Payroll"], ["Bonus", "Payroll"])
    assert derived() == made_anew()


@pytest.mark.usefixtures("_few_at_once")
def test_postgresql_learns_how_much_was_derived_once_many_took_turns(organisation):
    for number in range(5):
        factories.activity(organisation, name=f"Activity {number}")

    with CaptureQueriesContext(connection) as captured:
        catch_up()

    told = [query["sql"] for query in captured if query["sql"].startswith("ANALYZE")]
    assert len(told) == (3 if connection.vendor == "postgresql" else 0)  # two are checked in each turn
    assert all("registry_counted" in sql for sql in told)


def test_a_single_save_estimates_nothing(organisation):
    catch_up()
    factories.activity(organisation, name="Payroll")

    with CaptureQueriesContext(connection) as captured:
        refresh()

    assert captured.captured_queries
    assert not [query["sql"] for query in captured if "ANALYZE" in query["sql"]]
