"""How data are protected: Arts. 30(1)(g), (2)(d) and 32."""

import re

from django.utils.translation import gettext_noop as n

from registry.compliance.context import Context
from registry.compliance.gap import EVERYBODY, HERE, NOTHING, Area, Found, Severity, rule
from registry.compliance.grounds import criminal_rows, special_rows
from registry.compliance.laws import Law
from registry.record.activity import ActivityRecord
from registry.reference.answers import Answer
from registry.reference.measures import MeasureGroup

_ALSO = {
    Law.CH: "FADP Art. 12(2)(f)",
    Law.BR: "LGPD Arts. 37, 46",
    Law.LAW_ENFORCEMENT: "Directive (EU) 2016/680 Arts. 24(1)(i), 29",
}
_PROTECTING = frozenset({str(MeasureGroup.PSEUDONYMISATION_ENCRYPTION), str(MeasureGroup.CONFIDENTIALITY_RESILIENCE)})
_REFERENCE = re.compile(
    r"(?:(?:see|per|according to|in accordance with|as described in|as in|siehe|s\.|gemäß|gem\.|laut|vgl\.?|voir|cf\.?|selon|conformément à)\W+(?:\w+\W+){0,6}?)?"
    r"(?:the )?(?:general |allgemeine[rsn]? )?(?:security|it security|data protection|information security)?\W*"
    r"(?:policy|concept|toms?|website|webse?ite|homepage|intranet|wiki|site web|annex|appendix|handbook|konzept|sicherheitskonzept|datenschutzkonzept|anlage|anhang|dienstanweisung|handbuch|politique|annexe|pssi)\b[^.;]{0,40}",
    re.IGNORECASE,
)

_GENERAL = re.compile(
    r"(?:(?:the|die|les|des|all|all the|sämtliche|toutes les) )?"
    r"(?:(?:appropriate|adequate|suitable|necessary|usual|standard|required|angemessene|geeignete|übliche|erforderliche|notwendige) )*"
    r"(?:(?:technical|technische|organi[sz]ational|organisatorische|security|technisch[-/ ]*organisatorische)[ ,/]*(?:and |und |& |/ ?)?)*"
    r"(?:measures|(?:sicherheits|schutz)?ma(?:ß|ss)nahmen|mesures(?: de sécurité)?(?: techniques)?(?: et organisationnelles)?(?: (?:appropriées|adéquates|nécessaires))?)"
    r"(?:,? (?:under|according to|in accordance with|as per|of|gemäß|gem\.|nach|i\.\s?s\.\s?d\.|selon|au sens de|conformément à)\W.{0,40}\b32\b.{0,20})?",
    re.IGNORECASE,
)
"""Measures as Art. 32 calls them all, and none by name."""


@rule(
    "measures-missing",
    Area.SECURITY,
    Severity.SERIOUS,
    "GDPR Arts. 30(1)(g), (2)(d), 32",
    at="measures",
    given=("no measures",),
    roles=EVERYBODY,
    also=_ALSO,
    what=n("The record describes no technical or organisational measure."),
    asks=n("How are these data protected?"),
    why=n(
        "A general description belongs in the record wherever it is possible, which is nearly always; leaving it out has been fined."
    ),
    remedy=n("Choose the measures that protect these data, or describe them in words."),
)
def measures_missing(record: ActivityRecord, context: Context) -> Found:
    return NOTHING if record.measures else HERE


@rule(
    "measures-refer-elsewhere",
    Area.SECURITY,
    Severity.MINOR,
    "GDPR Arts. 30(1)(g), (2)(d)",
    at="measures",
    given=("measures in words",),
    roles=EVERYBODY,
    also=_ALSO,
    what=n("The measures are only referred to, or named in general: “%(words)s”."),
    asks=n("Which measures are these?"),
    why=n("A reference that the reader can't follow describes nothing, nor does what could stand in any record."),
    remedy=n("Choose the measures from the catalogue beside these words."),
)
def measures_refer_elsewhere(record: ActivityRecord, context: Context) -> Found:
    said = []
    for row in record.measures:
        words = row.stated_as.strip().rstrip(".")
        if row.measure is not None or not (_REFERENCE.fullmatch(words) or _GENERAL.fullmatch(words)):
            return NOTHING
        said.append(row)
    return [(row, {"words": row.stated_as}) for row in said]


@rule(
    "sensitive-data-without-protection",
    Area.SECURITY,
    Severity.SERIOUS,
    "GDPR Art. 32(1)(a), (b)",
    at="measures",
    given=("measures", "sensitive data"),
    roles=EVERYBODY,
    also=_ALSO,
    what=n(
        "Sensitive data are processed, and no measure that is named keeps them confidential: no encryption, no pseudonymisation, no control of access."
    ),
    asks=n("Who can see these data, and who can't?"),
    why=n("The measures have to match the risk, which is high for data of this kind."),
    remedy=n("Add the measures that keep these data confidential."),
)
def sensitive_data_without_protection(record: ActivityRecord, context: Context) -> Found:
    if not record.measures or not (
        record.special_categories == Answer.YES or special_rows(record) or criminal_rows(record)
    ):
        return NOTHING
    for row in record.measures:
        if row.measure is None or not row.measure.group or row.measure.group in _PROTECTING:
            return NOTHING  # words, and measures that nobody has grouped, may be one
    return HERE
