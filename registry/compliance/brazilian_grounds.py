"""Whether the processing may happen under Brazilian law: LGPD Arts. 7 and 11, beside the grounds of other laws."""

import re

from django.utils.translation import gettext_noop as n

from registry.compliance import grounds
from registry.compliance.context import Context
from registry.compliance.gap import NOTHING, Area, Found, Severity, rule
from registry.compliance.laws import Law
from registry.record.activity import ActivityRecord
from registry.record.entries import LegalBasisEntry
from registry.reference.lawful_basis import BasisKind, Regime

_CITES_ARTICLE_11 = re.compile(r"\bart\w*\.?\s*11\b", re.IGNORECASE)
_ARTICLE_11 = "BR-A11-"


def _is_of(entry: LegalBasisEntry | None, *regimes: Regime) -> bool:
    return entry is not None and entry.regime in regimes


def _names_ground_of(record: ActivityRecord, regime: Regime) -> bool:
    """Say whether a ground of this law is named, or one that may be: in words alone, or of national law."""
    return any(
        row.legal_basis is None
        or _is_of(row.legal_basis, regime, Regime.NATIONAL)
        or _is_of(row.special_category_condition, regime)
        for row in record.legal_bases
    )


@rule(
    "lgpd-legal-basis-missing",
    Area.LAWFULNESS,
    Severity.CRITICAL,
    "LGPD Arts. 7, 11, 37",
    at="legal_bases.legal_basis",
    given=("legal_bases",),
    laws=(Law.BR,),
    what=n("The record is under the law of Brazil and names only grounds of other laws: %(names)s."),
    asks=n("Which ground of Art. 7 of the LGPD is this based on, or of Art. 11 where the data are sensitive?"),
    why=n("The grounds of another law allow nothing in Brazil, even where they are called the same."),
    remedy=n("Add the ground of the LGPD beside those that are there."),
)
def lgpd_legal_basis_missing(record: ActivityRecord, context: Context) -> Found:
    if not record.legal_bases or _names_ground_of(record, Regime.BR):
        return NOTHING
    return [(None, {"names": tuple([row.legal_basis for row in record.legal_bases])})]


@rule(
    "gdpr-legal-basis-missing-beside-the-lgpd",
    Area.LAWFULNESS,
    Severity.CRITICAL,
    "GDPR Art. 6(1)",
    at="legal_bases.legal_basis",
    given=("legal_bases",),
    laws=(Law.BR,),
    what=n("The record is under the GDPR too, and names only grounds of other laws: %(names)s."),
    asks=n("Which of the six grounds of Art. 6 is this based on?"),
    why=n("A ground of the LGPD allows nothing in the European Union, even where it is called the same."),
    remedy=n("Add the lawful basis of Art. 6 beside what is there."),
)
def gdpr_legal_basis_missing(record: ActivityRecord, context: Context) -> Found:
    if not record.legal_bases or Law.EU not in context.laws_of(record) or _names_ground_of(record, Regime.EU):
        return NOTHING
    return [(None, {"names": tuple([row.legal_basis for row in record.legal_bases])})]


@rule(
    "lgpd-sensitive-data-without-ground",
    Area.LAWFULNESS,
    Severity.CRITICAL,
    "LGPD Art. 11",
    at="legal_bases.legal_basis",
    given=("special data",),
    laws=(Law.BR,),
    what=n("Sensitive data are processed%(names)s, and no ground of Art. 11 of the LGPD is named."),
    asks=n("Which ground of Art. 11 allows you to process these data?"),
    why=n(
        "Sensitive data may only be processed on the grounds of Art. 11, in place of those of Art. 7: legitimate interest isn't among them."
    ),
    remedy=n("Choose the ground of Art. 11 as the legal basis, or as the condition beside it."),
)
def lgpd_sensitive_data_without_ground(record: ActivityRecord, context: Context) -> Found:
    if not grounds.has_special_data(record) or _names_article_11(record):
        return NOTHING
    return [(None, {"names": grounds.in_brackets(grounds.special_rows(record))})]


def _names_article_11(record: ActivityRecord) -> bool:
    """Say whether a ground for sensitive data is named, as an entry or in words that cite Art. 11."""
    return any(
        _is_of(row.special_category_condition, Regime.BR)
        or _is_for_sensitive_data(row.legal_basis)
        or _CITES_ARTICLE_11.search(row.stated_as)
        or _CITES_ARTICLE_11.search(row.provision)
        for row in record.legal_bases
    )


def _is_for_sensitive_data(entry: LegalBasisEntry | None) -> bool:
    return entry is not None and (
        entry.code.startswith(_ARTICLE_11) or (entry.regime == Regime.BR and entry.kind == BasisKind.SPECIAL_CATEGORY)
    )
