from datetime import date

import pytest

from registry.compliance.context import Context
from tests.compliance.records import (
    Case,
    basis,
    organisation,
    record,
    said_by,
    three_tests,
    transfer,
)


def to(*args, **values):
    return record(transfers=(transfer(*args, **values),))


UK, SWISS = organisation(country="GB"), organisation(country="CH")
CITY = organisation(name="Musterstadt", public_authority="yes")
CLAUSES = "Standard contractual clauses of the Commission"

CASES = {
    "transfer-without-country": Case(
        passes=to("", international_organisation="OECD"),
        finds=to(""),
        says=("The transfer to Cloudy Inc. names neither a country nor an international organisation.",),
        not_about=record(),
    ),
    "transfer-country-only-in-words": Case(
        passes=to("IN"),
        finds=record(transfers=(transfer("", name="Sundry Tech (Indien), SCC fehlt"), transfer("", name="Desk, USA"))),
        says=(
            "The transfer to Sundry Tech (Indien), SCC fehlt names its country in words only (India), so that its safeguard isn't looked at.",
            "The transfer to Desk, USA names its country in words only (the United States), so that its safeguard isn't looked at.",
        ),
        not_about=to("", name="Bureau in Deutschland"),
    ),
    "transfer-within-the-eea": Case(
        passes=to("US"),
        finds=to("NO"),
        says=(
            "Norway lies within the European Economic Area: the disclosure to Cloudy Inc. is no transfer to a third country.",
        ),
        not_about=to(""),
    ),
    "transfer-without-safeguard": Case(
        passes=to("IN", safeguard="A46-2-c"),
        finds=record(transfers=(transfer("IN"), transfer("", name="Bureau", international_organisation="OECD"))),
        says=(
            "The transfer to Cloudy Inc. in India rests on nothing: no safeguard is named, and no adequacy decision covered the whole of India on 1 June 2026.",
            "The transfer to Bureau in OECD rests on nothing: no safeguard is named, and no adequacy decision covered the whole of OECD on 1 June 2026.",
        ),
        not_about=to("CH"),
    ),
    "adequacy-decision-not-named": Case(
        passes=to("CH", safeguard="A45-3"),
        finds=to("CH"),
        says=(
            "The transfer to Cloudy Inc. in Switzerland names no safeguard. The adequacy decision 2000/518/EC would cover it.",
        ),
        not_about=to("IN"),
    ),
    "foreign-safeguard-missing": Case(
        passes=record(organisation=UK, transfers=(transfer("US", safeguard="UK-IDTA"),)),
        finds=record(organisation=SWISS, transfers=(transfer("US"),)),
        says=("The disclosure to Cloudy Inc. in the United States names no guarantee.",),
        not_about=record(organisation=UK, legal_bases=(basis("A6-1-b"),), transfers=(transfer("US"),)),
    ),
    "safeguard-not-in-force": Case(
        passes=to("US", safeguard="A46-2-c"),
        finds=to("US", safeguard="EU-PRIVACY-SHIELD"),
        says=("The transfer to Cloudy Inc. rests on “Privacy Shield (ended)”, which held until 15 July 2020.",),
        not_about=to("US"),
    ),
    "safeguard-not-yet-in-force": Case(
        passes=to("US", safeguard="A46-2-c"),
        finds=to("US", safeguard="EU-PRIVACY-SHIELD"),
        says=("The transfer to Cloudy Inc. rests on “Privacy Shield (ended)”, which holds only from 12 July 2016.",),
        not_about=to("US"),
        context=Context(date(2016, 1, 1)),
    ),
    "adequacy-without-decision": Case(
        passes=to("CH", safeguard="A45-3"),
        finds=to("IN", safeguard="A45-3"),
        says=(
            "The transfer to Cloudy Inc. rests on an adequacy decision, and none was in force for India on 1 June 2026.",
        ),
        not_about=to("IN", safeguard="A46-2-c"),
    ),
    "adequacy-scope-not-shown": Case(
        passes=to("US", safeguard="A45-3", document="Entry of the list, 2 May 2026"),
        finds=to("US", safeguard="A45-3"),
        says=(
            "The transfer to Cloudy Inc. rests on the adequacy decision for the United States, which is limited: Only organisations certified under the Data Privacy Framework. Nothing shows that the recipient is covered.",
        ),
        not_about=to("CH", safeguard="A45-3"),
    ),
    "adequacy-ending": Case(
        passes=to("CH", safeguard="A45-3"),
        finds=to("GB", safeguard="A45-3"),
        says=(
            "The adequacy decision for the United Kingdom, on which the transfer to Cloudy Inc. rests, ends on 27 December 2031.",
        ),
        not_about=to("GB", safeguard="A46-2-c"),
        context=Context(date(2031, 11, 1)),
    ),
    "safeguard-without-document": Case(
        passes=to("IN", safeguard="A46-2-c", document="File 7"),
        finds=to("IN", safeguard="A46-2-c"),
        says=(
            f"The transfer to Cloudy Inc. rests on “{CLAUSES}”, and the record doesn't say where that is documented.",
        ),
        not_about=to("CH", safeguard="A45-3"),
    ),
    "transfer-impact-assessment-missing": Case(
        passes=to("IN", safeguard="A46-2-c", assessment_status="completed"),
        finds=to("IN", safeguard="A46-2-c", assessment_status="in_progress"),
        says=(
            f"The transfer to Cloudy Inc. in India rests on “{CLAUSES}”, and the law and practice there haven't been assessed.",
        ),
        not_about=to("CH", safeguard="A45-3"),
    ),
    "compelling-interests-not-documented": Case(
        passes=to("IN", safeguard="A49-2", article_49_assessment="Once, ten people, told on 3 May"),
        finds=to("IN", safeguard="A49-2"),
        says=(
            "The transfer to Cloudy Inc. rests on compelling legitimate interests, and its assessment isn't in the record.",
        ),
        not_about=to("IN", safeguard="A49-1-e"),
    ),
    "derogation-without-reason": Case(
        passes=to("IN", safeguard="A49-1-e", article_49_assessment="Claim before the court of Delhi"),
        finds=to("IN", safeguard="A49-1-e"),
        says=("The transfer to Cloudy Inc. rests on the derogation “Legal claims”, and nothing says why it applies.",),
        not_about=to("IN", safeguard="A49-2"),
    ),
    "safeguard-of-another-law": Case(
        passes=to("IN", safeguard="A46-2-c"),
        finds=to("IN", safeguard="UK-IDTA"),
        says=(
            "The transfer to Cloudy Inc. names “International Data Transfer Agreement (IDTA)”, which is a mechanism of another law: it means nothing under the GDPR.",
        ),
        not_about=record(organisation=UK, transfers=(transfer("IN", safeguard="UK-IDTA"),)),
    ),
    "derogation-barred-to-public-authority": Case(
        passes=record(organisation=CITY, transfers=(transfer("IN", safeguard="A49-1-d"),)),
        finds=record(organisation=CITY, transfers=(transfer("IN", safeguard="A49-1-a"),)),
        says=(
            "Musterstadt is a public authority, and the transfer to Cloudy Inc. rests on the derogation “Explicit consent to the transfer”.",
        ),
        not_about=to("IN", safeguard="A49-1-a"),
    ),
}


@three_tests(CASES)
def test_a_rule_about_transfers(rule, record, context, says):

    assert said_by(rule, record, context) == says


@pytest.mark.parametrize(
    ("on", "found"),
    [
        (date(2015, 10, 5), 1),
        (date(2015, 10, 6), 0),
        (date(2020, 7, 15), 1),
        (date(2020, 7, 16), 0),
        (date(2023, 7, 10), 1),
    ],
)
def test_dated_law_is_that_of_the_registers_own_day(on, found):
    one = to("US", safeguard="A45-3", document="the list")

    told = said_by("adequacy-without-decision", one, Context(on))

    assert len(told) == 1 - found


def test_a_recipient_that_is_not_named_is_called_so():
    unnamed = record(transfers=(transfer("US", recipient=None, safeguard="A45-3"),))

    (sentence,) = said_by("adequacy-scope-not-shown", unnamed, Context(date(2026, 6, 1)))

    assert sentence.startswith(
        "The transfer to an unnamed recipient rests on the adequacy decision for the United States"
    )
