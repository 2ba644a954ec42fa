"""Whether data may be processed that the law protects more than others: Arts. 9, 10 and 87 and their likes."""

from django.utils.translation import gettext_noop as n

from registry.compliance import grounds
from registry.compliance.context import Context
from registry.compliance.gap import HERE, NOTHING, Area, Found, Severity, rule
from registry.compliance.laws import Law
from registry.record.activity import ActivityRecord
from registry.reference.answers import Answer
from registry.reference.lawful_basis import BasisKind


@rule(
    "special-category-without-condition",
    Area.LAWFULNESS,
    Severity.CRITICAL,
    "GDPR Art. 9(2)",
    at="legal_bases.special_category_condition",
    given=("special data",),
    what=n("Special categories of data are processed%(names)s, and no condition is named that allows it."),
    asks=n("Which condition of Art. 9(2) allows you to process these data?"),
    why=n("Processing them is prohibited unless one of the conditions is met, in addition to a lawful basis."),
    remedy=n("Choose the special category condition beside the legal basis."),
)
def special_category_without_condition(record: ActivityRecord, context: Context) -> Found:
    if not grounds.has_special_data(record) or grounds.names_condition(record):
        return NOTHING
    return [(None, {"names": grounds.in_brackets(grounds.special_rows(record))})]


@rule(
    "special-category-denied-but-listed",
    Area.LAWFULNESS,
    Severity.SERIOUS,
    "GDPR Art. 9(1)",
    at="special_categories",
    given=("special data",),
    also={Law.BR: "LGPD Art. 11"},
    what=n("The record says that no special categories are processed, and lists %(names)s."),
    asks=n("Are these data processed or not?"),
    why=n("The record contradicts itself on the data that the law protects most."),
    remedy=n("Answer yes and name the condition, or remove the data that aren't processed."),
)
def special_category_denied(record: ActivityRecord, context: Context) -> Found:
    if record.special_categories != Answer.NO:
        return NOTHING
    rows = grounds.special_rows(record)
    return [(None, {"names": tuple(row.category for row in rows)})] if rows else NOTHING


@rule(
    "special-category-not-answered",
    Area.LAWFULNESS,
    Severity.MINOR,
    "GDPR Art. 9(1)",
    at="special_categories",
    given=("data_categories", "no special data", "no special_categories: no"),
    also={Law.BR: "LGPD Art. 11"},
    what=n("Nobody has said whether special categories of data are processed."),
    asks=n(
        "Are there data on health, origin, beliefs, opinions, union membership, biometrics, genetics or sex life among them?"
    ),
    why=n("The answer decides on the condition, on the impact assessment and on the measures."),
    remedy=n("Answer yes or no."),
)
def special_category_not_answered(record: ActivityRecord, context: Context) -> Found:
    if record.special_categories in (Answer.YES, Answer.NO) or not record.data_categories:
        return NOTHING
    return NOTHING if grounds.special_rows(record) else HERE


@rule(
    "condition-without-special-category",
    Area.LAWFULNESS,
    Severity.MINOR,
    "GDPR Art. 9(2)",
    at="legal_bases.special_category_condition",
    given=("a condition",),
    what=n("The condition “%(condition)s” is named, and the record says that no special categories are processed."),
    asks=n("For which special categories is the condition needed?"),
    why=n("Either the answer or the condition is wrong."),
    remedy=n("Answer yes and list the data, or remove the condition."),
)
def condition_without_special_category(record: ActivityRecord, context: Context) -> Found:
    if record.special_categories != Answer.NO or grounds.special_rows(record):
        return NOTHING
    return [
        (row, {"condition": row.special_category_condition})
        for row in record.legal_bases
        if row.special_category_condition is not None
    ]


@rule(
    "condition-without-provision",
    Area.LAWFULNESS,
    Severity.SERIOUS,
    "GDPR Art. 9(2)(b), (g), (h), (i), (j)",
    at="legal_bases.provision",
    given=("a condition",),
    what=n("The condition “%(condition)s” needs a law beside it, and none is named."),
    asks=n("Which law makes use of this condition, and which safeguards does it lay down?"),
    why=n(
        "These conditions only hold on the basis of Union or Member State law, or of a collective agreement or contract where they say so."
    ),
    remedy=n("Enter law and section as the provision of this legal basis."),
)
def condition_without_provision(record: ActivityRecord, context: Context) -> Found:
    if grounds.names_law_by_itself(record):
        return NOTHING
    found = []
    for row in record.legal_bases:
        condition = row.special_category_condition
        if condition is None and row.legal_basis is not None and row.legal_basis.code in grounds.CONDITION_IN_LAW:
            condition = row.legal_basis
        if condition is None or condition.code not in grounds.CONDITION_IN_LAW:
            continue
        if not (grounds.provision_of(row) or row.schedule_1_condition):
            found.append((row, {"condition": condition}))
    return found


@rule(
    "schedule-1-condition-missing",
    Area.LAWFULNESS,
    Severity.SERIOUS,
    "DPA 2018 s.10, Sch. 1",
    at="legal_bases.schedule_1_condition",
    given=("legal_bases",),
    laws=(Law.UK,),
    what=n("“%(condition)s” is relied on in the United Kingdom, and no condition of Schedule 1 is named."),
    asks=n("Which paragraph of Schedule 1 is met, and where is the appropriate policy document?"),
    why=n(
        "In the United Kingdom these conditions need one of Schedule 1 as well, and the record has to state it (Sch. 1 para. 41)."
    ),
    remedy=n("Enter the paragraph of Schedule 1."),
)
def schedule_1_condition_missing(record: ActivityRecord, context: Context) -> Found:
    found = []
    for row in record.legal_bases:
        condition = row.special_category_condition or row.legal_basis
        if condition is None or row.schedule_1_condition:
            continue
        if condition.code.startswith("UK-") and condition.code.removeprefix("UK-") in _IN_SCHEDULE_1:
            found.append((row, {"condition": condition}))
    return found


_IN_SCHEDULE_1 = frozenset({"A9-2-b", "A9-2-g", "A9-2-h", "A9-2-i", "A9-2-j", "A10"})


@rule(
    "policy-document-missing",
    Area.LAWFULNESS,
    Severity.SERIOUS,
    "DPA 2018 Sch. 1 paras. 1(1)(b), 5, 39",
    at="legal_bases.policy_document",
    laws=(Law.UK,),
    what=n("“%(condition)s” is relied on in the United Kingdom, and no appropriate policy document is named."),
    asks=n("Where is the appropriate policy document, and how long does it say that these data are kept?"),
    why=n(
        "For employment law and for most reasons of substantial public interest the data may only be processed while such a document is in place."
    ),
    remedy=n(
        "Enter where the document is kept; where the paragraph of Schedule 1 needs none, say so in its place, with the paragraph."
    ),
)
def policy_document_missing(record: ActivityRecord, context: Context) -> Found:
    found = []
    for row in record.legal_bases:
        condition = row.special_category_condition or row.legal_basis
        if condition is not None and condition.code in _NEEDS_A_POLICY and not row.policy_document:
            found.append((row, {"condition": condition}))
    return found


_NEEDS_A_POLICY = frozenset({"UK-A9-2-b", "UK-A9-2-g"})
"""Conditions of which (nearly) every paragraph of Schedule 1, Parts 1 and 2, asks for one."""


@rule(
    "policy-adherence-not-stated",
    Area.LAWFULNESS,
    Severity.MINOR,
    "DPA 2018 Sch. 1 para. 41(c)",
    at="legal_bases.policy_followed",
    laws=(Law.UK,),
    what=n("The policy document “%(name)s” is named, and not whether data are kept and erased as it says."),
    asks=n("Are these data erased when the policy says so?"),
    why=n("The record has to state whether the policy is followed."),
    remedy=n("Answer yes or no, and for no give the reason."),
)
def policy_adherence_not_stated(record: ActivityRecord, context: Context) -> Found:
    return [
        (row, {"name": row.policy_document})
        for row in record.legal_bases
        if row.policy_document and row.policy_followed not in (Answer.YES, Answer.NO)
    ]


@rule(
    "policy-departure-without-reason",
    Area.LAWFULNESS,
    Severity.SERIOUS,
    "DPA 2018 Sch. 1 para. 41(c)",
    at="legal_bases.policy_deviation",
    laws=(Law.UK,),
    what=n("Data aren't kept and erased as the policy document “%(name)s” says, and no reason is given."),
    asks=n("Why do you depart from your own policy?"),
    why=n("The record has to give the reasons for not following the policy."),
    remedy=n("Enter the reason, or follow the policy."),
)
def policy_departure_without_reason(record: ActivityRecord, context: Context) -> Found:
    return [
        (row, {"name": row.policy_document})
        for row in record.legal_bases
        if row.policy_document and row.policy_followed == Answer.NO and not row.policy_deviation
    ]


@rule(
    "criminal-offence-data-without-authority",
    Area.LAWFULNESS,
    Severity.CRITICAL,
    "GDPR Art. 10",
    at="legal_bases.authorising_law",
    given=("offence data",),
    what=n("Data on criminal convictions or offences are processed (%(names)s), and no law is named that allows it."),
    asks=n("Which law allows you to process data on offences outside the control of official authority?"),
    why=n("Such data may only be processed under official authority, or where a law with safeguards allows it."),
    remedy=n("Enter the authorising law beside the legal basis."),
)
def criminal_data_without_authority(record: ActivityRecord, context: Context) -> Found:
    rows = grounds.criminal_rows(record)
    if not rows or grounds.names_authority(record):
        return NOTHING
    return [(None, {"names": tuple(row.category for row in rows)})]


@rule(
    "national-identifier-without-provision",
    Area.LAWFULNESS,
    Severity.MINOR,
    "GDPR Art. 87",
    at="legal_bases.provision",
    given=("a national identifier", "legal_bases"),
    what=n("%(names)s is processed, and no legal basis names a provision that allows it."),
    asks=n("Which law allows you to use the national identification number, and for what?"),
    why=n("Member States lay down who may use such numbers, and for what."),
    remedy=n("Add the national provision as a legal basis, or as the provision of one."),
)
def national_identifier_without_provision(record: ActivityRecord, context: Context) -> Found:
    rows = grounds.identifier_rows(record)
    if not rows or not record.legal_bases:
        return NOTHING
    for row in record.legal_bases:
        if row.legal_basis is None or row.legal_basis.kind == BasisKind.NATIONAL_LAW or grounds.provision_of(row):
            return NOTHING
    return [(None, {"names": tuple(row.category for row in rows)})]
