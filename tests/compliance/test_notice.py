from datetime import date

import pytest
from django.utils import translation

from registry import models
from registry.compliance.checking import check_record
from registry.compliance.consequence_texts import TOLD
from registry.compliance.context import Context, context_of
from registry.compliance.notice import is_from_people
from registry.compliance.recorded_changes import say_change
from registry.record.consequence import ConsequenceRecord
from registry.record.entries import DocumentEntry
from registry.record.loader import load_register
from registry.reference.requirements import Requirement
from tests import factories
from tests.compliance.records import ON, Case, data, frozen, record, said_by, subject, three_tests

DATED = {"privacy_notice": "Notice for staff", "privacy_notice_on": date(2026, 1, 1)}
ASKED = (data("Bank details", obligatory="yes"), data("Address", source="The employees themselves"))
BOUGHT = (data("Creditworthiness", source="A credit agency"),)


def document(**values):
    """A privacy notice of the catalogue of documents, as the rules are told of it."""
    one = frozen(DocumentEntry, **{"name": "Notice for staff", "kind": "privacy_notice", **values})
    return Context(ON, notices={"notice for staff": one})


def unsaid(one, *changes):
    """What the notice of a record still has to say, as the rules are told of it: (kind, names, day)."""
    rows = [frozen(ConsequenceRecord, key=key, names=names, raised_on=day) for key, names, day in changes]
    return Context(ON, unsaid={one.pk: tuple(rows)})


CHANGED = record(**DATED)

CASES = {
    "collected-from-people-without-notice": Case(
        passes=record(**DATED, data_categories=ASKED),
        finds=record(data_categories=ASKED),
        says=("People are asked for Bank details, Address, and nothing says where they are told what becomes of it.",),
        not_about=record(data_categories=BOUGHT),
    ),
    "obtained-elsewhere-without-notice": Case(
        passes=record(**DATED, data_categories=BOUGHT),
        finds=record(data_categories=BOUGHT * 2),
        says=("Data come from elsewhere (A credit agency), and nothing says where the people concerned learn of it.",),
        not_about=record(data_categories=ASKED),
    ),
    "privacy-notice-missing": Case(
        passes=record(**DATED),
        finds=record(),
        says=("The record is approved, and nothing says where people read about this processing.",),
        not_about=record(data_categories=ASKED),
    ),
    "privacy-notice-undated": Case(
        passes=record(**DATED),
        finds=record(privacy_notice="Notice for staff"),
        says=("The privacy notice “Notice for staff” is named without the date of its present wording.",),
        not_about=record(),
    ),
    "privacy-notice-older-than-processing": Case(
        passes=record(**DATED, began_on=date(2026, 5, 1)),
        finds=record(**DATED, began_on=date(2026, 9, 1)),
        says=("The processing began on 1 September 2026; the privacy notice has the wording of 1 January 2026.",),
        not_about=record(**DATED),
    ),
    "privacy-notice-overtaken": Case(
        passes=CHANGED._replace(privacy_notice_on=date(2026, 3, 1)),
        finds=CHANGED,
        says=(
            "The privacy notice has the wording of 1 January 2026. Since then this has changed here: "
            "Purposes of the processing (Sending offers); Recipients (Cloudy Ltd, Parcels AS); Time limits for erasure.",
        ),
        not_about=record(**DATED),
        context=unsaid(
            CHANGED,
            ("new-data-notice", "Address", date(2025, 12, 31)),
            ("new-purpose-notice", "Sending offers", date(2026, 2, 1)),
            ("new-recipient-notice", "Cloudy Ltd\nParcels AS", date(2026, 2, 1)),
            ("time-limit-notice", "", date(2026, 3, 1)),
        ),
    ),
    "privacy-notice-not-yet-valid": Case(
        passes=record(**DATED),
        finds=record(privacy_notice="Notice for staff", privacy_notice_on=date(2026, 6, 2)),
        says=("The wording of the privacy notice is of 2 June 2026, a day that hasn't come.",),
        not_about=record(status="draft", privacy_notice="Notice for staff", privacy_notice_on=date(2026, 6, 2)),
    ),
    "privacy-notice-withdrawn": Case(
        passes=record(privacy_notice="Another notice"),
        finds=record(privacy_notice="Notice for  Staff"),
        says=(
            "The privacy notice “Notice for  Staff” is no longer valid since 31 May 2026, says the catalogue of documents.",
        ),
        not_about=record(),
        context=document(valid_until=date(2026, 5, 31)),
    ),
    "privacy-notice-dated-otherwise": Case(
        passes=record(privacy_notice="Notice for staff", privacy_notice_on=date(2026, 5, 1)),
        finds=record(**DATED),
        says=(
            "The privacy notice “Notice for staff” is of 1 January 2026 here, and its wording is valid from 1 May 2026 in the catalogue of documents.",
        ),
        not_about=record(privacy_notice="Notice for staff"),
        context=document(valid_from=date(2026, 5, 1)),
    ),
}


@three_tests(CASES)
def test_a_rule_about_notices(rule, record, context, says):
    assert said_by(rule, record, context) == says


def test_nobody_is_asked_for_a_notice_where_the_record_names_the_exception():
    told = record(rights_limits="Not informed beforehand: Art. 14(5)(b), the evidence would be lost")
    other = record(rights_limits="Art. 15(4): rights of others")

    assert said_by("privacy-notice-missing", told, Context(ON)) == ()
    assert len(said_by("privacy-notice-missing", other, Context(ON))) == 1


@pytest.mark.parametrize(
    ("values", "finds"),
    [
        ({}, False),
        ({"valid_until": ON}, False),
        ({"retired_on": ON}, True),
        ({"retired_on": date(2026, 6, 2)}, False),
        ({"valid_from": date(2026, 1, 1)}, False),
    ],
)
def test_a_notice_is_withdrawn_after_its_last_day_or_with_its_entry(values, finds):
    assert bool(said_by("privacy-notice-withdrawn", record(**DATED), document(**values))) is finds


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("Data subject", True),
        ("the customers, in our form", True),
        ("Direkt bei der Person erhoben", True),
        ("Auprès de la personne concernée", True),
        ("Previous employer", False),
        ("Einwohnermeldeamt", False),
        ("the injured person", True),
        ("the reporting person", False),
    ],
)
def test_a_source_is_the_people_themselves_or_somebody_else(source, expected):
    assert is_from_people(source, record(data_subjects=(subject("Customers"),))) is expected


def test_data_that_are_here_already_come_from_nowhere_else():
    one = record(data_categories=(data("Wages", source="Payroll, our CRM and Credit agency"),))

    assert said_by("obtained-elsewhere-without-notice", one, Context(ON)) == (
        "Data come from elsewhere (Credit agency), and nothing says where the people concerned learn of it.",
    )


def test_every_change_that_a_notice_has_to_tell_is_said_in_a_few_words():
    with translation.override("en"):
        for key, told in TOLD.items():
            if told.requirement is Requirement.NOTICE and not key.startswith("entry-"):  # those are of no record
                one = frozen(ConsequenceRecord, key=key, names="A\nB", sentence="Do something.")
                assert say_change(one).endswith(" (A, B)")
    assert say_change(frozen(ConsequenceRecord, key="of-a-later-program", sentence="Do this.")) == "Do this."


@pytest.mark.django_db
def test_the_rules_are_told_of_notices_and_of_what_is_unsettled():
    activity = factories.activity(factories.organisation())
    given = {"record_key": activity.pk, "record": "A", "article": "GDPR Art. 13", "sentence": "Tell people."}
    days = {"raised_on": date(2026, 5, 1), "due_on": date(2026, 6, 1)}
    kinds = [
        ("new-purpose-notice", "notice", "open"),
        ("new-recipient-notice", "notice", "done"),
        ("new-processor-contract", "contract", "open"),
    ]
    for key, requirement, settlement in kinds:
        values = {"key": key, "requirement": requirement, "settlement": settlement}
        factories.make(models.ChangeConsequence, **given, **days, **values)
    notice = factories.make(
        models.Document, name="Notice for Staff", location="https://example.org/privacy", kind="privacy_notice"
    )
    factories.make(models.Document, name="Contract", kind="contract")

    told = context_of(load_register())

    assert {pk: [one.key for one in some] for pk, some in told.unsaid.items()} == {activity.pk: ["new-purpose-notice"]}
    assert {said: one.pk for said, one in told.notices.items()} == {
        "notice for staff": notice.pk, "https://example.org/privacy": notice.pk,
        "notice for staff: https://example.org/privacy": notice.pk,
        "notice for staff, https://example.org/privacy": notice.pk,
        "notice for staff (https://example.org/privacy)": notice.pk,
        "notice for staff https://example.org/privacy": notice.pk,
    }  # fmt: skip


def test_a_change_that_the_notice_does_not_tell_is_named_in_the_readers_language():
    context = CASES["privacy-notice-overtaken"].context
    with translation.override("en"):
        (gap,) = [one for one in check_record(CHANGED, context) if one.rule.id == "privacy-notice-overtaken"]

    with translation.override("de"):
        said = gap.what

    assert "Zwecke der Verarbeitung (Sending offers)" in said
