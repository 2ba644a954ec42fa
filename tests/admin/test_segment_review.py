from datetime import date, timedelta

import pytest
import time_machine
from django.contrib.auth.models import Permission
from django.urls import reverse
from django.utils import timezone

from registry import models
from registry.admin import segment_review
from registry.lifecycle import months_after
from tests import factories
from tests.admin.screens import auditor, client_of, marketing, officer

pytestmark = pytest.mark.django_db

PAGE = "/segment-review/"


@pytest.fixture
def organisation():
    return factories.organisation(name="Fjord Foods AS")


@pytest.fixture
def activity(organisation):
    return factories.activity(organisation, reference="MK-1", name="Newsletter")


@pytest.fixture
def client():
    return client_of(officer())


def segment(activity, name="Lapsed customers", **values):
    return factories.make(models.Segment, activity=activity, name=name, **values)


def in_days(days):
    return timezone.localdate() + timedelta(days=days)


def names(client, query=""):
    return [one["segment"].name for one in client.get(PAGE + query).context["shown"]]


def send(client, subject, query="", **values):
    sent = {
        "segment": subject.pk,
        "seen": subject.activity.history.latest("history_id").pk,
        "months": "6",
        "change_reason": "Looked at criteria and data: nothing to change",
        **values,
    }
    return client.post(PAGE + query, sent)


def test_segments_that_are_due_come_first_and_those_reviewed_lately_are_left_out(client, activity):
    segment(activity, "due", next_review_on=in_days(-3))
    segment(activity, "today", next_review_on=in_days(0))
    segment(activity, "never planned")
    segment(activity, "later", next_review_on=in_days(30))

    assert names(client) == ["never planned", "due", "today"]
    assert names(client, "?show=all") == ["never planned", "due", "today", "later"]


def test_segments_are_shown_by_unit_and_none_of_retired_activities(client, organisation, activity):
    unit = factories.make(models.OrganisationUnit, organisation=organisation, name="Marketing")
    segment(activity, "of no unit")
    segment(factories.activity(organisation, unit=unit), "of marketing")
    segment(factories.activity(organisation, unit=unit, status="retired"), "over")

    assert names(client, f"?unit={unit.pk}") == ["of marketing"]
    assert names(client, "?unit=999") == ["of no unit", "of marketing"]
    assert names(client) == ["of no unit", "of marketing"]


def test_data_beyond_the_activity_are_pointed_out_beside_its_own(client, activity):
    subject = segment(activity)
    score = factories.make(models.DataCategory, name="RFM score")
    health = factories.make(models.DataCategory, name="Health data")
    factories.make(models.ActivityDataCategory, activity=activity, category=score)
    factories.make(models.SegmentData, activity=activity, segment=subject, category=score)
    factories.make(models.SegmentData, activity=activity, category=health, position=1, what_for="to be careful")

    (shown,) = client.get(PAGE).context["shown"]

    assert shown["used"] == [
        {"name": "RFM score", "beyond": False, "what_for": ""},
        {"name": "Health data", "beyond": True, "what_for": "to be careful"},
    ]
    assert (shown["own"], shown["beyond"]) == (["RFM score"], 1)
    content = client.get(PAGE).content.decode()
    assert content.count("not among the data of the activity") == 1
    assert f'href="/registry/processingactivity/{activity.pk}/change/#section-segments"' in content


def test_what_the_rules_ask_about_a_segment_and_its_consent_stands_beside_it(client, activity):
    form = factories.make(models.ConsentMechanism, activity=activity, name="Sign-up form", wording="Yes, write to me")
    segment(activity, contact_basis="consent", consent=form, opt_out="link", criteria="")
    segment(activity, "Other", contact_basis="no_contact", criteria="No order for a year")

    response = client.get(PAGE)

    asked = {one["segment"].name: [gap.gap.rule.id for gap in one["gaps"]] for one in response.context["shown"]}
    assert {"segment-without-criteria", "consent-without-evidence", "consent-without-channel"} <= set(
        asked["Lapsed customers"]
    )
    assert "segment-without-criteria" not in asked["Other"]
    assert [rule for rule in asked["Other"] if rule.startswith("consent-")] == []
    assert "<q>Yes, write to me</q>" in response.content.decode()


@pytest.mark.parametrize(
    ("values", "lacks_consent", "lacks_opt_out"),
    [
        ({}, False, False),
        ({"contact_basis": "consent"}, True, True),
        ({"contact_basis": "consent", "opt_out": "link"}, True, False),
        ({"contact_basis": "legitimate_interest"}, False, True),
        ({"contact_basis": "no_contact"}, False, False),
    ],
)
def test_missing_consent_and_opt_out_are_pointed_out_where_they_are_asked_for(
    client, activity, values, lacks_consent, lacks_opt_out
):
    segment(activity, **values)

    (shown,) = client.get(PAGE).context["shown"]

    assert (shown["lacks_consent"], shown["lacks_opt_out"]) == (lacks_consent, lacks_opt_out)


@time_machine.travel("2026-08-31 12:00 +0000", tick=False)
def test_a_review_is_one_change_of_the_record_with_its_reason_and_the_next_day(client, activity):
    subject = segment(activity)
    before = activity.history.count()

    answer = send(client, subject, "?show=all", reviewed="")

    subject.refresh_from_db()
    assert (answer.status_code, answer["Location"]) == (302, PAGE + "?show=all")
    assert (subject.last_reviewed_on, subject.next_review_on) == (date(2026, 8, 31), date(2027, 2, 28))
    last = activity.history.latest("history_id").change_set
    assert (activity.history.count(), last.reason) == (before + 1, "Looked at criteria and data: nothing to change")
    assert "is noted as reviewed today; the next review is on 28 February 2027." in client.get(PAGE).content.decode()


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"change_reason": " "}, "Say what was looked at and what came of it: that is kept in the history."),
        ({"months": "5"}, "Nothing was noted: choose when the next review is, and send the form again."),
        ({"seen": ""}, "Nothing was noted: choose when the next review is, and send the form again."),
    ],
)
def test_a_review_that_says_too_little_is_refused(client, activity, sent, said):
    subject = segment(activity)
    before = models.ChangeSet.objects.count()

    answer = send(client, subject, **sent)

    assert (answer.status_code, answer.context["refusal"]) == (400, said)
    assert models.ChangeSet.objects.count() == before
    assert models.Segment.objects.get().last_reviewed_on is None


def test_a_review_of_what_somebody_has_changed_meanwhile_is_refused_and_keeps_what_was_typed(client, activity):
    subject = segment(activity, next_review_on=in_days(30))
    seen = activity.history.latest("history_id").pk
    factories.make(models.Purpose, activity=activity, text="Another purpose")

    answer = send(client, subject, seen=seen, months="12", change_reason="It’s fine")

    (shown,) = answer.context["shown"]
    assert answer.status_code == 400
    assert "has changed it meanwhile" in shown["refusal"]
    assert (answer.context["reason"], answer.context["usual"]) == ("It’s fine", 12)
    assert models.Segment.objects.get().last_reviewed_on is None


def test_a_segment_that_is_gone_is_not_found(client, activity):
    subject = segment(activity)
    sent = {"segment": subject.pk + 1, "seen": 1, "months": "6", "change_reason": "x"}

    assert client.post(PAGE, sent).status_code == 404


def test_an_auditor_reads_the_page_and_notes_nothing(activity):
    subject = segment(activity)
    client = client_of(auditor())

    content = client.get(PAGE).content.decode()
    answer = send(client, subject)

    assert "Lapsed customers" in content
    assert "Reviewed today" not in content
    assert answer.status_code == 403
    assert models.Segment.objects.get().last_reviewed_on is None


def test_the_marketing_team_reviews_alone_and_is_led_nowhere_it_may_not_go(activity):
    form = factories.make(models.ConsentMechanism, activity=activity, name="Sign-up form")
    subject = segment(activity, contact_basis="consent", consent=form, opt_out="link", audience_size=184000)
    client = client_of(marketing(username="mia"))

    content = client.get(PAGE).content.decode()
    answer = send(client, subject)

    assert "184,000" in content
    assert "Nothing says by which criteria people fall into the segment" in content
    links = [link.partition('"')[0] for link in content.split('href="')[1:]]
    pages = {link for link in links if link.startswith("/") and not link.startswith("/static/")}
    assert {page: client.get(page).status_code for page in pages if page != "/logout/"} == dict.fromkeys(
        pages - {"/logout/"}, 200
    )
    assert f"/consent-mechanisms/{form.pk}/" in pages
    assert answer.status_code == 302
    subject.refresh_from_db()
    assert subject.last_reviewed_on == timezone.localdate()
    assert activity.history.latest("history_id").change_set.actor_name == "mia"


def test_whoever_may_see_the_records_may_see_their_segments(activity):
    reader = factories.user()
    reader.user_permissions.add(Permission.objects.get(codename="view_processingactivity"))
    segment(activity)

    content = client_of(reader).get(PAGE).content.decode()

    assert "Lapsed customers" in content
    assert "Reviewed today" not in content


def test_one_segment_can_be_asked_for_whenever_it_is_due(client, activity):
    subject = segment(activity, next_review_on=in_days(30))
    segment(activity, "Other", position=1)

    assert names(client, f"?segment={subject.pk}") == ["Lapsed customers"]
    gone = client.get(f"{PAGE}?segment={subject.pk + 9}").content.decode()
    assert "This segment is gone, or its activity is retired." in gone


def test_somebody_without_a_role_sees_no_segments(activity):
    client = client_of(factories.user())

    assert [client.get(PAGE).status_code, send(client, segment(activity)).status_code] == [403, 403]


def test_without_segments_the_page_says_where_they_are_entered_and_without_due_ones_how_to_see_all(client, activity):
    assert "There are no segments yet." in client.get(PAGE).content.decode()
    segment(activity, next_review_on=in_days(30))

    content = client.get(PAGE).content.decode()
    assert "No segment is due for review." in content
    assert 'href="/segment-review/?show=all"' in content


def test_a_long_list_has_pages_that_keep_the_choice(client, activity, monkeypatch):
    monkeypatch.setattr(segment_review, "PER_PAGE", 1)
    segment(activity, "first", next_review_on=in_days(-2))
    segment(activity, "second", next_review_on=in_days(-1))

    assert 'href="?show=all&amp;page=2"' in client.get(PAGE + "?show=all").content.decode()
    assert names(client, "?show=all&page=2") == ["second"]


def test_the_page_needs_as_many_queries_for_three_as_for_one(client, organisation, django_assert_num_queries):
    def one_more(number):
        activity = factories.activity(organisation)
        subject = segment(activity, f"S {number}")
        category = factories.make(models.DataCategory, name=f"Data {number}")
        factories.make(models.ActivityDataCategory, activity=activity, category=category)
        factories.make(models.SegmentData, activity=activity, segment=subject, category=category)

    one_more(1)
    client.get(PAGE)
    with django_assert_num_queries(28):
        client.get(PAGE)
    one_more(2)
    one_more(3)
    client.get(PAGE)  # what was found is fresh again

    with django_assert_num_queries(28):
        client.get(PAGE)


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        (date(2026, 8, 31), 6, date(2027, 2, 28)),
        (date(2026, 12, 15), 12, date(2027, 12, 15)),
        (date(2027, 8, 31), 6, date(2028, 2, 29)),
    ],
)
def test_months_later_is_the_same_day_or_the_last_of_the_month(day, months, later):
    assert months_after(day, months) == later


def test_the_list_of_segments_leads_to_the_review_and_tells_what_is_due(client, activity):
    consent = factories.make(models.ConsentMechanism, activity=activity, name="Sign-up form")
    segment(activity, "due", next_review_on=in_days(-1), contact_basis="consent", consent=consent)
    segment(activity, "later", next_review_on=in_days(90), position=1)

    response = client.get(reverse("admin:registry_segment_changelist"), {"next_review_on": "due"})

    content = response.content.decode()
    assert [row.name for row in response.context["cl"].result_list] == ["due"]
    assert "Sign-up form" in content
    assert 'href="/segment-review/"' in content
