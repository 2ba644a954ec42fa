"""The gaps of the register: what the rules found, the gravest first, with the inspector's question and the remedy."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from registry.compliance.checking import check_register
from registry.compliance.context import context_of
from registry.compliance.gap import SEVERITY_MEANS, Gap, Severity
from registry.record.loader import Register
from registry.reports.listing import Column, Listing, Row, Table
from registry.reports.lists.naming import FACTS, several_organisations
from registry.reports.provenance import Provenance, list_report

Found = tuple[str, str, Gap]
"""Name of the organisation, name of the activity, and a gap of it."""


def gaps_list(register: Register, whole: Register, provenance: Provenance) -> Listing:
    """Return the gaps of the records in ``register``; ``whole`` is the register that they belong to, for rules that
    compare records with each other."""
    several = several_organisations(register)
    columns = [
        Column("severity", _("Severity"), 10),
        Column("reference", FACTS["reference"].title, 11),
        Column("name", FACTS["name"].title, 24),
        Column("area", _("Area"), 14),
        Column("what", _("What is wrong"), 36),
        Column("article", _("Article"), 18),
        Column("asks", _("What an inspector would ask"), 32),
        Column("remedy", _("Remedy"), 32),
        Column("id", _("Gap"), 26),
    ]
    if several:
        columns.insert(1, Column("organisation", FACTS["organisation"].title, 18))
    by_severity, records = _collected(register, whole)
    table = Table(
        "gaps",
        _("Gaps"),
        tuple(columns),
        lambda: (_row(found, several=several) for some in by_severity.values() for found in some),
        _("The rules found no gap."),
        expected=sum(map(len, by_severity.values())),
    )
    counts = tuple((str(severity.label), str(len(some))) for severity, some in by_severity.items())
    return list_report(
        _("Gaps of the register"),
        register,
        provenance,
        tables=(table,),
        first=((_("Records with gaps"), str(records)), *counts),
        footnotes=tuple(_notes()),
    )


def _collected(register: Register, whole: Register) -> tuple[dict[Severity, list[Found]], int]:
    by_severity: dict[Severity, list[Found]] = {severity: [] for severity in Severity}
    records = 0
    for record, gaps in check_register(register, context_of(whole)):
        records += bool(gaps)
        for gap in gaps:
            by_severity[gap.severity].append((record.organisation.name, record.name, gap))
    return by_severity, records


def _row(found: Found, *, several: bool) -> Row:
    organisation, name, gap = found
    return [
        str(gap.severity.label),
        *([organisation] if several else []),
        gap.reference,
        name,
        str(gap.area.label),
        gap.what,
        gap.article,
        gap.asks,
        gap.remedy,
        gap.id,
    ]


def _notes() -> Iterator[str]:
    for severity, meaning in SEVERITY_MEANS.items():
        yield f"{severity.label}: {_(meaning)}"
    yield _("Gaps are what rules found in what the records say. That none was found doesn't mean that all is lawful.")
