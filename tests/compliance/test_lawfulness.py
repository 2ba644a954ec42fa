from datetime import date

from registry.compliance.context import Context
from tests.compliance.records import (
    ON,
    Case,
    basis,
    basis_entry,
    condition,
    data,
    organisation,
    purpose,
    record,
    said_by,
    three_tests,
)

WAGES, LEAVE = purpose("Paying wages"), purpose("Granting leave")
HEALTH = data("Sick notes", "special_category")
OFFENCE = data("Convictions", "criminal_offence")
NUMBER = data("Social security number", "national_identifier")
LAW = "Companies Act 2014 s.285"
UK = organisation(country="GB")
CITY = organisation(name="Musterstadt", public_authority="yes")

POLICY = {"policy_document": "APD 3"}
CASES = {
    "legal-basis-missing": Case(
        passes=record(legal_bases=(basis(stated_as="Art. 6 (1) b"),)),
        finds=record(),
        says=("The record names no legal basis.",),
        not_about=record(role="processor"),
    ),
    "no-lawful-basis-among-legal-bases": Case(
        passes=record(legal_bases=(basis("A9-2-b"), basis("A6-1-b"))),
        finds=record(legal_bases=(basis("A9-2-b"),)),
        says=("The record names only Basis A9-2-b, none of which is a ground of Art. 6.",),
        not_about=record(legal_bases=(basis("A9-2-b"), basis(stated_as="§ 26 BDSG"))),
    ),
    "purpose-without-legal-basis": Case(
        passes=record(
            purposes=(WAGES, LEAVE), legal_bases=(basis("A6-1-b", purpose=WAGES), basis("A6-1-c", purpose=LEAVE))
        ),
        finds=record(purposes=(WAGES, LEAVE), legal_bases=(basis("A6-1-b", purpose=WAGES),)),
        says=("Other purposes have a legal basis of their own; “Granting leave” has none.",),
        not_about=record(purposes=(WAGES, LEAVE), legal_bases=(basis("A6-1-b", purpose=WAGES), basis("A6-1-c"))),
    ),
    "legal-basis-not-in-force": Case(
        passes=record(organisation=UK, legal_bases=(basis("UK-A6-1-ea"),)),
        finds=record(
            legal_bases=(basis(legal_basis=basis_entry("OLD-1", retired_on=date(2026, 1, 1))),),
        ),
        says=("Basis OLD-1 isn't in force on 1 June 2026.",),
        not_about=record(legal_bases=(basis(stated_as="§ 26 BDSG"),)),
    ),
    "legal-obligation-without-provision": Case(
        passes=record(
            legal_bases=(
                basis("A6-1-c", provision=LAW),
                basis("A6-1-c", stated_as="Art. 6 (1) lit. c DSGVO i. V. m. § 147 AO"),
            )
        ),
        finds=record(legal_bases=(basis("A6-1-c"), basis("A6-1-c", stated_as="Art. 6 Abs. 1 lit. c DSGVO"))),
        says=("A legal obligation is relied on, and no provision is named that imposes it.",) * 2,
        not_about=record(legal_bases=(basis("A6-1-b"),)),
    ),
    "public-task-without-provision": Case(
        passes=record(legal_bases=(basis("A6-1-e", provision=LAW),)),
        finds=record(legal_bases=(basis("A6-1-e"),)),
        says=(
            "A task in the public interest or official authority is relied on, and no provision is named that confers it.",
        ),
        not_about=record(legal_bases=(basis("A6-1-c"),)),
    ),
    "legitimate-interest-not-stated": Case(
        passes=record(legal_bases=(basis("A6-1-f", interest="Fewer thefts"),)),
        finds=record(legal_bases=(basis("A6-1-f", stated_as="6(1)(f)"),)),
        says=("Legitimate interests are relied on, and the record doesn't say which.",),
        not_about=record(legal_bases=(basis("A6-1-b"),)),
    ),
    "legitimate-interest-not-assessed": Case(
        passes=record(legal_bases=(basis("A6-1-f", assessment_document="LIA-1"),)),
        finds=record(
            legal_bases=(basis("A6-1-f"), basis("A6-1-f", interest="Fewer thefts", assessment_document="none"))
        ),
        says=(
            "Legitimate interests are relied on, and no balancing against those of the people concerned is documented.",
            "Legitimate interests are relied on (“Fewer thefts”), and no balancing against those of the people concerned is documented.",
        ),
        not_about=record(legal_bases=(basis("A6-1-e"),)),
    ),
    "legitimate-interest-of-a-public-authority": Case(
        passes=record(
            organisation=CITY, legal_bases=(basis("A6-1-e"), basis("A6-1-f", provision="Sale of used furniture"))
        ),
        finds=record(organisation=CITY, legal_bases=(basis("A6-1-f"),)),
        says=("Musterstadt is a public authority, and legitimate interests are relied on.",),
        not_about=record(legal_bases=(basis("A6-1-f"),)),
    ),
    "special-category-without-condition": Case(
        passes=record(
            data_categories=(HEALTH,), legal_bases=(basis("A6-1-b", special_category_condition=condition("A9-2-b")),)
        ),
        finds=record(data_categories=(HEALTH,), legal_bases=(basis("A6-1-b"),)),
        says=("Special categories of data are processed (Sick notes), and no condition is named that allows it.",),
        not_about=record(data_categories=(data(),), special_categories="not_assessed"),
    ),
    "special-category-denied-but-listed": Case(
        passes=record(special_categories="yes", data_categories=(HEALTH,)),
        finds=record(special_categories="no", data_categories=(HEALTH,)),
        says=("The record says that no special categories are processed, and lists Sick notes.",),
        not_about=record(data_categories=(HEALTH,)),
    ),
    "special-category-not-answered": Case(
        passes=record(special_categories="no", data_categories=(data(),)),
        finds=record(data_categories=(data(),)),
        says=("Nobody has said whether special categories of data are processed.",),
        not_about=record(data_categories=(HEALTH,)),
    ),
    "condition-without-special-category": Case(
        passes=record(
            special_categories="yes", legal_bases=(basis("A6-1-b", special_category_condition=condition("A9-2-b")),)
        ),
        finds=record(
            special_categories="no", legal_bases=(basis("A6-1-b", special_category_condition=condition("A9-2-b")),)
        ),
        says=("The condition “Basis A9-2-b” is named, and the record says that no special categories are processed.",),
        not_about=record(legal_bases=(basis("A6-1-b", special_category_condition=condition("A9-2-b")),)),
    ),
    "condition-without-provision": Case(
        passes=record(legal_bases=(basis("A6-1-c", special_category_condition=condition("A9-2-b"), provision=LAW),)),
        finds=record(legal_bases=(basis("A6-1-c", special_category_condition=condition("A9-2-b")), basis("A9-2-h"))),
        says=(
            "The condition “Basis A9-2-b” needs a law beside it, and none is named.",
            "The condition “Basis A9-2-h” needs a law beside it, and none is named.",
        ),
        not_about=record(legal_bases=(basis("A6-1-a", special_category_condition=condition("A9-2-a")),)),
    ),
    "schedule-1-condition-missing": Case(
        passes=record(organisation=UK, legal_bases=(basis("UK-A9-2-g", schedule_1_condition="Sch. 1 para. 10"),)),
        finds=record(organisation=UK, legal_bases=(basis("UK-A9-2-g"),)),
        says=("“Basis UK-A9-2-g” is relied on in the United Kingdom, and no condition of Schedule 1 is named.",),
        not_about=record(organisation=UK, legal_bases=(basis("UK-A9-2-a"), basis(stated_as="Art. 9"))),
    ),
    "policy-document-missing": Case(
        passes=record(organisation=UK, legal_bases=(basis("UK-A9-2-g", **POLICY),)),
        finds=record(organisation=UK, legal_bases=(basis("UK-A9-2-b", schedule_1_condition="para. 1"),)),
        says=("“Basis UK-A9-2-b” is relied on in the United Kingdom, and no appropriate policy document is named.",),
        not_about=record(organisation=UK, legal_bases=(basis("UK-A9-2-h"),)),
    ),
    "policy-adherence-not-stated": Case(
        passes=record(organisation=UK, legal_bases=(basis("UK-A9-2-g", **POLICY, policy_followed="yes"),)),
        finds=record(organisation=UK, legal_bases=(basis("UK-A9-2-g", **POLICY),)),
        says=("The policy document “APD 3” is named, and not whether data are kept and erased as it says.",),
        not_about=record(organisation=UK, legal_bases=(basis("UK-A9-2-g"),)),
    ),
    "policy-departure-without-reason": Case(
        passes=record(
            organisation=UK,
            legal_bases=(basis("UK-A9-2-g", **POLICY, policy_followed="no", policy_deviation="A court asked for it"),),
        ),
        finds=record(organisation=UK, legal_bases=(basis("UK-A9-2-g", **POLICY, policy_followed="no"),)),
        says=("Data aren't kept and erased as the policy document “APD 3” says, and no reason is given.",),
        not_about=record(organisation=UK, legal_bases=(basis("UK-A9-2-g", policy_followed="no"),)),
    ),
    "criminal-offence-data-without-authority": Case(
        passes=record(data_categories=(OFFENCE,), legal_bases=(basis("A6-1-c", authorising_law="§ 30 BZRG"),)),
        finds=record(data_categories=(OFFENCE,), legal_bases=(basis("A6-1-c"),)),
        says=(
            "Data on criminal convictions or offences are processed (Convictions), and no law is named that allows it.",
        ),
        not_about=record(data_categories=(data(),)),
    ),
    "national-identifier-without-provision": Case(
        passes=record(data_categories=(NUMBER,), legal_bases=(basis("A6-1-c", provision=LAW),)),
        finds=record(data_categories=(NUMBER,), legal_bases=(basis("A6-1-b"),)),
        says=("Social security number is processed, and no legal basis names a provision that allows it.",),
        not_about=record(data_categories=(data(),), legal_bases=(basis("A6-1-b"),)),
    ),
}


@three_tests(CASES)
def test_a_rule_about_lawfulness(rule, record, context, says):
    assert said_by(rule, record, context) == says


def test_a_ground_is_judged_by_the_day_of_the_register():
    before = Context(date(2026, 1, 1))
    one = record(organisation=UK, legal_bases=(basis("UK-A6-1-ea"),))

    assert said_by("legal-basis-not-in-force", one, before) == ("Basis UK-A6-1-ea isn't in force on 1 January 2026.",)


def test_words_that_cite_article_9_or_10_name_condition_and_authority():
    words = basis(stated_as="Art. 6 Abs. 1 lit. c, Art. 9 Abs. 2 lit. h DSGVO, Art. 10 DSGVO")
    one = record(data_categories=(HEALTH, OFFENCE), legal_bases=(words,))

    assert said_by("special-category-without-condition", one, Context(date(2026, 6, 1))) == ()
    assert said_by("criminal-offence-data-without-authority", one, Context(date(2026, 6, 1))) == ()


def test_a_provision_in_a_row_of_its_own_stands_for_the_grounds_beside_it():
    words = basis(stated_as="§ 3 NDSG, §§ 64 ff. NKomVG")
    one = record(legal_bases=(basis("A6-1-c"), basis("A6-1-e"), basis("A9-2-h"), words))

    for rule in ("legal-obligation-without-provision", "public-task-without-provision", "condition-without-provision"):
        assert said_by(rule, one, Context(date(2026, 6, 1))) == ()


def test_a_condition_of_schedule_1_is_a_law_beside_the_condition_of_article_9():
    row = basis("A6-1-c", special_category_condition=condition("A9-2-b"), schedule_1_condition="Sch. 1 para. 1")
    other = basis("A9-2-h")

    assert said_by("condition-without-provision", record(organisation=UK, legal_bases=(row, other)), Context(ON)) == (
        "The condition “Basis A9-2-h” needs a law beside it, and none is named.",
    )
