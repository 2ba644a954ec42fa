from datetime import date

import pytest

from registry.compliance.checking import check_record
from registry.compliance.context import Context
from registry.compliance.notice_text import NoticeText, text_of
from registry.compliance.rules import rules_for
from registry.record.consequence import ConsequenceRecord
from registry.record.entries import DocumentEntry
from tests.compliance import notices
from tests.compliance.noticed import (
    CARE,
    GYM,
    IN_ENGLISH,
    IN_GERMAN,
    NAMED,
    OFFICER,
    PAYROLL,
    SHOP,
    STAFF,
    TICKETS,
    received_by,
)
from tests.compliance.records import (
    ON,
    Case,
    basis,
    data,
    frozen,
    purpose,
    recipient_entry,
    record,
    said_by,
    schedule,
    three_tests,
    transfer,
)

PROFILING = "Scoring creditworthiness through external bureaux"
TWO_YEARS = schedule(name="Two years", period=2, unit="year")


def told(wording=notices.ENGLISH, unsaid=None, **values):
    """The notice with this wording, and beside it a whole one, as the rules are told of them."""
    given = {"name": "Notice", "kind": "privacy_notice", "wording": wording, **values}
    whole = frozen(DocumentEntry, name="Whole", kind="privacy_notice", wording=notices.ENGLISH)
    return Context(ON, notices={"notice": frozen(DocumentEntry, **given), "whole": whole}, unsaid=unsaid or {})


def without(*parts, wording=notices.ENGLISH):
    """A notice from which every line with one of these words is taken away."""
    return told("\n".join(line for line in wording.split("\n") if not any(part in line for part in parts)))


def in_english(**values):
    """A record in English that names the notice."""
    return record(**NAMED, description=IN_ENGLISH, **values)


LEDGER = received_by("Ledgerly GmbH", kind="third_party", description="Assesses creditworthiness")

CASES = {
    "privacy-notice-without-purpose": Case(
        passes=in_english(purposes=(purpose("Delivering orders and taking payment"), purpose("Scoring creditworthiness"))),
        finds=in_english(purposes=(purpose("Delivering orders"), purpose(PROFILING))),
        says=(f"Nothing in the wording of the privacy notice “Notice” recalls: {PROFILING}.",),
        not_about=record(description=IN_ENGLISH, purposes=(purpose(PROFILING),)),
        context=told(),
    ),
    "privacy-notice-without-recipient": Case(
        passes=in_english(recipients=(received_by("DHL Paket GmbH"), received_by("Nordsky AS", description="Hosts our shop"))),
        finds=in_english(recipients=(received_by("DHL"), LEDGER)),
        says=(
            "The wording of the privacy notice “Notice” names neither these recipients nor, as the register describes "
            "them, their kind: Ledgerly GmbH.",
        ),
        not_about=in_english(recipients=(received_by("Payroll", kind="internal_unit"),)),
        context=told(),
    ),
    "privacy-notice-without-third-country": Case(
        passes=in_english(transfers=(transfer("US"),)),
        finds=in_english(transfers=(transfer("US"), transfer("IN"), transfer("IN", "Sundara"))),
        says=(
            "The wording of the privacy notice “Notice” doesn't name all countries to which the record transfers data: "
            "India.",
        ),
        not_about=in_english(transfers=(transfer("DE"), transfer("", international_organisation="WHO"))),
        context=told(),
    ),
    "privacy-notice-without-time-limit": Case(
        passes=in_english(retention_schedule=schedule(period=36, unit="month")),
        finds=in_english(retention_schedule=TWO_YEARS, data_categories=(data(retention_schedule=TWO_YEARS),)),
        says=("The wording of the privacy notice “Notice” doesn't seem to state these time limits: Two years.",),
        not_about=in_english(retention_schedule=schedule(period=2, unit="year", criteria_only=True)),
        context=told(),
    ),
    "privacy-notice-without-complaint": Case(
        passes=in_english()._replace(privacy_notice="Whole"),
        finds=in_english(),
        says=(
            "The wording of the privacy notice “Notice” doesn't seem to say that people may complain to a "
            "supervisory authority.",
        ),
        not_about=record(),
        context=without("lodge a", "complaint"),
    ),
    "privacy-notice-without-withdrawal": Case(
        passes=in_english(legal_bases=(basis("A6-1-a"),))._replace(privacy_notice="Whole"),
        finds=in_english(legal_bases=(basis("A6-1-a"),)),
        says=(
            "The record rests on consent, and the wording of the privacy notice “Notice” doesn't seem to say that consent "
            "can be withdrawn.",
        ),
        not_about=in_english(legal_bases=(basis("A6-1-b"),)),
        context=without("withdraw"),
    ),
    "privacy-notice-without-interests": Case(
        passes=in_english(legal_bases=(basis("A6-1-f"),))._replace(privacy_notice="Whole"),
        finds=in_english(legal_bases=(basis("A6-1-f"),)),
        says=(
            "The record rests on legitimate interests, and the wording of the privacy notice “Notice” doesn't seem to speak "
            "of any.",
        ),
        not_about=in_english(legal_bases=(basis("A6-1-b"),)),
        context=without("interest"),
    ),
    "privacy-notice-without-officer": Case(
        passes=in_english(organisation=OFFICER)._replace(privacy_notice="Whole"),
        finds=in_english(organisation=OFFICER),
        says=(
            "The wording of the privacy notice “Notice” doesn't seem to say how the data protection officer (Grace "
            "Hopper) is reached.",
        ),
        not_about=in_english(),
        context=without("officer", "dpo@"),
    ),
}  # fmt: skip
WORDING_RULES = tuple(CASES)


def found(one, context):
    """What all rules about wordings say of a record."""
    return [gap.what for gap in check_record(one, context) if gap.rule.id in WORDING_RULES]


@three_tests(CASES)
def test_a_rule_about_the_wording_of_notices(rule, record, context, says):
    assert said_by(rule, record, context) == says


REALISTIC = {"English": (SHOP, notices.ENGLISH), "German": (PAYROLL, notices.GERMAN), "French": (GYM, notices.FRENCH)}
OTHERS = {"staff": (STAFF, notices.EMPLOYER), "tickets": (TICKETS, notices.CLUB), "care": (CARE, notices.HOSPITAL)}


@pytest.mark.parametrize("which", [*REALISTIC, *OTHERS])
def test_a_notice_that_says_what_the_record_says_lacks_nothing(which):
    one, wording = {**REALISTIC, **OTHERS}[which]

    assert found(one, told(wording)) == []


OF_THE_NOTICE = ("purpose", "recipient", "third-country", "time-limit")


@pytest.mark.parametrize("language", REALISTIC)
def test_a_notice_about_something_else_lacks_it_all(language):
    one, wording = REALISTIC[language]
    other = one._replace(
        purposes=(purpose("Warmblut Hengste Zuchtrichter"),),
        recipients=(received_by("Wurlitzer"),),
        transfers=(transfer("PE"),),
        retention_schedule=schedule(period=77, unit="year"),
    )

    lacking = [gap.rule.id for gap in check_record(other, told(wording)) if gap.rule.id in WORDING_RULES]
    assert lacking == [f"privacy-notice-without-{one}" for one in OF_THE_NOTICE]


@pytest.mark.parametrize(
    ("language", "parts"),
    [
        ("English", ("officer", "dpo@", "withdraw", "interest", "complaint", "supervisory")),
        ("German", ("datenschutz@", "Datenschutzbeauftragte", "widerrufen", "Interesse", "lit. f", "Aufsichtsbehörde")),
        ("French", ("délégué", "dpo@", "retirer", "intérêt légitime", "réclamation", "CNIL")),
    ],
)
def test_what_every_notice_must_say_is_missed_in_three_languages(language, parts):
    one, wording = REALISTIC[language]

    lacking = [gap.rule.id for gap in check_record(one, without(*parts, wording=wording))]

    for said in ("complaint", "withdrawal", "interests", "officer"):
        assert f"privacy-notice-without-{said}" in lacking


def test_an_officer_may_be_known_by_name_or_address_alone():
    one = in_english(organisation=OFFICER)
    silent = without("officer", "dpo@").notices["notice"].wording

    assert found(one, told(silent + "\nWrite to hopper@officers.example.")) == []
    assert found(one, told(silent + "\nWrite to Grace Hopper.")) == []
    assert len(found(one, told(silent))) == 1


LACKING = SHOP._replace(purposes=(purpose(PROFILING),), recipients=(LEDGER,), transfers=(transfer("IN"),))


@pytest.mark.parametrize(
    "context",
    [
        told(wording=notices.SPANISH),
        told(wording="See https://fjord.example/privacy"),
        told(wording=notices.ENGLISH + notices.GERMAN),
        told(wording=""),
        told(retired_on=ON),
        told(valid_until=date(2026, 5, 31)),
    ],
    ids=["another language", "too short", "two languages", "no wording", "retired", "no longer valid"],
)
def test_nothing_is_said_of_a_wording_that_cannot_be_judged(context):
    assert found(LACKING, context) == []
    assert found(LACKING._replace(privacy_notice="Another notice"), told()) == []


def test_words_are_only_compared_with_a_record_in_the_same_language():
    one = LACKING._replace(description="", name="PA 1")

    assert [said.rpartition(": ")[-1] for said in found(one, told())] == ["India."]
    assert len(found(one._replace(description=IN_GERMAN), told())) == 1


def test_what_a_change_is_known_to_have_made_the_notice_lack_is_not_said_twice():
    one = LACKING._replace(privacy_notice_on=date(2026, 1, 1), retention_schedule=TWO_YEARS)
    changes = [
        ("new-purpose-notice", PROFILING),
        ("new-recipient-notice", "Ledgerly GmbH\nAnother"),
        ("new-transfer-notice", "Cloudy Inc."),
        ("time-limit-notice", ""),
    ]

    def unsaid(day):
        rows = [frozen(ConsequenceRecord, key=key, names=names, raised_on=day) for key, names in changes]
        return told(unsaid={one.pk: tuple(rows)})

    assert found(one, unsaid(date(2026, 2, 1))) == []
    assert len(found(one, unsaid(date(2025, 12, 1)))) == 4
    assert len(found(one, told())) == 4


@pytest.mark.parametrize(
    ("values", "is_named"),
    [
        ({"name": "Amazon Web Services EMEA SARL"}, True),
        ({"name": "Wellspring Orchards plc"}, False),
        ({"name": "Postway", "what_for": "Parcels to Ireland"}, True),
        ({"name": "Wellspring Bank plc"}, True),
        ({"name": "Data Services GmbH"}, False),
        ({"name": "Mail Order House", "stated_as": "our Mail-Berry account"}, True),
        ({"name": "Ledgerly", "sub_processor_of": recipient_entry("Paywell S.A.")}, True),
        ({"name": "Ledgerly", "what_for": "Hosting"}, True),
        ({"name": "Ledgerly", "kind": "processor"}, False),
        ({"name": "Ledgerly", "kind": "public_authority"}, True),
        ({"name": "Ledgerly", "kind": "joint_controller"}, False),
        ({"name": "Insurers", "nature": "category"}, False),
    ],
)
def test_a_recipient_is_named_by_name_by_what_it_does_or_in_general(values, is_named):
    context = told(notices.ENGLISH + "Our systems are run by AWS.")

    assert said_by("privacy-notice-without-recipient", in_english(recipients=(received_by(**values),)), context) == (
        ()
        if is_named
        else (
            "The wording of the privacy notice “Notice” names neither these recipients nor, as the register describes "
            f"them, their kind: {values['name']}.",
        )
    )


@pytest.mark.parametrize(
    ("sentence", "codes"),
    [
        ("We send data to the U.S. and to the UK.", "US GB"),
        ("Contact us at any time.", ""),
        ("Daten gehen in die USA und ins Vereinigte Königreich.", "US GB"),
        ("Server stehen im Vereinigten Königreich, in der Schweiz und bei einem chinesischen Anbieter.", "GB CH CN"),
        ("Des prestataires indiens ; un hébergeur américain ; l'Inde", "IN US"),
        ("Une demande indépendante, une indemnité", ""),
        ("Nos serveurs se trouvent en Côte d’Ivoire", "CI"),
    ],
)
def test_a_country_is_known_by_its_names_in_three_languages(sentence, codes):
    text = NoticeText(sentence)

    assert [code for code in ("US", "GB", "IN", "CH", "CN", "CI") if text.names[code]] == sorted(
        codes.split(), key=["US", "GB", "IN", "CH", "CN", "CI"].index
    )


@pytest.mark.parametrize(
    ("sentence", "months"),
    [
        ("for 10 years", 120),
        ("ten-year period", 120),
        ("six (6) months", 6),
        ("for 6, 8 or 10 full calendar years", 96),
        ("zehn Jahre", 120),
        ("eine zehnjährige Frist", 120),
        ("nach einer Zweiwochenfrist", 0.47),
        ("binnen dreißig Tagen", 1),
        ("am Ende des dritten Kalenderjahres", 36),
        ("für ein halbes Jahr", 6),
        ("pendant cinq ans", 60),
        ("au bout de vingt-quatre mois", 24),
        ("un trimestre", 3),
        ("72 hours", 0.1),
        ("the current year plus six", 84),
        ("Retention in years: 4", 48),
    ],
)
def test_a_period_is_known_in_figures_and_words_and_other_units(sentence, months):
    assert NoticeText(sentence).names_period(months)


@pytest.mark.parametrize("sentence", ["since 2016, for years", "11 years", "9 years", "ten months", "120 days"])
def test_another_period_is_not_taken_for_ten_years(sentence):
    assert not NoticeText(sentence).names_period(120)


def test_words_broken_by_a_page_are_put_together_again():
    text = NoticeText("im Rahmen einer Auftrags-\nver\u00adarbeitung")

    assert text.holds[" auftragsverarbeitung"]


def test_a_record_that_names_no_notice_is_not_even_asked():
    asked, _laws = rules_for(LACKING._replace(privacy_notice=""), told())

    assert [rule.id for rule, _find in asked if rule.id in WORDING_RULES] == []


def test_a_wording_is_taken_apart_once_for_all_records_that_name_it():
    context = told()
    text_of.cache_clear()
    for pk in range(3):
        found(LACKING._replace(pk=pk), context)

    assert text_of.cache_info().misses == 1
