from datetime import date

from registry.compliance.consequences import Requirement, consequences
from tests.compliance.records import (
    assessment,
    basis,
    bound,
    consent,
    data,
    joint_controller,
    measure,
    purpose,
    recipient,
    recipient_entry,
    record,
    schedule,
    segment,
    segment_data,
    subject,
    system,
    transfer,
)

WAGES = purpose("Paying wages")


def required(before, after):
    one = record(**before)
    return [(item.key, item.what) for item in consequences(one, one._replace(**after))]


def test_what_is_only_said_better_requires_nothing():
    first, second = recipient(bound()), recipient(recipient_entry("Bank"))
    one = record(purposes=(WAGES,), recipients=(first, second), name="Payroll")
    again = one._replace(
        name="Wages",
        dpo_remark="Seen",
        contact="Ada",
        purposes=(WAGES._replace(pk=99, text="paying  WAGES"),),
        recipients=(second, first),
    )

    assert consequences(one, again) == ()


def test_a_new_purpose_is_told_assessed_and_where_consent_is_the_ground_asked_for_again():
    after = {"purposes": (WAGES, purpose("Planning of staff"))}

    assert required({"purposes": (WAGES,)}, after) == [
        ("new-purpose-notice", "Tell people about the new purpose: Planning of staff."),
        ("new-purpose-compatible", "Assess whether data that you already have may be used for: Planning of staff."),
    ]
    assert required({"purposes": (WAGES,), "legal_bases": (basis("A6-1-a"),)}, after)[1] == (
        "new-purpose-consent",
        "Ask for consent again, for: Planning of staff.",
    )


def test_new_grounds_ask_for_what_they_need():
    after = {"legal_bases": (basis("A6-1-f"), basis("A6-1-a"))}

    assert [key for key, _ in required({}, after)] == [
        "new-legal-basis-notice",
        "new-consent-mechanism",
        "new-interest-assessment",
    ]
    assert [key for key, _ in required({}, {"legal_bases": (basis("A6-1-b"),)})] == ["new-legal-basis-notice"]


def test_new_data_and_people_are_told_and_sensitive_ones_assessed():
    after = {
        "data_categories": (data("Sick notes", "special_category"),),
        "data_subjects": (subject("Children", "yes"),),
    }

    assert required({}, after) == [
        ("new-data-notice", "Name the new data in the notice: Sick notes."),
        ("new-data-subjects-notice", "See that these people are told too: Children."),
        (
            "new-sensitive-data-assessment",
            "Name the condition that allows it, and assess the risks anew: Sick notes.",
        ),
        ("new-vulnerable-subjects-assessment", "Assess the risks anew: Children are vulnerable."),
    ]
    assert [key for key, _ in required({}, {"data_categories": (data(),), "data_subjects": (subject(),)})] == [
        "new-data-notice",
        "new-data-subjects-notice",
    ]


def test_a_new_recipient_needs_a_contract_by_its_role():
    bank = recipient(recipient_entry("Bank"))
    after = {
        "recipients": (
            bank,
            recipient(bound()),
            recipient(recipient_entry("Diskette"), role="sub_processor"),
            recipient(recipient_entry("Partner"), role="joint_controller"),
        )
    }

    assert required({"recipients": (bank,)}, after) == [
        ("new-recipient-notice", "Name the new recipients in the notice: Cloudy Ltd, Diskette, Partner."),
        ("new-processor-contract", "Conclude a contract with the processor before it gets data: Cloudy Ltd."),
        ("new-sub-processor-authorisation", "Authorise the sub-processor, and see that it is bound: Diskette."),
        ("new-joint-controller-arrangement", "Make an arrangement with the joint controller: Partner."),
    ]
    assert [
        key for key, _ in required({"recipients": (bank,)}, {"recipients": (bank._replace(role="processor"),)})
    ] == [
        "new-recipient-notice",
        "new-processor-contract",
    ]


def test_a_transfer_with_another_safeguard_is_a_new_one():
    before = transfer("US", safeguard="A45-3")

    assert [
        key for key, _ in required({"transfers": (before,)}, {"transfers": (before._replace(safeguard="A46-2-c"),)})
    ] == [
        "new-transfer-notice",
        "new-transfer-safeguard",
    ]


def test_other_time_limits_are_told():
    six = schedule(period=6, unit="year")
    told = ["time-limit-notice"]

    assert [
        key for key, _ in required({"retention_schedule": six}, {"retention_schedule": six._replace(period=7)})
    ] == told
    assert [key for key, _ in required({}, {"retention_stated_as": "six years"})] == told
    assert required({"retention_schedule": six}, {"retention_schedule": six._replace(disposal="erase")}) == []


def test_profiling_that_begins_is_told_and_assessed():
    assert [key for key, _ in required({"profiling": "no"}, {"profiling": "yes"})] == [
        "new-profiling-notice",
        "new-profiling-assessment",
    ]
    assert required({"automated_decisions": "yes"}, {"automated_decisions": "no"}) == []


def test_another_logic_of_profiling_that_goes_on_is_told():
    before = {"profiling": "yes", "profiling_logic": "Sum of orders", "human_intervention": "The service desk"}

    def keys(after):
        return [key for key, _ in required(before, after)]

    assert keys({"profiling_logic": "A trained model"}) == ["changed-logic-notice"]
    assert keys({"human_intervention": ""}) == ["changed-logic-notice"]
    assert keys({"profiling_logic": "sum  of orders"}) == []
    assert keys({"profiling": "no", "profiling_logic": ""}) == []
    assert required({"profiling_logic": "Sum"}, {"profiling_logic": "Model"}) == []


def test_a_segment_that_is_new_is_told_and_one_contacted_on_another_basis_checked():
    regulars, lapsed = segment("Regulars", contact_basis="soft_opt_in"), segment("Lapsed", contact_basis="consent")
    before = {"segments": (regulars, lapsed)}
    changed = (lapsed._replace(contact_basis="legitimate_interest"), regulars._replace(contact_basis="consent"))

    assert required(before, {"segments": (*changed, segment("Students"))}) == [
        (
            "new-segment-notice",
            "Say in the notice that people are put into this segment, and how they leave it: Students.",
        ),
        (
            "segment-contact-basis-notice",
            "Check that the people in the segment may be contacted on the new basis, and say so in the notice: Lapsed.",
        ),
        (
            "segment-to-consent",
            "Contact nobody in the segment before they have consented, and keep the evidence: Regulars.",
        ),
    ]
    assert required(before, {"segments": (regulars._replace(contact_basis="no_contact"), lapsed)}) == []
    assert required(before, {"segments": (regulars._replace(audience_size=1, opt_out="Mail us"), lapsed)}) == []


def test_data_added_to_a_segment_are_checked_but_not_those_of_a_new_one():
    regulars, students = segment("Regulars"), segment("Students")
    orders, age = data("Orders"), data("Age")
    before = {"segments": (regulars,), "segment_data": (segment_data(orders, segment=regulars),)}

    def keys(*rows, segments=(regulars, students)):
        return [key for key, _ in required(before, {"segments": segments, "segment_data": rows})]

    assert keys(segment_data(orders, segment=regulars), segment_data(age, segment=regulars), segments=(regulars,)) == [
        "segment-data-added"
    ]
    assert keys(segment_data(orders, segment=regulars), segment_data(age), segments=(regulars,)) == [
        "segment-data-added"
    ]
    assert keys(segment_data(orders, segment=regulars), segment_data(age, segment=students)) == ["new-segment-notice"]
    assert keys(segments=(regulars,)) == []


def test_a_measure_that_is_gone_and_a_joint_controller_that_is_new_are_seen_to():
    locks, logs = measure(name="Locks"), measure(name="Logs")
    partner = joint_controller()

    assert required({"measures": (locks, logs)}, {"measures": (logs,)}) == [
        (
            "measure-dropped",
            "Check whether what is left protects the data well enough, without: Locks.",
        )
    ]
    assert required({"measures": (locks,)}, {"measures": (logs, locks)}) == []
    assert [key for key, _ in required({}, {"joint_controllers": (partner,)})] == [
        "new-joint-controller-notice",
        "new-joint-controller-arrangement",
    ]


def test_other_words_of_a_consent_raise_the_question_of_renewal():
    form = consent()

    assert required({"consents": (form,)}, {"consents": (form._replace(wording="I agree to all"), consent("App"))}) == [
        (
            "reworded-consent",
            "Decide whether those who agreed to the former words have to be asked again: Sign-up form.",
        )
    ]


def test_a_completed_assessment_is_looked_at_again_when_the_processing_grows():
    made = assessment(completed_on=date(2026, 1, 1))

    assert required({"impact_assessments": (made,)}, {"systems": (system(),)}) == [
        ("assessment-to-review", "Check whether the impact assessment still holds: DPIA 1.")
    ]
    assert required({"impact_assessments": (assessment(),)}, {"systems": (system(),)}) == []


def test_each_line_says_its_article_and_why():
    (one,) = consequences(record(), record(retention_stated_as="six years"))

    assert (one.requirement, one.article, one.why) == (
        Requirement.NOTICE,
        "GDPR Art. 13(2)(a)",
        "People are told how long their data are kept.",
    )
