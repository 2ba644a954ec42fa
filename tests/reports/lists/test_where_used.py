from types import SimpleNamespace

import pytest

from registry import models
from registry.record.loader import load_register
from registry.reports.errors import ReportError
from registry.reports.lists.where_used import where_used_list
from registry.reports.subjects import ENTRIES, Subject, find_subject, subjects
from registry.versioning.writing import change_set
from tests import factories
from tests.reports.lists.reading import column, rows
from tests.reports.texts import PROVENANCE

pytestmark = pytest.mark.django_db


def used(subject):
    return where_used_list(load_register(), subject, PROVENANCE)


@pytest.fixture
def world():
    """Three activities: one names everything itself, one reaches the host through others, one has nothing to do."""
    organisation = factories.organisation(name="Fjord Foods AS")
    host = factories.make(models.Recipient, name="Host", country="IN")
    below = factories.make(models.Recipient, name="Below", sub_processor_of=host)
    desk = factories.make(models.System, name="Desk", provider=host, hosting_country="IN")
    wide = factories.make(models.DataCategory, name="Contact data")
    narrow = factories.make(models.DataCategory, name="Telephone", parent=wide, sensitivity="special_category")
    unit = factories.make(models.OrganisationUnit, organisation=organisation, name="Sales")
    direct, through, _other = (
        factories.activity(organisation, reference=f"A-{place}", name=name, unit=unit if not place else None)
        for place, name in enumerate(("Direct", "Through", "Other"))
    )
    with change_set():
        direct.recipients.create(recipient=host, what_for="hosting")
        direct.transfers.create(recipient=host, country="IN", safeguard="A46-2-c", position=0)
        direct.data_subjects.create(stated_as="customers", approximate_number=1200)
        direct.data_subjects.create(stated_as="callers", approximate_number=300, position=1)
        through.recipients.create(recipient=below)
        through.systems.create(system=desk)
        through.data_categories.create(category=narrow)
    return SimpleNamespace(**locals())


def test_what_depends_on_a_recipient_directly_or_by_way_of_another(world):
    direct, through = rows(used(Subject.of(world.host)))

    assert direct == {
        "reference": "A-0", "name": "Direct", "where": ("Recipients: Host", "Transfers: Host"), "status": "Draft",
        "unit": "Sales", "data_subjects": ("customers", "callers"), "people": 1500,
    }  # fmt: skip
    assert through["where"] == ("Recipients: Below – Sub-processor of", "Systems: Desk – Provider")
    assert (through["data_categories"], through["special"]) == (("Telephone",), "Art. 9")


@pytest.mark.parametrize(
    ("subject", "where"),
    [
        (lambda world: Subject("country", "IN"), [("Recipients: Host – Country", "Transfers: Host"), ("Recipients: Below – Sub-processor of Host – Country", "Systems: Desk – Hosted in", "Systems: Desk – Provider Host – Country")]),
        (lambda world: Subject("safeguard", "A46-2-c"), [("Transfers: Host",)]),
        (lambda world: Subject.of(world.desk), [("Systems: Desk",)]),
        (lambda world: Subject.of(world.wide), [("Data categories: Telephone – Part of",)]),
        (lambda world: Subject.of(world.unit), [("Unit",)]),
        (lambda world: Subject.of(world.organisation), [("Organisation", "Unit"), ("Organisation",), ("Organisation",)]),
    ],
)  # fmt: skip
def test_everything_that_records_refer_to_can_be_asked_for(world, subject, where):
    found = column(used(subject(world)), "where")

    assert [tuple(one for one in some if not one.startswith("Unit –")) for some in found] == [
        tuple(one for one in some if one != "Unit" or len(some) == 1) for some in where
    ]


def test_whoever_uses_a_processor_depends_on_those_that_it_engages(world):
    deepest = factories.make(models.Recipient, name="Deepest", sub_processor_of=world.below, country="MY")

    ways = column(used(Subject.of(deepest)), "where")

    assert ways == [
        ("Recipients: Host – Sub-processor Below – Sub-processor Deepest", "Transfers: Host – Sub-processor Below – Sub-processor Deepest"),
        ("Recipients: Below – Sub-processor Deepest", "Systems: Desk – Provider Host – Sub-processor Below – Sub-processor Deepest"),
    ]  # fmt: skip
    assert [row["reference"] for row in rows(used(Subject("country", "MY")))] == ["A-0", "A-1"]


def test_whoever_uses_a_sub_processor_does_not_depend_on_the_others_of_its_processor(world):
    other = factories.make(models.Recipient, name="Beside", sub_processor_of=world.host)
    alone = factories.activity(world.organisation, reference="A-9", name="Alone")
    with change_set():
        alone.recipients.create(recipient=world.below)

    assert "A-9" not in [row["reference"] for row in rows(used(Subject.of(other)))]
    assert "A-9" in [row["reference"] for row in rows(used(Subject.of(world.host)))]


def test_units_and_categories_lead_to_what_they_are_part_of_at_any_depth(world):
    top = factories.make(models.OrganisationUnit, organisation=world.organisation, name="Group")
    middle = factories.make(models.OrganisationUnit, organisation=world.organisation, name="Trade", parent=top)
    widest = factories.make(models.DataCategory, name="Everything")
    with change_set():
        world.unit.parent = middle
        world.unit.save()
        world.wide.parent = widest
        world.wide.save()

    assert column(used(Subject.of(top)), "where") == [("Unit: Sales – Part of",)]
    assert column(used(Subject.of(widest)), "where") == [
        ("Data categories: Telephone – Part of Contact data – Part of",)
    ]


def test_processors_that_engage_each_other_end_the_search(world):
    with change_set():
        world.host.sub_processor_of = world.below
        world.host.save()

    assert column(used(Subject("country", "MY")), "where") == []


def test_the_report_says_what_is_known_of_the_thing_itself(world):
    found = used(Subject.of(world.desk))

    assert found.title == "Where “Desk” is used"
    assert found.about[:3] == (("System", "Desk"), ("Hosted in", "India"), ("Provider", "Host"))


def test_a_category_leads_to_the_systems_that_hold_it_and_the_activities_that_use_these(world):
    voices = factories.make(models.DataCategory, name="Voices")
    factories.make(models.SystemData, system=world.desk, category=voices)
    factories.make(models.SystemData, system=world.desk, category=world.narrow, position=1)
    factories.make(models.SystemData, system=world.desk, stated_as="Moods", position=2)
    attic = factories.make(models.System, name="attic")
    factories.make(models.SystemData, system=attic, category=voices)

    found, wider = used(Subject.of(voices)), used(Subject.of(world.wide))

    assert column(found, "where") == [("Systems: Desk – Data held",)]
    assert found.about[2] == ("Held in these systems", "attic; Desk")
    assert column(wider, "where") == [
        ("Data categories: Telephone – Part of", "Systems: Desk – Data held: Telephone – Part of")
    ]
    assert ("Data held", "Voices; Telephone; Moods") in used(Subject.of(world.desk)).about


def test_what_nothing_depends_on_is_said_to_be_unused(world):
    unused = factories.make(models.System, name="Attic")

    found = used(Subject.of(unused))

    assert (rows(found), found.tables[0].empty) == ([], "No activity names it.")


@pytest.mark.parametrize("text", ["recipient:77777", "country:XX", "recipient:x", "activity:1"])
def test_what_the_register_does_not_know_is_refused(world, text):
    with pytest.raises(ReportError, match="is not in the register at this moment"):
        used(Subject.read(text))


def test_people_name_a_subject_by_its_name_its_key_or_its_code(world):
    basis = factories.make(models.LegalBasis, code="T-1", title="Contract", regime="eu", kind="lawful_basis")
    register = load_register()

    found = [
        str(find_subject(text, register))
        for text in ("recipient:host", f"recipient:{world.host.pk}", "legal-basis:t-1", "country:India", "country:in")
    ]

    assert found == [
        f"recipient:{world.host.pk}", f"recipient:{world.host.pk}", f"legal-basis:{basis.pk}", "country:IN", "country:IN",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Host", "“Host” names no subject."),
        ("gossip:Host", "There is no kind “gossip”. Write one of: recipient, system,"),
        ("recipient:o", "“recipient:o” names nothing in the register at this moment. Near it: “Host”, “Below”."),
        ("recipient:zzz", "“recipient:zzz” names nothing in the register at this moment. Near it: –."),
        (
            "country:Zzz",
            "“country:Zzz” names nothing in the register at this moment. Near it: –. Write the whole name, or a key such as country:AF.",
        ),
    ],
)
def test_a_subject_that_cannot_be_found_is_answered_with_what_is_near(world, text, said):
    with change_set():
        models.Recipient.objects.exclude(name__in=("Host", "Below")).delete()

    with pytest.raises(ReportError) as refused:
        find_subject(text, load_register())

    assert refused.value.message.startswith(said)


def test_of_several_of_one_name_one_is_to_be_named_by_its_key(world):
    organisations = [factories.organisation(name=name) for name in ("East", "West")]
    twins = [factories.make(models.OrganisationUnit, organisation=one, name="Payroll") for one in organisations]

    with pytest.raises(ReportError) as refused:
        find_subject("unit:payroll", load_register())

    assert refused.value.message == (
        f"Several entries are called “payroll”. Name one by its key: unit:{twins[0].pk}, unit:{twins[1].pk}."
    )


def test_all_kinds_of_subjects_are_offered_by_name(world):
    offered = dict(subjects(load_register()))

    assert list(offered) == [
        "Recipient", "System", "Category of personal data", "Category of data subjects", "Legal basis", "Retention schedule",
        "Security measure", "Organisation", "Unit", "Country", "Safeguard",
    ]  # fmt: skip
    assert offered["System"] == [(f"system:{world.desk.pk}", "Desk")]
    assert len(ENTRIES) == 9


@pytest.mark.parametrize("number", [1, 3])
def test_the_number_of_queries_is_fixed(world, number, django_assert_num_queries):
    for _ in range(number):
        activity = factories.activity(world.organisation)
        with change_set():
            activity.systems.create(system=world.desk)
    register = load_register()

    with django_assert_num_queries(1):
        rows(where_used_list(register, Subject.of(world.host), PROVENANCE))
