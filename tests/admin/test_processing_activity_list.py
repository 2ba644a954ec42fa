from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone, translation

from registry import models
from registry.admin.activity_filters import ON
from registry.standing.questions import QUESTIONS
from registry.standing.refresh import refresh
from registry.versioning.writing import change_set
from tests import factories
from tests.admin import activity_forms as forms
from tests.admin.screens import client_of, officer
from tests.admin.test_processing_activity import full_activity

pytestmark = pytest.mark.django_db


@pytest.fixture
def organisation():
    return factories.organisation(name="Fjord Foods AS")


@pytest.fixture
def client():
    return client_of(officer())


def page(client, **query):
    return client.get(reverse(forms.LIST), query)


def names(response):
    return [activity.name for activity in response.context["cl"].result_list]


def row(model, activity, **values):
    return factories.make(model, activity=activity, **values)


def test_the_list_of_three_needs_no_more_queries_than_of_one(client, organisation, django_assert_num_queries):
    full_activity(organisation, 3)
    page(client)
    needed = 18

    for _again in range(2):
        with django_assert_num_queries(needed):
            page(client)
        full_activity(organisation, 3)
        full_activity(organisation, 3)
        refresh()


def test_the_columns_say_it_in_short(client, organisation):
    unit = factories.make(models.OrganisationUnit, organisation=organisation, name="Staff office")
    activity = factories.activity(organisation, name="Payroll", unit=unit, status="approved", transfers_answer="yes")
    basis = factories.make(
        models.LegalBasis,
        code="A6-1-b",
        title="Contract",
        citation="GDPR Art. 6(1)(b)",
        regime="eu",
        kind="lawful_basis",
    )
    row(models.ActivityLegalBasis, activity, legal_basis=basis)
    row(models.ActivityLegalBasis, activity, stated_as="§ 26 BDSG", position=1)
    row(models.ActivityLegalBasis, activity, stated_as="and another", position=2)
    health = factories.make(models.DataCategory, name="Health data", sensitivity="special_category")
    row(models.ActivityDataCategory, activity, category=health)
    row(models.Transfer, activity, country="US")

    shown = page(client).context["cl"]

    model_admin = shown.model_admin
    (listed,) = shown.result_list
    assert model_admin.bases(listed) == "Art. 6(1)(b), “§ 26 BDSG” and 1 more"
    with translation.override("fr"):
        assert model_admin.bases(listed).endswith(" et 1 autre")
    assert model_admin.special(listed) == "Art. 9"
    assert model_admin.third_countries(listed) == "United States"
    assert "Approved" in model_admin.state(listed)
    assert model_admin.review(listed) == "–"


def test_the_columns_tell_none_from_unanswered(client, organisation):
    factories.activity(organisation, name="A", special_categories="no", transfers_answer="no")
    factories.activity(organisation, name="B")
    factories.activity(organisation, name="C", special_categories="yes")

    shown = page(client).context["cl"]

    said = [(shown.model_admin.special(each), shown.model_admin.third_countries(each)) for each in shown.result_list]
    assert said == [("None", "None"), ("–", "–"), ("Art. 9", "–")]


def test_a_review_that_is_due_says_so(client, organisation):
    today = timezone.localdate()
    due = factories.activity(organisation, next_review_on=today)
    later = factories.activity(organisation, next_review_on=today + timedelta(days=1))
    retired = factories.activity(organisation, next_review_on=today, status="retired")

    model_admin = page(client).context["cl"].model_admin

    assert ["due" in model_admin.review(activity) for activity in (due, later, retired)] == [True, False, False]


def test_reference_and_name_lead_to_the_record(client, organisation):
    activity = factories.activity(organisation, name="Payroll")

    content = page(client).content.decode()

    address = reverse(forms.CHANGE, args=[activity.pk])
    assert content.count(f'href="{address}"') == 2


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("PA-0001", ["Payroll"]),
        ("ext-77", ["Payroll"]),
        ("payroll", ["Payroll"]),
        ("salaries", ["Payroll"]),
        ("O'Neill", ["Payroll"]),
        ("o'neill", ["Payroll"]),
        ("bureau", ["Payroll"]),
        ("warehouse staff", ["Payroll"]),
        ("interns", ["Payroll"]),
        ("payroll interns bureau", ["Payroll"]),
        ("payroll nowhere", []),
        ('"paying salaries"', ["Payroll"]),
        ('"salaries paying"', []),
        ("müller", ["Payroll"]),
        ("MÜLLER", ["Payroll"]),
        ("100%", []),
        ("news_etter", []),
        ("  ", ["Payroll", "Newsletter"]),
    ],
)
def test_the_search_finds_every_word_wherever_it_stands(client, organisation, words, found):
    payroll = factories.activity(organisation, name="Payroll", external_reference="EXT-77")
    factories.activity(organisation, name="Newsletter")
    row(models.Purpose, payroll, text="Paying salaries, each month")
    row(models.ActivityRecipient, payroll, stated_as="Steuerbüro Müller")
    row(
        models.ActivityRecipient, payroll, recipient=factories.make(models.Recipient, name="O'Neill Bureau"), position=1
    )
    row(models.ActivityDataSubject, payroll, stated_as="Warehouse staff")
    row(
        models.ActivityDataSubject,
        payroll,
        category=factories.make(models.DataSubjectCategory, name="Interns"),
        position=1,
    )

    assert names(page(client, q=words)) == found


def test_a_search_that_finds_very_many_finds_them_all(client, organisation):
    for number in range(3):
        factories.activity(organisation, name=f"Payroll {number}")

    assert names(page(client, q="payroll")) == ["Payroll 0", "Payroll 1", "Payroll 2"]


def asked(client, key):
    response = page(client, **{key: ON})
    (line,) = [line for line in response.context["cl"].questions() if line["selected"]]
    assert line["count"] == len(names(response))
    return names(response)


def answered(organisation, name, **values):
    """A controller's activity that no question is true of."""
    complete = {
        "special_categories": "no",
        "recipients_answer": "no",
        "transfers_answer": "no",
        "profiling": "no",
        "automated_decisions": "no",
        "retention_stated_as": "",
        "name": name,
    }
    with change_set():
        schedule, _made = models.RetentionSchedule.objects.get_or_create(name="A year", defaults={"text": "a year"})
        activity = models.ProcessingActivity.objects.create(
            organisation=organisation, **{**complete, "retention_schedule": schedule, **values}
        )
        models.Purpose.objects.create(activity=activity, text="a purpose")
        basis, _made = models.LegalBasis.objects.get_or_create(
            code="X-1", defaults={"title": "A basis", "regime": "eu", "kind": "lawful_basis"}
        )
        models.ActivityLegalBasis.objects.create(activity=activity, legal_basis=basis)
    return activity


def test_nothing_is_asked_about_a_record_without_gaps(client, organisation):
    answered(organisation, "Complete")

    assert {question.key: asked(client, question.key) for question in QUESTIONS} == {
        question.key: [] for question in QUESTIONS
    }


def test_each_question_finds_the_record_that_it_is_true_of(client, organisation):
    today = timezone.localdate()
    answered(organisation, "Complete")
    without_purpose, without_basis = answered(organisation, "No purpose"), answered(organisation, "No basis")
    with change_set():
        without_purpose.purposes.get().delete()
        without_basis.legal_bases.get().delete()
    answered(organisation, "No retention", retention_schedule=None)
    answered(organisation, "Unanswered", profiling="not_assessed")
    unsafe = answered(organisation, "Unsafe transfer", transfers_answer="yes")
    row(models.Transfer, unsafe, country="US")
    safe = answered(organisation, "Safe transfer", transfers_answer="yes")
    row(models.Transfer, safe, country="US", safeguard="A46-2-c")
    near = answered(organisation, "Transfer to Norway", transfers_answer="yes")
    row(models.Transfer, near, country="NO")
    answered(organisation, "Due", next_review_on=today)
    answered(organisation, "Retired", next_review_on=today, status="retired")
    health = answered(organisation, "Health")
    row(
        models.ActivityDataCategory,
        health,
        category=factories.make(models.DataCategory, name="Health data", sensitivity="special_category"),
    )
    answered(organisation, "Said to be special", special_categories="yes")
    words = answered(organisation, "Words", recipients_answer="yes")
    row(models.ActivityRecipient, words, stated_as="the bank")

    attention = ["No purpose", "No basis", "No retention", "Unanswered", "Unsafe transfer"]
    assert {question.key: asked(client, question.key) for question in QUESTIONS} == {
        "attention": attention,
        "no-purpose": ["No purpose"],
        "no-legal-basis": ["No basis"],
        "no-retention": ["No retention"],
        "no-safeguard": ["Unsafe transfer"],
        "unanswered": ["Unanswered"],
        "review-due": ["Due"],
        "outside-eea": ["Unsafe transfer", "Safe transfer"],
        "special": ["Health", "Said to be special"],
        "no-contract": [],
        "not-matched": ["Words"],
    }


def test_retention_in_the_rows_is_retention(client, organisation):
    schedule = factories.make(models.RetentionSchedule, name="Two years", text="two years")
    stated = answered(organisation, "In its row", retention_schedule=None)
    names_data = factories.make(models.DataCategory, name="Names")
    row(models.ActivityDataCategory, stated, category=names_data, retention_schedule=schedule)
    partly = answered(organisation, "In one of two rows", retention_schedule=None)
    row(models.ActivityDataCategory, partly, stated_as="A", retention_stated_as="a week")
    row(models.ActivityDataCategory, partly, stated_as="B", position=1)

    assert asked(client, "no-retention") == ["In one of two rows"]


def test_a_processor_needs_a_contract_that_has_not_ended(client, organisation):
    today = timezone.localdate()
    cases = {
        "Bound": {"kind": "processor", "contract_kind": "processing_contract"},
        "Unbound": {"kind": "processor"},
        "Ended": {
            "kind": "processor",
            "contract_kind": "standard_clauses",
            "contract_ends_on": today - timedelta(days=1),
        },
        "Last day": {"kind": "processor", "contract_kind": "standard_clauses", "contract_ends_on": today},
        "Wrong kind": {"kind": "processor", "contract_kind": "confidentiality_agreement"},
        "Service provider": {"kind": "processor", "contract_kind": "ccpa_agreement"},
        "Engaged by the processor": {"kind": "sub_processor"},
        "Only a category": {"kind": "processor", "nature": "category"},
        "Authority": {"kind": "public_authority"},
    }
    for name, values in cases.items():
        activity = answered(organisation, name, recipients_answer="yes")
        row(models.ActivityRecipient, activity, recipient=factories.make(models.Recipient, name=name, **values))
    hosting = factories.activity(organisation, name="Hosting", role="processor")
    row(models.ActivityRecipient, hosting, recipient=models.Recipient.objects.get(name="Engaged by the processor"))
    here = answered(organisation, "Processor here", recipients_answer="yes")
    row(models.ActivityRecipient, here, recipient=models.Recipient.objects.get(name="Authority"), role="processor")
    in_words = answered(organisation, "In words", recipients_answer="yes")
    row(models.ActivityRecipient, in_words, stated_as="some bureau", role="processor")

    assert asked(client, "no-contract") == [
        "Unbound",
        "Ended",
        "Wrong kind",
        "Hosting",
        "Processor here",
        "In words",
    ]


def test_a_processors_record_is_not_asked_what_only_controllers_are(client, organisation):
    factories.activity(organisation, name="Hosting", role="processor", transfers_answer="no")
    factories.activity(organisation, name="Printing", role="processor")

    assert (asked(client, "attention"), asked(client, "unanswered")) == (["Printing"], ["Printing"])


def test_facts_are_filtered_by_and_counted(client, organisation):
    unit = factories.make(models.OrganisationUnit, organisation=organisation, name="Sales")
    factories.activity(organisation, name="A", status="draft", unit=unit)
    factories.activity(organisation, name="B", status="approved")
    factories.activity(organisation, name="C", status="approved", role="processor")

    response = page(client, status="approved")

    groups = {
        str(group["title"]): [(str(line["display"]), line["count"], line["selected"]) for line in group["lines"]]
        for group in response.context["cl"].choice_groups()
    }
    assert names(response) == ["B", "C"]
    assert groups == {
        "Status": [("All", 3, False), ("Draft", 1, False), ("Approved", 2, True)],
        "Our role": [("All", 2, True), ("Controller", 1, False), ("Processor", 1, False)],
        "Unit": [("All", 2, True), ("No unit", 2, False)],
    }


def test_activities_of_somebody_who_leaves_are_found_by_their_owner(client, organisation, django_user_model):
    leaving = django_user_model.objects.create_user("lea", first_name="Lea", last_name="O'Hara")
    django_user_model.objects.create_user("owns-nothing")
    factories.activity(organisation, name="A", owner=leaving)
    factories.activity(organisation, name="B")

    response = page(client, owner=leaving.pk)

    owners = next(group for group in response.context["cl"].choice_groups() if str(group["title"]) == "Owner")
    assert (names(response), names(page(client, owner="none"))) == (["A"], ["B"])
    assert [(str(line["display"]), line["count"], line["selected"]) for line in owners["lines"]] == [
        ("All", 2, False),
        ("Lea O'Hara", 1, True),
        ("No owner", 1, False),
    ]


def test_organisations_can_be_chosen_where_there_are_several(client, organisation):
    other = factories.organisation(name="Zebra Ltd")
    factories.activity(organisation, name="A")
    factories.activity(other, name="B")

    assert names(page(client, organisation=other.pk)) == ["B"]


def test_a_value_that_does_not_exist_finds_nothing(client, organisation):
    unit = factories.make(models.OrganisationUnit, organisation=organisation, name="Sales")
    factories.activity(organisation, unit=unit)

    assert names(page(client, status="lost")) == []
    assert names(page(client, unit="x")) == []


def test_a_question_with_another_value_is_not_asked(client, organisation):
    factories.activity(organisation, name="A")

    assert names(page(client, attention="perhaps")) == ["A"]


def test_the_list_is_ordered_by_organisation_and_reference(client, organisation):
    first = factories.organisation(name="Alpha AG")
    factories.activity(organisation, name="2", reference="PA-0002")
    factories.activity(organisation, name="1", reference="PA-0001")
    factories.activity(first, name="0", reference="PA-0009")

    assert names(page(client)) == ["0", "1", "2"]


def test_an_empty_list_says_what_belongs_there(client):
    content = page(client).content.decode()

    assert "There are no processing activities yet." in content
    assert (
        "Each processing activity of the organisation is one record here, such as payroll or the newsletter." in content
    )
    assert f'<a class="button" href="{reverse(forms.ADD)}">' in content


def test_a_list_that_a_search_has_emptied_leads_back(client, organisation):
    factories.activity(organisation)

    content = page(client, q="nowhere").content.decode()

    assert "Nothing matches." in content
