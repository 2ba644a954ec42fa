"""The gaps of systems are kept up by what each record tells of those that it uses, and by nothing else."""

from datetime import date

import pytest
import time_machine

from registry import models
from registry.compliance.gap import Severity
from registry.compliance.whole import check_whole
from registry.record.loader import load_register
from registry.standing.acceptances import accept
from registry.standing.reading import find_gap, gaps_of_systems, sentences
from registry.standing.refresh import catch_up, refresh
from registry.standing.tallies import tallies
from registry.standing.trend import count_day
from registry.versioning.writing import change_set
from tests import factories
from tests.standing.keeping import checked, delete, derived, made_anew, queries, save

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_today")]

UNLISTED, UNUSED = "system-holds-data-that-no-record-lists", "system-with-personal-data-that-no-record-uses"


@pytest.fixture
def organisation():
    return factories.organisation(name="Fjord Foods AS", country="NO", email="privacy@fjord.example")


def found():
    """The rules that find something in a system, each with the organisation whose records it is about."""
    rows = models.FoundGap.objects.filter(system__isnull=False)
    return set(rows.values_list("rule", "organisation__name"))


def shop(*categories):
    system = factories.make(models.System, name="Shop")
    for place, category in enumerate(categories):
        factories.make(models.SystemData, system=system, category=category, position=place)
    return system


def test_saving_a_system_or_a_record_tells_what_is_missing_between_them(organisation):
    category = factories.make(models.DataCategory, name="Health data")
    system, activity = shop(category), factories.activity(organisation)
    refresh()
    assert found() == {(UNUSED, None)}

    factories.make(models.ActivitySystem, activity=activity, system=system)
    refresh()
    assert found() == {(UNLISTED, "Fjord Foods AS")}

    row = factories.make(models.ActivityDataCategory, activity=activity, category=category)
    refresh()
    assert found() == set()

    factories.make(models.SystemData, system=system, stated_as="Voices", position=1)
    refresh()
    assert found() == {(UNLISTED, "Fjord Foods AS")}

    delete(row)
    save(system, retired_on=date(2026, 11, 1))
    refresh()
    assert found() == set()


def test_what_is_kept_up_by_changes_is_what_would_be_made_anew(organisation):
    other = factories.organisation(name="Other", country="DE", email="a@b.example")
    wider = factories.make(models.DataCategory, name="Health data")
    category = factories.make(models.DataCategory, name="Allergies")
    system, silent = shop(category), factories.make(models.System, name="Silent")
    first, second, third = factories.activity(organisation), factories.activity(organisation), factories.activity(other)
    rows = {}
    steps = [
        lambda: factories.make(models.ActivitySystem, activity=first, system=system),
        lambda: factories.make(models.ActivitySystem, activity=third, stated_as="shop"),
        lambda: factories.make(models.ActivitySystem, activity=second, stated_as="silent"),
        lambda: factories.make(models.ActivityDataCategory, activity=first, category=wider),
        lambda: save(category, parent=wider),
        lambda: factories.make(models.ActivityDataCategory, activity=third, stated_as="ALLERGIES"),
        lambda: save(category, name="Intolerances", parent=None),
        lambda: factories.make(models.ActivityDataCategory, activity=third, category=category, position=1),
        lambda: rows.update(data=factories.make(models.SystemData, system=silent, stated_as="Voices")),
        lambda: save(second, role="processor"),
        lambda: save(system, name="Till"),
        lambda: save(silent, name="Shop"),
        lambda: save(rows["data"], stated_as="allergies"),
        lambda: save(second, status="retired", role="controller"),
        lambda: save(silent, retired_on=date(2026, 11, 1)),
        lambda: delete(rows["data"]),
        lambda: delete(silent),
        lambda: delete(third),
    ]
    refresh()

    for number, step in enumerate(steps):
        step()
        refresh()
        assert (number, derived()) == (number, made_anew())
        in_register = {gap.id for _subject, gaps in check_whole(load_register()) for gap in gaps if gap.is_of_system}
        shown = models.FoundGap.objects.filter(system__isnull=False).values_list("gap", flat=True)
        assert (number, set(shown)) == (number, in_register)


def test_saving_a_system_checks_the_records_that_use_it_and_no_others(organisation, monkeypatch):
    system = shop(factories.make(models.DataCategory, name="Health data"))
    for name in ("Orders", "Complaints"):
        factories.make(models.ActivitySystem, activity=factories.activity(organisation, name=name), system=system)
    named = factories.activity(organisation, name="Returns")
    factories.make(models.ActivitySystem, activity=named, stated_as="Shop")
    elsewhere = factories.activity(organisation, name="Payroll")
    factories.make(models.ActivitySystem, activity=elsewhere, stated_as="Ledger")
    refresh()
    names = checked(monkeypatch)

    factories.make(models.SystemData, system=system, stated_as="Voices", position=1)
    refresh()
    assert sorted(names) == ["Complaints", "Orders", "Returns"]

    names.clear()
    save(elsewhere, description="Wages")
    refresh()
    assert names == ["Payroll"]


def test_it_costs_no_query_where_no_system_says_what_it_holds(organisation):
    system, category = shop(), factories.make(models.DataCategory, name="Health data")
    activity = factories.activity(organisation)
    factories.make(models.ActivitySystem, activity=activity, system=system)
    needed = []
    for step in (None, lambda: factories.make(models.SystemData, system=system, category=category)):
        if step is not None:
            step()
        refresh()
        save(activity, description=f"Said {len(needed)}")
        asked = queries(refresh)
        needed.append(len([one for one in asked if one["sql"].startswith("SELECT")]))
        about_systems = [one for one in asked if "systemdata" in one["sql"] or '"registry_system"' in one["sql"]]
        assert about_systems == []

    assert needed[1] - needed[0] <= 2  # the names of categories, and the tally that the record counts towards


@pytest.mark.usefixtures("_few_at_once")
def test_while_records_wait_nothing_is_said_of_systems_that_not_all_have_told(organisation):
    category = factories.make(models.DataCategory, name="Health data")
    system = shop()
    for _ in range(5):
        activity = factories.activity(organisation)
        factories.make(models.ActivitySystem, activity=activity, system=system)
        factories.make(models.ActivityDataCategory, activity=activity, category=category)
    catch_up()

    row = factories.make(models.SystemData, system=system, category=category)
    assert refresh() > 0
    assert found() == set()
    catch_up()
    assert found() == set()

    save(row, category=None, stated_as="Voices")
    catch_up()
    assert found() == {(UNLISTED, "Fjord Foods AS")}
    delete(row)
    assert refresh() > 0
    assert found() == {(UNLISTED, "Fjord Foods AS")}
    catch_up()
    assert found() == set()


def test_a_gap_of_a_system_is_counted_once_told_and_accepted(organisation):
    system = shop(factories.make(models.DataCategory, name="Health data"))
    for _ in range(2):
        factories.make(models.ActivitySystem, activity=factories.activity(organisation), system=system)
    refresh()
    serious = models.GapCount.objects.get().serious
    (row,) = models.FoundGap.objects.filter(system=system)

    inside, gap = find_gap(row.gap)
    assert (inside.subject.label, gap.severity) == ("Shop", Severity.SERIOUS)
    assert sentences([row]) == {row.gap: gap}
    assert [one.subject.pk for one in gaps_of_systems([system.pk])] == [system.pk]
    assert list(gaps_of_systems([])) == list(gaps_of_systems([system.pk + 1])) == []
    with change_set(reason="for a test"):
        accept(gap, record="Shop", by=factories.user(), reason="A copy", until=date(2026, 11, 2))
    refresh()

    point = models.GapCount.objects.get()
    assert (point.serious, point.accepted) == (serious - 1, 1)
    assert derived() == made_anew()
    with time_machine.travel("2026-11-02 12:00 +0000", tick=False):
        counted = count_day(date(2026, 11, 1))
        assert (counted.serious, counted.accepted) == (serious - 1, 1)
    with time_machine.travel("2026-11-03 12:00 +0000", tick=False):
        refresh()
        assert not models.FoundGap.objects.get(system=system).is_accepted


def test_what_is_told_of_systems_is_none_of_the_numbers_of_the_overview(organisation):
    system = shop(factories.make(models.DataCategory, name="Health data"))
    factories.make(models.ActivitySystem, activity=factories.activity(organisation), system=system)
    refresh()

    assert "held" not in tallies()
    assert find_gap("no-such-rule:system-1") is None


def test_an_accepted_gap_of_a_system_does_not_cover_data_that_it_comes_to_hold_later(organisation):
    system = shop(factories.make(models.DataCategory, name="Health data"))
    factories.make(models.ActivitySystem, activity=factories.activity(organisation), system=system)
    refresh()
    (row,) = models.FoundGap.objects.filter(system=system)
    _inside, gap = find_gap(row.gap)
    with change_set(reason="for a test"):
        accept(gap, record="Shop", by=factories.user(), reason="A copy", until=date(2026, 11, 20))
    refresh()
    assert models.FoundGap.objects.get(system=system).is_accepted

    factories.make(models.SystemData, system=system, stated_as="Voices", position=1)
    refresh()

    now = models.FoundGap.objects.get(system=system)
    assert (now.gap, now.is_accepted) == (gap.id, False)
    assert derived() == made_anew()
