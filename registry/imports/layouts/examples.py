"""An example of what each column of the template may hold: made up, and true to the syntax that the import reads."""

from typing import Any

from registry.record.cells import CellRow, format_rows
from registry.record.definition import Fact, Kind, facts, main_fact, words_fact
from registry.record.flat import row_key

ENTRIES = {
    "Organisation": "Sample Ltd",
    "OrganisationUnit": "Human resources",
    "LegalBasis": "A6-1-b",
    "DataSubjectCategory": "Customers",
    "DataCategory": "Contact details",
    "RetentionSchedule": "Six years after the contract ends",
    "Recipient": "Hosting provider",
    "SecurityMeasure": "Encryption in transit",
    "System": "Customer database",
}
"""Names of entries in the examples; those of the catalogue at hand are meant."""

_TEXTS = {
    "reference": "VT-001",
    "external_reference": "File 12/2026",
    "name": "Customer accounts",
    "title": "Performance of a contract",
    "code": "A6-1-b",
    "description": "Customers open an account, order, and see their orders.",
    "contact": "Head of customer service",
    "tags": "shop, customers",
    "retention_stated_as": "six years after the last order",
    "dpo_remark": "Seen in March 2026.",
    "unplaced": "Column “Former number”: 17",
    "text": "Keeping customer accounts",
    "provision": "Commercial Code, section 257",
    "interest": "Preventing fraud in the web shop",
    "assessment_document": "File 12/2026, sheet 4",
    "assessment_outcome": "the interests of the customers do not prevail",
    "schedule_1_condition": "condition 10",
    "authorising_law": "Data Protection Act, section 10",
    "source": "the customer",
    "refusal_consequence": "no account can be opened",
    "items": "name, address, customer number",
    "what_for": "hosting of the shop",
    "disclosed_when": "with every order",
    "international_organisation": "World Customs Organization",
    "article_49_assessment": "see file 12/2026",
    "document": "contract of 1 March 2026, annex 2",
    "supplementary_measures": "encryption with keys held in the EEA",
    "arrangement": "arrangement of 1 March 2026",
    "categories_of_processing": "storage and backup",
    "wording": "Yes, send me the newsletter. I can unsubscribe at any time.",
    "withdrawal": "link in every letter",
    "evidence": "log of the mail system",
    "criteria": "three orders or more in twelve months",
    "opt_out": "preference centre, or a word to customer service",
    "preference_channel": "preference centre",
    "minimisation": "the number of orders is enough; what was bought is not looked at",
    "evaluation_reason": "buyers are counted, and ranked by that alone",
    "automated_decision_reason": "a person decides on every offer",
    "systematic_monitoring_reason": "nobody is observed, orders are counted once a month",
    "sensitive_data_reason": "no orders of the pharmacy are looked at",
    "large_scale_reason": "all customers of three countries",
    "matching_reason": "nothing is added from elsewhere",
    "vulnerable_subjects_reason": "accounts are for adults alone",
    "new_technology_reason": "the query is one that anybody could write",
    "hinders_rights_reason": "everybody can order, whatever the segment",
    "case_evaluation_reason": "nothing but the order of offers depends on it",
    "case_special_data_reason": "no such data are used",
    "case_public_monitoring_reason": "no place is observed",
    "suggested": "Large scale: the data are about 12,000 people.",
    "deviation": "fewer than a thousand people are concerned",
    "national_list": "CNIL list of 2018, type 3",
    "conclusion_reason": "two criteria are met",
    "dpo_advice": "to be looked at again after a year",
    "profiling_logic": "orders of the last twelve months are counted",
    "profiling_consequences": "a voucher is sent, or none",
    "human_intervention": "customer service looks at a case again when asked",
    "privacy_notice": "https://example.org/privacy",
    "rights": "access, rectification, erasure, objection",
    "rights_limits": "invoices are kept for as long as tax law demands",
    "email": "privacy@example.org",
    "website": "https://example.org",
    "phone": "+44 20 7946 0000",
}
_NAMES = {
    "ConsentMechanismRow": "Sign-up form of the newsletter",
    "SegmentRow": "Frequent buyers",
    "ImpactAssessmentRow": "Assessment of customer segmentation",
}
"""What rows are called that have a name of their own."""

_NUMBER, _DATE, _ACCOUNT = "24", "2026-03-31", "m.sample"


def example(fact: Fact) -> str:
    """Return an example of a cell of a column. Names in it are those of entries, units and users that need to exist."""
    if fact.kind is not Kind.ROWS:
        return _scalar(fact)
    assert fact.row is not None  # noqa: S101 lists have a row class
    name = _NAMES.get(fact.row.__name__) or _scalar(main_fact(fact.row))
    first = CellRow(entry=name, facts=_particulars(fact.row))
    in_words = CellRow(words="as stated by the department; not in the catalogue")
    return format_rows([first, in_words] if words_fact(fact.row) else [first])


def _particulars(row: type[Any]) -> tuple[tuple[str, str], ...]:
    shown = [one for one in facts(row).values() if not one.main and not one.words and one.key not in _INSTEAD_OF_OTHERS]
    return tuple((row_key(one), _scalar(one)) for one in shown)


_INSTEAD_OF_OTHERS = frozenset(
    {
        "international_organisation",
        "schedule_1_condition",
        "authorising_law",
        "policy_document",
        "policy_followed",
        "policy_deviation",
    }
)
"""Facts that an example with the others would make false."""


def _scalar(fact: Fact) -> str:
    if fact.kind in {Kind.CHOICE, Kind.ANSWER}:
        if fact.key == "country":
            return "Canada"
        return next(label for code, label in fact.choice_pairs() if code)
    if fact.kind is Kind.ENTRY:
        return "A9-2-a" if fact.key == "special_category_condition" else ENTRIES[fact.entry]
    fixed = {Kind.FLAG: "yes", Kind.NUMBER: _NUMBER, Kind.DATE: _DATE, Kind.ACCOUNT: _ACCOUNT, Kind.SIBLING: "#1"}
    return fixed.get(fact.kind) or _TEXTS.get(fact.key, "")
