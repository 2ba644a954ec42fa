import pytest
from django.contrib.messages import get_messages
from django.urls import reverse

from registry import models
from registry.admin.across import place_of
from registry.reference.dpia_criteria import ARTICLE_35_3_CASES, WP248_CRITERIA
from registry.versioning.writing import change_set
from tests import factories
from tests.admin.screens import auditor, client_of, officer

pytestmark = pytest.mark.django_db


@pytest.fixture
def activity():
    with change_set():
        one = models.ProcessingActivity.objects.create(
            organisation=factories.organisation(name="Boulangerie O’Neil", country="FR"),
            reference="MK-1",
            name="Customer profiles",
            profiling="yes",
            description="Lookalike audiences are bought from data brokers.",
        )
        models.ActivityDataSubject.objects.create(activity=one, stated_as="Customers", approximate_number=20_000)
    return one


@pytest.fixture
def client():
    return client_of(officer())


def address(activity, query=""):
    return reverse("admin:screening", args=[activity.pk]) + query


def shown(response):
    lines = (*response.context["shown"], *response.context["cases"])
    return {line["one"].key: line for line in lines}


def sent(response, **changes):
    form = response.context["form"]
    data = {bound.html_name: bound.value() for bound in form}
    data = {name: value for name, value in data.items() if value not in (None, False)}
    return {**data, **changes}


def answer(client, activity, **changes):
    return client.post(address(activity), sent(client.get(address(activity)), **changes))


def assessments(activity):
    return list(activity.impact_assessments.order_by("position", "pk"))


def test_every_criterion_and_case_is_shown_with_what_suggests_it_and_where_that_stands(client, activity):
    response = client.get(address(activity))
    lines = shown(response)

    assert [line["one"].criterion for line in lines.values()] == [*WP248_CRITERIA, *ARTICLE_35_3_CASES]
    said = {key: (str(line["one"].reason), line["source"].label) for key, line in lines.items() if line["one"].reason}
    assert said == {
        "evaluation": ("The record says that people are profiled.", "Profiling"),
        "large_scale": ("The data are about 20,000 people.", "Data subjects"),
        "matching": ("The record speaks of combining data: “Lookalike”.", "Description"),
        "new_technology": ("The record speaks of new technology: “Lookalike”.", "Description"),
    }
    assert lines["matching"]["source"].words == "Lookalike audiences are bought from data brokers."
    assert lines["evaluation"]["url"] == place_of("profiling", activity.pk)
    assert {key: line["field"].value() for key, line in lines.items() if line["one"].reason} == dict.fromkeys(
        said, "yes"
    )
    assert lines["sensitive_data"]["field"].value() == "not_assessed"


def test_the_national_list_is_told_with_the_words_that_it_was_found_by(client, activity):
    page = client.get(address(activity)).content.decode()

    assert "CNIL: Profiling with data from external sources (no. 10)" in page
    assert "Somebody has to decide whether an impact assessment is needed" in page


def test_the_answers_and_the_decision_become_an_assessment_that_keeps_what_was_suggested(client, activity):
    response = answer(
        client,
        activity,
        matching="no",
        matching_reason="Nothing is added to a person’s data",
        vulnerable_subjects="yes",
        vulnerable_subjects_reason="Some are sixteen",
        conclusion="required",
        conclusion_reason="Three criteria",
    )

    (one,) = assessments(activity)
    assert response.status_code == 302
    assert (one.evaluation, one.matching, one.vulnerable_subjects, one.sensitive_data) == (
        "yes",
        "no",
        "yes",
        "not_assessed",
    )
    assert (one.conclusion, one.status, one.matching_reason) == (
        "required",
        "not_started",
        "Nothing is added to a person’s data",
    )
    assert one.screened_on is not None
    assert "Evaluation or scoring: The record says that people are profiled.\n" in one.suggested
    assert "CNIL: Profiling with data from external sources (no. 10)" in one.suggested
    assert [str(message) for message in get_messages(response.wsgi_request)] == [
        "Answers and decision are noted. The assessment itself is to be made now."
    ]


@pytest.mark.parametrize(
    ("changes", "field", "said"),
    [
        ({"evaluation": "no"}, "evaluation_reason", "The record suggests yes: say why it is no."),
        ({"sensitive_data": "yes"}, "sensitive_data_reason", "The record doesn't suggest it: say why it is so."),
        ({"conclusion": "not_required"}, "conclusion_reason", "Say why none is needed, though so much suggests it."),
    ],
)
def test_an_answer_that_differs_needs_its_reason_and_nothing_is_lost(client, activity, changes, field, said):
    response = answer(client, activity, **changes, dpo_advice="Typed by hand")

    assert (response.status_code, response.context["form"].errors[field]) == (400, [said])
    assert "Typed by hand" in response.content.decode()
    assert assessments(activity) == []


def test_an_approved_record_asks_for_the_reason_of_the_change(client, activity):
    with change_set():
        activity.status = "approved"
        activity.save()

    refused = answer(client, activity)
    noted = answer(client, activity, change_reason="the yearly look")

    assert refused.context["form"].errors["change_reason"] == ["This record is approved: say why it is changed."]
    assert noted.status_code == 302
    assert models.ChangeSet.objects.first().reason == "the yearly look"


def test_a_second_screening_changes_the_last_assessment_or_begins_a_new_one(client, activity):
    answer(client, activity, conclusion="required")
    answer(client, activity, conclusion="not_required", conclusion_reason="Only bread")
    assert [(one.conclusion, one.status) for one in assessments(activity)] == [("not_required", "not_required")]

    answer(client, activity, conclusion="required", anew="on")

    assert [one.conclusion for one in assessments(activity)] == ["not_required", "required"]


def test_a_screening_of_what_somebody_has_changed_meanwhile_is_refused(client, activity):
    data = sent(client.get(address(activity)))
    with change_set(actor=factories.user(first_name="Ane", last_name="Dahl")):
        activity.description = "Changed"
        activity.save()

    response = client.post(address(activity), data)

    assert response.status_code == 400
    assert "Ane Dahl has changed it meanwhile" in response.content.decode()
    assert assessments(activity) == []


def test_an_earlier_moment_shows_what_was_known_then_and_nothing_can_be_answered(client, activity):
    answer(client, activity, conclusion="required")
    then = models.ChangeSet.objects.first().made_at.isoformat()
    with change_set():
        activity.profiling, activity.description = "no", ""
        activity.save()

    now, before = client.get(address(activity)), client.get(address(activity), {"as_at": then})

    assert (shown(now)["evaluation"]["one"].reason, shown(before)["evaluation"]["one"].reason is None) == (None, False)
    assert before.context["form"] is None
    assert client.post(address(activity, f"?as_at={then.replace('+', '%2B')}"), {}).status_code == 403


def test_what_was_answered_does_not_suggest_itself(client, activity):
    with change_set():
        activity.description = ""
        activity.save()
    answer(client, activity, systematic_monitoring="yes", systematic_monitoring_reason="There is video surveillance")

    assert shown(client.get(address(activity)))["systematic_monitoring"]["one"].reason is None


def test_an_auditor_reads_and_prints_the_screening(client, activity):
    answer(client, activity, matching="no", matching_reason="Nothing is added", conclusion="required")
    reading = client_of(auditor())

    page = reading.get(address(activity))
    printed = reading.get(reverse("admin:screening_print", args=[activity.pk])).content.decode()

    assert page.context["form"] is None
    assert reading.post(address(activity), {}).status_code == 403
    for said in ("Nothing is added", "The record says that people are profiled.", "MK-1 Customer profiles"):
        assert said in page.content.decode()
        assert said in printed


def test_the_form_the_gap_and_the_list_of_assessments_lead_to_the_screening(client, activity):
    answer(client, activity)
    link = f'href="{address(activity)}"'
    form = client.get(reverse("admin:registry_processingactivity_change", args=[activity.pk])).content.decode()
    gap = client.get(f"/gaps/impact-assessment-undecided:{activity.pk}/").content.decode()
    listed = client.get(reverse("admin:registry_impactassessment_changelist")).content.decode()

    assert [link in page for page in (form, gap, listed)] == [True, True, True]
    assert form.count("Open the screening") == 1
    assert "?rule=impact-assessment-undecided" in listed


def test_an_activity_that_is_not_there_is_not_found(client):
    assert client.get("/screening/4711/").status_code == 404
