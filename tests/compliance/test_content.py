from tests.compliance.records import (
    Case,
    data,
    joint_controller,
    organisation,
    purpose,
    recipient,
    recipient_entry,
    record,
    said_by,
    served,
    subject,
    three_tests,
    transfer,
)

PROCESSOR = record(role="processor")
NOWHERE = organisation(name="Nowhere Ltd", email="")

CASES = {
    "purposes-missing": Case(
        passes=record(purposes=(purpose(),)),
        finds=record(),
        says=("The record names no purpose.",),
        not_about=PROCESSOR,
    ),
    "data-subjects-missing": Case(
        passes=record(data_subjects=(subject(category=None, stated_as="whoever writes to us"),)),
        finds=record(),
        says=("The record doesn't say whose data are processed.",),
        not_about=PROCESSOR,
    ),
    "data-categories-missing": Case(
        passes=record(data_categories=(data(),)),
        finds=record(),
        says=("The record doesn't say which data are processed.",),
        not_about=PROCESSOR,
    ),
    "recipients-not-stated": Case(
        passes=record(recipients_answer="no"),
        finds=record(),
        says=("The record says neither who receives the data nor that nobody does.",),
        not_about=PROCESSOR,
    ),
    "recipients-announced-not-listed": Case(
        passes=record(recipients_answer="yes", recipients=(recipient(recipient_entry()),)),
        finds=record(recipients_answer="yes"),
        says=("The record says that there are recipients and lists none.",),
        not_about=record(),
    ),
    "recipients-denied-but-listed": Case(
        passes=record(recipients_answer="no"),
        finds=record(
            recipients_answer="no", recipients=(recipient(recipient_entry()), recipient(stated_as="the bank"))
        ),
        says=("The record says that there are no recipients, and lists Cloudy Ltd, “the bank”.",),
        not_about=record(recipients=(recipient(recipient_entry()),)),
    ),
    "transfers-not-stated": Case(
        passes=record(transfers_answer="no"),
        finds=PROCESSOR,
        says=("The record says neither that data go to third countries nor that they don't.",),
        not_about=record(transfers_answer="yes"),
    ),
    "transfers-announced-not-listed": Case(
        passes=record(transfers_answer="yes", transfers=(transfer(),)),
        finds=record(transfers_answer="yes"),
        says=("The record says that data go to third countries and doesn't say which.",),
        not_about=record(transfers_answer="no"),
    ),
    "transfers-denied-but-listed": Case(
        passes=record(transfers_answer="yes", transfers=(transfer(),)),
        finds=record(transfers_answer="no", transfers=(transfer(),)),
        says=("The record says that there are no transfers, and lists Cloudy Inc.",),
        not_about=record(transfers_answer="no"),
    ),
    "joint-controllers-not-named": Case(
        passes=record(role="joint_controller", joint_controllers=(joint_controller(),)),
        finds=record(role="joint_controller"),
        says=("We are a joint controller here, and nobody is named with whom.",),
        not_about=record(),
    ),
    "joint-controllers-of-a-sole-controller": Case(
        passes=record(role="joint_controller", joint_controllers=(joint_controller(),)),
        finds=record(joint_controllers=(joint_controller(),)),
        says=("Joint controllers are named (Partner), and our role isn't that of a joint controller.",),
        not_about=record(),
    ),
    "joint-controller-without-arrangement": Case(
        passes=record(role="joint_controller", joint_controllers=(joint_controller(arrangement="File 12"),)),
        finds=record(role="joint_controller", joint_controllers=(joint_controller(),)),
        says=("No arrangement with the joint controller Partner is referred to.",),
        not_about=record(),
    ),
    "controllers-served-missing": Case(
        passes=record(role="processor", controllers=(served(),)),
        finds=PROCESSOR,
        says=("The record doesn't say for which controllers we process.",),
        not_about=record(),
    ),
    "controller-served-without-contact-details": Case(
        passes=record(role="processor", controllers=(served(),)),
        finds=record(role="processor", controllers=(served(organisation=NOWHERE),)),
        says=("The controller Nowhere Ltd has neither address nor e-mail nor telephone in the register.",),
        not_about=record(role="processor", controllers=(served(organisation=None, stated_as="the municipalities"),)),
    ),
    "categories-of-processing-missing": Case(
        passes=record(role="processor", controllers=(served(categories_of_processing="Hosting"),)),
        finds=record(role="processor", controllers=(served(),)),
        says=("Nothing says what is carried out for Client.",),
        not_about=record(),
    ),
    "own-organisation-served": Case(
        passes=record(role="processor", controllers=(served(),)),
        finds=record(role="processor", organisation=NOWHERE, controllers=(served(organisation=NOWHERE),)),
        says=("The record says that we process on behalf of Nowhere Ltd, which is ourselves.",),
        not_about=record(organisation=NOWHERE, controllers=(served(organisation=NOWHERE),)),
    ),
    "controllers-in-a-controllers-record": Case(
        passes=record(),
        finds=record(controllers=(served(),)),
        says=("This is a controller's record, and it names controllers that we serve: Client.",),
        not_about=record(role="processor", controllers=(served(),)),
    ),
}


@three_tests(CASES)
def test_a_rule_about_content(rule, record, context, says):
    assert said_by(rule, record, context) == says
