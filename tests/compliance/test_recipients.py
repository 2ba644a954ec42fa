from datetime import date

from registry.compliance.context import Context
from tests.compliance.records import (
    ON,
    Case,
    bound,
    joint_controller,
    recipient,
    recipient_entry,
    record,
    said_by,
    three_tests,
)


def with_one(entry, **values):
    return record(recipients=(recipient(entry, **values),))


UNBOUND = recipient_entry(kind="processor")
BOUND = with_one(bound())
BANK = with_one(recipient_entry("Bank", kind="independent_controller"))
STRICT = bound(sub_processor_authorisation="none")

CASES = {
    "contract-only-in-words": Case(
        passes=BOUND,
        finds=record(
            recipients=(
                recipient(recipient_entry("Cloudy (contrat art. 28)", kind="processor")),
                recipient(UNBOUND, what_for="Hosting, AV-Vertrag von 2024"),
                recipient(UNBOUND, what_for="Hosting, AV-Vertrag fehlt"),
            )
        ),
        says=(
            "That a contract binds the processor Cloudy (contrat art. 28) is only said in words: neither its kind nor its date is recorded.",
            "That a contract binds the processor Cloudy Ltd is only said in words: neither its kind nor its date is recorded.",
        ),
        not_about=with_one(UNBOUND),
    ),
    "processor-without-contract": Case(
        passes=BOUND,
        finds=record(recipients=(recipient(UNBOUND), recipient(recipient_entry("Bank"), role="processor"))),
        says=(
            "Cloudy Ltd processes data on our behalf, and no contract is recorded that binds it.",
            "Bank processes data on our behalf, and no contract is recorded that binds it.",
        ),
        not_about=record(
            recipients=(
                recipient(UNBOUND, role="independent_controller"),
                recipient(recipient_entry("Hosters", kind="processor", nature="category")),
                recipient(recipient_entry(kind="sub_processor")),
                recipient(stated_as="a processor"),
            )
        ),
    ),
    "processor-not-named": Case(
        passes=BOUND,
        finds=with_one(recipient_entry("Hosters", kind="processor", nature="category")),
        says=(
            "“Hosters” are processors as a category: which companies they are, and whether each has a contract, can't be seen.",
        ),
        not_about=with_one(recipient_entry("Banks", kind="independent_controller", nature="category")),
    ),
    "contract-expired": Case(
        passes=with_one(bound(contract_ends_on=ON)),
        finds=with_one(bound(contract_ends_on=date(2026, 5, 31))),
        says=("The contract with the processor Cloudy Ltd ended on 31 May 2026.",),
        not_about=with_one(recipient_entry(kind="independent_controller", contract_ends_on=date(2026, 5, 31))),
    ),
    "contract-ending": Case(
        passes=with_one(bound(contract_ends_on=date(2026, 8, 31))),
        finds=with_one(bound(contract_ends_on=date(2026, 8, 30))),
        says=("The contract with the processor Cloudy Ltd ends on 30 August 2026.",),
        not_about=with_one(bound(contract_ends_on=date(2026, 5, 31))),
    ),
    "contract-without-date": Case(
        passes=BOUND,
        finds=with_one(bound(contract_signed_on=None)),
        says=("A contract with the processor Cloudy Ltd is recorded, without the day on which it was signed.",),
        not_about=with_one(UNBOUND),
    ),
    "contract-signed-later": Case(
        passes=with_one(bound(contract_signed_on=ON)),
        finds=with_one(bound(contract_signed_on=date(2026, 6, 2))),
        says=("The contract with the processor Cloudy Ltd is dated 2 June 2026, after 1 June 2026.",),
        not_about=with_one(UNBOUND),
    ),
    "contract-lacks-points": Case(
        passes=BOUND,
        finds=with_one(bound(allows_audits="no", confidentiality="no")),
        says=(
            "The contract with the processor Cloudy Ltd doesn't settle: Persons bound to confidentiality, Gives information and allows audits.",
        ),
        not_about=with_one(UNBOUND),
    ),
    "contract-points-not-checked": Case(
        passes=BOUND,
        finds=with_one(bound(allows_audits="not_assessed")),
        says=(
            "Nobody has checked whether the contract with the processor Cloudy Ltd settles: Gives information and allows audits.",
        ),
        not_about=with_one(UNBOUND),
    ),
    "sub-processor-authorisation-unknown": Case(
        passes=BOUND,
        finds=with_one(bound(sub_processor_authorisation="")),
        says=("Nothing says whether Cloudy Ltd may engage sub-processors.",),
        not_about=with_one(UNBOUND),
    ),
    "sub-processor-not-authorised": Case(
        passes=BOUND,
        finds=with_one(STRICT),
        says=("Cloudy Ltd may engage no sub-processors, and the catalogue names Diskette Inc. as such.",),
        not_about=with_one(bound(sub_processor_authorisation="none")),
        context=Context(ON, {}, {STRICT.pk: (recipient_entry("Diskette Inc."),)}),
    ),
    "sub-processor-of-nobody": Case(
        passes=with_one(recipient_entry(kind="sub_processor", sub_processor_of=UNBOUND)),
        finds=with_one(recipient_entry(kind="sub_processor")),
        says=("Cloudy Ltd is a sub-processor here, and nothing says whose.",),
        not_about=with_one(None, stated_as="a sub-processor", role="sub_processor"),
    ),
    "joint-controller-among-recipients": Case(
        passes=record(
            role="joint_controller",
            joint_controllers=(joint_controller(),),
            recipients=(recipient(recipient_entry(kind="joint_controller")),),
        ),
        finds=with_one(None, stated_as="The association", role="joint_controller"),
        says=(
            "“The association” receives data as a joint controller, and the record names no joint controllers or arrangement.",
        ),
        not_about=BANK,
    ),
}


@three_tests(CASES)
def test_a_rule_about_recipients(rule, record, context, says):
    assert said_by(rule, record, context) == says


def test_a_processors_own_sub_processor_needs_a_contract_with_it():
    one = record(role="processor", recipients=(recipient(recipient_entry(kind="sub_processor")),))

    assert said_by("processor-without-contract", one, Context(ON)) == (
        "Cloudy Ltd processes data on our behalf, and no contract is recorded that binds it.",
    )
