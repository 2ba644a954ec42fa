"""The lists of recipients, transfers, time limits, systems and measures."""

from datetime import date

import pytest

from registry import models
from registry.record.loader import load_register
from registry.reports.lists.measures import measures_list
from registry.reports.lists.recipients import recipients_list
from registry.reports.lists.records import controllers, processors
from registry.reports.lists.retention import retention_list
from registry.reports.lists.systems import systems_list
from registry.reports.lists.transfers import transfers_list
from registry.versioning.writing import change_set
from tests import factories
from tests.reports.lists.reading import column, rows
from tests.reports.texts import PROVENANCE

pytestmark = pytest.mark.django_db

EVERY = [recipients_list, transfers_list, retention_list, systems_list, measures_list, controllers, processors]


@pytest.fixture
def organisation():
    return factories.organisation(name="Fjord Foods AS")


@pytest.fixture
def payroll(organisation):
    """A record that names something in every list, by entry and in words."""
    host = factories.make(
        models.Recipient, name="Host GmbH", country="DE", kind="processor", contract_kind="processing_contract",
        contract_signed_on=date(2024, 1, 2), contract_ends_on=date(2027, 1, 2), contract_document="CS-1",
        sub_processor_authorisation="general", acts_on_instructions="yes", confidentiality="no",
    )  # fmt: skip
    below = factories.make(models.Recipient, name="Call Ltd", kind="sub_processor", country="IN", sub_processor_of=host)
    desk = factories.make(models.System, name="Desk", owner="IT", hosting_country="DE", provider=host)
    measure = factories.make(
        models.SecurityMeasure, name="Encryption", description="AES", nature="technical", group="restoration"
    )
    six = factories.make(
        models.RetentionSchedule, name="Six years", text="Six years from the end", period=6, unit="year",
        trigger="end", legal_source="Tax Act", disposal="erase", criteria_only=True,
    )  # fmt: skip
    health = factories.make(models.DataCategory, name="Health", sensitivity="special_category")
    activity = factories.activity(
        organisation, reference="A-1", name="Payroll", retention_schedule=six, transfers_answer="yes"
    )
    with change_set():
        activity.recipients.create(recipient=host, role="processor")
        activity.recipients.create(stated_as="Tax  office", role="public_authority", position=1)
        activity.transfers.create(
            recipient=below, country="IN", safeguard="A46-2-c", document="clauses", assessment_status="completed",
            assessed_on=date(2025, 1, 1), assessment_outcome="fine", supplementary_measures="keys",
        )  # fmt: skip
        activity.transfers.create(stated_as="abroad", position=1)
        activity.data_categories.create(category=health)
        activity.data_categories.create(stated_as="bank details", retention_stated_as="ten years", position=1)
        activity.systems.create(system=desk)
        activity.systems.create(stated_as="paper", position=1)
        activity.measures.create(measure=measure)
        activity.measures.create(stated_as="locked doors", position=1)
        activity.purposes.create(text="wages")
    return activity


def register():
    return load_register()


def test_recipients_with_what_binds_them_and_where_they_occur(payroll):
    found = rows(recipients_list(register(), PROVENANCE))

    assert [row["recipient"] for row in found] == ["Call Ltd", "Host GmbH", "Tax office"]
    called, host, office = found
    assert host == {
        "recipient": "Host GmbH", "roles": ("Processor",), "country": "Germany",
        "contract": "Contract with a processor, Art. 28(3)", "signed_on": date(2024, 1, 2),
        "ends_on": date(2027, 1, 2), "document": "CS-1",
        "authorisation": "General authorisation, changes are announced", "settled": 1, "open": host["open"],
        "number": 1, "activities": ("A-1 Payroll",),
    }  # fmt: skip
    assert host["open"][0] == "Persons bound to confidentiality: No"
    assert len(host["open"]) == 7
    assert (called["sub_processor_of"], called["roles"], "settled" in called) == (
        "Host GmbH",
        ("Sub-processor",),
        False,
    )
    assert office == {
        "recipient": "Tax office", "roles": ("Public authority",), "number": 1, "activities": ("A-1 Payroll",)
    }  # fmt: skip


def test_transfers_by_place_with_the_decisions_that_held(payroll, organisation):
    factories.activity(organisation, name="None", transfers_answer="no")
    factories.activity(organisation, name="Nobody said")
    with change_set():
        payroll.transfers.create(country="JP", safeguard="A45-3", position=2)

    found = transfers_list(register(), PROVENANCE)

    assert column(found, "place") == ["abroad", "India", "Japan"]
    _words, india, japan = rows(found)
    assert india == {
        "place": "India", "safeguard": "Standard contractual clauses of the Commission (GDPR Art. 46(2)(c))",
        "recipient": "Call Ltd", "activity": "A-1 Payroll", "document": "clauses", "status": "Completed",
        "assessed_on": date(2025, 1, 1), "outcome": "fine", "supplementary": "keys",
    }  # fmt: skip
    assert japan["decisions"][0].startswith("(EU) 2019/419")
    assert {chart.title: {bar.label: bar.count for bar in chart.bars} for chart in found.charts} == {
        "Transfers by country": {"India": 1, "Japan": 1, "none": 1, "not stated": 1},
        "Transfers by safeguard": {
            "Adequacy decision (GDPR Art. 45(3))": 1,
            "Standard contractual clauses of the Commission (GDPR Art. 46(2)(c))": 1,
        },
    }
    assert found.footnotes == (
        "Activities: 3. Answering that there are no transfers: 1. Saying neither that there are some nor that there are "
        "none: 1.",
    )


def test_time_limits_with_the_data_they_are_for_and_what_has_none(payroll, organisation):
    factories.activity(organisation, name="Open")
    with change_set():
        models.ProcessingActivity.objects.get(name="Open").data_categories.create(stated_as="logs")
    factories.activity(organisation, name="Whole", retention_stated_as="until the end")

    found = rows(retention_list(register(), PROVENANCE))

    assert found[0] == {
        "name": "Six years", "rule": "Six years from the end", "period": 6, "unit": "Years", "trigger": "end",
        "legal_source": "Tax Act", "disposal": "Erase", "kind": "Criteria only", "data": ("Health",), "number": 1,
        "activities": ("A-1 Payroll",),
    }  # fmt: skip
    assert [(row.get("rule"), row.get("data"), row["number"]) for row in found[1:]] == [
        ("ten years", ("bank details",), 1), ("until the end", ("all data",), 1), (None, ("logs",), 1),
    ]  # fmt: skip


def test_systems_with_who_runs_them_and_the_data_in_their_activities(payroll, organisation):
    factories.activity(organisation, name="Elsewhere")
    factories.make(models.SystemData, system=models.System.objects.get(), stated_as="Voices")

    desk, paper, none = rows(systems_list(register(), PROVENANCE))

    assert desk == {
        "system": "Desk", "owner": "IT", "hosted_in": "Germany", "provider": "Host GmbH",
        "contract": "Contract with a processor, Art. 28(3)", "held": ("Voices",), "special": "Art. 9",
        "data": ("Health", "bank details"),
        "number": 1, "activities": ("A-1 Payroll",),
    }  # fmt: skip
    assert (paper["system"], none["system"], none["activities"]) == (
        "paper",
        "no system stated",
        ("PA-0001 Elsewhere",),
    )


def test_measures_with_where_they_apply_and_where_none_is_named(payroll, organisation):
    factories.activity(organisation, reference="A-2", name="Bare")

    encryption, doors, none = rows(measures_list(register(), PROVENANCE))

    assert encryption == {
        "measure": "Encryption", "nature": "Technical", "group": "Restoring availability and access, Art. 32(1)(c)",
        "description": "AES", "number": 1, "activities": ("A-1 Payroll",),
    }  # fmt: skip
    assert (doors["measure"], none) == ("locked doors", {"number": 1, "activities": ("A-2 Bare",)})


def test_a_controllers_record_in_short(payroll):
    (row,) = rows(controllers(register(), PROVENANCE))

    assert row == {
        "reference": "A-1", "name": "Payroll", "purposes": ("wages",), "data_categories": ("Health", "bank details"),
        "recipients": ("Host GmbH", "Tax  office"),
        "transfers": ("India (Standard contractual clauses of the Commission (GDPR Art. 46(2)(c)))", "abroad"),
        "retention": ("Health: Six years from the end", "bank details: ten years"),
        "measures": ("Encryption", "locked doors"),
    }  # fmt: skip


def test_none_is_said_only_where_it_is_answered(organisation):
    factories.activity(organisation, name="Answered", recipients_answer="no", transfers_answer="no")
    factories.activity(organisation, name="Silent", retention_stated_as="a year")

    answered, silent = rows(controllers(register(), PROVENANCE))

    assert (answered["recipients"], answered["transfers"]) == ("none", "none")
    assert ("recipients" in silent, "transfers" in silent, silent["retention"]) == (False, False, ("a year",))


def test_data_without_a_time_limit_of_its_own_is_told_the_others(organisation):
    activity = factories.activity(organisation)
    with change_set():
        activity.data_categories.create(stated_as="logs", retention_stated_as="a month")
        activity.data_categories.create(stated_as="mail", position=1)

    (row,) = rows(controllers(register(), PROVENANCE))

    assert row["retention"] == ("logs: a month", "mail: not stated")


def test_a_processors_record_in_short(organisation):
    client = factories.organisation(name="Client", is_own=False)
    activity = factories.activity(
        organisation, reference="P-1", name="Hosting", role="processor", transfers_answer="no"
    )
    factories.activity(organisation, name="A controller's")
    with change_set():
        activity.controllers.create(organisation=client, categories_of_processing="hosting")

    assert rows(processors(register(), PROVENANCE)) == [
        {
            "reference": "P-1", "name": "Hosting", "controllers": ("Client",), "processing": ("hosting",),
            "transfers": "none",
        }
    ]  # fmt: skip


def test_lists_about_several_organisations_say_whose_an_activity_is(payroll):
    other = factories.organisation(name="Other")
    factories.activity(other, reference="B-1", name="Post")

    measures = measures_list(register(), PROVENANCE)

    assert column(measures, "activities")[-1] == ("Other: B-1 Post",)
    assert column(controllers(register(), PROVENANCE), "organisation") == ["Fjord Foods AS", "Other"]


@pytest.mark.parametrize("make", EVERY)
def test_a_list_of_nothing_says_so_and_names_its_origin(make):
    found = make(register(), PROVENANCE)

    assert rows(found) == []
    assert found.tables[0].empty.startswith(("No ", "The organisation has no"))
    assert [label for label, _value in found.about][-6:] == [
        "As at", "Records", "Filters", "Change set", "Chain head", "Produced",
    ]  # fmt: skip


@pytest.mark.parametrize("make", EVERY)
@pytest.mark.parametrize("number", [1, 3])
def test_the_number_of_queries_is_fixed(make, number, organisation, django_assert_num_queries):
    host = factories.make(models.Recipient, name="Host")
    system = factories.make(models.System, name="Desk", provider=host)
    for _ in range(number):
        activity = factories.activity(organisation)
        with change_set():
            activity.recipients.create(recipient=host)
            activity.systems.create(system=system)
            activity.transfers.create(recipient=host, country="US")
    found = register()

    with django_assert_num_queries(1):
        rows(make(found, PROVENANCE))


def test_a_sub_processor_is_told_with_the_activities_that_only_its_processor_leads_to(organisation):
    cloudy = factories.make(models.Recipient, name="Cloudy Inc.")
    deeper = factories.make(models.Recipient, name="Deeper Ltd", sub_processor_of=cloudy)
    deepest = factories.make(models.Recipient, name="Deepest SA", sub_processor_of=deeper)
    post = factories.make(models.Recipient, name="Post Oy")
    hosted = factories.activity(organisation, reference="A-1", name="Hosting")
    both = factories.activity(organisation, reference="A-2", name="Mailing")
    with change_set():
        for entry, activity in ((cloudy, hosted), (cloudy, both), (deeper, both), (post, both)):
            activity.recipients.create(recipient=entry)
        both.systems.create(system=models.System.objects.create(name="Store", provider=deepest))

    found = rows(recipients_list(register(), PROVENANCE))
    told = {row["recipient"]: (row["number"], row["activities"]) for row in found}

    assert told == {
        "Cloudy Inc.": (2, ("A-1 Hosting", "A-2 Mailing")),
        "Deeper Ltd": (2, ("A-1 Hosting (through Cloudy Inc.)", "A-2 Mailing")),
        "Deepest SA": (2, ("A-1 Hosting (through Cloudy Inc. – Deeper Ltd)", "A-2 Mailing")),
        "Post Oy": (1, ("A-2 Mailing",)),
    }
