"""Transfers by country and safeguard: what goes where, on what ground, and what was assessed (Arts. 44 to 49)."""

from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _

from registry.record.activity import ActivityRecord
from registry.record.activity_rows import TransferRow
from registry.record.loader import Register
from registry.record.numbers import say_number
from registry.record.words import name_row
from registry.reference import adequacy
from registry.reference.answers import Answer
from registry.reference.citations import cite
from registry.reports.listing import Column, Holds, Listing, Row, Table
from registry.reports.lists.naming import activity_name, said, several_organisations, title
from registry.reports.overview import Overview
from registry.reports.provenance import Provenance, list_report


def transfers_list(register: Register, provenance: Provenance) -> Listing:
    """Return every transfer, sorted by place and safeguard. Activities without any are counted by their answer."""
    row = TransferRow
    columns = (
        Column("place", _("Country or international organisation"), 20, article="GDPR Art. 30(1)(e)", asked=True),
        Column("safeguard", title(row, "safeguard"), 26, article="GDPR Arts. 45, 46, 49", asked=True),
        Column("decisions", _("Adequacy decisions in force at the moment"), 30, Holds.TEXTS, "GDPR Art. 45(3)"),
        Column("recipient", title(row, "recipient"), 24, asked=True),
        Column("activity", _("Activity"), 30),
        Column("document", title(row, "document"), 22),
        Column("status", title(row, "assessment_status"), 14),
        Column("assessed_on", title(row, "assessed_on"), 12, Holds.DATE),
        Column("outcome", title(row, "assessment_outcome"), 24),
        Column("supplementary", title(row, "supplementary_measures"), 22),
        Column("article_49", title(row, "article_49_assessment"), 22, article="GDPR Art. 49(6)"),
    )
    overview = Overview()
    rows, none, unanswered = _collected(register, overview)
    empty = _("No activity names a transfer.")
    table = Table("transfers", _("Transfers"), columns, lambda: rows, empty)
    counted = _(
        "Activities: %(all)s. Answering that there are no transfers: %(none)s. Saying neither that there are some nor "
        "that there are none: %(unanswered)s."
    ) % {"all": say_number(len(register)), "none": say_number(none), "unanswered": say_number(unanswered)}
    return list_report(
        _("Transfers by country and safeguard"),
        register,
        provenance,
        tables=(table,),
        charts=overview.transfer_charts(),
        footnotes=(counted,),
    )


def _collected(register: Register, overview: Overview) -> tuple[list[Row], int, int]:
    found: list[tuple[tuple[str, str, str], Row]] = []
    none = unanswered = 0
    several = several_organisations(register)
    on = timezone.localtime(register.as_at).date()
    for record in register.activities():
        overview.add(record)
        if not record.transfers:
            none += record.transfers_answer == Answer.NO
            unanswered += record.transfers_answer != Answer.NO
        activity = activity_name(record, with_organisation=several)
        for transfer in record.transfers:
            row = _row(transfer, activity, on)
            found.append(((str(row[0]).casefold(), str(row[1]).casefold(), activity.casefold()), row))
    return [row for _key, row in sorted(found, key=lambda pair: pair[0])], none, unanswered


def _row(transfer: TransferRow, activity: str, on: date) -> Row:
    return [
        place_of(transfer) or transfer.stated_as,
        said(TransferRow, "safeguard", transfer.safeguard),
        decisions(transfer, on),
        name_row(transfer),
        activity,
        transfer.document,
        said(TransferRow, "assessment_status", transfer.assessment_status),
        transfer.assessed_on,
        transfer.assessment_outcome,
        transfer.supplementary_measures,
        transfer.article_49_assessment,
    ]


def place_of(transfer: TransferRow) -> str:
    """Return where the data go: the country, the international organisation, or both."""
    country = said(TransferRow, "country", transfer.country)
    return ", ".join(filter(None, (country, transfer.international_organisation)))


def decisions(transfer: TransferRow, on: date) -> tuple[str, ...]:
    """Return the Commission's decisions for the place that held on that day, with what limits them."""
    found = adequacy.in_force_for(transfer.country, on) if transfer.country else ()
    if transfer.international_organisation:
        found += adequacy.in_force_for_organisation(transfer.international_organisation, on)
    return tuple(": ".join(filter(None, (one.number or cite(one.source), one.limits))) for one in found)


def transfers_of(record: ActivityRecord) -> tuple[str, ...]:
    """Return the transfers of a record, each as its place with the safeguard in brackets."""
    found = []
    for transfer in record.transfers:
        place = place_of(transfer) or name_row(transfer)
        safeguard = said(TransferRow, "safeguard", transfer.safeguard)
        found.append(f"{place} ({safeguard})" if safeguard else place)
    return tuple(found)
