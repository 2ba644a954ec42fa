from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from registry import models
from registry.admin import pictures
from registry.admin.list_links import list_url
from registry.admin.pictures import SHOWN, STATIONS
from registry.standing import refresh as refreshing
from tests import factories
from tests.admin.screens import auditor, client_of, marketing, officer
from tests.admin.test_counted_filters import counted_activity
from tests.admin.test_processing_activity import full_activity

pytestmark = pytest.mark.django_db

INDEX = "admin:index"


@pytest.fixture
def organisation():
    return factories.organisation(name="Fjord Foods AS")


def shown(client):
    return client.get(reverse(INDEX)).context["shown"]


def heaps(client):
    return {
        heap.key: [(str(line.label), line.number, line.overdue) for line in heap.lines]
        for heap in shown(client)["heaps"]
    }


def planned_import(organisation, by):
    """An import that this person has uploaded, and has to review."""
    values = {"file_name": "a.csv", "sha256": "0" * 64, "state": "planned", "uploaded_by": by}
    return models.Import.objects.create(organisation=organisation, **values)


def listed(client, url):
    """How many there are on the page that a number leads to."""
    context = client.get(url).context
    if "original" in context:  # the activity itself
        return 1
    return context["cl"].result_count if "cl" in context else context["page"].paginator.count


def counted(overview):
    """Every number of the first page, with where it leads."""
    drawn = overview["pictures"]
    numbers = [(str(number.label), number.count, number.url) for number in overview["numbers"]]
    lines = [(str(line.label), line.number, line.url) for heap in overview["heaps"] for line in heap.lines]
    parts = [(part.name, part.number, part.url) for bars in drawn.bars for part in bars.parts]
    bands = [
        (f"{band.source.name} → {band.target.name}", band.number, band.url) for leg in drawn.flow for band in leg.bands
    ]
    ends = [
        (end.name, end.number, end.url)
        for leg in drawn.flow
        for band in leg.bands
        for end in (band.source, band.target)
    ]
    return [*numbers, *lines, *parts, *bands, *ends]


@pytest.fixture(params=["few activities", "many activities"])
def _size(request, monkeypatch):
    """The first page of a small register, or of one whose flow leads through units."""
    if request.param == "many activities":
        monkeypatch.setattr(pictures, "FEW", 0)


@pytest.mark.usefixtures("_size")
def test_every_number_is_that_of_the_list_behind_it(organisation):
    today = timezone.localdate()
    counted_activity(organisation, status="in_review", next_review_on=today - timedelta(days=1))
    full_activity(organisation, 2, next_review_on=today)
    factories.activity(organisation, role="processor", special_categories="yes")
    factories.activity(organisation, role="joint_controller", status="retired")
    factories.make(models.Document, name="Contract", valid_until=today)
    approved = factories.activity(organisation, status="approved")
    factories.make(models.Purpose, activity=approved, text="Planning of staff")
    factories.make(models.Recipient, name="Bureau", contract_ends_on=today)
    person = officer()
    planned_import(organisation, person)
    client = client_of(person)

    numbers = counted(shown(client))

    assert [(label, listed(client, url), url) for label, _number, url in numbers] == numbers
    assert {
        "Critical",
        "Drafts",
        "Imports to review",
        "Consequence of a change",
        "End of a document",
        "Processor → United States",
        "No unit",
    } <= {label for label, _number, _url in numbers}


def test_what_needs_doing_is_counted_and_what_does_not_is_left_out(organisation):
    today = timezone.localdate()
    factories.activity(organisation, next_review_on=today - timedelta(days=1), status="approved")
    factories.activity(organisation, next_review_on=today + timedelta(days=60), status="in_review")
    factories.activity(organisation, next_review_on=today + timedelta(days=61), status="approved")
    person = officer()
    planned_import(organisation, person)

    found = heaps(client_of(person))

    assert found["deadlines"] == [("Review of a processing activity", 2, 1)]
    assert found["waiting"] == [("Records waiting for approval", 1, 0), ("Imports to review", 1, 0)]
    assert {label for label, _number, _overdue in found["gaps"]} <= {"Critical", "Serious", "Minor"}


def test_an_owner_is_told_of_what_is_theirs_first(organisation):
    today = timezone.localdate()
    owner, other = auditor(), officer()
    owned = factories.activity(organisation, next_review_on=today, status="approved", owner=owner)
    factories.activity(organisation, next_review_on=today, status="approved")
    factories.make(models.Purpose, activity=owned, text="Planning of staff")
    client = client_of(owner)

    first, *_others = shown(client)["heaps"]

    assert (first.key, str(first.title)) == ("mine", "Yours")
    assert [str(line.label) for line in first.lines] == ["Review of a processing activity", "Consequence of a change"]
    assert [(line.number, line.url) for line in first.lines] == [
        (listed(client, line.url), line.url) for line in first.lines
    ]
    assert "mine" not in heaps(client_of(other))


def test_that_nothing_needs_doing_is_said(organisation):
    factories.activity(organisation, status="retired")

    content = client_of(officer()).get(reverse(INDEX)).content.decode()

    assert "Nothing is overdue, and nothing falls due in the coming two months." in content
    assert "Nothing waits for anyone." in content


def test_an_auditor_sees_what_an_officer_sees_but_for_her_imports(organisation):
    counted_activity(organisation)
    planned_import(organisation, officer())

    assert heaps(client_of(auditor())) == heaps(client_of(officer()))


def test_imports_are_not_spoken_of_to_those_who_may_not_see_them(organisation):
    factories.activity(organisation, status="approved")
    reader = auditor()
    planned_import(organisation, reader)
    for group in reader.groups.all():
        group.permissions.remove(*group.permissions.filter(codename__in=["view_import", "view_changeset"]))

    response = client_of(reader).get(reverse(INDEX))

    assert "Imports to review" not in response.content.decode()
    assert "/registry/changeset/" not in response.content.decode()


def test_pictures_count_activities_and_say_so(organisation, monkeypatch):
    monkeypatch.setattr(pictures, "FEW", 0)
    counted_activity(organisation)
    counted = factories.activity(organisation, name="No unit yet")
    factories.activity(organisation, status="retired")

    drawn = shown(client_of(officer()))["pictures"]

    assert {bars.dimension: [(part.name, part.number) for part in bars.parts] for bars in drawn.bars} == {
        "status": [("Draft", 2), ("Retired", 1)],
        "unit": [("No unit", 1), ("Sales", 1)],
        "basis": [("Contract (Art. 6(1)(b))", 1), ("No legal basis", 1)],
        "country": [("United States", 1)],
        "safeguard": [("Standard contractual clauses of the Commission (GDPR Art. 46(2)(c))", 1)],
    }
    assert [
        (str(leg.title), [(band.source.name, band.target.name, band.number) for band in leg.bands])
        for leg in drawn.flow
    ] == [
        ("Data subjects to units", [("Shop's customers", "Sales", 1)]),
        ("Units to recipients", [("Sales", "Processor", 1)]),
        ("Recipients to countries", [("Processor", "United States", 1)]),
    ]
    assert counted.status == "draft"


def test_the_flow_of_a_few_leads_through_the_activities_themselves(organisation):
    counted_activity(organisation, reference="A-1")
    subject, host = models.DataSubjectCategory.objects.get(), models.Recipient.objects.get(name="Host")
    second = factories.activity(organisation, reference="A-2", name="Returns")
    factories.make(models.ActivityDataSubject, activity=second, category=subject)
    factories.make(models.ActivityRecipient, activity=second, recipient=host)
    retired = factories.activity(organisation, reference="A-3", name="Fax", status="retired")
    factories.make(models.ActivityDataSubject, activity=retired, category=subject)

    response = client_of(officer()).get(reverse(INDEX))

    drawn = response.context["shown"]["pictures"]
    assert [
        (str(leg.title), [(band.source.name, band.target.name, band.number) for band in leg.bands], leg.more)
        for leg in drawn.flow
    ] == [
        (
            "Data subjects to activities",
            [("Shop's customers", "A-1 Orders", 1), ("Shop's customers", "A-2 Returns", 1)],
            0,
        ),
        ("Activities to recipients", [("A-1 Orders", "Processor", 1), ("A-2 Returns", "Processor", 1)], 0),
        ("Recipients to countries", [("Processor", "United States", 2)], 0),
    ]
    assert drawn.flow[1].bands[1].url == f"/registry/processingactivity/{second.pk}/change/"
    assert "through the activities that use their data" in response.content.decode()


def test_the_largest_are_drawn_and_the_others_are_in_the_table_of_all(organisation):
    for number in range(SHOWN + 3):
        unit = factories.make(models.OrganisationUnit, organisation=organisation, name=f"Unit {number:02d}")
        factories.activity(organisation, unit=unit)
    factories.activity(organisation, unit=unit)
    client = client_of(officer())

    response = client.get(reverse(INDEX))

    (bars,) = [bars for bars in response.context["shown"]["pictures"].bars if bars.dimension == "unit"]
    assert (len(bars.parts), bars.parts[0].name, bars.more, bars.at_most) == (SHOWN, "Unit 10", 3, 1)
    assert "3 others have no more than 1 each." in response.content.decode()
    every = client.get(reverse("admin:all_parts", args=["unit"])).context["rows"]
    assert [(name, number) for name, number, _url in every][:1] == [("Unit 10", 2)]
    assert sorted(name for name, _number, _url in every) == [f"Unit {number:02d}" for number in range(SHOWN + 3)]


@pytest.mark.usefixtures("_size")
def test_the_flow_draws_so_many_stations_and_counts_the_bands_it_leaves_out(organisation):
    full_activity(organisation, STATIONS + 2)

    leg = shown(client_of(officer()))["pictures"].flow[0]

    assert (len(leg.bands), leg.more) == (STATIONS, 2)


@pytest.mark.parametrize("dimension", ["unit", "basis", "country", "safeguard", "flow-in", "flow-out", "flow-on"])
def test_the_table_of_all_leads_to_lists_of_as_many(organisation, dimension):
    counted_activity(organisation)
    full_activity(organisation, 2)
    client = client_of(auditor())

    rows = client.get(reverse("admin:all_parts", args=[dimension])).context["rows"]

    assert [(name, listed(client, url), url) for name, _number, url in rows] == rows
    assert rows


def test_the_table_of_all_says_so_where_there_is_nothing():
    content = client_of(auditor()).get(reverse("admin:all_parts", args=["flow-in"])).content.decode()

    assert "There is nothing to count yet." in content


def test_there_is_no_table_of_what_is_not_drawn():
    assert client_of(auditor()).get(reverse("admin:all_parts", args=["rule"])).status_code == 404


@pytest.mark.parametrize(("few", "needed"), [(0, 35), (100, 34)])
def test_the_number_of_queries_does_not_grow(organisation, monkeypatch, few, needed, django_assert_num_queries):
    client = client_of(officer())
    counted_activity(organisation)
    full_activity(organisation, 1)
    monkeypatch.setattr(pictures, "FEW", few)
    shown(client)

    for _again in range(2):
        with django_assert_num_queries(needed):
            client.get(reverse(INDEX))
        full_activity(organisation, 3)
        full_activity(organisation, 3)
        shown(client)


def test_nothing_is_said_to_be_in_order_before_it_was_checked(organisation, monkeypatch):
    monkeypatch.setattr(refreshing, "AT_ONCE", 1)
    monkeypatch.setattr(refreshing, "NOTED_AT_ONCE", 1)
    for _ in range(8):
        factories.activity(organisation)
    client = client_of(officer())

    first = client.get(reverse(INDEX)).content.decode()
    refreshing.catch_up()
    after = client.get(reverse(INDEX)).content.decode()

    assert "8 records aren’t counted yet, in numbers and in pictures." in first
    assert "Nothing has been found so far." in first
    assert [words for words in ("No gap is open.", "<b>0</b>", "No record that is in use") if words in first] == []
    assert "counted yet" not in after
    assert "Nothing is overdue" in after


def test_an_empty_register_offers_the_first_step():
    content = client_of(officer()).get(reverse(INDEX)).content.decode()

    assert "The register is empty." in content
    assert f'href="{reverse("admin:registry_processingactivity_add")}"' in content


def test_an_empty_register_tells_of_an_import_that_waits(organisation):
    person = officer()
    planned_import(organisation, person)

    content = client_of(person).get(reverse(INDEX)).content.decode()

    assert "Imports to review: 1" in content


def test_the_marketing_team_is_told_of_segments_and_consents_alone(organisation):
    today = timezone.localdate()
    activity = factories.activity(organisation, name="Newsletter")
    retired = factories.activity(organisation, name="Fax", status="retired")
    for place, (of, days) in enumerate([(activity, -1), (activity, 9), (activity, None), (retired, -1)]):
        day = None if days is None else today + timedelta(days=days)
        factories.make(models.Segment, activity=of, name=f"S{place}", position=place, next_review_on=day)
        factories.make(models.ConsentMechanism, activity=of, name=f"C{place}", position=place, valid_until=day)
    client = client_of(marketing())

    response = client.get("/")

    heap = response.context["shown"]["segments"]
    assert [(line.number, line.url) for line in heap.lines] == [
        (2, "/segment-review/"),
        (1, "/registry/consentmechanism/?valid_until=due"),
        (1, "/registry/consentmechanism/?valid_until=soon"),
    ]
    lists = [client.get(line.url).context["cl"].result_count for line in heap.lines[1:]]
    assert lists == [1, 1]
    assert "Newsletter" not in response.content.decode()
    assert len(client.get("/segment-review/").context["shown"]) == 2


def test_somebody_without_a_role_is_told_whom_to_ask(organisation):
    factories.activity(organisation, name="Secret")

    content = client_of(factories.user()).get(reverse(INDEX)).content.decode()

    assert ("Ask an administrator for a role." in content, "Secret" in content) == (True, False)


def test_names_are_shown_as_they_are_written(organisation):
    unit = factories.make(models.OrganisationUnit, organisation=organisation, name="O'Neill & <b>Sons</b>")
    factories.activity(organisation, unit=unit)

    content = client_of(officer()).get(reverse(INDEX)).content.decode()

    assert "O&#x27;Neill &amp; &lt;b&gt;Sons&lt;/b&gt;" in content
    assert f"{list_url(unit=unit.pk, living='all')}".replace("&", "&amp;") in content
