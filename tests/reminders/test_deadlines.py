from datetime import date

import pytest
import time_machine

from registry import models
from registry.reference import adequacy
from registry.reminders.addresses import absolute, page_of
from registry.reminders.calendar import identity
from registry.reminders.deadlines import Deadline, by_kind, counts, deadlines, horizon
from registry.standing.consequences import settle
from registry.versioning.writing import change_set
from tests import factories

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_today")]

UNTIL = date(2026, 12, 31)


@pytest.fixture
def _today():
    with time_machine.travel("2026-11-01 12:00 +0000", tick=False):
        yield


@pytest.fixture
def organisation():
    return factories.organisation(name="Fjord Foods AS")


def transfer(activity, **values):
    return factories.make(models.Transfer, activity=activity, **values)


def said(found):
    return [(one.day, one.kind, one.name) for one in found]


def test_reviews_and_contracts_come_with_the_earliest_day_first(organisation):
    factories.activity(organisation, reference="A-1", name="Payroll", next_review_on=date(2026, 12, 1))
    factories.make(models.Recipient, name="Printer’s Ltd", contract_ends_on=date(2026, 10, 1))

    assert said(deadlines(UNTIL)) == [
        (date(2026, 10, 1), "contract", "Printer’s Ltd"),
        (date(2026, 12, 1), "review", "A-1 Payroll"),
    ]


def test_what_a_change_requires_is_a_deadline_until_it_is_settled(organisation):
    activity = factories.activity(organisation, reference="A-1", name="Payroll", status="approved")
    factories.make(models.Purpose, activity=activity, text="Planning of staff")

    found = deadlines(UNTIL)

    assert said(found)[1] == (
        date(2026, 12, 1),
        "consequence",
        "A-1 Payroll: Tell people about the new purpose: Planning of staff.",
    )
    assert page_of(found[1]) == f"/consequences/{found[1].pk}/"
    with change_set():
        for one in models.ChangeConsequence.objects.all():
            settle(one, settlement="done", note="Told", by=factories.user())
    assert deadlines(UNTIL) == []


def test_what_lies_beyond_the_day_or_needs_nobody_any_more_is_left_out(organisation):
    factories.activity(organisation, next_review_on=date(2027, 1, 1))
    factories.activity(organisation, next_review_on=date(2026, 12, 1), status="retired")
    factories.activity(factories.organisation(is_own=False), next_review_on=date(2026, 12, 1))
    factories.make(models.Recipient, name="Gone", contract_ends_on=date(2026, 1, 1), retired_on=date(2026, 2, 1))
    factories.make(models.Recipient, name="Endless")

    assert deadlines(UNTIL) == []


def test_an_owner_is_told_of_what_is_theirs_alone(organisation):
    owner = factories.user()
    mine = factories.activity(organisation, next_review_on=date(2026, 12, 1), owner=owner)
    factories.activity(organisation, next_review_on=date(2026, 12, 1), owner=factories.user())
    factories.make(models.Recipient, name="Printer", contract_ends_on=date(2026, 10, 1))

    assert [one.pk for one in deadlines(UNTIL, owner=owner)] == [mine.pk]
    assert counts(UNTIL, owner=owner) == {"review": 1, "consequence": 0, "segment": 0, "consent": 0}


def test_a_decision_that_ends_is_told_with_the_activities_that_rely_on_it(organisation):
    relying, other = factories.activity(organisation), factories.activity(organisation)
    transfer(relying, country="GB", safeguard="A45-3")
    transfer(relying, country="GB", safeguard="A45-3", stated_as="again")
    transfer(other, country="GB", safeguard="A46-2-c")
    transfer(factories.activity(organisation, status="retired"), country="GB", safeguard="A45-3")
    decision = next(one for one in adequacy.DECISIONS if one.country_code == "GB")

    found = deadlines(date(2032, 1, 1))

    assert said(found) == [
        (decision.valid_until, "adequacy", f"United Kingdom, decision {decision.number}: 1 activity relies on it")
    ]
    assert page_of(found[0]) == "/registry/processingactivity/?country=GB"
    assert deadlines(date(2031, 12, 26)) == []


def test_a_decision_that_another_has_followed_is_no_deadline(organisation):
    transfer(factories.activity(organisation), country="US", safeguard="A45-3")

    assert deadlines(UNTIL) == []


def test_counting_agrees_with_listing(organisation):
    for day in (1, 2, 3):
        factories.activity(organisation, next_review_on=date(2026, 12, day))
    factories.make(models.Recipient, name="Printer", contract_ends_on=date(2026, 10, 1))
    transfer(factories.activity(organisation), country="GB", safeguard="A45-3")
    until = date(2032, 1, 1)

    tally = by_kind(deadlines(until))

    assert counts(until) == tally
    assert {kind: number for kind, number in tally.items() if number} == {"review": 3, "contract": 1, "adequacy": 1}


def test_the_number_of_queries_does_not_grow(organisation, django_assert_num_queries):
    transfer(factories.activity(organisation), country="GB", safeguard="A45-3")
    for number in (1, 3):
        for _again in range(number):
            factories.activity(organisation, next_review_on=date(2026, 12, 1))
        with django_assert_num_queries(11):
            deadlines(date(2032, 1, 1))


def test_the_horizon_is_counted_from_today():
    assert (horizon(0), horizon(30)) == (date(2026, 11, 1), date(2026, 12, 1))


def test_a_deadline_leads_to_the_page_at_which_to_act(settings):
    settings.SITE_URL = "https://register.example"
    review = Deadline(UNTIL, "review", "A", "processingactivity", 7, "review")
    contract = Deadline(UNTIL, "contract", "B", "recipient", 8)
    decision = Deadline(UNTIL, "adequacy", "C", "processingactivity", None)
    segment = Deadline(UNTIL, "segment", "D", "processingactivity", 7, "segments", 3)
    consent = Deadline(UNTIL, "consent", "E", "processingactivity", 7, "consents", 4)

    assert [page_of(one) for one in (review, contract, decision, segment, consent)] == [
        "/registry/processingactivity/7/change/#section-review",
        "/registry/recipient/8/change/",
        "/registry/processingactivity/",
        "/segment-review/?segment=3",
        "/consent-mechanisms/4/",
    ]
    assert absolute("/a/") == "https://register.example/a/"
    assert absolute("/a/", site="http://127.0.0.1:8000/") == "http://127.0.0.1:8000/a/"


def test_a_day_is_overdue_once_it_has_passed():
    deadline = Deadline(UNTIL, "review", "A", "processingactivity", 7)

    assert [deadline.is_overdue(on) for on in (UNTIL, date(2027, 1, 1))] == [False, True]


@pytest.mark.parametrize(
    ("model", "column", "kind", "page"),
    [
        (models.Segment, "next_review_on", "segment", "/segment-review/?segment={}"),
        (models.ConsentMechanism, "valid_until", "consent", "/consent-mechanisms/{}/"),
    ],
)
def test_segments_and_consents_fall_due_for_the_owner_of_their_activity(organisation, model, column, kind, page):
    owner = factories.user()
    activity = factories.activity(organisation, reference="A-1", owner=owner)
    day = {column: date(2026, 12, 1)}
    due = [factories.make(model, activity=activity, name=name, **day) for name in ("One", "Two")]
    factories.make(model, activity=factories.activity(organisation, reference="A-2"), name="Another’s", **day)
    factories.make(model, activity=factories.activity(organisation, status="retired"), name="Over", **day)
    factories.make(model, activity=activity, name="Later", **{column: date(2027, 1, 1)})

    found = deadlines(UNTIL, owner=owner)

    assert said(found) == [(date(2026, 12, 1), kind, "A-1 One"), (date(2026, 12, 1), kind, "A-1 Two")]
    assert {page_of(one) for one in found} == {page.format(one.pk) for one in due}
    assert len({identity(one, "") for one in found}) == 2
    assert counts(UNTIL)[kind] == 3


def test_documents_run_out_until_they_are_retired(organisation):
    document = factories.make(models.Document, name="Notice 9", valid_until=date(2026, 12, 1))
    factories.make(models.Document, name="Old", valid_until=date(2026, 1, 1), retired_on=date(2026, 2, 1))
    factories.make(models.Document, name="Endless")

    (found,) = deadlines(UNTIL)

    assert (found.kind, found.name) == ("document", "Notice 9")
    assert page_of(found) == f"/registry/document/{document.pk}/change/"


def test_what_assurance_asks_for_is_a_deadline_until_it_is_seen_to():
    recipient = factories.make(models.Recipient, name="Host")
    review = {"recipient": recipient, "name": "Certificate"}
    factories.make(models.RecipientReview, **review, reviewed_on=date(2025, 1, 1), next_review_on=date(2026, 1, 1))
    factories.make(models.RecipientReview, **review, reviewed_on=date(2026, 1, 1), next_review_on=date(2026, 12, 2))
    audit = factories.make(models.Audit, name="Yearly audit", planned_on=date(2026, 12, 3))
    finding = factories.make(models.Finding, audit=audit, name="Late opt-outs")
    action = factories.make(models.CorrectiveAction, finding=finding, what="Draw later", due_on=date(2026, 12, 1))
    training = factories.make(models.Training, name="Basics", held_on=date(2025, 12, 4), next_on=date(2026, 12, 4))

    found = deadlines(UNTIL)

    assert said(found) == [
        (date(2026, 12, 1), "corrective-action", "Draw later"),
        (date(2026, 12, 2), "recipient-review", "Host Certificate"),
        (date(2026, 12, 3), "audit", "Yearly audit"),
        (date(2026, 12, 4), "training", "Basics"),
    ]
    assert page_of(found[0]) == f"/registry/finding/{finding.pk}/change/"
    with change_set(reason="for a test"):
        action.done_on = audit.started_on = date(2026, 11, 1)
        action.save()
        audit.save()
        recipient.retired_on = date(2026, 11, 1)
        recipient.save()
        models.Training.objects.create(name="basics", held_on=date(2026, 11, 1))
    assert training.next_on <= UNTIL
    assert deadlines(UNTIL) == []


def test_a_planned_training_is_due_on_its_day_and_not_replaced_by_one_held_before():
    factories.make(models.Training, name="Basics", held_on=date(2025, 12, 4))
    factories.make(models.Training, name="Basics", next_on=date(2026, 12, 4))

    assert said(deadlines(UNTIL)) == [(date(2026, 12, 4), "training", "Basics")]
