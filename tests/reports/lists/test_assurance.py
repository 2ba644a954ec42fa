"""The lists of findings, of reviews of recipients and of trainings: states as at a moment, limits, what is missing."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from registry import models
from registry.record.loader import load_register
from registry.reports.assurance import Assurance
from registry.reports.lists.findings import findings_list, findings_table
from registry.reports.lists.recipient_reviews import recipient_reviews_list
from registry.reports.lists.trainings import trainings_list
from registry.versioning.writing import change_set
from tests import factories
from tests.reports import audits
from tests.reports.lists.reading import column, rows
from tests.reports.texts import PROVENANCE

pytestmark = pytest.mark.django_db


@pytest.fixture
def payroll():
    return factories.activity(factories.organisation(name="Fjord Foods AS"), reference="A-1", name="Payroll")


def assurance(**limits) -> Assurance:
    """What is known now, or within limits."""
    return Assurance(load_register(**limits))


def now():
    """The moment of the last change."""
    return models.ChangeSet.objects.latest("sequence").made_at


def found(build, **limits):
    return build(assurance(**limits), PROVENANCE)


def reviewed(is_limited=False, **limits):
    return recipient_reviews_list(assurance(**limits), PROVENANCE, is_limited=is_limited)


def test_each_action_is_a_row_and_a_finding_without_any_is_one_too_the_gravest_first(payroll):
    audits.visit(payroll)

    table = found(findings_table)

    assert list(zip(column(table, "finding"), column(table, "action"), column(table, "state"), strict=True)) == [
        ("No contract", "Write one", "overdue"),
        ("No contract", "Sign it", "to be verified"),
        ("No contract", "Stop sending", "verified"),
        ("Late", None, "none decided"),
        ("Remark", "Think of it", "to be done"),
    ]
    assert rows(table)[2] == {
        "audit": "Yearly audit", "kind": "Internal", "organisation": "Fjord Foods AS", "auditor": "Ann Auditor",
        "finding": "No contract", "weight": "Major non-conformity", "criterion": "GDPR Art. 28(3)",
        "statement": "There is none.", "recipient": "Payroll bureau", "system": "Personnel files",
        "evidence": "Seen on site.", "document": "Minutes of the visit", "action": "Stop sending",
        "done_on": audits.LONG_AGO, "verified_by": "Cy", "verified_on": audits.LATER, "state": "verified",
    }  # fmt: skip


def test_for_reading_what_belongs_together_stands_together(payroll):
    audits.visit(payroll)

    listing = found(findings_list)

    assert rows(listing)[2] == {
        "audit": ("Yearly audit", "Internal", "Ann Auditor"), "finding": "No contract",
        "weight": "Major non-conformity", "criterion": "GDPR Art. 28(3)", "statement": "There is none.",
        "where": ("Recipient: Payroll bureau", "System: Personnel files"),
        "evidence": ("Seen on site.", "Minutes of the visit"), "action": "Stop sending",
        "days": ("Done on: 6 May 2020", "Verified on: 6 May 2090", "Verified by: Cy"), "state": "verified",
    }  # fmt: skip
    assert rows(listing)[-1]["where"] == ("Processing activity: A-1 Payroll",)
    assert len(rows(listing)) == len(rows(found(findings_table)))


def test_an_audit_that_found_nothing_is_named(payroll):
    audits.visit(payroll)
    factories.make(models.Audit, name="Second look")

    about = dict(found(findings_list).about)

    assert (about["Audits"], about["Findings"], about["Audits without a finding"]) == ("2", "3", "Second look")
    assert "Records" not in about


def test_an_action_is_overdue_as_at_the_moment_that_is_asked_for(payroll):
    audit = factories.make(models.Audit, name="Audit")
    with change_set(reason="for a test"):
        finding = audits.finding(audit, "Late")
        finding.actions.create(what="Hurry", due_on=now().date())
    then = now()
    with change_set(reason="for a test"):
        action = models.CorrectiveAction.objects.get()
        action.due_on, action.what = date(2020, 1, 1), "Hurry more"
        action.save()

    def said(**limits):
        table = found(findings_table, **limits)
        return column(table, "action"), column(table, "state")

    assert said(as_at=then) == (["Hurry"], ["to be done"])
    assert said() == (["Hurry more"], ["overdue"])


def test_an_activity_is_called_as_at_the_moment_and_by_its_last_name_once_deleted(payroll):
    audits.visit(payroll)
    with change_set():
        payroll.name = "Wages"
        payroll.save()
    renamed = now()
    with change_set():
        models.AuditedActivity.objects.filter(activity=payroll).update(activity=None)
        models.Finding.objects.filter(activity=payroll).update(activity=None)

    assert column(found(findings_table, as_at=renamed), "activity")[-1] == "A-1 Wages"


def test_an_organisation_has_its_own_audits_and_those_that_are_about_all(payroll):
    other = factories.activity(factories.organisation(name="Second Ltd"), reference="B-1", name="Sales")
    audits.visit(payroll)
    with change_set(reason="for a test"):
        common = models.Audit.objects.create(name="For all")
        theirs = models.Audit.objects.create(name="Theirs", organisation=other.organisation)
        audits.finding(common, "Ours", activity=payroll)
        audits.finding(common, "Not ours", activity=other)
        audits.finding(common, "Everybody's")
        audits.finding(theirs, "Elsewhere", activity=other)
        models.Training.objects.create(name="Theirs", organisation=other.organisation, held_on=audits.LONG_AGO)

    def said(organisation):
        limits = {"organisation": organisation} if organisation else {}
        return set(column(found(findings_table, **limits), "finding")), column(found(trainings_list, **limits), "name")

    every = {"No contract", "Late", "Remark", "Ours", "Everybody's", "Not ours", "Elsewhere"}
    mine, all_of_them = said(payroll.organisation_id), said(None)
    assert mine == (every - {"Not ours", "Elsewhere"}, ["First steps", "Next steps"])
    assert all_of_them == (every, ["First steps", "Theirs", "Next steps"])
    assert column(found(findings_table), "activity")[-1] == "Second Ltd: B-1 Sales"
    assert column(found(findings_table, organisation=payroll.organisation_id), "activity").count("A-1 Payroll") == 2


@pytest.mark.parametrize("build", [findings_list, findings_table, trainings_list])
def test_the_number_of_queries_is_fixed(payroll, build):
    numbers = []
    for name in ("First", "Second", "Third"):
        with change_set(reason="for a test"):
            audit = models.Audit.objects.create(name=name, organisation=payroll.organisation)
            audits.finding(audit, "Found", activity=payroll).actions.create(what="Do")
            models.Training.objects.create(name=name)
        known = assurance()
        with CaptureQueriesContext(connection) as queries:
            rows(build(known, PROVENANCE))
        numbers.append(len(queries))

    assert numbers == [1 if build is trainings_list else 3] * 3


def test_processors_that_nobody_has_examined_stand_first_with_what_binds_them(payroll):
    bureau = factories.make(
        models.Recipient, name="Bureau", kind="processor", contract_kind="processing_contract",
        contract_ends_on=date(2030, 1, 2),
    )  # fmt: skip
    bank = factories.make(models.Recipient, name="Bank", kind="third_party")
    old = factories.make(models.Recipient, name="Archive", kind="processor")
    with change_set(reason="for a test"):
        payroll.recipients.create(recipient=bureau, role="processor")
        payroll.recipients.create(recipient=bank, role="third_party", position=1)
        payroll.recipients.create(recipient=old, role="processor", position=2)
        payroll.recipients.create(stated_as="A helper", role="processor", position=3)
        for name, day, following in (("First", date(2019, 1, 1), date(2020, 1, 1)), ("Second", date(2020, 1, 1), None)):
            models.RecipientReview.objects.create(
                recipient=old, name=name, reviewed_on=day, next_review_on=following, outcome="conditional"
            )
        models.RecipientReview.objects.create(
            recipient=bank, name="Visit", kind="on_site", reviewed_on=date(2021, 1, 1), next_review_on=date(2022, 1, 1)
        )

    listing = reviewed()

    assert [(row["recipient"], row.get("examined"), row["state"]) for row in rows(listing)] == [
        ("Bureau", None, "no review recorded"),
        ("A helper", None, "no review recorded"),
        ("Archive", "Second", "last review"),
        ("Archive", "First", "an earlier review"),
        ("Bank", "Visit", "next review overdue"),
    ]
    assert rows(listing)[0] == {
        "recipient": "Bureau", "roles": ("Processor",), "contract": "Contract with a processor, Art. 28(3)",
        "contract_ends_on": date(2030, 1, 2), "number": 1, "state": "no review recorded",
    }  # fmt: skip
    assert dict(listing.about)["Processors without a review"] == "2"


def test_reviews_of_recipients_that_no_record_names_are_told_unless_the_register_is_limited(payroll):
    audits.visit(payroll)

    assert column(reviewed(), "recipient") == ["Payroll bureau"]
    assert rows(reviewed(is_limited=True, organisation=payroll.organisation_id)) == []


def test_a_training_is_planned_held_or_due_again_until_one_on_the_same_topic_follows(payroll):
    with change_set(reason="for a test"):
        for name, held, following in (
            ("Basics", date(2019, 1, 1), date(2020, 1, 1)),
            ("BASICS", date(2020, 2, 1), audits.LATER),
            ("Phishing", date(2019, 1, 2), date(2020, 1, 1)),
            ("Late", None, date(2020, 1, 3)),
            ("Next", None, audits.LATER),
            ("Agreed", audits.LATER, None),
        ):
            models.Training.objects.create(name=name, held_on=held, next_on=following)

    listing = found(trainings_list)

    assert dict(zip(column(listing, "name"), column(listing, "state"), strict=True)) == {
        "Basics": "held", "Phishing": "overdue", "BASICS": "held", "Late": "overdue", "Next": "planned",
        "Agreed": "planned",
    }  # fmt: skip


def test_lists_without_anything_say_so():
    listings = (found(findings_list), found(findings_table), found(trainings_list), reviewed())

    assert [rows(one) for one in listings] == [[]] * 4
    assert all(one.tables[0].empty for one in listings)
