from datetime import date, timedelta

import pytest
import time_machine
from django.urls import reverse

from registry import models
from registry.admin import trend as page_of_trend
from registry.standing import trend
from registry.standing.refresh import RULES
from tests import factories
from tests.admin.screens import auditor, client_of, officer

pytestmark = pytest.mark.django_db

URL = "admin:trend"


@pytest.fixture
def register(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    with time_machine.travel("2026-08-10 12:00 +0000"):
        organisation = factories.organisation(name="Fjord Foods AS")
        factories.activity(organisation, name="Payroll", status="approved")
    with time_machine.travel("2026-11-20 12:00 +0000", tick=False):
        yield organisation


def point(day, rules=RULES, **numbers):
    given = {"change_set": 1, "records": 1, "critical": 1, "serious": 1, "minor": 1, "accepted": 0, **numbers}
    return models.GapCount.objects.create(day=day, rules=rules, **given)


def days(response):
    return [shown.count.day for shown in response.context["points"]]


def test_today_is_there_by_itself_and_leads_to_the_gaps(register):
    response = client_of(auditor()).get(reverse(URL))

    (only,) = response.context["points"]
    assert (only.count.day, only.count.records, only.url) == (date(2026, 11, 20), 1, reverse("admin:gaps"))
    assert "A line is drawn as soon as there are two" in response.content.decode()


def test_a_past_day_leads_to_the_report_of_its_gaps(register):
    point(date(2026, 9, 30))
    client = client_of(auditor())

    first, _today = client.get(reverse(URL)).context["points"]

    assert first.url == "/reports/gaps/?as_at=2026-09-30"
    assert client.get(first.url).status_code == 200


def test_missing_ends_of_months_are_counted_at_once_where_there_are_few_records(register):
    client = client_of(auditor())
    before = client.get(reverse(URL))

    response = client.post(reverse(URL), {"do": "months"}, follow=True)

    assert "Count the ends of 3 months" in before.content.decode()
    assert days(response) == [date(2026, 8, 31), date(2026, 9, 30), date(2026, 10, 31), date(2026, 11, 20)]
    assert "3 days were counted." in response.content.decode()
    assert "Count the end" not in response.content.decode()


def test_many_records_are_left_to_a_worker_that_leads_back(register, monkeypatch):
    monkeypatch.setattr(trend, "AT_ONCE", 2)

    response = client_of(officer()).post(reverse(URL), {"do": "months"})

    job = models.Job.objects.get()
    assert (response.status_code, response.url) == (302, reverse("admin:job", args=[job.pk]))
    assert (job.kind, job.leads_to) == ("trend", reverse(URL))
    assert job.parameters == {"days": ["2026-08-31", "2026-09-30", "2026-10-31"]}


def test_any_day_can_be_counted(register):
    response = client_of(auditor()).post(reverse(URL), {"do": "day", "day": "2026-09-01"}, follow=True)

    assert days(response) == [date(2026, 9, 1), date(2026, 11, 20)]


@pytest.mark.parametrize(
    ("day", "said"),
    [
        ("2026-11-21", "This day hasn’t come."),
        ("2026-08-09", "The register wasn’t begun yet on this day."),
        ("yesterday", "Enter a valid date."),
        ("", "This field is required."),
    ],
)
def test_a_day_that_can_not_be_counted_is_refused_with_a_reason(register, day, said):
    response = client_of(auditor()).post(reverse(URL), {"do": "day", "day": day})

    assert response.status_code == 400
    assert said in response.content.decode()
    assert models.GapCount.objects.count() == 1


def test_what_was_counted_under_earlier_rules_says_so_and_can_be_counted_anew(register):
    point(date(2026, 9, 30), rules="earlier", critical=99)
    client = client_of(officer())
    before = client.get(reverse(URL)).content.decode()

    response = client.post(reverse(URL), {"do": "anew"}, follow=True)

    assert ("under earlier rules" in before, "Count 1 day anew" in before) == (True, True)
    assert response.context["points"][0].count.critical < 99
    assert "under earlier rules" not in response.content.decode()


def test_of_very_many_points_the_earlier_are_thinned_to_one_a_month(register):
    for number in range(page_of_trend.ALL_OF_THE_LAST + 40):
        point(date(2026, 11, 19) - timedelta(days=number))

    found = days(client_of(auditor()).get(reverse(URL)))

    assert found[-page_of_trend.ALL_OF_THE_LAST] == date(2026, 8, 13)
    assert found[: -page_of_trend.ALL_OF_THE_LAST] == [date(2026, 7, 31), date(2026, 8, 12)]


def test_nothing_of_the_register_is_written(register):
    client_of(auditor()).get(reverse(URL))
    before = models.ChangeSet.objects.count()

    client_of(auditor()).post(reverse(URL), {"do": "months"})

    assert models.ChangeSet.objects.count() == before


def test_an_empty_register_has_no_trend_yet():
    response = client_of(auditor()).get(reverse(URL))

    assert response.status_code == 200
    assert "Count the end" not in response.content.decode()


def test_who_may_not_see_the_register_sees_no_trend(register):
    client = client_of(factories.user())

    assert [client.get(reverse(URL)).status_code, client.post(reverse(URL), {"do": "months"}).status_code] == [403, 403]


def test_first_page_and_gaps_lead_to_it(register):
    client = client_of(auditor())

    assert [f'<p><a href="{reverse(URL)}">' in client.get(page).content.decode() for page in ("/", "/gaps/")] == [
        True,
        True,
    ]


def test_the_number_of_queries_does_not_grow(register, django_assert_num_queries):
    client = client_of(officer())
    client.get(reverse(URL))
    needed = 10

    for number in range(2):
        with django_assert_num_queries(needed):
            client.get(reverse(URL))
        point(date(2026, 9, 1 + number))
        point(date(2026, 10, 1 + number))
