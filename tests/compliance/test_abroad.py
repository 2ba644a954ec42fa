from registry.compliance.context import Context
from registry.compliance.meetings import Met
from tests.compliance.records import (
    ON,
    OURS,
    Case,
    bound,
    organisation,
    recipient,
    recipient_entry,
    record,
    said_by,
    system,
    three_tests,
    transfer,
)

CLOUDY, DISKETTE = bound(country="IE"), recipient_entry("Diskette Inc.", country="IN")
AMERICAN = recipient_entry("Cloudy Inc.", country="US")
ENGAGING = Context(ON, {}, {CLOUDY.pk: (DISKETTE,)})


def to(entry, country, **values):
    return transfer(country, recipient=entry, **values)


def told(entry, names):
    """What other records, by these names, tell of transfers to a recipient: country and safeguard."""
    some = {said: Met(1, {-place: name}) for place, (said, name) in enumerate(names.items(), 1)}
    return Context(ON, told={(OURS.pk, entry.pk): some})


CASES = {
    "recipient-abroad-without-transfer": Case(
        passes=record(recipients=(recipient(AMERICAN),), transfers=(to(AMERICAN, "US"),)),
        finds=record(recipients=(recipient(AMERICAN), recipient(recipient_entry("Guests", country="CH")))),
        says=(
            "Cloudy Inc. in the United States receives data, and no transfer to it is listed.",
            "Guests in Switzerland receives data, and no transfer to it is listed.",
        ),
        not_about=record(
            recipients=(
                recipient(recipient_entry("Oslo", country="NO")),
                recipient(recipient_entry("Themselves", country="US", kind="data_subject")),
                recipient(recipient_entry("Somebody")),
            )
        ),
    ),
    "recipient-in-words-abroad-without-transfer": Case(
        passes=record(
            transfers_answer="yes",
            recipients=(recipient(stated_as="Call centre in Morocco"),),
            transfers=(transfer("MA"),),
        ),
        finds=record(
            transfers_answer="no",
            recipients=(recipient(stated_as="Centre d’appels au Maroc"), recipient(stated_as="Support team (USA)")),
        ),
        says=(
            "The recipient “Centre d’appels au Maroc” names a country (Morocco), and no transfer there is listed.",
            "The recipient “Support team (USA)” names a country (the United States), and no transfer there is listed.",
        ),
        not_about=record(
            transfers_answer="no",
            recipients=(
                recipient(stated_as="Carriers in France and Norway"),
                recipient(stated_as="Customers in Morocco", role="data_subject"),
                recipient(recipient_entry("Bank of China", country="DE")),
            ),
        ),
    ),
    "system-abroad-without-transfer": Case(
        passes=record(systems=(system(hosting_country="US"),), transfers=(to(None, "", stated_as="the cloud"),)),
        finds=record(systems=(system(hosting_country="US"),)),
        says=("The system Payroll system is hosted in the United States, and no transfer there is listed.",),
        not_about=record(systems=(system(hosting_country="DE"), system())),
    ),
    "sub-processor-abroad-without-transfer": Case(
        passes=record(recipients=(recipient(CLOUDY),), transfers=(to(DISKETTE, "IN"),)),
        finds=record(recipients=(recipient(CLOUDY),)),
        says=("The processor Cloudy Ltd engages Diskette Inc. abroad, and no transfer there is listed.",),
        not_about=record(recipients=(recipient(bound()),)),
        context=ENGAGING,
    ),
    "transfer-to-nobody-among-recipients": Case(
        passes=record(recipients=(recipient(AMERICAN),), transfers=(to(AMERICAN, "US"),)),
        finds=record(recipients=(recipient(CLOUDY),), transfers=(to(AMERICAN, "US"),)),
        says=("Data are transferred to Cloudy Inc., which isn't among the recipients.",),
        not_about=record(transfers=(to(AMERICAN, "US"),)),
    ),
    "transfer-stated-elsewhere": Case(
        passes=record(recipients=(recipient(CLOUDY),), transfers=(to(CLOUDY, "US"),)),
        finds=record(recipients=(recipient(CLOUDY),)),
        says=(
            "PA-2 Hosting: there, data that Cloudy Ltd receives go to the United States. This record has the same recipient and lists no transfer.",
        ),
        not_about=record(recipients=(recipient(bound()),)),
        context=told(CLOUDY, {"US A46-2-c": "PA-2 Hosting", "NO ": "PA-3"}),
    ),
    "safeguard-differs-elsewhere": Case(
        passes=record(transfers=(to(AMERICAN, "US", safeguard="A46-2-c"),)),
        finds=record(transfers=(to(AMERICAN, "US", safeguard="A45-3"),)),
        says=(
            "The transfer to Cloudy Inc. in the United States rests on “Adequacy decision” here, and on “Standard contractual clauses of the Commission” elsewhere: PA-2 Hosting.",
        ),
        not_about=record(transfers=(to(AMERICAN, "US"), to(AMERICAN, "IN", safeguard="A45-3"))),
        context=told(AMERICAN, {"US A46-2-c": "PA-2 Hosting"}),
    ),
}


@three_tests(CASES)
def test_a_rule_about_what_goes_abroad(rule, record, context, says):
    assert said_by(rule, record, context) == says


def test_for_a_swiss_or_british_record_abroad_is_every_other_country():
    german = recipient(recipient_entry("Hosting GmbH", country="DE"))

    for country in ("CH", "GB"):
        one = record(organisation=organisation(country=country), recipients=(german,))
        assert said_by("recipient-abroad-without-transfer", one, Context(ON)) == (
            "Hosting GmbH in Germany receives data, and no transfer to it is listed.",
        )


def test_the_sub_processor_of_a_listed_processor_may_receive_a_transfer():
    diskette = recipient_entry("Diskette Inc.", sub_processor_of=CLOUDY)
    one = record(recipients=(recipient(CLOUDY),), transfers=(to(diskette, "IN"),))

    assert said_by("transfer-to-nobody-among-recipients", one, Context(ON)) == ()


def test_a_transfer_to_no_place_is_questioned_as_such_alone():
    one = record(recipients=(recipient(CLOUDY),), transfers=(to(AMERICAN, ""),))

    assert said_by("transfer-to-nobody-among-recipients", one, Context(ON)) == ()


def test_where_nobody_has_said_whether_there_are_transfers_words_ask_nothing_more():
    one = record(recipients=(recipient(stated_as="Call centre in Morocco"),))

    assert said_by("recipient-in-words-abroad-without-transfer", one, Context(ON)) == ()
