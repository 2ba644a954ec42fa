"""One audit as a document."""

import hashlib
import io

import pytest

from registry import models
from registry.record.loader import load_register
from registry.reports.audit import audit_report
from registry.reports.document import Grid, Line
from registry.reports.errors import ReportError
from registry.reports.parameters import Parameters, moment_of_production
from registry.reports.produce import produce
from registry.reports.provenance import say_moment
from registry.reports.source import load_source
from registry.reports.subjects import AUDIT, Subject, find_subject
from registry.reports.subjects import audits as known_audits
from registry.versioning.writing import change_set
from tests import factories
from tests.reports import audits
from tests.reports.texts import PROVENANCE

pytestmark = pytest.mark.django_db


@pytest.fixture
def payroll():
    return factories.activity(factories.organisation(name="Fjord Foods AS"), reference="A-1", name="Payroll")


def source(audit, as_at=None):
    return load_source(
        Parameters(
            report="audit",
            format="html",
            produced_at=moment_of_production(),
            produced_by="Ann",
            as_at=as_at,
            subject=str(Subject.of(audit)),
        )
    )


def card(audit, as_at=None):
    asked = source(audit, as_at)
    (part,) = audit_report(asked.assurance, asked.audit, PROVENANCE).parts
    (found,) = part.cards()
    return found


def said(card, title):
    """What a section says, by label."""
    (section,) = [one for one in card.sections if one.title == title]
    return {
        line.label: [list(row) for row in line.rows] if isinstance(line, Grid) else line.value or line.state
        for line in section.lines
    }


def test_an_audit_tells_its_plan_its_scope_and_what_was_found_the_gravest_first(payroll):
    found = card(audits.visit(payroll))

    assert (found.title, dict(found.facts)) == (
        "Yearly audit", {"Kind": "Internal", "Stage": "Under way", "Organisation": "Fjord Foods AS"},
    )  # fmt: skip
    assert [one.title for one in found.sections] == [
        "Plan", "Scope", "Sample", "Finding 1, Major non-conformity", "Finding 2, Minor non-conformity",
        "Finding 3, Observation", "Conclusion", "This document",
    ]  # fmt: skip
    assert said(found, "Plan") == {
        "Framework": "GDPR", "Auditor": "Ann Auditor", "Planned for": "6 May 2020", "Begun on": "6 May 2020",
        "Ended on": "not_stated",
    }  # fmt: skip
    assert said(found, "Scope") == {
        "Activities in scope": ("What the branch does", "A-1 Payroll – drawn by the sample"),
        "Recipients in scope": ("Payroll bureau",),
        "Systems in scope": ("Personnel files",),
    }
    assert said(found, "Finding 1, Major non-conformity") == {
        "Finding": "No contract", "Criterion": "GDPR Art. 28(3)", "Statement": "There is none.",
        "Where": ("Recipient: Payroll bureau", "System: Personnel files"), "Evidence": "Seen on site.",
        "Document": "Minutes of the visit",
        "Corrective actions": [
            ["Write one", "Bea", "6 May 2020", "–", "–", "–", "overdue"],
            ["Sign it", "", "–", "6 May 2020", "–", "–", "to be verified"],
            ["Stop sending", "", "–", "6 May 2020", "6 May 2090", "Cy", "verified"],
        ],
    }  # fmt: skip
    assert said(found, "Finding 2, Minor non-conformity")["Corrective actions"] == "none decided"
    assert said(found, "Conclusion") == {"Conclusion": "Not all is well.", "Audit report": "Minutes of the visit"}


def test_the_sample_can_be_drawn_again_by_what_the_document_says(payroll):
    audit = audits.visit(payroll)
    drawn_at = models.ChangeSet.objects.get(
        sequence=audit.activities.model.objects.get(is_sampled=True).audit.as_at_change_set
    )
    with change_set():
        payroll.organisation.name = "New name"
        payroll.organisation.save()

    sample = said(card(audit), "Sample")

    worked_out = hashlib.sha256(b"seed/Fjord Foods AS/A-1").hexdigest()
    assert sample["Activities drawn, as they were called then"] == [
        [f"{worked_out[:16]}…", "Fjord Foods AS", "A-1", "Payroll"]
    ]
    assert (sample["Seed of the sample"], sample["Drawn"]) == ("seed", "1 of 1")
    assert sample["Sample drawn among"] == "All activities but retired ones"
    assert sample["Register as at change set"] == (
        f"{drawn_at.sequence}, {say_moment(drawn_at.made_at)}\nChain head: {drawn_at.digest}"
    )
    assert sample["How it is drawn"].endswith("printf '%s' 'SEED/ORGANISATION/REFERENCE' | sha256sum")


def test_an_audit_of_which_nothing_is_known_yet_says_so():
    found = card(factories.make(models.Audit, name="Planned"))

    assert dict(found.facts) == {"Kind": "Internal", "Stage": "Planned", "Organisation": "all organisations"}
    assert set(said(found, "Scope").values()) == {"not_stated"}
    assert said(found, "Sample") == {"Sample": "No sample was drawn."}
    assert said(found, "Findings") == {"Findings": "Nothing was found yet, or nothing is written down."}
    assert [line.state for one in found.sections for line in one.lines if isinstance(line, Line)].count("stated") == 4


def test_a_list_of_the_scope_without_anything_says_that_there_is_none_of_its_kind(payroll):
    audit = factories.make(models.Audit, name="Visit")
    with change_set():
        audit.activities.create(activity=payroll, stated_as="the branch")

    assert said(card(audit), "Scope") == {
        "Activities in scope": ("A-1 Payroll “the branch”",),
        "Recipients in scope": "none",
        "Systems in scope": "none",
    }


def test_an_audit_is_told_as_it_was_known_at_the_moment(payroll):
    audit = factories.make(models.Audit, name="Old name")
    then = models.ChangeSet.objects.latest("sequence").made_at
    with change_set():
        audit.name, audit.completed_on = "New name", audits.LONG_AGO
        audit.save()
        audits.finding(audit, "Found later")

    before, after = card(audit, then), card(audit)

    assert (before.title, dict(before.facts)["Stage"], before.sections[3].title) == ("Old name", "Planned", "Findings")
    assert (after.title, dict(after.facts)["Stage"], after.sections[3].title) == (
        "New name", "Completed", "Finding 1, Observation",
    )  # fmt: skip


@pytest.mark.parametrize("subject", ["audit:77", "recipient:1", "activity:1", "audit:x"])
def test_an_audit_that_there_is_not_is_refused(subject):
    factories.make(models.Audit, name="One")
    asked = {"report": "audit", "format": "pdf", "produced_at": moment_of_production(), "produced_by": "Ann"}

    with pytest.raises(ReportError, match="That audit is not in the register at this moment"):
        produce(Parameters(**asked, subject=subject), io.BytesIO())


def test_audits_are_subjects_of_their_own_report_alone():
    audit = factories.make(models.Audit, name="Yearly audit")
    register = load_register()

    assert known_audits(register) == [(f"audit:{audit.pk}", "Yearly audit")]
    for text in ("audit:yearly AUDIT", f"audit:{audit.pk}"):
        assert find_subject(text, register, about=AUDIT) == Subject.of(audit)
    with pytest.raises(ReportError, match="There is no kind “audit”"):
        find_subject("audit:Yearly audit", register)
    with pytest.raises(ReportError, match=r"Write one of: audit[.]$"):
        find_subject("recipient:1", register, about=AUDIT)
    with pytest.raises(ReportError, match="Near it: “Yearly audit”"):
        find_subject("audit:year", register, about=AUDIT)
