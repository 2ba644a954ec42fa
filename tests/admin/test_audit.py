"""Audits on screen: their scope, sample, findings and corrective actions, and who may do what."""

import re
from datetime import date

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from registry import models
from registry.versioning.writing import change_set
from tests import factories
from tests.admin import screens
from tests.admin.activity_forms import shown_data

pytestmark = pytest.mark.django_db

LIST, ADD = reverse("admin:registry_audit_changelist"), reverse("admin:registry_audit_add")
NO_ROWS = {
    f"{rows}-{name}": "0"
    for rows in ("activities", "recipients", "systems")
    for name in ("TOTAL_FORMS", "INITIAL_FORMS")
}


@pytest.fixture
def client():
    return screens.client_of(screens.officer())


@pytest.fixture
def organisation():
    return factories.organisation(name="Fjord Foods AS")


@pytest.fixture
def activities(organisation):
    return [factories.activity(organisation, reference=f"A-{number}", name=f"Activity {number}") for number in range(4)]


@pytest.fixture
def audit(organisation, activities):
    return factories.make(models.Audit, name="Yearly audit", organisation=organisation)


def form_of(audit):
    return reverse("admin:registry_audit_change", args=[audit.pk])


def sample_of(audit):
    return reverse("admin:audit_sample", args=[audit.pk])


def finding(audit, name="Late opt-outs", actions=(), **values):
    made = factories.make(models.Finding, audit=audit, name=name, **values)
    for place, one in enumerate(actions):
        factories.make(models.CorrectiveAction, finding=made, position=place, **one)
    return made


def test_an_audit_is_planned_with_its_scope_in_one_change(client, organisation, activities):
    recipient = factories.make(models.Recipient, name="Payroll bureau")
    sent = {
        **NO_ROWS,
        "name": "Visit to the payroll bureau",
        "kind": "recipient",
        "organisation": organisation.pk,
        "planned_on": "2027-02-09",
        "recipients-TOTAL_FORMS": "1",
        "recipients-0-recipient": recipient.pk,
        "systems-TOTAL_FORMS": "1",
        "systems-0-stated_as": "The site in Cork",
    }

    answer = client.post(ADD, sent)

    assert answer.status_code == 302
    audit = models.Audit.objects.get()
    assert (audit.kind, audit.planned_on) == ("recipient", date(2027, 2, 9))
    assert [str(row) for row in (*audit.recipients.all(), *audit.systems.all())] == [
        "Payroll bureau",
        "The site in Cork",
    ]
    assert audit.history.count() == 1


def test_a_row_that_names_nothing_is_refused_and_a_name_is_used_once(client, audit):
    sent = {
        **NO_ROWS,
        "name": "yearly AUDIT",
        "kind": "internal",
        "activities-TOTAL_FORMS": "1",
        "activities-0-stated_as": " ",
        "activities-0-formerly": "",
    }

    page = client.post(ADD, sent).content.decode()

    assert "“yearly AUDIT” exists already." in page
    assert models.Audit.objects.count() == 1


def test_the_sample_is_drawn_on_its_page_and_shown_as_drawn(client, audit):
    shown = client.get(sample_of(audit))
    assert "What was drawn" not in shown.content.decode()

    answer = client.post(
        sample_of(audit),
        {"size": "2", "among": "in_use", "seed": "two words", "seen": shown.context["newest"]},
        follow=True,
    )

    assert answer.redirect_chain == [(form_of(audit), 302)]
    assert [str(one) for one in answer.context["messages"]] == ["2 activities are drawn and in the scope."]
    assert audit.activities.filter(is_sampled=True).count() == 2
    page = client.get(sample_of(audit))
    assert page.context["is_as_drawn"] is True
    assert "2 activities of 4, by the seed <code>two words</code>." in page.content.decode()


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"seed": ""}, "This field is required."),
        ({"size": "0"}, "greater than or equal to 1"),
        ({"size": "5"}, "There are 4 such activities"),
        ({"among": "all"}, "Select a valid choice."),
        ({"seen": "9" * 30}, "has changed it meanwhile"),
    ],
)
def test_a_sample_that_cannot_be_drawn_is_refused_at_the_form(client, audit, values, said):
    newest = client.get(sample_of(audit)).context["newest"]
    sent = {"size": "2", "among": "in_use", "seed": "two words", "seen": newest, **values}

    answer = client.post(sample_of(audit), sent)

    assert answer.status_code == 400
    page = answer.content.decode()
    assert "Nothing was drawn." in page
    assert said in page
    assert audit.activities.count() == 0


def test_the_form_changes_nothing_of_a_sample(client, audit, activities):
    with change_set(reason="for a test"):
        models.AuditedActivity.objects.create(audit=audit, activity=activities[0])
    steered = {"sample_seed": "steered", "as_at_change_set": "1", "activities-0-is_sampled": "on"}
    sent = {**shown_data(client.get(form_of(audit))), **steered, "framework": "GDPR"}

    assert client.post(form_of(audit), sent).status_code == 302

    audit.refresh_from_db()
    assert (audit.framework, audit.sample_seed, audit.as_at_change_set) == ("GDPR", "", None)
    assert audit.activities.get().is_sampled is False


@pytest.mark.parametrize("person", [screens.auditor, screens.owner])
def test_who_only_reads_sees_audit_sample_and_findings_and_writes_nothing(audit, person):
    finding(audit)
    client = screens.client_of(person())

    assert "Late opt-outs" in client.get(form_of(audit)).content.decode()
    page = client.get(sample_of(audit)).content.decode()
    assert 'name="seed"' not in page
    assert client.post(sample_of(audit), {"size": "1", "among": "in_use", "seed": "x"}).status_code == 403
    assert client.post(ADD, {**NO_ROWS, "name": "x", "kind": "internal"}).status_code == 403
    assert "add_finding" not in page
    assert models.Audit.objects.count() == 1


def test_who_sees_nothing_of_audits_is_refused_their_sample(audit):
    client = screens.client_of(screens.marketing())

    assert client.get(sample_of(audit)).status_code == 403
    assert client.get(LIST).status_code == 403


def test_findings_stand_on_the_page_of_their_audit_the_gravest_first(client, audit):
    finding(audit, "A small thing", weight="observation")
    finding(audit, "A grave thing", weight="major", actions=[{"what": "Mend it", "due_on": date(2020, 1, 1)}])

    page = client.get(form_of(audit)).content.decode()

    assert page.index("A grave thing") < page.index("A small thing")
    assert re.search(r"overdue", page)
    assert f'href="{reverse("admin:registry_finding_add")}?audit={audit.pk}"' in page


def test_a_finding_with_its_actions_is_one_change_and_leads_back_to_the_audit(client, audit):
    sent = {
        "audit": audit.pk,
        "name": "Late opt-outs",
        "weight": "major",
        "actions-TOTAL_FORMS": "1",
        "actions-INITIAL_FORMS": "0",
        "actions-0-what": "Draw the list later",
        "actions-0-due_on": "2026-12-01",
    }

    answer = client.post(f"{reverse('admin:registry_finding_add')}?audit={audit.pk}", sent)

    assert answer.status_code == 302
    assert answer.url == f"{form_of(audit)}#findings"
    made = models.Finding.objects.get()
    assert [one.what for one in made.actions.all()] == ["Draw the list later"]
    assert made.history.count() == 1


@time_machine.travel("2026-11-15 12:00 +0000", tick=False)
def test_findings_are_found_by_how_far_their_actions_are(client, audit):
    done, seen = {"done_on": date(2026, 11, 1)}, {"verified_on": date(2026, 11, 2)}
    finding(audit, "overdue", actions=[{"what": "x", "due_on": date(2026, 11, 14)}])
    finding(audit, "waiting", actions=[{"what": "x", "due_on": date(2026, 11, 15)}, {"what": "y", **done}])
    finding(audit, "done", actions=[{"what": "x", **done}])
    finding(audit, "verified", actions=[{"what": "x", **done, **seen}])
    finding(audit, "nothing")

    def found(state):
        page = client.get(f"{reverse('admin:registry_finding_changelist')}?actions={state}")
        return {one.name for one in page.context["cl"].result_list}

    assert found("overdue") == {"overdue"}
    assert found("to-be-done") == {"overdue", "waiting"}
    assert found("to-be-verified") == {"done"}
    assert found("verified") == {"verified"}
    assert found("none") == {"nothing"}


@time_machine.travel("2026-11-15 12:00 +0000", tick=False)
def test_corrective_actions_are_listed_across_audits_what_waits_first(client, audit):
    done = {"done_on": date(2026, 11, 1)}
    finding(audit, "One", actions=[{"what": "done", **done}, {"what": "later", "due_on": date(2026, 12, 1)}])
    other = factories.make(models.Audit, name="Another audit")
    seen = {**done, "verified_on": date(2026, 11, 2)}
    finding(other, "Two", actions=[{"what": "overdue", "due_on": date(2026, 11, 14)}, {"what": "verified", **seen}])
    address = reverse("admin:registry_correctiveaction_changelist")

    def found(query=""):
        return [one.what for one in client.get(address + query).context["cl"].result_list]

    assert found() == ["overdue", "later", "done", "verified"]
    assert found("?state=overdue") == ["overdue"]
    assert found("?state=to-be-done") == ["overdue", "later"]
    assert found("?state=to-be-verified") == ["done"]
    assert found("?state=verified") == ["verified"]
    assert found(f"?finding__audit__id__exact={other.pk}") == ["overdue", "verified"]
    assert found("?q=One") == ["later", "done"]
    page = client.get(address).content.decode()
    assert (
        f'href="{reverse("admin:registry_finding_change", args=[models.Finding.objects.get(name="Two").pk])}"' in page
    )
    assert page.count("state-due") == 1


@pytest.mark.parametrize(
    ("stage", "expected"), [("planned", {"planned"}), ("under-way", {"begun"}), ("completed", {"over"}), ("", None)]
)
def test_audits_are_found_by_their_stage(client, stage, expected):
    factories.make(models.Audit, name="planned", planned_on=date(2027, 1, 1))
    factories.make(models.Audit, name="begun", started_on=date(2026, 1, 1))
    factories.make(models.Audit, name="over", started_on=date(2026, 1, 1), completed_on=date(2026, 2, 1))

    page = client.get(f"{LIST}?stage={stage}")

    found = {one.name for one in page.context["cl"].result_list}
    assert found == (expected or {"planned", "begun", "over"})


def test_the_lists_ask_as_many_questions_for_three_as_for_one(client, audit):
    def queries(address):
        with CaptureQueriesContext(connection) as asked:
            assert client.get(address).status_code == 200
        return len(asked)

    findings = reverse("admin:registry_finding_changelist")
    finding(audit, actions=[{"what": "x"}])
    actions = reverse("admin:registry_correctiveaction_changelist")
    queries(form_of(audit))  # kinds of objects are looked up once in a process
    one = queries(LIST), queries(findings), queries(actions), queries(form_of(audit))
    for number in range(2):
        another = factories.make(models.Audit, name=f"Another {number}", organisation=factories.organisation())
        for held in (another, audit):
            finding(held, f"Finding {number}", actions=[{"what": "x"}, {"what": "y"}])

    assert (queries(LIST), queries(findings), queries(actions), queries(form_of(audit))) == one


def test_an_activity_that_was_audited_is_not_deleted(client, audit, activities):
    finding(audit, activity=activities[0])
    address = reverse("admin:registry_processingactivity_delete", args=[activities[0].pk])

    page = client.post(address, {"post": "yes"}).content.decode()

    assert models.ProcessingActivity.objects.filter(pk=activities[0].pk).exists()
    assert "Late opt-outs" in page


def test_the_page_of_a_recipient_shows_its_reviews_the_last_first(client):
    recipient = factories.make(models.Recipient, name="Host")
    for year, outcome in ((2025, "conditional"), (2026, "sufficient")):
        factories.make(
            models.RecipientReview,
            recipient=recipient,
            name=f"Certificate of {year}",
            reviewed_on=date(year, 3, 1),
            outcome=outcome,
            next_review_on=date(year + 1, 3, 1),
        )

    page = client.get(reverse("admin:registry_recipient_change", args=[recipient.pk])).content.decode()

    assert page.index("Certificate of 2026") < page.index("Certificate of 2025")
    assert page.count("next review") == 1
    assert f'href="{reverse("admin:registry_recipientreview_add")}?recipient={recipient.pk}"' in page
    other = factories.make(models.Recipient, name="Nobody’s")
    empty = client.get(reverse("admin:registry_recipient_change", args=[other.pk])).content.decode()
    assert "Nobody has noted that its guarantees were looked at" in empty


def test_a_version_of_an_audit_says_whom_it_looked_at_and_comes_back(client, audit, activities):
    with change_set(reason="Scope"):
        models.AuditedActivity.objects.create(audit=audit, activity=activities[1])
    with change_set(reason="Another scope"):
        audit.activities.all().delete()
    version = audit.history.order_by("history_id")[1]
    address = reverse("admin:registry_audit_simple_history", args=[audit.pk, version.pk])
    assert "Activity 1" in client.get(address).content.decode()

    restore = reverse("admin:registry_audit_restore", args=[audit.pk, version.pk])
    seen = client.get(restore).context["plan"].last_version
    answer = client.post(restore, {"change_reason": "By mistake", "last_seen": seen})

    assert answer.status_code == 302
    assert audit.activities.get().activity == activities[1]
