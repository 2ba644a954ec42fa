"""Frozen records for tests, made plainly: what a test doesn't say is blank, and nobody has answered anything."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from itertools import count
from typing import Any

import pytest

from registry.compliance.checking import check_record
from registry.compliance.context import Context
from registry.record import activity_rows as rows
from registry.record import assessment_rows, entries
from registry.record.activity import ActivityRecord
from registry.record.definition import Fact, Kind, facts
from registry.record.organisations import ContactRow, OrganisationRecord, UnitRecord

ON = date(2026, 6, 1)
"""The day on which the records of the tests are checked."""

_keys = count(1)


def frozen(kind: type[Any], /, **values: Any) -> Any:
    """One frozen record or row of this class, blank but for ``values``."""
    return kind(**{"pk": next(_keys), **{key: _blank(fact) for key, fact in facts(kind).items()}, **values})


def _blank(fact: Fact) -> Any:
    if fact.kind is Kind.ROWS:
        return ()
    if fact.kind is Kind.ANSWER:
        return "not_assessed"
    return {Kind.TEXT: "", Kind.PROSE: "", Kind.CHOICE: "", Kind.FLAG: False}.get(fact.kind)


def organisation(**values: Any) -> OrganisationRecord:
    """An Irish organisation that can be reached."""
    given = {"name": "Fjord Foods", "country": "IE", "email": "privacy@fjord.example", "is_own": True}
    return frozen(OrganisationRecord, **{**given, **values})


OURS = organisation()


def record(**values: Any) -> ActivityRecord:
    """A controller's record of an Irish organisation, approved and otherwise blank."""
    given = {"reference": "PA-1", "name": "Payroll", "role": "controller", "status": "approved", "organisation": OURS}
    return frozen(ActivityRecord, **{**given, **values})


def contact(kind: str, **values: Any) -> ContactRow:
    """A contact of an organisation."""
    return frozen(ContactRow, **{"kind": kind, "name": "Ada", **values})


def unit(name: str = "Human Resources") -> UnitRecord:
    """A unit."""
    return frozen(UnitRecord, name=name)


def purpose(text: str = "Paying wages", **values: Any) -> rows.PurposeRow:
    """A purpose."""
    return frozen(rows.PurposeRow, text=text, **values)


def basis_entry(code: str, regime: str = "eu", kind: str = "lawful_basis", **values: Any) -> entries.LegalBasisEntry:
    """A legal basis of the catalogue."""
    return frozen(entries.LegalBasisEntry, code=code, title=f"Basis {code}", regime=regime, kind=kind, **values)


def basis(code: str = "", **values: Any) -> rows.LegalBasisRow:
    """A legal basis of a record: the statute's, by its code."""
    regime = {"UK": "uk", "BR": "br", "US": "us-ca"}.get(code.partition("-")[0], "eu")
    kind = "special_category_condition" if "A9" in code or "A11" in code else "lawful_basis"
    entry = basis_entry(code, regime, kind) if code else None
    return frozen(rows.LegalBasisRow, **{"legal_basis": entry, **values})


def condition(code: str) -> entries.LegalBasisEntry:
    """A condition for special categories."""
    return basis_entry(code, "uk" if code.startswith("UK-") else "eu", "special_category_condition")


def subject(name: str = "Employees", vulnerable: str = "not_assessed", **values: Any) -> rows.DataSubjectRow:
    """A category of data subjects."""
    entry = frozen(entries.DataSubjectCategoryEntry, name=name, vulnerable=vulnerable)
    return frozen(rows.DataSubjectRow, **{"category": entry, **values})


def data(name: str = "Contact details", sensitivity: str = "ordinary", **values: Any) -> rows.DataCategoryRow:
    """A category of data."""
    of_entry = {
        key: values.pop(key) for key in ("ccpa_category", "ccpa_sensitive", "ccpa_sensitive_term") if key in values
    }
    entry = frozen(entries.DataCategoryEntry, name=name, sensitivity=sensitivity, **of_entry)
    return frozen(rows.DataCategoryRow, **{"category": entry, **values})


def recipient_entry(name: str = "Cloudy Ltd", **values: Any) -> entries.RecipientEntry:
    """A named recipient of the catalogue."""
    return frozen(entries.RecipientEntry, **{"name": name, "nature": "organisation", **values})


def bound(name: str = "Cloudy Ltd", **values: Any) -> entries.RecipientEntry:
    """A processor of the catalogue whose contract settles everything."""
    points = (
        "acts_on_instructions confidentiality security sub_processor_conditions assists_with_rights "
        "assists_with_security_duties deletes_or_returns allows_audits"
    )
    contract = {
        "contract_kind": "processing_contract",
        "contract_signed_on": date(2024, 1, 1),
        "sub_processor_authorisation": "general",
        **dict.fromkeys(points.split(), "yes"),
    }
    return recipient_entry(name, **{"kind": "processor", **contract, **values})


def recipient(entry: entries.RecipientEntry | None = None, **values: Any) -> rows.RecipientRow:
    """A recipient of a record."""
    return frozen(rows.RecipientRow, recipient=entry, **values)


def transfer(country: str = "US", name: str = "Cloudy Inc.", **values: Any) -> rows.TransferRow:
    """A transfer of a record."""
    return frozen(rows.TransferRow, **{"recipient": recipient_entry(name), "country": country, **values})


def schedule(**values: Any) -> entries.RetentionScheduleEntry:
    """A retention schedule of the catalogue."""
    return frozen(entries.RetentionScheduleEntry, **{"name": "Six years", "text": "Six years from the end", **values})


def measure(group: str = "confidentiality_resilience", name: str = "Access control") -> rows.MeasureRow:
    """A security measure of a record."""
    return frozen(rows.MeasureRow, measure=frozen(entries.SecurityMeasureEntry, name=name, group=group))


def system(name: str = "Payroll system", **values: Any) -> rows.SystemRow:
    """A system of a record."""
    return frozen(rows.SystemRow, system=frozen(entries.SystemEntry, name=name, **values))


def joint_controller(**values: Any) -> rows.JointControllerRow:
    """A joint controller of a record."""
    return frozen(rows.JointControllerRow, **{"organisation": organisation(name="Partner"), **values})


def served(**values: Any) -> rows.ControllerRow:
    """A controller that we serve."""
    return frozen(rows.ControllerRow, **{"organisation": organisation(name="Client"), **values})


@dataclass(frozen=True)
class Case:
    """What a rule is tested with: a record that passes, one with a gap and what is said of it, one it isn't about."""

    passes: ActivityRecord
    finds: ActivityRecord
    says: tuple[str, ...]
    not_about: ActivityRecord
    context: Context = field(default_factory=lambda: Context(ON))


def said_by(rule: str, one: ActivityRecord, context: Context) -> tuple[str, ...]:
    """What the rule of this id says of a record that all rules are put to."""
    return tuple(gap.what for gap in check_record(one, context) if gap.rule.id == rule)


def three_tests(cases: dict[str, Case]) -> Callable[[Callable[..., None]], Any]:
    """Put a test to every case of every rule: parameters ``rule``, ``record``, ``context``, ``says``."""
    return pytest.mark.parametrize(
        ("rule", "record", "context", "says"),
        [
            pytest.param(rule, one, case.context, says, id=f"{rule} {name}")
            for rule, case in cases.items()
            for name, one, says in (
                ("passes", case.passes, ()),
                ("finds", case.finds, case.says),
                ("isn't about it", case.not_about, ()),
            )
        ],
    )


def consent(name: str = "Sign-up form", **values: Any) -> assessment_rows.ConsentMechanismRow:
    """A consent mechanism that lacks nothing."""
    whole = {
        "wording": "I agree",
        "withdrawal": "A link in each mail",
        "evidence": "The log",
        "opt_in": "double_opt_in",
        "channel": "website",
        "valid_until": date(2027, 6, 1),
    }
    return frozen(assessment_rows.ConsentMechanismRow, name=name, **{**whole, **values})


def segment(name: str = "Regulars", **values: Any) -> assessment_rows.SegmentRow:
    """A customer segment that lacks nothing."""
    whole = {
        "criteria": "Three orders",
        "contact_basis": "soft_opt_in",
        "opt_out": "A link in each mail",
        "identifiability": "pseudonymised",
        "minimisation": "Totals alone don't tell who ordered",
        "audience_size": 900,
        "next_review_on": ON,
    }
    return frozen(assessment_rows.SegmentRow, name=name, **{**whole, **values})


def segment_data(row: rows.DataCategoryRow, **values: Any) -> assessment_rows.SegmentDataRow:
    """Data that a segment uses: the category of a data row."""
    return frozen(assessment_rows.SegmentDataRow, **{"category": row.category, "stated_as": row.stated_as, **values})


def assessment(**values: Any) -> assessment_rows.ImpactAssessmentRow:
    """An impact assessment without answers."""
    return frozen(assessment_rows.ImpactAssessmentRow, **{"title": "DPIA 1", **values})
