"""What audits found, and what is done about it: a row for each corrective action, and for each finding without any."""

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from registry.record.assurance import AuditRecord, CorrectiveActionRow, FindingRecord
from registry.record.numbers import say_number
from registry.record.words import labelled, say_entry
from registry.reports.assurance import Assurance, all_or, assurance_list
from registry.reports.listing import Column, Holds, Listing, Row, Table
from registry.reports.lists.naming import once, said, title
from registry.reports.provenance import Provenance

_ACTION_KEYS = ("what", "responsible", "due_on", "done_on", "verified_by", "verified_on")


def findings_table(assurance: Assurance, provenance: Provenance) -> Listing:
    """Return the findings with a column for each thing that is known of them, for spreadsheets and programs."""
    columns = (
        Column("audit", title(FindingRecord, "audit"), 24),
        Column("kind", title(AuditRecord, "kind"), 16),
        Column("organisation", title(AuditRecord, "organisation"), 18),
        Column("auditor", title(AuditRecord, "auditor"), 18),
        Column("finding", title(FindingRecord, "name"), 26),
        Column("weight", title(FindingRecord, "weight"), 14),
        Column("criterion", title(FindingRecord, "criterion"), 20, asked=True),
        Column("statement", title(FindingRecord, "statement"), 34, asked=True),
        Column("activity", title(FindingRecord, "activity"), 24),
        Column("recipient", title(FindingRecord, "recipient"), 18),
        Column("system", title(FindingRecord, "system"), 18),
        Column("evidence", title(FindingRecord, "evidence"), 30, asked=True),
        Column("document", title(FindingRecord, "document"), 18),
        Column("action", title(CorrectiveActionRow, "what"), 30),
        Column("responsible", title(CorrectiveActionRow, "responsible"), 18),
        Column("due_on", title(CorrectiveActionRow, "due_on"), 12, Holds.DATE),
        Column("done_on", title(CorrectiveActionRow, "done_on"), 12, Holds.DATE),
        Column("verified_by", title(CorrectiveActionRow, "verified_by"), 18),
        Column("verified_on", title(CorrectiveActionRow, "verified_on"), 12, Holds.DATE),
        Column("state", _("State"), 14),
    )

    def row(audit: AuditRecord, finding: FindingRecord, action: CorrectiveActionRow | None) -> Row:
        return [
            audit.name,
            said(AuditRecord, "kind", audit.kind),
            all_or(audit.organisation),
            audit.auditor,
            finding.name,
            said(FindingRecord, "weight", finding.weight),
            finding.criterion,
            finding.statement,
            assurance.activity_name(finding.activity) if finding.activity is not None else None,
            say_entry(finding.recipient) if finding.recipient is not None else None,
            say_entry(finding.system) if finding.system is not None else None,
            finding.evidence,
            say_entry(finding.document) if finding.document is not None else None,
            *(getattr(action, key, None) for key in _ACTION_KEYS),
            assurance.action_state(action),
        ]

    table = Table(
        "findings",
        _("Findings"),
        columns,
        lambda: (row(*one) for one in _each(assurance)),
        _empty(),
        called=("audit", "finding"),
    )
    return _listing(assurance, provenance, table)


def findings_list(assurance: Assurance, provenance: Provenance) -> Listing:
    """Return the same for reading: what belongs together stands in one column."""
    columns = (
        Column("audit", title(FindingRecord, "audit"), 22, Holds.TEXTS),
        Column("finding", title(FindingRecord, "name"), 20),
        Column("weight", title(FindingRecord, "weight"), 12),
        Column("criterion", title(FindingRecord, "criterion"), 15, asked=True),
        Column("statement", title(FindingRecord, "statement"), 28, asked=True),
        Column("where", pgettext("of a finding", "Where"), 22, Holds.TEXTS),
        Column("evidence", title(FindingRecord, "evidence"), 24, Holds.TEXTS, asked=True),
        Column("action", title(CorrectiveActionRow, "what"), 26),
        Column("responsible", title(CorrectiveActionRow, "responsible"), 14),
        Column("days", _("When"), 18, Holds.TEXTS),
        Column("state", _("State"), 12),
    )

    def row(audit: AuditRecord, finding: FindingRecord, action: CorrectiveActionRow | None) -> Row:
        document = say_entry(finding.document) if finding.document is not None else ""
        return [
            once([audit.name, said(AuditRecord, "kind", audit.kind), audit.auditor]),
            finding.name,
            said(FindingRecord, "weight", finding.weight),
            finding.criterion,
            finding.statement,
            assurance.where(finding),
            once([finding.evidence, document]),
            action.what if action is not None else None,
            action.responsible if action is not None else None,
            days(action) if action is not None else (),
            assurance.action_state(action),
        ]

    table = Table("findings", _("Findings"), columns, lambda: (row(*one) for one in _each(assurance)), _empty())
    return _listing(assurance, provenance, table)


def days(action: CorrectiveActionRow) -> tuple[str, ...]:
    """Return until when an action is due, since when it is done, and who has seen that, each with its label."""
    keys = ("due_on", "done_on", "verified_on", "verified_by")
    words = ((key, said(CorrectiveActionRow, key, getattr(action, key))) for key in keys)
    return tuple(labelled(title(CorrectiveActionRow, key), text) for key, text in words if text)


def count_findings(assurance: Assurance) -> int:
    """Return how many findings there are."""
    return sum(map(len, assurance.findings.values()))


def _each(assurance: Assurance) -> Iterator[tuple[AuditRecord, FindingRecord, CorrectiveActionRow | None]]:
    for audit in assurance.audits:
        for finding in assurance.findings[audit.pk]:
            for action in finding.actions or (None,):
                yield audit, finding, action


def _empty() -> str:
    return _("No audit has found anything, or nothing is written down.")


def _listing(assurance: Assurance, provenance: Provenance, table: Table) -> Listing:
    without = [audit.name for audit in assurance.audits if not assurance.findings[audit.pk]]
    first = [(_("Audits"), say_number(len(assurance.audits))), (_("Findings"), say_number(count_findings(assurance)))]
    if without:
        first.append((_("Audits without a finding"), "; ".join(without)))
    return assurance_list(
        _("Findings and corrective actions"),
        assurance.register,
        provenance,
        table=table,
        first=first,
        article="GDPR Arts. 5(2), 24(1)",
    )
