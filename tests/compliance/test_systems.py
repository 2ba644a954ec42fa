import json
from datetime import date

import pytest

from registry import models
from registry.compliance.context import Context, context_of
from registry.compliance.held import ASKED, USED, Gathering, Holdings, Systems
from registry.compliance.laws import Law
from registry.compliance.whole import check_systems, check_whole
from registry.record import activity_rows as rows
from registry.record import entries
from registry.record.loader import load_register
from registry.reference.activity import ActivityStatus
from tests import factories
from tests.compliance.records import ON, Case, frozen, organisation, record, three_tests

HEALTH = frozen(entries.DataCategoryEntry, name="Health data")
ALLERGIES = frozen(entries.DataCategoryEntry, name="Allergies", parent=HEALTH)
NUTS = frozen(entries.DataCategoryEntry, name="Allergy to nuts", parent=ALLERGIES)
CONTACT = frozen(entries.DataCategoryEntry, name="Contact details")


def held(*data, **values):
    """A system that holds these categories, or what is said in words."""
    said = [{"stated_as": one} if isinstance(one, str) else {"category": one} for one in data]
    given = {"name": "Shop", "data": tuple(frozen(entries.SystemDataRow, **one) for one in said)}
    return frozen(entries.SystemEntry, **{**given, **values})


SHOP = held(CONTACT, ALLERGIES, "Voices of callers")
OLD = SHOP._replace(retired_on=ON)
SILENT = SHOP._replace(data=())


def uses(system, *data, **values):
    """A record that uses the system and lists these categories, or what is said in words."""
    said = [{"stated_as": one} if isinstance(one, str) else {"category": one} for one in data]
    listed = tuple(frozen(rows.DataCategoryRow, **one) for one in said)
    used = {"stated_as": system} if isinstance(system, str) else {"system": system}
    return record(**{"systems": (frozen(rows.SystemRow, **used),), "data_categories": listed, **values})


def knowing(system):
    """What the rules are told where this system says what it holds."""
    return Context(ON, systems=Systems({system.pk: system}, {}))


KNOWING = knowing(SHOP)

CASES = {
    "system-holds-data-that-no-record-lists": Case(
        passes=uses(SHOP, CONTACT, ALLERGIES, "voices  of callers"),
        finds=uses(SHOP, CONTACT),
        says=(
            "The system Shop holds Allergies, “Voices of callers”, and no record of Fjord Foods that uses it lists these.",
        ),
        not_about=uses(SHOP, role="processor"),
        context=KNOWING,
    ),
    "system-with-personal-data-that-no-record-uses": Case(
        passes=uses(SHOP),
        finds=record(),
        says=(
            "The system Shop holds personal data (Contact details, Allergies, “Voices of callers”), and no record uses it.",
        ),
        not_about=record(status="retired"),
        context=KNOWING,
    ),
}


def found(one, context, *, laws=None):
    """What the rules about systems find where this is the only record."""
    known = context.systems.entries
    told = {}
    for system, said in holdings(*known.values()).told_by(one):
        told.setdefault((system, one.organisation.pk), set()).add(said)
    systems = Systems(known, {place: frozenset(said) for place, said in told.items()})
    under = context.laws_of(one) if one.status != ActivityStatus.RETIRED else ()
    asked = {one.organisation.pk: laws or under} if under else {}
    whose = {one.organisation.pk: one.organisation}
    return [gap for _system, gaps in check_systems(systems, whose, asked, context) for gap in gaps]


def holdings(*systems):
    known = (HEALTH, ALLERGIES, NUTS, CONTACT)
    return Holdings({"System": {one.pk: one for one in systems}, "DataCategory": {one.pk: one for one in known}})


@three_tests(CASES)
def test_a_rule_about_a_system(rule, record, context, says):
    assert tuple(gap.what for gap in found(record, context) if gap.rule.id == rule) == says


@pytest.mark.parametrize("one", [uses(OLD), record()])
def test_a_retired_system_asks_nothing(one):
    assert found(one, knowing(OLD)) == []


def test_a_system_that_will_be_retired_is_still_asked():
    assert found(record(), knowing(SHOP._replace(retired_on=date(2026, 6, 2)))) != []


@pytest.mark.parametrize(
    ("holds", "lists", "is_listed"),
    [
        (NUTS, ALLERGIES, True),
        (NUTS, HEALTH, True),
        (HEALTH, NUTS, False),
        (ALLERGIES, CONTACT, False),
        (ALLERGIES, "ALLERGIES", True),
        (NUTS, "health data", True),
        ("health data", HEALTH, True),
        ("health data", "Health  data", True),
        ("health", HEALTH, False),
    ],
)
def test_a_record_lists_data_by_a_wider_category_and_by_the_same_words(holds, lists, is_listed):
    system = held(holds)

    assert (found(uses(system, lists), knowing(system)) == []) is is_listed


def test_a_record_that_names_the_system_in_words_uses_it():
    assert found(uses(" SHOP", CONTACT, HEALTH, "Voices of callers"), KNOWING) == []


def test_a_retired_record_tells_nothing_and_one_without_systems_neither():
    assert holdings(SHOP).told_by(uses(SHOP, CONTACT, status="retired")) == set()
    assert holdings(SHOP).told_by(record(data_categories=uses(SHOP, CONTACT).data_categories)) == set()
    assert holdings(SHOP).told_by(uses(SILENT, CONTACT)) == holdings(SHOP).told_by(uses(SHOP, CONTACT))


def test_a_gap_of_a_system_says_everything_that_a_screen_needs():
    one = uses(SHOP, CONTACT, organisation=organisation(name="Fjord Foods"))

    (gap,) = found(one, KNOWING, laws=(Law.CH, Law.EU))

    assert gap.as_json() | {"what": "", "why": "", "asks": "", "remedy": ""} == {
        "id": f"system-holds-data-that-no-record-lists:system-{SHOP.pk}:organisation-{one.organisation.pk}",
        "rule": "system-holds-data-that-no-record-lists",
        "severity": "serious",
        "area": "content",
        "article": "GDPR Art. 30(1)(c); FADP Art. 12(2)(c)",
        "record": None,
        "organisation": one.organisation.pk,
        "system": SHOP.pk,
        "reference": "",
        "fact": "data",
        "field": "",
        "row_list": "",
        "row": None,
        "what": "",
        "asks": "",
        "why": "",
        "remedy": "",
    }
    assert (gap.fact.label, gap.is_of_system, gap.is_of_organisation) == ("Data held", True, False)


def test_a_rule_that_no_law_of_the_records_knows_is_not_put():
    assert found(record(), KNOWING, laws=(Law.CALIFORNIA,)) == []


def test_categories_that_are_part_of_each_other_end():
    one, other = (frozen(entries.DataCategoryEntry, name=name) for name in "AB")
    known = {pk: entry._replace(parent=above) for pk, entry, above in ((one.pk, one, other), (other.pk, other, one))}
    system = held(known[one.pk])

    told = Holdings({"System": {system.pk: system}, "DataCategory": known}).told_by(uses(system, known[other.pk]))

    assert {said for _system, said in told} == {USED, ASKED, str(one.pk)}


def _shop(**values):
    category = factories.make(models.DataCategory, name="Allergies")
    system = factories.make(models.System, name="Shop", **values)
    factories.make(models.SystemData, system=system, category=category)
    return system, category


def _use(activity, system):
    factories.make(models.ActivitySystem, activity=activity, system=system)
    return activity


def _checked(register=None):
    subjects = check_whole(register or load_register())
    return {subject.label: [gap.rule.id for gap in gaps] for subject, gaps in subjects if "Shop" in subject.label}


UNLISTED, UNUSED = CASES


@pytest.mark.django_db
def test_a_contradiction_is_told_once_for_all_records_that_use_the_system(django_assert_num_queries):
    ours = factories.organisation(name="Ours", country="IE", email="a@b.example")
    system, category = _shop()
    activities = [factories.activity(ours) for _ in range(3)]
    register = load_register()
    with django_assert_num_queries(3):
        assert _checked(register) == {"Shop": [UNUSED]}

    for activity in activities:
        _use(activity, system)
    assert _checked() == {"Shop": [UNLISTED]}

    factories.make(models.ActivityDataCategory, activity=activities[1], category=category)
    assert _checked() == {"Shop": []}


@pytest.mark.django_db
def test_each_organisation_is_told_of_its_own_records():
    system, category = _shop()
    first, second, third = (factories.organisation(name=name, country="IE") for name in ("A", "B", "C"))
    _use(factories.activity(first), system)
    listing = _use(factories.activity(second), system)
    factories.make(models.ActivityDataCategory, activity=listing, category=category)
    factories.activity(third)
    register = load_register()

    *_others, (_system, gaps) = check_whole(register)
    assert [(gap.rule.id, gap.organisation_pk) for gap in gaps] == [(UNLISTED, first.pk)]
    assert _checked(register.of_organisation(second.pk)) == {"Shop": []}
    assert _checked(register.of_organisation(third.pk)) == {"Shop": []}  # others may use it: nobody looked


@pytest.mark.django_db
def test_where_an_organisation_is_alone_its_register_shows_that_nobody_uses_the_system():
    ours = factories.organisation(name="Ours", country="IE")
    factories.organisation(name="Partner", is_own=False)
    factories.activity(ours)
    _shop()

    assert _checked(load_register(organisation=ours.pk)) == {"Shop": [UNUSED]}


@pytest.mark.django_db
def test_contents_tell_what_records_tell():
    ours = factories.organisation(name="Ours")
    system, category = _shop()
    wider = factories.make(models.DataCategory, name="Health data")
    gone = factories.make(models.System, name="Silent")
    for number, (status, role) in enumerate(
        [("draft", "controller"), ("retired", "controller"), ("approved", "processor"), ("approved", "controller")]
    ):
        activity = factories.activity(ours, status=status, role=role)
        factories.make(models.ActivitySystem, activity=activity, system=(system, system, system, gone)[number])
        factories.make(models.ActivityDataCategory, activity=activity, category=(wider, category)[number % 2])
        factories.make(models.ActivityDataCategory, activity=activity, stated_as='"systems":[ALLERGIES', position=1)
    named = factories.activity(ours)
    factories.make(models.ActivitySystem, activity=named, stated_as="shop")
    factories.make(models.ActivityDataCategory, activity=named, stated_as="ALLERGIES")
    register = load_register()
    known = Holdings(register.entries)

    texts, records = list(register.stored()), list(register.activities())
    assert [known.told_in(text) for text in texts] == [known.told_by(one) for one in records]
    assert [len(known.told_in(text)) for text in texts] == [2, 0, 1, 0, 3]


def test_entries_that_the_register_lacks_are_called_as_they_were():
    content = {
        "status": "draft",
        "role": "controller",
        "systems": [{"stated_as": "", "system": [SHOP.pk, "Shop"]}],
        "data_categories": [{"category": [10**9, "Allergies"], "stated_as": ""}],
    }
    gathering = Gathering(holdings(SHOP))

    gathering.take(1, json.dumps(content, sort_keys=True, separators=(",", ":")))
    gathering.take(1, '{"form":1}')

    told = gathering.systems(are_known_of_all=True).told
    assert told == {(SHOP.pk, 1): frozenset({USED, ASKED, str(ALLERGIES.pk)})}


@pytest.mark.django_db
def test_nothing_is_gathered_where_no_system_says_what_it_holds():
    factories.activity(factories.organisation(name="Ours"))
    factories.make(models.System, name="Shop")

    assert context_of(load_register()).systems is None
