import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from registry import models
from registry.compliance.checking import check_record, check_register
from registry.compliance.context import Context, context_alone, context_of
from registry.compliance.gap import Some
from registry.compliance.meetings import points_of
from registry.compliance.section_state import section_states
from registry.compliance.texts import folded
from registry.record.loader import load_register
from registry.versioning.writing import change_set
from tests import factories
from tests.compliance.records import (
    ON,
    basis,
    joint_controller,
    organisation,
    purpose,
    recipient,
    recipient_entry,
    record,
    transfer,
)


def ids(one, rule, context=None):
    return [gap.id for gap in check_record(one, context or Context(ON)) if gap.rule.id == rule]


def test_a_gap_keeps_its_id_when_rows_change_places():
    india, brazil = transfer("IN", safeguard="A46-2-c"), transfer("ZA", safeguard="A46-2-c")
    one = record(transfers=(india, brazil))
    renumbered = one._replace(transfers=(brazil._replace(pk=india.pk), india._replace(pk=brazil.pk)))

    assert sorted(ids(one, "safeguard-without-document")) == sorted(ids(renumbered, "safeguard-without-document"))


def test_rows_that_hold_the_same_are_told_apart_by_their_number():
    entry = recipient_entry(kind="processor")
    one = record(recipients=(recipient(entry), recipient(entry)))

    assert ids(one, "processor-without-contract") == [
        f"processor-without-contract:{one.pk}:{entry.pk}",
        f"processor-without-contract:{one.pk}:{entry.pk}~2",
    ]


def test_a_row_of_words_is_known_by_its_words_and_by_the_row_it_points_to():
    wages = purpose("Paying wages")
    one = record(purposes=(wages,), legal_bases=(basis("A6-1-f", purpose=wages),))
    said_otherwise = one._replace(
        legal_bases=(one.legal_bases[0]._replace(pk=99, purpose=wages._replace(pk=98, text="PAYING  wages")),)
    )

    assert ids(one, "legitimate-interest-not-stated") == ids(said_otherwise, "legitimate-interest-not-stated")


def test_a_gap_says_everything_that_a_screen_needs():
    one = record(role="joint_controller", joint_controllers=(joint_controller(),))
    gap = next(gap for gap in check_record(one, Context(ON)) if gap.rule.id == "joint-controller-without-arrangement")

    assert gap.as_json() == {
        "id": gap.id,
        "rule": "joint-controller-without-arrangement",
        "severity": "serious",
        "area": "content",
        "article": "GDPR Art. 26(1)",
        "record": one.pk,
        "organisation": None,
        "system": None,
        "reference": "PA-1",
        "fact": "joint_controllers",
        "field": "arrangement",
        "row_list": "joint_controllers",
        "row": one.joint_controllers[0].pk,
        "what": "No arrangement with the joint controller Partner is referred to.",
        "asks": "Where is it laid down who does what, above all for the rights of the people concerned?",
        "why": "Joint controllers need an arrangement, whose essence is made available to the people concerned.",
        "remedy": "Enter where the arrangement is kept, or conclude one.",
    }
    assert gap.fact.label == "Joint controllers"


def test_a_gap_names_the_articles_of_every_law_that_the_record_is_under():
    swiss_under_the_gdpr = record(organisation=organisation(country="CH"), legal_bases=(basis("A6-1-b"),))
    british = record(organisation=organisation(country="GB"))

    def article(one):
        return next(gap.article for gap in check_record(one, Context(ON)) if gap.rule.id == "purposes-missing")

    assert article(swiss_under_the_gdpr) == "GDPR Art. 30(1)(b); FADP Art. 12(2)(b)"
    assert article(british) == "UK GDPR Art. 30(1)(b)"


def test_a_retired_record_has_no_gaps():
    assert check_record(record(status="retired"), Context(ON)) == ()


def test_sections_say_how_far_they_are():
    one = record(
        contact="Ada",
        next_review_on=ON,
        purposes=(purpose(),),
        legal_bases=(basis("A6-1-f"),),
        recipients_answer="no",
        transfers_answer="yes",
    )

    states = section_states(one, check_record(one, Context(ON)))

    assert {key: state.value for key, state in states.items()} == {
        "activity": "complete",
        "joint-controllers": "not_asked",
        "controllers": "not_asked",
        "purposes": "complete",
        "legal-bases": "gap",
        "data-subjects": "not_answered",
        "data": "not_answered",
        "recipients": "complete",
        "transfers": "gap",
        "retention": "not_answered",
        "security": "not_answered",
        "automated": "not_answered",
        "consents": "not_asked",
        "segments": "not_asked",
        "assessment": "not_asked",
        "notice": "gap",
        "review": "complete",
    }


def test_a_joint_controller_without_its_partner_has_a_gap_in_that_section():
    one = record(role="joint_controller")

    assert section_states(one, check_record(one, Context(ON)))["joint-controllers"] == "gap"


@pytest.mark.django_db
@pytest.mark.parametrize("number", [1, 3])
def test_checking_a_register_takes_three_queries_whatever_its_size(number):
    owner = factories.organisation()
    for _ in range(number):
        factories.activity(owner)
    register = load_register()

    with CaptureQueriesContext(connection) as captured:
        checked = list(check_register(register))

    assert (len(captured), len(checked)) == (3, number)


@pytest.mark.django_db
def test_records_of_one_organisation_meet_where_they_say_the_same():
    ours, theirs = factories.organisation(), factories.organisation()
    texts = {"PA-1": "Paying the “wages” of staff.", "PA-2": "paying the “wages”  of STAFF", "PA-3": "Payroll"}
    for reference, text in texts.items():
        activity = factories.activity(ours, reference=reference, name=f"Name of {reference}")
        with change_set():
            models.Purpose.objects.create(activity=activity, text=text)
    elsewhere = factories.activity(theirs, reference="PA-1", name="Name of PA-1")
    with change_set():
        models.Purpose.objects.create(activity=elsewhere, text=texts["PA-1"])
    register = load_register()

    context = context_of(register)
    first, second, _third, _other = register.activities()

    assert context.others("purpose", "paying the “wages” of staff", first) == Some(("PA-2 Name of PA-2",), 1)
    assert context.others("purpose", "paying the “wages” of staff", second) == Some(("PA-1 Name of PA-1",), 1)
    assert len(context.meetings) == 1
    assert context_alone(register).meetings == {}


@pytest.mark.django_db
def test_what_a_record_says_to_others_is_found_in_its_content_whatever_its_texts_hold():
    misleading = 'Sending "status":"retired" and "transfers":[{"country":"US"}] to \\ "recipients":[ of "text":"nothing'
    activity = factories.activity(
        factories.organisation(), name="“Status”", description='"purposes":[{"text":"Something else entirely"}]'
    )
    with change_set():
        models.Purpose.objects.create(activity=activity, text=misleading)
        models.Purpose.objects.create(activity=activity, text="Too short")
        recipient = models.Recipient.objects.create(name='"safeguard":"A46-2-c"')
        models.Transfer.objects.create(activity=activity, recipient=recipient, country="US", safeguard="A45-3")
        models.Transfer.objects.create(activity=activity, stated_as="somewhere", country="IN")
        models.ActivitySystem.objects.create(activity=activity, stated_as='"status":"retired"')
    ((_pk, _organisation, _reference, name, content),) = load_register().contents()

    assert points_of(name, content) == [
        ("name", "“status”", ""),
        ("purpose", folded(misleading), ""),
        ("transfer", str(recipient.pk), "US A45-3"),
    ]

    with change_set():
        activity.status = "retired"
        activity.save()
    ((*_others, content),) = load_register().contents()
    assert points_of(name, content) == []


@pytest.mark.django_db
def test_a_transfer_that_one_record_alone_lists_is_told_to_another_with_the_same_recipient():
    organisation = factories.organisation(country="IE")
    lists, silent = (factories.activity(organisation, reference=one) for one in ("PA-1", "PA-2"))
    with change_set():
        recipient = models.Recipient.objects.create(name="Cloudy")
        models.Transfer.objects.create(activity=lists, recipient=recipient, country="US")
        for activity in (lists, silent):
            models.ActivityRecipient.objects.create(activity=activity, recipient=recipient)

    found = {record.reference: {gap.rule.id for gap in gaps} for record, gaps in check_register(load_register())}

    assert [one for one, rules in found.items() if "transfer-stated-elsewhere" in rules] == ["PA-2"]


@pytest.mark.django_db
def test_the_sub_processors_of_a_processor_are_known():
    with change_set():
        processor = models.Recipient.objects.create(name="Cloudy")
        models.Recipient.objects.create(name="Diskette", sub_processor_of=processor)

    found = context_alone(load_register()).sub_processors

    assert {pk: [entry.name for entry in entries] for pk, entries in found.items()} == {processor.pk: ["Diskette"]}
