"""Recipients and their contracts: everybody who gets data, what binds them, and in which activities (Arts. 28, 30)."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.translation import gettext as _

from registry.compliance.context import sub_processors
from registry.compliance.contracts import POINTS
from registry.record.activity import ActivityRecord
from registry.record.activity_rows import RecipientRow
from registry.record.entries import RecipientEntry
from registry.record.loader import Register
from registry.record.words import labelled
from registry.reference.answers import Answer
from registry.reports.listing import Column, Holds, Listing, Row, Table
from registry.reports.lists.naming import Use, Uses, activity_name, said, several_organisations, title
from registry.reports.provenance import Provenance, list_report


def recipients_list(register: Register, provenance: Provenance) -> Listing:
    """Return the recipients that activities name, or that only a transfer, a system or a processor leads to."""
    entry = RecipientEntry
    columns = (
        Column("recipient", _("Recipient"), 26, article="GDPR Art. 30(1)(d)", asked=True),
        Column("roles", _("Role"), 18, Holds.TEXTS, asked=True),
        Column("country", _("Established in"), 14, asked=True),
        Column("sub_processor_of", title(entry, "sub_processor_of"), 18, article="GDPR Art. 28(4)"),
        Column("contract", title(entry, "contract_kind"), 24, article="GDPR Arts. 26, 28", asked=True),
        Column("signed_on", title(entry, "contract_signed_on"), 12, Holds.DATE, "GDPR Art. 28(9)"),
        Column("ends_on", title(entry, "contract_ends_on"), 12, Holds.DATE),
        Column("document", title(entry, "contract_document"), 20),
        Column("authorisation", title(entry, "sub_processor_authorisation"), 18, article="GDPR Art. 28(2)"),
        Column("settled", _("Points settled, of 8"), 8, Holds.NUMBER, "GDPR Art. 28(3)"),
        Column("open", _("Points not settled"), 26, Holds.TEXTS, "GDPR Art. 28(3)"),
        Column("number", _("Activities"), 10, Holds.NUMBER),
        Column("activities", _("In which activities"), 44, Holds.TEXTS),
    )
    empty = _("No activity names a recipient.")
    table = Table("recipients", _("Recipients"), columns, lambda: map(_row, used_recipients(register)), empty)
    return list_report(_("Recipients and their contracts"), register, provenance, tables=(table,))


def used_recipients(register: Register) -> list[Use]:
    """Return the recipients that the records lead to by name, each with its roles and the activities."""
    uses = Uses()
    several = several_organisations(register)
    engaged = sub_processors(register)
    for record in register.activities():
        activity = activity_name(record, with_organisation=several)
        for row in record.recipients:
            if use := uses.of(row.recipient, row.stated_as):
                use.note(activity, said(RecipientRow, "role", row.role))
        for transfer in record.transfers:
            if use := uses.of(transfer.recipient, ""):
                use.note(activity)
        for system in record.systems:
            provider = getattr(system.system, "provider", None)
            if use := uses.of(provider, ""):
                use.note(activity)
        for entry, ways in _engaged_for(_named_by(record), engaged):
            if use := uses.of(entry, ""):
                processors = {"activity": activity, "processors": "; ".join(ways)}
                use.note(_("%(activity)s (through %(processors)s)") % processors)
    return uses.in_order()


def _named_by(record: ActivityRecord) -> dict[int, Any]:
    """Return by key the recipients that a record leads to by itself."""
    providers = (getattr(row.system, "provider", None) for row in record.systems)
    rows: tuple[Any, ...] = (*record.recipients, *record.transfers)
    named = (*(row.recipient for row in rows), *providers)
    return {entry.pk: entry for entry in named if entry is not None}


def _engaged_for(named: Mapping[int, Any], engaged: Mapping[int, tuple[Any, ...]]) -> Iterator[tuple[Any, list[str]]]:
    """Yield the sub-processors that only processors lead to, whatever the number of steps, each with the ways there."""
    found: dict[int, tuple[Any, list[str]]] = {}
    ahead: list[tuple[Any, tuple[str, ...], frozenset[int]]]
    ahead = [(entry, (entry.name,), frozenset({pk})) for pk, entry in named.items()]
    while ahead:
        processor, way, passed = ahead.pop(0)
        for entry in engaged.get(processor.pk, ()):
            if entry.pk in named or entry.pk in passed:
                continue
            found.setdefault(entry.pk, (entry, []))[1].append(" – ".join(way))
            ahead.append((entry, (*way, entry.name), passed | {entry.pk}))
    yield from found.values()


def _row(use: Use) -> Row:
    entry, activities = use.entry, tuple(use.activities)
    roles = tuple(use.particulars)
    if not isinstance(entry, RecipientEntry):
        return [use.name, roles, *[None] * 9, len(activities), activities]
    usual = said(RecipientEntry, "kind", entry.kind)
    says = (said(RecipientEntry, key, getattr(entry, key)) for key in ("contract_kind", "contract_document"))
    contract, document = says
    authorisation = said(RecipientEntry, "sub_processor_authorisation", entry.sub_processor_authorisation)
    unsettled = tuple(_unsettled(entry))
    checked = any(getattr(entry, key) in {Answer.YES, Answer.NO} for key in POINTS)
    return [
        entry.name,
        roles or ((usual,) if usual else ()),
        said(RecipientEntry, "country", entry.country),
        entry.sub_processor_of.name if entry.sub_processor_of else None,
        contract,
        entry.contract_signed_on,
        entry.contract_ends_on,
        document,
        authorisation,
        len(POINTS) - len(unsettled) if checked else None,
        unsettled if checked else (),
        len(activities),
        activities,
    ]


def _unsettled(entry: RecipientEntry) -> Iterator[str]:
    for key in POINTS:
        answer = getattr(entry, key)
        if answer != Answer.YES:
            yield labelled(title(RecipientEntry, key), said(RecipientEntry, key, answer or Answer.NOT_ASSESSED))
